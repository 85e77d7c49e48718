"""Web archives and pages saved as one file: which pages are read, what they are called, and what is wrong."""

from __future__ import annotations

import gzip
import sys
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from alliancegraph import cli
from alliancegraph.corpus.articles import Article, articles
from alliancegraph.extract import formats_warc
from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.model import Document
from alliancegraph.extract.reading import read, read_all
from alliancegraph.ontology.errors import NotText, ReaderMissing, ReadingError, TooLarge

ENGLISH = (
    "The alliance of the two states has lasted for decades, and it will be renewed by their parliaments."
)
MORE = "It is not clear what the other side will do, but the ministers of both have agreed to meet again."
SITE = "https://herald.example.org"


def saved(folder: Path, name: str, data: bytes) -> str:
    """The path of a file with that content."""
    (folder / name).write_bytes(data)
    return str(folder / name)


def page(text: str, head: str = "") -> str:
    """A page with one paragraph."""
    return f"<!DOCTYPE html><html lang='en'><head><title>A pact</title>{head}</head><body><p>{text}</p></body></html>"


def record(
    address: str,
    body: str | bytes,
    content: str = "text/html; charset=utf-8",
    *,
    status: str = "200 OK",
    kind: str = "response",
    date: str = "2011-05-03T10:00:00Z",
    headers: str = "",
) -> bytes:
    """A record of a web archive."""
    payload = body if isinstance(body, bytes) else body.encode()
    if kind in ("response", "revisit"):
        answer = (
            f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{headers}Content-Length: {len(payload)}\r\n\r\n"
        )
        payload, own = answer.encode() + payload, "application/http; msgtype=response"
    else:
        own = content
    start = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nContent-Type: {own}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return start.encode() + payload + b"\r\n\r\n"


RECORDS = (
    record(f"{SITE}/", "software: none", "application/warc-fields", kind="warcinfo"),
    record(f"{SITE}/robots.txt", "User-agent: *", "text/plain"),
    record(f"{SITE}/a", page(ENGLISH)),
    record(f"{SITE}/a", page(ENGLISH), date="2011-06-03T10:00:00Z"),
    record(f"{SITE}/a", page(MORE), date="2011-07-03T10:00:00Z"),
    record(f"{SITE}/gone", page(ENGLISH), status="404 Not Found"),
    record(f"{SITE}/map.png", b"\x89PNG", "image/png"),
    record(f"{SITE}/b", page(f"{MORE} “So be it.”").encode("cp1252"), "text/html; charset=windows-1252"),
    record(f"{SITE}/zipped", gzip.compress(page(ENGLISH).encode()), headers="Content-Encoding: gzip\r\n"),
    record(f"{SITE}/menu", page("")),
    record(f"{SITE}/c.txt", f"A pact\n\n{ENGLISH}", "text/plain", kind="conversion"),
    record(f"{SITE}/c.csv", "text\nx", "text/csv"),
)
NAMES = [
    f"a.warc#{SITE}/a",
    f"a.warc#{SITE}/a@2011-07-03T10:00:00Z",
    f"a.warc#{SITE}/b",
    f"a.warc#{SITE}/zipped",
    f"a.warc#{SITE}/menu: no article text found; save the article itself as .txt, .md or .html",
    f"a.warc#{SITE}/c.txt",
]


def parts(path: str) -> list[str]:
    """The names of the documents of an archive and the lines that say what is wrong, in order."""
    return [str(item) if isinstance(item, ReadingError) else item.source for item in read_all(path)]


def test_web_archive(tmp_path: Path) -> None:
    """Pages and texts that were found are documents, called by their address; each text of an address is read once."""
    path = saved(tmp_path, "a.warc", b"".join(RECORDS))
    assert parts(path) == NAMES
    found = [item for item in read_all(path) if isinstance(item, Document)]
    assert [document.url for document in found] == [
        f"{SITE}/{name}" for name in ("a", "a", "b", "zipped", "c.txt")
    ]
    assert (found[0].text, found[0].media_type, found[0].title) == (page(ENGLISH), "text/html", "A pact")
    assert "“So be it.”" in found[2].text
    assert clean(found[3]).text == ENGLISH
    assert found[4].media_type == "text/plain"
    assert read(f"{path}#{SITE}/b").source == f"a.warc#{SITE}/b"
    assert list(articles([f"{path}#{SITE}/?a=*"])) == [Article(f"{path}#{SITE}/?a=*")]


