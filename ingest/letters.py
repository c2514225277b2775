"""The letters of a page as arrays: what is seen, where it stands, and how its runs are set."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.drawings import Affine
from ingest.manycalls import HANDLE, bound, of_each, results, written
from ingest.styles import Font, Style, read_font, style_of
from ingest.texletters import SMALLEST, drawn_bold

WORD_GAP = 0.25
"""Part of the type size from which a gap without a space character parts words; PDFium's own
spaces, which know the font's widths, count from ``SURE_GAP``."""

SURE_GAP = 0.1
DOUBLED_ADVANCE = 0.12
"""Part of the type size up to which the same letter again is fake bold; the narrowest real pair
(ll in Arial Narrow) advances by 0.18."""

DOUBLED_SHARE, DOUBLED_RUN = 0.3, 6
"""Part of a run's letters, and letters of the run, from which doubled letters are fake bold."""

PLAUSIBLE_SIZES = 3.0, 150.0
"""Points between which a type size is believed; the drawn fonts (Type 3) of old TeX give others,
and there the height of the box is taken."""

ASCENT, DESCENT = 0.78, 0.22
"""Parts of the type size that a line's box reaches above and below its baseline."""

SLANTED = 4
"""The turn of text that runs aslant, as watermarks do."""

_INVISIBLE_MODE = 3
_FOUR_FLOATS = struct.Struct("4f")
_SPACES = (0, 9, 10, 13, 32, 160, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_IS_SPACE = np.zeros(max(_SPACES) + 2, np.bool_)
_IS_SPACE[list(_SPACES)] = True
_HALVES, _LAST_CODE = 0xD800 >> 11, 0x10FFFF
_NO_CHARACTER = 0xFFFE
"""What PDFium's text has where a character has no code or is a hyphen at a line's end."""


class Runs(NamedTuple):
    """What all characters of one text object share, as columns of one item an object."""

    style: list[Style]
    font: NDArray[np.int64]
    size: NDArray[np.float64]
    base: NDArray[np.float64]
    turn: NDArray[np.int64]
    invisible: NDArray[np.bool_]


class Letters(NamedTuple):
    """The characters of a page that are seen, as arrays; ``run`` is an index into the runs.

    ``edges`` are left, bottom, right and top in the PDF's own space, each an array.
    """

    code: NDArray[np.int64]
    run: NDArray[np.int64]
    edges: NDArray[np.float64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    size: NDArray[np.float64]
    base: NDArray[np.float64]
    turn: NDArray[np.int64]
    spaced: NDArray[np.bool_]
    maybe_spaced: NDArray[np.bool_]

    def keep(self, kept: NDArray[np.bool_]) -> Letters:
        """Return only the letters that are marked."""
        columns: Sequence[Any] = [column[..., kept] for column in self]
        return Letters(*columns)


def read_letters(
    textpage: Any, text: str, affine: Affine, page_size: tuple[float, float]
) -> tuple[Letters, Runs] | None:
    """Return the characters of a page that are seen, and the runs that they belong to.

    ``text`` is what PDFium gives as the text of the whole page, ``page_size`` its width and
    height as it is shown.
    """
    count = max(bound("FPDFText_CountChars")(textpage), 0)
    indexes = range(count)
    code = _codes(textpage, text, indexes)
    key = results("FPDFText_GetTextObject", textpage, indexes, HANDLE)
    white = _IS_SPACE[np.minimum(code, len(_IS_SPACE) - 1)]
    has_object = key != 0
    places = np.flatnonzero(has_object & ~white & _is_character(code))
    box = written("FPDFText_GetLooseCharBox", textpage, places, ctypes.c_float, 4)
    edges = box[:, [0, 3, 2, 1]].T.astype(np.float64)
    if len(places) and not _are_on_page(edges, affine, page_size):
        is_on_page = _is_on_page(edges, affine, page_size)
        places, edges = places[is_on_page], edges[:, is_on_page]
    if not len(places):
        return None
    first, run = _first_of_runs(key[places])
    runs = _read_runs(textpage, places[first], key[places[first]], edges[:, first], affine)
    turn = runs.turn[run]
    start, end = _along(turn, edges)
    _mark_drawn_bold(code[places], run, end - start, runs)
    return Letters(
        code[places],
        run,
        edges,
        start,
        end,
        runs.size[run],
        runs.base[run],
        turn,
        _changes(np.cumsum(white & (has_object | (code != ord(" "))))[places]),
        _changes(np.cumsum(~has_object)[places]),
    ), runs


def _mark_drawn_bold(
    code: NDArray[np.int64], run: NDArray[np.int64], width: NDArray[np.float64], runs: Runs
) -> None:
    """Give the runs in the bold type of fonts without a name, as TeX draws them, their weight."""
    if all(style.font for style in runs.style):
        return
    large = runs.size[run] >= SMALLEST
    own = runs.font[run][large]
    bold = drawn_bold(code[large], own, (width / runs.size[run])[large], int(runs.font.max()) + 1)
    for place in np.flatnonzero(bold[runs.font]).tolist():
        if not runs.style[place].font:
            runs.style[place] = runs.style[place]._replace(bold=True)


def _codes(textpage: Any, text: str, indexes: range) -> NDArray[np.int64]:
    """Return the code of each character.

    The text has them in one piece, but that it leaves out control characters and those beyond
    the basic plane: where it is as long as the page has characters, each stands in its place.
    """
    if len(text) != len(indexes):
        return results("FPDFText_GetUnicode", textpage, indexes, ctypes.c_uint).astype(np.int64)
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    unsaid = np.flatnonzero(code == _NO_CHARACTER)
    code[unsaid] = results("FPDFText_GetUnicode", textpage, unsaid, ctypes.c_uint)
    return code


def _is_character(code: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which codes are of characters; broken fonts give halves of pairs and beyond."""
    is_character: NDArray[np.bool_] = (code >> 11 != _HALVES) & (code <= _LAST_CODE)
    return is_character


def _are_on_page(
    edges: NDArray[np.float64], affine: Affine, page_size: tuple[float, float]
) -> bool:
    """Return whether all boxes lie on the page as it is shown, as nearly always."""
    x, y = edges[::2], edges[1::2]
    x0, top, x1, bottom = affine.box(x.min(), y.min(), x.max(), y.max())
    return x0 >= 0 and top >= 0 and x1 <= page_size[0] and bottom <= page_size[1]


def _is_on_page(
    edges: NDArray[np.float64], affine: Affine, page_size: tuple[float, float]
) -> NDArray[np.bool_]:
    """Return which boxes lie on the page as it is shown, if only in part, and fit on it.

    What lies outside nobody sees: notes for the printer, and what a cropped page had around it. A
    letter larger than its page is none that anybody reads.
    """
    ax, ay = affine.point(edges[0], edges[1])
    bx, by = affine.point(edges[2], edges[3])
    on_page: NDArray[np.bool_] = np.isfinite(ax + ay + bx + by)
    for a, b, end in ((ax, bx, page_size[0]), (ay, by, page_size[1])):
        low, high = np.minimum(a, b), np.maximum(a, b)
        on_page &= (high >= 0) & (low <= end) & (high - low <= end)
    return on_page


def _changes(counted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return at which letters a count of what stands before them is higher than before."""
    changed = np.zeros(len(counted), np.bool_)
    np.greater(counted[1:], counted[:-1], out=changed[1:])
    return changed


def _first_of_runs(key: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each text object its first letter, and for each letter the object's number."""
    begins = [0, *(np.flatnonzero(key[1:] != key[:-1]) + 1).tolist()]
    first: list[int] = []
    numbers: dict[int, int] = {}
    number: list[int] = []
    for handle, begin in zip(key[begins].tolist(), begins, strict=True):
        own = numbers.setdefault(handle, len(first))
        if own == len(first):
            first.append(begin)
        number.append(own)
    lengths = [end - begin for begin, end in pairwise([*begins, len(key)])]
    return np.array(first), np.repeat(number, lengths)


def _read_runs(
    textpage: Any,
    places: NDArray[np.int64],
    handles: NDArray[np.uint64],
    edges: NDArray[np.float64],
    affine: Affine,
) -> Runs:
    """Return what the characters of each text object share.

    ``places`` are the indexes of the objects' first characters, ``edges`` the boxes of these.
    """
    matrices = written("FPDFText_GetMatrix", textpage, places, ctypes.c_float, 6)[:, :4]
    keys = np.ascontiguousarray(matrices).view("V16").ravel().tolist()
    origin = written("FPDFText_GetCharOrigin", textpage, places, ctypes.c_double, 2, 2).T
    said = results("FPDFText_GetFontSize", textpage, places, ctypes.c_double)
    set_so = {key: _turn_and_scale(*_FOUR_FLOATS.unpack(key)) for key in set(keys)}
    turned = [set_so[key] for key in keys]
    turn = np.array([each[0] for each in turned])
    size = said * [each[1] for each in turned]
    size = _believed(size, turn, edges)
    sizes = [round(each, 1) or 1.0 for each in size.tolist()]
    shown_x, shown_y = affine.point(*origin)
    level = (turn - affine.turns) % 2 == 0
    mode = of_each("FPDFTextObj_GetTextRenderMode", handles)
    return Runs(
        *_styles(textpage, places, handles, sizes),
        np.array(sizes),
        np.where(level, shown_y, shown_x),
        turn,
        mode == _INVISIBLE_MODE,
    )


def _believed(
    size: NDArray[np.float64], turn: NDArray[np.int64], edges: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return type sizes in points, those that can't be true made of the height of the letters."""
    doubted = ~((size >= PLAUSIBLE_SIZES[0]) & (size <= PLAUSIBLE_SIZES[1]))
    if not doubted.any():
        return size
    left, bottom, right, top = edges
    height = np.where((turn == 0) | (turn == 2), np.abs(top - bottom), np.abs(right - left))
    return np.where(doubted & (height != 0), height * ASCENT, size)


def _styles(
    textpage: Any, places: NDArray[np.int64], objects: NDArray[np.uint64], sizes: Sequence[float]
) -> tuple[list[Style], NDArray[np.int64]]:
    """Return the style and the number of the font of each text object.

    A font is asked once a page for what it is.
    """
    parts = written("FPDFText_GetFillColor", textpage, places, ctypes.c_uint, 4, 4).astype(int)
    colors = parts[:, 0] << 16 | parts[:, 1] << 8 | parts[:, 2]
    handles = of_each("FPDFTextObj_GetFont", objects, HANDLE).tolist()
    fonts: dict[int, Font] = {}
    for handle, index in zip(handles, places.tolist(), strict=True):
        if handle not in fonts:
            fonts[handle] = read_font(textpage, index)
    styles = list(map(style_of, map(fonts.__getitem__, handles), sizes, colors.tolist()))
    numbers = {handle: number for number, handle in enumerate(fonts)}
    return styles, np.array(list(map(numbers.__getitem__, handles)), np.int64)


def _turn_and_scale(a: float, b: float, c: float, d: float) -> tuple[int, float]:
    """Return the quarter turns of a matrix, ``SLANTED`` for others, and how it scales heights."""
    degrees = math.degrees(math.atan2(b, a)) % 360
    quarter = round(degrees / 90)
    turn = quarter % 4 if abs(degrees - quarter * 90) < 10 else SLANTED
    return turn, math.hypot(c, d)


def _along(
    turn: NDArray[np.int64], edges: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where characters begin and end along their direction of writing."""
    left, bottom, right, top = edges
    if not turn.any():
        return left, right
    turned = [turn == 1, turn == 2, turn == 3]
    return (
        np.select(turned, [bottom, -right, -top], left),
        np.select(turned, [top, -left, -bottom], right),
    )


def without_doubled(letters: Letters) -> Letters:
    """Return the letters but for those that are printed again in the same place for fake bold.

    Two like letters of one run in one place are a ligature (tt, ll), unless most of the run is so.
    """
    again = np.zeros(len(letters.code), dtype=np.bool_)
    again[1:] = letters.code[1:] == letters.code[:-1]
    (places,) = np.nonzero(again)
    before = places - 1
    near = DOUBLED_ADVANCE * letters.size[places]
    again[places] = (
        (np.abs(letters.start[places] - letters.start[before]) < near)
        & (np.abs(letters.base[places] - letters.base[before]) < near)
        & (letters.turn[places] == letters.turn[before])
    )
    if not again.any():
        return letters
    lengths = np.bincount(letters.run)
    share = np.bincount(letters.run, again) / np.maximum(lengths, 1)
    in_one_run = np.append(False, np.diff(letters.run) == 0)
    is_bold = (share > DOUBLED_SHARE) & (lengths >= DOUBLED_RUN)
    return letters.keep(~(again & (~in_one_run | is_bold[letters.run])))


def word_starts(letters: Letters) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return at which letters a word begins, and at which it does so without a space before."""
    size, before = letters.size[1:], letters.size[:-1]
    gap = letters.start[1:] - letters.end[:-1]
    limit = np.where(letters.maybe_spaced[1:], SURE_GAP, WORD_GAP) * size
    same_turn = letters.turn[1:] == letters.turn[:-1]
    same_line = same_turn & (
        np.abs(letters.base[1:] - letters.base[:-1]) < np.minimum(size, before) / 10
    )
    back = letters.start[1:] - letters.start[:-1] < -size / 2
    begins = np.ones(len(letters.code), dtype=np.bool_)
    begins[1:] = letters.spaced[1:] | ~same_line | (gap > limit) | back | (size != before)
    glued = np.zeros(len(letters.code), dtype=np.bool_)
    glued[1:] = begins[1:] & ~letters.spaced[1:] & same_turn & (gap > -size / 2) & (gap <= limit)
    return begins, glued
