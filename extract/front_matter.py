"""Front matter: the YAML or TOML block in which a Markdown file states its title, authors, date and so on."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract.fields import by_field, known_field, stated
from alliancegraph.extract.metadata import Stated

_YAML: Final = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL
)
_TOML: Final = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.{0,20000}?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
_KEY: Final = re.compile(r"([^\W\d_][\w .-]{0,40}?|\"[^\"]{1,40}\"|'[^']{1,40}')[ \t]*:(?:[ \t]+(.*))?$")
_IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9_.-]*")
_COMMENT: Final = re.compile(r"(?:^|\s)#.*$")
_QUOTED: Final = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?:#.*)?$""")
_FLOW_PART: Final = re.compile(r"""\s*((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'])[^,]*)""")
_BLOCK: Final = re.compile(r"[|>][+-]?\d?$")


def front_matter(text: str) -> tuple[Stated, int]:
    """What front matter states, and the offset at which the text after it starts (0 where there is none).

    Of YAML, what front matter uses is read: texts, lists and one level of names and values within these.
    """
    if match := _TOML.match(text):
        try:
            return stated(by_field(tomllib.loads(match[1].replace("\r\n", "\n")))), match.end()
        except (tomllib.TOMLDecodeError, RecursionError):
            return Stated(), 0
    match = _YAML.match(text)
    entries = _entries(match[1].splitlines()) if match else None
    if match is None or not entries:
        return Stated(), 0
    return stated(by_field({key: _value(lines) for key, lines in entries.items()})), match.end()


def _entries(lines: Sequence[str]) -> dict[str, list[str]] | None:
    """The lines of each entry, without its key; None where the block is no front matter but text between rules."""
    found: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in lines:
        if match := _KEY.match(line):
            last = found.setdefault(match[1].strip("\"'"), [])
            last.append(match[2] or "")
        elif last is not None and (not line.strip() or line[0] in " \t-#]}"):
            last.append(line)
        elif line.strip() and not line.startswith("#"):
            return None
    is_ours = any(map(known_field, found)) or all(map(_IDENTIFIER.fullmatch, found))
    return found if is_ours else None


def _value(lines: Sequence[str]) -> object:
    first, rest = lines[0].strip(), [line for line in lines[1:] if line.strip()]
    if _BLOCK.match(first):
        return " ".join(line.strip() for line in rest)
    if first.startswith("["):
        return _flow(" ".join([first, *(line.strip() for line in rest)]))
    rest = [line for line in rest if not line.lstrip().startswith("#")]
    if not _COMMENT.sub("", first) and rest:
        if rest[0].lstrip().startswith("-"):
            return list(_items(rest))
        inner = dict(_pairs(line.strip() for line in rest))
        return inner or _scalar(" ".join(line.strip() for line in rest))
    return _scalar(" ".join([first, *(line.strip() for line in rest)]))


def _items(lines: Sequence[str]) -> Iterator[object]:
    """The items of a list, each a text or, with names and values in it, an object."""
    groups: list[list[str]] = []
    for line in lines:
        stripped = line.strip()
        if stripped.startswith("-"):
            groups.append([stripped[1:].strip()])
        elif groups:
            groups[-1].append(stripped)
    for group in groups:
        yield dict(_pairs(group)) or _scalar(" ".join(group))


def _pairs(lines: Sequence[str] | Iterator[str]) -> Iterator[tuple[str, object]]:
    for line in lines:
        if match := _KEY.match(line):
            yield match[1].strip("\"'"), _scalar(match[2] or "")


def _flow(text: str) -> list[object]:
    inside = text.strip().removeprefix("[").rpartition("]")[0]
    return [_scalar(part[1]) for part in _FLOW_PART.finditer(inside)]


def _scalar(text: str) -> object:
    text = text.strip()
    if match := _QUOTED.match(text):
        quoted = match[1]
        if quoted[0] == "'":
            return quoted[1:-1].replace("''", "'")
        try:
            return str(json.loads(quoted))
        except ValueError:
            return quoted[1:-1]
    text = _COMMENT.sub("", text).strip()
    return None if text in ("", "~", "null") else text
