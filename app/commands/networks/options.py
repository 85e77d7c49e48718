"""Options that the networks share: where statements come from, what is kept of them, and between what they tie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import click

from alliancegraph.commands.options import StorePlace, confidence_option, store_option

DUPLICATES: Final = ("include", "document", "week", "month", "year", "acrossrange")
SIDES: Final = ("oppose", "favour", "own", "drop")
_CHOICES: Final = {
    "actor": "Positions of this actor, or of those who speak for it.",
    "issue": "Positions on this issue and narrower ones.",
    "stance": "Positions with this stance.",
    "voice": "Positions in this voice.",
    "document": "Positions in this document.",
    "source": "Positions in documents of this publisher.",
    "coder": "Positions by this coder; extraction for what was read from the text.",
}
"""Filters of a graph's positions; each is repeatable, and adds to what was named before."""

Callback = TypeVar("Callback", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Source:
    """Where the statements come from: a graph, or a file of hand-coded ones where one is given.

    The rest chooses among the positions of a graph; see `networks.choice.Choice`.
    """

    store: StorePlace
    file: Path | None = None
    statement_type: str | None = None
    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    concern: str = "oppose"
    neutral: str = "drop"


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
    undated: Literal["keep", "skip"]


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
    """Where statements come from, and which positions of a graph; given to the command as `source`."""
    options = (
        store_option,
        click.option(
            "--statements",
            "file",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE.csv|FILE.dna",
            help="Hand-coded statements, in place of the positions of a graph.",
        ),
        click.option("--statement-type", metavar="NAME", help="Type of statement, in a .dna file with several."),
        *(click.option(f"--{name}", f"{name}s", multiple=True, metavar="NAME", help=text) for name, text in _CHOICES.items()),
        click.option("--concern", type=click.Choice(SIDES), default="oppose", show_default=True, help="What concern counts as: a side, a level of its own, or nothing."),
        click.option("--neutral", type=click.Choice(SIDES), default="drop", show_default=True, help="What a neutral position counts as."),
    )  # fmt: skip
    names = ("store", "file", "statement_type", *(f"{name}s" for name in _CHOICES), "concern", "neutral")
    return gathered(command, "source", Source, names, options)


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
        click.option("--start", metavar="DATE", help="Leave out what is earlier, and what has no date."),
        click.option("--stop", metavar="DATE", help="Leave out what is later, and what has no date."),
        click.option(
            "--undated",
            type=click.Choice(["keep", "skip"]),
            default="keep",
            show_default=True,
            help="What becomes of statements without a date; a time series takes none.",
        ),
        confidence_option,
        click.option(
            "--duplicates",
            type=click.Choice(DUPLICATES),
            default="include",
            show_default=True,
            help="Count the same statement every time, or once for each document, week, month, year or in all.",
        ),
    )
    names = ("exclude", "include", "invert", "start", "stop", "min_confidence", "duplicates", "undated")
    return gathered(command, "kept", Kept, names, options)


def variable_options(command: Callback) -> Callback:
    """`--variable1`, `--variable2` and `--qualifier`, given to the command as `variables`."""
    options = (
        click.option("--variable1", metavar="NAME", help="Rows.  [default: organization, or actor of a graph]"),
        click.option("--variable2", metavar="NAME", help="Columns, or what actors have in common.  [default: concept, or issue of a graph]"),
        click.option("--qualifier", metavar="NAME", help="What tells agreement from disagreement, or none.  [default: agreement, or stance of a graph]"),
    )  # fmt: skip
    return gathered(command, "variables", Variables, ("variable1", "variable2", "qualifier"), options)


def gathered(
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
