"""`network backbone`: the ties that are too heavy to be chance, or the issues that hold the network up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from alliancegraph.commands.console import progress
from alliancegraph.commands.networks import drawers
from alliancegraph.commands.networks.options import Kept, Source, Variables
from alliancegraph.commands.networks.plotting import Plot, plot_options
from alliancegraph.commands.networks.tables import Table, congruence, show, table_options
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.spectra import Spectra

_METHODS: Final = ("disparity", "penalty", "fixed", "nested")
_OF: Final = {
    "level": ("disparity",),
    "penalty": ("penalty",),
    "size": ("fixed",),
    "iterations": ("penalty", "fixed"),
    "seed": ("penalty", "fixed"),
    "aggregation": ("penalty", "fixed", "nested"),
}
"""For which methods an option is."""


@click.command(short_help="The ties that are too heavy to be chance, or the issues that hold the network up.")
@click.option(
    "--method",
    type=click.Choice(_METHODS),
    default="disparity",
    show_default=True,
    help="disparity filters ties; the others choose issues, as rDNA's dna_backbone does.",
)
@click.option(
    "--level",
    type=click.FloatRange(0, 1),
    metavar="0..1",
    help="Ties with a lower probability.  [default: all]",
)
@click.option(
    "--penalty", type=float, metavar="P", help="Punish large sets of issues; 0 or more.  [default: 3.5]"
)
@click.option("--size", type=int, metavar="N", help="So many issues, for --method fixed.")
@click.option(
    "--iterations", type=click.IntRange(1), metavar="N", help="Steps of the search.  [default: 10000]"
)
@click.option("--seed", type=click.IntRange(0), metavar="N", help="Of the search.  [default: 0]")
@click.option(
    "--aggregation",
    type=click.Choice(("ignore", "congruence", "conflict", "subtract")),
    help="Of the network that issues are chosen for.  [default: subtract]",
)
@table_options
@plot_options
def backbone(
    source: Source, kept: Kept, variables: Variables, method: str, level: float | None, penalty: float | None,
    size: int | None, iterations: int | None, seed: int | None, aggregation: str | None, plot: Plot, format_: str,
    output: Path | None,
) -> None:  # fmt: skip
    """The backbone of a network: its ties that are too heavy to be chance, or the issues that hold it up.

    disparity gives each tie the probability that chance makes one as heavy. penalty, fixed and nested keep the issues
    without which the network of actors would be another, by its spectrum: as few as a penalty makes of them, so many, or
    all in the order in which they can be spared. Where there are no more sets of issues than --iterations, all are tried.

    \b
    Examples:
      alliancegraph network backbone --level 0.05
      alliancegraph network backbone --level 0.05 --plot backbone.svg
      alliancegraph network backbone --method penalty --penalty 5 --duplicates document
      alliancegraph network backbone --method nested --statements coded.dna --format csv
    """
    given = {"level": level, "penalty": penalty, "size": size, "iterations": iterations, "seed": seed,
             "aggregation": aggregation}  # fmt: skip
    for option, value in given.items():
        if value is not None and method not in _OF[option]:
            raise UsageError(f"--{option} is for --method {' and '.join(_OF[option])}, not {method}")
    if method == "nested":
        plot.refuse("--method nested")
    if method == "fixed" and size is None:
        raise UsageError("--method fixed keeps so many issues as --size says; give it")
    from alliancegraph.networks.backbone import check_penalty

    if penalty is not None:
        check_penalty(penalty)
    from alliancegraph.commands.networks.reading import selected

    found = selected(source, kept, variables)
    if method == "disparity":
        if plot.picture is not None:
            plot.draw(drawers.backbone(congruence(found), level))
        if not plot.alone(output):
            show(_ties(found, level), format_, output)
        return
    from alliancegraph.networks.spectra import Spectra

    kind = aggregation or ("subtract" if found.qualifier else "ignore")
    spectra = Spectra(found.statements, found.variable1, found.variable2, found.qualifier, kind)
    table = _nested(spectra) if method == "nested" else _chosen(spectra, penalty, size, iterations, seed)
    if plot.picture is not None:
        issues = [str(row[0]) for row in table.rows if row[1] == "backbone"]
        plot.draw(drawers.issues_kept(found, issues, f"The backbone: {found.variable1} on {found.variable2}"))
    if not plot.alone(output):
        show(table, format_, output)


def _ties(found: Selected, level: float | None) -> Table:
    from alliancegraph.networks.disparity import significant_ties

    rows = [
        (tie.one, tie.other, tie.weight, tie.probability)
        for tie in significant_ties(congruence(found))
        if level is None or tie.probability < level
    ]
    nothing = f"no tie has a probability below {level:g}" if level is not None else ""
    return Table(("one", "other", "weight", "probability"), rows, nothing=nothing)


def _chosen(
    spectra: Spectra, penalty: float | None, size: int | None, iterations: int | None, seed: int | None
) -> Table:
    from alliancegraph.networks.backbone import ITERATIONS, PENALTY, of_size, penalised

    steps, seed = iterations or ITERATIONS, seed or 0
    with progress("sets of issues", None) as advance:
        made = (
            penalised(
                spectra, PENALTY if penalty is None else penalty, iterations=steps, seed=seed, advance=advance
            )
            if size is None
            else of_size(spectra, size, iterations=steps, seed=seed, advance=advance)
        )
    said = dict(zip(spectra.issues, spectra.statements, strict=True))
    rows = [(issue, "backbone", said[issue]) for issue in made.backbone]
    rows += [(issue, "redundant", said[issue]) for issue in made.redundant]
    figures = {
        "backbone_loss": made.loss,
        "redundant_loss": made.redundant_loss,
        "cost": made.cost,
        "exact": made.exact,
    }
    return Table(("issue", "set", "statements"), rows, figures)


def _nested(spectra: Spectra) -> Table:
    from alliancegraph.networks.backbone import nested

    rows = [
        (place, step.issue, step.loss, step.redundant_loss, step.statements)
        for place, step in enumerate(nested(spectra), 1)
    ]
    return Table(("step", "issue", "backbone_loss", "redundant_loss", "statements"), rows)
