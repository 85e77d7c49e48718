"""From the articles that a user names to tasks: each document before it is read, unless the store holds it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alliancegraph.corpus.articles import Article, public_name
from alliancegraph.corpus.failures import Failures
from alliancegraph.corpus.journal import Journal, Seen, fingerprint
from alliancegraph.corpus.outcome import Failure, Task, Unchanged
from alliancegraph.corpus.work import unexpected
from alliancegraph.extract.formats import Hints
from alliancegraph.extract.reading import Content, check_date, contents
from alliancegraph.ontology.errors import AllianceGraphError, BadRow, ReadingError

Item = Task | Unchanged | Failure


@dataclass(frozen=True, slots=True)
class Asked:
    """How documents are to be read: a date for all of them, what a user says of files, and which are to be done.

    With `force` all are, with `retry` those in files where something failed, else those that are new or changed and
    did not cost a worker before as they are.
    """

    settings: str
    date: str | None = None
    hints: Hints | None = None
    force: bool = False
    retry: bool = False


class Inputs:
    """The documents of articles; iterate over it once."""

    def __init__(
        self,
        articles: Iterable[Article],
        asked: Asked,
        journal: Journal,
        failures: Failures,
        seen: Seen | None = None,
    ) -> None:
        """Raise `UsageError` if the date that is asked for is none."""
        check_date(asked.date)
        self._articles, self._asked = articles, asked
        self._journal, self._failures, self._seen = journal, failures, seen
        self._finished: set[str] = set()

    @property
    def finished(self) -> frozenset[str]:
        """The files that were read to their end, of those in which something failed before."""
        return frozenset(self._finished)

    def __iter__(self) -> Iterator[Item]:
        """Every document, in order."""
        for article in self._articles:
            file = public_name(article)
            if self._asked.retry and file not in self._failures.files:
                continue
            yield from self._of(article, file)

    def _of(self, article: Article, file: str) -> Iterator[Item]:
        try:
            if article.problem is not None:
                yield self._failed(file, file, "SourceNotFound", article.problem, whole=True)
                return
            for found in contents(article.place, hints=self._asked.hints, name=article.name):
                if isinstance(found, ReadingError):
                    is_row = isinstance(found, BadRow)  # which row it was before is not known
                    source = file if is_row else found.source
                    yield self._failed(source, file, type(found).__name__, str(found), whole=is_row)
                else:
                    yield self._item(found, file)
            if file in self._failures.files:
                self._finished.add(file)
        except AllianceGraphError as error:
            yield self._failed(file, file, type(error).__name__, str(error), whole=True)
        except Exception as error:
            yield self._failed(file, file, "unexpected", unexpected(article.place, error), whole=True)

    def _item(self, content: Content, file: str) -> Item:
        if self._seen is not None:
            self._seen.add(content.source)
        made_from = fingerprint(content, self._asked.settings)
        if not self._asked.force and self._journal.holds(content.source, made_from):
            return Unchanged(content.source)
        task = Task(content, file, made_from, self._asked.date)
        eager = self._asked.force or self._asked.retry
        return task if eager else self._failures.poison(task) or task

    def _failed(self, source: str, file: str, kind: str, reason: str, *, whole: bool = False) -> Failure:
        if self._seen is not None:
            self._seen.add(source)
            if whole:
                self._seen.spare(file)
        return Failure(source, file, kind, reason)
