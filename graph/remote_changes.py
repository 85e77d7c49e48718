"""Changes as requests of bounded size: one request where the server makes it whole, else staged and then applied at once.

What is staged stands in graphs of its own, under predicates of its own, so that no question finds it. One last operation,
which every server makes whole or not at all, puts it in the place of what was there. Each request may be repeated, and so
may the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from alliancegraph.graph.engine import Change, nquads, quads_of, update_text
from alliancegraph.graph.parameters import portable, with_values
from alliancegraph.graph.questions import question
from alliancegraph.ontology.terms import CATALOGUE

CHANGES: Final = f"{CATALOGUE}/changes"
"""The graph that holds the plans of changes under way; theirs are all graphs whose names begin so."""
_AS: Final = f"{CHANGES}/as/"
"""What stands before a predicate while it is staged."""
_SEPARATOR: Final = " ;\n"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may be: its bytes, the triples that an operation names, and whether its operations are one."""

    size: int
    most: int
    one_transaction: bool


def requests(changes: Sequence[Change], limits: Limits, day: str) -> Iterator[str]:
    """The update requests, in order, that make changes, each whole or not at all; `day` is kept with what is staged."""
    texts: list[str] = []
    length = 0
    for change in changes:
        if not _is_small(change, limits):
            yield from _joined(texts)
            texts, length = [], 0
            yield from _staged(change, limits, day)
            continue
        text = portable(update_text(change))
        if texts and (length + len(text) > limits.size or not limits.one_transaction):
            yield from _joined(texts)
            texts, length = [], 0
        texts.append(text)
        length += len(text)
    yield from _joined(texts)


def _is_small(change: Change, limits: Limits) -> bool:
    """Whether one request makes a change, and makes it whole."""
    size = len(change.deletes) + len(change.inserts)
    triples = change.deletes.count(b"\n") + change.inserts.count(b"\n")
    operations = len(change.drops) + bool(change.deletes) + bool(change.inserts)
    fits = size <= limits.size and triples <= limits.most
    return fits and (limits.one_transaction or operations <= 1)


def _joined(texts: Sequence[str]) -> Iterator[str]:
    if any(texts):
        yield _SEPARATOR.join(text for text in texts if text)


def _staged(change: Change, limits: Limits, day: str) -> Iterator[str]:
    """A change in steps: its plan, its quads bit by bit, and the last step that all others are for."""
    digest = hashlib.sha256(b"\0".join([*map(str.encode, change.drops), change.deletes, change.inserts]))
    plan = f"{CHANGES}/{digest.hexdigest()[:16]}"
    staged: dict[str, None] = {}
    planned = [_planned(plan, "begun", Literal(day))]
    planned += [_planned(plan, "drops", NamedNode(graph)) for graph in change.drops]
    quads: list[Quad] = []
    for word, whence, data in (("deletes", "from", change.deletes), ("inserts", "into", change.inserts)):
        for number, (graph, group) in enumerate(_by_graph(quads_of(data))):
            name = f"{plan}/{word}/{number}"
            staged[name] = None
            planned += [_planned(plan, word, NamedNode(name)), _planned(name, whence, NamedNode(graph))]
            quads += [_disguised(quad, name) for quad in group]
    for batch in _batches([*planned, *quads], limits):
        yield portable(update_text(Change(inserts=nquads(batch))))
    cleaning = update_text(Change(tuple(staged), nquads(planned)))
    yield with_values(question("staged.ru"), {"plan": NamedNode(plan)}) + _SEPARATOR + cleaning


def _planned(subject: str, word: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(f"{CHANGES}#{word}"), value, NamedNode(CHANGES))


def _disguised(quad: Quad, graph: str) -> Quad:
    return Quad(quad.subject, NamedNode(_AS + quad.predicate.value), quad.object, NamedNode(graph))


def _by_graph(quads: Iterable[Quad]) -> Iterator[tuple[str, list[Quad]]]:
    found = sorted(quads, key=_graph_name)
    for graph, group in groupby(found, key=_graph_name):
        yield graph, list(group)


def _graph_name(quad: Quad) -> str:
    assert isinstance(quad.graph_name, NamedNode)
    return quad.graph_name.value


def _batches(quads: Iterable[Quad], limits: Limits) -> Iterator[list[Quad]]:
    """The quads in lots that one request may hold; a single quad that is larger goes alone."""
    batch: list[Quad] = []
    length = 0
    for quad in quads:
        size = len(str(quad).encode())
        if batch and (length + size > limits.size or len(batch) >= limits.most):
            yield batch
            batch, length = [], 0
        batch.append(quad)
        length += size
    yield batch
