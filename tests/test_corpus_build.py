"""Builds of folders: the journal, failures that are kept, what is pruned, and builds that are killed and go on."""

from __future__ import annotations

import json
import os
import pty
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from corpus_tasks import Obedient, refusing

from alliancegraph import cli
from alliancegraph.commands.console import rate
from alliancegraph.corpus import build as building
from alliancegraph.corpus import processes
from alliancegraph.corpus.articles import Article, articles
from alliancegraph.corpus.build import Leftover, Plan, build, failures_file
from alliancegraph.corpus.outcome import Failure, Settled
from alliancegraph.graph.export import export
from alliancegraph.graph.remote_servers import is_address, place_of
from alliancegraph.graph.store import Store
from alliancegraph.ontology.errors import CorpusError, UsageError

PATIENCE = 120.0
"""Seconds after which a condition that does not come is a failure."""


class Folder:
    """A folder of documents that say what to do, and the store that is built from them."""

    def __init__(self, place: Path, texts: dict[str, str]) -> None:
        self.articles, self.store, self.place = place / "in", place / "store", place
        self.work = Obedient(place / "log")
        self.write(texts)

    def write(self, texts: dict[str, str]) -> None:
        """Files with those texts."""
        for name, text in texts.items():
            path = self.articles / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def build(self, **options: object) -> list[Settled]:
        """The outcomes of a build."""
        found: list[Settled] = []
        self.leftover = build(self.plan(**options), found.append, self.work)
        return found

    def plan(self, **options: object) -> Plan:
        """The plan of a build."""
        return Plan((str(self.articles),), self.store, **{"workers": 2, "timeout": 60.0, **options})  # type: ignore[arg-type]

    def held(self) -> list[str]:
        """The sources that the store holds."""
        with Store.open(self.store, read_only=True) as store:
            return [entry.source for entry in store.entries()]

    def failures(self) -> list[dict[str, str]]:
        """What the list of failures says."""
        path = self.store / "failures.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def trig(self) -> bytes:
        """The graph as one file."""
        target = self.place / "graph.trig"
        with Store.open(self.store, read_only=True) as store:
            export(store, target)
        return target.read_bytes()


@pytest.fixture
def make(tmp_path: Path) -> Callable[[dict[str, str]], Folder]:
    """Makes a folder."""
    return lambda texts: Folder(tmp_path, texts)


Make = Callable[[dict[str, str]], Folder]


def kinds(outcomes: list[Settled]) -> dict[str, str]:
    """What became of each source."""
    return {o.source: o.kind if isinstance(o, Failure) else type(o).__name__ for o in outcomes}


def test_only_what_is_new_or_changed_is_done(make: Make) -> None:
    """What is stored as it is starts no worker and is not done again."""
    folder = make({"a.txt": "", "b.txt": "one", "c/d.txt": "two"})
    assert kinds(folder.build()) == {"a.txt": "Built", "b.txt": "Built", "c/d.txt": "Built"}
    folder.write({"b.txt": "changed", "e.txt": ""})
    assert kinds(folder.build()) == {
        "a.txt": "Unchanged",
        "b.txt": "Built",
        "c/d.txt": "Unchanged",
        "e.txt": "Built",
    }
    assert [folder.work.starts(name) for name in ("a.txt", "b.txt", "c/d.txt", "e.txt")] == [1, 2, 1, 1]
    assert folder.held() == ["a.txt", "b.txt", "c/d.txt", "e.txt"]


