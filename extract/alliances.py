"""Who is allied with whom and a member of what: said by frames, by appositions, or presupposed by names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import Reference, References
from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.relation import Found
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

GROUPS: Final = frozenset({"StateGrouping", "IntergovernmentalOrganization"})
SMALL_GROUP: Final = 4
NAMED_SHARE: Final = 0.6
LARGE_GROUP: Final = 12
NEAR: Final = 700


class AllianceFinder:
    """Finds the members and allies of one text beyond what single frames say."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References) -> None:
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary
        self._references = references
        self._alliance = vocabulary.words("alliance-word")
        self._within = vocabulary.words("membership-preposition")
        self._ally = vocabulary.words("ally-noun")
        self._pact = vocabulary.words("alliance-with")
        self._member = vocabulary.words("member-noun")
        self._belonging = vocabulary.words("belonging-verb")
        self._joining = vocabulary.words("joining-verb")
        self._entry = vocabulary.words("entry-noun")
        self._states = {
            iri: frozenset(m.member for m in vocabulary.members.get(iri, ()) if m.end is None)
            for iri, member in cast.members.items()
            if member.type in GROUPS
        }
        self._ever = {
            iri: frozenset(m.member for m in vocabulary.members.get(iri, ())) for iri in self._states
        }

    @cached_property
    def _treaties(self) -> frozenset[frozenset[str]]:
        """The pairs of states that have an alliance of their own in the vocabulary."""
        named = ((iri, members) for iri, members in self._vocabulary.members_of.items() if len(members) == 2)
        return frozenset(
            frozenset(members) for iri, members in named if any(w in iri for w in self._alliance)
        )

    def alliances(self) -> Iterator[Found]:
        """Every membership and alliance, as often as it is found."""
        for naming in self._cast.namings:
            if naming.actor in self._states:
                yield from self._presupposed(naming)
        for token in self._text.doc:
            lemma = token.lemma_.casefold()
            if token.pos_ in ("NOUN", "PROPN") and lemma in self._ally:
                yield from self._allies(token)
            if token.pos_ in ("NOUN", "PROPN") and (lemma in self._member or lemma in self._ally):
                yield from self._members(token)
            if token.pos_ == "VERB" and lemma in self._belonging:
                yield from self._belongs(token)
            elif token.pos_ == "NOUN" and lemma in self._entry:
                yield from self._enters(token)
            if self._joins(token, lemma):
                yield from self._with(token)

    # ------------------------------------------------------------ presupposed by a name
    def _presupposed(self, naming: Naming) -> Iterator[Found]:
        members = self._states[naming.actor]
        present = sorted(m for m in members if self._is_named(m))
        most = len(members) <= LARGE_GROUP and len(present) >= NAMED_SHARE * len(members)
        if 1 < len(members) <= SMALL_GROUP or (most and len(present) > 1):
            for member in present:
                yield Found(member, "memberOf", naming.actor, naming.start, naming.end, 0.7)
        else:
            yield from self._acting_in(naming, members)
        name = self._cast.members[naming.actor].name.casefold()
        if any(w in name for w in self._alliance) and 1 < len(members) <= SMALL_GROUP and "–" in name:
            for first, second in combinations(present, 2):
                yield Found(first, "alliedWith", second, naming.start, naming.end, 0.7)

    def _is_named(self, actor: str) -> bool:
        return actor in self._cast.members and bool(self._cast.members[actor].namings)

    def _acting_in(self, naming: Naming, members: frozenset[str]) -> Iterator[Found]:
        """ "Both countries work together in the G20": members that are subject of a verb with the organisation in its phrase."""
        token = self._head(naming)
        while token.dep_ in ("conj", "appos") and token.head.i != token.i:
            token = token.head
        preposition = token.head
        if token.dep_ != "pobj" or preposition.lower_ not in self._within:
            return
        verb = preposition
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        subjects = syntax.subjects(verb) if verb.pos_ in ("VERB", "AUX") else ()
        found = [(r, s) for s in subjects for r in self._references.of(s)]
        if not found and len(self._references.speakers) > 1:
            found = [(Reference(s, 0.7), token) for s in self._references.speakers]
        for reference, subject in found:
            if reference.actor in members:
                start, end = min(subject.idx, naming.start), max(naming.end, subject.idx + len(subject.text))
                yield Found(reference.actor, "memberOf", naming.actor, start, end, 0.6)

    def _head(self, naming: Naming) -> Token:
        return self._text.token_at(max(naming.start, naming.end - 1))

    # ------------------------------------------------------------ allies
    def _allies(self, ally: Token) -> Iterator[Found]:
        """ "America's two Asian allies", "its ally Japan", "an ally, the United States"."""
        owners = self._of_type(self._owners(ally), ("State",))
        others = self._of_type(self._called(ally), ("State",))
        if not owners and others:
            owners = self._of_type(self._having(ally), ("State",))
        if owners and not others:
            others = [s for s in self._taken_up(ally) if s not in owners]
            owners = self._by_treaty(ally, owners, others)
        for owner in owners:
            for other in others:
                if other != owner and other not in owners:
                    yield self._found(ally, other, "alliedWith", owner, 0.65)

    def _by_treaty(self, ally: Token, owners: list[str], others: list[str]) -> list[str]:
        """For "its allies": of the states named shortly before, the one that is known to be allied with them."""
        if not any(c.dep_ == "poss" and c.pos_ == "PRON" for c in ally.lefts) or not others:
            return owners
        near = [n.actor for n in self._cast.namings if ally.idx - NEAR <= n.start < ally.idx]
        for state in (*owners, *dict.fromkeys(reversed(near))):
            if all(frozenset((state, other)) in self._treaties for other in others):
                return [state]
        return owners

    def _owners(self, noun: Token) -> Iterator[Token]:
        """Whose allies or members they are: possessor, adjective, "of X"."""
        yield from syntax.possessors(noun)
        yield from (c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod"))
        yield from syntax.prepositional(noun, "of")

    def _called(self, noun: Token) -> Iterator[Token]:
        """Who is called so: apposition, subject of "is", the name after it."""
        for child in noun.children:
            if child.dep_ == "appos":
                yield from syntax.conjuncts(child)
        if noun.tag_ == "NNS" and not any(c.dep_ == "cc" for c in noun.children):
            yield from (c for c in noun.conjuncts if c.i > noun.i)  # "the allies, Japan and Korea"
        if noun.dep_ in ("appos", "compound", "nmod") and noun.head.pos_ == "PROPN":
            yield from syntax.conjuncts(noun.head)
        following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
        if following.pos_ == "PROPN" and following.dep_ not in ("nsubj", "nsubjpass"):
            yield from syntax.conjuncts(following)
        if noun.dep_ in ("attr", "conj") and noun.head.lemma_ in ("be", "become", "remain"):
            yield from syntax.subjects(noun.head)

    def _having(self, noun: Token) -> Iterator[Token]:
        """ "The two neighbours share an ally, the United States": the subject of the verb."""
        above = noun.head
        while (
            above.dep_ in ("conj", "dobj") and above.pos_ not in ("VERB", "AUX") and above.head.i != above.i
        ):
            above = above.head
        if above.pos_ in ("VERB", "AUX") and above.lemma_ in ("have", "share", "keep"):
            yield from syntax.subjects(above)

    def _taken_up(self, ally: Token) -> list[str]:
        """The states that a plural ("the two allies") takes up, or else announces."""
        if ally.tag_ not in ("NNS", "NNPS"):
            return []
        found = [r.actor for r in self._references.of(ally)] or list(self._references.announced(ally))
        return [a for a in found if self._cast.type_of(a) == "State"]

    def _joins(self, token: Token, lemma: str) -> bool:
        """Whether a word tells of an alliance with somebody: "alliance", "alliance partnership", "allied"."""
        if token.pos_ in ("VERB", "ADJ"):
            return lemma in self._ally or token.lower_ == "allied"
        if token.pos_ not in ("NOUN", "PROPN"):
            return False
        return lemma in self._pact or any(
            c.lower_ in self._pact and c.dep_ == "compound" for c in token.lefts
        )

    def _with(self, word: Token) -> Iterator[Found]:
        """ "Australia's alliance with the United States", "is allied with", "their alliances with"."""
        others = [t for w in ("with", "to") for t in syntax.prepositional(word, w)]
        if not others or syntax.negated(word):
            return
        owners = self._of_type(syntax.possessors(word), ("State",))
        if not owners and word.pos_ in ("VERB", "ADJ"):
            verb = word if word.pos_ == "VERB" else word.head
            subject = syntax.grammatical_subject(verb)
            owners = self._of_type(syntax.conjuncts(subject), ("State",)) if subject is not None else []
        elif not owners:
            verb_above = syntax.verb_above(word)
            owners = self._of_type(syntax.subjects(verb_above), ("State",)) if verb_above is not None else []
        for owner in owners:
            for other in self._of_type(others, ("State",)):
                if other != owner:
                    yield self._found(word, owner, "alliedWith", other, 0.65)

    # ------------------------------------------------------------ members
    def _members(self, noun: Token) -> Iterator[Found]:
        """ "NATO member Turkey", "the other three members, Kuwait, Qatar and Oman", "Finland, a member of the EU"."""
        if self._is_unreal(noun):
            return
        groups = self._of_type(self._owners(noun), GROUPS)
        states = self._of_type((*self._called(noun), *self._apposed_to(noun)), ("State",))
        if groups:
            yield from (self._found(noun, s, "memberOf", g, 0.7) for g in groups for s in states)
            return
        for group in self._latest_groups(noun) if states and noun.lemma_.casefold() in self._member else ():
            if set(states) <= self._ever[group]:
                yield from (self._found(noun, s, "memberOf", group, 0.65) for s in states)
                return

    @staticmethod
    def _is_unreal(word: Token) -> bool:
        """Whether a word is denied, or what it says only hoped for: "hopes to become a member"."""
        verb = word.head if word.dep_ in ("attr", "dobj", "conj") else word
        wished = any(c.tag_ == "MD" or (c.dep_ == "aux" and c.lower_ == "to") for c in verb.children)
        return wished or syntax.negated(word)

    def _apposed_to(self, noun: Token) -> Iterator[Token]:
        if noun.dep_ == "appos":
            yield from syntax.conjuncts(noun.head)
        yield from (t for t in syntax.prepositional(noun, "including"))
        yield from (t for t in syntax.prepositional(noun, "like"))

    def _latest_groups(self, token: Token) -> Iterator[str]:
        """The groups named before a word, the latest first."""
        before = [n.actor for n in self._cast.namings if n.end <= token.idx and n.actor in self._states]
        yield from dict.fromkeys(reversed(before))

    def _belongs(self, verb: Token) -> Iterator[Found]:
        """ "France would not leave NATO": what a member does to its membership, done or not; joining must be real."""
        if verb.lemma_ in self._joining and self._is_unreal(verb):
            return
        subjects = self._of_type(syntax.subjects(verb), ("State",))
        objects = [*syntax.objects(verb)]
        for word in ("from", "of", "in", "to"):
            objects += syntax.prepositional(verb, word)
        for group in self._of_type(objects, GROUPS):
            for state in subjects:
                if state in self._ever.get(group, ()):
                    yield self._found(verb, state, "memberOf", group, 0.65)

    def _enters(self, noun: Token) -> Iterator[Found]:
        """ "Sweden's accession to NATO", "their departure from the bloc"; of a state that is or was a member."""
        owners = [*syntax.possessors(noun), *syntax.prepositional(noun, "of")]
        if not any(self._references.of(t) for t in owners):
            verb = syntax.verb_above(noun)
            owners = list(syntax.subjects(verb)) if verb is not None else []
        groups = [t for w in ("to", "from", "of", "in", "into") for t in syntax.prepositional(noun, w)]
        groups += [c for c in noun.lefts if c.dep_ == "compound"]
        for group in self._of_type(groups, GROUPS):
            for state in self._of_type(owners, ("State",)):
                if state in self._ever.get(group, ()):
                    yield self._found(noun, state, "memberOf", group, 0.65)

    # ------------------------------------------------------------ help
    def _of_type(self, tokens: Iterable[Token], types: Iterable[str]) -> list[str]:
        wanted = frozenset(types)
        found = [r.actor for t in tokens for r in self._references.of(t)]
        return [a for a in dict.fromkeys(found) if self._cast.type_of(a) in wanted]

    def _found(self, word: Token, subject: str, predicate: str, target: str, confidence: float) -> Found:
        """With the passage from the first to the last of the words that say it, within the sentence."""
        sentence = self._text.sentence_of(word)
        spans = [
            (n.start, n.end)
            for n in self._cast.within(sentence.start_char, sentence.end_char)
            if n.actor in (subject, target)
        ]
        first = min([word.left_edge.idx if word.pos_ == "NOUN" else word.idx, *(s for s, _ in spans)])
        last = max([word.idx + len(word.text), *(e for _, e in spans)])
        return Found(subject, predicate, target, max(first, sentence.start_char), last, confidence)
