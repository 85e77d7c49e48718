"""A language model's rules for part of speech and lemma, each applied once to what it reads, and remembered.

Half of the words of a text are of a few kinds, and a rule that reads one word says the same of it in every text. What
the rules say is unchanged; a model with rules of another make is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

READ: Final = ("TAG", "DEP", "IS_SPACE", "LOWER")
"""What the rules for one word may read; of words those only that some rule names."""
MOST: Final = 20_000
"""So many kinds of words are remembered; then it begins anew, so that memory stays flat."""

Rule = Mapping[str, Any]
Matches = list[tuple[int, int, int, int]]


def remember_rules(nlp: Language) -> None:
    """Let the attribute ruler and the rule lemmatizer of a model remember."""
    from spacy.pipeline import AttributeRuler, Lemmatizer

    for _, pipe in nlp.pipeline:
        component: Any = pipe
        if isinstance(pipe, AttributeRuler):
            component.match = _Rules(component).match
        elif isinstance(pipe, Lemmatizer) and pipe.mode == "rule":
            component.lemmatize = _remembered_lemmas(component.lemmatize)
            index = pipe.lookups.get_table("lemma_index", {})
            for part_of_speech, words in list(index.items()):
                index[part_of_speech] = frozenset(
                    words
                )  # the model has lists, in which each look-up takes a millisecond


def _remembered_lemmas(lemmatize: Callable[[Token], list[str]]) -> Callable[[Token], list[str]]:
    """A lemmatizer by rules that remembers; spaCy's own forgets the words that are their lemma."""
    known: dict[Hashable, list[str]] = {}

    def remembered(token: Token) -> list[str]:
        key = (token.orth, token.pos, token.morph.key)  # type: ignore[attr-defined]
        lemmas = known.get(key)
        if lemmas is None:
            if len(known) >= MOST:
                known.clear()
            lemmas = known[key] = lemmatize(token)
        return lemmas

    return remembered


class _Rules:
    """The rules of an attribute ruler: those for one word, remembered, and all others."""

    def __init__(self, ruler: Any) -> None:
        from spacy.matcher import Matcher

        vocab = ruler.vocab
        self._one, self._other = Matcher(vocab, validate=False), Matcher(vocab, validate=False)
        self._words: set[int] = set()
        self._known: dict[Hashable, tuple[tuple[int, int], ...]] = {}
        self._strings = vocab.strings
        for number, rule in enumerate(ruler.patterns):
            simple = [pattern for pattern in rule["patterns"] if _is_simple(pattern)]
            others = [pattern for pattern in rule["patterns"] if not _is_simple(pattern)]
            if simple:
                self._one.add(str(number), simple)
            if others:
                self._other.add(str(number), others)
            self._words |= {vocab.strings.add(word) for pattern in simple for word in _words(pattern[0])}

    def match(self, doc: Doc) -> Matches:
        """The matches of all rules, as `AttributeRuler.match` gives them: rule, its id, first and last word; in order of rules."""
        found = [
            (int(self._strings[id_]), id_, first, last)
            for id_, first, last in self._matches(self._other, doc)
        ]
        for i, (tag, relation, blank, word) in enumerate(doc.to_array(list(READ)).tolist()):
            key = (tag, relation, blank, word if word in self._words else 0)
            rules = self._known.get(key)
            if rules is None:
                rules = self._known[key] = self._at(doc, i)
            found += [(number, id_, i, i + 1) for number, id_ in rules]
        return sorted(found)

    def _at(self, doc: Doc, i: int) -> tuple[tuple[int, int], ...]:
        return tuple((int(self._strings[id_]), id_) for id_, *_ in self._matches(self._one, doc[i : i + 1]))

    @staticmethod
    def _matches(matcher: Any, words: Any) -> Iterable[tuple[int, int, int]]:
        return matcher(words, allow_missing=True) if len(matcher) and len(words) else ()


def _is_simple(pattern: list[Rule]) -> bool:
    """Whether a rule reads one word and asks for listed values only."""
    return len(pattern) == 1 and all(
        name in READ and (not isinstance(value, dict) or value.keys() <= {"IN", "NOT_IN"})
        for name, value in pattern[0].items()
    )


def _words(pattern: Rule) -> list[str]:
    wanted = pattern.get("LOWER", [])
    if isinstance(wanted, dict):
        return [word for words in wanted.values() for word in words]
    return [wanted] if wanted else []
