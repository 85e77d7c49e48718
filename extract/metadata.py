"""What a page states about itself apart from its text: HTML heads and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

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
_ADDRESSES = ("og:url", "twitter:url", "citation_public_url", "citation_fulltext_html_url")
_LANGUAGE = re.compile(
    r"<html\b[^>]{0,1000}?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_]\w{2,8})?)\b", re.IGNORECASE
)
_HEAD = 20_000
_SITE = re.compile(r"\s+(?:[|•·»]|[–—-]|::)\s+")


@dataclass(frozen=True, slots=True)
class Stated:
    """Title, authors, publisher, EDTF date, language and web address, as far as stated."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    language: str | None = None
    url: str | None = None

    def completed(self, other: Stated) -> Stated:
        """The same, with what is open taken from another."""
        return Stated(*(getattr(self, part.name) or getattr(other, part.name) for part in fields(self)))


def head_metadata(head: Head, passages: Sequence[Passage], source: str) -> Stated:
    """What the head of a page states: JSON-LD first, then `meta`, then `title` and `time`; `source` is the page."""
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
    authors = linked.authors or _people(written) or _people(head.authors)
    language = _LANGUAGE.search(source[:_HEAD])
    url = next((meta[n][0] for n in _ADDRESSES if n in meta and "://" in meta[n][0]), None)
    return Stated(title, authors, publisher, date, language[1] if language else None, url)


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
