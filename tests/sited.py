"""Stores for tests of the site: the sample documents, one with hostile names, and two with 10,000 statements or passages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from factories import BASE, at, document_iri, sample_extraction, sample_provenance, second_extraction

from alliancegraph.extract.model import Actor, Document, Evidence, Extraction, Issue, Position
from alliancegraph.graph.store import Store

MARKUP = "<script>alert('actor')</script>"
QUOTES = "\"><img src=x onerror=alert(1)> 🇯🇵 & 'more'"
RIGHT_TO_LEFT = "ياسمين \u202eevil\u202c"
TITLE = "</title><script>alert('title')</script>"
LONG_NAME = "Very " * 2000 + "long"
HOSTILE_TEXT = f"{MARKUP} rejects the climate pact.\n{QUOTES} and {RIGHT_TO_LEFT} reject it too.\n</div><script>alert(1)</script>\n"
HOSTILE = document_iri(HOSTILE_TEXT)
LINE = "Japan rejects the climate pact.\n"
LARGE_TEXT = LINE * 10_000
LARGE = document_iri(LARGE_TEXT)
CROWDED = document_iri(f"{LARGE_TEXT}.\n")


def hostile_extraction() -> Extraction:
    """A document whose title, names and text are markup, quotes, right-to-left script and very long."""
    names = (MARKUP, QUOTES, RIGHT_TO_LEFT)
    first = at("rejects the climate pact", HOSTILE_TEXT)
    actors = tuple(
        Actor(
            f"a{n}", f"{BASE}actor/hostile-{n}", "Person", name, (name,), (at(name, HOSTILE_TEXT),), None, 0.9
        )
        for n, name in enumerate(names, 1)
    )
    long = Actor("a4", f"{BASE}actor/hostile-4", "Organization", LONG_NAME, (), (first,), None, 0.9)
    return Extraction(
        document=Document(HOSTILE, HOSTILE_TEXT, "hostile.txt", "text/plain", TITLE, (), MARKUP, "2010"),
        provenance=sample_provenance(),
        actors=(*actors, long),
        issues=(Issue("climate-change", f"{BASE}issue/climate-change", (first,), 0.8),),
        positions=tuple(
            Position(f"a{n}", "opposes", "climate-change", (first,), "reported", None, None, 0.7)
            for n in range(1, 5)
        ),
    )


def large_extraction() -> Extraction:
    """A document with 10,000 positions of one actor on one issue."""
    spans = [
        Evidence(n * len(LINE), n * len(LINE) + len(LINE) - 1, LINE[:-1])
        for n in range(len(LARGE_TEXT) // len(LINE))
    ]
    return Extraction(
        document=Document(LARGE, LARGE_TEXT, "large.txt", "text/plain", "Large", (), None, "2011-05-06"),
        provenance=sample_provenance(),
        actors=(Actor("a1", f"{BASE}actor/japan", "State", "Japan", ("Japan",), (spans[0],), "Q17", 0.98),),
        issues=(Issue("climate-change", f"{BASE}issue/climate-change", (spans[0],), 0.8),),
        positions=tuple(
            Position("a1", "opposes", "climate-change", (span,), "reported", None, _day(n), 0.6)
            for n, span in enumerate(spans)
        ),
    )


def crowded_extraction() -> Extraction:
    """A document with one position, which 10,000 passages support."""
    large, text = large_extraction(), f"{LARGE_TEXT}.\n"
    spans = tuple(span for position in large.positions for span in position.evidence)
    return replace(
        large,
        document=Document(CROWDED, text, "crowded.txt", "text/plain", "Crowded", (), None, "2011-05-07"),
        issues=(),
        positions=(replace(large.positions[0], evidence=spans, date="1999"),),
    )


def _day(number: int) -> str:
    return (date(1980, 1, 1) + timedelta(days=number)).isoformat()


def sample_store(path: Path, *more: Extraction) -> Path:
    """A store with the sample documents and the hostile one, and what else is given."""
    with Store.open(path) as opened:
        for extraction in (sample_extraction(), second_extraction(), hostile_extraction(), *more):
            opened.replace(extraction)
    return path
