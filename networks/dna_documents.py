"""What the files of all versions of Discourse Network Analyzer have in common: documents, and passages in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import StatementsError

INSTEAD: Final = "export its event list from DNA as CSV and give that"
_NO_DATE: Final = np.iinfo(np.int64).min
_DAY: Final = 86_400
_QUARTER: Final = 900


@dataclass(frozen=True, slots=True)
class DnaDocument:
    """A document by its name, with its text, what else is told of it, and its date in seconds since 1970."""

    name: str
    text: str
    fields: Mapping[str, str]
    date: int | None

    def passage(self, start: int, stop: int) -> tuple[int, int, str]:
        """The range in characters and its text; DNA counts in UTF-16."""
        if self.text.isascii() or max(self.text) <= "\uffff":
            return start, stop, self.text[start:stop]
        wide = self.text.encode("utf-16-le", "surrogatepass")
        before = len(wide[: 2 * start].decode("utf-16-le", "replace"))
        passage = wide[2 * start : 2 * stop].decode("utf-16-le", "replace")
        return before, before + len(passage), passage


def document_names(titles: Sequence[str], ids: Sequence[object]) -> list[str]:
    """The titles of documents, with their ids behind where a title is not theirs alone."""
    times = Counter(titles)
    return [
        title if title and times[title] == 1 else f"{title} ({id_})".strip()
        for title, id_ in zip(titles, ids, strict=True)
    ]


def statements_of(
    ids: Sequence[str],
    documents: Sequence[DnaDocument],
    ranges: Sequence[tuple[int, int]],
    columns: Mapping[str, Column],
) -> Statements:
    """Statements, each in its document at its range in UTF-16, with the document's name, date and fields."""
    passages = [document.passage(*place) for document, place in zip(documents, ranges, strict=True)]
    names = sorted({name for document in documents for name in document.fields})
    return Statements.of(
        {
            "document": Column.of([document.name for document in documents]),
            **{name: Column.of([d.fields.get(name) for d in documents]) for name in names},
            **columns,
        },
        ids=ids,
        dates=_dates([document.date for document in documents]),
        starts=np.array([passage[0] for passage in passages], np.int64),
        ends=np.array([passage[1] for passage in passages], np.int64),
        texts=[passage[2] for passage in passages],
    )


def local_midnights(seconds: Sequence[int | None]) -> list[int | None]:
    """Moments as UTC; where all are midnights of some other place, the midnights of the same days.

    DNA 2 stores the moments of the coder's own clock. Where several documents have one time of day, or two that are an
    hour apart as with daylight saving, on a quarter of an hour, these are midnights of his zone.
    """
    known = [second for second in seconds if second is not None]
    times = sorted({second % _DAY for second in known})
    alike = len(times) == 1 or (len(times) == 2 and times[1] - times[0] in (3_600, _DAY - 3_600))
    if len(known) < 2 or not alike or any(time % _QUARTER for time in times):
        return list(seconds)
    return [None if second is None else (second + _DAY // 2) // _DAY * _DAY for second in seconds]


def broken(path: Path, error: object) -> StatementsError:
    """The error that tells of a damaged file."""
    return StatementsError(
        f"{path}: is a broken database ({error}); take a copy of before, or {INSTEAD}", path=str(path)
    )


def _dates(seconds: Sequence[int | None]) -> NDArray[np.datetime64]:
    return np.array([_NO_DATE if s is None else s for s in seconds], np.int64).view("datetime64[s]")
