"""How well the article is told from the page around it: ours, and main-text extractors where they are installed.

    python benchmarks/pages.py [FOLDER]

FOLDER (tests/pages unless named) holds `NAME.html` and `NAME.txt`: first a line `# title | authors | publisher | date`, then
the article's paragraphs, a blank line between them; one that begins with `? ` may be there or not (headings, captions,
notes). Printed are the share of paragraphs found, the share of what was found that belongs, and the metadata that is right.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alliancegraph.extract.cleaning import clean
from alliancegraph.extract.reading import document

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "pages"
FIELDS = ("title", "authors", "publisher", "date")
_APART = ("title", "byline", "dateline")
_EXTRA_WORDS = 6
"""A dateline or a speaker's label, which some tools keep with the paragraph."""


@dataclass(frozen=True)
class Page:
    """A page and what should be read from it."""

    name: str
    html: str
    stated: tuple[str, ...]
    paragraphs: tuple[str, ...]
    optional: tuple[str, ...]


@dataclass
class Score:
    """What a tool found on all pages together; `missed` and `spurious` are (page, paragraph)."""

    found: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    spurious: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of paragraphs that were found."""
        return self.found / max(1, self.found + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of what was found that belongs to the article."""
        return self.found / max(1, self.found + len(self.spurious))


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder."""
    for path in sorted(folder.glob("*.txt")):
        first, *parts = path.read_text(encoding="utf-8").strip().split("\n\n")
        stated = tuple(part.strip() for part in first.removeprefix("# ").split("|"))
        optional = tuple(part[2:] for part in parts if part.startswith("? "))
        required = tuple(part for part in parts if not part.startswith("? "))
        yield Page(
            path.stem, path.with_suffix(".html").read_text(encoding="utf-8"), stated, required, optional
        )


def score(found: Sequence[tuple[Page, Sequence[str]]]) -> Score:
    """How the paragraphs found on pages compare with those that should be."""
    total = Score()
    for page, texts in found:
        wanted = [_words(text) for text in page.paragraphs]
        allowed = [_words(text) for text in (*page.optional, *page.stated[:2])]
        got = [words for text in texts if (words := _words(text))]
        missed = [w for w in wanted if not any(_same(w, g) for g in got)]
        total.found += len(wanted) - len(missed)
        total.missed += [(page.name, " ".join(words)) for words in missed]
        total.spurious += [
            (page.name, " ".join(g)) for g in got if not any(_same(w, g) for w in (*wanted, *allowed))
        ]
    return total


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _same(wanted: list[str], got: list[str]) -> bool:
    least = 1 if len(wanted) < 8 else _EXTRA_WORDS
    return (
        bool(wanted)
        and len(got) - len(wanted) in range(least + 1)
        and got[len(got) - len(wanted) :] == wanted
    )


def ours(page: Page) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs and metadata that AllianceGraph reads."""
    found = document(page.html, page.name, media_type="text/html")
    text = clean(found)
    paragraphs = [text.block_text(block) for block in text.blocks if block.kind not in _APART]
    stated = (found.title, ", ".join(found.authors), found.publisher, found.date)
    return paragraphs, tuple(value or "" for value in stated)


def _trafilatura(module: Any, html: str) -> str:
    return module.extract(html, include_comments=False, favor_precision=True) or ""


def _readability(module: Any, html: str) -> str:
    inner = re.sub(
        r"</?(?:p|div|li|h\d|td|tr|br|blockquote|figcaption)\b[^>]*>", "\n", module.Document(html).summary()
    )
    return importlib.import_module("html").unescape(re.sub(r"<[^>]*>", "", inner))


def _resiliparse(module: Any, html: str) -> str:
    return str(module.extract_plain_text(html, main_content=True))


def _justext(module: Any, html: str) -> str:
    found = module.justext(html.encode(), module.get_stoplist("English"), encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


OTHERS: dict[str, Callable[[Any, str], str]] = {
    "trafilatura": _trafilatura,
    "readability": _readability,
    "resiliparse.extract.html2text": _resiliparse,
    "justext": _justext,
}


def main() -> None:
    """Print a line for each tool that is installed."""
    found = list(pages(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
    read = [(page, *ours(page)) for page in found]
    print(f"{len(found)} pages")
    _show("alliancegraph", score([(page, texts) for page, texts, _ in read]))
    for number, name in enumerate(FIELDS):
        stated = [(page.stated[number], values[number]) for page, _, values in read if page.stated[number]]
        print(f"  {name}: {sum(a == b for a, b in stated)} of {len(stated)}")
    for name, text in OTHERS.items():
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        _show(name, score([(page, text(module, page.html).split("\n")) for page in found]))


def _show(name: str, result: Score) -> None:
    counts = f"{len(result.missed)} missed, {len(result.spurious)} spurious"
    print(f"{name}: recall {result.recall:.3f}, precision {result.precision:.3f} ({counts})")


if __name__ == "__main__":
    main()
