"""The command line: help, exit codes, one line for each error, and never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from alliancegraph import cli
from alliancegraph.commands.console import print_table
from alliancegraph.corpus.articles import Article, articles
from alliancegraph.extract.confident import confident
from alliancegraph.extract.model import (
    Actor,
    Document,
    Event,
    Evidence,
    Extraction,
    Issue,
    Position,
    Provenance,
    Relation,
)
from alliancegraph.ontology.errors import UsageError
from alliancegraph.queries import named_queries

COMMANDS = (
    "backup",
    "build",
    "evaluate",
    "export",
    "extract",
    "import",
    "load",
    "network",
    "optimize",
    "queries",
    "query",
    "remove",
    "resolve",
    "restore",
    "serve",
    "stats",
    "validate",
    "view",
)


def run(
    *arguments: str, cwd: Path | None = None, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as a user would start it."""
    command = [sys.executable, "-m", "alliancegraph", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, input=stdin, check=False, encoding="utf-8"
    )


def error_line(code: int, captured: pytest.CaptureFixture[str]) -> str:
    """The one line that a failure with exit code 2 leaves on stderr."""
    output = captured.readouterr()
    assert (code, output.out) == (2, "")
    assert output.err.count("\n") == 1
    assert "Traceback" not in output.err
    return output.err.rstrip("\n")


def test_commands() -> None:
    """The commands have the names that docs and scripts rely on."""
    assert tuple(sorted(cli.cli.commands)) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command explains itself with an example."""
    assert cli.main([name, "--help"]) == 0
    assert f"  alliancegraph {name}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints name and version."""
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == "alliancegraph 0.1.0\n"


def test_help_is_quick() -> None:
    """`--help` takes less than 0.3 seconds of CPU: nothing heavy is imported."""
    spent = []
    for _ in range(3):
        before = os.times()
        assert run("--help").returncode == 0
        after = os.times()
        spent.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    assert min(spent) < 0.3


