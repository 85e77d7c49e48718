"""The documentation says what the program does."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest

from alliancegraph.cli import cli
from alliancegraph.queries import named_query

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def generator() -> ModuleType:
    """The module `docs/generate.py`, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "queries.md"])
def test_generated_pages_are_fresh(name: str) -> None:
    """A generated page is what `make docs` would write now."""
    assert (DOCS / name).read_text(encoding="utf-8") == generator().pages()[name], "run: make docs"


def command_lines(page: Path) -> list[str]:
    """Every `alliancegraph …` line in the code blocks of a page."""
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line.partition("  #")[0] for line in lines if line.startswith("alliancegraph ")]


def test_command_lines_of_the_readme_parse() -> None:
    """Each command in the README exists and takes the options shown, and each named query and parameter exists."""
    lines = command_lines(ROOT / "README.md")
    assert len(lines) == 24
    for line in lines:
        words = shlex.split(line)[1:]
        command = cli.commands[words[0]]
        context = command.make_context(words[0], words[1:])
        if words[0] == "query" and re.fullmatch(r"[a-z-]+", context.params["question"]):
            asked = named_query(context.params["question"])
            assert set(context.params["params"]) <= {p.name for p in asked.parameters}


def test_links_of_the_pages_lead_somewhere() -> None:
    """A relative link in the README or the docs names a file that exists."""
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
