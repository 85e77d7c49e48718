"""An article found in a source: its passages with their kinds, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from alliancegraph.extract.boilerplate import is_label, without_boilerplate
from alliancegraph.extract.bylines import biography
from alliancegraph.extract.datelines import self_dated
from alliancegraph.extract.footnotes import with_footnotes
from alliancegraph.extract.front_matter import front_matter
from alliancegraph.extract.html import html_passages
from alliancegraph.extract.kinds import HTML
from alliancegraph.extract.lines import text_passages
from alliancegraph.extract.metadata import Stated, head_metadata
from alliancegraph.extract.opening import Opening, with_opening
from alliancegraph.extract.passages import Passage
from alliancegraph.extract.speakers import with_speakers
from alliancegraph.extract.words import reading_words

_PAGE = re.compile(r"<(?:html|head|body|nav|main|header|footer|aside)\b", re.IGNORECASE)
"""What a page has and the text of an article alone has not."""
_SPACE = re.compile(r"\s+")
_BIO_LOOK_AT = 8


@dataclass(frozen=True)
class Article:
    """What is left of a source once the page around the article is gone; `sample` is what the page shows."""

    passages: tuple[Passage, ...]
    stated: Stated
    sample: str


@lru_cache(maxsize=2)
def article(text: str, media_type: str) -> Article:
    """The article in a source of a media type (`text/html`, or plain text and Markdown alike)."""
    if media_type == HTML:
        found, head = html_passages(text, whole=not _PAGE.search(text))
        stated = head_metadata(head, found, text)
    else:
        stated, start = front_matter(text)
        found = text_passages(text, start)
    sample = "\n".join(p.string[:2000] for p in found)
    opened, opening = with_opening(found, stated.title, text, stated.authors)
    passages = with_footnotes(without_boilerplate(opened))
    passages = with_speakers(passages)
    passages, people = _with_kinds(passages)
    return Article(passages, _completed(stated, opening, people, passages), sample)


def _with_kinds(passages: Sequence[Passage]) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """The passages with headings and biographies told from the body, and the persons whom biographies describe."""
    result: list[Passage] = []
    people: tuple[str, ...] = ()
    titled = False
    known = reading_words()
    last = max((i for i, p in enumerate(passages) if p.kind != "footnote"), default=0)
    for index, passage in enumerate(passages):
        if passage.kind in ("rule", "drop") or (passage.kind == "title" and titled):
            continue
        titled = titled or passage.kind == "title"
        if passage.kind == "":
            passage = replace(
                passage, kind="heading" if _is_heading(passage, passages[index + 1 :]) else "body"
            )
        if passage.kind in ("body", "item", "quote") and index > last - _BIO_LOOK_AT and index > 1:
            found = biography(passage)
            if found is not None and _is_closing(passages, index):
                if result[-1].key in known.bio_headings:
                    result.pop()
                passage, people = replace(passage, kind="bio"), (*people, *found)
        result.append(passage)
    return tuple(result), people


def _is_heading(passage: Passage, after: Sequence[Passage]) -> bool:
    return (
        bool(after) and is_label(passage) and passage.speaker is None and after[0].kind not in ("footnote",)
    )


def _is_closing(passages: Sequence[Passage], index: int) -> bool:
    """Whether a passage and all after it are biographies or notes, or a rule or heading sets it off."""
    known = reading_words()
    before = passages[index - 1]
    if before.kind == "rule" or before.key in known.bio_headings or before.kind == "byline":
        return True
    return all(p.kind in ("footnote", "rule") or biography(p) is not None for p in passages[index + 1 :])


def _completed(
    stated: Stated, opening: Opening, people: tuple[str, ...], passages: Sequence[Passage]
) -> Stated:
    """What head or front matter states, completed by the opening, the biographies and a declaration's formula."""
    title = stated.title or opening.title
    date = stated.date or opening.published or opening.updated
    if not date:
        body = [p.string[:3000] for p in passages if p.kind == "body"]
        edges = body[:2] + body[-2:]
        date = next((value for part in edges if (value := self_dated(part))), None)
    authors = stated.authors or tuple(dict.fromkeys(opening.authors)) or tuple(dict.fromkeys(people))
    return Stated(
        title=_SPACE.sub(" ", title).strip() if title else None,
        authors=authors,
        publisher=stated.publisher or opening.publisher,
        date=date,
        language=stated.language,
        url=stated.url,
    )
