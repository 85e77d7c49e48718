"""The same work on a Dask cluster of separate processes: equal graphs, workers that die, and clusters that are not there."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import types
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import pytest
from corpus_tasks import Obedient, built, task
from distributed.core import Status

from alliancegraph import cli
from alliancegraph.corpus import cluster
from alliancegraph.corpus.outcome import CRASH, TIMEOUT, Failure, Outcome
from alliancegraph.ontology.errors import CorpusError

PATIENCE = 60.0
"""Seconds after which a condition that does not come is a failure."""
TEXT = (
    "Japan supports the treaty on climate change, and the United States opposes it, as all of them know well."
)


class Cluster:
    """A scheduler and two workers on loopback."""

    def __init__(self, place: Path, stack: ExitStack) -> None:
        file = place / "scheduler.json"
        shared = ["--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1"]
        dask = str(Path(sys.executable).with_name("dask"))
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parent),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2",
        }
        self.scheduler, *self.nannies = (
            self._started([dask, *command, *shared], environment, stack, place / "log")
            for command in (["scheduler", "--port", "0"], *[["worker", "--nthreads", "1"]] * 2)
        )
        self.address = self._address(file)

    @staticmethod
    def _started(
        command: list[str], environment: dict[str, str], stack: ExitStack, log: Path
    ) -> subprocess.Popen[bytes]:
        output = stack.enter_context(log.open("ab"))
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        stack.callback(process.wait)
        stack.callback(end_session, process.pid)
        return process

    @staticmethod
    def _address(file: Path) -> str:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return str(json.loads(file.read_text(encoding="utf-8"))["address"])
            except (FileNotFoundError, ValueError):
                assert time.monotonic() < end
                time.sleep(0.1)


def end_session(process: int) -> None:
    """End a process and all that it started."""
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for these tests."""
    with ExitStack() as stack:
        yield Cluster(tmp_path_factory.mktemp("cluster"), stack)


def outcomes(dask: Cluster, work: Obedient, texts: dict[str, str], timeout: float = 60) -> list[Outcome]:
    """The outcomes of documents with those texts."""
    items = (task(source, text) for source, text in texts.items())
    return list(cluster.outcomes(work, items, address=dask.address, workers=1, timeout=timeout))


def test_outcomes_are_in_order(dask: Cluster, tmp_path: Path) -> None:
    """They come in the order of the documents, from both workers."""
    work = Obedient(tmp_path / "log")
    texts = {f"d{number}": f"sleep {0.3 if number % 3 == 0 else 0.1}" for number in range(12)}
    assert outcomes(dask, work, texts) == [built(task(source, text)) for source, text in texts.items()]
    assert len(work.processes()) == 2


def test_a_worker_that_dies_loses_nothing(dask: Cluster, tmp_path: Path) -> None:
    """Its documents are done again, there or elsewhere."""
    work = Obedient(tmp_path / "log")
    texts = {"a": "", "b": "once", **{f"d{number}": "sleep 0.1" for number in range(10)}}
    assert outcomes(dask, work, texts) == [built(task(source, text)) for source, text in texts.items()]
    assert work.starts("b") == 2


def test_a_document_that_ends_every_worker_is_named(dask: Cluster, tmp_path: Path) -> None:
    """All others are done, though Dask blames those beside it too."""
    work = Obedient(tmp_path / "log")
    texts = {"a": "", "b": "crash", **{f"d{number}": "sleep 0.1" for number in range(10)}}
    found = outcomes(dask, work, texts)
    reason = "b: ends every worker of the cluster that reads it; take it out, or report it"
    assert found[1] == Failure("b", "b", CRASH, reason, "print of b")
    del texts["b"]
    assert [found[0], *found[2:]] == [built(task(source, text)) for source, text in texts.items()]
    assert work.starts("b") >= 2 * cluster.ATTEMPTS


def test_a_document_that_takes_too_long(dask: Cluster, tmp_path: Path) -> None:
    """It is given up after its time, without a second try, and its worker replaced."""
    work = Obedient(tmp_path / "log")
    found = outcomes(dask, work, {"a": "hang", "b": "", "c": ""}, timeout=3)
    reason = "a: takes longer than --document-timeout; split it, or allow it more"
    assert found == [Failure("a", "a", TIMEOUT, reason, "print of a"), built(task("b")), built(task("c"))]
    assert work.starts("a") == 1


