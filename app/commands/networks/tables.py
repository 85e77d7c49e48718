"""Figures as tables: on the screen, as CSV or as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from alliancegraph.commands.console import note, print_table
from alliancegraph.commands.networks.options import (
    Callback,
    Variables,
    selection_options,
    source_options,
    variable_options,
)
from alliancegraph.commands.networks.output import output_option, put, table_option
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.matrices import Matrix


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, and figures of the whole: a line below the table, more columns of CSV and JSON.

    `nothing` is said where there are no rows, `notes` are for the person at the terminal.
    """

    columns: Sequence[str]
    rows: Sequence[tuple[object, ...]]
    figures: Mapping[str, object] = field(default_factory=dict)
    nothing: str = ""
    notes: Sequence[str] = ()


def table_options(command: Callback) -> Callback:
    """Variables, source, selection, format and file of a command that prints figures."""
    options = (
        variable_options,
        source_options,
        selection_options,
        table_option(),
        output_option("File, in place of standard output; as CSV unless --format says JSON."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def show(table: Table, format_: str, output: Path | None) -> None:
    """Print the table, or write it."""
    if not table.rows and table.nothing:
        note(table.nothing)
    for line in table.notes:
        note(line)
    if output is not None or format_ != "table":
        put(_written(table, format_), output, format_)
    elif table.rows or not table.nothing:
        print_table(table.columns, [[_text(value) for value in row] for row in table.rows])
        if table.figures:
            click.echo("; ".join(f"{name} {_text(value)}" for name, value in table.figures.items()))


def _written(table: Table, format_: str) -> bytes:
    columns = [*table.columns, *table.figures]
    rows = [(*row, *table.figures.values()) for row in table.rows]
    if format_ == "json":
        made = [dict(zip(columns, row, strict=True)) for row in rows]
        return (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([columns, *rows])
    return out.getvalue().encode()


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def day(date: Any) -> str:
    """A day as text, empty for none."""
    return "" if str(date) == "NaT" else str(date)[:10]


def congruence(found: Selected) -> Matrix:
    """The network between actors that the measures look at: congruence by average activity."""
    from alliancegraph.networks.matrices import one_mode

    kind = "congruence" if found.qualifier else "ignore"
    return one_mode(found.statements, found.variable1, found.variable2, found.qualifier, kind, "average")


_NEEDED: Final = "this compares sides, so it needs a qualifier; name one with --qualifier"


def check_sides(variables: Variables) -> None:
    """Raise `UsageError` where no qualifier is asked for, before anything is read."""
    if variables.qualifier == "none":
        raise UsageError(_NEEDED)


def qualifier(found: Selected) -> str:
    """The qualifier; raise `UsageError` where the statements have none."""
    if found.qualifier is None:
        raise UsageError(_NEEDED)
    return found.qualifier
