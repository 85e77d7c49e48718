"""The interactive page: one offline file, safe with any text, the same bytes everywhere, and it works in a browser."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from alliancegraph.explorer.page import view_page, write_view
from alliancegraph.explorer.records import page_data
from alliancegraph.explorer.style import ASSETS
from alliancegraph.graph.layout import Box, place_beside, positions
from alliancegraph.ontology.errors import OutputError

ACTOR = "https://w3id.org/alliancegraph/actor/"
ISSUE = "https://w3id.org/alliancegraph/issue/"
HOSTILE = '<script>alert(1)</script> href="x" </script> \u2028 <!-- {{ 7*7 }}'
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)


def sample_network(hostile: bool = False) -> nx.MultiDiGraph[str]:
    """Four nodes, four edges, five quotes; with `hostile`, one name is an attack."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node(
        ACTOR + "japan", label="Japan", type="State", iri=ACTOR + "japan", aliases=["Tokyo", "State of Japan"],
        wikidata="http://www.wikidata.org/entity/Q17",
    )  # fmt: skip
    network.add_node(
        ACTOR + "united-states", label=HOSTILE if hostile else "United States", type="State", aliases=["U.S."]
    )
    network.add_node(
        ISSUE + "climate-change", label="Climate change", type="Issue", iri=ISSUE + "climate-change"
    )
    network.add_node(
        ISSUE + "burden-sharing", label="Burden sharing", type="Issue", iri=ISSUE + "burden-sharing"
    )
    document = {
        "document": "A sample <article>",
        "document_iri": "https://w3id.org/alliancegraph/document/0",
        "date": "2008-03",
    }
    japan = [
        {"quote": "Tokyo wants more done", "prefix": "On climate, ", "suffix": " by all.", "voice": "reported",
         "confidence": 0.8, "start": 12, "end": 33, **document},
        {"quote": "Japan welcomes the plan", "voice": "quoted", "confidence": 0.6, "start": 50, "end": 73, **document},
    ]  # fmt: skip
    network.add_edge(
        ACTOR + "japan",
        ISSUE + "climate-change",
        relation="supports",
        label="supports",
        weight=2,
        confidence=0.8,
        evidence=japan,
    )
    network.add_edge(
        ACTOR + "japan",
        ISSUE + "burden-sharing",
        relation="opposes",
        weight=1,
        confidence=0.7,
        evidence=japan[:1],
    )
    network.add_edge(
        ACTOR + "united-states",
        ISSUE + "burden-sharing",
        relation="supports",
        weight=1,
        confidence=0.9,
        evidence=japan[:1],
    )
    network.add_edge(
        ACTOR + "japan",
        ACTOR + "united-states",
        relation="alliedWith",
        weight=1,
        confidence=0.9,
        evidence=japan[1:],
    )
    return network


