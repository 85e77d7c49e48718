"""`build`: articles read, extracted and stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

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
from alliancegraph.extract.model import Document, Extraction

COUNTED: Final = ("actors", "issues", "events", "relations", "positions")
_LISTED: Final = 25
"""At most so many documents are listed one by one."""


_HELP: Final = f"""Read articles, extract what they say, and store it.

SOURCE is a file, a folder (searched for {suffix_list("and")}), a glob, - for standard input, or a web address.
An article that is stored already and unchanged is skipped. One that fails is named, and the rest is stored: the
exit code is then 1.

JSON Lines and tables hold an article in each row, web archives one on each page; they may be zipped (.gz). Columns with usual names (text, title, author, date, publisher, url,
id, language) are found; others are named with --text-column and --column. A row is stored as FILE#ID, without an
id as FILE#LINE, a page as FILE#ADDRESS.

\b
Examples:
  alliancegraph build articles/
  alliancegraph build speech.txt 'reports/*.html' --workers 2
  alliancegraph build corpus.csv --text-column fulltext --column date=day
  alliancegraph build - --date 2008-03 < article.txt
  alliancegraph build https://example.org/article.html --store my-graph
"""


@click.command(short_help="Read articles, extract what they say, and store it.", help=_HELP)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that extract."
)
@click.option("--force", is_flag=True, help="Extract again what is unchanged.")
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
    force: bool,
    date: str | None,
    text_column: str | None,
    columns: dict[str, str],
    vocabularies: tuple[Path, ...],
    min_confidence: float,
    meaning: bool,
    store: StorePlace,
) -> int:
    """Store what articles say."""
    from alliancegraph.commands.articles import articles
    from alliancegraph.commands.extraction import outcomes
    from alliancegraph.commands.target import Target
    from alliancegraph.extract.formats import Hints

    names = articles(sources)
    hints = Hints(columns=columns | ({"text": text_column} if text_column else {}))
    total = None if any(holds_many(name.place) for name in names) else len(names)
    stored: list[tuple[str, ...]] = []
    skipped = failed = 0
    with (
        Target(store, vocabularies, min_confidence, meaning=meaning) as target,
        progress("extracting", total) as advance,
    ):

        def unchanged(document: Document) -> bool:
            return not force and target.holds(document)

        for outcome in outcomes(
            names,
            date=date,
            hints=hints,
            vocabularies=vocabularies,
            meaning=meaning,
            workers=workers,
            unchanged=unchanged,
        ):
            advance(outcome.source)
            if outcome.problem:
                failed += 1
                note(f"error: {outcome.problem}")
            elif outcome.extraction is None:
                skipped += 1
            else:
                stored.append(_counts(target.put(outcome.extraction)))
    if not stored and not skipped:
        return 2
    _summarise(stored, skipped, failed, store)
    return 1 if failed else 0


def _counts(extraction: Extraction) -> tuple[str, ...]:
    return extraction.document.source, *(str(len(getattr(extraction, layer))) for layer in COUNTED)


def _summarise(stored: Sequence[tuple[str, ...]], skipped: int, failed: int, store: StorePlace) -> None:
    rows = list(stored)
    if len(rows) > _LISTED:
        totals = (str(sum(int(row[column]) for row in stored)) for column in range(1, len(COUNTED) + 1))
        rows = [(f"{len(rows)} documents", *totals)]
    if rows:
        print_table(("document", *COUNTED), rows)
    note(f"{len(stored)} stored in {store}, {skipped} unchanged, {failed} failed")
