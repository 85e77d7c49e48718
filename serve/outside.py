"""Calls of a SPARQL text to addresses outside, SERVICE and LOAD, and the text without those that are not allowed.

A call that is SILENT and refused counts as one that failed: SERVICE then gives one empty solution, and LOAD nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alliancegraph.graph.tokens import Token
from alliancegraph.serve.refusal import BAD_REQUEST, Refusal

_SILENT_KINDS: Final = ("blank", "comment")
_TARGETS: Final = {"service": ("iri", "name", "variable"), "load": ("iri", "name")}
_NOTHING: Final = "INSERT DATA {}"


@dataclass(frozen=True, slots=True)
class Call:
    """A call from one place of the tokens to another; of a SERVICE the group follows, up to `group_end`."""

    keyword: str
    target: str
    is_silent: bool
    start: int
    end: int
    group_end: int


def refused_calls(pieces: Sequence[Token], allowed: Mapping[str, Collection[str]]) -> list[Call]:
    """The calls to other addresses than those allowed for `service` and `load`."""
    return [call for call, is_iri in _calls(pieces) if not (is_iri and call.target in allowed[call.keyword])]


def _calls(pieces: Sequence[Token]) -> Iterator[tuple[Call, bool]]:
    """All calls; raise `Refusal` for one without an address. With each, whether an IRI is written out: only such a one can be allowed."""
    for place, piece in enumerate(pieces):
        keyword = piece.text.lower() if piece.kind == "word" else ""
        if keyword in ("service", "load"):
            at = _following(pieces, place)
            is_silent = _word(pieces, at) == "silent"
            at = _following(pieces, at) if is_silent else at
            target = pieces[at] if at < len(pieces) else Token("sign", "")
            if target.kind not in _TARGETS[keyword]:
                raise Refusal(BAD_REQUEST, f"SPARQL that does not parse: no address after {keyword.upper()}")
            is_iri = target.kind == "iri"
            name = target.text[1:-1] if is_iri else target.text
            end, group_end = _ends(pieces, keyword, at)
            yield Call(keyword, name, is_silent, place, end, group_end), is_iri


def _ends(pieces: Sequence[Token], keyword: str, target: int) -> tuple[int, int]:
    """Where a call with its target ends, and where what belongs to it does: the group, or `INTO GRAPH` with its name."""
    after = _following(pieces, target)
    if keyword == "service":
        return target + 1, _group_end(pieces, after)
    if _word(pieces, after) == "into":
        return target + 1, _following(pieces, _following(pieces, after)) + 1
    return target + 1, target + 1


def _group_end(pieces: Sequence[Token], place: int) -> int:
    """The place after the group that begins at one; the same place where none does."""
    depth = 0
    for at in range(place, len(pieces)):
        piece = pieces[at]
        if piece.kind == "sign":
            depth += (piece.text == "{") - (piece.text == "}")
        if depth == 0:
            return at + 1 if at > place else place
    return len(pieces)


def _following(pieces: Sequence[Token], place: int) -> int:
    at = place + 1
    while at < len(pieces) and pieces[at].kind in _SILENT_KINDS:
        at += 1
    return at


def _word(pieces: Sequence[Token], place: int) -> str:
    return pieces[place].text.lower() if place < len(pieces) and pieces[place].kind == "word" else ""


def failed_silently(pieces: Sequence[Token], calls: Sequence[Call]) -> str:
    """The text as if those calls had failed without a word."""
    return _without(pieces, calls, keep_groups=False)


def for_syntax(pieces: Sequence[Token], calls: Sequence[Call]) -> str:
    """The text with the groups of those calls in their place: it parses if and only if the text does."""
    return _without(pieces, calls, keep_groups=True)


def _without(pieces: Sequence[Token], calls: Sequence[Call], *, keep_groups: bool) -> str:
    parts, at = [], 0
    for call in calls:
        if call.start < at:
            continue  # in a group that is left out
        parts += [piece.text for piece in pieces[at : call.start]]
        if call.keyword == "load":
            parts.append(_NOTHING)
            at = call.group_end
        else:
            parts.append("" if keep_groups else "{}")
            at = call.end if keep_groups else call.group_end
    return "".join([*parts, *(piece.text for piece in pieces[at:])])
