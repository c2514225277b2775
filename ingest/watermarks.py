"""Watermarks: large words printed across the text, and letters drawn as shapes over it.

*UTKAST* or *ARBETSMATERIAL* over a page is no part of what the page says. Set aslant it is told by
its turn; set level or upright, by the words that it is printed across. Drawn as a shape it is no
box: text runs over its edges.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from ingest.drawings import Mark
from ingest.layout import PrintedLine
from ingest.letters import SLANTED
from ingest.pages import LEAST_BOX, PageContent, PageWord

LARGER = 2.5
"""How many times larger than most of a page's words a watermark is set: headings within the text
seldom are, and watermarks have 40 points or more."""

FEWEST_CROSSED = 3
"""Words that a watermark is printed across: a single letter of it in type of 60 points covers as
many."""

CAPITALS = 0.65
"""Part of the type size that capitals reach above their baseline at least."""

LOW_LETTERS = 0.25
"""Part of the type size above the baseline that is the middle of small letters."""

MOST_WORDS = 20
"""Words of one style that are a watermark at most: it is repeated a few times over a page."""

SAME_PLACE = 2.0
"""Points by which a watermark's place differs between pages."""

OVER_EDGE = 1.0
"""Points by which a word reaches over an area's edge on both sides, past all rounding."""

NO_GUTTER = 0.4
"""Type sizes up to which two words stand in one sentence: a space has 0.25 to 0.3, and no box has
its text as close to the text outside."""

CUT_SHARE, CUT_ROWS = 1 / 3, 2
"""Part of the rows at an area's height, and how many, that run over its edges where it is no box:
of the rows that a letter is drawn over nearly all do, but for the ends of paragraphs."""

_BASE, _X0, _SIZE = attrgetter("base"), attrgetter("x0"), attrgetter("style.size")


def without_watermarks(page: PageContent) -> PageContent:
    """Return a page with its watermarks apart, and without the areas that text runs across.

    Of recognised pages the sizes are measured, which is not sure enough.
    """
    if page.confidence is not None or not page.words:
        return page
    watermarks = _printed_across(page.words)
    words = page.words
    if watermarks:
        found = set(map(id, watermarks))
        words = tuple([word for word in words if id(word) not in found])
    marks = uncut(page.marks, words)
    if not watermarks and len(marks) == len(page.marks):
        return page
    return page._replace(words=words, marks=tuple(marks), watermarks=tuple(watermarks))


def without_known_watermarks(
    pages: Sequence[tuple[PageContent, Sequence[PrintedLine]]],
) -> list[tuple[PageContent, Sequence[PrintedLine]]]:
    """Return the pages without lines that are a watermark of another page, in the same place.

    On a page with little text a watermark is printed across none.
    """
    known: dict[str, list[PageWord]] = defaultdict(list)
    for page, _lines in pages:
        for word in page.watermarks:
            known[word.text].append(word)
    if not known:
        return list(pages)
    return [(page, [line for line in lines if not _is_known(line, known)]) for page, lines in pages]


def _is_known(line: PrintedLine, known: dict[str, list[PageWord]]) -> bool:
    """Return whether all words of a line stand where a watermark has them."""
    return line.text.split(" ", 1)[0] in known and all(
        any(_is_same(word, other) for other in known.get(word.text, ())) for word in line.words
    )


def _is_same(word: PageWord, other: PageWord) -> bool:
    is_near = abs(word.x0 - other.x0) < SAME_PLACE and abs(word.base - other.base) < SAME_PLACE
    return is_near and word.style == other.style


def _printed_across(words: Sequence[PageWord]) -> list[PageWord]:
    """Return the words of large type that are printed across others."""
    sizes = list(map(_SIZE, words))
    if max(sizes) < LARGER * min(sizes):
        return []
    least = LARGER * sorted(sizes)[len(sizes) // 2]
    alike: dict[tuple[object, int], list[PageWord]] = defaultdict(list)
    for word in words:
        if word.style.size >= least and word.turn < SLANTED:
            alike[word.style, word.turn].append(word)
    if not alike:
        return []
    text = [word for word in words if word.turn == 0 and word.style.size < least]
    text.sort(key=_BASE)
    bases = list(map(_BASE, text))
    return [
        word
        for large in alike.values()
        if len(large) <= MOST_WORDS and _cross(large, text, bases)
        for word in large
    ]


def _cross(large: Iterable[PageWord], text: Sequence[PageWord], bases: Sequence[float]) -> bool:
    """Return whether words are printed across words of a text, sorted by their ``bases``."""
    crossed: set[int] = set()
    for word in large:
        x0, top, x1, bottom = _print(word)
        first, last = bisect_left(bases, top), bisect_right(bases, bottom + word.style.size)
        for other in text[first:last]:
            middle = other.base - LOW_LETTERS * other.style.size
            if top < middle < bottom and x0 < (other.x0 + other.x1) / 2 < x1:
                crossed.add(id(other))
    return len(crossed) >= FEWEST_CROSSED


def _print(word: PageWord) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is surely printed of a word's letters."""
    height = CAPITALS * word.style.size
    if word.turn == 0:
        return word.x0, word.base - height, word.x1, word.base
    if word.turn == 2:
        return word.x0, word.base - height / 2, word.x1, word.base + height / 2
    return word.base - height / 2, word.x0, word.base + height / 2, word.x1


def uncut(marks: Sequence[Mark], words: Sequence[PageWord]) -> Sequence[Mark]:
    """Return the marks of a page but for the areas whose left and right edges cut the text."""
    if not any(mark.is_area and mark.bottom - mark.top > LEAST_BOX for mark in marks):
        return marks
    level = [word for word in words if word.turn == 0]
    level.sort(key=lambda word: (round(word.base), word.x0))
    rows = [list(row) for _base, row in groupby(level, key=lambda word: round(word.base))]
    bases = [row[0].base for row in rows]
    return [mark for mark in marks if not _is_cut(mark, rows, bases)]


def _is_cut(mark: Mark, rows: Sequence[Sequence[PageWord]], bases: Sequence[float]) -> bool:
    """Return whether rows of words, at these ``bases``, run over the edges of an area."""
    if not mark.is_area or mark.bottom - mark.top <= LEAST_BOX:
        return False
    level = rows[bisect_left(bases, mark.top) : bisect_right(bases, mark.bottom)]
    beside = [row for row in level if row[0].x0 < mark.x1 and row[-1].x1 > mark.x0]
    if len(beside) < CUT_ROWS:
        return False
    cut = sum(_runs_over(row, mark.x0) or _runs_over(row, mark.x1) for row in beside)
    return cut >= max(CUT_ROWS, CUT_SHARE * len(beside))


def _runs_over(row: Sequence[PageWord], edge: float) -> bool:
    """Return whether a row of words, from left to right, goes on over an upright edge."""
    at = bisect_right(row, edge, key=_X0)
    if not at:
        return False
    left = row[at - 1]
    if left.x1 > edge:
        return left.x0 < edge - OVER_EDGE and left.x1 > edge + OVER_EDGE
    return at < len(row) and row[at].x0 - left.x1 < NO_GUTTER * left.style.size
