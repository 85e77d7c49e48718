"""Events that the vocabulary knows by name, found in the text."""

from __future__ import annotations

from functools import cache, lru_cache

from alliancegraph.extract.lexical import Match, Phrasebook, exact, exact_keys, longest
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import EventEntry, Vocabulary


@cache
def _book(vocabulary: Vocabulary) -> Phrasebook[EventEntry]:
    """The names of events; of several words they are also found in lower case ("the cold war")."""
    book: Phrasebook[EventEntry] = Phrasebook(exact)
    for entry in vocabulary.events:
        for name in sorted({name for n in entry.names for name in (n, n.lower() if " " in n else n)}):
            book.add(name, entry)
    return book


@lru_cache(maxsize=1)
def named_events(text: Text, vocabulary: Vocabulary) -> tuple[Match[EventEntry], ...]:
    """Every named event in the text, over light tokens."""
    return tuple(longest(_book(vocabulary).matches(exact_keys(text.words))))


def named_event_spans(text: Text, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """The light tokens `[first, last)` that name known events."""
    return [(match.first, match.last) for match in named_events(text, vocabulary)]
