"""What is drawn of a network: its strongest nodes, with their names in lines, and of their ties the heaviest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alliancegraph.networks.adjacency import Adjacency
from alliancegraph.networks.partitions import Partition
from alliancegraph.networks.plots.sheet import TEXT
from alliancegraph.networks.plots.words import wrapped

_ROOM: Final = 92.0
_TIES: Final = 2.2
_FEW_TIES: Final = 40
_FEW: Final = 40


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What is drawn: nodes by number with their radius in points and lines of text, and ties with their weights."""

    network: Adjacency
    nodes: tuple[int, ...]
    radius: Mapping[int, float]
    lines: Mapping[int, list[str]]
    ties: tuple[tuple[int, int, float], ...]

    @property
    def two_mode(self) -> bool:
        """Whether nodes are of two variables."""
        return len(set(self.network.variables)) > 1


def picked(network: Adjacency, count: int) -> Picture:
    """The strongest nodes, so many of those that have ties."""
    sizes = abs(network.weights)
    strength = np.asarray(sizes.sum(axis=1), np.float64).reshape(-1).tolist()
    order = sorted(range(len(network)), key=lambda node: (-round(strength[node], 9), node))
    nodes = tuple(sorted(node for node in order[:count] if strength[node] > 0))
    largest = max(strength, default=0.0) or 1.0
    radius = {node: 2.6 + 5.0 * float(np.sqrt(strength[node] / largest)) for node in nodes}
    lines = {
        node: wrapped(network.names[node], TEXT, _ROOM, 3 if len(nodes) <= _FEW else 2) for node in nodes
    }
    return Picture(network, nodes, radius, lines, _ties(network, nodes))


def _ties(network: Adjacency, nodes: Sequence[int]) -> tuple[tuple[int, int, float], ...]:
    """Of each node the two heaviest ties above zero and the heaviest below, and of the others the heaviest."""
    at = np.array(nodes, np.intp)
    found = network.weights[at][:, at].tocoo() if len(nodes) else network.weights.tocoo()
    ties = sorted(
        (
            (int(at[row]), int(at[column]), float(weight))
            for row, column, weight in zip(found.row, found.col, found.data, strict=True)
            if row < column
        ),
        key=lambda tie: (-round(abs(tie[2]), 9), tie[0], tie[1]),
    )
    seen: Counter[tuple[int, bool]] = Counter()
    kept: list[tuple[int, int, float]] = []
    others: list[tuple[int, int, float]] = []
    for tie in ties:
        above = tie[2] > 0
        ends = [(node, above) for node in tie[:2]]
        (kept if min(seen[end] for end in ends) < (2 if above else 1) else others).append(tie)
        seen.update(ends)
    most = max(round(_TIES * len(nodes)), _FEW_TIES)
    return tuple(sorted([*kept, *others[: max(most - len(kept), 0)]], key=lambda tie: (abs(tie[2]), tie)))


def communities_of(picture: Picture, partition: Partition | None) -> dict[int, int]:
    """The community of each node that shares one with another node."""
    if partition is None:
        return {}
    label = dict(
        zip(zip(partition.variables, partition.names, strict=True), partition.labels.tolist(), strict=True)
    )
    sizes = np.bincount(partition.labels)
    network = picture.network
    found = {node: label.get((network.variables[node], network.names[node]), -1) for node in picture.nodes}
    return {node: group for node, group in found.items() if group >= 0 and sizes[group] > 1}
