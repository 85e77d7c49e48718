"""Worker processes: outcomes in order, faults that cost one document, bounds on what is under way, and no orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from corpus_tasks import Obedient, built, environment, task

from alliancegraph.corpus import ordering, processes
from alliancegraph.corpus.outcome import CRASH, MEMORY, TIMEOUT, Failure, Outcome, Task, Unchanged
from alliancegraph.ontology.errors import CorpusError

PATIENCE = 60.0
"""Seconds after which a condition that does not come is a failure."""


@pytest.fixture
def work(tmp_path: Path) -> Obedient:
    """Work with a log."""
    return Obedient(tmp_path / "log")


def outcomes(work: Obedient, texts: dict[str, str], workers: int = 2, timeout: float = 60) -> list[Outcome]:
    """The outcomes of documents with those texts."""
    items = (task(source, text) for source, text in texts.items())
    return list(processes.outcomes(work, items, workers=workers, timeout=timeout))


def awaited(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    """Whether a process still does anything."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return "State:\tZ" not in status


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_outcomes_are_in_order(work: Obedient, workers: int) -> None:
    """They come in the order of the documents, however long each takes and however many work."""
    texts = {f"d{number}": f"sleep {0.2 if number % 3 == 0 else 0}" for number in range(9)}
    assert outcomes(work, texts, workers) == [built(task(source, text)) for source, text in texts.items()]
    assert 1 <= len(work.processes()) <= workers


def test_a_document_that_crashes_is_isolated(work: Obedient) -> None:
    """A segmentation fault costs that document, which was tried twice; all others are done."""
    texts = {"a": "", "b": "crash", "c": "", "d": "crash", "e": ""}
    found = outcomes(work, texts)
    reason = "ends the process that reads it (SIGSEGV); take it out, or report it with the article"
    assert found == [
        built(task("a")),
        Failure("b", "b", CRASH, f"b: {reason}", "print of b"),
        built(task("c")),
        Failure("d", "d", CRASH, f"d: {reason}", "print of d"),
        built(task("e")),
    ]
    assert [work.starts(source) for source in texts] == [1, 2, 1, 2, 1]


def test_a_process_that_is_killed_loses_nothing(work: Obedient) -> None:
    """Its document is done by another one."""
    assert outcomes(work, {"a": "once", "b": ""}) == [built(task("a")), built(task("b"))]
    assert work.starts("a") == 2


def test_documents_that_take_too_long(work: Obedient) -> None:
    """One that waits and one that computes without end are given up after their time, and their processes ended."""
    found = outcomes(work, {"a": "hang", "b": "", "c": "stuck", "d": ""}, timeout=6)
    reason = "takes longer than 6 seconds; split it, or allow it more with --document-timeout"
    assert [o.kind if isinstance(o, Failure) else "" for o in found] == [TIMEOUT, "", TIMEOUT, ""]
    assert isinstance(found[0], Failure)
    assert found[0].reason == f"a: {reason}"
    awaited(lambda: not any(map(is_alive, work.processes())))


def test_a_process_that_ran_out_of_memory_is_replaced(work: Obedient) -> None:
    """What else it lost is unknown."""
    found = outcomes(work, {"a": "memory", "b": "", "c": ""}, workers=1)
    assert [o.kind if isinstance(o, Failure) else "" for o in found] == [MEMORY, "", ""]
    assert len(work.processes()) == 2


