"""The engine of a store on a server: the SPARQL 1.1 Protocol for queries and updates, the Graph Store Protocol for graphs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final, Self
from urllib.parse import urlencode

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Triple

from alliancegraph.graph.engine import Answer, Change, Term, nquads, update_text
from alliancegraph.graph.parameters import as_select, query_form, with_values
from alliancegraph.graph.questions import question
from alliancegraph.graph.remote_changes import CHANGES, Limits, requests
from alliancegraph.graph.remote_credentials import credentials
from alliancegraph.graph.remote_http import Client, Patience, Reply, Request, patience
from alliancegraph.graph.remote_servers import Addresses, Place, addresses
from alliancegraph.ontology.errors import QueryError, ServerError, StoreError

BATCH: Final = "ALLIANCEGRAPH_STORE_BATCH"
_BATCH: Final = 16_000_000
"""Bytes of a request, unless the environment says otherwise."""
_FORM: Final = "application/x-www-form-urlencoded"
_UPDATE: Final = "application/sparql-update"
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_CUT: Final = "x-sparql-maxrows"
"""The header in which Virtuoso says after how many rows it cuts an answer."""
_CUTS: Final = "cuts answers after {} rows; raise ResultSetMaxRows in its virtuoso.ini"
_ANY: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ABANDONED: Final = timedelta(days=1)
"""After so long nobody works any more on a change that was staged."""


class RemoteEngine:
    """A database of quads behind an address; see `Engine` for its methods."""

    def __init__(
        self, client: Client, where: Addresses, *, batch: int = _BATCH, read_only: bool = False
    ) -> None:
        """Use `RemoteEngine.open`."""
        self.name = client.name
        self._client = client
        self._where = where
        self._limits = Limits(batch, where.server.most, where.server.one_transaction)
        self._read_only = read_only

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        read_only: bool = False,
        environment: Mapping[str, str] = os.environ,
        waiting: Patience | None = None,
    ) -> Self:
        """The engine at a place, for which the environment may hold credentials, other addresses and limits.

        Raises `StoreError` where the server does not answer, and for an environment that cannot be used.
        """
        secrets = credentials(place, environment)
        client = Client(place.address, secrets, waiting or patience(environment))
        try:
            header = "" if place.server else client.maker(place.address)
            engine = cls(
                client, addresses(place, header, environment), batch=_batch(environment), read_only=read_only
            )
            if not read_only:
                engine._forget_abandoned()
        except BaseException:
            client.close()
            raise
        return engine

    # ------------------------------------------------------------ reading

    def query(self, sparql: str, bindings: Mapping[str, Term]) -> Answer:
        """The answer, of which nothing is missing; raise `QueryError` for what the server does not understand."""
        text = with_values(sparql, bindings)
        form = query_form(text)
        try:
            if form == "CONSTRUCT" and self._where.server.cuts:
                self._solutions(self._ask(as_select(text), _RESULTS))
            if form in ("CONSTRUCT", "DESCRIBE"):
                return self._triples(self._ask(text, _TRIPLES))
            reply = self._ask(text, _RESULTS)
        except ServerError as error:
            if error.status == 400:
                raise QueryError(f"SPARQL that cannot be answered: {error}", query=sparql) from None
            raise
        return self._truth(reply) if form == "ASK" else self._solutions(reply)

    def _ask(self, text: str, accept: str) -> Reply:
        body = urlencode([("query", text), *self._where.server.union]).encode()
        return self._client.send(Request("POST", self._where.query, accept, _FORM, body))

    def _solutions(self, reply: Reply) -> pyoxigraph.QuerySolutions:
        """The rows, once it is clear that all have come."""
        found = self._results(reply)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return found

    def _truth(self, reply: Reply) -> pyoxigraph.QueryBoolean:
        """Yes or no; Virtuoso says it in a row."""
        found = self._results(reply)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return found
        value = next((term.value for row in found for term in row if isinstance(term, Literal)), "0")
        said = b'{"head": {}, "boolean": %s}' % (b"true" if value in ("1", "true") else b"false")
        answer = pyoxigraph.parse_query_results(said, format=QueryResultsFormat.JSON)
        assert isinstance(answer, pyoxigraph.QueryBoolean)
        return answer

    def _results(self, reply: Reply) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean:
        kind = reply.headers.get("content-type", "")
        format_ = QueryResultsFormat.from_media_type(kind)
        if format_ is None:
            raise self._error(f"answers a query with {kind or 'nothing'}; check the address")
        try:
            found = pyoxigraph.parse_query_results(reply.body, format=format_)
            rows = 0 if isinstance(found, pyoxigraph.QueryBoolean) else sum(1 for _ in found)
        except (SyntaxError, ValueError) as error:
            raise self._error(f"gave half an answer, or a broken one ({error}); try again") from None
        limit = reply.headers.get(_CUT, "")
        if limit.isdigit() and rows >= int(limit):
            raise self._error(_CUTS.format(limit))
        reply.body.seek(0)
        return pyoxigraph.parse_query_results(reply.body, format=format_)

    def _triples(self, reply: Reply) -> pyoxigraph.QueryTriples:
        """The triples of an answer, as the engine in this process gives its own."""
        copy = pyoxigraph.Store()
        copy.extend(Quad(t.subject, t.predicate, t.object) for t in self._parsed(reply))
        found = copy.query(_ANY)
        assert isinstance(found, pyoxigraph.QueryTriples)
        return found

    def _parsed(self, reply: Reply) -> Iterator[Triple]:
        kind = reply.headers.get("content-type", "")
        format_ = RdfFormat.from_media_type(kind)
        if format_ is None:
            raise self._error(f"gives a graph as {kind or 'nothing'}; check the address")
        try:
            for quad in pyoxigraph.parse(reply.body, format=format_):
                yield quad.triple
        except (SyntaxError, ValueError) as error:
            raise self._error(f"gave half a graph, or a broken one ({error}); try again") from None

    def quads(
        self,
        graph: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: Term | None = None,
    ) -> Iterator[Quad]:
        """The quads of the tool's own graphs that have all the parts given, one graph after the other."""
        given = {"subject": _node(subject), "predicate": _node(predicate), "object": object}
        parts = {name: term for name, term in given.items() if term is not None}
        for name in [graph] if graph is not None else sorted(self._graphs()):
            if parts:
                yield from self._matching(name, parts)
            else:
                yield from self._graph(name)

    def _graph(self, name: str) -> Iterator[Quad]:
        """A whole graph, by the Graph Store Protocol where the server has it."""
        reply = None
        if self._where.graphs is not None:
            request = Request("GET", self._where.graphs, _TRIPLES, parameters=(("graph", name),))
            reply = self._client.send_or_none(request)
        if reply is None:
            yield from self._matching(name, {})
            return
        node = NamedNode(name)
        triples = self._parsed(reply)
        if self._where.server.cuts:
            triples = self._counted(list(triples), node)
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, node)

    def _counted(self, triples: list[Triple], graph: NamedNode) -> Iterator[Triple]:
        """The triples of a graph, of which a server may have kept the last ones back without a word."""
        there = sum(int(row["triples"].value) for row in self._rows("count.rq", {"graph": graph}))
        if there > len(triples):
            raise self._error(_CUTS.format(len(triples)))
        return iter(triples)

    def _matching(self, name: str, parts: Mapping[str, Term]) -> Iterator[Quad]:
        for row in self._rows("pattern.rq", {"graph": NamedNode(name), **parts}):
            yield Quad(row["subject"], row["predicate"], row["object"], row["graph"])

    def size(self) -> int:
        """The number of quads in the tool's own graphs."""
        return sum(self._graphs().values())

    def _graphs(self) -> dict[str, int]:
        """The tool's own graphs with their numbers of triples, without what is staged."""
        rows = {row["graph"].value: int(row["triples"].value) for row in self._rows("graphs.rq", {})}
        return {name: number for name, number in rows.items() if not name.startswith(CHANGES)}

    def _rows(self, name: str, bindings: Mapping[str, Term]) -> pyoxigraph.QuerySolutions:
        found = self.query(question(name), bindings)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return found

    # ------------------------------------------------------------ writing

    def change(self, change: Change) -> None:
        """Make a change whole or not at all."""
        self.load([change])

    def load(self, changes: Sequence[Change]) -> None:
        """Make many changes, each whole or not at all, in as few requests as the limits allow."""
        if self._read_only:
            raise self._error("is open for reading only")
        for text in requests(changes, self._limits, datetime.now(UTC).date().isoformat()):
            self._update(text)

    def _update(self, text: str) -> None:
        self._client.send(Request("POST", self._where.update, "*/*", _UPDATE, text.encode()))

    def _forget_abandoned(self) -> None:
        """Drop what was staged by processes that ended before they applied it."""
        today = datetime.now(UTC).date()
        rows = [
            (row["plan"].value, row["begun"].value, row["staged"]) for row in self._rows("changes.rq", {})
        ]
        for plan, group in groupby(rows, key=lambda row: row[0]):
            found = list(group)
            if max(begun for _, begun, _ in found) < (today - _ABANDONED).isoformat():
                staged = {node.value for _, _, node in found if isinstance(node, NamedNode)}
                quads = [quad for name in (plan, *sorted(staged)) for quad in self.quads(CHANGES, name)]
                self._update(update_text(Change(tuple(sorted(staged)), nquads(quads))))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _error(self, what: str) -> StoreError:
        return ServerError(f"{self.name} {what}", store=self.name)


def _node(iri: str | None) -> NamedNode | None:
    return NamedNode(iri) if iri is not None else None


def _batch(environment: Mapping[str, str]) -> int:
    given = environment.get(BATCH, "")
    if given and not (given.isascii() and given.isdigit() and int(given) > 0):
        raise StoreError(f"{BATCH} is a number of bytes, not {given!r}", store=BATCH)
    return int(given) if given else _BATCH
