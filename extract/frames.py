"""Frames over a dependency parse: one matcher for the words of stances, relations and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.lexical import folded
from alliancegraph.ontology.vocabulary import Frame, Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Span, Token

LINKS: Final = frozenset({"of", "for", "on", "to", "in", "between", "with"})
PREPOSITION: Final = "prep:"
TAGS: Final = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adjective": frozenset({"ADJ", "VERB", "ADV"}),
    "modal": frozenset({"AUX"}),
}
PARTS: Final = {
    tag: tuple(part for part, tags in TAGS.items() if tag in tags)
    for tag in sorted(frozenset().union(*TAGS.values()))
}
"""The parts of speech of frames by the tag of a word."""


@dataclass(frozen=True)
class FrameMatch:
    """A frame found at a head word, with the words that fill its roles."""

    frame: Frame
    head: Token
    words: tuple[Token, ...]
    fillers: dict[str, tuple[Token, ...]]

    def beside(self, *grammars: str) -> tuple[Token, ...]:
        """The words that fill roles through other grammar than that named."""
        slots = [grammar for grammar, role in self.frame.slots if grammar not in grammars and role != "theme"]
        found = [t for grammar in slots for t in _fill(grammar, self.head, self.words)]
        return tuple(t for t in found if t not in self.words)

    def get(self, role: str) -> tuple[Token, ...]:
        """The words that fill a role, in text order."""
        return self.fillers.get(role, ())


@dataclass(frozen=True, slots=True)
class _Expression:
    """Words before the head, in order, and words after it; the frame's slots in the order in which they are filled."""

    frame: Frame
    before: tuple[str, ...]
    rest: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    length: int
    """How many words there are besides the head."""

    @staticmethod
    def of(frame: Frame, lemma: str) -> tuple[str, _Expression]:
        """The head of one of a frame's expressions, and what belongs to it."""
        before, head, rest = _split(lemma.casefold().split(), frame.part_of_speech)
        noun = frame.part_of_speech == "noun"
        slots = tuple(sorted(frame.slots, key=lambda slot: slot[0] == "subject" and noun))
        return head, _Expression(frame, before, rest, slots, len(before) + len(rest))


class FrameMatcher:
    """Finds the frames of a vocabulary whose evocation begins with one of `kinds` (`stance:`, `event:` …)."""

    def __init__(self, frames: Iterable[Frame], kinds: Sequence[str]) -> None:
        self._by_head: dict[tuple[str, str], list[_Expression]] = {}
        for frame in frames:
            if frame.evokes.startswith(tuple(kinds)):
                for lemma in frame.lemmas:
                    head, expression = _Expression.of(frame, lemma)
                    self._by_head.setdefault((frame.part_of_speech, head), []).append(expression)
        self._heads = frozenset(head for _, head in self._by_head)
        self._begun = lru_cache(maxsize=8192)(self._begun_by)

    def matches(self, sentence: Span | Sequence[Token]) -> Iterator[FrameMatch]:
        """Every frame in a sentence; of expressions with one head and evocation the longest wins."""
        for token in sentence:
            begun = self._begun(token.pos_, token.lemma_, token.lower_)
            if not begun:
                continue
            parts = PARTS[token.pos_]
            if "adjective" in parts and "verb" in parts:
                described = list(self._at(token, begun.get("adjective"))) if _is_state(token) else []
                yield from described or self._at(token, begun.get("verb"))
                continue
            for part_of_speech in parts:
                yield from self._at(token, begun.get(part_of_speech))

    def _begun_by(self, tag: str, lemma: str, lower: str) -> dict[str, list[_Expression]]:
        """The expressions that a word begins, by part of speech."""
        forms = _forms(lemma, lower)
        if self._heads.isdisjoint(forms):
            return {}
        found = {p: [e for f in forms for e in self._by_head.get((p, f), ())] for p in PARTS.get(tag, ())}
        return {part_of_speech: expressions for part_of_speech, expressions in found.items() if expressions}

    def has_head(self, part_of_speech: str, lemma: str) -> bool:
        """Whether some expression begins with this word."""
        return (part_of_speech, lemma) in self._by_head

    def _at(self, token: Token, expressions: Sequence[_Expression] | None) -> Iterator[FrameMatch]:
        if not expressions:
            return
        found: list[tuple[int, _Expression, tuple[Token, ...]]] = []
        longest, near = 0, _near(token) if any(e.rest for e in expressions) else frozenset()
        for expression in expressions:
            if expression.rest and expression.rest[0] not in near:
                continue
            words = _rest(token, expression.rest) if _preceded(token, expression.before) else None
            if words is not None:
                longest = max(longest, expression.length)
                before = token.doc[token.i - len(expression.before) : token.i] if expression.before else ()
                found.append((expression.length, expression, (token, *words, *before)))
        for length, expression, words in found:
            if length == longest:
                yield FrameMatch(expression.frame, token, words, fillers(expression, token, words))


