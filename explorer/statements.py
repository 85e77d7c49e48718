"""The statements behind an edge, each with its passages in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from alliancegraph.explorer.documents import Documents
from alliancegraph.explorer.style import Record, canonical, last

_OPTIONAL: Final = ("date", "addressee", "role")


def statements(edge: Mapping[str, Any], group: str, documents: Documents) -> list[Record]:
    """The statements of an edge's evidence, by document and place; a passage that names no statement is one by itself."""
    groups: dict[tuple[str, object], list[Mapping[str, Any]]] = {}
    for number, item in enumerate(edge.get("evidence") or ()):
        iri = str(item.get("statement") or "")
        groups.setdefault((iri, None if iri else number), []).append(item)
    found = [_statement(items, edge, group, documents) for items in groups.values()]
    return sorted(found, key=_order)


def _statement(
    items: list[Mapping[str, Any]], edge: Mapping[str, Any], group: str, documents: Documents
) -> Record:
    first = items[0]
    sure = first.get("confidence", edge.get("confidence"))
    record: Record = {
        "iri": str(first.get("statement") or ""),
        "kind": str(first.get("kind") or ("relation" if group == "relation" else "position")),
        "document": documents.place(first),
        "confidence": 1.0 if sure is None else round(float(sure), 2),
        "passages": _passages(items),
    }
    record |= {name: str(first[name]) for name in _OPTIONAL if first.get(name)}
    if first.get("voice"):
        record["voice"] = last(str(first["voice"]))
    return record


def _passages(items: Iterable[Mapping[str, Any]]) -> list[Record]:
    records = [_passage(item) for item in items if item.get("quote") or item.get("start") is not None]
    return sorted(records, key=lambda record: (record.get("start", 0), record.get("end", 0), record["quote"]))


def _passage(item: Mapping[str, Any]) -> Record:
    record: Record = {name: int(item[name]) for name in ("start", "end") if item.get(name) is not None}
    return record | {name: str(item.get(name) or "") for name in ("quote", "prefix", "suffix")}


def _order(record: Record) -> tuple[int, int, str, str]:
    starts = [passage.get("start", 0) for passage in record["passages"]]
    return record["document"], min(starts, default=0), record["iri"], canonical(record)
