"""`network co-participation` and `network co-mention`: who is in the same events, and who is named in the same passages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from alliancegraph.commands.networks import drawers
from alliancegraph.commands.networks.options import Kept, selection_options
from alliancegraph.commands.networks.output import format_option
from alliancegraph.commands.networks.plotting import Plot, plot_options
from alliancegraph.commands.networks.time import (
    Time,
    chosen_format,
    series_output_option,
    time_options,
    write_network,
)
from alliancegraph.commands.options import StorePlace, store_option

if TYPE_CHECKING:
    from alliancegraph.graph.store import Store
    from alliancegraph.networks.statements import Statements

GRAINS = ("actor", "organization", "person", "state")
ROLES = ("organizes", "participatesIn", "targetOf")
_PICTURES: Final = {
    ("event", "onemode"): ("Who takes part in the same events", "events in common"),
    ("event", "twomode"): ("Who takes part in what", "takes part"),
    ("passage", "onemode"): ("Who is named in the same passages", "passages in common"),
    ("passage", "twomode"): ("Who is named where", "is named"),
}
"""Titles of pictures, and what their ties are."""

_grain_option = click.option(
    "--variable1", "grain", type=click.Choice(GRAINS), default="actor", show_default=True,
    help="Actors as the graph has them, or persons, or those for whom they speak.",
)  # fmt: skip
_normalization_option = click.option(
    "--normalization", type=click.Choice(("no", "average", "jaccard", "cosine")), default="no", show_default=True,
    help="What the number of what they share is divided by.",
)  # fmt: skip
_twomode_option = click.option(
    "--twomode", is_flag=True, help="Who is in what, in place of who is with whom."
)


def _options(command: Any) -> Any:
    options = (
        series_output_option,
        format_option(),
        plot_options,
        time_options,
        selection_options,
        store_option,
    )
    for option in (*options, _twomode_option, _normalization_option, _grain_option):
        command = option(command)
    return command


@click.command("co-participation", short_help="Who takes part in the same events.")
@click.option(
    "--role", "roles", type=click.Choice(ROLES), multiple=True, default=("organizes", "participatesIn"), show_default=True,
    help="Parts that count (repeatable).",
)  # fmt: skip
@_options
def co_participation(
    roles: tuple[str, ...], grain: str, normalization: str, twomode: bool, store: StorePlace, kept: Kept,
    time: Time, plot: Plot, format_: str | None, output: Path | None,
) -> None:  # fmt: skip
    """Who takes part in the same events: each pair by the number of events.

    A happening that documents tell of in their own words is an event of each document's own; named events, such as a treaty,
    are one, and count once whatever --duplicates says. Filters know event, role, document and source, and the date is that of the event.

    \b
    Examples:
      alliancegraph network co-participation --variable1 state
      alliancegraph network co-participation --start 2008 --stop 2009 -o together.graphml
      alliancegraph network co-participation --window 1 --window-unit years --step 1 -o together.gexf
      alliancegraph network co-participation --twomode --role targetOf --format edges
    """

    def read(opened: Store) -> Statements:
        from alliancegraph.networks.together import participations

        return participations(opened, grain, roles, min_confidence=kept.min_confidence)

    _write(read, store, (grain, "event"), normalization, twomode, kept, time, plot, format_, output)


@click.command("co-mention", short_help="Who is named in the same passages.")
@click.option(
    "--within", type=click.Choice(("document", "paragraph", "sentence")), default="paragraph", show_default=True,
    help="What a passage is.",
)  # fmt: skip
@_options
def co_mention(
    within: str, grain: str, normalization: str, twomode: bool, store: StorePlace, kept: Kept,
    time: Time, plot: Plot, format_: str | None, output: Path | None,
) -> None:  # fmt: skip
    """Who is named in the same passages: each pair by the number of passages.

    Paragraphs end at blank lines, in a text without any at its lines, and in HTML at the tags of blocks; sentences end there
    too, and after a full stop, question or exclamation mark that a new sentence follows. Mentions have no confidence, and a passage counts once. Filters know document, source and passage, and the date is that of the document.

    \b
    Examples:
      alliancegraph network co-mention --within document
      alliancegraph network co-mention --variable1 state --normalization jaccard -o named.gexf
    """

    def read(opened: Store) -> Statements:
        from alliancegraph.networks.together import comentions

        return comentions(opened, grain, within)

    _write(read, store, (grain, "passage"), normalization, twomode, kept, time, plot, format_, output)


def _write(
    read: Callable[[Store], Statements], place: StorePlace, variables: tuple[str, str], normalization: str, twomode: bool,
    kept: Kept, time: Time, plot: Plot, format_: str | None, output: Path | None,
) -> None:  # fmt: skip
    """The network of who is in what, each counted once, or of who is with whom."""
    from alliancegraph.graph.store import Store
    from alliancegraph.networks.selection import Selection, select
    from alliancegraph.networks.series import Recipe
    from alliancegraph.ontology.errors import UsageError

    if twomode and normalization != "no":
        raise UsageError("--normalization is for who is with whom; leave out --twomode, or it")
    if time.window is not None:
        plot.refuse("--window")
    chosen = chosen_format(output, format_, time)
    selection = Selection(
        exclude=kept.exclude,
        include=kept.include,
        invert=kept.invert,
        start=kept.start,
        stop=kept.stop,
        undated="refuse" if time.window is not None and kept.undated == "keep" else kept.undated,
        duplicates=kept.duplicates if twomode else "acrossrange",
    )
    recipe = Recipe("twomode" if twomode else "onemode", *variables, normalization=normalization)
    recipe.check(time.kernel)
    with Store.open(place, read_only=True) as opened:
        statements = read(opened)
    found = select(statements, selection, *variables)
    if plot.picture is not None:
        plot.draw(drawers.tied(recipe.matrix(found), *_PICTURES[variables[1], recipe.mode]))
    if not plot.alone(output):
        write_network(found, recipe, time, kept, chosen, output)
