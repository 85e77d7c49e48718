"""JSON: a list of articles, an object that holds such a list, one article, or JSON Lines under another name."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Final

from alliancegraph.extract.decoding import decoded
from alliancegraph.extract.formats import Extracted, Hints
from alliancegraph.extract.formats_jsonl import several as several_lines
from alliancegraph.extract.formats_records import Row, documents
from alliancegraph.extract.sources import PACKED_LIMIT, Raw
from alliancegraph.ontology.errors import BadRow, NotText, ReadingError, TooLarge

_ITEM: Final = "item"


def several(stream: IO[bytes], name: str, hints: Hints) -> Iterator[Extracted | ReadingError]:
    """The documents of a JSON file; raises NotText for a file that holds none, and TooLarge."""
    data = stream.read(PACKED_LIMIT + 1)
    if len(data) > PACKED_LIMIT:
        message = f"{name}: larger than {PACKED_LIMIT // 1024**2} MiB; write it as JSON Lines, one article on each line"
        raise TooLarge(message, source=name)
    text = decoded(Raw(data, name), hints.encoding).removeprefix("\ufeff")
    try:
        found = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            message = f"{name}: line {error.lineno} is no JSON ({error.msg}); mend it"
            raise NotText(message, source=name) from error
        yield from several_lines(io.BytesIO(text.encode("utf-8", "surrogatepass")), name, hints)
        return
    except RecursionError as error:
        raise NotText(f"{name}: is nested too deep; write it as JSON Lines", source=name) from error
    yield from documents(_rows(_articles(found), name), name, hints.columns)


def _articles(found: object) -> Sequence[object]:
    """The list of articles: the whole, or the longest list of objects right inside an object, or the object itself."""
    if isinstance(found, list):
        return found
    if isinstance(found, Mapping):
        lists = [
            v for v in found.values() if isinstance(v, list) and v and all(isinstance(x, Mapping) for x in v)
        ]
        if lists and not any(isinstance(v, str) and len(v) > 1000 for v in found.values()):
            return max(lists, key=len)
    return [found]


def _rows(items: Sequence[object], name: str) -> Iterator[Row | BadRow]:
    for number, item in enumerate(items, 1):
        if isinstance(item, Mapping):
            yield Row(number, item, _ITEM)
        else:
            message = f'{name}: {_ITEM} {number} is no JSON object; write it as {{"text": "…"}}'
            yield BadRow(message, source=name, line=number)