def test_zipped_web_archive(tmp_path: Path) -> None:
    """An archive is zipped record by record, or as a whole."""
    each = b"".join(gzip.compress(item) for item in RECORDS)
    whole = gzip.compress(b"".join(RECORDS))
    for data in (each, whole):
        names = parts(saved(tmp_path, "a.warc.gz", data))
        assert names == [name.replace("a.warc#", "a.warc.gz#") for name in NAMES]


def test_bad_web_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No archive, one without pages, one that breaks off, and a page too large."""
    for data in (b"some text", b"", b"WARC/1.0\r\n"):
        with pytest.raises(NotText) as caught:
            parts(saved(tmp_path, "a.warc", data))
        assert str(caught.value) in (
            "a.warc: is no readable web archive; get the file again",
            "a.warc: holds no page that was found; archive the articles again",
        )
    with pytest.raises(
        NotText, match=r"a\.warc\.gz: is damaged after https://herald\.example\.org/a; get the file again"
    ):
        parts(
            saved(
                tmp_path, "a.warc.gz", gzip.compress(RECORDS[2]) + gzip.compress(RECORDS[7])[:-40] + b"x" * 40
            )
        )
    monkeypatch.setattr(formats_warc, "LIMIT", 20)
    found = list(read_all(saved(tmp_path, "a.warc", RECORDS[2])))
    assert isinstance(found[0], TooLarge)


def test_reader_of_web_archives_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without warcio, one line says how to install it."""
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    path = saved(tmp_path, "a.warc", RECORDS[2])
    with pytest.raises(ReaderMissing):
        parts(path)
    assert cli.main(["build", path, "--store", str(tmp_path / "store")]) == 2
    assert capsys.readouterr().err == (
        "error: a.warc: web archives are read with warcio; install it: pip install 'alliancegraph[warc]'\n"
    )


def saved_page(start: bool = True, text: str = ENGLISH) -> bytes:
    """A page as a browser saves it, with a frame and a picture beside it."""
    message = MIMEMultipart("related", type="text/html", **({"start": "<main>"} if start else {}))
    message["Subject"] = "=?utf-8?Q?A_=E2=80=9Cpact=E2=80=9D?="
    message["Snapshot-Content-Location"] = f"{SITE}/a"
    frame = MIMEText(page("A frame."), "html", "utf-8")
    main = MIMEText(f"<html><body><p>{text} “So be it.”</p></body></html>", "html", "windows-1252")
    main["Content-ID"] = "<main>"
    picture = MIMEText("x", "css")
    for part in (picture, frame, main) if start else (picture, main, frame):
        message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("name", ["a.mht", "a.MHTML"])
@pytest.mark.parametrize("start", [True, False])
def test_page_saved_as_one_file(tmp_path: Path, name: str, start: bool) -> None:
    """The text is the page that the file starts with, in its own encoding; title and address come from around it."""
    found = read(saved(tmp_path, name, saved_page(start)))
    assert found.text == f"<html><body><p>{ENGLISH} “So be it.”</p></body></html>"
    assert (found.media_type, found.title, found.url) == ("text/html", "A “pact”", f"{SITE}/a")
    assert clean(found).text == f"{ENGLISH} “So be it.”"


def test_page_saved_without_parts(tmp_path: Path) -> None:
    """A saved file may be the page alone."""
    message = MIMEText(page(ENGLISH), "html", "utf-8")
    message["Content-Location"] = f"{SITE}/b"
    found = read(saved(tmp_path, "a.mht", message.as_bytes()))
    assert (found.text, found.url, found.title) == (page(ENGLISH), f"{SITE}/b", "A pact")


@pytest.mark.parametrize(
    "data", [b"some text", b"Content-Type: text/html\n\n", b"Content-Type: image/png\n\nx"]
)
def test_bad_saved_pages(tmp_path: Path, data: bytes) -> None:
    """A file that holds no page is told so."""
    with pytest.raises(NotText) as caught:
        read(saved(tmp_path, "a.mht", data))
    assert str(caught.value) == "a.mht: is no readable saved page; save it again as .html or .txt"
