"""A store as rdflib sees it: a dataset that can be read and queried, and not changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset, URIRef
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier

from alliancegraph.ontology.errors import QueryError, StoreError


class ReadOnlyStore(OxigraphStore):
    """An Oxigraph store that refuses every change, since rdflib would make some of them wrongly or by halves."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise StoreError(
            "this dataset is for reading; change the store with replace and remove", store="dataset"
        )

    add = remove = update = remove_graph = _refuse
    addN = _refuse  # noqa: N815

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **settings: object,
    ) -> Result:
        """The answer by Oxigraph, of prepared queries too; raise `QueryError` for what only rdflib's evaluator could do.

        rdflib would take that one, which is a hundred times slower, without a word.
        """
        text, names, base = _unprepared(query, initNs, settings.pop("base", None))
        if settings:
            raise QueryError(f"rdflib's setting {min(settings)!r} is not known to Oxigraph; leave it out")
        if base:
            text = f"BASE {pyoxigraph.NamedNode(str(base))}\n{text}"
        try:
            return super().query(text, names, initBindings, queryGraph)
        except SyntaxError as error:
            raise QueryError(f"SPARQL that does not parse: {error.msg}", query=text) from None
        except (RuntimeError, ValueError, NotImplementedError) as error:
            raise QueryError(f"SPARQL that cannot be answered: {error}", query=text) from None

    def add_graph(self, graph: Any) -> None:
        """Nothing: rdflib announces its default graph in this way."""


def read_only_dataset(data: pyoxigraph.Store) -> Dataset:
    """The named graphs as an rdflib dataset whose default graph is their union.

    All SPARQL runs in Oxigraph, never in rdflib's own evaluator.
    """
    return Dataset(store=ReadOnlyStore(store=data), default_union=True)


def _unprepared(
    query: Query | str, names: Mapping[str, Any], base: object
) -> tuple[str, dict[str, str], object]:
    """The text of a query with its prefixes and base, as they were given to `prepareQuery` or now."""
    if isinstance(query, str):
        return query, {prefix: str(iri) for prefix, iri in names.items()}, base
    given: tuple[str, Mapping[str, Any], URIRef | None] | None = getattr(query, "_original_args", None)
    if given is None:
        raise QueryError("a query that was not made by rdflib's prepareQuery; ask with its text")
    text, prefixes, stated = given
    return text, {prefix: str(iri) for prefix, iri in {**prefixes, **names}.items()}, base or stated
