"""JSON Lines and tables: a document in each row, and each bad row named by its line while the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from alliancegraph import cli
from alliancegraph.extract import formats_lines, formats_records
from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.formats import Hints
from alliancegraph.extract.model import Document
from alliancegraph.extract.reading import read, read_all
from alliancegraph.graph.store import Store
from alliancegraph.ontology.errors import BadRow, NotText, ReadingError, SourceNotFound, UsageError

ENGLISH = (
    "The alliance of the two states has lasted for decades, and it will be renewed by their parliaments."
)
MORE = "It is not clear what the other side will do, but the ministers of both have agreed to meet again."
GERMAN = "Das Bündnis der beiden Staaten besteht seit Jahrzehnten, und es wird von ihren Parlamenten in Berlin erneuert."


def saved(folder: Path, name: str, data: str | bytes) -> str:
    """The path of a file with that content."""
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(folder / name)


def in_lines(*rows: object) -> str:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def parts(path: str, columns: Mapping[str, str] | None = None, name: str | None = None) -> list[str]:
    """The names of the documents of a corpus and the lines that say what is wrong, in order."""
    found = read_all(path, hints=Hints(columns=columns or {}), name=name)
    return [str(item) if isinstance(item, ReadingError) else item.source for item in found]


def documents(path: str, columns: Mapping[str, str] | None = None) -> list[Document]:
    """The documents of a corpus in which nothing is wrong."""
    found = list(read_all(path, hints=Hints(columns=columns or {})))
    assert [item for item in found if isinstance(item, ReadingError)] == []
    return [item for item in found if isinstance(item, Document)]


def test_json_lines(tmp_path: Path) -> None:
    """Metadata are taken from their fields; the stored text is the row's, to the character."""
    text = f"{ENGLISH}\n\n{MORE}"
    row = {
        "id": 7,
        "headline": "A pact",
        "body": text,
        "authors": [{"name": "Ann Lee"}, "Bo Chen"],
        "published_at": "2011-05-03T10:00:00Z",
        "meta": {"outlet": "Example Herald", "lang": "en_us"},
        "link": "https://herald.example.org/7",
    }
    (found,) = documents(saved(tmp_path, "corpus.jsonl", in_lines(row)))
    assert (found.source, found.text, found.media_type) == ("corpus.jsonl#7", text, "text/plain")
    assert (found.title, found.authors, found.date) == ("A pact", ("Ann Lee", "Bo Chen"), "2011-05-03")
    assert (found.publisher, found.language) == ("Example Herald", "en-US")
    assert found.url == "https://herald.example.org/7"
    assert clean(found).text == text


