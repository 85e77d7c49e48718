"""Files of hand-coded statements taken into a store, in place of what the same file said before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alliancegraph.graph.known import vocabulary_digest
from alliancegraph.graph.store import Store
from alliancegraph.networks.answers import answers
from alliancegraph.networks.coded import read_coded
from alliancegraph.networks.codings import Original, coded_documents
from alliancegraph.networks.dna_file import dna_texts, read_dna
from alliancegraph.networks.known import Known, known
from alliancegraph.networks.naming import CODED, naming, read_mapping
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import StatementsError, UsageError
from alliancegraph.ontology.triples import packaged_files


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: numbers of documents, statements, documents that the graph had read itself, and gone ones."""

    documents: int
    statements: int
    beside: int
    removed: int
    concepts: tuple[str, ...]
    """Concepts that are no issue of the vocabulary."""


def import_file(
    store: Store,
    path: Path,
    *,
    coder: str | None = None,
    mapping: Path | None = None,
    statement_type: str | None = None,
) -> Imported:
    """Store the statements of a `.csv` or `.dna` file; what the file of that name said before goes.

    Raises `StatementsError` for a file that cannot be understood, `UsageError` for what its statements lack.
    """
    statements, texts = read_statements(path, statement_type)
    store.load_vocabulary()
    things = known(store)
    meant = naming(store, read_mapping(mapping) if mapping is not None else None)
    found = originals(store, things, statements, texts)
    try:
        packed = coded_documents(
            statements,
            path.name,
            meant,
            vocabulary_digest(packaged_files()),
            coder=coder,
            originals=found,
        )
    except UsageError as error:
        raise StatementsError(f"{path}: {error}", path=str(path)) from None
    sources = {item.entry.source for item in packed}
    gone = [e.source for e in store.entries() if _of_file(e.source, path.name) and e.source not in sources]
    store.put(packed)
    for source in gone:
        store.remove(source)
    concept = next(v for v in ("concept", "issue") if v in statements.columns)
    new = tuple(n for n in statements.column(concept).names if meant.issue(n).startswith(CODED))
    beside = sum(original.iri is not None for original in found.values())
    return Imported(len(packed), len(statements), beside, len(gone), new)


def read_statements(path: Path, statement_type: str | None = None) -> tuple[Statements, dict[str, str]]:
    """The statements of a file, and the texts of its documents where it has them."""
    if path.suffix.lower() == ".dna":
        return read_dna(path, statement_type), dna_texts(path)
    if statement_type is not None:
        raise UsageError("--statement-type is for .dna files; leave it out")
    return read_coded(path), {}


def _of_file(source: str, name: str) -> bool:
    return source == name or source.startswith(f"{name}#")


def originals(
    store: Store, things: Known, statements: Statements, texts: dict[str, str]
) -> dict[str, Original]:
    """The documents that the file names: as the graph read them, by title or source, else as the file has them."""
    if "document" not in statements.columns:
        return {}
    found = {name: Original((text,)) for name, text in texts.items()}
    wanted = set(statements.column("document").names)
    for document, text, _ in answers(store, "texts.rq"):
        assert document is not None
        own = things.names(document)
        for name in wanted & (own | {Path(source).stem for source in own if "/" not in source}):
            if not things.is_coded(document):
                found[name] = Original(
                    (text or "", texts.get(name, "")),
                    document,
                    things.title(document),
                    things.issued(document),
                    things.publisher(document),
                )
    return found
