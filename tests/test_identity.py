"""Names that may be one actor are listed with reasons, and reviewed rules change what readers see, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from alliancegraph.cli import main
from alliancegraph.graph import identity
from alliancegraph.graph.catalogue import Entry
from alliancegraph.graph.duplicates import review_file, suggestions
from alliancegraph.graph.engine import nquads
from alliancegraph.graph.export import content
from alliancegraph.graph.packing import Packed
from alliancegraph.graph.quads import Quads, english, text
from alliancegraph.graph.store import Store
from alliancegraph.ontology.terms import ACTOR, AG, DCTERMS, DOCUMENT, IDENTITY, RDF, SCHEMA, SKOS

Said = dict[str, tuple[str, str, tuple[str, ...]]]
"""Of a document: an actor's id with its type, its name, and what it belongs to."""

REVIEW = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX actor: <https://w3id.org/alliancegraph/actor/>
"""


def document(name: str, said: Said) -> Packed:
    """A document that names actors."""
    iri = DOCUMENT[name]
    quads = Quads(iri)
    quads.add(iri, RDF.type, SCHEMA.Article)
    quads.add(iri, DCTERMS.source, text(f"{name}.txt"))
    quads.add(iri, AG.digest, text(name))
    for id_, (type_, label, bodies) in said.items():
        quads.add(ACTOR[id_], RDF.type, AG[type_])
        quads.add(ACTOR[id_], SKOS.prefLabel, english(label))
        belongs = AG.affiliatedWith if type_ == "Person" else AG.partOf
        quads.add(ACTOR[id_], belongs, *(ACTOR[body] for body in bodies))
        mention = f"{iri}#mention-{id_}"
        quads.add(mention, AG.holder, ACTOR[id_])
    return Packed(Entry(f"{name}.txt", str(iri), "f", "v", "1"), nquads(quads.ordered()))


JAPAN = {"japan": ("State", "Japan", ())}
KENYA = {"kenya": ("State", "Kenya", ())}
DOCUMENTS: dict[str, Said] = {
    "a": {**JAPAN, "kenji-tanabe": ("Person", "Kenji Tanabe", ("japan",))},
    "b": {"tanabe-kenji": ("Person", "Tanabe Kenji", ("japan",)), **JAPAN},
    "c": {"k-tanabe": ("Person", "K. Tanabe", ()), "lorna-odhiambo": ("Person", "Lorna Odhiambo", ())},
    "d": {
        "lorna-odhiamba": ("Person", "Lorna Odhiamba", ()),
        "lorna-odhiambo": ("Person", "Lorna Odhiambo", ()),
    },
    "e": {"ifpd": ("Organization", "IFPD", ()), "peter-mwangi": ("Person", "Peter Mwangi", ())},
    "f": {"institute-for-peace-and-development": ("Organization", "Institute for Peace and Development", ())},
    "g": {"institute-for-free-policy-dialogue": ("Organization", "Institute for Free Policy Dialogue", ())},
    "h": {
        **KENYA,
        "p-mwangi": ("Person", "P. Mwangi", ("kenya",)),
        "sam-otieno": ("Person", "Sam Otieno", ("kenya",)),
    },
    "i": {
        **JAPAN,
        "sam-otieno": ("Person", "Sam Otieno", ("japan",)),
        "peter-mwangi": ("Person", "Peter Mwangi", ()),
    },
    "j": {**KENYA, "sam-otieno": ("Person", "Sam Otieno", ("kenya",))},
    "k": {
        "group-of-7": ("Organization", "Research Group 17", ()),
        "kazuo-mori": ("Person", "Kazuo Mori", ("japan",)),
    },
    "l": {
        "group-of-8": ("Organization", "Research Group 18", ()),
        "k-mori": ("Person", "K. Mori", ("kenya",)),
        **KENYA,
    },
    "n": {
        **KENYA,
        "nairobi-centre": ("Organization", "Nairobi Centre", ("kenya",)),
        "rana-aziz": ("Person", "Rana Aziz", ("nairobi-centre",)),
    },
    "o": {
        **JAPAN,
        "osaka-centre": ("Organization", "Osaka Centre", ("japan",)),
        "rana-aziz": ("Person", "Rana Aziz", ("osaka-centre",)),
    },
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of these documents."""
    path = tmp_path_factory.mktemp("identity") / "store"
    with Store.open(path) as store:
        store.put([document(name, said) for name, said in DOCUMENTS.items()])
    return path


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    """A copy of it for each test."""
    shutil.copytree(built, tmp_path / "store")
    return tmp_path / "store"


