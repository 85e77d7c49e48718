"""Governments called after their head: "the Kishida government", "Merkel's coalition", "the late Tito regime"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.known_persons import KnownPersons
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary


def governments(text: Text, vocabulary: Vocabulary, taken: Sequence[Naming]) -> Iterator[Naming]:
    """Each of them as a name of the state that the head of government governs."""
    nouns = vocabulary.words("government-noun")
    covered = frozenset(i for n in taken for i in range(n.first, n.last))
    renowned = KnownPersons(vocabulary, text.document.date, frozenset(n.actor for n in taken))
    words = text.words
    for index, word in enumerate(words[1:], 1):
        if word.text.casefold() not in nouns or index in covered or word.start in text.block_starts:
            continue
        first = index - 3 if words[index - 1].text == "s" and words[index - 2].text == "'" else index - 1
        if first < 0 or first in covered or not words[first].text[:1].isupper():
            continue
        entry = renowned.holder(words[first].text, None)
        state = renowned.governed(entry.iri) if entry is not None else None
        if state is not None:
            yield Naming(words[first].start, word.end, first, index + 1, state, "pattern")
