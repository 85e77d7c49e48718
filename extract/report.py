"""The scores as one HTML page: tables, and each differing item with its sentence. It asks no host for anything.

The page has no script; its style sheet is named in the content security policy by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alliancegraph.extract.calibration import LAYERS as CALIBRATED
from alliancegraph.extract.calibration import TENTHS, calibration
from alliancegraph.extract.comparison import LAYERS, Count
from alliancegraph.extract.differences import KINDS, SEPARATOR, Difference
from alliancegraph.extract.differences import LAYERS as ITEM_LAYERS
from alliancegraph.extract.evaluation import DocumentScores, Scores
from alliancegraph.extract.excerpts import Excerpt, excerpts, first_mention
from alliancegraph.extract.score_changes import Changes, changes, signed

TEMPLATES: Final = Path(__file__).parent / "templates"
MOST_EXCERPTS: Final = 3
"""So many sentences are shown for one item."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A differing item as the page shows it; `is_new` if an earlier run had it right."""

    kind: str
    parts: tuple[str, ...]
    note: str
    confidence: float | None
    excerpts: tuple[Excerpt, ...]
    more: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One document of the page: its differing items by layer, and what was put right since an earlier run."""

    scores: DocumentScores
    entries: Mapping[str, tuple[Entry, ...]]
    put_right: tuple[str, ...]

    def count(self, kind: str) -> int:
        """How many items of that kind there are."""
        return sum(entry.kind == kind for found in self.entries.values() for entry in found)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table: its count, its difference to an earlier run, and its shade from 0 to 10."""

    count: Count
    change: str

    @property
    def shade(self) -> int:
        """The tenth in which F1 is."""
        return round(self.count.f1 * 10)


def report_page(
    scores: Scores, texts: Mapping[str, str], *, title: str, earlier: Scores | None = None
) -> str:
    """The page as HTML text; `texts` are the articles by name. The same scores give the same bytes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sheet = (TEMPLATES / "report.css").read_text(encoding="utf-8").replace("\r\n", "\n")
    changed = changes(earlier, scores) if earlier is not None else None
    sections = [_section(document, texts.get(document.name, ""), changed) for document in scores.documents]
    page = environment.get_template("report.html").render(
        title=title,
        policy=_policy(sheet),
        sheet=Markup(sheet),
        layers=LAYERS,
        item_layers=ITEM_LAYERS,
        kinds=KINDS,
        totals=_totals(scores, changed),
        rows=[(section, _cells(section.scores, changed)) for section in sections],
        sections=sections,
        overlap=scores.overlap,
        calibrated=CALIBRATED,
        calibration=calibration(scores.items) if scores.items else (),
        tenths=TENTHS,
        changes=changed,
        counts={kind: sum(section.count(kind) for section in sections) for kind in KINDS},
        layer_counts={layer: sum(len(s.entries[layer]) for s in sections) for layer in ITEM_LAYERS},
    )
    return _encodable(page)


def _section(document: DocumentScores, text: str, changed: Changes | None) -> Section:
    change = next((d for d in changed.documents if d.name == document.name), None) if changed else None
    wrong = set(change.wrong) if change else set()
    entries = {
        layer: tuple(_entries((d for d in document.differences if d.layer == layer), text, wrong))
        for layer in ITEM_LAYERS
    }
    return Section(document, entries, change.right if change else ())


def _entries(items: Iterator[Difference], text: str, wrong: set[str]) -> Iterator[Entry]:
    """Items in the order of kinds, within each in the order of the text."""
    placed = [(item, _places(item, text)) for item in items]
    for item, places in sorted(placed, key=lambda p: (KINDS.index(p[0].kind), min(p[1], default=(0, 0)))):
        found = excerpts(text, places)
        yield Entry(
            item.kind,
            tuple(item.label.split(SEPARATOR)),
            item.note,
            item.confidence,
            tuple(found[:MOST_EXCERPTS]),
            max(0, len(found) - MOST_EXCERPTS),
            f"{item} (is {item.kind})" in wrong,
        )


def _places(item: Difference, text: str) -> tuple[tuple[int, int], ...]:
    """The passages of an item; of an actor its first mention."""
    if item.layer != "actor":
        return item.evidence
    return tuple(sorted(item.evidence)[:1]) or first_mention(text, item.names)


def _totals(scores: Scores, changed: Changes | None) -> list[tuple[str, Cell]]:
    before = changed.totals if changed and changed.documents else {}
    return [
        (layer, Cell(count, signed(before[layer].f1) if layer in before else ""))
        for layer, count in scores.totals.items()
    ]


def _cells(document: DocumentScores, changed: Changes | None) -> list[Cell]:
    change = next((d for d in changed.documents if d.name == document.name), None) if changed else None
    return [
        Cell(count, signed(change.layers[layer].f1) if change else "")
        for layer, count in document.counts.items()
    ]


def _policy(sheet: str) -> str:
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
