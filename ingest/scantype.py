"""How the type of a scanned page is set: sizes, bold, bullets and raised signs, from its ink.

Tesseract tells what the letters are and where; how large and how heavy they are is measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ingest.tesseract import Letter, Row, Token

Ink = NDArray[np.bool_]
"""The picture of a page: true where there is ink."""

TALL_PART, SMALL_PART = 0.70, 0.475
"""Heights of *b* or *B* and of *x* as parts of the type size: Times has 0.68 and 0.45, Arial 0.73
and 0.52, and the other faces of text lie between them."""

TALL = frozenset("bdfhklABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ß")
LOW = frozenset("aceimnorsuvwxzgpqyj")
ACCENTED = frozenset("ÅÄÖÉÈÜåäöéèüij")
"""Letters whose dots or rings reach over the height that is measured."""

SMALLEST = 4.0
"""Dots of the smallest type size that is believed; a wrong baseline gives less, and below zero."""

SAME_SIZE = 0.1
"""Part by which the measured sizes of one type differ at most: at 150 dots an inch a letter of 10
points is 14 dots high, so that one dot makes 7 percent."""

BOLD_STROKE = 1.3
"""How much thicker than the page's usual strokes, by type size, bold ones are: bold faces have
1.5 times the stems of their regular ones or more."""

FEWEST_RUNS = 12
"""Strokes cut by rows of dots from which a word's thickness is measured."""

RAISED_FOOT = 0.22
"""Part of the type size above the baseline at which the foot of a raised sign stands at least."""

RAISED_HEIGHT = 0.3, 0.58
"""Heights of raised figures, as parts of the type size; quotation marks are at most 0.27 high."""

BULLET_FILL, BULLET_SIDES, BULLET_HEIGHT = 0.55, (0.7, 1.4), (0.15, 0.65)
"""A bullet fills this part of its box (a disc 0.79, a small softened one 0.6, the letter o 0.45),
is about as wide as high, and so high as a part of the type size; it stands above the baseline."""

BULLET_FOOT = 0.05
"""Part of the type size above the baseline from which a bullet or dash hangs free of it."""

DASH_SIDES = 2.6
"""How many times wider than high a dash is."""


def row_size(row: Row) -> float | None:
    """Return the type size of a row in dots, None where it has no letter to tell by."""
    heights = [height for token in row.tokens for height in _heights(token, row)]
    tall = [height / TALL_PART for kind, height in heights if kind == "tall"]
    low = [height / SMALL_PART for kind, height in heights if kind == "low"]
    measured = [size for size in tall or low if size >= SMALLEST]
    return median(measured) if measured else None


def _heights(token: Token, row: Row) -> Iterable[tuple[str, float]]:
    """Yield how high over the baseline the letters of a word reach, from those that tell."""
    plain = [letter for letter in token.letters if letter.text not in ACCENTED]
    for letter in plain:
        over = row.base_at((letter.x0 + letter.x1) / 2) - letter.top
        if letter.text in TALL:
            yield "tall", over
        elif letter.text in LOW:
            yield "low", over


def settled(sizes: Sequence[tuple[float, int]]) -> dict[float, float]:
    """Return for each measured size the size that it stands for.

    ``sizes`` are pairs of a size and the number of letters that were measured so. The size of
    most letters draws those near it to itself, then the next.
    """
    weight: dict[float, int] = {}
    for size, letters in sizes:
        weight[size] = weight.get(size, 0) + letters
    left = set(weight)
    result: dict[float, float] = {}
    while left:
        most = max(left, key=lambda size: (_near_weight(size, left, weight), size))
        near = sorted(size for size in left if abs(size - most) <= SAME_SIZE * most)
        middle = _weighted_median(near, weight)
        result |= dict.fromkeys(near, round(middle, 1))
        left -= set(near)
    return result


def _near_weight(size: float, among: Iterable[float], weight: dict[float, int]) -> int:
    return sum(weight[other] for other in among if abs(other - size) <= SAME_SIZE * size)


def _weighted_median(sizes: Sequence[float], weight: dict[float, int]) -> float:
    half, passed = sum(weight[size] for size in sizes) / 2, 0
    for size in sizes:
        passed += weight[size]
        if passed >= half:
            return size
    return sizes[-1]


def stroke(ink: Ink, token: Token) -> float | None:
    """Return how thick the strokes of a word are in dots, None where it has too few."""
    part = ink[int(token.top) : int(token.bottom) + 1, int(token.x0) : int(token.x1) + 1]
    if not part.size:
        return None
    padded = np.zeros((part.shape[0], part.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = part
    steps = np.diff(padded, axis=1)
    starts, ends = np.nonzero(steps == 1)[1], np.nonzero(steps == -1)[1]
    if len(starts) < FEWEST_RUNS:
        return None
    runs = np.sort(ends - starts)
    return float(runs[len(runs) // 4 : max(len(runs) * 3 // 4, len(runs) // 4 + 1)].mean())


def is_raised(letter: Letter, row: Row, size: float) -> bool:
    """Return whether a sign stands raised over the line, as calls of footnotes do."""
    foot = row.base_at((letter.x0 + letter.x1) / 2) - letter.bottom
    height = letter.bottom - letter.top
    return foot >= RAISED_FOOT * size and RAISED_HEIGHT[0] * size <= height <= (
        RAISED_HEIGHT[1] * size
    )


def bullet(ink: Ink, token: Token, row: Row, size: float) -> str | None:
    """Return the bullet or dash that a sign at the start of a line is by its shape, or None."""
    longest = 1 if token.text.isalpha() else 2
    if len(token.text) > longest or any(map(str.isdigit, token.text)):
        return None
    part = ink[int(token.top) : int(token.bottom) + 1, int(token.x0) : int(token.x1) + 1]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return None
    part = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = part.shape
    foot = row.base_at(token.x0) - (token.top + rows[-1])
    if foot < BULLET_FOOT * size or part.mean() < BULLET_FILL:
        return None
    if width >= DASH_SIDES * height:
        return "–"
    least, most = BULLET_SIDES
    lowest, highest = BULLET_HEIGHT
    is_disc = least <= width / height <= most and lowest * size <= height <= highest * size
    return "•" if is_disc else None
