"""The names of the ontology's terms and of the vocabularies that it reuses; a misspelt one is an error."""

# ruff: noqa: N815 (the names are those of the terms)
from __future__ import annotations

from typing import Final

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from alliancegraph.ontology.triples import BASE


class AG(DefinedNamespace):
    """The classes and properties of `alliancegraph.ttl`."""

    _fail = True
    _NS = Namespace(BASE + "ontology#")

    Actor: URIRef
    ArmedGroup: URIRef
    CatalogueEntry: URIRef
    Coder: URIRef
    Discussion: URIRef
    EventNamePattern: URIRef
    EventType: URIRef
    Frame: URIRef
    GovernmentBody: URIRef
    IntergovernmentalOrganization: URIRef
    Mention: URIRef
    NamePattern: URIRef
    NotAnActor: URIRef
    Organization: URIRef
    Person: URIRef
    Position: URIRef
    Relation: URIRef
    Stance: URIRef
    State: URIRef
    StateGrouping: URIRef
    Statement: URIRef
    Voice: URIRef
    WordList: URIRef
    abbreviation: URIRef
    actorType: URIRef
    addressee: URIRef
    affiliatedWith: URIRef
    alliedWith: URIRef
    atPlace: URIRef
    authorOf: URIRef
    bioHeading: URIRef
    bioVerb: URIRef
    bylineStarts: URIRef
    canonicalName: URIRef
    capital: URIRef
    classPart: URIRef
    codes: URIRef
    confidence: URIRef
    contextualLabel: URIRef
    creditContains: URIRef
    creditStarts: URIRef
    date: URIRef
    datelineWord: URIRef
    demonym: URIRef
    digest: URIRef
    discusses: URIRef
    discussionStarts: URIRef
    dissolved: URIRef
    document: URIRef
    endMark: URIRef
    eventType: URIRef
    evidence: URIRef
    evokes: URIRef
    fingerprint: URIRef
    foreignPart: URIRef
    functionWord: URIRef
    hasOrganizer: URIRef
    hasParticipant: URIRef
    hasTarget: URIRef
    holder: URIRef
    honorific: URIRef
    hyphenPrefix: URIRef
    implies: URIRef
    inDocument: URIRef
    iso2: URIRef
    iso3: URIRef
    issue: URIRef
    languageModel: URIRef
    lemma: URIRef
    lineContains: URIRef
    lineIs: URIRef
    lineStarts: URIRef
    memberOf: URIRef
    monthName: URIRef
    nameParticle: URIRef
    nearPhrase: URIRef
    newsAgency: URIRef
    notAbout: URIRef
    notesHeading: URIRef
    objectNoun: URIRef
    organisationWord: URIRef
    organizes: URIRef
    partOf: URIRef
    partOfSpeech: URIRef
    participatesIn: URIRef
    pattern: URIRef
    placeName: URIRef
    publishedWord: URIRef
    quad: URIRef
    relation: URIRef
    reports: URIRef
    requires: URIRef
    role: URIRef
    roleOfStates: URIRef
    roleWord: URIRef
    sectionStarts: URIRef
    slot: URIRef
    speakerWord: URIRef
    stageDirection: URIRef
    stance: URIRef
    standsForSlot: URIRef
    storeFormat: URIRef
    targetOf: URIRef
    text: URIRef
    updatedWord: URIRef
    version: URIRef
    vocabularyDigest: URIRef
    voice: URIRef
    weakLabel: URIRef
    weekdayName: URIRef
    word: URIRef


class OA(DefinedNamespace):
    """The terms of the Web Annotation vocabulary that are used."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    Annotation: URIRef
    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasBody: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    hasTarget: URIRef
    identifying: URIRef
    motivatedBy: URIRef
    prefix: URIRef
    start: URIRef
    suffix: URIRef


class SEM(DefinedNamespace):
    """The terms of the Simple Event Model that are used."""

    _fail = True
    _NS = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")

    Event: URIRef
    EventType: URIRef
    eventType: URIRef
    hasActor: URIRef
    hasBeginTimeStamp: URIRef
    hasEndTimeStamp: URIRef
    hasPlace: URIRef


class MARL(DefinedNamespace):
    """The terms of the Marl opinion ontology that are used."""

    _fail = True
    _NS = Namespace("http://www.gsi.upm.es/ontologies/marl/ns#")

    Negative: URIRef
    Neutral: URIRef
    Opinion: URIRef
    Positive: URIRef
    hasPolarity: URIRef


class SCHEMA(DefinedNamespace):
    """The terms of schema.org that are used (in its https form)."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    Article: URIRef
    Claim: URIRef
    Country: URIRef
    author: URIRef
    endDate: URIRef
    startDate: URIRef
    url: URIRef


for _namespace in (AG, OA, SEM, MARL, SCHEMA):
    # As attributes of the class they are found ten times as quickly as rdflib makes them on demand.
    for _name in _namespace.__annotations__:
        if not _name.startswith("_"):
            setattr(_namespace, _name, _namespace[_name])

WD: Final = Namespace("http://www.wikidata.org/entity/")

ACTOR: Final = Namespace(BASE + "actor/")
CODER: Final = Namespace(BASE + "coder/")
DOCUMENT: Final = Namespace(BASE + "document/")
EVENT: Final = Namespace(BASE + "event/")
EVENT_TYPE: Final = Namespace(BASE + "event-type/")
FRAME: Final = Namespace(BASE + "frame/")
ISSUE: Final = Namespace(BASE + "issue/")
RUN: Final = Namespace(BASE + "run/")
STANCE: Final = Namespace(BASE + "stance/")
VOICE: Final = Namespace(BASE + "voice/")

CATALOGUE: Final = URIRef(BASE + "catalogue")
"""The named graph of a store that maps sources to documents."""
IDENTITY: Final = URIRef(BASE + "identity")
"""The graph of reviewed rules on which actors are the same."""
VOCABULARY: Final = URIRef(BASE + "vocabulary")
"""The named graph of a store that describes issues, known actors and known events."""

__all__ = [
    "ACTOR",
    "AG",
    "CATALOGUE",
    "CODER",
    "DCTERMS",
    "DOCUMENT",
    "EVENT",
    "EVENT_TYPE",
    "FOAF",
    "FRAME",
    "IDENTITY",
    "ISSUE",
    "MARL",
    "OA",
    "ORG",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "RUN",
    "SCHEMA",
    "SEM",
    "SKOS",
    "STANCE",
    "VOCABULARY",
    "VOICE",
    "WD",
    "XSD",
]
