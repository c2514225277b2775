"""Gutters: which gaps of a row part columns, and which are stretched spaces of justified type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Sequence
from itertools import pairwise
from statistics import median

from ingest.numbering import list_marker
from ingest.pages import PageWord

GUTTER = 0.9
"""Part of the type size from which a gap may be a gutter; columns are set at least a line's height
apart, and a justified space is seldom as wide."""

CHAIN_ROWS, EDGE_CHAIN_ROWS = 3, 2
"""Rows over which a gap goes on before it is a gutter: rivers of two rows are chance, unless they
end at the edge of a column."""

EDGE_ROWS = 5
"""Rows whose words begin at one place after a gap, from which it is the edge of a column, however
wide the spaces of a row are stretched."""

WIDE_GAP = 2.5
"""Part of the type size from which a gap parts a row that stands alone (letterheads, running
headers), if it is also ``STRETCH`` times as wide as the row's other gaps."""

STRETCH = 2.5
NARROWEST = 0.7
"""Part of the type size that a gutter is wide where a long word reaches into it."""

ROW_REACH = 2.2
"""Type sizes between the baselines of rows over which a gutter goes on."""

MARKER_REACH = 10.0
"""Type sizes from a mark within which its text begins, however deep it hangs."""

OTHER_SIZE = 0.85
"""Part of a word's size up to which the word beside it is set in another: text and pull quote."""

FLUSH = 1.0
"""Points by which ends of two justified lines differ at most."""

MARKER = re.compile(
    r"[^\w\s]{1,2}|[\ue000-\uf8ffo§]|\(?\d{1,3}(?:\.\d{1,2}){0,4}[.):]?|\(?[a-zåäöA-ZÅÄÖ][.)]|[ivxIVX]{1,5}[.)]"
)
"""A bullet or number that stands before the text of a list item, heading or footnote."""


def gutters(rows: Sequence[Sequence[PageWord]], smallest: float) -> list[list[int]]:
    """Return for each row the indexes of the words before which a gutter lies.

    ``smallest`` is the smallest type size among them.
    """
    gaps = [_wide_gaps(row, GUTTER * smallest) for row in rows]
    edges = _column_edges(rows, gaps)
    return [
        _gutters_of(rows, place, found, edges) if found else [] for place, found in enumerate(gaps)
    ]


def _gutters_of(
    rows: Sequence[Sequence[PageWord]], place: int, found: Sequence[int], edges: Collection[int]
) -> list[int]:
    """Return which of the wide gaps ``found`` in a row are gutters."""
    row = rows[place]
    free = [
        index for index in found if _is_far(row, index, edges) or not _is_after_marker(row, index)
    ]
    starts = [at for at in range(1, len(row)) if free and edges and _is_edge(row, at, edges)]
    return [
        index
        for index in free
        if _is_gutter(rows, place, index, _part(starts, index, len(row)), edges)
    ]


def _wide_gaps(row: Sequence[PageWord], least: float = 0.0) -> list[int]:
    """Return the indexes of the words of a row before which a gap is wide enough for a gutter.

    No gap under ``least`` points is.
    """
    return [
        index
        for index, (left, right) in enumerate(pairwise(row), start=1)
        if right.x0 - left.x1 >= least
        and right.x0 - left.x1 >= GUTTER * _size_beside(left, right)
        and right.x0 > left.x1
    ]


def _size_beside(left: PageWord, right: PageWord) -> float:
    """Return the type size that a gap is measured by: of text beside a large heading the text's."""
    one, other = left.style.size, right.style.size
    is_raised = left.raised or right.raised
    return one if (one > other) == is_raised else other


def _column_edges(
    rows: Sequence[Sequence[PageWord]], gaps: Sequence[Sequence[int]]
) -> frozenset[int]:
    """Return the places, in whole points, where words begin below each other after wide gaps."""
    counts = Counter(
        round(row[index].x0) for row, found in zip(rows, gaps, strict=True) for index in found
    )
    return frozenset(place for place, count in counts.items() if count >= EDGE_ROWS)


def _is_far(row: Sequence[PageWord], index: int, edges: Container[int]) -> bool:
    """Return whether a column begins so far to the right that no mark before belongs to its text.

    So stands text beside the end of a paragraph that is a number: *se avsnitt / 3.3.7.*
    """
    left, right = row[index - 1 : index + 1]
    return round(right.x0) in edges and right.x0 - left.x1 > MARKER_REACH * right.style.size


def _is_after_marker(row: Sequence[PageWord], index: int) -> bool:
    """Return whether a gap parts the mark of an item or heading from its text."""
    is_marker = MARKER.fullmatch(row[index - 1].text) is not None
    return is_marker and (index == 1 or _opens_column(row, index - 1))


