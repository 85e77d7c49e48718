"""How long hostile documents take: each kind at a length and at twice the length, cleaned and wholly extracted.

    python benchmarks/hostile.py [LENGTH] [KIND ...]

Printed are processor seconds at LENGTH characters (20,000 unless named) and at twice as many, and their ratio: 2 is in
proportion, 4 a square. A kind that is refused (no article, not in English) says so with the class of the error.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from alliancegraph.extract.article import article
from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.pipeline import extract
from alliancegraph.extract.reading import document
from alliancegraph.ontology.errors import AllianceGraphError

LENGTH = 20_000
PROSE = (
    "The alliance of the two states has lasted for decades, and it will be renewed by their parliaments before the end of "
    "the year. Japan supports a treaty on climate change, and the United States opposes it. "
)
_TEXT = f"{PROSE * 4}\n\n"
_PAGE = f"<html><body><p>{PROSE * 4}</p><p>"
_BARE = "<html><body>"
_PARAGRAPH = "<p>Japan met others in Tokyo, it said, on that day of the long and cold winter of the year.</p>"

DOCUMENTS: dict[str, tuple[str, str, str]] = {
    **{
        f"text: {unit!r}": (_TEXT, unit, f"\n\n{PROSE}")
        for unit in (
            PROSE, "a", "A", " ", "\t \t", "\n", "\r\n", "\u2028a", "a\n", "a b\n", "\n\nJapan met.", "(", "(a", ")", "[", "[[a]", "[^1",
            "[^1] ", "[a](", "[a](b) ", "[a][", "![a](", "<", "<a ", "<a>", "<!--", "&", "&amp", "&amp;", '"', '"a ', "“a ", "“‘", "'", "'a ",
            "1", "12 ", "1234,", "1.", "1-", "1st ", "5 March 2009, ", "March ", "2009-03-05 ", "05/03/2009 ", "10:00 ", "1990s ", "U.S.", "U.S. ",
            "Mr. ", "John Smith, ", "Smith ", "JOHN ", "O'", "NATO ", "NATO (", "the Ministry of ", "Japan and ", "Japan, ", "US-", "the US-Japan ",
            "*", "*a ", "**a", "_", "_a ", "#", "`", "|", "|a", "-", "- ", "a-", "—", "=", "~", ">", "> ", "\\", "¹", "a¹", "†", "a*", ".", "a. ",
            "a; ", "A: ", "? ", "Why? ", "! ", "…", "http://a.b/", "www.a.b ", "a@", "a.a@", "a@b.c ", "\n- Japan", "\n1. Japan", "\n## Japan\n",
            "\n[^1]: Japan.", "\nQ: Why?\nA: Japan.", "\nBy John Smith", "\nJOHN SMITH: ", "\n| a | b |", "\n> a", "\n---", "\na\n===",
            "two months later ", "last year ", "who said that ", "said that ", "not ", "of ", "if ", "would ", "its ", "\x00", "\x0c", "\u200b",
            "a\u0301", "\u0301", "\u202eא", "א ", "語", "🇯🇵", "ß", "İ",
        )
    },
    **{
        f"page: {unit!r}": (_PAGE, unit, "")
        for unit in (
            "<p>a", "<b>", "<div>", "<br>a", "<p ", "<p a=", "<p a='", "<p a='>", "<a", "</", "</ ", "</b>", "<!", "<!--", "<!-- -->", "<![x", "<?",
            "&#", "&a;", "<table><tr><td>", "<ul><li>a", "<blockquote>a", "<a href=x>Japan</a> ", "<sup>1</sup>a", "<time datetime=2009>",
            "<li id=fn1>a", "<script>", "<style>a", "<svg>", "<h1>a", "<h2>Japan</h2>", "<figcaption>a", "<header>a", "<footer>", "<aside>a",
            "<article>" + _PARAGRAPH, "<main>" + _PARAGRAPH, "<div>" + _PARAGRAPH, f"<div>{_PARAGRAPH}</div>", "<div><div>" + _PARAGRAPH,
        )
    },
    "page: many meta": ("<html>", "<meta name=author content='Ann Lee'>", f"<body><p>{PROSE * 3}"),
    "page: JSON-LD": ("<html><script type='application/ld+json'>", "[", f"</script><body><p>{PROSE * 3}"),
    "page: title": ("<html><title>", "a | ", f"</title><body><p>{PROSE * 3}"),
    "page: class": (f"{_BARE}<p class='", "a-", f"'>{PROSE * 3}"),
    "page: style": (f"{_BARE}<p style='", "display ", f"'>{PROSE * 3}"),
    "page: attributes": (f"{_BARE}<p ", "a=b ", f">{PROSE * 3}"),
    "front matter": ("---\n", "a: b\n", f"---\n{PROSE * 3}"),
    "front matter: list": ("---\nauthors:\n", "- Ann Lee\n", f"---\n{PROSE * 3}"),
    "front matter: open": ("---\n", "a: [", f"\n---\n{PROSE * 3}"),
}  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Processor seconds, and the class of the error if the document was refused."""

    seconds: float
    refusal: str = ""


def text_of(name: str, length: int) -> str:
    """A document of a kind, whose hostile part has so many characters."""
    before, unit, after = DOCUMENTS[name]
    return before + unit * max(1, length // len(unit)) + after


def cleaned(text: str) -> None:
    """Read a document as far as its clean text."""
    clean(document(text, "hostile"))


def extracted(text: str) -> None:
    """Read a document and extract what it says."""
    extract(document(text, "hostile"))


def measured(name: str, length: int, work: Callable[[str], None]) -> Measured:
    """How long the work takes on a document of a kind."""
    text = text_of(name, length)
    article.cache_clear()
    start = time.process_time()
    try:
        work(text)
    except AllianceGraphError as error:
        return Measured(time.process_time() - start, type(error).__name__)
    return Measured(time.process_time() - start)


def main() -> None:
    """Print a line for each kind."""
    length = int(sys.argv[1]) if len(sys.argv) > 1 else LENGTH
    if unknown := [name for name in sys.argv[2:] if name not in DOCUMENTS]:
        sys.exit(f"no kind is called {unknown[0]}; kinds are {', '.join(DOCUMENTS)}")
    extracted(PROSE)
    print(f"{'kind':34} {'cleaned':>16} {'ratio':>6} {'extracted':>16} {'ratio':>6}")
    for name in sys.argv[2:] or DOCUMENTS:
        cells = []
        for work in (cleaned, extracted):
            once, twice = (measured(name, n, work) for n in (length, 2 * length))
            cells.append(
                f"{once.seconds:7.2f} {twice.seconds:7.2f} {twice.seconds / max(once.seconds, 0.01):6.1f}"
            )
        print(f"{name[:34]:34} {cells[0]}  {cells[1]} {twice.refusal}", flush=True)


if __name__ == "__main__":
    main()
