"""The one error tree: everything that can go wrong for a user, each with a message that says what to do.

AllianceGraphError
├── VocabularyError      a vocabulary file is missing, broken or contradicts the ontology
├── ReadingError         a source cannot be read as an article
│   ├── SourceNotFound   no such file, or the URL does not answer
│   ├── NotText          binary, empty, or in an encoding that cannot be told
│   ├── NotEnglish       the article is in another language
│   ├── TooLarge         larger than the limit
│   ├── BadRow           a row of a corpus is broken, or has no text
│   └── ReaderMissing    a package that reads this kind of file is not installed
├── ModelNotInstalled    the language model is missing
├── CorpusError          no worker can do any document: none starts, or the cluster does not answer
├── StoreError           the store cannot be opened, read or written
│   └── ServerError      the server of a store does not answer, or refuses
├── QueryError           an unknown query, a missing or wrong parameter, or SPARQL that does not parse
├── StatementsError      a file of hand-coded statements cannot be read
├── ExtraMissing         a package that an option needs is not installed
├── OutputError          the output cannot be written (read-only folder, full disk, unknown suffix)
└── UsageError           arguments that do not fit together
    └── EmptySelection   the filters leave no statement
"""

from __future__ import annotations


class AllianceGraphError(Exception):
    """Base of every error that a user can meet; `str()` is one line that says what to do."""


class VocabularyError(AllianceGraphError):
    """A vocabulary file is missing, does not parse, or contradicts the ontology."""

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.line = line


class ReadingError(AllianceGraphError):
    """A source cannot be read as an article."""

    def __init__(self, message: str, *, source: str) -> None:
        super().__init__(message)
        self.source = source


class SourceNotFound(ReadingError):
    """No such file, or the URL does not answer."""


class NotText(ReadingError):
    """The source is empty, binary, or in an encoding that cannot be told."""


class NotEnglish(ReadingError):
    """The article is in another language than English."""


class TooLarge(ReadingError):
    """The source is larger than the limit."""


class BadRow(ReadingError):
    """A row of a corpus is broken, or has no text."""

    def __init__(self, message: str, *, source: str, line: int) -> None:
        super().__init__(message, source=source)
        self.line = line


class ReaderMissing(ReadingError):
    """A package that reads this kind of file is not installed; the message names the command that installs it."""


class ModelNotInstalled(AllianceGraphError):
    """The language model is missing; the message names the command that installs it."""

    def __init__(self, message: str, *, model: str) -> None:
        super().__init__(message)
        self.model = model


class CorpusError(AllianceGraphError):
    """No worker can do any document: none starts, the cluster does not answer, or it lacks what is needed."""


class StoreError(AllianceGraphError):
    """The store cannot be opened, read or written."""

    def __init__(self, message: str, *, store: str) -> None:
        super().__init__(message)
        self.store = store


class ServerError(StoreError):
    """The server of a store does not answer, or refuses; `status` is that of HTTP where there was an answer."""

    def __init__(self, message: str, *, store: str, status: int | None = None) -> None:
        super().__init__(message, store=store)
        self.status = status


class QueryError(AllianceGraphError):
    """An unknown query, a missing or wrong parameter, or SPARQL that does not parse."""

    def __init__(self, message: str, *, query: str | None = None) -> None:
        super().__init__(message)
        self.query = query


class StatementsError(AllianceGraphError):
    """A file of hand-coded statements is broken, of another version, or lacks what is needed."""

    def __init__(self, message: str, *, path: str, line: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.line = line


class ExtraMissing(AllianceGraphError):
    """A package that an option needs is not installed; the message names the command that installs it."""

    def __init__(self, message: str, *, package: str) -> None:
        super().__init__(message)
        self.package = package


class OutputError(AllianceGraphError):
    """The output cannot be written."""

    def __init__(self, message: str, *, path: str) -> None:
        super().__init__(message)
        self.path = path


class UsageError(AllianceGraphError):
    """Arguments that do not fit together."""


class EmptySelection(UsageError):
    """The filters leave no statement; the message names the filter that took the last."""
