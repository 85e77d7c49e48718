"""Whatever the kind of file, the graph holds the text that was read, and all evidence points into it."""

from __future__ import annotations

import json
from pathlib import Path

from test_archives import page, record, saved_page
from test_formats import book, chapter, paragraph, word

from alliancegraph import cli
from alliancegraph.graph.store import Store

SAID = (
    "Norway and Finland signed a defence agreement in Oslo on 3 May 2011. Finland supports the enlargement of NATO, "
    "and the prime minister of Norway said that “it will last”."
)
FILES: dict[str, bytes] = {
    "plain.txt": f"A pact\n\n{SAID}".encode("utf-16"),
    "old.txt": f"A pact of Müller’s\n\n{SAID}".encode("cp1252"),
    "note.md": f"---\ntitle: A pact\n---\n\n> {SAID}\n".encode(),
    "page.htm": page(SAID.replace(" ", "\n  ")).encode(),
    "word.docx": word(paragraph(SAID)),
    "book.epub": book(**{"OEBPS/text/two.xhtml": chapter("Why it holds", f"<p>{SAID}</p>")}),
    "saved.mht": saved_page(text=SAID),
    "crawl.warc": record("https://herald.example.org/a", page(f"{SAID} So be it.")),
    "rows.jsonl": json.dumps({"text": f"\n\n{SAID} So it is."}).encode(),
    "table.csv": f'id,text\r\n7,"{SAID}\r\n\r\nSo it was."\r\n'.encode(),
    "list.json": json.dumps([{"text": f"{SAID} So it will be."}]).encode(),
}
SELECTORS = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX ag: <https://w3id.org/alliancegraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?source ?text ?start ?end ?exact WHERE {
  GRAPH ?document {
    ?document ag:text ?text ; dcterms:source ?source .
    ?target oa:hasSelector ?place , ?quote .
    ?place oa:start ?start ; oa:end ?end .
    ?quote oa:exact ?exact .
  }
}
"""


def test_evidence_points_into_the_stored_text(tmp_path: Path) -> None:
    """Each passage of a graph is the characters of the graph's own text at its place, and names are found in all."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    store = str(tmp_path / "store")
    sources = [str(folder), str(folder / "list.json")]
    assert cli.main(["build", *sources, "--store", store]) == 0
    quoted: dict[str, set[str]] = {}
    with Store.open(tmp_path / "store", read_only=True) as opened:
        for source, text, start, end, exact in opened.dataset().query(SELECTORS):
            assert str(text)[int(start) : int(end)] == str(exact)
            quoted.setdefault(str(source).partition("#")[0], set()).add(str(exact))
    assert sorted(quoted) == sorted(FILES)
    for name, exact in quoted.items():
        assert {"Norway", "Finland", "NATO"} <= exact, name
