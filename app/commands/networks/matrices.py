"""`network onemode` and `network twomode`: who agrees with whom, and who refers to what, in any format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.networks.options import (
    Kept,
    Source,
    Variables,
    selection_options,
    source_options,
    variable_options,
)
from alliancegraph.commands.networks.output import format_option, put
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.series import Recipe

AGGREGATIONS: Final = ("ignore", "combine", "congruence", "conflict", "subtract", "ratio")
NORMALIZATIONS: Final = ("no", "activity", "prominence", "average", "jaccard", "cosine")
UNITS: Final = ("days", "weeks", "months", "years", "statements")
KERNELS: Final = ("no", "uniform", "triangular", "epanechnikov", "gaussian")

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
    @click.option(
        "--window", type=click.IntRange(1), metavar="N", help="Make a time series: windows of so many units."
    )
    @click.option("--window-unit", type=click.Choice(UNITS), help="Unit of the windows.  [default: months]")
    @click.option(
        "--step",
        type=click.IntRange(1),
        metavar="N",
        help="Move the window by so many units; as many as it has for slices side by side.  [default: 1]",
    )
    @click.option(
        "--kernel",
        type=click.Choice(KERNELS),
        default="no",
        show_default=True,
        help="Weigh statements by their distance from the middle of the window.",
    )
    @format_option()
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="File, in place of standard output; in a time series with {slice} for the dates of each.",
    )
    def command(
        source: Source,
        kept: Kept,
        variables: Variables,
        aggregation: str,
        normalization: str,
        isolates: bool,
        window: int | None,
        window_unit: str | None,
        step: int | None,
        kernel: str,
        format_: str | None,
        output: Path | None,
    ) -> None:
        from alliancegraph.commands.networks.reading import selected
        from alliancegraph.networks.files import content, format_of
        from alliancegraph.networks.series import Recipe

        _check_time(window, window_unit, step, kernel)
        chosen = format_of(_plain(output), format_)
        found = selected(source, kept, variables, dated=window is not None)
        recipe = Recipe(
            "onemode" if mode == "onemode" else "twomode",
            found.variable1,
            found.variable2,
            found.qualifier,
            aggregation,
            normalization,
            isolates,
        )
        if window is not None:
            _write_series(
                found, recipe, (window, window_unit or "months", step or 1, kernel), kept, chosen, output
            )
        else:
            put(content(recipe.matrix(found.statements), chosen, found.statements), output, chosen)

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
    """


def _plain(output: Path | None) -> Path | None:
    """The name that tells the format: none for a folder."""
    return None if output is not None and output.is_dir() else output


def _check_time(window: int | None, unit: str | None, step: int | None, kernel: str) -> None:
    if window is not None:
        return
    for option, given in (
        ("--window-unit", unit),
        ("--step", step),
        ("--kernel", kernel if kernel != "no" else None),
    ):
        if given is not None:
            raise UsageError(f"{option} is of a time series; give the length of its windows with --window")


def _write_series(
    found: Selected,
    recipe: Recipe,
    time: tuple[int, str, int, str],
    kept: Kept,
    format_: str,
    output: Path | None,
) -> None:
    """The slices, each in a file of its own, or all in one."""
    from alliancegraph.networks.series import series
    from alliancegraph.networks.series_files import apart, pattern_of, together, write_all
    from alliancegraph.networks.windows import slices

    pattern = pattern_of(output, format_)
    size, unit, step, kernel = time
    networks = list(series(recipe, slices(found.statements, size, unit, step, kernel, kept.start, kept.stop)))
    if pattern is None:
        put(together(networks, format_), output, format_)
        return
    files = apart(networks, format_, pattern)
    write_all(files)
    note(f"written {len(files)} slices, {next(iter(files))} to {next(reversed(files))}")
