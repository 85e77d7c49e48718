"""The opening of an article: title, byline, dateline and publisher, told from the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from alliancegraph.extract.boilerplate import is_boilerplate, is_label
from alliancegraph.extract.bylines import Byline, biography, byline, cased, is_name
from alliancegraph.extract.datelines import Dateline, dateline, dates, leading_dateline, settled
from alliancegraph.extract.passages import Passage, key
from alliancegraph.extract.spoken import day_of, speakers
from alliancegraph.extract.words import reading_words

_LOOK_AT = 200
_TITLE_WORDS = 45
_BIO_LOOK_AT = 12
_SETTLED_BY = 20_000
_TITLE_LENGTH = 300
_BREADCRUMB_WORDS = 4
_MENU_WORDS = 3
_BARS = re.compile(r"\s*[|›»•·≡>]\s*|\s+/\s+")
_ENTRIES = 3
_ENTRY_WORDS = 5
_URL = re.compile(r"\s*(?:https?://)?((?:[\w-]+\.)+[a-z]{2,6})(?:/\S*)?\s*$")
_INVERTED = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*)?)\s*[,;(]")
_TITLE_LABEL = re.compile(r"(?:title|headline)\s*:\s+", re.IGNORECASE)
_DOT_ENDS_TITLE = re.compile(r"(?<!\b[A-Z])(?<!\.[A-Za-z])\.[\"”’]?$")


@dataclass
class Opening:
    """What the opening says; dates of updates are kept apart from the date of publication.

    `described` are the persons whom biographies at the end describe, so that their bare names above are bylines, `named`
    the authors whom the page's head names, so that short lines with their names are.
    """

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    published: str | None = None
    updated: str | None = None
    described: frozenset[str] = frozenset()
    named: tuple[str, ...] = ()


def with_opening(
    passages: Sequence[Passage], title: str | None, text: str, named: tuple[str, ...] = ()
) -> tuple[tuple[Passage, ...], Opening]:
    """The passages with title, byline and dateline marked and the page's other lines above the text dropped.

    `title` is the page's own, where its head names one, and `named` its authors; `text` the whole source, to look a name up in.
    """
    body = _body_at(passages, text)
    described = frozenset(name for p in passages[body:][-_BIO_LOOK_AT:] for name in biography(p) or ())
    opening = Opening(title=title, described=described, named=named)
    front = list(passages[:body])
    hosts = " ".join(m[1] for p in front if (m := _URL.match(p.string)))
    marked = [_marked(front, index, opening, text) for index in range(len(front))]
    _add_title(marked, opening)
    opening.authors += () if opening.authors else speakers(opening.title or "")
    opening.published = opening.published or day_of(opening.title or "")
    _add_publisher(marked, opening, hosts)
    first = [part for passage in passages[body : body + 1] for part in _divided(passage, opening, text)]
    return (*(p for p in marked if p.kind != "drop"), *first, *passages[body + 1 :]), opening


def _body_at(passages: Sequence[Passage], text: str) -> int:
    found = list(islice((i for i, p in enumerate(passages[:_LOOK_AT]) if _is_body(p, text)), 2))
    if not found:
        return min(len(passages), 1)
    first = passages[found[0]]
    asks = found[0] == 0 and first.string[-1] in "?!" and first.words <= _TITLE_WORDS and first.kind == ""
    return found[1] if asks and len(found) > 1 else found[0]


def _divided(passage: Passage, opening: Opening, text: str) -> list[Passage]:
    """The first paragraph, apart from a byline and dateline that it opens with."""
    parts: list[Passage] = []
    if (found := byline(passage)) and found.end < len(passage.string):
        opening.authors += found.authors
        opening.publisher = opening.publisher or found.agency
        head = passage.text[: found.end].stripped()
        parts.append(replace(passage, text=head, kind="byline", authors=found.authors))
        passage = replace(passage, text=passage.text[found.end :].stripped())
    if line := leading_dateline(passage.string, text):
        opening.published = opening.published or line.value
        opening.publisher = opening.publisher or line.agency
        parts.append(replace(passage, text=passage.text[: line.end].stripped(), kind="dateline"))
        passage = replace(passage, text=passage.text[line.end :].stripped())
    return [*parts, passage]


def _is_body(passage: Passage, text: str) -> bool:
    if passage.kind in ("title", "caption") or is_boilerplate(passage):
        return False
    if passage.kind == "heading" or dateline(passage) or _inverted_author(passage, text):
        return False
    found = byline(passage)
    if found:
        return found.end < len(passage.string) and len(passage.string) - found.end > 100
    if len(passage.string) <= _TITLE_LENGTH and not passage.ends_sentence and not passage.pauses:
        return False
    return passage.is_prose and (passage.words >= 12 or passage.kind == "item")


def _marked(front: Sequence[Passage], index: int, opening: Opening, text: str) -> Passage:
    passage = front[index]
    found: Byline | Dateline | None
    if found := byline(passage):
        opening.authors += found.authors
        opening.publisher = opening.publisher or found.agency
        dated = next(dates(passage.string[:200]), None)
        opening.published = opening.published or (dated.value if dated else None)
        return replace(passage, kind="byline", authors=found.authors)
    if people := _named_in(passage, opening):
        opening.authors += people
        dated = next(dates(passage.string), None)
        opening.published = opening.published or (dated.value if dated else None)
        return replace(passage, kind="byline", authors=people)
    if is_label(passage) and (name := passage.string.split(",")[0].strip()) in opening.described:
        opening.authors.append(name)
        return replace(passage, kind="byline", authors=(name,))
    if index and byline(front[index - 1]) and is_label(passage) and not passage.label and _is_office(passage):
        return replace(passage, kind="byline")
    if found := dateline(passage):
        if author := _inverted_author(passage, text):
            opening.authors.append(author)
        value = settled(found.value, passage.string, text[:_SETTLED_BY])
        if found.updated:
            opening.updated = opening.updated or value
        else:
            opening.published = opening.published or value
        if not author and (agency := _agency_in(found.rest)):
            opening.publisher = opening.publisher or agency
        return replace(passage, kind="byline" if author else "dateline", authors=(author,) if author else ())
    return passage


def _named_in(passage: Passage, opening: Opening) -> tuple[str, ...]:
    """The authors known from the page's head whom a short line names, where it is not the title."""
    if not is_label(passage) or passage.key == key(opening.title or ""):
        return ()
    return tuple(name for name in opening.named if name in passage.string)


