"""Time of extraction beside the bare language pipeline on the same texts, in one run.

usage: python benchmarks/extraction.py [FOLDER] [--rounds N]

Prints a table: seconds and words per second of the bare pipeline and of the whole extraction (medians over the
rounds, taken in turns), and the ratio of extraction's own work to the pipeline's. Also the CPU time that
`alliancegraph --help` takes.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from alliancegraph.extract.language import pipeline
from alliancegraph.extract.model import Document
from alliancegraph.extract.parsing import parse
from alliancegraph.extract.pipeline import extract
from alliancegraph.extract.reading import read

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def timed(work: object, documents: list[Document]) -> float:
    """CPU seconds that a function takes over all documents."""
    start = time.process_time()
    for document in documents:
        work(document)  # type: ignore[operator]
    return time.process_time() - start


def help_seconds() -> float:
    """CPU seconds (user and system) of `alliancegraph --help`, the median of five."""
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "alliancegraph", "--help"], stdout=subprocess.DEVNULL, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    files = sorted(p for p in args.folder.iterdir() if p.suffix in (".txt", ".md", ".html"))
    documents = [read(str(path)) for path in files]
    nlp = pipeline()
    texts = {d.iri: parse(d, nlp).clean.text for d in documents}
    words = sum(len(text.split()) for text in texts.values())
    for document in documents:
        extract(document)
    rows = []
    for _ in range(args.rounds):
        bare = timed(lambda d: nlp(texts[d.iri]), documents)
        whole = timed(extract, documents)
        rows.append((bare, whole, (whole - bare) / bare))
    bare, whole, ratio = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"{len(documents)} documents, {words} words, {args.rounds} rounds, CPU seconds (medians)")
    print(f"{'':34}{'seconds':>9}{'words/s':>10}")
    print(f"{'bare language pipeline':34}{bare:9.3f}{words / bare:10.0f}")
    print(f"{'whole extraction':34}{whole:9.3f}{words / whole:10.0f}")
    print(f"{'own work / pipeline (at most 1.0)':34}{ratio:9.2f}")
    print(f"{'whole / pipeline (at most 2.0)':34}{whole / bare:9.2f}")
    print(f"{'alliancegraph --help, CPU s (0.3)':34}{help_seconds():9.2f}")


if __name__ == "__main__":
    main()
