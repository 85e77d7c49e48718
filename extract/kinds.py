"""The kinds of file that are read: what each is called, its suffixes and media types, and the module that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TEXT: Final = "text/plain"
MARKDOWN: Final = "text/markdown"
HTML: Final = "text/html"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
EPUB: Final = "application/epub+zip"
MHTML: Final = "multipart/related"
WARC: Final = "application/warc"
JSON_LINES: Final = "application/x-ndjson"
CSV: Final = "text/csv"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `media_types` begins with the usual one. `reader` names the module of this package that takes the text out (none
    for what is text already). A file of `many` holds any number of documents. What is not `searched` for in folders is
    read when it is named.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    reader: str | None = None
    many: bool = False
    searched: bool = True


KINDS: Final = (
    Kind("plain text", (".txt",), (TEXT,)),
    Kind("Markdown", (".md", ".markdown"), (MARKDOWN, "text/x-markdown")),
    Kind("HTML", (".html", ".htm", ".xhtml"), (HTML, "application/xhtml+xml")),
    Kind("Word file", (".docx",), (DOCX,), "formats_docx"),
    Kind("PDF file", (".pdf",), (PDF,), "formats_pdf"),
    Kind("EPUB book", (".epub",), (EPUB,), "formats_epub"),
    Kind(
        "saved page",
        (".mhtml", ".mht"),
        (MHTML, "message/rfc822", "application/x-mimearchive"),
        "formats_mhtml",
    ),
    Kind("web archive", (".warc", ".warc.gz"), (WARC,), "formats_warc", many=True),
    Kind(
        "JSON Lines",
        (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
        (JSON_LINES, "application/jsonl"),
        "formats_jsonl",
        many=True,
    ),
    Kind(
        "table",
        (".csv", ".tsv", ".csv.gz", ".tsv.gz"),
        (CSV, "text/tab-separated-values"),
        "formats_table",
        many=True,
    ),
    Kind("JSON", (".json", ".json.gz"), ("application/json",), "formats_json", many=True, searched=False),
)
SUFFIXES: Final = tuple(suffix for kind in KINDS if kind.searched for suffix in kind.suffixes)
"""What the names of files that are looked for in folders end in."""
_ZIPPED: Final = ".gz"

FIELDS: Final = ("text", "title", "author", "date", "publisher", "url", "id", "language")
"""What columns of a corpus and entries of front matter may hold."""


def suffix_list(last: str) -> str:
    """The suffixes in words, with "and" or "or" before the last; those of zipped files are left out."""
    named = [suffix for suffix in SUFFIXES if not suffix.endswith(_ZIPPED)]
    return f"{', '.join(named[:-1])} {last} {named[-1]}"


def is_searched(name: str) -> bool:
    """Whether a file of that name is looked for in folders."""
    return name.casefold().endswith(SUFFIXES)


def kind_of_name(name: str) -> Kind | None:
    """The kind that a file's name tells by its suffix."""
    lowered = name.casefold()
    return next((kind for kind in KINDS if lowered.endswith(kind.suffixes)), None)


def kind_of_type(media_type: str | None) -> Kind | None:
    """The kind that a media type stands for."""
    return next((kind for kind in KINDS if media_type in kind.media_types), None)


def is_packed(media_type: str | None) -> bool:
    """Whether files of a media type hold their text in a form of their own."""
    kind = kind_of_type(media_type)
    return kind is not None and kind.reader is not None


def holds_many(name: str) -> bool:
    """Whether a file of that name may hold more than one document."""
    kind = kind_of_name(name)
    return kind is not None and kind.many
