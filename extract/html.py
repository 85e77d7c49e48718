"""HTML as passages: what an article's page shows as text, every character with its place in the source."""

from __future__ import annotations

import html as references
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from alliancegraph.extract.html_main import Placed, Region, Tree, article_passages
from alliancegraph.extract.lines import joined_passages
from alliancegraph.extract.offsets import Mapped
from alliancegraph.extract.passages import Passage
from alliancegraph.extract.words import reading_words


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SKIPPED = _tags(
    "script style noscript template nav aside form button select option textarea svg math iframe object canvas audio "
    "video map dialog menu datalist input"
)
_BLOCKS = _tags(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "title head"
)
_VOID = _tags("area base br col embed hr img input link meta param source track wbr")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS = {
    "li": "item",
    "dd": "item",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
} | dict.fromkeys(_HEADINGS, "heading")
_ROLES = _tags(
    "navigation banner complementary contentinfo search dialog alertdialog menu menubar toolbar button tablist"
)
_HINTABLE = _tags("div section ul ol li p span header footer table figure a h2 h3 h4 h5 h6 dl")
_INLINE = ("a", "span")
_CLOSED_BY_SELF = _tags("li p dt dd option tr td th")
_CLASS_SPLIT = re.compile(r"[\s_:./-]+|(?<=[a-z])(?=[A-Z])")
_NOTE_ID = re.compile(r"(?:fn|ftn|footnote|endnote|note|cite_note|_ftn|_edn|en)[\w.:-]*?(\d{1,3})$")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{0,31});?")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_SPACE = re.compile(r"\s+")
_NAMES_AT_MOST = 2000
_REGIONS = 20
_TAG_START = re.compile(r"<[a-zA-Z/!?]")


@dataclass(frozen=True)
class Head:
    """What a page says of itself outside its text: the title, `meta` by name, JSON-LD blocks and `time` elements."""

    title: str
    meta: tuple[tuple[str, str], ...]
    json_ld: tuple[str, ...]
    times: tuple[str, ...]
    authors: tuple[str, ...]


@dataclass
class _Element:
    tag: str
    skipped: bool
    hinted: bool
    foreign: bool
    outside: bool
    container: int
    number: int
    note: str | None = None


@dataclass
class _Buffer:
    parts: list[Mapped] = field(default_factory=list)
    linked: int = 0
    gap: bool = True


