"""Where an article speaks of an issue: by phrase, by words near each other, by the event that implies it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from alliancegraph.extract.cast import Cast
from alliancegraph.extract.lexical import DASHES, Match, Phrasebook, folded, longest
from alliancegraph.extract.named_events import named_events
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

REACH: Final = 8
CLOSE: Final = 5
"""Light tokens over which near words may stand apart; words (of two letters and more) from end to end where they stand close."""
_SLOT: Final = re.compile(r"\{(@?)([\w-]+)\}")
NOT_ABOUT: Final = "-"
WIDE: Final = frozenset({"strong", "near", "spread"})
Range = tuple[int, int]
Places = dict[str, list[Range]]
"""Where the parts of near-phrases stand in one sentence: ranges of light tokens."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place `[start, end)` of the cleaned text that speaks of an issue.

    `kind` tells how: "strong" by a phrase of its own, "near" and "spread" by words near each other or farther apart,
    "implied" by an event's name, "meaning" by likeness alone, "weak" by a phrase that hints at it, "hint" by a single word that does.
    """

    issue: str
    start: int
    end: int
    kind: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A hit with the light tokens that make it."""

    hit: Hit
    words: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    issue: str
    groups: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Books:
    phrases: Phrasebook[tuple[str, str, str]]
    parts: Phrasebook[str]
    near: dict[str, tuple[_Near, ...]]
    """By the words of that group of each which the fewest others have: it is seldom met in vain."""


@cache
def _books(vocabulary: Vocabulary) -> _Books:
    phrases: Phrasebook[tuple[str, str, str]] = Phrasebook(folded, skip_dashes=True)
    for issue in vocabulary.issues:
        for kind, labels in (("strong", issue.strong), ("weak", issue.weak), (NOT_ABOUT, issue.not_about)):
            for label in labels:
                phrases.add(label, (issue.id, "hint" if kind == "weak" and " " not in label else kind, label))
    entries = [_Near(issue.id, _groups(pattern)) for issue in vocabulary.issues for pattern in issue.near]
    uses = Counter(word for entry in entries for group in entry.groups for word in group)
    parts: Phrasebook[str] = Phrasebook(folded, skip_dashes=True)
    for word in sorted(uses):
        if not _SLOT.fullmatch(word):
            parts.add(word, word)
    near: dict[str, list[_Near]] = defaultdict(list)
    for entry in entries:
        for word in min(entry.groups, key=lambda group: sum(uses[word] for word in group)):
            near[word].append(entry)
    return _Books(phrases, parts, {word: tuple(found) for word, found in near.items()})


def _groups(pattern: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(word.strip() for word in group.split("|")) for group in pattern.split("…"))


def _keys(text: Text) -> list[tuple[str, ...]]:
    """For each light token its folded form and lemma; dashes are passed over."""
    return [
        () if word.text in DASHES else _forms(word.text, text.token_at(word.start).lemma_)
        for word in text.words
    ]


@lru_cache(maxsize=8192)
def _forms(word: str, lemma: str) -> tuple[str, ...]:
    return tuple(sorted({folded(word), folded(lemma)} if lemma.isalpha() else {folded(word)}))


def issue_hits(text: Text, cast: Cast, vocabulary: Vocabulary) -> list[Hit]:
    """Every place that speaks of an issue, the longest phrase first; names of actors do not count by themselves."""
    books = _books(vocabulary)
    keys = _keys(text)
    matches = list(books.phrases.matches(keys))
    found = longest(matches)
    silent = {i for words in _silent(found).values() for i in words}
    own = _silent(matches)
    near = [
        place
        for place in _near_places(text, cast, books, keys)
        if silent.isdisjoint(place.words) and own[place.hit.issue].isdisjoint(place.words)
    ]
    places = [*_phrase_places(text, cast, found), *near, *_implied_places(text, vocabulary)]
    hits = {place.hit for place in _widest(places, text)}
    return sorted(hits, key=lambda h: (h.start, h.end, h.issue, h.kind, h.phrase))


