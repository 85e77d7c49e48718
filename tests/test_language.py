"""The language model forgets the words that it met once it knows the usual ones."""

from __future__ import annotations

import pytest

from alliancegraph.extract import language
from alliancegraph.extract.language import forgetful, pipeline
from alliancegraph.extract.parsing import parse
from alliancegraph.extract.reading import document

TEXT = "Mr. {0} of {0}burg met the leaders of Japan and Australia in {0}ville on 3 May 2011 and signed a {0} pact."


def _said(word: str) -> list[tuple[str, ...]]:
    text = parse(document(TEXT.format(word), "a.txt"), pipeline())
    return [(t.text, t.pos_, t.lemma_, t.dep_, t.ent_type_) for t in text.doc]


def test_words_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text is read as before, and its new words are not kept."""
    before = _said("Varnelisk")
    monkeypatch.setattr(language, "LEARNED", 0)
    strings = pipeline().vocab.strings
    size = len(strings)
    assert _said("Varnelisk") == before
    assert "Tormaquen" in [t[0] for t in _said("Tormaquen")]
    assert "Tormaquen" not in strings
    assert len(strings) == size


def test_a_model_that_failed_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error on the way leaves a model in disorder; the next text is read with a new one."""
    monkeypatch.setattr(language, "LEARNED", 0)
    failed = pipeline()
    with pytest.raises(RuntimeError, match="midway"), forgetful(failed):
        raise RuntimeError("midway")
    assert pipeline() is not failed
    assert _said("Varnelisk")[1][:3] == ("Varnelisk", "PROPN", "Varnelisk")


def test_few_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a model knows the usual words it learns."""
    monkeypatch.setattr(language, "LEARNED", 10**9)
    _said("Quenbarrow")
    assert "Quenbarrow" in pipeline().vocab.strings