class _Page(HTMLParser):
    """Collects passages; nothing that the page refers to is fetched or run."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.lines = [0, *(m.end() for m in re.finditer("\n", source))]
        self.stack: list[_Element] = []
        self.buffer = _Buffer()
        self.found: list[Placed] = []
        self.containers = [Region("page", -1)]
        self.tree = Tree()
        self.title: list[str] = []
        self.meta: list[tuple[str, str]] = []
        self.json_ld: list[str] = []
        self.times: list[str] = []
        self.authors: list[str] = []
        self.author_from: int | None = None
        self.in_json = False

    def here(self) -> int:
        """The source offset of what is being handled."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        last = self.stack[-1].tag if self.stack else ""
        if (tag in _CLOSED_BY_SELF and last == tag) or (tag in _BLOCKS and last == "p"):
            self._pop(len(self.stack) - 1)
        self._note_metadata(tag, values)
        if tag == "br":
            self._flush(gap=False)
        if tag in _BLOCKS:
            self._flush()
        if tag not in _VOID:
            self.stack.append(self._element(tag, values))

    def _element(self, tag: str, values: dict[str, str]) -> _Element:
        above = self.stack[-1] if self.stack else _Element("", False, False, False, False, 0, 0)
        role = values.get("role", "")
        skipped = above.skipped or tag in _SKIPPED or role in _ROLES or values.get("aria-hidden") == "true"
        skipped = skipped or "hidden" in values or bool(_HIDDEN_STYLE.search(values.get("style", "")))
        container = above.container
        if tag in ("article", "main") or role == "main" or "articleBody" in values.get("itemprop", ""):
            kind = tag if tag == "article" else "body" if "itemprop" in values else "main"
            depth = self.containers[container].depth + 1
            if depth <= _REGIONS:
                self.containers.append(Region(kind, container, depth))
                container = len(self.containers) - 1
        if tag in ("header", "footer") and above.container == 0:
            tag = "outside"
        parts = self._name_parts(values) if tag in _HINTABLE else frozenset()
        hinted = above.hinted or not parts.isdisjoint(reading_words().class_parts)
        foreign = not parts.isdisjoint(reading_words().foreign_parts)
        skipped = skipped or (foreign and tag in _INLINE)
        foreign = foreign or above.foreign
        found = _NOTE_ID.match(values.get("id", "")) if tag in ("li", "p", "div", "dd") else None
        number = self.tree.opened(tag, above.number, len(self.found)) if tag in _BLOCKS else above.number
        outside = above.outside or tag == "outside"
        return _Element(
            tag, skipped, hinted, foreign, outside, container, number, found[1] if found else None
        )

    @staticmethod
    def _name_parts(values: dict[str, str]) -> frozenset[str]:
        """The words in an element's class and id, whole and in parts."""
        names = f"{values.get('class', '')} {values.get('id', '')}"[:_NAMES_AT_MOST]
        return frozenset(part.casefold() for part in (*names.split(), *_CLASS_SPLIT.split(names)))

    def _note_metadata(self, tag: str, values: dict[str, str]) -> None:
        if tag == "meta" and (name := values.get("property") or values.get("name") or values.get("itemprop")):
            self.meta.append((name.casefold(), values.get("content", "")))
        elif tag == "time" and (values.get("datetime") or values.get("content")):
            self.times.append(values.get("datetime") or values.get("content", ""))
        elif tag == "script" and values.get("type", "").strip().casefold() == "application/ld+json":
            self.in_json = True
        if values.get("rel") == "author" or values.get("itemprop") == "author":
            self.author_from = len(self.stack)
            self.authors.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and self.stack and self.stack[-1].tag in (tag, "outside"):
            self._pop(len(self.stack) - 1)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.stack) - 1, max(-1, len(self.stack) - 40), -1):
            open_tag = self.stack[index].tag
            if open_tag == tag or (open_tag == "outside" and tag in ("header", "footer")):
                if tag in _BLOCKS:
                    self._flush()
                self._pop(index)
                return

    def _pop(self, index: int) -> None:
        if any(element.tag in _BLOCKS or element.tag == "outside" for element in self.stack[index:]):
            self._flush()
        for element in self.stack[index:]:
            self.tree.closed(element.number, len(self.found))
        del self.stack[index:]
        if self.author_from is not None and len(self.stack) <= self.author_from:
            self.author_from = None

    def handle_data(self, data: str) -> None:
        start = self.here()
        self._add(Mapped.of(self.source, start, start + len(data)))

    def handle_entityref(self, name: str) -> None:
        self._reference()

    def handle_charref(self, name: str) -> None:
        self._reference()

    def _reference(self) -> None:
        start = self.here()
        if match := _REFERENCE.match(self.source, start):
            self._add(Mapped.literal(references.unescape(match[0]), start, match.end()))

    def _add(self, text: Mapped) -> None:
        element = self.stack[-1] if self.stack else None
        if element and element.tag == "script" and self.in_json:
            self.json_ld.append(text.text)
            self.in_json = False
        if element and element.tag == "title" and not self._open("svg"):
            self.title.append(text.text)
        elif not (element and element.skipped):
            if self._open("sup"):
                text = Mapped(text.text.translate(_SUPERSCRIPT), text.starts, text.ends)
            self.buffer.parts.append(text)
            self.buffer.linked += len(text.text.strip()) if self._open("a") else 0
        if self.author_from is not None:
            self.authors[-1] += text.text

    def _open(self, tag: str) -> bool:
        return any(element.tag == tag for element in self.stack[-6:])

    def finish(self) -> None:
        """Close what the page left open."""
        self._flush()
        self._pop(0)
        self.tree.closed(0, len(self.found))

    def _flush(self, gap: bool = True) -> None:
        text = Mapped.join(self.buffer.parts).folded()
        if text.text:
            self.found.append(self._passage(text))
        next_gap = gap or (not text.text and self.buffer.gap) or not text.text
        self.buffer = _Buffer(gap=next_gap)

    def _passage(self, text: Mapped) -> Placed:
        kind, label = "", None
        for element in reversed(self.stack[-8:]):
            kind = kind or _KINDS.get(element.tag, "")
            label = label or element.note
            if kind == "heading" and element.tag in _HEADINGS:
                label = label or element.tag[1]
        if label and kind != "heading":
            kind = "footnote"
        element = self.stack[-1] if self.stack else _Element("", False, False, False, False, 0, 0)
        links = min(1.0, self.buffer.linked / len(text))
        passage = Passage(text, kind, self.buffer.gap, links, element.hinted, label)
        return Placed(passage, element.number, element.container, element.outside, element.foreign)


def _tamed(source: str) -> str:
    """A page without what takes the parser long or stops it: a comment or tag that nothing closes, odd sections."""
    last = source.rfind("-->")
    comment = source.find("<!--", last + 3 if last >= 0 else 0)
    shown = source if comment < 0 else source[:comment]
    cut = _TAG_START.search(shown, shown.rfind(">") + 1)
    return (shown[: cut.start()] if cut else shown).replace("<![", "<!x")


def html_passages(source: str, *, whole: bool = False) -> tuple[tuple[Passage, ...], Head]:
    """The passages of a page's article, or of the whole page, and what its head says."""
    page = _Page(source)
    page.feed(_tamed(source))
    page.close()
    page.finish()
    authors = tuple(_SPACE.sub(" ", name).strip() for name in page.authors)
    title = _SPACE.sub(" ", references.unescape("".join(page.title))).strip()
    head = Head(title, tuple(page.meta), tuple(page.json_ld), tuple(page.times), tuple(filter(None, authors)))
    if whole:
        return tuple(joined_passages([placed.passage for placed in page.found])), head
    return tuple(joined_passages(article_passages(page.found, page.containers, page.tree))), head
