"""Which names mean the same actor, and which name means two: reviewed rules of a store, applied to what readers see.

The rules are statements in a graph of their own. `A owl:sameAs B` lets A be read as B. `A prov:specializationOf B` with
`dcterms:source D` lets B be read as A, in the documents D. The documents' graphs stay as they were written: the rules are
applied to each snapshot that is made for readers, so taking a rule back brings back what was before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from alliancegraph.graph.homonyms import kept_apart
from alliancegraph.ontology.errors import VocabularyError
from alliancegraph.ontology.terms import DCTERMS, DOCUMENT, IDENTITY, OWL, PROV, RDF, SKOS, VOCABULARY

GRAPH: Final = NamedNode(str(IDENTITY))
_SAME, _PART = NamedNode(str(OWL.sameAs)), NamedNode(str(PROV.specializationOf))
_SOURCE: Final = NamedNode(str(DCTERMS.source))
_TYPE, _NAME = NamedNode(str(RDF.type)), NamedNode(str(SKOS.prefLabel))
_OTHER_NAME: Final = NamedNode(str(SKOS.altLabel))
_KNOWN: Final = frozenset({_SAME, _PART, _SOURCE})


@dataclass(frozen=True, slots=True)
class Rule:
    """`old` is read as `new`: everywhere, or in some documents only."""

    old: NamedNode
    new: NamedNode
    documents: frozenset[str] | None = None


def reviewed_quads(file: Path) -> list[Quad]:
    """The statements of a reviewed Turtle file, in the graph of the rules; raise `VocabularyError` for any others."""
    try:
        triples = list(pyoxigraph.parse(input=file.read_bytes(), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        message = (
            f"{file} is not valid Turtle (line {error.lineno}): {error.msg}; mend the file and try again"
        )
        raise VocabularyError(message, path=str(file), line=error.lineno) from None
    except OSError as error:
        raise VocabularyError(f"{file}: {error.strerror}; check the path", path=str(file)) from None
    quads = [Quad(t.subject, t.predicate, t.object, GRAPH) for t in triples]
    for quad in quads:
        if quad.predicate not in _KNOWN or not _are_iris(quad):
            message = (
                f"{file}: {quad.triple} is no rule; rules are A owl:sameAs B, and A prov:specializationOf B "
                "with dcterms:source DOCUMENT"
            )
            raise VocabularyError(message, path=str(file))
    for rule in rules(quads):
        if rule.documents is not None and not rule.documents:
            message = f"{file}: {rule.new} needs the documents that mean it; add dcterms:source DOCUMENT"
            raise VocabularyError(message, path=str(file))
    return quads


def _are_iris(quad: Quad) -> bool:
    return isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)


def rules(quads: Iterable[Quad]) -> list[Rule]:
    """What the statements of the rules' graph mean: first names that mean two, then names that mean one, sorted.

    Where A is B and B is C, both are read as C; of names that are said to be each other, all are read as the first.
    """
    same: dict[NamedNode, NamedNode] = {}
    parts: dict[NamedNode, NamedNode] = {}
    documents: dict[NamedNode, set[str]] = {}
    for quad in sorted(quads, key=str):
        subject, value = quad.subject, quad.object
        assert isinstance(subject, NamedNode)
        assert isinstance(value, NamedNode)
        if quad.predicate == _SAME:
            same[subject] = value
        elif quad.predicate == _PART:
            parts[subject] = value
        else:
            documents.setdefault(subject, set()).add(value.value)
    split = [Rule(old, new, frozenset(documents.get(new, ()))) for new, old in parts.items()]
    merged = [Rule(old, new) for old in same if (new := _last(old, same)) != old]
    return [*split, *merged]


def _last(node: NamedNode, same: dict[NamedNode, NamedNode]) -> NamedNode:
    """The end of a chain; of a ring the first of its names."""
    seen = [node]
    while (following := same.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :], key=str)
        seen.append(following)
    return seen[-1]


def apart(data: pyoxigraph.Store) -> list[Quad]:
    """The rules by which documents keep apart what they call the same (`homonyms`), where no reviewed rule says it."""
    divided = [quad.object for quad in data.quads_for_pattern(None, _PART, None, GRAPH)]
    return kept_apart(data, [name for name in divided if isinstance(name, NamedNode)])


def apply(data: pyoxigraph.Store, divided: Iterable[Quad] = ()) -> int:
    """Let the documents' graphs of a snapshot say what its rules mean, and return how many rules there are.

    `divided` are rules that join the snapshot's own (see `apart`).
    """
    data.extend(divided)
    found = rules(data.quads_for_pattern(None, None, None, GRAPH))
    for rule in found:
        _apply(data, rule)
    return len(found)


def _apply(data: pyoxigraph.Store, rule: Rule) -> None:
    said = [*data.quads_for_pattern(rule.old, None, None), *data.quads_for_pattern(None, None, rule.old)]
    outdated = {quad for quad in said if _is_meant(quad, rule)}
    if rule.documents is None:
        name, types = _name_and_types(data, rule)
    else:
        name, types = None, []
    for graph in {quad.graph_name for quad in outdated}:
        within = [quad for quad in outdated if quad.graph_name == graph]
        data.extend(_rewritten(within, rule, name, types))
    for quad in outdated:
        data.remove(quad)


def _is_meant(quad: Quad, rule: Rule) -> bool:
    graph = quad.graph_name
    if not isinstance(graph, NamedNode) or not graph.value.startswith(str(DOCUMENT)):
        return False
    return rule.documents is None or graph.value in rule.documents


def _name_and_types(data: pyoxigraph.Store, rule: Rule) -> tuple[pyoxigraph.Literal | None, list[NamedNode]]:
    """What the actor is called that a name is read as: by the vocabulary, else by the documents."""
    for graph in (NamedNode(str(VOCABULARY)), None):
        names = [q.object for q in data.quads_for_pattern(rule.new, _NAME, None, graph)]
        english = [n for n in names if isinstance(n, pyoxigraph.Literal) and n.language in ("en", None)]
        types = [q.object for q in data.quads_for_pattern(rule.new, _TYPE, None, graph)]
        if english:
            kinds = sorted({t for t in types if isinstance(t, NamedNode)}, key=str)
            return min(english, key=str), kinds
    return None, []


def _rewritten(
    quads: Iterable[Quad], rule: Rule, name: pyoxigraph.Literal | None, types: list[NamedNode]
) -> Iterator[Quad]:
    """Quads of one document with another actor; its old name becomes another name of this one."""
    for quad in quads:
        subject = rule.new if quad.subject == rule.old else quad.subject
        object_ = rule.new if quad.object == rule.old else quad.object
        predicate, graph = quad.predicate, quad.graph_name
        if quad.subject == rule.old and name is not None and predicate == _NAME:
            yield Quad(subject, _NAME, name, graph)
            if object_ != name:
                yield Quad(subject, _OTHER_NAME, object_, graph)
        elif quad.subject == rule.old and types and predicate == _TYPE:
            yield from (Quad(subject, _TYPE, kind, graph) for kind in types)
        else:
            yield Quad(subject, predicate, object_, graph)
