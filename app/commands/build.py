"""`build`: articles read, extracted and stored."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from alliancegraph.commands.console import note, print_table, progress
from alliancegraph.commands.options import (
    StorePlace,
    column_option,
    confidence_option,
    date_option,
    meaning_option,
    store_option,
    text_column_option,
    vocabulary_option,
)
from alliancegraph.extract.kinds import holds_many, suffix_list

if TYPE_CHECKING:
    from alliancegraph.corpus.build import Leftover, Plan
    from alliancegraph.corpus.outcome import Settled

_LISTED: Final = 25
"""At most so many documents are listed one by one."""


_HELP: Final = f"""Read articles, extract what they say, and store it.

SOURCE is a file, a folder (searched for {suffix_list("and")}), a glob, - for standard input, or a web address.
An article that is stored already and unchanged is skipped. One that fails is named, and the rest is stored: the
exit code is then 1.

JSON Lines and tables hold an article in each row, web archives one on each page; they may be zipped (.gz). Columns with usual names (text, title, author, date, publisher, url,
id, language) are found; others are named with --text-column and --column. A row is stored as FILE#ID, without an
id as FILE#LINE, a page as FILE#ADDRESS.

Run it again on the same folder to store what is new or changed; a build that was killed goes on where it stopped.

\b
Examples:
  alliancegraph build articles/
  alliancegraph build speech.txt 'reports/*.html' --workers 2
  alliancegraph build corpus.csv --text-column fulltext --column date=day
  alliancegraph build - --date 2008-03 < article.txt
  alliancegraph build https://example.org/article.html --store my-graph
  alliancegraph build archive/ --scheduler tcp://head-node:8786
  alliancegraph build archive/ --retry-failed
"""


@click.command(short_help="Read articles, extract what they say, and store it.", help=_HELP)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that extract."
)
@click.option(
    "--scheduler",
    metavar="tcp://HOST:PORT|slurm|kubernetes",
    help="Extract on a Dask cluster: one that runs, or one that is started with --workers workers.",
)
@click.option(
    "--document-timeout",
    "timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="Give a document up that takes longer.",
)
@click.option("--force", is_flag=True, help="Extract again what is unchanged.")
@click.option("--retry-failed", "retry", is_flag=True, help="Only what failed before.")
@click.option(
    "--failures",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where failed documents are kept; failures.jsonl in the store's folder unless told.",
)
@click.option(
    "--prune", is_flag=True, help="Take out of the store whatever the sources do not hold any more."
)
@click.option(
    "--watch",
    type=click.FloatRange(min=1),
    metavar="SECONDS",
    help="Look again every so often, until interrupted.",
)
@date_option
@text_column_option
@column_option
@vocabulary_option
@confidence_option
@meaning_option
@store_option
def build(
    sources: tuple[str, ...],
    workers: int,
    scheduler: str | None,
    timeout: float,
    force: bool,
    retry: bool,
    failures: Path | None,
    prune: bool,
    watch: float | None,
    date: str | None,
    text_column: str | None,
    columns: dict[str, str],
    vocabularies: tuple[Path, ...],
    min_confidence: float,
    meaning: bool,
    store: StorePlace,
) -> int:
    """Store what articles say."""
    from alliancegraph.corpus.build import Plan
    from alliancegraph.extract.formats import Hints

    plan = Plan(
        sources=sources,
        store=store,
        workers=workers,
        scheduler=scheduler,
        timeout=timeout,
        date=date,
        hints=Hints(columns=columns | ({"text": text_column} if text_column else {})),
        vocabularies=vocabularies,
        min_confidence=min_confidence,
        meaning=meaning,
        force=force,
        retry=retry,
        prune=prune,
        failures=failures,
    )
    named: set[str] = set()
    code = _once(plan, named)
    while watch is not None:
        time.sleep(watch)
        code = _once(plan, named, again=True)
    return code


def _once(plan: Plan, named: set[str], *, again: bool = False) -> int:
    """One round; one `again` that changed nothing, and failures `named` before, are not spoken of. The exit code."""
    from alliancegraph.corpus.build import build as carry_out

    summary = _Summary(named)
    with progress("extracting", _total(plan.sources)) as advance:

        def told(outcome: Settled) -> None:
            summary.add(outcome)
            advance(outcome.source)

        leftover = carry_out(plan, told)
    if not (summary.is_useful or leftover.count or plan.retry):
        return 2
    if summary.stored or not again:
        summary.show(plan.store, leftover)
    return 1 if summary.failed else 0


def _total(sources: tuple[str, ...]) -> int | None:
    """The number of documents, where somebody watches and it can be told without reading them."""
    import sys

    from alliancegraph.corpus.articles import articles

    if not sys.stderr.isatty():
        return None
    count = 0
    for article in articles(sources):
        if holds_many(article.place):
            return None
        count += 1
    return count


class _Summary:
    """What became of the documents: the first ones by name, all of them in numbers."""

    def __init__(self, named: set[str]) -> None:
        """Nothing so far; failures that were `named` before are counted only."""
        from alliancegraph.corpus.outcome import COUNTED

        self._columns = COUNTED
        self._named, self._before = named, frozenset(named)
        self._rows: list[tuple[str, ...]] = []
        self._totals = [0] * len(COUNTED)
        self.stored = self.unchanged = self.failed = 0

    @property
    def is_useful(self) -> bool:
        """Whether anything is in the store."""
        return bool(self.stored or self.unchanged)

    def add(self, outcome: Settled) -> None:
        """Count an outcome; name a document that failed."""
        from alliancegraph.corpus.outcome import Built, Failure

        if isinstance(outcome, Failure):
            self.failed += 1
            self._named.add(outcome.reason)
            if outcome.reason not in self._before:
                note(f"error: {outcome.reason}")
        elif not isinstance(outcome, Built):
            self.unchanged += 1
        else:
            self.stored += 1
            self._totals = [total + n for total, n in zip(self._totals, outcome.counts, strict=True)]
            if self.stored <= _LISTED:
                self._rows.append((outcome.source, *map(str, outcome.counts)))

    def show(self, store: StorePlace, leftover: Leftover) -> None:
        """The table of what was stored, and a line of numbers."""
        rows = self._rows
        if self.stored > _LISTED:
            rows = [(f"{self.stored} documents", *map(str, self._totals))]
        if rows:
            print_table(("document", *self._columns), rows)
        parts = [f"{self.stored} stored in {store}", f"{self.unchanged} unchanged", f"{self.failed} failed"]
        if leftover.removed:
            parts.append(f"{leftover.count} removed")
        elif leftover.count:
            parts.append(f"{leftover.count} kept that the folder does not hold (--prune removes them)")
        note(", ".join(parts))
