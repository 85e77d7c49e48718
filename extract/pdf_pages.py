"""The pages of a PDF as pieces of text with their places, read by a process of its own with bounds on time and memory."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from alliancegraph.extract.pdf_child import MEMORY, SECONDS
from alliancegraph.extract.sources import LIMIT, Raw
from alliancegraph.ontology.errors import NotText, ReadingError, TooLarge

PAGES: Final = 1_000
_CHILD: Final = "alliancegraph.extract.pdf_child"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one size on one baseline; places are in points from the page's lower left corner."""

    left: float
    right: float
    base: float
    size: float
    bold: bool
    text: str


def on_line(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand on one line, be one of them raised."""
    return abs(one.base - other.base) < 0.5 * max(one.size, other.size)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is shown."""

    width: float
    height: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a PDF, and its properties by name."""

    pages: tuple[Page, ...]
    properties: Mapping[str, str]


def pages(source: Raw) -> Pages:
    """The pages of a PDF; raises NotText, TooLarge, or ReadingError where the extra package is missing."""
    if importlib.util.find_spec("pypdfium2") is None:
        raise ReadingError(
            f"{source.name}: PDF files need one more package; run: pip install 'alliancegraph[pdf]'",
            source=source.name,
        )
    found = _contents(source)
    if problem := found.get("problem"):
        raise _refusal(source.name, problem, found)
    return Pages(tuple(map(_page, found["pages"])), found["properties"])


def _page(found: dict[str, Any]) -> Page:
    return Page(found["width"], found["height"], tuple(Piece(*piece) for piece in found["pieces"]))


def _contents(source: Raw) -> dict[str, Any]:
    command = [sys.executable, "-m", _CHILD, *map(str, (PAGES, LIMIT, MEMORY))]
    try:
        done = subprocess.run(
            command, input=source.data, capture_output=True, timeout=SECONDS * 4, check=False
        )
        found = json.loads(done.stdout) if done.returncode == 0 else {"problem": "broke off"}
    except subprocess.TimeoutExpired:
        return {"problem": "broke off"}
    except ValueError:
        return {"problem": "damaged"}
    return found if isinstance(found, dict) else {"problem": "damaged"}


def _refusal(name: str, problem: str, found: Mapping[str, Any]) -> ReadingError:
    match problem:
        case "password":
            return NotText(f"{name}: has a password; save it again without one", source=name)
        case "pages":
            return TooLarge(
                f"{name}: has {found['count']:,} pages, more than {PAGES:,}; split it into its articles",
                source=name,
            )
        case "characters":
            return TooLarge(
                f"{name}: holds more than {LIMIT // 1024**2} million characters; split it into its articles",
                source=name,
            )
        case "broke off":
            return TooLarge(
                f"{name}: takes too much time or memory to open; save the article as .txt", source=name
            )
    return NotText(f"{name}: is no readable PDF (it is damaged); save it again, or as .txt", source=name)
