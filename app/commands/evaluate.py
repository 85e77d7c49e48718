"""`evaluate`: extraction against annotated articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.options import meaning_option

if TYPE_CHECKING:
    from alliancegraph.extract.evaluation import Scores


@click.command(short_help="Score extraction against annotated articles.")
@click.argument("gold_dir", metavar="GOLD_DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--errors", is_flag=True, help="List every missed and spurious item first.")
@click.option("--documents", is_flag=True, help="F1 of each document, too.")
@click.option("--calibration", is_flag=True, help="The share that is right in each tenth of confidence, too.")
@click.option(
    "--report",
    metavar="FILE.html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page with all tables and every differing item in its sentence.",
)
@click.option(
    "--save",
    metavar="FILE.json",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep the scores, to compare a later run with them.",
)
@click.option(
    "--compare",
    metavar="FILE.json",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Show what changed since the run that was saved there.",
)
@meaning_option
def evaluate(
    gold_dir: Path,
    errors: bool,
    documents: bool,
    calibration: bool,
    report: Path | None,
    save: Path | None,
    compare: Path | None,
    meaning: bool,
) -> None:
    """Score extraction against annotated articles: precision, recall and F1 of each layer.

    GOLD_DIR holds an article NAME.txt and its annotation NAME.gold.json for each document.

    \b
    Examples:
      alliancegraph evaluate gold/dev
      alliancegraph evaluate gold/dev --documents --calibration
      alliancegraph evaluate gold/dev --save before.json
      alliancegraph evaluate gold/dev --compare before.json --report report.html
    """
    from alliancegraph.extract.calibration import format_calibration
    from alliancegraph.extract.encoder import sentence_encoder
    from alliancegraph.extract.evaluation import evaluate as scores_of
    from alliancegraph.extract.evaluation import format_documents, format_errors, format_overlap, format_table
    from alliancegraph.extract.score_changes import changes, format_changes
    from alliancegraph.extract.score_files import read_scores, scores_text
    from alliancegraph.graph.writing import write_whole

    earlier = read_scores(compare) if compare is not None else None
    scores = scores_of(gold_dir, encoder=sentence_encoder() if meaning else None)
    if errors:
        click.echo(format_errors(scores), nl=False)
    click.echo(format_table(scores) + format_overlap(scores), nl=False)
    if documents:
        click.echo("\n" + format_documents(scores), nl=False)
    if calibration:
        click.echo("\n" + format_calibration(scores.items), nl=False)
    if earlier is not None:
        click.echo("\n" + format_changes(changes(earlier, scores)), nl=False)
    if save is not None:
        write_whole(save, scores_text(scores).encode())
        note(f"written to {save}")
    if report is not None:
        write_whole(report, _page(scores, gold_dir, earlier).encode())
        note(f"written to {report}")


def _page(scores: Scores, gold_dir: Path, earlier: Scores | None) -> str:
    from alliancegraph.extract.evaluation import article_texts
    from alliancegraph.extract.report import report_page

    title = f"Evaluation: {gold_dir.resolve().name}"
    return report_page(scores, article_texts(gold_dir), title=title, earlier=earlier)
