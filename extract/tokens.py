"""A parse in plain objects: words with their grammar, and stretches of them.

The names are those of spaCy. Its own tokens are made anew each time that one is looked at, these once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc

STRINGS: Final = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
NUMBERS: Final = ("HEAD", "SENT_START", "SPACY", "IS_PUNCT", "IS_SPACE")
_NONE: Final[list[Token]] = []
"""The children of most words; nobody adds to a list that is handed out."""


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """A word of a parse: where it stands, what it is, and what it hangs on."""

    doc: Parse
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    whitespace_: str
    is_punct: bool
    is_space: bool
    head: Token = field(init=False)
    lefts: list[Token] = field(init=False)
    rights: list[Token] = field(init=False)
    children: list[Token] = field(init=False)
    left_edge: Token = field(init=False)
    right_edge: Token = field(init=False)
    sent: Span = field(init=False)
    _conjuncts: tuple[Token, ...] | None = field(init=False, default=None)

    def __repr__(self) -> str:
        return self.text

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words that are coordinated with this one."""
        if self._conjuncts is None:
            self._conjuncts = tuple(token for token in self._coordination() if token is not self)
        return self._conjuncts

    def _coordination(self) -> list[Token]:
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found += [child for child in token.rights if child.dep_ == "conj"]
        return found

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above this one, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, descendant: Token) -> bool:
        """Whether this word is above another."""
        return any(token is self for token in descendant.ancestors)

    @property
    def subtree(self) -> Iterator[Token]:
        """This word and all below it, in the order of the tree."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree


@dataclass(slots=True, eq=False, repr=False)
class Span:
    """The words `[start, end)` of a parse, at least one; `label_` is the kind of a named entity."""

    doc: Parse
    start: int
    end: int
    label_: str = ""
    _root: Token | None = field(init=False, default=None)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        """Where the first word begins."""
        return self.doc[self.start].idx

    @property
    def end_char(self) -> int:
        """Where the last word ends."""
        last = self.doc[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as written."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def ents(self) -> list[Span]:
        """The named entities within."""
        return [entity for entity in self.doc.ents if self.start <= entity.start and entity.end <= self.end]

    @property
    def root(self) -> Token:
        """The word that is nearest to the root of its sentence, a sign or blank only where there is no other; of several the first."""
        if self._root is None:
            self._root = self._highest()
        return self._root

    def _highest(self) -> Token:
        tokens = self.doc[self.start : self.end]
        for token in tokens:
            if token.head is token:
                return token
        outer = [token for token in tokens if not self.start <= token.head.i < self.end]
        return min(outer, key=_depth) if len(outer) > 1 else (outer or tokens)[0]


class Parse(list[Token]):
    """All words of a text, with its sentences and named entities; the text of several language models' pieces in a row."""

    def __init__(self, pieces: Iterable[Doc]) -> None:
        super().__init__()
        self.sents: list[Span] = []
        self.ents: list[Span] = []
        self._texts: list[str] = []
        length = 0
        for piece in pieces:
            self._add(piece, length)
            self._texts.append(piece.text)
            length += len(self._texts[-1])

    @cached_property
    def text(self) -> str:
        """The text that was parsed."""
        return "".join(self._texts)

    def _add(self, piece: Doc, offset: int) -> None:
        begin = len(self)
        numbers = piece.to_array(list(NUMBERS)).astype("int64").tolist()
        for strings, (_, _, space, punct, blank) in zip(_strings(piece), numbers, strict=True):
            white = " " if space else ""
            self.append(Token(self, len(self), offset, *strings, white, bool(punct), bool(blank)))
            offset += len(strings[0]) + space
        tokens = self[begin:]
        _link(tokens, [i + row[0] for i, row in enumerate(numbers)])
        starts = [i for i, row in enumerate(numbers) if i == 0 or row[1] == 1]
        for first, last in zip(starts, [*starts[1:], len(numbers)], strict=True):
            sentence = Span(self, begin + first, begin + last)
            self.sents.append(sentence)
            for token in tokens[first:last]:
                token.sent = sentence
        self.ents += [Span(self, begin + e.start, begin + e.end, e.label_) for e in piece.ents]


def _strings(piece: Doc) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """The text, lower case, lemma, part of speech, tag, relation and kind of entity of each word."""
    ids = cast("list[int]", piece.to_array(list(STRINGS)).ravel().tolist())
    names = {number: piece.vocab.strings[number] for number in set(ids)}
    strings = map(names.__getitem__, ids)
    return zip(strings, strings, strings, strings, strings, strings, strings, strict=True)


def _depth(token: Token) -> tuple[bool, int]:
    sign = (token.is_punct or token.is_space) and not token.children
    return sign, 0 if sign else sum(1 for _ in token.ancestors)


def _link(tokens: list[Token], heads: list[int]) -> None:
    """Give each word its head, its children and the ends of its subtree."""
    lefts: dict[int, list[Token]] = {}
    rights: dict[int, list[Token]] = {}
    for i, head in enumerate(heads):
        if i != head:
            (lefts if i < head else rights).setdefault(head, []).append(tokens[i])
    firsts, lasts = _edges(heads)
    for i, token in enumerate(tokens):
        token.head = tokens[heads[i]]
        token.lefts = before = lefts.get(i, _NONE)
        token.rights = after = rights.get(i, _NONE)
        token.children = before + after if before and after else before or after
        token.left_edge, token.right_edge = tokens[firsts[i]], tokens[lasts[i]]


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """The first and the last word of each word's subtree."""
    firsts, lasts = list(range(len(heads))), list(range(len(heads)))
    for edges, order in ((firsts, range(len(heads))), (lasts, range(len(heads) - 1, -1, -1))):
        reached = [False] * len(heads)
        for i in order:
            above = i
            while not reached[above]:
                reached[above] = True
                edges[above] = i
                above = heads[above]
    return firsts, lasts
