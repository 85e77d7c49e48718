"""What a person sees: tables on a terminal, plain text in a pipe, progress only on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Protocol

import click

_SLOW: Final = 2.0


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> None:
    """A ruled table on a terminal; in a pipe, lines of tab-separated values under the column names."""
    if sys.stdout.isatty():
        _print_ruled(columns, rows, title)
        return
    for row in (columns, *rows):
        click.echo("\t".join(_one_line(cell) for cell in row))


def _print_ruled(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left")
    listed = [tuple(_one_line(cell) for cell in row) for row in rows]
    for position, column in enumerate(columns):
        numeric = bool(listed) and all(_is_number(row[position]) for row in listed)
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def _one_line(cell: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in cell).split())


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).replace("-", "", 1).isdigit()


def note(message: str) -> None:
    """A line for the person at the terminal, on stderr so that it stays out of results."""
    click.echo(message, err=True)


class Advance(Protocol):
    """Tells the progress bar that one more item is done."""

    def __call__(self, what: str) -> None:
        """One more item, by name."""


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Advance]:
    """A progress bar on stderr for work of more than two seconds; nothing when stderr is not a terminal.

    It shows how many items a second are done and, with a total, the time that is left.
    """
    if not sys.stderr.isatty():
        yield lambda what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[what]}"),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4)
    task = bar.add_task(label, total=total, what="", rate="")
    began = time.monotonic()

    def advance(what: str) -> None:
        seconds = time.monotonic() - began
        done = bar.tasks[0].completed + 1
        bar.update(task, advance=1, what=what, rate=rate(done, seconds))
        if seconds > _SLOW and not bar.live.is_started:
            bar.start()

    try:
        yield advance
    finally:
        bar.stop()


def rate(done: float, seconds: float) -> str:
    """Items a second, or a minute where it is less than one a second."""
    each = done / seconds if seconds else 0.0
    return f"{each:.1f}/s" if each >= 1 else f"{60 * each:.1f}/min"
