"""The measures give exact values on tiny data, and those of the reference scorer on perturbed annotations."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from alliancegraph.extract.comparison import LAYERS, Count
from alliancegraph.extract.evaluation import (
    Scores,
    article_texts,
    evaluate,
    format_errors,
    format_table,
    issue_parents,
    read_annotations,
    score,
)
from alliancegraph.extract.matching import fold
from alliancegraph.ontology.errors import SourceNotFound

ARTICLES = Path(__file__).parent / "articles"
HELD_OUT = Path(__file__).parent / "held-out"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"
SCORER = SHARED / "score.py"
PARENTS = {"climate-change": "environment", "natural-resources": "environment", "environment": None}

Annotated = dict[str, Any]

GOLD: Annotated = {
    "actors": [
        {"id": "a1", "type": "State", "name": "United States", "names": ["US", "the United States"]},
        {"id": "a2", "type": "State", "name": "Japan", "names": ["Japan", "Tokyo"]},
        {"id": "a3", "type": "Person", "name": "Masafumi Ishii", "names": ["Ishii"]},
    ],
    "issues": [{"id": "climate-change", "evidence": [[0, 10]]}],
    "events": [
        {
            "id": "e1",
            "type": "meeting",
            "name": "Seminar in Washington",
            "names": [],
            "date": "2008-03-14",
            "evidence": [[5, 20]],
        },
        {
            "id": "e2",
            "type": "attack",
            "name": "September 11 attacks",
            "names": ["9/11"],
            "date": "2001-09-11",
            "evidence": [[30, 40]],
        },
    ],
    "relations": [
        {"subject": "a1", "predicate": "alliedWith", "object": "a2", "evidence": [[0, 5]]},
        {"subject": "a3", "predicate": "participatesIn", "object": "e1", "evidence": [[5, 20]]},
    ],
    "positions": [
        {"holder": "a3", "stance": "proposes", "issue": "climate-change", "evidence": [[0, 10]]},
        {"holder": "a2", "stance": "concern", "issue": "climate-change", "evidence": [[0, 10]]},
    ],
}


def scores_of(prediction: Mapping[str, Any]) -> Scores:
    """The scores of one prediction of the tiny document, a text of fifty characters."""
    return score({"tiny": GOLD}, {"tiny": prediction}, {"tiny": 50}, PARENTS)


def cells(scores: Scores, layer: str) -> tuple[float, int, int]:
    """Matched, predicted and annotated items of one layer."""
    count = scores.totals[layer]
    return count.matched, count.predicted, count.gold


def test_the_annotation_agrees_with_itself() -> None:
    """Every layer is full, and nothing is missed or spurious."""
    scores = scores_of(GOLD)
    assert {layer: count.f1 for layer, count in scores.totals.items()} == dict.fromkeys(LAYERS, 1.0)
    assert (scores.documents[0].missed, scores.documents[0].spurious) == ((), ())


def test_a_missing_prediction_counts_as_empty() -> None:
    """Annotated items stay in the denominator of recall."""
    scores = score({"tiny": GOLD}, {}, {"tiny": 50}, PARENTS)
    assert cells(scores, "actors") == (0, 0, 3)
    assert scores.totals["positions"].f1 == 0.0
    assert scores.documents[0].missed == (
        "actor: United States",
        "actor: Japan",
        "actor: Masafumi Ishii",
        "issue: climate-change",
        "event: Seminar in Washington",
        "event: September 11 attacks",
        "relation: United States | Japan | alliedWith",
        "relation: Masafumi Ishii | participatesIn | Seminar in Washington",
        "position: Japan | climate-change | concern",
        "position: Masafumi Ishii | climate-change | favour",
    )


def test_actors_pair_on_any_shared_name() -> None:
    """Case, articles and punctuation do not matter; the type counts in a layer of its own."""
    prediction = {
        "actors": [
            {"id": "p1", "type": "GovernmentBody", "name": "The UNITED States", "names": []},
            {"id": "p2", "type": "State", "name": "France", "names": ["Paris"]},
        ]
    }
    scores = scores_of(prediction)
    assert cells(scores, "actors") == (1, 2, 3)
    assert cells(scores, "actors+type") == (0, 2, 3)
    assert scores.documents[0].spurious == ("actor: France",)


def test_the_most_shared_names_pair_first() -> None:
    """One prediction that shares two names wins over an earlier one that shares one."""
    prediction = {
        "actors": [
            {"id": "p1", "type": "Person", "name": "Tokyo", "names": []},
            {"id": "p2", "type": "State", "name": "Japan", "names": ["Tokyo"]},
        ]
    }
    assert cells(scores_of(prediction), "actors+type") == (1, 2, 3)


def test_events_pair_on_passage_or_full_date() -> None:
    """The same type with an overlapping passage, or on the same day, is the same happening."""
    prediction = {
        "events": [
            {"id": "p1", "type": "meeting", "name": "x", "date": "2008-03", "evidence": [[19, 30]]},
            {"id": "p2", "type": "attack", "name": "y", "date": "2001-09-11", "evidence": [[45, 49]]},
        ]
    }
    scores = scores_of(prediction)
    assert cells(scores, "events") == (2, 2, 2)
    assert cells(scores, "events+date") == (1, 2, 2)


def test_events_of_another_type_do_not_pair() -> None:
    """A shared passage does not make an exercise of a meeting."""
    prediction = {
        "events": [{"id": "p1", "type": "exercise", "name": "x", "date": None, "evidence": [[5, 20]]}]
    }
    assert cells(scores_of(prediction), "events") == (0, 1, 2)


def test_an_alliance_has_no_direction() -> None:
    """`alliedWith` matches either way round, other relations only as they are annotated."""
    prediction = {
        "actors": GOLD["actors"],
        "events": GOLD["events"],
        "relations": [
            {"subject": "a2", "predicate": "alliedWith", "object": "a1", "evidence": [[0, 5]]},
            {"subject": "e1", "predicate": "participatesIn", "object": "a3", "evidence": [[5, 20]]},
        ],
    }
    assert cells(scores_of(prediction), "relations") == (1, 2, 2)


def test_the_parent_issue_counts_half() -> None:
    """A position on the broader issue is half right, one on a sibling is wrong."""
    prediction = {
        "actors": GOLD["actors"],
        "positions": [
            {"holder": "a3", "stance": "supports", "issue": "environment", "evidence": [[0, 10]]},
            {"holder": "a2", "stance": "concern", "issue": "natural-resources", "evidence": [[0, 10]]},
        ],
    }
    scores = scores_of(prediction)
    assert cells(scores, "positions") == (0.5, 2, 2)
    assert cells(scores, "positions+stance") == (0.5, 2, 2)


def test_sides_not_stances_are_compared() -> None:
    """`supports` agrees with `proposes`; `opposes` does not agree with `concern`."""
    prediction = {
        "actors": GOLD["actors"],
        "positions": [
            {"holder": "a3", "stance": "supports", "issue": "climate-change", "evidence": [[0, 10]]},
            {"holder": "a2", "stance": "opposes", "issue": "climate-change", "evidence": [[0, 10]]},
        ],
    }
    scores = scores_of(prediction)
    assert cells(scores, "positions") == (2, 2, 2)
    assert cells(scores, "positions+stance") == (1, 2, 2)


def test_evidence_must_lie_in_the_text() -> None:
    """A claim without a passage, or with one beyond the end, is not grounded."""
    prediction = {
        "issues": [
            {"id": "trade", "evidence": [[0, 50]]},
            {"id": "sanctions", "evidence": [[0, 51]]},
            {"id": "iraq", "evidence": []},
            {"id": "gender", "evidence": [[7, 7]]},
        ]
    }
    assert cells(scores_of(prediction), "evidence") == (1, 4, 4)


def test_totals_are_micro_averages() -> None:
    """Counts of documents are added before shares are taken."""
    scores = score({"one": GOLD, "two": GOLD}, {"one": GOLD}, {"one": 50, "two": 50}, PARENTS)
    assert scores.totals["actors"] == Count(3, 3, 6)
    assert (scores.totals["actors"].precision, scores.totals["actors"].recall) == (1.0, 0.5)
    assert scores.totals["actors"].f1 == pytest.approx(2 / 3)


def test_table() -> None:
    """One line for each layer under a heading."""
    lines = format_table(scores_of(GOLD)).splitlines()
    assert lines[:3] == [
        "1 documents",
        "layer                   P      R     F1   gold   pred",
        "actors              1.000  1.000  1.000      3      3",
    ]
    assert [line.split()[0] for line in lines[2:]] == list(LAYERS)


def test_errors_are_listed_by_document() -> None:
    """Missed and spurious items stand under the name of their document."""
    prediction = {**GOLD, "issues": [{"id": "trade", "evidence": [[0, 1]]}]}
    listed = "== tiny\n  missed issue: climate-change\n  spurious issue: trade\n"
    assert format_errors(scores_of(prediction)) == listed


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Stimson Center’s Board", "stimson center board"),
        ("an  Embassy_of Japan.", "embassy of japan"),
        ("US-Japan", "us japan"),
        ("9/11", "9/11"),
        ("U.S.", "u s"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    """Names are compared without case, punctuation, article and inner possessive."""
    assert fold(name) == folded


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    """The error names what was looked for."""
    with pytest.raises(SourceNotFound, match=r"no annotated article \(NAME\.txt with NAME\.gold\.json\)"):
        read_annotations(tmp_path)


def test_annotated_articles_are_complete() -> None:
    """Each of the project's own annotated articles has its text, and every passage lies in it."""
    assert len(read_annotations(ARTICLES)) == 18
    assert len(read_annotations(HELD_OUT)) == 4
    texts = {**article_texts(ARTICLES), **article_texts(HELD_OUT)}
    for name, gold in {**read_annotations(ARTICLES), **read_annotations(HELD_OUT)}.items():
        length = len(texts[name])
        own = score({name: gold}, {name: gold}, {name: length}, {})
        assert {layer: count.f1 for layer, count in own.totals.items()} == dict.fromkeys(LAYERS, 1.0)


