"""Work on a store that a test ends with `kill -9`; run in a process forked from one that has everything loaded."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from factories import sample_extraction

from alliancegraph.cli import main
from alliancegraph.extract.pipeline import extract
from alliancegraph.extract.reading import document
from alliancegraph.graph.bulk import load_file
from alliancegraph.graph.store import Store
from alliancegraph.ontology.errors import StoreError
from alliancegraph.ontology.vocabulary import load_vocabulary

extract(document("Japan supports free trade.", source="warm-up.txt"), load_vocabulary())


def replacing(ready: Any, store: Path) -> None:
    """One document, replaced by another reading of itself and back, without end."""
    one = sample_extraction()
    other = replace(one, positions=())
    with Store.open(store) as opened:
        ready.set()
        while True:
            opened.replace(other)
            opened.replace(one)


def loading(ready: Any, store: Path, file: Path) -> None:
    """A file loaded in bulk."""
    ready.set()
    load_file(file, store)


def building(ready: Any, store: Path, articles: Path) -> None:
    """A folder of articles built."""
    ready.set()
    main(["build", str(articles), "--store", str(store)])


WORK: dict[str, Callable[..., None]] = {"replacing": replacing, "loading": loading, "building": building}


def work(name: str, ready: Any, *places: Path) -> None:
    """One of `WORK`, in its own process."""
    WORK[name](ready, *places)


def in_small_files(path: Path, said: Path) -> None:
    """Write on where no file may become larger than the kernel allows, and note what comes of it."""
    said.write_text("x" * 1000, encoding="utf-8")
    try:
        with Store.open(path) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.RLIM_INFINITY))
            store.replace(sample_extraction())
    except StoreError as error:
        said.write_text(str(error), encoding="utf-8")
        os._exit(0)
    os._exit(1)
