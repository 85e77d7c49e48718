"""The plain parse says what the language model's own says."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliancegraph.extract.language import pipeline
from alliancegraph.extract.tokens import Parse, Span

ARTICLES = Path(__file__).parent / "articles"
WORDS = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_")
LINKS = ("head", "left_edge", "right_edge")
GROUPS = ("lefts", "rights", "children", "conjuncts", "subtree", "ancestors")
SENTENCES = (
    "France, Italy and Spain signed it; the EU, too, will send ships to the Gulf in May. Nobody asked why.",
    "The minister said that Japan - which chairs the group - and its partners, however late, had agreed.\n\nYes.",
)


@pytest.mark.parametrize("name", ["op-ed-taiwan-chips.txt", "telegram-nuclear-fleet-1964.txt"])
def test_words_are_those_of_the_language_model(name: str) -> None:
    """Each word has the grammar that spaCy gives it."""
    doc = pipeline()((ARTICLES / name).read_text())
    parse = Parse([doc])
    assert parse.text == doc.text
    assert len(parse) == len(doc)
    for ours, theirs in zip(parse, doc, strict=True):
        assert [getattr(ours, n) for n in WORDS] == [getattr(theirs, n) for n in WORDS]
        assert (ours.is_punct, ours.is_space) == (theirs.is_punct, theirs.is_space)
        assert [getattr(ours, n).i for n in LINKS] == [getattr(theirs, n).i for n in LINKS]
        for group in GROUPS:
            assert [t.i for t in getattr(ours, group)] == [t.i for t in getattr(theirs, group)]
        assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)


@pytest.mark.parametrize("text", SENTENCES)
def test_stretches_are_those_of_the_language_model(text: str) -> None:
    """Every stretch of words has the text, the ends, the entities and the root that spaCy gives it."""
    doc = pipeline()(text)
    parse = Parse([doc])
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            ours, theirs = Span(parse, start, end), doc[start:end]
            assert (ours.text, len(ours), repr(ours)) == (theirs.text, len(theirs), repr(theirs))
            assert (ours.start_char, ours.end_char) == (theirs.start_char, theirs.end_char)
            assert ours.root.i == theirs.root.i
            assert [(e.start, e.end, e.label_) for e in ours.ents] == [
                (e.start, e.end, e.label_) for e in theirs.ents
            ]


def test_pieces_follow_one_another() -> None:
    """Words, sentences and entities of a second piece stand behind those of the first."""
    nlp = pipeline()
    parse = Parse(map(nlp, SENTENCES))
    assert parse.text == "".join(SENTENCES)
    assert [parse.text[t.idx : t.idx + len(t.text)] for t in parse] == [t.text for t in parse]
    assert [t.i for t in parse] == list(range(len(parse)))
    assert [e.text for e in parse.ents] == ["France", "Italy", "Spain", "EU", "Gulf", "May", "Japan"]
    assert [s.text for s in parse.sents if "asked" in s.text] == ["Nobody asked why."]


def test_who_is_above_whom() -> None:
    """A word is above those that hang on it, and not above itself."""
    parse = Parse([pipeline()("Japan welcomed the offer.")])
    assert [repr(t) for t in parse if parse[1].is_ancestor(t)] == ["Japan", "the", "offer", "."]


def test_nothing_has_no_words() -> None:
    """An empty text is an empty parse."""
    parse = Parse([])
    assert (list(parse), parse.text, parse.sents, parse.ents) == ([], "", [], [])