def test_columns_count_before_the_text(tmp_path: Path) -> None:
    """What a column states overrules the text, what it leaves open is looked up there; the user's date overrules both."""
    text = f"An old pact\n\nBy Eve Roe\n\n4 March 2009\n\n{ENGLISH}"
    path = saved(tmp_path, "c.jsonl", in_lines({"text": text, "date": "2011", "author": ""}))
    (found,) = documents(path)
    assert (found.title, found.authors, found.date) == ("An old pact", ("Eve Roe",), "2011")
    (dated,) = read_all(path, date="2012-02")
    assert isinstance(dated, Document)
    assert dated.date == "2012-02"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"date": 20110503}, ("date", "2011-05-03")),
        ({"date": 1304380800}, ("date", "2011-05-03")),
        ({"date": "1304380800000"}, ("date", "2011-05-03")),
        ({"year": 2011}, ("date", "2011")),
        ({"pub_date": "3 May 2011"}, ("date", "2011-05-03")),
        ({"date": "03.05.2011"}, ("date", "2011-05-03")),
        ({"date": "unknown"}, ("date", None)),
        ({"byline": "By Ann Lee and Bo Chen"}, ("authors", ("Ann Lee", "Bo Chen"))),
        ({"author": "Lee, Ann; Chen, Bo"}, ("authors", ("Ann Lee", "Bo Chen"))),
        ({"Author(s)": "Ann Lee | Bo Chen"}, ("authors", ("Ann Lee", "Bo Chen"))),
        ({"authors": "['Ann Lee', 'Bo Chen']"}, ("authors", ("Ann Lee", "Bo Chen"))),
        ({"author": "ann77"}, ("authors", ())),
        ({"source": "Example Herald"}, ("publisher", "Example Herald")),
        ({"source": "https://example.org/1"}, ("url", "https://example.org/1")),
        ({"Publication Title": "Example Herald"}, ("publisher", "Example Herald")),
        ({"language": "English"}, ("language", "en")),
        ({"language": "de"}, ("language", "en")),
        ({"title": " A \n pact "}, ("title", "A pact")),
        ({"title": None, "headline": "A pact"}, ("title", "A pact")),
    ],
)
def test_usual_columns(tmp_path: Path, values: dict[str, object], expected: tuple[str, object]) -> None:
    """Names of columns and forms of values that corpora have."""
    (found,) = documents(saved(tmp_path, "c.jsonl", in_lines({"text": ENGLISH, **values})))
    name, value = expected
    assert getattr(found, name) == value


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        (["05/03/2009", "25/03/2009"], ["2009-03-05", "2009-03-25"]),
        (["5/3/2009", "3-25-2009 10:00"], ["2009-05-03", "2009-03-25"]),
        (["05/03/2009", "2009-03-25"], ["2009", "2009-03-25"]),
        (["05/03/2009", "25/03/2009", "03/25/2009"], ["2009", "2009-03-25", "2009-03-25"]),
        (["05/03/2009", "25/03/2009", "25/25/2009"], ["2009", "2009-03-25", None]),
    ],
)
def test_order_of_day_and_month(tmp_path: Path, written: list[str], dates: list[str | None]) -> None:
    """Whether day or month stands first is told by the dates of the column that can be read in one way only."""
    rows = [{"text": f"{ENGLISH} {number}", "date": date} for number, date in enumerate(written)]
    assert [found.date for found in documents(saved(tmp_path, "c.jsonl", in_lines(*rows)))] == dates


def test_named_columns(tmp_path: Path) -> None:
    """A user names columns, also one inside another; one that is not there is told with those that are."""
    path = saved(tmp_path, "c.jsonl", in_lines({"a": {"b": ENGLISH}, "text": MORE, "when": "2011"}))
    (found,) = documents(path, {"text": "a.b", "date": "when"})
    assert (found.text, found.date) == (ENGLISH, "2011")
    with pytest.raises(NotText) as caught:
        parts(path, {"date": "day"})
    assert str(caught.value) == "c.jsonl: has no column day for the date; its columns are: a, text, when"
    assert parts(path, {"text": "when"}) == ["c.jsonl#1"]


def test_no_text_column(tmp_path: Path) -> None:
    """A corpus whose text is in no usual column is refused as a whole, once."""
    path = saved(tmp_path, "c.csv", f"when,said\n2011,{MORE}\n2012,x\n")
    with pytest.raises(NotText) as caught:
        parts(path)
    assert str(caught.value) == (
        "c.csv: no column is called text, full text, body or the like; "
        "name the one with the articles: --text-column NAME (there are: when, said)"
    )
    quoted = saved(tmp_path, "q.csv", f'when,said\n2011,"{MORE}"\n')
    assert parts(quoted, {"text": "said"}) == ["q.csv#2"]


