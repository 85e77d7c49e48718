"""Speed of extraction beside the bare language model on the same texts, and memory over many documents.

usage: python benchmarks/extraction.py [FOLDER] [--rounds N]
       python benchmarks/extraction.py --memory [N]

The first prints words per second of the model as it is installed, one text at a time and in a batch, and of the whole
extraction: medians over rounds in which all take turns, after one round that counts for none. Wanted is that extraction
reads at least 60 % as many words per second as the model one text at a time. Also the CPU time of `alliancegraph --help`.

The second extracts N documents (1,000 unless told otherwise) made of paragraphs of the articles in tests/articles and
examples, with names in them that no other document has, and prints peak and growth of resident memory by hundred.
Wanted is that it grows by less than 5 % from document 200 on.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.language import installed, model_name
from alliancegraph.extract.model import Document
from alliancegraph.extract.pipeline import extract
from alliancegraph.extract.reading import document, read

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
ARTICLES = ROOT / "tests" / "articles"
SUFFIXES = (".txt", ".md", ".html")
WANTED, GROWTH = 60, 5
PARAGRAPHS, NEW_NAMES = 10, 30
"""Of one document of the memory test."""
STEP, SETTLED = 100, 200
_NAME = re.compile(r"\b[A-Z][a-z]{4,}\b")


def main() -> None:
    """Measure and print."""
    warnings.filterwarnings("ignore", message=r"\[W095\]")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, nargs="?", const=1000, metavar="N")
    args = parser.parse_args()
    if args.memory:
        memory(args.memory)
    else:
        speed([read(str(path)) for path in files(args.folder)], args.rounds)


def files(folder: Path) -> list[Path]:
    """The articles of a folder."""
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)


# ---------------------------------------------------------------- speed


def speed(documents: Sequence[Document], rounds: int) -> None:
    """Print a table of words per second."""
    bare = installed(model_name())
    texts = [clean(article).text for article in documents]
    words = sum(len(text.split()) for text in texts)
    times: dict[str, list[float]] = {
        "model, text by text": [],
        "model, in a batch": [],
        "whole extraction": [],
    }
    single, batch, whole = times.values()
    for number in range(rounds + 1):
        one = every = 0.0
        for article, text in zip(documents, texts, strict=True):
            one += seconds(partial(bare, text))
            every += seconds(partial(extract, article))
        together = seconds(lambda: list(bare.pipe(texts)))
        if number:
            single.append(one)
            whole.append(every)
            batch.append(together)
    print(f"{len(documents)} documents, {words} words, {rounds} rounds, CPU seconds (medians)")
    print(f"{'':38}{'seconds':>9}{'words/s':>10}")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:38}{median:9.3f}{words / median:10.0f}")
    for name, measured in (("text by text", single), ("in a batch", batch)):
        share = statistics.median(100 * a / b for a, b in zip(measured, whole, strict=True))
        wanted = f" (wanted: {WANTED})" if measured is single else ""
        print(f"{f'% of the model {name}{wanted}':38}{share:9.1f}")
    print(f"{'alliancegraph --help, CPU s (0.3)':38}{help_seconds():9.2f}")


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that a function takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def help_seconds() -> float:
    """CPU seconds (user and system) of `alliancegraph --help`, the median of five."""
    measured = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "alliancegraph", "--help"], stdout=subprocess.DEVNULL, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        measured.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(measured)


# ---------------------------------------------------------------- memory


def memory(count: int) -> None:
    """Print resident memory by hundred documents."""
    print(f"{'documents':>9}{'words':>9}{'resident MB':>13}{'peak MB':>9}{f'% above {SETTLED}':>13}")
    words, settled = 0, 0.0
    for number, text in enumerate(recombined(count), 1):
        words += len(text.split())
        extract(document(text, f"made-{number}.txt", date="2024-05-06"))
        if number % STEP == 0 or number == count:
            now, peak = resident()
            settled = now if number <= SETTLED else settled
            growth = f"{100 * (now / settled - 1):13.1f}" if number > SETTLED else ""
            print(f"{number:9}{words:9}{now:13.1f}{peak:9.1f}{growth}", flush=True)
    print(f"wanted: less than {GROWTH} % above")


def recombined(count: int) -> Iterator[str]:
    """Texts made of paragraphs of our own articles; the same ones each time."""
    cleaned = [clean(read(str(path))) for path in (*files(ARTICLES), *files(EXAMPLES))]
    paragraphs = [text.block_text(block) for text in cleaned for block in text.of("body", "quote", "item")]
    names = sorted({name for text in paragraphs for name in _NAME.findall(text)})
    for number in range(count):
        chance = random.Random(number)
        text = "\n\n".join(chance.sample(paragraphs, PARAGRAPHS))
        places = list(_NAME.finditer(text))
        chosen = chance.sample(places, min(NEW_NAMES, len(places)))
        for match in sorted(chosen, key=lambda m: -m.start()):
            first, second = chance.sample(names, 2)
            text = text[: match.start()] + first[:4] + second[2:].lower() + text[match.end() :]
        yield text


def resident() -> tuple[float, float]:
    """Resident memory in megabytes now (where the system tells; else the peak), and the peak."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    status = Path("/proc/self/statm")
    pages = int(status.read_text().split()[1]) if status.exists() else 0
    return pages * resource.getpagesize() / 2**20 or peak, peak


if __name__ == "__main__":
    main()
