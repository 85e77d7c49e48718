"""What the extractors found, put together as an `Extraction` with ids, evidence and confidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alliancegraph.extract.cast import Cast, Member
from alliancegraph.extract.claim import Claim, merged
from alliancegraph.extract.edtf import simplified
from alliancegraph.extract.happening import Happening
from alliancegraph.extract.issues import Hit
from alliancegraph.extract.model import Actor, Event, Evidence, Issue, Position, Relation
from alliancegraph.extract.occurrence import Occurrence
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.relation import Found
from alliancegraph.ontology.vocabulary import Vocabulary

KIND_CONFIDENCE: Final = {
    "name": 0.97, "abbreviation": 0.95, "demonym": 0.95, "capital": 0.85, "misspelling": 0.9, "contextual": 0.8,
    "pattern": 0.9, "person": 0.9, "surname": 0.8, "alias": 0.9, "organization": 0.6, "title": 0.7,
}  # fmt: skip
MOST: Final = 0.99
MEANING: Final = 0.4
"""The confidence of an issue that no word shows, only likeness of meaning."""
SHORTEST: Final = 6
LONGEST: Final = 70
BODIES: Final = frozenset({"body", "item", "quote"})
MANY: Final = 3
"""Characters of an event's name, and the actors that it may list."""


def several(confidences: Iterable[float]) -> float:
    """The confidence of a statement that was found at several places: the best, raised a little by the others."""
    ranked = sorted(confidences, reverse=True)
    best = ranked[0]
    return round(min(MOST, best + (1 - best) * 0.15 * min(3, len(ranked) - 1)), 2)


