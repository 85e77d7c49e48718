"""Rules that are remembered say what the language model's own say."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alliancegraph.extract import remembering
from alliancegraph.extract.language import DEFAULT_MODEL, _join_prefixed_words, installed, pipeline
from alliancegraph.extract.remembering import remember_rules

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ARTICLES = Path(__file__).parent / "articles"
TEXTS = (
    "Let's go, they're gonna sign it. C'mon, y'all! There is nothin' that ain't been said; I gotta ask whether it's so.",
    "The ministers met and did not agree. Are ships that they've sent to be seen as theirs? I'd doubt it, whilst you do.",
    (ARTICLES / "report-ecowas-niger.txt").read_text(),
)


def _installed() -> Language:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = installed(DEFAULT_MODEL)
    _join_prefixed_words(nlp)
    return nlp


@pytest.fixture(scope="module")
def plain() -> Language:
    """The language model with rules as they are installed."""
    return _installed()


def _said(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.pos_, t.tag_, str(t.morph), t.lemma_, t.dep_) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_is_said_of_each_word(text: str, plain: Language) -> None:
    """Part of speech, form and lemma are those of the model as installed, the first time and the second."""
    said = _said(plain(text))
    assert _said(pipeline()(text)) == said
    assert _said(pipeline()(text)) == said


def test_memory_is_bounded(plain: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory that is full begins anew and says the same."""
    monkeypatch.setattr(remembering, "MOST", 3)
    nlp = _installed()
    remember_rules(nlp)
    assert _said(nlp(TEXTS[0])) == _said(plain(TEXTS[0]))


def test_rules_of_another_make_are_left_as_they_are() -> None:
    """A ruler whose rules read other things, or several words, matches as before."""
    nlp = type(pipeline())()
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"ORTH": "US"}], [{"LOWER": {"REGEX": "^uk$"}}]], {"LEMMA": "state"})
    ruler.add([[{"LOWER": "the"}, {"LOWER": "hague"}]], {"LEMMA": "Hague"}, index=1)
    ruler.add([[{"LOWER": "us"}]], {"POS": "PRON"})
    before = [(t.text, t.pos_, t.lemma_) for t in nlp("The US, us, the UK and The Hague.")]
    remember_rules(nlp)
    after = [(t.text, t.pos_, t.lemma_) for t in nlp("The US, us, the UK and The Hague.")]
    assert after == before
    assert after[1:4:2] == [("US", "PRON", "state"), ("us", "PRON", "")]
