"""Two runs side by side: how much each figure changed, and which items became right or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alliancegraph.extract.comparison import LAYERS, Count
from alliancegraph.extract.evaluation import DocumentScores, Scores


@dataclass(frozen=True, slots=True)
class Change:
    """The counts of one layer in the earlier run and now."""

    earlier: Count
    now: Count

    @property
    def f1(self) -> float:
        """How much F1 rose."""
        return self.now.f1 - self.earlier.f1


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One document in both runs; items as lines that say what they are or were (`actor: Japan (was missed)`)."""

    name: str
    layers: Mapping[str, Change]
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The documents that both runs have; `left_out` are the names of those that only one has."""

    documents: tuple[DocumentChange, ...]
    left_out: tuple[str, ...] = ()

    @property
    def totals(self) -> dict[str, Change]:
        """The counts of each layer, added up over the documents."""
        return {layer: self._total(layer) for layer in LAYERS}

    def _total(self, layer: str) -> Change:
        pairs = [document.layers[layer] for document in self.documents]
        return Change(sum((p.earlier for p in pairs), Count()), sum((p.now for p in pairs), Count()))


def changes(earlier: Scores, now: Scores) -> Changes:
    """What changed from one run to another, over the documents that both have."""
    before = {document.name: document for document in earlier.documents}
    after = {document.name: document for document in now.documents}
    common = sorted(before.keys() & after.keys())
    return Changes(
        tuple(_document_change(before[name], after[name]) for name in common),
        tuple(sorted(before.keys() ^ after.keys())),
    )


def _document_change(earlier: DocumentScores, now: DocumentScores) -> DocumentChange:
    return DocumentChange(
        now.name,
        {layer: Change(earlier.counts[layer], now.counts[layer]) for layer in LAYERS},
        right=(
            *_gone(earlier.missed, now.missed, "was missed"),
            *_gone(earlier.spurious, now.spurious, "was spurious"),
        ),
        wrong=(
            *_gone(now.missed, earlier.missed, "is missed"),
            *_gone(now.spurious, earlier.spurious, "is spurious"),
        ),
    )


def _gone(some: Iterable[str], others: Iterable[str], verdict: str) -> list[str]:
    """The lines that the others lack, as often as they lack them."""
    return [f"{line} ({verdict})" for line in (Counter(some) - Counter(others)).elements()]


def signed(value: float) -> str:
    """A difference with its sign, to three digits: `+0.012`, `−0.004`, or `0.000`."""
    digits = f"{abs(value):.3f}"
    if float(digits) == 0:
        return digits
    return f"{'+' if value > 0 else '−'}{digits}"


def format_changes(found: Changes) -> str:
    """Tables of the differences in F1, in total and by document, and the items that became right or wrong."""
    lines = [f"{'layer':18}{'earlier':>9}{'now':>9}{'change':>9}"]
    for layer, change in found.totals.items():
        shares = f"{change.earlier.f1:9.3f}{change.now.f1:9.3f}"
        lines.append(f"{layer:18}{shares}{signed(change.f1):>9}")
    if found.left_out:
        lines.append(f"not in both runs: {', '.join(found.left_out)}")
    return "\n".join([*lines, "", *_document_lines(found), *_item_lines(found)]) + "\n"


def _document_lines(found: Changes) -> list[str]:
    width = max([len("document"), *(len(document.name) for document in found.documents)])
    lines = [f"{'document':{width}}" + "".join(f"{layer:>18}" for layer in LAYERS)]
    for document in found.documents:
        cells = (f"{change.now.f1:.3f} {signed(change.f1):>6}" for change in document.layers.values())
        lines.append(f"{document.name:{width}}" + "".join(f"{cell:>18}" for cell in cells))
    return lines


def _item_lines(found: Changes) -> list[str]:
    lines: list[str] = []
    for document in found.documents:
        if document.right or document.wrong:
            lines += ["", f"== {document.name}"]
            lines += [f"  right now  {line}" for line in document.right]
            lines += [f"  wrong now  {line}" for line in document.wrong]
    return lines