def test_annotated_articles_keep_to_the_scheme() -> None:
    """Every issue is one of the vocabulary, and a position's issue is listed among the issues."""
    known = set(issue_parents())
    for gold in (*read_annotations(ARTICLES).values(), *read_annotations(HELD_OUT).values()):
        listed = {issue["id"] for issue in gold["issues"]}
        assert listed <= known
        assert {position["issue"] for position in gold["positions"]} <= listed


def test_evaluate_runs_extraction() -> None:
    """Every annotated article is read and scored, and all that is claimed has a passage in its text."""
    scores = evaluate(ARTICLES)
    assert [document.name for document in scores.documents] == [
        "column-burden-sharing",
        "commentary-eastern-flank",
        "communique-quad-kochi",
        "conference-report-korea-japan",
        "joint-statement-australia-philippines",
        "joint-statement-india-germany",
        "news-africa-peacekeeping",
        "news-gulf-tanker-strike",
        "op-ed-taiwan-chips",
        "op-ed-turkey-expellers",
        "press-release-eu-india-trade",
        "report-ecowas-niger",
        "speech-finland-nato",
        "speech-folketing",
        "telegram-nuclear-fleet-1964",
        "telegram-seoul-1970",
        "transcript-arctic-press-conference",
        "wire-hypersonic-missile",
    ]
    assert scores.totals["evidence"].precision == 1.0


