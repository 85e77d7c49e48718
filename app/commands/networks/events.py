"""`network eventlist`: the statements themselves, one row each."""

from __future__ import annotations

from pathlib import Path

import click

from alliancegraph.commands.networks.options import (
    Kept,
    Source,
    Variables,
    selection_options,
    source_options,
    variable_options,
)
from alliancegraph.commands.networks.output import check_text, format_option, output_option, put


@click.command(short_help="The statements, one row each.")
@variable_options
@source_options
@selection_options
@format_option(("csv", "json", "xlsx"))
@output_option()
def eventlist(
    source: Source, kept: Kept, variables: Variables, format_: str | None, output: Path | None
) -> None:
    """List the statements with all their variables, document, date, offsets and text.

    Variables and qualifier say which statements are the same where duplicates count once. Over a graph, naming
    organization, state or event as a variable adds its column, and a statement has a row for each of its values.

    \b
    Examples:
      alliancegraph network eventlist -o statements.csv
      alliancegraph network eventlist --statements coded.dna --duplicates document --format json
    """
    from alliancegraph.commands.networks.reading import selected
    from alliancegraph.networks.events import FORMATS, event_list
    from alliancegraph.networks.files import format_of

    chosen = format_of(output, format_, FORMATS)
    check_text(chosen, output)
    found = selected(source, kept, variables, complete=False)
    put(event_list(found.statements, chosen), output, chosen)
