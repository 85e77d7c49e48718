"""Relations between actors: organs, memberships and alliances; offices are in `offices`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import Reference, References
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.offices import OfficeFinder
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.relation import Found
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

GROUPS: Final = frozenset({"StateGrouping", "IntergovernmentalOrganization"})
SMALL_GROUP: Final = 4


class RelationFinder:
    """Finds the relations between the actors of one text."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary
        self._references = references
        self._alliance = vocabulary.words("alliance-word")
        self._within = vocabulary.words("membership-preposition")
        self._matcher = frame_matcher(
            vocabulary, "relation:memberOf", "relation:alliedWith", "relation:affiliatedWith"
        )

    def relations(self) -> Iterator[Found]:
        """Every relation, in no particular order; the same one may come from several places."""
        yield from self._stated()
        yield from self._organs()
        yield from OfficeFinder(self._text, self._cast, self._vocabulary, self._references).offices()
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

    # ------------------------------------------------------------ memberships
    def _from_frames(self) -> Iterator[Found]:
        for sentence in self._text.sentences():
            for match in self._matcher.matches(sentence):
                if not syntax.negated(match.head) and not _modal(match.head):
                    yield from self._of_frame(match)

    def _of_frame(self, match: FrameMatch) -> Iterator[Found]:
        predicate = match.frame.evokes.removeprefix("relation:")
        if any(
            c.dep_ == "aux" and c.lower_ == "to" for v in (match.head, match.head.head) for c in v.children
        ):
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
        members = self._vocabulary.members_of
        for naming in self._cast.namings:
            if self._cast.type_of(naming.actor) in GROUPS:
                of_it = members.get(naming.actor, ())
                if 1 < len(of_it) <= SMALL_GROUP:
                    yield from self._small(naming, of_it)
                else:
                    yield from self._acting_in(naming, of_it)

    def _small(self, naming: Naming, members: Sequence[str]) -> Iterator[Found]:
        present = sorted(m for m in members if m in self._cast.members)
        for member in present:
            yield Found(member, "memberOf", naming.actor, naming.start, naming.end, 0.7)
        if any(w in self._cast.members[naming.actor].name.casefold() for w in self._alliance):
            for first, second in combinations(present, 2):
                yield Found(first, "alliedWith", second, naming.start, naming.end, 0.7)

    def _acting_in(self, naming: Naming, members: Sequence[str]) -> Iterator[Found]:
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
        found = [
            (r, s)
            for s in (syntax.subjects(verb) if verb.pos_ in ("VERB", "AUX") else ())
            for r in self._references.of(s)
        ]
        if not found and len(self._references.speakers) > 1:
            found = [(Reference(s, 0.7), token) for s in self._references.speakers]
        for reference, subject in found:
            if reference.actor in members:
                start, end = min(subject.idx, naming.start), max(naming.end, subject.idx + len(subject.text))
                yield Found(reference.actor, "memberOf", naming.actor, start, end, 0.6)


def _modal(head: Token) -> bool:
    return any(c.tag_ == "MD" and c.lower_ not in ("will",) for c in head.children)
