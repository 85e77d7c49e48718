"""The positions of a graph as a table of statements: who takes which side on what, in which document, and since when.

Variables are `person`, `organization`, `state` and `actor` (the holder at three grains, and as the graph has it), `issue`,
`document`, `source` (where the document appeared), `voice`, `event`, `attitude` (the stance by its id), `coder`, and the
qualifier `stance`. A position counts once for each organization, state or event that it has: its id repeats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from alliancegraph.graph.facts import local_name
from alliancegraph.graph.store import Store
from alliancegraph.networks.affiliations import affiliations
from alliancegraph.networks.answers import answers
from alliancegraph.networks.choice import EXTRACTION, Choice, issues_under
from alliancegraph.networks.known import Known, known, things_column, unique_names
from alliancegraph.networks.passages import Occasions, Passages, passages, statements_with
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import EmptySelection, UsageError
from alliancegraph.queries import resolve
from alliancegraph.queries.suggestions import did_you_mean

ACTORS: Final = ("actor", "organization", "person", "state")
"""Variables that name who holds a position."""
VARIABLES: Final = tuple(
    sorted((*ACTORS, "attitude", "coder", "document", "event", "issue", "source", "stance", "voice"))
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A position, for one organization, state and event, all by IRI."""

    position: str
    document: str
    actor: str
    issue: str
    attitude: str
    voice: str
    confidence: float
    date: str | None
    coder: str
    side: str
    organization: str | None = None
    state: str | None = None
    event: str | None = None


def positions(
    store: Store,
    variables: Iterable[str] = ("actor", "issue"),
    choice: Choice | None = None,
    *,
    with_passages: bool = True,
) -> Statements:
    """The positions of a store that count, with at least these variables, sorted by document and position.

    The columns `organization`, `state` and `event` are there where they are asked for. Passages take half of the time,
    and are left out without `with_passages`. Raises `UsageError` for an
    unknown variable, `QueryError` for an unknown actor or issue, `EmptySelection` where a filter leaves nothing.
    """
    wanted, chosen = check_variables(variables), choice or Choice()
    things = known(store)
    rows = list(_rows(store, things, chosen))
    names = {row.actor for row in rows}
    found = passages(store) if with_passages or "event" in wanted else {}
    rows = _filtered(store, things, rows, chosen)
    if wanted & {"organization", "state"}:
        belonging = affiliations(store, things, chosen.min_confidence)
        rows = [
            r for row in rows for r in _spoken_for(row, wanted, belonging.organizations, belonging.states)
        ]
    if "event" in wanted:
        occasions = Occasions(found, lambda iri: things.type(iri) == "Event")
        rows = [r for row in rows for r in _linked(row, occasions.events(row.document, row.position))]
    rows = _of_actors(store, rows, chosen.actors)
    names |= {iri for row in rows for iri in (row.organization, row.state) if iri}
    return _table(things, sorted(rows, key=_order), unique_names(names, things.label), wanted, found)


def check_variables(variables: Iterable[str]) -> set[str]:
    """The variables; raise `UsageError` for one that no graph has."""
    wanted = set(variables)
    for variable in sorted(wanted - set(VARIABLES)):
        near = did_you_mean(variable, VARIABLES) or f"choose one of {', '.join(VARIABLES)}"
        raise UsageError(f"the positions of a graph have no variable {variable!r}; {near}")
    return wanted


def _rows(store: Store, things: Known, choice: Choice) -> Iterator[_Row]:
    """All positions that take a side."""
    for row in answers(store, "positions.rq"):
        position, document, holder, issue, stance, voice, confidence, date, coder = row
        assert position and document and holder and issue  # noqa: PT018
        assert stance and voice and confidence  # noqa: PT018
        attitude = local_name(stance)
        side = choice.side(attitude)
        if side is not None:
            yield _Row(
                position,
                document,
                holder,
                issue,
                attitude,
                local_name(voice),
                float(confidence),
                date or things.issued(document),
                things.label(coder) if coder else EXTRACTION,
                side,
            )


# ---------------------------------------------------------------- filters


def _filtered(store: Store, things: Known, rows: list[_Row], choice: Choice) -> list[_Row]:
    if not rows:
        raise EmptySelection(
            f"{store.engine.name} holds no position that takes a side; build documents, or see --neutral"
        )
    if choice.issues:
        under = issues_under(store, things, choice.issues, {row.issue for row in rows})
        rows = _kept(rows, lambda row: row.issue in under, "issue", choice.issues)
    given = (
        ("stance", choice.stances, lambda row: {row.attitude}),
        ("voice", choice.voices, lambda row: {row.voice}),
        ("document", choice.documents, lambda row: things.names(row.document)),
        ("source", choice.sources, lambda row: {things.outlet(row.document)}),
        ("coder", choice.coders, lambda row: {row.coder}),
    )
    for option, values, names in given:
        rows = _with_value(rows, names, option, values)
    sure = choice.min_confidence
    return _kept(rows, lambda row: row.confidence >= sure, "min-confidence", (f"{sure:g}",)) if sure else rows


