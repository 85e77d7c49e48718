"""The issues vocabulary: the fixed scheme, well-formed phrases, both spellings, no phrase strong for two issues."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

from alliancegraph.ontology.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parent.parent
ISSUES = ROOT / "ontology" / "issues.ttl"
WORDING = ROOT / "ontology" / "issues-wording.ttl"
FILES = (ISSUES, WORDING)
SCHEME_FILE = ROOT.parent / "shared" / "scheme" / "issues.tsv"
AG = Namespace("https://w3id.org/alliancegraph/ontology#")
ISSUE = Namespace("https://w3id.org/alliancegraph/issue/")
PHRASES = (SKOS.altLabel, AG.weakLabel, AG.notAbout)
SLOT = re.compile(r"\{(?:[a-z0-9]+(?:-[a-z0-9]+)*|@[A-Z][A-Za-z]+)\}")
WORDS = re.compile(r"[^{}|…@]+")
ACTOR_TYPES = {"State", "IntergovernmentalOrganization", "StateGrouping", "Person"}
ABSTRACT = (
    "alliance-cohesion",
    "alliance-institutions",
    "alliance-vision",
    "bilateral-relations",
    "burden-sharing",
    "defence-cooperation",
    "indo-pacific-order",
    "military-intervention",
    "minilateral-cooperation",
    "political-uncertainty",
    "rise-of-china",
    "rules-based-order",
    "security-policy-reform",
    "strategic-autonomy",
)
SPELLINGS = {
    "behaviour": "behavior",
    "centre": "center",
    "defence": "defense",
    "favour": "favor",
    "grey": "gray",
    "harbour": "harbor",
    "labour": "labor",
    "neighbour": "neighbor",
    "neighbourly": "neighborly",
    "programme": "program",
    "sceptical": "skeptical",
    "theatre": "theater",
}


@cache
def graph() -> Graph:
    """The files as rdflib reads them."""
    both = Graph()
    for file in FILES:
        both.parse(file, format="turtle")
    return both


@cache
def scheme() -> dict[str, str]:
    """The ids of the scheme, each with its broader id or an empty string."""
    with (ROOT / "tests" / "data" / "issues.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["broader"] for row in csv.DictReader(file, delimiter="\t")}


def values(issue: str, *properties: URIRef) -> list[str]:
    """The values of some properties of an issue."""
    return sorted(str(value) for name in properties for value in graph().objects(ISSUE[issue], name))


def folded(phrase: str) -> str:
    """A phrase without case, hyphens and plural endings, as texts are compared with it."""
    words = re.findall(r"\w+|[^\w\s-]", phrase.casefold())
    return " ".join(re.sub(r"(?<=\w{3})s$", "", word) for word in words)


def american(text: str) -> str:
    """A text in American spelling, in lower case."""
    for british, other in SPELLINGS.items():
        text = re.sub(rf"\b{british}(s?)\b", rf"{other}\1", text.casefold())
    return re.sub(r"isation(s?)\b", r"ization\1", text)


def two_spellings(words: set[str]) -> list[str]:
    """The phrases of a set whose other spelling, British or American, is missing from it."""
    known = {word.casefold() for word in words}
    british = {american(word) for word in known if american(word) != word}
    pattern = "|".join(rf"{word}s?" for word in SPELLINGS.values())
    needs = {word for word in known if re.search(rf"\b(?:{pattern}|\w+izations?)\b", word)}
    missing_british = {word for word in needs if american(word) == word and word not in british}
    return sorted(missing_british | (british - known))


def test_scheme_is_complete() -> None:
    """Exactly the 84 issues of the scheme are defined, all in one concept scheme."""
    assert len(scheme()) == 84
    concepts = {str(s).removeprefix(str(ISSUE)) for s in graph().subjects(RDF.type, SKOS.Concept)}
    assert concepts == set(scheme())
    assert {str(s) for s in graph().subjects(SKOS.inScheme, ISSUE.scheme)} == {
        str(ISSUE[i]) for i in scheme()
    }


@pytest.mark.skipif(
    not SCHEME_FILE.exists(), reason="the shared scheme lies beside the repository only in-house"
)
def test_copy_of_the_scheme_agrees() -> None:
    """Ids, labels and broader ids equal those of the scheme that the project shares."""
    with SCHEME_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert {row["id"]: row["broader"] for row in rows} == scheme()
    assert {row["id"]: [row["label"]] for row in rows} == {i: values(i, SKOS.prefLabel) for i in scheme()}
    copied = [row["id"] for row in rows if row["scope"] in values(row["id"], SKOS.definition)]
    assert copied == []


@pytest.mark.parametrize("issue", scheme())
def test_concept_is_well_formed(issue: str) -> None:
    """A concept has one label, one definition that is a sentence, its id as notation, and its place in the tree."""
    (definition,) = values(issue, SKOS.definition)
    assert len(values(issue, SKOS.prefLabel)) == 1
    assert re.fullmatch(r"[A-Z].{20,240}\.", definition)
    assert values(issue, SKOS.notation) == [issue]
    broader = scheme()[issue]
    assert values(issue, SKOS.broader) == ([str(ISSUE[broader])] if broader else [])
    top = values(issue, SKOS.topConceptOf) == [str(ISSUE.scheme)]
    assert top == ((ISSUE.scheme, SKOS.hasTopConcept, ISSUE[issue]) in graph()) == (not broader)


def test_phrases_are_many() -> None:
    """Each leaf has at least twenty strong phrases; on average there are at least eighty phrases of all kinds."""
    parents = set(scheme().values())
    strong = {issue: len(values(issue, SKOS.altLabel)) for issue in scheme()}
    assert [issue for issue in scheme() if issue not in parents and strong[issue] < 20] == []
    assert [issue for issue in scheme() if strong[issue] < 8] == []
    total = sum(len(values(issue, SKOS.altLabel, AG.weakLabel, AG.nearPhrase)) for issue in scheme())
    assert total >= 80 * len(scheme())


def test_abstract_issues_have_near_phrases() -> None:
    """Issues that few fixed phrases name have at least six co-occurrence patterns; every issue has one."""
    assert [issue for issue in ABSTRACT if len(values(issue, AG.nearPhrase)) < 6] == []
    assert [issue for issue in scheme() if not values(issue, AG.nearPhrase)] == []


def test_no_phrase_is_strong_for_two_issues() -> None:
    """A phrase that decides an issue by itself decides one only, whatever its case, hyphens or number."""
    owners: dict[str, set[str]] = {}
    for issue in scheme():
        for phrase in values(issue, SKOS.prefLabel, SKOS.altLabel):
            owners.setdefault(folded(phrase), set()).add(issue)
    assert {phrase: sorted(found) for phrase, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("issue", scheme())
def test_kinds_of_phrase_are_disjoint(issue: str) -> None:
    """Within an issue no phrase is strong and weak, or strong and a trap."""
    strong = {folded(phrase) for phrase in values(issue, SKOS.altLabel)}
    assert strong & {folded(phrase) for phrase in values(issue, AG.weakLabel)} == set()
    assert strong & {folded(phrase) for phrase in values(issue, AG.notAbout)} == set()


@pytest.mark.parametrize("issue", scheme())
def test_near_phrase_syntax(issue: str) -> None:
    """A near-phrase has at least two groups of words or slots; slots name an actor by slug or an actor type."""
    for pattern in values(issue, AG.nearPhrase):
        groups = pattern.split(" … ")
        assert len(groups) >= 2, pattern
        for alternative in "|".join(groups).split("|"):
            slot = SLOT.fullmatch(alternative)
            assert slot or (WORDS.fullmatch(alternative) and alternative == alternative.strip()), pattern
            if "@" in alternative:
                assert alternative[2:-1] in ACTOR_TYPES, pattern


@pytest.mark.parametrize("issue", scheme())
def test_both_spellings_are_listed(issue: str) -> None:
    """Where British and American spelling differ, a phrase stands in both, as does each word of a near-phrase."""
    for name in PHRASES:
        listed = set(values(issue, name))
        if name == SKOS.altLabel:
            listed |= set(values(issue, SKOS.prefLabel))
        assert two_spellings(listed) == []
    for pattern in values(issue, AG.nearPhrase):
        for group in pattern.split(" … "):
            assert two_spellings({a for a in group.split("|") if not SLOT.fullmatch(a)}) == [], pattern


def test_slots_name_actors_of_the_vocabulary() -> None:
    """Each actor in a slot exists, so that no pattern waits for a name that never comes."""
    known = {actor.iri.rsplit("/", 1)[-1] for actor in load_vocabulary().actors}
    slots = {
        slot
        for issue in scheme()
        for pattern in values(issue, AG.nearPhrase)
        for slot in re.findall(r"\{([^@}][^}]*)\}", pattern)
    }
    assert slots - known == set()


def test_phrases_are_tidy() -> None:
    """Phrases are English literals without stray spaces, signs of patterns or curly quotes."""
    for name in PHRASES:
        for phrase in graph().objects(None, name):
            assert isinstance(phrase, Literal)
            assert phrase.language == "en", phrase
            assert str(phrase) == " ".join(str(phrase).split()), phrase
            assert not set("{}|…;“”’") & set(str(phrase)), phrase


def test_both_libraries_read_the_same() -> None:
    """pyoxigraph and rdflib read the same number of triples, and the same notations."""
    quads = [
        q for file in FILES for q in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)
    ]
    assert len(set(quads)) == len(graph())
    notations = {quad.object.value for quad in quads if quad.predicate.value == str(SKOS.notation)}
    assert notations == set(scheme())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_is_sorted(file: Path) -> None:
    """Values of a property stand in alphabetical order, one a line, so that changes are easy to read."""
    lists: list[list[str]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith('        "'):
            lists[-1].append(line.strip()[1:].rsplit('"', 1)[0])
        else:
            lists.append([])
    assert [values for values in lists if values != sorted(values, key=lambda v: (v.casefold(), v))] == []
