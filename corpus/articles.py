"""From the SOURCE arguments of `build` to the articles that they name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
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


def articles(sources: Sequence[str]) -> Iterator[Article]:
    """Every article that files, folders, globs, `-` and URLs name, once, in order; folders are searched throughout.

    Folders are walked through while the articles are asked for, so that any number of files fits into memory. Raise
    `UsageError` for a folder or glob that holds none, before the first article is given.
    """
    named = [_Named(source) for source in sources]
    for each in named:
        each.check()
    return _once(chain.from_iterable(each.articles() for each in named), several=len(named) > 1)


def _once(found: Iterable[Article], *, several: bool) -> Iterator[Article]:
    """A single source names each article once; of several, places are remembered."""
    known: set[str] = set()
    for article in found:
        if article.place not in known:
            yield article
            if several:
                known.add(article.place)


def public_name(article: Article) -> str:
    """What messages and the store call an article's file."""
    if article.name is not None or "://" in article.place:
        return article.name or article.place
    return "stdin" if article.place == _STDIN else Path(article.place).name


class _Named:
    """What one argument names."""

    def __init__(self, source: str) -> None:
        self._source = source

    def articles(self) -> Iterator[Article]:
        source, path = self._source, Path(self._source)
        if source == _STDIN or "://" in source:
            yield Article(source)
        elif path.is_dir():
            yield from _in_folder(path)
        elif self._is_pattern():
            yield from map(Article, _matching(path))
        else:
            yield Article(source)

    def check(self) -> None:
        """Raise `UsageError` if it names nothing."""
        if any(True for _ in self.articles()):
            return
        if self._is_pattern():
            raise UsageError(f"{self._source}: no file matches; check the pattern")
        raise UsageError(f"{self._source}: no article in this folder; articles end in {suffix_list('or')}")

    def _is_pattern(self) -> bool:
        source = self._source
        unlike = source == _STDIN or "://" in source or Path(source).exists() or _is_member(source)
        return not unlike and any(sign in source for sign in _MAGIC)


def _is_member(source: str) -> bool:
    """Whether it is one document in a file of many, `FILE#NAME`, whose name may have any signs."""
    file = source.partition("#")[0]
    return file != source and holds_many(file)


def _matching(pattern: Path) -> list[str]:
    root = Path(pattern.anchor)
    return [str(p) for p in sorted(root.glob(str(pattern.relative_to(pattern.anchor)))) if p.is_file()]


def _in_folder(folder: Path) -> Iterator[Article]:
    """The articles below a folder in order of their names, then the folders that cannot be opened."""
    closed: list[OSError] = []
    for path in _below(str(folder), closed):
        yield Article(path, Path(path).relative_to(folder).as_posix())
    yield from map(_closed, closed)


def _below(folder: str, closed: list[OSError]) -> Iterator[str]:
    """The files to be read below a folder, links that lead nowhere among them."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, _is_folder(entry)) for entry in entries if _is_wanted(entry))
    except OSError as error:
        closed.append(error)
        return
    for name, is_folder in found:
        path = str(Path(folder, name))
        if is_folder:
            yield from _below(path, closed)
        else:
            yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    if _is_folder(entry):
        return True
    leads_nowhere = entry.is_symlink() and not Path(entry.path).exists()
    return is_searched(entry.name) and (entry.is_file() or leads_nowhere)


def _closed(error: OSError) -> Article:
    place = str(error.filename)
    return Article(
        place, problem=f"{place}: cannot be read ({error.strerror}); check the folder's permissions"
    )
