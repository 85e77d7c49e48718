"""From the SOURCE arguments of `build` to the articles that they name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alliancegraph.extract.kinds import holds_many, is_searched, suffix_list
from alliancegraph.ontology.errors import UsageError

_STDIN: Final = "-"
_MAGIC: Final = "*?["


@dataclass(frozen=True, slots=True)
class Article:
    """Where to read an article, and the name of its source: within a folder its path there, else None (the file's name).

    `problem` says why nothing can be read there.
    """

    place: str
    name: str | None = None
    problem: str | None = None


def articles(sources: Sequence[str]) -> tuple[Article, ...]:
    """Every article that files, folders, globs, `-` and URLs name, once, in order; folders are searched throughout.

    Raise `UsageError` for a folder or glob that holds none.
    """
    found: dict[str, Article] = {}
    for source in sources:
        for article in _named_by(source):
            found.setdefault(article.place, article)
    return tuple(found.values())


def _named_by(source: str) -> Iterator[Article]:
    path = Path(source)
    if source == _STDIN or "://" in source:
        yield Article(source)
    elif path.is_dir():
        yield from _in_folder(path, source)
    elif not path.exists() and not _is_member(source) and any(sign in source for sign in _MAGIC):
        yield from map(Article, _matching(path, source))
    else:
        yield Article(source)


def _is_member(source: str) -> bool:
    """Whether it is one document in a file of many, `FILE#NAME`, whose name may have any signs."""
    file = source.partition("#")[0]
    return file != source and holds_many(file)


def _matching(pattern: Path, source: str) -> list[str]:
    root = Path(pattern.anchor)
    found = sorted(p for p in root.glob(str(pattern.relative_to(pattern.anchor))) if p.is_file())
    if not found:
        raise UsageError(f"{source}: no file matches; check the pattern")
    return [str(p) for p in found]


def _in_folder(folder: Path, source: str) -> list[Article]:
    """The articles below a folder, links that lead nowhere and folders that cannot be opened among them."""
    closed: list[OSError] = []
    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(place, name) for name in files if not name.startswith(".") and is_searched(name))
        found += (path for path in paths if path.is_file() or (path.is_symlink() and not path.exists()))
    if not found and not closed:
        raise UsageError(f"{source}: no article in this folder; articles end in {suffix_list('or')}")
    named = [Article(str(path), path.relative_to(folder).as_posix()) for path in sorted(found)]
    return named + [_closed(error) for error in closed]


def _closed(error: OSError) -> Article:
    place = str(error.filename)
    return Article(
        place, problem=f"{place}: cannot be read ({error.strerror}); check the folder's permissions"
    )
