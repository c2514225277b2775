"""The columns of text on a page, in each of which a table may stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.layout import PrintedLine

LONG = 5
"""Words from which a line is one of running text: cells of narrow tables have fewer."""

FEWEST_EDGED = 5
"""Long lines that begin at the left edge of a column of text, at least."""

FEWEST_LONG = 3
"""Long lines of a band in which columns are parted, at least."""

NARROWEST_COLUMN = 90.0
"""Points between the left edges of two columns of text, at least: four stand on a page of A4."""

OVER = 2.0
"""Points by which a line reaches over the edge of a column that it crosses."""


def by_columns(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Return level lines by the columns of text that they stand in; none where there is one.

    Columns end and begin at lines that cross their edges, as headings over all of them do.
    """
    edges = _edges([line for line in lines if len(line.words) >= LONG])
    if not edges:
        return []
    bands: list[list[PrintedLine]] = [[]]
    for line in sorted(lines, key=lambda line: line.base):
        if any(line.x0 < edge - OVER and line.x1 > edge + OVER for edge in edges):
            bands.append([])
        else:
            bands[-1].append(line)
    return [column for band in bands for column in _columns(band, edges)]


def _columns(band: Sequence[PrintedLine], edges: Sequence[float]) -> list[list[PrintedLine]]:
    """Return the lines of a band by column, if it has running text."""
    if sum(len(line.words) >= LONG for line in band) < FEWEST_LONG:
        return []
    columns: list[list[PrintedLine]] = [[] for _ in range(len(edges) + 1)]
    for line in band:
        columns[sum(line.x0 >= edge - OVER for edge in edges)].append(line)
    return [column for column in columns if column]


def _edges(long: Sequence[PrintedLine]) -> list[float]:
    """Return the left edges of columns of text but for the first, from left to right."""
    counts = Counter(round(line.x0) for line in long)
    found: list[float] = []
    for place, count in counts.most_common():
        if count < FEWEST_EDGED:
            break
        if all(abs(place - other) >= NARROWEST_COLUMN for other in found):
            found.append(float(place))
    found.sort()
    return [edge for edge in found[1:] if _are_beside(long, edge)]


def _are_beside(long: Sequence[PrintedLine], edge: float) -> bool:
    """Return whether lines stand left of an edge at the height of some that begin at it."""
    left = [line.base for line in long if line.x1 < edge]
    right = [line.base for line in long if line.x0 >= edge - OVER]
    if min(len(left), len(right)) < FEWEST_LONG:
        return False
    return max(min(left), min(right)) < min(max(left), max(right))
