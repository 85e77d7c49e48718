"""Mentions of events by the words that tell of one: verbs, nouns, light verbs with their noun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import References
from alliancegraph.extract.event_names import TIMES, EventNames
from alliancegraph.extract.event_roles import EventRoles
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.happening import Happening, is_silent
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.reality import Reality
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

COLLECTIVE: Final = frozenset({"IntergovernmentalOrganization", "StateGrouping"})
NEEDED: Final = frozenset({"forces", "regime", "since", "object", "guest"})
"""Requirements without which a word tells of no event at all."""


@cache
def treaty_nouns(vocabulary: Vocabulary) -> frozenset[str]:
    """Nouns for what is agreed, which one can leave or tear up."""
    return frozenset(
        lemma.split()[-1].casefold()
        for frame in vocabulary.frames
        if frame.part_of_speech == "noun" and frame.evokes == "event:agreement"
        for lemma in frame.lemmas
        if " of " not in lemma
    )


class ToldHappenings:
    """Finds the events of one text that words tell of."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._references = references
        self._reality = Reality(text, vocabulary)
        self._parts = EventRoles(text, cast, vocabulary, references)
        self._names = EventNames(text, cast, references)
        self._matcher = frame_matcher(vocabulary, "event:")
        self._amount = vocabulary.words("amount-adjective")
        self._activity = vocabulary.words("activity-noun")
        self._definite = vocabulary.words("definite-determiner")
        self._treaties = treaty_nouns(vocabulary)
        self._trial = vocabulary.words("trial-prefix")
        self._regimes = vocabulary.words("regime-noun")
        self._forces = vocabulary.words("force-noun")
        self._topical = vocabulary.words("topic-preposition")

    def all(self) -> Iterator[Happening]:
        """The mentions of the text; at one word the frame that tells most."""
        for sentence in self._text.sentences():
            if is_silent(self._text, sentence.start_char):
                continue
            best: dict[tuple[int, bool], tuple[tuple[bool, bool, int], Happening]] = {}
            for match in self._matcher.matches(sentence):
                happening = self._from_frame(match)
                if happening is not None:
                    key = match.head.i, happening.bound
                    weight = not happening.generic, self._is_marked(match), len(happening.roles)
                    if key not in best or weight > best[key][0]:
                        best[key] = weight, happening
            yield from (happening for _, happening in best.values())

    def _from_frame(self, match: FrameMatch) -> Happening | None:
        head = match.head
        naming = self._cast.at(head.idx, head.idx + len(head.text))
        if naming is not None or self._reality.is_unreal(head, match.frame.part_of_speech):
            return None
        noun = match.frame.part_of_speech == "noun"
        if noun and self._modifies(head):
            return None
        if any(self._reality.is_denied(word) for word in match.words[1:]):
            return None
        if not self._can_be(match):
            return None
        roles = tuple(self._parts.roles(match))
        core = head if noun or match.words[-1].pos_ != "NOUN" else match.words[-1]
        start, end, names = self._names.of_noun(core) if noun else self._names.of_verb(match)
        return Happening(
            self._type(match), head.i, start, end, self._names.title(match, names, noun), names, roles=roles,
            place=self._parts.place(match), frame=match.frame.iri, confidence=0.6 if noun else 0.65, definite=noun and self._is_definite(core),
            verbal=not noun, generic=not (self._meets(match, roles, core) or self._is_arranged(match, roles)) or self._in_general(core, noun, roles) or self._reality.is_intended(head),
            datable="date" in match.frame.requires, themes=() if noun else (core.i, *self._themes(match)),
            bound="event" in match.frame.requires, apart="treaty" in match.frame.requires,
        )  # fmt: skip

    def _type(self, match: FrameMatch) -> str:
        """The kind of event; an attack that is only a trial is a weapons test: "test-fired"."""
        kind = match.frame.evokes.removeprefix("event:")
        before = match.head.doc[max(0, match.head.i - 2) : match.head.i]
        trial = any(t.lower_ in self._trial for t in before) and before[-1].text in ("-", "test")
        return "weapons-test" if kind == "attack" and trial else kind

    @staticmethod
    def _themes(match: FrameMatch) -> Iterator[int]:
        """What a verb is about: its theme, object and subject."""
        for token in (*match.get("theme"), *syntax.objects(match.head), *syntax.subjects(match.head)):
            relative = token.tag_ in ("WDT", "WP") and match.head.dep_ == "relcl"
            yield match.head.head.i if relative else token.i

    def _modifies(self, noun: Token) -> bool:
        """Whether a noun only describes another ("test cycle", "tariff framework"), or is a set phrase ("a great deal")."""
        if any(c.lower_ in self._amount for c in noun.lefts):
            return True
        if noun.dep_ == "pobj" and noun.head.lower_ in self._topical and noun.head.head.pos_ == "NOUN":
            return not self._is_definite(noun)
        following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
        before = noun.doc[noun.i - 1] if noun.i else noun
        joined_before = before.text == "-" and not before.whitespace_
        hyphened = joined_before or (following.text == "-" and not noun.whitespace_)
        compound = noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i
        return (compound or hyphened) and noun.head.lemma_.casefold() not in self._activity

    def _is_definite(self, noun: Token) -> bool:
        first = noun.head if noun.dep_ == "conj" and not any(c.dep_ == "det" for c in noun.lefts) else noun
        return any(c.lower_ in self._definite or c.dep_ == "poss" for c in first.lefts)

    def _meets(self, match: FrameMatch, roles: Sequence[tuple[str, str]], core: Token) -> bool:
        """Whether a frame that wants a participant or a proper name has one; dates are looked at later."""
        wants = match.frame.requires
        if wants <= NEEDED:
            return True
        if "article" in wants and self._is_definite(core):
            return True
        if "definite" in wants and roles and self._is_particular(core):
            return True
        if "treaty" in wants and any(self._is_treaty(t) for t in match.get("theme")):
            return True
        if roles and ("participant" in wants or ("counterpart" in wants and self._is_act(match))):
            return True
        if "organization" in wants and self._has_collective(match):
            return True
        if "counterpart" in wants and (
            len({actor for _, actor in roles}) > 1
            or any(
                t.pos_ == "PROPN"
                for role in ("targetOf", "place")
                for f in match.get(role)
                for t in f.subtree
            )
            or any(self._references.of(t) for t in match.beside("subject", "possessor", "modifier"))
        ):
            return True
        placed = (t for f in match.get("place") for t in f.subtree)
        if "name" in wants and core.tag_ == "NN" and any(t.pos_ == "PROPN" for t in placed):
            return True
        if "name" in wants and self._is_followed_by_name(core):
            return True
        return "name" in wants and any(
            t.pos_ == "PROPN" and len(t.text) > 2 and self._cast.at(t.idx, t.idx + len(t.text)) is None
            for t in core.lefts
            if t.dep_ in ("compound", "amod", "nmod")
        )

    def _is_followed_by_name(self, noun: Token) -> bool:
        """Whether a name that is no actor's stands right after a noun: "the exercise Joint Spear"."""
        following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
        named = (
            following.pos_ == "PROPN" and following.text[:1].isupper() and following.ent_type_ not in TIMES
        )
        return named and noun.pos_ == "NOUN" and self._cast.at(following.idx, following.idx + 1) is None

    def _can_be(self, match: FrameMatch) -> bool:
        """Whether a frame has the force or object without which its word tells of no event, and is no date: "last March"."""
        wants = match.frame.requires
        if "forces" in wants and not self._is_done_by(match, self._forces):
            return False
        if "regime" in wants and not self._is_done_by(match, self._regimes):
            return False
        if "guest" in wants and not any(self._references.of(t) for t in syntax.objects(match.head)):
            return False
        if "since" in wants and not any(t.lower_ == "since" for t in match.head.children):
            return False
        if "object" in wants and not any(True for _ in syntax.objects(match.head)):
            return False
        verb = match.frame.part_of_speech == "verb"
        if verb and any(c.dep_ == "prt" and c not in match.words for c in match.head.children):
            return False  # "gave up its weapons" is no gift of weapons
        return not any(word.ent_type_ == "DATE" for word in match.words)

    def _is_marked(self, match: FrameMatch) -> bool:
        """Whether a frame is told from others of its word by a force, or by the treaty that is left."""
        wants = match.frame.requires
        return "forces" in wants or ("treaty" in wants and any(map(self._is_treaty, match.get("theme"))))

    @staticmethod
    def _is_arranged(match: FrameMatch, roles: Sequence[tuple[str, str]]) -> bool:
        """Whether somebody holds, attends or signs what the verb is about: with him it is a particular event."""
        wants, kind = match.frame.requires, match.frame.evokes
        return "event" in wants and bool(roles) and kind in ("event:meeting", "event:agreement")

    def _is_act(self, match: FrameMatch) -> bool:
        """Whether a verb and its noun tell in the past tense what was done: "closed the straits"."""
        past = match.head.tag_ in ("VBD", "VBN") and match.frame.part_of_speech == "verb"
        return (
            past
            and match.frame.evokes != "event:agreement"
            and any(w.pos_ == "NOUN" for w in match.words[1:])
        )

    def _is_particular(self, noun: Token) -> bool:
        """Whether an article or a named possessor makes a noun speak of one event."""
        return any(c.lower_ in self._definite or (c.dep_ == "poss" and c.pos_ != "PRON") for c in noun.lefts)

    @staticmethod
    def _is_done_by(match: FrameMatch, kind: frozenset[str]) -> bool:
        """Whether the subject of a verb is of a kind: a force or weapon, a government or alliance."""
        return any(t.lemma_.casefold() in kind for t in _undergoers(match.head))

    def _is_treaty(self, noun: Token) -> bool:
        return noun.lemma_.casefold() in self._treaties

    def _has_collective(self, match: FrameMatch) -> bool:
        found = (r.actor for t in match.get("theme") for r in self._references.of(t))
        return any(self._cast.type_of(actor) in COLLECTIVE for actor in found)

    def _in_general(self, core: Token, noun: bool, roles: Sequence[tuple[str, str]]) -> bool:
        """A bare plural without anybody who takes part: "exercises", "discussions"."""
        bare = core.tag_ == "NNS" and not any(c.dep_ in ("det", "nummod", "poss") for c in core.lefts)
        return noun and bare and not roles


def _undergoers(verb: Token) -> Iterator[Token]:
    """Who does or, of a passive without agent, undergoes what a verb says."""
    yield from syntax.subjects(verb)
    if syntax.is_passive(verb):
        yield from syntax.objects(verb)
