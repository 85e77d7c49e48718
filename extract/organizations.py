"""Organisations that the vocabulary does not know: by the language model, by their head word, by brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.people import actor_iri
from alliancegraph.ontology.vocabulary import Vocabulary

_ACRONYM: Final = re.compile(r"[A-Z][A-Za-z&]*[A-Z][A-Za-z]*s?")
_OFFICES: Final = frozenset({"secretary", "minister", "undersecretary", "commissioner", "spokesman", "envoy"})
_LINK: Final = re.compile(r"( of the | to the | at the | of | for the )")
_BRACKET: Final = re.compile(r"\s?[(\[]\s*(?:the\s+|[\"'“‘])?([A-Z][\w&.-]{1,11})(?:[\"'”’])?\s*[)\]]")


def organizations(
    text: Text, vocabulary: Vocabulary, taken: Sequence[Naming]
) -> Iterator[tuple[Naming, str, str]]:
    """Namings of organisations that no known name covers, each with its type and name."""
    bodies, heads = vocabulary.words("body-head"), vocabulary.words("organization-head")
    titles = vocabulary.words("person-title")
    events, stop = vocabulary.words("event-head"), vocabulary.words("not-an-actor")
    covered = {i for n in taken for i in range(n.start, n.end)}
    for entity in text.doc.ents:
        if entity.label_ not in ("ORG", "NORP", "FAC"):
            continue
        start, end = entity.start_char, entity.end_char
        name = text.plain[start:end]
        trimmed = _trimmed(name, titles, heads | bodies)
        start += name.rfind(trimmed)
        end = start + len(trimmed)
        if _is_title(text, start, end, titles):
            continue
        if any(i in covered for i in range(start, end)) and not _longer(
            start, end, taken, trimmed, heads | bodies
        ):
            continue
        parts = [w.casefold() for w in re.findall(r"\w+", trimmed)]
        if (
            not parts
            or trimmed.casefold() in stop
            or parts[-1] in stop
            or parts[-1] in events
            or parts[0] in stop
        ):
            continue
        kind = _kind(trimmed, parts, heads, bodies, entity.label_)
        if kind is not None and trimmed[0].isupper() and "\n" not in trimmed:
            first = next(i for i, w in enumerate(text.words) if w.end > start)
            last = next((i for i, w in enumerate(text.words) if w.start >= end), len(text.words))
            yield Naming(start, end, first, last, actor_iri(trimmed), "organization"), kind, trimmed


def _trimmed(name: str, titles: frozenset[str], heads: frozenset[str]) -> str:
    """A name without article and possessive, and without an office or a person before "of the": "Chair of the X"."""
    name = re.sub(r"^(?:the|The|a|an|its|their|our|Its|Their|Our)\s+|(?:'s|\s*')$", "", name)
    before, link, after = _LINK.split(name, maxsplit=1) if _LINK.search(name) else ("", "", name)
    words = before.casefold().split()
    is_office = bool(words) and words[-1] in titles
    is_other = link.strip() == "of the" and bool(words) and not heads & set(words)
    return _trimmed(after, titles, heads) if (is_office or is_other) and after[:1].isupper() else name


def _is_title(text: Text, start: int, end: int, titles: frozenset[str]) -> bool:
    """Whether a single word only begins a title: "Treasury Secretary", "Project Professor"."""
    before = text.plain[max(0, start - 70) : start].split()
    while before and (before[-1] == "and" or before[-1][0].isupper()):
        before.pop()
    if len(before) > 1 and before[-1] in ("for", "of") and before[-2].casefold() in titles & _OFFICES:
        return True
    following = re.match(r" ([A-Z][a-z]+)(?: ([A-Z][a-z]+))?", text.plain[end : end + 40])
    plain = text.plain[start:end]
    if following is None or not plain.isalpha() or plain.isupper():
        return False
    return any(word is not None and word.casefold() in titles for word in following.groups())


def _longer(start: int, end: int, taken: Sequence[Naming], name: str, heads: frozenset[str]) -> bool:
    """A name that ends in an organisation's head word wins over known names strictly within it."""
    over = [n for n in taken if n.start < end and start < n.end]
    if re.search(r"\s[-–—|]\s", name) or (len(over) > 1 and " of the " in name):
        return False
    inside = all(start <= n.start and n.end <= end and n.end - n.start < end - start for n in over)
    capitals = sum(w[:1].isupper() for w in name.split())
    if len(over) == 1 and over[0].kind == "pattern" and over[0].start == start and inside:
        return bool(re.match(r"\s(?:on|for|of|against)\s", name[over[0].end - start :]))
    return inside and capitals > 1 and name.split()[-1].casefold() in heads


def _kind(
    name: str, parts: Sequence[str], heads: frozenset[str], bodies: frozenset[str], label: str
) -> str | None:
    capitals = sum(word[:1].isupper() for word in name.split())
    if capitals and any(p in bodies for p in (parts[-1], parts[0])) and len(parts) > 1:
        return "GovernmentBody"
    if capitals and any(p in heads for p in parts) and len(parts) > 1:
        return "Organization"
    if label != "ORG":
        return None
    if _ACRONYM.fullmatch(name) and 3 <= len(name) <= 7:
        return "Organization"
    return "Organization" if capitals == len(name.split()) and name.isascii() and len(parts) <= 5 else None


def abbreviations(text: Text, namings: Sequence[Naming]) -> dict[str, str]:
    """Short names that the text introduces in brackets after a name: `{"NCG": IRI of the group}`."""
    found: dict[str, str] = {}
    for naming in namings:
        match = _BRACKET.match(text.clean.text, naming.end)
        if match is not None and naming.kind != "demonym":
            found.setdefault(match.group(1), naming.actor)
    return found
