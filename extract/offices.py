"""Who holds which office where: titles before names, appositions, copulas, and the notes on authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.coreference import References
from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.known_persons import KnownPersons
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.parts import PartFinder
from alliancegraph.extract.relation import Found
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

EMPLOYERS: Final = frozenset({"Organization", "GovernmentBody", "IntergovernmentalOrganization"})
ROLE_WORDS: Final = 8
NEAR: Final = 60


class OfficeFinder:
    """Finds the offices that the persons of one text hold."""

    def __init__(
        self, text: Text, cast: Cast, vocabulary: Vocabulary, references: References, parts: PartFinder
    ) -> None:
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary
        self._references = references
        self._parts = parts
        self._renowned = KnownPersons(vocabulary, text.document.date, frozenset(cast.members))
        self._titles = vocabulary.words("person-title")
        self._former = vocabulary.words("former")
        self._prepositions = vocabulary.words("office-preposition")
        self._diplomatic = vocabulary.words("diplomatic-office")
        self._honorific = vocabulary.words("honorific")
        self._copulas = vocabulary.words("office-copula")
        self._same_office = vocabulary.words("same-office")
        self._national = vocabulary.words("national-office")

    def offices(self) -> Iterator[Found]:
        """Every office of every person, from each place that tells of it."""
        for naming in self._cast.namings:
            if self._cast.type_of(naming.actor) != "Person" or naming.kind == "title":
                continue
            yield from self._in_byline(naming)
            yield from self._beside_employer(naming)
            before = [*self._office_of(naming), *self._title_before(naming)]
            yield from before
            after = self._apposition(naming)
            yield from (found for found in after if not (before and self._is_of_next(found, naming)))
            yield from self._copula(naming)

    def _is_of_next(self, found: Found, naming: Naming) -> bool:
        """Whether an office after a name belongs to the person after it: "Minister A of X, Minister of Y, B"."""
        following = [n for n in self._cast.within(found.end, found.end + NEAR) if n.start >= found.end]
        person = next((n for n in following if self._cast.type_of(n.actor) == "Person"), None)
        if person is None or person.actor == naming.actor:
            return False
        between = self._text.clean.text[found.end : person.start]
        words = [w.strip(".,").casefold() for w in between.replace(".", " ").split()]
        return between.startswith(",") and all(not w or w in self._honorific for w in words)

    def _in_byline(self, naming: Naming) -> Iterator[Found]:
        """ "By Samir Haddad, Gulf Wire"; "(Anna Berg, Northern Courier)": the name, a comma, the employer."""
        words = self._text.words
        block = self._text.block_at(naming.start)
        bracketed = naming.first > 0 and words[naming.first - 1].text == "("
        if block is None or not (block.kind == "byline" or bracketed) or naming.last + 1 >= len(words):
            return
        other = self._cast.at(words[naming.last + 1].start, words[naming.last + 1].end)
        if words[naming.last].text == "," and other is not None and self._is_employer(other):
            yield Found(naming.actor, "affiliatedWith", other.actor, naming.start, other.end, 0.7)

    def _beside_employer(self, naming: Naming) -> Iterator[Found]:
        """ "Aiko Mori of Kyoto University", "the Commission's Federica Mogherini"."""
        after = self._employer_after(naming)
        if after is not None:
            yield Found(naming.actor, "affiliatedWith", after.actor, naming.start, after.end, 0.7)
        words, owner = self._text.words, naming.first - 1
        if owner > 1 and words[owner].text == "s":
            owner -= 1
        if owner > 0 and words[owner].text == "'":
            before = self._cast.at(words[owner - 1].start, words[owner - 1].end)
            if before is not None and self._cast.type_of(before.actor) != "Person":
                yield Found(naming.actor, "affiliatedWith", before.actor, before.start, naming.end, 0.7)

    def _office_of(self, naming: Naming) -> Iterator[Found]:
        """ "The Foreign Minister of Ethiopia, H.E. Dr. Workneh Gebeyehu", "the President of Chile Ana Rojas"."""
        words, last = self._text.words, naming.first - 1
        while last > 0 and (words[last].text in ",.'" or words[last].text.casefold() in self._honorific):
            last -= 1
        employer = self._cast.at(words[last].start, words[last].end) if last > 0 else None
        if employer is None or employer.end > naming.start or self._cast.type_of(employer.actor) == "Person":
            return
        start = self._text.sentence_at(employer.start).start_char
        role = role_before(self._text, employer, start, self._titles, self._prepositions)
        if role is not None and self._is_sent(role[1], employer):
            inside = self._cast.within(role[0], role[1])
            sender = inside[0] if inside else self._cast.at(role[0] - 2, role[0] - 1)
            if sender is not None and self._cast.type_of(sender.actor) != "Person":
                text = self._text.clean.text[sender.end if inside else role[0] : employer.end]
                yield Found(
                    naming.actor, "affiliatedWith", sender.actor, sender.start, naming.end, 0.8, _role(text)
                )
        elif role is not None:
            text = self._text.clean.text[role[0] : role[1]]
            yield Found(naming.actor, "affiliatedWith", employer.actor, role[0], naming.end, 0.8, _role(text))

    def _is_sent(self, end: int, employer: Naming) -> bool:
        """Whether somebody is sent to a place rather than employed by it: "ambassador to NATO", "envoy for Yemen"."""
        words = self._text.clean.text[end : employer.start].casefold().split()
        title = self._text.clean.text[max(0, end - NEAR) : end].split()[-1].casefold()
        return title in self._diplomatic and bool({"to", "for"}.intersection(words))

    def _is_employer(self, naming: Naming) -> bool:
        return self._cast.type_of(naming.actor) in EMPLOYERS

    def _title_before(self, naming: Naming) -> Iterator[Found]:
        """ "Chilean President Ana Rojas", "former Dutch Prime Minister Jan de Wit", "Finance Secretary Wood"."""
        words = self._text.words
        first = naming.first
        if first > 1 and words[first - 1].text == "," and words[first - 2].text[:1].isupper():
            first -= 1
        while first > 0 and naming.first - first < ROLE_WORDS and self._in_title(first - 1):
            first -= 1
        while first < naming.first and words[first].text.casefold() in ("and", "of", "for", "-", "."):
            first += 1
        if first == naming.first or words[first].text == ",":
            return
        title = [w.text for w in words[first : naming.first] if w.text not in (".", ",")]
        if not any(w.casefold() in self._titles for w in title):
            return
        role = self._text.clean.text[words[first].start : naming.start].strip(" ,")
        employer = self._employer_before(first) or self._office_holder(naming.actor, title)
        if employer is None and any(w.casefold() in self._national for w in title):
            employer = self._state_near(naming, words[first].start)
        after = self._employer_after(naming)
        employer = employer or (after.actor if after is not None else None)
        former = self._is_former(first)
        if employer is not None:
            start = words[first].start
            yield Found(naming.actor, "affiliatedWith", employer, start, naming.end, 0.8, _role(role, former))

    def _state_near(self, naming: Naming, start: int) -> str | None:
        """For a minister without his state: the state after "of", else the one named last before him in the sentence."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        for other in syntax.prepositional(token, "of"):
            for reference in self._references.of(other):
                return reference.actor
        before = self._cast.within(self._text.sentence_of(token).start_char, start)
        states = [n.actor for n in before if self._cast.type_of(n.actor) == "State"]
        return states[-1] if states else None

    def _employer_after(self, naming: Naming) -> Naming | None:
        """ "Professor Aiko Mori of Kyoto University"."""
        words = self._text.words
        index = naming.last
        if index + 1 >= len(words) or words[index].text.casefold() not in ("of", "at", "from"):
            return None
        index += 2 if words[index + 1].text.casefold() == "the" else 1
        other = self._cast.at(words[index].start, words[index].end) if index < len(words) else None
        return other if other is not None and self._is_employer(other) else None

    def _in_title(self, index: int) -> bool:
        word = self._text.words[index]
        if word.text.casefold() in self._titles or (word.text == "." and self._in_title(index - 1)):
            return True
        following = self._text.words[index + 1].text
        naming = self._cast.at(word.start, word.end)
        capital = word.text[:1].isupper() or word.text.casefold() in (
            "of",
            "for",
            "and",
            "prime",
            "foreign",
            "defense",
            "defence",
            "-",
        )
        return naming is None and capital and following.casefold() not in (".",) and word.text.isalpha()

    def _employer_before(self, first: int) -> str | None:
        """The actor named right before the title, possessive or not."""
        index = first - 1
        words = self._text.words
        while index >= 0 and words[index].text in ("'", "’", "s"):
            index -= 1
        while index >= 0 and words[index].text.casefold() in self._former:
            index -= 1
        if index < 0:
            return None
        naming = self._cast.at(words[index].start, words[index].end)
        if naming is not None and self._cast.type_of(naming.actor) != "Person":
            return naming.actor
        return None

    def _is_former(self, first: int) -> bool:
        around = self._text.words[max(0, first - 2) : first + 2]
        return any(w.text.casefold() in self._former for w in around)

    def _office_holder(self, person: str, title: Sequence[str]) -> str | None:
        """For a person that the vocabulary knows: the body, or else its state, of the office that fits the title."""
        office = self._renowned.office(person, title[-1].casefold())
        return self._parts.named_whole(office.organization) if office is not None else None

    def _apposition(self, naming: Naming) -> Iterator[Found]:
        """ "Ana Rojas, Cultural Attaché at the Embassy of Chile, …"."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        seen = {token.i}
        for child in token.children:
            if child.dep_ == "appos" and child.i > token.i and child.i not in seen:
                seen.add(child.i)
                yield from self._described(naming, child)
        if token.dep_ == "appos" and token.head.i not in seen and token.head.pos_ in ("NOUN", "PROPN"):
            yield from self._described(naming, token.head)
        yield from self._after_comma(naming, seen)

    def _after_comma(self, naming: Naming, seen: set[int]) -> Iterator[Found]:
        """The same by words, where the parse went wrong: name, comma, title, preposition, organisation."""
        words = self._text.words
        index = naming.last
        if index >= len(words) or words[index].text != ",":
            return
        title = [words[i] for i in range(index + 1, min(index + 9, len(words)))]
        stop = next(
            (i for i, w in enumerate(title) if w.text.casefold() in self._prepositions or w.text in ",.;"),
            None,
        )
        if stop is None or stop == 0 or title[stop].text.casefold() not in self._prepositions:
            return
        if title[0].text.casefold() in ("and", "or", "but", "with"):
            return
        if not any(w.text.casefold() in self._titles for w in title[:stop]):
            return
        if title[stop].text in ("to", "for") and title[stop - 1].text.casefold() in self._diplomatic:
            return
        following = self._cast.within(title[stop].end, title[stop].end + 90)
        if following and following[0].start - title[stop].end < 40:
            role = self._text.clean.text[title[0].start : title[stop - 1].end]
            yield Found(
                naming.actor,
                "affiliatedWith",
                following[0].actor,
                naming.start,
                following[0].end,
                0.75,
                _role(role),
            )

    def _copula(self, naming: Naming) -> Iterator[Found]:
        """ "X is a senior fellow at Y and holds the chair in Z"."""
        token = self._text.token_at(max(naming.start, naming.end - 1))
        relative = [c for c in token.children if c.dep_ == "relcl" and c.lemma_ in self._copulas]
        for verb in relative or (
            [token.head] if token.dep_ == "nsubj" and token.head.lemma_ in self._copulas else []
        ):
            for attribute in (*syntax.attributes(verb), *syntax.prepositional(verb, "as")):
                yield from self._described(naming, attribute)

    def _described(self, naming: Naming, noun: Token) -> Iterator[Found]:
        """The organisations that a description of a person names, with the role."""
        lemma = noun.lemma_.casefold()
        other = self._cast.at(noun.idx, noun.idx + len(noun.text))
        if other is not None and other.actor != naming.actor and self._cast.type_of(other.actor) == "Person":
            return
        if lemma not in self._titles and not (noun.pos_ in ("NOUN", "PROPN") and self._has_title(noun)):
            return
        abroad = lemma in self._diplomatic
        prepositions = self._prepositions - ({"to", "for", "in", "with"} if abroad else set())
        employers = [t for p in sorted(prepositions) for t in syntax.prepositional(noun, p)]
        posts = [t for t in syntax.prepositional(noun, "to") if abroad]
        employers += [c for c in noun.lefts if c.dep_ in ("poss", "compound", "amod", "nmod")]
        former = any(c.lower_ in self._former for c in noun.lefts)
        for employer in employers:
            for reference in self._references.of(employer):
                if reference.actor != naming.actor and self._cast.type_of(reference.actor) != "Person":
                    start = min(naming.start, noun.left_edge.idx)
                    end = max(naming.end, employer.idx + len(employer.text))
                    role = _role(self._role_text(noun) + self._post(posts), former)
                    if lemma in self._same_office:
                        role = self._role_of_other(naming)
                    yield Found(naming.actor, "affiliatedWith", reference.actor, start, end, 0.75, role)

    def _post(self, places: Sequence[Token]) -> str:
        """Where a diplomat is sent: " to Libya"."""
        first = next(iter(places), None)
        if first is None:
            return ""
        return f" to {self._text.clean.text[first.left_edge.idx : first.idx + len(first.text)]}"

    def _role_of_other(self, naming: Naming) -> str | None:
        """For "his Vietnamese counterpart": the office of the person named before in the sentence."""
        sentence = self._text.sentence_at(naming.start)
        for other in reversed(self._cast.within(sentence.start_char, naming.start)):
            if other.actor != naming.actor and self._cast.type_of(other.actor) == "Person":
                return next((found.role for found in self._title_before(other) if found.role), None)
        return None

    def _has_title(self, noun: Token) -> bool:
        return any(t.lower_.rstrip(".") in self._titles for t in noun.lefts)

    def _role_text(self, noun: Token) -> str:
        """The noun with the words before it, without determiners and the actors named there."""
        kept = [
            t for t in noun.doc[noun.left_edge.i : noun.i + 1]
            if t.dep_ != "det" and not t.is_punct and t.tag_ != "POS" and not self._cast.at(t.idx, t.idx + len(t.text))
        ]  # fmt: skip
        return " ".join(t.text for t in kept if t.lower_ not in self._former and t.tag_ != "PRP$")


def role_before(
    text: Text, employer: Naming, start: int, titles: frozenset[str], prepositions: frozenset[str]
) -> tuple[int, int] | None:
    """Where the title stands that ends in a preposition before an employer: "Cabinet Secretary for Trade of Kenya"."""
    words, last = text.words, employer.first - 1
    while last > 0 and words[last].text.casefold() in ("the", "a", "an"):
        last -= 1
    if last < 1 or words[last].text.casefold() not in prepositions or words[last].start < start:
        return None
    first = last
    while first > 0 and last - first < ROLE_WORDS and words[first - 1].start >= start:
        word = words[first - 1].text
        if not (
            word[:1].isupper()
            or word.casefold() in titles
            or word.casefold() in ("for", "of", "and", "foreign", "prime")
        ):
            break
        first -= 1
    while first < last and words[first].text.casefold() in ("the", "of", "for", "and"):
        first += 1
    if not any(w.text.casefold() in titles for w in words[first:last]):
        return None
    return words[first].start, words[last - 1].end


def _role(text: str, former: bool = False) -> str | None:
    role = " ".join(text.split()).strip(" ,.'’")
    if not role:
        return None
    return f"former {role}" if former and not role.casefold().startswith("former") else role
