"""What a page is narrowed to: each filter lets through exactly what it says, and one that leaves nothing is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction

from alliancegraph import cli
from alliancegraph.explorer.outlets import names, outlet
from alliancegraph.explorer.selection import Selection, selected_network
from alliancegraph.explorer.texts import document_text, page_texts
from alliancegraph.graph.facts import Thing, local_name
from alliancegraph.graph.store import Store
from alliancegraph.ontology.errors import AllianceGraphError, EmptySelection, UsageError

FIRST, SECOND = document_iri(TEXT), second_extraction().document.iri


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Both sample documents in memory; the second has an address."""
    second = second_extraction()
    with Store.open() as memory:
        memory.replace(sample_extraction())
        memory.replace(replace(second, document=replace(second.document, url="https://news.example.org/a")))
        yield memory


def shown(store: Store, **selection: Any) -> list[str]:
    """The edges of what a selection lets through, but for those of documents: holder, relation and object."""
    return [f"{a} {key} {b}" for a, b, key in _edges(store, selection) if key not in ("discusses", "reports")]


def around(store: Store, **selection: Any) -> list[str]:
    """The edges of documents."""
    return [f"{a[:2]} {key} {b}" for a, b, key in _edges(store, selection) if key in ("discusses", "reports")]


def _edges(store: Store, selection: dict[str, Any]) -> list[tuple[str, str, str]]:
    network = selected_network(store, Selection(**selection))
    return [(local_name(a), local_name(b), key) for a, b, key in network.edges(keys=True)]


def test_everything(store: Store) -> None:
    """Without a filter there is everything."""
    assert (len(shown(store)), len(around(store))) == (15, 7)


def test_actor(store: Store) -> None:
    """What an actor says and what is said to it, with what else its documents tell of the same issues and events."""
    assert shown(store, actors=["China"]) == ["united-states concern climate-change"]
    assert around(store, actors=["China"]) == ["f3 discusses climate-change"]
    assert shown(store, actors=["taro-example", "Hana Moriyama"]) == [
        "hana-moriyama authorOf f3f242c7925e5552",
        "hana-moriyama proposes alliance-vision",
        "taro-example affiliatedWith japan",
        "taro-example commits climate-change",
    ]


def test_events_of_an_actor(store: Store) -> None:
    """An event in which an actor had a part keeps the document that tells of it."""
    assert "f3 reports september-11-attacks" in around(store, actors=["United States"])
    assert "f3 reports september-11-attacks" not in around(store, actors=["Japan"])


def test_issue_and_narrower_ones(store: Store) -> None:
    """An issue stands for those below it."""
    assert shown(store, issues=["Environment"]) == [
        "japan opposes climate-change",
        "japan supports climate-change",
        "taro-example commits climate-change",
        "united-states concern climate-change",
    ]
    assert around(store, issues=["environment"]) == [
        "50 discusses climate-change",
        "f3 discusses climate-change",
    ]


def test_filters_narrow_each_other(store: Store) -> None:
    """Actor, issue, stance and voice must all fit."""
    assert shown(store, actors=["Japan"], issues=["climate-change"], stances=["opposes"]) == [
        "japan opposes climate-change"
    ]
    assert shown(store, voices=["author", "quoted"]) == [
        "hana-moriyama proposes alliance-vision",
        "taro-example commits climate-change",
    ]
    assert shown(store, min_confidence=0.89) == [
        "hana-moriyama authorOf f3f242c7925e5552",
        "japan opposes climate-change",
        "taro-example affiliatedWith japan",
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"documents": ["Reversal"]},
        {"documents": ["reversal.md"]},
        {"sources": ["news.example.org"]},
        {"sources": ["*.EXAMPLE.org"]},
        {"sources": ["reversal.md"]},
        {"since": "2009"},
        {"since": "2008-08", "until": "2009-06"},
    ],
)
def test_document_source_and_time(store: Store, given: dict[str, Any]) -> None:
    """All of these are the second document."""
    assert shown(store, **given) == [
        "japan opposes burden-sharing",
        "japan opposes climate-change",
        "united-states opposes burden-sharing",
    ]
    assert around(store, **given) == ["50 discusses burden-sharing", "50 discusses climate-change"]


def test_dates_of_statements_count(store: Store) -> None:
    """A month is in a range that begins within it; a position may be dated apart from its document."""
    assert "taro-example commits climate-change" in shown(store, since="2008-07-20", until="2008-07-31")
    assert "japan hosts" not in shown(store, until="2008-07-11")
    assert "united-states concern climate-change" not in shown(store, since="2008-07-12", until="2008-12")


