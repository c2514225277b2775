"""The pages of a PDF: words with place and style, and the rules and areas drawn on the page.

All coordinates are points from the top left of the page as it is shown, whatever its rotation
and crop box say. PDFium's text interface is called directly: wrapping each character in an object
would take most of the time.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableDocument
from ingest.drawings import Affine, Mark, read_drawings

WORD_GAP = 0.25
"""Part of the type size from which a gap without a space character parts words; PDFium's own
spaces, which know the font's widths, count from ``SURE_GAP``."""

SURE_GAP = 0.1
DOUBLED_ADVANCE = 0.12
"""Part of the type size up to which the same letter again is fake bold; the narrowest real pair
(ll in Arial Narrow) advances by 0.18."""

DOUBLED_SHARE, DOUBLED_RUN = 0.3, 6
"""Part of a run's letters, and letters of the run, from which doubled letters are fake bold."""

DOUBLED_SHIFT = 0.35
"""Part of the type size by which a whole word printed twice for fake bold or shadow is shifted."""

PLAUSIBLE_SIZES = 3.0, 150.0
"""Points between which a type size is believed; the drawn fonts (Type 3) of old TeX give others,
and there the height of the box is taken."""

ASCENT, DESCENT = 0.78, 0.22
"""Parts of the type size that a line's box reaches above and below its baseline."""

BOLD_WEIGHT = 600
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|(?:^|[-,+ ])bd\b|fet\b", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv|(?:-|,)it\b", re.IGNORECASE)
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18
LEAST_BOX = 18.0
"""Points of height above which two lines of type fit into a box."""

MOST_OF_PAGE = 0.8
"""Part of the page's height above which a filled area is its background, not a box in it."""