def _with_value(
    rows: list[_Row], names: Callable[[_Row], set[str]], option: str, values: Sequence[str]
) -> list[_Row]:
    """The rows with one of the values; a value that none of them has is told with the near ones."""
    if not values:
        return rows
    known_values = {name for row in rows for name in names(row)}
    for value in values:
        if value not in known_values and (near := did_you_mean(value, known_values)):
            raise UsageError(f"no position has the {option} {value!r}; {near}")
    if option == "coder" and known_values.isdisjoint(values):
        raise UsageError(
            f"no position has the coder {values[0]!r}; there are {', '.join(sorted(known_values))}"
        )
    return _kept(rows, lambda row: not names(row).isdisjoint(values), option, values)


def _kept(rows: list[_Row], passes: Callable[[_Row], bool], option: str, values: Sequence[str]) -> list[_Row]:
    kept = [row for row in rows if passes(row)]
    if not kept:
        took = f"--{option} {', '.join(values)} took the last {len(rows)}"
        raise EmptySelection(f"no position is left: {took}; choose others")
    return kept


def _of_actors(store: Store, rows: list[_Row], actors: Sequence[str]) -> list[_Row]:
    if not actors:
        return rows
    wanted = {resolve(store, "actor", actor) for actor in actors}
    return _kept(
        rows, lambda row: not wanted.isdisjoint((row.actor, row.organization, row.state)), "actor", actors
    )


# ---------------------------------------------------------------- one row for each value


def _spoken_for(
    row: _Row,
    wanted: set[str],
    organizations: Callable[[str, str, str | None], tuple[str, ...]],
    states: Callable[[str], tuple[str, ...]],
) -> Iterator[_Row]:
    bodies = organizations(row.actor, row.document, row.date)
    if "state" not in wanted:
        yield from (replace(row, organization=body) for body in bodies or (None,))
    elif "organization" not in wanted:
        found = sorted({state for body in bodies for state in states(body)})
        yield from (replace(row, state=state) for state in found or (None,))
    else:
        pairs = [(body, state) for body in bodies for state in states(body) or (None,)]
        yield from (replace(row, organization=body, state=state) for body, state in pairs or ((None, None),))


def _linked(row: _Row, events: tuple[str, ...]) -> Iterator[_Row]:
    yield from (replace(row, event=event) for event in events or (None,))


def _order(row: _Row) -> tuple[str, ...]:
    return (row.document, row.position, row.organization or "", row.state or "", row.event or "")


# ---------------------------------------------------------------- the table


def _table(
    things: Known, rows: list[_Row], actors: dict[str, str], wanted: set[str], found: Passages
) -> Statements:
    documents = unique_names({row.document for row in rows}, things.title, things.built_from)
    issues = unique_names({row.issue for row in rows}, things.label)
    columns = {
        "actor": things_column([row.actor for row in rows], actors, things.attributes),
        "person": things_column([_person(row, things) for row in rows], actors, things.attributes),
        "issue": things_column([row.issue for row in rows], issues, things.attributes),
        "document": things_column([row.document for row in rows], documents, things.document_attributes),
        "source": Column.of([things.outlet(row.document) for row in rows]),
        "voice": Column.of([row.voice for row in rows]),
        "attitude": Column.of([row.attitude for row in rows]),
        "coder": Column.of([row.coder for row in rows]),
        "stance": Column.of([row.side for row in rows]),
    }
    if "organization" in wanted:
        columns["organization"] = things_column([row.organization for row in rows], actors, things.attributes)
    if "state" in wanted:
        columns["state"] = things_column([row.state for row in rows], actors, things.attributes)
    if "event" in wanted:
        events = unique_names({row.event for row in rows if row.event}, things.label, things.occasion)
        columns["event"] = things_column([row.event for row in rows], events, things.attributes)
    return statements_with(
        [row.position for row in rows],
        columns,
        [row.date for row in rows],
        [row.confidence for row in rows],
        [found.get((row.document, row.position), ()) for row in rows],
    )


def _person(row: _Row, things: Known) -> str | None:
    return row.actor if things.type(row.actor) == "Person" else None
