"""The ontology opens in two RDF libraries, declares all that the vocabulary uses, and Python knows exactly its terms."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import pyoxigraph
import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef

import alliancegraph
from alliancegraph.ontology.alignment import aligned_classes, ontology_file, polarity
from alliancegraph.ontology.errors import VocabularyError
from alliancegraph.ontology.terms import AG, STANCE

OWN = str(AG._NS)
FILES = sorted(e.name for e in resources.files("alliancegraph.ontology").iterdir() if e.name.endswith(".ttl"))
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """`alliancegraph.ttl` as rdflib reads it."""
    return Graph().parse(data=ontology_file("alliancegraph.ttl"), format="turtle")


def own_terms(file: str) -> Iterator[str]:
    """Every term of the ontology's namespace that a file uses."""
    for quad in pyoxigraph.parse(input=ontology_file(file), format=pyoxigraph.RdfFormat.TURTLE):
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, pyoxigraph.NamedNode) and term.value.startswith(OWN):
                yield term.value.removeprefix(OWN)


@pytest.mark.parametrize("file", ["alliancegraph.ttl", "scheme.ttl", "shapes.ttl"])
def test_two_libraries_agree(file: str) -> None:
    """Both libraries read the same number of triples."""
    data = ontology_file(file)
    quads = list(pyoxigraph.parse(input=data, format=pyoxigraph.RdfFormat.TURTLE))
    assert len(Graph().parse(data=data, format="turtle")) == len(set(quads)) == len(quads)


def test_python_names(ontology: Graph) -> None:
    """The names of `AG` are those that the ontology declares."""
    declared = {str(s).removeprefix(OWN) for s in ontology.subjects(RDF.type) if str(s).startswith(OWN)}
    assert set(AG.__annotations__) - {"_fail", "_NS"} == declared
    assert list(AG.__annotations__) == sorted(AG.__annotations__)


def test_misspelt_term() -> None:
    """A term that is not declared is an error."""
    with pytest.raises(AttributeError, match="holdr"):
        _ = AG.holdr
    with pytest.raises(AttributeError, match="holdr"):
        _ = AG["holdr"]


@pytest.mark.parametrize("file", FILES)
def test_used_terms_are_declared(file: str) -> None:
    """No vocabulary file uses a term that the ontology does not declare."""
    assert sorted(set(own_terms(file)) - set(AG.__annotations__)) == []


def test_every_term_is_described(ontology: Graph) -> None:
    """Each has one label, one definition and one kind."""
    kinds = (OWL.Class, *PROPERTY_TYPES)
    for name in AG.__annotations__:
        term = AG[name]
        assert [len(list(ontology.objects(term, p))) for p in (RDFS.label, SKOS.definition)] == [1, 1], name
        assert sum((term, RDF.type, kind) in ontology for kind in kinds) == 1, name


def test_properties_have_domain_and_range(ontology: Graph) -> None:
    """Where a property has none, what it holds of is open on purpose."""
    reading = set(ontology.subjects(RDFS.subPropertyOf, AG.word)) | {AG.word}
    properties = {p for t in PROPERTY_TYPES for p in ontology.subjects(RDF.type, t) if str(p).startswith(OWN)}
    open_domain = {p for p in properties - reading if (p, RDFS.domain, None) not in ontology}
    assert open_domain == {AG.vocabularyDigest, AG.storeFormat}
    open_range = {
        p
        for p in properties - reading
        if (p, RDFS.range, None) not in ontology and (p, RDF.type, OWL.AnnotationProperty) not in ontology
    }
    assert open_range == {AG.evokes, AG.reports, AG.actorType, AG.placeName}


def test_foreign_terms_are_declared(ontology: Graph) -> None:
    """Every class or property that ours are under is declared, as OWL 2 DL asks."""
    used = {
        term
        for p in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf)
        for term in ontology.objects(None, p)
        if isinstance(term, URIRef)
    }
    assert sorted(term for term in used if (term, RDF.type, None) not in ontology) == []
    kinds = {p: {t for t in PROPERTY_TYPES if (p, RDF.type, t) in ontology} for p in ontology.subjects()}
    assert all(len(kind) <= 1 for kind in kinds.values())


