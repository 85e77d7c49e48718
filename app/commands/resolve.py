"""`resolve`: which names mean the same actor, listed for review, and the reviewed rules taken in or back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alliancegraph.commands.console import note, print_table
from alliancegraph.commands.options import StorePlace, store_option
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.graph.store import Store

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="List actors that may be one, and take in the reviewed rules.")
@click.option(
    "-o", "--output", metavar="FILE.ttl", type=_FILE, help="Write the suggestions as rules to review."
)
@click.option("--accept", metavar="FILE.ttl", type=_FILE, help="Take in reviewed rules.")
@click.option("--forget", metavar="FILE.ttl", type=_FILE, help="Take these rules back.")
@click.option("--rules", is_flag=True, help="Print the rules of the store, as Turtle.")
@store_option
def resolve(
    output: Path | None, accept: Path | None, forget: Path | None, rules: bool, store: StorePlace
) -> None:
    """List actors that may be one and names that may mean two, with reasons; or take in the reviewed rules.

    Nothing is merged without a rule that a person has reviewed. A rule changes what queries, networks, pages and exports
    show; the documents' graphs stay as they were written, so that a rule can be taken back.

    \b
    Examples:
      alliancegraph resolve
      alliancegraph resolve -o review.ttl
      alliancegraph resolve --accept review.ttl
      alliancegraph resolve --forget review.ttl
    """
    from alliancegraph.graph.store import Store

    if sum((output is not None, accept is not None, forget is not None, rules)) > 1:
        raise UsageError(
            "resolve takes one of --output, --accept, --forget and --rules; leave the others out"
        )
    if accept is not None or forget is not None:
        _change(store, accept, forget)
        return
    with Store.open(store, read_only=True) as opened:
        if rules:
            click.echo(opened.rules_text(), nl=False)
        else:
            _suggest(opened, output)


def _change(store: StorePlace, accept: Path | None, forget: Path | None) -> None:
    from alliancegraph.graph.identity import reviewed_quads
    from alliancegraph.graph.store import Store

    accepted = reviewed_quads(accept) if accept is not None else []
    forgotten = reviewed_quads(forget) if forget is not None else []
    with Store.open(store, read_only=True):
        pass
    with Store.open(store) as opened:
        number = opened.change_rules(accepted, forgotten)
    note(f"{store} has {number} rules")


def _suggest(opened: Store, output: Path | None) -> None:
    from alliancegraph.graph.duplicates import review_file, suggestions
    from alliancegraph.graph.writing import write_whole

    found = suggestions(opened)
    if output is not None:
        write_whole(output, review_file(found).encode())
        note(
            f"{len(found)} suggestions written to {output}; delete what is wrong, then: alliancegraph resolve --accept {output}"
        )
        return
    rows = [(s.actor, s.other, *s.names, "; ".join(s.reasons)) for s in found]
    print_table(("actor", "other", "name", "other_name", "reasons"), rows)