def names(path: Path) -> dict[str, list[str]]:
    """Who has which names, in which documents, as a reader sees it."""
    with Store.open(path, read_only=True) as store:
        quads = [
            q
            for q in store.document_quads()
            if q.predicate.value in (str(SKOS.prefLabel), str(SKOS.altLabel))
        ]
        return {
            d: sorted(
                f"{q.subject.value.rpartition('/')[2]} {q.predicate.value.rpartition('#')[2]} {q.object.value}"  # type: ignore[union-attr]
                for q in quads
                if q.graph_name.value == str(DOCUMENT[d])  # type: ignore[union-attr]
            )
            for d in DOCUMENTS
        }


def serialized(store: Store, document_: str, actor: str) -> str:
    """What a document says of an actor, as N-Quads."""
    quads = store.graph(str(DOCUMENT[document_]))
    return nquads([q for q in quads if q.subject.value == str(ACTOR[actor])]).decode()  # type: ignore[union-attr]


def test_suggestions(path: Path) -> None:
    """What may be one actor is listed with reasons; what a text names side by side, or places in two states, is not."""
    with Store.open(path, read_only=True) as store:
        found = suggestions(store)
    assert [(s.actor.rpartition("/")[2], s.other.rpartition("/")[2], s.reasons) for s in found] == [
        (
            "kenji-tanabe",
            "tanabe-kenji",
            ("the same words in another order", "the same type", "both of japan"),
        ),
        ("ifpd", "institute-for-free-policy-dialogue", ("the initials of the other's name", "the same type")),
        ("k-tanabe", "kenji-tanabe", ("the same family name and initial", "the same type")),
        ("p-mwangi", "peter-mwangi", ("the same family name and initial", "the same type")),
        ("rana-aziz-of-kenya", "rana-aziz", ("of kenya in n.txt, of japan elsewhere",)),
    ]
    assert found[-1].documents == (str(DOCUMENT["n"]),)


def test_names_that_the_texts_keep_apart(path: Path, tmp_path: Path) -> None:
    """Who serves two states, or is a person here and a body there, is two without being told; the data stay as written."""
    with Store.open(path) as store:
        store.put(
            [
                document("p", {"lincoln": ("Person", "Lincoln", ())}),
                document("q", {"lincoln": ("Organization", "Lincoln", ())}),
                document("r", {"lincoln": ("Organization", "Lincoln", ())}),
                document("s", {**KENYA, **JAPAN, "mina-sato": ("Person", "Mina Sato", ("japan", "kenya"))}),
                document("t", {**KENYA, "mina-sato": ("Person", "Mina Sato", ("kenya",))}),
                document("u", {**JAPAN, "mina-sato": ("Person", "Mina Sato", ("japan",))}),
                document("v", {**JAPAN, "navy": ("GovernmentBody", "Navy", ("japan",))}),
                document("w", {**KENYA, "navy": ("GovernmentBody", "Navy", ("kenya",))}),
                document("x", {**KENYA, "united-states": ("State", "United States", ("kenya",))}),
                document("y", {**JAPAN, "united-states": ("State", "United States", ("japan",))}),
            ]
        )
    with Store.open(path, read_only=True) as store:
        assert identity.apart(store.engine.data) == []
        rules = identity.rules(store.engine.quads(str(IDENTITY)))
        assert sorted((r.new.value.rpartition("/")[2], r.documents) for r in rules) == [
            ("lincoln-person", {str(DOCUMENT["p"])}),
            ("navy-of-kenya", {str(DOCUMENT["w"])}),
            ("sam-otieno-of-japan", {str(DOCUMENT["i"])}),
        ]
        assert '"Lincoln"@en' in serialized(store, "p", "lincoln-person")
        assert serialized(store, "p", "lincoln") == ""
        assert '"Lincoln"@en' in serialized(store, "q", "lincoln")
    with Store.open(path) as store:
        assert store.rules_text() == ""
        assert serialized(store, "p", "lincoln-person") == ""
    (tmp_path / "r.ttl").write_text(f"{REVIEW} actor:navy-of-kenya owl:sameAs actor:navy .", encoding="utf-8")
    assert main(["resolve", "--accept", str(tmp_path / "r.ttl"), "--store", str(path)]) == 0
    with Store.open(path, read_only=True) as store:
        assert serialized(store, "w", "navy-of-kenya") == ""
        assert '"Navy"@en' in serialized(store, "w", "navy")


