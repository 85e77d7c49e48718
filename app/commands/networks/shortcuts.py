"""`network congruence`, `conflict` and `agreement`: who agrees and disagrees, with the statements behind each pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.networks import drawers
from alliancegraph.commands.networks.options import (
    Kept,
    Source,
    Variables,
    selection_options,
    source_options,
    variable_options,
)
from alliancegraph.commands.networks.output import format_option, put
from alliancegraph.commands.networks.plotting import Plot, plot_options
from alliancegraph.commands.networks.time import (
    Time,
    chosen_format,
    series_output_option,
    time_options,
    write_network,
)
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.matrices import Matrix

_ABOUT: Final = {
    "congruence": ("congruence", "How much each pair agrees."),
    "conflict": ("conflict", "How much each pair disagrees."),
    "agreement": ("subtract", "How much more each pair agrees than it disagrees."),
}
_WITH_EVIDENCE: Final = ("edges", "json", "graphml", "gexf")


def shortcuts() -> Iterator[click.Command]:
    """A command for each."""
    yield from (_command(name) for name in _ABOUT)


def _command(name: str) -> click.Command:
    @click.command(name, short_help=_ABOUT[name][1], help=_help(name))
    @variable_options
    @click.option(
        "--normalization",
        type=click.Choice(("no", "average", "jaccard", "cosine")),
        default="average",
        show_default=True,
        help="What weights are divided by; average is that of what both say.",
    )
    @click.option("--isolates", is_flag=True, help="Keep those that no statement is left of.")
    @click.option(
        "--evidence",
        is_flag=True,
        help="Add what each pair agrees and disagrees on, with the statements; as edges, json, graphml or gexf.",
    )
    @source_options
    @selection_options
    @time_options
    @plot_options
    @format_option()
    @series_output_option
    def command(
        source: Source,
        kept: Kept,
        variables: Variables,
        normalization: str,
        isolates: bool,
        evidence: bool,
        time: Time,
        plot: Plot,
        format_: str | None,
        output: Path | None,
    ) -> None:
        from alliancegraph.commands.networks.reading import asked, selected
        from alliancegraph.networks.series import Recipe

        if time.window is not None:
            plot.refuse("--window")
            if evidence:
                raise UsageError(
                    "--evidence is of one network and not of a time series; leave out --window, or it"
                )
        chosen = _format(chosen_format(output, format_, time), format_, evidence)
        recipe = Recipe("onemode", *asked(source, variables), _ABOUT[name][0], normalization, isolates)
        recipe.check(time.kernel)
        found = selected(source, kept, variables, dated=time.window is not None)
        recipe = replace(recipe, qualifier=found.qualifier)
        if plot.picture is not None:
            plot.draw(drawers.network(recipe, recipe.matrix(found.statements)))
        if plot.alone(output):
            return
        if evidence:
            put(_with_evidence(recipe.matrix(found.statements), found, chosen), output, chosen)
        else:
            write_network(found.statements, recipe, time, kept, chosen, output)

    return command  # fmt: skip


def _help(name: str) -> str:
    return f"""{_ABOUT[name][1]}

    The same as network onemode --aggregation {_ABOUT[name][0]} --normalization average, with the positions of a graph between
    actors on issues unless other variables are named. With --plot the network is drawn, and written only where -o says so.

    \b
    Examples:
      alliancegraph network {name} --plot {name}.svg
      alliancegraph network {name} --variable1 state --duplicates document -o {name}.graphml
      alliancegraph network {name} --evidence --format json -o {name}.json
      alliancegraph network {name} --window 6 --kernel gaussian -o {name}.gexf
    """


def _format(chosen: str, given: str | None, evidence: bool) -> str:
    """The format; with evidence a list in place of a matrix. Raises `UsageError`."""
    if not evidence:
        return chosen
    if given is None and chosen == "csv":
        return "edges"
    if chosen not in _WITH_EVIDENCE:
        raise UsageError(
            f"evidence is written as {', '.join(_WITH_EVIDENCE[:-1])} or {_WITH_EVIDENCE[-1]}, not {chosen}"
        )
    return chosen


def _with_evidence(matrix: Matrix, found: Selected, format_: str) -> bytes:
    from alliancegraph.graph.network_files import gexf, graphml
    from alliancegraph.networks.agreement_files import agreements_csv, agreements_json, weights
    from alliancegraph.networks.agreements import add_evidence, agreements
    from alliancegraph.networks.graphs import to_networkx

    statements, variables = found.statements, (found.variable1, found.variable2, found.qualifier)
    known = weights(matrix)
    pairs = [pair for pair in agreements(statements, *variables) if (pair.one, pair.other) in known]
    if format_ == "edges":
        return agreements_csv(pairs, statements, found.qualifier, known)
    if format_ == "json":
        return agreements_json(pairs, statements, *variables, weights=known)
    network = to_networkx(matrix, statements)
    add_evidence(network, pairs, statements)
    note(f"{network.number_of_edges()} edges with what they rest on")
    return graphml(network) if format_ == "graphml" else gexf(network)