def _is_gutter(
    rows: Sequence[Sequence[PageWord]],
    place: int,
    index: int,
    part: tuple[int, int],
    edges: Container[int],
) -> bool:
    """Return whether a wide gap in a ``part`` of a row parts two columns."""
    left, right = rows[place][index - 1 : index + 1]
    size = _size_beside(left, right)
    gap = right.x0 - left.x1
    usual = _usual_gap(rows[place], index, part)
    if gap < WIDE_GAP * size or gap <= STRETCH * max(usual, 0.3 * size):
        if gap < 1.6 * usual and round(right.x0) not in edges:
            return False
        is_label = index - part[0] < 2
        is_edge = round(right.x0) in edges and not is_label
        least = EDGE_CHAIN_ROWS if is_edge else CHAIN_ROWS
        is_other = _differ(left, right) or _heads_in_margin(rows, place, index)
        if not (is_other or _goes_on(rows, place, (left.x1, right.x0), size, least)):
            return False
    return not _is_stretched(rows, place, part)


def _opens_column(row: Sequence[PageWord], index: int) -> bool:
    """Return whether a marker within a row begins a line of a column that is not the first.

    A bare number does not tell: it may be a cell.
    """
    marker = row[index]
    apart = marker.x0 - row[index - 1].x1 >= GUTTER * marker.style.size
    return apart and (list_marker(f"{marker.text} ") is not None or "." in marker.text)


def _part(starts: Sequence[int], index: int, length: int) -> tuple[int, int]:
    """Return the first and last index of the words between ``starts`` of columns around a word."""
    if not starts:
        return 0, length - 1
    first = max((at for at in starts if at < index), default=0)
    return first, min((at for at in starts if at > index), default=length) - 1


def _usual_gap(row: Sequence[PageWord], index: int, part: tuple[int, int]) -> float:
    """Return the usual space between words in the ``part`` of a row that holds one at ``index``.

    The space before that word does not count, and none after the number of an item or heading.
    """
    first, last = part
    begin = first + 2 if MARKER.fullmatch(row[first].text) else first + 1
    gaps = [
        gap
        for at in range(begin, last + 1)
        if at != index and (gap := row[at].x0 - row[at - 1].x1) > 0
    ]
    return median(gaps) if gaps else 0.0


def _is_stretched(
    rows: Sequence[Sequence[PageWord]],
    place: int,
    part: tuple[int, int],
) -> bool:
    """Return whether a part is a justified line: a line next to it ends alike, with no wide gap."""
    row = rows[place]
    first, last = row[part[0]], row[part[1]]
    low, high = first.x0, last.x1
    for other in (rows[at] for at in (place - 1, place + 1) if 0 <= at < len(rows)):
        inside = [word for word in other if word.x1 > low and word.x0 < high]
        if (
            inside
            and inside[0].style == first.style
            and abs(inside[0].x0 - first.x0) < FLUSH
            and abs(inside[-1].x1 - last.x1) < FLUSH
            and abs(inside[0].base - first.base) < ROW_REACH * first.style.size
            and not _wide_gaps(inside)
        ):
            return True
    return False


def _is_edge(row: Sequence[PageWord], index: int, edges: Container[int]) -> bool:
    """Return whether the word at ``index`` begins a column, after a gap."""
    right = row[index]
    return round(right.x0) in edges and right.x0 - row[index - 1].x1 >= GUTTER * right.style.size


def _differ(left: PageWord, right: PageWord) -> bool:
    """Return whether two words beside a gap are set in different sizes, as text and pull quote."""
    sizes = sorted((left.style.size, right.style.size))
    return sizes[0] < OTHER_SIZE * sizes[1]


def _heads_in_margin(rows: Sequence[Sequence[PageWord]], place: int, index: int) -> bool:
    """Return whether all before a gap is a heading in the margin: the text goes on below the gap.

    It is bold or in italics, as the text is not.
    """
    row = rows[place]
    first, right = row[0].style, row[index].style
    if not (first.bold > right.bold or first.italic > right.italic):
        return False
    beneath = rows[place + 1] if place + 1 < len(rows) else ()
    below = next((word for word in beneath if word.style != first), None)
    return (
        below is not None
        and below.style == right
        and abs(below.x0 - row[index].x0) < FLUSH
        and 0 < below.base - row[0].base < ROW_REACH * right.size
        and all(word.style == first for word in row[:index])
        and all(word.style != first for word in row[index:])
    )


def _goes_on(
    rows: Sequence[Sequence[PageWord]],
    place: int,
    gap: tuple[float, float],
    size: float,
    least: int,
) -> bool:
    """Return whether a gap goes on up and down over ``least`` rows with text on both its sides."""
    lefts = rights = 1
    low, high = gap
    for step in (-1, 1):
        at, base = place + step, rows[place][0].base
        while 0 <= at < len(rows) and abs(rows[at][0].base - base) < ROW_REACH * size:
            low_here, high_here = _narrowed(rows[at], low, high)
            if high_here - low_here < NARROWEST * size:
                break
            low, high = low_here, high_here
            lefts += rows[at][0].x0 < low
            rights += rows[at][-1].x1 > high
            base = rows[at][0].base
            at += step
    return min(lefts, rights) >= least


def _narrowed(row: Sequence[PageWord], low: float, high: float) -> tuple[float, float]:
    """Return what a row leaves free of the gap between ``low`` and ``high``."""
    for word in row:
        if word.x0 >= high:
            break
        if word.x1 > low:
            if word.x0 + word.x1 < low + high:
                low = max(low, word.x1)
            else:
                high = min(high, word.x0)
    return low, high
