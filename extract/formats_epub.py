"""EPUB books: their chapters in reading order as lines of light Markdown, under the book's title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract.decoding import decoded
from alliancegraph.extract.formats import Extracted
from alliancegraph.extract.formats_opf import Package, package, package_path
from alliancegraph.extract.formats_xml import START, XmlError, nodes
from alliancegraph.extract.formats_zip import Container
from alliancegraph.extract.html import html_passages
from alliancegraph.extract.kinds import HTML
from alliancegraph.extract.passages import Passage
from alliancegraph.extract.sources import Raw

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_MARKS: Final = {"item": "- ", "quote": "> "}
_MARKER: Final = re.compile(r"[⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\]")
_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "[]")


def extracted(source: Raw) -> Extracted:
    """The text of an EPUB book; raises NotText or TooLarge."""
    container = Container(source, "EPUB book")
    try:
        found = _package(container)
    except XmlError as error:
        raise container.broken(str(error)) from error
    title = found.stated.title
    lines = [f"# {title}"] if title else []
    notes = 0
    for path in found.chapters:
        chapter, notes = _chapter(container.read(path), source.name, notes)
        lines += chapter
    return Extracted("\n\n".join(lines) + "\n" if lines else "", found.stated, leads=True)


def _package(container: Container) -> Package:
    path = package_path(container.read(_CONTAINER)) if _CONTAINER in container else None
    if path is None:
        raise container.broken("it names no package document")
    found = package(container.read(path), path)
    if _ENCRYPTION in container and not _locked(container.read(_ENCRYPTION)).isdisjoint(found.chapters):
        raise container.broken("its chapters are locked by copy protection")
    return found


def _locked(data: bytes) -> set[str]:
    """The files that are encrypted."""
    found = (n for n in nodes(data) if n.event == START and n.name == "CipherReference")
    return {node.attributes.get("URI", "") for node in found}


def _chapter(data: bytes, name: str, notes: int) -> tuple[list[str], int]:
    """The lines of a chapter, its notes numbered on from those of the chapters before, and the highest number so far."""
    if not data.strip():
        return [], notes
    passages, _ = html_passages(decoded(Raw(data, name, HTML)), whole=True)
    numbers = {int(p.label): notes + int(p.label) for p in passages if p.kind == "footnote" and p.label}
    lines = list(_lines(passages, numbers))
    return lines, max((notes, *numbers.values()))


def _lines(passages: Sequence[Passage], numbers: dict[int, int]) -> Iterator[str]:
    def marker(match: re.Match[str]) -> str:
        number = numbers.get(int(match[0].translate(_SUPERSCRIPT)))
        return f"[^{number}]" if number else match[0]

    for passage in passages:
        if passage.kind in ("rule", "drop") or not passage.string.strip():
            continue
        if passage.kind == "footnote" and passage.label:
            yield f"[^{numbers[int(passage.label)]}]: {passage.string}"
            continue
        text = _MARKER.sub(marker, passage.string)
        if passage.kind == "heading":
            yield "#" * min(6, int(passage.label or 1) + 1) + " " + text
        else:
            yield _MARKS.get(passage.kind, "") + text