def test_an_unchanged_folder_starts_no_process(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run reads and compares, nothing more."""
    folder = make({"a.txt": "", "b.txt": ""})
    folder.build()

    def refuse(_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(processes, "Worker", refuse)
    assert kinds(folder.build()) == {"a.txt": "Unchanged", "b.txt": "Unchanged"}


@pytest.mark.parametrize(
    "options", [{"force": True}, {"date": "2011"}, {"min_confidence": 0.5}, {"meaning": True}]
)
def test_other_settings_are_a_change(
    make: Make, options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever changes what is extracted means that it is done again, and `force` always."""
    monkeypatch.setattr("alliancegraph.extract.encoder.encoder_folder", lambda: None)
    folder = make({"a.txt": ""})
    folder.build()
    assert kinds(folder.build(**options)) == {"a.txt": "Built"}


def test_another_model_is_a_change(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another language model read is read again."""
    folder = make({"a.txt": ""})
    folder.build()
    monkeypatch.setenv("ALLIANCEGRAPH_MODEL", "another")
    assert kinds(folder.build()) == {"a.txt": "Built"}


def test_rows_are_documents_of_their_own(make: Make) -> None:
    """Of a changed file of many only the changed rows are done."""
    rows = [{"id": "a", "text": "one"}, {"id": "b", "text": "two"}]
    folder = make({"c.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    assert kinds(folder.build()) == {"c.jsonl#a": "Built", "c.jsonl#b": "Built"}
    rows[1]["text"] = "three"
    folder.write(
        {"c.jsonl": "".join(json.dumps(row) + "\n" for row in [*rows, {"text": "four"}, {"text": ""}])}
    )
    assert kinds(folder.build()) == {
        "c.jsonl#a": "Unchanged",
        "c.jsonl#b": "Built",
        "c.jsonl#3": "Built",
        "c.jsonl": "BadRow",
    }


def test_failures_are_kept_until_they_succeed(make: Make) -> None:
    """Each is a line with its reason, sorted; those that cost a worker wait for a change, `retry`, or `force`."""
    folder = make({"z.txt": "crash", "a.txt": "", "m.txt": "memory"})
    found = folder.build()
    assert kinds(found) == {"a.txt": "Built", "m.txt": "memory", "z.txt": "crash"}
    lines = folder.failures()
    assert [(line["source"], line["file"], line["kind"]) for line in lines] == [
        ("m.txt", "m.txt", "memory"),
        ("z.txt", "z.txt", "crash"),
    ]
    assert lines[1]["reason"] == (
        "z.txt: ends the process that reads it (SIGSEGV); take it out, or report it with the article"
    )
    assert set(lines[0]) == {"source", "file", "kind", "reason", "fingerprint"}
    before = (folder.store / "failures.jsonl").read_bytes()
    assert [o for o in folder.build() if isinstance(o, Failure)] == [
        o for o in found if isinstance(o, Failure)
    ]
    assert [folder.work.starts(name) for name in ("a.txt", "m.txt", "z.txt")] == [1, 1, 2]
    assert (folder.store / "failures.jsonl").read_bytes() == before
    assert kinds(folder.build(retry=True)) == {"m.txt": "memory", "z.txt": "crash"}
    assert [folder.work.starts(name) for name in ("a.txt", "m.txt", "z.txt")] == [1, 2, 4]
    folder.write({"z.txt": ""})
    assert kinds(folder.build()) == {"a.txt": "Unchanged", "m.txt": "memory", "z.txt": "Built"}
    assert [line["source"] for line in folder.failures()] == ["m.txt"]
    folder.write({"m.txt": ""})
    assert kinds(folder.build(retry=True)) == {"m.txt": "Built"}
    assert not (folder.store / "failures.jsonl").exists()
    assert folder.build(retry=True) == []


def test_failures_of_rows_and_files(make: Make) -> None:
    """A row that was mended, and a file that can be read again, leave the list."""
    good, bad = json.dumps({"text": "one"}), json.dumps({"text": ""})
    folder = make({"a.txt": "", "c.jsonl": f"{good}\n{bad}\n", "d.csv": ""})
    assert kinds(folder.build())["c.jsonl"] == "BadRow"
    assert [(line["source"], line["kind"]) for line in folder.failures()] == [
        ("c.jsonl", "BadRow"),
        ("d.csv", "NotText"),
    ]
    folder.write({"c.jsonl": f"{good}\n{good}\n", "d.csv": "text\ntwo\n"})
    assert kinds(folder.build(retry=True)) == {
        "c.jsonl#1": "Unchanged",
        "c.jsonl#2": "Built",
        "d.csv#2": "Built",
    }
    assert not (folder.store / "failures.jsonl").exists()


def test_a_list_of_failures_that_is_none(make: Make) -> None:
    """Another file in its place is one clear line."""
    folder = make({"a.txt": ""})
    other = folder.place / "mine.jsonl"
    other.write_text("[1]\n", encoding="utf-8")
    with pytest.raises(
        CorpusError, match=r"mine\.jsonl: is no list of failures; move it away, or name another"
    ):
        folder.build(failures=other)


@pytest.mark.parametrize(
    ("store", "file"),
    [
        ("here", "here/failures.jsonl"),
        (
            "https://me:secret@example.org:7200/repositories/x",
            "example-org-7200-repositories-x-failures.jsonl",
        ),
    ],
)
def test_where_failures_are_kept(store: str, file: str) -> None:
    """In the store's folder; for a remote store in the working folder, without credentials in the name."""
    place = place_of(store) if is_address(store) else Path(store)
    assert failures_file(place) == Path(file)


def test_what_is_gone_is_kept_or_pruned(make: Make) -> None:
    """It is counted, and taken out on demand; what could not be read stays."""
    good, bad = json.dumps({"id": "x", "text": "one"}), json.dumps({"id": "x", "text": ""})
    folder = make({"a.txt": "", "b.txt": "", "c.jsonl": good + "\n", "d.jsonl": good + "\n"})
    folder.build()
    assert folder.leftover == Leftover(0)
    (folder.articles / "a.txt").unlink()
    folder.write({"c.jsonl": bad + "\n", "d.jsonl": json.dumps({"id": "y", "text": "two"})})
    folder.build()
    assert folder.leftover == Leftover(2)
    assert folder.held() == ["a.txt", "b.txt", "c.jsonl#x", "d.jsonl#x", "d.jsonl#y"]
    folder.build(prune=True)
    assert folder.leftover == Leftover(2, removed=True)
    assert folder.held() == ["b.txt", "c.jsonl#x", "d.jsonl#y"]
    with pytest.raises(UsageError, match="cannot go with --prune"):
        folder.build(prune=True, retry=True)


def test_work_that_no_document_can_pass(make: Make) -> None:
    """Where nothing can be done, the build ends with the reason, and leaves no store."""
    folder = make({"a.txt": "", "b.txt": ""})
    with pytest.raises(CorpusError, match=r"^the model is missing$"):
        build(folder.plan(), lambda outcome: None, refusing)
    assert [path.name for path in folder.place.iterdir()] == ["in"]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    """As sorting all paths would give them, each once, though none is held."""
    names = ("b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "a-b.txt", "é.md", "Z.txt", "a/.hidden/x.txt")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = [article.name for article in articles([str(tmp_path)])]
    visible = [tmp_path / name for name in (*names, "gone.txt") if ".hidden" not in name]
    assert found == [path.relative_to(tmp_path).as_posix() for path in sorted(visible)]
    twice = list(articles([str(tmp_path / "a"), str(tmp_path / "a" / "z.txt")]))
    assert twice == [
        Article(str(tmp_path / "a" / "b" / "c.txt"), "b/c.txt"),
        Article(str(tmp_path / "a" / "z.txt"), "z.txt"),
    ]


@contextmanager
def started(*command: object, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that is ended with the test, and after a while in any case."""
    process = subprocess.Popen(list(map(str, command)), text=True, **options)
    ending = Timer(PATIENCE, process.kill)
    ending.start()
    try:
        yield process
    finally:
        ending.cancel()
        process.kill()
        process.communicate()


def start(folder: Folder) -> AbstractContextManager[subprocess.Popen[str]]:
    """A build of a folder in a process of its own, which says what it has done."""
    command = [sys.executable, "-m", "corpus_tasks", folder.articles, folder.store, folder.work.log]
    return started(*command, cwd=Path(__file__).parent, stdout=subprocess.PIPE)


def killed_after(folder: Folder, documents: int) -> int:
    """Start a build, kill it when it has done so many documents, and return how many it told."""
    with start(folder) as process:
        assert process.stdout is not None
        told = sum(1 for _ in islice(process.stdout, documents))
        process.kill()
        return told + len(process.stdout.read().split())


def test_killed_builds_go_on_where_they_stopped(make: Make) -> None:
    """Killed at eight moments, a build ends with the graph of one that was not; no stored document is done again."""
    texts = {f"d{number:03}.txt": f"sleep 0.00{number % 7}" for number in range(160)}
    whole = Folder(make(texts).place / "whole", texts)
    whole.build()
    folder = make(texts)
    chance = random.Random(4)
    before: dict[str, int] = {}
    for _ in range(8):
        told = killed_after(folder, chance.randint(1, 25))
        held = folder.held() if folder.store.exists() else []
        assert len(held) >= len(before) + told // 10 * 10
        assert {name: folder.work.starts(name) for name in before} == before
        before = {name: folder.work.starts(name) for name in held}
    folder.build()
    assert {name: folder.work.starts(name) for name in before} == before
    assert folder.held() == sorted(texts)
    assert folder.trig() == whole.trig()


def test_an_interrupted_build_keeps_what_was_done(make: Make) -> None:
    """After Control-C everything that was told as done is stored."""
    folder = make({f"d{number:03}.txt": "sleep 0.1" for number in range(200)})
    with start(folder) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(5)]
        process.send_signal(signal.SIGINT)
        told += process.stdout.read().split()
        assert process.wait(PATIENCE) != 0
    assert len(told) < 200
    assert folder.held() == told


def test_interrupt_of_the_command(tmp_path: Path) -> None:
    """The command ends with code 130 and one line."""
    (tmp_path / "a.txt").write_text("Japan supports the treaty. " * 30_000, encoding="utf-8")
    command = [sys.executable, "-m", "alliancegraph", "build", tmp_path / "a.txt", "--store", tmp_path / "s"]
    with started(*command, stderr=subprocess.PIPE) as process:
        end = time.monotonic() + PATIENCE
        while worker_of(process.pid) is None:
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read() == "error: interrupted; what was stored before is kept\n"
        assert process.wait(PATIENCE) == 130


def worker_of(parent: int) -> str | None:
    """The worker that a build has started, if there is one."""
    children = (
        path.read_text(encoding="ascii").split() for path in Path("/proc").glob(f"{parent}/task/*/children")
    )
    lines = {child: Path(f"/proc/{child}/cmdline").read_bytes() for found in children for child in found}
    return next((child for child, line in lines.items() if b"spawn_main" in line), None)


def test_watching_a_folder(tmp_path: Path) -> None:
    """What is added is done in the next round; rounds without change are silent; the end is an interrupt."""
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    text = "Japan supports the treaty on climate change, and that is all that there is to say of it."
    (folder / "a.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "alliancegraph", "build", folder, "--store", store, "--watch", "1"]
    with started(*command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == f"1 stored in {store}, 0 unchanged, 0 failed\n"
        for name, content in (("c.txt", ""), ("b.txt", text + " So be it.")):
            (folder / "new").write_text(content, encoding="utf-8")
            (folder / "new").rename(folder / name)
        assert process.stderr.readline().startswith("error: c.txt: is empty")
        assert process.stderr.readline() == f"1 stored in {store}, 1 unchanged, 1 failed\n"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "error: interrupted; what was stored before is kept\n"
        assert process.wait(PATIENCE) == 130


def test_options_reach_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command line offers is what a build is asked for."""
    plans: list[Plan] = []

    def record(plan: Plan, told: object) -> Leftover:
        plans.append(plan)
        return Leftover(3, removed=plan.prune)

    monkeypatch.setattr(building, "build", record)
    options = ["--workers", "3", "--document-timeout", "7", "--force", "--failures", "f.jsonl", "--prune"]
    options += ["--scheduler", "tcp://localhost:1", "--store", str(tmp_path / "s")]
    assert cli.main(["build", "a.txt", *options]) == 0
    assert plans == [
        Plan(
            ("a.txt",),
            tmp_path / "s",
            workers=3,
            scheduler="tcp://localhost:1",
            timeout=7.0,
            force=True,
            prune=True,
            failures=Path("f.jsonl"),
        )
    ]


def test_second_run_of_the_command(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no longer there is spoken of, with the option that takes it out."""
    text = "Japan supports the treaty on climate change, and that is all that there is to say of it."
    folder = make({"a.txt": text, "b.txt": text + " So be it."})
    command = ["build", str(folder.articles), "--store", str(folder.store)]
    assert cli.main(command) == 0
    (folder.articles / "b.txt").unlink()
    capsys.readouterr()
    counted = f"0 stored in {folder.store}, 1 unchanged, 0 failed"
    assert cli.main(command) == 0
    assert (
        capsys.readouterr().err == f"{counted}, 1 kept that the folder does not hold (--prune removes them)\n"
    )
    assert cli.main([*command, "--prune"]) == 0
    assert capsys.readouterr().err == f"{counted}, 1 removed\n"
    assert cli.main(command) == 0
    assert capsys.readouterr().err == f"{counted}\n"


def test_duplicates_do_not_depend_on_workers(make: Make) -> None:
    """Two sources of one text are one document with both names, told as the later one tells it."""
    text = "Japan supports the treaty on climate change, and that is all that there is to say of it."
    folder = make({"a.txt": text, "b.md": text, "c.txt": text + " So be it."})
    graphs = []
    for workers in ("1", "2"):
        store = folder.place / f"store-{workers}"
        assert cli.main(["build", str(folder.articles), "--store", str(store), "--workers", workers]) == 0
        folder.store = store
        assert folder.held() == ["a.txt", "b.md", "c.txt"]
        graphs.append(folder.trig())
    assert graphs[0] == graphs[1]


@pytest.mark.parametrize(
    ("done", "seconds", "told"), [(30, 2.0, "15.0/s"), (3, 6.0, "30.0/min"), (1, 0.0, "0.0/min")]
)
def test_rate(done: int, seconds: float, told: str) -> None:
    """Documents a second, or a minute where they take longer."""
    assert rate(done, seconds) == told


def test_progress_on_a_terminal(make: Make) -> None:
    """After two seconds a terminal shows how many are done, how fast, and the time that is left; a pipe shows nothing."""
    texts = {
        f"d{number}.txt": f"Japan supports the treaty, as was said {number} times." for number in range(3)
    }
    texts["d1.txt"] *= 900
    folder = make(texts)
    command = [
        sys.executable,
        "-m",
        "alliancegraph",
        "build",
        str(folder.articles),
        "--store",
        str(folder.store),
    ]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "COLUMNS": "100"}
    )
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # Linux says so when the other end is closed
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    assert process.wait(PATIENCE) == 0
    plain = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", shown)
    assert re.search(rb"extracting .* [123]/3 [0-9.]+/(s|min) [0-9-]+:[0-9-]{2}:[0-9-]{2} d[012]\.txt", plain)
    assert plain.endswith(f"3 stored in {folder.store}, 0 unchanged, 0 failed\r\n".encode())
