"""A build: from the sources that a user names to a store that holds what they say."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import alliancegraph
from alliancegraph.corpus.articles import articles
from alliancegraph.corpus.failures import FILE, Failures
from alliancegraph.corpus.inputs import Asked, Inputs
from alliancegraph.corpus.journal import Journal, Seen
from alliancegraph.corpus.outcome import Built, Outcome, Settled, Stop
from alliancegraph.corpus.processes import Doing
from alliancegraph.corpus.work import Work
from alliancegraph.corpus.writer import Writer
from alliancegraph.extract.formats import Hints
from alliancegraph.graph.known import vocabulary_digest
from alliancegraph.graph.remote_servers import Place
from alliancegraph.ontology.errors import CorpusError, UsageError
from alliancegraph.ontology.triples import packaged_files, user_file

TIMEOUT: Final = 600.0
"""Seconds for one document: a hundred times what an article of 20,000 words takes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a user asked of a build; `failures` is where failed documents are kept, None for the usual place."""

    sources: tuple[str, ...]
    store: Path | Place
    workers: int = 1
    scheduler: str | None = None
    timeout: float = TIMEOUT
    date: str | None = None
    hints: Hints = field(default_factory=Hints)
    vocabularies: tuple[Path, ...] = ()
    min_confidence: float = 0.0
    meaning: bool = False
    force: bool = False
    retry: bool = False
    prune: bool = False
    failures: Path | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """The documents that the store holds and the sources do not: how many, and whether they were taken out."""

    count: int = 0
    removed: bool = False


def build(plan: Plan, told: Callable[[Settled], None], work: Doing | None = None) -> Leftover:
    """Carry out a plan; each outcome is told in the order of the documents, however many work on them.

    `work` does a document in place of `Work`. Raise `CorpusError` if no document can be done, `UsageError` for sources
    that hold none, `VocabularyError`, and `StoreError` if the store cannot be opened or written; what was stored until
    then is kept.
    """
    if plan.retry and plan.prune:
        raise UsageError("--retry-failed reads some of the documents only, so it cannot go with --prune")
    found = articles(plan.sources)
    doing = _work(plan)
    asked = Asked(settings(plan, doing), plan.date, plan.hints, plan.force, plan.retry)
    seen = Seen() if plan.prune or _are_folders(plan) else None
    with Writer(plan.store, plan.vocabularies) as writer:
        failures = Failures(plan.failures or failures_file(plan.store))
        inputs = Inputs(found, asked, Journal(writer.store), failures, seen)
        try:
            for outcome in _outcomes(plan, work or doing, inputs):
                if isinstance(outcome, Stop):
                    raise CorpusError(outcome.reason)
                failures.note(outcome)
                if isinstance(outcome, Built):
                    writer.put(outcome.packed)
                told(outcome)
            writer.flush()
            failures.finish(inputs.finished)
        finally:
            if _has_place(plan):
                failures.save()
        return _leftover(writer, seen, plan) if seen is not None and not plan.retry else Leftover()


def failures_file(store: Path | Place) -> Path:
    """Where failed documents are kept: in the store's folder, or for a remote store in the working folder."""
    if isinstance(store, Path):
        return store / FILE
    name = "".join(c if c.isalnum() else "-" for c in store.address.partition("://")[2])
    return Path(f"{name.strip('-')}-{FILE}")


def _has_place(plan: Plan) -> bool:
    return plan.failures is not None or plan.store.exists()


def _are_folders(plan: Plan) -> bool:
    return all("://" not in source and Path(source).is_dir() for source in plan.sources)


def _work(plan: Plan) -> Work:
    """The work of this plan, with the user's files read; raise `VocabularyError` or `ModelNotInstalled`."""
    if plan.meaning:
        from alliancegraph.extract.encoder import encoder_folder

        encoder_folder()
    files = tuple(user_file(path) for path in plan.vocabularies)
    digest = vocabulary_digest([*packaged_files(), *files])
    return Work(digest, vocabulary=files, min_confidence=plan.min_confidence, meaning=plan.meaning)


def settings(plan: Plan, work: Work) -> str:
    """All that changes what is extracted from the same document."""
    from alliancegraph.extract.language import model_name

    parts = [alliancegraph.__version__, work.digest, model_name(), plan.date or ""]
    return "\n".join([*parts, f"{plan.min_confidence:g}", str(plan.meaning)])


def _outcomes(plan: Plan, work: Doing, inputs: Inputs) -> Generator[Outcome, None, None]:
    if plan.scheduler is not None:
        from alliancegraph.corpus import cluster

        made = cluster.outcomes(
            work, inputs, address=plan.scheduler, workers=plan.workers, timeout=plan.timeout
        )
    else:
        from alliancegraph.corpus import processes

        made = processes.outcomes(work, inputs, workers=plan.workers, timeout=plan.timeout)
    with closing(made):  # also where an interruption leaves it in the middle
        yield from made


def _leftover(writer: Writer, seen: Seen, plan: Plan) -> Leftover:
    if writer.store is None:
        return Leftover()
    gone = seen.missing(writer.store)
    if plan.prune:
        for source in gone:
            writer.store.remove(source)
    return Leftover(len(gone), plan.prune)
