"""Who holds an attitude: those named in its frame, whoever speaks, or those in whose eyes it is so."""

from __future__ import annotations

from alliancegraph.extract import syntax
from alliancegraph.extract.authorship import Authorship
from alliancegraph.extract.coreference import Reference, References
from alliancegraph.extract.frames import FrameMatch
from alliancegraph.extract.tokens import Span, Token
from alliancegraph.extract.topics import clause_head
from alliancegraph.extract.voices import Voice, Voices
from alliancegraph.ontology.vocabulary import Vocabulary


class Holders:
    """Takes the attitudes of one text back to actors."""

    def __init__(
        self, references: References, voices: Voices, authorship: Authorship, vocabulary: Vocabulary
    ) -> None:
        self._references = references
        self._voices = voices
        self._authorship = authorship
        self._calling = vocabulary.words("calling-verb")
        self._first_person = vocabulary.words("first-person") | vocabulary.words("first-person-plural")

    def named(self, match: FrameMatch, place: Span, voice: Voice | None) -> tuple[Reference, ...]:
        """Those who fill the holder's role of a frame."""
        found: list[Reference] = []
        for token in match.get("holder"):
            if voice is not None and token.lower_ in self._first_person:
                found += voice.speakers
            elif not place.start <= token.i < place.end or token.ent_type_:
                found += self._references.of(token) or self._announced(token)
        if not found and match.frame.part_of_speech == "verb" and not match.get("holder"):
            found += self._voices.person_to_the_left(match.head) or self._signatories(match.head, voice)
        return tuple(dict.fromkeys(found))

    def _signatories(self, verb: Token, voice: Voice | None) -> tuple[Reference, ...]:
        """Those who sign a joint text, for a participle that hangs on nothing: "Recalling …", "Committed to …"."""
        if self._authorship.kind != "joint" or voice is not None or verb.tag_ not in ("VBG", "VBN"):
            return ()
        return self.speaking(None) if syntax.grammatical_subject(verb) is None else ()

    def _announced(self, token: Token) -> tuple[Reference, ...]:
        """ "Despite its fear, Italy …": a possessive before the subject that it announces."""
        if token.tag_ != "PRP$":
            return ()
        verb = clause_head(token)
        subject = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.i > token.i), None)
        return self._references.of(subject) if subject is not None else ()

    def speaking(self, voice: Voice | None) -> tuple[Reference, ...]:
        """Whoever speaks: the one who is reported, else those whose text it is."""
        if voice is not None:
            return voice.speakers
        return tuple(Reference(holder, 0.9) for holder in self._authorship.holders)

    def for_whom(self, head: Token) -> tuple[Reference, ...]:
        """ "For Estonia, … is a danger", "Oslo called it a danger": the one in whose eyes it is so."""
        judging = syntax.judging_verb(head)
        if judging is not None and judging.lemma_.casefold() in self._calling:
            return tuple(
                dict.fromkeys(r for name in syntax.subjects(judging) for r in self._references.of(name))
            )
        verb = head
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        for child in verb.lefts:
            if child.dep_ == "prep" and child.lower_ in ("for", "to") and _followed_by_comma(child):
                names = (t for c in child.children if c.dep_ == "pobj" for t in syntax.conjuncts(c))
                found = [r for name in names for r in self._references.of(name)]
                if found:
                    return tuple(dict.fromkeys(found))
        return ()

    def addressee(self, match: FrameMatch, holder: str) -> str | None:
        """To whom it is said."""
        found = [r.actor for t in match.get("addressee") for r in self._references.of(t)]
        return next((a for a in found if a != holder), None)

    def are_authors(self, holders: tuple[Reference, ...]) -> bool:
        """Whether one of them is whose text it is."""
        return any(holder.actor in self._authorship.holders for holder in holders)


def _followed_by_comma(phrase: Token) -> bool:
    following = phrase.right_edge.i + 1
    return following < len(phrase.doc) and phrase.doc[following].text == ","
