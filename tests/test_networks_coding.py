"""Hand coding in the graph, and two codings beside each other."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from coded_statements import write_dna
from factories import TEXT, at, sample_extraction

from alliancegraph.cli import main
from alliancegraph.graph.store import Store
from alliancegraph.graph.validate import validate
from alliancegraph.networks.choice import Choice
from alliancegraph.networks.coded import read_coded
from alliancegraph.networks.comparison import compare
from alliancegraph.networks.events import event_list
from alliancegraph.networks.importing import import_file
from alliancegraph.networks.locating import Words, located
from alliancegraph.networks.naming import Naming
from alliancegraph.networks.positions import positions
from alliancegraph.networks.reliability import cohen_kappa, krippendorff_alpha, reliability
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import EmptySelection, StatementsError, UsageError
from alliancegraph.queries import run

HEADER = "person,organization,concept,agreement,document,date,text,coder\n"
CODED = HEADER + (
    "Taro Example,Japan,climate change,1,lake-toya.txt,2008-07-11,halve our emissions by 2050,Ines\n"
    ",United States,Climate change,yes,lake-toya.txt,2008-07-11,a danger to the climate,Ines\n"
    ",United States,Sugar tax,no,A day,2001-02-03,They said no.,Ines\n"
    ",United States,Sugar tax,no,A day,2001-02-03,They said no.,Ines\n"
    "Ann Unknown,Sugar Board,Sugar tax,,A day,2001-02-03,,Jun\n"
)


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """Five statements of two coders in two documents, one of which the graph has read."""
    path = tmp_path / "coded.csv"
    path.write_text(CODED, encoding="utf-8")
    return path


def listed(store: Store, *variables: str) -> list[tuple[str, ...]]:
    """The values of hand-coded positions, sorted."""
    found = positions(store, ("organization",), Choice(coders=("Ines", "Jun"), neutral="own"))
    return sorted(zip(*(found.column(name).values for name in variables), strict=True))


def test_import(coded: Path) -> None:
    """Statements become positions with their coder, actors and issues are those of the vocabulary, the graph is valid."""
    with Store.open() as store:
        store.replace(sample_extraction())
        done = import_file(store, coded)
        assert (done.documents, done.statements, done.beside, done.removed) == (2, 5, 1, 0)
        assert done.concepts == ("Sugar tax",)
        toya = "Allies at Lake Toya: a “quiet” week (coded.csv#lake-toya.txt)"
        assert listed(store, "document", "actor", "organization", "issue", "attitude", "stance", "coder") == [
            ("A day", "Ann Unknown", "Sugar Board", "Sugar tax", "neutral", "neutral", "Jun"),
            ("A day", "United States", "United States", "Sugar tax", "opposes", "0", "Ines"),
            ("A day", "United States", "United States", "Sugar tax", "opposes", "0", "Ines"),
            (toya.split(" (", maxsplit=1)[0], "Taro Example", "Japan", "Climate change", "supports", "1", "Ines"),
            (toya.split(" (", maxsplit=1)[0], "United States", "United States", "Climate change", "supports", "1", "Ines"),
        ]  # fmt: skip
        for document in store.documents():
            assert validate(store.graph(document.iri)).lines() == []
        assert listed(store, "actor")[-1] == ("United States",)
        assert positions(store, choice=Choice(coders=("extraction",))).column("coder").names == (
            "extraction",
        )


def test_offsets_are_those_of_the_text_that_was_read(coded: Path) -> None:
    """Passages are found in the text of the document, or in a text that is made of them."""
    with Store.open() as store:
        store.replace(sample_extraction())
        import_file(store, coded)
        found = positions(store, choice=Choice(coders=("Ines",)))
    rows = dict(zip(found.texts, zip(found.starts.tolist(), found.ends.tolist(), strict=True), strict=True))
    place = at("halve our emissions by 2050")
    assert rows["halve our emissions by 2050"] == (place.start, place.end)
    assert TEXT[slice(*rows["a danger to the climate"])] == "a danger to the climate"
    assert sorted(end - start for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True)) == [
        13, 13, 23, 27,
    ]  # fmt: skip


def test_one_passage_that_is_not_found(tmp_path: Path) -> None:
    """Words that the text does not have stand behind it, and all other passages keep their characters."""
    path = tmp_path / "coded.csv"
    path.write_text(CODED.replace("a danger to the climate", "words of the coder's own"), encoding="utf-8")
    with Store.open() as store:
        store.replace(sample_extraction())
        import_file(store, path)
        found = positions(store, choice=Choice(coders=("Ines",)))
        for document in store.documents():
            assert validate(store.graph(document.iri)).lines() == []
    rows = dict(zip(found.texts, zip(found.starts.tolist(), found.ends.tolist(), strict=True), strict=True))
    place = at("halve our emissions by 2050")
    assert rows["halve our emissions by 2050"] == (place.start, place.end)
    assert rows["words of the coder's own"] == (len(TEXT) + 2, len(TEXT) + 26)


def words(text: str, *ranges: tuple[int, int]) -> Words:
    """What a statement says, at these characters."""
    return Words(text, ranges)


@pytest.mark.parametrize(
    ("said", "originals", "text", "places"),
    [
        ([words("b c", (2, 5))], ["a b c d"], "a b c d", [[(2, 5)]]),
        ([words("b c", (9, 12))], ["a b\n c d"], "a b\n c d", [[(2, 6)]]),
        ([words("", (2, 5))], ["a b c d"], "a b c d", [[(2, 5)]]),
        ([words("a", (8, 9)), words("a", (0, 1))], ["a b a b a"], "a b a b a", [[(8, 9)], [(0, 1)]]),
        ([words("a", (7, 8))], ["a b a b a"], "a b a b a", [[(8, 9)]]),
        ([words("b […] d", (2, 3), (6, 7))], ["a b c d"], "a b c d", [[(2, 3), (6, 7)]]),
        ([words("d […] b", (0, 1), (1, 2))], ["a b c d"], "a b c d", [[(6, 7), (2, 3)]]),
        ([words("c", (4, 5)), words("z", (0, 1))], ["", "a b c d"], "a b c d\n\nz", [[(4, 5)], [(9, 10)]]),
        ([words("x"), words("d")], ["a b", "a d"], "a d\n\nx", [[(5, 6)], [(2, 3)]]),
        ([words("x"), words("")], ["a b"], "T\n\nx\n\n1", [[(3, 4)], [(6, 7)]]),
        ([words("c d", (4, 7)), words("b", (2, 3))], [], "  b c d", [[(4, 7)], [(2, 3)]]),
        ([words("c d", (4, 7)), words("e", (4, 5))], [], "    c d\n\ne", [[(4, 7)], [(9, 10)]]),
        ([words("long", (4, 7))], [], "T\n\nlong", [[(3, 7)]]),
        ([words("a […] b", (0, 1), (3, 4))], [], "a  b", [[(0, 1), (3, 4)]]),
        ([words("far", (20_000_000, 20_000_003))], [], "T\n\nfar", [[(3, 6)]]),
    ],
)
def test_where_statements_stand(
    said: list[Words], originals: list[str], text: str, places: list[list[tuple[int, int]]]
) -> None:
    """At their characters, where their words are, nearest to these, laid out as given, or behind the text."""
    unsaid = [str(number) for number in range(len(said))]
    made, found = located("T", said, unsaid, originals)
    assert made == text
    assert [[(place.start, place.end) for place in several] for several in found] == places


def test_an_event_list_comes_back(tmp_path: Path) -> None:
    """The event list of a graph, with all passages, imported beside it gives the same statements at the same characters."""
    path = tmp_path / "events.csv"
    with Store.open() as store:
        store.replace(sample_extraction())
        ours = positions(store)
        listed = event_list(ours, "csv").decode().replace("extraction", "Ines")
        path.write_text(listed, encoding="utf-8", newline="")
        import_file(store, path)
        theirs = positions(store, choice=Choice(coders=("Ines",)))
    for name in ("actor", "issue", "stance"):
        assert sorted(zip(ours.column(name).values, ours.passages or (), strict=True)) == sorted(
            zip(theirs.column(name).values, theirs.passages or (), strict=True)
        )
    assert {len(several) for several in theirs.passages or ()} == {1, 2}


def test_broken_passages(tmp_path: Path) -> None:
    """Passages that are none are told with their line."""
    path = tmp_path / "coded.csv"
    path.write_text("person,concept,passages\nAnn,y,3-4 9-7\n", encoding="utf-8")
    with pytest.raises(StatementsError, match="line 2 has the passages '3-4 9-7'; write them as 12-33 50-73"):
        read_coded(path)


def test_again_and_away(coded: Path) -> None:
    """The same file again replaces, documents that it no longer has go, and remove takes all of it out."""
    with Store.open() as store:
        store.replace(sample_extraction())
        before = set(store.engine.quads())
        import_file(store, coded)
        whole = set(store.engine.quads())
        import_file(store, coded)
        assert set(store.engine.quads()) == whole
        coded.write_text("".join(CODED.splitlines(keepends=True)[:2]), encoding="utf-8")
        assert import_file(store, coded).removed == 1
        assert [d.source for d in store.documents()] == ["coded.csv#lake-toya.txt", "lake-toya.txt"]
        store.remove("coded.csv")
        vocabulary = {q for q in whole if q.graph_name.value == "https://w3id.org/alliancegraph/vocabulary"}  # type: ignore[union-attr]
        assert set(store.engine.quads()) - vocabulary == before - vocabulary


def test_a_document_that_is_built_again_keeps_its_coding(coded: Path) -> None:
    """Hand coding stands in graphs of its own."""
    with Store.open() as store:
        store.replace(sample_extraction())
        import_file(store, coded)
        store.replace(sample_extraction())
        assert len(listed(store, "actor")) == 5
        rows = run(store, "actors-by-issue", {"issue": "climate-change"}).texts()
        assert ("United States", "supports", "1") in rows
        assert ("United States", "concern", "1") in rows
        assert run(store, "actors-by-issue", {"issue": "Sugar tax"}).texts() == [
            ("United States", "opposes", "2"),
            ("Ann Unknown", "neutral", "1"),
        ]


def test_a_mapping(coded: Path, tmp_path: Path) -> None:
    """Concepts become the issues that the user names for them; an unknown issue is told with the near ones."""
    mapping = tmp_path / "map.csv"
    mapping.write_text("concept,issue\nSugar tax,trade\n", encoding="utf-8")
    with Store.open() as store:
        assert import_file(store, coded, mapping=mapping).concepts == ()
        assert set(listed(store, "issue")) == {("Climate change",), ("Trade and market access",)}
        mapping.write_text("concept,issue\nSugar tax,trad\n", encoding="utf-8")
        with pytest.raises(
            UsageError, match="concept 'Sugar tax' is mapped to no issue 'trad'; did you mean"
        ):
            import_file(store, coded, mapping=mapping)
        mapping.write_text("a,b\n1,2\n", encoding="utf-8")
        with pytest.raises(StatementsError, match="has no columns concept and issue; add them"):
            import_file(store, coded, mapping=mapping)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("concept,agreement\nx,1\n", "the statements have no one of person, organization, state, actor"),
        ("person,agreement\nx,1\n", "the statements have no concept or issue, so they are no positions"),
        (
            "person,concept,agreement\nx,y,perhaps\n",
            "'perhaps' is no agreement; write 1 or 0, yes or no, or a stance",
        ),
        ("person,concept,agreement\n,y,1\n", "no statement says both who and on what; fill these columns"),
    ],
)
def test_what_is_no_position(text: str, message: str, tmp_path: Path) -> None:
    """A file that cannot be understood is told in one line, and nothing of it is stored."""
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with Store.open() as store:
        with pytest.raises(StatementsError, match=message):
            import_file(store, path, coder="Ines")
        assert store.is_empty()


def test_a_coder_is_needed(tmp_path: Path) -> None:
    """Statements whose coder the file does not name need one."""
    path = tmp_path / "coded.csv"
    path.write_text("person,concept,agreement\nAnn,y,-2\n", encoding="utf-8")
    with Store.open() as store:
        with pytest.raises(StatementsError, match="name the coder with --coder NAME"):
            import_file(store, path)
        import_file(store, path, coder="Ines")
        assert listed(store, "actor", "coder", "stance", "document") == [("Ann", "Ines", "0", "coded.csv")]


def test_a_dna_file(tmp_path: Path) -> None:
    """A database of Discourse Network Analyzer, with its coders, texts and offsets."""
    path = tmp_path / "coded.dna"
    write_dna(path)
    with Store.open() as store:
        done = import_file(store, path, coder="Ines")
        assert done.statements > 0
        for document in store.documents():
            assert validate(store.graph(document.iri)).lines() == []


def test_names_that_two_have() -> None:
    """A name of two actors is neither, a person is no organisation, and ids are not taken twice."""
    known = Naming(
        [("Georgia", "x/georgia", "State"), ("Georgia", "x/georgia-us", "State"), ("Ann", "x/ann", "Person")],
        [("Trade", "https://w3id.org/alliancegraph/issue/trade")],
    )
    base = "https://w3id.org/alliancegraph/actor/"
    assert known.actor("Georgia", person=False) == (base + "georgia", "Organization")
    assert known.actor("ann", person=True) == ("x/ann", "Person")
    assert known.actor("Ann", person=False) == (base + "ann", "Organization")
    assert (known.issue("TRADE"), known.issue("trade"), known.issue("Ärger & Co")) == (
        "trade",
        "trade",
        "coded/ärger-co",
    )
    taken = Naming([("Other", base + "ann", "Person")], [])
    assert taken.actor("Ann", person=False) == (base + "ann-coded", "Organization")


# ---------------------------------------------------------------- reliability


def test_kappa_by_hand() -> None:
    """The usual example: of 50 proposals both say yes to 20 and no to 15, one alone yes to 5 and 10; κ = 0.4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    told = reliability(pairs)
    assert (told.units, told.agreed, told.agreement) == (50, 35, 0.7)
    three = [("a", "a")] * 2 + [("b", "b")] + [("a", "c")]  # p_o 3/4, p_e (3·2 + 1·1 + 0·1)/16
    assert cohen_kappa(three) == pytest.approx((3 / 4 - 7 / 16) / (9 / 16))


