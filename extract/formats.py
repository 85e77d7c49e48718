"""Files that are no plain text: which reader takes the text out of each, and what a reader gives back."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from alliancegraph.extract.bylines import cased, is_name, names
from alliancegraph.extract.kinds import kind_of_type
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.sources import LIMIT, Raw
from alliancegraph.ontology.errors import NotText, TooLarge


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, with light Markdown for its headings, lists and notes, and what its properties state.

    Where they lead, they count before what the text says of itself, else after it.
    """

    text: str
    stated: Stated = field(default_factory=Stated)
    leads: bool = False


def unpacked(source: Raw) -> Extracted:
    """The text of a file of such a type; raises ReadingError, NotText or TooLarge."""
    if not source.data:
        raise NotText(f"{source.name}: is empty; give the whole file", source=source.name)
    kind = kind_of_type(source.media_type)
    assert kind is not None
    module = importlib.import_module(f"alliancegraph.extract.{kind.reader}")
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
