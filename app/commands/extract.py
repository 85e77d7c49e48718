"""`extract`: one article, printed, without a store."""

from __future__ import annotations

import json
from pathlib import Path

import click

from alliancegraph.commands.options import confidence_option, date_option, vocabulary_option


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["json", "ttl", "trig", "jsonld"]),
    default="json",
    show_default=True,
    help="json is the interchange format, the others are RDF.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@date_option
@vocabulary_option
@confidence_option
def extract(
    source: str,
    format_: str,
    output: Path | None,
    date: str | None,
    vocabularies: tuple[Path, ...],
    min_confidence: float,
) -> None:
    """Read one article and print what it says; nothing is stored.

    SOURCE is a file, - for standard input, or a web address.

    \b
    Examples:
      alliancegraph extract article.txt
      alliancegraph extract article.html --format ttl -o article.ttl
      alliancegraph extract - < article.txt
    """
    from alliancegraph.commands.confidence import confident
    from alliancegraph.extract.interchange import to_json
    from alliancegraph.extract.pipeline import extract as extraction_of
    from alliancegraph.extract.reading import read
    from alliancegraph.graph.export import extraction_text
    from alliancegraph.graph.writing import write_whole
    from alliancegraph.ontology.vocabulary import load_vocabulary

    vocabulary = load_vocabulary(vocabularies)
    extraction = confident(extraction_of(read(source, date=date), vocabulary), min_confidence)
    if format_ == "json":
        text = json.dumps(to_json(extraction), ensure_ascii=False, indent=1) + "\n"
    else:
        text = extraction_text(extraction, format_)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text.encode())
