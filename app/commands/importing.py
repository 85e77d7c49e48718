"""`import`: hand-coded statements into the graph, beside what was extracted."""

from __future__ import annotations

from pathlib import Path

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.options import StorePlace, store_option

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import", short_help="Take hand-coded statements into the graph.")
@click.argument("file", metavar="FILE.csv|FILE.dna", type=_FILE)
@click.option("--coder", metavar="NAME", help="Who coded what has no coder of its own in the file.")
@click.option(
    "--map",
    "mapping",
    metavar="FILE.csv",
    type=_FILE,
    help="Issues for concepts: a table of concept and issue.",
)
@click.option("--statement-type", metavar="NAME", help="Type of statement, in a .dna file with several.")
@store_option
def import_(
    file: Path, coder: str | None, mapping: Path | None, statement_type: str | None, store: StorePlace
) -> None:  # fmt: skip
    """Take hand-coded statements into the graph, as positions with their coder.

    FILE is a table with person, organization, concept, agreement, document, date and text, as far as there are such, or a
    database of Discourse Network Analyzer. Actors and issues are those that the graph knows by these names; other concepts become
    issues of hand coding. What the file of that name said before goes; alliancegraph remove FILE takes all of it out.

    \b
    Examples:
      alliancegraph import coded.csv --coder Ines
      alliancegraph import hearings.dna --map issues.csv
      alliancegraph network compare Ines extraction
    """
    from alliancegraph.graph.store import Store
    from alliancegraph.networks.importing import import_file

    with Store.open(store) as opened:
        done = import_file(opened, file, coder=coder, mapping=mapping, statement_type=statement_type)
    note(f"{done.statements} statements in {done.documents} documents imported into {store}")
    if done.beside:
        note(f"{done.beside} of these documents the graph has read itself")
    if done.removed:
        note(f"{done.removed} documents of before are gone")
    if done.concepts:
        note(
            f"no issues of the vocabulary, and new ones: {', '.join(done.concepts)}; --map FILE.csv maps them"
        )
