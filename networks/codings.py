"""Hand-coded statements as documents of a graph: positions like those that were extracted, attributed to their coders.

Each document of a file is a named graph of its own, beside the one that was extracted from the same text, so that either can
be made anew without the other. Its source is `FILE#DOCUMENT`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

import alliancegraph
from alliancegraph.extract.model import (
    Actor,
    Document,
    Evidence,
    Extraction,
    Issue,
    Position,
    Provenance,
    Relation,
)
from alliancegraph.graph.builder import quads_of
from alliancegraph.graph.catalogue import entry
from alliancegraph.graph.packing import Packed
from alliancegraph.graph.quads import english
from alliancegraph.graph.statements import StatementWriter
from alliancegraph.networks.locating import Places, Words, located
from alliancegraph.networks.naming import CODED, Naming, slug
from alliancegraph.networks.statements import Ranges, Statements
from alliancegraph.ontology.errors import UsageError
from alliancegraph.ontology.terms import AG, CODER, DOCUMENT, ISSUE, PROV, RDF, SKOS

_BY_HAND: Final = "none: coded by hand"
_YES: Final = ("1", "yes", "true", "agreement")
_NO: Final = ("0", "no", "false", "disagreement")
_STANCES: Final = ("supports", "proposes", "commits", "opposes", "concern", "neutral")
_HOLDERS: Final[tuple[str, ...]] = ("person", "organization", "state", "actor")
_ISSUES: Final = ("concept", "issue")
_QUALIFIERS: Final = ("agreement", "attitude", "stance")


@dataclass(frozen=True, slots=True)
class Original:
    """The document whose statements were coded, with its text as the graph and as the file has it, where they do."""

    texts: tuple[str, ...]
    iri: str | None = None
    title: str | None = None
    date: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One statement in the terms of the graph: who says it, on what, with which stance, by whom it was coded, and where."""

    id: str
    person: str
    body: str
    body_is: str
    concept: str
    stance: str
    coder: str
    date: str | None
    ranges: Ranges
    text: str
    confidence: float


def coded_documents(
    statements: Statements,
    name: str,
    naming: Naming,
    digest: str,
    *,
    coder: str | None = None,
    originals: Mapping[str, Original] | None = None,
) -> list[Packed]:
    """The documents of a file of that name, ready for `Store.put`, by name.

    `coder` is who coded what has no coder of its own, `digest` that of the vocabulary. Passages are those of the originals where they
    are found there (`located`). Raises `UsageError` where the statements do not
    say who, on what, or by whom they were coded.
    """
    by_document: dict[str, list[Said]] = {}
    for document, item in said(statements, coder):
        by_document.setdefault(document, []).append(item)
    return [
        _packed(document, items, name, naming, digest, (originals or {}).get(document))
        for document, items in sorted(by_document.items())
    ]


def said(statements: Statements, coder: str | None) -> list[tuple[str, Said]]:
    """The statements that say both who and on what, each with the name of its document.

    `coder` is who coded what has no coder of its own. Raises `UsageError` where they do not say who, on what, or by whom.
    """
    values = {variable: column.values for variable, column in statements.columns.items()}
    holders = [variable for variable in _HOLDERS if variable in values]
    concept = next((variable for variable in _ISSUES if variable in values), None)
    if not holders or concept is None:
        lacking = f"one of {', '.join(_HOLDERS)}" if not holders else "concept or issue"
        raise UsageError(f"the statements have no {lacking}, so they are no positions; rename a column")
    qualifier = next((variable for variable in _QUALIFIERS if variable in values), None)
    found: list[tuple[str, Said]] = []
    for row, id_ in enumerate(statements.ids):
        who: dict[str, str] = {variable: values[variable][row] for variable in holders}
        by = (values["coder"][row] if "coder" in values else "") or coder
        if not any(who.values()) or not values[concept][row]:
            continue
        if not by:
            raise UsageError("the statements do not say who coded them; name the coder with --coder NAME")
        body_is = next((variable for variable in _HOLDERS[1:] if who.get(variable)), "")
        date = statements.dates[row]
        item = Said(
            id_,
            who.get("person", ""),
            who.get(body_is, ""),
            body_is,
            values[concept][row],
            _stance(values[qualifier][row] if qualifier else ""),
            by,
            None if np.isnat(date) else str(date.astype("datetime64[D]")),
            statements.ranges(row),
            statements.texts[row],
            float(statements.confidences[row]),
        )
        found.append((values["document"][row] if "document" in values else "", item))
    if not found:
        raise UsageError("no statement says both who and on what; fill these columns")
    return found


