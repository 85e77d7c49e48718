"""Web archives (WARC): each page, text or document file that a crawler was given, called by its address."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, replace
from email.message import Message
from typing import IO, TYPE_CHECKING, Final, cast

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


@dataclass(frozen=True, slots=True)
class _Given:
    """What a crawler was given at an address."""

    address: str
    moment: str
    media_type: str
    charset: str | None
    data: bytes


def several(stream: IO[bytes], name: str, hints: Hints) -> Iterator[Extracted | ReadingError]:
    """The documents of a web archive; raises NotText for one that is damaged or holds none, and ReaderMissing."""
    known: dict[str, list[str]] = {}
    names: set[str] = set()
    for given in _all_given(stream, name):
        digest = hashlib.sha256(given.data).hexdigest()
        before = known.setdefault(given.address, [])
        if digest in before:
            continue
        before.append(digest)
        key = given.address if len(before) == 1 else f"{given.address}@{given.moment}"
        key = key if key not in names else f"{key}.{len(before)}"
        names.add(key)
        try:
            yield _extracted(given, name, key, hints)
        except ReadingError as error:
            yield error
    if not known:
        raise NotText(f"{name}: holds no page that was found; archive the articles again", source=name)


def _all_given(stream: IO[bytes], name: str) -> Iterator[_Given]:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        message = f"{name}: web archives are read with warcio; install it: pip install 'alliancegraph[warc]'"
        raise ReaderMissing(message, source=name) from error
    last = None
    records = ArchiveIterator(_Whole(stream))
    while True:
        try:
            with redirect_stderr(io.StringIO()):  # where warcio remarks on records
                record = next(records, None)
                given = _given(record) if record is not None else None
        except Exception as error:  # warcio has no error for some kinds of damage
            what = f"is damaged after {last}" if last else "is no readable web archive"
            raise NotText(f"{name}: {what}; get the file again", source=name) from error
        if record is None:
            return
        if given is not None:
            last = given.address
            yield given


def _given(record: ArcWarcRecord) -> _Given | None:
    """The page, text or file in a record; nothing where it is another thing, or was not found."""
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    media_type, charset = _type(record)
    if record.rec_type not in _GIVEN or not media_type or not address or address.endswith(_ROBOTS):
        return None
    moment = record.rec_headers.get_header("WARC-Date") or ""
    return _Given(address, moment, media_type, charset, record.content_stream().read(_limit(media_type) + 1))


def _limit(media_type: str) -> int:
    return PACKED_LIMIT if is_packed(media_type) else LIMIT


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


def _extracted(given: _Given, file: str, key: str, hints: Hints) -> Extracted:
    source = Raw(given.data, f"{file}#{key}", given.media_type, given.charset)
    limit = _limit(given.media_type)
    if len(given.data) > limit:
        message = f"{source.name}: larger than {limit // 1024**2} MiB; save its articles as files"
        raise TooLarge(message, source=source.name)
    stated = Stated(url=given.address)
    if not is_packed(given.media_type):
        text = decoded(source, hints.encoding)
        return Extracted(text, stated, leads=True, media_type=given.media_type, name=key)
    found = unpacked(source)
    media_type = found.media_type or given.media_type
    return replace(found, stated=found.stated.completed(stated), media_type=media_type, name=key)
