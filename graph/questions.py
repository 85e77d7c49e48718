"""The SPARQL of this folder, which lives in `sparql/`."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def question(name: str) -> str:
    """The text of `sparql/NAME`, such as `entries.rq`."""
    folder = resources.files("alliancegraph.graph").joinpath("sparql")
    return folder.joinpath(name).read_text(encoding="utf-8")
