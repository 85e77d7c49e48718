"""The statements that a command was asked for: read from where they are, and selected."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from alliancegraph.commands.networks.options import Kept, Source, Variables
from alliancegraph.ontology.errors import StatementsError, UsageError

if TYPE_CHECKING:
    from alliancegraph.networks.selection import Selection
    from alliancegraph.networks.statements import Statements

_OF_FILES: Final = ("organization", "concept", "agreement")
_OF_GRAPHS: Final = ("actor", "issue", "stance")
_ALSO: Final = {"concept": "issue", "agreement": "stance"}
"""What the variables of a graph are called in hand coding."""
_FOR_GRAPHS: Final = ("actors", "issues", "stances", "voices", "documents", "sources", "coders")


@dataclass(frozen=True, slots=True)
class Selected:
    """The statements that count, and between what they tie."""

    statements: Statements
    variable1: str
    variable2: str
    qualifier: str | None


def selected(
    source: Source, kept: Kept, variables: Variables, *, dated: bool = False, complete: bool = True
) -> Selected:
    """The statements of a source that are kept, without duplicates.

    `dated` refuses statements without a date, unless they are to be skipped; `complete` leaves out those without a value
    in one of the two variables. Raises `UsageError` for what the source does not have, `EmptySelection` for nothing.
    """
    from alliancegraph.networks.selection import once_each, select

    variable1, variable2, qualifier = asked(source, variables)
    selection = selection_of(source, kept, dated=dated)
    named = ((variable1, variables.variable1), (variable2, variables.variable2))
    needed = [variable for variable, given in named if complete or given is not None]
    if qualifier is not None and variables.qualifier is not None:
        needed.append(qualifier)
    statements = read(source, (*needed, *selection.exclude, *selection.include), kept.min_confidence)
    if qualifier not in statements.columns:
        qualifier = None
    one, other = (name if name in statements.columns else None for name in (variable1, variable2))
    chosen = select(statements, selection, one, other, qualifier, complete=complete)
    if complete and source.file is None:
        chosen = once_each(chosen, variable1, variable2, qualifier)
    return Selected(chosen, variable1, variable2, qualifier)


def selection_of(source: Source, kept: Kept, *, dated: bool = False) -> Selection:
    """What is kept, with variables by the names that the source has for them; raise `UsageError` before anything is read."""
    from alliancegraph.networks.selection import Selection

    ours = _ALSO if source.file is None else {}
    return Selection(
        exclude={ours.get(name, name): values for name, values in kept.exclude.items()},
        include={ours.get(name, name): values for name, values in kept.include.items()},
        invert=kept.invert,
        start=kept.start,
        stop=kept.stop,
        min_confidence=kept.min_confidence,
        duplicates=kept.duplicates,
        undated="refuse" if dated and kept.undated == "keep" else kept.undated,
    )


def asked(source: Source, variables: Variables) -> tuple[str, str, str | None]:
    """The variables and the qualifier by their names, before anything is read.

    Raises `UsageError` where two are the same, or where a graph has none of that name.
    """
    graph = source.file is None
    ours = _ALSO if graph else {}
    usual = _OF_GRAPHS if graph else _OF_FILES
    given = (variables.variable1, variables.variable2, variables.qualifier)
    one, other, qualifier = (
        ours.get(name or default, name or default) for name, default in zip(given, usual, strict=True)
    )
    if len({one, other, qualifier}) < 3:
        raise UsageError(
            "variable 1, variable 2 and the qualifier must be three different ones;"
            f" they are {one}, {other} and {qualifier}"
        )
    if graph:
        from alliancegraph.networks.positions import check_variables

        check_variables(name for name in (one, other, qualifier) if name != "none")
    return one, other, None if qualifier == "none" else qualifier


def read(source: Source, variables: tuple[str, ...], min_confidence: float = 0.0) -> Statements:
    """All statements of a source, which has at least these variables; raise `UsageError` or `StatementsError`."""
    if source.file is None:
        return _positions(source, variables, min_confidence)
    for option in _FOR_GRAPHS:
        if getattr(source, option):
            name = option.removesuffix("s")
            raise UsageError(
                f"--{name} chooses among the positions of a graph; of a file, use --include VARIABLE=VALUE"
            )
    from alliancegraph.networks.coded import read_coded
    from alliancegraph.networks.dna_file import read_dna
    from alliancegraph.queries.suggestions import did_you_mean

    if source.file.suffix.lower() == ".dna":
        statements = read_dna(source.file, source.statement_type, variables)
    elif source.statement_type is not None:
        raise UsageError("--statement-type is for .dna files; leave it out")
    else:
        statements = read_coded(source.file)
    for variable in variables:
        if variable not in statements.columns:
            near = did_you_mean(variable, statements.columns)
            there = near or "there are " + ", ".join(sorted(statements.columns))
            raise StatementsError(
                f"{source.file}: has no variable {variable!r}; {there}", path=str(source.file)
            )
    return statements


def _positions(source: Source, variables: tuple[str, ...], min_confidence: float) -> Statements:
    from alliancegraph.graph.store import Store
    from alliancegraph.networks.choice import Choice
    from alliancegraph.networks.positions import positions

    if source.statement_type is not None:
        raise UsageError("--statement-type is for .dna files; leave it out, or name one with --statements")
    given = asdict(source)
    choice = Choice(
        **{name: given[name] for name in (*_FOR_GRAPHS, "concern", "neutral")}, min_confidence=min_confidence
    )
    with Store.open(source.store, read_only=True) as opened:
        return positions(opened, variables, choice)
