"""The dataset that a request names for an update (SPARQL 1.1 Protocol, section 2.2.3), put into its text as USING clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from alliancegraph.graph.tokens import Token, tokens, unescaped
from alliancegraph.serve.refusal import BAD_REQUEST, Refusal

_OWN_DATASET = ("using", "with")
_SILENT = ("blank", "comment")


def with_dataset(update: str, using: Sequence[NamedNode], using_named: Sequence[NamedNode]) -> str:
    """The update with the patterns of all its operations asked over those graphs.

    Raise `Refusal` if the text names a dataset of its own, as the protocol wants it.
    """
    clauses = [f"USING {iri} " for iri in using] + [f"USING NAMED {iri} " for iri in using_named]
    if not clauses:
        return update
    pieces = list(tokens(unescaped(update)))
    if any(piece.kind == "word" and piece.text.lower() in _OWN_DATASET for piece in pieces):
        message = "the update has USING or WITH, and the request names graphs too; leave out one of them"
        raise Refusal(BAD_REQUEST, message)
    return "".join(_rewritten(pieces, " " + "".join(clauses)))


def _rewritten(pieces: list[Token], clauses: str) -> Iterator[str]:
    """The text with the clauses before each WHERE that belongs to an operation."""
    depth, before = 0, ""
    for place, piece in enumerate(pieces):
        if piece.kind == "sign":
            depth += (piece.text == "{") - (piece.text == "}")
        if depth == 0 and piece.kind == "word" and piece.text.lower() == "where":
            if before == "delete":
                yield _group(pieces[place + 1 :])  # DELETE WHERE has no place for USING
            yield clauses
        yield piece.text
        if piece.kind not in _SILENT:
            before = piece.text.lower() if depth == 0 else ""


def _group(pieces: Sequence[Token]) -> str:
    """The text up to the end of the first group."""
    depth, found = 0, []
    for piece in pieces:
        found.append("\n" if piece.kind == "comment" else piece.text)
        if piece.kind == "sign" and piece.text in "{}":
            depth += 1 if piece.text == "{" else -1
            if depth == 0:
                break
    return "".join(found)
