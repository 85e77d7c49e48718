"""Which positions of a graph count, and which side each stance takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from alliancegraph.graph.facts import local_name
from alliancegraph.graph.store import Store
from alliancegraph.networks.known import Known
from alliancegraph.ontology.alignment import polarity, stances
from alliancegraph.ontology.errors import UsageError
from alliancegraph.queries import resolve
from alliancegraph.queries.suggestions import did_you_mean

FAVOUR: Final = "1"
OPPOSE: Final = "0"
SIDES: Final = ("oppose", "favour", "own", "drop")
"""What concern and a neutral stance may count as: one of both sides, a side of its own, or nothing."""
VOICES: Final = ("author", "reported", "quoted")
EXTRACTION: Final = "extraction"
"""The coder of what was extracted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which positions of a graph count; empty filters let everything through.

    Actors, issues and documents are given by name, id or IRI; an issue stands for all narrower ones too, an actor also
    for those who speak for it where the variable is `organization` or `state`. `concern` and `neutral` are one of `SIDES`.
    """

    actors: Sequence[str] = ()
    issues: Sequence[str] = ()
    stances: Sequence[str] = ()
    voices: Sequence[str] = ()
    documents: Sequence[str] = ()
    sources: Sequence[str] = ()
    coders: Sequence[str] = ()
    concern: str = "oppose"
    neutral: str = "drop"
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        _known("stance", self.stances, stances())
        _known("voice", self.voices, VOICES)
        _known("side", (self.concern, self.neutral), SIDES)

    def side(self, stance: str) -> str | None:
        """The qualifier of a stance: `1` in favour, `0` in opposition, its own name where it is a side of its own."""
        if stance not in ("concern", "neutral"):
            return FAVOUR if local_name(polarity(stance)) == "Positive" else OPPOSE
        chosen = self.concern if stance == "concern" else self.neutral
        return {"oppose": OPPOSE, "favour": FAVOUR, "own": stance, "drop": None}[chosen]


def issues_under(
    store: Store, known: Known, issues: Iterable[str], all_issues: Iterable[str]
) -> frozenset[str]:
    """Of all issues those that were given, and all that are narrower, by IRI; raise `QueryError` for an unknown one."""
    wanted = {resolve(store, "issue", issue) for issue in issues}
    return frozenset(issue for issue in all_issues if not wanted.isdisjoint(_upwards(known, issue)))


def _upwards(known: Known, issue: str) -> set[str]:
    found: set[str] = set()
    waiting = [issue]
    while waiting:
        above = waiting.pop()
        if above not in found:
            found.add(above)
            waiting += known.broader(above)
    return found


def _known(what: str, given: Iterable[str], there_are: Sequence[str]) -> None:
    for word in given:
        if word not in there_are:
            near = did_you_mean(word, there_are) or f"choose one of {', '.join(there_are)}"
            raise UsageError(f"no {what} is called {word!r}; {near}")
