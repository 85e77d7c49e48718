"""The store that `build` fills; made when the first article is ready, so that unusable input leaves nothing behind."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from alliancegraph.commands.confidence import confident
from alliancegraph.commands.options import StorePlace
from alliancegraph.extract.model import Document, Extraction
from alliancegraph.graph.store import Store
from alliancegraph.ontology.vocabulary import Vocabulary, load_vocabulary


class Target:
    """A store to be, or one that is there already; use it in a `with` statement."""

    def __init__(
        self, path: StorePlace, vocabularies: Sequence[Path], min_confidence: float, *, meaning: bool = False
    ) -> None:
        """Nothing is opened yet; raise `VocabularyError` if a vocabulary file is broken."""
        self.vocabulary: Vocabulary = load_vocabulary(tuple(vocabularies))
        self._path = path
        self._vocabularies = tuple(vocabularies)
        self._minimum = min_confidence
        settings = [f"min_confidence={min_confidence:g}"] if min_confidence else []
        self._settings = " ".join([*settings, *(["meaning"] if meaning else [])])
        self._stack = ExitStack()
        self._store: Store | None = None
        self._vocabulary_is_stored = False

    def holds(self, document: Document) -> bool:
        """Whether the document is stored as it would be stored now."""
        return self._store is not None and self._store.is_current(
            document, self.vocabulary, settings=self._settings
        )

    def put(self, extraction: Extraction) -> Extraction:
        """Store an extraction without what is too uncertain, and return it so."""
        if self._store is None:
            self._open()
        assert self._store is not None
        kept = confident(extraction, self._minimum)
        if not self._vocabulary_is_stored:
            self._store.load_vocabulary(self._vocabularies)
            self._vocabulary_is_stored = True
        self._store.replace(kept, settings=self._settings)
        return kept

    def _open(self) -> None:
        self._store = self._stack.enter_context(Store.open(self._path))

    def __enter__(self) -> Self:
        """The target, with its store if there is one already."""
        if self._path.exists():
            self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self._stack.close()
