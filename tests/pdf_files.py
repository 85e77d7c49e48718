"""PDF files made by hand: text set in columns in Times, as papers are, with running heads, notes and broken words."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ROMAN, BOLD, ITALIC = "F1", "F2", "F3"
_FONTS = {ROMAN: "Times-Roman", BOLD: "Times-Bold", ITALIC: "Times-Italic"}
_WIDTHS = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 "
    "564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 "
    "611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 "
    "722 500 500 444 480 200 480 541"
)
_WIDTH = dict(enumerate(map(int, _WIDTHS.split()), 32))
_SOFT = "\xad"


@dataclass(frozen=True)
class Line:
    """A line of text at a place on the page, in points from the lower left corner; `stretch` widens its spaces."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = ROMAN
    stretch: float = 0
    rise: float = 0


def width(text: str, size: float) -> float:
    """How wide a text is in Times."""
    return sum(_WIDTH.get(ord(c), 500) for c in text) * size / 1000


def centred(y: float, text: str, size: float = 10, font: str = ROMAN) -> Line:
    """A line in the middle of a page of 612 points."""
    return Line(306 - width(text, size) / 2, y, text, size, font)


def paragraph(
    text: str, x: float, y: float, across: float, size: float = 10, leading: float = 12, indent: float = 0
) -> Iterator[Line]:
    """A text in justified lines of a width, broken at spaces and, with a hyphen, at soft hyphens."""
    held, left = "", x + indent
    for word in text.split():
        tried = f"{held} {word}".strip()
        if width(tried.replace(_SOFT, ""), size) <= across - (left - x):
            held = tried
            continue
        head, rest = _broken(held, word, across - (left - x), size)
        shown = head.replace(_SOFT, "")
        spare = across - (left - x) - width(shown, size)
        yield Line(left, y, shown, size, stretch=spare / max(1, shown.count(" ")))
        held, left, y = rest, x, y - leading
    yield Line(left, y, held.replace(_SOFT, ""), size)


def _broken(held: str, word: str, across: float, size: float) -> tuple[str, str]:
    parts = word.split(_SOFT)
    for count in range(len(parts) - 1, 0, -1):
        head = f"{held} {''.join(parts[:count])}-".strip()
        if width(head.replace(_SOFT, ""), size) <= across:
            return head, _SOFT.join(parts[count:])
    return held, word


def columns(
    lines: Sequence[Sequence[Line]], places: Sequence[tuple[float, float, float]], leading: float = 12
) -> list[list[Line]]:
    """Lines of paragraphs poured into places (x, top, bottom) one after the other; one list for each place."""
    rest = [line for one in lines for line in one]
    first = rest[0].x - max(0.0, rest[0].x - min(line.x for line in rest))
    poured: list[list[Line]] = []
    for x, top, bottom in places:
        room = int((top - bottom) / leading) + 1
        here, rest = rest[:room], rest[room:]
        poured.append(
            [
                Line(x + line.x - first, top - n * leading, line.text, line.size, line.font, line.stretch)
                for n, line in enumerate(here)
            ]
        )
    assert not rest, f"{len(rest)} lines have no place"
    return poured


def pdf(
    pages: Sequence[Sequence[Line]], info: str = "", extra: str = "", page: str = "", matrix: str = ""
) -> bytes:
    """A PDF with those pages; `info` are entries of the document information, `extra` of the trailer, `page` of pages.

    `matrix` turns all that is shown.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    fonts = " ".join(f"/{name} {number} 0 R" for number, name in enumerate(_FONTS, 3))
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 612 792] >>".encode())
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        for name in _FONTS.values()
    ]
    objects.append(f"<< {info} >>".encode())
    for number, lines in enumerate(pages):
        turned = [f"{matrix} cm".encode()] if matrix else []
        data = zlib.compress(b"\n".join([*turned, *map(_shown, lines)]))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Resources << /Font << {fonts} >> >> /Contents {8 + 2 * number} 0 R {page} >>".encode()
        )
        objects.append(
            f"<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode() + data + b"\nendstream"
        )
    return assembled(objects, f"/Info 6 0 R {extra}")


def _shown(line: Line) -> bytes:
    text = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    place = f"BT /{line.font} {line.size} Tf {line.stretch:.3f} Tw {line.rise} Ts 1 0 0 1 {line.x:.2f} {line.y:.2f} Tm ("
    return place.encode() + text + b") Tj ET"


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF file of numbered objects, the first of which is the catalogue."""
    parts, places = [b"%PDF-1.4\n"], []
    for number, one in enumerate(objects, 1):
        places.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n" % number + one + b"\nendobj\n")
    start = sum(map(len, parts))
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    parts.append(
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return b"".join(parts)


def bomb(megabytes: int) -> bytes:
    """A small PDF whose one page unpacks to so many megabytes."""
    packer = zlib.compressobj(9)
    start = packer.compress(b"q Q ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 1024**2) + packer.flush(zlib.Z_FULL_FLUSH)
    data = start + block * megabytes + packer.flush()
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792] >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(data) + data + b"\nendstream",
        ]
    )
