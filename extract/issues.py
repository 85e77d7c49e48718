"""Which issues an article discusses, and where: by phrase, and by words near each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from alliancegraph.extract.cast import Cast
from alliancegraph.extract.lexical import DASHES, Match, Phrasebook, folded, longest
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

REACH: Final = 8
WEIGHT: Final = {"strong": 1.0, "near": 0.8, "spread": 0.5, "weak": 0.5, "hint": 0.1}
"""What one place says for an issue: a phrase of its own; words near each other, or farther apart; a phrase that
hints at it; a single word that does."""
CLOSE: Final = 5
POSITION_WEIGHT: Final = 0.2
TOP_WEIGHT: Final = 0.5
"""What a place says for an issue that has narrower ones."""
ENOUGH: Final = 1.0
LEAST: Final = 0.5
"""What is enough for a text; a short one of less than five sentences needs less."""
BLOCK_WEIGHT: Final = {
    "title": 0.5,
    "heading": 0.5,
    "footnote": 0.5,
    "bio": 0.0,
    "byline": 0.0,
    "dateline": 0.0,
}
_SLOT: Final = re.compile(r"\{(@?)([\w-]+)\}")
NOT_ABOUT: Final = "-"
Places = dict[str, list[tuple[int, int]]]
"""Where the parts of near-phrases stand in one sentence: ranges of light tokens."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place `[start, end)` of the cleaned text that speaks of an issue; `kind` is a key of `WEIGHT`."""

    issue: str
    start: int
    end: int
    kind: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class _Near:
    """A near-phrase: the parts that must stand near the first one, each with its alternatives."""

    issue: str
    groups: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Books:
    phrases: Phrasebook[tuple[str, str, str]]
    parts: Phrasebook[str]
    near: dict[str, tuple[_Near, ...]]


@cache
def _books(vocabulary: Vocabulary) -> _Books:
    phrases: Phrasebook[tuple[str, str, str]] = Phrasebook(folded, skip_dashes=True)
    parts: Phrasebook[str] = Phrasebook(folded, skip_dashes=True)
    near: dict[str, list[_Near]] = defaultdict(list)
    alternatives: set[str] = set()
    for issue in vocabulary.issues:
        for kind, labels in (("strong", issue.strong), ("weak", issue.weak), (NOT_ABOUT, issue.not_about)):
            for label in labels:
                phrases.add(label, (issue.id, "hint" if kind == "weak" and " " not in label else kind, label))
        for pattern in issue.near:
            groups = [tuple(a.strip() for a in g.split("|")) for g in pattern.split("…")]
            entry = _Near(issue.id, tuple(frozenset(group) for group in groups[1:]))
            for alternative in groups[0]:
                near[alternative].append(entry)
            alternatives.update(a for g in groups for a in g if not _SLOT.fullmatch(a))
    for alternative in sorted(alternatives):
        parts.add(alternative, alternative)
    return _Books(phrases, parts, {key: tuple(value) for key, value in near.items()})


def _keys(text: Text) -> list[tuple[str, ...]]:
    """For each light token its folded form and lemma; dashes are passed over."""
    return [
        () if word.text in DASHES else _forms(word.text, text.token_at(word.start).lemma_)
        for word in text.words
    ]


@lru_cache(maxsize=65536)
def _forms(word: str, lemma: str) -> tuple[str, ...]:
    return tuple(sorted({folded(word), folded(lemma)} if lemma.isalpha() else {folded(word)}))


def issue_hits(text: Text, cast: Cast, vocabulary: Vocabulary) -> list[Hit]:
    """Every place that speaks of an issue, the longest phrase first; names of actors do not count by themselves."""
    books = _books(vocabulary)
    keys = _keys(text)
    found = longest(books.phrases.matches(keys))
    hits = list(_phrase_hits(text, cast, found))
    silent = [_span(text, match) for match in found if match.payload[1] == NOT_ABOUT]
    near = _near_hits(text, cast, books, keys)
    hits += [h for h in near if not any(_overlap((h.start, h.end), span) for span in silent)]
    return sorted(_widest(set(hits), vocabulary), key=lambda h: (h.start, h.end, h.issue, h.kind))


