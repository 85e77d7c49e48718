"""The graph on disk: one named graph for each document, replaced and removed as a whole, and asked by SPARQL."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Dataset

import alliancegraph
from alliancegraph.extract.model import Document, Extraction
from alliancegraph.graph.builder import document_graph
from alliancegraph.graph.catalogue import Entry, entry
from alliancegraph.graph.confident import confident_quads
from alliancegraph.graph.dataset import read_only_dataset
from alliancegraph.graph.folder import StoreFolder
from alliancegraph.graph.known import vocabulary_digest, vocabulary_quads
from alliancegraph.graph.quads import Quads, ordered, text, whole
from alliancegraph.graph.questions import question
from alliancegraph.ontology.errors import QueryError, StoreError
from alliancegraph.ontology.terms import AG, CATALOGUE, DCTERMS, RDF, SKOS, VOCABULARY
from alliancegraph.ontology.triples import packaged_files, user_file
from alliancegraph.ontology.vocabulary import Vocabulary

FORMAT: Final = 1
"""The layout of stores that this version reads and writes."""
_PLAN: Final = f"{CATALOGUE}/plan"
_STAGED: Final = f"{CATALOGUE}/staged"
_ENTRY: Final = f"{CATALOGUE}/entry"
_PUBLISH_AFTER: Final = 30.0
"""Seconds of writing after which readers get a newer snapshot."""

Term = NamedNode | Literal
Answer = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of a store, under one of its sources."""

    iri: str
    source: str
    title: str | None
    date: str | None
    digest: str


