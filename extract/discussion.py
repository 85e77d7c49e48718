"""When an article really discusses an issue: what each place counts, and the narrowest issue that fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from alliancegraph.extract.issues import Hit
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

WEIGHT: Final = {
    "strong": 1.0,
    "near": 0.8,
    "implied": 0.8,
    "meaning": 0.8,
    "spread": 0.5,
    "weak": 0.5,
    "hint": 0.1,
}
"""What one place says for an issue, by the kind of hit."""
HINTING: Final = frozenset({"weak", "hint"})
PASSING_WEIGHT: Final = 0.5
"""What is left of a place that only tells the time of something else."""
STEPS: Final = 4
INNER: Final = frozenset({"pobj", "compound", "poss", "amod", "nmod", "conj", "nsubj", "nsubjpass"})
POSITION_WEIGHT: Final = 0.2
TOP_WEIGHT: Final = 0.5
"""What a place says for an issue that has narrower ones."""
ENOUGH: Final = 1.0
LEAST: Final = 0.5
"""What is enough for a text; a short one of less than five sentences needs less."""
BLOCK_WEIGHT: Final = {
    "title": 0.5,
    "heading": 0.5,
    "footnote": 0.5,
    "bio": 0.0,
    "byline": 0.0,
    "dateline": 0.0,
}


def discussed(
    text: Text, hits: Sequence[Hit], vocabulary: Vocabulary, taken: Iterable[str] = ()
) -> dict[str, tuple[list[Hit], float]]:
    """The issues that an article really discusses, with their places and a score of one and more.

    Issues on which somebody takes a position (`taken`) need a little less.
    """
    positions = set(taken)
    marks = vocabulary.words("time-mark")
    by_issue: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_issue[hit.issue].append(hit)
    found: dict[str, tuple[list[Hit], float]] = {}
    top = {issue.id for issue in vocabulary.issues if issue.broader is None}
    enough = min(ENOUGH, LEAST + 0.1 * sum(1 for _ in text.sentences()))
    for issue in sorted(by_issue):
        score = _score(text, by_issue[issue], marks) * (TOP_WEIGHT if issue in top else 1.0) + (
            POSITION_WEIGHT if issue in positions else 0.0
        )
        if score >= enough - 1e-9:
            found[issue] = (by_issue[issue], score)
    return _narrowest(found, vocabulary)


def _score(text: Text, hits: Sequence[Hit], marks: frozenset[str]) -> float:
    """The weights of the best places, one for each sentence; of a phrase that only hints its first place alone."""
    best: dict[int, float] = {}
    hinted: set[str] = set()
    for hit in hits:
        weight = WEIGHT[hit.kind]
        if hit.kind in HINTING:
            if hit.phrase in hinted:
                continue
            hinted.add(hit.phrase)
        elif is_time_mark(text, hit, marks):
            weight *= PASSING_WEIGHT
        block = text.block_at(hit.start)
        weight *= BLOCK_WEIGHT.get(block.kind if block else "body", 1.0)
        sentence = text.sentence_number(hit.start)
        best[sentence] = max(best.get(sentence, 0.0), weight)
    return sum(best.values())


def is_time_mark(text: Text, hit: Hit, marks: frozenset[str]) -> bool:
    """Whether a place only tells when something else was: "since the invasion of …", "in the first week of the war"."""
    word = text.tokens(hit.start, hit.end).root
    for _ in range(STEPS):
        if word.dep_ in ("pobj", "pcomp") and word.head.lower_ in marks:
            return True
        if word.dep_ == "advcl":
            return any(child.dep_ == "mark" and child.lower_ in marks for child in word.children)
        if word.dep_ not in INNER and not (word.dep_ == "prep" and word.lower_ == "of"):
            return False
        word = word.head
    return False


def _narrowest(
    found: dict[str, tuple[list[Hit], float]], vocabulary: Vocabulary
) -> dict[str, tuple[list[Hit], float]]:
    """Without the issues whose every place is one of a narrower issue that is discussed."""
    parents = {issue.id: issue.broader for issue in vocabulary.issues}
    kept = {}
    for issue, (hits, score) in found.items():
        narrower = [other for other in found if parents.get(other) == issue]
        if not narrower:
            kept[issue] = (hits, score)
    return kept
