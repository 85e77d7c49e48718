"""A position found at one place, with the grounds on which its confidence rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

FAVOUR: Final = {"supports": "favour", "proposes": "favour", "commits": "favour"}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for a claim: the features from which its confidence can be computed anew.

    `hit` is the kind of place that speaks of the issue (see `issues.WEIGHT`, or `anaphor` where the topic only takes it
    up), `frame` the frame's local name, `steps` the dependency steps from the place to the topic, `implicit` whether
    nobody is named who holds it, `acted` whether a deed shows it, `reference` how sure the holder is, `tag` the form of
    the word of attitude.
    """

    hit: str = ""
    frame: str = ""
    part_of_speech: str = ""
    steps: int = 0
    implicit: bool = False
    acted: bool = False
    hedged: bool = False
    ironic: bool = False
    former: bool = False
    reference: float = 1.0
    block: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A position found at one place `[start, end)` of the cleaned text."""

    holder: str
    stance: str
    issue: str
    start: int
    end: int
    voice: str
    confidence: float
    addressee: str | None = None
    head: int = -1
    grounds: Grounds = field(default_factory=Grounds)


def consistent(told: Sequence[Claim]) -> Iterator[Claim]:
    """Of one word of attitude and holder one stance on an issue: the surest, with all places that agree."""
    best: dict[tuple[str, str, int], Claim] = {}
    for claim in told:
        key = (claim.holder, claim.issue, claim.head)
        if key not in best or claim.confidence > best[key].confidence:
            best[key] = claim
    yield from (c for c in told if c.stance == best[c.holder, c.issue, c.head].stance)


def settled(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Without the sides that were left for another: "once opposed, now supports"."""
    now = {(c.holder, c.issue): FAVOUR.get(c.stance, c.stance) for c in claims if not c.grounds.former}
    for claim in claims:
        side = FAVOUR.get(claim.stance, claim.stance)
        if not claim.grounds.former or now.get((claim.holder, claim.issue), side) == side:
            yield claim


def merged(claims: Iterable[Claim]) -> dict[tuple[str, str, str], list[Claim]]:
    """Claims by holder, issue and stance."""
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.holder, claim.issue, claim.stance), []).append(claim)
    return found
