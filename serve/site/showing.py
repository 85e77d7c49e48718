"""The page of a resource: who or what it is, and every statement about it with the words that support it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from alliancegraph.ontology.triples import BASE
from alliancegraph.serve.refusal import NOT_FOUND, Refusal
from alliancegraph.serve.site.addresses import path_of
from alliancegraph.serve.site.looking import Looking, Term, short, style
from alliancegraph.serve.site.rendering import rendered
from alliancegraph.serve.site.sections import TONES, rows_about, sections, sides
from alliancegraph.serve.site.statements import Link, Statements
from alliancegraph.serve.site.texts import Span, cuts, part_of, pieces

_TO_PLACES: Final = (
    "ag:inDocument",
    "ag:evidence",
    "oa:hasTarget",
    "oa:hasSelector",
    "oa:start",
    "oa:end",
)
_KEPT: Final = 8
"""Documents whose passages are remembered: a long one is read part by part."""
_ALIASES: Final = 8
"""Names that are shown at once where no document uses any of them."""
_MOST_ALIASES: Final = 300
_AROUND: Final = 500
"""Characters of the text before and behind a statement's passage."""
_LISTED: Final = 300
"""Statements listed beside one part of a text."""
_VALUES: Final = 100
"""Values, or uses, of a term that are listed."""
_MEMBERSHIPS: Final = 60


@dataclass(frozen=True, slots=True)
class Membership:
    """Who belonged to what, in which office, from when to when."""

    other: Link
    role: str
    years: str
    is_member: bool


@dataclass(frozen=True, slots=True)
class Value:
    """A property and one of its values, as a link or as a text."""

    name: Link
    value: Link | None
    text: str