def test_help_imports_nothing_heavy() -> None:
    """The face of the command line loads no language model, graph library or console library."""
    code = "import sys, alliancegraph.cli; print(sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("spacy", "rdflib", "pyoxigraph", "networkx", "rich", "numpy", "pyvis", "dateparser"):
        assert f"'{heavy}'" not in loaded


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["buidl"], "error: No such command 'buidl'. Did you mean 'build'?"),
        (["build"], "error: Missing argument 'SOURCE...'."),
        (
            ["query", "documents", "--format", "docx"],
            "error: Invalid value for '-f' / '--format': 'docx' is not one of",
        ),
        (
            ["query", "documents", "--param", "issue"],
            "error: Invalid value for '-p' / '--param': 'issue' is not of the form",
        ),
        (
            ["queries", "actor-by-issue"],
            "error: no query is called 'actor-by-issue'; did you mean actors-by-issue",
        ),
        (
            ["build", "--workers", "0", "x.txt"],
            "error: Invalid value for '--workers': 0 is not in the range 1<=x<=64.",
        ),
    ],
)
def test_unusable_arguments(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Arguments that do not fit get one line and exit code 2."""
    assert error_line(cli.main(arguments), capsys).startswith(message)


def test_queries_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe the list of queries is one tab-separated line for each, under a heading."""
    assert cli.main(["queries"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "query\tparameters\ttitle"
    assert lines[1:] == [
        "\t".join([q.name, " ".join(p.name for p in q.parameters if p.required), q.title])
        for q in named_queries()
    ]


def test_one_query_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """`queries NAME` shows purpose, parameters, columns and SPARQL."""
    assert cli.main(["queries", "actors-by-issue"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Actors by issue\nWho took a position on one issue, and how often.\n")
    assert "  --param min_confidence=…  confidence, 0 if left out\n" in out
    assert "  columns: actor, stance, positions\n" in out
    assert "SELECT (MIN(STR(?label)) AS ?actor)" in out


def test_unexpected_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An error of the program's own is one line, exit code 70, and a traceback only on request."""

    def fail(*_: object) -> None:
        raise KeyError("boom")

    monkeypatch.setattr("alliancegraph.queries.named_queries", fail)
    assert cli.main(["queries"]) == 70
    assert capsys.readouterr().err == (
        "error: unexpected KeyError: 'boom'; please report it with what alliancegraph --debug COMMAND shows\n"
    )
    assert cli.main(["--debug", "queries"]) == 70
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_interrupt(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Control-C is one line and exit code 130."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("alliancegraph.queries.named_queries", interrupt)
    assert cli.main(["queries"]) == 130
    assert capsys.readouterr().err == "error: interrupted; what was stored before is kept\n"


def test_reader_that_goes_away() -> None:
    """A closed pipe ends the program quietly."""
    command = f"set -o pipefail; {sys.executable} -m alliancegraph queries actors-by-issue | true"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 141)
    assert ended.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_disk_on_stdout() -> None:
    """Output that cannot be written is one line and exit code 2."""
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "alliancegraph", "queries"]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 2
    assert re.fullmatch(r"error: No space left on device; [^\n]*\n", ended.stderr)


def test_sources_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders are searched throughout, globs expanded, each article named once and in order."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "in/c.HTML", "in/.hidden/d.txt", "in/e.png", "odd[1].txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("text", encoding="utf-8")

    def places(*sources: str) -> tuple[str, ...]:
        return tuple(article.place for article in articles(sources))

    assert places(".") == ("a.md", "b.txt", "in/c.HTML", "odd[1].txt")
    assert places("*.txt", "b.txt", "-") == ("b.txt", "odd[1].txt", "-")
    assert places("odd[1].txt") == ("odd[1].txt",)
    assert places(str(tmp_path / "**" / "*.md")) == (str(tmp_path / "a.md"),)
    assert places("missing.txt", "https://example.org/*") == ("missing.txt", "https://example.org/*")
    assert list(articles([str(tmp_path)]))[2] == Article(str(tmp_path / "in/c.HTML"), "in/c.HTML")
    assert list(articles(["b.txt"])) == [Article("b.txt")]
    with pytest.raises(UsageError, match=r"\*\.doc: no file matches; check the pattern"):
        articles(["*.doc"])
    Path("empty").mkdir()
    with pytest.raises(UsageError, match=r"empty: no article in this folder; articles end in \.txt"):
        articles(["empty"])


def test_less_certain_statements_are_left_out() -> None:
    """A statement below the minimum goes, with the relations of an event that goes; actors stay."""
    place = (Evidence(0, 5),)
    extraction = Extraction(
        document=Document("https://example.org/d", "Japan", "d.txt"),
        provenance=Provenance("0", "0", "0"),
        actors=(Actor("a1", "https://example.org/a", "State", "Japan", ("Japan",), place, confidence=0.1),),
        issues=(
            Issue("trade", "https://example.org/i", place, 0.4),
            Issue("iraq", "https://example.org/j", place, 0.5),
        ),
        events=(Event("e1", "https://example.org/e", "meeting", "talks", ("talks",), place, confidence=0.4),),
        relations=(Relation("a1", "participatesIn", "e1", place, confidence=0.9),),
        positions=(Position("a1", "supports", "trade", place, "author", confidence=0.6),),
    )
    kept = confident(extraction, 0.5)
    assert (len(kept.actors), [i.id for i in kept.issues], kept.events, kept.relations) == (
        1,
        ["iraq"],
        (),
        (),
    )
    assert kept.positions == extraction.positions
    assert confident(extraction, 0) is extraction


def test_table_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """Rows are tab-separated, and white space or control characters inside a cell cannot break them."""
    print_table(("a", "b"), [("x\ty\nz", "\x1b[31mred")])
    assert capsys.readouterr().out == "a\tb\nx y z\t[31mred\n"
