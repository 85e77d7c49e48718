"""Actors of a store that may be one, and names that may mean two: what a person should look at, each with its reasons.

Two actors that one document names side by side are kept apart by the text, and never suggested.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations, groupby
from typing import Final

import pyoxigraph

from alliancegraph.graph.homonyms import apart
from alliancegraph.graph.questions import question
from alliancegraph.graph.store import Store
from alliancegraph.ontology.terms import AG, VOCABULARY

_PERSON: Final = str(AG.Person)
_ALIKE: Final = 0.9
_LONG: Final = 8
"""Shorter names are not compared letter by letter."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two actors that may be one (`other` would give its name), or an actor whose name may mean another one in some documents."""

    actor: str
    other: str
    names: tuple[str, str]
    reasons: tuple[str, ...]
    documents: tuple[str, ...] = ()
    """Of a name that may mean two: where it means the other one."""


@dataclass(slots=True)
class _Actor:
    iri: str
    type: str
    known: bool
    names: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    bodies: dict[str, set[str]] = field(default_factory=dict)
    """What it belongs to, by document."""
    states: dict[str, set[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return max(self.names, key=lambda name: (len(name), name))


def suggestions(store: Store) -> list[Suggestion]:
    """All suggestions: names for one actor by number of reasons, then names that may mean two; the same for the same store."""
    actors = _actors(store)
    same = sorted(_same(actors), key=lambda s: (-len(s.reasons), s.actor, s.other))
    return [*same, *_two(actors, {str(document.iri): document.source for document in store.documents()})]


def _actors(store: Store) -> list[_Actor]:
    known = {
        q.subject.value
        for q in store.engine.quads(str(VOCABULARY))
        if isinstance(q.subject, pyoxigraph.NamedNode)
    }
    found: dict[str, _Actor] = {}
    for actor, document, type_, name in _rows(store, "actors.rq"):
        item = found.setdefault(actor, _Actor(actor, type_, actor in known))
        item.names.add(name)
        item.documents.add(document)
    states = {iri for iri, item in found.items() if item.type == str(AG.State)}
    for actor, document, body, state in _rows(store, "contexts.rq"):
        if actor in found:
            found[actor].bodies.setdefault(document, set()).add(body)
            if above := ({body, state} & states):
                found[actor].states.setdefault(document, set()).update(above)
    return list(found.values())


def _rows(store: Store, name: str) -> Iterator[tuple[str, ...]]:
    solutions = store.query(question(name))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for solution in solutions:
        yield tuple("" if term is None else term.value for term in solution)


# ---------------------------------------------------------------- two names, one actor


def _same(actors: Iterable[_Actor]) -> Iterator[Suggestion]:
    blocks: dict[tuple[bool, str], list[_Actor]] = defaultdict(list)
    for actor in actors:
        for key in {key for name in actor.names for key in _keys(name)}:
            blocks[actor.type == _PERSON, key].append(actor)
    pairs = {
        (a.iri, b.iri): (a, b)
        for block in blocks.values()
        for a, b in combinations(block, 2)
        if a.iri != b.iri
    }
    for _, (one, other) in sorted(pairs.items()):
        if (other.iri, one.iri) in pairs and other.iri < one.iri:
            continue
        if (one.known and other.known) or not one.documents.isdisjoint(other.documents):
            continue
        likeness = _likeness(one, other)
        if likeness and not _belong_apart(one, other):
            old, new = sorted((one, other), key=lambda a: (a.known, len(a.documents), len(a.name), a.iri))
            reasons = (*likeness, *_shared(one, other))
            yield Suggestion(old.iri, new.iri, (old.name, new.name), reasons)


def _keys(name: str) -> Iterator[str]:
    """What two names for one actor have in common at least: a long word without its end, or the initials."""
    words = _words(name)
    yield from (word[:4] for word in words if len(word) > 3)
    if len(words) > 2:
        yield _initials(name)
    if name.isupper():
        yield name.casefold()


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain.casefold().replace("'s", ""))


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\b[A-Z]\w*", name)).casefold()


def _likeness(one: _Actor, other: _Actor) -> tuple[str, ...]:
    """In what two actors' names are alike; empty if they are not."""
    person = one.type == _PERSON
    found = {
        reason
        for a in one.names
        for b in other.names
        if (reason := _persons_alike(a, b) if person else _bodies_alike(a, b))
    }
    return tuple(sorted(found))


def _persons_alike(one: str, other: str) -> str | None:
    mine, theirs = _words(one), _words(other)
    if len(mine) < 2 or len(theirs) < 2:
        return None
    if sorted(mine) == sorted(theirs):
        return "the same words" if mine == theirs else "the same words in another order"
    if mine[-1] == theirs[-1]:
        first, second = sorted((mine[0], theirs[0]), key=len)
        if len(first) == 1 and second.startswith(first):
            return "the same family name and initial"
        if first == second:
            return "the same first and family name"
        if second.startswith(first) and len(first) > 2:
            return "the same family name, and a short form of the first"
    return _spelling(one, other)


def _bodies_alike(one: str, other: str) -> str | None:
    mine, theirs = _words(one), _words(other)
    for short, name in ((one, other), (other, one)):
        if (
            short.isupper()
            and len(short) > 2
            and len(_words(name)) > 2
            and _initials(name) == short.casefold()
        ):
            return "the initials of the other's name"
    if len(mine) > 1 and sorted(mine) == sorted(theirs):
        return "the same words" if mine == theirs else "the same words in another order"
    return _spelling(one, other)


def _spelling(one: str, other: str) -> str | None:
    a, b = " ".join(_words(one)), " ".join(_words(other))
    if min(len(a), len(b)) < _LONG or re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return None
    alike = SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE
    same_words = sum(x == y for x, y in zip(a.split(), b.split(), strict=False))
    return "nearly the same letters" if alike and len(a.split()) == len(b.split()) and same_words else None


def _belong_apart(one: _Actor, other: _Actor) -> bool:
    """Whether all that the texts say of their states speaks against their being one."""
    mine, theirs = _all(one.states), _all(other.states)
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


def _shared(one: _Actor, other: _Actor) -> Iterator[str]:
    if one.type == other.type:
        yield "the same type"
    for body in sorted(_all(one.bodies) & _all(other.bodies)):
        yield f"both of {_local(body)}"


def _all(by_document: dict[str, set[str]]) -> set[str]:
    return set().union(*by_document.values())


# ---------------------------------------------------------------- one name, two actors


def _two(actors: Iterable[_Actor], sources: dict[str, str]) -> Iterator[Suggestion]:
    """Persons and bodies unknown to the vocabulary that documents place in states that no document joins."""
    for actor in actors:
        if actor.known or len(actor.states) < 2:
            continue
        groups = apart(actor.states)
        for states, documents in groups[1:]:
            state = _local(min(states))
            here = ", ".join(sorted(sources.get(d, d) for d in documents))
            first = _local(min(groups[0][0]))
            reason = f"of {state} in {here}, of {first} elsewhere"
            yield Suggestion(
                f"{actor.iri}-of-{state}",
                actor.iri,
                (f"{actor.name} ({state})", actor.name),
                (reason,),
                tuple(sorted(documents)),
            )


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


def review_file(found: Iterable[Suggestion]) -> str:
    """The suggestions as rules in Turtle, each under its reasons, for a person to delete the wrong ones."""
    lines = [
        "# Delete what is wrong, then: alliancegraph resolve --accept THIS_FILE",
        "PREFIX owl: <http://www.w3.org/2002/07/owl#>",
        "PREFIX prov: <http://www.w3.org/ns/prov#>",
        "PREFIX dcterms: <http://purl.org/dc/terms/>",
    ]
    for is_split, group in groupby(found, key=lambda s: bool(s.documents)):
        lines += ["", "# Names that may mean two actors" if is_split else "# Names that may mean one actor"]
        for item in group:
            comment = f"# {item.names[0]} / {item.names[1]}: {'; '.join(item.reasons)}"
            lines += ["", "".join(c if c.isprintable() else " " for c in comment), *_rule(item)]
    return "\n".join(lines) + "\n"


def _rule(item: Suggestion) -> Iterator[str]:
    old, new = pyoxigraph.NamedNode(item.actor), pyoxigraph.NamedNode(item.other)
    if not item.documents:
        yield f"{old} owl:sameAs {new} ."
    else:
        documents = " , ".join(str(pyoxigraph.NamedNode(d)) for d in item.documents)
        yield f"{old} prov:specializationOf {new} ; dcterms:source {documents} ."
