"""The benchmark of the page: the networks that it makes up, and what it compares with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench_scripts import bench_script
from playwright.sync_api import sync_playwright

from alliancegraph.explorer.records import page_data


def test_networks_are_shaped_as_those_of_statements() -> None:
    """So many nodes and edges, the same each time; most edges are positions on a few issues."""
    bench = bench_script("explorer")
    network = bench.statements(100, 400)
    assert (network.number_of_nodes(), network.number_of_edges()) == (100, 400)
    assert sorted(network.edges(keys=True)) == sorted(bench.statements(100, 400).edges(keys=True))
    groups = [edge["group"] for edge in page_data(network).edges]
    assert groups.count("relation") == 120


def test_pyvis_draws_the_same(tmp_path: Path) -> None:
    """Plain pyvis has the same nodes and edges, with places unless it is to find them itself."""
    bench = bench_script("explorer")
    data = page_data(bench.statements(20, 80))
    fixed, moving = (bench.pyvis_page(data, physics=physics) for physics in (False, True))
    places = [(page.count('"x": '), page.count('"arrows": "to"')) for page in (fixed, moving)]
    assert places == [(20, 80), (0, 80)]
    assert json.dumps(data.nodes[0]["name"]) in moving


def test_a_size_is_measured(tmp_path: Path) -> None:
    """Each figure is there once for each round."""
    bench = bench_script("explorer")
    if bench.CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=bench.CHROMIUM, args=list(bench.FLAGS))
        found = bench.measured(browser, tmp_path, 20, 2, physics=True)
        browser.close()
    assert (found.nodes, found.edges) == (20, 80)
    assert [
        len(times) for times in (found.ready, found.search, found.filter, found.fixed, found.physics)
    ] == [2, 2, 2, 2, 1]
    assert min(*found.ready, *found.fixed, *found.physics) > 0
    assert found.frame < found.size
    assert bench.report(found).startswith("| 20 | 80 | ")
