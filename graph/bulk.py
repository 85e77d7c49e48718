"""A file of RDF, such as `export` writes, loaded into a store: in bulk, and whole or not at all."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from alliancegraph.graph.catalogue import Entry
from alliancegraph.graph.engine import nquads
from alliancegraph.graph.folder import StoreFolder
from alliancegraph.graph.packing import Packed
from alliancegraph.graph.quads import ordered
from alliancegraph.graph.questions import question
from alliancegraph.graph.remote_servers import Place
from alliancegraph.graph.store import Store, store_quads
from alliancegraph.ontology.errors import ReadingError, SourceNotFound
from alliancegraph.ontology.terms import CATALOGUE, VOCABULARY

FORMATS: Final = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
"""Suffixes of files that name the graph of each statement; `.gz` may follow."""
_OTHERS: Final = frozenset({str(CATALOGUE), str(VOCABULARY)})
_TOGETHER: Final = 200
"""Documents that are put into a store at once."""


def load_file(file: Path, store: Path | Place) -> int:
    """Load a file of documents' graphs into a store, and return how many documents it holds.

    A document that is there already is replaced. An empty store on disk takes the file as it is, in bulk; another one takes it
    document by document, so that an end in the middle leaves whole documents. Raises `ReadingError` for a file that does
    not parse or holds other things than documents, and `StoreError`.
    """
    if isinstance(store, Place):
        with Store.open(store) as opened, TemporaryDirectory() as temporary:
            return _merge(opened, file, Path(temporary) / "incoming")
    folder = StoreFolder(store)
    with ExitStack() as held:
        if folder.exists():
            opened = held.enter_context(Store.open(store))
            if not opened.is_empty():
                temporary = held.enter_context(TemporaryDirectory(dir=store))
                return _merge(opened, file, Path(temporary) / "incoming")
        with folder.renewed() as place, closing(_Incoming(file, place)) as incoming:
            number = incoming.finish()
    return number


def _merge(store: Store, file: Path, place: Path) -> int:
    with closing(_Incoming(file, place)) as incoming:
        entries = incoming.entries()
        for start in range(0, len(entries), _TOGETHER):
            store.put([incoming.packed(entry) for entry in entries[start : start + _TOGETHER]])
    return len(entries)


class _Incoming:
    """The database that a file is loaded into before it is looked at."""

    def __init__(self, file: Path, place: Path) -> None:
        self._file = file
        self._data: pyoxigraph.Store | None = pyoxigraph.Store(str(place))
        self._load(file)

    @property
    def data(self) -> pyoxigraph.Store:
        assert self._data is not None
        return self._data

    def _load(self, file: Path) -> None:
        zipped = file.suffix == ".gz"
        suffix = Path(file.stem if zipped else file).suffix.removeprefix(".").lower()
        if suffix not in FORMATS:
            message = f"{file}: no file with documents' graphs; these end in {', '.join(FORMATS)}, or in .gz after that"
            raise ReadingError(message, source=str(file))
        try:
            with _opened(file, zipped) as stream:
                self.data.bulk_load(input=stream, format=FORMATS[suffix])
        except SyntaxError as error:
            where = f" (line {error.lineno})" if error.lineno else ""
            raise ReadingError(f"{file} does not parse{where}: {error.msg}", source=str(file)) from None
        except OSError as error:
            message = f"{file}: {error.strerror or error}; check the path, and the space left"
            raise SourceNotFound(message, source=str(file)) from None

    def entries(self) -> list[Entry]:
        """The documents under their sources, sorted; raise `ReadingError` if there is something else."""
        found = [Entry(source, iri, "", words, version) for source, iri, words, version in self._rows()]
        graphs = {graph.value for graph in self.data.named_graphs()}
        others = graphs - _OTHERS - {entry.document for entry in found}
        bare = next(iter(self.data.quads_for_pattern(None, None, None, DefaultGraph())), None)
        if others or bare is not None:
            what = f"graph {min(others)}" if others else f"statement about {bare.subject}"  # type: ignore[union-attr]
            message = f"{self._file}: {what} is of no document; load what alliancegraph exports as .nq, .trig or .jsonld"
            raise ReadingError(message, source=str(self._file))
        twice = next((b.source for a, b in pairwise(found) if a.source == b.source), None)
        if twice is not None:
            message = f"{self._file}: two documents come from {twice!r}; load each file of such documents into its own store"
            raise ReadingError(message, source=str(self._file))
        if not found:
            raise ReadingError(f"{self._file} holds no documents; check the file", source=str(self._file))
        return found

    def _rows(self) -> Iterator[tuple[str, ...]]:
        solutions = self.data.query(question("loaded.rq"))
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        for solution in solutions:
            yield tuple(term.value for term in solution)

    def packed(self, entry: Entry) -> Packed:
        """One document."""
        quads = self.data.quads_for_pattern(None, None, None, NamedNode(entry.document))
        return Packed(entry, nquads(ordered(quads)))

    def finish(self) -> int:
        """Make the database a store, and return how many documents it holds."""
        entries = self.entries()
        for graph in _OTHERS:
            self.data.remove_graph(NamedNode(graph))
        self.data.bulk_extend(
            [*store_quads(), *(q for entry in entries for q in entry.quads(str(CATALOGUE)))]
        )
        self.data.flush()
        return len(entries)

    def close(self) -> None:
        """Let go of the database."""
        self._data = None


def _opened(file: Path, zipped: bool) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file)) if zipped else file.open("rb")
