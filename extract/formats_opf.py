"""The package document of an EPUB book: the order in which its chapters are read, and what it states of the book."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from alliancegraph.extract.datelines import day_in
from alliancegraph.extract.formats import people
from alliancegraph.extract.formats_xml import END, START, TEXT, Node, nodes
from alliancegraph.extract.kinds import HTML, kind_of_type
from alliancegraph.extract.metadata import Stated

_STATED: Final = frozenset({"title", "creator", "publisher", "date", "language", "identifier", "source"})
_AUTHOR: Final = ("", "aut")
_ASIDE: Final = ("toc", "cover", "index")
"""Parts of the guide that are no text of the book."""


@dataclass(frozen=True, slots=True)
class Package:
    """The paths of the chapters in reading order, and what is stated of the book."""

    chapters: tuple[str, ...]
    stated: Stated


@dataclass
class _Value:
    id: str
    text: str
    detail: str


@dataclass
class _Found:
    values: dict[str, list[_Value]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[str, bool]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    aside: set[str] = field(default_factory=set)


def package_path(container: bytes) -> str | None:
    """Where `META-INF/container.xml` says that the package document is; raises XmlError."""
    for node in nodes(container):
        if node.event == START and node.name == "rootfile" and node.attributes.get("full-path"):
            return node.attributes["full-path"]
    return None


def package(data: bytes, path: str) -> Package:
    """What the package document at a path says; raises XmlError."""
    found = _Found()
    open_: Node | None = None
    text = ""
    for node in nodes(data):
        if node.event == TEXT:
            text += node.name
        elif node.event == START:
            open_, text = node, ""
            _note(node, found)
        elif node.event == END and open_ is not None and open_.name == node.name:
            _keep(open_, " ".join(text.split()), found)
            open_ = None
    return Package(tuple(_chapters(found, posixpath.dirname(path))), _stated(found))


def _note(node: Node, found: _Found) -> None:
    get = node.attributes.get
    href = urlsplit(unquote(get("href", ""))).path
    if node.name == "item" and href:
        kind = kind_of_type(get("media-type"))
        is_text = kind is not None and HTML in kind.media_types and "nav" not in get("properties", "").split()
        found.files[get("id", "")] = (href, is_text)
    elif node.name == "itemref" and get("linear") != "no":
        found.order.append(get("idref", ""))
    elif node.name == "reference" and get("type", "").casefold() in _ASIDE:
        found.aside.add(href)


def _keep(node: Node, text: str, found: _Found) -> None:
    get = node.attributes.get
    if node.name == "meta" and get("property") == "role":
        found.roles[get("refines", "").removeprefix("#")] = text
    elif node.name in _STATED and text:
        detail = get("role") or get("event") or ""
        found.values.setdefault(node.name, []).append(_Value(get("id", ""), text, detail))


def _chapters(found: _Found, folder: str) -> Iterator[str]:
    for reference in dict.fromkeys(found.order):
        href, is_text = found.files.get(reference, ("", False))
        if is_text and href not in found.aside:
            yield posixpath.normpath(posixpath.join(folder, href))


def _stated(found: _Found) -> Stated:
    def texts(name: str) -> list[str]:
        return [value.text for value in found.values.get(name, ())]

    creators = found.values.get("creator", ())
    writers = [c for c in creators if (c.detail or found.roles.get(c.id, "")) in _AUTHOR]
    dates = sorted(found.values.get("date", ()), key=lambda value: value.detail != "publication")
    published = [value.text for value in dates if value.detail != "modification"]
    addresses = (t for t in (*texts("identifier"), *texts("source")) if t.startswith(("http://", "https://")))
    return Stated(
        title=next(iter(texts("title")), None),
        authors=tuple(dict.fromkeys(name for writer in writers for name in people(writer.text))),
        publisher=next(iter(texts("publisher")), None),
        date=next((day for value in published if (day := day_in(value))), None),
        language=next(iter(texts("language")), None),
        url=next(addresses, None),
    )
