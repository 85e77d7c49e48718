"""Word, PDF, EPUB, JSON Lines and CSV: exact text, metadata, places in the text, and one line for each thing wrong."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from alliancegraph.extract import formats_zip
from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.model import Document
from alliancegraph.extract.reading import read
from alliancegraph.ontology.errors import ReadingError

ENGLISH = (
    "The alliance of the two states has lasted for decades, and it will be renewed by their parliaments."
)
MORE = "It is not clear what the other side will do, but the ministers of both have agreed to meet again."
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = (
    f'<w:styles {_W}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Stale</dc:title>'
    "<dc:creator>Ann Lee</dc:creator><dcterms:created>2011-05-03T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def packed(files: dict[str, str | bytes]) -> bytes:
    """A ZIP container of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def paragraph(text: str, style: str = "", before: str = "") -> str:
    """A paragraph of a Word file."""
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word(body: str, **parts: str) -> bytes:
    """A Word file with that body."""
    main = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    files = {"word/document.xml": main, "word/styles.xml": _STYLES, "docProps/core.xml": _CORE}
    return packed({**files, **{f"word/{name}.xml": text for name, text in parts.items()}})


def saved(folder: Path, name: str, data: bytes) -> str:
    """The path of a file with that content."""
    (folder / name).write_bytes(data)
    return str(folder / name)


def blocks(document: Document) -> list[tuple[str, str]]:
    """The kinds and texts of the clean text's blocks, each held against the words of the stored text."""
    text = clean(document)
    for block in text.blocks:
        start, end = text.to_source(block.start, block.end)
        source = document.text[start:end].replace("-\n", "").replace("\n", " ")
        assert text.block_text(block).split()[0] in source.split()[0]
        assert text.block_text(block).split()[-1] in source.split()[-1]
    return [(block.kind, text.block_text(block)) for block in text.blocks]


def complaint(path: str) -> str:
    """The one line that says why a file cannot be read."""
    with pytest.raises(ReadingError) as caught:
        read(path)
    assert caught.value.source == Path(path).name
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_word_file(tmp_path: Path) -> None:
    """Styles by their names, lists, notes and line breaks; deleted, hidden and doubled text stays out."""
    note = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    item = f'<w:p><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>{MORE}</w:t></w:r></w:p>'
    body = (
        paragraph("A pact for the north", "Titel")
        + paragraph("Why it holds", "berschrift1")
        + f"<w:p>{gone}{hidden}<w:r><w:t>{ENGLISH}</w:t></w:r>{note}</w:p>"
        + item * 2
    )
    notes = (
        f'<w:footnotes {_W}><w:footnote w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="7">{paragraph("Treaty of 1960.")}</w:footnote></w:footnotes>'
    )
    found = read(saved(tmp_path, "pact.docx", word(body, footnotes=notes)))
    assert found.text == (
        f"# A pact for the north\n\n## Why it holds\n\n{ENGLISH}[^1]\n\n- {MORE}\n\n- {MORE}\n\n[^1]: Treaty of 1960.\n"
    )
    assert (found.title, found.authors, found.date) == ("A pact for the north", ("Ann Lee",), "2011-05-03")
    assert found.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert blocks(found) == [
        ("title", "A pact for the north"),
        ("heading", "Why it holds"),
        ("body", ENGLISH),
        ("item", MORE),
        ("item", MORE),
        ("footnote", "Treaty of 1960."),
    ]


def test_text_of_a_word_file_counts_before_its_properties(tmp_path: Path) -> None:
    """Byline and date of the text stand; the properties fill what it leaves open."""
    body = "".join(map(paragraph, ("A pact for the north", "By Bo Chen", "4 March 2009", ENGLISH)))
    found = read(saved(tmp_path, "pact.docx", word(body)))
    assert (found.title, found.authors, found.date) == ("A pact for the north", ("Bo Chen",), "2009-03-04")


