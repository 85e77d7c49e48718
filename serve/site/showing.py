"""The page of a resource: what all pages have, and for each kind the template with what it shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from alliancegraph.explorer.style import page_style
from alliancegraph.serve.refusal import NOT_FOUND, Refusal
from alliancegraph.serve.site.addresses import path_of
from alliancegraph.serve.site.descriptions import Descriptions
from alliancegraph.serve.site.documents import Documents
from alliancegraph.serve.site.looking import Looking
from alliancegraph.serve.site.rendering import rendered
from alliancegraph.serve.site.sections import TONES
from alliancegraph.serve.site.statements import Statements
from alliancegraph.serve.site.things import Things


class Showing:
    """Pages over one state of a store."""

    def __init__(self, looking: Looking) -> None:
        """Read from a store."""
        self._look = looking
        statements = Statements(looking)
        self._things = Things(looking, statements)
        self._documents = Documents(looking, statements)
        self._descriptions = Descriptions(looking, statements)

    def page(self, iri: str, part: str, number: int) -> bytes:
        """The page of a resource; raise `Refusal` for one that is not there."""
        if not self._look.is_known(iri):
            raise Refusal(NOT_FOUND, f"the store says nothing of {iri[:200]}")
        kind = self._look.kind(iri)
        common = self._common(iri, kind)
        if kind == "document":
            return rendered("document.html", **common, **self._documents.shown(iri, number))
        if kind in ("position", "relation", "discussion"):
            return rendered("statement.html", **common | self._documents.statement(iri))
        if kind == "term":
            return rendered("term.html", **common, **self._descriptions.shown(iri, part, number))
        return rendered("thing.html", **common, **self._things.shown(iri, kind, part, number))

    def _common(self, iri: str, kind: str) -> dict[str, Any]:
        look, path = self._look, path_of(iri)
        wikidata = [same for same in look.iris(iri, "owl:sameAs") if same.startswith("http")]
        return {
            "iri": iri,
            "path": path,
            "joint": "&" if "?" in path else "?",
            "kind": kind,
            "title": look.label(iri),
            "type": look.type_name(iri),
            "same": [(_host(same), same) for same in wikidata],
            "explorer": f"/#node={quote(iri, safe='')}"
            if kind in ("actor", "issue", "event", "document")
            else "",
            "question": _question(iri, kind),
            "tones": {tone: page_style()["groups"][tone]["label"] for tone in TONES},
        }


def _host(iri: str) -> str:
    return "Wikidata" if "wikidata.org/" in iri else iri


def _question(iri: str, kind: str) -> str:
    """The address of the query page with the question that fits a resource."""
    named = {
        "actor": ("positions-of-actor", "actor"),
        "issue": ("positions-under-issue", "issue"),
        "event": ("event-participants", "event"),
        "document": ("statements-of-document", "document"),
    }
    if kind in named:
        name, parameter = named[kind]
        return f"/query#name={name}&{parameter}={quote(iri, safe='')}"
    if kind in ("position", "relation", "discussion"):
        return f"/query#name=evidence-of-statement&statement={quote(iri, safe='')}"
    text = f"SELECT * WHERE {{ {{ <{iri}> ?property ?value }} UNION {{ ?thing ?use <{iri}> }} }} LIMIT 100"
    return f"/query#query={quote(text, safe='')}"
