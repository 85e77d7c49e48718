"""Whose words a passage is: the author's, somebody's whose speech is reported, or a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.coreference import Reference, References
from alliancegraph.extract.frames import frame_matcher
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Span, Token

OPENING: Final = frozenset('"')


@dataclass(frozen=True)
class Voice:
    """The speakers of a stretch of tokens `[first, last)`; `kind` is `reported` or `quoted`."""

    first: int
    last: int
    speakers: tuple[Reference, ...]
    kind: str


class Voices:
    """The reports and quotations of one text."""

    def __init__(self, text: Text, references: References, vocabulary: Vocabulary) -> None:
        self._text = text
        self._references = references
        self._matcher = frame_matcher(vocabulary, "relation:reports")
        self._opinion = vocabulary.words("opinion-noun")
        self._inner = vocabulary.words("inner-report")
        self.quotes = _quotations(text)
        self._voices: list[Voice] = list(self._labelled())
        previous: tuple[Reference, ...] = ()
        for sentence in text.sentences():
            found = self._in(sentence)
            self._voices += found
            previous = self._free_quotes(sentence, found, previous)

    def _labelled(self) -> Iterator[Voice]:
        """In a transcript the words after a speaker's label are his."""
        for block in self._text.clean.blocks:
            speaker = self._references.labelled_speaker(block)
            if speaker is not None:
                tokens = self._text.tokens(block.start, block.end)
                yield Voice(tokens.start, tokens.end, (Reference(speaker, 0.9),), "quoted")

    def _in(self, sentence: Span) -> list[Voice]:
        voices = []
        for match in self._matcher.matches(sentence):
            speakers = self._speakers(match.get("speaker"), match.head)
            if not speakers:
                continue
            contents = [t for t in match.get("content") if t.i != match.head.i]
            for content in contents:
                first, last = syntax.extent(content)
                if not first <= match.head.i < last:
                    voices.append(self._voice(first, last, speakers))
            if not contents:
                voices += self._parenthetic(match.head, sentence, speakers)
        for token in sentence:
            voices += self._according(token, sentence)
        return voices

    def _speakers(self, tokens: tuple[Token, ...], verb: Token) -> tuple[Reference, ...]:
        found = [r for token in tokens for r in self._references.of(token)]
        if not found and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
            found = list(self.person_to_the_left(verb))
        return tuple(dict.fromkeys(found))

    def person_to_the_left(self, verb: Token) -> tuple[Reference, ...]:
        """For a reporting verb without subject ("In the session …, X, Minister …, argued"): the nearest person before."""
        if verb.tag_ not in ("VBD", "VBZ", "VBP"):
            return ()
        for token in reversed(verb.doc[self._text.sentence_of(verb).start : verb.i]):
            if token.ent_type_ == "PERSON" or token.pos_ == "PROPN":
                found = self._references.of(token)
                if found and self._references.is_person(found[0].actor):
                    return found
        return ()

    def _voice(self, first: int, last: int, speakers: tuple[Reference, ...]) -> Voice:
        quoted = any((a <= first + 2 and last - 3 <= b) or (first <= a and b <= last) for a, b in self.quotes)
        return Voice(first, last, speakers, "quoted" if quoted else "reported")

    def _parenthetic(self, verb: Token, sentence: Span, speakers: tuple[Reference, ...]) -> list[Voice]:
        """ "…, Rojas said": the main clause around a reporting verb that has no clause of its own."""
        head = verb.head
        inside_it = sentence.start <= head.i < sentence.end
        if verb.dep_ == "parataxis" and inside_it:
            parts = ((sentence.start, verb.left_edge.i), (verb.right_edge.i + 1, sentence.end))
            return [self._voice(first, last, speakers) for first, last in parts if first < last]
        if verb.dep_ in ("parataxis", "ccomp", "advcl", "dep") and head.i < verb.i and inside_it:
            return [self._voice(sentence.start, verb.left_edge.i, speakers)]
        inside = [q for q in self.quotes if q[0] < sentence.end and sentence.start < q[1]]
        return [Voice(max(a, sentence.start), min(b, sentence.end), speakers, "quoted") for a, b in inside]

    def _according(self, token: Token, sentence: Span) -> list[Voice]:
        """ "According to X", "in X's view": the rest of the sentence."""
        if token.lower_ == "according":
            names = list(syntax.prepositional(token, "to"))
        elif token.lower_ in self._opinion and token.dep_ == "pobj" and token.head.lower_ in ("in", "for"):
            names = [*syntax.possessors(token), *syntax.prepositional(token, "of")]
        else:
            return []
        speakers = tuple(dict.fromkeys(r for name in names for r in self._references.of(name)))
        return [self._voice(sentence.start, sentence.end, speakers)] if speakers else []

    def _free_quotes(
        self, sentence: Span, found: list[Voice], previous: tuple[Reference, ...]
    ) -> tuple[Reference, ...]:
        """A sentence that is all quotation has the speaker of the one before; the last speaker is handed on."""
        inside = any(a <= sentence.start and sentence.end <= b + 1 for a, b in self.quotes)
        if inside and not found and previous:
            self._voices.append(Voice(sentence.start, sentence.end, previous, "quoted"))
            return previous
        block = self._text.block_at(sentence.start_char)
        if found:
            return found[-1].speakers
        return previous if block is not None and inside else ()

    def at(self, token: Token) -> Voice | None:
        """The innermost voice around a word, or None where the author speaks."""
        around = [v for v in self._voices if v.first <= token.i < v.last]
        return min(around, key=lambda v: v.last - v.first) if around else None

    def reports(self, token: Token) -> bool:
        """Whether a word is a verb of speech or thought."""
        return self._matcher.has_head("verb", token.lemma_.casefold())

    def is_report(self, token: Token) -> bool:
        """Whether a word is a verb of speech."""
        lemma = token.lemma_.casefold()
        return self._matcher.has_head("verb", lemma) and lemma not in self._inner

    def is_quoted(self, token: Token) -> bool:
        """Whether a word stands between quotation marks."""
        return any(a <= token.i < b for a, b in self.quotes)


def _quotations(text: Text) -> list[tuple[int, int]]:
    """The token ranges between double quotation marks of one block, marks included; scare quotes of a word or two are none."""
    ranges: list[tuple[int, int]] = []
    opened: int | None = None
    for token in text.doc:
        if token.is_space and "\n" in token.text:
            opened = None
        elif token.text in OPENING or token.text == "''" or token.text == "``":
            if opened is None:
                opened = token.i
            else:
                if token.i - opened > 3:
                    ranges.append((opened, token.i + 1))
                opened = None
    return ranges