class Parts(html.parser.HTMLParser):
    """The start tags of a page and the text of its script and style elements."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append((tag, dict(attrs)))
        self.texts.append("")
        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        """What follows belongs to no start tag."""
        self.inside = False

    def handle_data(self, data: str) -> None:
        """Keep the text with the latest tag."""
        if self.inside:
            self.texts[-1] += data

    def scripts(self, kind: str | None) -> list[str]:
        """The texts of the scripts with this type."""
        pairs = zip(self.tags, self.texts, strict=True)
        return [text for (tag, attrs), text in pairs if tag == "script" and attrs.get("type") == kind]

    def data(self, name: str) -> Any:
        """The JSON that the page holds under this id."""
        pairs = zip(self.tags, self.texts, strict=True)
        return json.loads(next(text for (_, attrs), text in pairs if attrs.get("id") == name))


def source(text: str) -> str:
    """The content-security-policy source of an inline text."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def browsed(path: Path, folder: Path, fragment: str = "") -> tuple[str, list[str]]:
    """The page's final markup in a headless browser, and the lines of its console."""
    assert CHROMIUM
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=5000",
             f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", "--dump-dom"]  # fmt: skip
    done = subprocess.run(
        [CHROMIUM, *flags, path.as_uri() + fragment],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return done.stdout, [line for line in done.stderr.splitlines() if ":CONSOLE" in line]


needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def test_page_loads_nothing() -> None:
    """No element has a source or link to another place than the page itself."""
    tags = Parts(view_page(sample_network())).tags
    assert [attrs["href"] for _, attrs in tags if "href" in attrs] == ["data:,", "#panel"]
    assert [
        tag
        for tag, attrs in tags
        if {"src", "srcset", "action", "data", "style", "onclick", "onload"} & set(attrs)
    ] == []


def test_policy_allows_exactly_the_inline_texts() -> None:
    """The policy starts from nothing and names the hash of each script and of the style sheet."""
    parts = Parts(view_page(sample_network()))
    policy = next(
        attrs["content"] for _, attrs in parts.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    sheets = [text for (tag, _), text in zip(parts.tags, parts.texts, strict=True) if tag == "style"]
    assert policy == (
        f"default-src 'none'; script-src {' '.join(map(source, parts.scripts(None)))}; "
        f"style-src {source(sheets[0])}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert (len(parts.scripts(None)), len(sheets)) == (2, 1)


def test_bundled_library_is_the_one_noted() -> None:
    """The bundled vis-network has the checksum that the notice gives."""
    digest = hashlib.sha256((ASSETS / "vis-network.min.js").read_bytes()).hexdigest()
    assert re.findall(r"[0-9a-f]{64}", (ASSETS / "README.md").read_text(encoding="utf-8")) == [digest]


def test_every_node_and_edge_is_in_the_page() -> None:
    """The page holds all nodes, edges and quotes of the network."""
    network = sample_network()
    parts = Parts(view_page(network))
    assert {node["id"] for node in parts.data("nodes")} == set(network)
    edges = parts.data("edges")
    expected = sorted((a, b, edge["relation"]) for a, b, edge in network.edges(data=True))
    assert sorted((edge["from"], edge["to"], edge["relation"]) for edge in edges) == expected
    assert [edge["statements"] for edge in edges] == [[0], [1], [2, 3], [4]]
    assert [said["edge"] for said in parts.data("facts")["statements"]] == ["e0", "e1", "e2", "e2", "e3"]
    assert parts.data("facts")["documents"] == [
        {"title": "A sample <article>", "iri": "https://w3id.org/alliancegraph/document/0"}
    ]


def test_edges_carry_stance_and_evidence() -> None:
    """An edge's record has its side, wording, width and statements in the order of the text."""
    data = page_data(sample_network())
    record = next(edge for edge in data.edges if edge["to"].endswith("climate-change"))
    assert (record["group"], record["verb"], record["width"], record["confidence"]) == (
        "favour",
        "supports",
        2.5,
        0.8,
    )
    assert data.statements[record["statements"][0]] == {
        "iri": "", "edge": record["id"], "kind": "position", "document": 0, "date": "2008-03", "voice": "reported",
        "confidence": 0.8,
        "passages": [{"start": 12, "end": 33, "quote": "Tokyo wants more done", "prefix": "On climate, ", "suffix": " by all."}],
    }  # fmt: skip


def test_text_stays_text() -> None:
    """Names and titles with markup neither end a script nor become elements, and are not read as a template."""
    page = view_page(sample_network(hostile=True), title=HOSTILE, details={HOSTILE: HOSTILE})
    parts = Parts(page)
    plain = Parts(view_page(sample_network()))
    assert [tag for tag, _ in parts.tags] == [tag for tag, _ in plain.tags]
    assert parts.scripts(None) == plain.scripts(None)
    assert HOSTILE in {node["name"] for node in parts.data("nodes")}
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page
    for script in parts.scripts("application/json"):
        assert not set("<>&\u2028\u2029") & set(script)


def test_order_of_the_network_does_not_matter() -> None:
    """The same network, put together in another order, gives the same page."""
    network = sample_network()
    other: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from(reversed(list(network.edges(data=True))))
    assert view_page(other) == view_page(network)


def test_same_bytes_in_every_process(tmp_path: Path) -> None:
    """The seed of Python's hashes does not change the page."""
    script = tmp_path / "make.py"
    script.write_text(
        "import hashlib, networkx as nx\n"
        "from alliancegraph.explorer.page import view_page\n"
        "network = nx.MultiDiGraph()\n"
        "for name in {f'node {n}' for n in range(30)}: network.add_node(name, label=name, type='Issue', aliases={'b', 'a'})\n"
        "for a, b in {(n, n * 7 % 30) for n in range(30)}: network.add_edge(f'node {a}', f'node {b}', relation='supports')\n"
        "print(hashlib.sha256(view_page(network).encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, str(script)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_large_network_opens_on_a_selection() -> None:
    """Above 400 nodes the most important 120 are drawn first; all are in the page, each with a place of its own."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from(
        (f"n{number}", {"label": f"Node {number}", "type": "Person"}) for number in range(450)
    )
    network.add_edges_from(
        (f"n{number}", f"n{number % 20}", {"relation": "supports"}) for number in range(20, 450)
    )
    data = page_data(network)
    assert (len(data.nodes), data.selection, sum(node["first"] for node in data.nodes)) == (450, 120, 120)
    assert all(node["first"] for node in data.nodes[:120])
    assert len({(node["x"], node["y"]) for node in data.nodes}) == 450


def test_empty_network_gives_a_page() -> None:
    """A network without nodes is drawn as an empty page, not an error."""
    assert Parts(view_page(nx.MultiDiGraph())).data("nodes") == []


def test_boxes_do_not_overlap() -> None:
    """No two boxes of a layout touch, even in a crowded one."""
    boxes = {f"n{number}": Box(60 + 7 * (number % 9), 15, 30 + 16 * (number % 3)) for number in range(60)}
    edges = [(f"n{number}", f"n{number * 7 % 11}") for number in range(60)]
    placed = positions(boxes, edges)
    spans = [
        (x - box.width / 2, x + box.width / 2, y - box.above, y + box.below)
        for (x, y), box in ((placed[node], boxes[node]) for node in sorted(boxes))
    ]
    assert [
        (a, b)
        for number, a in enumerate(spans)
        for b in spans[number + 1 :]
        if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ] == []


def test_layout_is_the_same_everywhere() -> None:
    """A layout's integers are fixed: they do not depend on the machine or on library versions."""
    boxes = dict.fromkeys("abcdef", Box(80, 15, 31))
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "f")]
    assert positions(boxes, edges) == {
        "a": (152, 93),
        "b": (61, 100),
        "c": (119, 10),
        "d": (83, -100),
        "e": (-151, 40),
        "f": (-137, -22),
    }
    assert place_beside(
        {"a": (10, 10), "b": (300, 10)}, dict.fromkeys("abcd", Box(1, 1, 1)), [("c", "b")]
    ) == {
        "c": (225, 35),
        "d": (-75, 35),
    }


def test_write_view_replaces_the_file(tmp_path: Path) -> None:
    """The file is replaced as a whole and nothing else is left in the folder."""
    target = tmp_path / "graph.html"
    target.write_text("old")
    write_view(target, sample_network(), title="New")
    assert target.read_text(encoding="utf-8") == view_page(sample_network(), title="New")
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.html"]


def test_write_view_says_where_it_cannot_write(tmp_path: Path) -> None:
    """A folder that does not exist is an `OutputError` with the path."""
    target = tmp_path / "missing" / "graph.html"
    with pytest.raises(OutputError, match="cannot write") as caught:
        write_view(target, sample_network())
    assert caught.value.path == str(target)


@needs_chromium
def test_page_works_in_a_browser(tmp_path: Path) -> None:
    """The page starts without an error or a refused script and draws all nodes; hostile names run nothing."""
    write_view(tmp_path / "graph.html", sample_network(hostile=True), title=HOSTILE)
    markup, console = browsed(tmp_path / "graph.html", tmp_path)
    root = Parts(markup).tags[0][1]
    assert (root.get("data-ready"), root.get("data-errors"), console) == ("4 nodes, 4 edges", None, [])
    assert "4 of 4 nodes, 4 of 4 lines shown" in markup


@needs_chromium
def test_address_opens_the_evidence(tmp_path: Path) -> None:
    """An address with a node shows who it is and each quote in its context; one with an edge all statements."""
    write_view(tmp_path / "graph.html", sample_network())
    markup, console = browsed(
        tmp_path / "graph.html", tmp_path, "#node=" + urllib.parse.quote(ACTOR + "japan", safe="")
    )
    assert console == []
    assert "State of Japan, Tokyo" in markup
    assert (
        '<span class="around">…On climate, </span><mark>Tokyo wants more done</mark><span class="around"> by all.…</span>'
        in markup
    )
    assert "A sample &lt;article&gt;</bdi> · 2008-03 · reported · confidence 0.80" in markup
    markup, _ = browsed(tmp_path / "graph.html", tmp_path, "#edge=actor/japan+supports+issue/climate-change")
    assert markup.count("<blockquote") == 2
