"""Hand-coded statements from the SQLite databases of DNA 2 and 3, in each of their layouts.

They are those which the `createTables` and `createDataStructure` of DNA's own source make. Values of short text stand in
DATASHORTTEXT: in DNA 2 as text, in DNA 3.0 as a row of ENTITIES, both by variable; in DNA 3.1 by ROLEVARIABLELINKS, which tie the
variables that hold values to the roles in which a statement has them, several of one role too.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import quote

from alliancegraph.networks.dna_documents import (
    INSTEAD,
    DnaDocument,
    broken,
    document_names,
    local_midnights,
    statements_of,
)
from alliancegraph.networks.statements import Attributes, Column, Statements
from alliancegraph.ontology.errors import StatementsError
from alliancegraph.queries.suggestions import did_you_mean

_NEEDED: Final = {
    "DOCUMENTS": ("ID", "Date"),
    "VARIABLES": ("ID", "Variable"),
    "STATEMENTS": ("ID", "DocumentId"),
    "DATASHORTTEXT": ("StatementId",),
}
_LAYOUTS: Final = {
    "2": ("VariableId", "Value"),
    "3.0": ("VariableId", "Entity"),
    "3.1": ("RoleVariableLinkId", "Entity"),
}
"""What DATASHORTTEXT has in each."""
_ENTITIES: Final = {"ENTITIES": ("ID", "Value")}
_ALSO: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "2": {},
    "3.0": _ENTITIES,
    "3.1": {**_ENTITIES, "ROLES": ("ID", "RoleName"), "ROLEVARIABLELINKS": ("ID", "RoleId", "VariableId")},
}
"""What else each needs."""
_VALUES: Final = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER", "long text": "DATALONGTEXT"}
_FIELDS: Final = ("Author", "Source", "Section", "Type")
_BROKEN: Final = (sqlite3.Error, TypeError, ValueError, OverflowError)

Cell: TypeAlias = str | int | float | None
Values: TypeAlias = dict[Cell, list[str]]
"""The values of a variable by statement."""


def read_tables(path: Path, statement_type: str | None, variables: Sequence[str]) -> Statements:
    """The statements of one type; see `dna_file.read_dna`."""
    try:
        with _opened(path) as connection:
            database = _Database(connection)
            layout = _layout(database, path)
            type_ = _type(database, path, layout, statement_type, variables)
            return _statements(database, layout, type_)
    except _BROKEN as error:
        raise broken(path, error) from error


def table_texts(path: Path) -> dict[str, str]:
    """The text of each document by its name."""
    try:
        with _opened(path) as connection:
            database = _Database(connection)
            found = _documents(database, _layout(database, path))
            return {document.name: document.text for document in found.values()}
    except _BROKEN as error:
        raise broken(path, error) from error


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
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


def _layout(database: _Database, path: Path) -> str:
    """The layout of the file; raise `StatementsError` for another one, or another database."""
    version = next(
        (str(value) for name, value in database.rows("SETTINGS", "Property", "Value") if name == "version"),
        "",
    )
    lacking = _lacking(database, _NEEDED)
    if lacking and not (database.columns("STATEMENTS") and database.columns("DOCUMENTS")):
        raise StatementsError(f"{path}: is a database, but none of DNA; {INSTEAD}", path=str(path))
    there = database.columns("DATASHORTTEXT")
    found = next((name for name, columns in _LAYOUTS.items() if set(columns) <= there), None)
    lacking = lacking or _lacking(database, _ALSO.get(found or "", {}))
    if lacking or found is None:
        what = f"is of DNA {version}" if version else "is of another version of DNA"
        where = f"whose table {lacking or 'DATASHORTTEXT'} differs from those of DNA {', '.join(_LAYOUTS)}"
        raise StatementsError(f"{path}: {what}, {where}; {INSTEAD}", path=str(path))
    return found


def _lacking(database: _Database, needed: Mapping[str, Sequence[str]]) -> str | None:
    """The first table that is not there with these columns."""
    return next(
        (table for table, columns in needed.items() if not set(columns) <= database.columns(table)), None
    )


def _type(database: _Database, path: Path, layout: str, wanted: str | None, variables: Sequence[str]) -> Cell:
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
    named = ("ROLES", "RoleName") if layout == "3.1" else ("VARIABLES", "Variable")
    for id_, variable in database.rows(named[0], "StatementTypeId", named[1]):
        owned.setdefault(id_, set()).add(str(variable))
    ids = sorted({*types.values(), *sizes}, key=lambda id_: (id_ is None, str(id_).zfill(9)))
    return min(ids, key=lambda id_: (-len(owned.get(id_, set()) & set(variables)), id_ not in sizes))


def _statements(database: _Database, layout: str, type_: Cell) -> Statements:
    documents = _documents(database, layout)
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
    entities = database.pairs("ENTITIES", "ID", "Value")
    variables = (
        _roles(database, type_, entities) if layout == "3.1" else _variables(database, type_, entities)
    )
    expanded = [
        (row, combination)
        for row in rows
        for combination in product(*(values.get(row[0], [""]) for values, _ in variables.values()))
    ]
    attributes = _attributes(database, entities) or _old_attributes(database)
    columns = {
        name: Column.of([values[place] for _, values in expanded], attributes if short else None)
        for place, (name, (_, short)) in enumerate(variables.items())
    }
    columns["coder"] = Column.of([coders.get(row[4], str(row[4] or "")) for row, _ in expanded])
    return statements_of(
        [str(row[0]) for row, _ in expanded],
        [documents[row[1]] for row, _ in expanded],
        [(int(row[2] or 0), int(row[3] or 0)) for row, _ in expanded],
        columns,
    )


def _documents(database: _Database, layout: str) -> dict[Cell, DnaDocument]:
    """The documents by id; DNA 2 counts milliseconds of the coder's own clock."""
    rows = database.rows("DOCUMENTS", "ID", "Title", "Text", "Date", *_FIELDS)
    names = document_names([str(row[1] or "") for row in rows], [row[0] for row in rows])
    dates = [None if row[3] is None else int(row[3]) for row in rows]
    if layout == "2":
        dates = local_midnights([None if date is None else date // 1000 for date in dates])
    return {
        row[0]: DnaDocument(
            name,
            str(row[2] or ""),
            {field.lower(): str(value or "") for field, value in zip(_FIELDS, row[4:], strict=True)},
            date,
        )
        for name, date, row in zip(names, dates, rows, strict=True)
    }


def _variables(
    database: _Database, type_: Cell, entities: Mapping[Cell, Cell]
) -> dict[str, tuple[Values, bool]]:
    """The variables of a type of statement: their values, and whether these are short texts."""
    found: dict[str, tuple[Values, bool]] = {}
    for id_, name, kind, owner in database.rows("VARIABLES", "ID", "Variable", "DataType", "StatementTypeId"):
        if owner == type_ or owner is None:
            found[str(name)] = (
                _held(database, str(kind), "VariableId", id_, entities),
                str(kind) not in _VALUES,
            )
    return found


def _roles(database: _Database, type_: Cell, entities: Mapping[Cell, Cell]) -> dict[str, tuple[Values, bool]]:
    """The roles of a type of statement, each with the values of all variables that may stand in it."""
    kinds = database.pairs("VARIABLES", "ID", "DataType")
    links = database.rows("ROLEVARIABLELINKS", "ID", "RoleId", "VariableId")
    found: dict[str, tuple[Values, bool]] = {}
    for id_, name, owner in database.rows("ROLES", "ID", "RoleName", "StatementTypeId"):
        if owner != type_:
            continue
        values: Values = {}
        short = False
        for link, role, variable in links:
            if role == id_:
                kind = str(kinds.get(variable))
                short |= kind not in _VALUES
                held = _held(database, kind, "RoleVariableLinkId", link, entities)
                for statement, several in held.items():
                    values.setdefault(statement, []).extend(several)
        found[str(name)] = values, short
    return found


def _held(database: _Database, kind: str, key: str, wanted: Cell, entities: Mapping[Cell, Cell]) -> Values:
    """The values of one variable, or of one link, by statement."""
    table = _VALUES.get(kind, "DATASHORTTEXT")
    by_entity = "Entity" in database.columns(table)
    found: Values = {}
    for owner, statement, value in database.rows(
        table, key, "StatementId", "Entity" if by_entity else "Value"
    ):
        told = entities.get(value) if by_entity else value
        if owner == wanted:
            found.setdefault(statement, []).append("" if told is None else str(told))
    return found


def _attributes(database: _Database, entities: Mapping[Cell, Cell]) -> dict[str, Attributes] | None:
    """What the file says of each value, by its name."""
    names = database.pairs("ATTRIBUTEVARIABLES", "ID", "AttributeVariable")
    found: dict[str, dict[str, str | int | float]] = {}
    for entity, variable, value in database.rows(
        "ATTRIBUTEVALUES", "EntityId", "AttributeVariableId", "AttributeValue"
    ):
        if value and entity in entities and variable in names:
            found.setdefault(str(entities[entity]), {})[str(names[variable])] = value
    return dict(found) or None


def _old_attributes(database: _Database) -> dict[str, Attributes] | None:
    """What a file of DNA 2 says of each value, by its name."""
    names = ("Type", "Alias", "Notes")
    found = {
        str(value): {name.lower(): told for name, told in zip(names, several, strict=True) if told}
        for value, *several in database.rows("ATTRIBUTES", "Value", *names)
    }
    return {value: marks for value, marks in found.items() if value and marks} or None
