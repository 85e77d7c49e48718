"""Relations between actors: offices, organs, memberships, alliances, authorship."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import Reference, References
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

GROUPS: Final = frozenset({"StateGrouping", "IntergovernmentalOrganization"})
EMPLOYERS: Final = frozenset({"Organization", "GovernmentBody", "IntergovernmentalOrganization"})
OFFICE_PREPOSITIONS: Final = frozenset({"of", "at", "for", "to", "in", "with"})
ROLE_WORDS: Final = 8
COPULAS: Final = frozenset({"be", "serve", "become", "remain", "work"})
SMALL_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A relation found at one place `[start, end)` of the cleaned text."""

    subject: str
    predicate: str
    object: str
    start: int
    end: int
    confidence: float
    role: str | None = None


class RelationFinder:
    """Finds the relations between the actors of one text."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary
        self._references = references
        self._titles = vocabulary.words("person-title")
        self._former = vocabulary.words("former")
        self._national = vocabulary.words("national-office")
        self._alliance = vocabulary.words("alliance-word")
        self._within = vocabulary.words("membership-preposition")
        self._matcher = frame_matcher(vocabulary, "relation:memberOf", "relation:alliedWith", "relation:affiliatedWith")

    def relations(self) -> Iterator[Found]:
        """Every relation, in no particular order; the same one may come from several places."""
        yield from self._stated()
        yield from self._organs()
        yield from self._offices()
        yield from self._biographies()
        yield from self._from_frames()
        yield from self._memberships()

    def _stated(self) -> Iterator[Found]:
        for stated in self._cast.stated:
            yield Found(stated.subject, stated.predicate, stated.object, stated.start, stated.end, 0.9)

    def _organs(self) -> Iterator[Found]:
        """A body that the vocabulary knows as part of a state, or that a state's name stands before."""
        for member in self._cast.members.values():
            if not member.namings:
                continue
            first = member.namings[0]
            if member.part_of is not None and member.known:
                whole = self._whole(member.part_of)
                if whole is not None:
                    yield Found(member.iri, "partOf", whole, first.start, first.end, 0.8)
            elif member.part_of is None and member.type == "GovernmentBody":
                for naming in member.namings:
                    owner = self._owner(naming)
                    if owner is not None:
                        yield Found(member.iri, "partOf", owner, naming.start, naming.end, 0.7)
                        break

    def _whole(self, iri: str | None) -> str | None:
        """The nearest whole above a part that the text names."""
        for _ in range(4):
            if iri is None or (iri in self._cast.members and self._cast.members[iri].namings):
                return iri
            entry = self._vocabulary.actor_by_iri.get(iri)
            iri = entry.part_of if entry is not None else None
        return None

    def _owner(self, naming: Naming) -> str | None:
        """The state before a name ("Japan's Finance Ministry") or within it ("the Finance Ministry of Japan")."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        for child in token.lefts:
            if child.dep_ in ("poss", "amod", "compound"):
                for reference in self._references.of(child):
                    if self._cast.type_of(reference.actor) == "State":
                        return reference.actor
        for other in syntax.prepositional(token, "of"):
            for reference in self._references.of(other):
                if self._cast.type_of(reference.actor) == "State":
                    return reference.actor
        return None

    # ------------------------------------------------------------ offices
    def _offices(self) -> Iterator[Found]:
        for naming in self._cast.namings:
            if self._cast.type_of(naming.actor) != "Person" or naming.kind == "title":
                continue
            yield from self._title_before(naming)
            yield from self._apposition(naming)
            yield from self._copula(naming)

    def _title_before(self, naming: Naming) -> Iterator[Found]:
        """ "US President Donald Trump", "former Japanese Prime Minister Shinzo Abe", "Treasury Secretary Bessent"."""
        words = self._text.words
        first = naming.first
        if first > 1 and words[first - 1].text == "," and words[first - 2].text[:1].isupper():
            first -= 1
        while first > 0 and naming.first - first < ROLE_WORDS and self._in_title(first - 1):
            first -= 1
        while first < naming.first and words[first].text.casefold() in ("and", "of", "for", "-", "."):
            first += 1
        if first == naming.first or words[first].text == ",":
            employer = self._employer_after(naming)
            if employer is not None:
                yield Found(naming.actor, "affiliatedWith", employer, naming.start, naming.end, 0.7)
            return
        title = [w.text for w in words[first : naming.first] if w.text not in (".", ",")]
        if not any(w.casefold() in self._titles for w in title):
            return
        role = self._text.clean.text[words[first].start : naming.start].strip(" ,")
        employer = self._employer_before(first) or self._office_holder(naming.actor, title)
        if employer is None and any(w.casefold() in self._national for w in title):
            employer = self._state_near(naming, words[first].start)
        employer = employer or self._employer_after(naming)
        former = self._is_former(first)
        if employer is not None:
            start = words[first].start
            yield Found(naming.actor, "affiliatedWith", employer, start, naming.end, 0.8, _role(role, former))

    def _state_near(self, naming: Naming, start: int) -> str | None:
        """For a minister without his state: the state after "of", else the one named last before him in the sentence."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        for other in syntax.prepositional(token, "of"):
            for reference in self._references.of(other):
                return reference.actor
        before = self._cast.within(self._text.sentence_of(token).start_char, start)
        states = [n.actor for n in before if self._cast.type_of(n.actor) == "State"]
        return states[-1] if states else None

    def _employer_after(self, naming: Naming) -> str | None:
        """ "Professor Aiko Mori of Kyoto University"."""
        words = self._text.words
        index = naming.last
        if index + 1 >= len(words) or words[index].text.casefold() not in ("of", "at", "from"):
            return None
        index += 2 if words[index + 1].text.casefold() == "the" else 1
        other = self._cast.at(words[index].start, words[index].end) if index < len(words) else None
        return other.actor if other is not None and self._cast.type_of(other.actor) in EMPLOYERS else None

    def _in_title(self, index: int) -> bool:
        word = self._text.words[index]
        if word.text.casefold() in self._titles or (word.text == "." and self._in_title(index - 1)):
            return True
        following = self._text.words[index + 1].text
        naming = self._cast.at(word.start, word.end)
        capital = word.text[:1].isupper() or word.text.casefold() in ("of", "for", "and", "prime", "foreign", "defense", "defence", "-")
        return naming is None and capital and following.casefold() not in (".",) and word.text.isalpha()

    def _employer_before(self, first: int) -> str | None:
        """The actor named right before the title, possessive or not."""
        index = first - 1
        words = self._text.words
        while index >= 0 and words[index].text in ("'", "’", "s"):
            index -= 1
        while index >= 0 and words[index].text.casefold() in self._former:
            index -= 1
        if index < 0:
            return None
        naming = self._cast.at(words[index].start, words[index].end)
        if naming is not None and self._cast.type_of(naming.actor) != "Person":
            return naming.actor
        return None

    def _is_former(self, first: int) -> bool:
        around = self._text.words[max(0, first - 2) : first + 2]
        return any(w.text.casefold() in self._former for w in around)

    def _office_holder(self, person: str, title: Sequence[str]) -> str | None:
        """For a person that the vocabulary knows: the body of the office that fits the title."""
        last = title[-1].casefold()
        for membership in self._vocabulary.memberships:
            if membership.member == person and membership.role and last in membership.role.casefold():
                return membership.organization
        return None

    def _apposition(self, naming: Naming) -> Iterator[Found]:
        """ "Masafumi Ishii, Political Minister at the Embassy of Japan, …"."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        seen = {token.i}
        for child in token.children:
            if child.dep_ == "appos" and child.i > token.i and child.i not in seen:
                seen.add(child.i)
                yield from self._described(naming, child)
        if token.dep_ == "appos" and token.head.i not in seen and token.head.pos_ in ("NOUN", "PROPN"):
            yield from self._described(naming, token.head)
        yield from self._after_comma(naming, seen)

    def _after_comma(self, naming: Naming, seen: set[int]) -> Iterator[Found]:
        """The same by words, where the parse went wrong: name, comma, title, preposition, organisation."""
        words = self._text.words
        index = naming.last
        if index >= len(words) or words[index].text != ",":
            return
        title = [words[i] for i in range(index + 1, min(index + 9, len(words)))]
        stop = next((i for i, w in enumerate(title) if w.text.casefold() in OFFICE_PREPOSITIONS or w.text in ",.;"), None)
        if stop is None or stop == 0 or title[stop].text.casefold() not in OFFICE_PREPOSITIONS:
            return
        if title[0].text.casefold() in ("and", "or", "but", "with"):
            return
        if not any(w.text.casefold() in self._titles for w in title[:stop]):
            return
        following = self._cast.within(title[stop].end, title[stop].end + 90)
        if following and following[0].start - title[stop].end < 40:
            role = self._text.clean.text[title[0].start : title[stop - 1].end]
            yield Found(naming.actor, "affiliatedWith", following[0].actor, naming.start, following[0].end, 0.75, _role(role))

    def _copula(self, naming: Naming) -> Iterator[Found]:
        """ "X is a senior fellow at Y and holds the chair in Z"."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        relative = [c for c in token.children if c.dep_ == "relcl" and c.lemma_ in COPULAS]
        for verb in relative or ([token.head] if token.dep_ == "nsubj" and token.head.lemma_ in COPULAS else []):
            for attribute in (*syntax.attributes(verb), *syntax.prepositional(verb, "as")):
                yield from self._described(naming, attribute)

    def _described(self, naming: Naming, noun: Token) -> Iterator[Found]:
        """The organisations that a description of a person names, with the role."""
        lemma = noun.lemma_.casefold()
        other = self._cast.at(noun.idx, noun.idx + len(noun.text))
        if other is not None and other.actor != naming.actor and self._cast.type_of(other.actor) == "Person":
            return
        if lemma not in self._titles and not (noun.pos_ in ("NOUN", "PROPN") and self._has_title(noun)):
            return
        employers = [t for p in sorted(OFFICE_PREPOSITIONS) for t in syntax.prepositional(noun, p)]
        employers += [c for c in noun.lefts if c.dep_ in ("poss", "compound", "amod", "nmod")]
        former = any(c.lower_ in self._former for c in noun.lefts)
        for employer in employers:
            for reference in self._references.of(employer):
                if reference.actor != naming.actor and self._cast.type_of(reference.actor) != "Person":
                    start = min(naming.start, noun.left_edge.idx)
                    end = max(naming.end, employer.idx + len(employer.text))
                    role = _role(self._role_text(noun), former)
                    yield Found(naming.actor, "affiliatedWith", reference.actor, start, end, 0.75, role)

    def _has_title(self, noun: Token) -> bool:
        return any(t.lower_.rstrip(".") in self._titles for t in noun.lefts)

    def _role_text(self, noun: Token) -> str:
        """The noun with the words before it, without determiners and the actors named there."""
        kept = [
            t for t in noun.doc[noun.left_edge.i : noun.i + 1]
            if t.dep_ != "det" and not t.is_punct and t.tag_ != "POS" and not self._cast.at(t.idx, t.idx + len(t.text))
        ]  # fmt: skip
        return " ".join(t.text for t in kept if t.lower_ not in self._former)

    def _biographies(self) -> Iterator[Found]:
        """The notes on authors: every organisation after a title and a preposition, whoever the sentence's subject is."""
        for block in self._text.clean.of("bio"):
            persons = [n for n in self._cast.within(block.start, block.end) if self._cast.type_of(n.actor) == "Person"]
            if not persons:
                continue
            for naming in self._cast.within(block.start, block.end):
                if self._cast.type_of(naming.actor) in EMPLOYERS:
                    role = self._role_before(naming, block.start)
                    if role is not None:
                        yield Found(persons[0].actor, "affiliatedWith", naming.actor, *role[1], 0.7, _role(role[0]))

    def _role_before(self, naming: Naming, start: int) -> tuple[str, tuple[int, int]] | None:
        """The title before "at", "of", "for", "to" and an organisation, with the range of both."""
        words = self._text.words
        index = naming.first - 1
        while index > 0 and words[index].text.casefold() in ("the", "a", "an") and words[index].start >= start:
            index -= 1
        if index < 1 or words[index].text.casefold() not in OFFICE_PREPOSITIONS:
            return None
        last = index
        first = last
        while first > 0 and last - first < 10 and words[first - 1].start >= start:
            word = words[first - 1]
            if word.text in ".;,:()" or word.text.casefold() in ("is", "was", "as", "and", "a", "an", "the", "holds"):
                break
            first -= 1
        role = words[first:last]
        if not any(w.text.casefold() in self._titles for w in role):
            return None
        return self._text.clean.text[role[0].start : role[-1].end], (role[0].start, naming.end)

    # ------------------------------------------------------------ memberships
    def _from_frames(self) -> Iterator[Found]:
        for sentence in self._text.sentences():
            for match in self._matcher.matches(sentence):
                if not syntax.negated(match.head) and not _modal(match.head):
                    yield from self._of_frame(match)

    def _of_frame(self, match: FrameMatch) -> Iterator[Found]:
        predicate = match.frame.evokes.removeprefix("relation:")
        if any(c.dep_ == "aux" and c.lower_ == "to" for v in (match.head, match.head.head) for c in v.children):
            return
        subjects = [r for t in match.get("subject") for r in self._references.of(t)]
        objects = [r for t in match.get("object") for r in self._references.of(t)]
        for subject in dict.fromkeys(subjects):
            for target in dict.fromkeys(objects):
                if subject.actor != target.actor and self._fits(predicate, subject.actor, target.actor):
                    first = min(t.idx for t in (match.head, *match.get("subject"), *match.get("object")))
                    tokens = (match.head, *match.get("subject"), *match.get("object"))
                    last = max(t.idx + len(t.text) for t in tokens)
                    confidence = round(0.8 * subject.confidence * target.confidence, 4)
                    yield Found(subject.actor, predicate, target.actor, first, last, confidence)

    def _fits(self, predicate: str, subject: str, target: str) -> bool:
        types = self._cast.type_of(subject), self._cast.type_of(target)
        if predicate == "memberOf":
            return types[0] in ("State", "Organization") and types[1] in GROUPS
        if predicate == "alliedWith":
            return types == ("State", "State")
        return types[0] == "Person" and types[1] != "Person"

    def _memberships(self) -> Iterator[Found]:
        """Membership that the text presupposes: an alliance named after its members, a state that acts in an organisation."""
        members: dict[str, set[str]] = {}
        for m in self._vocabulary.memberships:
            if m.role is None and m.end is None:
                members.setdefault(m.organization, set()).add(m.member)
        for naming in self._cast.namings:
            if self._cast.type_of(naming.actor) in GROUPS:
                of_it = members.get(naming.actor, set())
                if 1 < len(of_it) <= SMALL_GROUP:
                    yield from self._small(naming, of_it)
                else:
                    yield from self._acting_in(naming, of_it)

    def _small(self, naming: Naming, members: set[str]) -> Iterator[Found]:
        present = sorted(m for m in members if m in self._cast.members)
        for member in present:
            yield Found(member, "memberOf", naming.actor, naming.start, naming.end, 0.7)
        if any(w in self._cast.members[naming.actor].name.casefold() for w in self._alliance):
            for first, second in combinations(present, 2):
                yield Found(first, "alliedWith", second, naming.start, naming.end, 0.7)

    def _acting_in(self, naming: Naming, members: set[str]) -> Iterator[Found]:
        """ "Both countries work together in the G20": members that are subject of a verb with the organisation in its phrase."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        while token.dep_ in ("conj", "appos") and token.head.i != token.i:
            token = token.head
        preposition = token.head
        if token.dep_ != "pobj" or preposition.lower_ not in self._within:
            return
        verb = preposition
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        found = [(r, s) for s in (syntax.subjects(verb) if verb.pos_ in ("VERB", "AUX") else ()) for r in self._references.of(s)]
        if not found and len(self._references.speakers) > 1:
            found = [(Reference(s, 0.7), token) for s in self._references.speakers]
        for reference, subject in found:
            if reference.actor in members:
                start, end = min(subject.idx, naming.start), max(naming.end, subject.idx + len(subject.text))
                yield Found(reference.actor, "memberOf", naming.actor, start, end, 0.6)


def _role(text: str, former: bool = False) -> str | None:
    role = " ".join(text.split()).strip(" ,.'’")
    if not role:
        return None
    return f"former {role}" if former and not role.casefold().startswith("former") else role


def _modal(head: Token) -> bool:
    return any(c.tag_ == "MD" and c.lower_ not in ("will",) for c in head.children)
