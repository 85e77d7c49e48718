"""Names of hand coding as things of the graph: actors and issues that it knows, else new ones under names of their own."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from alliancegraph.graph.facts import local_name
from alliancegraph.graph.store import Store
from alliancegraph.networks.answers import answers
from alliancegraph.ontology.errors import StatementsError, UsageError
from alliancegraph.ontology.terms import ACTOR, ISSUE
from alliancegraph.queries.suggestions import did_you_mean

CODED: Final = "coded/"
"""Where concepts stand that are no issue of the vocabulary, below all issues."""
_BODIES: Final = frozenset(
    (
        "State",
        "GovernmentBody",
        "IntergovernmentalOrganization",
        "StateGrouping",
        "Organization",
        "ArmedGroup",
    )
)


class Naming:
    """What names mean in a store."""

    def __init__(
        self,
        actors: Iterable[tuple[str, str, str]],
        issues: Iterable[tuple[str, str]],
        mapping: Mapping[str, str] | None = None,
    ) -> None:
        """Names of actors (name, IRI, type), names of issues (name, IRI), and issues by concept as the user has them."""
        self._actors: dict[tuple[str, bool], dict[str, str]] = {}
        for name, iri, type_ in actors:
            self._actors.setdefault((name.casefold(), type_ == "Person"), {})[iri] = type_
        self._issues: dict[str, set[str]] = {}
        for name, iri in issues:
            self._issues.setdefault(name.casefold(), set()).add(iri)
            self._issues.setdefault(local_name(iri).casefold(), set()).add(iri)
        self._mapping = {concept: self._known(concept, issue) for concept, issue in (mapping or {}).items()}

    def actor(self, name: str, *, person: bool) -> tuple[str, str]:
        """The IRI and the type of an actor of that name: the one known, or a new person or organisation."""
        found = self._actors.get((name.casefold(), person), {})
        if len(found) == 1:
            return next(iter(found.items()))
        taken = {iri for actors in self._actors.values() for iri in actors}
        iri = str(ACTOR[slug(name)])
        if iri in taken:
            iri = str(ACTOR[f"{slug(name)}-coded"])
        return iri, "Person" if person else "Organization"

    def issue(self, concept: str) -> str:
        """The id of an issue for a concept: as it is mapped, of that name, or a new one among those of hand coding."""
        if concept in self._mapping:
            return self._mapping[concept]
        found = self._issues.get(concept.casefold(), set())
        return _id(next(iter(found))) if len(found) == 1 else CODED + slug(concept)

    def _known(self, concept: str, issue: str) -> str:
        found = self._issues.get(issue.casefold(), set())
        if len(found) != 1:
            near = (
                did_you_mean(issue, self._issues) or "list issues with: alliancegraph query issues-over-time"
            )
            raise UsageError(f"concept {concept!r} is mapped to no issue {issue!r}; {near}")
        return _id(next(iter(found)))


def naming(store: Store, mapping: Mapping[str, str] | None = None) -> Naming:
    """What names mean in a store, its vocabulary and its documents; raise `UsageError` for a mapping to no issue."""
    types: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for thing, property_, value in answers(store, "names.rq"):
        if thing and property_ and value:
            if local_name(property_) == "type":
                types[thing] = local_name(value)
            elif local_name(property_) in ("prefLabel", "altLabel"):
                names.setdefault(thing, set()).add(value)
    actors = [
        (name, iri, types[iri])
        for iri, found in names.items()
        if types.get(iri) == "Person" or types.get(iri) in _BODIES
        for name in found
    ]
    known = str(ISSUE)
    issues = [
        (name, iri)
        for iri, found in names.items()
        if iri.startswith(known) and not iri.startswith(known + CODED)
        for name in found
    ]
    return Naming(actors, issues, mapping)


def read_mapping(path: Path) -> dict[str, str]:
    """Issues by concept, from a table with the columns `concept` and `issue`; raise `StatementsError`."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or "is no CSV in UTF-8"
        raise StatementsError(
            f"{path}: {reason}; give a table of concept and issue", path=str(path)
        ) from None
    if not rows or not {"concept", "issue"} <= set(rows[0]):
        raise StatementsError(f"{path}: has no columns concept and issue; add them", path=str(path))
    return {row["concept"].strip(): row["issue"].strip() for row in rows if row["concept"] and row["issue"]}


def slug(name: str) -> str:
    """A name as the last part of an IRI."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "unnamed"


def _id(issue: str) -> str:
    return issue.removeprefix(str(ISSUE))
