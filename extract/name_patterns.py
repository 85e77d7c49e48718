"""Regular names: "Ministry of X of Y", "Embassy of X", "the Japanese parliament", "the US–Japan alliance"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, NamedTuple

from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.lexical import DASHES, Word, exact
from alliancegraph.ontology.vocabulary import NamePattern, Vocabulary

MAX_WORDS: Final = 6
BREAK: Final = "\n"
_SPACED: Final = re.compile(r"\s+([',.])\s*")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_STATE_KINDS: Final = frozenset({"name", "abbreviation", "misspelling"})
_ADJECTIVE_KINDS: Final = frozenset({"demonym", "name", "abbreviation", "capital"})


class Item(NamedTuple):
    """A light token, or a known name taken as one; `key` is its text in lower case, with all dashes as one."""

    text: str
    key: str
    first: int
    last: int
    naming: Naming | None = None


@dataclass(frozen=True, slots=True)
class PatternName:
    """A name found by a pattern, with what filled its slots: text, and the IRI for states."""

    first: int
    last: int
    pattern: NamePattern
    texts: dict[str, str] = field(hash=False)
    actors: dict[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class _Compiled:
    pattern: NamePattern
    elements: tuple[str, ...]
    anchors: frozenset[str]


def items(words: Sequence[Word], namings: Sequence[Naming], breaks: Collection[int] = ()) -> list[Item]:
    """The light tokens with each known name folded into one item; no name goes over the offsets in `breaks`."""
    by_first = {n.first: n for n in namings}
    result, position = [], 0
    while position < len(words):
        if words[position].start in breaks:
            result.append(Item(BREAK, BREAK, position, position))
        naming = by_first.get(position)
        if naming is None:
            text = words[position].text
            result.append(Item(text, _key(text), position, position + 1))
            position += 1
        else:
            text = " ".join(w.text for w in words[naming.first : naming.last])
            result.append(Item(text, _key(text), naming.first, naming.last, naming))
            position = naming.last
    return result


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    return exact(text.casefold())


class PatternMatcher:
    """Finds the regular names of a vocabulary over items."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._types = {entry.iri: entry.type for entry in vocabulary.actors}
        self._connectors = vocabulary.words("name-connector")
        self._blocked = vocabulary.words("name-start-stop")
        self._titles = vocabulary.words("person-title")
        self._heads = vocabulary.words("organization-head") | vocabulary.words("body-head")
        self._compiled = [_compiled(pattern) for pattern in vocabulary.name_patterns]

    def matches(self, sequence: Sequence[Item]) -> list[PatternName]:
        """The longest pattern names that do not overlap, in text order."""
        positions: dict[str, list[int]] = {}
        for position, item in enumerate(sequence):
            positions.setdefault(item.key, []).append(position)
        usable = [c for c in self._compiled if c.anchors <= positions.keys()]
        found = [name for compiled in usable for name in self._of(compiled, sequence, positions)]
        found.sort(key=lambda n: (n.first, -n.last, -len(n.actors), len(n.texts)))
        return _disjoint(found)

    def _of(
        self, compiled: _Compiled, sequence: Sequence[Item], positions: dict[str, list[int]]
    ) -> Iterator[PatternName]:
        head = compiled.elements[0]
        if not head.startswith("{"):
            starts: Sequence[int] = positions.get(head.casefold(), [])
        else:
            anchor = next((e for e in compiled.elements if not e.startswith("{")), None)
            near = positions.get(anchor.casefold(), []) if anchor else []
            reach = MAX_WORDS * 2 if head == "{Words}" else 4
            places = {p for n in near for p in range(max(0, n - reach), n + 1)}
            starts = sorted(p for p in places if self._may_begin(head, sequence, p))
        for start in starts:
            bound = self._bind(compiled.elements, sequence, start, {}, {})
            if bound is not None:
                end, texts, actors = bound
                if end > start and (head != "{Words}" or self._is_run(sequence, start, end)):
                    first, last = sequence[start].first, sequence[end - 1].last
                    yield PatternName(first, last, compiled.pattern, texts, actors)

    def _is_run(self, sequence: Sequence[Item], start: int, end: int) -> bool:
        return self._begins_run(sequence, start) and not self._is_of_other(sequence[start:end])

    def _may_begin(self, slot: str, sequence: Sequence[Item], position: int) -> bool:
        if slot == "{Words}":
            return self._may_continue(sequence, position, position)
        return sequence[position].naming is not None

    def _begins_run(self, sequence: Sequence[Item], start: int) -> bool:
        if start > 1 and sequence[start - 1].text in DASHES and sequence[start - 2].text.isalpha():
            return False
        return start == 0 or not self._capitalised(sequence[start - 1]) or self._stops(sequence[start - 1])

    def _is_of_other(self, run: Sequence[Item]) -> bool:
        """Whether a run is an office, a person or a part, and what it belongs to: "Marri of the X Centre"."""
        words = [item.text.casefold() for item in run]
        for index in range(1, len(words) - 2):
            office = words[index - 1] in self._titles and words[index] in ("of", "to", "at", "for", "in")
            heads = [not self._heads.isdisjoint(part) for part in (words[:index], words[index + 2 :])]
            other = words[index : index + 2] == ["of", "the"] and (all(heads) or not heads[0])
            owned = words[index : index + 2] == ["'", "s"] and all(heads)
            if office or owned or other:
                return True
        return False

    def _stops(self, item: Item) -> bool:
        return item.text.casefold() in self._blocked

    def _bind(
        self,
        elements: Sequence[str],
        sequence: Sequence[Item],
        at: int,
        texts: dict[str, str],
        actors: dict[str, str],
    ) -> tuple[int, dict[str, str], dict[str, str]] | None:
        if not elements:
            return at, texts, actors
        if at >= len(sequence):
            return None
        element, rest = elements[0], elements[1:]
        if element == "{Words}":
            return self._bind_words(rest, sequence, at, texts, actors)
        item = sequence[at]
        if not element.startswith("{"):
            if item.key != element.casefold() or (element[:1].isupper() and not self._capitalised(item)):
                return None
            return self._bind(rest, sequence, at + 1, texts, actors)
        slot = element[1:-1]
        if not self._fills(slot, item) or item.naming is None or item.naming.actor in actors.values():
            return None
        return self._bind(
            rest, sequence, at + 1, {**texts, slot: item.text}, {**actors, slot: item.naming.actor}
        )

    def _bind_words(
        self,
        rest: Sequence[str],
        sequence: Sequence[Item],
        at: int,
        texts: dict[str, str],
        actors: dict[str, str],
    ) -> tuple[int, dict[str, str], dict[str, str]] | None:
        stop = at
        while stop < len(sequence) and stop - at < MAX_WORDS and self._may_continue(sequence, at, stop):
            if not rest and self._owns_another(sequence, stop):
                break
            stop += 1
        plain = rest[0].casefold() if rest and not rest[0].startswith("{") else None
        for end in range(stop, at, -1):
            if not self._capitalised(sequence[end - 1]):
                continue
            if plain is not None and (end == len(sequence) or sequence[end].key != plain):
                continue
            text = " ".join(item.text for item in sequence[at:end])
            bound = self._bind(rest, sequence, end, {**texts, "Words": _tidy(text)}, actors)
            if bound is not None:
                return bound
        return None

    def _owns_another(self, sequence: Sequence[Item], at: int) -> bool:
        """Whether "'s" and another organisation follow: "University of Malta's Institute"."""
        following = [item.text.casefold() for item in sequence[at : at + 3]]
        return following[:2] == ["'", "s"] and following[-1] in self._heads

    def _may_continue(self, sequence: Sequence[Item], at: int, position: int) -> bool:
        item = sequence[position]
        if position == at:
            return self._capitalised(item) and not self._stops(item)
        if item.text == "the" and sequence[position - 1].text == "and":
            return False
        return self._capitalised(item) or item.text.casefold() in self._connectors or item.text in DASHES

    @staticmethod
    def _capitalised(item: Item) -> bool:
        return item.text[:1].isupper()

    def _fills(self, slot: str, item: Item) -> bool:
        if item.naming is None or self._types.get(item.naming.actor) != "State":
            return False
        kinds = _ADJECTIVE_KINDS if slot.startswith("Demonym") else _STATE_KINDS
        return item.naming.kind in kinds


