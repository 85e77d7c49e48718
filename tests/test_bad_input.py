"""A folder of files that cannot be read beside one that can: a line for each, and the good article stored whole."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pdf_files import Line, bomb, pdf

from alliancegraph import cli
from alliancegraph.corpus.articles import articles
from alliancegraph.extract import formats_zip
from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.pipeline import extract
from alliancegraph.extract.reading import document, read
from alliancegraph.ontology.errors import NotEnglish, NotText, ReadingError, TooLarge

GOOD = (
    "Japan and the United States met in Tokyo on March 14, 2008. Japan supports a treaty on climate change. "
    "The United States opposes the treaty on climate change. It is not clear what will come of this in the next year."
)
FRENCH = (
    "Les ministres des affaires étrangères des deux pays se sont réunis mardi à Paris pour parler du traité. Ils ont "
    "décidé de poursuivre les négociations au mois de mars, sans donner de date. Le président a salué cet accord."
)
HEBREW = "שרי החוץ של שתי המדינות נפגשו ביום שלישי בירושלים כדי לדון באמנה. הם החליטו להמשיך את השיחות במרץ."
_LOCK = (
    "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("
    + "o" * 32
    + ") /U ("
    + "u" * 32
    + ") >>"
)
_MENU = "<html><body><nav><ul><li><a href=/>Home</a></li></ul></nav><ul><li><a href=/a>News</a></li><li><a href=/b>World</a></li></ul></body></html>"


def packed(name: str, data: bytes) -> bytes:
    """A ZIP container of one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "binary.txt": (
        lambda: bytes(range(256)) * 40,
        "is a binary file, not text; save the article as .txt, .md or .html",
    ),
    "bomb.docx": (
        lambda: packed("word/document.xml", bytes(formats_zip.MEMBER + 1)),
        "unpacks to more than a Word file should; save the article as .txt",
    ),
    "bomb.pdf": (lambda: bomb(1600), "takes too much time or memory to open; save the article as .txt"),
    "broken.docx": (
        lambda: packed("word/document.xml", b"<a><b></a>"),
        "is no readable Word file (its XML breaks off or is wrong in line 1); save it again, or as .txt",
    ),
    "broken.pdf": (
        lambda: b"%PDF-1.4\nxref",
        "is no readable PDF (it is damaged); save it again, or as .txt",
    ),
    "french.txt": (FRENCH.encode, "is not in English; give the article's English text"),
    "hebrew.txt": (HEBREW.encode, "is not in English; give the article's English text"),
    "locked.pdf": (lambda: pdf([[]], extra=_LOCK), "has a password; save it again without one"),
    "long.txt": (
        lambda: (GOOD * (1_100_000 // len(GOOD))).encode(),
        "holds 1.1 million characters of text; split it into its articles",
    ),
    "menu.html": (_MENU.encode, "no article text found; save the article itself as .txt, .md or .html"),
    "scan.pdf": (
        lambda: pdf([[Line(306, 40, "7")]]),
        "holds pictures of pages and no text; run OCR on it first, then give the result",
    ),
}
EMPTY = ("empty.html", "empty.md", "empty.pdf", "empty.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with all that is bad, a good article, and a link that leads nowhere."""
    found = tmp_path / "articles"
    found.mkdir()
    for name, (data, _) in BAD.items():
        (found / name).write_bytes(data())
    for name in EMPTY:
        (found / name).touch()
    (found / "good.txt").write_text(GOOD, encoding="utf-8")
    (found / "link.txt").symlink_to(tmp_path / "gone.txt")
    return found


def test_each_bad_file_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every bad file is named once with what to do; the good article is stored; the exit code says that some failed."""
    store = folder.parent / "store"
    assert cli.main(["build", str(folder), "--store", str(store)]) == 1
    printed = capsys.readouterr()
    *lines, summary = printed.err.splitlines()
    told = dict(line.removeprefix("error: ").split(": ", 1) for line in lines)
    assert {name: told[name] for name in BAD} == {name: message for name, (_, message) in BAD.items()}
    assert [name for name in EMPTY if not told[name].startswith("is empty; give")] == []
    assert told[str(folder / "link.txt")] == "no such file; check the path"
    assert len(lines) == len(told) == len(BAD) + len(EMPTY) + 1
    assert summary == f"1 stored in {store}, 0 unchanged, {len(lines)} failed"
    assert [line.split("\t")[0] for line in printed.out.splitlines()] == ["document", "good.txt"]
    assert cli.main(["query", "documents", "--store", str(store)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_each_bad_file_alone_leaves_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad file by itself is one line and exit code 2; no store and no output file is begun."""
    (folder / "good.txt").unlink()
    for path in sorted(folder.iterdir()):
        if path.name in ("bomb.pdf", "long.txt"):
            continue
        for command in (
            ["build", "--store", str(folder.parent / "store")],
            ["extract", "-o", str(folder.parent / "x")],
        ):
            capsys.readouterr()
            assert cli.main([*command, str(path)]) == 2
            printed = capsys.readouterr()
            assert (printed.out, printed.err.count("\n")) == ("", 1)
            assert printed.err.startswith("error: ")
    assert [path.name for path in folder.parent.iterdir()] == ["articles"]


def test_a_folder_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one line, and the articles beside it are found."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    scan = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    good, closed = articles([str(tmp_path)])
    assert (good.name, good.problem) == ("good.txt", None)
    assert (
        closed.problem
        == f"{tmp_path / 'closed'}: cannot be read (Permission denied); check the folder's permissions"
    )


def test_a_deeply_nested_page_is_read() -> None:
    """The article inside a hundred thousand open elements is found."""
    page = "<html><body>" + "<div>" * 100_000 + f"<p>{GOOD}</p>"
    assert clean(document(page, "deep.html")).text == GOOD


def test_pages_that_break_off() -> None:
    """An open comment, tag or marked section hides what follows it and no more."""
    for rest in ("<!-- and so on", "<p class='a", "<![if !IE", "</", "<!DOCTYPE", "<?php"):
        assert clean(document(f"<html><body><p>{GOOD}</p>{rest}", "a.html")).text.startswith(GOOD)
    whole = f"<html><body><![if !IE]><p>{GOOD}</p><![endif]><![CDATA[x]]></body></html>"
    assert clean(document(whole, "a.html")).text == GOOD


def test_control_and_invisible_characters() -> None:
    """They are left out of the text; places count them."""
    text = GOOD.replace(" met ", " \x00met\u200b\x07 ").replace("Tokyo", "\u202eTo\u00adkyo\u202c")
    found = document(text, "a.txt")
    assert clean(found).text == GOOD
    japan, *_ = (actor for actor in extract(found).actors if actor.name == "Japan")
    assert {found.text[e.start : e.end] for e in japan.mentions} == {"Japan", "To\xadkyo"}


def test_files_with_nul_bytes(tmp_path: Path) -> None:
    """They are no text, whatever else is in them."""
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD.encode() + b"\x00\x01" + GOOD.encode())
    with pytest.raises(
        NotText, match=r"^a.txt: is a binary file, not text; save the article as .txt, .md or .html$"
    ):
        read(str(path))


def test_an_english_article_with_right_to_left_words() -> None:
    """Words in other scripts stay where they stand; an article in another language is refused."""
    text = f"{GOOD} The Hebrew word for it is “ברית”."
    assert clean(document(text, "a.txt")).text == text
    for other in (FRENCH, HEBREW):
        with pytest.raises(NotEnglish):
            document(other, "a.txt")


def test_a_long_line_is_parsed_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of one line has the evidence of a short one, and its last sentence is read."""
    last = "Norway supports the ban on cluster munitions."
    text = "It was so. " * 4000 + GOOD + " " + "It was so. " * 100 + last
    found = extract(document(text, "a.txt"))
    mentions = {text[e.start : e.end] for actor in found.actors for e in actor.mentions}
    assert {"Japan", "United States", "Norway"} <= {mention.removeprefix("the ") for mention in mentions}
    with pytest.raises(
        TooLarge, match=r"^a.txt: holds 1.1 million characters of text; split it into its articles$"
    ):
        document(GOOD * (1_100_000 // len(GOOD)), "a.txt")


def test_a_run_without_spaces_is_no_word() -> None:
    """It is read as an ellipsis, so that its length does not matter."""
    text = f"{GOOD} {'(' * 50_000} {GOOD}"
    assert clean(document(text, "a.txt")).text == f"{GOOD} … {GOOD}"


def test_errors_of_reading_are_of_one_tree() -> None:
    """What may go wrong while reading is a ReadingError with its source."""
    for kind in (NotText, NotEnglish, TooLarge):
        assert issubclass(kind, ReadingError)