def _widest(hits: set[Hit], vocabulary: Vocabulary) -> Iterator[Hit]:
    """Without the places that lie within a wider one of a sister issue: "denuclearisation" in "North Korea's denuclearisation"."""
    parents = {issue.id: issue.broader for issue in vocabulary.issues}
    wide: dict[str | None, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.kind in ("strong", "near", "spread"):
            wide[parents[hit.issue]].append(hit)
    for hit in hits:
        if not any(
            o.start <= hit.start and hit.end <= o.end and o.issue != hit.issue
            and o.end - o.start > hit.end - hit.start
            for o in wide[parents[hit.issue]]
        ):  # fmt: skip
            yield hit


def _span(text: Text, match: Match[tuple[str, str, str]]) -> tuple[int, int]:
    return text.words[match.first].start, text.words[match.last - 1].end


def _phrase_hits(text: Text, cast: Cast, found: Iterable[Match[tuple[str, str, str]]]) -> Iterator[Hit]:
    for match in found:
        issue, kind, phrase = match.payload
        start, end = _span(text, match)
        naming = cast.at(start, end)
        inside = (
            naming is not None
            and naming.start <= start
            and end <= naming.end
            and (start, end) != (naming.start, naming.end)
        )
        if kind != NOT_ABOUT and not inside:
            yield Hit(issue, start, end, kind, phrase)


def _near_hits(text: Text, cast: Cast, books: _Books, keys: Sequence[tuple[str, ...]]) -> Iterator[Hit]:
    by_sentence: dict[int, Places] = defaultdict(lambda: defaultdict(list))
    for match in books.parts.matches(keys):
        number = text.sentence_number(text.words[match.first].start)
        by_sentence[number][match.payload].append((match.first, match.last))
    for naming in cast.namings:
        places = by_sentence[text.sentence_number(naming.start)]
        local = naming.actor.rsplit("/", 1)[-1]
        places["{" + local + "}"].append((naming.first, naming.last))
        places["{@" + cast.type_of(naming.actor) + "}"].append((naming.first, naming.last))
    for number in sorted(by_sentence):
        yield from _near_in_sentence(text, books, by_sentence[number])


def _near_in_sentence(text: Text, books: _Books, places: Places) -> Iterator[Hit]:
    present = set(places)
    for alternative in sorted(present & books.near.keys()):
        for entry in books.near[alternative]:
            if any(map(present.isdisjoint, entry.groups)):
                continue
            found = [[p for a in present & group for p in places[a]] for group in entry.groups]
            for place in places[alternative]:
                reached = _complete(found, place)
                if reached is not None:
                    first, last = min(p[0] for p in reached), max(p[1] for p in reached)
                    kind = "near" if last - first <= CLOSE else "spread"
                    yield Hit(entry.issue, text.words[first].start, text.words[last - 1].end, kind)


def _complete(
    groups: Sequence[Sequence[tuple[int, int]]], anchor: tuple[int, int]
) -> list[tuple[int, int]] | None:
    """Of the places of each other part of a near-phrase one within reach of the first; None where one is missing."""
    first, last = anchor[0] - REACH, anchor[1] + REACH
    chosen = [anchor]
    for group in groups:
        near = [
            place
            for place in group
            if place[0] <= last and place[1] >= first and not any(_overlap(other, place) for other in chosen)
        ]
        if not near:
            return None
        chosen.append(min(near, key=lambda p: (_gap(anchor, p), p)))
    return chosen


def _gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(b[0] - a[1], a[0] - b[1], 0)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def discussed(
    text: Text, hits: Sequence[Hit], vocabulary: Vocabulary, taken: Iterable[str] = ()
) -> dict[str, tuple[list[Hit], float]]:
    """The issues that an article really discusses, with their places and a score of one and more.

    Issues on which somebody takes a position (`taken`) need a little less.
    """
    positions = set(taken)
    by_issue: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_issue[hit.issue].append(hit)
    found: dict[str, tuple[list[Hit], float]] = {}
    top = {issue.id for issue in vocabulary.issues if issue.broader is None}
    enough = min(ENOUGH, LEAST + 0.1 * sum(1 for _ in text.sentences()))
    for issue in sorted(by_issue):
        score = _score(text, by_issue[issue]) * (TOP_WEIGHT if issue in top else 1.0) + (
            POSITION_WEIGHT if issue in positions else 0.0
        )
        if score >= enough - 1e-9:
            found[issue] = (by_issue[issue], score)
    return _narrowest(found, vocabulary)


def _score(text: Text, hits: Sequence[Hit]) -> float:
    """The weights of the best places, one for each sentence."""
    best: dict[int, float] = {}
    for hit in hits:
        block = text.block_at(hit.start)
        weight = WEIGHT[hit.kind] * BLOCK_WEIGHT.get(block.kind if block else "body", 1.0)
        sentence = text.sentence_number(hit.start)
        best[sentence] = max(best.get(sentence, 0.0), weight)
    return sum(best.values())


def _narrowest(
    found: dict[str, tuple[list[Hit], float]], vocabulary: Vocabulary
) -> dict[str, tuple[list[Hit], float]]:
    """Without the issues whose every place is one of a narrower issue that is discussed."""
    parents = {issue.id: issue.broader for issue in vocabulary.issues}
    kept = {}
    for issue, (hits, score) in found.items():
        narrower = [other for other in found if parents.get(other) == issue]
        if not narrower:
            kept[issue] = (hits, score)
    return kept