def test_a_reviewed_division_stands(path: Path, tmp_path: Path) -> None:
    """Where a person has divided a name, the texts do not divide it once more."""
    rule = f"actor:sam-b prov:specializationOf actor:sam-otieno ; dcterms:source <{DOCUMENT['h']}> ."
    (tmp_path / "r.ttl").write_text(REVIEW + rule, encoding="utf-8")
    assert main(["resolve", "--accept", str(tmp_path / "r.ttl"), "--store", str(path)]) == 0
    found = names(path)
    assert "sam-b prefLabel Sam Otieno" in found["h"]
    assert "sam-otieno prefLabel Sam Otieno" in found["i"]
    assert "sam-otieno prefLabel Sam Otieno" in found["j"]


def test_rules_change_what_readers_see(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A merged actor has one name and the other as a further one; a divided one is two; taken back, all is as before."""
    before, written = names(path), content(Store.open(path, read_only=True), "trig")
    with Store.open(path, read_only=True) as store:
        (tmp_path / "review.ttl").write_text(review_file(suggestions(store)), encoding="utf-8")
    assert main(["resolve", "--accept", str(tmp_path / "review.ttl"), "--store", str(path)]) == 0
    assert capsys.readouterr().err == f"{path} has 5 rules\n"
    after = names(path)
    changed = {d: lines for d, lines in after.items() if lines != before[d]}
    assert changed == {
        "a": [
            "japan prefLabel Japan",
            "tanabe-kenji altLabel Kenji Tanabe",
            "tanabe-kenji prefLabel Tanabe Kenji",
        ],
        "c": [
            "lorna-odhiambo prefLabel Lorna Odhiambo",
            "tanabe-kenji altLabel K. Tanabe",
            "tanabe-kenji prefLabel Tanabe Kenji",
        ],
        "e": [
            "institute-for-free-policy-dialogue altLabel IFPD",
            "institute-for-free-policy-dialogue prefLabel Institute for Free Policy Dialogue",
            "peter-mwangi prefLabel Peter Mwangi",
        ],
        "h": [
            "kenya prefLabel Kenya",
            "peter-mwangi altLabel P. Mwangi",
            "peter-mwangi prefLabel Peter Mwangi",
            "sam-otieno prefLabel Sam Otieno",
        ],
        "n": [
            "kenya prefLabel Kenya",
            "nairobi-centre prefLabel Nairobi Centre",
            "rana-aziz-of-kenya prefLabel Rana Aziz",
        ],
    }
    with Store.open(path, read_only=True) as store:
        rows = store.query(f"SELECT ?m WHERE {{ ?m <{AG.holder}> <{ACTOR['tanabe-kenji']}> }} ORDER BY ?m")
        assert [row["m"].value.rpartition("/")[2] for row in rows] == [  # type: ignore[union-attr]
            *("a#mention-kenji-tanabe", "b#mention-tanabe-kenji", "c#mention-k-tanabe")
        ]
        assert suggestions(store) == []
    with Store.open(path) as store:
        store.put([document("m", {"kenji-tanabe": ("Person", "Kenji Tanabe", ())})])
    with Store.open(path, read_only=True) as store:
        assert str(store.graph(str(DOCUMENT["m"]))).count("/actor/tanabe-kenji>") == 4
    with Store.open(path) as store:
        store.remove("m.txt")
    assert main(["resolve", "--forget", str(tmp_path / "review.ttl"), "--store", str(path)]) == 0
    assert names(path) == before
    assert content(Store.open(path, read_only=True), "trig") == written


def test_building_again_keeps_rules(path: Path, tmp_path: Path) -> None:
    """A document that is put again is still read by the rules, and the rules can be printed."""
    (tmp_path / "r.ttl").write_text(
        f"{REVIEW} actor:k-tanabe owl:sameAs actor:kenji-tanabe .", encoding="utf-8"
    )
    assert main(["resolve", "--accept", str(tmp_path / "r.ttl"), "--store", str(path)]) == 0
    with Store.open(path) as store:
        store.put([document("c", DOCUMENTS["c"])])
        assert "actor:k-tanabe owl:sameAs actor:kenji-tanabe" in store.rules_text()
    assert "kenji-tanabe prefLabel Kenji Tanabe" in names(path)["c"]


def test_chains_and_rings(path: Path, tmp_path: Path) -> None:
    """What is the same over several steps, or as each other, is one actor."""
    rules = (
        "actor:k-tanabe owl:sameAs actor:kenji-tanabe . actor:kenji-tanabe owl:sameAs actor:tanabe-kenji ."
    )
    ring = "actor:p-mwangi owl:sameAs actor:peter-mwangi . actor:peter-mwangi owl:sameAs actor:p-mwangi ."
    (tmp_path / "r.ttl").write_text(f"{REVIEW} {rules} {ring}", encoding="utf-8")
    assert main(["resolve", "--accept", str(tmp_path / "r.ttl"), "--store", str(path)]) == 0
    found = names(path)
    assert "tanabe-kenji prefLabel Tanabe Kenji" in found["a"]
    assert "tanabe-kenji prefLabel Tanabe Kenji" in found["c"]
    assert "p-mwangi prefLabel P. Mwangi" in found["e"]


WRONG = [
    ("actor:a owl:sameAs 'b' .", "is no rule; rules are A owl:sameAs B"),
    ("actor:a dcterms:title actor:b .", "is no rule; rules are A owl:sameAs B"),
    (
        "actor:a prov:specializationOf actor:b .",
        "actor/a> needs the documents that mean it; add dcterms:source DOCUMENT",
    ),
    ("actor:a owl:sameAs .", "is not valid Turtle (line 6)"),
]


@pytest.mark.parametrize(("rule", "said"), WRONG, ids=[rule for rule, _ in WRONG])
def test_wrong_rules(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, said: str
) -> None:
    """A file that holds anything but rules is refused as a whole, in one line."""
    (tmp_path / "r.ttl").write_text(f"{REVIEW}actor:x owl:sameAs actor:y .\n{rule}", encoding="utf-8")
    assert main(["resolve", "--accept", str(tmp_path / "r.ttl"), "--store", str(path)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    with Store.open(path) as store:
        assert store.rules_text() == ""


def test_resolve_command(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The suggestions come as a table or as a file; a missing file or two wishes at once are one line and exit code 2."""
    assert main(["resolve", "--store", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "actor\tother\tname\tother_name\treasons"
    assert len(lines) == 6
    review = tmp_path / "review.ttl"
    assert main(["resolve", "-o", str(review), "--store", str(path)]) == 0
    assert capsys.readouterr().err.startswith(f"5 suggestions written to {review}; ")
    assert main(["resolve", "--rules", "--store", str(path)]) == 0
    assert "actor:sam-otieno-of-japan dcterms:source doc:i ;" in capsys.readouterr().out
    assert main(["resolve", "--rules", "--accept", str(review), "--store", str(path)]) == 2
    assert main(["resolve", "--accept", str(tmp_path / "none.ttl"), "--store", str(path)]) == 2
    assert capsys.readouterr().err.endswith("none.ttl: No such file or directory; check the path\n")
