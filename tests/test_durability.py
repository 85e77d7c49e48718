"""A store outlives what can happen to it: killed processes, full disks, damaged files."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction
from killed import in_small_files, work

from alliancegraph.cli import main
from alliancegraph.extract.model import Extraction
from alliancegraph.graph.builder import document_graph
from alliancegraph.graph.bulk import load_file
from alliancegraph.graph.embedded import EmbeddedEngine
from alliancegraph.graph.export import content, export
from alliancegraph.graph.folder import StoreFolder
from alliancegraph.graph.store import Store

KILLS = 18
"""For each of the three kinds of work; 54 in all."""
ARTICLES = {
    "summit.txt": "Leaders agree at Kyoto\nMay 3, 2011\n\nJapan and the United States met in Kyoto on May 2, 2011. "
    "Japan supports free trade. The United States opposes the new tariffs.",
    "talks.txt": "Talks in Berlin\nJune 12, 2012\n\nGermany welcomed the NATO summit in Chicago. "
    "Poland warned that Russia threatens the alliance. Berlin urged Moscow to withdraw its troops.",
    "visit.txt": "A visit to Seoul\nMarch 1, 2013\n\nSouth Korea and Australia signed an agreement on defence cooperation. "
    "Canberra condemned the nuclear test by North Korea.",
}


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that begin with everything loaded; their server finds modules by PYTHONPATH only."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["killed"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        context.Process(target=print).start()
    return context


def at_random_moments(
    processes: ForkServerContext, name: str, longest: float, *places: Path
) -> Iterator[None]:
    """Kill the work, begun anew each time, after up to so many seconds; yields after each kill."""
    moments = random.Random(name)
    for _ in range(KILLS):
        ready = processes.Event()
        process = processes.Process(target=work, args=(name, ready, *places))
        process.start()
        assert ready.wait(60)
        process.join(moments.uniform(0, longest))
        process.kill()
        process.join()
        yield


def duration(action: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def named(extraction: Extraction, source: str) -> Extraction:
    """The extraction as if it came from another source."""
    return replace(extraction, document=replace(extraction.document, source=source))


def is_whole(path: Path, documents: dict[str, bytes]) -> int:
    """How many documents a store holds, each of which must be as it is in a store that nothing happened to."""
    with Store.open(path, read_only=True) as store:
        graphs = {document.iri for document in store.documents()}
        assert isinstance(store.engine, EmbeddedEngine)
        named = {graph.value for graph in store.engine.data.named_graphs() if "/document/" in graph.value}
        assert named == graphs
        for iri in graphs:
            assert "\n".join(map(str, store.graph(iri))).encode() == documents[iri]
        return len(graphs)


def documents_of(path: Path) -> dict[str, bytes]:
    """The graphs of all documents of a store."""
    with Store.open(path, read_only=True) as store:
        return {d.iri: "\n".join(map(str, store.graph(d.iri))).encode() for d in store.documents()}


# ---------------------------------------------------------------- kill -9


def test_killed_while_replacing(processes: ForkServerContext, tmp_path: Path) -> None:
    """The document is wholly the one or wholly the other reading, whenever the writer dies."""
    path, iri = tmp_path / "store", document_iri(TEXT)
    one = sample_extraction()
    with Store.open(path) as store:
        store.replace(one)
        store.replace(second_extraction())
    readings = [document_graph(one), document_graph(replace(one, positions=()))]
    for _ in at_random_moments(processes, "replacing", 0.2, path):
        with Store.open(path, read_only=True) as store:
            assert store.graph(iri) in readings
            assert store.graph(second_extraction().document.iri) == document_graph(second_extraction())
            assert len(store.documents()) == 2


def test_killed_while_loading(processes: ForkServerContext, tmp_path: Path) -> None:
    """A bulk load that is killed leaves all that was there, and at the end all is loaded."""
    whole, file = tmp_path / "whole", tmp_path / "graph.nq"
    items = [named(sample_extraction(), "a"), named(second_extraction(), "b")]
    with Store.open(whole) as store:
        for item in items:
            store.replace(item)
        export(store, file)
    documents = documents_of(whole)
    for start in ("empty", "filled"):
        path = tmp_path / start
        if start == "filled":
            with Store.open(path) as store:
                store.replace(items[0])
        longest = duration(partial(load_file, file, tmp_path / f"timed-{start}"))
        for _ in itertools.islice(at_random_moments(processes, "loading", longest, path, file), KILLS // 2):
            if StoreFolder(path).exists():
                assert is_whole(path, documents) in ((0, 2) if start == "empty" else (1, 2))
        load_file(file, path)
        assert is_whole(path, documents) == 2


def test_killed_while_building(processes: ForkServerContext, tmp_path: Path) -> None:
    """A build that is killed leaves whole documents, goes on where it stopped, and ends as one that was never killed."""
    articles, path = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    longest = duration(lambda: main(["build", str(articles), "--store", str(tmp_path / "whole")]))
    documents = documents_of(tmp_path / "whole")
    held = 0
    for _ in at_random_moments(processes, "building", longest, path, articles):
        if StoreFolder(path).exists():
            now = is_whole(path, documents)
            assert now >= held
            held = now
    assert main(["build", str(articles), "--store", str(path)]) == 0
    with Store.open(tmp_path / "whole", read_only=True) as one, Store.open(path, read_only=True) as other:
        assert content(other, "trig") == content(one, "trig")


def test_leftovers_of_a_load(tmp_path: Path) -> None:
    """A folder that holds only what a killed load began becomes a store, and other parts of one do no harm."""
    for rest in ("data.1.part", "data.2.part"):
        (tmp_path / "store" / rest).mkdir(parents=True)
        (tmp_path / "store" / "changed").touch()
        with Store.open(tmp_path / "store") as store:
            store.replace(sample_extraction())
    assert [*documents_of(tmp_path / "store")] == [document_iri(TEXT)]


# ---------------------------------------------------------------- full disks


def test_no_space_left(processes: ForkServerContext, tmp_path: Path) -> None:
    """Where files cannot grow any more, a change fails with one line, and what was there before stays."""
    path = tmp_path / "store"
    with Store.open(path) as store:
        store.replace(second_extraction())
    process = processes.Process(target=in_small_files, args=(path, tmp_path / "said"))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert said.startswith(f"{path} cannot be written: ")
    assert said.endswith("; check the space left and the permissions")
    assert "File too large" in said
    with Store.open(path) as store:
        assert [d.source for d in store.documents()] == ["reversal.md"]
        assert store.graph(second_extraction().document.iri) == document_graph(second_extraction())
        store.replace(sample_extraction())
        assert len(store.documents()) == 2


# ---------------------------------------------------------------- damage


def damaged(path: Path, kind: str) -> None:
    """Damage the files of a store."""
    data = max(path.glob("data*"))
    tables = sorted(data.glob("*.sst"), key=lambda file: file.stat().st_size)
    if kind == "truncated":
        os.truncate(tables[-1], tables[-1].stat().st_size // 2)
    elif kind == "missing":
        tables[-1].unlink()
    else:
        os.truncate(next(data.glob("MANIFEST*")), 20)


@pytest.mark.parametrize("kind", ["truncated", "missing", "manifest"])
def test_damaged_store(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """A damaged store says so in one line that names the command that helps, and that command helps."""
    path, copy = tmp_path / "store", tmp_path / "copy"
    with Store.open(path) as store:
        store.put([])
        store.replace(sample_extraction())
        store.optimize()
    assert main(["backup", str(copy), "--store", str(path)]) == 0
    before = documents_of(path)
    damaged(path, kind)
    shutil.rmtree(path / "snapshots")
    capsys.readouterr()
    for command in (["stats"], ["remove", "lake-toya.txt"], ["query", "documents"]):
        assert main([*command, "--store", str(path)]) == 2
        said = capsys.readouterr().err
        assert said.startswith(f"error: {path} is damaged (Corruption: ")
        assert said.endswith(f"; bring a backup back with: alliancegraph restore BACKUP --store {path}\n")
        assert said.count("\n") == 1
    assert main(["restore", str(copy), "--store", str(path)]) == 0
    assert documents_of(path) == before
    with Store.open(path) as store:
        store.replace(second_extraction())
        assert len(store.documents()) == 2
    assert documents_of(copy) == before


def test_backup_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A backup over something, of nothing, and a restore from nothing or into a store in use are refused, with nothing done."""
    path = tmp_path / "store"
    with Store.open(path) as store:
        store.replace(sample_extraction())
        (tmp_path / "there").mkdir()
        assert main(["restore", str(tmp_path / "none"), "--store", str(path)]) == 2
        assert "none holds no store; make one with: " in capsys.readouterr().err
        assert main(["backup", str(tmp_path / "there"), "--store", str(path)]) == 2
        assert "there is there already; name a new folder for the backup" in capsys.readouterr().err
    assert main(["backup", str(tmp_path / "copy"), "--store", str(path)]) == 0
    assert main(["backup", str(tmp_path / "other"), "--store", str(tmp_path / "none")]) == 2
    capsys.readouterr()
    with Store.open(path) as store:
        assert main(["restore", str(tmp_path / "copy"), "--store", str(path)]) == 2
        assert "is in use by another process; wait until it is done" in capsys.readouterr().err
        store.replace(second_extraction())
    assert len(documents_of(path)) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "store", "there"]


def test_backup_beside_a_writer(tmp_path: Path) -> None:
    """A backup that is made while another writes holds what was published last, and is a store of its own."""
    from alliancegraph.graph.backup import backup

    path, copy = tmp_path / "store", tmp_path / "copy"
    with Store.open(path) as store:
        store.replace(sample_extraction())
    with Store.open(path) as store:
        store.replace(second_extraction())
        backup(path, copy)
    assert [*documents_of(copy)] == [document_iri(TEXT)]
    assert len(documents_of(path)) == 2
    inodes = {file.stat().st_ino for file in path.rglob("*")}
    assert inodes.isdisjoint({file.stat().st_ino for file in copy.rglob("*")})
