"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from alliancegraph.extract.kinds import FIELDS

DEFAULT_STORE: Final = ".alliancegraph"

store_option = click.option(
    "--store",
    metavar="DIR",
    default=DEFAULT_STORE,
    show_default=True,
    envvar="ALLIANCEGRAPH_STORE",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that holds the graph.",
)
confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    metavar="0..1",
    help="Leave out statements that are less certain.",
)
vocabulary_option = click.option(
    "--vocabulary",
    "vocabularies",
    multiple=True,
    metavar="FILE.ttl",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Add actors, issues or frames of your own (repeatable).",
)
meaning_option = click.option(
    "--meaning",
    is_flag=True,
    help="Read what sentences without any phrase of an issue are about by their meaning; needs a sentence encoder.",
)
date_option = click.option(
    "--date", metavar="YYYY[-MM[-DD]]", help="Date of the article, in place of the one that it states."
)


def parameters(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """`("issue=trade",)` as a mapping; a click callback."""
    pairs = [item.partition("=") for item in given]
    for name, equals, _value in pairs:
        if not (name and equals):
            raise click.BadParameter(f"{name!r} is not of the form name=value")
    return {name: value for name, _, value in pairs}


def columns(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """`("date=published",)` as a mapping of known fields; a click callback."""
    found = parameters(_, __, given)
    for field in found:
        if field not in FIELDS:
            raise click.BadParameter(f"{field!r} is none of {', '.join(FIELDS)}")
    return found


column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=columns,
    help=f"Column of a corpus that holds the {', '.join(FIELDS[1:-1])} or {FIELDS[-1]}; unusual names only.",
)
text_column_option = click.option(
    "--text-column",
    metavar="NAME",
    help="Column of a corpus that holds the articles, where its name is unusual.",
)
