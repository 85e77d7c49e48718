"""Which part of a store a page is to show: what an analyst asks for by name, and the network of what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.explorer.filters import (
    Filter,
    most_important,
    narrowed,
    of_actors,
    of_documents,
    of_issues,
    of_period,
    of_sources,
    of_stances,
    of_voices,
    with_context,
)
from alliancegraph.extract.edtf import bounds
from alliancegraph.graph.facts import Thing, facts, things
from alliancegraph.graph.network_statements import network_of
from alliancegraph.graph.store import Store
from alliancegraph.ontology.alignment import stances
from alliancegraph.ontology.errors import EmptySelection, UsageError
from alliancegraph.queries import resolve
from alliancegraph.queries.suggestions import did_you_mean

VOICES: Final = ("author", "reported", "quoted")


@dataclass(frozen=True, slots=True)
class Selection:
    """What a page is to show; what is empty lets everything through.

    Actors, issues and documents are given by name, id or IRI, and an issue stands for all narrower ones too. `sources` are
    publishers, hosts of addresses, or files, with `*` for any characters. `since` and `until` are dates, both included.
    Values of one filter add up, filters narrow each other. `limit` is the number of nodes besides documents: the most
    important ones are kept.

    Raises `UsageError` for an unknown stance or voice, and for dates that are none.
    """

    actors: Sequence[str] = ()
    issues: Sequence[str] = ()
    documents: Sequence[str] = ()
    sources: Sequence[str] = ()
    stances: Sequence[str] = ()
    voices: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0
    limit: int | None = None

    def __post_init__(self) -> None:
        _one_of("stance", self.stances, stances())
        _one_of("voice", self.voices, VOICES)
        first, last = self.period()
        if first > last:
            raise UsageError(f"--since {self.since} is later than --until {self.until}; change one of them")

    def period(self) -> tuple[date, date]:
        """The first and the last day that count."""
        first = _days("--since", self.since)[0] if self.since else date.min
        return first, _days("--until", self.until)[1] if self.until else date.max

    def details(self) -> dict[str, str]:
        """The filters in words, for the summary of a page."""
        lists = ("actors", "issues", "documents", "sources", "stances", "voices")
        found = {name: ", ".join(getattr(self, name)) for name in lists} | {
            "since": self.since or "",
            "until": self.until or "",
            "minimal confidence": f"{self.min_confidence:g}" if self.min_confidence else "",
            "nodes at most": "" if self.limit is None else str(self.limit),
        }
        return {name: value for name, value in found.items() if value}


def selected_network(store: Store, selection: Selection) -> nx.MultiDiGraph:
    """The whole statement network of what a selection lets through.

    Raises `QueryError` or `UsageError`, with near names, for what the store does not know, and `EmptySelection` that names
    the filter which left nothing. A store without statements gives a network without nodes.
    """
    known = things(store)
    places, contents = _places(store, selection, known), _contents(store, selection, known)
    found = facts(store, selection.min_confidence)
    if not found and selection.min_confidence and facts(store, with_passages=False):
        sure = f"--min-confidence {selection.min_confidence:g}"
        raise EmptySelection(f"no statement is left: none is as sure as {sure}; lower it")
    kept = narrowed(found, places)
    if contents:
        kept = with_context(narrowed(kept, contents), kept)
    if selection.limit is not None:
        kept = most_important(kept, selection.limit)
    return network_of(kept, known, whole=True)


def _places(store: Store, selection: Selection, known: Mapping[str, Thing]) -> list[Filter]:
    """The filters by documents and dates, which also hold for what documents discuss and report."""
    found: list[Filter] = []
    if selection.documents:
        wanted = [resolve(store, "document", name) for name in selection.documents]
        found.append((_option("document", selection.documents), of_documents(wanted)))
    if selection.sources:
        found.append((_option("source", selection.sources), of_sources(selection.sources, known)))
    first, last = selection.period()
    if selection.since:
        found.append((f"--since {selection.since}", of_period(first, date.max, known)))
    if selection.until:
        found.append((f"--until {selection.until}", of_period(date.min, last, known)))
    return found


def _contents(store: Store, selection: Selection, known: Mapping[str, Thing]) -> list[Filter]:
    """The filters by what is said, by whom and how."""
    found: list[Filter] = []
    if selection.issues:
        issues = [resolve(store, "issue", name) for name in selection.issues]
        found.append((_option("issue", selection.issues), of_issues(issues, known)))
    if selection.actors:
        actors = [resolve(store, "actor", name) for name in selection.actors]
        found.append((_option("actor", selection.actors), of_actors(actors)))
    if selection.stances:
        found.append((_option("stance", selection.stances), of_stances(selection.stances)))
    if selection.voices:
        found.append((_option("voice", selection.voices), of_voices(selection.voices)))
    return found


def _option(name: str, values: Sequence[str]) -> str:
    return f"--{name} {', '.join(values)}"


def _one_of(what: str, given: Sequence[str], there_are: Sequence[str]) -> None:
    for word in given:
        if word not in there_are:
            near = did_you_mean(word, there_are) or f"choose one of {', '.join(there_are)}"
            raise UsageError(f"no {what} is called {word!r}; {near}")


def _days(option: str, text: str) -> tuple[date, date]:
    found = bounds(text)
    if found is None:
        raise UsageError(f"{option} {text}: is no date; give a year, a month or a day, such as 2008-03-14")
    return found
