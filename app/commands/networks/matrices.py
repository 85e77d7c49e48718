"""`network onemode` and `network twomode`: who agrees with whom, and who refers to what, in any format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from alliancegraph.commands.networks import drawers
from alliancegraph.commands.networks.options import (
    Kept,
    Source,
    Variables,
    selection_options,
    source_options,
    variable_options,
)
from alliancegraph.commands.networks.output import format_option
from alliancegraph.commands.networks.plotting import Plot, plot_options
from alliancegraph.commands.networks.time import (
    Time,
    chosen_format,
    series_output_option,
    time_options,
    write_network,
)

AGGREGATIONS: Final = ("ignore", "combine", "congruence", "conflict", "subtract", "ratio")
NORMALIZATIONS: Final = ("no", "activity", "prominence", "average", "jaccard", "cosine")

_ABOUT: Final = {
    "twomode": (
        "Who refers to what: variable 1 by variable 2.",
        "Aggregation is ignore, combine (1 only positive, 2 only negative, 3 both) or subtract; normalisation no, activity"
        " (by the statements of a row) or prominence (by those of a column).",
        "--aggregation subtract --normalization activity",
    ),
    "onemode": (
        "Who agrees or disagrees with whom: variable 1 by what they say of variable 2.",
        "Aggregation is ignore, congruence, conflict, subtract (congruence less conflict) or ratio (congruence as a share"
        " of both); normalisation no, average (activity), jaccard or cosine.",
        "--aggregation congruence --normalization average",
    ),
}


def matrices() -> Iterator[click.Command]:
    """A command for each mode."""
    yield from (_command(mode) for mode in _ABOUT)


def _command(mode: str) -> click.Command:
    @click.command(mode, short_help=_ABOUT[mode][0], help=_help(mode))
    @variable_options
    @click.option(
        "--aggregation",
        type=click.Choice(AGGREGATIONS),
        default="ignore",
        show_default=True,
        help="How the levels of the qualifier make one weight.",
    )
    @click.option(
        "--normalization",
        type=click.Choice(NORMALIZATIONS),
        default="no",
        show_default=True,
        help="What weights are divided by.",
    )
    @click.option("--isolates", is_flag=True, help="Keep rows and columns that no statement is left of.")
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
        aggregation: str,
        normalization: str,
        isolates: bool,
        time: Time,
        plot: Plot,
        format_: str | None,
        output: Path | None,
    ) -> None:
        from alliancegraph.commands.networks.reading import asked, selected
        from alliancegraph.networks.series import Recipe

        if time.window is not None:
            plot.refuse("--window")
        chosen = chosen_format(output, format_, time)
        recipe = Recipe(
            "onemode" if mode == "onemode" else "twomode",
            *asked(source, variables),
            aggregation=aggregation,
            normalization=normalization,
            isolates=isolates,
        )
        recipe.check(time.kernel)
        found = selected(source, kept, variables, dated=time.window is not None)
        recipe = replace(recipe, qualifier=found.qualifier)
        if plot.picture is not None:
            plot.draw(drawers.network(recipe, recipe.matrix(found.statements)))
        if not plot.alone(output):
            write_network(found.statements, recipe, time, kept, chosen, output)

    return command  # fmt: skip


def _help(mode: str) -> str:
    about, more, example = _ABOUT[mode]
    return f"""{about}

    {more} Statements are the positions of a graph, or hand-coded ones. Over a graph the variables are actor, person,
    organization, state, issue, document, source, voice and event, and the qualifier is the stance: 1 in favour, 0 opposed.

    \b
    Examples:
      alliancegraph network {mode} {example}
      alliancegraph network {mode} --statements coded.csv --variable1 person --variable2 concept -o {mode}.graphml
      alliancegraph network {mode} --window 6 --step 6 --format gexf -o {mode}.gexf
      alliancegraph network {mode} --aggregation subtract --plot {mode}.svg
    """
