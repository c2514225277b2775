"""Bullets that are drawn, not set: browsers that print to PDF paint the marks of lists as shapes.

So does Chromium (Skia/PDF) in the technical frameworks among the real documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.drawings import Mark
from ingest.pages import PageWord

BULLET = "•"

LEAST_SIDE, MOST_SIDE = 0.12, 0.6
"""Parts of the type size that a drawn bullet measures: browsers draw 0.25 to 0.35; the squares of
a chart's legend are as tall as its letters, 0.7 and more."""

MOST_OBLONG = 1.35
"""How much longer than the other a bullet's longer side may be."""

NEAREST, FARTHEST = 0.25, 3.0
"""Type sizes between a bullet and the text that it stands before."""

LOWEST, HIGHEST = 0.08, 0.6
"""Type sizes above the baseline between which a bullet has its middle: about half an x-height."""

MOST_BULLETS = 150
"""Small shapes on a page above which they are a chart or map, not bullets."""

MOST_IN_ROW = 8
"""Small shapes at one height above which they are the dots of a rule: two bullets for each of four
columns. Browsers draw each dot of a dotted line by itself, some two hundred to a line of text."""


def with_drawn_bullets(words: Sequence[PageWord], marks: Sequence[Mark]) -> list[PageWord]:
    """Return the words with a bullet before each that a small shape stands before."""
    if not words or not marks:
        return list(words)
    sizes = [word.style.size for word in words]
    largest = max(sizes) * MOST_SIDE
    small = [
        mark
        for mark in marks
        if mark.x1 - mark.x0 <= largest and mark.bottom - mark.top <= largest and _is_roundish(mark)
    ]
    small = small if len(small) <= MOST_IN_ROW else _outside_rows(small)
    if not small or len(small) > MOST_BULLETS:
        return list(words)
    level = [word for word in words if word.turn == 0]
    found: dict[int, PageWord] = {}
    least = min(sizes) * LEAST_SIDE
    for mark in (mark for mark in small if max(_sides(mark)) >= least):
        host = _host(mark, level)
        if host is not None:
            bullet = host._replace(text=BULLET, x0=mark.x0, x1=mark.x1, glued=False)
            found.setdefault(host.order, bullet)
    return [
        each
        for word in words
        for each in ((found[word.order], word) if word.order in found else (word,))
    ]


def _outside_rows(marks: Sequence[Mark]) -> list[Mark]:
    """Return the shapes but for those that stand in a row with many others."""
    rows = Counter(mark.top for mark in marks)
    return [mark for mark in marks if rows[mark.top] <= MOST_IN_ROW]


def _is_roundish(mark: Mark) -> bool:
    """Return whether a shape is about as wide as tall."""
    width, height = _sides(mark)
    return 0 < width <= MOST_OBLONG * height and 0 < height <= MOST_OBLONG * width


def _sides(mark: Mark) -> tuple[float, float]:
    return mark.x1 - mark.x0, mark.bottom - mark.top


def _host(mark: Mark, words: Sequence[PageWord]) -> PageWord | None:
    """Return the word that a shape stands before as its bullet, None where it is no bullet."""
    middle = (mark.top + mark.bottom) / 2
    beside = [
        word
        for word in words
        if LOWEST * word.style.size <= word.base - middle <= HIGHEST * word.style.size
    ]
    host = min(
        (word for word in beside if word.x0 >= mark.x1), key=lambda word: word.x0, default=None
    )
    if host is None:
        return None
    size = host.style.size
    side = max(_sides(mark))
    is_free = all(mark.x0 - word.x1 > NEAREST * size for word in beside if word.x0 < mark.x0)
    fits = LEAST_SIDE * size <= side <= MOST_SIDE * size
    near = NEAREST * size <= host.x0 - mark.x1 <= FARTHEST * size
    return host if is_free and fits and near else None
