"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, TypeAlias

import click

from alliancegraph.extract.kinds import FIELDS
from alliancegraph.graph.remote_servers import Place, is_address, place_of
from alliancegraph.ontology.errors import UsageError

DEFAULT_STORE: Final = ".alliancegraph"

StorePlace: TypeAlias = Path | Place
"""Where a graph is: a folder, or a server."""


class StoreType(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions of click only
    """A folder, or the address of a server; what is shown of an address holds no credentials."""

    name = "store"
    _folder = click.Path(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StorePlace:
        """The place; raise `StoreError` for an address that is none."""
        if isinstance(value, str) and is_address(value):
            return place_of(value)
        return value if isinstance(value, Place) else Path(self._folder.convert(value, param, ctx))


class FolderType(StoreType):
    """A folder, for what is done to the files of a store."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder; raise `UsageError` for the address of a server."""
        place = super().convert(value, param, ctx)
        if isinstance(place, Path):
            return place
        message = f"this is for stores on disk; a server such as {place} has its own ways, or use: alliancegraph export"
        raise UsageError(message)


store_option = click.option(
    "--store",
    metavar="DIR|URL",
    default=DEFAULT_STORE,
    show_default=True,
    envvar="ALLIANCEGRAPH_STORE",
    type=StoreType(),
    help="Folder that holds the graph, or address of a server that does.",
)
folder_option = click.option(
    "--store",
    metavar="DIR",
    default=DEFAULT_STORE,
    show_default=True,
    envvar="ALLIANCEGRAPH_STORE",
    type=FolderType(),
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
