"""What the service can do (SPARQL 1.1 Service Description) and what the dataset holds (VoID), told from the store itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from alliancegraph.serve.jobs import Setup

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_RDF_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FORMAT_NAMES: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "N-Quads",
    "TriG",
)
_MOST_GRAPHS: Final = 1000
"""So many named graphs are listed; a corpus has one for each document."""
Node = NamedNode | BlankNode


def service_description(data: pyoxigraph.Store, address: str, setup: Setup) -> Iterator[Triple]:
    """The endpoint at an address: languages, features, formats, and its graphs."""
    service, dataset, default = BlankNode(), BlankNode(), BlankNode()
    yield Triple(service, _RDF_TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(address))
    for language in ("SPARQL10Query", "SPARQL11Query", *(["SPARQL11Update"] if setup.writable else [])):
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
    for feature in _features(setup):
        yield Triple(service, _sd("feature"), _sd(feature))
    for name in _FORMAT_NAMES:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, _RDF_TYPE, _sd("Graph"))
    for number, graph in enumerate(data.named_graphs()):
        if number == _MOST_GRAPHS:
            break
        named = BlankNode()
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, _RDF_TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), graph)


def _features(setup: Setup) -> tuple[str, ...]:
    union = ("UnionDefaultGraph",) if setup.union else ()
    return (*union, *(("BasicFederatedQuery",) if setup.services else ()))


def dataset_description(data: pyoxigraph.Store, address: str) -> Iterator[Triple]:
    """The dataset behind the endpoint at an address: how many statements, and of which classes and properties."""
    root = address.removesuffix("sparql")
    dataset = NamedNode(f"{root}.well-known/void#dataset")
    yield Triple(dataset, _RDF_TYPE, NamedNode(_VOID + "Dataset"))
    yield Triple(dataset, NamedNode(_DCTERMS + "title"), Literal("AllianceGraph", language="en"))
    yield Triple(dataset, _void("sparqlEndpoint"), NamedNode(address))
    yield Triple(dataset, _void("dataDump"), NamedNode(f"{root}graph-store"))
    yield Triple(dataset, _void("triples"), Literal(len(data)))
    classes, properties = _partitions(data)
    yield Triple(dataset, _void("classes"), Literal(len(classes)))
    yield Triple(dataset, _void("properties"), Literal(len(properties)))
    for class_, count in sorted(classes.items()):
        yield from _partition(dataset, "class", class_, "entities", count)
    for property_, count in sorted(properties.items()):
        yield from _partition(dataset, "property", property_, "triples", count)


def _partitions(data: pyoxigraph.Store) -> tuple[Counter[str], Counter[str]]:
    """How often each class and each property is stated."""
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    for quad in data:
        properties[quad.predicate.value] += 1
        if quad.predicate == _RDF_TYPE and isinstance(quad.object, NamedNode):
            classes[quad.object.value] += 1
    return classes, properties


def _partition(dataset: Node, kind: str, iri: str, counted: str, count: int) -> Iterator[Triple]:
    part = BlankNode()
    yield Triple(dataset, _void(f"{kind}Partition"), part)
    yield Triple(part, _void(kind), NamedNode(iri))
    yield Triple(part, _void(counted), Literal(count))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _void(name: str) -> NamedNode:
    return NamedNode(_VOID + name)
