"""Mentions of events: by name, and by the words that tell of one, with the roles that the clause around them gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import References
from alliancegraph.extract.event_roles import FORCES, attitude_verbs
from alliancegraph.extract.happening import Happening, covered, joined
from alliancegraph.extract.named_happenings import NamedHappenings
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.told_happenings import ToldHappenings
from alliancegraph.extract.venues import Venues
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token


class HappeningFinder:
    """Finds the mentions of events in one text."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._references = references
        self._named = NamedHappenings(text, cast, vocabulary)
        self._venues = Venues(text, references, vocabulary)
        self._told = ToldHappenings(text, cast, vocabulary, references)
        self._part_nouns = vocabulary.words("participation-noun")
        self._part_verbs = vocabulary.words("participation-verb")
        self._hosting = vocabulary.words("hosting-verb")
        self._beside = sorted(vocabulary.words("joint-preposition"))
        self._setting = vocabulary.words("setting-preposition")
        self._aftermath = vocabulary.words("aftermath-preposition")
        self._attitudes = attitude_verbs(vocabulary)

    def happenings(self) -> list[Happening]:
        """All mentions in text order; a name wins over the words within it."""
        named = self._named.all()
        told = [h for h in self._told.all() if not covered(h, named) and not self._introduces(h, named)]
        taken = {h.head for h in told}
        venues = [h for h in self._venues.all() if self._text.doc[h.head].head.head.i not in taken]
        found = (
            self._with_setting(h)
            for h in joined([*named, *told, *(v for v in venues if not covered(v, named))])
        )
        return sorted(found, key=lambda h: (h.start, h.end, h.type))

    def _introduces(self, happening: Happening, named: Sequence[Happening]) -> bool:
        """Whether a noun stands right before the name of its event: "the exercise Cobra Gold"."""
        doc = self._text.doc
        after = doc[happening.head + 1].idx if happening.head + 1 < len(doc) else -1
        return not happening.verbal and any(n.start == after and n.type == happening.type for n in named)

    def _with_setting(self, happening: Happening) -> Happening:
        """With the roles that the clause around a noun gives: hosts, and those who act "at" or "during" it."""
        if happening.verbal:
            return happening
        around = list(self._around(self._text.doc[happening.head], happening.type))
        if any(role == "participatesIn" for role, _ in happening.roles):
            around = [(role, actor) for role, actor in around if role != "participatesIn"]
        roles = [*happening.roles, *around]
        if happening.type == "meeting":
            roles = [self._as_host(role, actor) for role, actor in roles]
        return replace(happening, roles=tuple(dict.fromkeys(roles)), generic=happening.generic and not around)

    def _as_host(self, role: str, actor: str) -> tuple[str, str]:
        """The organisation whose meeting it is convenes it."""
        collective = self._cast.type_of(actor) in ("IntergovernmentalOrganization", "Organization")
        return ("organizes", actor) if collective and role == "participatesIn" else (role, actor)

    def _around(self, noun: Token, type_: str) -> Iterator[tuple[str, str]]:
        for child in noun.children:
            if child.dep_ in ("acl", "relcl") and syntax.is_passive(child):
                hosted = child.lemma_.casefold() in self._hosting or child.lower_ in self._hosting
                role = "organizes" if hosted else "participatesIn"
                yield from ((role, r.actor) for t in syntax.agents(child) for r in self._references.of(t))
                beside = (t for word in self._beside for t in syntax.prepositional(child, word))
                yield from (("participatesIn", r.actor) for t in beside for r in self._references.of(t))
        preposition = noun.head
        if noun.dep_ not in ("pobj", "conj"):
            return
        above = preposition.head
        if above.lemma_.casefold() in self._part_nouns:
            yield from (
                ("participatesIn", r.actor) for t in syntax.possessors(above) for r in self._references.of(t)
            )
            if above.dep_ == "pobj":
                above = above.head.head
                yield from self._actors_of(above)
            return
        if above.lemma_.casefold() in self._part_verbs:
            yield from self._actors_of(above)
            return
        if type_ not in ("meeting", "exercise") or preposition.lower_ not in self._setting:
            return
        verb = syntax.verb_above(preposition)
        if verb is not None and self._is_there(verb, preposition):
            for token in syntax.subjects(verb):
                for reference in self._references.of(token, nation=True):
                    if self._cast.type_of(reference.actor) in ("Person", "State"):
                        yield "participatesIn", reference.actor

    def _is_there(self, verb: Token, preposition: Token) -> bool:
        """Whether who does something "at" or, if he speaks, "after" an event was there."""
        return preposition.lower_ not in self._aftermath or verb.lemma_.casefold() in self._attitudes

    def _actors_of(self, verb: Token) -> Iterator[tuple[str, str]]:
        """The subjects of a verb, and the forces that are its object, take part."""
        for token in (*syntax.subjects(verb), *syntax.objects(verb)):
            for reference in self._references.of(token, nation=True):
                own = token.dep_ not in ("dobj", "obj") or self._cast.type_of(reference.actor) in FORCES
                if own:
                    yield "participatesIn", reference.actor
