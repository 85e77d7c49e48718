"""Hand-coded statements from a file of DNA 1, an XML document of articles with their statements.

Its layout is that which DNA 2's `ImportOldDNA1XML.java` reads: a root whose first child is the version, then `articles` of
`article` with `title`, `date` (as 14.03.2008), `text` and `statements`, and in these `start`, `end`, `person`,
`organization`, `category` and `agreement` (yes or no). Characters are counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from alliancegraph.networks.dates import span
from alliancegraph.networks.dna_documents import (
    INSTEAD,
    DnaDocument,
    broken,
    document_names,
    statements_of,
)
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import StatementsError

VERSIONS: Final = ("1.16", "1.21")
"""The versions of files that DNA 2 takes over; those before have another layout."""
_VARIABLES: Final = {"person": "person", "organization": "organization", "concept": "category"}


def read_xml(path: Path) -> Statements:
    """The statements with their person, organization, concept (category), agreement and document."""
    articles = list(_articles(path))
    documents = _documents(articles, path)
    said = [
        (document, statement)
        for document, article in zip(documents, articles, strict=True)
        for statement in article.iterfind("statements/*")
    ]
    if not said:
        raise StatementsError(f"{path}: holds no statements; code some in DNA first", path=str(path))
    columns = {
        name: Column.of([_text(statement, element) for _, statement in said])
        for name, element in _VARIABLES.items()
    }
    columns["agreement"] = Column.of(
        [{"yes": "1", "no": "0"}.get(_text(statement, "agreement")) for _, statement in said]
    )
    return statements_of(
        [str(number) for number in range(1, len(said) + 1)],
        [document for document, _ in said],
        [(_offset(s, "start", path) - 1, _offset(s, "end", path) - 1) for _, s in said],
        columns,
    )


def xml_texts(path: Path) -> dict[str, str]:
    """The text of each article by its name."""
    return {document.name: document.text for document in _documents(list(_articles(path)), path)}


def _articles(path: Path) -> Iterator[Element]:
    """The articles of the file; raise `StatementsError` for another layout or broken XML."""
    try:
        root = _parsed(path)
    except (ParseError, ValueError) as error:
        raise broken(path, error) from error
    version = (root[0].text or "").strip() if len(root) else ""
    articles = root.find("articles")
    if articles is None or version not in VERSIONS:
        known = f"is of DNA {version}" if version[:1] == "1" else "is XML, but no file of DNA 1"
        what = f"{known}; files of {' and '.join(VERSIONS)} are read: save it again in DNA 1.31, or {INSTEAD}"
        raise StatementsError(f"{path}: {what}", path=str(path))
    yield from articles.iterfind("article")


def _parsed(path: Path) -> Element:
    """The root of the file, which may not declare entities of its own."""
    data = path.read_bytes()
    if b"<!ENTITY" in data.upper():
        raise ValueError("it declares entities")
    return fromstring(data)


def _documents(articles: list[Element], path: Path) -> list[DnaDocument]:
    titles = [_text(article, "title") for article in articles]
    names = document_names(titles, range(1, len(titles) + 1))
    found = []
    for name, article in zip(names, articles, strict=True):
        given = _text(article, "date")
        date = span(given) if given else None
        if given and date is None:
            raise broken(path, f"article {name!r} has the date {given!r}")
        text = article.find("text")
        words = "" if text is None else "".join(text.itertext())
        found.append(DnaDocument(name, words, {}, date[0] if date else None))
    return found


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _offset(statement: Element, name: str, path: Path) -> int:
    given = _text(statement, name)
    if not given.isdecimal() or int(given) < 1:
        raise broken(path, f"a statement has the {name} {given!r}")
    return int(given)
