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


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `media_types` begins with the usual one. `reader` names the module of this package that takes the text out (none
    for what is text already).
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    reader: str | None = None


KINDS: Final = (
    Kind("plain text", (".txt",), (TEXT,)),
    Kind("Markdown", (".md", ".markdown"), (MARKDOWN, "text/x-markdown")),
    Kind("HTML", (".html", ".htm", ".xhtml"), (HTML, "application/xhtml+xml")),
    Kind("Word file", (".docx",), (DOCX,), "formats_docx"),
    Kind("PDF file", (".pdf",), (PDF,), "formats_pdf"),
    Kind("EPUB book", (".epub",), (EPUB,), "formats_epub"),
)
SUFFIXES: Final = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
"""What the names of files that are looked for in folders end in."""


def suffix_list(last: str) -> str:
    """All suffixes in words, with "and" or "or" before the last."""
    return f"{', '.join(SUFFIXES[:-1])} {last} {SUFFIXES[-1]}"


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
