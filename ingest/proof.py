"""Proof that a quote stands on a page: the characters inside its boxes must spell it.

It reads the PDF anew and knows nothing of lines, columns or blocks, so that a mistake of the
reader's shows as a quote that does not stand.
"""

from __future__ import annotations

import ctypes
import hashlib
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, NamedTuple, Self

from corpus.ids import squash
from corpus.models import Box

TOLERANCE = 1.0
"""Points by which a character's middle may lie outside its box: boxes are rounded to a tenth,
and a footnote's call or an accent can widen its line by less than a point."""

RAISED = 0.15
"""How far above the line's feet, as a part of the characters' height, a footnote's call stands at
least: superscripts are raised by a third of the type's size, digits of the text by nothing."""

FAKE_BOLD = 0.3
"""Share of a line's characters that stand on their likes where bold is faked by printing twice
(half of them); a ligature gives such pairs too, but only here and there."""

AT_THE_ENDS = 3
"""Points, bullets and quotation marks that may stand in the box before or after the quote."""

_DEVICE = 100_000
"""Units of the raster onto which page points are mapped; 842 points give 0.01 point a unit."""


class _Glyph(NamedTuple):
    """A character: the middle of it, its foot and its height, in points from the top left."""

    text: str
    x: float
    y: float
    foot: float
    height: float


class PageReader:
    """A PDF opened for proving; ``at_hand`` is whether the very file that was read is there."""

    def __init__(self, path: Path, sha256: str) -> None:
        self._path = path
        self._document: Any = None
        self._pages: dict[int, list[_Glyph]] = {}
        self.at_hand = path.is_file() and _is_pdf(path) and _sha256(path) == sha256

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._document is not None:
            self._document.close()

    def glyphs(self, page: int) -> list[_Glyph]:
        """Return the characters of a page by the middle of each, from the page's top left."""
        if page not in self._pages:
            import pypdfium2

            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._path)
            self._pages[page] = _glyphs(self._document[page - 1])
        return self._pages[page]


def spells(pdf: PageReader, boxes: Sequence[Box], quote: str) -> bool:
    """Return whether the characters inside ``boxes``, box by box, spell ``quote``.

    White space, hyphens and footnote calls do not count; nothing else may be missing or added.
    """
    found = "".join(_line(pdf.glyphs(box.page), box) for box in boxes)
    return _same(squash(quote), squash(found))


def _line(glyphs: Sequence[_Glyph], box: Box) -> str:
    """Return the characters in a box from left to right, doubled ones of fake bold once."""
    inside = [
        glyph
        for glyph in glyphs
        if box.x0 - TOLERANCE <= glyph.x <= box.x1 + TOLERANCE
        and box.top - TOLERANCE <= glyph.y <= box.bottom + TOLERANCE
    ]
    in_order = sorted((glyph.x, glyph.text) for glyph in _without_calls(inside))
    once: list[tuple[float, str]] = []
    for x, text in in_order:
        if not any(text == other and x - place < TOLERANCE for place, other in once[-2:]):
            once.append((x, text))
    doubled = len(in_order) - len(once) > FAKE_BOLD * len(in_order)
    return "".join(text for _x, text in (once if doubled else in_order))


def _without_calls(line: Sequence[_Glyph]) -> list[_Glyph]:
    """Return the characters of a line but for the raised digits and signs of footnote calls."""
    if not line:
        return []
    foot = median(glyph.foot for glyph in line)
    height = median(glyph.height for glyph in line)
    return [
        glyph
        for glyph in line
        if not (glyph.text.isdigit() or glyph.text in "*†‡") or foot - glyph.foot < RAISED * height
    ]


def _same(wanted: str, found: str) -> bool:
    """Return whether the texts are one but for points and signs of lists at either end.

    A box covers whole words, so the comma after the quote's last word stands in it too.
    """
    at = found.find(wanted) if wanted else -1
    before, after = found[: max(at, 0)], found[at + len(wanted) :]
    return at >= 0 and all(
        len(rest) <= AT_THE_ENDS and all(map(_is_sign, rest)) for rest in (before, after)
    )


def _is_sign(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] == "P" or kind == "Co" or character in "•▪■●◦"


def _glyphs(page: Any) -> list[_Glyph]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    origin, along_x, along_y = (_on_page(page, *point) for point in ((0, 0), (1e3, 0), (0, 1e3)))
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        corners = [
            (
                origin[0] + x * (along_x[0] - origin[0]) + y * (along_y[0] - origin[0]),
                origin[1] + x * (along_x[1] - origin[1]) + y * (along_y[1] - origin[1]),
            )
            for x in (left.value / 1e3, right.value / 1e3)
            for y in (bottom.value / 1e3, top.value / 1e3)
        ]
        across, down = ([corner[axis] for corner in corners] for axis in (0, 1))
        middle = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
        found.append(_Glyph(character, *middle, max(down), max(down) - min(down)))
    return found


def _on_page(page: Any, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the PDF's own space lies on the page as it is shown, in points."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    shown_x, shown_y = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, shown_x, shown_y)
    return shown_x.value * width / _DEVICE, shown_y.value * height / _DEVICE


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF" in file.read(1024)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
