"""`network polarisation`: whether the debate falls into two camps, in all or over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alliancegraph.commands.console import progress
from alliancegraph.commands.networks import drawers
from alliancegraph.commands.networks.options import Kept, Source, Variables
from alliancegraph.commands.networks.pictures import polarisation_over_time, windows
from alliancegraph.commands.networks.plotting import Plot, plot_options
from alliancegraph.commands.networks.tables import Table, check_sides, qualifier, show, table_options
from alliancegraph.commands.networks.time import Time, time_options
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.networks.polarisation_series import Polarised


@click.command(short_help="Whether the debate falls into two camps, in all or over time.")
@table_options
@time_options
@plot_options
@click.option(
    "--samples",
    type=click.IntRange(0),
    metavar="N",
    help="Samples of statements for the interval of each window; 0 for none.  [default: 200]",
)
@click.option(
    "--confidence-level", "level", type=click.FloatRange(0, 1, min_open=True, max_open=True), metavar="0..1",
    help="Share of the samples in the interval.  [default: 0.95]",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0), metavar="N", help="Of the samples.  [default: 0]")
def polarisation(
    source: Source, kept: Kept, variables: Variables, time: Time, plot: Plot, samples: int | None,
    level: float | None, seed: int | None, format_: str, output: Path | None,
) -> None:  # fmt: skip
    """Whether the debate falls into two camps that agree within and disagree between them.

    With --window a row for each window, weighed by --kernel, with the interval in which the index of most samples of its
    statements is. Without it one row for all.

    \b
    Examples:
      alliancegraph network polarisation
      alliancegraph network polarisation --window 6 --plot polarisation.svg
      alliancegraph network polarisation --window 6 --kernel gaussian --format csv -o polarisation.csv
      alliancegraph network polarisation --window 1 --window-unit years --step 1 --samples 500
    """
    for option, value in (("samples", samples), ("confidence-level", level), ("seed", seed)):
        if value is not None and time.window is None:
            raise UsageError(f"--{option} is of a time series; give the length of its windows with --window")
    check_sides(variables)
    from alliancegraph.commands.networks.reading import selected
    from alliancegraph.networks import polarisation_series as over_time
    from alliancegraph.networks.polarisation import polarisation as found_polarisation

    found = selected(source, kept, variables, dated=time.window is not None)
    asked = (found.variable1, found.variable2, qualifier(found))
    columns = ("polarisation", "alignment", "antagonism", "camp1", "camp2")
    if time.window is None and plot.picture is not None:
        plot.draw(polarisation_over_time(found, kept, time))
    if time.window is None:
        if plot.alone(output):
            return
        made = found_polarisation(found.statements, *asked)
        row = (made.index, made.alignment, made.antagonism, *("; ".join(made.camp(n)) for n in (0, 1)))
        show(Table(columns, [row]), format_, output)
        return
    parts = list(time.slices(found.statements, kept))
    series = over_time.polarisation_series(
        parts,
        *asked,
        samples=over_time.SAMPLES if samples is None else samples,
        seed=seed or 0,
        level=level or over_time.LEVEL,
    )
    found_series: list[Polarised] = []
    with progress("polarisation", len(parts)) as advance:
        for item in series:
            found_series.append(item)
            advance(item.slice.name)
    if plot.picture is not None:
        plot.draw(drawers.polarisation(found_series, windows(time)))
    if plot.alone(output):
        return
    rows = [_row(item) for item in found_series]
    head = ("slice", "start", "middle", "end", "statements")
    show(Table((*head, "polarisation", "low", "high", *columns[1:]), rows), format_, output)


def _row(item: Polarised) -> tuple[object, ...]:
    """A window with its figures, which are empty where it has no statements."""
    from alliancegraph.networks.events import date_text

    window, made = item.slice.window, item.made
    when = (item.slice.name, *map(date_text, (window.start, window.middle, window.end)))
    size = len(item.slice.statements)
    if made is None:
        return (*when, size, *(None,) * 7)
    camps = ("; ".join(made.camp(number)) for number in (0, 1))
    return (*when, size, made.index, item.low, item.high, made.alignment, made.antagonism, *camps)
