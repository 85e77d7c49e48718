"""From a file, standard input or web address to a `Document`."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO

from alliancegraph.extract.article import article
from alliancegraph.extract.datelines import day_in
from alliancegraph.extract.decoding import decoded
from alliancegraph.extract.english import is_english
from alliancegraph.extract.fields import language_tag
from alliancegraph.extract.formats import Extracted, Hints, several, unpacked
from alliancegraph.extract.kinds import HTML, TEXT, holds_many, is_packed, kind_of_name, kind_of_type
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.model import Document
from alliancegraph.extract.sources import STDIN, Raw, opened, raw
from alliancegraph.ontology.errors import (
    NotEnglish,
    NotText,
    ReadingError,
    SourceNotFound,
    TooLarge,
    UsageError,
)

ENGLISH = "en"
DOCUMENT = "https://w3id.org/alliancegraph/document/"
LONGEST = 1_000_000
"""The most characters of an article's text, as much as a book of 600 pages holds."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOKS_HTML = re.compile(
    r"\ufeff?\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read(source: str, *, encoding: str | None = None, date: str | None = None) -> Document:
    """The document at a path, at a web address or on standard input (`-`); `FILE#NAME` is one in a file of many.

    `encoding` overrules what is found out, `date` (`YYYY[-MM[-DD]]`) what the source says of its own date. Raises
    SourceNotFound, TooLarge, NotText or NotEnglish, each with a line that says what to do, and UsageError for a file
    with several documents.
    """
    found = list(islice(read_all(source, hints=Hints(encoding), date=date), 2))
    if len(found) != 1:
        raise UsageError(
            f"{source}: holds several documents; read them with read_all, or one as {source}#NAME"
        )
    if isinstance(found[0], ReadingError):
        raise found[0]
    return found[0]


def read_all(
    source: str, *, hints: Hints | None = None, date: str | None = None, name: str | None = None
) -> Iterator[Document | ReadingError]:
    """Each document of a source, or the error that says why it is none; a source that is not read at all raises it.

    Most sources are one document. Those in a file of many are called `FILE#NAME`, and so may one be asked for. `name`
    is what the file is called instead of its own name.
    """
    check_date(date)
    hints = hints or Hints()
    for found in contents(source, hints=hints, name=name):
        if isinstance(found, ReadingError):
            yield found
        elif isinstance(found.body, Raw):
            yield read_content(found, encoding=hints.encoding, date=date)
        else:
            try:
                yield read_content(found, date=date)
            except ReadingError as error:
                yield error


def check_date(date: str | None) -> None:
    """Raise `UsageError` for a date that a user gave and that is none."""
    if date is not None and not (_DATE.fullmatch(date) and day_in(date) == date):
        raise UsageError(f"{date}: is no date; write it as YYYY, YYYY-MM or YYYY-MM-DD")


@dataclass(frozen=True, slots=True)
class Content:
    """What a document will be read from: the bytes of its file, or what a file of many holds of it.

    `source` is its name, `media_type` that of the file. It is small, and may be sent to where the reading is done.
    """

    source: str
    body: Raw | Extracted
    media_type: str | None

    @property
    def size(self) -> int:
        """About so many bytes."""
        return len(self.body.data) if isinstance(self.body, Raw) else len(self.body.text)


def contents(
    source: str, *, hints: Hints | None = None, name: str | None = None
) -> Iterator[Content | ReadingError]:
    """Each document of a source before it is read, which takes little time; else as `read_all`."""
    hints = hints or Hints()
    place, member = _divided(source)
    kind = kind_of_name(place) if place != STDIN and "://" not in place else None
    if kind is not None and kind.many and not Path(place).is_dir():
        with opened(place) as stream:
            yield from _several(stream, name or Path(place).name, kind.media_types[0], member, hints)
        return
    found = raw(source)
    public = name or found.name
    if (kind := kind_of_type(found.media_type)) and kind.many:
        yield from _several(io.BytesIO(found.data), public, found.media_type, None, hints)
    else:
        yield Content(public, replace(found, name=public), found.media_type)


def read_content(content: Content, *, encoding: str | None = None, date: str | None = None) -> Document:
    """The document; raises NotText, NotEnglish or TooLarge."""
    found = content.body
    if isinstance(found, Raw):
        found = unpacked(found) if is_packed(found.media_type) else Extracted(decoded(found, encoding))
    return document(
        found.text,
        content.source,
        media_type=found.media_type or content.media_type,
        date=date,
        properties=found.stated,
        leads=found.leads,
    )


def _divided(source: str) -> tuple[str, str | None]:
    """A path, and the name of the document that is asked for in a file of many."""
    if "#" not in source or "://" in source.partition("#")[0] or Path(source).exists():
        return source, None
    path, _, member = source.partition("#")
    while not holds_many(path) and "#" in member:
        more, _, member = member.partition("#")
        path += f"#{more}"
    return (path, member) if holds_many(path) else (source, None)


def _several(
    stream: IO[bytes], file: str, media_type: str | None, member: str | None, hints: Hints
) -> Iterator[Content | ReadingError]:
    missing = member is not None
    for found in several(stream, file, media_type or "", hints):
        if member is not None and (isinstance(found, ReadingError) or found.name != member):
            continue
        missing = False
        if isinstance(found, ReadingError):
            yield found
        else:
            yield Content(file if found.name is None else f"{file}#{found.name}", found, media_type)
    if missing:
        raise SourceNotFound(f"{file}: holds no document called {member}; check the name", source=file)


def document(
    text: str,
    source: str,
    *,
    media_type: str | None = None,
    date: str | None = None,
    properties: Stated | None = None,
    leads: bool = False,
) -> Document:
    """The document that a text is, with the title, authors, publisher, date, language and address that it states.

    `properties` are what the file around it states: they count where the text says nothing or, if they lead, before it.
    """
    text = _SURROGATE.sub("\ufffd", text)
    kind = _kind(text, media_type)
    found = article(text, kind)
    if not any(c.isalnum() for p in found.passages for c in p.string[:1000]):
        if any(c.isalnum() for c in found.sample) and not is_english(found.sample):
            raise NotEnglish(f"{source}: is not in English; give the article's English text", source=source)
        raise NotText(
            f"{source}: no article text found; save the article itself as .txt, .md or .html", source=source
        )
    if not is_english(found.sample):
        raise NotEnglish(f"{source}: is not in English; give the article's English text", source=source)
    if (size := sum(len(p.text) for p in found.passages)) > LONGEST:
        raise TooLarge(
            f"{source}: holds {size / 1e6:.1f} million characters of text; split it into its articles",
            source=source,
        )
    outer = properties or Stated()
    stated = outer.completed(found.stated) if leads else found.stated.completed(outer)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        iri=f"{DOCUMENT}{digest[:16]}",
        text=text,
        source=source,
        media_type=kind,
        title=stated.title,
        authors=stated.authors,
        publisher=stated.publisher,
        date=date or stated.date,
        language=_english(stated.language),
        url=stated.url,
    )


def _english(stated: str | None) -> str:
    """The kind of English that is stated; the text was found to be English, whatever else is stated."""
    tag = language_tag(stated or "") or ENGLISH
    return tag if tag.partition("-")[0] == ENGLISH else ENGLISH


def _kind(text: str, media_type: str | None) -> str:
    if media_type is not None and is_packed(media_type):
        return media_type
    kind = kind_of_type(media_type)
    if (kind and HTML in kind.media_types) or _LOOKS_HTML.match(text):
        return HTML
    return media_type or TEXT
