"""A cleaned article with its parse: what every extractor reads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from alliancegraph.extract.cleaning import Block, CleanText, clean
from alliancegraph.extract.language import forgetful
from alliancegraph.extract.lexical import QUOTES, Word, words
from alliancegraph.extract.model import Document, Evidence
from alliancegraph.extract.tokens import Parse, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_SENTENCE_END: Final = re.compile(r"[.!?][\"')\]]{0,2}\s+")
_GAP: Final = re.compile(r"\s+")
PIECE: Final = 20_000
"""Characters after which a text is parsed in another piece, so that memory stays flat."""


@dataclass(eq=False)
class Text:
    """A document, its cleaned text, the parse (same offsets as the cleaned text) and the light tokens."""

    document: Document
    clean: CleanText
    doc: Parse
    words: list[Word]
    plain: str = ""
    """The cleaned text with curly quotes made straight; offsets are the same."""
    _token_starts: list[int] = field(default_factory=list)
    _block_starts: list[int] = field(default_factory=list)
    _sentences: list[Span] = field(default_factory=list)
    _sentence_starts: list[int] = field(default_factory=list)
    _places: dict[tuple[int, int], Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the starts of tokens, sentences and blocks."""
        self.plain = self.clean.text.translate(QUOTES)
        self._token_starts = [token.idx for token in self.doc]
        self._block_starts = [block.start for block in self.clean.blocks]
        self._sentences = self.doc.sents
        self._sentence_starts = [sentence.start_char for sentence in self._sentences]

    @property
    def block_starts(self) -> frozenset[int]:
        """The offsets at which blocks of the cleaned text begin."""
        return frozenset(self._block_starts)

    def token_at(self, offset: int) -> Token:
        """The token that covers, or last begins before, a character of the cleaned text."""
        return self.doc[max(0, bisect_right(self._token_starts, offset) - 1)]

    def tokens(self, start: int, end: int) -> Span:
        """The tokens that `[start, end)` touches."""
        known = self._places.get((start, end))
        if known is None:
            first = self.token_at(start).i
            last = self.token_at(max(start, end - 1)).i
            known = self._places[start, end] = Span(self.doc, first, last + 1)
        return known

    def block_at(self, offset: int) -> Block | None:
        """The block that holds a character of the cleaned text."""
        if not self._block_starts:
            return None
        return self.clean.blocks[max(0, bisect_right(self._block_starts, offset) - 1)]

    def sentences(self) -> Iterator[Span]:
        """The sentences that hold words."""
        return iter(self._worded)

    @cached_property
    def _worded(self) -> list[Span]:
        return [sentence for sentence in self._sentences if not sentence.text.isspace()]

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds a character of the cleaned text."""
        return self._sentences[self.sentence_number(offset)]

    def sentence_number(self, offset: int) -> int:
        """The number of that sentence."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_of(self, token: Token) -> Span:
        """The sentence of a token."""
        return self.sentence_at(token.idx)

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for a range of the cleaned text, in offsets of the document as given."""
        while start < end and self.clean.text[start].isspace():
            start += 1
        while end > start and self.clean.text[end - 1].isspace():
            end -= 1
        first, last = self.clean.to_source(start, end)
        return Evidence(first, last, self.clean.text[start:end])


def pieces(clean_text: CleanText) -> Iterator[tuple[str, list[int]]]:
    """The cleaned text in pieces of whole blocks, each with the offsets at which its blocks begin; joined, they give it back.

    A block that is longer than a piece is cut between sentences.
    """
    text = clean_text.text.translate(QUOTES)
    begin, inside = 0, [0]
    for start in _starts(clean_text, text):
        if start - begin > PIECE:
            yield text[begin:start], inside
            begin, inside = start, []
        inside.append(start - begin)
    if begin < len(text):
        yield text[begin:], inside


def _starts(clean_text: CleanText, text: str) -> Iterator[int]:
    """Where blocks after the first begin, and where long ones are cut."""
    for block in clean_text.blocks:
        start = block.start
        if start:
            yield start
        while block.end - start > 2 * PIECE:
            window = text[start + PIECE : start + 2 * PIECE]
            match = _SENTENCE_END.search(window) or _GAP.search(window)
            start += PIECE + (match.end() if match else PIECE)
            yield start


def parsed(nlp: Language, text: str, starts: Collection[int]) -> Doc:
    """A parse in which a sentence begins at each of the offsets."""
    doc = nlp.make_doc(text)
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return nlp(doc)


def parse(document: Document, nlp: Language) -> Text:
    """Clean and parse one document; a sentence never runs over the end of a block."""
    cleaned = clean(document)
    with forgetful(nlp):
        parse = Parse(parsed(nlp, text, frozenset(starts)) for text, starts in pieces(cleaned))
    return Text(document, cleaned, parse, words(cleaned.text))
