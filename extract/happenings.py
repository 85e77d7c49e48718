"""Mentions of events: by name, by the pattern of a name, and by the words that tell of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import References
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.name_patterns import PatternName, items, pattern_matcher
from alliancegraph.extract.named_events import named_events
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import EventEntry, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

PARTICLES: Final = frozenset({"of", "on", "for", "to", "about", "against", "over", "with", "at"})
COLLECTIVE: Final = frozenset({"IntergovernmentalOrganization", "StateGrouping"})
FORCES: Final = frozenset({"GovernmentBody", "ArmedGroup"})
ROLES: Final = ("participatesIn", "targetOf", "organizes")
SILENT_BLOCKS: Final = frozenset({"bio", "byline", "dateline", "caption"})


@dataclass(frozen=True)
class Happening:
    """One place `[start, end)` that tells of an event; `roles` are pairs of role and actor.

    `generic` mentions tell of no particular event by themselves, `datable` ones do so with a date. `themes` are the
    words (token indices) that the mention is about; a `bound` one tells of an event only together with a theme.
    """

    type: str
    head: int
    start: int
    end: int
    name: str
    names: tuple[str, ...]
    roles: tuple[tuple[str, str], ...] = ()
    date: str | None = None
    place: str | None = None
    iri: str | None = None
    confidence: float = 0.7
    definite: bool = False
    verbal: bool = False
    generic: bool = False
    datable: bool = False
    themes: tuple[int, ...] = ()
    frame: str = ""
    bound: bool = False


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


class HappeningFinder:
    """Finds the mentions of events in one text."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary
        self._references = references
        self._matcher = frame_matcher(vocabulary, "event:")
        self._possibility = vocabulary.words("possibility")
        self._condition = vocabulary.words("condition")
        self._generic = vocabulary.words("generic-determiner")
        self._part_nouns = vocabulary.words("participation-noun")
        self._part_verbs = vocabulary.words("participation-verb")
        self._habitual = vocabulary.words("habitual-adverb")
        self._amount = vocabulary.words("amount-adjective")
        self._activity = vocabulary.words("activity-noun")
        self._hosting = vocabulary.words("hosting-verb")
        self._setting = vocabulary.words("setting-preposition")

    def happenings(self) -> list[Happening]:
        """All mentions in text order; a name wins over the words within it."""
        named = [*self._named()]
        named += [h for h in self._patterned() if not _overlapping(h, named)]
        told = [h for h in self._told() if not _covered(h, named)]
        found = _joined([*named, *told])
        return sorted((self._with_setting(h) for h in found), key=lambda h: (h.start, h.end, h.type))

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
                role = "organizes" if child.lemma_.casefold() in self._hosting else "participatesIn"
                yield from ((role, r.actor) for t in syntax.agents(child) for r in self._references.of(t))
        preposition = noun.head
        if noun.dep_ not in ("pobj", "conj"):
            return
        above = preposition.head
        if above.lemma_.casefold() in self._part_nouns:
            yield from (("participatesIn", r.actor) for t in syntax.possessors(above) for r in self._references.of(t))
            if above.dep_ == "pobj":
                above = above.head.head
                yield from self._actors_of(above)
            return
        if above.lemma_.casefold() in self._part_verbs:
            yield from self._actors_of(above)
            return
        if type_ not in ("meeting", "exercise") or preposition.lower_ not in self._setting:
            return
        verb = _verb_above(preposition)
        if verb is not None:
            for token in syntax.subjects(verb):
                for reference in self._references.of(token, nation=True):
                    if self._cast.type_of(reference.actor) in ("Person", "State"):
                        yield "participatesIn", reference.actor

    # ------------------------------------------------------------ names
    def _named(self) -> Iterator[Happening]:
        words = self._text.words
        for match in named_events(self._text, self._vocabulary):
            entry = match.payload
            start, end = words[match.first].start, words[match.last - 1].end
            if self._silent(start):
                continue
            surface = self._text.clean.text[start:end]
            yield Happening(
                entry.type, self._head(start, end).i, start, end, entry.name, (surface, entry.name),
                roles=tuple(self._known_roles(entry, start)),
                date=entry.date if any(c.isdigit() for c in surface) else None, place=entry.place, iri=entry.iri,
                confidence=0.9, definite=True,
            )  # fmt: skip

    def _actors_of(self, verb: Token) -> Iterator[tuple[str, str]]:
        """The subjects of a verb, and the forces that are its object, take part."""
        for token in (*syntax.subjects(verb), *syntax.objects(verb)):
            for reference in self._references.of(token, nation=True):
                own = token.dep_ not in ("dobj", "obj") or self._cast.type_of(reference.actor) in FORCES
                if own:
                    yield "participatesIn", reference.actor

    def _known_roles(self, entry: EventEntry, start: int) -> Iterator[tuple[str, str]]:
        """The roles that the vocabulary tells: of targets that the text names, of others named in the same sentence."""
        sentence = self._text.sentence_at(start)
        near = {n.actor for n in self._cast.within(sentence.start_char, sentence.end_char)}
        if entry.type in ("operation", "attack", "agreement", "meeting"):
            yield from (("participatesIn", actor) for actor in entry.participants if actor in near)
        yield from (("targetOf", actor) for actor in entry.targets if actor in self._cast.members)

    def _patterned(self) -> Iterator[Happening]:
        sequence = items(self._text.words, self._cast.namings, self._text.block_starts)
        for name in pattern_matcher(self._vocabulary).matches(sequence):
            if name.pattern.is_event:
                happening = self._from_pattern(name)
                if not self._silent(happening.start):
                    yield happening

    def _from_pattern(self, name: PatternName) -> Happening:
        start, end = self._text.words[name.first].start, self._text.words[name.last - 1].end
        surface = self._text.clean.text[start:end]
        role = name.pattern.role_of_states
        head = self._head(start, end)
        roles = [(role, actor) for actor in name.actors.values()] if role else []
        roles += [(role or "participatesIn", a) for a in self._states_before(head, start)]
        return Happening(
            name.pattern.type, head.i, start, end, surface, (surface,), roles=tuple(dict.fromkeys(roles)),
            confidence=0.8, definite=True, place=None,
        )  # fmt: skip

    def _states_before(self, head: Token, start: int) -> list[str]:
        """The states whose it is: "the U.S.-ROK …", "Australia's …"."""
        found = []
        for child in head.lefts:
            if child.dep_ in ("poss", "compound", "amod", "nmod"):
                for token in child.subtree:
                    naming = self._cast.at(token.idx, token.idx + len(token.text))
                    if naming is not None and self._cast.type_of(naming.actor) == "State":
                        found.append(naming.actor)
        return found

    def _head(self, start: int, end: int) -> Token:
        return self._text.tokens(start, end).root

    # ------------------------------------------------------------ words
    def _told(self) -> Iterator[Happening]:
        for sentence in self._text.sentences():
            if self._silent(sentence.start_char):
                continue
            best: dict[int, Happening] = {}
            for match in self._matcher.matches(sentence):
                happening = self._from_frame(match, sentence)
                if happening is not None:
                    other = best.get(match.head.i)
                    if other is None or _weight(happening) > _weight(other):
                        best[match.head.i] = happening
            yield from best.values()

    def _from_frame(self, match: FrameMatch, sentence: Span) -> Happening | None:
        head = match.head
        naming = self._cast.at(head.idx, head.idx + len(head.text))
        if naming is not None or head.ent_type_ == "DATE" or self._unreal(head, match.frame.part_of_speech):
            return None
        if match.frame.part_of_speech == "noun" and self._modifies(match.words[-1]):
            return None
        noun = match.frame.part_of_speech == "noun" or len(match.words) > 1 and match.words[-1].pos_ == "NOUN"
        roles = tuple(self._roles(match))
        core = match.words[-1] if noun and match.words[-1].pos_ == "NOUN" else head
        start, end, names = self._noun_names(core) if noun else self._verb_names(match)
        if noun and core.i != head.i:
            start = min(start, head.idx)
        return Happening(
            match.frame.evokes.removeprefix("event:"), head.i, start, end, names[0], names, roles=roles,
            place=self._place(match), frame=match.frame.iri, confidence=0.6 if noun else 0.65, definite=self._is_definite(core),
            verbal=not noun, generic=not self._meets(match, roles, core) or self._in_general(core, noun, roles), datable="date" in match.frame.requires,
            themes=() if noun else tuple(t.i for t in (*match.get("theme"), *syntax.objects(head), *syntax.subjects(head))), bound="event" in match.frame.requires,
        )  # fmt: skip

    def _modifies(self, noun: Token) -> bool:
        """Whether a noun only describes another ("test cycle", "tariff framework"), or is a set phrase ("a great deal")."""
        if any(c.lower_ in self._amount for c in noun.lefts):
            return True
        if noun.dep_ == "pobj" and noun.head.lower_ in ("on", "about", "over", "regarding") and noun.head.head.pos_ == "NOUN":
            return not self._is_definite(noun)
        following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
        before = noun.doc[noun.i - 1] if noun.i else noun
        hyphened = before.text == "-" and before.whitespace_ == "" or following.text == "-" and noun.whitespace_ == ""
        compound = noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i
        return (compound or hyphened) and noun.head.lemma_.casefold() not in self._activity

    def _meets(self, match: FrameMatch, roles: Sequence[tuple[str, str]], core: Token) -> bool:
        """Whether a frame that wants a participant or a proper name has one; dates are looked at later."""
        wants = match.frame.requires
        if not wants:
            return True
        if "participant" in wants and roles:
            return True
        if "organization" in wants and self._has_collective(match):
            return True
        if "counterpart" in wants and (
            len({actor for _, actor in roles}) > 1
            or any(t.pos_ == "PROPN" for role in ("targetOf", "place") for f in match.get(role) for t in f.subtree)
            or any(self._references.of(t) for t in match.beside("subject", "possessor", "modifier"))
        ):
            return True
        return "name" in wants and any(
            t.pos_ == "PROPN" and len(t.text) > 2 and self._cast.at(t.idx, t.idx + len(t.text)) is None
            for t in core.lefts
            if t.dep_ in ("compound", "amod", "nmod")
        )

    def _onlookers(self, match: FrameMatch) -> frozenset[int]:
        """The subjects of a verb of attitude or speech over an event noun take no part in it: "Japan condemned the launch"."""
        head = match.head
        if match.frame.part_of_speech != "noun" or head.dep_ not in ("dobj", "pobj", "attr", "conj"):
            return frozenset()
        verb = _verb_above(head.head)
        if verb is None or verb.lemma_.casefold() not in attitude_verbs(self._vocabulary):
            return frozenset()
        return frozenset(t.i for t in syntax.subjects(verb))

    def _has_collective(self, match: FrameMatch) -> bool:
        found = (r.actor for t in match.get("theme") for r in self._references.of(t))
        return any(self._cast.type_of(actor) in COLLECTIVE for actor in found)

    def _in_general(self, core: Token, noun: bool, roles: Sequence[tuple[str, str]]) -> bool:
        """A bare plural without anybody who takes part: "exercises", "discussions"."""
        bare = core.tag_ == "NNS" and not any(c.dep_ in ("det", "nummod", "poss") for c in core.lefts)
        return noun and bare and not roles

    def _roles(self, match: FrameMatch) -> Iterator[tuple[str, str]]:
        seen: set[tuple[str, str]] = set()
        taken: set[str] = set()
        onlookers = self._onlookers(match)
        for role in ("organizes", "targetOf", "participatesIn", "theme"):
            for token in match.get(role):
                if token.i in onlookers:
                    continue
                for reference in self._references.of(token, as_place=role == "targetOf", nation=True):
                    if role == "theme" and self._cast.type_of(reference.actor) not in FORCES:
                        continue
                    pair = (role if role != "theme" else "participatesIn", reference.actor)
                    if pair not in seen and not (role == "participatesIn" and reference.actor in taken):
                        seen.add(pair)
                        if role == "targetOf":
                            taken.add(reference.actor)
                        yield pair

    def _place(self, match: FrameMatch) -> str | None:
        for token in match.get("place"):
            naming = self._cast.at(token.idx, token.idx + len(token.text))
            if naming is not None:
                return naming.actor
            if token.ent_type_ in ("GPE", "LOC", "FAC"):
                entity = next(e for e in token.sent.ents if e.start <= token.i < e.end)
                return str(entity.text)
        return None

    def _unreal(self, head: Token, part_of_speech: str) -> bool:
        """Denied, conditional, merely possible, asked, or in general."""
        if syntax.negated(head) or self._text.sentence_of(head).text.rstrip().endswith("?"):
            return True
        if any(c.lower_ in self._habitual for verb in (head, head.head) for c in verb.children if c.dep_ == "advmod"):
            return True
        current = head
        for _ in range(5):
            if any(c.dep_ == "mark" and c.lower_ in self._condition for c in current.children):
                return True
            if current.dep_ not in ("aux", "conj", "dobj", "xcomp", "prep", "pobj", "compound", "nsubj") or current.head.i == current.i:
                break
            current = current.head
        verb = head if part_of_speech == "verb" else head.head
        done = part_of_speech == "verb" or head.dep_ in ("dobj", "attr", "nsubjpass")
        if done and verb.pos_ in ("VERB", "AUX") and any(c.lower_ in self._possibility for c in verb.children if c.dep_ == "aux"):
            return True
        if part_of_speech == "verb":
            infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children)
            return infinitive or head.tag_ == "VBG" and head.dep_ in ("pcomp", "csubj", "nsubj")
        return any(c.lower_ in self._generic for c in head.lefts if c.dep_ in ("det", "amod"))

    @staticmethod
    def _is_definite(noun: Token) -> bool:
        return any(c.lower_ in ("the", "this", "that", "these", "those") or c.dep_ == "poss" for c in noun.lefts)

    def _noun_names(self, noun: Token) -> tuple[int, int, tuple[str, ...]]:
        first, last = syntax.noun_extent(noun)
        doc = noun.doc
        core = next((t.i for t in doc[first : noun.i + 1] if t.dep_ not in ("det", "poss", "case", "predet")), noun.i)
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)
        head_end = noun.idx + len(noun.text)
        text = self._text.clean.text
        names = (
            text[doc[core].idx : end], text[doc[core].idx : head_end], text[start:end], text[start:head_end],
            *(text[c.idx : head_end] for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod")),
            *((text[noun.idx : end],) if end > head_end else ()),
        )  # fmt: skip
        return start, end, tuple(dict.fromkeys(" ".join(n.split()) for n in names))

    def _verb_names(self, match: FrameMatch) -> tuple[int, int, tuple[str, ...]]:
        head = match.head
        fillers = [t for role in (*ROLES, "place", "theme") for t in match.get(role)]
        near = [t for t in fillers if self._one_sentence(t, head) and not (t.i < head.i - 25 or t.i > head.i + 25)]
        left = [t.left_edge if t.pos_ in syntax.NOMINALS and t.i < head.i else t for t in near if t.i < head.i]
        right = [syntax.noun_extent(t)[1] - 1 for t in near if t.i > head.i]
        doc, text = head.doc, self._text.clean.text
        last = max([head.i, *(w.i for w in match.words), *right])
        start = min([head.idx, *(t.idx for t in left)])
        end = doc[last].idx + len(doc[last].text)
        objects = [c for c in head.children if c.dep_ in ("dobj", "obj")]
        middle = max([head.i, *(syntax.noun_extent(o)[1] - 1 for o in objects)])
        names = (text[start:end], text[head.idx : end], text[head.idx : doc[middle].idx + len(doc[middle].text)])
        return start, end, tuple(dict.fromkeys(" ".join(n.split()) for n in names))

    def _one_sentence(self, first: Token, second: Token) -> bool:
        return self._text.sentence_number(first.idx) == self._text.sentence_number(second.idx)

    def _silent(self, offset: int) -> bool:
        block = self._text.block_at(offset)
        return block is not None and block.kind in SILENT_BLOCKS


def _overlapping(happening: Happening, named: Sequence[Happening]) -> bool:
    return any(n.start < happening.end and happening.start < n.end for n in named)


def _covered(happening: Happening, named: Sequence[Happening]) -> bool:
    """Whether a name stands around the head of a mention."""
    return any(n.start < happening.end and happening.start < n.end and n.head == happening.head or
               (n.start <= happening.start and happening.end <= n.end) for n in named)  # fmt: skip


def _weight(happening: Happening) -> tuple[bool, bool, int]:
    """Of two frames at one word: the particular one, the one about another event, the one with more roles."""
    return not happening.generic, happening.bound, len(happening.roles)


def _verb_above(token: Token) -> Token | None:
    for _ in range(8):
        if token.pos_ == "VERB" or token.head.i == token.i:
            break
        token = token.head
    return token if token.pos_ in ("VERB", "AUX") else None


def _joined(found: Sequence[Happening]) -> list[Happening]:
    """A verb and the event that it is about tell of one event: keep the noun, with the roles of both."""
    nouns = {h.head: index for index, h in enumerate(found) if not h.verbal}
    result: list[Happening | None] = list(found)
    for index, happening in enumerate(found):
        if not happening.verbal:
            continue
        target = next((nouns[t] for t in happening.themes if t in nouns), None)
        noun = result[target] if target is not None else None
        if target is not None and noun is not None:
            result[target] = _both(noun, happening)
            result[index] = None
        elif happening.bound:
            result[index] = None
    return [h for h in result if h is not None]


def _both(noun: Happening, verb: Happening) -> Happening:
    return replace(
        noun,
        roles=tuple(dict.fromkeys((*noun.roles, *verb.roles))),
        start=min(noun.start, verb.start),
        end=max(noun.end, verb.end),
        generic=noun.generic and verb.generic,
        place=noun.place or verb.place,
        names=tuple(dict.fromkeys((*noun.names, *verb.names))),
    )
