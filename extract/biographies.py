"""Who works where by the notes on authors: "X is a fellow at Y and directs the Z programme of W"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alliancegraph.extract.cast import Cast
from alliancegraph.extract.cleaning import Block
from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.lexical import Word
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.relation import Found
from alliancegraph.ontology.vocabulary import Vocabulary

EMPLOYERS: Final = frozenset({"Organization", "GovernmentBody", "IntergovernmentalOrganization"})
LINKS: Final = frozenset({"at", "of", "in", "the", ",", "(", ")", "within", "based", "an", "a"})
SIGNS: Final = frozenset({",", ";", ".", ":", "(", ")"})
LONGEST: Final = 10


@dataclass(frozen=True, slots=True)
class _Job:
    role: str
    past: bool
    start: int


class BiographyReader:
    """Reads the notes on authors of one text."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary) -> None:
        self._text = text
        self._cast = cast
        self._titles = vocabulary.words("person-title")
        self._verbs = vocabulary.words("job-verb")
        self._past = vocabulary.words("past-job")
        self._none = vocabulary.words("no-job")
        self._prepositions = vocabulary.words("office-preposition")

    def employments(self) -> Iterator[Found]:
        """Every employer of every author, and what it is a part of."""
        person = next(iter(self._cast.authors.values()), None)
        for block in self._text.clean.of("bio"):
            for start, end in self._sentences(block):
                person = self._subject(start, end) or person
                if person is not None:
                    yield from self._of_sentence(person, block, start, end)

    def _sentences(self, block: Block) -> Iterator[tuple[int, int]]:
        position = block.start
        while position < block.end:
            sentence = self._text.sentence_at(position)
            end = min(max(sentence.end_char, position + 1), block.end)
            yield position, end
            position = end + 1

    def _subject(self, start: int, end: int) -> str | None:
        named = self._cast.within(start, end)
        return next((n.actor for n in named[:1] if self._cast.type_of(n.actor) == "Person"), None)

    def _of_sentence(self, person: str, block: Block, start: int, end: int) -> Iterator[Found]:
        job: _Job | None = None
        before: Naming | None = None
        for naming in self._cast.within(start, end):
            kind = self._cast.type_of(naming.actor)
            between = self._between(before.end if before else start, naming.start)
            if kind in EMPLOYERS:
                linked = before is not None and self._is_link(between)
                if not linked:
                    job = self._job(between)
                elif before is not None and self._is_part(before, between):
                    yield Found(before.actor, "partOf", naming.actor, before.start, naming.end, 0.75)
                    job = job if any(w.text.casefold() in ("at", ",", "in") for w in between) else None
                if job is not None:
                    role = f"former {job.role}" if job.past and job.role else job.role or None
                    yield Found(person, "affiliatedWith", naming.actor, job.start, naming.end, 0.75, role)
            before = naming if kind in EMPLOYERS or kind == "Person" else before

    def _is_link(self, between: Sequence[Word]) -> bool:
        """Whether only "at the", "(ABBR) of the" or a comma stand between two names."""
        plain = [w for w in between if not (w.text.isupper() and len(w.text) > 1)]
        return all(w.text.casefold() in LINKS for w in plain)

    def _between(self, start: int, end: int) -> list[Word]:
        return [w for w in self._text.words if start <= w.start and w.end <= end]

    def _is_part(self, part: Naming, between: Sequence[Word]) -> bool:
        return self._cast.type_of(part.actor) in EMPLOYERS and any(
            w.text.casefold() in ("at", "of", "in", "within", ",") for w in between
        )

    def _job(self, words: Sequence[Word]) -> _Job | None:
        """What is done for an employer, by the words between it and the name before."""
        lower = [w.text.casefold() for w in words]
        if any(w in self._none for w in lower):
            return None
        signs = [i for i, w in enumerate(lower) if w in (";", ".")]
        first = signs[-1] + 1 if signs else 0
        jobs = [i for i in range(first, len(lower)) if lower[i] in self._titles or lower[i] in self._verbs]
        if not jobs:
            return None
        past = any(w in self._past for w in lower[first:])
        role = self._role(words[first:])
        return _Job(role, past, words[max(first, jobs[0] - 2)].start)

    def _role(self, words: Sequence[Word]) -> str:
        """The words of the title: after the last verb, article or sign, without the preposition before the employer."""
        lower = [w.text.casefold() for w in words]
        last = max((i for i, w in enumerate(lower) if w in self._titles), default=-1)
        if last < 0:
            return ""
        first = last
        stops = ("is", "was", "as", "and", "a", "an", "the", "holds", "be", "currently", "also", "been")
        while first > 0 and last - first < LONGEST and lower[first - 1] not in (*stops, *SIGNS, *self._past):
            first -= 1
        end = last + 1
        while end < len(words) and lower[end] in ("of", "in", "for"):
            following = end + 1
            while following < len(words) and lower[following] not in (*self._prepositions, *SIGNS, "the"):
                following += 1
            if following == end + 1 or following >= len(words):
                break
            end = following
        return self._text.clean.text[words[first].start : words[end - 1].end]
