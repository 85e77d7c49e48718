"""A document's text in parts, the addresses of resources, and what is kept until the store changes."""

from __future__ import annotations

import asyncio

import pytest

from alliancegraph.serve.jobs import Answer
from alliancegraph.serve.site.addresses import path_of, resource_of
from alliancegraph.serve.site.caching import Cache
from alliancegraph.serve.site.texts import Piece, Span, cuts, part_of, pieces

BASE = "https://w3id.org/alliancegraph/"


def test_passages_that_overlap_are_cut_apart() -> None:
    """Each piece has the statements that all of it supports, the shortest passage first; a passage may reach in from before."""
    text = "0123456789"
    spans = [Span("wide", 1, 8), Span("narrow", 3, 5), Span("late", 4, 9), Span("empty", 2, 2)]
    assert pieces(text, spans, 0, 10) == [
        Piece("0", ()),
        Piece("12", ("wide",)),
        Piece("3", ("narrow", "wide")),
        Piece("4", ("narrow", "late", "wide")),
        Piece("567", ("late", "wide")),
        Piece("8", ("late",)),
        Piece("9", ()),
    ]
    assert pieces(text, spans, 6, 10) == [
        Piece("67", ("late", "wide")),
        Piece("8", ("late",)),
        Piece("9", ()),
    ]


def test_a_long_text_is_cut_at_lines() -> None:
    """A part ends with a line before 30,000 characters, and within a line only where that is longer."""
    lines = "x" * 9_999 + "\n"
    assert cuts(lines * 7, []) == [0, 30_000, 60_000]
    assert cuts("x" * 70_000, []) == [0, 30_000, 60_000]
    assert cuts("", []) == [0]
    assert [part_of([0, 30_000, 60_000], place) for place in (0, 29_999, 30_000, 69_999)] == [1, 1, 2, 3]


def test_a_part_has_a_number_of_passages() -> None:
    """At most 300 passages begin in a part, unless all of them begin at one place."""
    text = "abcdefghi\n" * 1000
    spans = [Span(f"s{number}", number * 10, number * 10 + 5) for number in range(1000)]
    begins = cuts(text, spans)
    assert begins == [0, 3000, 6000, 9000]
    assert cuts(
        text, [Span(f"s{number}", 500, 505) for number in range(1000)] + [Span("last", 700, 705)]
    ) == [
        0,
        500,
        700,
    ]


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (f"{BASE}actor/japan", "/actor/japan"),
        (f"{BASE}document/0123#position-45", "/document/0123/position-45"),
        (f"{BASE}ontology#Position", "/ontology/Position"),
        (f"{BASE}ontology", "/ontology"),
        (f"{BASE}event/a%20b/é", "/event/a%2520b/%C3%A9"),
        (f"{BASE}actor/odd.ttl", "/resource?iri=https%3A%2F%2Fw3id.org%2Falliancegraph%2Factor%2Fodd.ttl"),
        (f"{BASE}issue/a#b", "/resource?iri=https%3A%2F%2Fw3id.org%2Falliancegraph%2Fissue%2Fa%23b"),
        ("javascript:alert(1)", "/resource?iri=javascript%3Aalert%281%29"),
        ("http://example.org/a?b=c", "/resource?iri=http%3A%2F%2Fexample.org%2Fa%3Fb%3Dc"),
    ],
)
def test_every_iri_has_one_address(iri: str, path: str) -> None:
    """What is ours is at the path of its IRI, and that path leads back to it."""
    assert path_of(iri) == path
    if not path.startswith("/resource"):
        assert resource_of(path) == (iri, None)
        assert resource_of(f"{path}.jsonld") == (iri, "jsonld")


def test_other_paths_are_nothing_of_ours() -> None:
    """Only the folders of our IRIs are looked at, and a folder alone is none of them."""
    assert [resource_of(path) for path in ("/actor/", "/etc/passwd", "/", "/catalogue/x")] == [
        (None, None)
    ] * 4


def test_an_answer_is_made_once_for_a_state() -> None:
    """Who asks meanwhile waits for the same; another state, and an error, are made anew."""
    made: list[str] = []

    async def ask() -> list[bytes]:
        cache = Cache()

        async def make(status: int, body: bytes) -> Answer:
            made.append(body.decode())
            await asyncio.sleep(0)
            return Answer(status, "text/plain", body)

        both = await asyncio.gather(
            cache.get("page", 1, lambda: make(200, b"one")), cache.get("page", 1, lambda: make(200, b"two"))
        )
        later = [await cache.get("page", 1, lambda: make(200, b"three"))]
        later += [await cache.get("page", 2, lambda: make(500, b"four"))]
        later += [await cache.get("page", 2, lambda: make(200, b"five"))]
        return [kept.answer.body for kept in (*both, *later)]

    assert asyncio.run(ask()) == [b"one", b"one", b"one", b"four", b"five"]
    assert made == ["one", "four", "five"]
