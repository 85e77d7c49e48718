"""Statements and passages as a page shows them: who says what of whom, how surely, and in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from alliancegraph.explorer.style import page_style
from alliancegraph.ontology.triples import PREFIXES
from alliancegraph.serve.site.addresses import path_of
from alliancegraph.serve.site.looking import Looking

_AROUND: Final = 60
"""Characters shown before and behind a quotation in a list."""
_PASSAGES: Final = 20
"""Passages of a statement that are looked up."""
_LONGEST: Final = 600
"""Characters of a quotation that are shown in a list."""


@dataclass(frozen=True, slots=True)
class Link:
    """A resource with its name and the path of its page."""

    iri: str
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document's text, in characters, with what stands before and behind it."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A position, relation, discussion or event; `tone` is the group of its stance, for its colour."""

    iri: str
    path: str
    kind: str
    tone: str
    subject: Link | None
    verb: str
    object: Link | None
    addressee: Link | None
    voice: str
    role: str
    date: str
    confidence: str
    document: Link | None
    passages: tuple[Passage, ...]
    supports: int
    """How many passages there are; `passages` has the first of them."""

    @property
    def anchor(self) -> str:
        """What stands behind the hash of its IRI."""
        return self.iri.partition("#")[2] or self.iri


class Statements:
    """Statements of a store, read one at a time; names are looked up once."""

    def __init__(self, looking: Looking) -> None:
        """Read from a store."""
        self._look = looking
        self._links: dict[str, Link] = {}

    def link(self, iri: str) -> Link:
        """A resource by name."""
        if iri not in self._links:
            self._links[iri] = Link(iri, self._look.label(iri), path_of(iri))
        return self._links[iri]

    def statement(self, iri: str) -> Statement:
        """All that a list shows of a statement."""
        look, kind = self._look, self._look.kind(iri)
        subject, predicate, object_ = self._parts(iri, kind)
        known = page_style()["relations"].get(predicate, {"group": "relation", "verb": predicate})
        addressee, document = look.iri(iri, "ag:addressee"), look.iri(iri, "ag:inDocument")
        voice = (look.iri(iri, "ag:voice") or "").rsplit("/", 1)[-1]
        return Statement(
            iri=iri,
            path=path_of(iri),
            kind=kind,
            tone=str(known["group"]) if kind in ("position", "relation") else kind,
            subject=self.link(subject) if subject else None,
            verb={"discussion": "discusses", "event": ""}.get(kind, str(known["verb"])),
            object=self.link(object_) if object_ else None,
            addressee=self.link(addressee) if addressee else None,
            voice=str(page_style()["voices"].get(voice, voice)),
            role=look.text(iri, "ag:role") or "",
            date=look.text(iri, "ag:date") or "",
            confidence=_two_places(look.text(iri, "ag:confidence")),
            document=self.link(document) if document else None,
            passages=self._passages(iri),
            supports=len(look.iris(iri, "ag:evidence")),
        )

    def _parts(self, iri: str, kind: str) -> tuple[str | None, str, str | None]:
        look = self._look
        if kind == "position":
            stance = (look.iri(iri, "ag:stance") or "").rsplit("/", 1)[-1]
            return look.iri(iri, "ag:holder"), stance, look.iri(iri, "ag:issue")
        if kind == "relation":
            relation = (look.iri(iri, "rdf:predicate") or "").removeprefix(PREFIXES["ag"])
            return look.iri(iri, "rdf:subject"), relation, look.iri(iri, "rdf:object")
        if kind == "discussion":
            return look.iri(iri, "ag:inDocument"), "discusses", look.iri(iri, "ag:issue")
        return iri, "", None

    def _passages(self, iri: str) -> tuple[Passage, ...]:
        """The first passages that support a statement, in the order of the text."""
        evidence = sorted(self._look.iris(iri, "ag:evidence"), key=_place)[:_PASSAGES]
        targets = [target for one in evidence for target in self._look.iris(one, "oa:hasTarget")]
        return tuple(self._passage(target) for target in targets)

    def _passage(self, target: str) -> Passage:
        start = end = 0
        quote = prefix = suffix = ""
        for selector in self._look.iris(target, "oa:hasSelector"):
            start = int(self._look.text(selector, "oa:start") or start)
            end = int(self._look.text(selector, "oa:end") or end)
            quote = self._look.text(selector, "oa:exact") or quote
            prefix = self._look.text(selector, "oa:prefix") or prefix
            suffix = self._look.text(selector, "oa:suffix") or suffix
        shown = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST]}…"
        # what the store keeps around a passage begins and ends within a word
        before = prefix[-_AROUND:].partition(" ")[2] or prefix[-_AROUND:]
        behind = suffix[:_AROUND].rpartition(" ")[0] or suffix[:_AROUND]
        return Passage(start, end, shown, before, behind)


def _place(evidence: str) -> tuple[int, ...]:
    """Start and end, with which the IRI of a passage ends."""
    return tuple(int(number) for number in re.findall(r"-(\d+)(?=-|$)", evidence))


def _two_places(number: str | None) -> str:
    return f"{float(number):.2f}" if number else ""
