"""What an event that a frame tells may be called, and the passage that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import References
from alliancegraph.extract.frames import FrameMatch
from alliancegraph.extract.parsing import Text

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

FILLED: Final = ("organizes", "targetOf", "participatesIn", "theme", "place")
NAMED: Final = 3
"""Actors that the name of an event may list."""
BRIEF: Final = 45
"""Characters of what is told in the name of an event."""
CLAUSE: Final = 14
"""Words of a clause that belongs to the name of the verb which it completes."""
REACH: Final = 25
"""Words between a verb and those that its name takes in."""
TIMES: Final = frozenset({"DATE", "TIME"})


class EventNames:
    """Names the events of one text."""

    def __init__(self, text: Text, cast: Cast, references: References) -> None:
        self._text = text
        self._cast = cast
        self._references = references

    def title(self, match: FrameMatch, names: Sequence[str], noun: bool) -> str:
        """What to call an event: the noun with what belongs to it, or who did what."""
        if noun or syntax.is_passive(match.head):
            return names[0]
        actors = [r.actor for t in syntax.subjects(match.head) for r in self._references.of(t, nation=True)]
        called = [self._cast.members[a].name for a in dict.fromkeys(actors) if a in self._cast.members]
        told = next((n for n in names[:0:-1] if " " in n and n[-1].isalnum()), names[min(1, len(names) - 1)])
        told = next((n for n in names[1:] if " " in n and len(n) <= BRIEF), told)
        return f"{_listed(called[:NAMED])} {told}" if called else names[0]

    def of_noun(self, noun: Token) -> tuple[int, int, tuple[str, ...]]:
        """Where a noun's phrase stands, and by what it may be called: with and without article and complements."""
        first, last = syntax.noun_extent(noun)
        doc = noun.doc
        core = next(
            (t.i for t in doc[first : noun.i + 1] if t.dep_ not in ("det", "poss", "case", "predet")), noun.i
        )
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)
        head_end = noun.idx + len(noun.text)
        text = self._text.clean.text
        brief = _undated(doc[core:last])
        names = (
            *((text[doc[core].idx : brief],) if brief else ()),
            text[doc[core].idx : end], text[doc[core].idx : head_end], text[start:end], text[start:head_end],
            *(text[c.idx : head_end] for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod")),
            *((text[noun.idx : end],) if end > head_end else ()),
        )  # fmt: skip
        return start, end, tuple(dict.fromkeys(" ".join(n.split()) for n in names))

    def of_verb(self, match: FrameMatch) -> tuple[int, int, tuple[str, ...]]:
        """Where a verb's clause stands, and by what it may be called: with its subject, without, with its object only."""
        head, doc, text = match.head, match.head.doc, self._text.clean.text
        fillers = [t for role in FILLED for t in match.get(role) if t.ent_type_ not in TIMES]
        near = [
            t
            for t in (*fillers, *match.words[1:])
            if self._one_sentence(t, head)
            and abs(t.i - head.i) <= REACH
            and (t.i > head.i or not _apart(t, head))
        ]
        before = [
            t
            for t in near
            if t.i < head.i and t.pos_ in syntax.NOMINALS and (t.dep_ != "pobj" or t.i == head.head.i)
        ]
        first = min([head.i, *(_opening(t).i for t in before)])
        objects = [
            t for t in (*syntax.objects(head), *match.words[1:]) if t.i > head.i and t.pos_ in syntax.NOMINALS
        ]
        middle = max([head.i, *(syntax.noun_extent(o)[1] - 1 for o in objects)])
        if middle == head.i:
            middle = self._clause_end(head)
        last = max([middle, *(syntax.noun_extent(t)[1] - 1 for t in near if t.i > head.i)])
        core = objects[0].i if objects else middle
        spans = ((first, last), (head.i, last), (head.i, middle), (head.i, core))
        names = (text[doc[a].idx : doc[b].idx + len(doc[b].text)] for a, b in spans)
        start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
        return start, end, tuple(dict.fromkeys(" ".join(n.split()) for n in names))

    @staticmethod
    def _clause_end(verb: Token) -> int:
        """Where the clause ends that completes a verb without object: "agreed to drop six disputes"."""
        ends = [c.right_edge.i for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i]
        return max([verb.i, *(e for e in ends if e - verb.i <= CLAUSE)])

    def _one_sentence(self, first: Token, second: Token) -> bool:
        return self._text.sentence_number(first.idx) == self._text.sentence_number(second.idx)


def _undated(phrase: Sequence[Token]) -> int | None:
    """Where a noun's phrase ends without the date that closes it; None if it has none or nothing else is left."""
    kept = list(phrase)
    while kept and kept[-1].ent_type_ in TIMES:
        kept.pop()
    while len(kept) < len(phrase) and kept and (kept[-1].pos_ in ("ADP", "DET") or kept[-1].is_punct):
        kept.pop()
    return kept[-1].idx + len(kept[-1].text) if 1 < len(kept) < len(phrase) else None


def _opening(noun: Token) -> Token:
    """The first word of what stands before a noun, without a date that the parse puts there."""
    before = [c for c in noun.lefts if c.ent_type_ not in TIMES and c.left_edge.ent_type_ not in TIMES]
    return before[0].left_edge if before else noun


def _apart(subject: Token, verb: Token) -> bool:
    """Whether another verb stands between a word and the verb that shares it: "met and agreed"."""
    between = verb.doc[subject.i + 1 : verb.i]
    return any(t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP") for t in between)


def _listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