def test_the_command_builds_the_same_graph(
    dask: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Extraction on the cluster, with a vocabulary of one's own, gives the bytes of extraction here."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.html").write_text(
        f"<html><body><p>{TEXT} So does Ruritania.</p></body></html>", encoding="utf-8"
    )
    (folder / "c.jsonl").write_text(
        json.dumps({"text": f"Ruritania thinks: {TEXT}"}) + "\n", encoding="utf-8"
    )
    (folder / "d.txt").touch()
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix ag: <https://w3id.org/alliancegraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://w3id.org/alliancegraph/actor/ruritania> a ag:State ; skos:prefLabel "Ruritania"@en .\n',
        encoding="utf-8",
    )
    printed, graphs = [], []
    for name, options in (("here", []), ("there", ["--scheduler", dask.address])):
        store = ["--store", str(tmp_path / name)]
        assert cli.main(["build", str(folder), "--vocabulary", str(mine), *options, *store]) == 1
        printed.append(capsys.readouterr().out)
        assert cli.main(["export", str(tmp_path / f"{name}.trig"), *store]) == 0
        graphs.append((tmp_path / f"{name}.trig").read_bytes())
    assert graphs[0] == graphs[1]
    assert printed[0] == printed[1]
    assert b"actor:ruritania" in graphs[1]


def test_a_cluster_that_goes_away(tmp_path: Path) -> None:
    """What was done is told, then one line says how to go on."""
    with ExitStack() as stack:
        mine = Cluster(tmp_path, stack)
        work = Obedient(tmp_path / "work")
        items = (task(f"d{number}", f"sleep {number}") for number in range(60))
        found = cluster.outcomes(work, items, address=mine.address, workers=1, timeout=60)
        assert next(found) == built(task("d0", "sleep 0"))
        mine.scheduler.kill()
        with pytest.raises(
            CorpusError, match=r"^the cluster tcp://127\.0\.0\.1:\d+ went away; what was stored is kept"
        ):
            list(found)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("localhost:8786", "localhost:8786: is no scheduler; write tcp://HOST:PORT, or one of kubernetes, slurm"),
        ("tcp://127.0.0.1:1", "the cluster tcp://127.0.0.1:1 does not answer, or has no worker; start it, then try again"),
        ("slurm", "--scheduler needs dask_jobqueue; install it: pip install 'alliancegraph[slurm]'"),
        ("kubernetes", "--scheduler needs dask_kubernetes; install it: pip install 'alliancegraph[kubernetes]'"),
    ],
)  # fmt: skip
def test_schedulers_that_are_not_there(
    address: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each is one line with what to do, and leaves no store."""
    monkeypatch.setattr(cluster, "PATIENCE", 2.0)
    for module in ("dask_jobqueue", "dask_kubernetes"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    store = str(tmp_path / "store")
    assert cli.main(["build", str(tmp_path / "a.txt"), "--scheduler", address, "--store", store]) == 2
    assert capsys.readouterr().err == f"error: {message}\n"
    assert not Path(store).exists()


class Started:
    """In place of a cluster class of another package."""

    asked: list[dict[str, Any]]
    address: str

    def __init__(self, **asked: Any) -> None:
        self.asked.append(asked)
        self.scheduler_address, self.status = self.address, Status.running

    def __enter__(self) -> Self:
        """The cluster itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """That the cluster was closed."""
        self.asked.append({"closed": True})


@pytest.mark.parametrize("name", sorted(cluster.MANAGED))
def test_managed_clusters_are_started_and_ended(
    name: str, dask: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package's class is asked for the workers, and closed at the end; the packages themselves cannot run here."""
    module, class_name = cluster.MANAGED[name]
    made: Any = types.ModuleType(module)
    started = type("Started", (Started,), {"asked": [], "address": dask.address})
    setattr(made, class_name, started)
    parent = module.partition(".")[0]
    monkeypatch.setitem(sys.modules, parent, types.ModuleType(parent))
    monkeypatch.setitem(sys.modules, module, made)
    work = Obedient(tmp_path / "log")
    assert list(cluster.outcomes(work, [task("a")], address=name, workers=3, timeout=60)) == [
        built(task("a"))
    ]
    assert started.asked == [{"n_workers": 3}, {"closed": True}]


def test_a_managed_cluster_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the package says is part of the line."""

    def refuse(**_: object) -> None:
        raise ValueError("You must specify how much memory\nto use")

    made: Any = types.ModuleType("dask_jobqueue")
    made.SLURMCluster = refuse
    monkeypatch.setitem(sys.modules, "dask_jobqueue", made)
    message = "slurm starts no cluster (You must specify how much memory to use); see docs/corpora.md"
    with pytest.raises(CorpusError, match=re.escape(message)):
        list(cluster.outcomes(Obedient(Path("log")), [], address="slurm", workers=1, timeout=1))


def test_another_version_on_the_cluster(tmp_path: Path, dask: Cluster) -> None:
    """A worker with another vocabulary or version refuses, so that no store mixes them."""
    from alliancegraph.corpus.outcome import Stop
    from alliancegraph.corpus.work import Work

    (found,) = cluster.outcomes(
        Work("0123456789abcdef", version="9.9"),
        [task("a", TEXT)],
        address=dask.address,
        workers=1,
        timeout=60,
    )
    assert isinstance(found, Stop)
    assert re.fullmatch(
        r"a worker has alliancegraph \S+ with vocabulary [0-9a-f]{12}, here are 9\.9 and 0123456789ab; "
        "install the same version everywhere",
        found.reason,
    )
