"""Pages that a browser saved as one file (MHTML): the page itself, without the pictures and styles beside it."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import Final

from alliancegraph.extract.decoding import decoded
from alliancegraph.extract.formats import Extracted
from alliancegraph.extract.kinds import HTML, TEXT, kind_of_type
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.sources import Raw
from alliancegraph.ontology.errors import NotText

_ADDRESSES: Final = ("Snapshot-Content-Location", "Content-Location")


def extracted(source: Raw) -> Extracted:
    """The page that a saved file holds, as HTML; raises NotText."""
    message = email.message_from_bytes(source.data)
    page = _page(message)
    data = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(data, bytes) or not data.strip():
        raise NotText(
            f"{source.name}: is no readable saved page; save it again as .html or .txt", source=source.name
        )
    kind = kind_of_type(page.get_content_type())
    media_type = kind.media_types[0] if kind else HTML
    text = decoded(Raw(data, source.name, media_type, page.get_content_charset()))
    return Extracted(
        text, Stated(title=_subject(message), url=_address(message, page)), media_type=media_type
    )


def _page(message: Message) -> Message | None:
    """The part that the message starts with; else its first page, else its first text."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    start = str(message.get_param("start") or "").strip()
    pages = [part for part in parts if _is_html(part)]
    started = [part for part in pages if start and str(part.get("Content-ID", "")).strip() == start]
    texts = [part for part in parts if part.get_content_type() == TEXT and "Content-Type" in part]
    return next(iter([*started, *pages, *texts]), None)


def _is_html(part: Message) -> bool:
    kind = kind_of_type(part.get_content_type())
    return kind is not None and HTML in kind.media_types


def _subject(message: Message) -> str | None:
    written = str(message.get("Subject", ""))
    try:
        return " ".join(str(make_header(decode_header(written))).split()) or None
    except (MessageError, LookupError, ValueError):
        return None


def _address(message: Message, page: Message) -> str | None:
    return next((a for a in _addresses(message, page) if a.startswith(("http://", "https://"))), None)


def _addresses(message: Message, page: Message) -> Iterator[str]:
    for name in _ADDRESSES:
        for part in (message, page):
            yield "".join(str(part.get(name, "")).split())