def _stance(value: str) -> str:
    """The stance of a coded value: yes is support, no opposition, a number by its sign; nothing is neutral."""
    word = value.strip().casefold()
    if word in _STANCES:
        return word
    if word in _YES or word in _NO:
        return "supports" if word in _YES else "opposes"
    try:
        number = float(word or "0")
    except ValueError:
        raise UsageError(f"{value!r} is no agreement; write 1 or 0, yes or no, or a stance") from None
    return "neutral" if number == 0 else "supports" if number > 0 else "opposes"


# ---------------------------------------------------------------- the document


def _packed(
    document: str, items: list[Said], file: str, naming: Naming, digest: str, original: Original | None
) -> Packed:
    asked = [Words(item.text, item.ranges) for item in items]
    unitems = [f"{item.person or item.body}: {item.concept} ({item.stance})" for item in items]
    text, places = located(document, asked, unitems, original.texts if original is not None else ())
    source = f"{file}#{document}" if document else file
    made = Document(
        iri=str(
            DOCUMENT[hashlib.sha256(f"{source}|{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]]
        ),
        text=text,
        source=source,
        title=(original.title if original else None) or document or file,
        publisher=original.publisher if original else None,
        date=(original.date if original else None) or _one([item.date for item in items]),
    )
    run = Provenance(alliancegraph.__version__, digest, _BY_HAND)
    cast = _Cast(naming)
    holders = [cast.holder(item, place) for item, place in zip(items, places, strict=True)]
    issues: dict[str, list[Evidence]] = {}
    for item, place in zip(items, places, strict=True):
        issues.setdefault(naming.issue(item.concept), []).extend(place)
    extraction = Extraction(
        made,
        run,
        cast.actors(),
        tuple(Issue(id_, str(ISSUE[id_]), _once(places)) for id_, places in issues.items()),
        (),
        cast.relations(),
    )
    quads = quads_of(extraction)
    writer = StatementWriter(quads, extraction, {actor.id: actor.iri for actor in extraction.actors})
    for item, holder, place in zip(items, holders, places, strict=True):
        coder = str(CODER[slug(item.coder)])
        quads.add(coder, RDF.type, AG.Coder, PROV.Agent)
        quads.add(coder, SKOS.prefLabel, english(item.coder))
        quads.add(made.iri, PROV.wasAttributedTo, coder)
        issue = naming.issue(item.concept)
        if issue.startswith(CODED):
            quads.add(ISSUE[issue], RDF.type, SKOS.Concept)
            quads.add(ISSUE[issue], SKOS.prefLabel, english(item.concept))
            quads.add(ISSUE[issue], SKOS.inScheme, ISSUE[f"{CODED}scheme"])
        position = Position(holder, item.stance, issue, place, "reported", None, item.date, item.confidence)
        writer.position(position, id_=item.id, coder=coder)
    if original is not None and original.iri is not None:
        quads.add(made.iri, AG.codes, original.iri)
    return Packed(entry(made, digest, alliancegraph.__version__, repr(items)), quads.lines())


def _one(dates: Sequence[str | None]) -> str | None:
    """The date that all have."""
    found = set(dates)
    return found.pop() if len(found) == 1 else None


def _once(places: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(set(places)))


class _Cast:
    """The actors of a document as its statements name them."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._actors: dict[str, Actor] = {}
        self._belongs: dict[tuple[str, str], list[Evidence]] = {}

    def holder(self, item: Said, place: Places) -> str:
        """The id of who holds a position: the person, who is affiliated with the body, else the body."""
        body = (
            self._named(item.body, place, person=False, state=item.body_is == "state") if item.body else None
        )
        if not item.person:
            assert body is not None
            return body
        person = self._named(item.person, place, person=True)
        if body is not None and body != person:
            self._belongs.setdefault((person, body), []).extend(place)
        return person

    def _named(self, name: str, place: Places, *, person: bool, state: bool = False) -> str:
        iri, type_ = self._naming.actor(name, person=person)
        if state and type_ == "Organization":
            type_ = "State"
        known = self._actors.get(iri) or Actor(iri, iri, type_, name, (name,), ())
        self._actors[iri] = replace(known, mentions=_once((*known.mentions, *place)))
        return iri

    def actors(self) -> tuple[Actor, ...]:
        """All of them."""
        return tuple(self._actors.values())

    def relations(self) -> tuple[Relation, ...]:
        """Who is affiliated with whom."""
        return tuple(
            Relation(a, "affiliatedWith", b, _once(places)) for (a, b), places in self._belongs.items()
        )