def test_unchanged_documents_start_no_process(monkeypatch: pytest.MonkeyPatch, work: Obedient) -> None:
    """What is unchanged passes by, and failures stay in their place, without any worker."""

    def refuse(_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(processes, "Worker", refuse)
    items = [Unchanged("a"), Failure("b", "b", "NotText", "b: is empty"), Unchanged("c")]
    assert (
        sorted(
            processes.outcomes(work, items, workers=2, timeout=1),
            key=lambda outcome: outcome.source,
        )
        == items
    )


class Waiting:
    """A document that is done when the test says so."""

    def __init__(self, one: Task) -> None:
        self.one, self.is_done = one, False

    def done(self) -> bool:
        """Whether it is done."""
        return self.is_done

    def result(self) -> Outcome:
        """Its outcome."""
        self.is_done = True
        return built(self.one)


def test_documents_under_way_are_bounded() -> None:
    """No more are taken than may be under way, and none is held longer than it must."""
    taken: list[Waiting] = []

    def submit(one: Task) -> Waiting:
        taken.append(Waiting(one))
        return taken[-1]

    found = ordering.in_order((task(f"d{n}") for n in range(1000)), submit, 2)
    assert next(found) == built(task("d0"))
    most = ordering.AHEAD + 2 * ordering.FOR_EACH
    assert len(taken) == most
    for waiting in taken[:10]:
        waiting.is_done = True
    for number in range(1, 10):
        assert next(found) == built(task(f"d{number}"))
    assert len(taken) == most
    assert sum(1 for _ in found) == 990


def test_bytes_under_way_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large documents are taken one at a time."""
    monkeypatch.setattr(ordering, "MOST_BYTES", 100)
    taken: list[str] = []

    def submit(one: Task) -> Waiting:
        taken.append(one.source)
        return Waiting(one)

    texts = {"a": 60, "b": 40, "c": 1, "d": 500, "e": 1}
    found = ordering.in_order((task(s, "x" * size) for s, size in texts.items()), submit, 2)
    assert next(found) == built(task("a", "x" * 60))
    assert taken == ["a", "b"]
    assert [outcome.source for outcome in found if not isinstance(outcome, Failure)] == ["b", "c", "d", "e"]


def test_unchanged_documents_do_not_wait() -> None:
    """They are told at once, so that they take no room from what is done."""
    items: list[Task | Unchanged] = [task("a"), *(Unchanged(f"u{n}") for n in range(500)), task("b")]
    found = [outcome.source for outcome in ordering.in_order(items, Waiting, 1)]
    assert found == [*(f"u{n}" for n in range(500)), "a", "b"]


def test_no_process_starts(monkeypatch: pytest.MonkeyPatch, work: Obedient) -> None:
    """A system that has no more processes is one clear line."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    with pytest.raises(
        CorpusError, match=r"^no worker starts \(Resource temporarily unavailable\); try fewer --workers$"
    ):
        outcomes(work, {"a": ""})


def test_processes_compute_with_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """They inherit it, and what the user set stays as it is, here and there."""
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    (found,) = processes.outcomes(environment, [task("a")], workers=1, timeout=60)
    assert found == Failure("a", "a", "1", "3")
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def unimportable(one: Task) -> Outcome:
    """Work that no other process knows, where its module is known in this one only."""
    return built(one)


def test_a_process_that_cannot_begin(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No document is to blame where a worker ends before it takes one."""
    module = types.ModuleType("known_here_only")
    module.unimportable = unimportable  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(unimportable, "__module__", module.__name__)
    with pytest.raises(
        CorpusError, match=r"^no worker starts \(exit code 1\); see above, and try fewer --workers$"
    ):
        list(processes.outcomes(unimportable, [task("a")], workers=1, timeout=60))
    assert "No module named 'known_here_only'" in capfd.readouterr().err


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A build of three documents that hang, in a process of its own, ended when the test is."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("a.txt", "hang"), ("b.txt", "stuck"), ("c.txt", "hang")):
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "corpus_tasks", folder, tmp_path / "store", tmp_path / "log"]
    process = subprocess.Popen(command, cwd=Path(__file__).parent, text=True, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_behind(
    parent: subprocess.Popen[str], work: Obedient, ending: signal.Signals
) -> None:
    """Workers end with the build, however that ends, also those that compute without end."""
    awaited(lambda: work.log.exists() and len(work.processes()) == 2)
    workers = work.processes()
    assert all(map(is_alive, workers))
    parent.send_signal(ending)
    parent.wait(PATIENCE)
    awaited(lambda: not any(map(is_alive, workers)))
