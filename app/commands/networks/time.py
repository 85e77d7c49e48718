"""Options of time series: windows moved over the statements, their unit and step, and a kernel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.networks.options import Callback, Kept, gathered
from alliancegraph.commands.networks.output import check_text, put
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.networks.series import Recipe
    from alliancegraph.networks.statements import Statements
    from alliancegraph.networks.windows import Slice

UNITS: Final = ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "statements")
KERNELS: Final = ("no", "uniform", "triangular", "epanechnikov", "gaussian")


@dataclass(frozen=True, slots=True)
class Time:
    """The windows of a time series; without a length there is none. Raises `UsageError` for what does not go together."""

    window: int | None
    unit: str | None
    step: int | None
    kernel: str

    def __post_init__(self) -> None:
        given = {
            "--window-unit": self.unit,
            "--step": self.step,
            "--kernel": None if self.kernel == "no" else self.kernel,
        }
        for option, value in given.items():
            if self.window is None and value is not None:
                raise UsageError(
                    f"{option} is of a time series; give the length of its windows with --window"
                )
        if self.window is not None:
            from alliancegraph.networks.windows import check_windows

            check_windows(self.window, self.unit or "months", self.step or 1, self.kernel)

    def slices(self, statements: Statements, kept: Kept) -> Iterator[Slice]:
        """The slices of the statements."""
        from alliancegraph.networks.windows import slices

        assert self.window is not None
        unit, step = self.unit or "months", self.step or 1
        return slices(statements, self.window, unit, step, self.kernel, kept.start, kept.stop)


def time_options(command: Callback) -> Callback:
    """`--window`, `--window-unit`, `--step` and `--kernel`, given to the command as `time`."""
    options = (
        click.option(
            "--window",
            type=click.IntRange(1),
            metavar="N",
            help="Make a time series: windows of so many units.",
        ),
        click.option(
            "--window-unit", "unit", type=click.Choice(UNITS), help="Unit of the windows.  [default: months]"
        ),
        click.option(
            "--step",
            type=click.IntRange(1),
            metavar="N",
            help="Move the window by so many units; as many as it has for slices side by side.  [default: 1]",
        ),
        click.option(
            "--kernel",
            type=click.Choice(KERNELS),
            default="no",
            show_default=True,
            help="Weigh statements by their distance from the middle of the window.",
        ),
    )
    return gathered(command, "time", Time, ("window", "unit", "step", "kernel"), options)


series_output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File, in place of standard output; in a time series with {slice} for the dates of each.",
)


def chosen_format(output: Path | None, given: str | None, time: Time) -> str:
    """The format of a network or of its time series; raise `UsageError` where the file cannot hold it."""
    from alliancegraph.networks.files import format_of
    from alliancegraph.networks.series_files import pattern_of

    folder = output is not None and output.is_dir()
    chosen = format_of(None if folder else output, given)
    if time.window is not None:
        pattern_of(output, chosen)
    elif folder:
        raise UsageError(f"{output}: is a folder; name a file in it, or make a time series with --window")
    check_text(chosen, output)
    return chosen


def write_network(
    statements: Statements, recipe: Recipe, time: Time, kept: Kept, format_: str, output: Path | None
) -> None:
    """The network of the statements; in a time series the slices, each in a file of its own or all in one."""
    from alliancegraph.networks.files import content
    from alliancegraph.networks.series import series
    from alliancegraph.networks.series_files import apart, pattern_of, together, write_all

    if time.window is None:
        put(content(recipe.matrix(statements), format_, statements), output, format_)
        return
    pattern = pattern_of(output, format_)
    networks = list(series(recipe, time.slices(statements, kept)))
    if pattern is None:
        put(together(networks, format_), output, format_)
        return
    files = apart(networks, format_, pattern)
    write_all(files)
    note(f"written {len(files)} slices, {next(iter(files))} to {next(reversed(files))}")
