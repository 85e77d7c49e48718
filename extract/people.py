"""Persons named in the text: full names, titled surnames, later surnames alone, and authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.known_persons import KnownPersons
from alliancegraph.extract.lexical import DASHES, exact
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.triples import BASE
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Span

_NAME_PART: Final = re.compile(r"[^\W\d_][\w'.’-]*")
_HYPHENATED: Final = re.compile(r"-[^\W\d_]+")
_INITIAL: Final = re.compile(r"[A-Z]\.?")
MAX_PARTS: Final = 5


def slug(name: str) -> str:
    """ASCII letters, digits and hyphens of a name, for an IRI."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "x" + name.encode().hex()[:12]


def actor_iri(name: str) -> str:
    """The IRI of an actor that the vocabulary does not know, derived from its name."""
    return f"{BASE}actor/{slug(name)}"


@dataclass
class Person:
    """A person while the text is read: the fullest name so far and the parts by which it may be called."""

    iri: str
    name: str
    known: bool = False
    titles: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)

    @property
    def parts(self) -> list[str]:
        """The parts of the name without initials and honorifics."""
        return [
            p
            for p in self.name.replace(".", " ").split()
            if len(p) > 1 and p not in ("Jr", "Sr", "II", "III")
        ]

    def called(self, word: str) -> bool:
        """Whether a single word may stand for the person: the last part, or the first (family name first)."""
        parts = self.parts
        return bool(parts) and exact(word) in (exact(parts[-1]), exact(parts[0]))

    def same_as(self, other_parts: Sequence[str]) -> bool:
        """Whether a name of two parts and more names this person: same family name, same first name or initial."""
        mine, other = [list(map(exact, parts)) for parts in (self.parts, other_parts)]
        if len(mine) < 2 or len(other) < 2:
            return False
        if _letters(mine) == _letters(other):
            return True
        return mine[-1] == other[-1] and (mine[0] == other[0] or (self.known and mine[0][0] == other[0][0]))


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    name: str
    title: str | None


