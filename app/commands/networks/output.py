"""Where the networks go: options that name a format and a file, and the writing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import click

from alliancegraph.commands.console import note
from alliancegraph.ontology.errors import UsageError

FORMATS: Final = ("csv", "edges", "json", "graphml", "gexf", "dl", "net", "xlsx")
_BY_SUFFIX: Final = "[default: by the suffix of FILE, or csv]"

Option = Callable[[Any], Any]


def format_option(formats: Sequence[str] = FORMATS) -> Option:
    """`--format`, given to the command as `format_`; None where the file's suffix tells."""
    about = "Format; edges is a list as CSV." if "edges" in formats else "Format."
    return click.option("--format", "format_", type=click.Choice(formats), help=f"{about}  {_BY_SUFFIX}")


def table_option(about: str = "Format.") -> Option:
    """`--format` of commands that print a table, given as `format_`."""
    kinds = click.Choice(("table", "csv", "json"))
    return click.option("--format", "format_", type=kinds, default="table", show_default=True, help=about)


def output_option(about: str = "File, in place of standard output.") -> Option:
    """`-o`, given to the command as `output`."""
    kind = click.Path(path_type=Path, dir_okay=False)
    return click.option("-o", "--output", type=kind, metavar="FILE", help=about)


def check_text(format_: str, output: Path | None) -> None:
    """Raise `UsageError` for a format that cannot be printed, where no file is named."""
    if output is None and format_ == "xlsx":
        raise UsageError("a workbook is no text; name a file with -o")


def put(data: bytes, output: Path | None, format_: str) -> None:
    """Write to the file, or to standard output what can be read there."""
    from alliancegraph.graph.writing import write_whole

    check_text(format_, output)
    if output is not None:
        write_whole(output, data)
        note(f"written to {output}")
    else:
        click.echo(data, nl=False)