def test_alpha_by_hand() -> None:
    """Krippendorff's own example of two coders and ten units: α = 0.095."""
    one, other = "0100000010", "1110010000"
    pairs = list(zip(one, other, strict=True))
    assert krippendorff_alpha(pairs) == pytest.approx(1 - (4 / 10) / (1 - (14 * 13 + 6 * 5) / (20 * 19)))
    assert round(krippendorff_alpha(pairs), 3) == 0.095


@pytest.mark.parametrize("pairs", [[], [("1", "1")], [("1", "1")] * 9])
def test_nothing_varies(pairs: list[tuple[str, str]]) -> None:
    """Where there is nothing, or one category only, chance explains everything: no number."""
    assert math.isnan(cohen_kappa(pairs))
    assert math.isnan(krippendorff_alpha(pairs))


def of(rows: list[tuple[str, str, str, str]]) -> Statements:
    """Statements of document, holder, issue and side."""
    names = ("document", "actor", "issue", "stance")
    return Statements.of({name: Column.of([row[place] for row in rows]) for place, name in enumerate(names)})


def test_two_codings() -> None:
    """Units of shared documents, by what each says of them."""
    first = of(
        [
            ("d1", "a", "x", "1"),
            ("d1", "a", "x", "0"),
            ("d1", "b", "x", "1"),
            ("d1", "b", "y", "0"),
            ("d2", "a", "x", "1"),
        ]
    )
    second = of([("d1", "a", "x", "1"), ("d1", "b", "x", "1"), ("d1", "c", "y", "1"), ("d3", "a", "x", "1")])  # fmt: skip
    found = compare(first, second, "actor", "issue", "stance")
    assert found.units == {
        ("d1", "a", "x"): ("both", "1"),
        ("d1", "b", "x"): ("1", "1"),
        ("d1", "b", "y"): ("0", "none"),
        ("d1", "c", "y"): ("none", "1"),
    }
    assert found.confusion == {("both", "1"): 1, ("1", "1"): 1, ("0", "none"): 1, ("none", "1"): 1}
    assert (found.documents, found.overall.first, found.overall.second, found.overall.both) == (1, 3, 3, 2)
    assert (found.overall.overlap, found.overall.reliability.agreement) == (0.5, 0.5)
    assert found.overall.reliability.kappa == 0.0
    assert (found.by_issue["y"].both, found.by_issue["x"].reliability.agreed) == (0, 1)
    with pytest.raises(EmptySelection, match="no document in common"):
        compare(first, of([("d9", "a", "x", "1")]), "actor", "issue", "stance")