class Showing:
    """Pages over one state of a store."""

    def __init__(self, looking: Looking) -> None:
        """Read from a store."""
        self._look = looking
        self._statements = Statements(looking)
        self._known_spans: dict[str, list[Span]] = {}

    def page(self, iri: str, part: str, number: int) -> bytes:
        """The page of a resource; raise `Refusal` for one that is not there."""
        if not self._look.is_known(iri):
            raise Refusal(NOT_FOUND, f"the store says nothing of {iri[:200]}")
        kind = self._look.kind(iri)
        common = self._common(iri, kind)
        if kind == "document":
            return rendered("document.html", **common, **self._document(iri, number))
        if kind in ("position", "relation", "discussion"):
            return rendered("statement.html", **common | self._statement(iri))
        if kind == "term":
            return rendered("term.html", **common, **self._term(iri, part, number))
        return rendered("thing.html", **common, **self._thing(iri, kind, part, number))

    def _common(self, iri: str, kind: str) -> dict[str, Any]:
        look, path = self._look, path_of(iri)
        wikidata = [same for same in look.iris(iri, "owl:sameAs") if same.startswith("http")]
        return {
            "iri": iri,
            "path": path,
            "joint": "&" if "?" in path else "?",
            "kind": kind,
            "title": look.label(iri),
            "type": look.type_name(iri),
            "same": [(_host(same), same) for same in wikidata],
            "explorer": f"/#node={quote(iri, safe='')}"
            if kind in ("actor", "issue", "event", "document")
            else "",
            "question": _question(iri, kind),
            "tones": {tone: style()["groups"][tone]["label"] for tone in TONES},
        }

    # ------------------------------------------------------------ actors, issues, events

    def _thing(self, iri: str, kind: str, part: str, number: int) -> dict[str, Any]:
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

    # ------------------------------------------------------------ documents and statements

    def _spans(self, document: str) -> list[Span]:
        """The passages of a document with what they support, in the order of the text; one without a passage is at 0."""
        if document in self._known_spans:
            return self._known_spans[document]
        parts = {name: self._look.pairs(document, name) for name in _TO_PLACES}
        found = []
        for statement in parts["ag:inDocument"]:
            selectors = [statement]
            for name in ("ag:evidence", "oa:hasTarget", "oa:hasSelector"):
                selectors = [value for one in selectors for value in parts[name].get(one, ())]
            places = [
                (int(parts["oa:start"][one][0]), int(parts["oa:end"][one][0]))
                for one in selectors
                if one in parts["oa:start"] and one in parts["oa:end"]
            ]
            found += [Span(statement, start, end) for start, end in places or [(0, 0)]]
        if len(self._known_spans) >= _KEPT:
            self._known_spans.clear()
        self._known_spans[document] = sorted(found, key=lambda span: (span.start, span.end, span.statement))
        return self._known_spans[document]

    def _document(self, iri: str, number: int) -> dict[str, Any]:
        look = self._look
        text, spans = look.text(iri, "ag:text") or "", self._spans(iri)
        begins = cuts(text, spans)
        if number > len(begins):
            raise Refusal(NOT_FOUND, f"the text has {len(begins)} parts, not {number}")
        start, end = begins[number - 1], [*begins, len(text)][number]
        here: dict[str, Span] = {}
        for span in spans:
            if part_of(begins, span.start) == number:
                here.setdefault(span.statement, span)
        listed = [self._statements.statement(statement) for statement in list(here)[:_LISTED]]
        listed.sort(key=lambda statement: statement.kind == "discussion")
        marks = {s.iri: s for s in listed}
        shown = pieces(text, spans, start, end)
        for first in {piece.statements[0] for piece in shown if piece.statements} - marks.keys():
            marks[first] = self._statements.statement(first)
        return {
            "facts": self._document_facts(iri),
            "pieces": shown,
            "marks": marks,
            "listed": listed,
            "here": len(here),
            "total": len({span.statement for span in spans}),
            "characters": len(text),
            "page": number,
            "pages": len(begins),
        }

    def _document_facts(self, iri: str) -> list[tuple[str, list[Link], str]]:
        look, link = self._look, self._statements.link
        authors = look.iris(iri, "dcterms:creator")
        named = {link(author).label for author in authors}
        others = [name for name in look.texts(iri, "schema:author") if name not in named]
        found = [
            ("Author", [link(author) for author in authors], ""),
            ("Author" if not authors else "Also by", [], ", ".join(others)),
            ("Publisher", [], look.text(iri, "dcterms:publisher") or ""),
            ("Date", [], look.text(iri, "dcterms:issued") or ""),
            ("Source", [], ", ".join(look.texts(iri, "dcterms:source"))),
            ("Language", [], look.text(iri, "dcterms:language") or ""),
            ("Discusses", [link(issue) for issue in look.iris(iri, "ag:discusses")], ""),
        ]
        return [(name, links, text) for name, links, text in found if links or text]

    def _statement(self, iri: str) -> dict[str, Any]:
        look, statement = self._look, self._statements.statement(iri)
        document = statement.document.iri if statement.document else ""
        text = (look.text(document, "ag:text") or "") if document else ""
        spans = [Span(iri, passage.start, passage.end) for passage in statement.passages]
        start = max(0, min((span.start for span in spans), default=0) - _AROUND)
        end = min(len(text), min((span.end for span in spans), default=0) + _AROUND)
        runs = look.iris(iri, "prov:wasGeneratedBy")
        part = part_of(cuts(text, self._spans(document)), spans[0].start) if spans else 1
        return {
            "title": _sentence(statement),
            "statement": statement,
            "stance": [self._statements.link(s) for s in look.iris(iri, "ag:stance")],
            "voice": [self._statements.link(v) for v in look.iris(iri, "ag:voice")],
            "predicate": [self._statements.link(p) for p in look.iris(iri, "rdf:predicate")],
            "pieces": pieces(text, spans, start, end) if spans else [],
            "cut": (start > 0, end < len(text)),
            "part": part,
            "runs": [
                (self._statements.link(run), look.text(run, "ag:version"), look.text(run, "ag:languageModel"))
                for run in runs
            ],
        }

    # ------------------------------------------------------------ terms

    def _term(self, iri: str, part: str, number: int) -> dict[str, Any]:
        rows = rows_about(self._look, iri)
        quads = list(self._look.store_of(iri).quads_for_pattern(NamedNode(iri), None, None, None))
        values = sorted({self._value(q.predicate.value, q.object) for q in quads}, key=_in_order)
        definition = self._look.text(iri, "skos:definition") or self._look.text(iri, "rdfs:comment") or ""
        return {
            "definition": definition,
            "values": [] if part else values[:_VALUES],
            "more": 0 if part else max(0, len(values) - _VALUES),
            "parts_of": [self._statements.link(term) for term in self._terms()]
            if iri == f"{BASE}ontology"
            else [],
            "sections": sections(self._statements, rows, part, number),
            "titles": {},
        }

    def _terms(self) -> list[str]:
        subjects = {quad.subject.value for quad in self._look.ontology if isinstance(quad.subject, NamedNode)}
        return sorted(subject for subject in subjects if subject.startswith(f"{BASE}ontology#"))

    def _value(self, name: str, value: Term) -> Value:
        property_ = Link(name, short(name), path_of(name))
        if isinstance(value, NamedNode):
            return Value(
                property_,
                Link(value.value, self._statements.link(value.value).label, path_of(value.value)),
                "",
            )
        if isinstance(value, BlankNode | Triple):
            return Value(property_, None, "(see the RDF)")
        return Value(property_, None, value.value[:2000])


def _in_order(value: Value) -> tuple[str, str]:
    return value.name.label, value.value.label if value.value else value.text


def _host(iri: str) -> str:
    return "Wikidata" if "wikidata.org/" in iri else iri


def _sentence(statement: Any) -> str:
    parts = [
        statement.subject and statement.subject.label,
        statement.verb,
        statement.object and statement.object.label,
    ]
    return " ".join(part for part in parts if part)


def _question(iri: str, kind: str) -> str:
    """The address of the query page with the question that fits a resource."""
    named = {
        "actor": ("positions-of-actor", "actor"),
        "issue": ("positions-under-issue", "issue"),
        "event": ("event-participants", "event"),
        "document": ("statements-of-document", "document"),
    }
    if kind in named:
        name, parameter = named[kind]
        return f"/query#name={name}&{parameter}={quote(iri, safe='')}"
    if kind in ("position", "relation", "discussion"):
        return f"/query#name=evidence-of-statement&statement={quote(iri, safe='')}"
    text = f"SELECT * WHERE {{ {{ <{iri}> ?property ?value }} UNION {{ ?thing ?use <{iri}> }} }} LIMIT 100"
    return f"/query#query={quote(text, safe='')}"
