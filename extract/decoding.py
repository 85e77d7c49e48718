"""From bytes to text: which encoding a source is in, or that it is no text at all."""

from __future__ import annotations

import codecs
import re

from alliancegraph.extract.encodings import ESCAPED, guessed, mended, wide
from alliancegraph.extract.sources import Raw
from alliancegraph.ontology.errors import NotText

_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a Word or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w:-]{2,40})"
    rb"|^(?:\xef\xbb\xbf)?\s{0,20}<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w:-]{2,40})",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")


def decoded(source: Raw, encoding: str | None = None) -> str:
    """The text of a source, no character moved (a byte order mark stays); raises NotText with what to do."""
    data, name = source.data, source.name
    if not data.strip():
        raise NotText(f"{name}: is empty; give an article in plain text, Markdown or HTML", source=name)
    if encoding:
        return _named(data, name, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _named(data, name, codec)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise NotText(f"{name}: is {what}, not text; save the article as .txt, .md or .html", source=name)
    if b"\x00" in data:
        if (unmarked := wide(data)) is not None:
            return data.decode(unmarked)
        raise _binary(name)
    text = _guessed(source)
    if text is None:
        raise NotText(f"{name}: its encoding cannot be told; save it as UTF-8", source=name)
    if len(_CONTROL.findall(text[:20_000])) > len(text[:20_000]) * 0.01:
        raise _binary(name)
    return text


def _binary(name: str) -> NotText:
    return NotText(f"{name}: is a binary file, not text; save the article as .txt, .md or .html", source=name)


def _named(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise NotText(
            f"{name}: no encoding is called {encoding}; name another, or save it as UTF-8", source=name
        ) from error
    except UnicodeError as error:
        raise NotText(f"{name}: is not in {encoding}; save it as UTF-8", source=name) from error


def _guessed(source: Raw) -> str | None:
    """The text in UTF-8, in the encoding that the source declares, or in the one that reads best."""
    data = source.data
    if b"\x1b" in data[:100_000] and (codec := guessed(data)) in ESCAPED:
        return data.decode(codec)
    declared = _CHARSET.search(data[:4096])
    name = (declared[1] or declared[2]).decode("ascii") if declared else None
    for encoding in ("utf-8", source.encoding, name):
        try:
            if encoding and _is_plausible(data, encoding):
                return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    if (text := mended(data)) is not None:
        return text
    best = guessed(data)
    return data.decode(best) if best else None


def _is_plausible(data: bytes, encoding: str) -> bool:
    """Whether a codec is one for text, and not one that takes any bytes with control characters among them."""
    if codecs.lookup(encoding).name in ("utf-8", "ascii"):
        return True
    return not _CONTROL.search(data.decode(encoding)[:20_000])
