"""Grammar over a dependency parse: who is subject, what is object, which clause a word governs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
CLAUSES: Final = frozenset({"ccomp", "xcomp", "acl", "advcl", "relcl", "pcomp"})
COMPLEMENTS: Final = frozenset({"ccomp", "xcomp"})
NOMINALS: Final = frozenset({"NOUN", "PROPN", "PRON"})


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, participles after nouns included ("a conference hosted by")."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not _has_object(verb)


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "obj") for child in verb.children)


def conjuncts(token: Token) -> Iterator[Token]:
    """A word and all that is coordinated with it."""
    yield token
    yield from token.conjuncts


def grammatical_subject(verb: Token) -> Token | None:
    """The word in subject position, found through coordination, control and relative clauses."""
    seen: set[int] = set()
    current: Token | None = verb
    while current is not None and current.i not in seen:
        seen.add(current.i)
        own = next(_own_subjects(current), None)
        if own is not None:
            return _antecedent(own, current)
        current = _governor(current)
        if current is not None and current.pos_ in NOMINALS:
            return current
    return None


def _own_subjects(verb: Token) -> Iterator[Token]:
    """The subjects that hang on a verb, or on its auxiliary where the parse puts them there."""
    auxiliaries = (c for c in verb.children if c.dep_ in ("aux", "auxpass"))
    for place in (verb, *auxiliaries):
        yield from (c for c in place.children if c.dep_ in SUBJECTS and c.dep_ != "expl")


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        return verb.head
    if subject.lower_ == "what" and verb.dep_ == "csubj":  # "what worries us is …"
        return next((c for c in verb.head.children if c.dep_ in ("attr", "acomp", "ccomp")), subject)
    return subject


def _governor(verb: Token) -> Token | None:
    """The word whose subject an infinitive, participle or second verb shares."""
    head = verb.head
    if verb.dep_ in ("conj", "xcomp", "advcl", "aux", "pcomp", "ccomp") and verb.dep_ != "ccomp":
        if verb.dep_ == "xcomp":
            controlled = next((c for c in head.children if c.dep_ in ("dobj", "iobj")), None)
            if controlled is not None and controlled.i < verb.i:
                return controlled
        if verb.dep_ == "pcomp":
            if head.lower_ == "as":  # "quoted Lavrov as saying": the one who is quoted says it
                shown = next((c for c in head.head.children if c.dep_ == "dobj"), None)
                if shown is not None and shown.i < verb.i:
                    return shown
            head = head.head
        return head if head.i != verb.i else None
    if verb.dep_ in ("acl", "relcl", "amod"):
        return head
    if (
        verb.dep_ == "ccomp"
        and not any(c.dep_ in ("mark", "nsubj") for c in verb.children)
        and verb.tag_ in ("VB", "VBG")
    ):
        return head
    return None


def agents(verb: Token) -> Iterator[Token]:
    """Those named after "by" of a passive."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and is_passive(verb)):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from conjuncts(inner)


def subjects(verb: Token) -> Iterator[Token]:
    """Who does what the verb says: the active subject, or the agent of a passive."""
    if is_passive(verb):
        yield from agents(verb)
        return
    yield from standing_subjects(verb)


def standing_subjects(verb: Token) -> Iterator[Token]:
    """All that stand as subject of a verb, passive or not."""
    subject = grammatical_subject(verb)
    if subject is not None:
        yield from conjuncts(subject)
        listed = (c for c in subject.head.children if c.dep_ == subject.dep_ == "nsubj" and c is not subject)
        for other in listed:  # "Poland, the Czech Republic and Hungary were": a list read as two subjects
            yield from conjuncts(other)


def objects(verb: Token) -> Iterator[Token]:
    """What is acted on: the direct object, or the subject of a passive."""
    if is_passive(verb):
        subject = grammatical_subject(verb)
        if subject is not None:
            yield from conjuncts(subject)
        return
    for child in verb.children:
        if child.dep_ in ("dobj", "obj", "iobj", "dative") and child.pos_ != "ADP":
            yield from conjuncts(child)


def clauses(head: Token) -> Iterator[Token]:
    """The heads of the clauses that complete a word."""
    for child in head.children:
        if (
            child.dep_ in COMPLEMENTS
            or (child.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "ADJ"))
            or (child.dep_ == "advcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children))
        ):
            yield from conjuncts(child)
        elif child.dep_ == "prep":
            yield from (c for c in child.children if c.dep_ == "pcomp")


