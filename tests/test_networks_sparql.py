"""The networks in SPARQL and in Python are the same numbers, and each rests on the statements that it names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import BASE, document_iri, sample_provenance

from alliancegraph.extract.model import Actor, Document, Evidence, Extraction, Issue, Position
from alliancegraph.extract.pipeline import extractions
from alliancegraph.extract.reading import read
from alliancegraph.graph.store import Store
from alliancegraph.networks.agreements import agreements
from alliancegraph.networks.choice import Choice
from alliancegraph.networks.matrices import Matrix, one_mode
from alliancegraph.networks.positions import positions
from alliancegraph.ontology.errors import QueryError
from alliancegraph.queries import run

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
STANCES = ("supports", "proposes", "commits", "opposes", "concern", "neutral")
ISSUES = ("trade", "climate-change", "burden-sharing", "cyber-security")


@pytest.fixture(scope="module")
def examples() -> Iterator[Store]:
    """The graph of the articles that come with the project."""
    with Store.open() as store:
        files = [path for path in sorted(EXAMPLES.iterdir()) if path.suffix in (".txt", ".md", ".html")]
        for extraction in extractions(read(str(path)) for path in files):
            store.replace(extraction)
        yield store


@pytest.fixture(scope="module")
def invented() -> Iterator[Store]:
    """A graph of twelve persons who take all stances on four issues in thirty documents, by lot."""
    lot = random.Random(8)
    with Store.open() as store:
        for number in range(30):
            store.replace(_document(number, lot))
        yield store


def _document(number: int, lot: random.Random) -> Extraction:
    text = f"Document {number} says much.\n"
    evidence = (Evidence(0, 8, "Document"),)
    actors = tuple(
        Actor(f"a{n}", f"{BASE}actor/person-{n}", "Person", f"Person {n}", (f"Person {n}",), evidence)
        for n in range(12)
    )
    made = {
        (lot.randrange(12), lot.choice(ISSUES), lot.choice(STANCES)): lot.choice((0.3, 0.5, 0.9))
        for _ in range(12)
    }
    return Extraction(
        Document(document_iri(text), text, f"{number}.txt", date="2008"),
        sample_provenance(),
        actors,
        tuple(Issue(issue, f"{BASE}issue/{issue}", evidence) for issue in ISSUES),
        positions=tuple(
            Position(f"a{n}", stance, issue, evidence, "reported", confidence=sure)
            for (n, issue, stance), sure in made.items()
        ),
    )


def pairs(matrix: Matrix) -> dict[frozenset[str], float]:
    """The weights of a network by pair."""
    entries = matrix.values.tocoo()
    cells = zip(entries.row.tolist(), entries.col.tolist(), entries.data.tolist(), strict=True)
    return {frozenset((matrix.rows[row], matrix.columns[column])): weight for row, column, weight in cells}


SETTINGS = [
    {},
    {"concern": "favour", "neutral": "own"},
    {"concern": "own", "neutral": "oppose", "min_confidence": "0.5"},
    {"concern": "drop", "neutral": "favour", "min_confidence": "0.31"},
]


@pytest.mark.parametrize("graph", ["examples", "invented"])
@pytest.mark.parametrize("kind", ["congruence", "conflict"])
@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: " ".join(settings.values()) or "default")
def test_equal(graph: str, kind: str, settings: dict[str, str], request: pytest.FixtureRequest) -> None:
    """Each pair has the same weight, and there are the same pairs."""
    store: Store = request.getfixturevalue(graph)
    sides = {name: settings[name] for name in ("concern", "neutral") if name in settings}
    choice = Choice(**sides, min_confidence=float(settings.get("min_confidence", 0)))  # type: ignore[arg-type]
    found = positions(store, ("actor", "issue"), choice, with_passages=False)
    expected = pairs(one_mode(found, "actor", "issue", "stance", kind))
    table = run(store, kind, settings)
    assert {frozenset((one, other)): float(weight) for one, other, weight in table.texts()} == expected
    assert len(table.rows) == len(expected) >= 6


@pytest.mark.parametrize("graph", ["examples", "invented"])
def test_agreement_of_each_pair(graph: str, request: pytest.FixtureRequest) -> None:
    """What a pair agrees and disagrees on, statement beside statement, is what its weights count."""
    store: Store = request.getfixturevalue(graph)
    found = positions(store, ("actor", "issue"), with_passages=False)
    actor = found.column("actor")
    assert actor.iris is not None
    iris = dict(zip(actor.names, actor.iris, strict=True))
    busiest = sorted(agreements(found, "actor", "issue", "stance"), key=lambda pair: -len(pair.shared))[:5]
    assert len(busiest) == 5
    for pair in busiest:
        rows = run(store, "agreement", {"actor": iris[pair.one], "other": iris[pair.other]}).texts()
        ours = {
            (found.ids[one], found.ids[other])
            for shared in pair.shared
            for one in shared.one
            for other in shared.other
        }
        assert {(row[3], row[5]) for row in rows} == ours
        assert [row[1] for row in rows].count("agree") == pair.congruence
        assert [row[1] for row in rows].count("disagree") == pair.conflict


def test_an_unknown_side(invented: Store) -> None:
    """A side that there is not is told with those that there are."""
    with pytest.raises(QueryError) as caught:
        run(invented, "congruence", {"concern": "against"})
    assert str(caught.value) == "query congruence: concern must be oppose, favour, own or drop, not 'against'"
