"""The pages of a PDF: words with place and style, and the rules and areas drawn on the page.

All coordinates are points from the top left of the page as it is shown, whatever its rotation
and crop box say. PDFium's text interface is called directly: wrapping each character in an object
would take most of the time.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count, pairwise, repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableDocument
from ingest.characters import is_odd, joined_accents, plain, with_accents
from ingest.drawings import Affine, Mark, read_drawings
from ingest.letters import (
    ASCENT,
    DESCENT,
    SLANTED,
    Letters,
    Runs,
    read_letters,
    without_doubled,
    word_starts,
)
from ingest.manycalls import results
from ingest.styles import Style as Style  # noqa: PLC0414 - words are spoken of with their style
from ingest.texletters import tex_letters
from ingest.turned import Turned

DOUBLED_SHIFT = 0.35
"""Part of the type size by which a whole word printed twice for fake bold or shadow is shifted."""

LEAST_BOX = 18.0
"""Points of height above which two lines of type fit into a box."""

MOST_OF_PAGE = 0.8
"""Part of the page's height above which a filled area is its background, not a box in it."""

NEARLY_WHITE = 250
"""Red, green and blue, of 255, from which a fill is the paper's white."""

_LINE_END_HYPHENS = "\u0002\ufffe"
_RASTER = 1_000_000


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


class PageContent(NamedTuple):
    """What stands on a page; ``text`` is the page's text in PDFium's own order.

    ``problem`` tells why a page can't be read, of the kind ``problem_kind``. A page that was
    recognised in its picture has a ``confidence``, and is ``turned`` where its text lay askew.
    Such a page is ``mixed`` where some of its words were there before. ``unread`` tells why one
    that asked for it was not recognised, ``ocr_problem`` what went wrong. ``watermarks`` are words
    that were among the page's and are none of its text.
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
    confidence: float | None = None
    turned: Turned | None = None
    mixed: bool = False
    unread: str = ""
    ocr_problem: str = ""
    watermarks: tuple[PageWord, ...] = ()

    def boxes(self) -> list[Mark]:
        """Return the tinted or framed boxes that set some text of the page apart."""
        tall = [mark for mark in self.marks if mark.bottom - mark.top > LEAST_BOX]
        return [mark for mark in tall if mark.is_area and self._is_box(mark)]

    def _is_box(self, mark: Mark) -> bool:
        if mark.filled and all(mark.color >> shift & 0xFF >= NEARLY_WHITE for shift in (16, 8, 0)):
            return False
        if mark.bottom - mark.top > MOST_OF_PAGE * self.height:
            return False
        inside = words_in(mark, self.words)
        if len({round(word.base) for word in inside}) < 2 or len(inside) == len(self.words):
            return False
        return not mark.filled or all(word.style.color != mark.color for word in inside)


def words_in(area: Mark, words: Sequence[PageWord]) -> list[PageWord]:
    """Return the words that stand inside an area."""
    x0, top, x1, bottom = area.x0 - 1, area.top - 1, area.x1 + 1, area.bottom + 1
    return [
        word for word in words if top <= word.base <= bottom and x0 <= word.x0 and word.x1 <= x1
    ]


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
        text = _text(textpage)
        words, invisible, accents_first = _read_words(textpage.raw, text, affine, (width, height))
    finally:
        textpage.close()
    marks, has_image = read_drawings(page, affine)
    return PageContent(
        number,
        round(width, 1),
        round(height, 1),
        _clean_text(text, accents_first),
        tuple(_without_doubles(words)),
        marks,
        invisible,
        has_image,
    )


def _text(textpage: Any) -> str:
    """Return PDFium's text of a page, the codes of TeX's drawn fonts read as letters."""
    length = textpage.count_chars()
    text: str = textpage.get_text_range() if length > 0 else ""
    every = text
    if len(text) != max(length, 0):
        codes = results("FPDFText_GetUnicode", textpage.raw, range(length), ctypes.c_uint)
        every = "".join(map(_character, codes.tolist()))
    return tex_letters(every) or text


def _character(code: int) -> str:
    """Return the character of a code; broken fonts give halves of pairs and what is beyond all."""
    return chr(code) if code < 0xD800 or 0xDFFF < code <= sys.maxunicode else "\ufffd"


def _clean_text(text: str, accents_first: bool | None = None) -> str:
    """Return PDFium's text with its own marks for hyphens and line ends as plain characters.

    ``accents_first`` tells on which side of their letters accents stand that are set by
    themselves, None where there are none.
    """
    for mark in _LINE_END_HYPHENS:
        text = text.replace(mark, "-\n")
    if accents_first is not None:
        text = joined_accents(text, first=accents_first)
    text = plain(text) if is_odd(text) else text
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


def _read_words(
    textpage: Any, text: str, affine: Affine, page_size: tuple[float, float]
) -> tuple[list[PageWord], bool, bool | None]:
    """Return the words in the file's order, and whether most of the text is invisible.

    The last tells whether accents that are set by themselves come before their letters.
    """
    found = read_letters(textpage, text, affine, page_size)
    if found is None:
        return [], False, None
    letters, runs = without_doubled(found[0]), found[1]
    accented = with_accents(text, letters.code, letters.start, letters.end)
    if accented is not None:
        letters = letters._replace(code=accented.code).keep(accented.kept)
    begins, glued = word_starts(letters)
    (starts,) = np.nonzero(begins)
    own_runs = letters.run[starts]
    words = zip(
        _texts(letters.code, starts),
        *_places(letters, runs, starts, affine),
        [runs.style[run] for run in own_runs.tolist()],
        glued[starts].tolist(),
        _shown_turns(runs.turn[own_runs], affine).tolist(),
        repeat(False),
        count(),
    )
    is_invisible = int(runs.invisible[own_runs].sum()) * 2 > len(starts)
    placed = list(map(_AS_WORD, words))
    if is_odd(text):
        placed = [word for word in placed if word.text]
    return placed, is_invisible, accented.first if accented else None


_AS_WORD = partial(tuple.__new__, PageWord)
"""A row of values as a word: the way past the checks of ``_make``, for half a page's time."""


