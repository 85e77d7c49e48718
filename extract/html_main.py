"""Which passages of a page are the article: those of the element around which its running text is gathered.

The scores follow Arc90's Readability in Mozilla's form: a paragraph counts for its parent, half for the element around
that, less for those further out; links take away from what an element has.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from alliancegraph.extract.bylines import biography
from alliancegraph.extract.passages import Passage

_LONG = 80
_SHORTEST = 25
_FOREIGN = 12
_LEVELS = 5
_SIBLING, _SIBLING_LEAST = 0.2, 10.0
_ENOUGH = 0.6
_CLIMB = 30
_FRONT = 12
_MOST_LINKS, _ALL_LINKS = 0.7, 0.95
_BASE = {
    "div": 5.0,
    "pre": 3.0,
    "td": 3.0,
    "blockquote": 3.0,
    "article": 5.0,
    "section": 3.0,
} | dict.fromkeys(("ul", "ol", "dl", "li", "dd", "dt", "address", "form", "tr"), -3.0)


@dataclass(frozen=True)
class Placed:
    """A passage of a page: the element and the container that it stands in, whether in a header or footer of the page.

    `foreign` says that an element around it is named as something that never is the article's.
    """

    passage: Passage
    element: int
    container: int
    outside: bool
    foreign: bool


@dataclass(frozen=True)
class Region:
    """An `article` or `main` element, or one that is marked as an article's body, and the one around it."""

    kind: str
    parent: int
    depth: int = 0


@dataclass
class Tree:
    """The block elements of a page by number: tag, parent, and the passages `[first, end)` that each holds."""

    tags: list[str] = field(default_factory=lambda: ["html"])
    parents: list[int] = field(default_factory=lambda: [-1])
    first: list[int] = field(default_factory=lambda: [0])
    end: list[int] = field(default_factory=lambda: [0])

    def opened(self, tag: str, parent: int, passages: int) -> int:
        """The number of an element that begins after so many passages."""
        self.tags.append(tag)
        self.parents.append(parent)
        self.first.append(passages)
        self.end.append(passages)
        return len(self.tags) - 1

    def closed(self, element: int, passages: int) -> None:
        """Note that an element ends after so many passages."""
        self.end[element] = passages


def article_passages(found: Sequence[Placed], regions: Sequence[Region], tree: Tree) -> list[Passage]:
    """The passages of the article, and the short lines above it in which title, byline and date may stand."""
    own = [i for i, one in enumerate(found) if not one.foreign]
    own = (
        own if _prose(found, own) * _FOREIGN >= _prose(found, range(len(found))) else list(range(len(found)))
    )
    inside = [i for i in own if not found[i].outside or found[i].passage.label == "1"]
    chosen = _region(found, inside, regions)
    plain = [i for i in chosen if not found[i].passage.hinted]
    hinted = _prose(found, plain) * 4 >= _prose(found, chosen)
    chosen = _gathered(found, plain, tree) if hinted else _gathered(found, chosen, tree)
    passages = [replace(found[i].passage, hinted=False) for i in chosen]
    return [p for p, gone in zip(passages, _gone(passages), strict=True) if not gone]


def _region(found: Sequence[Placed], inside: Sequence[int], regions: Sequence[Region]) -> list[int]:
    """The passages of the region that holds most of the running text; all where none does."""
    for kind in ("article", "main", "body"):
        best = max(_within(found, inside, regions, kind), key=lambda held: _prose(found, held), default=[])
        if best and _prose(found, best) * 2 >= _prose(found, inside):
            before = (i for i in inside if i < best[0])
            return [i for i in before if _is_main_heading(found[i].passage)] + best
    return list(inside)


def _is_main_heading(passage: Passage) -> bool:
    return passage.kind == "heading" and passage.label == "1"


def _within(
    found: Sequence[Placed], inside: Sequence[int], regions: Sequence[Region], kind: str
) -> list[list[int]]:
    """For each region of a kind, what it holds, with what the regions in it hold."""
    holds: dict[int, list[int]] = defaultdict(list)
    for index in inside:
        number = found[index].container
        while number > 0:
            holds[number].append(index)
            number = regions[number].parent
    return [held for number, held in holds.items() if regions[number].kind == kind]


