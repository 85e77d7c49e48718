"""Who speaks where no one is named: the authors, the signatories of a joint text, or an unnamed author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alliancegraph.extract.cast import Cast
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.happening import Happening
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.people import actor_iri
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

UNNAMED: Final = "the author"
OPENING_CHARACTERS: Final = 700
NOTE: Final = 3
"""A note of so few sentences in which nobody is reported to speak is its author's."""
OWN: Final = 3
DEMANDS: Final = 3
DEMAND_SHARE: Final = 0.08
"""Sentences in the first person, or that demand something, which show that a text without byline has an author."""


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who speaks: `kind` is `signed` (op-ed, speech), `joint` (states speak together), `unnamed` or `none` (news).

    `holders` are the actors whose view the running text is; `leaders` those who issue a joint text for their states.
    """

    kind: str
    holders: tuple[str, ...]
    leaders: tuple[str, ...] = ()


def authorship(text: Text, cast: Cast, vocabulary: Vocabulary) -> Authorship:
    """Whose view the running text is."""
    authors = tuple(dict.fromkeys(cast.authors.values()))
    signatories = _signatories(text, cast, vocabulary)
    if len(signatories) > 1:
        return Authorship("joint", signatories, _leaders(text, cast, vocabulary))
    if authors:
        return Authorship("signed", authors)
    if _speaks_in_own_voice(text, vocabulary):
        return Authorship("unnamed", (_unnamed(text.document.iri),))
    return Authorship("none", ())


def _unnamed(document: str) -> str:
    """The unnamed author of this document, who is not that of another."""
    return actor_iri(f"{UNNAMED} of {document.rpartition('/')[2]}")


def _signatories(text: Text, cast: Cast, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The states named in the opening of a text whose title says that it is a joint one."""
    title = (text.document.title or "").casefold()
    if not any(word in title for word in vocabulary.words("joint-text")):
        return ()
    named = [n for n in cast.within(0, _opening(text)) if cast.type_of(n.actor) == "State"]
    counts = {n.actor: sum(1 for m in cast.namings if m.actor == n.actor) for n in named}
    leading = sorted(counts, key=lambda a: (-counts[a], a))
    most = counts[leading[0]] if leading else 0
    return tuple(a for a in dict.fromkeys(n.actor for n in named) if counts[a] * 4 >= most)


def _opening(text: Text) -> int:
    """Where the title and the first paragraph end."""
    body = next((b for b in text.clean.blocks if b.kind in ("body", "item") and b.end - b.start > 80), None)
    return body.end if body is not None else OPENING_CHARACTERS


def _leaders(text: Text, cast: Cast, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The persons of the opening who are named there with their office."""
    titles, words = vocabulary.words("person-title"), text.words
    found = []
    for naming in cast.within(0, _opening(text)):
        if cast.type_of(naming.actor) == "Person":
            around = [w.text.casefold() for w in words[max(0, naming.first - 8) : naming.first]]
            if any(word in titles for word in around):
                found.append(naming.actor)
    return tuple(dict.fromkeys(found))


def _speaks_in_own_voice(text: Text, vocabulary: Vocabulary) -> bool:
    """Whether a text without byline argues: first person outside quotation marks, or demands that nobody is said to make."""
    reports = frame_matcher(vocabulary, "relation:reports")
    demands = frame_matcher(vocabulary, "stance:proposes")
    own = claims = sentences = told = 0
    for sentence in text.sentences():
        sentences += 1
        if any(token.text == '"' for token in sentence):
            told += 1
            continue
        own += any(_first_person(token, vocabulary) for token in sentence)
        if any(True for _ in reports.matches(sentence)):
            told += 1
            continue
        claims += any(_by_author(match) for match in demands.matches(sentence))
    views = claims >= DEMANDS and claims >= DEMAND_SHARE * sentences
    return own >= OWN or views or (told == 0 and sentences <= NOTE)


def _first_person(token: Token, vocabulary: Vocabulary) -> bool:
    plural = vocabulary.words("first-person-plural")
    return token.lower_ in vocabulary.words("first-person") or (token.lower_ in plural and token.text != "US")


def _by_author(match: FrameMatch) -> bool:
    return any(grammar == "author" for grammar, _ in match.frame.slots)


def with_own_event(text: Text, author: Authorship, happenings: Sequence[Happening]) -> list[Happening]:
    """A joint text is itself an agreement of those who issue it; a name of an event in its title is its own."""
    title = next(text.clean.of("title"), None)
    if author.kind != "joint" or title is None:
        return list(happenings)
    inside = [
        h
        for h in happenings
        if title.start <= h.start and h.end <= title.end and not h.verbal and h.iri is None
    ]
    whole = text.clean.block_text(title)
    names = dict.fromkeys([whole, *(name for h in inside for name in h.names)])
    roles = tuple(("participatesIn", actor) for actor in (*author.holders, *author.leaders))
    own = Happening(
        "agreement", text.token_at(title.start).i, title.start, title.end, inside[0].name if inside else whole,
        tuple(names), roles, date=text.document.date, confidence=0.85, definite=True, own=True,
    )  # fmt: skip
    issuers = {*author.holders, *author.leaders}
    return [own, *(h for h in happenings if h not in inside and not _speaks(h, issuers))]


def _speaks(happening: Happening, issuers: set[str]) -> bool:
    """Whether a verb only tells what those who issue the text agree or declare in it."""
    actors = {actor for _, actor in happening.roles}
    return (
        happening.verbal
        and happening.type in ("agreement", "statement")
        and bool(actors)
        and actors <= issuers
    )
