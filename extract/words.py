"""The words by which articles are read and cleaned, from `ontology/reading.ttl`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, RdfFormat, parse

from alliancegraph.extract.passages import key
from alliancegraph.ontology.errors import VocabularyError

_AG = "https://w3id.org/alliancegraph/ontology#"
_FILE = "reading.ttl"


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """Known phrases, in the form of `Passage.key` (names of agencies as written); what each is for, in the Turtle."""

    line_is: frozenset[str]
    line_starts: tuple[str, ...]
    line_contains: tuple[str, ...]
    section_starts: tuple[str, ...]
    class_parts: frozenset[str]
    foreign_parts: frozenset[str]
    discussion_starts: frozenset[str]
    credit_starts: tuple[str, ...]
    credit_contains: tuple[str, ...]
    end_marks: frozenset[str]
    stage_directions: frozenset[str]
    byline_starts: tuple[str, ...]
    name_particles: frozenset[str]
    role_words: frozenset[str]
    organisation_words: frozenset[str]
    agencies: frozenset[str]
    bio_verbs: tuple[str, ...]
    bio_headings: frozenset[str]
    notes_headings: frozenset[str]
    function_words: frozenset[str]
    honorifics: frozenset[str]
    speaker_words: frozenset[str]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    dateline_words: tuple[str, ...]
    months: tuple[tuple[str, int], ...]
    weekdays: frozenset[str]
    prefixes: frozenset[str]


@cache
def reading_words() -> ReadingWords:
    """The phrases of `reading.ttl`; raises VocabularyError if the file is missing, broken or lacks a kind of word."""
    found = _literals()

    def of(name: str) -> tuple[str, ...]:
        if not found.get(name):
            raise VocabularyError(f"{_FILE} has no ag:{name}; reinstall alliancegraph", path=_FILE)
        return tuple(sorted(found[name]))

    def keys(name: str) -> tuple[str, ...]:
        return tuple(sorted({key(text) for text in of(name)}))

    return ReadingWords(
        line_is=frozenset(keys("lineIs")),
        line_starts=keys("lineStarts"),
        line_contains=keys("lineContains"),
        section_starts=keys("sectionStarts"),
        class_parts=frozenset((*of("classPart"), *of("foreignPart"))),
        foreign_parts=frozenset(of("foreignPart")),
        discussion_starts=frozenset(keys("discussionStarts")),
        credit_starts=keys("creditStarts"),
        credit_contains=keys("creditContains"),
        end_marks=frozenset(of("endMark")),
        stage_directions=frozenset(keys("stageDirection")),
        byline_starts=keys("bylineStarts"),
        name_particles=frozenset(of("nameParticle")),
        role_words=frozenset(keys("roleWord")),
        organisation_words=frozenset(keys("organisationWord")),
        agencies=frozenset(of("newsAgency")),
        bio_verbs=keys("bioVerb"),
        bio_headings=frozenset(keys("bioHeading")),
        notes_headings=frozenset(keys("notesHeading")),
        function_words=frozenset(of("functionWord")),
        honorifics=frozenset(keys("honorific")),
        speaker_words=frozenset(keys("speakerWord")),
        published=keys("publishedWord"),
        updated=keys("updatedWord"),
        dateline_words=keys("datelineWord"),
        months=_months(of("monthName")),
        weekdays=frozenset(keys("weekdayName")),
        prefixes=frozenset(of("hyphenPrefix")),
    )


def _months(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Month names and abbreviations, written `3 March`, with their numbers."""
    pairs = (name.split(" ", 1) for name in names)
    return tuple(sorted((name.casefold(), int(number)) for number, name in pairs))


def _literals() -> dict[str, set[str]]:
    """All literals of the file by the local name of their predicate."""
    found: dict[str, set[str]] = {}
    try:
        data = files("alliancegraph.ontology").joinpath(_FILE).read_bytes()
        for quad in parse(data, format=RdfFormat.TURTLE):
            if isinstance(quad.object, Literal) and quad.predicate.value.startswith(_AG):
                found.setdefault(quad.predicate.value.removeprefix(_AG), set()).add(quad.object.value)
    except (OSError, SyntaxError) as error:
        line = getattr(error, "lineno", None)
        raise VocabularyError(
            f"cannot read {_FILE}: {error}; reinstall alliancegraph", path=_FILE, line=line
        ) from error
    return found