def _prose(found: Sequence[Placed], numbers: Sequence[int]) -> int:
    passages = (found[i].passage for i in numbers)
    return sum(len(p.text) for p in passages if len(p.text) >= _LONG and p.links < 0.5)


def _gathered(found: Sequence[Placed], numbers: Sequence[int], tree: Tree) -> list[int]:
    """Of some passages, those of the best element and its like beside it, notes, and short lines close above."""
    scores = _scores(found, numbers, tree)
    if not scores:
        return list(numbers)
    best = max(scores, key=lambda element: (scores[element], -element))
    enough = _ENOUGH * _prose(found, numbers)
    for _ in range(_CLIMB):
        if best <= 0 or _prose(found, _of(best, numbers, tree)) >= enough:
            break
        best = tree.parents[best]
    least = max(_SIBLING_LEAST, scores.get(best, 0.0) * _SIBLING)
    beside = {e for e, score in scores.items() if tree.parents[e] == tree.parents[best] and score >= least}
    chosen = {i for element in {best, *beside} for i in _of(element, numbers, tree)}
    start = min(chosen)
    above = [i for i in numbers if i < start]
    front = [i for i in above if _is_main_heading(found[i].passage)] + above[-_FRONT:]
    chosen |= {i for i in front if not found[i].passage.is_prose}
    chosen |= {i for i in numbers if found[i].passage.kind == "footnote"}
    chosen |= {i for i in numbers if i > start and biography(found[i].passage) is not None}
    return sorted(chosen)


def _of(element: int, numbers: Sequence[int], tree: Tree) -> Sequence[int]:
    return numbers[bisect_left(numbers, tree.first[element]) : bisect_left(numbers, tree.end[element])]


def _scores(found: Sequence[Placed], numbers: Sequence[int], tree: Tree) -> dict[int, float]:
    """What the running text in and near each element counts for it, less the share of its links."""
    direct = Counter(found[i].element for i in numbers)
    scores: dict[int, float] = {}
    for index in numbers:
        passage, element = found[index].passage, found[index].element
        if len(passage.text) < _SHORTEST or passage.kind in ("heading", "caption") or not passage.is_prose:
            continue
        worth = 1 + passage.string.count(",") + min(len(passage.text) / 100, 3)
        around = element if direct[element] > 1 else tree.parents[element]
        if tree.tags[around] == "blockquote":
            around = tree.parents[around]
        for level in range(_LEVELS):
            if around <= 0:
                break
            scores.setdefault(around, _BASE.get(tree.tags[around], 0.0))
            scores[around] += worth / (1, 2, 6, 9, 12)[level]
            around = tree.parents[around]
    linked = _linked(found, numbers, tree, scores)
    return {element: score * (1 - linked[element]) for element, score in scores.items()}


def _linked(
    found: Sequence[Placed], numbers: Sequence[int], tree: Tree, elements: dict[int, float]
) -> dict[int, float]:
    """The share of each element's characters that stand in links."""
    size, links = [0.0], [0.0]
    wanted = set(numbers)
    for index, one in enumerate(found):
        length = len(one.passage.text) if index in wanted else 0
        size.append(size[-1] + length)
        links.append(links[-1] + length * one.passage.links)
    spans = {element: (tree.first[element], tree.end[element]) for element in elements}
    return {e: (links[b] - links[a]) / max(1.0, size[b] - size[a]) for e, (a, b) in spans.items()}


def _gone(passages: Sequence[Passage]) -> list[bool]:
    """For each passage, whether it leads elsewhere, or is a heading above nothing else."""
    gone = [_is_links(p) for p in passages]
    empty = False
    for index in range(len(passages) - 1, -1, -1):
        passage = passages[index]
        if passage.kind == "heading" and passage.label != "1" and empty:
            gone[index] = True
        empty = gone[index] and passage.kind in ("item", "heading")
    return gone


def _is_links(passage: Passage) -> bool:
    """Whether it is there to lead elsewhere; a heading, name or note may be one link."""
    least = _ALL_LINKS if passage.ends_sentence else _MOST_LINKS
    return passage.kind == "item" and passage.links > least
