"""The report, saved scores and comparisons, on a tiny annotated document with hostile text."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from alliancegraph import cli
from alliancegraph.extract.calibration import Judged
from alliancegraph.extract.comparison import LAYERS, Comparison, Count, Overlap
from alliancegraph.extract.differences import Difference, differences
from alliancegraph.extract.evaluation import DocumentScores, Scores, format_overlap, score
from alliancegraph.extract.excerpts import Segment, excerpts, first_mention
from alliancegraph.extract.matching import annotation
from alliancegraph.extract.report import report_page
from alliancegraph.extract.score_changes import changes, format_changes, signed
from alliancegraph.extract.score_files import read_scores, scores_text
from alliancegraph.ontology.errors import ReadingError, SourceNotFound

ARTICLES = Path(__file__).parent / "articles"
TEXT = (
    "A <b>bold</b> & plain title\n\nMr. Arai of Japan met Chad's envoy in the U.S. capital. "
    'He said: "Trade\nmust grow."  Japan and Chad are allies.'
)
PARENTS = {"trade": "economy", "economy": None}


def at(words: str) -> list[list[int]]:
    """The first passage of the text with these words."""
    start = TEXT.index(words)
    return [[start, start + len(words)]]


GOLD: dict[str, Any] = {
    "document": {"title": "A <b>bold</b> & plain title"},
    "actors": [
        {"id": "g1", "type": "State", "name": "Japan", "names": ["Japan"]},
        {"id": "g2", "type": "State", "name": "Chad", "names": ["Chad"]},
        {"id": "g3", "type": "Person", "name": "Arai", "names": ["Mr. Arai"]},
    ],
    "issues": [{"id": "trade", "evidence": at("Trade\nmust grow")}],
    "events": [
        {"id": "e1", "type": "meeting", "name": "talks", "date": "2008", "evidence": at("met Chad's envoy")}
    ],
    "relations": [
        {"subject": "g1", "predicate": "alliedWith", "object": "g2", "evidence": at("Japan and Chad")}
    ],
    "positions": [
        {"holder": "g3", "stance": "proposes", "issue": "trade", "evidence": at("Trade\nmust grow")}
    ],
}
FOUND: dict[str, Any] = {
    "actors": [
        {"id": "a1", "type": "State", "name": "Japan", "names": ["Japan"], "mentions": at("Japan")},
        {"id": "a2", "type": "Person", "name": "Chad", "names": ["Chad"], "mentions": at("Chad")},
        {"id": "a3", "type": "Person", "name": "Mr. Arai", "names": [], "mentions": at("Arai")},
        {"id": "a4", "type": "Person", "name": "<i>Bold</i>", "names": [], "mentions": at("bold")},
    ],
    "issues": [{"id": "trade", "evidence": at("He said"), "confidence": 0.6}],
    "events": [{"id": "e9", "type": "meeting", "name": "talks", "date": None, "evidence": at("envoy")}],
    "relations": [
        {
            "subject": "a1",
            "predicate": "partOf",
            "object": "a2",
            "evidence": at("Japan and"),
            "confidence": 0.5,
        }
    ],
    "positions": [
        {"holder": "a3", "stance": "opposes", "issue": "trade", "evidence": at("grow"), "confidence": 0.4}
    ],
}


def scores_of(found: dict[str, Any]) -> Scores:
    """The scores of a prediction of the tiny document."""
    return score({"tiny": GOLD}, {"tiny": found}, {"tiny": len(TEXT)}, PARENTS)


# ---------------------------------------------------------------- differences and overlap


def test_differences() -> None:
    """Each with its passages, what was found instead, and how sure the tool was."""
    comparison = Comparison(annotation(GOLD), annotation(FOUND), PARENTS)
    assert [(d.kind, str(d), d.note, d.confidence) for d in differences(comparison)] == [
        ("missed", "relation: Japan | Chad | alliedWith", "found: Japan | partOf | Chad", None),
        ("missed", "position: Arai | trade | favour", "found: Arai | trade | opposes", None),
        ("spurious", "actor: <i>Bold</i>", "Person", None),
        ("spurious", "relation: Japan | partOf | Chad", "annotated: Japan | Chad | alliedWith", 0.5),
        ("spurious", "position: Arai | trade | opposes", "annotated: Arai | trade | favour", 0.4),
        ("differs", "actor: Chad", "annotated: State; found: Person", None),
        ("differs", "event: talks", "annotated: 2008; found: no date", None),
    ]


def test_overlap_of_matched_items() -> None:
    """Event and position (of either side) overlap, the issue does not, the relation is not matched."""
    scores = scores_of(FOUND)
    assert scores.overlap == Overlap(2, 3)
    assert format_overlap(scores) == "evidence overlap 0.67 (2 of 3 matched items)\n"
    assert format_overlap(scores_of({})) == "evidence overlap 0.00 (0 of 0 matched items)\n"


# ---------------------------------------------------------------- excerpts


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("Arai", "Mr. ", " of Japan met Chad's envoy in the U.S. capital."),
        ("Trade\nmust", 'He said: "', ' grow."'),
        ("bold", "A <b>", "</b> & plain title"),
        ("allies.", "Japan and Chad are ", ""),
    ],
)
def test_the_sentence_around(words: str, before: str, after: str) -> None:
    """Abbreviations end no sentence, an empty line does, and white space is folded."""
    ((start, end),) = at(words)
    pieces = (Segment(before), Segment(" ".join(words.split()), marked=True), Segment(after))
    assert excerpts(TEXT, [(start, end)]) == [tuple(piece for piece in pieces if piece.text)]


def test_passages_of_one_sentence_stand_together() -> None:
    """Two passages of a sentence are marked in it, overlapping ones run on, one outside the text is left out."""
    text = "One two three four. Five."
    assert excerpts(text, [(20, 24), (14, 18), (4, 7), (6, 10), (90, 95)]) == [
        (
            Segment("One "),
            Segment("two", marked=True),
            Segment(" th", marked=True),
            Segment("ree "),
            Segment("four", marked=True),
            Segment("."),
        ),
        (Segment("Five", marked=True), Segment(".")),
    ]


def test_long_sentences_are_cut() -> None:
    """At most 300 characters stand on either side, cut between words."""
    text = "word " * 100 + "HERE" + " word" * 100
    ((before, here, after),) = excerpts(text, [(500, 504)])
    assert (here.text, before.text[:7], after.text[-7:]) == ("HERE", "… word ", " word …")
    assert (len(before.text), len(after.text)) == (297, 297)


def test_first_mention() -> None:
    """The first whole word, and of two at one place the longer one."""
    assert first_mention("Chadian Chad and Chad Republic", ["Chad"]) == ((8, 12),)
    assert first_mention("the South\nKorea", ["South", "South Korea"]) == ((4, 15),)
    assert first_mention("Japan", ["Chad", "(a"]) == ()


# ---------------------------------------------------------------- the page


def page(earlier: Scores | None = None) -> str:
    """The report on the tiny document, judged items included."""
    items = (Judged("issues", 0.6, True), Judged("positions", 0.45, False))
    scores = replace(scores_of(FOUND), items=items)
    return report_page(scores, {"tiny": TEXT}, title="Evaluation: <tiny>", earlier=earlier)


class Tags(HTMLParser):
    """The tags of a page and their attributes, and whether every one is closed."""

    VOID = frozenset({"meta", "link", "input", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It closes the last one."""
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_page_is_whole_and_asks_nobody() -> None:
    """All tags are closed; no script, no style attribute, no address; the policy allows the one style sheet only."""
    text = page()
    tags = Tags(text)
    assert tags.open == []
    assert {tag for tag, _ in tags.found} & {"script", "img", "iframe", "object", "form", "b1", "i1"} == set()
    links = [a[name] for _, a in tags.found for name in ("href", "src", "style", "onclick") if name in a]
    assert links == ["data:,", "#items", "#article-1"]
    assert "http" not in text.replace("http-equiv", "")
    sheet = re.search(r"<style>(.*?)</style>", text, re.S)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    policy = next(a["content"] for _, a in tags.found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_all_text_is_escaped() -> None:
    """Tags of the article, of its title and of a name are shown, not followed."""
    text = page()
    assert "<b>bold" not in text
    assert "<i>Bold" not in text
    assert "<h2>A &lt;b&gt;bold&lt;/b&gt; &amp; plain title</h2>" in text
    assert "<h1>Evaluation: &lt;tiny&gt;</h1>" in text
    assert "<span>&lt;i&gt;Bold&lt;/i&gt;</span>" in text


def test_items_stand_in_their_sentences() -> None:
    """Each item is there with its kind, and its passage is marked."""
    items = re.findall(r'<li class="item (\w+)">(.*?)</li>', page(), re.S)
    quotes = [re.findall(r"<blockquote>(.*?)</blockquote>", item, re.S) for _, item in items]
    assert [kind for kind, _ in items] == [
        "spurious",
        "differs",
        "differs",
        "missed",
        "spurious",
        "missed",
        "spurious",
    ]
    assert html.unescape(quotes[1][0]) == (
        "Mr. Arai of Japan met <mark>Chad</mark>'s envoy in the U.S. capital."
    )
    assert html.unescape(quotes[3][0]) == "<mark>Japan and Chad</mark> are allies."
    assert html.unescape(quotes[5][0]) == 'He said: "<mark>Trade must grow</mark>."'


def test_figures_of_the_page() -> None:
    """Totals, overlap and calibration are those of the scores."""
    text = page()
    assert "1 article:\n    2 items missed, 3 spurious, 2 found with another type or date." in text
    assert "Of 3 issues, events, relations and positions that were found, 2 (66.7 %)" in text
    assert '<th scope="row">actors</th><td>0.750</td><td>1.000</td><td class="main">0.857</td>' in text
    assert '<td class="shade s10"><b>1.00</b> <span class="of">1</span></td>' in text
    assert '<td class="shade s0"><b>0.00</b> <span class="of">1</span></td>' in text


def test_the_page_beside_an_earlier_run() -> None:
    """What became wrong is marked, what became right is listed, the differences are signed."""
    text = page(scores_of({**GOLD, "issues": []}))
    assert text.count('<span class="badge fresh">new</span>') == 5
    assert "issue: trade (was missed)" in text
    assert '<span class="change down">−1.000</span>' in text
    assert '<span class="change up">+1.000</span>' in text


def test_nothing_to_show() -> None:
    """A perfect run and one without documents have a page too."""
    assert "Nothing differs." in report_page(scores_of(GOLD), {"tiny": TEXT}, title="x")
    assert Tags(report_page(Scores(()), {}, title="x", earlier=Scores(()))).open == []


# ---------------------------------------------------------------- saving and comparing


def test_saved_scores_are_read_back(tmp_path: Path) -> None:
    """Counts, overlap and the lines of missed and spurious items come back."""
    scores = scores_of(FOUND)
    file = tmp_path / "scores.json"
    file.write_text(scores_text(scores), encoding="utf-8")
    back = read_scores(file)
    assert (back.totals, back.overlap) == (scores.totals, scores.overlap)
    assert back.documents[0].missed == scores.documents[0].missed
    assert back.documents[0].spurious == scores.documents[0].spurious
    assert scores_text(back) == scores_text(scores)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "documents": {"a": {}}}', "\x00"]
)
def test_other_files_hold_no_scores(tmp_path: Path, content: str) -> None:
    """The message says how to make one."""
    file = tmp_path / "scores.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ReadingError, match="holds no scores of this version; write it again with evaluate"):
        read_scores(file)


