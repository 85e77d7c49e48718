"""Networks in every format, read back by other programs where there are such."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import openpyxl
import pytest
from coded_statements import coded, random_statements

from alliancegraph.networks.events import event_list
from alliancegraph.networks.files import FORMATS, content, format_of
from alliancegraph.networks.graphs import to_networkx
from alliancegraph.networks.matrices import Matrix, one_mode, two_mode
from alliancegraph.networks.matrix_files import number
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import ExtraMissing, UsageError

VARIABLES = ("organization", "concept", "agreement")
NAMES = ('Fish, Salt & "Sons"', "Zoë Łukasz", "back\\slash", "line\nend", "=SUM(A1)", "<b>O'Hara</b>", "議会")


def odd() -> Statements:
    """Statements of actors with names that formats stumble over."""
    return Statements.of(
        {
            "organization": Column.of(NAMES),
            "concept": Column.of(["climate, “hot”"] * 4 + ["trade"] * 3),
            "agreement": Column.of(["1", "1", "0", "1", "1", "0", "1"]),
        }
    )


def ties(statements: Statements) -> Matrix:
    """Congruence, divided by average activity."""
    return one_mode(statements, *VARIABLES, "congruence", "average")


def table(data: bytes) -> list[list[str]]:
    """The cells of CSV."""
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("statements", [coded(), odd()])
@pytest.mark.parametrize("make", [one_mode, two_mode])
def test_matrix_as_csv(statements: Statements, make: Any) -> None:
    """Column names in the first row, the row name first in each row, and every digit of the entries."""
    matrix = make(statements, *VARIABLES, "subtract")
    first, *rows = table(content(matrix, "csv"))
    assert first == ["", *matrix.columns]
    assert [row[0] for row in rows] == list(matrix.rows)
    assert [[float(cell) for cell in row[1:]] for row in rows] == matrix.values.toarray().tolist()


def test_numbers() -> None:
    """Whole numbers are written as such, others with all digits."""
    assert [number(value) for value in (2.0, -1.0, 0.1, 1 / 3, 1e300)] == [2, -1, 0.1, 1 / 3, 1e300]
    assert str(number(2.0)) == "2"


def test_edge_list() -> None:
    """Each pair once, without zeros."""
    assert table(content(one_mode(coded(), *VARIABLES, "congruence"), "edges")) == [
        ["source", "target", "weight"],
        ["Norden", "Sundria", "2"],
        ["Norden", "Westmark", "2"],
    ]
    assert len(table(content(two_mode(coded(), *VARIABLES), "edges"))) == 7


def test_json() -> None:
    """Names and rows, as they are."""
    found = json.loads(content(two_mode(odd(), *VARIABLES, "subtract"), "json"))
    assert {key: found[key] for key in ("mode", "variable1", "variable2")} == {
        "mode": "twomode",
        "variable1": "organization",
        "variable2": "concept",
    }
    assert found["rows"] == sorted(NAMES)
    assert found["matrix"][found["rows"].index("back\\slash")] == [-1, 0]


def weights(network: Any) -> dict[frozenset[str], float]:
    """The weights of a network by the ends of its edges."""
    return {frozenset((one, other)): float(known["weight"]) for one, other, known in network.edges(data=True)}


def matrix_weights(matrix: Matrix) -> dict[frozenset[str], float]:
    """The entries of a matrix that are not 0, by names."""
    entries = matrix.values.tocoo()
    return {
        frozenset((matrix.rows[r], matrix.columns[c])): v
        for r, c, v in zip(entries.row, entries.col, entries.data, strict=True)
    }


def one_line(names: dict[frozenset[str], float]) -> dict[frozenset[str], float]:
    """The same with names on one line."""
    return {frozenset(" ".join(name.split()) for name in ends): weight for ends, weight in names.items()}


@pytest.mark.parametrize("statements", [coded(), odd(), random_statements(300, 30, 5)])
@pytest.mark.parametrize("mode", ["onemode", "twomode"])
@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_graph_files(statements: Statements, mode: str, format_: str) -> None:
    """NetworkX reads the same nodes and weights from GraphML and GEXF."""
    matrix = (
        ties(statements) if mode == "onemode" else two_mode(statements, *VARIABLES, "subtract", "activity")
    )
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format_]
    network = read(io.BytesIO(content(matrix, format_, statements)))
    names = matrix.rows if mode == "onemode" else (*matrix.rows, *matrix.columns)
    assert set(network.nodes) == {" ".join(name.split()) for name in names}
    assert weights(network) == one_line(matrix_weights(matrix))


@pytest.mark.parametrize("statements", [coded(), odd()])
def test_pajek(statements: Statements) -> None:
    """NetworkX reads a one-mode network; double quotes and backslashes of names are replaced."""
    matrix = ties(statements)
    network = nx.parse_pajek(content(matrix, "net").decode())
    plain = {
        frozenset(name.replace('"', "'").replace("\\", "/") for name in ends): weight
        for ends, weight in one_line(matrix_weights(matrix)).items()
    }
    assert weights(network) == plain
    assert len(network) == len(matrix.rows)


def test_pajek_of_two_modes() -> None:
    """The number of rows is told after that of all vertices, as Pajek wants it."""
    assert content(two_mode(coded(), *VARIABLES), "net").decode().splitlines() == [
        "*Vertices 7 4",
        *(
            '1 "Norden"',
            '2 "Ostland"',
            '3 "Sundria"',
            '4 "Westmark"',
            '5 "fisheries"',
            '6 "harbours"',
            '7 "tariffs"',
        ),
        "*Edges",
        *("1 6 2", "1 7 1", "2 5 1", "3 7 2", "4 6 2", "4 7 1"),
    ]


def test_names_that_become_the_same() -> None:
    """Names that differ only in what a format cannot hold are numbered."""
    statements = Statements.of(
        {"organization": Column.of(['a "b"', "a 'b'", "a  'b'"]), "concept": Column.of(["x"] * 3)}
    )
    text = content(one_mode(statements, "organization", "concept"), "dl").decode()
    names = re.findall(r'^"(.*)"$', text, re.MULTILINE)
    assert names == ["a 'b'", "a 'b' (2)", "a 'b' (3)"]


def test_dl() -> None:
    """UCINET's full matrix, of one mode and of two."""
    assert content(one_mode(coded(), *VARIABLES, "congruence"), "dl").decode().splitlines() == [
        "dl n=4",
        "format=fullmatrix",
        "labels:",
        *('"Norden"', '"Ostland"', '"Sundria"', '"Westmark"'),
        "data:",
        *("0 0 2 2", "0 0 0 0", "2 0 0 0", "2 0 0 0"),
    ]
    assert content(two_mode(coded(), *VARIABLES, "combine"), "dl").decode().splitlines() == [
        "dl nr=4, nc=3",
        "format=fullmatrix",
        "row labels:",
        *('"Norden"', '"Ostland"', '"Sundria"', '"Westmark"'),
        "column labels:",
        *('"fisheries"', '"harbours"', '"tariffs"'),
        "data:",
        *("0 1 2", "1 0 0", "0 0 2", "0 3 1"),
    ]


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """The cells of a workbook by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}


def test_workbook() -> None:
    """A sheet for the matrix, the edges and the nodes, in which texts that look like formulas are texts."""
    found = sheets(content(one_mode(odd(), *VARIABLES, "congruence"), "xlsx", odd()))
    assert list(found) == ["matrix", "edges", "nodes"]
    assert found["matrix"][0] == ["", *sorted(NAMES)]
    assert [row[0] for row in found["matrix"][1:]] == sorted(NAMES)
    assert found["edges"][:2] == [["source", "target", "weight"], ["=SUM(A1)", "議会", 1]]
    assert found["nodes"][0] == ["name", "statements", "type"]
    assert found["nodes"][1] == ["<b>O'Hara</b>", 1, "organization"]


def test_workbook_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where XlsxWriter is missing, the command that installs it is named."""
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(ExtraMissing) as caught:
        content(ties(coded()), "xlsx")
    assert str(caught.value) == (
        "workbooks need the package xlsxwriter; install it: pip install 'alliancegraph[networks]'"
    )


