"""A time series as files: one for each slice, or one that holds all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from alliancegraph.graph.writing import write_whole
from alliancegraph.networks.dynamic import dynamic_gexf
from alliancegraph.networks.events import date_text
from alliancegraph.networks.files import SUFFIXES, content
from alliancegraph.networks.matrix_files import matrix_object
from alliancegraph.networks.series import Dated
from alliancegraph.ontology.errors import OutputError, UsageError

SLICE: Final = "{slice}"
"""Stands for the name of a slice in the name of a file."""
TOGETHER: Final = ("gexf", "json")
"""Formats in which one file can hold all slices."""


def pattern_of(output: Path | None, format_: str) -> Path | None:
    """The name of the files with `{slice}` in it, or None where one file, or standard output, takes all slices.

    Raises `UsageError` where neither is meant.
    """
    if output is not None and SLICE in str(output):
        return output
    if output is not None and output.is_dir():
        return output / f"{SLICE}.{SUFFIXES.get(format_, format_)}"
    if format_ in TOGETHER:
        return None
    message = f"a time series has a {format_} file for each slice: name an existing folder, or put {SLICE} into the name"
    raise UsageError(
        f"{message}, as in -o 'out/{SLICE}.{SUFFIXES.get(format_, format_)}'; gexf and json hold all in one"
    )


def together(networks: Sequence[Dated], format_: str) -> bytes:
    """All slices in one of `TOGETHER`: a dynamic GEXF, or a JSON object with a list of them."""
    if format_ == "gexf":
        return dynamic_gexf(networks)
    listed = [
        {
            "slice": network.slice.name,
            "start": date_text(network.slice.window.start),
            "end": date_text(network.slice.window.end),
            "statements": len(network.slice.statements),
            **matrix_object(network.matrix),
        }
        for network in networks
    ]
    return (json.dumps({"slices": listed}, ensure_ascii=False) + "\n").encode()


def apart(networks: Sequence[Dated], format_: str, pattern: Path) -> dict[Path, bytes]:
    """A file for each slice."""
    return {
        Path(str(pattern).replace(SLICE, network.slice.name)): content(
            network.matrix, format_, network.slice.statements
        )
        for network in networks
    }


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write every file or, where one cannot be written, none that was not there before; raise `OutputError`."""
    new: list[Path] = []
    try:
        for path, data in files.items():
            if not path.exists():
                new.append(path)
            write_whole(path, data)
    except OutputError:
        for path in new:
            path.unlink(missing_ok=True)
        raise
