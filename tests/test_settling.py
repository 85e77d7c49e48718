"""What stays for the whole run leaves the garbage collector's rounds once, before the second document."""

from __future__ import annotations

import gc

import pytest

from alliancegraph.extract.settling import settle


def test_settled_before_the_second_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first document of a vocabulary, the third and later ones change nothing."""
    calls: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: calls.append("collect"))
    monkeypatch.setattr(gc, "freeze", lambda: calls.append("freeze"))
    for _ in range(4):
        settle("a vocabulary of this test")
    assert calls == ["collect", "freeze"]
