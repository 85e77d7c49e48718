"""Reading sources: metadata, encodings, and one clear error for each thing that can be wrong."""

import hashlib
import io
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from alliancegraph.extract.reading import document, read
from alliancegraph.extract.sources import LIMIT
from alliancegraph.ontology.errors import (
    NotEnglish,
    NotText,
    ReadingError,
    SourceNotFound,
    TooLarge,
    UsageError,
)

ENGLISH = (
    "The alliance of the two states has lasted for decades, and it will be renewed by their parliaments."
)
GERMAN = "Das Bündnis der beiden Staaten besteht seit Jahrzehnten, und es wird von ihren Parlamenten in Berlin erneuert."
FRENCH = "L’alliance des deux États dure depuis des décennies et elle sera renouvelée par leurs parlements à Paris."
SPANISH = "La alianza de los dos Estados ha durado décadas y será renovada por sus parlamentos a finales de este año."
JAPANESE = "日米同盟は数十年にわたって続いてきた。両国の議会は来年それを更新する予定である。"


def _file(folder: Path, data: bytes, name: str = "article.txt") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_document_of_a_file(tmp_path: Path) -> None:
    """The text is as given; source is the file's name; the IRI comes from the text."""
    text = f"A pact\r\n\r\n{ENGLISH}\r\n"
    found = read(_file(tmp_path, text.encode()))
    assert found.text == text
    assert found.source == "article.txt"
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert found.iri == f"https://w3id.org/alliancegraph/document/{digest[:16]}"
    assert (found.title, found.authors, found.date, found.media_type) == ("A pact", (), None, "text/plain")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads standard input; HTML is told from its first characters."""
    data = f"<!DOCTYPE html><html><body><h1>A pact</h1><p>{ENGLISH}</p></body></html>".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = read("-")
    assert (found.source, found.media_type, found.title) == ("stdin", "text/html", "A pact")


@pytest.mark.parametrize(
    ("codec", "first"),
    [("utf-8", "T"), ("utf-8-sig", "\ufeff"), ("utf-16", "\ufeff"), ("cp1252", "T")],
)
def test_encodings(tmp_path: Path, codec: str, first: str) -> None:
    """Usual encodings are found out; a byte order mark stays, so that no character moves."""
    found = read(_file(tmp_path, f"{ENGLISH} “Né” – café.".encode(codec)))
    assert found.text[0] == first
    assert found.text.endswith("“Né” – café.")


def test_date_given_by_the_user(tmp_path: Path) -> None:
    """A date given overrules the text's; one that is none is an error."""
    path = _file(tmp_path, f"A pact\n\nMay 3, 2011\n\n{ENGLISH}".encode())
    assert read(path).date == "2011-05-03"
    assert read(path, date="2010-02").date == "2010-02"
    with pytest.raises(UsageError, match="write it as YYYY"):
        read(path, date="May 2010")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Friday, August 21, 2015", "2015-08-21"),
        ("Published on 3rd of May 2011 at 10:30 am", "2011-05-03"),
        ("Published: 2011-05-03T10:30:00Z", "2011-05-03"),
        ("Updated: Jul 13, 2019", "2019-07-13"),
        ("Published 1 July 2019 | Updated 13 July 2019", "2019-07-01"),
        ("March 2008", "2008-03"),
        ("OSLO, 5 March 2009", "2009-03-05"),
        ("13/03/2009", "2009-03-13"),
        ("05/03/2009", "2009"),
        ("13.03.2009", "2009-03-13"),
        ("31 February 2009", None),
        ("Brussels, March 11, 2024. Check against delivery.", "2024-03-11"),
    ],
)
def test_date_lines(line: str, date: str | None) -> None:
    """Dates that a line above the text states, as exactly as it does."""
    assert document(f"A pact for the north\n\n{line}\n\n{ENGLISH}", "test").date == date


def test_publication_counts_before_update() -> None:
    """The date of an update is not the document's where a date stands alone too."""
    assert (
        document(f"A pact\n\nUpdated: Jul 13, 2019\n\nJuly 7, 2019\n\n{ENGLISH}", "test").date == "2019-07-07"
    )


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("BY ANN LEE AND BO VAN DYK", ("Ann Lee", "Bo Van Dyk")),
        ("By Ann Lee, Bo van Dyk and Chen Wei", ("Ann Lee", "Bo van Dyk", "Chen Wei")),
        ("By Dr. Ann Lee, Director, Example Institute", ("Ann Lee",)),
        ("By Ann Lee | 3 May 2011", ("Ann Lee",)),
        ("Posted by Ann Lee on 4 Apr. 2018 in Analysis", ("Ann Lee",)),
        ("Written by: Ann M. Lee", ("Ann M. Lee",)),
        ("By Mohammed bin Rashid al-Saud", ("Mohammed bin Rashid al-Saud",)),
        ("By Seán O’Neill-Müller", ("Seán O’Neill-Müller",)),
        ("By Reuters", ()),
        ("By any measure", ()),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...]) -> None:
    """Authors' names, without titles, offices and agencies."""
    assert document(f"A pact for the north\n\n{line}\n\n{ENGLISH}", "test").authors == authors