def test_commands(coded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Import, compare with what was extracted, two coders of a file, and what is refused."""
    place = ["--store", str(tmp_path / "store")]
    with Store.open(tmp_path / "store") as store:
        store.replace(sample_extraction())
    assert main(["import", str(coded), *place]) == 0
    assert "5 statements in 2 documents imported" in capsys.readouterr().err
    assert main(["network", "compare", "Ines", "extraction", "--format", "csv", *place]) == 0
    # of climate change both have Taro (agreed) and America (not); what was extracted has Japan, too
    assert capsys.readouterr().out.splitlines() == [
        "issue,first,second,both,overlap,agreement,kappa,alpha",
        "Alliance vision and scope,0,1,0,0.000,,,",
        "Burden sharing,0,1,0,0.000,,,",
        "Climate change,2,3,2,0.667,0.500,0.000,0.000",
        "all,2,5,2,0.400,0.500,0.000,0.000",
    ]
    assert main(["network", "compare", "Ines", "extraction", *place]) == 0
    assert "1 documents that both coded; 2 units that both coded" in capsys.readouterr().out
    file = ["--statements", str(coded), "--variable1", "organization", "--format", "json"]
    assert main(["network", "compare", "Ines", "Jun", *file]) == 2
    assert "no" in capsys.readouterr().err
    other = tmp_path / "other.csv"
    other.write_text(CODED.replace(",1,", ",0,"), encoding="utf-8")
    assert main(["network", "compare", str(coded), str(other), "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["overall"]["both"], made["overall"]["agreed"], made["documents"]) == (3, 2, 2)
    # the file beside what was extracted is the same as its import beside it, in which Jun has no document in common
    for name in ("csv", "json"):
        assert main(["network", "compare", "Ines", "extraction", "--format", name, *place]) == 0
        imported = capsys.readouterr().out
        assert main(["network", "compare", str(coded), "extraction", "--format", name, *place]) == 0
        assert capsys.readouterr().out == imported.replace('"Ines"', json.dumps(str(coded)))
    states = ["--variable1", "organization", "--format", "json", *place]
    assert main(["network", "compare", "extraction", str(coded), *states]) == 0
    units = json.loads(capsys.readouterr().out)["units"]
    assert ("Japan", "Climate change", "1", "1") in [
        (unit["holder"], unit["issue"], unit["first"], unit["second"]) for unit in units
    ]
    mapping = tmp_path / "map.csv"
    mapping.write_text("concept,issue\nclimate change,trade\n", encoding="utf-8")
    assert main(["network", "compare", str(coded), "extraction", "--map", str(mapping), *place]) == 0
    assert "Trade and market access" in capsys.readouterr().out
    for wrong, message in (
        (["Ines", "extraction", "--map", str(mapping)], "--map is for a file beside a coder of the graph"),
        ([str(coded), "extraction", "--variable2", "actor", "--variable1", "issue"], "a file is compared with the graph"),
        ([str(coded), "extraction", "--variable1", "source"], "files are compared with a graph by actor, person"),
        ([str(coded), "extraction", "--variable1", "state"], "no statement of the file says which state takes"),
    ):  # fmt: skip
        assert main(["network", "compare", *wrong, *place]) == 2
        assert message in capsys.readouterr().err
    assert main(["network", "compare", "Inez", "extraction", *place]) == 2
    assert "did you mean Ines?" in capsys.readouterr().err
