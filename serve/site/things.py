"""An actor, an issue or an event: its names and facts, the sides it takes or that are taken on it, and all statements about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from alliancegraph.ontology.triples import BASE
from alliancegraph.serve.site.looking import Looking
from alliancegraph.serve.site.sections import rows_about, sections, sides
from alliancegraph.serve.site.statements import Link, Statements

_ALIASES: Final = 8
"""Names that are shown at once where no document uses any of them."""
_MOST_ALIASES: Final = 300
_MEMBERSHIPS: Final = 60


@dataclass(frozen=True, slots=True)
class Membership:
    """Who belonged to what, in which office, from when to when."""

    other: Link
    role: str
    years: str
    is_member: bool


class Things:
    """What the pages of things show."""

    def __init__(self, looking: Looking, statements: Statements) -> None:
        """Read from a store."""
        self._look = looking
        self._statements = statements

    def shown(self, iri: str, kind: str, part: str, number: int) -> dict[str, Any]:
        """What the template needs: all of it, or one page of a part."""
        look, rows = self._look, rows_about(self._look, iri)
        names = [*look.texts(iri, "skos:altLabel"), *look.texts(iri, "ag:abbreviation")]
        known = [name for name in dict.fromkeys(names) if name != look.label(iri)]
        used = self._used_names(iri)
        shown = [name for name in known if name in used] or known[:_ALIASES]
        further = [name for name in known if name not in set(shown)]
        return {
            "definition": look.text(iri, "skos:definition") or "",
            "aliases": shown[:_MOST_ALIASES],
            "further": further[:_MOST_ALIASES],
            "facts": [] if part else self._facts(iri, kind),
            "memberships": [] if part else self._memberships(iri),
            "sides": []
            if part
            else sides(self._statements, rows, "subject" if kind == "issue" else "object"),
            "by": "Actors" if kind == "issue" else "Issues",
            "sections": sections(self._statements, rows, part, number),
            "titles": {"events": "Who took part"} if kind == "event" else {},
            "event": None if part or kind != "event" else self._statements.statement(iri),
        }

    def _used_names(self, iri: str) -> set[str]:
        """The names that documents use, besides those that the vocabulary knows."""
        vocabulary = f"{BASE}vocabulary"
        quads = self._look.data.quads_for_pattern(NamedNode(iri), None, None, None)
        return {
            quad.object.value
            for quad in quads
            if isinstance(quad.object, Literal) and getattr(quad.graph_name, "value", "") != vocabulary
        }

    def _facts(self, iri: str, kind: str) -> list[tuple[str, list[Link], str]]:
        """Short facts: a name, and links or a text."""
        look, link = self._look, self._statements.link
        texts = [
            ("Date", look.text(iri, "ag:date")),
            ("Capital", look.text(iri, "ag:capital")),
            ("ISO code", look.text(iri, "ag:iso3")),
            ("Confidence", look.text(iri, "ag:confidence")),
        ]
        links = [
            ("Kind of event", look.iris(iri, "sem:eventType")),
            ("Place", look.iris(iri, "sem:hasPlace")),
            ("Broader", look.iris(iri, "skos:broader")),
            ("Narrower", [q.subject.value for q in self._narrower(iri)]),
            ("Part of", look.iris(iri, "org:unitOf")),
        ]
        found: list[tuple[str, list[Link], str]] = [(name, [], text) for name, text in texts if text]
        return found + [(name, [link(one) for one in sorted(some)], "") for name, some in links if some]

    def _narrower(self, iri: str) -> list[Any]:
        broader = NamedNode("http://www.w3.org/2004/02/skos/core#broader")
        return list(self._look.data.quads_for_pattern(None, broader, NamedNode(iri), None))

    def _memberships(self, iri: str) -> list[Membership]:
        org = "http://www.w3.org/ns/org#"
        found = []
        for name, other in (("member", "organization"), ("organization", "member")):
            pattern = (None, NamedNode(org + name), NamedNode(iri), None)
            for quad in self._look.data.quads_for_pattern(*pattern):
                there = self._look.iri(quad.subject.value, f"org:{other}")  # type: ignore[union-attr]
                if there:
                    found.append(self._membership(quad.subject.value, there, name == "member"))  # type: ignore[union-attr]
        found = list(dict.fromkeys(found))
        return sorted(found, key=lambda m: (not m.is_member, m.years, m.other.label))[:_MEMBERSHIPS]

    def _membership(self, iri: str, other: str, is_member: bool) -> Membership:
        look = self._look
        years = [(look.text(iri, f"schema:{name}") or "")[:4] for name in ("startDate", "endDate")]
        return Membership(
            self._statements.link(other),
            look.text(iri, "org:role") or "",
            "–".join(years) if any(years) else "",
            is_member,
        )
