"""Web archives (WARC): each page, text or document file that a crawler was given, called by its address."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from typing import IO, TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from alliancegraph.extract.decoding import decoded
from alliancegraph.extract.formats import Extracted, Hints, unpacked
from alliancegraph.extract.kinds import is_packed, kind_of_type
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.sources import LIMIT, PACKED_LIMIT, Raw
from alliancegraph.ontology.errors import NotText, ReaderMissing, ReadingError, TooLarge

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_GIVEN: Final = ("response", "resource", "conversion")
_FOUND: Final = "200"
_ROBOTS: Final = "/robots.txt"


class _Whole:
    """A stream that says so when it breaks off, where warcio would take that for its end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = cast(io.BufferedIOBase, stream)

    def read(self, size: int) -> bytes:
        """Some bytes, at most so many."""
        try:
            return self._stream.read1(size)
        except (EOFError, zlib.error) as error:
            raise OSError("it breaks off") from error


def several(stream: IO[bytes], name: str, hints: Hints) -> Iterator[Extracted | ReadingError]:
    """The documents of a web archive; raises NotText for one that is damaged or holds none, and ReaderMissing."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        message = f"{name}: web archives are read with warcio; install it: pip install 'alliancegraph[warc]'"
        raise ReaderMissing(message, source=name) from error
    known: dict[str, set[bytes]] = {}
    try:
        for record in ArchiveIterator(_Whole(stream)):
            yield from _document(record, name, hints, known)
    except (ArchiveLoadFailed, OSError, ValueError) as error:
        what = f"is damaged after {[*known][-1]}" if known else "is no readable web archive"
        raise NotText(f"{name}: {what}; get the file again", source=name) from error
    if not known:
        raise NotText(f"{name}: holds no page that was found; archive the articles again", source=name)


def _document(
    record: ArcWarcRecord, name: str, hints: Hints, known: dict[str, set[bytes]]
) -> Iterator[Extracted | ReadingError]:
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    media_type, charset = _type(record)
    if record.rec_type not in _GIVEN or not media_type or not address or _ROBOTS in urlsplit(address).path:
        return
    limit = PACKED_LIMIT if is_packed(media_type) else LIMIT
    data = record.content_stream().read(limit + 1)
    digest = hashlib.sha256(data).digest()
    if digest in known.setdefault(address, set()):
        return
    moment = record.rec_headers.get_header("WARC-Date") or str(len(known[address]) + 1)
    key = f"{address}@{moment}" if known[address] else address
    known[address].add(digest)
    try:
        yield _extracted(Raw(data, f"{name}#{key}", media_type, charset), limit, hints, key, address)
    except ReadingError as error:
        yield error


def _type(record: ArcWarcRecord) -> tuple[str | None, str | None]:
    """The media type and charset of a page, a text or a file that is read; nothing for what is not, or was not found."""
    headers = record.http_headers or record.rec_headers
    if record.http_headers is not None and record.http_headers.get_statuscode() != _FOUND:
        return None, None
    written = Message()
    written["Content-Type"] = headers.get_header("Content-Type") or ""
    kind = kind_of_type(written.get_content_type())
    is_read = kind is not None and not kind.many and "Content-Type" in written
    return (kind.media_types[0], written.get_content_charset()) if kind and is_read else (None, None)


def _extracted(source: Raw, limit: int, hints: Hints, key: str, address: str) -> Extracted:
    if len(source.data) > limit:
        raise TooLarge(
            f"{source.name}: larger than {limit // 1024**2} MiB; save its articles as files",
            source=source.name,
        )
    stated = Stated(url=address)
    if is_packed(source.media_type):
        found = unpacked(source)
        return replace(
            found,
            stated=found.stated.completed(stated),
            media_type=found.media_type or source.media_type,
            name=key,
        )
    text = decoded(source, hints.encoding)
    return Extracted(text, stated, leads=True, media_type=source.media_type, name=key)
