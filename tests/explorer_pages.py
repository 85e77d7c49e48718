"""A small invented debate as a page of the explorer, and what tests ask of such a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import networkx as nx
from playwright.sync_api import Locator, Page

from alliancegraph.explorer.page import write_view

BASE: Final = "https://w3id.org/alliancegraph/"
NORLAND, SOUTHLAND, ANA, LEAGUE = (
    BASE + "actor/" + name for name in ("norland", "southland", "ana-soder", "port-league")
)
TREATY, PIRACY, FEES, TOLLS = (
    BASE + "issue/" + name for name in ("harbour-treaty", "piracy", "port-fees", "tolls")
)
TRADE: Final = BASE + "issue/trade"
SUMMIT: Final = BASE + "event/summit"
HARBOUR, HEBREW, LATER = (BASE + "document/" + name for name in ("d1", "d2", "d3"))
SUPPORT, OPPOSE, FEAR = (
    "Norland 🚢 supports the harbour treaty",
    "Southland opposes the harbour treaty",
    "Norland fears piracy",
)
TEXT: Final = "".join(
    [
        "Talks 🚢 at the harbour\n\n",
        *(f"Paragraph {number} tells of ships, 🚢 and of the weather.\n\n" for number in range(60)),
        f"{SUPPORT}, said Ana Söder, the minister. {OPPOSE}.\n{FEAR}.\n",
        *(f"Paragraph {number} tells of ships again.\n\n" for number in range(60, 100)),
    ]
)
_PLAIN: Final = {
    HARBOUR: {"label": "Talks 🚢 at the harbour", "date": "2020-03-05", "source": "harbour.md"},
    HEBREW: {
        "label": "שיחות על הנמל",
        "date": "2021-07",
        "source": "news.html",
        "url": "https://news.example.org/port",
    },
    LATER: {"label": "Fees", "date": "2022-11-20", "source": "fees.txt", "publisher": "The Weekly"},
}


def passage(quote: str, text: str = TEXT) -> dict[str, Any]:
    """Where a quote stands in the text, counted in characters."""
    start = text.find(quote)
    if start < 0:
        return {"quote": quote, "start": 3, "end": 3 + len(quote), "prefix": "", "suffix": ""}
    end = start + len(quote)
    return {
        "quote": quote,
        "start": start,
        "end": end,
        "prefix": text[max(0, start - 32) : start],
        "suffix": text[end : end + 32],
    }


def said(number: int, document: str, quote: str, **more: Any) -> dict[str, Any]:
    """One item of evidence: a statement with one passage."""
    facts = _PLAIN[document]
    return {
        "statement": f"{document}#position-{number}",
        "document": facts["label"],
        "document_iri": document,
        "date": facts["date"],
        "confidence": 0.8,
        **passage(quote),
        **more,
    }


def debate() -> nx.MultiDiGraph[str]:
    """Two states, a minister, a league, four issues, a summit and three documents."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def node(iri: str, label: str, kind: str, **more: Any) -> None:
        network.add_node(iri, label=label, type=kind, iri=iri, **more)

    node(NORLAND, "Norland", "State", aliases=["Kingdom of Norland", "N.L."], wikidata="http://www.wikidata.org/entity/Q20")  # fmt: skip
    node(SOUTHLAND, "Southland", "State", aliases=["Südland"])
    node(ANA, "Ana Söder", "Person")
    node(LEAGUE, "Port League", "IntergovernmentalOrganization")
    node(TREATY, "Harbour treaty", "Issue", broader=TRADE, definition="Who may land where.")
    node(PIRACY, "Piracy", "Issue")
    node(FEES, "Port fees", "Issue", broader=TRADE)
    node(TOLLS, "Tolls", "Issue", broader=FEES)
    node(SUMMIT, "Harbour summit", "Event", date="2020-03-04", event_type="Summit", place="Lake Port")
    for iri, facts in _PLAIN.items():
        node(iri, facts["label"], "Document", **{k: v for k, v in facts.items() if k != "label"})
    network.graph["issues"] = {TRADE: {"label": "Trade"}}

    def edge(source: str, target: str, relation: str, *evidence: dict[str, Any]) -> None:
        network.add_edge(
            source, target, relation=relation, weight=max(len(evidence), 1), evidence=list(evidence)
        )

    position = {"kind": "position"}
    edge(NORLAND, TREATY, "supports", said(1, HARBOUR, SUPPORT, voice="quoted", confidence=0.9, addressee=SOUTHLAND, **position),
         said(2, LATER, "Norland still wants the treaty", voice="author", confidence=0.6, **position))  # fmt: skip
    edge(SOUTHLAND, TREATY, "opposes", said(3, HARBOUR, OPPOSE, voice="reported", confidence=0.7, **position))
    edge(NORLAND, PIRACY, "concern", said(4, HARBOUR, FEAR, voice="author", **position))
    edge(SOUTHLAND, PIRACY, "concern", said(5, HEBREW, "שודדי ים", voice="author", confidence=0.5, **position))  # fmt: skip
    edge(SOUTHLAND, FEES, "supports", said(6, LATER, "Southland is for fees", voice="author", **position))
    edge(NORLAND, TOLLS, "proposes", said(7, LATER, "Norland calls for tolls", voice="quoted", **position))
    edge(ANA, NORLAND, "affiliatedWith", said(8, HARBOUR, "Ana Söder, the minister", role="minister", kind="relation"))  # fmt: skip
    edge(NORLAND, LEAGUE, "memberOf")
    edge(SOUTHLAND, LEAGUE, "memberOf")
    edge(NORLAND, SUMMIT, "participatesIn", said(9, HARBOUR, "Talks", kind="relation"))
    edge(HARBOUR, TREATY, "discusses", said(10, HARBOUR, "the harbour treaty", kind="discussion"))
    edge(HARBOUR, SUMMIT, "reports", said(11, HARBOUR, "Talks", kind="event"))
    return network


