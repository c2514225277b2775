"""Proof that a quote stands on a page: the characters inside its boxes must spell it.

It reads the PDF anew and knows nothing of lines, columns or blocks, so that a mistake of the
reader's shows as a quote that does not stand.
"""

from __future__ import annotations

import ctypes
import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, NamedTuple, Self

from corpus.ids import squash
from corpus.models import Box
from ingest.characters import ACCENTS, composed, is_odd, plain
from ingest.texletters import tex_letters

TOLERANCE = 1.0
"""Points by which a character's middle may lie outside its box: boxes are rounded to a tenth,
and a footnote's call or an accent can widen its line by less than a point."""

RAISED = 0.15
"""How far above the line's feet, as a part of the characters' height, a footnote's call stands at
least: superscripts are raised by a third of the type's size, digits of the text by nothing."""

FAKE_BOLD = 0.3
"""Share of a line's characters that stand on their likes where bold is faked by printing twice
(half of them); a ligature gives such pairs too, but only here and there."""

KERNED = 0.5
"""Points between the middles of two characters below which they stand in one place: those of the
narrowest pair (*il* in type of 7 points) are 1.3 apart, kerned marks at most 0.3."""

OVERSIZE = 1.3
"""Heights of a line's box from which a character is printed across the line, as a letter of a
watermark is: the tallest signs of its own type have 1.0 to 1.2."""

AT_THE_ENDS = 3
"""Points, bullets and quotation marks that may stand in the box before or after the quote."""

ACCENT_SHIFT = 0.4
"""Parts of a letter's height by which the middle of its accent lies to its side at most."""

PAGES_HELD = 8
"""Pages whose characters are held, of half a megabyte each: quotes come in the order of the text,
and few have variants elsewhere."""

_CALL_SIGNS = "*†‡,–[]()"
"""What stands in a raised call beside its digits: *3, 5*, *[2]*."""

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
        self.at_hand = _is_the_pdf(path, sha256)

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
        """Return the characters of a page by the middle of each, from the page's top left.

        A page that can't be opened, as of some damaged files, has none.
        """
        if page not in self._pages:
            import pypdfium2

            try:
                if self._document is None:
                    self._document = pypdfium2.PdfDocument(self._path)
                self._pages[page] = _glyphs(self._document[page - 1])
            except pypdfium2.PdfiumError:
                self._pages[page] = []
            if len(self._pages) > PAGES_HELD:
                del self._pages[next(iter(self._pages))]
        return self._pages[page]


def spells(pdf: PageReader, boxes: Sequence[Box], quote: str) -> bool:
    """Return whether the characters inside ``boxes``, box by box, spell ``quote``.

    White space, hyphens and footnote calls do not count, nor do points and signs of lists at
    either end, for a box covers whole words; nothing else may be missing or added.
    """
    wanted = squash(quote)
    if not wanted or not boxes:
        return False
    reached = {0}
    for place, box in enumerate(boxes):
        spelt = _spellings(pdf.glyphs(box.page), box)
        if place == 0:
            spelt = [rest for text in spelt for rest in _without_signs(text)]
        if place == len(boxes) - 1:
            spelt = [rest[::-1] for text in spelt for rest in _without_signs(text[::-1])]
        reached = {
            start + len(text)
            for start in reached
            for text in spelt
            if wanted.startswith(text, start)
        }
    return len(wanted) in reached


def _spellings(glyphs: Sequence[_Glyph], box: Box) -> list[str]:
    """Return what a line can be read as: in each direction, with and without raised digits.

    Raised digits are footnote calls or belong to the text (*m²*; old figures, that stand unevenly).
    Characters that are too large for the line may be those of a watermark.
    """
    inside = [
        glyph
        for glyph in glyphs
        if box.x0 - TOLERANCE <= glyph.x <= box.x1 + TOLERANCE
        and box.top - TOLERANCE <= glyph.y <= box.bottom + TOLERANCE
    ]
    low = [glyph for glyph in inside if glyph.height < OVERSIZE * (box.bottom - box.top)]
    found = [
        squash(_line(line, along))
        for own in ((inside,) if len(low) == len(inside) else (inside, low))
        for line in (_without_calls(own), own)
        for along in _DIRECTIONS
    ]
    return list(dict.fromkeys(found))


