"""The wheel holds everything that the packages on disk hold, and the lock files are what the README promises."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = {
    "alliancegraph": "app",
    **{
        f"alliancegraph.{n}": n
        for n in ("corpus", "explorer", "extract", "graph", "networks", "ontology", "queries", "serve")
    },
}
NOT_SHIPPED = {".pyc", ".pyo"}
BUILD_TIME = ROOT / "ontology" / "build"
"""Scripts and tables from which vocabulary files were made; not needed to run."""


def files_on_disk() -> set[str]:
    """Every file of the package folders, named as in the wheel."""
    found = set()
    for package, folder in PACKAGES.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix not in NOT_SHIPPED and BUILD_TIME not in path.parents:
                found.add(f"{package.replace('.', '/')}/{path.relative_to(ROOT / folder).as_posix()}")
    return found


@pytest.fixture(scope="module")
def wheel_files(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel that was built from a copy of the checkout."""
    work = tmp_path_factory.mktemp("wheel")
    for name in [*PACKAGES.values(), "pyproject.toml", "README.md", "LICENSE"]:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, work / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, work / name)
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(work / "dist"),
        str(work),
    ]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (work / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_what_is_on_disk(wheel_files: set[str]) -> None:
    """No module, vocabulary file, query, template, asset or schema is left behind, and nothing else comes along."""
    shipped = {name for name in wheel_files if ".dist-info/" not in name}
    assert shipped == files_on_disk()


def test_wheel_has_licence_and_command(wheel_files: set[str]) -> None:
    """The licence is in the wheel, and so is the entry point."""
    assert {name.rpartition("/")[2] for name in wheel_files if ".dist-info/" in name} >= {
        "LICENSE",
        "entry_points.txt",
    }


def test_packages_are_listed() -> None:
    """Every folder with Python files is a package of the configuration."""
    listed = CONFIGURATION["tool"]["setuptools"]["packages"]
    found = set()
    for package, folder in PACKAGES.items():
        for init in (ROOT / folder).rglob("__init__.py"):
            inner = init.parent.relative_to(ROOT / folder).parts
            if BUILD_TIME not in [init.parent, *init.parents]:
                found.add(".".join([package, *inner]))
    assert set(listed) == found


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_is_hashed_and_names_no_host(name: str) -> None:
    """Each requirement is pinned with hashes, and no line names an index or a host."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?:|--index-url|--extra-index-url|--find-links|^file:", text, re.M) == []
    requirements = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", text).strip())
    for requirement in requirements:
        assert re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def pins(name: str) -> dict[str, str]:
    """The pinned versions of a lock file, with their markers."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {
        line.split("==")[0] + line.partition(";")[2].rstrip(" \\"): line.split()[0]
        for line in lines
        if re.match(r"\w", line)
    }


def test_locks_agree() -> None:
    """What the package runs on is what it is tested with."""
    tested = pins("requirements-dev.txt")
    differing = {key: pin for key, pin in pins("requirements.txt").items() if tested.get(key, pin) != pin}
    assert differing == {}


def test_no_heavy_or_unfree_packages() -> None:
    """No deep-learning framework and no GPL package is pulled in."""
    names = {pin.split("==")[0] for pin in pins("requirements.txt").values()}
    assert names & {"torch", "tensorflow", "jax", "igraph", "python-igraph", "leidenalg"} == set()
