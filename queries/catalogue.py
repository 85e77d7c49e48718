"""The named queries that come with the package."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from alliancegraph.ontology.errors import QueryError
from alliancegraph.queries.header import NamedQuery, parse_query
from alliancegraph.queries.suggestions import did_you_mean

_SUFFIX: Final = ".rq"


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """Every named query, sorted by name."""
    return _read("")


@cache
def _lookups() -> dict[str, NamedQuery]:
    return {query.name: query for query in _read("lookup")}


def _read(folder: str) -> tuple[NamedQuery, ...]:
    root = resources.files("alliancegraph.queries")
    files = [file for file in root.joinpath(folder).iterdir() if file.name.endswith(_SUFFIX)]
    return tuple(
        parse_query(file.name.removesuffix(_SUFFIX), file.read_text(encoding="utf-8"))
        for file in sorted(files, key=lambda file: file.name)
    )


def named_query(name: str) -> NamedQuery:
    """The query of that name; raise `QueryError` with the nearest names if there is none."""
    by_name = {query.name: query for query in named_queries()}
    if name not in by_name:
        hint = did_you_mean(name, by_name) or "list them with: alliancegraph queries"
        raise QueryError(f"no query is called {name!r}; {hint}", query=name)
    return by_name[name]


def lookup(name: str) -> NamedQuery:
    """A query of the runner's own, which lists what a parameter of one type may be."""
    return _lookups()[name]