def _inverted_author(passage: Passage, text: str) -> str | None:
    """The author of a line such as "Surname, Name, 5 March 2009", if the text has the name in its usual order."""
    match = _INVERTED.match(passage.string[:120])
    if not match:
        return None
    name = f"{match[2]} {match[1]}"
    return cased(name) if is_name(name) and text.count(name) else None


def _is_office(passage: Passage) -> bool:
    known = reading_words()
    return not {key(w) for w in passage.string.split()}.isdisjoint(
        known.role_words | known.organisation_words
    )


def _agency_in(words: str) -> str | None:
    return words if words in reading_words().agencies else None


def _add_title(front: list[Passage], opening: Opening) -> None:
    """Mark one passage as the title and drop its repetitions and the short lines that are no part of the article."""
    at = _title_at(front, opening.title)
    if at is not None:
        label = None if front[at].kind == "heading" else _TITLE_LABEL.match(front[at].string)
        name = front[at].text[label.end() :].stripped() if label else front[at].text
        front[at] = replace(front[at], text=name, kind="title")
        opening.title = opening.title or front[at].string
    title = key(opening.title or "")
    for index, passage in enumerate(front):
        if passage.kind == "title":
            continue
        repeats = bool(passage.key) and passage.key == title
        if at is not None and index < at and passage.kind not in ("byline", "dateline"):
            repeats = True
        repeats = repeats or _is_menu(passage)
        if repeats or is_boilerplate(passage) or _is_breadcrumb(passage):
            front[index] = replace(
                passage, kind="publisher" if not repeats and _may_publish(passage) else "drop"
            )
        elif is_label(passage) and passage.kind in ("", "quote", "item"):
            front[index] = replace(passage, kind="heading")


