"""How the page looks: colours, shapes and wording, from `assets/style.json`, and the sizes by which labels are placed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

ASSETS: Final = Path(__file__).parent / "assets"
LABEL_SIZE: Final = 13  # pixels
LINE_HEIGHT: Final = 16
CHARACTER_WIDTH: Final = 7.0
LINE_LENGTH: Final = 20

Record: TypeAlias = dict[str, Any]
"""What the page holds of one thing, as JSON has it."""


@cache
def page_style() -> Record:
    """Colours, shapes and wording of the page."""
    found: Record = json.loads((ASSETS / "style.json").read_text(encoding="utf-8"))
    return found


def last(term: str) -> str:
    """The local name of an IRI or prefixed name; other words as they are."""
    return term.replace("#", "/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def canonical(value: Any) -> str:
    """A record as a text by which records can be put in one order."""
    return json.dumps(value, sort_keys=True)
