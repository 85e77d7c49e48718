"""Hostile texts: whatever they hold, reading and extraction end, with evidence in bounds; `benchmarks/hostile.py` measures how long they take."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest
from bench_scripts import bench_script
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import needs_alarm, patience

import alliancegraph.extract
from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.interchange import to_json
from alliancegraph.extract.model import Extraction
from alliancegraph.extract.pipeline import extract
from alliancegraph.extract.reading import document
from alliancegraph.ontology.errors import AllianceGraphError

PROSE = "Japan and the United States met in Tokyo on March 14, 2008. It is not clear what will come of this. "
PARTS = (
    "a", "A", "The ", "Japan ", "Mr. ", "U.S. ", "Ann Lee ", "NATO, ", "the Ministry of ", "and ", "said ", "who ", "not ",
    "(", ")", "[", "]", "[^1]", "[^1]: ", "[1] ", "](", "<", ">", "<p>", "<div>", "</", "<!--", "-->", "<![", "&amp;", "&#",
    "\"", "'", "“", "”", "‘", "’", "1", "1234,", "12 ", "3.", "5 March 2009, ", "2009-03-05", "05/03/2009 ", "yesterday ", "¹",
    "*", "**", "_", "#", "`", "|", "- ", "—", "> ", "\\", "~~~", "---\n", "title: a\n", ".", "...", ";", ":", "? ", "Q: ",
    "By ", "http://a.b/", "a@b.c ", "\n", "\n\n", "\r\n", "\t", "\x00", "\x0c", "\u200b", "\u202e", "\u2028", "\u0301", "\ufeff",
    "é", "語", "א", "🇯🇵", "\ud800",
)  # fmt: skip
_RUN = 2_400
"""So long a run that the cube of its length is beyond patience, and its square is nothing."""
_LONG = 50_000


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The script that measures hostile documents."""
    return bench_script("hostile")


@st.composite
def hostile(draw: st.DrawFn) -> str:
    """Runs of parts that mean something to the reader, between sentences or not, as text or in a page."""
    run = st.tuples(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3), st.sampled_from((1, 2, 9, 60)))
    runs = ["".join(parts) * times for parts, times in draw(st.lists(run, min_size=1, max_size=6))]
    prose = draw(st.sampled_from((PROSE, f"\n\n{PROSE * 2}\n\n", "")))
    opening = draw(st.sampled_from(("", "<html><body>", "---\n")))
    return opening + PROSE * 3 + prose.join(runs) + prose


def places(found: Extraction) -> Iterator[tuple[int, int]]:
    """Where the evidence of an extraction stands."""
    for layer in (found.actors, found.issues, found.events, found.relations, found.positions):
        for item in layer:
            for evidence in (*getattr(item, "evidence", ()), *getattr(item, "mentions", ())):
                yield evidence.start, evidence.end


@settings(
    max_examples=50, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(hostile())
def test_no_text_breaks_reading_or_extraction(text: str) -> None:
    """Either an error that says what to do, in one line, or an extraction whose evidence lies in the text."""
    try:
        found = extract(document(text, "a.txt"))
    except AllianceGraphError as caught:
        error = caught
    else:
        assert [place for place in places(found) if not 0 <= place[0] < place[1] <= len(text)] == []
        to_json(found)
        return
    assert "\n" not in str(error)


@settings(
    max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(hostile())
def test_cleaned_text_points_into_the_source(text: str) -> None:
    """Blocks follow each other, and each maps to a range of the source."""
    try:
        found = clean(document(text, "a.txt"))
    except AllianceGraphError:
        return
    last = 0
    for block in found.blocks:
        assert last <= block.start < block.end <= len(found.text)
        start, end = found.to_source(block.start, block.end)
        assert 0 <= start < end <= len(text)
        last = block.end


def patterns() -> dict[str, re.Pattern[str]]:
    """Every regular expression that a module of the package holds, by module and name, those made on demand too."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(alliancegraph.extract.__path__, "alliancegraph.extract."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            made = (
                value() if hasattr(value, "cache_info") and name in ("_name", "_opening", "_named") else value
            )
            for one in made if isinstance(made, tuple) else (made,):
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    found[f"{info.name.rpartition('.')[2]}.{name}"] = one
    return found


def _makes_pattern(value: object) -> bool:
    """Whether it is a cached function without arguments that builds a pattern from the vocabulary."""
    made = getattr(value, "__wrapped__", None)
    return made is not None and made.__annotations__ == {"return": "re.Pattern[str]"}


def search(pattern: re.Pattern[str], text: str) -> None:
    """Search a text through with a pattern."""
    for _ in pattern.finditer(text):
        pass
    pattern.match(text)


@needs_alarm
def test_a_search_without_end_is_told() -> None:
    """The test below can fail: a pattern that backtracks without end is ended and named."""
    with pytest.raises(pytest.fail.Exception, match="nested does not end"), patience("nested", seconds=1):
        search(re.compile(r"(a+)+$"), "a" * 60 + "!")


@needs_alarm
def test_regular_expressions_do_not_backtrack_without_end() -> None:
    """Every pattern comes to the end of runs of what patterns repeat."""
    found = patterns()
    assert len(found) > 100
    runs = (
        "a",
        "A",
        " ",
        "1",
        "1,",
        "a ",
        "A ",
        "Aa ",
        "A.",
        "-",
        "a-",
        "*",
        "(",
        "[",
        "“",
        "'",
        "<",
        "&a",
        "a: ",
        "a, ",
        "| ",
        "a@",
    )
    for name, pattern in found.items():
        for run in runs:
            with patience(f"{name} on {run!r}"):
                search(pattern, run * (_RUN // len(run)) + "\x01")


@needs_alarm
def test_hostile_documents_are_read_to_the_end(bench: ModuleType) -> None:
    """Each kind of the benchmark's documents is cleaned or refused, however long."""
    assert len(bench.DOCUMENTS) > 80
    for name in bench.DOCUMENTS:
        with patience(name):
            bench.measured(name, _LONG, bench.cleaned)
