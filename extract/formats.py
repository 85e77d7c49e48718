"""Files that are no plain text: which reader takes the text out of each, and what a reader gives back."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import IO, cast

from alliancegraph.extract.bylines import cased, is_name, names
from alliancegraph.extract.kinds import kind_of_type
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.sources import LIMIT, Raw
from alliancegraph.ontology.errors import NotText, ReadingError, TooLarge


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, with light Markdown for its headings, lists and notes, and what its properties state.

    Where they lead, they count before what the text says of itself, else after it. `media_type` is the text's own
    where it is not the file's, `name` what the document is called in a file of many.
    """

    text: str
    stated: Stated = field(default_factory=Stated)
    leads: bool = False
    media_type: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What a user says of a file that it may not say itself: its encoding, and its columns by field."""

    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


_Several = Callable[[IO[bytes], str, Hints], Iterator[Extracted | ReadingError]]


def unpacked(source: Raw) -> Extracted:
    """The text of a file of such a type; raises ReadingError, NotText or TooLarge."""
    if not source.data:
        raise NotText(f"{source.name}: is empty; give the whole file", source=source.name)
    found = cast(Callable[[Raw], Extracted], _reader(source.media_type).extracted)(source)
    if len(found.text) > LIMIT:
        raise TooLarge(
            f"{source.name}: holds more than {LIMIT // 1024**2} million characters; split it into its articles",
            source=source.name,
        )
    return found


def several(
    stream: IO[bytes], name: str, media_type: str, hints: Hints
) -> Iterator[Extracted | ReadingError]:
    """The documents in a file of many, each its text or the error that says why there is none."""
    reader = cast(_Several, _reader(media_type).several)
    yield from reader(stream, name, hints)


def _reader(media_type: str | None) -> ModuleType:
    kind = kind_of_type(media_type)
    assert kind is not None
    return importlib.import_module(f"alliancegraph.extract.{kind.reader}")


def people(written: str) -> tuple[str, ...]:
    """Persons' names in an author property; what looks like a login or an institution is none."""
    found, _ = names(written)
    if found or "," not in written:
        return tuple(name for name in found if " " in name)
    last, _, first = written.partition(",")
    name = f"{first.strip()} {last.strip()}"
    return (cased(name),) if is_name(name) else ()
