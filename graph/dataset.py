"""A store as rdflib sees it: a dataset that can be read and queried, and not changed."""

from __future__ import annotations

from typing import Any, NoReturn

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset

from alliancegraph.ontology.errors import StoreError


class ReadOnlyStore(OxigraphStore):
    """An Oxigraph store that refuses every change, since rdflib would make some of them wrongly or by halves."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise StoreError(
            "this dataset is for reading; change the store with replace and remove", store="dataset"
        )

    add = remove = update = remove_graph = _refuse
    addN = _refuse  # noqa: N815

    def add_graph(self, graph: Any) -> None:
        """Nothing: rdflib announces its default graph in this way."""


def read_only_dataset(data: pyoxigraph.Store) -> Dataset:
    """The named graphs as an rdflib dataset whose default graph is their union.

    Plain SPARQL strings run in Oxigraph; prepared queries fall back to rdflib's own, slower evaluator.
    """
    return Dataset(store=ReadOnlyStore(store=data), default_union=True)
