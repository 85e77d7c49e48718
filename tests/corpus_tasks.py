"""Work that does what its document says, in a worker process: end it, hang, run out of memory, or be done at once."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

from alliancegraph.corpus.outcome import MEMORY, Built, Failure, Outcome, Settled, Stop, Task
from alliancegraph.extract.reading import Content
from alliancegraph.extract.sources import Raw
from alliancegraph.graph.catalogue import Entry
from alliancegraph.graph.packing import Packed

SUBJECT = "https://example.org/document/"


@dataclass(frozen=True)
class Obedient:
    """Work on texts such as `sleep 0.1`, `crash`, `once`, `hang`, `stuck`, `memory`; each start leaves a line in `log`."""

    log: Path

    def __call__(self, task: Task) -> Outcome:
        """A graph of one quad, unless the text says otherwise."""
        body = task.content.body
        what, _, rest = (body.data.decode() if isinstance(body, Raw) else body.text).partition(" ")
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{task.source} {os.getpid()}\n")
        if what == "sleep":
            time.sleep(float(rest))
        elif what == "crash" or (what == "once" and self.starts(task.source) == 1):
            os.kill(os.getpid(), signal.SIGSEGV if what == "crash" else signal.SIGKILL)
        elif what == "hang":
            time.sleep(600)
        elif what == "stuck":
            sum(range(10**12))  # in C, without letting other threads run
        elif what == "memory":
            return Failure(task.source, task.file, MEMORY, f"{task.source}: too much", task.fingerprint)
        return built(task)

    def starts(self, source: str) -> int:
        """How often a document was begun."""
        return sum(line.split()[0] == source for line in self.log.read_text(encoding="utf-8").splitlines())

    def processes(self) -> set[int]:
        """The processes that worked."""
        return {int(line.split()[1]) for line in self.log.read_text(encoding="utf-8").splitlines()}


def built(task: Task) -> Built:
    """The outcome of a document whose graph names its source and fingerprint."""
    document = f"{SUBJECT}{task.source}"
    name = "http://purl.org/dc/terms/"
    lines = [
        f'<{document}> <{name}identifier> "{task.fingerprint}" <{document}> .\n',
        f'<{document}> <{name}source> "{task.source}" <{document}> .\n',
    ]
    made = Entry(task.source, document, task.fingerprint, "0", "0")
    return Built(task.source, Packed(made, "".join(lines).encode()), (1, 0, 0, 0, 0))


def refusing(_: Task) -> Outcome:
    """Work that cannot be done."""
    return Stop("the model is missing")


def environment(one: Task) -> Outcome:
    """The settings of linear algebra in this process."""
    return Failure(one.source, one.file, os.environ["OPENBLAS_NUM_THREADS"], os.environ["OMP_NUM_THREADS"])


def task(source: str, text: str = "") -> Task:
    """A task for a document with that text."""
    return Task(Content(source, Raw(text.encode(), source), None), source, f"print of {source}")


def main(folder: str, store: str, log: str) -> int:
    """A build of a folder by `Obedient`, in a process that may be killed: a line for each document, ten for a batch."""
    from alliancegraph.corpus import writer
    from alliancegraph.corpus.build import Plan, build

    def told(outcome: Settled) -> None:
        if isinstance(outcome, Built):
            click.echo(outcome.source)

    writer.BATCH_DOCUMENTS = 10  # type: ignore[misc]
    build(Plan((folder,), Path(store), workers=2), told, Obedient(Path(log)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
