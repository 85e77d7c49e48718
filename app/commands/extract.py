"""`extract`: one article, printed, without a store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.options import (
    column_option,
    confidence_option,
    date_option,
    meaning_option,
    text_column_option,
    vocabulary_option,
)
from alliancegraph.extract.kinds import holds_many
from alliancegraph.extract.model import Extraction
from alliancegraph.ontology.errors import ReadingError, UsageError


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
@text_column_option
@column_option
@vocabulary_option
@confidence_option
@meaning_option
def extract(
    source: str,
    format_: str,
    output: Path | None,
    date: str | None,
    text_column: str | None,
    columns: dict[str, str],
    vocabularies: tuple[Path, ...],
    min_confidence: float,
    meaning: bool,
) -> int:
    """Read one article and print what it says; nothing is stored.

    SOURCE is a file, - for standard input, or a web address. Of a corpus (JSON Lines or a table) each row is printed as
    JSON on a line of its own; FILE#ID or FILE#LINE is one of its rows.

    \b
    Examples:
      alliancegraph extract article.txt
      alliancegraph extract article.html --format ttl -o article.ttl
      alliancegraph extract corpus.jsonl -o extractions.jsonl
      alliancegraph extract 'corpus.csv#12'
      alliancegraph extract - < article.txt
    """
    from alliancegraph.extract.confident import confident
    from alliancegraph.extract.encoder import sentence_encoder
    from alliancegraph.extract.formats import Hints
    from alliancegraph.extract.pipeline import extract as extraction_of
    from alliancegraph.extract.reading import read_all
    from alliancegraph.ontology.vocabulary import load_vocabulary

    hints = Hints(columns=columns | ({"text": text_column} if text_column else {}))
    is_corpus = holds_many(source)
    if is_corpus and format_ != "json":
        raise UsageError(
            f"{source}: may hold several documents, which --format {format_} cannot tell apart; "
            "print json, or build a graph and export it"
        )
    vocabulary = load_vocabulary(vocabularies)
    encoder = sentence_encoder() if meaning else None
    failed = done = 0
    with _written(output) as write:
        for found in read_all(source, hints=hints, date=date):
            if isinstance(found, ReadingError):
                failed += 1
                note(f"error: {found}")
            else:
                done += 1
                extraction = confident(extraction_of(found, vocabulary, encoder=encoder), min_confidence)
                on_one_line = is_corpus or found.source.startswith("stdin#")
                write(_text(extraction, format_, on_one_line=on_one_line))
    return 0 if not failed else 1 if done else 2


def _text(extraction: Extraction, format_: str, *, on_one_line: bool) -> str:
    from alliancegraph.extract.interchange import to_json
    from alliancegraph.graph.export import extraction_text

    if format_ != "json":
        return extraction_text(extraction, format_)
    indent = None if on_one_line else 1
    return json.dumps(to_json(extraction), ensure_ascii=False, indent=indent) + "\n"


@contextmanager
def _written(output: Path | None) -> Iterator[Callable[[str], None]]:
    """Prints at once, or writes all to a file at the end, whole or not at all."""
    from alliancegraph.graph.writing import write_whole

    if output is None:
        yield lambda text: click.echo(text, nl=False)
        return
    parts: list[str] = []
    yield parts.append
    if parts:
        write_whole(output, "".join(parts).encode())
