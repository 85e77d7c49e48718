"""The graph: one named graph for each document, replaced and removed as a whole, and asked by SPARQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Dataset

from alliancegraph.extract.model import Extraction
from alliancegraph.graph import identity
from alliancegraph.graph.catalogue import Entry
from alliancegraph.graph.confident import confident_quads
from alliancegraph.graph.dataset import read_only_dataset
from alliancegraph.graph.embedded import EmbeddedEngine
from alliancegraph.graph.engine import Answer, Change, Engine, Term, nquads
from alliancegraph.graph.folder import StoreFolder
from alliancegraph.graph.known import vocabulary_digest, vocabulary_quads
from alliancegraph.graph.packing import Packed, packed
from alliancegraph.graph.quads import ordered, text, whole
from alliancegraph.graph.questions import question
from alliancegraph.graph.remote_servers import Place, is_address, place_of
from alliancegraph.graph.serialize import serialize
from alliancegraph.ontology.errors import StoreError
from alliancegraph.ontology.terms import AG, CATALOGUE, DCTERMS, IDENTITY, RDF, SKOS, VOCABULARY
from alliancegraph.ontology.triples import packaged_files, user_file

FORMAT: Final = 2
"""The layout of stores that this version writes."""
_OLDER: Final = ("1",)
"""Layouts that it reads, and brings up to date when it writes."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of a store, under one of its sources."""

    iri: str
    source: str
    title: str | None
    date: str | None
    digest: str


