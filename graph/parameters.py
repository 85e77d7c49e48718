"""Values put into SPARQL text in place of variables, for servers that take no values beside the text.

As SEP-0007 has it (https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0007/sep-0007.md), and as Oxigraph does it in
process: every use of the variable becomes the term, and it is selected as before. The text is changed token by token;
what is put in is written by the RDF serialiser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from alliancegraph.graph.tokens import Token, tokens
from alliancegraph.ontology.errors import QueryError

Term = NamedNode | Literal

_CLAUSES: Final = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
"""The words that begin a clause behind the group of a query."""
_STRING: Final = Literal("").datatype
_SILENT: Final = frozenset({"blank", "comment"})
_ESCAPED_ESCAPE: Final = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


def with_values(sparql: str, values: Mapping[str, Term]) -> str:
    """A query or update with the values of some variables, by name, written into it.

    A sub-select that does not select a variable has one of its own under the same name, which stays. Raises `QueryError`
    for a variable that the query does not select, or to which the query itself gives a value.
    """
    if not values:
        return sparql
    terms = {name: f" {term_text(term)} " for name, term in values.items()}
    columns = {name: f"({_column(term)} AS ?{name})" for name, term in values.items()}
    return "".join(_Text(list(tokens(sparql)), terms).query(columns))


def term_text(term: Term) -> str:
    """A term as SPARQL."""
    return portable(str(term))


def _column(term: Term) -> str:
    """A term as a column of its own; Virtuoso cannot sort rows with a decimal that is written out as a constant."""
    if isinstance(term, NamedNode) or term.language or term.datatype == _STRING:
        return term_text(term)
    return f"STRDT({term_text(Literal(term.value))}, {term.datatype})"


def portable(sparql: str) -> str:
    r"""SPARQL by the serialiser in which a text such as `\u0041`, written out, is safe from being taken for an escape.

    Section 19.2 has code point escapes replaced before anything else is read, so that in `"\\u0041"` some servers see one.
    """
    return _ESCAPED_ESCAPE.sub(lambda found: f"{found[1]}\\u{ord(found[2]):04X}", sparql)


def query_form(sparql: str) -> str:
    """`SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`; an empty text for what is none of them."""
    forms = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
    words = (token.text.upper() for token in tokens(sparql) if token.kind == "word")
    return next((word for word in words if word in forms), "")


def as_select(construct: str) -> str:
    """The query for the rows from which a CONSTRUCT query makes its triples."""
    pieces = list(tokens(construct))
    word = next(i for i, piece in enumerate(pieces) if _word(piece) == "CONSTRUCT")
    behind = next((i for i in range(word + 1, len(pieces)) if pieces[i].kind not in _SILENT), word)
    end = _braces(pieces).get(behind, behind - 1)
    return "".join([*_texts(pieces[:word]), "SELECT * ", *_texts(pieces[end + 1 :])])


class _Text:
    """The pieces of a text, to be rewritten from the outer query to the inner ones."""

    def __init__(self, pieces: list[Token], terms: Mapping[str, str]) -> None:
        self._pieces = pieces
        self._terms = terms
        self._ends = _braces(pieces)
        self._used = {_variable(piece) for piece in pieces}

    def query(self, columns: Mapping[str, str]) -> list[str]:
        """The whole text; `columns` are what is selected for each value."""
        start = next((i for i, piece in enumerate(self._pieces) if _word(piece) in _FORMS), None)
        if start is None or _word(self._pieces[start]) != "SELECT":
            return self._plain(0, len(self._pieces), self._terms)
        return [*_texts(self._pieces[:start]), *self._outer(start, columns)]

    def _outer(self, start: int, columns: Mapping[str, str]) -> list[str]:
        """The query itself, whose answer has a column for each value."""
        opening = self._find(start, len(self._pieces), "{")
        selected, star = self._projection(start, opening)
        body = self._plain(opening, self._ends[opening], self._terms)
        for name, term in self._terms.items():
            if not (name in selected or (star and name in self._used)):
                raise QueryError(
                    f"SPARQL that cannot be answered: it does not select ?{name}, whose value is given"
                )
            if star:
                body.append(f" BIND({term}AS ?{name}) ")
        head = self._head(start, opening, columns)
        return [*head, *body, *self._tail(self._ends[opening], len(self._pieces), self._terms)]

    def _inner(self, start: int, end: int, terms: Mapping[str, str]) -> list[str]:
        """A sub-select: the variables that it selects are those of the query around it, and need not leave it again."""
        opening = self._find(start, end, "{")
        selected, star = self._projection(start, opening)
        seen = terms if star else {name: term for name, term in terms.items() if name in selected}
        kept = selected - seen.keys()
        columns = dict.fromkeys(seen, "")
        if seen and not star and not kept:
            columns = {name: f"({term}AS {self._fresh(name)})" for name, term in seen.items()}
        head = self._head(start, opening, columns)
        body = self._plain(opening, self._ends[opening], seen)
        return [*head, *body, *self._tail(self._ends[opening], end, seen)]

    def _projection(self, start: int, end: int) -> tuple[set[str], bool]:
        """The names that a SELECT clause selects, and whether it selects all."""
        names: set[str] = set()
        star, before = False, ""
        for piece, depth in self._depths(start, end):
            if _word(piece) in ("WHERE", "FROM"):
                break
            if piece.kind == "variable" and (depth == 0 or before == "AS"):
                names.add(_variable(piece))
            star |= depth == 0 and piece.text == "*"
            before = _word(piece)
        return names, star

    def _head(self, start: int, end: int, columns: Mapping[str, str]) -> list[str]:
        """A SELECT clause, with what stands there in place of the variables."""
        made, before = [], ""
        for piece, depth in self._depths(start, end, silent=True):
            name = _variable(piece)
            if name not in columns:
                made.append(piece.text)
            elif before == "AS":
                raise _assigned(name)
            else:
                made.append(columns[name] if depth == 0 else self._terms[name])
            before = before if piece.kind in _SILENT else _word(piece)
        return made

    def _plain(self, start: int, end: int, terms: Mapping[str, str]) -> list[str]:
        """A group or any other text without a head: each use becomes the term; sub-selects are texts of their own."""
        made: list[str] = []
        before, at = "", start
        while at < end:
            piece = self._pieces[at]
            name = _variable(piece)
            if self._begins_select(at, start):
                stop = self._ends.get(self._before(at), end)
                made += self._inner(at, stop, terms)
                at = stop
                continue
            if name in terms:
                if before == "AS" or self._is_listed(at, start):
                    raise _assigned(name)
                made.append(terms[name])
            else:
                made.append(piece.text)
            before = before if piece.kind in _SILENT else _word(piece)
            at += 1
        return made

    def _tail(self, start: int, end: int, terms: Mapping[str, str]) -> list[str]:
        """What stands behind the group: a constant needs no grouping or ordering by it, and may not stand there bare."""
        made: list[str] = []
        for clause in self._clauses(start, end):
            if clause and _word(clause[0]) in ("GROUP", "ORDER"):
                made += self._ordering(clause, terms)
            else:
                made += _Text(clause, terms)._plain(0, len(clause), terms)
        return made

    def _ordering(self, clause: list[Token], terms: Mapping[str, str]) -> list[str]:
        part = _Text(clause, terms)
        made: list[str] = []
        dropped: list[str] = []
        kept = depth = 0
        before = ""
        for piece in clause:
            depth += (piece.text == "(") - (piece.text == ")")
            name = _variable(piece)
            if name in terms and before == "AS":
                raise _assigned(name)
            if name in terms and depth == 0:
                dropped.append(name)
                continue
            made.append(terms.get(name, piece.text))
            kept += piece.kind not in _SILENT and _word(piece) not in ("GROUP", "ORDER", "BY")
            before = before if piece.kind in _SILENT else _word(piece)
        if kept:
            return made
        if dropped and _word(clause[0]) == "GROUP":
            return [*made, f" ({terms[dropped[0]]}AS {part._fresh(dropped[0], self._used)}) "]
        return [piece.text for piece in clause if piece.kind == "comment"] + ["\n"]

    def _clauses(self, start: int, end: int) -> Iterable[list[Token]]:
        """The pieces cut before the first word of each clause."""
        clause: list[Token] = []
        for piece, depth in self._depths(start, end, silent=True):
            if depth == 0 and _word(piece) in _CLAUSES and clause:
                yield clause
                clause = []
            clause.append(piece)
        yield clause

    def _depths(self, start: int, end: int, *, silent: bool = False) -> Iterable[tuple[Token, int]]:
        """The pieces with the number of brackets around each."""
        depth = 0
        for piece in self._pieces[start:end]:
            depth += (piece.text == "(") - (piece.text == ")")
            if silent or piece.kind not in _SILENT:
                yield piece, depth

    def _begins_select(self, at: int, start: int) -> bool:
        return _word(self._pieces[at]) == "SELECT" and at > start and self._before(at) in self._ends

    def _before(self, at: int) -> int:
        """The piece before one, blanks and comments aside."""
        return next((i for i in range(at - 1, -1, -1) if self._pieces[i].kind not in _SILENT), -1)

    def _is_listed(self, at: int, start: int) -> bool:
        """Whether a variable stands in the list behind VALUES."""
        for i in range(at - 1, start - 1, -1):
            piece = self._pieces[i]
            if piece.kind in (*_SILENT, "variable") or piece.text == "(":
                continue
            return _word(piece) == "VALUES"
        return False

    def _find(self, start: int, end: int, sign: str) -> int:
        found = next((i for i in range(start, end) if self._pieces[i].text == sign), None)
        if found is None or found not in self._ends:
            raise QueryError(f"SPARQL that does not parse: a select without its group, or without {sign!r}")
        return found

    def _fresh(self, name: str, used: set[str] | None = None) -> str:
        """A variable of which nothing else speaks."""
        while name in (self._used if used is None else used):
            name += "_"
        return f"?{name}"


_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "INSERT", "DELETE", "WITH", "DROP"})


def _braces(pieces: list[Token]) -> dict[int, int]:
    """For each opening brace where its group ends, the closing brace not counted."""
    ends: dict[int, int] = {}
    stack: list[int] = []
    for i, piece in enumerate(pieces):
        if piece.kind == "sign" and piece.text == "{":
            stack.append(i)
        elif piece.kind == "sign" and piece.text == "}" and stack:
            ends[stack.pop()] = i
    return ends


def _variable(piece: Token) -> str:
    return piece.text[1:] if piece.kind == "variable" else ""


def _word(piece: Token) -> str:
    return piece.text.upper() if piece.kind == "word" else ""


def _texts(pieces: Iterable[Token]) -> list[str]:
    return [piece.text for piece in pieces]


def _assigned(name: str) -> QueryError:
    return QueryError(
        f"SPARQL that cannot be answered: it gives ?{name} a value of its own; rename one of the two"
    )
