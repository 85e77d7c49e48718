"""A matrix as a NetworkX graph, with what is known of its nodes and of the statements behind its edges."""

from __future__ import annotations

from typing import Final, TypeAlias

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.statements import Column, Statements

Network: TypeAlias = nx.Graph
_MEANT_ELSE: Final = frozenset(
    ("id", "key", "label", "node_for_adding", "parents", "pid", "slices", "spells", "start", "end", "viz")
)
"""Names of attributes that graph formats or NetworkX take for something else; they get an underscore."""


def to_networkx(matrix: Matrix, statements: Statements | None = None) -> Network:
    """The graph of a matrix: nodes by name, edges with `weight`; zero is no edge.

    Nodes have `label`, `type` (the variable, where nothing closer is known) and what their column knows of them; nodes of
    a two-mode network also `bipartite` (0 for rows, 1 for columns), and where a column has the name of a row its node is
    called `variable: name`. With the statements that the matrix is made of, nodes have their number as `statements`, and
    undirected edges that of the values that both ends refer to as `shared`, or in a two-mode network their `statements` and
    the `first` and `last` date of these.
    """
    network = nx.DiGraph() if matrix.directed else nx.Graph()
    twomode = matrix.mode == "twomode"
    rows = list(matrix.rows)
    taken = set(rows) if twomode else set()
    columns = [f"{matrix.variable2}: {c}" if c in taken else c for c in matrix.columns] if twomode else rows
    _add_nodes(network, rows, matrix.rows, matrix.variable1, statements, 0 if twomode else None)
    if twomode:
        _add_nodes(network, columns, matrix.columns, matrix.variable2, statements, 1)
    entries = matrix.values.tocoo()
    places = zip(entries.row.tolist(), entries.col.tolist(), entries.data.tolist(), strict=True)
    network.add_edges_from(
        (rows[row], columns[column], {"weight": weight})
        for row, column, weight in places
        if twomode or matrix.directed or row < column
    )
    if statements is not None and not matrix.directed:
        (_add_references if twomode else _add_shared)(network, matrix, rows, columns, statements)
    return network


def _add_nodes(
    network: Network,
    nodes: list[str],
    names: tuple[str, ...],
    variable: str,
    statements: Statements | None,
    side: int | None,
) -> None:
    column = statements.column(variable) if statements is not None else None
    codes = {name: code for code, name in enumerate(column.names)} if column is not None else {}
    counted = np.bincount(column.codes[column.present], minlength=len(codes)) if column is not None else None
    for node, name in zip(nodes, names, strict=True):
        network.add_node(node)
        known = network.nodes[node]
        known.update(label=name, type=variable)
        if side is not None:
            known["bipartite"] = side
        if column is not None and counted is not None:
            known.update(_known(column, codes[name]))
            known["statements"] = int(counted[codes[name]])


def _known(column: Column, code: int) -> dict[str, str | int | float]:
    found: dict[str, str | int | float] = {}
    if column.iris is not None and column.iris[code]:
        found["iri"] = column.iris[code]
    if column.attributes is not None:
        for name, value in column.attributes[code].items():
            found[f"{name}_" if name in _MEANT_ELSE else name] = value
    return found


def _add_references(
    network: Network, matrix: Matrix, rows: list[str], columns: list[str], statements: Statements
) -> None:
    """How many statements are behind each edge of a two-mode network, and when the first and the last was made."""
    row, column = (
        _place(statements, matrix.variable1, matrix.rows),
        _place(statements, matrix.variable2, matrix.columns),
    )
    both = (row >= 0) & (column >= 0)
    keys, place, number = np.unique(
        row[both] * max(len(columns), 1) + column[both], return_inverse=True, return_counts=True
    )
    days = statements.dates[both].astype("datetime64[D]")
    dated = ~np.isnat(days)
    first = np.full(len(keys), np.datetime64("9999-12-31"), "datetime64[D]")
    last = np.full(len(keys), np.datetime64("0001-01-01"), "datetime64[D]")
    np.minimum.at(first, place[dated], days[dated])
    np.maximum.at(last, place[dated], days[dated])
    for position, key in enumerate(keys.tolist()):
        ends = rows[key // len(columns)], columns[key % len(columns)]
        if network.has_edge(*ends):
            edge = network.edges[ends]
            edge["statements"] = int(number[position])
            if first[position] <= last[position]:
                edge["first"], edge["last"] = str(first[position]), str(last[position])


def _add_shared(
    network: Network, matrix: Matrix, rows: list[str], _columns: list[str], statements: Statements
) -> None:
    """How many values of variable 2 both ends of each edge refer to."""
    row, other = _place(statements, matrix.variable1, matrix.rows), statements.column(matrix.variable2).codes
    referred: dict[str, set[int]] = {name: set() for name in rows}
    for place, code in zip(row.tolist(), other.tolist(), strict=True):
        if place >= 0 and code >= 0:
            referred[rows[place]].add(code)
    for one, two, edge in network.edges(data=True):
        edge["shared"] = len(referred[one] & referred[two])


def _place(statements: Statements, variable: str, names: tuple[str, ...]) -> NDArray[np.int64]:
    """The position of each statement's value among names, -1 where it has none."""
    column = statements.column(variable)
    among = {name: position for position, name in enumerate(names)}
    places = np.array([*(among.get(name, -1) for name in column.names), -1], np.int64)
    return places[column.codes]
