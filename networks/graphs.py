"""A matrix as a NetworkX graph, with what is known of its nodes and of the statements behind its edges."""

from __future__ import annotations

from typing import TypeAlias

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.statements import Statements

Network: TypeAlias = nx.Graph


def to_networkx(matrix: Matrix, statements: Statements | None = None) -> Network:
    """The graph of a matrix: nodes by name with `label`, `type` and attributes, edges with `weight`."""
    raise NotImplementedError
