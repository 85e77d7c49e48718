"""The tokens of SPARQL: words are seen apart from strings, comments, IRIs and prefixed names."""

from __future__ import annotations

import pytest

from alliancegraph.graph.tokens import tokens, unescaped
from alliancegraph.queries import named_queries

KINDS = [
    ("SELECT ?x", ["word SELECT", "variable ?x"]),
    ("'a SERVICE b'", ["string 'a SERVICE b'"]),
    ('"""a "SERVICE" b"""', ['string """a "SERVICE" b"""']),
    (r'"a \" SERVICE"', [r'string "a \" SERVICE"']),
    ("# SERVICE\nASK", ["comment # SERVICE", "word ASK"]),
    ("<http://service/a#LOAD>", ["iri <http://service/a#LOAD>"]),
    ("ex:SERVICE service:a :load", ["name ex:SERVICE", "name service:a", "name :load"]),
    ("?SERVICE $load", ["variable ?SERVICE", "variable $load"]),
    ("_:service 'a'@load", ["node _:service", "string 'a'", "language @load"]),
    ("1SERVICE<http://a>", ["number 1", "word SERVICE", "iri <http://a>"]),
    ("?a<?b", ["variable ?a", "sign <", "variable ?b"]),
    ("ex:a.b.", ["name ex:a.b", "sign ."]),
    ("a.SERVICE", ["word a", "sign .", "word SERVICE"]),
    ("a.b:c.d", ["name a.b:c.d"]),
    ("'open", ["string 'open"]),
    ("3.14e-2 .5", ["number 3.14e-2", "number .5"]),
]


@pytest.mark.parametrize(("text", "expected"), KINDS, ids=[text for text, _ in KINDS])
def test_tokens(text: str, expected: list[str]) -> None:
    """Each piece of the text has its kind."""
    assert [f"{t.kind} {t.text}" for t in tokens(text) if t.kind != "blank"] == expected


def test_tokens_are_the_text() -> None:
    """Nothing of a query is lost or added."""
    for query in named_queries():
        assert "".join(token.text for token in tokens(query.text)) == query.text


def test_escapes() -> None:
    """Escapes of code points are replaced wherever they stand; what is no character stays."""
    assert unescaped(r"\u0053ERVICE '\U00000041' \uD800 \u12") == r"SERVICE 'A' \uD800 \u12"
