"""XML parts of a container as events, without document type declarations: no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

START: Final = "start"
END: Final = "end"
TEXT: Final = "text"
_DEEPEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Node:
    """The start or end of an element, or text; names are without their namespace, attributes too."""

    event: str
    name: str
    attributes: dict[str, str]


class XmlError(ValueError):
    """A part that is not well-formed, too deep, or that declares entities."""


def nodes(data: bytes) -> Iterator[Node]:
    """The elements and texts of an XML part in order; raises XmlError."""
    found: list[Node] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise XmlError("it is nested too deep")
        found.append(Node(START, _local(name), {_local(k): v for k, v in attributes.items()}))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append(Node(END, _local(name), {}))

    def entity(*_: object) -> None:
        raise XmlError("it declares entities")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: found.append(Node(TEXT, text, {}))
    parser.EntityDeclHandler = entity
    try:
        for offset in range(0, max(1, len(data)), 65536):
            parser.Parse(data[offset : offset + 65536], False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise XmlError(f"its XML breaks off or is wrong in line {error.lineno}") from error
    yield from found


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def properties(data: bytes) -> dict[str, str]:
    """The text of each element without children, by its name; the first of a name counts."""
    found: dict[str, str] = {}
    text = ""
    for node in nodes(data):
        if node.event == TEXT:
            text += node.name
        else:
            if node.event == END and text.strip():
                found.setdefault(node.name, " ".join(text.split()))
            text = ""
    return found
