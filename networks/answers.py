"""The SPARQL of this folder, and its answers as texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TypeAlias

import pyoxigraph

from alliancegraph.graph.store import Store

Row: TypeAlias = tuple[str | None, ...]


@cache
def _text(name: str) -> str:
    folder = resources.files("alliancegraph.networks").joinpath("sparql")
    return folder.joinpath(name).read_text(encoding="utf-8")


def answers(store: Store, name: str) -> Iterator[Row]:
    """The rows of `sparql/NAME`, under the columns that it selects; what is not bound is None."""
    solutions = store.query(_text(name))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for solution in solutions:
        yield tuple(term.value if term is not None else None for term in solution)
