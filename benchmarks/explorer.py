"""The interactive page in headless Chromium, beside plain pyvis: how soon it can be used, and how quickly it answers.

usage: python benchmarks/explorer.py [--quick] [--rounds N] [--nodes N ...]

Networks shaped as those of statements are made up: few issues, many actors, most edges at few of them; four edges a node, each
with one statement and its quote. In one run, all in turns, it prints medians for pages of 100, 500, 1,000 and 5,000 nodes:

- the time until the page can be used (`data-ready`), until the search box answers, and until a filter is drawn (wanted: 0.5 s
  at 500 nodes and 1.5 s at 5,000; 50 ms; 200 ms at 5,000), and how long it took to make;
- the size of the file, and of it without the network (wanted: under 2 MB);
- plain pyvis over the same nodes and edges: with fixed positions, until the first drawing (wanted: not sooner than ours), and
  with physics, until it has settled, at 1,000 nodes (wanted: 50 times later than ours). Its page asks other hosts for styles,
  which is refused at once here, so that no time is lost by it.

`--quick` measures once, at 100 and 500 nodes, and pyvis with physics at 100. Needs pyvis, Playwright and a Chromium.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
from playwright.sync_api import Browser, Page, sync_playwright

from alliancegraph.explorer.page import page_of
from alliancegraph.explorer.records import PageData, page_data

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
STANCES = ("supports", "proposes", "commits", "concern", "opposes", "neutral")
PATIENCE = 300.0
"""Seconds after which pyvis is given up; then its time counts as that."""

# Each notes in the page when it can be used, by the page's own clock, which begins with the navigation.
OURS = """
new MutationObserver((_, watching) => {
  if (document.documentElement?.dataset.ready) { window.usable = performance.now(); watching.disconnect(); }
}).observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-ready"] });
"""
PYVIS = """
let drawing;
Object.defineProperty(window, "network", { configurable: true, get: () => drawing, set: (made) => {
  drawing = made;
  made?.once?.("EVENT", () => { window.usable = performance.now(); });
} });
"""
SEARCH = """async (text) => {
  const box = document.getElementById("search"), list = document.getElementById("matches");
  const begin = performance.now();
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  while (list.hidden || !list.querySelector("li")) await new Promise((next) => setTimeout(next));
  return performance.now() - begin;
}"""
FILTER = """async (value) => {
  const slider = document.getElementById("confidence");
  const begin = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  return performance.now() - begin;
}"""


@dataclass
class Times:
    """What was measured of one size: seconds, and sizes in bytes."""

    nodes: int
    edges: int
    made: float = 0.0
    size: int = 0
    frame: int = 0
    ready: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    filter: list[float] = field(default_factory=list)
    fixed: list[float] = field(default_factory=list)
    physics: list[float] = field(default_factory=list)


def statements(nodes: int, edges: int, seed: int = 1) -> nx.MultiDiGraph[str]:
    """A network of so many nodes and edges, most of them positions of few actors on few issues."""
    chance = random.Random(seed)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    issues = max(8, nodes // 25)
    kinds = ("Person", "State", "Organization", "GovernmentBody", "Event")
    for number in range(nodes):
        kind = "Issue" if number < issues else kinds[number % len(kinds)]
        name = f"{kind} number {number}"
        network.add_node(f"https://example.org/{number}", label=name, type=kind, aliases=[f"No. {number}"])
    while network.number_of_edges() < edges:
        actor = issues + int((nodes - issues) * chance.random() ** 2.5)
        other = (
            int(issues * chance.random() ** 2)
            if chance.random() < 0.75
            else issues + int((nodes - issues) * chance.random())
        )
        relation = chance.choice(STANCES) if other < issues else "alliedWith"
        ends = (f"https://example.org/{actor}", f"https://example.org/{other}")
        if actor != other and not network.has_edge(*ends, key=relation):
            network.add_edge(
                *ends, key=relation, relation=relation, evidence=[_passage(network.number_of_edges(), chance)]
            )
    return network


def _passage(number: int, chance: random.Random) -> dict[str, Any]:
    return {
        "statement": f"https://example.org/document/{number % 500}#position-{number}",
        "document_iri": f"https://example.org/document/{number % 500}",
        "document": f"Article {number % 500} on the alliance",
        "date": f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}",
        "voice": chance.choice(("author", "reported", "quoted")),
        "confidence": round(0.4 + 0.6 * chance.random(), 2),
        "start": 10 * number % 5000, "end": 10 * number % 5000 + 60,
        "quote": "the ally ought to take a larger part in what both have agreed",
        "prefix": "In the view of most of those who ", "suffix": " at the meeting, others said that",
    }  # fmt: skip


def pyvis_page(data: PageData, *, physics: bool) -> str:
    """What plain pyvis makes of the same nodes and edges, as its own documentation has it."""
    from pyvis.network import Network

    drawing = Network(directed=True, cdn_resources="in_line")
    for node in data.nodes:
        place = {} if physics else {"x": node["x"], "y": node["y"]}
        drawing.add_node(node["id"], label=node["name"], title=node["name"], size=node["size"], **place)
    for edge in data.edges:
        drawing.add_edge(edge["from"], edge["to"], title=edge["verb"], width=edge["width"])
    drawing.toggle_physics(physics)
    html: str = drawing.generate_html()
    return html


@contextmanager
def opened(browser: Browser, path: Path, script: str) -> Iterator[tuple[Page, float]]:
    """A page in a fresh profile, and after how many seconds it could be used."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.route(
        "**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort()
    )
    context.add_init_script(script)
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    try:
        page.goto(path.as_uri(), wait_until="commit")
        yield page, _usable(page)
    finally:
        context.close()


