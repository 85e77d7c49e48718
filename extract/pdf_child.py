"""The text of a PDF with its places, printed as JSON by a process of its own: a file that breaks it breaks nothing else."""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from typing import Any, Final

MEMORY: Final = 1024**3
"""Address space of the process, in bytes."""
SECONDS: Final = 60
"""Processor time of the process."""
_SPACE: Final = " "
_BREAKS: Final = "\r\n"
_HYPHENS: Final = "\x02\ufffe"
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_BOLD: Final = ("bold", "black", "heavy", "demi")
_BOLD_WEIGHT: Final = 600
_WIDE_GAP: Final = 1.8
_SLANT: Final = 0.1

Piece = tuple[float, float, float, float, bool, str]
"""Left, right, baseline, size, whether bold, and text of characters that stand side by side in one size."""


def _bounded(memory: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


class _Page:
    """One page's characters, read one by one."""

    def __init__(self, raw: Any, page: Any) -> None:
        self.raw, self.text = raw, page.get_textpage()
        self.width, self.height = page.get_size()
        self.turn = page.get_rotation()
        self.left, self.bottom = page.get_bbox()[:2]

    def pieces(self) -> Iterator[Piece]:
        """The page's characters in pieces, in the order in which the file draws them."""
        held: list[tuple[float, float, str]] = []
        line = size = 0.0
        bold = False
        for index in range(self.text.count_chars()):
            character = self._character(index)
            if character in _BREAKS or not character:
                if held and character:
                    yield _piece(held, line, size, bold)
                    held = []
                continue
            placed = self._placed(index)
            if placed is None:
                continue
            x0, x1, y, em = placed
            if held and character == _SPACE and not em:
                held.append((held[-1][1], held[-1][1], _SPACE))
                continue
            if held and not self._beside(held[-1][1], line, size, x0, y, em):
                yield _piece(held, line, size, bold)
                held = []
            if not held:
                line, size, bold = y, em, self._is_bold(index)
            held.append((x0, x1, character))
        if held:
            yield _piece(held, line, size, bold)

    @staticmethod
    def _beside(right: float, line: float, size: float, x0: float, y: float, em: float) -> bool:
        same = abs(y - line) <= 0.1 * size and abs(em - size) <= 0.1 * size
        return same and -size <= x0 - right <= _WIDE_GAP * size

    def _character(self, index: int) -> str:
        code = self.raw.FPDFText_GetUnicode(self.text, index)
        if 0xD800 <= code < 0xE000 or code == 0 or code > 0x10FFFF:
            return ""
        character = chr(code)
        if character in _HYPHENS:
            return "-"
        character = _LIGATURES.get(character, character)
        if character.isspace():
            return character if character in _BREAKS else _SPACE
        return character if character.isprintable() else ""

    def _placed(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, right, baseline and size of a character; size 0 for a space that the file does not draw; None if slanted."""
        if self.raw.FPDFText_IsGenerated(self.text, index) == 1:
            return 0.0, 0.0, 0.0, 0.0
        matrix = self.raw.FS_MATRIX()
        self.raw.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix))
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        for _ in range(self.turn // 90 % 4):
            a, b, c, d = b, -a, d, -c
        if abs(b) > _SLANT * abs(a) or a <= 0:
            return None
        box = self.raw.FS_RECTF()
        self.raw.FPDFText_GetLooseCharBox(self.text, index, ctypes.byref(box))
        x, y = ctypes.c_double(), ctypes.c_double()
        self.raw.FPDFText_GetCharOrigin(self.text, index, ctypes.byref(x), ctypes.byref(y))
        size = self.raw.FPDFText_GetFontSize(self.text, index) * math.hypot(c, d)
        corners = [self._turned(box.left, box.bottom), self._turned(box.right, box.top)]
        left, right = sorted(corner[0] for corner in corners)
        return left, right, self._turned(x.value, y.value)[1], size

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        """A place on the page as shown, from its lower left corner."""
        x, y = x - self.left, y - self.bottom
        match self.turn:
            case 90:
                return y, self.height - x
            case 180:
                return self.width - x, self.height - y
            case 270:
                return self.width - y, x
        return x, y

    def _is_bold(self, index: int) -> bool:
        if self.raw.FPDFText_GetFontWeight(self.text, index) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(200)
        flags = ctypes.c_int()
        self.raw.FPDFText_GetFontInfo(self.text, index, name, 200, ctypes.byref(flags))
        return any(word in name.value.decode("latin-1").casefold() for word in _BOLD)


def _piece(held: list[tuple[float, float, str]], line: float, size: float, bold: bool) -> Piece:
    places = [round(number, 2) for number in (held[0][0], held[-1][1], line, size)]
    return places[0], places[1], places[2], places[3], bold, "".join(c for _, _, c in held)


def contents(data: bytes, pages: int, characters: int) -> dict[str, Any]:
    """What a PDF holds, or the `problem` that keeps it shut: `password`, `damaged`, or more than so many pages or characters."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"problem": "password" if "password" in str(error).casefold() else "damaged"}
    if len(document) > pages:
        return {"problem": "pages", "count": len(document)}
    found, left = [], characters
    for number in range(len(document)):
        try:
            page = _Page(pypdfium2.raw, document[number])
        except pypdfium2.PdfiumError:
            continue
        left -= page.text.count_chars()
        if left < 0:
            return {"problem": "characters"}
        found.append({"width": page.width, "height": page.height, "pieces": list(page.pieces())})
    return {"pages": found, "of": len(document), "properties": document.get_metadata_dict(skip_empty=True)}


def main() -> None:
    """Read a PDF from standard input and print its contents; the arguments bound its pages, characters and memory."""
    pages, characters, memory = map(int, sys.argv[1:])
    _bounded(memory)
    json.dump(contents(sys.stdin.buffer.read(), pages, characters), sys.stdout)


if __name__ == "__main__":
    main()
