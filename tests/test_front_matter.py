"""Front matter of Markdown files: what it states, and that the text after it keeps its places."""

from __future__ import annotations

import pytest

from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.front_matter import front_matter
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.reading import document

ENGLISH = (
    "The alliance of the two states has lasted for decades, and it will be renewed by their parliaments."
)


def of_yaml(block: str) -> Stated:
    """What a YAML block states."""
    text = f"---\n{block}\n---\nThe text."
    found, start = front_matter(text)
    assert text[start:] == "The text."
    return found


@pytest.mark.parametrize(
    ("block", "stated"),
    [
        ("title: A pact for the north", Stated(title="A pact for the north")),
        ("title: 'Ann''s pact'  # a comment", Stated(title="Ann's pact")),
        (r'title: "A \"new\" pact: what now?"', Stated(title='A "new" pact: what now?')),
        ("title: A pact: what now? # a comment", Stated(title="A pact: what now?")),
        ("title: >-\n  A pact\n  for the north\nlayout: post", Stated(title="A pact for the north")),
        ("title: |\n  A pact", Stated(title="A pact")),
        ("title:\n  A pact\n  for the north", Stated(title="A pact for the north")),
        ("Title: A pact\nAuthor: By Ann Lee", Stated(title="A pact", authors=("Ann Lee",))),
        ("author: Ann Lee and Bo Chen", Stated(authors=("Ann Lee", "Bo Chen"))),
        ("author: Lee, Ann; Chen, Bo", Stated(authors=("Ann Lee", "Bo Chen"))),
        ('authors: [Ann Lee, "Bo Chen"]', Stated(authors=("Ann Lee", "Bo Chen"))),
        ("authors: [\n  Ann Lee,\n  Bo Chen\n]", Stated(authors=("Ann Lee", "Bo Chen"))),
        ("authors:\n- Ann Lee\n- Bo Chen", Stated(authors=("Ann Lee", "Bo Chen"))),
        (
            "authors:\n  - name: Ann Lee\n    affiliation: Example Institute\n  - name: Bo Chen",
            Stated(authors=("Ann Lee", "Bo Chen")),
        ),
        ("author:\n  name: Ann Lee\n  email: ann@example.org", Stated(authors=("Ann Lee",))),
        ("author: ann@example.org", Stated()),
        ("date: 2011-05-03T10:00:00Z", Stated(date="2011-05-03")),
        ("date: 3 May 2011", Stated(date="2011-05-03")),
        ("published: 2011-05", Stated(date="2011-05")),
        ("date: soon", Stated()),
        (
            "source: https://herald.example.org/1\npublisher: Example Herald",
            Stated(publisher="Example Herald", url="https://herald.example.org/1"),
        ),
        ("source: Example Herald", Stated(publisher="Example Herald")),
        ("lang: en_gb", Stated(language="en-GB")),
        ("language: English", Stated(language="en")),
        ("permalink: /a/b.html\nurl: https://example.org/b", Stated(url="https://example.org/b")),
        ("layout: post\ntags: [a, b]", Stated()),
        ("# only\ntitle: A pact\n\n# comments\nauthor:\n", Stated(title="A pact")),
        ("params:\n  author: Ann Lee", Stated(authors=("Ann Lee",))),
    ],
)
def test_yaml(block: str, stated: Stated) -> None:
    """The forms in which front matter writes its fields."""
    assert of_yaml(block) == stated


def test_toml() -> None:
    """Front matter between plus signs is TOML, with its own dates and tables."""
    text = (
        '\ufeff+++\r\ntitle = "A pact"\r\nauthors = ["Ann Lee"]\r\ndate = 2011-05-03T10:00:00Z\r\n'
        '[params]\r\npublisher = "Example Herald"\r\n+++\r\nThe text.'
    )
    found, start = front_matter(text)
    assert found == Stated("A pact", ("Ann Lee",), "Example Herald", "2011-05-03")
    assert text[start:] == "The text."


@pytest.mark.parametrize(
    "text",
    [
        "The text.",
        "---\n\nThe text between two rules. It goes on.\n\n---\n\nMore.",
        "---\nAnn Lee: Welcome.\nBo Chen: Thank you.\n---\nMore.",
        "---\ntitle: A pact\n\nNo end of it.",
        "+++\nno toml\n+++\nMore.",
        "---\n---\nMore.",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    """Text between rules stays text."""
    assert front_matter(text) == (Stated(), 0)


def test_document_with_front_matter() -> None:
    """Front matter is no text of the article, and the places after it count from the start of the stored text."""
    text = f"---\ntitle: A pact\nlanguage: en-GB\nurl: https://example.org/1\n---\n\n{ENGLISH}\n"
    found = document(text, "pact.md", media_type="text/markdown")
    assert (found.text, found.title, found.language, found.url) == (
        text,
        "A pact",
        "en-GB",
        "https://example.org/1",
    )
    cleaned = clean(found)
    assert cleaned.text == ENGLISH
    start, end = cleaned.to_source(0, len(ENGLISH))
    assert found.text[start:end] == ENGLISH


def test_page_states_language_and_address() -> None:
    """A page's language and address are taken from its head; another language than the text's is not."""
    head = '<meta property="og:url" content="https://example.org/1">'
    for lang, language in (("en-us", "en-US"), ("de", "en")):
        page = f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body><p>{ENGLISH}</p></body></html>'
        found = document(page, "pact.html")
        assert (found.language, found.url) == (language, "https://example.org/1")
