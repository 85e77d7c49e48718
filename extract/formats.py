"""Files that are no plain text: which reader takes the text out of each, and what a reader gives back."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

from alliancegraph.extract.bylines import cased, is_name, names
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.sources import DOCX, LIMIT, PDF, Raw
from alliancegraph.ontology.errors import NotText, TooLarge

_READERS: Final = {DOCX: "formats_docx", PDF: "formats_pdf"}


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, with light Markdown for its headings, lists and notes, and what its properties state."""

    text: str
    stated: Stated = field(default_factory=Stated)


def is_packed(media_type: str | None) -> bool:
    """Whether files of a media type hold their text in a form of their own."""
    return media_type in _READERS


def unpacked(source: Raw) -> Extracted:
    """The text of a file of such a type; raises ReadingError, NotText or TooLarge."""
    if not source.data:
        raise NotText(f"{source.name}: is empty; give the whole file", source=source.name)
    module = importlib.import_module(f"alliancegraph.extract.{_READERS[source.media_type or '']}")
    found = cast(Callable[[Raw], Extracted], module.extracted)(source)
    if len(found.text) > LIMIT:
        raise TooLarge(
            f"{source.name}: holds more than {LIMIT // 1024**2} million characters; split it into its articles",
            source=source.name,
        )
    return found


def people(written: str) -> tuple[str, ...]:
    """Persons' names in an author property; what looks like a login or an institution is none."""
    found, _ = names(written)
    if found or "," not in written:
        return tuple(name for name in found if " " in name)
    last, _, first = written.partition(",")
    name = f"{first.strip()} {last.strip()}"
    return (cased(name),) if is_name(name) else ()