NEARLY_WHITE = 250
"""Red, green and blue, of 255, from which a fill is the paper's white."""

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_LINE_END_HYPHENS = "\u0002\ufffe"
_INVISIBLE_MODE = 3
_RASTER = 1_000_000
_SPACES = (0, 9, 10, 13, 32, 160)
_LETTERS = str.maketrans(
    {
        "\u0002": "-",
        "\ufffe": "-",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
"""Ligatures as letters, and PDFium's marks for a hyphen at a line's end as hyphens."""

SLANTED = 4
"""The turn of text that runs aslant, as watermarks do."""


class Style(NamedTuple):
    """How a word is set; ``size`` in points, ``color`` as 0xRRGGBB."""

    font: str
    size: float
    bold: bool = False
    italic: bool = False
    color: int = 0


class PageWord(NamedTuple):
    """A word on a page; ``glued`` where no space parts it from the word before.

    ``turn`` counts quarter turns against the clock of the direction of writing, as it is shown.
    ``raised`` marks the small signs above the line: calls of footnotes, exponents.
    """

    text: str
    x0: float
    x1: float
    base: float
    style: Style
    glued: bool = False
    turn: int = 0
    raised: bool = False
    order: int = 0

    @property
    def top(self) -> float:
        """The upper edge of the word's box."""
        return self.base - ASCENT * self.style.size

    @property
    def bottom(self) -> float:
        """The lower edge of the word's box."""
        return self.base + DESCENT * self.style.size


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page; ``text`` is the page's text in PDFium's own order.

    ``problem`` tells why a page can't be read, of the kind ``problem_kind``.
    """

    number: int
    width: float
    height: float
    text: str = ""
    words: tuple[PageWord, ...] = ()
    marks: tuple[Mark, ...] = ()
    invisible: bool = False
    has_image: bool = False
    problem: str | None = None
    problem_kind: str = "broken_page"

    def boxes(self) -> list[Mark]:
        """Return the tinted or framed boxes that set some text of the page apart."""
        return [mark for mark in self.marks if mark.is_area and self._is_box(mark)]

    def _is_box(self, mark: Mark) -> bool:
        if mark.filled and all(mark.color >> shift & 0xFF >= NEARLY_WHITE for shift in (16, 8, 0)):
            return False
        if not LEAST_BOX < mark.bottom - mark.top <= MOST_OF_PAGE * self.height:
            return False
        inside = [word for word in self.words if holds(mark, word)]
        if len({round(word.base) for word in inside}) < 2 or len(inside) == len(self.words):
            return False
        return not mark.filled or all(word.style.color != mark.color for word in inside)


def holds(area: Mark, word: PageWord) -> bool:
    """Return whether a word stands inside an area."""
    return (
        area.x0 - 1 <= word.x0
        and word.x1 <= area.x1 + 1
        and (area.top - 1 <= word.base <= area.bottom + 1)
    )


class _Run(NamedTuple):
    """What all characters of one text object share."""

    style: Style
    turn: int
    base: float
    invisible: bool


def open_pdf(source: Path | bytes, name: str) -> Any:
    """Return the PDF opened by pypdfium2; raises ``UnreadableDocument`` if that can't be done."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            message = f"{name} needs a password; save it without one and try again"
            raise UnreadableDocument("encrypted", message) from error
        message = f"{name} is damaged and can't be opened; fetch the file again"
        raise UnreadableDocument("broken", message) from error
    if len(document) == 0:
        document.close()
        raise UnreadableDocument("empty", f"{name} has no pages; fetch the file again")
    return document


def read_pages(document: Any, numbers: Sequence[int] | None = None) -> Iterator[PageContent]:
    """Yield the content of the pages with these ``numbers``, from 1, or of all of them.

    A page that can't be read tells so in ``problem``.
    """
    import pypdfium2

    for number in numbers if numbers is not None else range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            yield PageContent(number, 0.0, 0.0, problem=str(error))
            continue
        try:
            yield _read_page(page, number)
        except pypdfium2.PdfiumError as error:
            width, height = page.get_size()
            yield PageContent(number, width, height, problem=str(error))
        finally:
            page.close()


def _read_page(page: Any, number: int) -> PageContent:
    textpage = page.get_textpage()
    affine = _affine(page)
    width, height = page.get_size()
    try:
        text = textpage.get_text_range() if textpage.count_chars() > 0 else ""
        words, invisible = _read_words(textpage.raw, affine)
    finally:
        textpage.close()
    marks, has_image = read_drawings(page, affine)
    return PageContent(
        number,
        round(width, 1),
        round(height, 1),
        _clean_text(text),
        tuple(_without_doubles(words)),
        marks,
        invisible,
        has_image,
    )


def _clean_text(text: str) -> str:
    """Return PDFium's text with its own marks for hyphens and line ends as plain characters."""
    for mark in _LINE_END_HYPHENS:
        text = text.replace(mark, "-\n")
    return text.replace("\r\n", "\n").replace("\x00", "")


def _affine(page: Any) -> Affine:
    """Return how the page's own space maps to the page as it is shown."""
    width, height = page.get_size()
    origin, along_x, along_y = (_shown(page, *point) for point in ((0, 0), (1000, 0), (0, 1000)))
    return Affine(
        (along_x[0] - origin[0]) / 1000,
        (along_y[0] - origin[0]) / 1000,
        origin[0],
        (along_x[1] - origin[1]) / 1000,
        (along_y[1] - origin[1]) / 1000,
        origin[1],
        page.get_rotation() // 90 if width and height else 0,
    )


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    shown_x, shown_y = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _RASTER, _RASTER, 0, x, y, shown_x, shown_y)
    return shown_x.value * width / _RASTER, shown_y.value * height / _RASTER


class _Letters(NamedTuple):
    """The characters of a page that are seen, as arrays; ``run`` is an index into the runs."""

    code: NDArray[np.int64]
    run: NDArray[np.int64]
    box: NDArray[np.float64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    size: NDArray[np.float64]
    base: NDArray[np.float64]
    turn: NDArray[np.int64]
    spaced: NDArray[np.bool_]
    maybe_spaced: NDArray[np.bool_]

    def keep(self, kept: NDArray[np.bool_]) -> _Letters:
        """Return only the letters that are marked."""
        columns: Sequence[Any] = [column[kept] for column in self]
        return _Letters(*columns)


def _read_words(textpage: Any, affine: Affine) -> tuple[list[PageWord], bool]:
    """Return the words in the file's order, and whether most of the text is invisible."""
    found = _read_letters(textpage, affine)
    if found is None:
        return [], False
    letters, runs = found
    letters = letters.keep(~_doubled(letters))
    begins, glued = _word_starts(letters)
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(begins))
    edges = np.stack(
        [
            np.minimum.reduceat(letters.box[:, 0], starts),
            np.minimum.reduceat(letters.box[:, 1], starts),
            np.maximum.reduceat(letters.box[:, 2], starts),
            np.maximum.reduceat(letters.box[:, 3], starts),
        ],
        axis=1,
    ).tolist()
    codes = letters.code.tolist()
    own_runs = letters.run[starts].tolist()
    words = []
    for order, (start, end, box, run) in enumerate(
        zip(starts.tolist(), ends.tolist(), edges, own_runs, strict=True)
    ):
        text = "".join(map(chr, codes[start:end])).translate(_LETTERS)
        words.append(_word(text, box, runs[run], affine, bool(glued[start]))._replace(order=order))
    return words, sum(runs[run].invisible for run in own_runs) * 2 > len(words)


def _read_letters(textpage: Any, affine: Affine) -> tuple[_Letters, list[_Run]] | None:
    """Return the characters of a page with their places, and the runs that they belong to."""
    import pypdfium2.raw as pdfium

    count = max(pdfium.FPDFText_CountChars(textpage), 0)
    indexes = range(count)
    unicode_at, object_at = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
    box_at, rectangle = pdfium.FPDFText_GetLooseCharBox, pdfium.FS_RECTF
    rectangles = (rectangle * count)()
    address = ctypes.addressof
    code = np.fromiter((unicode_at(textpage, index) for index in indexes), np.int64, count)
    found = [object_at(textpage, index) for index in indexes]
    key = np.fromiter((address(o.contents) if o else 0 for o in found), np.int64, count)
    for index in indexes:
        box_at(textpage, index, rectangles[index])
    edges = np.frombuffer(rectangles, np.float32).reshape(count, 4).astype(np.float64)
    white = np.isin(code, _SPACES)
    seen = (key != 0) & ~white
    surely = np.cumsum(white & ((key != 0) | (code != ord(" "))))[seen]
    maybe = np.cumsum(key == 0)[seen]
    if not len(surely):
        return None
    _keys, first, run = np.unique(key[seen], return_index=True, return_inverse=True)
    places = np.flatnonzero(seen)[first]
    runs = [_run(textpage, found[place], int(place), affine) for place in places.tolist()]
    box = edges[seen][:, [0, 3, 2, 1]]
    turn = np.array([each.turn for each in runs])[run]
    start, end = _along(turn, box)
    return _Letters(
        code[seen],
        run,
        box,
        start,
        end,
        np.array([each.style.size for each in runs])[run],
        np.array([each.base for each in runs])[run],
        turn,
        np.diff(surely, prepend=surely[0]) > 0,
        np.diff(maybe, prepend=maybe[0]) > 0,
    ), runs


def _along(
    turn: NDArray[np.int64], box: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where characters begin and end along their direction of writing."""
    left, bottom, right, top = box.T
    turned = [turn == 1, turn == 2, turn == 3]
    return (
        np.select(turned, [bottom, -right, -top], left),
        np.select(turned, [top, -left, -bottom], right),
    )


def _doubled(letters: _Letters) -> NDArray[np.bool_]:
    """Return which letters are printed again in the same place for fake bold.

    Two like letters of one run in one place are a ligature (tt, ll), unless most of the run is so.
    """
    again = np.zeros(len(letters.code), dtype=np.bool_)
    again[1:] = (
        (np.diff(letters.code) == 0)
        & (np.abs(np.diff(letters.start)) < DOUBLED_ADVANCE * letters.size[1:])
        & (np.abs(np.diff(letters.base)) < DOUBLED_ADVANCE * letters.size[1:])
        & (np.diff(letters.turn) == 0)
    )
    if not again.any():
        return again
    share = np.bincount(letters.run, again) / np.maximum(np.bincount(letters.run), 1)
    in_one_run = np.append(False, np.diff(letters.run) == 0)
    long = np.bincount(letters.run) >= DOUBLED_RUN
    return again & (~in_one_run | ((share > DOUBLED_SHARE) & long)[letters.run])


def _word_starts(letters: _Letters) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return at which letters a word begins, and at which it does so without a space before."""
    size, before = letters.size[1:], letters.size[:-1]
    gap = letters.start[1:] - letters.end[:-1]
    limit = np.where(letters.maybe_spaced[1:], SURE_GAP, WORD_GAP) * size
    same_turn = np.diff(letters.turn) == 0
    same_line = same_turn & (np.abs(np.diff(letters.base)) < np.minimum(size, before) / 10)
    back = np.diff(letters.start) < -size / 2
    begins = np.ones(len(letters.code), dtype=np.bool_)
    begins[1:] = letters.spaced[1:] | ~same_line | (gap > limit) | back | (size != before)
    glued = np.zeros(len(letters.code), dtype=np.bool_)
    glued[1:] = begins[1:] & ~letters.spaced[1:] & same_turn & (gap > -size / 2) & (gap <= limit)
    return begins, glued


def _word(text: str, box: Sequence[float], run: _Run, affine: Affine, glued: bool) -> PageWord:
    """Return a word on the page as it is shown, from its box in the PDF's own space."""
    x0, top, x1, bottom = affine.box(*box)
    turn = (run.turn - affine.turns) % 4 if run.turn < SLANTED else SLANTED
    base = run.base
    if turn == 2:
        base = (top + bottom) / 2
    elif turn in (1, 3):
        base = (x0 + x1) / 2
        x0, x1 = top, bottom
    return PageWord(text, x0, x1, base, run.style, glued, turn)


def _run(textpage: Any, found: Any, index: int, affine: Affine) -> _Run:
    """Return what the characters of a text object share; ``index`` is its first character."""
    import pypdfium2.raw as pdfium

    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
    turn = _turn(matrix.a, matrix.b)
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    height = abs(box.top - box.bottom) if turn in (0, 2) else abs(box.right - box.left)
    if height and not PLAUSIBLE_SIZES[0] <= size <= PLAUSIBLE_SIZES[1]:
        size = height * ASCENT
    shown_x, shown_y = affine.point(x.value, y.value)
    level = (turn - affine.turns) % 2 == 0
    style = _style(textpage, index, round(size, 1) or 1.0)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(found)
    return _Run(style, turn, shown_y if level else shown_x, mode == _INVISIBLE_MODE)


def _turn(a: float, b: float) -> int:
    """Return the quarter turns of a direction of writing, 4 for one that is slanted."""
    degrees = math.degrees(math.atan2(b, a)) % 360
    quarter = round(degrees / 90)
    return quarter % 4 if abs(degrees - quarter * 90) < 10 else SLANTED


def _style(textpage: Any, index: int, size: float) -> Style:
    import pypdfium2.raw as pdfium

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    font = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
    weight = pdfium.FPDFText_GetFontWeight(textpage, index)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
    return Style(
        font,
        size,
        bool(_BOLD.search(font) or flags.value & _FORCE_BOLD_FLAG or weight >= BOLD_WEIGHT),
        bool(_ITALIC.search(font) or flags.value & _ITALIC_FLAG),
        red.value << 16 | green.value << 8 | blue.value,
    )


def _without_doubles(words: list[PageWord]) -> Iterator[PageWord]:
    """Yield the words but for those printed again, slightly shifted, for fake bold or shadow."""
    places: dict[str, list[PageWord]] = {}
    for word in words:
        same = places.setdefault(word.text, [])
        shift = DOUBLED_SHIFT * word.style.size
        if any(
            abs(word.x0 - other.x0) < shift
            and abs(word.base - other.base) < shift
            and word.turn == other.turn
            for other in same
        ):
            continue
        same.append(word)
        yield word
