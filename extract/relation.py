"""A relation as it is found at one place of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A relation found at one place `[start, end)` of the cleaned text."""

    subject: str
    predicate: str
    object: str
    start: int
    end: int
    confidence: float
    role: str | None = None
