"""Who is meant: names, pronouns, groups and definite noun phrases, each taken back to actors of the cast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.cleaning import Block
from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.lexical import DASHES
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

STATE_TYPES: Final = frozenset({"State", "StateGrouping", "IntergovernmentalOrganization"})
OFTEN: Final = 3
TITLE_REACH: Final = 10
OFFICE_REACH: Final = 4


@dataclass(frozen=True, slots=True)
class Reference:
    """An actor that a word stands for, and how sure that is."""

    actor: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    actors: tuple[str, ...]


class References:
    """Takes words back to actors; `speakers` are the actors that "we" and "I" of the running text stand for."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, speakers: Sequence[str] = ()) -> None:
        self._text = text
        self._cast = cast
        self._words = {
            name: vocabulary.words(name)
            for name in (
                "group-noun-state", "group-noun-person", "speaks-for", "country-noun", "alliance-noun",
                "number-two", "number-three", "number-four", "first-person", "first-person-plural", "person-title", "meeting-verb",
                "pronoun-person",
                "pronoun-thing",
                "pronoun-plural",
                "announcing-verb",
                "adjunct-preposition",
                "region", "place-preposition",
            )
        }  # fmt: skip
        self._members = _alliance_members(cast, vocabulary)
        self._roles = vocabulary.roles_of
        self.speakers = tuple(speakers)
        self.nation = self._own_nation()
        self._groups = sorted(self._found_groups(), key=lambda g: (g.start, g.actors))
        self._cache: dict[int, tuple[Reference, ...]] = {}

    def of(self, token: Token, *, as_place: bool = False, nation: bool = False) -> tuple[Reference, ...]:
        """The actors that a word (the head of a phrase) stands for; empty where none is clear.

        `as_place`: a capital that is only a place stands for its state ("a visit to Tokyo"). `nation`: "we" of a
        speaker for his country stands for the country ("we joined in 1994").
        """
        if nation and self.nation is not None and token.lower_ in self._words["first-person-plural"]:
            return (Reference(self.nation, 0.7),)
        if as_place:
            naming = self._naming(token)
            if naming is not None:
                return (Reference(naming.actor, 0.8),)
        if token.i not in self._cache:
            self._cache[token.i] = ()
            self._cache[token.i] = self._resolved(token)
        return self._cache[token.i]

    def _own_nation(self) -> str | None:
        """The country for which a single speaker says "we": the one named most, by far, in a text full of "our"."""
        if len(self.speakers) != 1 or not self.is_person(self.speakers[0]):
            return None
        plural = sum(t.lower_ in ("our", "ours") for t in self._text.doc)
        states = Counter(n.actor for n in self._cast.namings if self._cast.type_of(n.actor) == "State")
        ranked = [*states.most_common(2), ("", 0), ("", 0)]
        clear = ranked[0][1] >= 2 * ranked[1][1] and ranked[0][1] >= OFTEN
        return ranked[0][0] if plural >= OFTEN and clear else None

    def labelled_speaker(self, block: Block | None) -> str | None:
        """The person whom the label of a block in a transcript names: "MINISTER TREMBLAY: …"."""
        if block is None or block.speaker is None:
            return None
        words = {word.casefold() for word in re.findall(r"[^\W\d_]+", block.speaker)}
        named = [m for m in self._cast.members.values() if m.type == "Person" and m.name]
        found = [m.iri for m in named if m.name.split()[-1].casefold() in words]
        return found[0] if len(found) == 1 else None

    def mere_places(self) -> frozenset[str]:
        """The actors that are named by their capital only, and only as a place."""
        acting = set()
        for naming in self._cast.namings:
            token = self._text.token_at(max(naming.start, naming.end - 1))
            if not self._is_place(token, naming):
                acting.add(naming.actor)
        return frozenset(n.actor for n in self._cast.namings if n.actor not in acting)

    def is_person(self, actor: str) -> bool:
        """Whether an actor of the cast is a person."""
        return self._cast.type_of(actor) == "Person"

    def _resolved(self, token: Token) -> tuple[Reference, ...]:
        naming = self._naming(token)
        if naming is not None:
            return self._named(token, naming)
        lower = token.lower_
        if lower in self._words["first-person"] or lower in self._words["first-person-plural"]:
            labelled = self.labelled_speaker(self._text.block_at(token.idx))
            return tuple(Reference(s, 0.8) for s in ([labelled] if labelled else self.speakers))
        if token.pos_ == "PRON" or token.dep_ == "poss" or lower in self._words["pronoun-plural"]:
            return self._pronoun(token)
        if token.pos_ in ("NOUN", "PROPN", "ADJ"):
            return self._noun_phrase(token)
        return ()

    def _naming(self, token: Token) -> Naming | None:
        return self._cast.at(token.idx, token.idx + len(token.text))

    def _named(self, token: Token, naming: Naming) -> tuple[Reference, ...]:
        if self._is_place(token, naming):
            return ()
        return (Reference(naming.actor, 0.9),)

    def _is_place(self, token: Token, naming: Naming) -> bool:
        """A capital, or a region such as Europe, is a place after "in", "at", "near", "across" and the like."""
        regional = token.lower_ in self._words["region"]
        if naming.kind != "capital" and not regional:
            return False
        return token.dep_ == "pobj" and token.head.lower_ in self._words["place-preposition"]

    # ------------------------------------------------------------ pronouns
    def _pronoun(self, token: Token) -> tuple[Reference, ...]:
        lower = token.lower_
        if lower in self._words["pronoun-person"]:
            person = self._latest(token, lambda t: t == "Person")
            return (Reference(person, 0.7),) if person else ()
        if lower in self._words["pronoun-thing"]:
            if self._is_expletive(token):
                return ()
            thing = self._latest_subject(token)
            return (Reference(thing, 0.5),) if thing else ()
        if lower in self._words["pronoun-plural"]:
            found = self._group_before(token, None, None)
            joint = len(self.speakers) > 1 and not self._group_in_sentence(token)
            return tuple(Reference(s, 0.7) for s in self.speakers) if joint else found
        if token.tag_ in ("WDT", "WP") and token.head.dep_ == "relcl":
            return self.of(token.head.head)
        return ()

    def _is_expletive(self, token: Token) -> bool:
        """Whether "it" only announces a clause: "it takes time to build …", "it is clear that …"."""
        if token.dep_ not in ("nsubj", "expl") or token.head.pos_ not in ("VERB", "AUX"):
            return False
        verb = token.head
        carriers = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr", "dobj", "oprd"))]
        announced = any(
            c.dep_ in ("ccomp", "xcomp", "csubj", "acl") for word in carriers for c in word.children
        )
        return announced and verb.lemma_ in self._words["announcing-verb"]

    def _latest(self, token: Token, wanted: object) -> str | None:
        """The actor of a type named last before a word; a subject of this or the last sentence first."""
        best: tuple[int, str] | None = None
        sentence = self._text.sentence_of(token)
        for naming in reversed(self._cast.namings):
            if naming.end > token.idx or not wanted(self._cast.type_of(naming.actor)):  # type: ignore[operator]
                continue
            if naming.start < sentence.start_char - 1200:
                break
            named = self._text.token_at(max(naming.start, naming.end - 1))
            subject = named.dep_ in ("nsubj", "nsubjpass") or named.head.dep_ == "nsubj"
            distance = token.i - named.i - (60 if subject else 0)
            if best is None or distance < best[0]:
                best = (distance, naming.actor)
        return best[1] if best else None

    def _latest_subject(self, token: Token) -> str | None:
        """For "it": the state or body that is subject of this clause's start or of the sentence before."""
        return self._latest(token, lambda t: t != "Person")

    # ------------------------------------------------------------ noun phrases
    def _noun_phrase(self, token: Token) -> tuple[Reference, ...]:
        lemma = token.lemma_.casefold()
        apposed = next((c for c in token.children if c.dep_ == "appos" and self._naming(c) is not None), None)
        if apposed is not None:
            return self.of(apposed)
        number = self._number(token)
        plural = token.tag_ in ("NNS", "NNPS")
        if plural and lemma in self._words["person-title"]:
            officers = self._officers(token)
            if officers:
                return officers
        if plural and (number or self._definite(token)):
            if lemma in self._words["group-noun-state"]:
                found = self._by_modifier(token) if not number else ()
                return found or self._group_before(token, number, "State")
            if lemma in self._words["group-noun-person"] and number:
                return self._group_before(token, number, "Person")
        if lemma in self._words["person-title"] and not plural:
            person = self._named_after(token)
            if person is not None:
                return (Reference(person, 0.8),)
        if lemma in self._words["speaks-for"] or lemma in self._words["person-title"]:
            found = self._titled(token) or self._by_modifier(token) or self._of_states(token)
            if found:
                return found
        if not plural and self._definite(token):
            return self._definite_singular(token, lemma)
        return ()

    def _named_after(self, token: Token) -> str | None:
        """The person whose title this is: "Chief of the General Staff Lt. Gen. Anna Berg"."""
        limit = min(token.i + TITLE_REACH, self._text.sentence_of(token).end)
        for following in token.doc[token.i + 1 : limit]:
            if following.pos_ in ("VERB", "AUX") or following.text in (",", ";", ":", "("):
                return None
            naming = self._naming(following)
            if naming is not None and self.is_person(naming.actor):
                return naming.actor
        return None

    def _definite_singular(self, token: Token, lemma: str) -> tuple[Reference, ...]:
        if token.lower_ in ("former", "latter"):
            pair = self._group_before(token, 2, None)
            return pair[:1] if token.lower_ == "former" else pair[1:]
        if lemma in self._words["alliance-noun"]:
            actor = self._latest(token, lambda t: t in ("StateGrouping", "IntergovernmentalOrganization"))
        elif lemma in self._words["country-noun"]:
            actor = self._latest(token, lambda t: t == "State")
        else:
            return ()
        return (Reference(actor, 0.6),) if actor else ()

    def _titled(self, token: Token) -> tuple[Reference, ...]:
        """ "The president", "the prime minister": the person who was last named with that title."""
        if token.tag_ not in ("NN", "NNP") or not self._definite(token):
            return ()
        lemma = token.lemma_.casefold()
        words = self._text.words
        for naming in reversed(self._cast.namings):
            before = naming.end <= token.idx and self.is_person(naming.actor) and naming.first > 0
            if before and words[naming.first - 1].text.casefold() == lemma:
                return (Reference(naming.actor, 0.6),)
        known = self._office_holder(lemma, token)
        return (Reference(known, 0.5),) if known is not None else ()

    def _officers(self, token: Token) -> tuple[Reference, ...]:
        """ "The Japanese and South Korean defence chiefs": the persons last named with these states."""
        states = [r.actor for r in self._by_modifier(token)]
        persons = [self._officer_of(state, token) for state in states]
        found = [person for person in persons if person is not None]
        return tuple(Reference(p, 0.5) for p in found) if len(found) == len(states) > 1 else ()

    def _officer_of(self, state: str, token: Token) -> str | None:
        """The person named last right after a state: "Norway's Berg", "Danish Adm. Ole Holm"."""
        namings = self._cast.namings
        for before, naming in zip(reversed(namings[:-1]), reversed(namings), strict=False):
            near = naming.end <= token.idx and naming.first - before.last <= OFFICE_REACH
            if near and before.actor == state and self.is_person(naming.actor):
                return naming.actor
        return None

    def _office_holder(self, lemma: str, token: Token) -> str | None:
        """The person named last before a word who is known to hold such an office."""
        for naming in reversed(self._cast.namings):
            if naming.end <= token.idx and any(lemma in role for role in self._roles.get(naming.actor, ())):
                return naming.actor
        return None

    def _by_modifier(self, token: Token) -> tuple[Reference, ...]:
        """ "Chinese officials", "Japan's government": the state that stands before the noun."""
        found = []
        for child in token.lefts:
            if child.dep_ in ("amod", "compound", "nmod", "poss"):
                naming = self._naming(child)
                if naming is not None and self._cast.type_of(naming.actor) in STATE_TYPES:
                    found += [naming.actor]
                    found += [n.actor for c in child.conjuncts if (n := self._naming(c)) is not None]
                elif naming is None and child.dep_ == "poss":
                    found += [r.actor for r in self.of(child)]
        return tuple(Reference(actor, 0.7) for actor in dict.fromkeys(found))

    def _of_states(self, token: Token) -> tuple[Reference, ...]:
        """ "The leaders of Kazakhstan and Uzbekistan": the states."""
        found = [r for t in syntax.prepositional(token, "of") for r in self.of(t)]
        return tuple(Reference(r.actor, 0.7) for r in found if self._cast.type_of(r.actor) in STATE_TYPES)

    @staticmethod
    def _definite(token: Token) -> bool:
        return any(
            c.dep_ in ("det", "poss", "nummod", "predet") and c.lower_ not in ("a", "an", "any", "no", "some")
            for c in token.lefts
        )

    def _number(self, token: Token) -> int | None:
        for child in token.lefts:
            for size, name in ((2, "number-two"), (3, "number-three"), (4, "number-four")):
                if child.lower_ in self._words[name]:
                    return size
        return None

    # ------------------------------------------------------------ groups
    def _found_groups(self) -> list[_Group]:
        return [
            *self._coordinated(), *self._hyphenated(), *self._alliances(), *self._speaking(), *self._meeting(),
        ]  # fmt: skip

    def _meeting(self) -> list[_Group]:
        """Those who meet: "Biden hosted the leaders of Japan and South Korea, where they …"."""
        groups = []
        for token in self._text.doc:
            if token.pos_ != "VERB" or token.lemma_ not in self._words["meeting-verb"]:
                continue
            sides = [
                c
                for c in token.children
                if c.dep_ in ("nsubj", "dobj", "obj", "prep")
                and c.lower_ not in self._words["adjunct-preposition"]
            ]
            actors = [
                n.actor
                for side in sides
                for n in self._cast.within(
                    side.left_edge.idx, side.right_edge.idx + len(side.right_edge.text)
                )
                if self._cast.type_of(n.actor) in ("Person", "State")
            ]
            if len(dict.fromkeys(actors)) > 1 and len(sides) > 1:
                end = max(s.right_edge.idx for s in sides)
                groups.append(_Group(end, tuple(dict.fromkeys(actors))))
        return groups

    def _coordinated(self) -> list[_Group]:
        """Actors joined by "and" or commas."""
        groups = []
        for naming in self._cast.namings:
            token = self._text.token_at(max(naming.start, naming.end - 1))
            if token.dep_ == "conj" or not token.conjuncts:
                continue
            named = [n for t in syntax.conjuncts(token) if (n := self._naming(t)) is not None]
            actors = tuple(dict.fromkeys(n.actor for n in named))
            if len(actors) > 1:
                groups.append(_Group(named[-1].end, actors))
        return groups

    def _hyphenated(self) -> list[_Group]:
        """States joined by a hyphen or dash: "US-Japan"."""
        groups = []
        namings, words = self._cast.namings, self._text.words
        for first, second in pairwise(namings):
            joined = second.first == first.last + 1 and words[first.last].text in DASHES
            if joined and {self._cast.type_of(n.actor) for n in (first, second)} == {"State"}:
                groups.append(_Group(second.end, (first.actor, second.actor)))
        return groups

    def _alliances(self) -> list[_Group]:
        groups = []
        for naming in self._cast.namings:
            members = [m for m in self._members.get(naming.actor, ()) if m in self._cast.members]
            if 2 <= len(members) <= 4:
                groups.append(_Group(naming.end, tuple(members)))
        return groups

    def _speaking(self) -> list[_Group]:
        return [_Group(0, self.speakers)] if len(self.speakers) > 1 else []

    def _group_in_sentence(self, token: Token) -> bool:
        start = self._text.sentence_of(token).start_char
        return any(start <= group.start <= token.idx for group in self._groups)

    def announced(self, token: Token) -> tuple[str, ...]:
        """The states that a plural noun points forward to: the next group of its size named after it."""
        size = self._number(token) or (2 if self._definite(token) else 0)
        for group in self._groups:
            states = {self._cast.type_of(a) for a in group.actors} == {"State"}
            if group.start > token.idx and states and len(group.actors) == size:
                return group.actors
        return ()

    def _group_before(self, token: Token, size: int | None, kind: str | None) -> tuple[Reference, ...]:
        """The latest group of a size and type before a word."""
        for group in reversed(self._groups):
            if group.start > token.idx:
                continue
            if size is not None and len(group.actors) != size:
                continue
            types = {self._cast.type_of(a) for a in group.actors}
            if kind == "State" and not types <= {"State"}:
                continue
            if kind == "Person" and types != {"Person"}:
                continue
            return tuple(Reference(actor, 0.7 if size else 0.6) for actor in group.actors)
        return ()


def _alliance_members(cast: Cast, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The member states of each alliance in the cast, as its name or the vocabulary tells."""
    members: dict[str, list[str]] = {}
    for stated in cast.stated:
        if stated.predicate == "memberOf":
            members.setdefault(stated.object, []).append(stated.subject)
    for organization in cast.members:
        if cast.type_of(organization) in ("StateGrouping", "IntergovernmentalOrganization"):
            members.setdefault(organization, []).extend(vocabulary.members_of.get(organization, ()))
    return {iri: tuple(dict.fromkeys(found)) for iri, found in members.items()}
