"""Resources found by the beginning of a name, for completion: the best first, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from alliancegraph.queries.catalogue import lookup
from alliancegraph.queries.values import KINDS
from alliancegraph.serve.site.looking import Looking, question

ALL: Final = ("actor", "issue", "event", "event-type", "document")
_MOST: Final = 20
_KEPT: Final = 500_000
"""Names of one kind that a worker keeps."""


@dataclass(frozen=True, slots=True)
class Found:
    """A resource, the name that was found, and the one by which it is known."""

    iri: str
    name: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Name:
    folded: str
    name: str
    iri: str
    kind: str


class Names:
    """The names of a store, read when they are first asked for."""

    def __init__(self, looking: Looking) -> None:
        """Read from a store."""
        self._look = looking
        self._names: dict[str, list[_Name]] = {}
        self._in_texts: frozenset[str] | None = None

    def find(self, kind: str, text: str) -> list[Found]:
        """At most 20 resources with a name in which a word begins with the text; those of the documents go first."""
        wanted = text.casefold().strip()
        fitting = [n for one in ([kind] if kind else ALL) for n in self._of(one) if wanted in n.folded]
        fitting.sort(key=lambda name: (self._rank(name, wanted), name.folded, name.iri))
        best: dict[str, _Name] = {}
        for name in fitting:
            if len(best) == _MOST:
                break
            best.setdefault(name.iri, name)
        return [Found(n.iri, n.name, self._look.label(n.iri), n.kind) for n in best.values()]

    def _rank(self, name: _Name, wanted: str) -> tuple[int, bool, int]:
        begins = name.folded.startswith(wanted)
        begins_word = begins or re.search(rf"\b{re.escape(wanted)}", name.folded) is not None
        place = 0 if name.folded == wanted else 1 if begins else 2 if begins_word else 3
        return place, name.iri not in self._mentioned(), len(name.folded)

    def _mentioned(self) -> frozenset[str]:
        if self._in_texts is None:
            self._in_texts = frozenset(
                row["iri"].value for row in self._look.rows(question("mentioned.rq"), {})
            )
        return self._in_texts

    def _of(self, kind: str) -> list[_Name]:
        if kind not in self._names:
            self._names[kind] = [name for name, _ in zip(self._read(kind), range(_KEPT), strict=False)]
        return self._names[kind]

    def _read(self, kind: str) -> Iterator[_Name]:
        for row in self._look.rows(lookup(kind).text, {}):
            name = row["name"].value
            yield _Name(name.casefold(), name, row["iri"].value, kind)


def is_kind(kind: str) -> bool:
    """Whether there are names of that kind."""
    return kind in KINDS.values()
