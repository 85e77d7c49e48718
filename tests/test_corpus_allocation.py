"""What Dask sets of the C library's memory is undone, and what a user sets is kept."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace

import pytest

from alliancegraph.corpus.allocation import keep_memory

TRIM, MMAP = -1, -3  # of glibc's malloc.h


@pytest.mark.parametrize(
    ("setting", "calls"),
    [
        ("65536", [(TRIM, 64 * 1024 * 1024), (MMAP, 32 * 1024 * 1024)]),
        ("131072", []),
        (None, []),
    ],
)
def test_only_what_dask_set_is_undone(
    monkeypatch: pytest.MonkeyPatch, setting: str | None, calls: list[tuple[int, int]]
) -> None:
    """Dask's own threshold is raised, any other is the user's."""
    made: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda option, value: made.append((option, value)))
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    if setting is None:
        monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)
    else:
        monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", setting)
    keep_memory.__wrapped__()
    assert made == calls


def test_another_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such option nothing happens."""
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "65536")
    keep_memory.__wrapped__()
