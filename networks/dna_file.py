"""Hand-coded statements from a `.dna` file of Discourse Network Analyzer: XML of DNA 1, SQLite of DNA 2 and 3."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from alliancegraph.networks.dna_documents import INSTEAD
from alliancegraph.networks.dna_tables import read_tables, table_texts
from alliancegraph.networks.dna_xml import read_xml, xml_texts
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import StatementsError

_MAGIC: Final = b"SQLite format 3\0"
_XML: Final = (b"<", b"\xef\xbb\xbf<")


def read_dna(path: Path, statement_type: str | None = None, variables: Sequence[str] = ()) -> Statements:
    """The statements of one type: the one named, else the first that has these variables and any statement.

    Beside its own variables a statement has those of its document: `document` (its title), `author`, `source`,
    `section` and `type`; and its `coder`, as far as the version knows them. Attributes of values are kept. The file is only
    read. Raises `StatementsError` for what is no such file, one of another version, or a broken one.
    """
    if _is_xml(path):
        if statement_type is not None:
            message = (
                f"{path}: has statements of one type only, as all files of DNA 1; leave out --statement-type"
            )
            raise StatementsError(message, path=str(path))
        return read_xml(path)
    return read_tables(path, statement_type, variables)


def dna_texts(path: Path) -> dict[str, str]:
    """The text of each document, by the name that `read_dna` gives it; raise `StatementsError` as that does."""
    return xml_texts(path) if _is_xml(path) else table_texts(path)


def _is_xml(path: Path) -> bool:
    """Whether a file is XML; raise `StatementsError` for what is neither that nor a database."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror or error}); check the path and its permissions"
        raise StatementsError(message, path=str(path)) from error
    xml = head.lstrip().startswith(_XML)
    if not xml and head != _MAGIC:
        raise StatementsError(f"{path}: is no file of DNA; {INSTEAD}", path=str(path))
    return xml
