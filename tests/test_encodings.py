"""Encodings of English articles: each is told by the few words and marks in it that are not ASCII."""

from __future__ import annotations

import pytest

from alliancegraph.extract.decoding import decoded
from alliancegraph.extract.kinds import HTML
from alliancegraph.extract.sources import Raw
from alliancegraph.ontology.errors import NotText

AROUND = "The ministers of both states met in the autumn, and it was not clear what they would agree on. "
CASES = {
    "utf-8": "“It holds,” said the café’s owner in 東京.",
    "utf-16": "“It holds.”",
    "utf-16-le": "“It holds.”",
    "utf-16-be": "Nothing but ASCII.",
    "utf-32": "“It holds.”",
    "utf-32-le": "“It holds.”",
    "cp1252": "“It won’t hold” – or so Jürgen Groß of Besançon says… for €20.",
    "latin-1": "André Pérez of Málaga paid £20.",
    "iso8859-15": "André Pérez of Málaga paid 20 €.",
    "mac-roman": "“It won’t hold” – or so Jürgen Groß of Besançon says.",
    "cp1250": "Radosław Wójcik of Poznań met Jiří Dvořák and Ivan Petrović.",
    "iso8859-2": "Radosław Wójcik of Poznań met Jiří Dvořák of Třebíč.",
    "cp1254": "Ayşe Yıldız of Eskişehir met Çağrı Doğan.",
    "cp1251": "The paper «Новое время» of Moscow said so.",
    "koi8-r": "The paper Новое время of Moscow said so.",
    "iso8859-5": "The paper Новое время of Moscow said so.",
    "cp866": "The paper Новое время of Moscow said so.",
    "iso8859-7": "The paper Ελευθερία of Larissa said so.",
    "cp1255": "The paper דבר of Tel Aviv said so.",
    "cp1256": "The paper الحياة of London said so.",
    "cp874": "The paper มติชน of Bangkok said so.",
    "shift-jis": "The Ministry of Defense (防衛省) and Mr. Tanaka (田中一郎) said so.",
    "cp932": "The “alliance” （同盟） has two parts: ① and ②.",
    "euc-jp": "The Ministry of Defense (防衛省) and Mr. Tanaka (田中一郎) said so.",
    "iso2022-jp": "The Ministry of Defense (防衛省) said so.",
    "euc-kr": "The Ministry of Unification (통일부) and Ms. Lee (이영희) said so.",
    "cp949": "The ‘ministry’ (통일부) said that “it” would hold.",
    "gb18030": "The State Council (国务院) called it China’s “core interest”.",
    "big5": "The Legislative Yuan (立法院) said so.",
    "cp850": "André Pérez of Málaga met Jürgen Groß.",
}


@pytest.mark.parametrize("codec", CASES)
@pytest.mark.parametrize("times", [1, 20])
def test_encoding_is_found(codec: str, times: int) -> None:
    """An English text with a sentence that tells the encoding, near it and far from its start."""
    text = AROUND * times + CASES[codec] + " " + AROUND
    found = decoded(Raw(text.encode(codec), "article.txt"))
    assert found.removeprefix("\ufeff") == text


def test_stray_bytes_in_utf_8() -> None:
    """A few bytes of Windows Latin in a text that is UTF-8 else are read as such, and nothing moves."""
    whole = AROUND + "“It holds,” said André. " * 3
    data = whole.encode() + b"It\x92s over. " + whole.encode()
    assert decoded(Raw(data, "article.txt")) == f"{whole}It’s over. {whole}"


@pytest.mark.parametrize(
    "page",
    [
        "<?xml version='1.0' encoding='iso-8859-2'?><html><body><p>Pet\xb5a</p></body></html>",
        "<html><head><meta charset=iso-8859-2></head><body><p>Pet\xb5a</p></body></html>",
        "<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-2'><p>Pet\xb5a</p>",
    ],
)
def test_declared_encoding(page: str) -> None:
    """What a page says of its encoding counts before any guess."""
    assert "Petľa" in decoded(Raw(page.encode("latin-1"), "a.html", HTML))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (bytes(range(128, 256)) * 4, "a.txt: its encoding cannot be told; save it as UTF-8"),
        (b"\x00\x01\x02" * 40, "a.txt: is a binary file, not text; save the article as .txt, .md or .html"),
        (
            AROUND.encode() + b"\x00",
            "a.txt: is a binary file, not text; save the article as .txt, .md or .html",
        ),
    ],
)
def test_what_is_no_text(data: bytes, message: str) -> None:
    """Bytes that make no sense in any encoding are refused."""
    with pytest.raises(NotText) as caught:
        decoded(Raw(data, "a.txt"))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        ("cp1252", "25°C"),
        ("cp1252", "5 × 4"),
        ("cp1252", "100 m²"),
        ("cp1252", "¿Qué?"),
        ("cp1252", "CÔTE D’IVOIRE"),
        ("cp1252", "Œuvre"),
        ("cp1252", "well…so"),
        ("cp1252", "Møn in Denmark"),
        ("cp1254", "Beşiktaş"),
        ("cp1254", "Doğan’s"),
        ("cp1250", "Ivan Mladić"),
        ("cp1250", "Tuđman"),
        ("mac-roman", "it’s"),
        ("mac-roman", "5–6 May"),
        ("mac-roman", "• one"),
        ("cp850", "Zürich"),
        ("gb18030", "China’s"),
        ("big5", "“So,” he said"),
    ],
)
def test_one_word_tells_the_encoding(codec: str, words: str) -> None:
    """A single name or mark is enough in most encodings."""
    text = f"{AROUND}{words}. {AROUND}"
    assert decoded(Raw(text.encode(codec), "article.txt")) == text


@pytest.mark.xfail(reason="The same bytes are a name in two encodings of Latin letters", strict=True)
def test_names_that_two_encodings_share() -> None:
    """A Hungarian name alone reads as a Portuguese one."""
    text = f"{AROUND}Győr. {AROUND}"
    assert decoded(Raw(text.encode("cp1250"), "article.txt")) == text