def _may_publish(passage: Passage) -> bool:
    words = passage.string.split()
    return (
        not _URL.match(passage.string)
        and 1 <= len(words) <= 6
        and words[0][0].isupper()
        and passage.string.isascii()
    )


def _is_breadcrumb(passage: Passage) -> bool:
    marked = passage.kind in ("byline", "dateline") or (passage.kind == "heading" and passage.label)
    return (
        not marked and is_label(passage) and (passage.words <= _BREADCRUMB_WORDS or _looks_published(passage))
    )


def _is_menu(passage: Passage) -> bool:
    """Whether a line is a row of short entries with bars between: "Home | News | Contact"; a row with a date is none."""
    entries = [entry for entry in _BARS.split(passage.string[:_TITLE_LENGTH]) if entry]
    return (
        len(entries) >= _ENTRIES
        and all(len(entry.split()) <= _ENTRY_WORDS for entry in entries)
        and passage.kind not in ("byline", "dateline")
        and not passage.ends_sentence
        and not any(True for _ in dates(passage.string[:_TITLE_LENGTH]))
    )


def _looks_published(passage: Passage) -> bool:
    known = reading_words()
    return passage.words <= 7 and any(key(w) in known.organisation_words for w in passage.string.split()[-2:])


def _title_at(front: Sequence[Passage], known_title: str | None) -> int | None:
    wanted = key(known_title or "")
    if wanted:
        return next(
            (
                i
                for i, p in enumerate(front)
                if p.key and (p.key == wanted or (p.key in wanted and p.words > 3))
            ),
            None,
        )
    candidates = [i for i, p in enumerate(front) if _may_be_title(p)]
    marked = [i for i in candidates if front[i].kind == "heading" and front[i].label == "1"]
    marked = marked or [i for i in candidates if front[i].kind == "heading" and front[i].label]
    if marked:
        return marked[0]
    genres = reading_words().dateline_words
    candidates = [i for i in candidates if front[i].key not in genres] or candidates
    while len(candidates) > 1 and _opens_menu(front, candidates):
        candidates = candidates[1:]
    return candidates[0] if candidates else None


def _opens_menu(front: Sequence[Passage], candidates: Sequence[int]) -> bool:
    """Whether the first candidate is one of a run of very short lines above a longer one."""
    first, second = candidates[:2]
    menu = front[first].words <= _MENU_WORDS and second == first + 1
    return (menu and not front[second].gap) or (menu and front[first].key == front[second].key)


def _may_be_title(passage: Passage) -> bool:
    if passage.kind not in ("", "heading", "title") or is_boilerplate(passage) or _is_menu(passage):
        return False
    if passage.words > _TITLE_WORDS or len(passage.string) > _TITLE_LENGTH or not passage.words:
        return False
    return passage.kind != "" or not _DOT_ENDS_TITLE.search(passage.string)


def _add_publisher(front: list[Passage], opening: Opening, hosts: str) -> None:
    """Take for the publisher a line next to a date or address that names a medium, or the address's host."""
    for index, passage in enumerate(front):
        if passage.kind != "publisher":
            continue
        near = front[max(0, index - 1) : index + 2]
        stands_by = any(p.kind == "dateline" or _URL.match(p.string) for p in near)
        words = {key(word) for word in passage.string.split() if len(word) > 2}
        in_host = any(word in hosts for word in words if len(word) > 3)
        named = bool(words & reading_words().organisation_words) or passage.string in reading_words().agencies
        if stands_by and (in_host or (named and len(words) > 1)) and not opening.publisher:
            opening.publisher = passage.string
        front[index] = replace(passage, kind="drop")
