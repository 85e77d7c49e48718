"""The tokens of SPARQL text: enough of the grammar to see its words apart from strings, comments and names.

After the terminals of the SPARQL 1.1 grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar); it does not check
syntax, which is the engine's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LETTER: Final = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_NAME: Final = rf"{_LETTER}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_MARK: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL: Final = rf"(?:[{_NAME}:]|{_MARK})(?:[{_NAME}:-]|{_MARK}|\.++(?=[{_NAME}:%\\-]))*+"
_PREFIX: Final = rf"(?:[{_LETTER}](?:[{_NAME}-]|\.++(?=[{_NAME}-]))*+)?+"
_TERMINALS: Final = re.compile(
    rf"""
    (?P<blank>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<string>'''(?:'{{0,2}}(?:[^'\\]|\\.))*+''' | \"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*+\"\"\"
      | '(?:[^'\\\r\n]|\\.)*+'? | "(?:[^"\\\r\n]|\\.)*+"?)
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<node>_:[{_LETTER}_0-9](?:[{_NAME}-]|\.++(?=[{_NAME}-]))*+)
  | (?P<name>{_PREFIX}:(?:{_LOCAL})?)
  | (?P<variable>[?$][{_LETTER}_0-9][{_NAME}]*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
  | (?P<run>[{_LETTER}][{_NAME}.-]*+)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[0-9]+|.", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `blank`, `comment`, `string`, `iri`, `node`, `name`, `variable`, `language`, `number`, `word` or `sign`."""

    kind: str
    text: str


def tokens(sparql: str) -> Iterator[Token]:
    """All pieces of the text in order, blanks and comments too: joined they are the text again.

    A string that is not ended reaches to the end of its line.
    """
    for match in _TERMINALS.finditer(sparql):
        if match.lastgroup == "run":
            yield from _words(match.group())
        else:
            yield Token(str(match.lastgroup), match.group())


def _words(run: str) -> Iterator[Token]:
    """Words that are no prefix, as in `a.FILTER`; read at once, so that a long run of them takes no time squared."""
    for piece in _WORDS.findall(run):
        kind = (
            "word" if piece[0].isascii() and piece[0].isalpha() else "number" if piece.isdigit() else "sign"
        )
        yield Token(kind, piece)


def unescaped(sparql: str) -> str:
    r"""The text with `\\uXXXX` and `\\UXXXXXXXX` replaced, as section 19.2 wants it before anything is parsed."""
    return _ESCAPE.sub(_character, sparql)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]
