"""What is an organ or branch of what: by the vocabulary, by a possessor, by the names that stand next to each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast, Member
from alliancegraph.extract.coreference import References
from alliancegraph.extract.gazetteer import Naming, gazetteer_names
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.relation import Found
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

PARTS: Final = frozenset({"Organization", "GovernmentBody"})
WHOLES: Final = frozenset(
    {"Organization", "GovernmentBody", "IntergovernmentalOrganization", "StateGrouping"}
)
DEPTH: Final = 4
NEAR: Final = 8


class PartFinder:
    """Finds which body is part of which in one text."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary
        self._references = references

    def parts(self) -> Iterator[Found]:
        """Every part with its whole."""
        for member in self._cast.members.values():
            if member.namings and (member.type in PARTS or member.known):
                yield from self._known(member) if member.part_of is not None else self._owned(member)
        yield from self._adjacent()
        yield from self._nested()

    def _known(self, member: Member) -> Iterator[Found]:
        """A body that the vocabulary knows as part of another; of an organisation's state only where the text says it."""
        if not member.known:
            return
        whole = self._state_above(member) or self.named_whole(member.part_of)
        if whole is None or whole == member.iri:
            return
        for naming in member.namings:
            if (
                member.type in ("GovernmentBody", "IntergovernmentalOrganization")
                or self._cast.type_of(whole) != "State"
                or self._beside(naming, whole)
            ):
                yield Found(member.iri, "partOf", whole, naming.start, naming.end, 0.8)
                return

    def _state_above(self, member: Member) -> str | None:
        """The state of which a body is a part in the end, if the text names it: the Senate is part of the United States."""
        iri = member.part_of if member.type == "GovernmentBody" else None
        for _ in range(DEPTH):
            entry = self._vocabulary.actor_by_iri.get(iri) if iri is not None else None
            if entry is None or entry.type == "State":
                break
            iri = entry.part_of
        return iri if iri is not None and self.named_whole(iri) == iri else None

    def _beside(self, naming: Naming, whole: str) -> bool:
        """Whether the whole is named shortly before: "North Korea's state news agency KCNA"."""
        words = self._text.words
        start = max(words[max(0, naming.first - NEAR)].start, self._text.sentence_at(naming.start).start_char)
        before = self._cast.within(start, naming.start)
        if before:
            return before[-1].actor == whole and before[-1].kind != "demonym"
        first = self._text.token_at(naming.start)
        possessives = [c for t in (first, first.head) for c in t.children if c.dep_ == "poss"]
        return any(r.actor == whole for c in possessives for r in self._references.of(c))

    def named_whole(self, iri: str | None) -> str | None:
        """The nearest whole above a part, itself included, that the text names; West Germany may stand for Germany."""
        for _ in range(DEPTH):
            if iri is None:
                return None
            for same in (iri, *self._vocabulary.other_times.get(iri, ())):
                if same in self._cast.members and self._cast.members[same].namings:
                    return same
            entry = self._vocabulary.actor_by_iri.get(iri)
            iri = entry.part_of if entry is not None else None
        return None

    def _owned(self, member: Member) -> Iterator[Found]:
        for naming in member.namings:
            owner = self._owner(naming) if member.type == "GovernmentBody" else None
            if owner is not None and owner != member.iri:
                yield Found(member.iri, "partOf", owner, naming.start, naming.end, 0.7)
                return

    def _owner(self, naming: Naming) -> str | None:
        """The state before a name ("Japan's Finance Ministry") or within it ("the Finance Ministry of Japan")."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        before = [c for c in token.lefts if c.dep_ in ("poss", "amod", "compound")]
        for other in (*before, *syntax.prepositional(token, "of")):
            state = self._state(other)
            if state is not None:
                return state
        return None

    def _state(self, token: Token) -> str | None:
        for reference in self._references.of(token):
            if self._cast.type_of(reference.actor) == "State":
                return reference.actor
        return None

    def _adjacent(self) -> Iterator[Found]:
        """ "The Korea Desk (KD) of the Finance Ministry", "NATO's Military Committee"."""
        for first, second in pairwise(self._cast.namings):
            between = " ".join(w.text for w in self._text.words[first.last : second.first]).casefold()
            if first.actor == second.actor:
                continue
            kinds = self._cast.type_of(first.actor), self._cast.type_of(second.actor)
            link = between.rpartition(")")[2].split()
            if kinds[0] in PARTS and kinds[1] in WHOLES and link and link[0] in ("of", "at", "within"):
                if link[1:] in ([], ["the"]):
                    yield Found(first.actor, "partOf", second.actor, first.start, second.end, 0.75)
            elif kinds[0] in WHOLES and kinds[1] in PARTS and between in ("' s", "'"):
                yield Found(second.actor, "partOf", first.actor, first.start, second.end, 0.7)

    def _nested(self) -> Iterator[Found]:
        """An organisation whose name begins with that of its whole: "ECOWAS Commission", "CSIS Korea Chair"."""
        for member in self._cast.members.values():
            if member.known or not member.namings or member.type not in PARTS:
                continue
            naming = member.namings[0]
            words = self._text.words[naming.first : naming.last]
            for inner in gazetteer_names(words[:-1], self._vocabulary)[:1]:
                whole = self._vocabulary.actor_by_iri[inner.actor]
                if inner.first == 0 and whole.type in WHOLES and inner.actor in self._cast.members:
                    yield Found(member.iri, "partOf", inner.actor, naming.start, naming.end, 0.75)
