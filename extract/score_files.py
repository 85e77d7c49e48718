"""The scores of a run kept in a file, so that a later run can be compared with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from alliancegraph.extract.comparison import LAYERS, Count, Overlap
from alliancegraph.extract.differences import MISSED, SPURIOUS, Difference
from alliancegraph.extract.evaluation import DocumentScores, Scores
from alliancegraph.ontology.errors import ReadingError, SourceNotFound

FORMAT: Final = 1


def scores_text(scores: Scores) -> str:
    """The scores as JSON text: totals for readers, and for each document counts and differing items."""
    data = {
        "format": FORMAT,
        "totals": {layer: {**_count(c), "f1": round(c.f1, 4)} for layer, c in scores.totals.items()},
        "documents": {document.name: _document(document) for document in scores.documents},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _document(document: DocumentScores) -> dict[str, Any]:
    return {
        "counts": {layer: _count(count) for layer, count in document.counts.items()},
        "overlap": {"overlapping": document.overlap.overlapping, "matched": document.overlap.matched},
        MISSED: list(document.missed),
        SPURIOUS: list(document.spurious),
    }


def _count(count: Count) -> dict[str, float]:
    return {"matched": count.matched, "predicted": count.predicted, "gold": count.gold}


def read_scores(path: Path) -> Scores:
    """The scores that `scores_text` wrote to a file, without passages and judged items.

    Raises `SourceNotFound` where there is no such file, `ReadingError` where it holds something else.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise ValueError
        return Scores(tuple(_read_document(name, one) for name, one in sorted(data["documents"].items())))
    except OSError as error:
        message = f"{path}: {error.strerror or error}; name a file that evaluate --save wrote"
        raise SourceNotFound(message, source=str(path)) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"{path} holds no scores of this version; write it again with evaluate --save"
        raise ReadingError(message, source=str(path)) from None


def _read_document(name: str, data: Mapping[str, Any]) -> DocumentScores:
    counts = {layer: Count(**data["counts"][layer]) for layer in LAYERS}
    items = [_read_item(kind, line) for kind in (MISSED, SPURIOUS) for line in data[kind]]
    return DocumentScores(name, counts, Overlap(**data["overlap"]), tuple(items))


def _read_item(kind: str, line: str) -> Difference:
    layer, _, label = line.partition(": ")
    return Difference(kind, layer, label)
