"""Many articles read and extracted, in one process or several, each either an extraction or a reason why not."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from alliancegraph.commands.articles import Article
from alliancegraph.extract.model import Document, Extraction
from alliancegraph.ontology.errors import AllianceGraphError, ModelNotInstalled, VocabularyError

_FATAL = (ModelNotInstalled, VocabularyError)
"""Errors that every further document would meet too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a document and its extraction, or the problem that prevented it.

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
    vocabularies: Sequence[Path],
    workers: int,
    unchanged: Callable[[Document], bool],
) -> Iterator[Outcome]:
    """The outcome of each source, in order; the same whatever the number of workers."""
    readings = (_reading(source, date, unchanged) for source in sources)
    if workers == 1 or len(sources) == 1:
        for reading in readings:
            yield reading if _is_settled(reading) else _extracted(reading, tuple(vocabularies))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(sources)), mp_context=context) as pool:
        tasks = [
            reading if _is_settled(reading) else pool.submit(_extracted, reading, tuple(vocabularies))
            for reading in readings
        ]
        try:
            for task in tasks:
                yield task if isinstance(task, Outcome) else task.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _is_settled(reading: Outcome) -> bool:
    return reading.problem is not None or reading.document is None


def _reading(article: Article, date: str | None, unchanged: Callable[[Document], bool]) -> Outcome:
    from alliancegraph.extract.reading import read

    source = article.place
    try:
        document = read(source, date=date)
        if article.name is not None:
            document = replace(document, source=article.name)
    except _FATAL:
        raise
    except AllianceGraphError as error:
        return Outcome(source, problem=str(error))
    except Exception as error:
        return Outcome(source, problem=_unexpected(source, error))
    return Outcome(source) if unchanged(document) else Outcome(source, document)


def _extracted(reading: Outcome, vocabularies: tuple[Path, ...]) -> Outcome:
    from alliancegraph.extract.pipeline import extract
    from alliancegraph.ontology.vocabulary import load_vocabulary

    assert reading.document is not None
    try:
        extraction = extract(reading.document, load_vocabulary(vocabularies))
    except _FATAL:
        raise
    except AllianceGraphError as error:
        return Outcome(reading.source, problem=str(error))
    except Exception as error:
        return Outcome(reading.source, problem=_unexpected(reading.source, error))
    return Outcome(reading.source, reading.document, extraction)


def _unexpected(source: str, error: Exception) -> str:
    return f"{source}: unexpected {type(error).__name__}: {error}; please report it with the article"
