"""Hand-coded statements from a `.dna` file, the SQLite database of Discourse Network Analyzer 3.0."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import quote

import numpy as np

from alliancegraph.networks.statements import Attributes, Column, Statements
from alliancegraph.ontology.errors import StatementsError
from alliancegraph.queries.suggestions import did_you_mean

_MAGIC: Final = b"SQLite format 3\0"
_NEEDED: Final = {
    "DOCUMENTS": ("ID", "Date"),
    "VARIABLES": ("ID", "Variable"),
    "STATEMENTS": ("ID", "DocumentId"),
    "ENTITIES": ("ID", "Value"),
    "DATASHORTTEXT": ("StatementId", "VariableId", "Entity"),
}
_VALUES: Final = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER", "long text": "DATALONGTEXT"}
_FIELDS: Final = ("Author", "Source", "Section", "Type")
_INSTEAD: Final = "export its event list from DNA as CSV and give that"

Cell: TypeAlias = str | int | float | None


def read_dna(path: Path, statement_type: str | None = None, variables: Sequence[str] = ()) -> Statements:
    """The statements of one type: the one named, else the first that has these variables and any statement.

    Beside its own variables a statement has those of its document: `document` (its title), `author`, `source`,
    `section` and `type`; and its `coder`. Attributes of values are kept. The file is only read. Raises `StatementsError`
    for what is no such file, one of another version, or a broken one.
    """
    try:
        with _opened(path) as connection:
            database = _Database(connection)
            _check(database, path)
            return _statements(database, _type(database, path, statement_type, variables), path)
    except (sqlite3.Error, TypeError, ValueError, OverflowError) as error:
        message = f"{path}: is a broken database ({error}); take a copy of before, or {_INSTEAD}"
        raise StatementsError(message, path=str(path)) from error


def dna_texts(path: Path) -> dict[str, str]:
    """The text of each document, by the name that `read_dna` gives it; raise `StatementsError` as that does."""
    try:
        with _opened(path) as connection:
            return {document.name: document.text for document in _documents(_Database(connection)).values()}
    except (sqlite3.Error, TypeError, ValueError, OverflowError) as error:
        message = f"{path}: is a broken database ({error}); take a copy of before, or {_INSTEAD}"
        raise StatementsError(message, path=str(path)) from error


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror or error}); check the path and its permissions"
        raise StatementsError(message, path=str(path)) from error
    if head != _MAGIC:
        what = "an XML file of DNA 1" if head.lstrip().startswith(b"<") else "no database of DNA"
        raise StatementsError(f"{path}: is {what}; {_INSTEAD}", path=str(path))
    # Without a log of changes beside it nothing is written, not even a lock.
    mode = "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?{mode}", uri=True)
    try:
        yield connection
    finally:
        connection.close()


class _Database:
    """The tables of a file, some of which may lack columns, or be lacking."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def columns(self, table: str) -> set[str]:
        """The names of a table's columns; none where there is no such table."""
        return {str(row[1]) for row in self._connection.execute(f"PRAGMA table_info({table})")}

    def rows(self, table: str, *columns: str) -> list[tuple[Cell, ...]]:
        """The rows of a table by id, with nothing for columns that it does not have."""
        there = self.columns(table)
        if not there:
            return []
        named = ", ".join(column if column in there else "NULL" for column in columns)
        order = " ORDER BY ID" if "ID" in there else ""
        return self._connection.execute(f"SELECT {named} FROM {table}{order}").fetchall()

    def pairs(self, table: str, key: str, value: str) -> dict[Cell, Cell]:
        """One column by another."""
        return {row[0]: row[1] for row in self.rows(table, key, value)}


def _check(database: _Database, path: Path) -> None:
    """Raise for the layout of another version."""
    version = next(
        (str(value) for name, value in database.rows("SETTINGS", "Property", "Value") if name == "version"),
        "",
    )
    lacking = [table for table, columns in _NEEDED.items() if not set(columns) <= database.columns(table)]
    if lacking and not (database.columns("STATEMENTS") and database.columns("DOCUMENTS")):
        raise StatementsError(f"{path}: is a database, but none of DNA; {_INSTEAD}", path=str(path))
    if lacking or (version and not version.startswith("3")):
        what = f"is of DNA {version}" if version else "is of another version of DNA"
        where = (
            f", whose table {lacking[0]} differs from that of DNA 3.0" if lacking else ", and not of DNA 3.0"
        )
        raise StatementsError(f"{path}: {what}{where}; import it into DNA 3.0, or {_INSTEAD}", path=str(path))


