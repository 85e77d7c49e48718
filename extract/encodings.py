"""Which encoding bytes without a declaration are in, told by what English articles hold besides ASCII.

Names, quotation marks and words of other scripts are few in an English article, so statistics of bytes say little.
Each encoding is tried instead, and its text is scored: characters that are usual in it count for it; signs amid a word,
small letters before capitals and words of two scripts count against it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final

from alliancegraph.ontology.errors import VocabularyError

_FILE: Final = "encodings.tsv"
_TOKEN: Final = re.compile(r"[!-~]{0,40}[^\x00-\x7f](?:[!-~]|[^\x00-\x7f]){0,80}")
_STRAY: Final = re.compile("[\udc80-\udcff]")
_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0591-\u05c7\u064b-\u065f\u0e31-\u0e4e])+")
_WITHIN_WORDS: Final = "’‘'·‧–—―‐-…"
_INVERTED: Final = "¿¡"
_LIKELIEST: Final = "cp1252"
_FEW: Final = 0.1
_TOKENS: Final = 2_000
_ODD: Final = 2.0
_NO_TEXT: Final = 4.0
_RARE: Final = 0.3
_LATIN: Final = "latin"
_SCRIPTS: Final = (
    *((0, _LATIN), (0x250, "other"), (0x370, "greek"), (0x400, "cyrillic"), (0x530, "other"), (0x590, "hebrew")),
    *((0x600, "arabic"), (0x700, "other"), (0xE00, "thai"), (0xE80, "other"), (0x3040, "east asian")),
    *((0xAC00, "hangul"), (0xD7B0, "other")),
)  # fmt: skip
_EAST_ASIAN: Final = ("east asian", "hangul")
_STARTS: Final = tuple(start for start, _ in _SCRIPTS)
_WIDE: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_ESCAPES: Final = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_ext"), (b"\x1b(J", "iso2022_jp_ext"))
ESCAPED: Final = frozenset(codec for _, codec in _ESCAPES)
"""Encodings that switch between character sets by escapes, all in ASCII bytes."""
_PLAIN_SHARE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding, the characters that are usual in it, and strings that its languages do not have."""

    codec: str
    usual: frozenset[str]
    never: tuple[str, ...]


@cache
def encodings() -> tuple[Encoding, ...]:
    """The encodings of `encodings.tsv`, the likelier first; raises VocabularyError if the table is broken."""
    try:
        table = resources.files("alliancegraph.ontology").joinpath(_FILE).read_text(encoding="utf-8")
        rows = [line.split("\t") for line in table.splitlines()[1:]]
        return tuple(Encoding(codec, frozenset(usual), tuple(never.split())) for codec, usual, never in rows)
    except (OSError, ValueError) as error:
        raise VocabularyError(f"cannot read {_FILE}: {error}; reinstall alliancegraph", path=_FILE) from error


def guessed(data: bytes) -> str | None:
    """The name of the encoding that bytes are most likely in; None where no reading makes sense."""
    for mark, codec in _ESCAPES:
        if mark in data and _decodes(data, codec):
            return codec
    best, most = None, _RARE
    for encoding in encodings():
        try:
            score = _score(data.decode(encoding.codec), encoding)
        except UnicodeError:
            continue
        if score > most:
            best, most = encoding.codec, score
    return best or (_LIKELIEST if _may_be_likeliest(data) else None)


def _may_be_likeliest(data: bytes) -> bool:
    """Whether a text with little outside ASCII can be in Windows Latin."""
    few = sum(byte > 0x7F for byte in data) <= len(data) * _FEW
    return few and _decodes(data, _LIKELIEST)


def wide(data: bytes) -> str | None:
    """The encoding of text with two or four bytes to a character that has no byte order mark, or None."""
    sample = data[:4096]
    for codec in _WIDE:
        text = sample.decode(codec, "ignore")
        plain = sum(c.isascii() and (c.isprintable() or c in "\t\r\n") for c in text)
        if plain > len(text) * _PLAIN_SHARE and "\x00" not in text and _decodes(data, codec):
            return codec
    return None


def mended(data: bytes) -> str | None:
    """UTF-8 with a few stray bytes of Windows Latin in it as text; None where most of it is something else."""
    text = data.decode("utf-8", "surrogateescape")
    stray = _STRAY.findall(text)
    if len(stray) * 4 > sum(c > "\x7f" for c in text):
        return None
    try:
        return _STRAY.sub(lambda m: bytes((ord(m[0]) - 0xDC00,)).decode("cp1252"), text)
    except UnicodeError:
        return None


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeError:
        return False
    return True


def _score(text: str, encoding: Encoding) -> float:
    """How well a text reads, at most 1; each byte outside ASCII counts alike."""
    size, points = 0, 0.0
    for number, match in enumerate(_TOKEN.finditer(text)):
        if number == _TOKENS:
            break
        token = match[0]
        for character in token:
            if character > "\x7f":
                length = len(character.encode(encoding.codec))
                size += length
                points += length * _usual(character, encoding.usual)
        odd = sum(_odd_letters(word[0]) for word in _WORD.finditer(token)) + _odd_signs(token)
        points -= _ODD * (odd + sum(token.count(string) for string in encoding.never))
    return points / size if size else 0.0


def _usual(character: str, usual: frozenset[str]) -> float:
    if character in usual:
        return 1.0
    category = unicodedata.category(character)
    if category in ("Cc", "Cn", "Co", "Cs"):
        return -_NO_TEXT
    if category[0] in "SM" or (category == "No" and character < "\u0100"):
        return -1.0
    return _RARE if _script(character) in _EAST_ASIAN else 0.0


def _script(character: str) -> str:
    return _SCRIPTS[bisect_right(_STARTS, ord(character)) - 1][1]


def _odd_letters(word: str) -> int:
    """How often letters stand together as no word has them."""
    if word.isascii():
        return 0
    scripts = {_script(c) for c in word}
    if len(scripts) > 1:
        return int(_LATIN not in scripts or any(c.isascii() and c.islower() for c in word))
    rising = sum(a.islower() and b.isupper() and not (a + b).isascii() for a, b in pairwise(word))
    if scripts != {_LATIN}:
        return rising + (len(word) == 1 and _script(word) not in _EAST_ASIAN)
    threes = zip(word, word[1:], word[2:], strict=False)
    capitals = sum((a + b).isupper() and c.islower() and not (a + b).isascii() for a, b, c in threes)
    return rising + capitals + (len(word) >= 3 and not any(c.isascii() for c in word))


def _odd_signs(token: str) -> int:
    """How many signs, and letters after digits, stand where they cannot: amid a word, an opening mark after a letter, a currency before one."""
    padded = f" {token} "
    around = zip(padded, padded[1:], padded[2:], strict=False)
    return sum(sign > "\x7f" and _is_odd(before, sign, after) for before, sign, after in around)


def _is_odd(before: str, sign: str, after: str) -> bool:
    if sign.isalpha():
        return before.isdigit() and _script(sign) not in _EAST_ASIAN
    if sign in _WITHIN_WORDS:
        return False
    if sign in _INVERTED:
        return not (after.isalpha() or after in "\"'“‘«")
    category = unicodedata.category(sign)
    if category[0] == "M":
        return before.isascii()
    in_latin = before.isalpha() and _script(before) == _LATIN
    amid = in_latin and after.isalpha() and _script(after) == _LATIN
    opens = in_latin and category in ("Pi", "Ps")
    return amid or opens or (category[0] in "SN" and after.isalpha() and not before.isdigit())
