"""`network measures`, `communities`, `polarisation`, `salience`, `shifts`, `diffusion`, `bridges`, `backbone`: figures as tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

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

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.matrices import Matrix

Table: TypeAlias = tuple[Sequence[str], list[tuple[object, ...]]]
_ABOUT: Final = {
    "measures": "Degree, strength, betweenness, eigenvector, PageRank and core of each node.",
    "communities": "Groups that agree with each other, and their modularity.",
    "polarisation": "Whether the debate falls into two camps.",
    "salience": "How much is said of each issue, and how divided those are who say it.",
    "shifts": "Who changed sides on what, and when.",
    "diffusion": "Who raised each issue first, and who took it up after how many days.",
    "bridges": "Who connects the communities.",
    "backbone": "The ties that are too heavy to be chance (disparity filter).",
}


def figures() -> Iterator[click.Command]:
    """A command for each kind of figures."""
    yield from (_command(name) for name in _ABOUT)


def _command(name: str) -> click.Command:
    @click.command(name, short_help=_ABOUT[name], help=_help(name))
    @variable_options
    @source_options
    @selection_options
    @table_option()
    @output_option("File, in place of standard output; as CSV unless --format says JSON.")
    def command(source: Source, kept: Kept, variables: Variables, format_: str, output: Path | None) -> None:
        from alliancegraph.commands.networks.reading import selected

        columns, rows = _TABLES[name](selected(source, kept, variables))
        if output is None and format_ == "table":
            print_table(columns, [[_text(value) for value in row] for row in rows])
            return
        put(_written(columns, rows, format_), output, format_)

    return command


def _help(name: str) -> str:
    return f"""{_ABOUT[name]}

    Networks between actors are of congruence, divided by average activity; docs/networks.md defines every figure.

    \b
    Examples:
      alliancegraph network {name}
      alliancegraph network {name} --statements coded.csv --variable1 person --format csv -o {name}.csv
    """


def _written(columns: Sequence[str], rows: list[tuple[object, ...]], format_: str) -> bytes:
    if format_ == "json":
        made = [dict(zip(columns, row, strict=True)) for row in rows]
        return (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([columns, *rows])
    return out.getvalue().encode()


def _text(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _day(date: Any) -> str:
    return "" if str(date) == "NaT" else str(date)[:10]


def _congruence(found: Selected) -> Matrix:
    from alliancegraph.networks.matrices import one_mode

    kind = "congruence" if found.qualifier else "ignore"
    return one_mode(found.statements, found.variable1, found.variable2, found.qualifier, kind, "average")


def _qualifier(found: Selected) -> str:
    from alliancegraph.ontology.errors import UsageError

    if found.qualifier is None:
        raise UsageError("this compares sides, so it needs a qualifier; name one with --qualifier")
    return found.qualifier


def _measures(found: Selected) -> Table:
    from alliancegraph.networks.measures import node_measures

    made = node_measures(_congruence(found))
    strength = made.values["strength"]
    order = sorted(range(len(made.names)), key=lambda node: (-float(strength[node]), made.names[node]))
    rows: list[tuple[object, ...]] = [
        (made.names[node], *(float(values[node]) for values in made.values.values())) for node in order
    ]
    return ("node", *made.values), rows


def _communities(found: Selected) -> Table:
    from alliancegraph.networks.communities import communities

    made = communities(_congruence(found))
    rows: list[tuple[object, ...]] = [
        (number + 1, name, made.modularity)
        for number, members in enumerate(made.communities)
        for name in members
    ]
    return ("community", "node", "modularity"), rows


def _polarisation(found: Selected) -> Table:
    from alliancegraph.networks.polarisation import polarisation

    made = polarisation(found.statements, found.variable1, found.variable2, _qualifier(found))
    camps = ["; ".join(made.camp(number)) for number in (0, 1)]
    return ("polarisation", "alignment", "antagonism", "camp1", "camp2"), [
        (made.index, made.alignment, made.antagonism, *camps)
    ]


def _salience(found: Selected) -> Table:
    from alliancegraph.networks.salience import salience

    names = (
        "issue",
        "statements",
        "share",
        "actors",
        "favour",
        "opposition",
        "neither",
        "contention",
        "entropy",
        "divided",
    )
    made = salience(found.statements, found.variable1, found.variable2, found.qualifier)
    rows = [(*(getattr(item, name) for name in names), _day(item.first), _day(item.last)) for item in made]
    return (*names, "first", "last"), rows


def _shifts(found: Selected) -> Table:
    from alliancegraph.networks.shifts import shifts

    texts = found.statements.texts
    rows: list[tuple[object, ...]] = [
        (
            _day(item.date),
            item.actor,
            item.issue,
            "favour" if item.to_favour else "opposition",
            _day(item.since),
            item.held,
            item.kept,
            found.statements.ids[item.before],
            found.statements.ids[item.after],
            texts[item.before],
            texts[item.after],
        )
        for item in shifts(found.statements, found.variable1, found.variable2, _qualifier(found))
    ]
    names = (
        "date",
        "actor",
        "issue",
        "to",
        "last_before",
        "held",
        "kept",
        "before",
        "after",
        "text_before",
        "text_after",
    )
    return names, rows


def _diffusion(found: Selected) -> Table:
    from alliancegraph.networks.diffusion import diffusion

    made = diffusion(found.statements, found.variable1, found.variable2)
    rows: list[tuple[object, ...]] = [
        (item.issue, item.rank, item.actor, _day(item.date), item.lag, item.after) for item in made.adoptions
    ]
    return ("issue", "rank", "actor", "date", "lag", "after"), rows


def _bridges(found: Selected) -> Table:
    from alliancegraph.networks.bridges import bridges
    from alliancegraph.networks.communities import communities

    matrix = _congruence(found)
    rows: list[tuple[object, ...]] = [
        (
            item.name,
            item.community + 1,
            item.participation,
            item.within,
            item.reach,
            item.betweenness,
            item.bridging,
        )
        for item in bridges(matrix, communities(matrix))
    ]
    return ("node", "community", "participation", "within", "reach", "betweenness", "bridging"), rows


def _backbone(found: Selected) -> Table:
    from alliancegraph.networks.disparity import significant_ties

    rows: list[tuple[object, ...]] = [
        (tie.one, tie.other, tie.weight, tie.probability) for tie in significant_ties(_congruence(found))
    ]
    return ("one", "other", "weight", "probability"), rows


_TABLES: Final[dict[str, Callable[..., Table]]] = {
    "measures": _measures,
    "communities": _communities,
    "polarisation": _polarisation,
    "salience": _salience,
    "shifts": _shifts,
    "diffusion": _diffusion,
    "bridges": _bridges,
    "backbone": _backbone,
}
