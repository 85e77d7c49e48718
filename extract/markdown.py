"""Markdown and stray markup taken off single lines, every character's place kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from alliancegraph.extract.offsets import Edit, Mapped, kept_groups
from alliancegraph.extract.passages import Passage

_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,80}\]){1,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s{1,5}\"[^\"]{0,300}\")?\)"
)
_REFERENCE_LINK = re.compile(r"\[([^\[\]]{2,300})\]\[[^\[\]]{0,60}\]")
_REFERENCE = re.compile(r"\s{0,3}\[(?!\^)[^\[\]]{1,80}\]:\s*<?https?://\S+.*$")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,12}(?:\s[^<>]{0,500})?/?>|<!--.{0,300}?-->")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_STRAY_ESCAPE = re.compile(r"^\\(?=\s)")
_CODE = re.compile(r"`+")
_DELIMITER = re.compile(r"\\.|\*{1,3}|_{1,3}|~~")
_RULE = re.compile(r"\s*(?:(?:[-–—]\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,}|(?:~\s*){3,})$")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_HEADING_END = re.compile(r"\s+#+\s*$")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_BULLET = re.compile(r"\s*[-*+•◦▪‣●·–—]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(?:\((\d{1,2}|[a-z]|[ivx]{1,4})\)|(\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_NOTE = re.compile(r"\s*\[\^([^\]\s]{1,20})\]:\s*")
_TABLE = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"[\s|:-]*$")
_PIPES = re.compile(r"\s*\|\s*")


def plain_line(line: Mapped, gap: bool) -> Passage:
    """A line without its markup, with the kind that the markup gave it."""
    if _RULE.match(line.text) and line.text.strip():
        return Passage(line[:0], kind="rule", gap=gap, label=line.text.strip()[0])
    if _REFERENCE.match(line.text):
        return Passage(line[:0], kind="drop", gap=gap)
    kind, label, cut = _opening(line.text)
    passage = Passage(line[cut:], kind=kind, gap=gap, label=label)
    if kind == "heading":
        passage = replace(passage, text=passage.text.replaced(_HEADING_END))
    elif _TABLE.match(passage.string):
        rule = bool(_TABLE_RULE.match(passage.string))
        row = passage.text.replaced(_PIPES, " ")
        return Passage(row[:0] if rule else _inline(row), kind="drop" if rule else "item", gap=gap)
    return replace(passage, text=_inline(passage.text))


def _opening(text: str) -> tuple[str, str | None, int]:
    """Kind, label and length of the markup that opens a line."""
    if match := _HEADING.match(text):
        return "heading", str(len(match[1])), match.end()
    if match := _NOTE.match(text):
        return "footnote", match[1], match.end()
    if match := _QUOTE.match(text):
        return "quote", None, match.end()
    if match := _BULLET.match(text):
        return "item", text[: match.end()].strip(), match.end()
    if match := _NUMBER.match(text):
        return "item", match[1] or match[2], match.end()
    return "", None, 0


def _inline(text: Mapped) -> Mapped:
    if "[" in text.text:
        text = text.replaced(_IMAGE)
        text = text.edited(kept_groups(_LINK, text.text))
        text = text.edited(kept_groups(_REFERENCE_LINK, text.text))
    if "<" in text.text:
        text = text.edited(kept_groups(_AUTOLINK, text.text)).replaced(_TAG)
    text = text.edited(_emphasis(text.text))
    if "\\" in text.text:
        text = text.replaced(_STRAY_ESCAPE, "*")
        text = text.edited(kept_groups(_ESCAPE, text.text))
    if "`" in text.text:
        text = text.replaced(_CODE)
    return entities(text).folded()


def entities(text: Mapped) -> Mapped:
    """The text with character references replaced by what they stand for."""
    if "&" not in text.text:
        return text
    found = _ENTITY.finditer(text.text)
    return text.edited((m.start(), m.end(), new) for m in found if (new := html.unescape(m[0])) != m[0])


def _emphasis(text: str) -> Iterator[Edit]:
    """Deletions of the delimiters that pair up around words; a lone asterisk stays, it may mark a footnote."""
    open_at: dict[str, tuple[int, int]] = {}
    pairs: list[tuple[int, int]] = []
    for match in _DELIMITER.finditer(text):
        mark, start, end = match[0], match.start(), match.end()
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        if mark[0] == "\\":
            continue
        if mark in open_at and not before.isspace() and not (mark[0] == "_" and after.isalnum()):
            pairs += [open_at.pop(mark), (start, end)]
        elif not after.isspace() and not before.isalnum() and before not in '.,;:!?)]”"’':
            open_at[mark] = (start, end)
    for start, end in sorted(pairs):
        yield start, end, ""
