"""Many articles read and extracted, in one process or several, each either an extraction or a reason why not."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alliancegraph.commands.articles import Article
from alliancegraph.extract.formats import Hints
from alliancegraph.extract.kinds import holds_many
from alliancegraph.extract.model import Document, Extraction
from alliancegraph.ontology.errors import AllianceGraphError, ModelNotInstalled, ReadingError, VocabularyError

_FATAL = (ModelNotInstalled, VocabularyError)
"""Errors that every further document would meet too."""
_AHEAD: Final = 4
"""Documents that are read ahead for each worker; a corpus need not fit into memory."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: the document and its extraction, or the problem that prevented it.

    A document without an extraction or a problem is unchanged.
    """

    source: str
    document: Document | None = None
    extraction: Extraction | None = None
    problem: str | None = None


def outcomes(
    sources: Sequence[Article],
    *,
    date: str | None,
    hints: Hints,
    vocabularies: Sequence[Path],
    meaning: bool = False,
    workers: int,
    unchanged: Callable[[Document], bool],
) -> Iterator[Outcome]:
    """The outcome of each document of each source, in order; the same whatever the number of workers."""
    settings = (tuple(vocabularies), meaning)
    readings = (reading for source in sources for reading in _readings(source, date, hints, unchanged))
    if workers == 1 or (len(sources) == 1 and not holds_many(sources[0].place)):
        for reading in readings:
            yield reading if _is_settled(reading) else _extracted(reading, *settings)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: deque[Outcome | Future[Outcome]] = deque()
        try:
            for reading in readings:
                settled = _is_settled(reading)
                waiting.append(reading if settled else pool.submit(_extracted, reading, *settings))
                if len(waiting) > workers * _AHEAD:
                    yield _awaited(waiting.popleft())
            while waiting:
                yield _awaited(waiting.popleft())
        finally:
            pool.shutdown(cancel_futures=True)


def _awaited(task: Outcome | Future[Outcome]) -> Outcome:
    return task if isinstance(task, Outcome) else task.result()


def _is_settled(reading: Outcome) -> bool:
    return reading.problem is not None or reading.document is None


def _readings(
    article: Article, date: str | None, hints: Hints, unchanged: Callable[[Document], bool]
) -> Iterator[Outcome]:
    from alliancegraph.extract.reading import read_all

    place = article.place
    if article.problem is not None:
        yield Outcome(place, problem=article.problem)
        return
    try:
        for found in read_all(place, hints=hints, date=date, name=article.name):
            if isinstance(found, ReadingError):
                yield Outcome(place, problem=str(found))
            else:
                yield Outcome(found.source) if unchanged(found) else Outcome(found.source, found)
    except _FATAL:
        raise
    except AllianceGraphError as error:
        yield Outcome(place, problem=str(error))
    except Exception as error:
        yield Outcome(place, problem=_unexpected(place, error))


def _extracted(reading: Outcome, vocabularies: tuple[Path, ...], meaning: bool) -> Outcome:
    from alliancegraph.extract.encoder import sentence_encoder
    from alliancegraph.extract.pipeline import extract
    from alliancegraph.ontology.vocabulary import load_vocabulary

    assert reading.document is not None
    try:
        encoder = sentence_encoder() if meaning else None
        extraction = extract(reading.document, load_vocabulary(vocabularies), encoder=encoder)
    except _FATAL:
        raise
    except AllianceGraphError as error:
        return Outcome(reading.source, problem=str(error))
    except Exception as error:
        return Outcome(reading.source, problem=_unexpected(reading.source, error))
    return Outcome(reading.source, reading.document, extraction)


def _unexpected(source: str, error: Exception) -> str:
    return f"{source}: unexpected {type(error).__name__}: {error}; please report it with the article"