def test_no_such_scores(tmp_path: Path) -> None:
    """A missing file is told."""
    with pytest.raises(SourceNotFound, match="No such file or directory; name a file that evaluate --save"):
        read_scores(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0124, "+0.012"), (-0.0041, "−0.004"), (0.0004, "0.000"), (-0.0001, "0.000")]
)
def test_signed(value: float, shown: str) -> None:
    """Three digits with a sign, none for nothing."""
    assert signed(value) == shown


def document(name: str, matched: int, *items: Difference) -> DocumentScores:
    """A document with the same count in each layer."""
    return DocumentScores(name, dict.fromkeys(LAYERS, Count(matched, 4, 4)), Overlap(), items)


def test_changes() -> None:
    """Right or wrong, missed or spurious; each as often as it occurs; only documents of both runs count."""
    japan, chad = Difference("missed", "actor", "Japan"), Difference("missed", "actor", "Chad")
    trade, arms = Difference("spurious", "issue", "trade"), Difference("spurious", "issue", "arms")
    earlier = Scores((document("a", 1, japan, japan, trade), document("gone", 4)))
    found = changes(earlier, Scores((document("a", 2, japan, chad, arms), document("new", 4))))
    (one,) = found.documents
    assert one.right == ("actor: Japan (was missed)", "issue: trade (was spurious)")
    assert one.wrong == ("actor: Chad (is missed)", "issue: arms (is spurious)")
    lines = format_changes(found).splitlines()
    assert lines[:2] == [
        "layer               earlier      now   change",
        "actors                0.250    0.500   +0.250",
    ]
    assert lines[10] == "not in both runs: gone, new"
    assert lines[13] == "a       " + "      0.500 +0.250" * len(LAYERS)
    assert lines[15:] == [
        "== a",
        "  right now  actor: Japan (was missed)",
        "  right now  issue: trade (was spurious)",
        "  wrong now  actor: Chad (is missed)",
        "  wrong now  issue: arms (is spurious)",
    ]


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run compared with itself changes nothing; report and scores are written, and the same again."""
    saved, first, second = tmp_path / "scores.json", tmp_path / "one.html", tmp_path / "two.html"
    folder = tmp_path / "gold"
    folder.mkdir()
    for file in ARTICLES.glob("op-ed-taiwan-chips.*"):
        (folder / file.name).write_bytes(file.read_bytes())
    assert cli.main(["evaluate", str(folder), "--save", str(saved), "--report", str(first)]) == 0
    out = capsys.readouterr()
    assert out.out.splitlines()[-1].startswith("evidence overlap ")
    assert out.err == f"written to {saved}\nwritten to {first}\n"
    again = ["evaluate", str(folder), "--save", str(saved), "--compare", str(saved), "--report", str(second)]
    before = saved.read_bytes()
    assert cli.main(again) == 0
    assert "right now" not in (out := capsys.readouterr()).out
    assert [line.split()[-1] for line in out.out.splitlines() if line.startswith("actors ")][1:] == ["0.000"]
    assert saved.read_bytes() == before
    assert list(json.loads(before)["documents"]) == ["op-ed-taiwan-chips"]
    assert "Evaluation: gold" in first.read_text(encoding="utf-8")
    assert str(tmp_path) not in first.read_text(encoding="utf-8")
    assert 'id="only-new"' in second.read_text(encoding="utf-8")


def test_command_with_a_wrong_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A comparison with nothing is one line, before any work is done."""
    assert cli.main(["evaluate", str(ARTICLES), "--compare", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.startswith("error: ")
