"""Names that mean two actors: where the texts keep them apart, so does the graph that readers see, without being told.

An actor that the vocabulary does not know has an IRI made of its name, so two that are called the same share it. Documents
keep them apart where one speaks of a person and the other of a body, or where they make one and the same name serve, or belong to,
different states: nobody is the defence minister of two. What they say less clearly, such as think tanks in two countries,
is for a person to judge (`duplicates`). The graphs of the documents stay as they were written; see `identity`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final, TypeVar

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from alliancegraph.ontology.terms import ACTOR, AG, DCTERMS, DOCUMENT, IDENTITY, PROV, RDF, VOCABULARY

_GRAPH: Final = NamedNode(str(IDENTITY))
_VOCABULARY: Final = NamedNode(str(VOCABULARY))
_TYPE: Final = NamedNode(str(RDF.type))
_PART, _SOURCE = NamedNode(str(PROV.specializationOf)), NamedNode(str(DCTERMS.source))
_PERSON: Final = NamedNode(str(AG.Person))
_STATE: Final = NamedNode(str(AG.State))
_PUBLIC: Final = frozenset({_STATE, NamedNode(str(AG.GovernmentBody))})
_BELONGS: Final = (NamedNode(str(AG.affiliatedWith)), NamedNode(str(AG.partOf)))
_BODIES: Final = frozenset(
    NamedNode(str(AG[name]))
    for name in ("Organization", "GovernmentBody", "IntergovernmentalOrganization", "ArmedGroup")
)
_Name = TypeVar("_Name")

Places = Mapping[NamedNode, Mapping[str, set[NamedNode]]]
"""For each actor the states that each document makes it serve."""


def kept_apart(data: pyoxigraph.Store, reviewed: Iterable[NamedNode] = ()) -> list[Quad]:
    """The rules by which documents keep apart what they call the same, as quads of the rules' graph, sorted.

    Of a name's meanings the one that most documents have keeps the IRI; another is `IRI-of-STATE`, or `IRI-person`. Documents
    that do not tell stay with the first. Names that `reviewed` rules divide are left to these.
    """
    left_alone = {*reviewed}
    quads = [*_by_kind(data, left_alone), *_by_state(data, left_alone)]
    return sorted(quads, key=str)


def _by_kind(data: pyoxigraph.Store, left_alone: set[NamedNode]) -> Iterator[Quad]:
    """Names that mean a person in some documents and a body in others."""
    persons: dict[NamedNode, set[str]] = defaultdict(set)
    for actor, _, document in _said(data, _TYPE, _PERSON):
        persons[actor].add(document)
    for actor, documents in sorted(persons.items(), key=_by_iri):
        types = list(data.quads_for_pattern(actor, _TYPE, None))
        others = {q.graph_name.value for q in types if q.object in _BODIES and _is_document(q.graph_name)}  # type: ignore[union-attr]
        if others - documents and actor not in left_alone and not _is_known(data, actor):
            left_alone.add(actor)
            yield from _rule(NamedNode(f"{actor.value}-person"), actor, documents)


def _by_state(data: pyoxigraph.Store, left_alone: set[NamedNode]) -> Iterator[Quad]:
    """Names that serve, or belong to, states that no document brings together."""
    for actor, places in sorted(_places(data).items(), key=_by_iri):
        named = {state for states in places.values() for state in states}
        if len(named) < 2 or actor in left_alone or _is_known(data, actor):
            continue
        for states, documents in apart(places)[1:]:
            state = min(states, key=str).value.removeprefix(str(ACTOR))
            yield from _rule(NamedNode(f"{actor.value}-of-{state}"), actor, documents)


def _places(data: pyoxigraph.Store) -> Places:
    public: dict[NamedNode, NamedNode | None] = {}
    found: dict[NamedNode, dict[str, set[NamedNode]]] = defaultdict(lambda: defaultdict(set))
    for actor, body, document in chain.from_iterable(_said(data, predicate) for predicate in _BELONGS):
        if body not in public:
            public[body] = _state(data, body)
        if (state := public[body]) is not None:
            found[actor][document].add(state)
    return found


def _state(data: pyoxigraph.Store, body: NamedNode) -> NamedNode | None:
    """The state that a state or a government body is, or is part of; None for all other bodies, and where there are two."""
    kinds = {quad.object for quad in data.quads_for_pattern(body, _TYPE, None)}
    if _STATE in kinds:
        return body
    if kinds.isdisjoint(_PUBLIC):
        return None
    above = {quad.object for quad in data.quads_for_pattern(body, _BELONGS[1], None)}
    states = {a for a in above if isinstance(a, NamedNode) and any(data.quads_for_pattern(a, _TYPE, _STATE))}
    return states.pop() if len(states) == 1 else None


def _by_iri(item: tuple[NamedNode, object]) -> str:
    return item[0].value


def apart(places: Mapping[str, set[_Name]]) -> list[tuple[set[_Name], set[str]]]:
    """Groups of states that some document joins, with their documents; the one with most documents first."""
    groups: list[tuple[set[_Name], set[str]]] = []
    for document, named in sorted(places.items()):
        joined = [group for group in groups if group[0] & named]
        merged = (set(named).union(*(g[0] for g in joined)), {document}.union(*(g[1] for g in joined)))
        groups = [group for group in groups if group not in joined] + [merged]
    return sorted(groups, key=lambda group: (-len(group[1]), sorted(map(str, group[0]))))


def _said(
    data: pyoxigraph.Store, predicate: NamedNode, value: NamedNode | None = None
) -> Iterator[tuple[NamedNode, NamedNode, str]]:
    """Subject, object and document of what documents say with this property, blank nodes and texts left out."""
    for quad in data.quads_for_pattern(None, predicate, value):
        subject, object_, graph = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, NamedNode) and isinstance(object_, NamedNode) and _is_document(graph):
            yield subject, object_, graph.value  # type: ignore[union-attr]


def _is_document(graph: object) -> bool:
    return isinstance(graph, NamedNode) and graph.value.startswith(str(DOCUMENT))


def _is_known(data: pyoxigraph.Store, actor: NamedNode) -> bool:
    return next(data.quads_for_pattern(actor, None, None, _VOCABULARY), None) is not None


def _rule(part: NamedNode, whole: NamedNode, documents: Iterable[str]) -> Iterator[Quad]:
    yield Quad(part, _PART, whole, _GRAPH)
    for document in sorted(documents):
        yield Quad(part, _SOURCE, NamedNode(document), _GRAPH)
