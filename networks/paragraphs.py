"""Where the paragraphs and the sentences of a text as it was given begin."""

from __future__ import annotations

import re
from typing import Final

from alliancegraph.extract.excerpts import sentence_ends
from alliancegraph.ontology.vocabulary import load_vocabulary

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE: Final = re.compile(r"\n")
_TAG: Final = re.compile(r"<[^<>]*>")
_BLOCK: Final = re.compile(
    r"</?(?:p|li|h[1-6]|div|td|th|tr|dd|dt|blockquote|section|article|figcaption)\b[^<>]*>", re.IGNORECASE
)


def paragraph_starts(text: str, media_type: str = "text/plain") -> list[int]:
    """The characters at which paragraphs begin, the first at 0.

    They are told by blank lines, in a text without these by its lines, and in HTML by the tags of blocks.
    """
    plain = _BLANK_LINE if _BLANK_LINE.search(text) else _LINE
    rule = _BLOCK if "html" in media_type else plain
    return sorted({0, *(found.end() for found in rule.finditer(text))})


def sentence_starts(text: str, media_type: str = "text/plain") -> list[int]:
    """The characters at which sentences begin, the first at 0: where paragraphs do, and where one before is over."""
    bare = _TAG.sub(lambda tag: " " * len(tag[0]), text) if "html" in media_type else text
    openers = load_vocabulary().words("name-start-stop")
    return sorted({*paragraph_starts(text, media_type), *sentence_ends(bare, openers)})