def _type(database: _Database, path: Path, wanted: str | None, variables: Sequence[str]) -> Cell:
    """The id of the type of statement that is meant."""
    types = {str(label): id_ for id_, label in reversed(database.rows("STATEMENTTYPES", "ID", "Label"))}
    if wanted is not None:
        if wanted in types:
            return types[wanted]
        near = did_you_mean(wanted, types) or f"there are {', '.join(sorted(types))}"
        raise StatementsError(f"{path}: has no statements of type {wanted!r}; {near}", path=str(path))
    sizes = Counter(row[0] for row in database.rows("STATEMENTS", "StatementTypeId"))
    if not sizes:
        raise StatementsError(f"{path}: holds no statements; code some in DNA first", path=str(path))
    owned: dict[Cell, set[str]] = {}
    for id_, variable in database.rows("VARIABLES", "StatementTypeId", "Variable"):
        owned.setdefault(id_, set()).add(str(variable))
    ids = sorted({*types.values(), *sizes}, key=lambda id_: (id_ is None, str(id_).zfill(9)))
    return min(ids, key=lambda id_: (-len(owned.get(id_, set()) & set(variables)), id_ not in sizes))


@dataclass(frozen=True, slots=True)
class _Document:
    name: str
    text: str
    fields: dict[str, str]
    date: int | None

    def passage(self, start: int, stop: int) -> tuple[int, int, str]:
        """The range in characters and its text; DNA counts in UTF-16."""
        if self.text.isascii() or max(self.text) <= "\uffff":
            return start, stop, self.text[start:stop]
        wide = self.text.encode("utf-16-le", "surrogatepass")
        before = len(wide[: 2 * start].decode("utf-16-le", "replace"))
        passage = wide[2 * start : 2 * stop].decode("utf-16-le", "replace")
        return before, before + len(passage), passage


def _statements(database: _Database, type_: Cell, path: Path) -> Statements:
    documents = _documents(database)
    coders = {id_: str(name) for id_, name in database.rows("CODERS", "ID", "Name")}
    rows = [
        row[1:]
        for row in database.rows(
            "STATEMENTS", "StatementTypeId", "ID", "DocumentId", "Start", "Stop", "Coder"
        )
        if row[0] == type_
    ]
    lost = [row[0] for row in rows if row[1] not in documents]
    if lost:
        raise ValueError(f"statement {lost[0]} is in no document")
    said = [documents[row[1]] for row in rows]
    passages = [
        document.passage(int(row[2] or 0), int(row[3] or 0)) for document, row in zip(said, rows, strict=True)
    ]
    shared = {
        "document": Column.of([document.name for document in said]),
        "coder": Column.of([coders.get(row[4], str(row[4] or "")) for row in rows]),
        **{field.lower(): Column.of([document.fields[field] for document in said]) for field in _FIELDS},
    }
    missing = np.iinfo(np.int64).min
    return Statements.of(
        shared | _variables(database, type_, [row[0] for row in rows]),
        ids=[str(row[0]) for row in rows],
        dates=np.array([missing if d.date is None else d.date for d in said], np.int64).view("datetime64[s]"),
        starts=np.array([passage[0] for passage in passages], np.int64),
        ends=np.array([passage[1] for passage in passages], np.int64),
        texts=[passage[2] for passage in passages],
    )


def _documents(database: _Database) -> dict[Cell, _Document]:
    """The documents by id, named by their titles, and by their ids too where a title is not theirs alone."""
    rows = database.rows("DOCUMENTS", "ID", "Title", "Text", "Date", *_FIELDS)
    titles = Counter(row[1] for row in rows)
    return {
        id_: _Document(
            str(title) if title and titles[title] == 1 else f"{title or ''} ({id_})".strip(),
            str(text or ""),
            {field: str(value or "") for field, value in zip(_FIELDS, fields, strict=True)},
            None if date is None else int(date),
        )
        for id_, title, text, date, *fields in rows
    }


def _variables(database: _Database, type_: Cell, ids: Sequence[Cell]) -> dict[str, Column]:
    """The variables of a type of statement, for the statements with these ids."""
    entities = database.pairs("ENTITIES", "ID", "Value")
    attributes = _attributes(database, entities)
    found: dict[str, Column] = {}
    for id_, name, kind, owner in database.rows("VARIABLES", "ID", "Variable", "DataType", "StatementTypeId"):
        if owner != type_ and owner is not None:
            continue
        table = _VALUES.get(str(kind))
        if table is None:
            held = database.rows("DATASHORTTEXT", "VariableId", "StatementId", "Entity")
            values = {
                statement: entities.get(entity) for variable, statement, entity in held if variable == id_
            }
        else:
            held = database.rows(table, "VariableId", "StatementId", "Value")
            values = {statement: value for variable, statement, value in held if variable == id_}
        listed = [_text(values.get(statement)) for statement in ids]
        found[str(name)] = Column.of(listed, attributes if table is None and attributes else None)
    return found


def _text(value: Cell) -> str | None:
    return None if value is None else str(value)


def _attributes(database: _Database, entities: Mapping[Cell, Cell]) -> dict[str, Attributes]:
    """What the file says of each value, by its name."""
    names = database.pairs("ATTRIBUTEVARIABLES", "ID", "AttributeVariable")
    found: dict[str, dict[str, str | int | float]] = {}
    for entity, variable, value in database.rows(
        "ATTRIBUTEVALUES", "EntityId", "AttributeVariableId", "AttributeValue"
    ):
        if value and entity in entities and variable in names:
            found.setdefault(str(entities[entity]), {})[str(names[variable])] = value
    return dict(found)