def perturbed(gold: Annotated, rng: random.Random) -> Annotated:
    """An annotation with some items dropped, renamed, retyped, shifted or given to others."""
    prediction: Annotated = json.loads(json.dumps(gold))
    for layer in ("actors", "issues", "events", "relations", "positions"):
        prediction[layer] = [item for item in prediction[layer] if rng.random() > 0.2]
        for item in prediction[layer]:
            if rng.random() < 0.4:
                alter(item, gold, rng)
    return prediction


def alter(item: Annotated, gold: Annotated, rng: random.Random) -> None:
    """Change one thing about an item, at random."""
    issues = [issue["id"] for issue in gold["issues"]]
    changes: dict[str, list[Any]] = {
        "type": ["State", "meeting", "statement", "Person"],
        "name": ["Someone Else", gold["actors"][0]["name"].upper()],
        "names": [[], ["Nobody"], gold["actors"][-1]["names"]],
        "date": [None, "2024", "2024-05-06"],
        "issue": [*issues, "economy-and-trade", "regional-security", "defence-and-security"],
        "stance": ["supports", "commits", "concern", "opposes", "neutral"],
        "holder": [actor["id"] for actor in gold["actors"]],
        "object": [actor["id"] for actor in gold["actors"]],
        "evidence": [[], [[0, 40]], [[10, 10_000_000]]],
    }
    key = rng.choice([key for key in changes if key in item])
    item[key] = rng.choice(changes[key])


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not beside this checkout")
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_reference_scorer_agrees(tmp_path: Path, seed: int) -> None:
    """The same counts and the same table as the reference scorer, on perturbed annotations."""
    rng = random.Random(seed)
    gold = read_annotations(SHARED / "dev")
    predictions = {name: perturbed(one, rng) for name, one in gold.items() if rng.random() > 0.1}
    for name, prediction in predictions.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(prediction), encoding="utf-8")
    lengths = {name: len(text(SHARED / "dev" / f"{name}.txt")) for name in gold}
    scores = score(gold, predictions, lengths)
    reference = json.loads(reference_output(tmp_path, "--json"))
    assert {
        layer: {
            "precision": count.precision,
            "recall": count.recall,
            "f1": count.f1,
            "gold": count.gold,
            "predicted": count.predicted,
        }
        for layer, count in scores.totals.items()
    } == reference
    assert format_table(scores) == reference_output(tmp_path)


def text(path: Path) -> str:
    """The characters of a file, line ends as they are."""
    with path.open(encoding="utf-8", newline="") as handle:
        return handle.read()


def reference_output(predicted: Path, *options: str) -> str:
    """What the reference scorer prints."""
    copy = shutil.copytree(SHARED / "dev", predicted / "gold", dirs_exist_ok=True)
    command = [sys.executable, str(SCORER), str(copy), str(predicted), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
