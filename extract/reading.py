"""From a file, standard input or web address to a `Document`."""

from __future__ import annotations

import hashlib
import re

from alliancegraph.extract.article import article
from alliancegraph.extract.datelines import day_in
from alliancegraph.extract.decoding import decoded
from alliancegraph.extract.english import is_english
from alliancegraph.extract.fields import language_tag
from alliancegraph.extract.formats import Extracted, unpacked
from alliancegraph.extract.kinds import HTML, TEXT, is_packed, kind_of_type
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.model import Document
from alliancegraph.extract.sources import raw
from alliancegraph.ontology.errors import NotEnglish, NotText, UsageError

ENGLISH = "en"
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
    inside = unpacked(found) if is_packed(found.media_type) else Extracted(decoded(found, encoding))
    return document(
        inside.text,
        found.name,
        media_type=found.media_type,
        date=date,
        properties=inside.stated,
        leads=inside.leads,
    )


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
