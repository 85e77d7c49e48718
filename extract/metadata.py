"""What a source states about itself apart from its text: HTML heads, JSON-LD and YAML front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alliancegraph.extract.bylines import byline, cased, is_name, names, without_honorific
from alliancegraph.extract.datelines import day_in
from alliancegraph.extract.html import Head
from alliancegraph.extract.offsets import Mapped
from alliancegraph.extract.passages import Passage, key

_TITLES = ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title")
_AUTHORS = (
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
)
_PUBLISHERS = (
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
)
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "citation_publication_date", "citation_date",
    "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created", "parsely-pub-date", "pubdate", "publishdate", "date",
)  # fmt: skip
_ARTICLE_TYPES = (
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ScholarlyArticle",
    "ReportageNewsArticle",
)
_TITLE_WORDS = 3
_SITE = re.compile(r"\s+(?:[|•·»]|[–—-]|::)\s+")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"(?m)^([A-Za-z_-]{2,30})[ \t]*:[ \t]*(.*)$((?:\r?\n[ \t]*-[ \t]+.+$)*)")
_ITEM = re.compile(r"(?m)^[ \t]*-[ \t]+(.+)$")
_NAME_KEY = re.compile(r"^name:\s*")


@dataclass(frozen=True, slots=True)
class Stated:
    """Title, authors, publisher and EDTF date, as far as stated."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None


def front_matter(text: str) -> tuple[Stated, int]:
    """What YAML front matter states, and the offset at which the text after it starts (0 where there is none)."""
    match = _FRONT.match(text)
    if not match or not (fields := dict(_fields(match[1]))):
        return Stated(), 0
    written = fields.get("author") or fields.get("authors") or fields.get("by") or ()
    date = next((day_in(v) for name in ("date", "published", "issued") for v in fields.get(name, ())), None)
    publisher = next(
        (v for name in ("publisher", "source", "site") for v in fields.get(name, ()) if "://" not in v), None
    )
    return Stated(next(iter(fields.get("title", ())), None), _people(written), publisher, date), match.end()


def _fields(block: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for match in _FIELD.finditer(block):
        value = match[2].strip()
        inline = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
        values = [v.strip().strip("\"'") for v in (*inline, *_ITEM.findall(match[3] or ""))]
        if values := [_NAME_KEY.sub("", v) for v in values if v]:
            yield match[1].casefold(), tuple(values)


def head_metadata(head: Head, passages: Sequence[Passage]) -> Stated:
    """What a page's head states: JSON-LD first, then `meta`, then `title` and `time`."""
    linked = _json_article(head.json_ld)
    meta: dict[str, list[str]] = {}
    for name, content in head.meta:
        if content.strip():
            meta.setdefault(name, []).append(" ".join(content.split()))
    publisher = linked.publisher or next((meta[n][0] for n in _PUBLISHERS if n in meta), None)
    written = [value for n in _AUTHORS if n in meta for value in meta[n]][:8]
    date = linked.date or next((d for n in _DATES if n in meta and (d := day_in(meta[n][0]))), None)
    date = date or next((d for t in head.times[:1] if (d := day_in(t))), None)
    title = _page_title(head, meta, linked, passages, publisher)
    return Stated(title, linked.authors or _people(written) or _people(head.authors), publisher, date)


def _page_title(
    head: Head, meta: dict[str, list[str]], linked: Stated, passages: Sequence[Passage], publisher: str | None
) -> str | None:
    """The title that a main heading repeats, else the first one stated, without the site's name."""
    stated = [t for t in (linked.title, *(meta[n][0] for n in _TITLES if n in meta), head.title) if t]
    headings = [p for p in passages if p.kind == "heading" and p.label in ("1", "2", "3")]
    keys = {key(one) for title in stated for one in (title, site_of(title, publisher)[0])}
    if whole := next((p for p in headings if p.key in keys), None):
        return whole.string
    repeated = [p for p in headings if p.label == "1" or p.words >= _TITLE_WORDS]
    repeated = [p for p in repeated if any(p.key in k or (k in p.key and p.label == "1") for k in keys)]
    if repeated:
        return max(repeated, key=lambda p: p.words).string
    first = next((p.string for p in headings if p.label == "1"), None)
    return site_of(stated[0], publisher)[0] if stated else first


def site_of(title: str, publisher: str | None) -> tuple[str, str | None]:
    """A page title apart from the site's name after a bar or dash, where it is the publisher's or short."""
    parts = _SITE.split(title)
    if len(parts) < 2:
        return title, None
    last = parts[-1]
    is_site = key(last) == key(publisher or "") or ("|" in title and len(last.split()) <= 5)
    return (title[: title.rindex(last)].rstrip(" |•·»–—-:"), last) if is_site else (title, None)


def _json_article(blocks: Sequence[str]) -> Stated:
    for block in blocks:
        try:
            data = json.loads(block)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            types = _strings(node.get("@type"))
            if any(t in _ARTICLE_TYPES for t in types):
                return _json_stated(node)
    return Stated()


def _nodes(data: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for one in data:
            yield from _nodes(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(name), depth + 1)


def _json_stated(node: dict[str, object]) -> Stated:
    title = next(iter(_strings(node.get("headline") or node.get("name"))), None)
    publisher = next(iter(_strings(node.get("publisher"))), None)
    date = next((day_in(v) for n in ("datePublished", "dateCreated") for v in _strings(node.get(n))), None)
    return Stated(title, _people(_strings(node.get("author"))), publisher, date)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [" ".join(value.split())] if value.strip() else []
    if isinstance(value, dict):
        return _strings(value.get("name"))
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return []


def _people(written: Sequence[str]) -> tuple[str, ...]:
    """Persons' names among what stands as author; addresses, institutions and sites are none."""
    found: list[str] = []
    for value in written:
        if "://" in value or "@" in value:
            continue
        line = byline(Passage(Mapped.of(value)))
        people = line.authors if line else names(value)[0]
        single = without_honorific(value)
        found += people or ([cased(single)] if is_name(single) else [])
    return tuple(dict.fromkeys(found))
