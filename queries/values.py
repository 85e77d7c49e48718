"""From what a user types for a parameter to the RDF term that is bound to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph

from alliancegraph.ontology.errors import QueryError
from alliancegraph.ontology.triples import BASE, PREFIXES
from alliancegraph.queries.header import NamedQuery, Parameter
from alliancegraph.queries.suggestions import did_you_mean

Term = pyoxigraph.NamedNode | pyoxigraph.Literal
Names = Callable[[str], Iterable[tuple[str, str]]]
"""Names of a kind of resource, as pairs of IRI and name."""
Present = Callable[[str], bool]
"""Whether the store speaks of an IRI."""

KINDS: Final = {
    "ag:Actor IRI": "actor",
    "ag:EventType IRI": "event-type",
    "ag:Statement IRI": "statement",
    "schema:Article IRI": "document",
    "sem:Event IRI": "event",
    "skos:Concept IRI": "issue",
}
"""Parameter types that name a resource, with the word for it: also its folder in IRIs and its lookup query."""

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_SIDES: Final = frozenset({"oppose", "favour", "own", "drop"})
"""What a stance that is neither support nor opposition may count as."""
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+")


def bindings(query: NamedQuery, given: Mapping[str, str], names: Names, present: Present) -> dict[str, Term]:
    """A term for each parameter of a query; raise `QueryError` for one that is unknown, missing or does not fit."""
    values = {key.replace("-", "_"): value for key, value in given.items()}
    known = {parameter.name: parameter for parameter in query.parameters}
    for key in values:
        if key not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"query {query.name} has no parameter {key!r}; {takes}", query=query.name)
    bound = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(
                f"query {query.name} needs {parameter.name}: add --param {parameter.name}=VALUE",
                query=query.name,
            )
        bound[parameter.name] = _term(query, parameter, value.strip(), names, present)
    return bound


def _term(query: NamedQuery, parameter: Parameter, value: str, names: Names, present: Present) -> Term:
    if parameter.type in KINDS:
        return resource(KINDS[parameter.type], value, names, present, query.name)
    literal = _literal(parameter.type, value)
    if literal is None:
        raise QueryError(
            f"query {query.name}: {parameter.name} must be {_FORMS[parameter.type]}, not {value!r}",
            query=query.name,
        )
    return literal


_FORMS: Final = {
    "integer": "a whole number",
    "confidence": "a number from 0 to 1",
    "date": "a year, a month or a day (2008, 2008-03, 2008-03-14)",
    "side": "oppose, favour, own or drop",
    "string": "a text",
}


def _literal(type_: str, value: str) -> pyoxigraph.Literal | None:
    if type_ == "integer":
        return _number(value, "integer") if re.fullmatch(r"-?\d{1,18}", value) else None
    if type_ == "confidence":
        return _number(value, "decimal") if _is_confidence(value) else None
    if type_ == "date":
        return pyoxigraph.Literal(value) if _DATE.fullmatch(value) or value == "0000" else None
    if type_ == "side":
        return pyoxigraph.Literal(value) if value in _SIDES else None
    return pyoxigraph.Literal(value)


def _number(value: str, datatype: str) -> pyoxigraph.Literal:
    return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(_XSD + datatype))


def _is_confidence(value: str) -> bool:
    try:
        return re.fullmatch(r"[\d.]+", value) is not None and 0 <= Decimal(value) <= 1
    except InvalidOperation:
        return False


def resource(
    kind: str, value: str, names: Names, present: Present, query: str | None = None
) -> pyoxigraph.NamedNode:
    """The resource of a kind (`actor`, `issue`, …) that a user named; raise `QueryError` if it is none or several."""
    iri = iri_of(value) or f"{BASE}{kind}/{_slug(value)}"
    if present(iri):
        return pyoxigraph.NamedNode(iri)
    listed = list(names(kind))
    found = sorted({iri for iri, name in listed if name.casefold() == value.casefold()})
    if len(found) == 1:
        return pyoxigraph.NamedNode(found[0])
    if found:
        raise QueryError(f"{value!r} names more than one {kind}; give one of {', '.join(found)}", query=query)
    known = {name for _, name in listed} | {_local(iri) for iri, _ in listed}
    hint = did_you_mean(value, known) or "check the spelling, or whether its documents were built"
    raise QueryError(f"no {kind} {value!r} in this store; {hint}", query=query)


def iri_of(value: str) -> str | None:
    """The IRI that a user wrote out, in angle brackets or with one of the vocabulary's prefixes; None for other text."""
    bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if _IRI.fullmatch(bare):
        return bare
    prefix, colon, local = bare.partition(":")
    if colon and re.fullmatch(r"[\w.-]+", local):
        if prefix in PREFIXES:
            return PREFIXES[prefix] + local
        if prefix in ("actor", "event", "issue", "stance", "voice", "document"):
            return f"{BASE}{prefix}/{local}"
    return None


def free_term(value: str) -> Term:
    """The term that a text stands for where no header gives its type: an IRI, a whole number, or a string."""
    iri = iri_of(value)
    if iri:
        return pyoxigraph.NamedNode(iri)
    number = _literal("integer", value)
    return number if number is not None else pyoxigraph.Literal(value)


def _slug(value: str) -> str:
    return re.sub(r"[^\w]+", "-", value.casefold()).strip("-")


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]