class Store:
    """A graph of documents, on disk, in memory or on a server; open one with `Store.open`, best in a `with` statement."""

    def __init__(self, engine: Engine, *, read_only: bool) -> None:
        """Use `Store.open`."""
        self.engine = engine
        self._read_only = read_only
        try:
            self._begin()
        except BaseException:
            engine.close()
            raise

    @classmethod
    def open(
        cls, place: Path | Place | str | None = None, *, read_only: bool = False, in_memory: bool = False
    ) -> Self:
        """The store in a folder, created if there is none, on a server, or in memory where no place is given.

        With `read_only` the folder must hold a store; what another process is writing meanwhile appears later. With
        `in_memory` a copy of it is read, which takes some 15 seconds and a gigabyte for each million quads. Raises `StoreError`
        if another process writes (unless it is only read), if the store is of another version, or if the server does not
        answer.
        """
        if place is None:
            return cls(EmbeddedEngine(pyoxigraph.Store(), None, read_only=read_only), read_only=read_only)
        if isinstance(place, str):
            place = place_of(place) if is_address(place) else Path(place)
        if isinstance(place, Place):
            return cls._on_server(place, read_only=read_only, in_memory=in_memory)
        folder = StoreFolder(place)
        if in_memory:
            return cls._copied(folder.open_to_read())
        data = folder.open_to_read() if read_only else folder.open_to_write()
        return cls(EmbeddedEngine(data, folder, read_only=read_only), read_only=read_only)

    @classmethod
    def _on_server(cls, place: Place, *, read_only: bool, in_memory: bool) -> Self:
        from alliancegraph.graph.remote import RemoteEngine

        engine = RemoteEngine.open(place, read_only=read_only or in_memory)
        try:
            has_rules = read_only and next(engine.quads(str(IDENTITY)), None) is not None
            copied = cls._copied(engine.quads(), has_rules=has_rules) if in_memory or has_rules else None
        except BaseException:
            engine.close()
            raise
        if copied is None:
            return cls(engine, read_only=read_only)
        engine.close()
        return copied

    @classmethod
    def _copied(cls, quads: Iterable[Quad], *, has_rules: bool = False) -> Self:
        """A store in memory, to read; the rules on who is the same are applied here where no snapshot has done it."""
        copy = pyoxigraph.Store()
        copy.bulk_extend(quads)
        if has_rules:
            identity.apply(copy)
        return cls(EmbeddedEngine(copy, None, read_only=True), read_only=True)

    def _begin(self) -> None:
        found = self._value(str(CATALOGUE), AG.storeFormat)
        if found is None and self._read_only and not isinstance(self.engine, EmbeddedEngine):
            message = f"{self.engine.name} holds no graph of documents; make one with: alliancegraph build SOURCE --store …"
            raise StoreError(message, store=self.engine.name)
        if found == str(FORMAT) or (found is None and self._read_only):
            return
        if found is not None and found not in _OLDER:
            message = (
                f"{self.engine.name} has format {found}, this version of alliancegraph knows {FORMAT}; "
                "it was written by a newer one, which you get with: pip install --upgrade alliancegraph"
            )
            raise StoreError(message, store=self.engine.name)
        if not self._read_only:
            self._bring_up_to_date(found)

    def _bring_up_to_date(self, found: str | None) -> None:
        """Note the layout; one of before may hold graphs in which changes were prepared."""
        outdated = nquads([_quad(str(CATALOGUE), AG.storeFormat, whole(int(found)))]) if found else b""
        drops = tuple(f"{CATALOGUE}/{name}" for name in ("plan", "staged", "entry")) if found else ()
        self.engine.change(Change(drops, outdated, nquads([_format_quad()])))

    # ------------------------------------------------------------ writing

    def replace(self, extraction: Extraction, *, settings: str = "") -> None:
        """Store what a document says, in place of what the same source or the same document said before: all or nothing."""
        self.put([packed(extraction, settings)])

    def put(self, documents: Sequence[Packed]) -> None:
        """Store what documents say, each in place of what its source or the document said before, and each all or nothing."""
        if documents and self._value(str(CATALOGUE), AG.vocabularyDigest) is None:
            self.load_vocabulary()
        changes: list[Change] = []
        touched: set[str] = set()
        for item in documents:
            names = {item.entry.source, str(item.entry.document)}
            names |= {before} if (before := self._value(item.entry.iri, AG.document)) else set()
            if not touched.isdisjoint(names):
                self.engine.load(changes)
                changes, touched = [], set()
            changes.append(self._replacing(item))
            touched |= names
        if changes:
            self.engine.load(changes)

    def _replacing(self, item: Packed) -> Change:
        """What makes a document out of whatever its source was before."""
        made = item.entry
        document = str(made.document)  # an rdflib IRI is equal to no text
        before = list(self.engine.quads(str(CATALOGUE), made.iri))
        known = self._sources(document)
        others = [source for source in known if source != made.source]
        drops = [document] if known else []
        deletes = list(before)
        outdated = next((q.object.value for q in before if q.predicate.value == str(AG.document)), None)  # type: ignore[union-attr]
        if outdated not in (None, document):
            if self._sources(outdated) == [made.source]:
                drops.append(outdated)
            else:
                deletes.append(_source_quad(outdated, made.source))
        added = [_source_quad(document, source) for source in others]
        inserts = item.quads + nquads([*added, *made.quads(str(CATALOGUE))])
        return Change(tuple(drops), nquads(deletes), inserts)

    def remove(self, document: str) -> None:
        """Remove a document, given by its source or its IRI, and all that it said; raise `StoreError` if there is none.

        The name of a file of many removes all documents that were read from it.
        """
        entries = self.entries()
        gone = [e for e in entries if document in (e.source, e.document)]
        gone = gone or [e for e in entries if e.source.startswith(f"{document}#")]
        if not gone:
            message = f"no document {document!r} in {self.engine.name}; list them with: alliancegraph query documents"
            raise StoreError(message, store=self.engine.name)
        going = {e.source for e in gone}
        unused = {e.document for e in gone if going.issuperset(self._sources(e.document))}
        deletes = [quad for e in gone for quad in self.engine.quads(str(CATALOGUE), e.iri)]
        deletes += [_source_quad(e.document, e.source) for e in gone if e.document not in unused]
        self.engine.change(Change(tuple(sorted(unused)), nquads(deletes)))

    def load_vocabulary(self, extra: Sequence[Path] = ()) -> bool:
        """Describe issues, known actors and events as the vocabulary does, with the user's files; False if unchanged."""
        files = [*packaged_files(), *(user_file(path) for path in extra)]
        digest = vocabulary_digest(files)
        known = self._value(str(CATALOGUE), AG.vocabularyDigest)
        if known == digest:
            return False
        described = nquads(
            [*vocabulary_quads(files), _quad(str(CATALOGUE), AG.vocabularyDigest, text(digest))]
        )
        if known is None:
            self.engine.load([Change(inserts=described)])
        else:
            outdated = nquads([_quad(str(CATALOGUE), AG.vocabularyDigest, text(known))])
            self.engine.change(Change((str(VOCABULARY),), outdated, described))
        return True

    def change_rules(self, accepted: Sequence[Quad], forgotten: Sequence[Quad]) -> int:
        """Take in, and take back, reviewed rules (`identity.reviewed_quads`); returns how many there are then."""
        kept = set(self.engine.quads(str(IDENTITY))) - set(forgotten) | set(accepted)
        self.engine.change(Change((str(IDENTITY),), inserts=nquads(ordered(kept))))
        return len(identity.rules(kept))

    def rules_text(self) -> str:
        """The rules on which actors are the same, as Turtle."""
        return serialize(self.engine.quads(str(IDENTITY)), "ttl").decode()

    def optimize(self) -> None:
        """Put the files in order: queries are quicker and files smaller after it."""
        if isinstance(self.engine, EmbeddedEngine):
            self.engine.optimize()

    # ------------------------------------------------------------ reading

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """The answer to SPARQL; the default graph is the union of all graphs, `bindings` are values of selected variables.

        Raises `QueryError` for text that does not parse or a variable that is not selected.
        """
        return self.engine.query(sparql, bindings or {})

    def is_empty(self) -> bool:
        """Whether it holds no document."""
        return next(self.engine.quads(str(CATALOGUE), None, AG.document), None) is None

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
        return ordered(self.engine.quads(iri))

    def document_quads(self) -> Iterator[Quad]:
        """The named graphs of all documents, in no order."""
        for iri in sorted({document.iri for document in self.documents()}):
            yield from self.engine.quads(iri)

    def confident(self, minimum: float) -> Self:
        """A copy in memory, to read, without the statements below that confidence: what was built with it from the start."""
        copy = pyoxigraph.Store()
        others = (q for graph in (CATALOGUE, IDENTITY, VOCABULARY) for q in self.engine.quads(str(graph)))
        copy.bulk_extend(chain(others, confident_quads(self.document_quads(), minimum)))
        return type(self)(EmbeddedEngine(copy, None, read_only=True), read_only=True)

    def concepts(self) -> list[Quad]:
        """What the store knows of issues, kinds of event, stances and voices, sorted."""
        classes = {NamedNode(str(SKOS.Concept)), NamedNode(str(SKOS.ConceptScheme))}
        known = list(self.engine.quads(str(VOCABULARY)))
        subjects = {q.subject for q in known if q.predicate.value == str(RDF.type) and q.object in classes}
        return ordered(quad for quad in known if quad.subject in subjects)

    def stats(self) -> dict[str, int]:
        """Numbers of documents, distinct actors, issues and events, statements, mentions, and all quads."""
        solutions = self.query(question("counts.rq"))
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        counts = {name: int(solution[name].value) for solution in solutions for name in names}
        return {**counts, "quads": self.engine.size()}

    def layout(self) -> dict[str, int]:
        """The number of its layout (`format`), and of a store on disk the `bytes_on_disk`, without snapshots."""
        found = self._value(str(CATALOGUE), AG.storeFormat)
        layout = {"format": int(found)} if found else {}
        if isinstance(self.engine, EmbeddedEngine) and self.engine.folder is not None:
            layout["bytes_on_disk"] = self.engine.folder.size()
        return layout

    def dataset(self) -> Dataset:
        """The store as an rdflib dataset to read and query, for as long as the store is open."""
        if not isinstance(self.engine, EmbeddedEngine):
            message = f"{self.engine.name} is no store on disk; ask it with query, or copy it with: alliancegraph export"
            raise StoreError(message, store=self.engine.name)
        return read_only_dataset(self.engine.data)

    def _rows(self, name: str) -> list[list[str | None]]:
        solutions = self.query(question(name))
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        return [[term.value if term is not None else None for term in solution] for solution in solutions]

    def _value(self, subject: str, predicate: str) -> str | None:
        """The value of a property in the catalogue."""
        found = self.engine.quads(str(CATALOGUE), subject, predicate)
        return next((q.object.value for q in found if not isinstance(q.object, pyoxigraph.Triple)), None)

    def _sources(self, document: str) -> list[str]:
        """The sources of a document in the catalogue, sorted."""
        found = self.engine.quads(str(CATALOGUE), None, AG.document, NamedNode(document))
        entries = [q.subject.value for q in found if isinstance(q.subject, NamedNode)]
        return sorted(self._value(item, DCTERMS.source) or "" for item in entries)

    def close(self) -> None:
        """Let readers see what was written, and let others write; closing again does nothing."""
        self.engine.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()


def _quad(subject: str, predicate: str, value: Literal) -> Quad:
    """A quad of the catalogue."""
    return Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(str(CATALOGUE)))


def _format_quad() -> Quad:
    return _quad(str(CATALOGUE), AG.storeFormat, whole(FORMAT))


def store_quads() -> list[Quad]:
    """What makes a database a store: the number of its layout, and the packaged vocabulary."""
    files = packaged_files()
    digest = _quad(str(CATALOGUE), AG.vocabularyDigest, text(vocabulary_digest(files)))
    return [_format_quad(), digest, *vocabulary_quads(files)]


def _source_quad(document: str, source: str) -> Quad:
    graph = NamedNode(document)
    return Quad(graph, NamedNode(str(DCTERMS.source)), text(source), graph)


def open_store(place: str | Path | Place, *, read_only: bool = False, in_memory: bool = False) -> Store:
    """The store at a place that a user named: a folder, or the address of a server."""
    return Store.open(place, read_only=read_only, in_memory=in_memory)
