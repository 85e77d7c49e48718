"""Who is in the same events, and who is named in the same passages."""

from __future__ import annotations

import json
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace

import pytest
from factories import TEXT, at, sample_extraction, second_extraction

from alliancegraph.cli import main
from alliancegraph.extract.model import Extraction, Relation
from alliancegraph.graph.store import Store
from alliancegraph.networks.matrices import Matrix, one_mode
from alliancegraph.networks.paragraphs import paragraph_starts, sentence_starts
from alliancegraph.networks.selection import Selection, select
from alliancegraph.networks.statements import Statements
from alliancegraph.networks.together import comentions, participations
from alliancegraph.ontology.errors import EmptySelection, UsageError
from alliancegraph.queries import run


def with_guests() -> Extraction:
    """The sample article, in whose summit the minister and, less surely, China take part too."""
    extraction = sample_extraction()
    more = (
        Relation("a4", "participatesIn", "e1", (at("took part"),), None, 0.9),
        Relation("a3", "participatesIn", "e1", (at("took part"),), None, 0.3),
    )
    return replace(extraction, relations=(*extraction.relations, *more))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Two documents in memory."""
    with Store.open() as memory:
        memory.replace(with_guests())
        memory.replace(second_extraction())
        yield memory


def shared(statements: Statements) -> dict[tuple[str, str], float]:
    """How much each pair shares."""
    one, other = list(statements.columns)[:2]
    made = one_mode(select(statements, Selection(duplicates="acrossrange"), one, other), one, other)
    return weights(made)


def weights(made: Matrix) -> dict[tuple[str, str], float]:
    """The weights of pairs, each once."""
    entries = made.values.tocoo()
    cells = zip(entries.row.tolist(), entries.col.tolist(), entries.data.tolist(), strict=True)
    return {(made.rows[a], made.rows[b]): weight for a, b, weight in cells if a < b}


def test_parts_in_events(store: Store) -> None:
    """Each part has its role, event, passage, and the date of the event."""
    found = participations(store, roles=("organizes", "participatesIn", "targetOf"))
    rows = zip(*(found.column(name).values for name in ("actor", "event", "role")), strict=True)
    assert sorted(rows) == [
        ("China", "Lake Toya summit", "participatesIn"),
        ("Japan", "Lake Toya summit", "organizes"),
        ("Taro Example", "Lake Toya summit", "participatesIn"),
        ("United States", "Lake Toya summit", "participatesIn"),
        ("United States", "September 11 attacks", "targetOf"),
    ]
    assert set(found.dates.astype("datetime64[D]").astype(str)) == {"2008-07-07", "2001-09-11"}
    host = found.column("actor").values.index("Japan")
    assert TEXT[found.starts[host] : found.ends[host]] == "Japan hosted the Lake Toya summit"


def test_co_participation(store: Store) -> None:
    """Pairs by the events that they share, at each grain; the minister of Japan makes it no second time."""
    assert shared(participations(store)) == {
        ("China", "Japan"): 1, ("China", "Taro Example"): 1, ("China", "United States"): 1,
        ("Japan", "Taro Example"): 1, ("Japan", "United States"): 1, ("Taro Example", "United States"): 1,
    }  # fmt: skip
    assert shared(participations(store, "state", min_confidence=0.5)) == {("Japan", "United States"): 1}


def test_co_participation_in_sparql(store: Store) -> None:
    """The named query gives the same numbers."""
    table = run(store, "co-participation")
    rows = {tuple(sorted((one, other))): float(events) for one, other, events in table.texts()}
    assert rows == shared(participations(store))


def test_co_mention(store: Store) -> None:
    """Pairs by the passages that name both."""
    documents = shared(comentions(store, "state", "document"))
    assert documents == {("China", "Japan"): 1, ("China", "United States"): 1, ("Japan", "United States"): 2}
    found = comentions(store)
    assert set(found.column("passage").values) == {
        f"{TEXT.splitlines()[0]}, paragraph 1",  # the title and the byline
        f"{TEXT.splitlines()[0]}, paragraph 2",
        "Reversal, paragraph 1",
    }
    assert shared(found)["Japan", "Taro Example"] == 1
    assert ("Hana Moriyama", "Japan") not in shared(found)


def test_co_mention_in_sentences(store: Store) -> None:
    """Pairs by the sentences that name both; Japan and China stand in one paragraph, but in no sentence together."""
    found = comentions(store, "state", "sentence")
    assert shared(found) == {("China", "United States"): 1, ("Japan", "United States"): 2}
    assert ("China", "Japan") in shared(comentions(store, "state"))
    title = TEXT.splitlines()[0]
    rows = zip(found.column("state").values, found.column("passage").values, strict=True)
    assert {state for state, passage in rows if passage == f"{title}, sentence 5"} == {
        "China",
        "United States",
    }
    for start, passage in zip(found.starts.tolist(), found.column("passage").values, strict=True):
        if passage.startswith(title):
            assert passage == f"{title}, sentence {bisect(sentence_starts(TEXT), start)}"


@pytest.mark.parametrize(
    ("text", "media_type", "starts"),
    [
        ("First. Then? “Three!” (Four) five. six", "text/plain", [0, 7, 13, 22]),
        ("Mr. Abe met U.S. Senators. They spoke.\n\nno capital", "text/plain", [0, 27, 40]),
        (
            "She met Xi. The two spoke. Gen. Lee saw Xi. “But U.S. President Roe left.",
            "text/plain",
            [0, 12, 27, 44],
        ),
        ("one line\nThen. Three", "text/plain", [0, 9, 15]),
        ("<p>First. <b>Then</b>.</p><p>three", "text/html", [0, 3, 13, 26, 29]),
        ("", "text/plain", [0]),
    ],
)
def test_sentences(text: str, media_type: str, starts: list[int]) -> None:
    """Full stops, question and exclamation marks before capitals, ends of paragraphs, and tags that are no words."""
    assert sentence_starts(text, media_type) == starts


@pytest.mark.parametrize(
    ("text", "media_type", "starts"),
    [
        ("a\nb\n\n c\n \nd", "text/plain", [0, 6, 10]),
        ("one\ntwo", "text/plain", [0, 4]),
        ("<p>a</p><P class='x'>b", "text/html", [0, 3, 8, 21]),
        ("", "", [0]),
    ],
)
def test_paragraphs(text: str, media_type: str, starts: list[int]) -> None:
    """Blank lines, else lines; in HTML the tags of blocks."""
    assert paragraph_starts(text, media_type) == starts


def test_wrong_names(store: Store) -> None:
    """Unknown grains, roles and passages are told; nobody at a grain, and nothing at all, too."""
    with pytest.raises(UsageError, match=r"no variable is called 'states'; did you mean state\?"):
        participations(store, "states")
    with pytest.raises(UsageError, match=r"no role is called 'organises'; did you mean organizes\?"):
        participations(store, roles=("organises",))
    with pytest.raises(
        UsageError, match="no passage is called 'book'; choose one of document, paragraph, sent"
    ):
        comentions(store, within="book")
    with pytest.raises(EmptySelection, match="none of them is a person or speaks for one"):
        participations(store, "person", ("targetOf",))
    with Store.open() as empty:
        with pytest.raises(
            EmptySelection, match="tells of no part in an event as organizes or participatesIn"
        ):
            participations(empty)
        with pytest.raises(EmptySelection, match="names no actor"):
            comentions(empty)


def test_commands(tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> None:
    """Both networks from the command line, in one mode and in two."""
    folder = tmp_path_factory.mktemp("together") / "store"
    with Store.open(folder) as store:
        store.replace(with_guests())
    place = ["--store", str(folder), "--format", "edges"]
    assert (
        main(["network", "co-participation", "--variable1", "state", "--min-confidence", "0.5", *place]) == 0
    )
    assert capsys.readouterr().out.split() == ["source,target,weight", "Japan,United", "States,1"]
    assert main(["network", "co-participation", "--twomode", "--role", "targetOf", *place]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["United States,September 11 attacks,1"]
    assert main(["network", "co-mention", "--variable1", "person", "--within", "document", *place]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["Hana Moriyama,Taro Example,1"]
    assert main(["network", "co-mention", "--variable1", "person", "--within", "sentence", *place]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == []
    series = ["--store", str(folder), "--format", "json", "--window", "1", "--window-unit", "years"]
    for kind in ("co-participation", "co-mention", "congruence"):
        assert main(["network", kind, *series]) == 0
        slices = json.loads(capsys.readouterr().out)["slices"]
        assert slices[-1]["slice"] == "2008-01-01_2008-12-31"
        assert slices[-1]["statements"] > 0
    assert main(["network", "conflict", *series, "--evidence"]) == 2
    assert "--evidence is of one network and not of a time series" in capsys.readouterr().err
    assert main(["network", "co-mention", "--twomode", "--normalization", "jaccard", *place]) == 2
    assert "--normalization is for who is with whom" in capsys.readouterr().err