def test_too_large_for_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has more columns than a workbook is told so."""
    monkeypatch.setattr("alliancegraph.networks.workbook._MOST_COLUMNS", 3)
    with pytest.raises(
        UsageError, match="the network has 4 rows, 4 columns and 2 edges, too many for a workbook"
    ):
        content(ties(coded()), "xlsx")


@pytest.mark.parametrize("format_", FORMATS)
def test_same_bytes(format_: str) -> None:
    """The same statements give the same bytes."""
    one, other = (content(ties(made), format_, made) for made in (odd(), odd()))
    assert one == other


@pytest.mark.parametrize("format_", FORMATS)
def test_no_statements(format_: str) -> None:
    """A network of nothing can be written in any format."""
    none = coded().take(np.zeros(9, bool))
    assert content(two_mode(none, *VARIABLES), format_, none)


# ---------------------------------------------------------------- graphs


def test_nodes_and_edges() -> None:
    """What is known of nodes, and the statements behind edges."""
    statements = coded()
    network = to_networkx(two_mode(statements, *VARIABLES, "subtract"), statements)
    assert network.nodes["Westmark"] == {
        "label": "Westmark",
        "type": "organization",
        "bipartite": 0,
        "statements": 3,
    }
    assert network.nodes["tariffs"]["bipartite"] == 1
    assert network.edges["Sundria", "tariffs"] == {
        "weight": -2.0,
        "statements": 2,
        "first": "2020-02-14",
        "last": "2020-03-01",
    }
    shared = to_networkx(one_mode(statements, *VARIABLES), statements)
    assert shared.edges["Norden", "Westmark"] == {"weight": 5.0, "shared": 2}
    assert "bipartite" not in shared.nodes["Norden"]


def test_attributes_of_nodes() -> None:
    """Attributes of values are those of nodes; names that formats take for something else get an underscore."""
    column = Column.of(["A", "B"], {"A": {"type": "State", "id": "x"}}, {"A": "http://example.org/a"})
    statements = Statements.of({"organization": column, "concept": Column.of(["A", "A"])})
    network = to_networkx(two_mode(statements, "organization", "concept"), statements)
    assert list(network.nodes) == ["A", "B", "concept: A"]
    assert network.nodes["A"] == {
        "label": "A",
        "type": "State",
        "id_": "x",
        "iri": "http://example.org/a",
        "bipartite": 0,
        "statements": 1,
    }
    assert network.nodes["concept: A"]["label"] == "A"


# ---------------------------------------------------------------- event list, and names of formats


def test_event_list() -> None:
    """One row for each statement, with its variables by name, in every format."""
    statements = Statements.of(
        {"person": Column.of(["Ada", None]), "agreement": Column.of(["1", "0"])},
        ids=["s1", "s2"],
        dates=np.array(["2008-03-01T12:30:00", "NaT"], "datetime64[s]"),
        starts=np.array([4, -1]),
        ends=np.array([9, -1]),
        texts=['said "no"', ""],
        confidences=np.array([0.25, 1]),
    )
    columns = ["id", "date", "agreement", "person", "start", "stop", "text", "confidence"]
    assert table(event_list(statements, "csv")) == [
        columns,
        ["s1", "2008-03-01T12:30:00", "1", "Ada", "4", "9", 'said "no"', "0.25"],
        ["s2", "", "0", "", "", "", "", "1"],
    ]
    first, second = json.loads(event_list(statements, "json"))
    assert first == dict(
        zip(columns, ["s1", "2008-03-01T12:30:00", "1", "Ada", 4, 9, 'said "no"', 0.25], strict=True)
    )
    assert second["start"] is None
    assert sheets(event_list(statements, "xlsx"))["statements"][0] == columns


def test_event_list_reads_back(tmp_path: Path) -> None:
    """What is listed as CSV is read as the same statements."""
    from alliancegraph.networks.coded import read_coded

    path = tmp_path / "events.csv"
    path.write_bytes(event_list(coded(), "csv"))
    assert event_list(read_coded(path), "csv") == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "given", "format_"),
    [
        (None, None, "csv"),
        ("a.GEXF", None, "gexf"),
        ("a.dat", "net", "net"),
        ("a", None, "csv"),
        ("a.csv", "edges", "edges"),
    ],
)
def test_formats_by_name(name: str | None, given: str | None, format_: str) -> None:
    """The format that is named counts, then the suffix."""
    assert format_of(Path(name) if name else None, given) == format_


def test_unknown_suffix() -> None:
    """A suffix that is no format is told with those that are."""
    with pytest.raises(UsageError) as caught:
        format_of(Path("a.doc"), None)
    assert str(caught.value) == (
        "a.doc: no format has the suffix '.doc'; choose one of .csv, .json, .graphml, .gexf, .dl, .net, .xlsx,"
        " or name it with --format"
    )
