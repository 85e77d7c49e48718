"""Changes of a database on disk that are made in two steps and yet whole: what is added says what is still to remove.

Oxigraph adds a set of quads as one transaction, and removes a graph as another. So the quads that are added bring with them
a plan, in a graph of its own, of the graphs and quads to remove. Whoever opens the database to write, or makes a
snapshot of it, carries out the plans that it finds: a process that was killed between both steps leaves no half change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from alliancegraph.graph.engine import nquads, quads_of
from alliancegraph.ontology.terms import CATALOGUE

PLAN: Final = NamedNode(f"{CATALOGUE}/plan")
_DROPS: Final = NamedNode(f"{CATALOGUE}/plan#drops")
_DELETES: Final = NamedNode(f"{CATALOGUE}/plan#deletes")


def plan(drops: Iterable[str], deletes: bytes) -> bytes:
    """What is to remove, as N-Quads of the plan's graph."""
    quads = [Quad(PLAN, _DROPS, NamedNode(graph), PLAN) for graph in drops]
    if deletes:
        quads.append(Quad(PLAN, _DELETES, Literal(deletes.decode()), PLAN))
    return nquads(quads)


def delete_planned(data: pyoxigraph.Store) -> None:
    """Remove the quads that are planned to go; graphs may wait for `settle`."""
    for found in data.quads_for_pattern(PLAN, _DELETES, None, PLAN):
        assert isinstance(found.object, Literal)
        for quad in quads_of(found.object.value.encode()):
            data.remove(quad)
        data.remove(found)


def settle(data: pyoxigraph.Store) -> bool:
    """Carry out all plans; whether there were any."""
    planned = list(data.quads_for_pattern(PLAN, None, None, PLAN))
    delete_planned(data)
    for quad in planned:
        if quad.predicate == _DROPS:
            assert isinstance(quad.object, NamedNode)
            data.remove_graph(quad.object)
            data.remove(quad)
    return bool(planned)
