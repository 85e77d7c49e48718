"""PDF files: reading order, what stands around the text, notes, broken words, headings, and files that cannot be read."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_files import BOLD, ITALIC, Line, bomb, centred, columns, paragraph, pdf, width
from test_formats import blocks, complaint, saved

from alliancegraph.extract import pdf_child, pdf_pages
from alliancegraph.extract.model import Document
from alliancegraph.extract.reading import read

FIRST = (
    "The al\xadliance be\xadtween the two states has lasted for de\xadcades, and it will be re\xadnewed by their "
    "par\xadlia\xadments before the end of the year. Mem\xadbers of both gov\xadern\xadments have said so in pub\xadlic, "
    "although none of them has ex\xadplained what the new treaty will con\xadtain or when it will come into force."
)
SECOND = (
    "Ja\xadpan has sup\xadported a broader role for the al\xadliance since 2003. The Uni\xadted States wel\xadcomed this in "
    "2005, and both min\xadis\xadtries have pub\xadlished joint state\xadments on mar\xadi\xadtime se\xadcu\xadrity, "
    "mis\xadsile de\xadfence and dis\xadas\xadter re\xadlief in every year that fol\xadlowed. Crit\xadics at home "
    "ob\xadject that the par\xadlia\xadment was never asked."
)
THIRD = (
    "The Re\xadpub\xadlic of Korea takes an\xadother view. Its for\xadeign min\xadistry holds that "
    "tri\xadlat\xaderal co-op\xader\xada\xadtion must not come at the cost of its own di\xada\xadlogue with the North, and "
    "that his\xadtor\xadi\xadcal is\xadsues can\xadnot be set aside for the sake of se\xadcu\xadrity-re\xadlated plans alone."
)
PARAGRAPHS = (FIRST, SECOND, THIRD) * 4
PLAIN = [text.replace("\xad", "") for text in PARAGRAPHS]
NOTES = (
    "Joint statement of 2003, para. 4. It was issued in Tokyo by both ministers.",
    "See the treaty of 1960.",
)


def paper(by_rows: bool = False) -> list[list[Line]]:
    """A paper of three pages in two columns, its lines drawn column by column or row by row."""
    set_ = [list(paragraph(text, 72, 0, 222, indent=12 if n else 0)) for n, text in enumerate(PARAGRAPHS)]
    first, rest = (560.0, 464.0), (715.0, 500.0)
    places = [(x, *across) for across in (first, rest, rest) for x in (72.0, 318.0)]
    poured = columns(set_, places)
    pages = []
    for number in range(3):
        body = poured[2 * number] + poured[2 * number + 1]
        body = sorted(body, key=lambda line: (-line.y, line.x)) if by_rows else body
        head = [Line(72, 750, "Journal of Alliance Studies", 8, ITALIC), Line(520, 750, str(101 + number), 8)]
        pages.append(
            [*(head if number else opening()), *body, centred(40, "© 2019 Institute of Examples", 7)]
        )
    pages[0] += [
        Line(72, 110, "1", 5, rise=3),
        Line(76, 110, "Joint statement of 2003, para. 4. It was issued in", 8),
        Line(72, 101, "Tokyo by both ministers.", 8),
        Line(72, 92, "2", 5, rise=3),
        Line(76, 92, "See the treaty of 1960.", 8),
    ]
    return pages


def opening() -> list[Line]:
    """Title, authors and date of a paper."""
    return [
        centred(700, "Trilateral Ties After the Summit:", 18, BOLD),
        centred(678, "What the Allies Want", 18, BOLD),
        centred(650, "Ann Lee and Bo Chen", 11),
        centred(634, "4 March 2019", 10),
    ]


def text_of(pages: Sequence[Sequence[Line]], folder: Path, info: str = "") -> Document:
    """The document that a PDF of those pages is."""
    return read(saved(folder, "a.pdf", pdf(pages, info)))


@pytest.mark.parametrize("by_rows", [False, True])
def test_a_paper_in_two_columns(tmp_path: Path, by_rows: bool) -> None:
    """Columns, pages and notes in order, whatever order they are drawn in; heads, feet and page numbers gone."""
    found = text_of(
        paper(by_rows), tmp_path, "/Title (paper final.docx) /Author (alee) /CreationDate (D:20190305120000Z)"
    )
    title = "Trilateral Ties After the Summit: What the Allies Want"
    head = [f"# {title}", "Ann Lee and Bo Chen", "4 March 2019"]
    notes = [f"[^{number}]: {note}" for number, note in enumerate(NOTES, 1)]
    assert found.text.split("\n\n") == [*head, *PLAIN, *notes[:-1], notes[-1] + "\n"]
    assert (found.title, found.authors, found.date) == (title, ("Ann Lee", "Bo Chen"), "2019-03-04")
    kinds = [kind for kind, _ in blocks(found) if kind not in ("heading", "byline", "dateline")]
    assert kinds == ["title", *["body"] * len(PLAIN), "footnote", "footnote"]


def marked(lines: list[Line]) -> list[Line]:
    """Lines of a paragraph with a raised 1 at its end."""
    last = lines[-1]
    return [*lines, Line(last.x + width(last.text, last.size), last.y, "1", 5.5, rise=4)]


def report() -> list[list[Line]]:
    """A report of two pages in one column: headings, list, caption, notes of each page, a large first letter."""
    first = [
        Line(72, 760, "EXAMPLES INSTITUTE | POLICY BRIEF", 8, BOLD),
        Line(72, 700, "What the Allies Want", 20, BOLD),
        Line(72, 660, "1. A Pact Renewed", 13, BOLD),
        Line(72, 606, "T", 40),
        *paragraph(PLAIN[0][1:], 100, 630, 440),
        *marked(list(paragraph(PLAIN[1], 72, 570, 468))),
        Line(72, 510, "Demands of both sides", 10, BOLD),
        Line(
            72, 492, "• A seat for the parliaments in every round of talks, with a vote on what is agreed and"
        ),
        Line(80, 480, "a say in what is not."),
        Line(72, 468, "• A joint fund."),
        Line(72, 440, "Figure 1. Joint exercises by year. Source: ministries.", 8),
        *paragraph(PLAIN[2].rpartition(" and that")[0], 72, 420, 468),
        Line(72, 100, "1", 5, rise=3),
        Line(76, 100, "The statement was issued in Tokyo by both ministers, who did not explain", 8),
        Line(300, 40, "Page 1 of 2", 8),
    ]
    second = [
        Line(72, 760, "EXAMPLES INSTITUTE | POLICY BRIEF", 8, BOLD),
        *paragraph("and that" + PLAIN[2].rpartition(" and that")[2], 72, 715, 468),
        *marked(list(paragraph(PLAIN[0], 72, 685, 468))),
        Line(72, 110, "what they had in mind.", 8),
        Line(72, 100, "1", 5, rise=3),
        Line(76, 100, "Treaty of 1960.", 8),
        Line(300, 40, "Page 2 of 2", 8),
    ]
    return [first, second]


def test_a_report_in_one_column(tmp_path: Path) -> None:
    """Headings by size and weight, a list, small print, notes that start anew on each page or run over to the next."""
    assert text_of(report(), tmp_path).text.split("\n\n") == [
        "# What the Allies Want",
        "## 1. A Pact Renewed",
        PLAIN[0],
        f"{PLAIN[1]}[^1]",
        "### Demands of both sides",
        "- A seat for the parliaments in every round of talks, with a vote on what is agreed and a say in what is not.",
        "- A joint fund.",
        "Figure 1. Joint exercises by year. Source: ministries.",
        PLAIN[2],
        f"{PLAIN[0]}[^2]",
        "[^1]: The statement was issued in Tokyo by both ministers, who did not explain what they had in mind.",
        "[^2]: Treaty of 1960.\n",
    ]


def test_pages_turned_on_their_side(tmp_path: Path) -> None:
    """A page that is shown turned is read as shown; a stamp along its side is not text."""
    lines = list(paragraph(PLAIN[0], 72, 500, 400))
    upright = read(saved(tmp_path, "a.pdf", pdf([lines])))
    for turn, matrix in ((90, "0 1 -1 0 612 0"), (180, "-1 0 0 -1 612 792"), (270, "0 -1 1 0 0 792")):
        data = pdf([lines], page=f"/Rotate {turn}", matrix=matrix)
        assert read(saved(tmp_path, "a.pdf", data)).text == upright.text == f"{PLAIN[0]}\n"
    data = pdf([lines], matrix="0 1 -1 0 612 0")
    assert complaint(saved(tmp_path, "a.pdf", data)).startswith("a.pdf: holds pictures of pages")


def test_one_page_with_its_number(tmp_path: Path) -> None:
    """A number alone at the foot is the page's; properties stand in for what the page does not say."""
    info = "/Title (A pact for the north) /Author (Lee, Ann) /CreationDate (D:201105)"
    found = text_of([[*paragraph(PLAIN[0], 72, 700, 468), Line(306, 40, "- 7 -")]], tmp_path, info)
    assert found.text == f"{PLAIN[0]}\n"
    assert (found.title, found.authors, found.date) == ("A pact for the north", ("Ann Lee",), "2011-05")
    assert found.media_type == "application/pdf"
    named = tmp_path / "no-suffix"
    named.write_bytes((tmp_path / "a.pdf").read_bytes())
    assert read(str(named)).text == found.text