def judging_verb(word: Token) -> Token | None:
    """The verb by which somebody says a word of something: "called" in "called the plan useless", "described it as a mistake"."""
    while word.dep_ == "conj":
        word = word.head
    above = word.head
    if word.dep_ == "pobj" and above.lower_ == "as" and above.dep_ == "prep":
        above = above.head
    elif (
        (word.dep_ == "amod" and above.dep_ == "pobj" and above.head.lower_ == "as")
        or word.dep_ not in ("oprd", "advcl", "ccomp")
        or word.pos_ in ("VERB", "AUX")
    ):
        return None
    copula = any(c.dep_ in ("cop", "aux") for c in word.children)
    return above if above.pos_ == "VERB" and not copula else None


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to"."""
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def prepositional(head: Token, word: str) -> Iterator[Token]:
    """The objects of a preposition that hangs on a word, also one step further on its object ("of X with Y")."""
    for child in head.children:
        if child.dep_ in ("prep", "dative", "agent", "prt", "advmod") and child.lower_ == word:
            yield from _complements(child)
        elif child.dep_ == "prep" and any(g.lower_ == word and g.dep_ == "prep" for g in child.children):
            for inner in child.children:
                if inner.lower_ == word:
                    yield from _complements(inner)
        elif child.dep_ in ("dobj", "attr", "acomp", "nsubjpass"):
            for inner in child.children:
                if inner.dep_ == "prep" and inner.lower_ == word:
                    yield from _complements(inner)


def _complements(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield from conjuncts(child)


def possessors(noun: Token) -> Iterator[Token]:
    """Whose it is: "Japan's dispatch"."""
    for child in noun.children:
        if child.dep_ == "poss":
            yield from conjuncts(child)


def modifiers(noun: Token) -> Iterator[Token]:
    """The words before a noun that modify it: "Japanese", "US" in "US-led"."""
    for child in noun.lefts:
        if child.dep_ in ("compound", "amod", "nmod", "nummod", "poss"):
            yield child
            yield from (c for c in child.subtree if c.i != child.i and c.dep_ != "punct")


def attributes(verb: Token) -> Iterator[Token]:
    """The complement of a copula."""
    for child in verb.children:
        if child.dep_ in ("attr", "acomp", "oprd"):
            yield from conjuncts(child)


def extent(token: Token) -> tuple[int, int]:
    """The range of token indices `[first, last)` of a word's subtree."""
    return token.left_edge.i, token.right_edge.i + 1


def noun_extent(noun: Token) -> tuple[int, int]:
    """A noun with what stands before it and its prepositional phrases, without relative clauses and appositions."""
    last = noun.i
    for child in noun.rights:
        if child.dep_ in ("prep", "punct", "nmod", "pobj") and child.dep_ != "punct":
            last = max(last, child.right_edge.i)
        elif child.dep_ in ("relcl", "acl", "appos", "conj", "cc"):
            break
    return noun.left_edge.i, last + 1


def verb_above(token: Token) -> Token | None:
    """The verb whose clause a word belongs to."""
    for _ in range(8):
        if token.pos_ == "VERB" or token.head.i == token.i:
            break
        token = token.head
    return token if token.pos_ in ("VERB", "AUX") else None


def negated(head: Token) -> bool:
    """Whether a word is denied: "not", "never", "no", "without"."""
    if head.tag_ in ("JJR", "RBR") or any(
        child.lower_ in ("more", "better") and child.dep_ == "advmod" for child in head.children
    ):  # "has never been stronger", "nothing is more foolish"
        return False
    if any(
        child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children) for child in head.children
    ):
        return True
    for child in head.children:
        if child.dep_ == "neg" or child.lower_ in ("no", "never", "neither", "nor"):
            following = head.doc[child.i + 1] if child.i + 1 < len(head.doc) else child
            if following.lower_ not in ("only", "just", "merely", "simply"):
                return True
    if head.dep_ == "xcomp" and head.head.pos_ in ("VERB", "AUX"):
        return negated(head.head)
    if head.dep_ in ("attr", "acomp", "dobj") and head.head.pos_ in ("VERB", "AUX"):
        return negated(head.head)
    return head.dep_ in ("pobj", "pcomp") and head.head.lower_ == "without"
