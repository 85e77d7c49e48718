"""Clean text: exact blocks of the articles in `tests/cases/reading`, and the way back to the source."""

import html
import json
import re
from pathlib import Path

import pytest

from alliancegraph.extract.cleaning import CleanText, clean
from alliancegraph.extract.model import Document
from alliancegraph.extract.reading import document, read

CASES = Path(__file__).parent / "cases" / "reading"
NAMES = sorted(path.name for path in CASES.iterdir())
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _read(name: str) -> Document:
    (path,) = (CASES / name).glob("input.*")
    return read(str(path))


def _cleaned(text: str, media_type: str = "text/plain") -> CleanText:
    return clean(document(text, "test", media_type=media_type))


def _blocks(cleaned: CleanText) -> list[list[str]]:
    return [[block.kind, cleaned.block_text(block)] for block in cleaned.blocks]


def _assert_round_trip(source: Document, cleaned: CleanText) -> None:
    last = 0
    between = {i for block in cleaned.blocks for i in (block.end, block.end + 1)}
    for index, character in enumerate(cleaned.text):
        start, end = cleaned.to_source(index, index + 1)
        assert last <= start <= end <= len(source.text)
        last = start
        if index in between:
            continue
        written = source.text[start:end]
        if written != character:
            plain = html.unescape(written)
            folded = " " if not plain.strip(" \r\n\t\xa0>|") else plain.lstrip("\\").translate(SUPERSCRIPTS)
            assert folded == character or plain == character, (written, character)


def test_all_cases_are_collected() -> None:
    """Every folder of articles is run."""
    assert len(NAMES) == 18


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str) -> None:
    """Metadata, blocks, speakers and notes of an article are exactly those on disk."""
    source = _read(name)
    cleaned = clean(source)
    expected = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))
    assert {
        "title": source.title,
        "authors": list(source.authors),
        "publisher": source.publisher,
        "date": source.date,
    } == expected["document"]
    assert _blocks(cleaned) == expected["blocks"]
    assert [block.speaker for block in cleaned.blocks if block.speaker] == expected["speakers"]
    assert (
        sorted([cleaned.text[max(0, at - 12) : at], note] for at, note in cleaned.notes.items())
        == expected["notes"]
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_character_maps_back(name: str) -> None:
    """Each clean character stands in the source where the map says, in order."""
    source = _read(name)
    _assert_round_trip(source, clean(source))


def test_range_spans_what_was_dropped_inside_it() -> None:
    """A range over a dropped marker and a line break covers both in the source."""
    text = "The treaty of the two\nallies[1] and of the partners is old.\n\n[1] Signed in the year 1960.\n"
    cleaned = _cleaned(text)
    start = cleaned.text.index("two allies and")
    assert cleaned.to_source(start, start + len("two allies and")) == (18, 35)
    assert text[18:35] == "two\nallies[1] and"


def test_empty_range_is_empty_in_the_source() -> None:
    """An empty clean range maps to an empty source range; one outside is an error."""
    cleaned = _cleaned("The treaty of the allies is old.")
    assert cleaned.to_source(4, 4) == (4, 4)
    assert cleaned.to_source(32, 32) == (32, 32)
    with pytest.raises(IndexError, match="no range 0-33 in a text of 32 characters"):
        cleaned.to_source(0, 33)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "The al-\nliance of the two states holds for the allies.",
            "The alliance of the two states holds for the allies.",
        ),
        (
            "The rules are self-\nimposed by the two states, it is said.",
            "The rules are self-imposed by the two states, it is said.",
        ),
        ("The\u00a0pact\u200b of  the\ttwo states holds.", "The pact of the two states holds."),
        ("The pact “of” the ‘two’ states holds.", "The pact “of” the ‘two’ states holds."),
        ("\ufeffThe pact of the two states holds.", "The pact of the two states holds."),
        ("The \x07pact of the two states holds.", "The pact of the two states holds."),
        ("The *pact* of the **two** _states_ holds.", "The pact of the two states holds."),
        ("The snake_case_word of the two states holds.", "The snake_case_word of the two states holds."),
        (
            "The [pact](https://example.org/a_(b)) of the two states holds.",
            "The pact of the two states holds.",
        ),
        ("The pact of AT&amp;T and the two states holds.", "The pact of AT&T and the two states holds."),
        ("The pact of the two states\\! It holds.", "The pact of the two states! It holds."),
        ("The pact covers 40 km² of the sea.", "The pact covers 40 km² of the sea."),
        ("The pact of the [two] states holds.", "The pact of the [two] states holds."),
        (
            "The pact (1) deters and (2) reassures the allies.",
            "The pact (1) deters and (2) reassures the allies.",
        ),
        (
            "The pact grew by 5.2 percent for the G7 and the F-35.",
            "The pact grew by 5.2 percent for the G7 and the F-35.",
        ),
    ],
)
def test_characters(source: str, expected: str) -> None:
    """Line ends, white space, markup and look-alikes of markers in one sentence."""
    assert _cleaned(source).text == expected


@pytest.mark.parametrize(
    ("front", "kinds"),
    [
        ("A pact for the north\n\nBy Ann Lee – ", ["title", "byline", "body"]),
        ("A pact for the north\n\nBy Ann Lee\n\n", ["title", "byline", "body"]),
        ("A pact for the north\n\nA pact for the north\n\n", ["title", "body"]),
        ("A pact for the north\n\nOSLO — ", ["title", "dateline", "body"]),
        ("A pact for the north\n\n(AP) ", ["title", "dateline", "body"]),
        ("A pact for the north\n\nPublished on 3 May 2011\n\n", ["title", "dateline", "body"]),
        ("Will the pact hold?\n\n", ["title", "body"]),
        ("in Commentary\n\nThe ", ["body"]),
        ("NATO - which NATO? - ", ["body"]),
    ],
)
def test_openings(front: str, kinds: list[str]) -> None:
    """What stands before the first sentence."""
    body = "Norway and the other allies of the United States agreed on the pact that they had drafted in May."
    cleaned = _cleaned(front + body)
    found = [block.kind for block in cleaned.blocks]
    if front.startswith("in "):
        found = found[1:] if found[0] == "title" else found
    assert found == kinds


@pytest.mark.parametrize(
    "line",
    [
        "Share on twitter",
        "Choose Your Subscription Topics",
        "We use cookies to improve this site.",
        "Read more: Why the pact matters",
        "Photo: Ann Lee/Example",
        "© 2020 Example Media",
        "###",
        "https://example.org/article/1",
        "「条約」は今に始まった議論ではない",
        "Sign up for our newsletter",
    ],
)
def test_boilerplate_lines(line: str) -> None:
    """A line of the page between two paragraphs is dropped."""
    first, second = (
        "The allies agreed on the pact in the spring.",
        "They will meet again in the autumn of the year.",
    )
    assert _cleaned(f"{first}\n\n{line}\n\n{second}").text == f"{first}\n\n{second}"


def test_single_line_of_two_megabytes() -> None:
    """A text of 2 MB without a line end is cleaned; in a time that grows with its square it would take hours."""
    sentence = "The United States and Japan agreed on a plan[1] to deter *attacks* (see the annex). "
    text = sentence * (2_000_000 // len(sentence))
    cleaned = clean(Document("urn:test", text, "test"))
    assert len(re.findall("annex", cleaned.text)) == 2_000_000 // len(sentence)
