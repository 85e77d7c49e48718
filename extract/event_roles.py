"""Who has what part in an event that a frame tells, and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import References
from alliancegraph.extract.frames import FrameMatch
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

PARTICLES: Final = frozenset({"of", "on", "for", "to", "about", "against", "over", "with", "at"})
FORCES: Final = frozenset({"GovernmentBody", "ArmedGroup"})
ROLES: Final = ("organizes", "targetOf", "participatesIn", "theme")
OWNERS: Final = frozenset(
    {
        "State",
        "GovernmentBody",
        "ArmedGroup",
        "StateGrouping",
        "IntergovernmentalOrganization",
        "Organization",
    }
)


@cache
def attitude_verbs(vocabulary: Vocabulary) -> frozenset[str]:
    """Verbs that tell what somebody thinks or says of something, not what he does."""
    return frozenset(
        lemma.split()[0]
        for frame in vocabulary.frames
        if frame.part_of_speech == "verb"
        and frame.evokes.startswith(("stance:", "relation:reports"))
        and frame.evokes != "stance:commits"
        and "holder" not in frame.requires
        for lemma in frame.lemmas
        if " " not in lemma or lemma.split()[1] in PARTICLES
    )


class EventRoles:
    """Finds who takes part in the events of one text."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._references = references
        self._attitudes = attitude_verbs(vocabulary)
        self._forces = vocabulary.words("force-noun")
        self._assets = self._forces | vocabulary.words("asset-noun")

    def roles(self, match: FrameMatch) -> Iterator[tuple[str, str]]:
        """Pairs of role and actor, each once; who is acted on does not also take part."""
        seen: set[tuple[str, str]] = set()
        taken: set[str] = set()
        onlookers = self._onlookers(match)
        for role in ROLES:
            for token in match.get(role) or self._further(match, role):
                if token.i in onlookers or (role == "participatesIn" and self._is_seat(token, match)):
                    continue
                for actor in self._actors(token, role):
                    pair = (role if role != "theme" else "participatesIn", actor)
                    if pair not in seen and not (role == "participatesIn" and actor in taken):
                        seen.add(pair)
                        if role == "targetOf":
                            taken.add(actor)
                        yield pair

    @staticmethod
    def _further(match: FrameMatch, role: str) -> Iterator[Token]:
        """What fills a role by a preposition that the parse hangs on a word within the noun's phrase."""
        if match.frame.part_of_speech != "noun" or role == "theme":
            return
        words = {
            grammar[5:] for grammar, filled in match.frame.slots if filled == role and grammar[:5] == "prep:"
        }
        last = syntax.noun_extent(match.head)[1]
        for token in match.head.doc[match.head.i + 1 : last]:
            if token.lower_ in words - {"of", "in"} and token.dep_ in ("prep", "agent"):
                yield from (c for c in token.children if c.dep_ == "pobj")

    def _actors(self, token: Token, role: str) -> Iterator[str]:
        """Whom a word stands for in a role; a ship or embassy stands for whose it is."""
        found = [r.actor for r in self._references.of(token, as_place=role == "targetOf", nation=True)]
        if role == "theme":
            found = [actor for actor in found if self._cast.type_of(actor) in FORCES]
        if not found and token.lemma_.casefold() in (self._forces if role != "targetOf" else self._assets):
            found = [actor for actor in self._owners(token) if self._cast.type_of(actor) in OWNERS]
        yield from found

    def _owners(self, noun: Token) -> Iterator[str]:
        """Whose a thing is: "American troops", "instructors of the Africa Corps", "imports of Japanese fish"."""
        inner = list(syntax.prepositional(noun, "of"))
        found = [r.actor for token in inner for r in self._references.of(token)]
        near = (t for n in (noun, *inner) for t in (*syntax.possessors(n), *syntax.modifiers(n)))
        yield from found or (r.actor for token in near for r in self._references.of(token))

    def _is_seat(self, token: Token, match: FrameMatch) -> bool:
        """Whether a capital before a noun is where it was held: "the Abuja summit"."""
        naming = self._cast.at(token.idx, token.idx + len(token.text))
        before = (
            match.frame.part_of_speech == "noun"
            and token.i < match.head.i
            and token.dep_ in ("compound", "nmod")
        )
        return (
            before
            and naming is not None
            and naming.kind == "capital"
            and match.frame.evokes == "event:meeting"
        )

    def _onlookers(self, match: FrameMatch) -> frozenset[int]:
        """The subjects of a verb of attitude or speech over an event noun take no part in it: "Japan condemned the launch"."""
        head = match.head
        if match.frame.part_of_speech != "noun" or head.dep_ not in ("dobj", "pobj", "attr", "conj"):
            return frozenset()
        verb = syntax.verb_above(head.head)
        if verb is None or verb.lemma_.casefold() not in self._attitudes:
            return frozenset()
        return frozenset(t.i for t in syntax.subjects(verb))

    def place(self, match: FrameMatch) -> str | None:
        """The place of an event: an actor, or a name."""
        for token in match.get("place"):
            naming = self._cast.at(token.idx, token.idx + len(token.text))
            if naming is not None:
                return naming.actor
            if token.ent_type_ in ("GPE", "LOC", "FAC"):
                entity = next(e for e in self._text.sentence_of(token).ents if e.start <= token.i < e.end)
                return str(entity.text)
        return None
