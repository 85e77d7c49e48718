"""What reading by meaning brings and costs: issues found with and without the sentence encoder, and words per second.

usage: python benchmarks/meaning.py GOLD_DIR...

GOLD_DIR holds annotated articles as for `alliancegraph evaluate`. The encoder must be installed; the error says how.
Prints for each folder precision, recall and F1 of issues without and with it, then the CPU seconds of its start
(loading, and the wordings of all issues) and the words per second of extraction without and with it.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from alliancegraph.extract.encoder import Encoder, sentence_encoder
from alliancegraph.extract.evaluation import evaluate
from alliancegraph.extract.model import Document
from alliancegraph.extract.pipeline import extract
from alliancegraph.extract.reading import read
from alliancegraph.ontology.errors import AllianceGraphError

WARM_UP = "They spoke of the weather for an hour and parted as friends. " * 5


def row(folder: Path, encoder: Encoder | None) -> str:
    """A line of the table: how well the issues of a folder are found."""
    count = evaluate(folder, encoder=encoder).totals["issues"]
    how = "with" if encoder else "without"
    return f"{folder.name:16}{how:10}{count.precision:8.3f}{count.recall:8.3f}{count.f1:8.3f}"


def speed(documents: list[Document], encoder: Encoder | None) -> float:
    """Words per CPU second of extraction."""
    start = time.process_time()
    for document in documents:
        extract(document, encoder=encoder)
    return sum(len(document.text.split()) for document in documents) / (time.process_time() - start)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", metavar="GOLD_DIR", nargs="+", type=Path)
    folders = parser.parse_args().folders
    extract(Document("https://w3id.org/alliancegraph/document/0", WARM_UP, "warm-up"))
    start = time.process_time()
    try:
        encoder = sentence_encoder()
    except AllianceGraphError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    extract(Document("https://w3id.org/alliancegraph/document/0", WARM_UP, "warm-up"), encoder=encoder)
    begun = time.process_time() - start
    print(f"{'folder':16}{'meaning':10}{'P':>8}{'R':>8}{'F1':>8}")
    for folder in folders:
        print(row(folder, None))
        print(row(folder, encoder))
    documents = [read(str(path)) for folder in folders for path in sorted(folder.glob("*.txt"))]
    print(f"\nstart of the encoder {begun:.1f} s")
    print(f"words/s without {speed(documents, None):,.0f}, with {speed(documents, encoder):,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