def _tidy(text: str) -> str:
    return _SPACED.sub(r"\1", text).replace(" - ", "-").replace(" & ", " & ")


def _compiled(pattern: NamePattern) -> _Compiled:
    elements: list[str] = []
    for part in re.split(r"(\{\w+\})", pattern.pattern):
        if _SLOT.fullmatch(part):
            elements.append(part)
        else:
            plain = (part if pattern.is_event or "{Words}" in pattern.pattern else part.casefold()).replace(
                "’", "'"
            )
            elements += [exact(w) for w in re.findall(r"\w+|[^\w\s]", plain)]
    anchors = frozenset(e.casefold() for e in elements if not e.startswith("{") and e not in DASHES)
    return _Compiled(pattern, tuple(elements), anchors)


def _disjoint(names: Sequence[PatternName]) -> list[PatternName]:
    kept: list[PatternName] = []
    for name in names:
        if not kept or name.first >= kept[-1].last:
            kept.append(name)
    return kept


@cache
def pattern_matcher(vocabulary: Vocabulary) -> PatternMatcher:
    """The matcher of a vocabulary, built once."""
    return PatternMatcher(vocabulary)


def canonical_name(name: PatternName, labels: dict[str, str], surface: str) -> str:
    """The canonical name of a pattern's match: its template with labels of states and words filled in."""
    template = name.pattern.canonical
    if template is None:
        return surface
    fillers = {**name.texts, **{slot: labels[iri] for slot, iri in name.actors.items() if iri in labels}}
    filled = _SLOT.sub(lambda m: fillers.get(m.group(1), _by_state(m.group(1), fillers)), template)
    return filled.strip() or surface


def _by_state(slot: str, fillers: dict[str, str]) -> str:
    """A template may say {State} where the pattern had {Demonym}, and the other way round."""
    other = slot.replace("State", "Demonym") if "State" in slot else slot.replace("Demonym", "State")
    return fillers.get(other, "")