@pytest.mark.parametrize("label", ["Title: ", "TITLE : ", "Headline: "])
def test_labelled_title(label: str) -> None:
    """A head of labelled lines names the title, of which the label is no part."""
    read = document(f"{label}A pact for the north\nAuthor: Ann Lee\nDate: 2011-05-03\n\n{ENGLISH}", "test")
    assert (read.title, read.authors, read.date) == ("A pact for the north", ("Ann Lee",), "2011-05-03")


def test_author_from_the_biography() -> None:
    """Where there is no byline, a biography at the end names the author."""
    text = f"A pact for the north\n\n{ENGLISH}\n\n{ENGLISH}\n\nAnn Lee is a senior fellow at the Example Institute."
    assert document(text, "test").authors == ("Ann Lee",)


def test_publisher_next_to_the_date() -> None:
    """A medium's name beside date and address is the publisher."""
    text = (
        f"A pact for the north\n\nExample Herald\n\nMay 3, 2011\n\nhttps://herald.example.org/1\n\n{ENGLISH}"
    )
    assert document(text, "test").publisher == "Example Herald"


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", NotText, "article.txt: is empty; give an article in plain text, Markdown or HTML"),
        (b" \n\t\n", NotText, "article.txt: is empty; give an article in plain text, Markdown or HTML"),
        (
            b"%PDF-1.7 x",
            NotText,
            "article.txt: is a PDF file, not text; save the article as .txt, .md or .html",
        ),
        (
            b"PK\x03\x04 x",
            NotText,
            "article.txt: is a Word or ZIP file, not text; save the article as .txt, .md or .html",
        ),
        (
            b"abc\x00def",
            NotText,
            "article.txt: is a binary file, not text; save the article as .txt, .md or .html",
        ),
        (bytes(range(128, 256)), NotText, "article.txt: its encoding cannot be told; save it as UTF-8"),
        (
            JAPANESE.encode("shift_jis"),
            NotEnglish,
            "article.txt: is not in English; give the article's English text",
        ),
        (b"a" * (LIMIT + 1), TooLarge, "article.txt: larger than 4 MiB; split it into its articles"),
        (GERMAN.encode(), NotEnglish, "article.txt: is not in English; give the article's English text"),
        (FRENCH.encode(), NotEnglish, "article.txt: is not in English; give the article's English text"),
        (SPANISH.encode(), NotEnglish, "article.txt: is not in English; give the article's English text"),
        (JAPANESE.encode(), NotEnglish, "article.txt: is not in English; give the article's English text"),
    ],
)
def test_bad_input(tmp_path: Path, data: bytes, error: type[ReadingError], message: str) -> None:
    """Each bad file gets its own line, which names it and says what to do."""
    with pytest.raises(error) as caught:
        read(_file(tmp_path, data))
    assert str(caught.value) == message
    assert caught.value.source == "article.txt"


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A missing file and a folder are told apart."""
    with pytest.raises(SourceNotFound, match="no such file; check the path"):
        read(str(tmp_path / "none.txt"))
    with pytest.raises(SourceNotFound, match="is a folder; name the articles in it"):
        read(str(tmp_path))


def test_english_with_other_scripts() -> None:
    """An English article with a few Japanese lines is English; the lines are not part of its text."""
    assert document(f"A pact\n\n{JAPANESE}\n\n{ENGLISH}\n\n{ENGLISH}", "test").title == "A pact"


def test_page_without_an_article() -> None:
    """A page that is only a menu has no article text."""
    page = "<html><body><nav><a href='/'>Home</a></nav><ul><li><a href='/a'>About us</a><li><a href='/b'>Contact</a></ul></body></html>"
    with pytest.raises(NotText) as caught:
        document(page, "menu.html")
    assert (
        str(caught.value) == "menu.html: no article text found; save the article itself as .txt, .md or .html"
    )


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self._answer(302, ("Location", "file:///etc/hostname"))
        elif self.path == "/loop":
            self._answer(302, ("Location", "/loop"))
        elif self.path == "/image":
            self._answer(200, ("Content-Type", "image/png"), b"x")
        elif self.path == "/article":
            page = f"<html><body><h1>A pact</h1><p>{ENGLISH}</p></body></html>"
            self._answer(200, ("Content-Type", "text/html; charset=utf-8"), page.encode())
        else:
            self._answer(404, ("Content-Type", "text/plain"))

    def _answer(self, code: int, header: tuple[str, str], data: bytes = b"") -> None:
        self.send_response(code)
        self.send_header(*header)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a small web site on this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_web_address(site: str) -> None:
    """A page is read from the address that the user names."""
    found = read(f"{site}/article")
    assert (found.source, found.title, found.media_type) == (f"{site}/article", "A pact", "text/html")


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("/none", SourceNotFound, "does not answer"),
        ("/away", SourceNotFound, "does not answer"),
        ("/loop", SourceNotFound, "does not answer"),
        ("/image", NotText, "is image/png, not text"),
    ],
)
def test_bad_web_address(site: str, path: str, error: type[ReadingError], message: str) -> None:
    """Pages that are missing, lead elsewhere than the web, in circles, or are no text."""
    with pytest.raises(error, match=message) as caught:
        read(site + path)
    assert "\n" not in str(caught.value)
    assert caught.value.source == site + path


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/x", "http://127.0.0.1:1/x"])
def test_no_other_schemes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only http and https are read, and nobody may be listening."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(SourceNotFound):
        read(address)
