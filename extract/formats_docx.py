"""Word files (Office Open XML): paragraphs as lines of light Markdown, footnotes after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from alliancegraph.extract.datelines import day_in
from alliancegraph.extract.formats import Extracted, people
from alliancegraph.extract.formats_xml import START, TEXT, Node, XmlError, nodes, properties
from alliancegraph.extract.formats_zip import Container
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.sources import Raw

_MAIN: Final = "word/document.xml"
_PROPERTIES: Final = "docProps/core.xml"
_NOTES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SKIPPED: Final = frozenset({"Fallback", "del", "moveFrom"})
_HEADING: Final = re.compile(r"heading (\d)$")
_OFF: Final = ("0", "false", "none")
_SPACE: Final = re.compile(r"[ \t]+")


@dataclass
class _Paragraph:
    style: str = ""
    listed: bool = False
    parts: list[str] = field(default_factory=list)


class _Part:
    """One pass over an XML part; `notes` collects the notes that it points at, in order."""

    def __init__(self, styles: Mapping[str, str], notes: list[tuple[str, str]]) -> None:
        self.styles, self.notes = styles, notes
        self.open: list[_Paragraph] = []
        self.skipping = 0
        self.hidden = self.in_text = self.in_run = False

    def lines(self, found: Iterator[Node]) -> Iterator[str]:
        """A line for each paragraph with text."""
        for node in found:
            if node.event == TEXT:
                if self.in_text and self.open and not self.hidden and not self.skipping:
                    self.open[-1].parts.append(node.name)
            elif node.event == START:
                self._start(node)
            else:
                yield from self._end(node.name)

    def _start(self, node: Node) -> None:
        name = node.name
        if name in _SKIPPED and not (self.in_run and name == "del"):
            self.skipping += 1
        elif name == "p":
            self.open.append(_Paragraph())
        elif name == "r":
            self.hidden, self.in_run = False, True
        elif name == "t":
            self.in_text = True
        elif self.open and not self.skipping:
            self._inside(node, self.open[-1])

    def _inside(self, node: Node, paragraph: _Paragraph) -> None:
        value = node.attributes.get("val", "")
        match node.name:
            case "pStyle":
                paragraph.style = self.styles.get(value, value).casefold()
            case "numId":
                paragraph.listed = value != "0"
            case "vanish":
                self.hidden = self.in_run and value not in _OFF
            case "tab" | "ptab" if self.in_run:
                paragraph.parts.append(" ")
            case "br" | "cr":
                paragraph.parts.append("\n")
            case "noBreakHyphen":
                paragraph.parts.append("-")
            case "footnoteReference" | "endnoteReference" if "id" in node.attributes:
                self.notes.append((_NOTES[node.name], node.attributes["id"]))
                paragraph.parts.append(f"[^{len(self.notes)}]")

    def _end(self, name: str) -> Iterator[str]:
        if name in _SKIPPED and self.skipping:
            self.skipping -= 1
        elif name == "r":
            self.hidden = self.in_run = False
        elif name == "t":
            self.in_text = False
        elif name == "p" and self.open:
            yield from _line(self.open.pop())


def _line(paragraph: _Paragraph) -> Iterator[str]:
    text = _SPACE.sub(" ", "".join(paragraph.parts)).strip()
    if not text or paragraph.style.startswith("toc"):
        return
    heading = _HEADING.match(paragraph.style)
    if paragraph.style == "title":
        yield "# " + " ".join(text.split())
    elif heading:
        yield "#" * min(6, int(heading[1]) + 1) + " " + " ".join(text.split())
    elif paragraph.listed or paragraph.style.startswith("list "):
        yield f"- {text}"
    elif "quote" in paragraph.style:
        yield "\n".join(f"> {line}" for line in text.splitlines())
    else:
        yield text


def extracted(source: Raw) -> Extracted:
    """The text of a Word file; raises NotText or TooLarge."""
    container = Container(source, "Word file")
    if _MAIN not in container:
        raise container.broken("it holds no document")
    try:
        styles = dict(_styles(container))
        notes: list[tuple[str, str]] = []
        lines = list(_Part(styles, notes).lines(nodes(container.read(_MAIN))))
        texts = {**_notes(container, "footnote", styles), **_notes(container, "endnote", styles)}
        lines += [f"[^{number}]: {texts[note]}" for number, note in enumerate(notes, 1) if texts.get(note)]
        found = properties(container.read(_PROPERTIES)) if _PROPERTIES in container else {}
    except XmlError as error:
        raise container.broken(str(error)) from error
    return Extracted("\n\n".join(lines) + "\n" if lines else "", _stated(found))


def _styles(container: Container) -> Iterator[tuple[str, str]]:
    """The ids of paragraph styles with their names, which do not depend on Word's language."""
    if "word/styles.xml" not in container:
        return
    style = ""
    for node in nodes(container.read("word/styles.xml")):
        if node.event == START and node.name == "style":
            style = node.attributes.get("styleId", "")
        elif node.event == START and node.name == "name" and style:
            yield style, node.attributes.get("val", "")
            style = ""


def _notes(container: Container, kind: str, styles: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """The text of each note by kind and id, on one line."""
    path = f"word/{kind}s.xml"
    found: dict[tuple[str, str], str] = {}
    if path not in container:
        return found
    held: list[Node] = []
    number = ""
    for node in nodes(container.read(path)):
        if node.name == kind and node.event == START:
            number, held = node.attributes.get("id", ""), []
        elif node.name == kind and node.event != TEXT:
            text = " ".join(" ".join(_Part(styles, []).lines(iter(held))).split())
            found[kind, number] = text
        else:
            held.append(node)
    return found


def _stated(found: Mapping[str, str]) -> Stated:
    date = day_in(found["created"]) if "created" in found else None
    return Stated(found.get("title"), people(found.get("creator", "")), None, date)
