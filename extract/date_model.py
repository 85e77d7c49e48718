"""A date phrase: the words of a text that give a date, and what they mean before an anchor is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ABSOLUTE: Final = "absolute"
YEARLESS: Final = "yearless"
WEEKDAY: Final = "weekday"
SHIFT: Final = "shift"


@dataclass(frozen=True, slots=True, order=True)
class DatePhrase:
    """The range `[start, end)` of a text that gives a date.

    `kind` is `absolute` (then `edtf` is the date), `yearless` (`tail` is the date without its year, `-03-14`),
    `weekday` (of the week `count` weeks on, where `unit` is given) or `shift` (`count` units of `unit` from the base). `base` is `anchor`, the document's date, `previous`,
    the date told before, or `event`, the event named after it. `direction` is -1 for last, 1 for next, 0 for neither. `lead` is the
    preposition in front, in lower case, since "by 2030" and "before 1953" do not date an event as "in" does.
    """

    start: int
    end: int
    text: str
    kind: str
    edtf: str | None = None
    tail: str = ""
    weekday: int = 0
    unit: int = 0
    count: int = 0
    direction: int = 0
    base: str = "anchor"
    lead: str = ""
