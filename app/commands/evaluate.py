"""`evaluate`: extraction against annotated articles."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Score extraction against annotated articles.")
@click.argument("gold_dir", metavar="GOLD_DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--errors", is_flag=True, help="List every missed and spurious item first.")
@click.option("--documents", is_flag=True, help="F1 of each document, too.")
@click.option("--calibration", is_flag=True, help="The share that is right in each tenth of confidence, too.")
def evaluate(gold_dir: Path, errors: bool, documents: bool, calibration: bool) -> None:
    """Score extraction against annotated articles: precision, recall and F1 of each layer.

    GOLD_DIR holds an article NAME.txt and its annotation NAME.gold.json for each document.

    \b
    Examples:
      alliancegraph evaluate gold/dev
      alliancegraph evaluate gold/dev --documents --calibration
    """
    from alliancegraph.extract.calibration import format_calibration
    from alliancegraph.extract.evaluation import evaluate as scores_of
    from alliancegraph.extract.evaluation import format_documents, format_errors, format_table

    scores = scores_of(gold_dir)
    if errors:
        click.echo(format_errors(scores), nl=False)
    click.echo(format_table(scores), nl=False)
    if documents:
        click.echo("\n" + format_documents(scores), nl=False)
    if calibration:
        click.echo("\n" + format_calibration(list(scores.items)), nl=False)
