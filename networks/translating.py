"""Hand-coded statements of a file in the terms of a graph, so that they stand beside its own positions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from alliancegraph.graph.store import Store
from alliancegraph.networks.choice import Choice
from alliancegraph.networks.codings import Said, said
from alliancegraph.networks.importing import originals
from alliancegraph.networks.known import Known, known, things_column, unique_names
from alliancegraph.networks.naming import Naming, naming
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import EmptySelection, UsageError
from alliancegraph.ontology.terms import ISSUE

_NOBODY: Final = "the file"
"""The coder of statements that name none; a comparison has no use for it."""


def in_terms_of(
    store: Store,
    statements: Statements,
    grain: str,
    choice: Choice,
    mapping: Mapping[str, str] | None = None,
) -> Statements:
    """The statements with the columns `grain`, `issue`, `stance`, `document` and `coder`, named as the graph does.

    Actors and issues are those that importing the file would make of its names, issues by the mapping; documents those of
    the graph that the file names by title or source. A grain is `actor` (the person, else the body), `person`,
    `organization` or `state`. Statements that take no side by the choice are left out. Raises `UsageError` for what the
    file does not say.
    """
    things, meant = known(store), naming(store, mapping)
    documents = originals(store, things, statements, {})
    rows = []
    for document, item in said(statements, _NOBODY):
        side, who = choice.side(item.stance), _holder(grain, item, meant)
        if side is not None and who is not None:
            rows.append((document, item, side, who, str(ISSUE[meant.issue(item.concept)])))
    if not rows:
        raise EmptySelection(
            f"no statement of the file says which {grain} takes which side; name another --variable1"
        )
    names = {who: name for _, _, _, (who, name), _ in rows} | {issue: i.concept for _, i, _, _, issue in rows}
    found = {name: original.iri or name for name, original in documents.items()}
    titles = {original.iri or name: original.title or name for name, original in documents.items()}

    def column(iris: list[str]) -> Column:
        return things_column(iris, unique_names(set(iris), _label(things, names)), things.attributes)

    places = [found.get(document, document) for document, *_ in rows]
    return Statements.of(
        {
            grain: column([who for _, _, _, (who, _), _ in rows]),
            "issue": column([issue for *_, issue in rows]),
            "stance": Column.of([side for _, _, side, _, _ in rows]),
            "document": things_column(
                places, unique_names(set(places), lambda place: titles.get(place, place)), lambda _: {}
            ),
            "coder": Column.of([item.coder for _, item, *_ in rows]),
        },
        ids=[item.id for _, item, *_ in rows],
        dates=np.array([item.date or "NaT" for _, item, *_ in rows], "datetime64[s]"),
        texts=[item.text for _, item, *_ in rows],
        confidences=np.array([item.confidence for _, item, *_ in rows]),
    )


def _label(things: Known, names: Mapping[str, str]) -> Callable[[str], str]:
    """The graph's name of a thing, where it knows it, else that of the file."""
    return lambda iri: things.label(iri) if things.names_of(iri) else names[iri]


def _holder(grain: str, item: Said, meant: Naming) -> tuple[str, str] | None:
    """Who holds a position at a grain, by IRI and name."""
    if grain not in ("actor", "person", "organization", "state"):
        raise UsageError(
            f"files are compared with a graph by actor, person, organization or state, not {grain}"
        )
    if item.person and grain in ("actor", "person"):
        return meant.actor(item.person, person=True)[0], item.person
    if (
        item.body
        and grain in ("actor", "organization", "state")
        and (grain != "state" or item.body_is == "state")
    ):
        return meant.actor(item.body, person=False)[0], item.body
    return None
