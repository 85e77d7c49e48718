"""What the server asks of a worker process and what it gets back, as frames of a pipe.

A frame is the length of a JSON header and of a body, the header, and the body: nothing in it is executed by reading it.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO, Final, get_args

LENGTHS: Final = struct.Struct("!IQ")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is to be: the first frame it gets. Sizes in bytes."""

    store: str
    union: bool
    in_memory: bool
    writer: bool
    writable: bool
    services: tuple[str, ...]
    loads: tuple[str, ...]
    memory: int
    rows: int
    result: int


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query, with relative IRIs resolved against `base`; with `default` or `named` those graphs are its dataset, in place of what the text says."""

    text: str
    accept: str
    base: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update, in the frame's body, with relative IRIs resolved against `base`; `using` and `using_named` are the dataset of its patterns."""

    base: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadGraph:
    """A graph, or the default graph for an empty name, or the whole dataset for None."""

    graph: str | None
    accept: str


@dataclass(frozen=True, slots=True)
class WriteGraph:
    """The frame's body as the content of a graph (the default graph for an empty name), or added to it."""

    graph: str
    media: str
    base: str
    replace: bool


@dataclass(frozen=True, slots=True)
class DropGraph:
    """A graph to be removed, or the default graph, for an empty name, to be emptied."""

    graph: str


@dataclass(frozen=True, slots=True)
class Publish:
    """What was written is to be read by others."""


@dataclass(frozen=True, slots=True)
class Describe:
    """The `service` or the `dataset`, described for whoever finds it at that address."""

    what: str
    address: str
    accept: str


@dataclass(frozen=True, slots=True)
class Explore:
    """The explorer's page over the store."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """The whole text of a document."""

    document: str


@dataclass(frozen=True, slots=True)
class Show:
    """A resource, as a page or as RDF: as `format` says, else as `accept` does; `part` and `page` of what is listed."""

    iri: str
    accept: str
    format: str
    part: str
    page: int


@dataclass(frozen=True, slots=True)
class Find:
    """Resources of a kind, or of all for an empty one, by the beginning of a name."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ListTerms:
    """The prefixes, classes and properties that a query may use."""


@dataclass(frozen=True, slots=True)
class Bind:
    """A named query as SPARQL text, with values in place of its parameters."""

    query: str
    names: tuple[str, ...]
    values: tuple[str, ...]


SiteJob = Explore | ReadText | Show | Find | ListTerms | Bind
ReadingJob = Query | ReadGraph | Describe | SiteJob
Job = ReadingJob | Update | WriteGraph | DropGraph | Publish
_JOBS: Final[dict[str, type[Any]]] = {
    kind.__name__: kind for kind in (Setup, *get_args(ReadingJob), Update, WriteGraph, DropGraph, Publish)
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, the media type of the body, and the body; for a status of 400 and more the body says why."""

    status: int
    media: str = ""
    body: bytes = b""


def job_frame(job: Setup | Job, body: bytes = b"") -> bytes:
    """A job as bytes."""
    return _frame({"job": type(job).__name__, **asdict(job)}, body)


def answer_frame(answer: Answer) -> bytes:
    """An answer as bytes."""
    return _frame({"status": answer.status, "media": answer.media}, answer.body)


def read_job(stream: BinaryIO) -> tuple[Setup | Job, bytes] | None:
    """The next job and its body; None at the end of the stream."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    values = json.loads(stream.read(head))
    kind = _JOBS[values.pop("job")]
    made = kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})
    return made, stream.read(body)


def parsed_answer(head: bytes, body: bytes) -> Answer:
    """An answer from the two parts of its frame."""
    return Answer(**json.loads(head), body=body)


def _frame(header: dict[str, Any], body: bytes) -> bytes:
    head = json.dumps(header).encode()
    return LENGTHS.pack(len(head), len(body)) + head + body