def _forms(lemma: str, lower: str) -> tuple[str, ...]:
    """The forms by which a word is looked up: lemma, word, and word without a plural's or verb's s.

    The last is for lemmas that versions of the language model disagree on ("hopes": hope, hop).
    """
    lemma = lemma.casefold()
    plain = folded(lower)
    if lower == lemma:
        return (lemma,)
    return (lemma, lower) if plain in (lemma, lower) else (lemma, lower, plain)


def _near(token: Token) -> frozenset[str]:
    """The words that may continue an expression at a head: its children and its right neighbour."""
    around = [*token.children, *token.doc[token.i + 1 : token.i + 2]]
    return frozenset(form for other in around for form in (other.lower_, other.lemma_.casefold()))


def _split(words: Sequence[str], part_of_speech: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The head of an expression: the first word of verbs and adjectives, of nouns the last before a preposition."""
    if part_of_speech != "noun":
        return (), words[0], tuple(words[1:])
    stop = next((i for i, w in enumerate(words) if w in LINKS and i), len(words))
    return tuple(words[: stop - 1]), words[stop - 1], tuple(words[stop:])


def _preceded(head: Token, before: Sequence[str]) -> bool:
    """Whether these words stand right before a head; hyphens do not count."""
    index = head.i - 1
    for wanted in reversed(before):
        if index >= 0 and head.doc[index].text == "-":
            index -= 1
        if index < 0 or wanted not in (head.doc[index].lower_, head.doc[index].lemma_.casefold()):
            return False
        index -= 1
    return True


def _is_state(token: Token) -> bool:
    """Whether a participle describes a state ("is committed to", "a worried neighbour") and no act."""
    if token.pos_ != "VERB":
        return True
    copula = any(c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lemma_ == "be") for c in token.children)
    return (
        token.tag_ == "VBN"
        and (copula or token.dep_ in ("amod", "acomp", "acl"))
        and not any(c.dep_ == "agent" for c in token.children)
    )


def _rest(head: Token, rest: Sequence[str]) -> tuple[Token, ...] | None:
    """The words of an expression after its head: children of the head, or of one another, or next in line."""
    words: list[Token] = []
    current = head
    for wanted in rest:
        following = _next(head, current, wanted)
        if following is None:
            return None
        words.append(following)
        current = following
    return tuple(words)


def _next(head: Token, current: Token, wanted: str) -> Token | None:
    pool: list[Token] = [*current.children, *(head.children if head is not current else ())]
    for child in pool:
        if (
            (child.i > head.i or child.dep_ == "nsubjpass")
            and wanted in (child.lower_, child.lemma_.casefold())
            and child.dep_ != "conj"
        ):
            return child
    index = current.i + 1
    if index < len(head.doc):
        neighbour: Token = head.doc[index]
        if wanted in (neighbour.lower_, neighbour.lemma_.casefold()) and neighbour.sent == head.sent:
            return neighbour
    return None


def fillers(expression: _Expression, head: Token, words: Sequence[Token]) -> dict[str, tuple[Token, ...]]:
    """What fills each role of a frame at a head; for an expression of several words its last one counts too."""
    frame = expression.frame
    found: dict[str, list[Token]] = {}
    near = _words_near(head, words)
    for grammar, role in expression.slots:
        if grammar.startswith(PREPOSITION) and grammar[len(PREPOSITION) :] not in near:
            continue
        if grammar == "subject" and frame.part_of_speech == "noun" and found.get("holder"):
            continue  # "Jakarta criticised Australia's plan": whose plan it is stands before it
        described = grammar == "subject" and frame.part_of_speech == "adjective" and head.pos_ == "VERB"
        for token in _described(head) if described else _fill(grammar, head, words):
            if token not in words:
                found.setdefault(role, []).append(token)
    return {role: tuple(sorted(dict.fromkeys(tokens), key=lambda t: t.i)) for role, tokens in found.items()}


def _words_near(head: Token, words: Sequence[Token]) -> set[str]:
    """The words by which prepositions may hang on those of an expression, two steps down, or on the verb above it."""
    around = {child.lower_ for child in head.head.rights}
    for place in (head, *words):
        around.add(place.lower_)
        for child in place.children:
            around.add(child.lower_)
            around.update(inner.lower_ for inner in child.children)
    return around


def _described(participle: Token) -> Iterator[Token]:
    """Whom a participle describes: the subject of "is committed", the noun of "a committed ally"."""
    if participle.dep_ in ("amod", "acl", "acomp", "attr", "oprd"):
        yield from _subjects(participle)
        return
    yield from syntax.standing_subjects(participle)


def _fill(grammar: str, head: Token, words: Sequence[Token]) -> Iterator[Token]:
    kind, _, argument = grammar.partition(":")
    places = [head, *(w for w in words[1:] if w.pos_ in ("NOUN", "ADJ", "VERB", "ADP"))]
    if kind == "prep":
        for place in places:
            if place.lower_ == argument and place.pos_ in ("ADP", "SCONJ", "PART"):
                yield from (
                    t for c in place.children if c.dep_ in ("pobj", "pcomp") for t in syntax.conjuncts(c)
                )
            else:
                yield from syntax.prepositional(place, argument)
        yield from _beyond_verb(head, argument)
    elif kind == "clause":
        for place in places:
            yield from syntax.clauses(place)
            if place.pos_ in ("ADP", "SCONJ"):
                yield from (c for c in place.children if c.dep_ == "pcomp")
    elif kind == "infinitive":
        for place in places:
            yield from (c for c in syntax.clauses(place) if syntax.is_infinitive(c))
    elif kind == "controlled":
        if any(c.dep_ in ("dobj", "nsubj", "nsubjpass") or c.dep_ == "ccomp" for c in head.children):
            yield from (
                c for c in syntax.clauses(head) if syntax.is_infinitive(c) and _has_own_actor(head, c)
            )
    elif kind == "obligation" and head.tag_ != "VBD":
        yield from (c for c in head.children if c.dep_ == "xcomp" and syntax.is_infinitive(c))
    elif kind == "thing" and not any(c.dep_ in ("dobj", "xcomp", "ccomp") for c in head.children):
        yield from (t for t in syntax.subjects(head) if not t.ent_type_)
    elif kind == "predicate":
        if head.dep_ not in ("amod", "compound", "nmod"):
            yield from _subjects(head)
    elif kind == "own" and head.dep_ == "aux":
        yield from syntax.subjects(head.head)
    elif kind == "undertaking" and head.dep_ == "aux" and not syntax.negated(head.head):
        yield head.head
    elif kind == "subject":
        yield from _subjects(head)
    elif kind == "object":
        for place in (head, *(w for w in words[1:] if w.pos_ == "VERB" and head.pos_ == "VERB")):
            yield from syntax.objects(place)
    elif kind == "possessor":
        for place in places:
            yield from syntax.possessors(place)
    elif kind == "modifier":
        for place in places:
            yield from syntax.modifiers(place)
    elif kind == "attribute":
        yield from syntax.attributes(head.head if head.dep_ == "nsubj" and head.head.lemma_ == "be" else head)
    elif kind == "apposition":
        yield from (c for c in head.children if c.dep_ == "appos")
        if head.dep_ in ("appos", "compound", "nmod"):
            yield head.head
    elif kind == "governor" or (kind == "noun" and head.dep_ in ("amod", "acl", "relcl")):
        yield head.head


def _has_own_actor(verb: Token, infinitive: Token) -> bool:
    """Whether another than the subject is to do it: "told Seoul to pay", not "wants to pay"."""
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in infinitive.children):
        return True
    return any(
        c.dep_ in ("dobj", "nsubjpass", "iobj", "dative", "prep") and c.i < infinitive.i
        for c in verb.children
    )


def _beyond_verb(noun: Token, word: str) -> Iterator[Token]:
    """The objects of a preposition that hangs on the verb of a noun and follows it: "gave up its objections to X"."""
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ not in ("dobj", "nsubjpass") or verb.pos_ != "VERB":
        return
    following = (c for c in verb.rights if c.dep_ == "prep" and c.i > noun.right_edge.i)
    first = next(following, None)
    if first is not None and first.lower_ == word:
        yield from (t for c in first.children if c.dep_ in ("pobj", "pcomp") for t in syntax.conjuncts(c))


def _subjects(head: Token) -> Iterator[Token]:
    """The subject of a verb; of an adjective or noun, that of the copula or light verb above it."""
    if head.pos_ in ("VERB", "AUX") and head.dep_ not in ("acomp", "attr", "amod"):
        yield from syntax.subjects(head)
        return
    governor = head.head
    judging = syntax.judging_verb(head)
    own = [c for c in head.children if c.dep_ == "nsubj"]
    if judging is not None and not own:
        yield from syntax.objects(judging)
    elif head.dep_ == "pobj" and governor.head.lemma_ == "be":
        yield from syntax.subjects(governor.head)
    elif head.dep_ in ("acomp", "attr", "oprd", "dobj", "conj") and governor.pos_ in ("VERB", "AUX"):
        yield from syntax.subjects(governor)
    elif head.dep_ == "conj":
        yield from _subjects(governor)
    elif head.dep_ == "amod" or head.dep_ == "acl":
        yield governor
    elif head.dep_ in ("ROOT", "ccomp", "advcl", "relcl"):
        yield from (c for c in head.children if c.dep_ in ("nsubj", "nsubjpass"))


@cache
def frame_matcher(vocabulary: Vocabulary, *kinds: str) -> FrameMatcher:
    """The matcher of a vocabulary for some kinds of frames, built once."""
    return FrameMatcher(vocabulary.frames, kinds)
