"""Hand-coded statements from files: CSV of many makes, and `.dna` databases."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from coded_statements import CODED, DNA_1, coded, write_dna, write_dna2, write_dna31

from alliancegraph.networks.coded import read_coded
from alliancegraph.networks.dna_documents import local_midnights
from alliancegraph.networks.dna_file import dna_texts, read_dna
from alliancegraph.networks.matrices import one_mode, two_mode
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import StatementsError, UsageError


def table(delimiter: str = ",", header: str = "organization,concept,agreement,document,date") -> str:
    """`CODED` as a table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(CODED)
    return out.getvalue()


def same(one: Statements, other: Statements) -> bool:
    """Whether both have the same values for organization, concept, agreement and document, and the same dates."""
    names = ("organization", "concept", "agreement", "document")
    return all(one.column(n).values == other.column(n).values for n in names) and bool(
        (one.dates == other.dates).all()
    )


# ---------------------------------------------------------------- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_many_makes(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """Any usual separator and encoding, with a byte order mark or without."""
    path = tmp_path / "coded.csv"
    path.write_bytes(table(delimiter).replace("harbours", "ports – “all”").encode(encoding))
    read = read_coded(path)
    assert read.column("concept").names == ("fisheries", "ports – “all”", "tariffs")
    assert read.column("organization").values == coded().column("organization").values
    assert (read.dates == coded().dates).all()


@pytest.mark.parametrize(
    "header", ["organization,concept,agreement,document,date", "Organisation,concept,agreement,Doc,DATE"]
)
def test_names_of_columns(tmp_path: Path, header: str) -> None:
    """Usual columns are known in either spelling."""
    path = tmp_path / "coded.csv"
    path.write_text(table(header=header), encoding="utf-8")
    assert same(read_coded(path), coded())


def test_fields_and_variables(tmp_path: Path) -> None:
    """Id, date, offsets, text and confidence have their meaning, and every other column is a variable."""
    path = tmp_path / "coded.csv"
    path.write_text(
        'id,date,person,start,stop,text,confidence,mood,\ns7,2008-03,"Ito, K.",3,9,"he said ""no""",0.5,grim,\n,,,,,,,,\n',
        encoding="utf-8",
    )
    read = read_coded(path)
    assert read.ids == ("s7", "2")
    assert sorted(read.columns) == ["mood", "person"]
    assert read.column("person").values == ["Ito, K.", ""]
    assert (read.starts.tolist(), read.ends.tolist()) == ([3, -1], [9, -1])
    assert (read.texts, read.confidences.tolist()) == (('he said "no"', ""), [0.5, 1.0])
    assert str(read.dates[0]) == "2008-03-01T00:00:00"
    assert np.isnat(read.dates[1])


def test_event_list_of_dna(tmp_path: Path) -> None:
    """What DNA exports as an event list: semicolons, quotation marks, and its own names for id, time, offsets and document."""
    path = tmp_path / "events.csv"
    path.write_text(
        '"statement_id";"time";"organization";"agreement";"start_position";"stop_position";"text";"document_id";"document_title"\n'
        '12;2005-01-26 10:30:00;"Norden";1;4;8;"open";3;"Bulletin"\n',
        encoding="utf-8",
    )
    read = read_coded(path)
    assert read.ids == ("12",)
    assert str(read.dates[0]) == "2005-01-26T10:30:00"
    assert (int(read.starts[0]), int(read.ends[0]), read.texts) == (4, 8, ("open",))
    assert sorted(read.columns) == ["agreement", "document", "document_title", "organization"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty; give statements under a row of column names"),
        ("person,concept\n", "has no statements under its column names"),
        ("person,person\na,b\n", "has two columns 'person'; rename one of them"),
        ("id,date\n1,2008\n", "has no variable among its columns id, date; add who says what"),
        (
            "person,concept\na,b\nc\n",
            "line 3 has 1 columns and not 2; put text that holds the separator in quotation",
        ),
        (
            "person,date\na,2008\nb,yesterday\n",
            "line 3 has the date 'yesterday'; write it as 2008-03-14, or leave it",
        ),
        (
            "person,start\na,-3\n",
            "line 2 has the offset '-3'; write a number of characters, or leave it empty",
        ),
        (
            "person,confidence\na,2\n",
            "line 2 has the confidence '2'; write a number from 0 to 1, or leave it empty",
        ),
        ("person,confidence\na,sure\n", "line 2 has the confidence 'sure'; write a number from 0 to 1"),
        ('person,concept\na,"b\n', "near line 2 is no table (unexpected end of data); save it again as CSV"),
    ],
)
def test_broken_tables(tmp_path: Path, text: str, message: str) -> None:
    """What cannot be understood is told with its line and what to do."""
    path = tmp_path / "coded.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StatementsError) as caught:
        read_coded(path)
    assert str(caught.value).startswith(f"{path}: {message}")
    assert caught.value.path == str(path)