class People:
    """Finds and resolves the persons of one text."""

    def __init__(self, text: Text, vocabulary: Vocabulary, taken: Sequence[Naming]) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._taken = taken
        self._titles = vocabulary.words("person-title")
        self._not_person = vocabulary.words("not-a-person")
        self._particles = vocabulary.words("person-particle")
        self._small = vocabulary.words("name-start-stop")
        self.persons: list[Person] = []
        self.authors: dict[str, str] = {}
        self._renowned = KnownPersons(vocabulary, text.document.date, {n.actor for n in taken})

    def resolve(self) -> list[Naming]:
        """The namings of persons; `persons` holds them afterwards."""
        self._from_gazetteer()
        for author in self._text.document.authors:
            self.authors[author] = self._person(author.split()).iri
        found = sorted(self._candidates(), key=lambda c: c.start)
        namings: list[Naming] = []
        for candidate in (c for c in found if len(_parts(c.name)) > 1):
            person = self._person(_parts(candidate.name), candidate)
            namings.append(self._naming(candidate, person, "person"))
        for candidate in (c for c in found if len(_parts(c.name)) == 1):
            single = self._by_single(candidate)
            if single is not None:
                namings.append(self._naming(candidate, single, "surname"))
        namings += self._leaders([*namings, *self._taken])
        namings += self._surnames([*namings, *self._taken])
        return sorted(namings, key=lambda n: n.start)

    def _from_gazetteer(self) -> None:
        entries = self._vocabulary.actor_by_iri
        for naming in self._taken:
            entry = entries.get(naming.actor)
            if entry is not None and entry.type == "Person":
                person = next((p for p in self.persons if p.iri == entry.iri), None)
                if person is None:
                    person = Person(entry.iri, entry.name, known=True)
                    self.persons.append(person)
                person.places.append(naming.start)

    def _candidates(self) -> Iterable[_Candidate]:
        seen: set[int] = set()
        for entity in self._text.doc.ents:
            if entity.label_ == "PERSON":
                candidate = self._trimmed(entity)
                if candidate is not None and not self._is_taken(candidate):
                    seen.update(range(candidate.start, candidate.end))
                    yield candidate
        for candidate in (*self._titled(), *self._with_particles()):
            if candidate.start not in seen and not self._is_taken(candidate):
                yield candidate

    def _trimmed(self, entity: Span) -> _Candidate | None:
        """The name in an entity, without titles before it and possessives after it."""
        tokens = list(entity)
        while tokens and (self._is_title(tokens[0].text) or not tokens[0].text[:1].isupper()):
            tokens.pop(0)
        while tokens and not tokens[-1].text[:1].isalpha():
            tokens.pop()
        for index, token in enumerate(tokens):
            if not _NAME_PART.fullmatch(token.text) and token.text not in ("-", "–", '"', "'"):
                tokens = tokens[:index]
                break
        if not tokens or len(tokens) > MAX_PARTS + 4:
            return None
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
        rest = _HYPHENATED.match(self._text.plain, end)
        end = rest.end() if rest else end
        name = self._text.plain[start:end]
        if any(p.casefold() in self._not_person for p in name.split()) or (name.isupper() and len(name) < 5):
            return None
        return _Candidate(start, end, name, self._title_before(start))

    def _is_title(self, word: str) -> bool:
        """Whether a word is a title, or ends in one: "Vice-Chancellor"."""
        plain = word.rstrip(".").casefold()
        return plain in self._titles or plain.rpartition("-")[2] in self._titles

    def _title_before(self, start: int) -> str | None:
        words = self._text.words
        index = _first_word(words, start) - 1
        if index >= 0 and words[index].text == ".":
            index -= 1
        if index < 0 or words[index].text.casefold() not in self._titles:
            return None
        return words[index].text.casefold()

    def _titled(self) -> Iterable[_Candidate]:
        """A title and the capitalised words after it: "President Rojas", "Adm. Holm"."""
        words = self._text.words
        for index, word in enumerate(words[:-1]):
            if word.text.casefold() not in self._titles or not word.text[:1].isupper():
                continue
            first = index + 2 if words[index + 1].text == "." else index + 1
            last = first
            while last < len(words) and last - first < 3 and self._continues(last):
                last += 1
            if last > first and words[first].text.casefold() not in self._not_person:
                start, end = words[first].start, words[last - 1].end
                yield _Candidate(start, end, self._text.plain[start:end], word.text.casefold())

    def _continues(self, index: int) -> bool:
        """Whether a name goes on at a word: with a capital, or with a particle before one ("DefMin von Hassel")."""
        words = self._text.words
        if _nameable(words[index].text, self._titles):
            return True
        following = words[index + 1].text if index + 1 < len(words) else ""
        return words[index].text in self._particles and _nameable(following, self._titles)

    def _with_particles(self) -> Iterable[_Candidate]:
        """A name that its small words show to be a person's: "Hessa al-Marri", "Ursula von Berg"."""
        words = self._text.words
        for index in range(1, len(words) - 1):
            if words[index].text.casefold() not in self._particles or words[index].text.isupper():
                continue
            first, last = index - 1, index + (3 if words[index + 1].text == "-" else 2)
            run = words[first:last]
            given, family = run[0].text, run[-1].text
            if not (_nameable(given, self._titles) and _nameable(family, self._titles)):
                continue
            if (
                not any(w.text.casefold() in self._not_person for w in run)
                and run[0].text.casefold() not in self._small
            ):
                start, end = run[0].start, run[-1].end
                yield _Candidate(start, end, self._text.plain[start:end], self._title_before(start))

    def _is_taken(self, candidate: _Candidate) -> bool:
        """Whether known names cover the candidate; a longer personal name wins over a place within it."""
        over = [n for n in self._taken if n.start < candidate.end and candidate.start < n.end]
        if not over:
            return False
        inside = all(candidate.start < n.start and n.end <= candidate.end for n in over)
        return not (inside and len(_parts(candidate.name)) > 1 and all(n.kind != "demonym" for n in over))

    def _person(self, parts: Sequence[str], candidate: _Candidate | None = None) -> Person:
        name = " ".join(parts)
        plain = [p for p in name.replace(".", " ").split() if len(p) > 1]
        person = next((p for p in self.persons if p.same_as(plain)), None)
        if person is None:
            person = self._known_by_full_name(plain, candidate)
        if person is None:
            person = Person(actor_iri(name), name)
            self.persons.append(person)
        if candidate is not None:
            person.places.append(candidate.start)
            person.titles.update({candidate.title} if candidate.title else set())
        return person

    def _known_by_full_name(self, parts: Sequence[str], candidate: _Candidate | None) -> Person | None:
        """A known person with this family name, the same initial, and an office that fits the title before it."""
        if candidate is None or candidate.title is None:
            return None
        entry = self._renowned.holder(parts[-1], candidate.title, parts[0][0])
        if entry is None:
            return None
        person = Person(entry.iri, entry.name, known=True)
        self.persons.append(person)
        return person

    def _by_single(self, candidate: _Candidate) -> Person | None:
        called = [p for p in self.persons if p.called(candidate.name)]
        if called:
            person = _nearest(called, candidate.start)
        else:
            entry = self._renowned.holder(candidate.name, candidate.title)
            if entry is not None:
                person = Person(entry.iri, entry.name, known=True)
            elif candidate.title is not None or self._acts(candidate):
                person = Person(actor_iri(candidate.name), candidate.name)
            else:
                return None
            self.persons.append(person)
        person.places.append(candidate.start)
        return person

    def _acts(self, candidate: _Candidate) -> bool:
        """An unknown single name counts as a person where it is the subject of something."""
        token = self._text.token_at(candidate.start)
        return token.dep_ in ("nsubj", "nsubjpass") and token.ent_type_ == "PERSON"

    def _surnames(self, taken: Sequence[Naming]) -> list[Naming]:
        """Later mentions by one part of the name that the language model missed."""
        covered = {i for n in taken for i in range(n.first, n.last)}
        parts = {part for p in self.persons if len(p.parts) > 1 for part in (p.parts[-1], p.parts[0])}
        namings = []
        for index, word in enumerate(self._text.words):
            if index in covered or word.text not in parts or len(word.text) < 3:
                continue
            called = [p for p in self.persons if p.places and p.called(word.text)]
            family = [p for p in called if p.parts[-1] == word.text or p.known]
            if family and self._text.token_at(word.start).pos_ == "PROPN":
                person = _nearest(family, word.start)
                namings.append(Naming(word.start, word.end, index, index + 1, person.iri, "surname"))
        return namings

    def _leaders(self, taken: Sequence[Naming]) -> list[Naming]:
        """Those in office at the date of the text, by their surname alone: "Ishiba answered"."""
        covered = {i for n in taken for i in range(n.first, n.last)}
        named = {n.actor for n in taken}
        words, namings = self._text.words, []
        for index, word in enumerate(words):
            if (
                index in covered
                or not word.text[:1].isupper()
                or word.text not in self._vocabulary.persons_called
            ):
                continue
            entry = self._renowned.leader(word.text)
            if entry is None or entry.iri in named or not self._stands_alone(index):
                continue
            person = Person(entry.iri, entry.name, known=True, places=[word.start])
            self.persons.append(person)
            named.add(entry.iri)
            namings.append(Naming(word.start, word.end, index, index + 1, entry.iri, "surname"))
        return namings

    def _stands_alone(self, index: int) -> bool:
        """Whether a capitalised word is a proper noun with no other one beside it: not "Park Avenue"."""
        words = self._text.words
        token = self._text.token_at(words[index].start)
        beside = [words[i].text for i in (index - 1, index + 1) if 0 <= i < len(words)]
        opens = self._text.sentence_of(token).start == token.i and not token.ent_type_
        alone = not any(w in DASHES or (w[:1].isupper() and w.casefold() not in self._small) for w in beside)
        return token.pos_ == "PROPN" and alone and not opens and token.ent_type_ not in ("DATE", "LOC", "FAC")

    def _naming(self, candidate: _Candidate, person: Person, kind: str) -> Naming:
        first = _first_word(self._text.words, candidate.start)
        last = first
        while last < len(self._text.words) and self._text.words[last].start < candidate.end:
            last += 1
        return Naming(candidate.start, candidate.end, first, last, person.iri, kind)


def _letters(parts: Iterable[str]) -> list[str]:
    """The parts of a name in no order, without hyphens: `Lee Jae-myung` and `Jae Myung Lee` are one."""
    return sorted("-".join(parts).casefold().split("-"))


def _first_word(words: Sequence[object], start: int) -> int:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].start < start:  # type: ignore[attr-defined]
            low = middle + 1
        else:
            high = middle
    return low


def _parts(name: str) -> list[str]:
    return [p for p in name.split() if not _INITIAL.fullmatch(p)] or name.split()


def _nameable(word: str, titles: frozenset[str]) -> bool:
    return word[:1].isupper() and word.isalpha() and word.casefold() not in titles


def _nearest(persons: Sequence[Person], offset: int) -> Person:
    """The person named last before the offset, else the first named after it."""

    def distance(person: Person) -> tuple[int, int]:
        before = [offset - p for p in person.places if p <= offset]
        after = [p - offset for p in person.places if p > offset]
        return (0, min(before)) if before else (1, min(after, default=10**9))

    return min(persons, key=distance)