def test_bad_rows_of_json_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bad row is named with its line, and the rows after it are read."""
    good = in_lines({"id": "a", "text": ENGLISH})
    rows = (
        f'{{"text": "no end\n\n[1]\n{good}{good}{in_lines({"text": " "}, {"text": 7}, {"text": GERMAN})}'
        f"{'[' * 100_000}\n{in_lines({'text': [ENGLISH, MORE]})}"
    )
    assert parts(saved(tmp_path, "c.jsonl", rows)) == [
        "c.jsonl: line 1 is no JSON (Unterminated string starting at); mend it or take it out",
        'c.jsonl: line 3 is no JSON object; write it as {"text": "…"}',
        "c.jsonl#a",
        "c.jsonl: line 5 has the id a of line 4; name a column that tells them apart: --column id=NAME",
        "c.jsonl: line 6 has no text; fill it in, or name another column with --text-column",
        "c.jsonl: line 7 has no text; fill it in, or name another column with --text-column",
        "c.jsonl#8: is not in English; give the article's English text",
        "c.jsonl: line 9 is no JSON (it is nested too deep); mend it or take it out",
        "c.jsonl#10",
    ]
    found = list(read_all(str(tmp_path / "c.jsonl")))
    assert isinstance(found[1], BadRow)
    assert (found[1].line, found[1].source) == (3, "c.jsonl")
    assert isinstance(found[-1], Document)
    assert found[-1].text == f"{ENGLISH}\n\n{MORE}"
    monkeypatch.setattr(formats_records, "LIMIT", len(ENGLISH))
    assert parts(saved(tmp_path, "d.jsonl", in_lines({"text": MORE + ENGLISH})))[0] == (
        "d.jsonl: line 1 holds more than 0 million characters; split it into its articles"
    )
    monkeypatch.setattr(formats_lines, "LONGEST", 60)
    assert parts(saved(tmp_path, "e.jsonl", in_lines({"text": "x" * 200}, {"text": "the"}))) == [
        "e.jsonl: line 1 is longer than 0 MiB; split it into its articles",
        "e.jsonl#2",
    ]


def test_table(tmp_path: Path) -> None:
    """Quoted fields hold line ends, separators and quotation marks; rows are called by the line where they begin."""
    table = (
        "\ufeffTitle,Full Text,Date\r\n"
        f'"A ""new"" pact","{ENGLISH}\r\n\r\n{MORE}",2011-05-03\r\n'
        "\r\n"
        f'Second,"It is so, and that is that: {MORE}",\r\n'
    )
    first, second = documents(saved(tmp_path, "c.csv", table))
    assert (first.source, first.title, first.date) == ("c.csv#2", 'A "new" pact', "2011-05-03")
    assert first.text == f"{ENGLISH}\r\n\r\n{MORE}"
    assert (second.source, second.title, second.date) == ("c.csv#6", "Second", None)


@pytest.mark.parametrize(
    ("name", "sign"), [("c.csv", ","), ("c.csv", ";"), ("c.csv", "\t"), ("c.csv", "|"), ("c.tsv", "\t")]
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_tables_as_programs_write_them(tmp_path: Path, name: str, sign: str, codec: str) -> None:
    """The separator and the encoding are found out."""
    rows = [("id", "text", "author"), ("x1", f'"{ENGLISH} “So be it,” he said."', "Jürgen Groß")]
    table = "".join(sign.join(row) + "\n" for row in rows)
    (found,) = documents(saved(tmp_path, name, table.encode(codec)))
    assert (found.source, found.text) == (f"{name}#x1", f"{ENGLISH} “So be it,” he said.")
    assert found.authors == ("Jürgen Groß",)


def test_bad_rows_of_a_table(tmp_path: Path) -> None:
    """Rows with other columns than the header has, and quotation marks that do not pair, are named."""
    table = f'id,text\na,{MORE}\nb,"{MORE}"\nc,"It "is" so"\nd\ne,"{MORE}"\nf,"{MORE}\n'
    assert parts(saved(tmp_path, "c.csv", table)) == [
        "c.csv: line 2 has 3 columns and not 2; put text that holds the separator in quotation marks",
        "c.csv#b",
        "c.csv: line 4 is no row of a table (',' expected after '\"'); write quotation marks inside a text twice",
        "c.csv: line 5 has 1 columns and not 2; put text that holds the separator in quotation marks",
        "c.csv#e",
        "c.csv: line 7 begins a row whose quotation marks are never closed; close them",
    ]


def test_table_with_tabs_and_bare_quotation_marks(tmp_path: Path) -> None:
    """In a table with tabs a text may open with a quotation mark of its own."""
    text = f'"So be it," he said. {ENGLISH}'
    (found,) = documents(saved(tmp_path, "c.tsv", f"id\ttext\na\t{text}\n"))
    assert found.text == text


@pytest.mark.parametrize("name", ["c.jsonl", "c.csv", "c.tsv"])
@pytest.mark.parametrize("data", ["", "\n\n", "text\n"])
def test_empty_corpus(tmp_path: Path, name: str, data: str) -> None:
    """A corpus without rows is told so."""
    path = saved(tmp_path, name, data)
    if name == "c.jsonl" and data == "text\n":
        assert parts(path) == ["c.jsonl: line 1 is no JSON (Expecting value); mend it or take it out"]
        return
    with pytest.raises(NotText) as caught:
        parts(path)
    assert str(caught.value) == f"{name}: is empty; give a corpus with one article in each row"


def test_zipped_corpus(tmp_path: Path) -> None:
    """A zipped corpus is read as such; where it breaks off, what came before is kept."""
    whole = gzip.compress(in_lines(*({"text": f"{ENGLISH} {number}"} for number in range(3))).encode())
    assert parts(saved(tmp_path, "c.jsonl.gz", whole)) == ["c.jsonl.gz#1", "c.jsonl.gz#2", "c.jsonl.gz#3"]
    with pytest.raises(NotText, match=r"c\.jsonl\.gz: after line 0 it cannot be read on; get the file again"):
        parts(saved(tmp_path, "c.jsonl.gz", whole[:-20]))
    with pytest.raises(NotText, match="cannot be read on"):
        parts(saved(tmp_path, "c.jsonl.gz", b"no zip"))


def test_text_in_html(tmp_path: Path) -> None:
    """A column may hold the page of an article, or a part of it."""
    quoted = f"<blockquote><p>{MORE}</p></blockquote>"
    path = saved(tmp_path, "c.jsonl", in_lines({"text": f"<p>{ENGLISH}</p>{quoted}<p>So be it.</p>"}))
    (found,) = documents(path)
    assert found.media_type == "text/html"
    assert clean(found).text == f"{ENGLISH}\n\n{MORE}\n\nSo be it."


def test_one_document_of_a_corpus(tmp_path: Path) -> None:
    """`FILE#NAME` is one document; a corpus of several is no document."""
    path = saved(tmp_path, "c.jsonl", in_lines({"text": ENGLISH}, {"text": MORE, "id": "x#y"}))
    assert read(f"{path}#1").text == ENGLISH
    assert read(f"{path}#x#y").source == "c.jsonl#x#y"
    with pytest.raises(SourceNotFound, match=r"c\.jsonl: holds no document called 2; check the name"):
        read(f"{path}#2")
    with pytest.raises(UsageError, match="holds several documents"):
        read(path)
    with pytest.raises(SourceNotFound, match="no such file"):
        read(str(tmp_path / "none.jsonl"))
    odd = saved(tmp_path, "a#1.txt", ENGLISH)
    assert read(odd).source == "a#1.txt"


def test_json_lines_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON Lines are told from the first line on standard input."""
    data = in_lines({"text": ENGLISH}, {"text": MORE}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert parts("-") == ["stdin#1", "stdin#2"]


def test_build_and_remove(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each row is a graph of its own with its text; unchanged rows are skipped; rows go one by one or all together."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    text = (
        "Japan supports a treaty on climate change. The United States opposes the treaty on climate change."
    )
    rows = [{"id": "a", "text": text}, {"id": "b", "text": f"{text} It is so."}, {"id": "c", "text": ""}]
    path = saved(folder / "sub", "c.jsonl", in_lines(*rows))
    store = ["--store", str(tmp_path / "store")]
    for workers in ("1", "2"):
        assert cli.main(["build", str(folder), "--workers", workers, *store]) == 1
        printed = capsys.readouterr()
        assert printed.err.splitlines()[0].startswith("error: sub/c.jsonl: line 3 has no text; ")
    assert printed.err.splitlines()[1].startswith("0 stored in ")
    assert printed.err.splitlines()[1].endswith(", 2 unchanged, 1 failed")
    with Store.open(tmp_path / "store", read_only=True) as opened:
        held = opened.documents()
        assert [d.source for d in held] == ["sub/c.jsonl#a", "sub/c.jsonl#b"]
        texts = [q.object.value for q in opened.graph(held[1].iri) if q.predicate.value.endswith("#text")]
        assert texts == [f"{text} It is so."]
    rows[1]["text"] = f"{text} It is not so."
    saved(folder / "sub", "c.jsonl", in_lines(*rows[:2]))
    assert cli.main(["build", str(folder), *store]) == 0
    assert capsys.readouterr().err.endswith(
        "1 stored in " + str(tmp_path / "store") + ", 1 unchanged, 0 failed\n"
    )
    assert cli.main(["remove", "sub/c.jsonl#a", *store]) == 0
    assert cli.main(["build", path, *store]) == 0
    assert cli.main(["remove", "sub/c.jsonl", *store]) == 0
    with Store.open(tmp_path / "store", read_only=True) as opened:
        assert [d.source for d in opened.documents()] == ["c.jsonl#a", "c.jsonl#b"]


def test_extract_prints_a_line_for_each_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A corpus gives JSON Lines, one of its rows JSON; RDF would mix the documents."""
    path = saved(tmp_path, "c.csv", f'said,when\n"{ENGLISH}",2011\n"{MORE}",2012\n,\n')
    named = ["--text-column", "said", "--column", "date=when"]
    assert cli.main(["extract", path, *named]) == 1
    printed = capsys.readouterr()
    found = [json.loads(line)["document"] for line in printed.out.splitlines()]
    assert [(d["source"], d["date"], d["text"]) for d in found] == [
        ("c.csv#2", "2011", ENGLISH),
        ("c.csv#3", "2012", MORE),
    ]
    assert printed.err.startswith("error: c.csv: line 4 has no text; ")
    target = tmp_path / "out.json"
    assert cli.main(["extract", f"{path}#3", *named, "-o", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["document"]["text"] == MORE
    assert cli.main(["extract", path, "--format", "ttl", *named]) == 2
    assert "cannot tell apart; print json, or build a graph" in capsys.readouterr().err
    assert cli.main(["extract", f"{path}#3", "--format", "ttl", *named]) == 0
    assert cli.main(["extract", path, "--column", "day=when"]) == 2
    assert "'day' is none of text, title, author" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (json.dumps([{"text": ENGLISH}, 7, {"text": MORE, "id": "x"}, {"text": ""}], indent=1), "abx"),
        (json.dumps({"count": 2, "articles": [{"text": ENGLISH}, {"text": MORE}]}), ["#1", "#2"]),
        (json.dumps({"text": ENGLISH, "id": "one"}, indent=2), ["#one"]),
        (in_lines({"text": ENGLISH}, {"text": MORE}), ["#1", "#2"]),
    ],
)
def test_json(tmp_path: Path, data: str, names: list[str] | str) -> None:
    """A list of articles, one inside an object, one article, and JSON Lines under another name."""
    found = parts(saved(tmp_path, "c.json", data))
    if names == "abx":
        assert found == [
            "c.json#1",
            'c.json: item 2 is no JSON object; write it as {"text": "…"}',
            "c.json#x",
            "c.json: item 4 has no text; fill it in, or name another column with --text-column",
        ]
    else:
        assert found == [f"c.json{name}" for name in names]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "c.json: is empty; give an article in plain text, Markdown or HTML"),
        ("[]", "c.json: is empty; give a corpus with one article in each row"),
        ('[{"text"}]', "c.json: line 1 is no JSON (Expecting ':' delimiter); mend it"),
        ("[" * 100_000, "c.json: is nested too deep; write it as JSON Lines"),
        ('{"a": 1}', "c.json: no column is called text, full text, body or the like; "
            "name the one with the articles: --text-column NAME (there are: a)"),
    ],
)  # fmt: skip
def test_bad_json(tmp_path: Path, data: str, message: str) -> None:
    """What is no JSON, or holds no articles, is told in one line."""
    with pytest.raises(NotText) as caught:
        parts(saved(tmp_path, "c.json", data))
    assert str(caught.value) == message