def test_subproperties_are_of_one_kind(ontology: Graph) -> None:
    """An object property is under object properties, and so on."""
    for child, parent in ontology.subject_objects(RDFS.subPropertyOf):
        if not isinstance(parent, BNode):
            kinds = [{t for t in PROPERTY_TYPES if (p, RDF.type, t) in ontology} for p in (child, parent)]
            assert kinds[0] == kinds[1], (child, parent)


def test_header(ontology: Graph) -> None:
    """The ontology has the package's version."""
    iri = URIRef("https://w3id.org/alliancegraph/ontology")
    assert str(ontology.value(iri, OWL.versionInfo)) == alliancegraph.__version__
    assert str(ontology.value(iri, OWL.versionIRI)) == f"{iri}/{alliancegraph.__version__}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("State", ["https://schema.org/Country"]),
        (
            "GovernmentBody",
            ["http://www.w3.org/ns/org#FormalOrganization", "https://schema.org/GovernmentOrganization"],
        ),
        ("IntergovernmentalOrganization", ["http://www.w3.org/ns/org#FormalOrganization"]),
        ("StateGrouping", ["http://www.w3.org/ns/org#OrganizationalCollaboration"]),
        ("Organization", ["http://www.w3.org/ns/org#Organization"]),
        ("ArmedGroup", ["http://www.w3.org/ns/org#Organization"]),
        ("Person", ["http://xmlns.com/foaf/0.1/Person"]),
        ("Position", ["http://www.gsi.upm.es/ontologies/marl/ns#Opinion", "https://schema.org/Claim"]),
        ("Relation", []),
    ],
)
def test_alignment(name: str, expected: list[str]) -> None:
    """The classes of other vocabularies that ours are under."""
    classes = [c for c in aligned_classes(name) if not c.startswith("http://www.w3.org/ns/prov#")]
    assert classes == expected


def test_unknown_class() -> None:
    """A class that is not there is told."""
    with pytest.raises(VocabularyError, match="the ontology has no class 'Alliance'"):
        aligned_classes("Alliance")


def test_actor_types_and_relations(ontology: Graph) -> None:
    """The ids of actor types and relations are those of the interchange format."""
    notations = {str(s).removeprefix(OWN): str(o) for s, o in ontology.subject_objects(SKOS.notation)}
    assert all(name == id_ for name, id_ in notations.items())
    assert sorted(notations) == [
        "ArmedGroup",
        "GovernmentBody",
        "IntergovernmentalOrganization",
        "Organization",
        "Person",
        "State",
        "StateGrouping",
        "affiliatedWith",
        "alliedWith",
        "authorOf",
        "memberOf",
        "organizes",
        "partOf",
        "participatesIn",
        "targetOf",
    ]


def test_stances() -> None:
    """The six stances with their polarities."""
    marl = "http://www.gsi.upm.es/ontologies/marl/ns#"
    scheme = Graph().parse(data=ontology_file("scheme.ttl"), format="turtle")
    found = {str(s).removeprefix(str(STANCE)) for s in scheme.subjects(RDF.type, AG.Stance)}
    assert {stance: polarity(stance).removeprefix(marl) for stance in found} == {
        "supports": "Positive",
        "proposes": "Positive",
        "commits": "Positive",
        "concern": "Negative",
        "opposes": "Negative",
        "neutral": "Neutral",
    }
    voices = sorted(
        str(n) for v in scheme.subjects(RDF.type, AG.Voice) for n in scheme.objects(v, SKOS.notation)
    )
    assert voices == ["author", "quoted", "reported"]


def test_unknown_stance() -> None:
    """A stance that is not there is told."""
    with pytest.raises(VocabularyError, match="the scheme has no stance 'loves'"):
        polarity("loves")


def test_shapes_are_shacl() -> None:
    """The shapes are well formed by SHACL's own shapes."""
    shapes = Graph().parse(data=ontology_file("shapes.ttl"), format="turtle")
    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text
