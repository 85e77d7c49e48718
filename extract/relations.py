"""Relations between actors: organs, memberships and alliances; offices are in `offices`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.alliances import AllianceFinder
from alliancegraph.extract.biographies import BiographyReader
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import References
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.known_offices import known_offices
from alliancegraph.extract.offices import OfficeFinder
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.parts import PartFinder
from alliancegraph.extract.relation import Found
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

GROUPS: Final = frozenset({"StateGrouping", "IntergovernmentalOrganization"})


class RelationFinder:
    """Finds the relations between the actors of one text."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary
        self._references = references
        self._matcher = frame_matcher(
            vocabulary, "relation:memberOf", "relation:alliedWith", "relation:affiliatedWith"
        )

    def relations(self) -> Iterator[Found]:
        """Every relation, in no particular order; the same one may come from several places."""
        yield from self._stated()
        parts = PartFinder(self._text, self._cast, self._vocabulary, self._references)
        yield from parts.parts()
        yield from self._offices(parts)
        yield from self._from_frames()
        yield from AllianceFinder(self._text, self._cast, self._vocabulary, self._references).alliances()

    def _offices(self, parts: PartFinder) -> Iterator[Found]:
        """Offices that the text tells, and for persons without one that which they are known for."""
        given = (self._text, self._cast, self._vocabulary)
        told = [
            *BiographyReader(*given).employments(),
            *OfficeFinder(*given, self._references, parts).offices(),
        ]
        yield from told
        yield from self._colleagues(told)
        yield from known_offices(*given, parts, {found.subject for found in told})

    def _colleagues(self, told: Sequence[Found]) -> Iterator[Found]:
        """ "My colleague Anna Berg": she works where the author does."""
        authors = set(self._cast.authors.values())
        employers = [f.object for f in told if f.subject in authors]
        known = [e for e in employers if e in self._cast.members and self._cast.members[e].known]
        words, nouns = self._text.words, self._vocabulary.words("colleague")
        for naming in self._cast.namings if employers else ():
            before = [w.text.casefold() for w in words[max(0, naming.first - 3) : naming.first]]
            if self._cast.type_of(naming.actor) == "Person" and nouns.intersection(before) and "my" in before:
                start = words[max(0, naming.first - 2)].start
                at = next(iter(known or employers))
                yield Found(
                    naming.actor, "affiliatedWith", at, start, naming.end, 0.6, "colleague of the author"
                )

    def _stated(self) -> Iterator[Found]:
        for stated in self._cast.stated:
            yield Found(stated.subject, stated.predicate, stated.object, stated.start, stated.end, 0.9)

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


def _modal(head: Token) -> bool:
    return any(c.tag_ == "MD" and c.lower_ not in ("will",) for c in head.children)
