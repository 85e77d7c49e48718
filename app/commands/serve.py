"""`serve`: the graph as a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.options import folder_option
from alliancegraph.ontology.errors import UsageError

TOKEN_VARIABLE = "ALLIANCEGRAPH_TOKEN"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to be bound to.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="Port; 0 for any that is free.",
)
@click.option(
    "--default-graph",
    type=click.Choice(["union", "unnamed"]),
    default="union",
    show_default=True,
    help="What a query without FROM and GRAPH is asked over: the union of all named graphs, or the unnamed graph alone.",
)
@click.option("--in-memory", is_flag=True, help="Hold the store in the memory of each worker.")
@click.option("--writable", is_flag=True, help="Allow updates and changes of graphs.")
@click.option(
    "--token",
    envvar=TOKEN_VARIABLE,
    help=f"Bearer token that changes need; better in the variable {TOKEN_VARIABLE}, which no list of processes shows.",
)
@click.option(
    "--allow-service",
    "services",
    multiple=True,
    metavar="URL",
    help="Endpoint that queries may ask with SERVICE (repeatable).",
)
@click.option(
    "--allow-load",
    "loads",
    multiple=True,
    metavar="URL",
    help="Address that updates may LOAD (repeatable).",
)
@click.option(
    "--cors",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Web origin whose pages may use the server, * for all (repeatable).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, 86400, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Time of one request.",
)
@click.option(
    "--memory-limit",
    type=click.IntRange(64),
    default=512,
    show_default=True,
    metavar="MIB",
    help="Memory of one request.",
)
@click.option(
    "--row-limit",
    type=click.IntRange(1),
    default=1_000_000,
    show_default=True,
    metavar="ROWS",
    help="Rows of one answer.",
)
@click.option(
    "--result-limit",
    type=click.IntRange(1),
    default=64,
    show_default=True,
    metavar="MIB",
    help="Size of one answer.",
)
@click.option(
    "--body-limit",
    type=click.IntRange(1),
    default=16,
    show_default=True,
    metavar="MIB",
    help="Size of one update or upload.",
)
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer; as many as processors.")
@click.option(
    "--heavy",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help="Queries of more than a second of work at the same time.",
)
@folder_option
def serve(
    host: str,
    port: int,
    default_graph: str,
    in_memory: bool,
    writable: bool,
    token: str | None,
    services: tuple[str, ...],
    loads: tuple[str, ...],
    origins: tuple[str, ...],
    timeout: float,
    memory_limit: int,
    row_limit: int,
    result_limit: int,
    body_limit: int,
    workers: int | None,
    heavy: int,
    store: Path,
) -> int:
    """Answer SPARQL over HTTP, for reading only unless --writable.

    /sparql speaks the SPARQL 1.1 Protocol, /graph-store the Graph Store HTTP Protocol. Each query runs in a process of its
    own, which is ended when it takes too long, too much memory, or too many rows. Stop it with Ctrl-C.

    \b
    Examples:
      alliancegraph serve
      alliancegraph serve --port 0 --timeout 10 --row-limit 10000
      ALLIANCEGRAPH_TOKEN=… alliancegraph serve --writable --host 0.0.0.0
    """
    try:
        from alliancegraph.serve.server import serve as run
        from alliancegraph.serve.settings import MIB, Limits, Settings
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"serve needs {missing.name}: python -m pip install 'alliancegraph[serve]'"
        ) from None
    limits = Limits(
        seconds=timeout,
        memory=memory_limit * MIB,
        rows=row_limit,
        result=result_limit * MIB,
        body=body_limit * MIB,
        heavy=heavy,
        **({"workers": workers} if workers else {}),
    )
    settings = Settings(
        store=store,
        limits=limits,
        union=default_graph == "union",
        in_memory=in_memory,
        writable=writable,
        token=token or None,
        services=services,
        loads=loads,
        origins=origins,
        host=host,
        port=port,
    )
    _check(settings.writable, token, host, origins, in_memory)
    _open_once(store, writable)
    return run(settings, lambda address: note(f"serving {store} at {address}sparql; stop with Ctrl-C"))


def _check(writable: bool, token: str | None, host: str, origins: tuple[str, ...], in_memory: bool) -> None:
    """Raise `UsageError` for options that do not fit together."""
    from alliancegraph.serve.settings import is_loopback

    if writable and in_memory:
        raise UsageError("--in-memory is for reading; leave out --writable")
    if writable and not token and (not is_loopback(host) or origins):
        raise UsageError(
            f"--writable needs a token here: set {TOKEN_VARIABLE}, or leave out --host and --cors"
        )


def _open_once(store: Path, writable: bool) -> None:
    """Raise `StoreError` for a store that is missing, in use or of another version, before anything is started."""
    from alliancegraph.graph.store import Store

    with Store.open(store, read_only=not writable):
        pass