def _usable(page: Page) -> float:
    """After how many seconds of its own clock a page could be used."""
    begin = time.monotonic()
    while time.monotonic() - begin < PATIENCE:
        found: float | None = page.evaluate("window.usable")
        if found is not None:
            return found / 1000
        time.sleep(0.1)
    return PATIENCE


def measured(browser: Browser, folder: Path, nodes: int, rounds: int, *, physics: bool) -> Times:
    """All figures of one size, ours and pyvis in turns."""
    network = statements(nodes, 4 * nodes)
    found = Times(nodes, network.number_of_edges())
    begin = time.perf_counter()
    data = page_data(network)
    ours, fixed, moving = (folder / f"{name}.html" for name in ("ours", "fixed", "moving"))
    ours.write_text(page_of(data, title="Benchmark", details={}), encoding="utf-8")
    found.made = time.perf_counter() - begin
    found.size = ours.stat().st_size
    found.frame = len(page_of(PageData((), (), (), (), ()), title="Benchmark", details={}).encode())
    fixed.write_text(pyvis_page(data, physics=False), encoding="utf-8")
    if physics:
        moving.write_text(pyvis_page(data, physics=True), encoding="utf-8")
    for turn in range(rounds):
        with opened(browser, ours, OURS) as (page, seconds):
            found.ready.append(seconds)
            page.wait_for_timeout(300)
            found.search.append(page.evaluate(SEARCH, f"number {nodes // 2}") / 1000)
            found.filter.append(page.evaluate(FILTER, "0.7") / 1000)
        with opened(browser, fixed, PYVIS.replace("EVENT", "afterDrawing")) as (_, seconds):
            found.fixed.append(seconds)
        if physics and turn == 0:  # a minute and more
            with opened(browser, moving, PYVIS.replace("EVENT", "stabilizationIterationsDone")) as (
                _,
                seconds,
            ):
                found.physics.append(seconds)
    return found


def report(found: Times) -> str:
    """One row of the table."""
    median = statistics.median
    cells = [
        f"{found.nodes:,}", f"{found.edges:,}", f"{found.made:.1f}", f"{found.size / 1e6:.2f}",
        f"{median(found.ready):.2f}", f"{1000 * median(found.search):.0f}", f"{1000 * median(found.filter):.0f}",
        f"{median(found.fixed):.2f}", f"{median(found.fixed) / median(found.ready):.1f}",
        f"{median(found.physics):.1f}" if found.physics else "", f"{median(found.physics) / median(found.ready):.0f}" if found.physics else "",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--nodes", type=int, nargs="+", default=[100, 500, 1000, 5000])
    parser.add_argument(
        "--physics", type=int, default=1000, metavar="NODES", help="size at which pyvis moves its nodes"
    )
    args = parser.parse_args(arguments)
    if CHROMIUM is None:
        parser.exit(2, "error: no Chromium on this machine\n")
    sizes, rounds, moving = ([100, 500], 1, 100) if args.quick else (args.nodes, args.rounds, args.physics)
    print(
        "| nodes | edges | made, s | MB | ready, s | search, ms | filter, ms | pyvis fixed, s | times | pyvis physics, s | times |"
    )
    print("|" + "---:|" * 11)
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        frame = 0
        for nodes in sizes:
            found = measured(browser, Path(folder), nodes, rounds, physics=nodes == moving)
            frame = found.frame
            print(report(found), flush=True)
        print(
            f"\nwithout a network the page is {frame / 1e6:.2f} MB; {json.dumps(browser.version)}, medians of {rounds}"
        )
        browser.close()


if __name__ == "__main__":
    main()
