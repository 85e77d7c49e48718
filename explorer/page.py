"""One offline HTML page in which a network can be explored down to the quotes that support it (drawn by pyvis)."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
from markupsafe import Markup

from alliancegraph.explorer.records import PageData, page_data
from alliancegraph.explorer.style import ASSETS, LABEL_SIZE, Record, page_style
from alliancegraph.graph.writing import write_whole

_TEMPLATES = Path(__file__).parent / "templates"
_SCRIPTS = (
    "vis-network.min.js",
    "page-data.js",
    "page-elements.js",
    "page-state.js",
    "page-filters.js",
    "page-labels.js",
    "page-dots.js",
    "page-canvas.js",
    "page-keys.js",
    "page-quotes.js",
    "page-summary.js",
    "page-panel.js",
    "page-reader.js",
    "page-search.js",
    "page-legend.js",
    "page-tree.js",
    "page-time.js",
    "page-timeline.js",
    "page-table.js",
    "page-compare.js",
    "page-svg.js",
    "page-turtle.js",
    "page-export.js",
    "page-main.js",
)
_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False, "solver": "forceAtlas2Based", "stabilization": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": False,
        "keyboard": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 100000,
    },
    "edges": {"selectionWidth": 1, "hoverWidth": 0.5, "arrows": {"to": {"scaleFactor": 0.5}}},
}


def view_page(
    network: nx.MultiDiGraph[Any],
    *,
    title: str = "AllianceGraph",
    details: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> str:
    """The page as HTML text: everything is inside, and it asks no host for anything.

    `network` is a statement network (see `alliancegraph.graph.network_statements`): nodes have `label`, `type`, `iri`, `aliases`,
    `wikidata`; edges `relation`, `weight`, `confidence` and `evidence`; all of these can be missing. `details` are lines for
    the summary, such as the filters that were used; `texts` are whole articles by the IRI of their document, to be read in the
    page. The same network gives the same bytes on any machine.
    """
    return page_of(page_data(network, texts), title=title, details=details or {})


def page_of(
    data: PageData,
    *,
    title: str,
    details: Mapping[str, str],
    live: Record | None = None,
    others: Sequence[Record] = (),
) -> str:
    """The page that holds these records; `live` tells it where a server gives more, `others` are names of what it has."""
    from pyvis.network import Network  # type: ignore[import-untyped]  # its import takes most of a second

    drawing = Network(
        height="100%", width="100%", directed=True, heading=_encodable(title), cdn_resources="in_line"
    )
    drawing.nodes = list(data.nodes)
    drawing.edges = list(data.edges)
    drawing.set_options(json.dumps(_options(len(data.nodes))))
    drawing.set_template_dir(str(_TEMPLATES), "page.html")
    drawing.templateEnv.autoescape = True
    # the legend keeps the style's order
    drawing.templateEnv.policies["json.dumps_kwargs"] = {"sort_keys": False}
    drawing.templateEnv.globals["page"] = _page(data, details, live, others)
    html: str = drawing.generate_html()
    return html


def write_view(
    path: str | os.PathLike[str],
    network: nx.MultiDiGraph[Any],
    *,
    title: str = "AllianceGraph",
    details: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Write the page to `path`, whole or not at all.

    Raises `OutputError` where the file cannot be written.
    """
    content = view_page(network, title=title, details=details, texts=texts)
    write_whole(Path(path), content.encode("utf-8", "replace"))


def _options(nodes: int) -> dict[str, Any]:
    return _OPTIONS | {"interaction": {**_OPTIONS["interaction"], "hideEdgesOnDrag": nodes > 1000}}  # type: ignore[dict-item]


def _page(
    data: PageData, details: Mapping[str, str], live: Record | None, others: Sequence[Record]
) -> Record:
    """What pyvis does not know: scripts, style sheet, policy, statements, documents and style."""
    # in two elements, not one for each file: the browser draws the page between elements
    scripts = [_asset(_SCRIPTS[0]), "".join(_asset(name) for name in _SCRIPTS[1:])]
    sheet = _asset("colours.css") + _asset("page.css")
    return {
        "scripts": [Markup(script) for script in scripts],
        "sheet": Markup(sheet),
        "policy": _policy(scripts, sheet, bool(live)),
        "facts": {
            "details": {str(key): str(value) for key, value in details.items()},
            "documents": list(data.documents),
            "issues": list(data.issues),
            "labelSize": LABEL_SIZE,
            "selection": data.selection,
            "statements": list(data.statements),
            "style": page_style(),
            **({"live": live} if live else {}),
            **({"others": list(others)} if others else {}),
        },
    }


def _asset(name: str) -> str:
    text = (ASSETS / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL="))


def _policy(scripts: list[str], sheet: str, live: bool) -> str:
    """What the page may do: run its own scripts, and ask its own server where it has one."""
    allowed = " ".join(_source(script) for script in scripts)
    asked = "connect-src 'self'; " if live else ""
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_source(sheet)}; img-src data:; "
        f"{asked}base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
