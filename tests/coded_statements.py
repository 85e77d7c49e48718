"""Hand-coded statements for tests, and networks of them by plain loops, straight from the definitions."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from alliancegraph.networks.statements import Column, Statements

Row = Mapping[str, str]

CODED: Sequence[tuple[str, str, str, str, str]] = (
    ("Norden", "harbours", "1", "Bulletin 1", "2019-12-30"),
    ("Norden", "harbours", "1", "Bulletin 1", "2019-12-30"),
    ("Norden", "tariffs", "0", "Bulletin 1", "2019-12-30"),
    ("Westmark", "harbours", "1", "Bulletin 2", "2020-01-02"),
    ("Westmark", "harbours", "0", "Bulletin 2", "2020-01-02"),
    ("Westmark", "tariffs", "1", "Bulletin 3", "2020-02-14"),
    ("Sundria", "tariffs", "0", "Bulletin 3", "2020-02-14"),
    ("Sundria", "tariffs", "0", "Bulletin 4", "2020-03-01"),
    ("Ostland", "fisheries", "1", "Bulletin 4", "2020-03-01"),
)
"""Four organizations on three concepts: who, what, agreement, document, date."""


def coded() -> Statements:
    """The statements of `CODED`."""
    who, what, agreement, document, dates = zip(*CODED, strict=True)
    return Statements.of(
        {
            "organization": Column.of(who),
            "concept": Column.of(what),
            "agreement": Column.of(agreement),
            "document": Column.of(document),
        },
        dates=np.array(dates, "datetime64[s]"),
    )


def random_statements(
    size: int, actors: int, issues: int, levels: Sequence[str] = ("0", "1"), seed: int = 1
) -> Statements:
    """So many statements, each part of which is drawn evenly; the same each time."""
    draw = np.random.default_rng(seed)

    def column(names: Sequence[str]) -> Column:
        return Column(tuple(names), draw.integers(0, len(names), size).astype(np.int32))

    return Statements.of(
        {
            "organization": column([f"actor {n:05}" for n in range(actors)]),
            "concept": column([f"issue {n:05}" for n in range(issues)]),
            "agreement": column(sorted(levels)),
        }
    )


def looped(
    statements: Statements, mode: str, aggregation: str, normalization: str
) -> tuple[list[str], list[str], list[list[float]]]:
    """Names and matrix by nested loops, for a qualifier of 0 and 1."""
    who = statements.column("organization").values
    what = statements.column("concept").values
    said = statements.column("agreement").values
    count = Counter(zip(who, what, said, strict=True))
    rows, columns = sorted(set(who)), sorted(set(what))
    n = {a: sum(count[a, c, k] for c in columns for k in "01") for a in rows}
    p = {c: sum(count[a, c, k] for a in rows for k in "01") for c in columns}

    def two(a: str, c: str) -> float:
        no, yes = count[a, c, "0"], count[a, c, "1"]
        entry = {"ignore": no + yes, "subtract": yes - no, "combine": (yes > 0) + 2 * (no > 0)}[aggregation]
        return entry / {"no": 1, "activity": n[a], "prominence": p[c]}[normalization]

    def one(a: str, b: str) -> float:
        if a == b:
            return 0
        both = [(c, k) for c in columns for k in "01"]
        same = sum(count[a, c, k] * count[b, c, k] for c, k in both)
        other = sum(
            count[a, c, "0"] * count[b, c, "1"] + count[a, c, "1"] * count[b, c, "0"] for c in columns
        )
        if aggregation == "ratio":
            return same / (same + other) if same + other else 0
        entry = {"congruence": same, "conflict": other, "subtract": same - other, "ignore": same + other}[
            aggregation
        ]
        jaccard = 0
        for c, k in both:
            x, y = count[a, c, k], count[b, c, k]
            jaccard += x * y if x and y else x + y
        divisor = {"no": 1, "average": (n[a] + n[b]) / 2, "cosine": n[a] * n[b], "jaccard": jaccard}[
            normalization
        ]
        return entry / divisor if divisor else 0

    if mode == "twomode":
        return rows, columns, [[two(a, c) for c in columns] for a in rows]
    return rows, rows, [[one(a, b) for b in rows] for a in rows]


def write_dna(path: Path, version: str = "3.0.11") -> None:
    """A `.dna` file in the layout of DNA 3.0: `CODED`, an annotation, attributes, and text beyond the basic plane."""
    database = sqlite3.connect(path)
    with database:
        database.executescript(
            """
            CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
            CREATE TABLE CODERS(ID INTEGER PRIMARY KEY, Name TEXT NOT NULL);
            CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT,
                Section TEXT, Notes TEXT, Type TEXT, Date INTEGER NOT NULL);
            CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
            CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
            CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
                Stop INTEGER, Coder INTEGER);
            CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, ChildOf INTEGER);
            CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY, VariableId INTEGER, AttributeVariable TEXT);
            CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY, EntityId INTEGER, AttributeVariableId INTEGER,
                AttributeValue TEXT);
            CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
            CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
            CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
            CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
            INSERT INTO CODERS VALUES (1, 'Admin'), (2, 'Ada');
            INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 0, 0, 0), (2, 'Annotation', 0, 0, 0);
            INSERT INTO VARIABLES VALUES (1, 'organization', 'short text', 1), (2, 'concept', 'short text', 1),
                (3, 'agreement', 'boolean', 1), (4, 'strength', 'integer', 1), (5, 'note', 'long text', 2);
            """
        )
        database.execute("INSERT INTO SETTINGS VALUES ('version', ?)", (version,))
        _fill(database)
    database.close()


def _fill(database: sqlite3.Connection) -> None:
    entities: dict[tuple[int, str], int] = {}
    documents: dict[str, int] = {}
    for number, (who, what, agreement, document, date) in enumerate(CODED, 1):
        if document not in documents:
            documents[document] = len(documents) + 1
            row = (
                documents[document],
                document,
                f"𝔄 text of {document}.",
                2,
                "A. Scribe",
                "The Bulletin",
                "front",
                "",
                "",
            )
            database.execute(
                "INSERT INTO DOCUMENTS VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, strftime('%s', ?))", (*row, date)
            )
        database.execute(
            "INSERT INTO STATEMENTS VALUES (?, 1, ?, 3, 7, ?)", (number, documents[document], 1 + number % 2)
        )
        for variable, value in ((1, who), (2, what)):
            if (variable, value) not in entities:
                entities[variable, value] = len(entities) + 1
                database.execute(
                    "INSERT INTO ENTITIES VALUES (?, ?, ?, NULL)",
                    (entities[variable, value], variable, value),
                )
            database.execute(
                "INSERT INTO DATASHORTTEXT VALUES (NULL, ?, ?, ?)",
                (number, variable, entities[variable, value]),
            )
        database.execute("INSERT INTO DATABOOLEAN VALUES (NULL, ?, 3, ?)", (number, int(agreement)))
        database.execute("INSERT INTO DATAINTEGER VALUES (NULL, ?, 4, ?)", (number, number - 5))
    database.execute("INSERT INTO STATEMENTS VALUES (100, 2, 1, 0, 2, 1)")
    database.execute("INSERT INTO DATALONGTEXT VALUES (NULL, 100, 5, 'look again')")
    database.execute("INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 1, 'type')")
    database.execute(
        "INSERT INTO ATTRIBUTEVALUES VALUES (NULL, ?, 1, 'government')", (entities[1, "Norden"],)
    )


def write_dna2(path: Path, zone_hours: int = 1) -> None:
    """`CODED` in the layout of DNA 2.0, whose dates are midnights of a zone so far east, in milliseconds."""
    database = sqlite3.connect(path)
    with database:
        database.executescript(
            """
            CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT);
            CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT, Red INTEGER, Green INTEGER, Blue INTEGER,
                Password TEXT);
            CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT,
                Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
            CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT, Red INTEGER, Green INTEGER,
                Blue INTEGER);
            CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
            CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER,
                Start INTEGER, Stop INTEGER, Coder INTEGER);
            CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL,
                VariableId INTEGER NOT NULL, StatementTypeId INTEGER, Value INTEGER);
            CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL,
                VariableId INTEGER NOT NULL, StatementTypeId INTEGER, Value TEXT);
            CREATE TABLE ATTRIBUTES(ID INTEGER NOT NULL PRIMARY KEY, VariableId INTEGER NOT NULL, Value TEXT NOT NULL,
                Red INTEGER, Green INTEGER, Blue INTEGER, Type TEXT, Alias TEXT, Notes TEXT);
            INSERT INTO ATTRIBUTES VALUES (1, 1, 'Norden', 0, 0, 0, 'government', '', 'a kingdom'),
                (2, 1, 'Sundria', 0, 0, 0, '', '', '');
            INSERT INTO SETTINGS VALUES ('version', '2.0 beta 25');
            INSERT INTO CODERS VALUES (1, 'Admin', 0, 0, 0, '');
            INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 0, 0, 0);
            INSERT INTO VARIABLES VALUES (1, 'organization', 'short text', 1), (2, 'concept', 'short text', 1),
                (3, 'agreement', 'boolean', 1);
            """
        )
        documents: list[str] = []
        for number, (who, what, agreement, document, date) in enumerate(CODED, 1):
            if document not in documents:
                documents.append(document)
                database.execute(
                    "INSERT INTO DOCUMENTS VALUES (?, ?, 'A text.', 1, '', 'The Bulletin', '', '', '', "
                    "1000 * (strftime('%s', ?) - 3600 * ?))",
                    (len(documents), document, date, zone_hours),
                )
            place = documents.index(document) + 1
            database.execute("INSERT INTO STATEMENTS VALUES (?, 1, ?, 2, 6, 1)", (number, place))
            for variable, value in ((1, who), (2, what)):
                database.execute(
                    "INSERT INTO DATASHORTTEXT VALUES (NULL, ?, ?, 1, ?)", (number, variable, value)
                )
            database.execute("INSERT INTO DATABOOLEAN VALUES (NULL, ?, 3, 1, ?)", (number, int(agreement)))
    database.close()


def write_dna31(path: Path) -> None:
    """One statement of two persons and an organization in the layout of DNA 3.1, with roles."""
    database = sqlite3.connect(path)
    with database:
        database.executescript(
            """
            CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
            CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL);
            CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER,
                Author TEXT, Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER NOT NULL, Complete INTEGER);
            CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL);
            CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL, DataType TEXT NOT NULL);
            CREATE TABLE ROLES(ID INTEGER NOT NULL PRIMARY KEY, RoleName TEXT NOT NULL, StatementTypeId INTEGER,
                Position INTEGER, NumMin INTEGER, NumMax INTEGER, NumDefault INTEGER, DefaultVariableId INTEGER);
            CREATE TABLE ROLEVARIABLELINKS(ID INTEGER NOT NULL PRIMARY KEY, RoleId INTEGER, VariableId INTEGER);
            CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER,
                Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER);
            CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT NOT NULL);
            CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL,
                RoleVariableLinkId INTEGER NOT NULL, Entity INTEGER NOT NULL);
            CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL,
                RoleVariableLinkId INTEGER NOT NULL, Value INTEGER NOT NULL);
            INSERT INTO SETTINGS VALUES ('version', '3.1.0');
            INSERT INTO CODERS VALUES (1, 'Ada');
            INSERT INTO DOCUMENTS VALUES (1, 'Bulletin', 'They said so.', 1, '', '', '', '', '', 86400, 0);
            INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');
            INSERT INTO VARIABLES VALUES (1, 'person', 'short text'), (2, 'organization', 'short text'),
                (3, 'concept', 'short text'), (4, 'agreement', 'boolean');
            INSERT INTO ROLES VALUES (1, 'speaker', 1, 1, 1, 9, 1, 1), (2, 'concept', 1, 2, 1, 1, 1, 3),
                (3, 'agreement', 1, 3, 1, 1, 1, 4), (4, 'note', 2, 1, 1, 1, 1, 1);
            INSERT INTO ROLEVARIABLELINKS VALUES (1, 1, 1), (2, 1, 2), (3, 2, 3), (4, 3, 4);
            INSERT INTO STATEMENTS VALUES (7, 1, 1, 0, 9, 1);
            INSERT INTO ENTITIES VALUES (1, 1, 'Ann'), (2, 1, 'Bob'), (3, 2, 'Norden'), (4, 3, 'tariffs');
            INSERT INTO DATASHORTTEXT VALUES (1, 7, 1, 1), (2, 7, 1, 2), (3, 7, 2, 3), (4, 7, 3, 4);
            INSERT INTO DATABOOLEAN VALUES (1, 7, 4, 0);
            """
        )
    database.close()


DNA_1 = """<?xml version="1.0" encoding="UTF-8"?>
<discourse>
  <version>1.21</version>
  <articles>
    <article>
      <title>Bulletin</title>
      <date>14.03.2008</date>
      <text>Norden wants &amp; opens harbours.</text>
      <statements>
        <statement><start>1</start><end>13</end><person>Ann</person><organization>Norden</organization>
          <category>harbours</category><agreement>yes</agreement></statement>
        <statement><start>14</start><end>15</end><person>Bob</person><organization/>
          <category>harbours</category><agreement>no</agreement></statement>
      </statements>
    </article>
    <article><title>Empty</title><date>15.03.2008</date><text>Nothing.</text><statements/></article>
  </articles>
</discourse>
"""
"""A file of DNA 1 with two statements in one of two articles."""
