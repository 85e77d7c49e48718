"""News pages of many makes: the article and nothing else, with what the page says of itself, each at its place in the page."""

from __future__ import annotations

from types import ModuleType

import pytest
from bench_scripts import bench_script

from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.reading import document

SPURIOUS = {
    ("ministry", "chile"),
    ("interpreter-drupal", "a frigate of the class under trial off sasebo defence imagery"),
    ("interpreter-drupal", "frigates do not deter an invasion"),
}
"""A country's name as the main heading above the title; a caption; a pulled quotation."""
UNSTATED = {("blogger", "authors")}
"""The author's name stands below the post only."""


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The script that scores pages."""
    return bench_script("pages")


def test_the_article_is_told_from_the_page(bench: ModuleType) -> None:
    """On 21 pages every paragraph is found, and what is spurious is known; title, authors, publisher and date are right."""
    found = [(page, *bench.ours(page)) for page in bench.pages(bench.FOLDER)]
    result = bench.score([(page, texts) for page, texts, _ in found])
    assert len(found) == 21
    assert result.missed == []
    assert set(result.spurious) == SPURIOUS
    wrong = {
        (page.name, name)
        for page, _, values in found
        for name, stated, value in zip(bench.FIELDS, page.stated, values, strict=True)
        if stated and stated != value
    }
    assert wrong == UNSTATED


def test_paragraphs_stand_at_their_places_in_the_page(bench: ModuleType) -> None:
    """Each block's first and last characters are those of the page at the offsets given."""
    for page in bench.pages(bench.FOLDER):
        text = clean(document(page.html, page.name, media_type="text/html"))
        for block in text.of("body", "item", "quote"):
            start, end = text.to_source(block.start, block.end)
            words = text.block_text(block)
            assert page.html[start] == words[0]
            assert page.html[end - 1] == words[-1]
