"""The questions analysts ask, one `.rq` file each, and the runner."""

from alliancegraph.queries.catalogue import named_queries, named_query
from alliancegraph.queries.header import NamedQuery, Parameter, parse_query
from alliancegraph.queries.runner import (
    Queryable,
    ask,
    bound_values,
    resolve,
    run,
    run_query,
    run_text,
    takes,
)
from alliancegraph.queries.table import Table, format_table

__all__ = [
    "NamedQuery",
    "Parameter",
    "Queryable",
    "Table",
    "ask",
    "bound_values",
    "format_table",
    "named_queries",
    "named_query",
    "parse_query",
    "resolve",
    "run",
    "run_query",
    "run_text",
    "takes",
]
