"""A document with its text and all that it says, and a statement with its passage in that text."""

from __future__ import annotations

from typing import Any, Final

from alliancegraph.serve.refusal import NOT_FOUND, Refusal
from alliancegraph.serve.site.looking import Looking
from alliancegraph.serve.site.statements import Link, Statement, Statements
from alliancegraph.serve.site.texts import Span, cuts, part_of, pieces

_TO_PLACES: Final = ("ag:inDocument", "ag:evidence", "oa:hasTarget", "oa:hasSelector", "oa:start", "oa:end")
_KEPT: Final = 8
"""Documents whose passages are remembered: a long one is read part by part."""
_AROUND: Final = 500
"""Characters of the text before and behind a statement's passage."""
_LISTED: Final = 300
"""Statements listed beside one part of a text."""


class Documents:
    """What the pages of documents and statements show."""

    def __init__(self, looking: Looking, statements: Statements) -> None:
        """Read from a store."""
        self._look = looking
        self._statements = statements
        self._known_spans: dict[str, list[Span]] = {}

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

    def shown(self, iri: str, number: int) -> dict[str, Any]:
        """What the template of a document needs for one part of its text; raise `Refusal` for a part that is not there."""
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
            "facts": self._facts(iri),
            "pieces": shown,
            "marks": marks,
            "listed": listed,
            "here": len(here),
            "total": len({span.statement for span in spans}),
            "characters": len(text),
            "page": number,
            "pages": len(begins),
        }

    def _facts(self, iri: str) -> list[tuple[str, list[Link], str]]:
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

    def statement(self, iri: str) -> dict[str, Any]:
        """What the template of a statement needs."""
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


def _sentence(statement: Statement) -> str:
    parts = [
        statement.subject and statement.subject.label,
        statement.verb,
        statement.object and statement.object.label,
    ]
    return " ".join(part for part in parts if part)
