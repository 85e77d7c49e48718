"""`network compare`: two codings of the same documents, and how far they agree."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from alliancegraph.commands.console import print_table
from alliancegraph.commands.networks.options import (
    Kept,
    Source,
    Variables,
    selection_options,
    source_options,
    variable_options,
)
from alliancegraph.commands.networks.output import output_option, put, table_option
from alliancegraph.commands.networks.tables import check_sides, qualifier
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.comparison import Compared, Comparison

COLUMNS: Final = ("issue", "first", "second", "both", "overlap", "agreement", "kappa", "alpha")
_FILES: Final = (".csv", ".dna")


@click.command(short_help="Two codings beside each other: agreement, kappa and alpha.")
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
@variable_options
@source_options
@selection_options
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Issues for concepts of a file that is compared with the graph: a table concept,issue.",
)
@table_option("Format; json has the units too.")
@output_option()
def compare(
    first: str, second: str, source: Source, kept: Kept, variables: Variables, mapping: Path | None, format_: str,
    output: Path | None,
) -> None:  # fmt: skip
    """Set two codings of the same documents beside each other.

    FIRST and SECOND are coders of the graph, or of --statements, or files; extraction is what the tool read itself. A file beside
    a coder of the graph is read as importing it would. What each says of a holder and an issue in a document is compared: 1,
    0, both, or none. Agreement, Cohen's kappa and Krippendorff's alpha are of what both coded, overlap is its share in what
    either did. Only documents that both coded count.

    \b
    Examples:
      alliancegraph network compare Ines extraction
      alliancegraph network compare Ines Jun --statements hearings.dna --variable1 organization
      alliancegraph network compare ines.csv jun.csv --format json
      alliancegraph network compare ines.csv extraction --variable1 organization
    """
    check_sides(variables)
    from alliancegraph.networks.comparison import compare as compared

    mixed = source.file is None and _is_file(first) != _is_file(second)
    if mapping is not None and not mixed:
        raise UsageError("--map is for a file beside a coder of the graph; leave it out")
    one, other = (
        _file_in_graph(Path(name), source, kept, variables, mapping)
        if mixed and _is_file(name)
        else _coding(name, source, kept, variables)
        for name in (first, second)
    )
    side, _ = (qualifier(coding) for coding in (one, other))
    found = compared(one.statements, other.statements, one.variable1, one.variable2, side)
    if format_ == "table" and output is None:
        print_table(COLUMNS, _rows(found))
        print_table((f"{first} \\ {second}", *_answers(found)), _confusion(found))
        click.echo(f"{found.documents} documents that both coded; {found.overall.both} units that both coded")
    else:
        put(_json(found, first, second) if format_ == "json" else _csv(found), output, format_)


def _coding(name: str, source: Source, kept: Kept, variables: Variables) -> Selected:
    """The statements of one coder, or of one of two files."""
    from alliancegraph.commands.networks.reading import selected

    if source.file is not None:
        return selected(source, replace(kept, include={**kept.include, "coder": (name,)}), variables)
    if _is_file(name):
        return selected(replace(source, file=Path(name)), kept, variables)
    return selected(replace(source, coders=(name,)), kept, variables)


def _is_file(name: str) -> bool:
    return Path(name).suffix.lower() in _FILES


def _file_in_graph(
    path: Path, source: Source, kept: Kept, variables: Variables, mapping: Path | None
) -> Selected:
    """The statements of a file, in the terms of the graph."""
    from alliancegraph.commands.networks.reading import Selected, asked, selection_of
    from alliancegraph.graph.store import Store
    from alliancegraph.networks.choice import Choice
    from alliancegraph.networks.importing import read_statements
    from alliancegraph.networks.naming import read_mapping
    from alliancegraph.networks.selection import select
    from alliancegraph.networks.translating import in_terms_of

    one, other, side = asked(source, variables)
    if (other, side) != ("issue", "stance"):
        raise UsageError(
            "a file is compared with the graph by the stance on issues; leave out --variable2 and --qualifier"
        )
    selection = selection_of(source, kept)
    issues = None if mapping is None else read_mapping(mapping)
    statements, _ = read_statements(path, source.statement_type)
    with Store.open(source.store, read_only=True) as opened:
        choice = Choice(concern=source.concern, neutral=source.neutral)
        found = in_terms_of(opened, statements, one, choice, issues)
    return Selected(select(found, selection, one, other, side), one, other, side)


def _rows(found: Comparison) -> list[tuple[str, ...]]:
    return [
        *(_row(issue, compared) for issue, compared in found.by_issue.items()),
        _row("all", found.overall),
    ]


def _row(issue: str, compared: Compared) -> tuple[str, ...]:
    told = compared.reliability
    figures = (compared.overlap, told.agreement, told.kappa, told.alpha)
    counts = (str(compared.first), str(compared.second), str(compared.both))
    return (issue, *counts, *("" if math.isnan(figure) else f"{figure:.3f}" for figure in figures))


def _answers(found: Comparison) -> list[str]:
    return sorted({answer for pair in found.confusion for answer in pair})


def _confusion(found: Comparison) -> list[tuple[str, ...]]:
    answers = _answers(found)
    return [(one, *(str(found.confusion.get((one, other), 0)) for other in answers)) for one in answers]


def _csv(found: Comparison) -> bytes:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([COLUMNS, *_rows(found)])
    return out.getvalue().encode()


def _json(found: Comparison, first: str, second: str) -> bytes:
    import json

    made = {
        "first": first,
        "second": second,
        "documents": found.documents,
        "overall": _object(found.overall),
        "issues": {issue: _object(compared) for issue, compared in found.by_issue.items()},
        "confusion": [
            {"first": one, "second": other, "units": units} for (one, other), units in found.confusion.items()
        ],
        "units": [
            {"document": document, "holder": holder, "issue": issue, "first": one, "second": other}
            for (document, holder, issue), (one, other) in found.units.items()
        ],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _object(compared: Compared) -> dict[str, int | float | None]:
    told = compared.reliability
    figures = {
        "overlap": compared.overlap,
        "agreement": told.agreement,
        "kappa": told.kappa,
        "alpha": told.alpha,
    }
    counts = {
        "first": compared.first,
        "second": compared.second,
        "both": compared.both,
        "agreed": told.agreed,
    }
    return {**counts, **{name: None if math.isnan(value) else value for name, value in figures.items()}}
