"""The lines of a corpus one by one, so that a file of any size is read in little memory."""

from __future__ import annotations

import codecs
import io
import zlib
from typing import IO, Final, Self, cast

from alliancegraph.extract.encodings import guessed
from alliancegraph.ontology.errors import BadRow, NotText

LONGEST: Final = 16 * 1024 * 1024
"""The longest line that is read, in bytes."""
_HEAD: Final = 1024 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Lines:
    """Yields each line as text with its end; after a line that raises BadRow the next one can be asked for.

    Use it in a `with` statement, at whose end the stream is left as it is. `number` is the line last read, from 1 on, and `last` its text.
    """

    def __init__(self, stream: IO[bytes], name: str, encoding: str | None = None) -> None:
        """Read from a stream; without an encoding named, UTF-8 or what the first lines seem to be in."""
        self.name, self.number, self.last = name, 0, ""
        self._stream = io.BufferedReader(cast(io.RawIOBase, stream), _HEAD)
        self._text: io.TextIOWrapper | None = None
        self._encoding = encoding
        self._started = False

    def __enter__(self) -> Self:
        """The lines."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the stream."""
        if self._text is not None:
            self._text.detach()
        self._stream.detach()

    def __iter__(self) -> Self:
        """The lines that are still to come."""
        return self

    def __next__(self) -> str:
        """The next line."""
        try:
            if not self._started:
                self._start()
            self.last = self._next()
        except UnicodeError as error:
            raise self._broken("is in no encoding that is known; save it as UTF-8") from error
        except (OSError, EOFError, zlib.error) as error:
            raise self._broken("cannot be read on; get the file again") from error
        if not self.last:
            raise StopIteration
        return self.last

    def _broken(self, what: str) -> NotText:
        return NotText(f"{self.name}: after line {self.number} it {what}", source=self.name)

    def _start(self) -> None:
        self._started = True
        head = self._stream.peek(1)[:_HEAD]
        wide = next((codec for mark, codec in _MARKS if head.startswith(mark)), None)
        if wide:
            self._text = io.TextIOWrapper(self._stream, encoding=wide, newline="\n")
            return
        if head.startswith(codecs.BOM_UTF8):
            self._stream.read(len(codecs.BOM_UTF8))
        whole = head[: head.rfind(b"\n") + 1] or head
        if self._encoding is None and not _is_in(whole, "utf-8"):
            self._encoding = guessed(whole)

    def _next(self) -> str:
        reader = self._text or self._stream
        line = reader.readline(LONGEST)
        self.number += bool(line)
        if len(line) == LONGEST:
            while len(reader.readline(LONGEST)) == LONGEST:
                pass
            raise self.bad(
                self.number, f"is longer than {LONGEST // 1024**2} MiB; split it into its articles"
            )
        return line if isinstance(line, str) else self._decoded(line)

    def _decoded(self, line: bytes) -> str:
        for codec in ("utf-8", self._encoding, guessed(line) if not line.isascii() else None):
            if codec and _is_in(line, codec):
                return line.decode(codec)
        raise self.bad(self.number, "is in an encoding that cannot be told; save the file as UTF-8")

    def bad(self, number: int, what: str) -> BadRow:
        """The error for a line, or for a row that begins there."""
        return BadRow(f"{self.name}: line {number} {what}", source=self.name, line=number)


def _is_in(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeError, LookupError):
        return False
    return True
