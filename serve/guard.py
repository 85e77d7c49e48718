"""What a SPARQL text may hold before the engine sees it: no address outside unless allowed, no deep nesting.

Each text is looked at as it stands and as the engine reads it, with `\\uXXXX` replaced.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph

from alliancegraph.graph.tokens import Token, tokens, unescaped
from alliancegraph.serve.outside import Call, failed_silently, for_syntax, refused_calls
from alliancegraph.serve.refusal import BAD_REQUEST, NOT_OFFERED, Refusal
from alliancegraph.serve.settings import NESTING

_OPENING: Final = frozenset("({[")
_CLOSING: Final = frozenset(")}]")
_FORMS: Final = ("select", "ask", "construct", "describe")
_OPTIONS: Final = {"service": "--allow-service", "load": "--allow-load"}

Allowed = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may be run, its form, and whether it names its dataset with FROM."""

    text: str
    form: str
    has_dataset: bool


def checked_query(text: str, services: Collection[str]) -> Checked:
    """The query as it may be run; raise `Refusal` for what is not allowed, and `SyntaxError` for what is wrong besides."""
    admitted = _admitted(text, {"service": services, "load": ()}, is_update=False)
    words = [piece.text.lower() for piece in tokens(unescaped(admitted)) if piece.kind == "word"]
    form = next((word for word in words if word in _FORMS), "")
    if not form:
        raise Refusal(BAD_REQUEST, "the query is none of SELECT, ASK, CONSTRUCT and DESCRIBE")
    return Checked(admitted, form, "from" in words)


def checked_update(text: str, services: Collection[str], loads: Collection[str]) -> str:
    """The update as it may be run; raise `Refusal` for what is not allowed, and `SyntaxError` for what is wrong besides."""
    return _admitted(text, {"service": services, "load": loads}, is_update=True)


def _admitted(text: str, allowed: Allowed, *, is_update: bool) -> str:
    plain = unescaped(text)
    pieces = _pieces(plain)
    calls = refused_calls(pieces, allowed)
    if any(not call.is_silent for call in calls):
        _check_syntax(for_syntax(pieces, calls), is_update=is_update)
        raise _not_allowed(next(call for call in calls if not call.is_silent))
    admitted = failed_silently(pieces, calls) if calls else text
    for reading in {admitted, unescaped(admitted)} - {plain if not calls else ""}:
        for call in refused_calls(_pieces(reading), allowed):
            raise _not_allowed(call)
    return admitted


def _pieces(text: str) -> list[Token]:
    """The tokens of the text; raise `Refusal` if its brackets are nested too deep."""
    found = list(tokens(text))
    _check_nesting(found)
    return found


def _check_nesting(pieces: Sequence[Token]) -> None:
    depth = 0
    for piece in pieces:
        if piece.kind == "sign":
            depth += (piece.text in _OPENING) - (piece.text in _CLOSING)
            if depth > NESTING:
                raise Refusal(BAD_REQUEST, f"brackets are nested more than {NESTING} deep")


def _check_syntax(text: str, *, is_update: bool) -> None:
    """Raise `SyntaxError` if the text does not parse; it is run over nothing, since the engine offers no parser alone."""
    nothing = pyoxigraph.Store()
    with contextlib.suppress(RuntimeError, ValueError):
        if is_update:
            nothing.update(text, base_iri="http://localhost/")
        else:
            nothing.query(text, base_iri="http://localhost/")


def _not_allowed(call: Call) -> Refusal:
    option = _OPTIONS[call.keyword]
    return Refusal(
        NOT_OFFERED,
        f"{call.keyword.upper()} {call.target[:200]} is not allowed on this server;"
        f" its owner may allow an address with {option}",
    )
