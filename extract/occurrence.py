"""An event of an article: its mentions, date and roles; and how dates of two mentions agree."""

from __future__ import annotations

from dataclasses import dataclass, field

from alliancegraph.extract.edtf import bounds
from alliancegraph.extract.happening import Happening


@dataclass
class Occurrence:
    """One event of the article: its mentions, date and roles."""

    type: str
    mentions: list[Happening]
    date: str | None = None
    iri: str | None = None
    roles: list[tuple[str, str, Happening]] = field(default_factory=list)

    @property
    def best(self) -> Happening:
        """The mention that names it best: a proper name, else the longest of the surest."""
        return max(self.mentions, key=lambda m: (m.iri is not None, m.confidence, -m.start))

    @property
    def actors(self) -> frozenset[str]:
        """All who take part."""
        return frozenset(actor for _, actor, _ in self.roles)

    def add(self, happening: Happening, date: str | None = None) -> None:
        """One more mention, with the date that it gives."""
        self.mentions.append(happening)
        self.date = finer(self.date, date)
        self.iri = self.iri or happening.iri
        self.roles += [(role, actor, happening) for role, actor in happening.roles]


def compatible(first: str | None, second: str | None) -> bool:
    """Whether two EDTF dates may be one: equal, one within the other, or one unknown."""
    if first is None or second is None:
        return True
    one, other = bounds(first), bounds(second)
    if one is None or other is None:
        return first == second
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


def finer(first: str | None, second: str | None) -> str | None:
    """The more precise of two compatible dates."""
    if first is None or second is None:
        return first or second
    one, other = bounds(first), bounds(second)
    return second if one and other and one[0] <= other[0] and other[1] <= one[1] else first
