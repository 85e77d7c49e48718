"""Fields by which records describe articles: columns of a corpus, entries of front matter; their names are a table."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from alliancegraph.extract.bylines import byline
from alliancegraph.extract.datelines import day_in
from alliancegraph.extract.formats import people
from alliancegraph.extract.kinds import FIELDS
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.offsets import Mapped
from alliancegraph.extract.passages import Passage
from alliancegraph.ontology.errors import VocabularyError

_FILE: Final = "fields.tsv"
_GROUP: Final = "group"
_LONGEST: Final = 300
_TAG: Final = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8}){0,3})")
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_MONTHS: Final = 12
_SECONDS: Final = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d{1,6})?")
_BETWEEN_AUTHORS: Final = re.compile(r"\s*[;|\n]\s*")

Record = Mapping[str, object]


@cache
def usual_names(field: str) -> tuple[str, ...]:
    """What a field is usually called, the surest name first; raises VocabularyError if the table is broken."""
    try:
        table = resources.files("alliancegraph.ontology").joinpath(_FILE).read_text(encoding="utf-8")
        rows = [line.split("\t") for line in table.splitlines()[1:]]
        found = tuple(name for kind, name in rows if kind == field)
    except (OSError, ValueError) as error:
        raise VocabularyError(f"cannot read {_FILE}: {error}; reinstall alliancegraph", path=_FILE) from error
    if not found:
        raise VocabularyError(f"{_FILE} has no {field}; reinstall alliancegraph", path=_FILE)
    return found


def known_field(name: str) -> str | None:
    """The field that a column or entry of that name holds."""
    return next((f for f in FIELDS if _plain(name) in map(_plain, usual_names(f))), None)


def by_field(record: Record, chosen: Mapping[str, str] | None = None) -> dict[str, object]:
    """The values of a record by field: of the first column that is usually called so and is not empty.

    `chosen` names the columns of some fields; `meta.date` is one within another.
    """
    columns = _columns(record)
    found: dict[str, object] = {}
    for field in FIELDS:
        if chosen and field in chosen:
            value = _at(record, chosen[field])
        else:
            names = map(_plain, usual_names(field))
            value = next((columns[name] for name in names if not _is_empty(columns.get(name))), None)
        if not _is_empty(value):
            found[field] = value
    return found


def _columns(record: Record) -> dict[str, object]:
    """The values by plain names; those within a group of metadata count where none stands outside."""
    found: dict[str, object] = {}
    for name, value in record.items():
        found.setdefault(_plain(name), value)
    for group in usual_names(_GROUP):
        inner = found.get(_plain(group))
        if isinstance(inner, Mapping):
            for name, value in inner.items():
                found.setdefault(_plain(str(name)), value)
    return found


def _at(record: Record, path: str) -> object:
    if path in record:
        return record[path]
    first, _, rest = path.partition(".")
    inner = record.get(first)
    return _at(inner, rest) if rest and isinstance(inner, Mapping) else None


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _is_empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, str) and not value.strip()) or value in ([], {})


def stated(values: Mapping[str, object], *, month_first: bool | None = None) -> Stated:
    """What the values by field state of an article; a value that makes no sense for its field states nothing.

    `month_first` says how 05/03/2009 is meant; unless that is known, it is its year only.
    """

    def first(field: str) -> str | None:
        return next(texts(values.get(field)), None)

    publisher, url, title = first("publisher"), first("url"), first("title")
    return Stated(
        title=title,
        authors=tuple(dict.fromkeys(_authors(values.get("author")))),
        publisher=publisher if publisher and "://" not in publisher and len(publisher) <= _LONGEST else None,
        date=_day(first("date") or "", month_first),
        language=language_tag(first("language") or ""),
        url=url if url and url.startswith(("http://", "https://")) else None,
    )


def texts(value: object) -> Iterator[str]:
    """The texts in a value, each on one line: of a list one after another, of an object its `name`."""
    if isinstance(value, str):
        if value.strip():
            yield " ".join(value.split())
    elif isinstance(value, Mapping):
        yield from texts(value.get("name") or value.get("title"))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)
    elif isinstance(value, datetime.date):
        yield value.isoformat()
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _authors(value: object) -> Iterator[str]:
    for written in texts(_listed(value)):
        for part in _BETWEEN_AUTHORS.split(written[:2000]):
            line = byline(Passage(Mapped.of(part)))
            yield from line.authors if line else people(part)


def _listed(value: object) -> object:
    """A list that a table holds as its text, `['Ann Lee', 'Bo Chen']`, as a list."""
    if not (isinstance(value, str) and value.startswith("[") and value.endswith("]")):
        return value
    try:
        return ast.literal_eval(value[:2000])
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return value[1:-1]


def _day(value: str, month_first: bool | None) -> str | None:
    """The EDTF date that a value is: written in any usual form, or seconds or milliseconds since 1970."""
    if match := _DAY.fullmatch(value):
        return day_in("-".join(match.groups()))
    if match := _SECONDS.fullmatch(value):
        moment = datetime.datetime.fromtimestamp(int(match[1]), datetime.UTC)
        return moment.date().isoformat()
    if month_first is not None and (match := _NUMERIC.match(value)):
        day, month = (match[2], match[1]) if month_first else (match[1], match[2])
        return day_in(f"{match[3]}-{month:0>2}-{day:0>2}")
    return day_in(value)


def has_month_first(values: Iterable[object]) -> bool | None:
    """Whether the dates of a column have the month first, told by those that make sense in one order only."""
    written = [match for value in values for text in texts(value) if (match := _NUMERIC.match(text))]
    day_leads = any(int(match[1]) > _MONTHS for match in written)
    month_leads = any(int(match[2]) > _MONTHS for match in written)
    return None if day_leads == month_leads else month_leads


def language_tag(value: str) -> str | None:
    """A language as a tag such as `en` or `en-GB`, or None if the value is no tag; "English" is one."""
    if value.casefold() in ("english", "eng"):
        return "en"
    match = _TAG.fullmatch(value.strip())
    if not match:
        return None
    region = match[2].replace("_", "-")
    return match[1].lower() + (region.upper() if len(region) == 3 else region)
