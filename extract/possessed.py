"""Bodies named by a possessive: "its Self-Defense Forces", "our parliament" are those of the state meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.lexical import Phrasebook, longest, phrasebook
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import ActorEntry, Vocabulary

NEAR: Final = 40


class PossessedBodies:
    """Finds such bodies; `states` are the namings of states in the text, in its order."""

    def __init__(self, text: Text, vocabulary: Vocabulary, states: Sequence[Naming]) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._states = states
        self._own, self._others = vocabulary.words("our"), vocabulary.words("its")
        self._nouns: Phrasebook[str] = phrasebook(
            {noun: noun for noun in vocabulary.words("possessed-body")}, str.casefold, skip_dashes=True
        )

    def bodies(self, covered: frozenset[int]) -> Iterator[tuple[Naming, str, str]]:
        """The names, each with the name of the body and its state; `covered` are words that names hold already."""
        keys = [(word.text.casefold(),) if word.text != "-" else () for word in self._text.words]
        for match in longest(self._nouns.matches(keys)):
            if match.first == 0 or not covered.isdisjoint(range(match.first, match.last)):
                continue
            state = self._owner(match.first)
            entry = self._vocabulary.actor_by_iri[state] if state is not None else None
            if entry is not None:
                words = self._text.words
                start, end = words[match.first].start, words[match.last - 1].end
                naming = Naming(start, end, match.first, match.last, entry.iri, "contextual")
                yield naming, self._name(entry, match.payload), entry.iri

    def _owner(self, first: int) -> str | None:
        """The state that the word before stands for: the speaker's own, or the one named last."""
        pronoun = self._text.words[first - 1].text.casefold()
        if pronoun in self._own:
            ranked = Counter(n.actor for n in self._states).most_common(2)
            return ranked[0][0] if ranked and ranked[0][1] >= 2 * ranked[-1][1] * (len(ranked) > 1) else None
        if pronoun in self._others:
            before = [n for n in self._states if first - NEAR <= n.first < first]
            sentence = self._text.sentence_at(self._text.words[first].start)
            subjects = [
                n for n in before
                if n.start >= sentence.start_char and self._text.token_at(n.end - 1).dep_ in ("nsubj", "nsubjpass")
            ]  # fmt: skip
            return (subjects or before)[-1].actor if subjects or before else None
        return None

    def _name(self, state: ActorEntry, noun: str) -> str:
        """ "Swedish Armed Forces": the name that is known, else the state's adjective and the noun."""
        demonyms = [label.text for label in state.labels if label.kind == "demonym"]
        names = [f"{demonym} {noun}" for demonym in demonyms]
        known = next((name for name in names if name.casefold() in self._vocabulary.body_called), None)
        adjectives = [d for d in demonyms if not d.endswith("s") and f"{d}s" not in demonyms]
        return known or f"{next(iter([*adjectives, *demonyms]), state.name)} {noun}"
