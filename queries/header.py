"""The header of a `.rq` file: the comment lines from which the command line, the docs and the tests know a query.

# title: Actors by issue
# Who took a position on one issue, and how often.
# param: issue (skos:Concept IRI)
# param: min_confidence (confidence) = 0
# columns: actor, stance, positions
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from alliancegraph.ontology.errors import QueryError

_PARAMETER: Final = re.compile(r"(?P<name>\w+) \((?P<type>[^()]+)\)(?: = (?P<default>.*))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query asks for; `type` is a class with `IRI` behind it, `integer`, `confidence`, `date`,
    `side` or `string`.

    A parameter with a `default` may be left out.
    """

    name: str
    type: str
    default: str | None = None

    @property
    def required(self) -> bool:
        """Whether the query cannot run without it."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that explains itself: its name, title, purpose, parameters, columns and SPARQL text."""

    name: str
    title: str
    purpose: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str

    @property
    def usage(self) -> str:
        """How it is called: `actors-by-issue issue=ISSUE [min_confidence=0]`."""
        words = [
            f"{p.name}={p.name.upper()}" if p.required else f"[{p.name}={p.default}]" for p in self.parameters
        ]
        return " ".join([self.name, *words])


def has_header(text: str) -> bool:
    """Whether a SPARQL text explains itself."""
    return text.lstrip().startswith("# title:")


def parse_query(name: str, text: str) -> NamedQuery:
    """The query of a text with a header; raise `QueryError` where the header is incomplete."""
    lines = [line[1:].strip() for line in _leading_comments(text)]
    fields = [line.partition(": ") for line in lines]
    titles = [value for key, _, value in fields if key == "title"]
    columns = [value for key, _, value in fields if key == "columns"]
    if not titles or not columns:
        raise QueryError(f"query {name}: the header needs '# title: …' and '# columns: …'", query=name)
    prose = [
        line
        for line, (key, _, _) in zip(lines, fields, strict=True)
        if key not in ("title", "param", "columns")
    ]
    return NamedQuery(
        name=name,
        title=titles[0].strip(),
        purpose=" ".join(prose).strip(),
        parameters=tuple(_parameter(name, value.strip()) for key, _, value in fields if key == "param"),
        columns=tuple(column.strip() for column in columns[0].split(",")),
        text=text,
    )


def _leading_comments(text: str) -> list[str]:
    comments = []
    for line in text.lstrip().splitlines():
        if not line.startswith("#"):
            break
        comments.append(line)
    return comments


def _parameter(query: str, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None:
        raise QueryError(f"query {query}: '# param: {line}' is not of the form 'name (type)'", query=query)
    return Parameter(found["name"], found["type"], found["default"])