def test_bad_pdf_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a password, without text, damaged, empty, too many pages, a bomb: each its own line."""
    whole = pdf([list(paragraph(PLAIN[0], 72, 700, 468))])
    key = (
        "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("
        + "o" * 32
        + ") /U ("
        + "u" * 32
        + ") >>"
    )
    damaged = "a.pdf: is no readable PDF (it is damaged); save it again, or as .txt"
    bad = {
        pdf([[]], extra=key): "a.pdf: has a password; save it again without one",
        pdf([[]]): "a.pdf: holds pictures of pages and no text; run OCR on it first, then give the result",
        b"%PDF-1.4\n": damaged,
        b"some text": damaged,
        whole[:500]: damaged,
        b"": "a.pdf: is empty; give the whole file",
        whole.replace(
            b"/Count 1 ", b"/Count 2000 "
        ): "a.pdf: has 2,000 pages, more than 1,000; split it into its articles",
    }
    for data, message in bad.items():
        assert complaint(saved(tmp_path, "a.pdf", data)) == message
    monkeypatch.setattr(pdf_pages, "MEMORY", 256 * 1024**2)
    small = bomb(400)
    assert len(small) < 1_000_000
    assert complaint(saved(tmp_path, "a.pdf", small)) == (
        "a.pdf: takes too much time or memory to open; save the article as .txt"
    )


def test_more_text_than_an_article_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF with more characters than the limit is refused before it is laid out."""
    monkeypatch.setattr(pdf_pages, "LIMIT", 1024**2)
    assert pdf_child.contents(pdf(paper()), 10, 1000) == {"problem": "characters"}
    monkeypatch.setattr(pdf_pages, "_contents", lambda source: {"problem": "characters"})
    assert complaint(saved(tmp_path, "a.pdf", pdf(paper()))) == (
        "a.pdf: holds more than 1 million characters; split it into its articles"
    )


def test_without_the_extra_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package for PDF is missing, the message names the command that installs it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    message = "a.pdf: PDF files need one more package; run: pip install 'alliancegraph[pdf]'"
    assert complaint(saved(tmp_path, "a.pdf", pdf(paper()))) == message
