"""Interchange JSON holds an extraction completely, fits its schema, and wrong data is told in one line."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction
from jsonschema import Draft202012Validator

from alliancegraph.extract.interchange import from_json, json_schema, json_text, to_json
from alliancegraph.ontology.errors import ReadingError

MINIMAL = {
    "document": {"title": None, "authors": [], "publisher": None, "date": None},
    "actors": [{"id": "a1", "type": "State", "name": "Japan", "names": ["Tokyo"], "wikidata": None}],
    "issues": [{"id": "trade", "evidence": [[0, 4]]}],
    "events": [],
    "relations": [{"subject": "a1", "predicate": "authorOf", "object": "document", "evidence": [[0, 4]]}],
    "positions": [],
}


@pytest.mark.parametrize("make", [sample_extraction, second_extraction])
def test_round_trip(make: Callable[[], Any]) -> None:
    """What is written is read back as it was."""
    assert from_json(json.loads(json_text(make()))) == make()


def test_document() -> None:
    """The document with the keys of annotated articles and some more."""
    assert to_json(sample_extraction())["document"] == {
        "title": "Allies at Lake Toya: a “quiet” week",
        "authors": ["Hana Moriyama"],
        "publisher": "Example Review",
        "date": "2008-07-11",
        "iri": document_iri(TEXT),
        "source": "lake-toya.txt",
        "media_type": "text/plain",
        "language": "en",
        "url": None,
        "text": TEXT,
    }


def test_statements() -> None:
    """An actor, an issue, an event, a relation and a position as annotated articles have them."""
    data = to_json(sample_extraction())
    assert data["actors"][4] == {
        "id": "a5",
        "iri": "https://w3id.org/alliancegraph/actor/ministry-of-the-environment-of-japan",
        "type": "GovernmentBody",
        "name": "Ministry of the Environment of Japan",
        "names": ["Ministry of the Environment"],
        "wikidata": None,
        "mentions": [[458, 485]],
        "mention_quotes": ["Ministry of the Environment"],
        "confidence": 0.8,
    }
    assert data["issues"][2] == {
        "id": "climate-change",
        "iri": "https://w3id.org/alliancegraph/issue/climate-change",
        "evidence": [[179, 206], [297, 341]],
        "quotes": ["halve our emissions by 2050", "its coal plants were a danger to the climate"],
        "confidence": 0.9,
    }
    assert data["events"][1] == {
        "id": "e2",
        "iri": "https://w3id.org/alliancegraph/event/september-11-attacks",
        "type": "attack",
        "name": "September 11 attacks",
        "names": ["September 11 attacks"],
        "date": "2001-09-11",
        "place": "New York",
        "evidence": [[535, 555]],
        "quotes": ["September 11 attacks"],
        "confidence": 0.92,
    }
    assert data["relations"][5] == {
        "subject": "a4",
        "predicate": "affiliatedWith",
        "object": "a1",
        "role": "Minister of the Environment",
        "evidence": [[214, 264]],
        "quotes": ["Taro Example, Minister of the Environment of Japan"],
        "confidence": 0.9,
    }
    assert data["positions"][1] == {
        "holder": "a2",
        "stance": "concern",
        "issue": "climate-change",
        "voice": "reported",
        "addressee": "a3",
        "date": "2008-07-11",
        "evidence": [[266, 341]],
        "quotes": ["Washington warned Beijing that its coal plants were a danger to the climate"],
        "confidence": 0.72,
    }


def test_schema_is_a_schema() -> None:
    """The schema fits the schema of schemas, and what is written fits it."""
    Draft202012Validator.check_schema(json_schema())
    Draft202012Validator(json_schema()).validate(to_json(sample_extraction()))


def test_annotated_articles_fit() -> None:
    """The format without our own keys fits the schema too."""
    Draft202012Validator(json_schema()).validate(MINIMAL)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The sample as JSON with one value changed, or removed if it is `...`."""
    data: Any = copy.deepcopy(to_json(sample_extraction()))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = data
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return data  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (
            "positions.0.stance",
            "loves",
            "at $.positions[0].stance: 'loves' is not one of ['supports', 'proposes', 'commits', 'concern', "
            "'opposes', 'neutral']",
        ),
        ("positions.0.holder", "a99", "no actor or event has the id 'a99'"),
        ("positions.1.addressee", "e1", "no actor or event has the id 'e1'"),
        ("relations.1.object", "e99", "no actor or event has the id 'e99'"),
        ("relations.0.subject", "document", "no actor or event has the id 'document'"),
        ("issues.0.evidence", [[5, 5]], "[5, 5] is no passage of the text"),
        ("issues.0.evidence", [[0, 999999]], "[0, 999999] is no passage of the text"),
        ("actors.0.confidence", 1.5, "at $.actors[0].confidence: 1.5 is greater than the maximum of 1"),
        ("actors.0.iri", ..., "the extraction lacks the key 'iri'; write it with extract --format json"),
        ("events", ..., "at $: 'events' is a required property"),
        ("document.date", "July 2008", "at $.document.date: 'July 2008' does not match"),
    ],
)
def test_wrong_data(path: str, value: Any, message: str) -> None:
    """What is wrong is told with its place, in one line."""
    with pytest.raises(ReadingError) as caught:
        from_json(changed(path, value))
    assert str(caught.value).startswith(f"lake-toya.txt: {message}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [[], {}, "text", None, {"document": 3}])
def test_not_an_extraction(data: Any) -> None:
    """Other JSON is refused."""
    with pytest.raises(ReadingError, match=r"^extraction: at \$"):
        from_json(data)
