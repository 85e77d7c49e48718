"""Fit what a confidence means: the share of statements that is right, for each layer, on annotated articles.

usage: python benchmarks/calibrate.py GOLD_DIR... [--write]

Prints, for each layer, the points of the curve from the product of weights that the extractors give to the share that was
right, and beside them the mean error of the confidence (Brier score) before and after, each article judged by a curve
that was fitted without it. With --write the points replace `extract/confidence.tsv`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from alliancegraph.extract.calibration import LAYERS, Judged, judged
from alliancegraph.extract.comparison import Comparison
from alliancegraph.extract.confidence import TABLE, Scale, fitted
from alliancegraph.extract.evaluation import issue_parents, read_annotations
from alliancegraph.extract.interchange import to_json
from alliancegraph.extract.matching import annotation
from alliancegraph.extract.pipeline import weighted
from alliancegraph.extract.reading import read

FILE: Final = Path(__file__).resolve().parent.parent / "extract" / TABLE
HEADER: Final = """# What share of statements is right at which product of weights; written by benchmarks/calibrate.py.
# layer, weight, share
"""


def judged_items(folder: Path) -> list[list[Judged]]:
    """The items of each article of a folder, judged, with the weights that the extractors give."""
    parents = issue_parents()
    found = []
    for name, gold in read_annotations(folder).items():
        prediction = to_json(weighted(read(str(folder / f"{name}.txt"))))
        comparison = Comparison(annotation(gold), annotation(prediction), parents)
        found.append(list(judged(comparison, prediction)))
    return found


def scale(articles: Sequence[Sequence[Judged]], layer: str) -> Scale:
    """The scale of a layer that fits some articles."""
    items = [item for article in articles for item in article if item.layer == layer]
    return fitted([item.confidence for item in items], [item.right for item in items])


def errors(articles: Sequence[Sequence[Judged]], layer: str) -> tuple[float, float]:
    """Brier scores of the weights as they are, and of scales fitted without the article that is judged."""
    before = after = count = 0.0
    for number, article in enumerate(articles):
        curve = scale([*articles[:number], *articles[number + 1 :]], layer)
        for item in article:
            if item.layer == layer:
                before += (item.confidence - item.right) ** 2
                after += (curve.share(item.confidence) - item.right) ** 2
                count += 1
    return before / count, after / count


def main() -> None:
    """Fit, print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    articles = [article for folder in args.folders for article in judged_items(folder)]
    lines = []
    print(f"{len(articles)} articles\n{'layer':12}{'error before':>14}{'after':>8}  points (weight: share)")
    for layer in LAYERS:
        curve = scale(articles, layer)
        points = list(zip(curve.weights, curve.shares, strict=True))
        before, after = errors(articles, layer)
        print(f"{layer:12}{before:14.3f}{after:8.3f}  " + ", ".join(f"{w:.2f}: {s:.2f}" for w, s in points))
        lines += [f"{layer}\t{weight}\t{share}\n" for weight, share in points]
    if args.write:
        FILE.write_text(HEADER + "".join(lines), encoding="utf-8")
        print(f"written to {FILE.name}")


if __name__ == "__main__":
    main()