_DIRECTIONS: tuple[Callable[[_Glyph], float], ...] = (
    lambda glyph: glyph.x,
    lambda glyph: glyph.y,
    lambda glyph: -glyph.y,
    lambda glyph: -glyph.x,
)
"""Along what a line is read: to the right, or on a turned page downwards, upwards, to the left."""


def _line(glyphs: Sequence[_Glyph], along: Callable[[_Glyph], float]) -> str:
    """Return the characters of a line in their order, doubled ones of fake bold once."""
    in_order = _in_order(glyphs, along)
    once: list[_Glyph] = []
    for glyph in in_order:
        before = (other for other in once[-2:] if other.text == glyph.text)
        if not any(along(glyph) - along(other) < TOLERANCE for other in before):
            once.append(glyph)
    doubled = len(in_order) - len(once) > FAKE_BOLD * len(in_order)
    return "".join(glyph.text for glyph in (once if doubled else in_order))


def _in_order(glyphs: Sequence[_Glyph], along: Callable[[_Glyph], float]) -> list[_Glyph]:
    """Return the characters in their order along the line; those in one place in the file's.

    Kerning can pull a point under the quotation mark before it, and an accent stands on its letter.
    """
    places = sorted(range(len(glyphs)), key=lambda place: along(glyphs[place]))
    runs: list[list[int]] = []
    for place in places:
        if not runs or along(glyphs[place]) - along(glyphs[runs[-1][-1]]) >= KERNED:
            runs.append([])
        runs[-1].append(place)
    return [glyphs[place] for run in runs for place in sorted(run)]


def _without_calls(line: Sequence[_Glyph]) -> list[_Glyph]:
    """Return the characters of a line but for the raised digits and signs of footnote calls."""
    if not line:
        return []
    foot = median(glyph.foot for glyph in line)
    height = median(glyph.height for glyph in line)
    return [
        glyph
        for glyph in line
        if foot - glyph.foot < RAISED * height
        or not (glyph.text.isdigit() or glyph.text in _CALL_SIGNS)
    ]


def _without_signs(text: str) -> list[str]:
    """Return the text, and the text less each number of signs that stand at its beginning."""
    signs = 0
    while signs < min(AT_THE_ENDS, len(text)) and _is_sign(text[signs]):
        signs += 1
    return [text[number:] for number in range(signs + 1)]


def _is_sign(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] == "P" or kind == "Co" or character in "•▪■●◦"


def _glyphs(page: Any) -> list[_Glyph]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    origin, along_x, along_y = (_on_page(page, *point) for point in ((0, 0), (1e3, 0), (0, 1e3)))
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    characters = "".join(
        chr(pdfium.FPDFText_GetUnicode(text, index)) for index in range(text.count_chars())
    )
    for index, character in enumerate(tex_letters(characters) or characters):
        meant = plain(character) if is_odd(character) else character
        if not meant or character.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
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
        found.append(_Glyph(meant, *middle, max(down), max(down) - min(down)))
    return _with_accents(found)


def _with_accents(glyphs: list[_Glyph]) -> list[_Glyph]:
    """Return the characters with accents that are set by themselves joined to their letters."""
    accents = [place for place, glyph in enumerate(glyphs) if glyph.text in ACCENTS]
    joined = {}
    for place in accents:
        accent = glyphs[place]
        over = [
            at
            for at in range(max(0, place - 2), min(place + 3, len(glyphs)))
            if abs(glyphs[at].x - accent.x) < ACCENT_SHIFT * glyphs[at].height
            and composed(glyphs[at].text, accent.text)
        ]
        if over:
            base = min(over, key=lambda at: abs(glyphs[at].x - accent.x))
            whole = composed(glyphs[base].text, accent.text) or glyphs[base].text
            joined[base], joined[place] = whole, ""
    if not joined:
        return glyphs
    texts = [joined.get(place, glyph.text) for place, glyph in enumerate(glyphs)]
    return [g._replace(text=text) for g, text in zip(glyphs, texts, strict=True) if text]


def _on_page(page: Any, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the PDF's own space lies on the page as it is shown, in points."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    shown_x, shown_y = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, shown_x, shown_y)
    return shown_x.value * width / _DEVICE, shown_y.value * height / _DEVICE


def _is_the_pdf(path: Path, sha256: str) -> bool:
    """Return whether the very PDF that was read lies at ``path`` and may be read."""
    try:
        with path.open("rb") as file:
            is_pdf = b"%PDF" in file.read(1024)
            file.seek(0)
            return is_pdf and hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