def test_missing_table(tmp_path: Path) -> None:
    """A file that is not there, or is a folder."""
    with pytest.raises(
        StatementsError, match=r"cannot be read \(No such file or directory\); check the path"
    ):
        read_coded(tmp_path / "no.csv")
    with pytest.raises(StatementsError, match=r"cannot be read \(Is a directory\)"):
        read_coded(tmp_path)


# ---------------------------------------------------------------- .dna


@pytest.fixture
def dna(tmp_path: Path) -> Path:
    """A `.dna` file of `CODED`."""
    path = tmp_path / "coded.dna"
    write_dna(path)
    return path


def test_dna_file(dna: Path) -> None:
    """Variables, document, coder, dates, attributes, and offsets in characters where DNA counts in UTF-16."""
    before = dna.read_bytes()
    read = read_dna(dna)
    assert same(read, coded())
    assert read.ids == tuple(str(n) for n in range(1, 10))
    assert read.column("coder").values[:3] == ["Ada", "Admin", "Ada"]
    assert read.column("author").names == ("A. Scribe",)
    assert read.column("strength").names == ("-1", "-2", "-3", "-4", "0", "1", "2", "3", "4")
    assert (int(read.starts[0]), int(read.ends[0]), read.texts[0]) == (2, 6, "text")
    organization = read.column("organization")
    assert organization.attributes is not None
    assert organization.attributes[organization.names.index("Norden")] == {"type": "government"}
    assert dna.read_bytes() == before
    assert [path.name for path in dna.parent.iterdir()] == ["coded.dna"]


def test_networks_of_a_dna_file_and_a_table_are_equal(dna: Path, tmp_path: Path) -> None:
    """The same statements give the same networks, whichever file they come from."""
    path = tmp_path / "coded.csv"
    path.write_text(table(), encoding="utf-8")
    for make in (one_mode, two_mode):
        one, other = (
            make(read, "organization", "concept", "agreement", "subtract")
            for read in (read_dna(dna), read_coded(path))
        )
        assert (one.rows, one.values.toarray().tolist()) == (other.rows, other.values.toarray().tolist())


def test_types_of_statement(dna: Path) -> None:
    """The type is the one named, or that which has the variables asked for."""
    assert read_dna(dna, variables=("note",)).column("note").values == ["look again"]
    assert read_dna(dna, statement_type="Annotation").ids == ("100",)
    assert len(read_dna(dna, variables=("concept", "organization"))) == 9
    with pytest.raises(
        StatementsError, match="has no statements of type 'Anotation'; did you mean Annotation"
    ):
        read_dna(dna, statement_type="Anotation")


def test_titles_that_are_not_unique(dna: Path) -> None:
    """Documents of one title are told apart by their ids."""
    with sqlite3.connect(dna) as database:
        database.execute("UPDATE DOCUMENTS SET Title = 'Bulletin' WHERE ID < 3")
    database.close()
    assert read_dna(dna).column("document").names == (
        "Bulletin (1)",
        "Bulletin (2)",
        "Bulletin 3",
        "Bulletin 4",
    )


def test_a_file_with_the_least_tables(dna: Path) -> None:
    """Tables that the statements do not need may be missing."""
    with sqlite3.connect(dna) as database:
        for name in (
            "SETTINGS",
            "CODERS",
            "DATALONGTEXT",
            "DATAINTEGER",
            "ATTRIBUTEVALUES",
            "ATTRIBUTEVARIABLES",
        ):
            database.execute(f"DROP TABLE {name}")
    database.close()
    assert same(read_dna(dna), coded())


def test_changes_that_are_not_yet_in_the_file(dna: Path) -> None:
    """A file whose last changes are in a log beside it, as while DNA has it open, is read with them."""
    database = sqlite3.connect(dna)
    database.execute("PRAGMA journal_mode = WAL")
    with database:
        database.execute("UPDATE ENTITIES SET Value = 'Nordland' WHERE Value = 'Norden'")
    assert "Nordland" in read_dna(dna).column("organization").names
    database.close()


def changed(path: Path, *commands: str) -> None:
    """Run SQL on a file."""
    with sqlite3.connect(path) as database:
        for command in commands:
            database.execute(command)
    database.close()


def complaint(path: Path) -> str:
    """What is said of a file that cannot be read, after its name."""
    with pytest.raises(StatementsError) as caught:
        read_dna(path)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