def _texts(codes: NDArray[np.int64], starts: NDArray[np.int64]) -> list[str]:
    """Return the words' texts: the page's characters as one text, cut where words begin."""
    text = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    for mark in _LINE_END_HYPHENS:
        text = text.replace(mark, "-")
    texts = [text[start:end] for start, end in pairwise([*starts.tolist(), len(text)])]
    return list(map(plain, texts)) if is_odd(text) else texts


def _shown_turns(turn: NDArray[np.int64], affine: Affine) -> NDArray[np.int64]:
    """Return the quarter turns on the page as it is shown."""
    return np.where(turn < SLANTED, (turn - affine.turns) % 4, SLANTED)


def _places(
    letters: Letters, runs: Runs, starts: NDArray[np.int64], affine: Affine
) -> tuple[list[float], list[float], list[float]]:
    """Return left edge, right edge and baseline of each word, along its direction of writing."""
    left, bottom = np.minimum.reduceat(letters.edges[:2], starts, axis=1)
    right, top = np.maximum.reduceat(letters.edges[2:], starts, axis=1)
    base = letters.base[starts]
    turn = _shown_turns(letters.turn[starts], affine)
    ax, ay = affine.point(left, bottom)
    bx, by = affine.point(right, top)
    x0, x1 = np.minimum(ax, bx), np.maximum(ax, bx)
    if turn.any():
        y0, y1 = np.minimum(ay, by), np.maximum(ay, by)
        upright = (turn == 1) | (turn == 3)
        base = np.where(turn == 2, (y0 + y1) / 2, np.where(upright, (x0 + x1) / 2, base))
        x0, x1 = np.where(upright, y0, x0), np.where(upright, y1, x1)
    return x0.tolist(), x1.tolist(), base.tolist()


def _without_doubles(words: Sequence[PageWord]) -> Iterator[PageWord]:
    """Yield the words but for those printed again, slightly shifted, for fake bold or shadow."""
    seen: dict[str, list[PageWord]] = {}
    for word in words:
        alike = seen.get(word.text)
        if alike is None:
            seen[word.text] = [word]
            yield word
        elif not _is_shadow(word, alike):
            alike.append(word)
            yield word


def _is_shadow(word: PageWord, alike: Sequence[PageWord]) -> bool:
    """Return whether a word stands where one of the words that are spelt like it does."""
    base, shift = word.base, DOUBLED_SHIFT * word.style.size
    for other in alike:
        is_level = abs(base - other.base) < shift
        if is_level and abs(word.x0 - other.x0) < shift and word.turn == other.turn:
            return True
    return False
