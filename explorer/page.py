"""One offline HTML page in which a network can be explored down to the quotes that support it (drawn by pyvis)."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
from markupsafe import Markup

from alliancegraph.explorer.records import ASSETS, LABEL_SIZE, PageData, page_data, page_style
from alliancegraph.ontology.errors import OutputError

_TEMPLATES = Path(__file__).parent / "templates"
_SCRIPTS = (
    "vis-network.min.js",
    "page-data.js",
    "page-canvas.js",
    "page-panel.js",
    "page-search.js",
    "page-main.js",
)
_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False, "solver": "forceAtlas2Based", "stabilization": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 100000,
    },
    "edges": {"selectionWidth": 1, "hoverWidth": 0.5, "arrows": {"to": {"scaleFactor": 0.5}}},
}


def view_page(
    network: nx.MultiDiGraph[Any], *, title: str = "AllianceGraph", details: Mapping[str, str] | None = None
) -> str:
    """The page as HTML text: everything is inside, and it asks no host for anything.

    `network` is a statement network (see `alliancegraph.graph.network`): nodes have `label`, `type`, `iri`, `aliases`,
    `wikidata`; edges `relation`, `weight`, `confidence` and `evidence`. `details` are lines for the summary, such as
    the filters that were used. The same network gives the same bytes on any machine.
    """
    from pyvis.network import Network  # type: ignore[import-untyped]  # its import takes most of a second

    data = page_data(network)
    drawing = Network(
        height="100%", width="100%", directed=True, heading=_encodable(title), cdn_resources="in_line"
    )
    for node in data.nodes:
        options = dict(node)
        drawing.add_node(options.pop("id"), **options)
    for edge in data.edges:
        options = dict(edge)
        drawing.add_edge(options.pop("from"), options.pop("to"), **options)
    drawing.set_options(json.dumps(_options(len(data.nodes))))
    drawing.set_template_dir(str(_TEMPLATES), "page.html")
    drawing.templateEnv.autoescape = True
    # the legend keeps the style's order
    drawing.templateEnv.policies["json.dumps_kwargs"] = {"sort_keys": False}
    drawing.templateEnv.globals["page"] = _page(data, details or {})
    html: str = drawing.generate_html()
    return html


def write_view(
    path: str | os.PathLike[str],
    network: nx.MultiDiGraph[Any],
    *,
    title: str = "AllianceGraph",
    details: Mapping[str, str] | None = None,
) -> None:
    """Write the page to `path`, whole or not at all.

    Raises `OutputError` where the file cannot be written.
    """
    target = Path(path)
    content = view_page(network, title=title, details=details).encode("utf-8")
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        message = f"cannot write {target}: {error.strerror or error}; choose another place with -o"
        raise OutputError(message, path=str(target)) from error


def _options(nodes: int) -> dict[str, Any]:
    return _OPTIONS | {"interaction": {**_OPTIONS["interaction"], "hideEdgesOnDrag": nodes > 1000}}  # type: ignore[dict-item]


def _page(data: PageData, details: Mapping[str, str]) -> dict[str, Any]:
    """What pyvis does not know: scripts, style sheet, policy, documents and style."""
    scripts = [_asset(name) for name in _SCRIPTS]
    sheet = _asset("colours.css") + _asset("page.css")
    return {
        "scripts": [Markup(script) for script in scripts],
        "sheet": Markup(sheet),
        "policy": _policy(scripts, sheet),
        "facts": {
            "details": {str(key): str(value) for key, value in details.items()},
            "documents": list(data.documents),
            "labelSize": LABEL_SIZE,
            "selection": data.selection,
            "style": page_style(),
        },
    }


def _asset(name: str) -> str:
    text = (ASSETS / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL="))


def _policy(scripts: list[str], sheet: str) -> str:
    allowed = " ".join(_source(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_source(sheet)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