INSTEAD = "export its event list from DNA as CSV and give that"


def test_files_of_other_versions(dna: Path, tmp_path: Path) -> None:
    """Files of other layouts are told by their version, with the way out."""
    changed(
        dna,
        "UPDATE SETTINGS SET Value = '4.0.0'",
        "ALTER TABLE DATASHORTTEXT RENAME COLUMN VariableId TO RoleLinkId",
    )
    differs = "whose table DATASHORTTEXT differs from those of DNA 2, 3.0, 3.1"
    assert complaint(dna) == f"is of DNA 4.0.0, {differs}; {INSTEAD}"
    changed(dna, "DROP TABLE SETTINGS")
    assert complaint(dna) == f"is of another version of DNA, {differs}; {INSTEAD}"
    changed(dna, "DROP TABLE VARIABLES")
    assert "whose table VARIABLES differs" in complaint(dna)
    roles = tmp_path / "roles.dna"
    write_dna31(roles)
    changed(roles, "DROP TABLE ROLES")
    assert complaint(roles).startswith(
        "is of DNA 3.1.0, whose table ROLES differs from those of DNA 2, 3.0, 3.1;"
    )
    whole = tmp_path / "whole.dna"
    write_dna(whole)
    changed(whole, "DROP TABLE ENTITIES")
    assert complaint(whole).startswith("is of DNA 3.0.11, whose table ENTITIES differs")
    old = tmp_path / "old.dna"
    read = f"files of 1.16 and 1.21 are read: save it again in DNA 1.31, or {INSTEAD}"
    old.write_text("<?xml version='1.0'?><discourse/>", encoding="utf-8")
    assert complaint(old) == f"is XML, but no file of DNA 1; {read}"
    old.write_text(DNA_1.replace("1.21", "1.09"), encoding="utf-8")
    assert complaint(old) == f"is of DNA 1.09; {read}"


def test_files_of_dna_1(tmp_path: Path) -> None:
    """Articles with their statements, whose characters are counted from 1."""
    path = tmp_path / "old.dna"
    path.write_text(DNA_1, encoding="utf-8-sig")
    read = read_dna(path)
    names = ("person", "organization", "concept", "agreement", "document")
    assert list(zip(*(read.column(name).values for name in names), strict=True)) == [
        ("Ann", "Norden", "harbours", "1", "Bulletin"),
        ("Bob", "", "harbours", "0", "Bulletin"),
    ]
    assert read.texts == ("Norden wants", "&")
    assert (read.starts.tolist(), read.ends.tolist()) == ([0, 13], [12, 14])
    assert [str(date) for date in read.dates] == ["2008-03-14T00:00:00"] * 2
    assert dna_texts(path) == {"Bulletin": "Norden wants & opens harbours.", "Empty": "Nothing."}
    with pytest.raises(StatementsError, match="has statements of one type only, as all files of DNA 1"):
        read_dna(path, "Annotation")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</discourse>", "", "is a broken database (no element found"),
        ("<start>1<", "<start>x<", "is a broken database (a statement has the start 'x'); take a copy"),
        ("<start>1<", "<start>0<", "is a broken database (a statement has the start '0'); take a copy"),
        ("14.03.2008", "Friday", "is a broken database (article 'Bulletin' has the date 'Friday'); take"),
        ("<discourse>", "<!DOCTYPE d [<!ENTITY a 'b'>]><discourse>", "is a broken database (it declares entities)"),
    ],
)  # fmt: skip
def test_broken_files_of_dna_1(old: str, new: str, message: str, tmp_path: Path) -> None:
    """Broken XML, and what is no number or date."""
    path = tmp_path / "old.dna"
    path.write_text(DNA_1.replace(old, new, 1), encoding="utf-8")
    assert complaint(path).startswith(message)
    path.write_text("<discourse><version>1.21</version><articles/></discourse>", encoding="utf-8")
    assert complaint(path) == "holds no statements; code some in DNA first"


@pytest.mark.parametrize("zone", [-5, 0, 1, 9])
def test_files_of_dna_2(zone: int, tmp_path: Path) -> None:
    """Values are texts, and dates the midnights of the coder's own zone."""
    path = tmp_path / "coded.dna"
    write_dna2(path, zone)
    read = read_dna(path)
    assert same(read, coded())
    assert read.texts[0] == "text"
    assert read.column("source").names == ("The Bulletin",)
    organization = read.column("organization")
    assert organization.attributes is not None
    marks = dict(zip(organization.names, organization.attributes, strict=True))
    assert marks["Norden"] == {"type": "government", "notes": "a kingdom"}
    assert marks["Sundria"] == {}
    assert dna_texts(path)["Bulletin 1"] == "A text."


