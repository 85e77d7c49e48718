"""`evaluate`: extraction against annotated articles."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("gold_dir", metavar="GOLD_DIR", type=click.Path(path_type=Path, file_okay=False))
def evaluate(gold_dir: Path) -> None:
    """Score extraction against annotated articles: precision, recall and F1 of each layer.

    GOLD_DIR holds an article NAME.txt and its annotation NAME.gold.json for each document.

    \b
    Example:
      alliancegraph evaluate gold/dev
    """
    from alliancegraph.extract.evaluation import evaluate as scores
    from alliancegraph.extract.evaluation import format_table

    click.echo(format_table(scores(gold_dir)).rstrip("\n"))
