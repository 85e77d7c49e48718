"""From a file, standard input or web address to a `Document`."""

from __future__ import annotations

import hashlib
import re

from alliancegraph.extract.article import HTML, article
from alliancegraph.extract.datelines import day_in
from alliancegraph.extract.decoding import decoded
from alliancegraph.extract.english import is_english
from alliancegraph.extract.formats import is_packed, unpacked
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.model import Document
from alliancegraph.extract.sources import raw
from alliancegraph.ontology.errors import NotEnglish, NotText, UsageError

DOCUMENT = "https://w3id.org/alliancegraph/document/"
_LOOKS_HTML = re.compile(
    r"\ufeff?\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read(source: str, *, encoding: str | None = None, date: str | None = None) -> Document:
    """The document at a path, at a web address or on standard input (`-`).

    `encoding` overrules what is found out, `date` (`YYYY[-MM[-DD]]`) what the source says of its own date. Raises
    SourceNotFound, TooLarge, NotText or NotEnglish, each with a line that says what to do.
    """
    if date is not None and not (_DATE.fullmatch(date) and day_in(date) == date):
        raise UsageError(f"{date}: is no date; write it as YYYY, YYYY-MM or YYYY-MM-DD")
    found = raw(source)
    if is_packed(found.media_type):
        inside = unpacked(found)
        return document(
            inside.text, found.name, media_type=found.media_type, date=date, properties=inside.stated
        )
    text = decoded(found, encoding)
    return document(text, found.name, media_type=found.media_type, date=date)


def document(
    text: str,
    source: str,
    *,
    media_type: str | None = None,
    date: str | None = None,
    properties: Stated | None = None,
) -> Document:
    """The document that a text is, with the title, authors, publisher and date that it states.

    `properties` are what the file around it states: they count where the text says nothing.
    """
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
    stated, outer = found.stated, properties or Stated()
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        iri=f"{DOCUMENT}{digest[:16]}",
        text=text,
        source=source,
        media_type=kind,
        title=stated.title or outer.title,
        authors=stated.authors or outer.authors,
        publisher=stated.publisher or outer.publisher,
        date=date or stated.date or outer.date,
    )


def _kind(text: str, media_type: str | None) -> str:
    if media_type is not None and is_packed(media_type):
        return media_type
    if media_type in (HTML, "application/xhtml+xml") or _LOOKS_HTML.match(text):
        return HTML
    return media_type or "text/plain"
