"""Statements narrowed by where they stand, whom and what they concern, and how it is said; with what still belongs to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Final, TypeAlias

from alliancegraph.explorer.outlets import names
from alliancegraph.extract.edtf import bounds
from alliancegraph.graph.facts import Fact, Thing
from alliancegraph.ontology.errors import EmptySelection, UsageError
from alliancegraph.queries.suggestions import did_you_mean

_STATED: Final = ("position", "relation")
Filter: TypeAlias = tuple[str, Callable[[Fact], bool]]
"""An option as it was given, and what it lets through."""


def of_documents(documents: Iterable[str]) -> Callable[[Fact], bool]:
    """What these documents say, by their IRIs."""
    wanted = frozenset(documents)
    return lambda fact: fact.document in wanted


def of_sources(patterns: Iterable[str], known: Mapping[str, Thing]) -> Callable[[Fact], bool]:
    """What documents of these sources say; raise `UsageError`, with near names, where a source has no document."""
    by_document = {thing.iri: names(thing) for thing in known.values() if thing.type == "Document"}
    there_are = {name for found in by_document.values() for name in found}
    wanted: set[str] = set()
    for pattern in patterns:
        sought = pattern.casefold()
        found = {
            iri
            for iri, own in by_document.items()
            if any(fnmatchcase(name.casefold(), sought) for name in own)
        }
        if not found:
            hint = did_you_mean(pattern, there_are) or "list them with: alliancegraph query documents"
            raise UsageError(f"no document is from {pattern!r}; {hint}")
        wanted |= found
    return of_documents(wanted)


def of_period(first: date, last: date, known: Mapping[str, Thing]) -> Callable[[Fact], bool]:
    """What was or may have been said in these days; a statement without a date has its document's."""

    def passes(fact: Fact) -> bool:
        document = known.get(fact.document)
        said = (None if fact.kind == "event" else fact.date) or (document.date if document else None)
        days = bounds(said) if said else None
        return days is not None and days[0] <= last and first <= days[1]

    return passes


def of_actors(actors: Iterable[str]) -> Callable[[Fact], bool]:
    """What these actors say or do, or is said of or to them."""
    wanted = frozenset(actors)
    return lambda fact: (
        fact.kind in _STATED and not wanted.isdisjoint((fact.subject, fact.object, fact.addressee))
    )


def of_issues(issues: Iterable[str], known: Mapping[str, Thing]) -> Callable[[Fact], bool]:
    """Positions on these issues and discussions of them, or of narrower ones."""
    wanted = set(issues)
    added = True
    while added:
        below = {thing.iri for thing in known.values() if thing.broader in wanted} - wanted
        wanted |= below
        added = bool(below)
    return lambda fact: fact.kind in ("position", "discussion") and fact.object in wanted


def of_stances(stances: Iterable[str]) -> Callable[[Fact], bool]:
    """Positions with these stances."""
    wanted = frozenset(stances)
    return lambda fact: fact.kind == "position" and fact.predicate in wanted


def of_voices(voices: Iterable[str]) -> Callable[[Fact], bool]:
    """Positions in these voices."""
    wanted = frozenset(voices)
    return lambda fact: fact.voice in wanted


def narrowed(statements: list[Fact], filters: Iterable[Filter]) -> list[Fact]:
    """What passes all filters; raise `EmptySelection` that names the filter which took the last."""
    for option, passes in filters:
        kept = [fact for fact in statements if passes(fact)]
        if statements and not kept:
            raise EmptySelection(
                f"no statement is left: {option} took the last {len(statements)}; widen that filter"
            )
        statements = kept
    return statements


def with_context(kept: list[Fact], others: Iterable[Fact]) -> list[Fact]:
    """What is kept, and what its documents discuss and report of its own issues and events, in the order of `others`."""
    own = {(fact.document, fact.kind, fact.iri) for fact in kept}
    documents = {fact.document for fact in kept}
    nodes = {node for fact in kept for node in _ends(fact)}
    return [
        fact
        for fact in others
        if (fact.document, fact.kind, fact.iri) in own
        or (fact.kind not in _STATED and fact.document in documents and not nodes.isdisjoint(_ends(fact)))
    ]


def most_important(statements: list[Fact], limit: int) -> list[Fact]:
    """The statements between the most important nodes, so many of them besides documents."""
    documents = {fact.document for fact in statements}
    counts = Counter({node: 0 for fact in statements for node in _ends(fact)})
    counts.update(node for fact in statements if fact.kind in _STATED for node in _ends(fact))
    ranked = sorted(counts.keys() - documents, key=lambda node: (-counts[node], node))
    allowed = documents.union(ranked[:limit])
    kept = [fact for fact in statements if fact.kind in _STATED and allowed.issuperset(_ends(fact))]
    if statements and not kept:
        raise EmptySelection(
            f"no statement is left: --limit {limit} keeps none between two nodes; allow more"
        )
    return with_context(kept, [fact for fact in statements if allowed.issuperset(_ends(fact))])


def _ends(fact: Fact) -> tuple[str, ...]:
    """The nodes that a statement connects, but for the document that tells of it."""
    if fact.kind == "event":
        return (fact.subject,)
    if fact.kind == "discussion":
        return (fact.object,) if fact.object is not None else ()
    return (fact.subject, *((fact.object,) if fact.object is not None else ()))