def test_moments_of_dna_2() -> None:
    """Times of day that differ are kept, as are a single one and what is no midnight anywhere; summer time is one hour."""
    day = 86_400
    assert local_midnights([day - 3_600, 2 * day - 7_200, None]) == [day, 2 * day, None]
    assert local_midnights([day + 60, 2 * day + 7_200]) == [day + 60, 2 * day + 7_200]
    assert local_midnights([day - 3_600]) == [day - 3_600]
    assert local_midnights([day + 61, 2 * day + 61]) == [day + 61, 2 * day + 61]


def test_files_of_dna_31(tmp_path: Path) -> None:
    """Roles are variables, and a statement has a row for each combination of what stands in them."""
    path = tmp_path / "coded.dna"
    write_dna31(path)
    read = read_dna(path)
    names = ("speaker", "concept", "agreement", "document", "coder")
    assert list(zip(read.ids, *(read.column(name).values for name in names), strict=True)) == [
        ("7", "Ann", "tariffs", "0", "Bulletin", "Ada"),
        ("7", "Bob", "tariffs", "0", "Bulletin", "Ada"),
        ("7", "Norden", "tariffs", "0", "Bulletin", "Ada"),
    ]
    assert (read.texts[0], str(read.dates[0])) == ("They said", "1970-01-02T00:00:00")
    assert len(read_dna(path, variables=("speaker",))) == 3
    with pytest.raises(
        StatementsError, match="has no statements of type 'DNA Statment'; did you mean DNA Statement"
    ):
        read_dna(path, "DNA Statment")


def test_broken_files(dna: Path, tmp_path: Path) -> None:
    """A damaged database, another database, or no database at all."""
    whole = dna.read_bytes()
    damaged = tmp_path / "damaged.dna"
    damaged.write_bytes(whole[: len(whole) // 2])
    assert complaint(damaged).startswith("is a broken database (")
    damaged.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert complaint(damaged).startswith("is a broken database (")
    changed(tmp_path / "other.dna", "CREATE TABLE BOOKS(ID)")
    assert complaint(tmp_path / "other.dna") == f"is a database, but none of DNA; {INSTEAD}"
    (tmp_path / "text.dna").write_bytes(b"hello")
    assert complaint(tmp_path / "text.dna") == f"is no file of DNA; {INSTEAD}"
    (tmp_path / "empty.dna").write_bytes(b"")
    assert complaint(tmp_path / "empty.dna") == f"is no file of DNA; {INSTEAD}"
    assert complaint(tmp_path / "no.dna").startswith(
        "cannot be read (No such file or directory); check the path"
    )


def test_broken_rows(dna: Path) -> None:
    """A statement without its document, a date that is none, no statements at all."""
    changed(dna, "UPDATE STATEMENTS SET DocumentId = 77 WHERE ID = 4")
    assert complaint(dna).startswith(
        "is a broken database (statement 4 is in no document); take a copy of before"
    )
    changed(dna, "UPDATE DOCUMENTS SET Date = 'Tuesday' WHERE ID = 1")
    assert complaint(dna).startswith("is a broken database (invalid literal for int()")
    changed(dna, "DELETE FROM STATEMENTS")
    assert complaint(dna) == "holds no statements; code some in DNA first"


# ---------------------------------------------------------------- the table of statements


def test_columns_are_suggested() -> None:
    """A variable that is not there is told with the near ones, or with all."""
    with pytest.raises(UsageError, match="have no variable 'concpt'; did you mean concept"):
        coded().column("concpt")
    with pytest.raises(UsageError, match="'zzz'; there are agreement, concept, document, organization"):
        coded().column("zzz")


def test_taking_statements() -> None:
    """A mask keeps the order, positions give it; names stay."""
    statements = coded()
    assert statements.take(np.arange(9) > 6).ids == ("8", "9")
    taken = statements.take(np.array([8, 0]))
    assert (taken.ids, taken.column("organization").values) == (("9", "1"), ["Ostland", "Norden"])
    assert taken.column("organization").names == statements.column("organization").names


def test_columns_with_more_names() -> None:
    """Names that no statement has, with what is known of them."""
    column = Column.of(["b", None, ""], {"a": {"type": "State"}}, {"a": "iri:a"}, others=["a"])
    assert (column.names, column.codes.tolist(), column.values) == (("a", "b"), [1, -1, -1], ["b", "", ""])
    assert (column.iris, column.attributes) == (("iri:a", ""), ({"type": "State"}, {}))