def test_limit(store: Store) -> None:
    """The most important nodes are kept, and what is between them."""
    assert shown(store, limit=3) == [
        "japan alliedWith united-states",
        "japan opposes climate-change",
        "japan supports climate-change",
        "united-states concern climate-change",
    ]
    assert around(store, limit=3) == ["50 discusses climate-change", "f3 discusses climate-change"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"since": "2030"}, "no statement is left: --since 2030 took the last 23; widen that filter"),
        (
            {"actors": ["China"], "stances": ["supports", "opposes"]},
            "no statement is left: --stance supports, opposes took the last 1; widen that filter",
        ),
        (
            {"min_confidence": 0.99},
            "no statement is left: none is as sure as --min-confidence 0.99; lower it",
        ),
        (
            {"voices": ["author"], "limit": 1},
            "no statement is left: --limit 1 keeps none between two nodes; allow more",
        ),
    ],
)
def test_filter_that_leaves_nothing(store: Store, given: dict[str, Any], message: str) -> None:
    """The filter that took the last statements is named."""
    with pytest.raises(EmptySelection) as caught:
        selected_network(store, Selection(**given))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"stances": ["suport"]}, "no stance is called 'suport'; did you mean supports?"),
        ({"voices": ["x"]}, "no voice is called 'x'; choose one of author, reported, quoted"),
        ({"since": "soon"}, "--since soon: is no date; give a year, a month or a day, such as 2008-03-14"),
        ({"since": "2009", "until": "2008"}, "--since 2009 is later than --until 2008; change one of them"),
        ({"sources": ["Example Reviw"]}, "no document is from 'Example Reviw'; did you mean Example Review?"),
        (
            {"sources": ["*.net"]},
            "no document is from '*.net'; list them with: alliancegraph query documents",
        ),
        ({"actors": ["Jappan"]}, "no actor 'Jappan' in this store; did you mean Japan, JPN or AAN?"),
        (
            {"documents": ["Reversl"]},
            "no document 'Reversl' in this store; did you mean Reversal or reversal.md?",
        ),
    ],
)
def test_unknown_names(store: Store, given: dict[str, Any], message: str) -> None:
    """What is not there is told with what is near."""
    with pytest.raises(AllianceGraphError) as caught:
        selected_network(store, Selection(**given))
    assert str(caught.value) == message


def test_details() -> None:
    """The filters in words."""
    assert Selection().details() == {}
    assert Selection(
        ["Japan", "China"], sources=["a"], since="2008", min_confidence=0.5, limit=9
    ).details() == {
        "actors": "Japan, China",
        "sources": "a",
        "since": "2008",
        "minimal confidence": "0.5",
        "nodes at most": "9",
    }


def test_empty_store() -> None:
    """A store without documents has nothing to show, which is no error."""
    with Store.open() as memory:
        assert len(selected_network(memory, Selection(min_confidence=0.5, since="2008"))) == 0


def test_outlets() -> None:
    """A document is from its publisher, else the host of its address, else its file; broken addresses have no host."""
    whole = Thing("d", "Document", "t", publisher="P", source="c.jsonl#4", url="https://h.example/x")
    assert (outlet(whole), names(whole)) == ("P", {"P", "c.jsonl", "c.jsonl#4", "https://h.example/x"})
    assert outlet(replace(whole, publisher=None)) == "h.example"
    assert outlet(replace(whole, publisher=None, url="https://[h/x")) == "c.jsonl"
    assert names(Thing("d", "Document", "t")) == frozenset()


def test_texts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """All texts, none, or with `auto` those of the documents that are cited most, as long as there is room."""
    network = selected_network(store, Selection())
    assert page_texts(store, network, "all") == {FIRST: TEXT, SECOND: second_extraction().document.text}
    assert page_texts(store, network, "none") == {}
    assert list(page_texts(store, network, "auto")) == [FIRST, SECOND]
    monkeypatch.setattr("alliancegraph.explorer.texts.ENOUGH", len(TEXT.encode()))
    assert list(page_texts(store, network, "auto")) == [FIRST]


def test_text_of_a_document(store: Store) -> None:
    """A text is found by its document's IRI; anything else has none."""
    assert document_text(store, FIRST) == TEXT
    assert [document_text(store, iri) for iri in (FIRST + "#x", "no iri", "https://example.org/")] == [
        None
    ] * 3


def test_network_without_statements_has_no_texts(store: Store) -> None:
    """An empty network needs no text."""
    assert page_texts(store, nx.MultiDiGraph(), "all") == {}


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`view` writes what the filters let through, names them in the page, and says what it wrote."""
    place, page = tmp_path / "store", tmp_path / "graph.html"
    with Store.open(place) as opened:
        opened.replace(sample_extraction())
        opened.replace(second_extraction())
    command = ["view", "--store", str(place), "-o", str(page)]
    assert cli.main([*command, "--document", "Reversal", "--actor", "Japan", "--texts", "all"]) == 0
    assert (
        capsys.readouterr().err
        == f"4 nodes and 4 edges written to {page}; documents with their text: 1 of 1\n"
    )
    written = page.read_text(encoding="utf-8")
    facts = json.loads(written.split('id="facts">')[1].split("</script>")[0])
    assert facts["details"] == {"actors": "Japan", "documents": "Reversal"}
    assert [document["text"] for document in facts["documents"]] == [second_extraction().document.text]
    page.unlink()
    assert cli.main([*command, "--until", "1999"]) == 2
    assert capsys.readouterr().err == (
        "error: no statement is left: --until 1999 took the last 23; widen that filter\n"
    )
    assert not page.exists()


def test_unknown_choices_are_usage_errors() -> None:
    """A selection is checked when it is made."""
    with pytest.raises(UsageError):
        Selection(voices=["loud"])
