"""The command line: one group of commands, and every error as one line with an exit code.

Exit codes: 0 done; 1 done, but some documents failed; 2 unusable arguments or input; 70 an error of the program's own;
130 interrupted; 141 the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Final

import click

from alliancegraph import __version__
from alliancegraph.commands.build import build
from alliancegraph.commands.evaluate import evaluate
from alliancegraph.commands.export import export
from alliancegraph.commands.extract import extract
from alliancegraph.commands.importing import import_
from alliancegraph.commands.networks import network
from alliancegraph.commands.query import queries, query
from alliancegraph.commands.resolve import resolve
from alliancegraph.commands.serve import serve
from alliancegraph.commands.stats import remove, stats
from alliancegraph.commands.upkeep import backup, load, optimize, restore
from alliancegraph.commands.validate import validate
from alliancegraph.commands.view import view
from alliancegraph.ontology.errors import AllianceGraphError

UNUSABLE: Final = 2
UNEXPECTED: Final = 70
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="alliancegraph", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def cli(debug: bool) -> None:
    """Policy articles to a knowledge graph of actors, issues and events, every statement with its evidence.

    \b
    Examples:
      alliancegraph build articles/
      alliancegraph query actors-by-issue --param issue=climate-change
      alliancegraph view -o graph.html
      alliancegraph export graph.ttl
    """


for _command in (
    *(build, extract, query, queries, network, view, export, validate, evaluate),
    *(import_, stats, remove, resolve, load, backup, restore, optimize, serve),
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; `arguments` are `sys.argv[1:]` unless given."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _invoke(list(given))
        sys.stdout.flush()
    except click.ClickException as error:
        code = _complain(error.format_message(), UNUSABLE)
    except AllianceGraphError as error:
        code = _complain(str(error), UNUSABLE)
    except (KeyboardInterrupt, click.Abort):
        code = _complain("interrupted; what was stored before is kept", INTERRUPTED)
    except BrokenPipeError:
        code = BROKEN_PIPE
    except OSError as error:
        code = _complain(_reason(error), UNUSABLE)
    except Exception as error:
        code = _complain(_report(error), UNEXPECTED)
        if "--debug" in given:
            traceback.print_exc()
    _close_output()
    return code


def _invoke(arguments: list[str]) -> int:
    try:
        with cli.make_context("alliancegraph", arguments) as context:
            result = cli.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    return result if isinstance(result, int) else 0


def _complain(message: str, code: int) -> int:
    click.echo("error: " + " ".join(message.split()), err=True)
    return code


def _reason(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}; check the path, its permissions and the space left on the disk"


def _report(error: Exception) -> str:
    return f"unexpected {type(error).__name__}: {error}; please report it with what alliancegraph --debug COMMAND shows"


def _close_output() -> None:
    """Flush, and if the reader is gone or the disk full, keep the interpreter from complaining about it again."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