def written(folder: Path, network: nx.MultiDiGraph[str] | None = None, **options: Any) -> str:
    """The address of the page of a network, the debate unless another is given."""
    target = folder / "graph.html"
    options = {"texts": {HARBOUR: TEXT}, "title": "The harbour debate", **options}
    write_view(target, debate() if network is None else network, **options)
    return target.as_uri()


def visit(page: Page, address: str) -> Page:
    """Open an address and wait until the page is ready."""
    page.goto(address)
    page.wait_for_selector("html[data-ready], html[data-errors]")
    assert page.get_attribute("html", "data-errors") is None
    return page


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds; asked from outside, since the page's policy lets nothing in it evaluate texts."""
    for _ in range(600):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never holds: {expression}")


def drawn(page: Page) -> list[str]:
    """The names of the nodes that vis-network draws, sorted; dots of statements by their ids."""
    found: list[str] = page.evaluate(
        "nodeSet.get({filter: (each) => !each.hidden}).map((each) => nodeById.get(each.id)?.name ?? each.id).sort()"
    )
    return found


def lines(page: Page) -> list[str]:
    """The lines that vis-network draws, as sentences, sorted."""
    found: list[str] = page.evaluate(
        "edgeSet.get({filter: (each) => !each.hidden && edgeById.has(each.id)}).map((each) => sentence(edgeById.get(each.id))).sort()"
    )
    return found


def fragment(page: Page) -> str:
    """The part of the address that keeps the view."""
    return page.evaluate("location.hash")  # type: ignore[no-any-return]


def click_node(page: Page, iri: str, **options: Any) -> None:
    """Click a node of the drawing."""
    box = page.locator("#canvas").bounding_box()
    assert box
    at = page.evaluate("(id) => network.canvasToDOM(network.getPosition(id))", iri)
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    for key in options.get("keys", ()):
        page.keyboard.down(key)
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    for key in options.get("keys", ()):
        page.keyboard.up(key)


def click_line(page: Page, source: str, relation: str, target: str) -> None:
    """Click a line of the drawing, a good way along it."""
    box = page.locator("#canvas").bounding_box()
    assert box
    at = page.evaluate(
        """([from, relation, to]) => {
          const edge = edges.find((each) => each.from === from && each.relation === relation && each.to === to);
          const point = network.body.edges[edge.id].edgeType.getPoint(0.4);
          return network.canvasToDOM(point);
        }""",
        [source, relation, target],
    )
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])


def texts(found: Locator) -> list[str]:
    """The texts of all elements, with single spaces."""
    return [" ".join(text.split()) for text in found.all_text_contents()]
