"""Queries run over a store, with values bound as parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import pyoxigraph

from alliancegraph.ontology.errors import QueryError
from alliancegraph.queries.catalogue import lookup, named_query
from alliancegraph.queries.header import NamedQuery, has_header, parse_query
from alliancegraph.queries.table import Table
from alliancegraph.queries.values import Term, bindings, free_term, resource

_TRIPLE: Final = ("subject", "predicate", "object")
_SUFFIXES: Final = (".rq", ".sparql")


class Queryable(Protocol):
    """What a query runs over: a store, or anything else that answers SPARQL as pyoxigraph does."""

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Any:
        """Solutions, a truth value or triples; `bindings` are the values of variables that the query selects."""
        ...


def run(store: Queryable, name: str, params: Mapping[str, str] | None = None) -> Table:
    """The answer to a named query; `params` are texts such as `{"issue": "climate-change", "actor": "Japan"}`.

    Raise `QueryError`, with near suggestions, for an unknown query, parameter or value.
    """
    return run_query(store, named_query(name), params or {})


def ask(store: Queryable, question: str, params: Mapping[str, str] | None = None) -> Table:
    """The answer to a question as a user types it: a query's name, the path of a `.rq` file, or SPARQL text."""
    text, name = _asked(question)
    return run_text(store, text, params, name)


def takes(question: str, parameter: str) -> bool:
    """Whether a question as a user types it has a parameter of that name in its header."""
    text, name = _asked(question)
    return has_header(text) and any(p.name == parameter for p in parse_query(name, text).parameters)


def _asked(question: str) -> tuple[str, str]:
    """The SPARQL text of a question, and the name under which errors speak of it."""
    if "{" in question:
        return question, "query"
    path = Path(question)
    if path.suffix in _SUFFIXES or path.is_file():
        return _file_text(path), path.stem
    return named_query(question).text, question


def _file_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise QueryError(f"query file {path}: {reason}; check the path", query=path.stem) from None


def run_query(store: Queryable, query: NamedQuery, params: Mapping[str, str]) -> Table:
    """The answer to a query with a header, with the columns that the header names."""
    return _answer(store, query.text, bound_values(store, query, params), query.columns, query.name)


def bound_values(store: Queryable, query: NamedQuery, params: Mapping[str, str]) -> dict[str, Term]:
    """The terms that the parameters of a query stand for; raise `QueryError` for one that is missing or does not fit."""
    return bindings(query, params, lambda kind: _names(store, kind), lambda iri: _present(store, iri))


def run_text(
    store: Queryable, text: str, params: Mapping[str, str] | None = None, name: str = "query"
) -> Table:
    """The answer to SPARQL of the user's own; with a header it is run as a named query is."""
    if has_header(text):
        return run_query(store, parse_query(name, text), params or {})
    bound = {key: free_term(value) for key, value in (params or {}).items()}
    return _answer(store, text, bound, None, name)


def resolve(store: Queryable, kind: str, value: str) -> str:
    """The IRI of what a user named: an `actor`, `issue`, `event` or `document`, by id, name or IRI.

    Raise `QueryError`, with near suggestions, if the store knows none of that name, or several.
    """
    return resource(kind, value, lambda kind: _names(store, kind), lambda iri: _present(store, iri)).value


def _answer(
    store: Queryable, text: str, bound: Mapping[str, Term], columns: tuple[str, ...] | None, name: str
) -> Table:
    result = store.query(text, bound)
    if isinstance(result, pyoxigraph.QueryBoolean | bool):
        return Table(("answer",), ((pyoxigraph.Literal(bool(result)),),), "ask")
    if isinstance(result, pyoxigraph.QueryTriples):
        return Table(_TRIPLE, tuple((t.subject, t.predicate, t.object) for t in result), "construct")
    selected = columns or tuple(variable.value for variable in result.variables)
    missing = set(selected) - {variable.value for variable in result.variables}
    if missing:
        raise QueryError(f"query {name} does not select its column {min(missing)!r}", query=name)
    return Table(selected, tuple(tuple(solution[column] for column in selected) for solution in result))


def _names(store: Queryable, kind: str) -> Iterator[tuple[str, str]]:
    for solution in store.query(lookup(kind).text, {}):
        yield solution["iri"].value, solution["name"].value


def _present(store: Queryable, iri: str) -> bool:
    return any(True for _ in store.query(lookup("present").text, {"iri": pyoxigraph.NamedNode(iri)}))
