"""How well extraction agrees with annotated articles: precision, recall and F1 of each layer.

Actors and events are paired by `alliancegraph.extract.matching`; issues match on their id, relations on subject,
predicate and object, positions on holder and issue (and, strictly, on the side taken). A position on the parent or
child of the annotated issue counts half. Totals are micro-averages over the documents.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alliancegraph.extract.calibration import Judged, judged
from alliancegraph.extract.comparison import LAYERS, Comparison, Count, Overlap
from alliancegraph.extract.differences import MISSED, SPURIOUS, Difference, differences
from alliancegraph.extract.matching import annotation
from alliancegraph.ontology.errors import SourceNotFound

if TYPE_CHECKING:
    from alliancegraph.extract.encoder import Encoder

SUFFIX: Final = ".gold.json"


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """One document's counts by layer, how far passages agree, and the items on which the two sides differ."""

    name: str
    counts: Mapping[str, Count]
    overlap: Overlap = field(default_factory=Overlap)
    differences: tuple[Difference, ...] = ()
    title: str = ""

    @property
    def missed(self) -> tuple[str, ...]:
        """What was missed, as lines (`actor: Japan`)."""
        return tuple(str(item) for item in self.differences if item.kind == MISSED)

    @property
    def spurious(self) -> tuple[str, ...]:
        """What is spurious, as lines."""
        return tuple(str(item) for item in self.differences if item.kind == SPURIOUS)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of all documents; `items` are the predicted items, each judged, where extraction was run."""

    documents: tuple[DocumentScores, ...]
    items: tuple[Judged, ...] = ()

    @property
    def totals(self) -> dict[str, Count]:
        """The counts of each layer, added up over the documents."""
        return {
            layer: sum((document.counts[layer] for document in self.documents), Count()) for layer in LAYERS
        }

    @property
    def overlap(self) -> Overlap:
        """How far the passages of found items agree, over all documents."""
        return sum((document.overlap for document in self.documents), Overlap())


def evaluate(gold_dir: Path, *, encoder: Encoder | None = None) -> Scores:
    """The scores of extraction on each NAME.txt that has a NAME.gold.json beside it.

    Raises SourceNotFound where the folder holds no annotated article.
    """
    from alliancegraph.extract.interchange import to_json
    from alliancegraph.extract.pipeline import extract
    from alliancegraph.extract.reading import read

    gold = read_annotations(gold_dir)
    predictions = {
        name: to_json(extract(read(str(gold_dir / f"{name}.txt")), encoder=encoder)) for name in gold
    }
    scores = score(gold, predictions, {name: len(text) for name, text in article_texts(gold_dir).items()})
    parents = issue_parents()
    items = [
        item
        for name, prediction in predictions.items()
        for item in judged(Comparison(annotation(gold[name]), annotation(prediction), parents), prediction)
    ]
    return Scores(scores.documents, tuple(items))


def read_annotations(folder: Path) -> dict[str, dict[str, Any]]:
    """The annotations of a folder by the names of their documents."""
    files = sorted(folder.glob(f"*{SUFFIX}"))
    if not files:
        raise SourceNotFound(
            f"no annotated article (NAME.txt with NAME{SUFFIX}) in {folder}", source=str(folder)
        )
    return {file.name.removesuffix(SUFFIX): json.loads(file.read_text(encoding="utf-8")) for file in files}


def article_texts(folder: Path) -> dict[str, str]:
    """The texts of the annotated articles of a folder by their names, no character moved."""
    names = sorted(file.name.removesuffix(SUFFIX) for file in folder.glob(f"*{SUFFIX}"))
    return {name: _text(folder / f"{name}.txt") for name in names}


def score(
    gold: Mapping[str, Mapping[str, Any]],
    predictions: Mapping[str, Mapping[str, Any]],
    lengths: Mapping[str, int],
    broader: Mapping[str, str | None] | None = None,
) -> Scores:
    """The scores of predictions, by document name; a document without prediction counts as empty.

    `lengths` are those of the texts in code points; `broader` gives each issue's parent, from the vocabulary if
    it is left out.
    """
    parents = issue_parents() if broader is None else broader
    return Scores(
        tuple(
            _document_scores(
                name,
                Comparison(annotation(gold[name]), annotation(predictions.get(name, {})), parents),
                lengths[name],
            )
            for name in sorted(gold)
        )
    )


def _document_scores(name: str, comparison: Comparison, length: int) -> DocumentScores:
    return DocumentScores(
        name,
        comparison.counts(length),
        comparison.overlap(),
        differences(comparison),
        comparison.gold.title,
    )


def issue_parents() -> dict[str, str | None]:
    """Each issue's next broader one, from the vocabulary."""
    from alliancegraph.ontology.vocabulary import load_vocabulary

    return {issue.id: issue.broader for issue in load_vocabulary().issues}


def format_table(scores: Scores) -> str:
    """A table of the totals: precision, recall, F1 and the numbers of annotated and predicted items."""
    lines = [f"{len(scores.documents)} documents"]
    lines.append(f"{'layer':18}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred':>7}")
    for layer, count in scores.totals.items():
        shares = f"{count.precision:7.3f}{count.recall:7.3f}{count.f1:7.3f}"
        lines.append(f"{layer:18}{shares}{count.gold:7}{count.predicted:7}")
    return "\n".join(lines) + "\n"


def format_overlap(scores: Scores) -> str:
    """One line: how many of the items that were found are so by a passage that overlaps the annotated one."""
    found = scores.overlap
    return f"evidence overlap {found.share:.2f} ({found.overlapping} of {found.matched} matched items)\n"


def format_documents(scores: Scores) -> str:
    """A table of F1 by document and layer."""
    width = max(len(document.name) for document in scores.documents)
    lines = [f"{'document':{width}}" + "".join(f"{layer:>18}" for layer in LAYERS)]
    for document in scores.documents:
        cells = "".join(f"{document.counts[layer].f1:18.3f}" for layer in LAYERS)
        lines.append(f"{document.name:{width}}{cells}")
    return "\n".join(lines) + "\n"


def format_errors(scores: Scores) -> str:
    """What was missed and what is spurious in each document, one item a line."""
    lines: list[str] = []
    for document in scores.documents:
        lines.append(f"== {document.name}")
        lines += [f"  missed {item}" for item in document.missed]
        lines += [f"  spurious {item}" for item in document.spurious]
    return "\n".join(lines) + "\n"


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as handle:
        return handle.read()
