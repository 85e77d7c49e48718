"""Organisations that nobody knows, told by the job that somebody has there: "a fellow at the Meridian Forum"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.people import actor_iri
from alliancegraph.ontology.vocabulary import Vocabulary

LONGEST: Final = 9
MODIFIERS: Final = ("pattern", "organization", "person", "surname")


class EmployerFinder:
    """Finds names of employers in one text; `taken` are the names found before, persons among them."""

    def __init__(
        self, text: Text, vocabulary: Vocabulary, taken: Sequence[Naming], persons: frozenset[str]
    ) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._persons = persons
        self._at = {i: n for n in taken for i in range(n.first, n.last)}
        self._starts = text.block_starts
        self._words = {
            name: vocabulary.words(name)
            for name in (
                "person-title", "national-office", "body-head", "organization-head", "employer-preposition",
                "run-connector", "not-a-person", "field-of-study", "name-start-stop",
            )
        }  # fmt: skip

    def employers(self) -> Iterator[tuple[Naming, str, str]]:
        """The names, each with its type and canonical name."""
        for first, needs_head in sorted(dict(self._places()).items()):
            last = self._run(first)
            naming = self._naming(first, last, needs_head)
            if naming is not None:
                name = self._text.clean.text[naming.start : naming.end]
                words = name.casefold().split()
                body = words[0] in self._words["body-head"] or words[-1] in self._words["body-head"]
                yield naming, "GovernmentBody" if body else "Organization", name

    def _places(self) -> Iterator[tuple[int, bool]]:
        """Where such a name may begin, and whether it must hold a head word such as "Institute"."""
        words = self._text.words
        for index, word in enumerate(words[:-2]):
            lower = word.text.casefold()
            if lower in self._words["person-title"]:
                yield from self._after_title(index, lower)
            naming = self._at.get(index)
            if naming is not None and naming.last == index + 1 and naming.actor in self._persons:
                yield from self._after_person(naming)
            elif naming is not None and naming.last == index + 1 and naming.kind in MODIFIERS:
                yield from self._after_organization(naming)

    def _after_title(self, index: int, title: str) -> Iterator[tuple[int, bool]]:
        words = self._text.words
        preposition = words[index + 1].text.casefold()
        if preposition not in self._words["employer-preposition"] or words[index + 1].start in self._starts:
            return
        article = words[index + 2].text.casefold() == "the"
        first = index + 3 if article else index + 2
        diplomatic = title in self._words["national-office"]
        loose = preposition in ("at", "with") or (preposition == "of" and article)
        yield first, diplomatic or not loose

    def _after_person(self, naming: Naming) -> Iterator[tuple[int, bool]]:
        words = self._text.words
        following = [w.text.casefold() for w in words[naming.last : naming.last + 2]]
        if len(following) == 2 and following[0] in ("of", "at", "from"):
            article = following[1] == "the"
            yield naming.last + (2 if article else 1), not article
        block = self._text.block_at(naming.start)
        if block is not None and block.kind == "byline" and following[:1] == [","]:
            yield naming.last + 1, False

    def _after_organization(self, naming: Naming) -> Iterator[tuple[int, bool]]:
        """ "The Korea Programme (KP) at CARS", in a note on an author."""
        words = self._text.words
        block = self._text.block_at(naming.start)
        following = naming.last
        if [w.text for w in words[following : following + 1]] == ["("]:
            following += 3
        in_note = block is not None and block.kind == "bio" and following + 1 < len(words)
        if in_note and words[following].text == "at":
            yield following + (2 if words[following + 1].text == "the" else 1), False

    def _run(self, first: int) -> int:
        """Where the run of capitalised words that begins at a place ends."""
        words = self._text.words
        last = position = first
        while position < len(words) and position - first < LONGEST:
            word = words[position]
            if position > first and word.start in self._starts:
                break
            if word.text[:1].isupper() and word.text.casefold() not in self._words["person-title"]:
                last = position + 1
            elif not self._connects(position) or self._is_over(first, last, word.text):
                break
            position += 1
        return last

    def _connects(self, index: int) -> bool:
        """Whether a small word may stand within a name; "and the" begins another one."""
        words = self._text.words
        begins = words[index].text == "the" and words[index - 1].text == "and"
        return not begins and words[index].text.casefold() in self._words["run-connector"]

    def _is_over(self, first: int, last: int, connector: str) -> bool:
        """Whether "and" joins another name: where this one already has its head word, and not at its beginning."""
        heads = self._words["organization-head"] | self._words["body-head"]
        run = [w.text.casefold() for w in self._text.words[first:last]]
        return connector == "and" and bool(run) and run[0] not in heads and run[-1] in heads

    def _naming(self, first: int, last: int, needs_head: bool) -> Naming | None:
        words = self._text.words
        if last <= first:
            return None
        run = [w.text.casefold() for w in words[first:last]]
        heads = self._words["organization-head"] | self._words["body-head"]
        has_head = any(word in heads for word in run)
        over = list(dict.fromkeys(self._at[i] for i in range(first, last) if i in self._at))
        if (needs_head and not has_head) or run[0] in self._words["field-of-study"]:
            return None
        if over and not (has_head and self._within(over, first, last)):
            return None
        if run[0] in self._words["name-start-stop"] or words[first].text.isdigit():
            return None
        start, end = words[first].start, words[last - 1].end
        return Naming(start, end, first, last, actor_iri(self._text.clean.text[start:end]), "organization")

    def _is_whole(self, naming: Naming) -> bool:
        """Whether a name at the beginning of a run is an organisation's already."""
        entry = self._vocabulary.actor_by_iri.get(naming.actor)
        return naming.kind in MODIFIERS or (entry is not None and entry.type != "State")

    def _within(self, over: Sequence[Naming], first: int, last: int) -> bool:
        """Whether names found before only modify the run: "the Doha Strategy Centre"."""
        return all(
            first <= n.first and n.last <= last and n.last - n.first < last - first
            and not (n.first == first and self._is_whole(n)) and n.actor not in self._persons
            for n in over
        )  # fmt: skip