def _silent(matches: Iterable[Match[tuple[str, str, str]]]) -> dict[str, set[int]]:
    """For each issue the light tokens of phrases in which its words mean something else."""
    found: dict[str, set[int]] = defaultdict(set)
    for match in matches:
        issue, kind, _ = match.payload
        if kind == NOT_ABOUT:
            found[issue].update(range(match.first, match.last))
    return found


def _widest(places: Iterable[_Place], text: Text) -> Iterator[_Place]:
    """Without the places whose words are all among those of a wider place of another issue.

    So "denuclearisation" alone does not count in "North Korea's denuclearisation".
    """
    by_sentence: dict[int, list[_Place]] = defaultdict(list)
    for place in places:
        by_sentence[text.sentence_number(place.hit.start)].append(place)
    for together in by_sentence.values():
        wide = {(p.hit.issue, p.hit.start, p.hit.end, p.words) for p in together if p.hit.kind in WIDE}
        yield from (place for place in together if not _within_another(place, wide))


def _within_another(place: _Place, wide: Iterable[tuple[str, int, int, frozenset[int]]]) -> bool:
    hit = place.hit
    for issue, start, end, words in wide:
        if start <= hit.start and hit.end <= end and issue != hit.issue and place.words < words:
            return True
    return False


def _span(text: Text, first: int, last: int) -> tuple[int, int]:
    return text.words[first].start, text.words[last - 1].end


def _phrase_places(text: Text, cast: Cast, found: Iterable[Match[tuple[str, str, str]]]) -> Iterator[_Place]:
    for match in found:
        issue, kind, phrase = match.payload
        start, end = _span(text, match.first, match.last)
        naming = cast.at(start, end)
        inside = (
            naming is not None
            and naming.start <= start
            and end <= naming.end
            and (start, end) != (naming.start, naming.end)
        )
        if kind != NOT_ABOUT and not inside:
            yield _Place(Hit(issue, start, end, kind, phrase), frozenset(range(match.first, match.last)))


def _implied_places(text: Text, vocabulary: Vocabulary) -> Iterator[_Place]:
    """The names of events that by themselves tell of an issue: "the Plaza Accord"."""
    for match in named_events(text, vocabulary):
        start, end = _span(text, match.first, match.last)
        for issue in match.payload.implies:
            hit = Hit(issue, start, end, "implied", match.payload.name)
            yield _Place(hit, frozenset(range(match.first, match.last)))


def _near_places(text: Text, cast: Cast, books: _Books, keys: Sequence[tuple[str, ...]]) -> Iterator[_Place]:
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


def _near_in_sentence(text: Text, books: _Books, places: Places) -> Iterator[_Place]:
    present = set(places)
    entries = {entry for alternative in present & books.near.keys() for entry in books.near[alternative]}
    for entry in entries:
        if any(map(present.isdisjoint, entry.groups)):
            continue
        options = [{place for word in group & present for place in places[word]} for group in entry.groups]
        for anchor in options[0]:
            reached = _complete(anchor, options[1:])
            if reached is not None:
                first, last = min(p[0] for p in reached), max(p[1] for p in reached)
                kind = "near" if last - first <= CLOSE else "spread"
                words = frozenset(i for p in reached for i in range(*p))
                yield _Place(Hit(entry.issue, *_span(text, first, last), kind), words)


def _complete(anchor: Range, options: Sequence[Collection[Range]]) -> list[Range] | None:
    """The nearest place of each further group, within reach of the first; None where one is missing."""
    chosen = [anchor]
    for option in options:
        best: tuple[int, Range] | None = None
        for place in option:
            gap = max(place[0] - anchor[1], anchor[0] - place[1], 0)
            if gap <= REACH and (best is None or (gap, place) < best):
                for other in chosen:
                    if place[0] < other[1] and other[0] < place[1]:
                        break
                else:
                    best = (gap, place)
        if best is None:
            return None
        chosen.append(best[1])
    return chosen