@dataclass
class Assembly:
    """Builds the parts of one extraction; the ids of actors and events are given in text order."""

    text: Text
    cast: Cast
    vocabulary: Vocabulary

    def __post_init__(self) -> None:
        """Begin with no ids."""
        self.ids: dict[str, str] = {}

    # ------------------------------------------------------------ actors
    def actors(self, extra: Mapping[str, str], placed: frozenset[str]) -> tuple[Actor, ...]:
        """The actors named in the text, and `extra` ones (IRI to name) that only speak; `placed` are mere places."""
        members = [m for m in self.cast.members.values() if m.namings and m.iri not in placed]
        members.sort(key=lambda m: (m.namings[0].start, m.iri))
        found = [self._actor(member) for member in members]
        for iri, name in sorted(extra.items()):
            if iri not in self.ids:
                self.ids[iri] = f"a{len(self.ids) + 1}"
                found.append(Actor(self.ids[iri], iri, "Person", name, (name,), (), None, 0.7))
        return tuple(found)

    def _actor(self, member: Member) -> Actor:
        self.ids[member.iri] = f"a{len(self.ids) + 1}"
        mentions = tuple(self.text.evidence(n.start, n.end) for n in member.namings)
        names = tuple(dict.fromkeys(m.quote for m in mentions))
        confidence = several(KIND_CONFIDENCE[n.kind] for n in member.namings)
        return Actor(
            self.ids[member.iri],
            member.iri,
            member.type,
            member.name,
            names,
            mentions,
            member.wikidata,
            confidence,
        )

    # ------------------------------------------------------------ issues
    def issues(self, found: Mapping[str, tuple[list[Hit], float]]) -> tuple[Issue, ...]:
        """The issues that are discussed, with the sentences that do so."""
        entries = self.vocabulary.issue_by_id
        issues = []
        for issue, (hits, score) in sorted(found.items()):
            spans = dict.fromkeys(self._sentence(h.start) for h in hits)
            evidence = tuple(self.text.evidence(start, end) for start, end in spans)
            confidence = round(min(MOST, 0.45 + 0.15 * score), 2)
            if all(hit.kind == "meaning" for hit in hits):
                confidence = MEANING
            issues.append(Issue(issue, entries[issue].iri, evidence, confidence))
        return tuple(issues)

    def _sentence(self, offset: int) -> tuple[int, int]:
        sentence = self.text.sentence_at(offset)
        return sentence.start_char, sentence.end_char

    # ------------------------------------------------------------ events
    def events(self, occurrences: Sequence[Occurrence]) -> tuple[Event, ...]:
        """The events, with their names and passages."""
        events = []
        for number, occurrence in enumerate(occurrences, 1):
            best = occurrence.best
            evidence = self._evidence((m.start, m.end) for m in occurrence.mentions)
            names = tuple(dict.fromkeys(n for m in occurrence.mentions for n in m.names))
            iri = occurrence.iri or self._event_iri(occurrence.type, best)
            place = self.ids.get(best.place, best.place) if best.place else None
            events.append(
                Event(
                    f"e{number}",
                    iri,
                    occurrence.type,
                    self._title(occurrence),
                    names,
                    evidence,
                    simplified(occurrence.date),
                    place,
                    several(m.confidence for m in occurrence.mentions),
                )
            )
        return tuple(events)

    def _title(self, occurrence: Occurrence) -> str:
        """A short name for an event: its own, else the shortest that says enough, else the word with who takes part."""
        best = occurrence.best
        if best.iri is not None or (SHORTEST <= len(best.name) <= LONGEST and " " in best.name):
            return best.name
        fitting = [n for n in best.names if " " in n and SHORTEST <= len(n) <= LONGEST]
        if fitting:
            return max(fitting, key=len)
        word = min((n for n in best.names if len(n) <= LONGEST), key=len, default=best.type.replace("-", " "))
        actors = dict.fromkeys(
            self.cast.members[a].name for _, a, _ in occurrence.roles if a in self.cast.members
        )
        named = list(actors)[:MANY]
        return f"{word} ({', '.join(named)})" if named else word

    def _event_iri(self, type_: str, best: Happening) -> str:
        first, last = self.text.clean.to_source(best.start, best.end)
        key = f"{type_}|{first}|{last}".encode()
        return f"{self.text.document.iri}#event-{hashlib.sha256(key).hexdigest()[:12]}"

    # ------------------------------------------------------------ statements
    def relations(
        self, found: Iterable[Found], occurrences: Sequence[Occurrence], events: Sequence[Event]
    ) -> tuple[Relation, ...]:
        """Relations between actors, and their roles in events."""
        groups: dict[tuple[str, str, str], list[Found]] = {}
        for item in found:
            if item.subject in self.ids and (item.object in self.ids or item.object == "document"):
                target = self.ids.get(item.object, item.object)
                groups.setdefault((self.ids[item.subject], item.predicate, target), []).append(item)
        for occurrence, event in zip(occurrences, events, strict=True):
            for role, actor, mention in occurrence.roles:
                if actor in self.ids:
                    group = groups.setdefault((self.ids[actor], role, event.id), [])
                    for start, end in self._telling(actor, mention):
                        group.append(Found(actor, role, event.id, start, end, mention.confidence))
        return tuple(self._relation(key, items) for key, items in sorted(groups.items(), key=_by_ids))

    def _telling(self, actor: str, mention: Happening) -> Iterator[tuple[int, int]]:
        """The passages that tell that an actor has a part in an event: from the actor's name to the mention.

        Of the text itself they are its title, and the sentence of the body that names him first.
        """
        if mention.own:
            yield mention.start, mention.end
            named = (n.start for n in self.cast.members[actor].namings if n.start >= mention.end)
            bodies = (at for at in named if (block := self.text.block_at(at)) and block.kind in BODIES)
            first = next(bodies, None)
            if first is not None:
                yield self._sentence(first)
            return
        start, end = self._sentence(mention.start)
        near = [n for n in self.cast.within(start, end) if n.actor == actor]
        if not near:
            yield min(start, mention.start), mention.end
            return
        closest = min(near, key=lambda n: (max(mention.start - n.end, n.start - mention.end), n.start))
        yield min(closest.start, mention.start), max(closest.end, mention.end)

    def _relation(self, key: tuple[str, str, str], items: Sequence[Found]) -> Relation:
        role = next((i.role for i in sorted(items, key=lambda i: -i.confidence) if i.role), None)
        evidence = self._evidence((i.start, i.end) for i in items)
        return Relation(*key, evidence, role, several(i.confidence for i in items))

    def positions(self, claims: Iterable[Claim]) -> tuple[Position, ...]:
        """One position for each holder, issue and stance."""
        found = []
        for (holder, issue, stance), places in merged(claims).items():
            if holder in self.ids:
                best = max(places, key=lambda c: (c.confidence, -c.start))
                addressee = self.ids.get(best.addressee) if best.addressee else None
                evidence = self._evidence((c.start, c.end) for c in places)
                confidence = several(c.confidence for c in places)
                found.append(
                    Position(
                        self.ids[holder],
                        stance,
                        issue,
                        evidence,
                        best.voice,
                        addressee,
                        self.text.document.date,
                        confidence,
                    )
                )
        return tuple(sorted(found, key=lambda p: (int(p.holder[1:]), p.issue, p.stance)))

    def _evidence(self, spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
        return tuple(self.text.evidence(start, end) for start, end in sorted(set(spans)))


def _by_ids(item: tuple[tuple[str, str, str], object]) -> tuple[int, str, str, int]:
    subject, predicate, target = item[0]
    return (int(subject[1:]), predicate, target[:1], int(target[1:]) if target[1:].isdigit() else 0)
