"""The statements that a command was asked for: read from where they are, and selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliancegraph.commands.networks.options import Kept, Source, Variables

if TYPE_CHECKING:
    from alliancegraph.networks.statements import Statements


def named(source: Source, variables: Variables) -> tuple[str, str, str | None]:
    """Variable 1, variable 2 and the qualifier: those given, else what the source usually has."""
    usual = ("actor", "issue", "stance") if source.file is None else ("organization", "concept", "agreement")
    qualifier = None if variables.qualifier == "none" else variables.qualifier or usual[2]
    return variables.variable1 or usual[0], variables.variable2 or usual[1], qualifier


def read(source: Source, variables: tuple[str, ...]) -> Statements:
    """All statements of a source, which has at least these variables."""
    raise NotImplementedError


def selected(source: Source, kept: Kept, variables: Variables) -> Statements:
    """The statements of a source that are kept, without duplicates."""
    raise NotImplementedError
