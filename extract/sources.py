"""The bytes of a source: a file, standard input or a web address that the user names."""

from __future__ import annotations

import gzip
import http.client
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO, cast
from urllib.parse import urlsplit

from alliancegraph.extract.kinds import DOCX, EPUB, JSON_LINES, KINDS, PDF, WARC, is_packed, kind_of_name
from alliancegraph.ontology.errors import NotText, SourceNotFound, TooLarge

LIMIT = 4 * 1024 * 1024
"""The largest article that is read as text, in bytes; and the most characters of one in any format."""
PACKED_LIMIT = 64 * 1024 * 1024
"""The largest Word or PDF file or EPUB book, in bytes: pictures count too."""
TIMEOUT = 20.0
REDIRECTS = 5
STDIN = "-"
_SCHEMES = ("http", "https")
_AGENT = "alliancegraph (+https://w3id.org/alliancegraph/ontology)"
_TEXTUAL = ("text/", "application/xhtml+xml", "application/xml")
_ANY = ("text/plain", "application/octet-stream")
"""What servers say of files that they do not know."""
_ACCEPTED = ",".join(media_type for kind in KINDS for media_type in kind.media_types)


@dataclass(frozen=True, slots=True)
class Raw:
    """A source's bytes with its public name, its media type (None where unknown) and declared encoding."""

    data: bytes
    name: str
    media_type: str | None = None
    encoding: str | None = None


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """The bytes of a file of any size, unzipped where its name ends in .gz; raises SourceNotFound."""
    with ExitStack() as stack:
        with _explained(path):
            stream: IO[bytes] = stack.enter_context(Path(path).open("rb"))
        if path.casefold().endswith(".gz"):
            stream = cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=stream)))
        yield stream


def raw(source: str) -> Raw:
    """The bytes of a path, `-` or web address; raises SourceNotFound, TooLarge or NotText."""
    if source == STDIN:
        return _limited(sys.stdin.buffer, "stdin", None)
    if "://" in source[:12]:
        return _fetched(source)
    path = Path(source)
    with _explained(source):
        if path.is_dir():
            raise SourceNotFound(
                f"{path.name or source}: is a folder; name the articles in it", source=source
            )
        with path.open("rb") as stream:
            return _limited(stream, path.name, _type_of(path.name))


@contextmanager
def _explained(source: str) -> Iterator[None]:
    """Errors of the file system as SourceNotFound."""
    try:
        yield
    except FileNotFoundError as error:
        raise SourceNotFound(f"{source}: no such file; check the path", source=source) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceNotFound(
            f"{source}: cannot be read ({reason}); check the path and its permissions", source=source
        ) from error


def _type_of(name: str) -> str | None:
    kind = kind_of_name(name)
    return kind.media_types[0] if kind else None


def _limited(stream: IO[bytes], name: str, media_type: str | None, encoding: str | None = None) -> Raw:
    data = stream.read(LIMIT + 1)
    media_type = media_type or _signed(data)
    limit = PACKED_LIMIT if is_packed(media_type) else LIMIT
    data += stream.read(limit + 1 - len(data)) if len(data) <= limit else b""
    if len(data) > limit:
        raise TooLarge(f"{name}: larger than {limit // 1024**2} MiB; split it into its articles", source=name)
    return Raw(data, name, media_type, encoding)


def _signed(data: bytes) -> str | None:
    """The media type that the first bytes give away, where no suffix says it."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"WARC/1."):
        return WARC
    if data.startswith(b"{") and _is_object(data.partition(b"\n")[0]):
        return JSON_LINES
    if not data.startswith(b"PK\x03\x04"):
        return None
    if b"META-INF/container.xml" in data and b"mimetype" in data[:64]:
        return EPUB
    return DOCX if b"word/" in data else None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in _SCHEMES:
            fp.close()
            raise urllib.error.URLError("it leads to an address that is neither http nor https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """An opener for http and https alone: no files, no FTP."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _Redirects(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _fetched(url: str) -> Raw:
    if urlsplit(url).scheme not in _SCHEMES:
        raise SourceNotFound(
            f"{url}: only http and https addresses are read; save the article as a file", source=url
        )
    request = urllib.request.Request(
        url,
        headers={"User-Agent": _AGENT, "Accept": _ACCEPTED},
    )
    try:
        with _opener().open(request, timeout=TIMEOUT) as answer:
            headers = cast(Message, answer.headers)
            media_type = headers.get_content_type()
            if media_type in _ANY:
                media_type = _type_of(urlsplit(url).path) or media_type
            if not (media_type.startswith(_TEXTUAL) or is_packed(media_type)):
                raise NotText(
                    f"{url}: is {media_type}, not text; save the article as .txt, .md or .html", source=url
                )
            return _limited(answer, url, media_type, headers.get_content_charset())
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        reason = " ".join(str(getattr(error, "reason", None) or error).split())
        raise SourceNotFound(
            f"{url}: does not answer ({reason}); check the address or save the page as a file", source=url
        ) from error
