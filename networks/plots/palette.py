"""Colours, shapes and line styles: those of the interactive page for sides, Okabe and Ito's (2008) for groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from alliancegraph.networks.stances import FAVOUR, NEITHER, OPPOSITION

INK: Final = "#1F2530"
SOFT: Final = "#5A6472"
FAINT: Final = "#D5D9DF"
PAPER: Final = "#FFFFFF"
MIDDLE: Final = "#F4F4F2"
GROUPS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000")
GROUP_MARKERS: Final = ("o", "s", "D", "^", "v", "P", "X")
REST: Final = "#A0A7B1"


@dataclass(frozen=True, slots=True)
class Mark:
    """How one side is drawn: its word, colour, marker, hatching and line style, so that it is seen without colour too."""

    word: str
    colour: str
    marker: str
    hatch: str
    dashes: tuple[float, ...]


MARKS: Final = {
    FAVOUR: Mark("favour", "#00806E", "^", "", ()),
    OPPOSITION: Mark("opposition", "#D1480B", "v", "//////", (3.0, 1.6)),
    NEITHER: Mark("no side", "#A0A7B1", "o", "", (1.0, 1.5)),
}
"""The marks of the sides, in the colours that they have on the interactive page."""


def group_colour(number: int) -> str:
    """The colour of a group; all after the seventh share a grey."""
    return GROUPS[number] if number < len(GROUPS) else REST


def group_marker(number: int) -> str:
    """The shape of a group's marker."""
    return GROUP_MARKERS[number] if number < len(GROUP_MARKERS) else "o"
