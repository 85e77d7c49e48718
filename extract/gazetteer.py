"""Names that the vocabulary knows, found in the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from alliancegraph.extract.lexical import Phrasebook, Word, exact, exact_keys, longest
from alliancegraph.ontology.vocabulary import ActorEntry, Vocabulary

SPELT = 4
"""Letters in capitals that may be a name spelt in capitals, not an abbreviation."""
KIND_ORDER = ("name", "abbreviation", "demonym", "capital", "misspelling", "contextual")


@dataclass(frozen=True, slots=True)
class Naming:
    """A stretch `[start, end)` of the cleaned text that names an actor; `words` are light tokens `[first, last)`.

    `kind` is a label kind of the vocabulary, or `pattern`, `person`, `organization`, `alias`, `surname`, `title`.
    """

    start: int
    end: int
    first: int
    last: int
    actor: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Named:
    entry: ActorEntry | None
    kind: str

    @property
    def iri(self) -> str | None:
        """The actor named; None for names of none."""
        return self.entry.iri if self.entry is not None else None


@cache
def _books(vocabulary: Vocabulary) -> tuple[Phrasebook[_Named], Phrasebook[_Named]]:
    """The names that hold anywhere, and the contextual ones."""
    usual: Phrasebook[_Named] = Phrasebook(exact)
    contextual: Phrasebook[_Named] = Phrasebook(exact)
    for entry in vocabulary.actors:
        for label in entry.labels:
            book = contextual if label.kind == "contextual" else usual
            book.add(label.text, _Named(entry, label.kind))
    for name in vocabulary.no_actors:
        usual.add(name, _Named(None, "name"))
    return usual, contextual


def gazetteer_names(
    words: Sequence[Word], vocabulary: Vocabulary, date: str | None = None, breaks: Collection[int] = ()
) -> list[Naming]:
    """Every known name in the text, the longest first; contextual names only where their actor is named otherwise.

    A name that two states had one after the other means the one that was there at the date of the text. No name
    goes over the offsets in `breaks`; capitals throughout ("PARK Geun-hye", "TURKEY") are read as a capital alone, too.
    """
    keys = [_keys(key, word.text) for key, word in zip(exact_keys(words), words, strict=True)]
    usual, contextual = _books(vocabulary)
    found = longest(usual.matches(keys))
    covered = {i for match in found for i in range(match.first, match.last)}
    seen = {match.payload.iri for match in found}
    found += [
        match
        for match in longest(contextual.matches(keys))
        if match.payload.iri in seen and covered.isdisjoint(range(match.first, match.last))
    ]
    groups: dict[tuple[int, int], list[_Named]] = {}
    for match in found:
        if any(words[i].start in breaks for i in range(match.first + 1, match.last)):
            continue
        groups.setdefault((match.first, match.last), []).append(match.payload)
    namings = []
    for (first, last), named in sorted(groups.items()):
        if any(n.entry is None for n in named):
            continue
        entry, kind = _choice([(n.entry, n.kind) for n in named if n.entry is not None], date)
        start, end = words[first].start, words[last - 1].end
        namings.append(Naming(start, end, first, last, entry.iri, kind))
    return namings


def _keys(key: tuple[str, ...], text: str) -> tuple[str, ...]:
    return (*key, text.capitalize()) if len(text) >= SPELT and text.isupper() else key


def _choice(named: Iterable[tuple[ActorEntry, str]], date: str | None) -> tuple[ActorEntry, str]:
    """Of several actors with one name: the state of the time, then by kind of name, then by IRI."""
    return min(named, key=lambda n: (_is_of_other_time(n[0], date), KIND_ORDER.index(n[1]), n[0].iri))


def _is_of_other_time(entry: ActorEntry, date: str | None) -> int:
    """0 for a state that was dissolved after the date, 1 for one that is, 2 for one that was no more."""
    if entry.dissolved is None:
        return 1
    return 0 if date is not None and date < entry.dissolved[: len(date)] else 2
