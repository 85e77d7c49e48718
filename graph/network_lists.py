"""Networks as lists: an edge in each row, a statement in each row, or nodes and edges as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from alliancegraph.graph.facts import Fact, facts, things
from alliancegraph.graph.network import Network, network
from alliancegraph.graph.store import Store
from alliancegraph.graph.tables import COLUMNS, statement_rows

_FIRST: Final = ("source", "target", "weight")
_LAST: Final = ("source_iri", "target_iri")


def edges_csv(made: Network) -> bytes:
    """CSV with a row for each edge: both ends by name, the weight, what else is known, and both ends by IRI."""
    rows = [known for _, _, known in made.edges(data=True)]
    others = sorted({name for known in rows for name in known} - {"weight", "label", "evidence"})
    labels = dict(made.nodes(data="label"))
    return _csv(
        (*_FIRST, *others, *_LAST),
        (
            (
                labels[one],
                labels[other],
                known["weight"],
                *(known.get(name, "") for name in others),
                one,
                other,
            )
            for one, other, known in made.edges(data=True)
        ),
    )


def statements_csv(store: Store, min_confidence: float = 0.0) -> bytes:
    """CSV with a row for each statement behind an edge of the network of statements, as in the export of all."""
    found = [fact for fact in facts(store, min_confidence) if _is_edge(fact)]
    return _csv(COLUMNS, statement_rows(found, things(store)))


def network_json(store: Store, kind: str, min_confidence: float = 0.0) -> bytes:
    """One JSON object: `nodes` by `id`, and `edges` with what is known of them.

    The edges of the network of statements have their `statements`, each with its document and all its passages.
    """
    made = network(store, kind, min_confidence=min_confidence)
    behind: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    if kind == "statements":
        known = things(store)
        for fact in facts(store, min_confidence):
            if _is_edge(fact):
                titles = known.get(fact.document)
                told = _statement(fact, titles.label if titles else fact.document)
                behind.setdefault((fact.subject, str(fact.object), fact.predicate), []).append(told)
    edges = []
    for one, other, known_of in made.edges(data=True):
        edge = {name: value for name, value in known_of.items() if name not in ("evidence", "label")}
        if behind:
            edge["statements"] = behind[one, other, edge["relation"]]
        edges.append({"source": one, "target": other, **edge})
    whole = {
        "kind": kind,
        "directed": made.is_directed(),
        "multigraph": made.is_multigraph(),
        "nodes": [{"id": node, **marks} for node, marks in made.nodes(data=True)],
        "edges": edges,
    }
    return (json.dumps(whole, ensure_ascii=False) + "\n").encode()


def _is_edge(fact: Fact) -> bool:
    """Whether a statement ties two things."""
    return fact.kind in ("position", "relation") and fact.object is not None


def _statement(fact: Fact, title: str) -> dict[str, Any]:
    told = {"voice": fact.voice, "addressee": fact.addressee, "role": fact.role, "date": fact.date}
    return {
        "iri": fact.iri,
        "confidence": fact.confidence,
        **{name: value for name, value in told.items() if value is not None},
        "document": title,
        "document_iri": fact.document,
        "passages": [{"start": p.start, "end": p.end, "quote": p.quote} for p in fact.passages],
    }


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()
