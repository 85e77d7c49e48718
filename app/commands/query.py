"""`query` and `queries`: SPARQL over the graph, by name, from a file, or as text."""

from __future__ import annotations

from pathlib import Path

import click

from alliancegraph.commands.console import print_table
from alliancegraph.commands.options import StorePlace, confidence_option, parameters, store_option


@click.command()
@click.argument("question", metavar="NAME|FILE|TEXT")
@click.option(
    "-p", "--param", "params", metavar="NAME=VALUE", multiple=True, callback=parameters, help="A parameter."
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "xml", "ttl"]),
    default="table",
    show_default=True,
    help="json and xml are the SPARQL results formats; ttl is for CONSTRUCT.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.option(
    "--in-memory", is_flag=True, help="Copy the store into memory first, for a very heavy question."
)
@confidence_option
@store_option
def query(
    question: str,
    params: dict[str, str],
    format_: str,
    output: Path | None,
    in_memory: bool,
    min_confidence: float,
    store: StorePlace,
) -> None:
    """Ask the graph: a named query, a .rq file, or SPARQL text.

    Actors, issues, events and documents are given by id, by name or by IRI. `alliancegraph queries` lists the names.

    \b
    Examples:
      alliancegraph query actors-by-issue --param issue=climate-change
      alliancegraph query common-ground -p actor=Japan -p other="United States"
      alliancegraph query events-by-date -p start=2001 -p end=2008-03 --format csv
      alliancegraph query my-question.rq --min-confidence 0.7
      alliancegraph query 'SELECT ?s WHERE { GRAPH ?g { ?s a <https://schema.org/Article> } }'
    """
    from alliancegraph.graph.store import Store
    from alliancegraph.graph.writing import write_whole
    from alliancegraph.queries import ask, format_table, takes

    with Store.open(store, read_only=True, in_memory=in_memory) as opened:
        if min_confidence and takes(question, "min_confidence"):
            table = ask(opened, question, {"min_confidence": f"{min_confidence:g}", **params})
        else:
            table = ask(opened.confident(min_confidence) if min_confidence else opened, question, params)
    if format_ == "table" and output is None:
        print_table(table.columns, table.texts())
        return
    text = format_table(table, "csv" if format_ == "table" else format_)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text.encode())


@click.command()
@click.argument("name", required=False)
def queries(name: str | None) -> None:
    """List the named queries, or explain one.

    \b
    Examples:
      alliancegraph queries
      alliancegraph queries actors-by-issue
    """
    from alliancegraph.queries import named_queries, named_query

    if name is None:
        rows = [
            (q.name, " ".join(p.name for p in q.parameters if p.required), q.title) for q in named_queries()
        ]
        print_table(("query", "parameters", "title"), rows)
        return
    found = named_query(name)
    click.echo(f"{found.title}\n{found.purpose}\n")
    for parameter in found.parameters:
        default = "" if parameter.required else f", {parameter.default} if left out"
        click.echo(f"  --param {parameter.name}=…  {parameter.type}{default}")
    click.echo(f"  columns: {', '.join(found.columns)}\n")
    click.echo(found.text, nl=False)
