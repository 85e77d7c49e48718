"""The office that a person is known for, where the text names the person and the state but does not say the office."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from alliancegraph.extract.cast import Cast
from alliancegraph.extract.known_persons import KnownPersons
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.parts import PartFinder
from alliancegraph.extract.relation import Found
from alliancegraph.ontology.vocabulary import Vocabulary

PRESUMED: Final = 0.55


def known_offices(
    text: Text, cast: Cast, vocabulary: Vocabulary, parts: PartFinder, told: Collection[str]
) -> Iterator[Found]:
    """The office of each known person of whom the text tells none (`told`), in a body or state that it names."""
    renowned = KnownPersons(vocabulary, text.document.date, frozenset(cast.members))
    for member in cast.members.values():
        if member.type != "Person" or not member.known or not member.namings or member.iri in told:
            continue
        office = renowned.office(member.iri)
        whole = parts.named_whole(office.organization) if office is not None else None
        if office is not None and whole is not None:
            naming = member.namings[0]
            role = f"former {office.role}" if renowned.is_past(office) else office.role
            yield Found(member.iri, "affiliatedWith", whole, naming.start, naming.end, PRESUMED, role)
