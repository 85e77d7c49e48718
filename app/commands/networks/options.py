"""Options that the networks share: where statements come from, what is kept of them, and between what they tie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from alliancegraph.commands.options import StorePlace, confidence_option, store_option

DUPLICATES: Final = ("include", "document", "week", "month", "year", "acrossrange")

Callback = TypeVar("Callback", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Source:
    """Where the statements come from: a graph, or a file of hand-coded ones where one is given."""

    store: StorePlace
    file: Path | None = None
    statement_type: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of the statements, as given."""

    exclude: dict[str, tuple[str, ...]]
    include: dict[str, tuple[str, ...]]
    invert: bool
    start: str | None
    stop: str | None
    min_confidence: float
    duplicates: str


@dataclass(frozen=True, slots=True)
class Variables:
    """Between what statements tie; None where nothing is given, so that the source's own defaults hold."""

    variable1: str | None
    variable2: str | None
    qualifier: str | None


def values(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """`("issue=trade", "issue=climate")` as values by variable; a click callback."""
    found: dict[str, tuple[str, ...]] = {}
    for item in given:
        name, _equals, value = item.partition("=")
        if not (name and value):
            raise click.BadParameter(f"{item!r} is not of the form variable=value")
        found[name] = (*found.get(name, ()), value)
    return found


def source_options(command: Callback) -> Callback:
    """`--store`, `--statements` and `--statement-type`, given to the command as `source`."""
    options = (
        store_option,
        click.option(
            "--statements",
            "file",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE.csv|FILE.dna",
            help="Hand-coded statements, in place of those of the graph.",
        ),
        click.option(
            "--statement-type", metavar="NAME", help="Kind of statement, in a .dna file with several."
        ),
    )
    return _gathered(command, "source", Source, ("store", "file", "statement_type"), options)


def selection_options(command: Callback) -> Callback:
    """Filters and duplicates, given to the command as `kept`."""
    options = (
        click.option(
            "--exclude",
            multiple=True,
            metavar="VARIABLE=VALUE",
            callback=values,
            help="Leave out statements with that value (repeatable).",
        ),
        click.option(
            "--include",
            multiple=True,
            metavar="VARIABLE=VALUE",
            callback=values,
            help="Keep only statements with that value (repeatable).",
        ),
        click.option("--invert", is_flag=True, help="Keep only what --exclude names."),
        click.option("--start", metavar="DATE", help="Leave out what is earlier."),
        click.option("--stop", metavar="DATE", help="Leave out what is later."),
        confidence_option,
        click.option(
            "--duplicates",
            type=click.Choice(DUPLICATES),
            default="include",
            show_default=True,
            help="Count the same statement every time, or once for each document, week, month, year or in all.",
        ),
    )
    names = ("exclude", "include", "invert", "start", "stop", "min_confidence", "duplicates")
    return _gathered(command, "kept", Kept, names, options)


def variable_options(command: Callback) -> Callback:
    """`--variable1`, `--variable2` and `--qualifier`, given to the command as `variables`."""
    options = (
        click.option("--variable1", metavar="NAME", help="Rows.  [default: organization, or actor of a graph]"),
        click.option("--variable2", metavar="NAME", help="Columns, or what actors have in common.  [default: concept, or issue of a graph]"),
        click.option("--qualifier", metavar="NAME", help="What tells agreement from disagreement, or none.  [default: agreement, or stance of a graph]"),
    )  # fmt: skip
    return _gathered(command, "variables", Variables, ("variable1", "variable2", "qualifier"), options)


def _gathered(
    command: Callback,
    name: str,
    made: Callable[..., object],
    parts: tuple[str, ...],
    options: tuple[Any, ...],
) -> Callback:
    """The command with these options, whose values reach it as one object."""

    @wraps(command)
    def gathering(*args: Any, **given: Any) -> Any:
        given[name] = made(**{part: given.pop(part) for part in parts})
        return command(*args, **given)

    for option in reversed(options):
        gathering = option(gathering)
    return gathering  # type: ignore[return-value]
