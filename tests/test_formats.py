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