class Store:
    """A graph of documents, on disk or in memory; open one with `Store.open`, best in a `with` statement."""

    def __init__(self, data: pyoxigraph.Store, folder: StoreFolder | None, *, read_only: bool) -> None:
        """Use `Store.open`."""
        self._data: pyoxigraph.Store | None = data
        self._folder = folder
        self._read_only = read_only
        self._published = time.monotonic()
        self._changed = False
        self._begin()

    @classmethod
    def open(cls, path: Path | None = None, *, read_only: bool = False) -> Self:
        """The store in a folder, created if there is none, or one in memory where no folder is given.

        With `read_only` the folder must hold a store; what another process is writing meanwhile appears later. Raises
        `StoreError` if another process writes (unless `read_only`), or if the store is of another version.
        """
        if path is None:
            return cls(pyoxigraph.Store(), None, read_only=read_only)
        folder = StoreFolder(path)
        data = folder.open_to_read() if read_only else folder.open_to_write()
        return cls(data, folder, read_only=read_only)

    def _begin(self) -> None:
        found = self._value(str(CATALOGUE), AG.storeFormat)
        if found is None and not self._read_only:
            quads = Quads(str(CATALOGUE))
            quads.add(CATALOGUE, AG.storeFormat, whole(FORMAT))
            self._write(quads.ordered())
        elif found is not None and found != str(FORMAT):
            self._data = None
            message = f"{self._name} has format {found}, this version of alliancegraph needs {FORMAT}; build it again"
            raise StoreError(message, store=self._name)
        if not self._read_only:
            self._clear_staging()

    # ------------------------------------------------------------ writing

    def replace(self, extraction: Extraction, *, settings: str = "") -> None:
        """Store what a document says, in place of what the same source or the same document said before: all or nothing."""
        made = entry(
            extraction.document, extraction.provenance.vocabulary, extraction.provenance.version, settings
        )
        quads = document_graph(extraction)
        if self._value(str(CATALOGUE), AG.vocabularyDigest) is None:
            self.load_vocabulary()
        before = self._value(made.iri, AG.document)
        if before is None and not self._inner.contains_named_graph(NamedNode(made.document)):
            self._write([*quads, *made.quads(str(CATALOGUE))])
            return
        quads += _source_quads(made.document, self._sources(made.document))
        outdated = before if before not in (None, made.document) else None
        unused = outdated is not None and len(self._sources(outdated)) == 1
        self._apply([made.document, *([outdated] if outdated and unused else [])], [made.iri], made, quads)
        if outdated is not None and not unused:
            self._forget_source(outdated, made.source)

    def remove(self, document: str) -> None:
        """Remove a document, given by its source or its IRI, and all that it said; raise `StoreError` if there is none.

        The name of a file of many removes all documents that were read from it.
        """
        entries = self.entries()
        gone = [e for e in entries if document in (e.source, e.document)]
        gone = gone or [e for e in entries if e.source.startswith(f"{document}#")]
        if not gone:
            message = (
                f"no document {document!r} in {self._name}; list them with: alliancegraph query documents"
            )
            raise StoreError(message, store=self._name)
        going = {e.source for e in gone}
        unused = {e.document for e in gone if going.issuperset(self._sources(e.document))}
        self._apply(sorted(unused), [e.iri for e in gone], None, [])
        for item in gone:
            if item.document not in unused:
                self._forget_source(item.document, item.source)

    def load_vocabulary(self, extra: Sequence[Path] = ()) -> bool:
        """Describe issues, known actors and events as the vocabulary does, with the user's files; False if unchanged."""
        files = [*packaged_files(), *(user_file(path) for path in extra)]
        digest = vocabulary_digest(files)
        known = self._value(str(CATALOGUE), AG.vocabularyDigest)
        if known == digest:
            return False
        quads = Quads(str(CATALOGUE))
        quads.add(CATALOGUE, AG.vocabularyDigest, text(digest))
        described = vocabulary_quads(files)
        with self._writing() as data:
            if known is not None:
                data.remove(_quad(str(CATALOGUE), AG.vocabularyDigest, text(known), str(CATALOGUE)))
            data.remove_graph(NamedNode(VOCABULARY))
            data.extend([*described, *quads.ordered()])
        return True

    def _apply(self, removed: list[str], forgotten: list[str], made: Entry | None, quads: list[Quad]) -> None:
        """Stage a change, then make it in one transaction."""
        plan = Quads(_PLAN)
        plan.add(_PLAN, f"{_PLAN}#removes", *removed)
        plan.add(_PLAN, f"{_PLAN}#forgets", *forgotten)
        staged: list[Quad] = []
        if made is not None:
            plan.add(_PLAN, f"{_PLAN}#writes", made.document)
            staged = [Quad(q.subject, q.predicate, q.object, NamedNode(_STAGED)) for q in quads]
            staged += made.quads(_ENTRY)
        change = question("apply.ru")
        self._clear_staging()
        with self._writing() as data:
            data.extend([*plan.ordered(), *staged])
            data.update(change)
            for graph in removed:
                if made is None or graph != made.document:
                    data.remove_graph(NamedNode(graph))
        self._publish_now_and_then()

    def _forget_source(self, document: str, source: str) -> None:
        with self._writing() as data:
            data.remove(_quad(document, DCTERMS.source, text(source), document))

    def _clear_staging(self) -> None:
        """What a process that was killed left behind."""
        for graph in (_PLAN, _STAGED, _ENTRY):
            if self._inner.contains_named_graph(NamedNode(graph)):
                with self._writing() as data:
                    data.remove_graph(NamedNode(graph))

    def _write(self, quads: list[Quad]) -> None:
        with self._writing() as data:
            data.extend(quads)
        self._publish_now_and_then()

    @contextmanager
    def _writing(self) -> Iterator[pyoxigraph.Store]:
        if self._read_only:
            raise StoreError(f"{self._name} is open for reading only", store=self._name)
        try:
            if self._folder is not None and not self._changed:
                self._folder.mark_changed()
            self._changed = True
            yield self._inner
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            message = f"{self._name} cannot be written: {reason}; check the space left and the permissions"
            raise StoreError(message, store=self._name) from error

    # ------------------------------------------------------------ reading

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """The answer to SPARQL; the default graph is the union of all graphs, `bindings` are values of selected variables.

        Raises `QueryError` for text that does not parse or a variable that is not selected.
        """
        values = {pyoxigraph.Variable(name): term for name, term in (bindings or {}).items()}
        try:
            return self._inner.query(sparql, use_default_graph_as_union=True, substitutions=values)  # type: ignore[arg-type]
        except SyntaxError as error:
            raise QueryError(f"SPARQL that does not parse: {error.msg}", query=sparql) from None
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"SPARQL that cannot be answered: {error}", query=sparql) from None

    def is_current(self, document: Document, vocabulary: Vocabulary, *, settings: str = "") -> bool:
        """Whether the document was stored as it is, by this version, with this vocabulary and these settings."""
        made = entry(document, vocabulary.digest, alliancegraph.__version__, settings)
        return self._value(made.iri, AG.fingerprint) == made.fingerprint

    def entries(self) -> tuple[Entry, ...]:
        """The sources, sorted."""
        rows = self._rows("entries.rq")
        return tuple(Entry(*(value or "" for value in row)) for row in rows)

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents, sorted by source; one that has two sources is there twice."""
        return tuple(
            StoredDocument(iri or "", source or "", title, date, digest or "")
            for iri, source, title, date, digest in self._rows("documents.rq")
        )

    def graph(self, iri: str) -> list[Quad]:
        """One named graph, sorted; empty if there is none."""
        return ordered(self._inner.quads_for_pattern(None, None, None, NamedNode(iri)))

    def document_quads(self) -> Iterator[Quad]:
        """The named graphs of all documents, in no order."""
        for iri in sorted({document.iri for document in self.documents()}):
            yield from self._inner.quads_for_pattern(None, None, None, NamedNode(iri))

    def confident(self, minimum: float) -> Self:
        """A copy in memory, to read, without the statements below that confidence: what was built with it from the start."""
        copy = pyoxigraph.Store()
        documents = {document.iri for document in self.documents()}
        others = (q for q in self._inner if _graph_name(q) not in documents)
        copy.bulk_extend(chain(others, confident_quads(self.document_quads(), minimum)))
        return type(self)(copy, None, read_only=True)

    def concepts(self) -> list[Quad]:
        """What the store knows of issues, kinds of event, stances and voices, sorted."""
        graph, type_ = NamedNode(str(VOCABULARY)), NamedNode(str(RDF.type))
        classes = (NamedNode(str(SKOS.Concept)), NamedNode(str(SKOS.ConceptScheme)))
        subjects = {q.subject for c in classes for q in self._inner.quads_for_pattern(None, type_, c, graph)}
        found = (q for s in subjects for q in self._inner.quads_for_pattern(s, None, None, graph))
        return ordered(found)

    def stats(self) -> dict[str, int]:
        """Numbers of documents, distinct actors, issues and events, statements, mentions, and all quads."""
        solutions = self.query(question("counts.rq"))
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        counts = {name: int(solution[name].value) for solution in solutions for name in names}
        return {**counts, "quads": len(self._inner)}

    def dataset(self) -> Dataset:
        """The store as an rdflib dataset to read and query, for as long as the store is open."""
        return read_only_dataset(self._inner)

    def _rows(self, name: str) -> list[list[str | None]]:
        solutions = self.query(question(name))
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        return [[term.value if term is not None else None for term in solution] for solution in solutions]

    def _value(self, subject: str, predicate: str) -> str | None:
        """The value of a property in the catalogue."""
        graph = NamedNode(str(CATALOGUE))
        found = self._inner.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, graph)
        return next((q.object.value for q in found if not isinstance(q.object, pyoxigraph.Triple)), None)

    def _sources(self, document: str) -> list[str]:
        """The sources of a document in the catalogue, sorted."""
        graph = NamedNode(str(CATALOGUE))
        found = self._inner.quads_for_pattern(None, NamedNode(AG.document), NamedNode(document), graph)
        entries = [q.subject.value for q in found if isinstance(q.subject, NamedNode)]
        return sorted(self._value(item, DCTERMS.source) or "" for item in entries)

    # ------------------------------------------------------------ opening and closing

    @property
    def _inner(self) -> pyoxigraph.Store:
        if self._data is None:
            raise StoreError(f"{self._name} is closed", store=self._name)
        return self._data

    @property
    def _name(self) -> str:
        return str(self._folder.path) if self._folder is not None else "the store in memory"

    def _publish(self) -> None:
        if self._folder is not None:
            with self._writing() as data:
                data.flush()
                self._folder.publish(data)
            self._published, self._changed = time.monotonic(), False

    def _publish_now_and_then(self) -> None:
        if self._folder is not None and time.monotonic() - self._published > _PUBLISH_AFTER:
            self._publish()

    def close(self) -> None:
        """Let readers see what was written, and let others write; closing again does nothing."""
        try:
            if self._data is not None and self._changed and not self._read_only:
                self._publish()
        finally:
            self._data = None

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()


def _quad(subject: str, predicate: str, value: Term, graph: str) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(graph))


def _graph_name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _source_quads(document: str, sources: list[str]) -> list[Quad]:
    quads = Quads(document)
    quads.add(document, DCTERMS.source, *(text(source) for source in sources))
    return quads.ordered()