def test_bad_word_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No container, the wrong one, damaged, with a password, with entities, or a bomb: each its own line."""
    whole = word(paragraph(ENGLISH))
    start = "a.docx: is no readable Word file "
    end = "; save it again, or as .txt"
    bad = {
        b"some text": f"{start}(it is no ZIP container){end}",
        packed({"a.txt": "x"}): f"{start}(it holds no document){end}",
        whole[: len(whole) // 2]: f"{start}(it is no ZIP container){end}",
        packed(
            {"word/document.xml": "<a><b></a>"}
        ): f"{start}(its XML breaks off or is wrong in line 1){end}",
        packed(
            {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
        ): f"{start}(it declares entities){end}",
        packed({"word/document.xml": "<a>" * 2000}): f"{start}(it is nested too deep){end}",
        b"": "a.docx: is empty; give the whole file",
        b"\xd0\xcf\x11\xe0": (
            "a.docx: is an old Office file, or one with a password; save it as .docx without a password"
        ),
        word(""): "a.docx: no article text found; save the article itself as .txt, .md or .html",
    }
    for data, message in bad.items():
        assert complaint(saved(tmp_path, "a.docx", data)) == message
    large = "a.docx: unpacks to more than a Word file should; save the article as .txt"
    bomb = packed({"word/document.xml": bytes(formats_zip.MEMBER + 1)})
    assert len(bomb) < 100_000
    assert complaint(saved(tmp_path, "a.docx", bomb)) == large
    monkeypatch.setattr(formats_zip, "ENTRIES", 2)
    assert complaint(saved(tmp_path, "a.docx", whole)) == large


_NOTE_1 = '<ol><li id="fn1">Treaty of 1960.</li></ol>'
_OPF = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata>
<dc:title id="t">Pacts of the north</dc:title>
<dc:creator opf:role="edt">Eve Roe</dc:creator><dc:creator id="a">Lee, Ann</dc:creator><dc:creator id="b">Bo Chen</dc:creator>
<dc:creator id="c">Tim Ray</dc:creator><meta refines="#c" property="role">trl</meta><meta refines="#b" property="role">aut</meta>
<dc:publisher>Example Press</dc:publisher><dc:language>en-gb</dc:language>
<dc:date opf:event="modification">2020-01-01</dc:date><dc:date opf:event="publication">2011-05</dc:date>
<dc:identifier>urn:isbn:0</dc:identifier><dc:source>https://press.example.org/pacts</dc:source>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="c1" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="text/two.xhtml#top" media-type="application/xhtml+xml"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="aside" href="aside.xhtml" media-type="application/xhtml+xml"/>
<item id="map" href="map.svg" media-type="image/svg+xml"/>
</manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="c2"/><itemref idref="map"/><itemref idref="aside" linear="no"/>
<itemref idref="c1"/></spine>
<guide><reference type="cover" href="cover.xhtml"/></guide>
</package>"""
_EPUB_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def chapter(heading: str, body: str) -> str:
    """A chapter of an EPUB book."""
    head = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
    return f'<?xml version="1.0" encoding="utf-8"?>{head}<body><h1>{heading}</h1>{body}</body></html>'


def book(**changed: str | None) -> bytes:
    """An EPUB book of two chapters, with some of its files changed or left out."""
    second = f"<p>{ENGLISH}<sup>1</sup></p>{_NOTE_1}"
    first = (
        f"<p>{MORE}<sup>1</sup></p><blockquote><p>{ENGLISH}</p></blockquote>{_NOTE_1.replace('1960', '1975')}"
    )
    files: dict[str, str | None] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _EPUB_CONTAINER,
        "OEBPS/book.opf": _OPF,
        "OEBPS/cover.xhtml": chapter("Cover", "<p>The cover.</p>"),
        "OEBPS/nav.xhtml": chapter("Contents", "<p>The contents.</p>"),
        "OEBPS/aside.xhtml": chapter("Aside", "<p>An aside.</p>"),
        "OEBPS/text/one a.xhtml": chapter("The other side", first),
        "OEBPS/text/two.xhtml": chapter("Why it holds", second),
    }
    files |= changed
    return packed({name: data for name, data in files.items() if data is not None})


def test_epub_book(tmp_path: Path) -> None:
    """Chapters stand in reading order under the book's title, notes are numbered on; what is stated of the book leads."""
    found = read(saved(tmp_path, "pacts.epub", book()))
    assert found.text == (
        f"# Pacts of the north\n\n## Why it holds\n\n{ENGLISH}[^1]\n\n[^1]: Treaty of 1960.\n\n"
        f"## The other side\n\n{MORE}[^2]\n\n> {ENGLISH}\n\n[^2]: Treaty of 1975.\n"
    )
    assert (found.title, found.authors) == ("Pacts of the north", ("Ann Lee", "Bo Chen"))
    assert (found.publisher, found.date, found.language) == ("Example Press", "2011-05", "en-GB")
    assert (found.media_type, found.url) == ("application/epub+zip", "https://press.example.org/pacts")
    assert blocks(found)[:3] == [
        ("title", "Pacts of the north"),
        ("heading", "Why it holds"),
        ("body", ENGLISH),
    ]
    assert read(saved(tmp_path, "pacts.epub", book()), date="2012").date == "2012"


def test_epub_book_without_a_suffix(tmp_path: Path) -> None:
    """An EPUB book is told by its first bytes where its name does not say so."""
    assert read(saved(tmp_path, "pacts", book())).media_type == "application/epub+zip"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"META-INF/container.xml": None}, "it names no package document"),
        ({"META-INF/container.xml": "<container/>"}, "it names no package document"),
        ({"OEBPS/book.opf": None}, "OEBPS/book.opf is missing"),
        ({"OEBPS/book.opf": "<package>"}, "its XML breaks off or is wrong in line 1"),
        ({"OEBPS/text/two.xhtml": None}, "OEBPS/text/two.xhtml is missing"),
        (
            {"META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/text/two.xhtml"/></e>'},
            "its chapters are locked by copy protection",
        ),
    ],
)
def test_bad_epub_books(tmp_path: Path, changed: dict[str, str | None], why: str) -> None:
    """What an EPUB book lacks is said in one line."""
    message = f"a.epub: is no readable EPUB book ({why}); save it again, or as .txt"
    assert complaint(saved(tmp_path, "a.epub", book(**changed))) == message
