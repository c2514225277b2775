"""The reading order of a page: lines to regions of one column each.

Regions are ordered by bands from the top: a band is a run of lines with the same columns, read
column by column.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.layout import ROW_REACH, PrintedLine, Region

MOST_TAIL_LINES = 3
"""Lines below two columns that may be the heading of the full-width text that follows."""

LEVEL = 0.7
"""Type sizes between baselines of lines that stand beside each other: columns whose lines do not
align are apart by half a line distance at most."""

NEIGHBOUR_REACH = 3
"""Type sizes up and down within which lines beside a line are looked for."""


def in_reading_order(lines: Sequence[PrintedLine]) -> list[Region]:
    """Return the lines of a page as regions, from the top band by band, column by column."""
    level = sorted((line for line in lines if not line.turned), key=lambda line: line.base)
    regions = [region for band in _bands(level) for region in band.regions()]
    turned = tuple(line for line in lines if line.turned)
    if turned:
        regions.append(Region(turned, 0.0, 0.0, beside=bool(level)))
    return regions


class _Band:
    """A run of lines from the top with the same columns, while it is being gathered."""

    def __init__(self) -> None:
        self.lines: list[PrintedLine] = []
        self.spans: list[list[float]] = []
        self.beside = False
        self.last_beside = -1

    def touched(self, line: PrintedLine) -> int:
        """Return how many columns a line reaches into."""
        return sum(line.x0 < span[1] and line.x1 > span[0] for span in self.spans)

    def add(self, line: PrintedLine, *, has_neighbour: bool) -> None:
        self.lines.append(line)
        self.spans = _merged(self.spans, line)
        if has_neighbour:
            self.beside = True
            self.last_beside = len(self.lines) - 1

    def takes(self, line: PrintedLine, *, has_neighbour: bool) -> bool:
        """Return whether a line goes on with this band."""
        touched = self.touched(line)
        if not self.beside:
            return not has_neighbour and touched == 1
        if touched == 0:
            return has_neighbour
        return touched == 1

    def without_tail(self, line: PrintedLine) -> list[PrintedLine]:
        """Take away and return the last lines where they belong to the full-width ``line``."""
        tail = self.lines[self.last_beside + 1 :]
        if not self.beside or not tail or len(tail) > MOST_TAIL_LINES:
            return []
        above = tail[0].top - max(other.bottom for other in self.lines[: self.last_beside + 1])
        if above <= line.top - tail[-1].bottom:
            return []
        self.lines = self.lines[: self.last_beside + 1]
        return tail

    def regions(self) -> list[Region]:
        """Return the columns from left to right."""
        spans: list[list[float]] = []
        for line in self.lines:
            spans = _merged(spans, line)
        return [
            Region(
                tuple(line for line in self.lines if low <= line.x0 and line.x1 <= high),
                low,
                high,
                beside=len(spans) > 1,
            )
            for low, high in spans
        ]


def _bands(lines: Sequence[PrintedLine]) -> list[_Band]:
    """Return lines sorted from the top as bands."""
    bands = [_Band()]
    for index, line in enumerate(lines):
        neighbour = _has_neighbour(lines, index)
        band = bands[-1]
        if band.lines and not band.takes(line, has_neighbour=neighbour):
            tail = band.without_tail(line) if band.touched(line) > 1 else []
            bands.append(_Band())
            for other in tail:
                bands[-1].add(other, has_neighbour=False)
            if tail and not bands[-1].takes(line, has_neighbour=neighbour):
                bands.append(_Band())
        bands[-1].add(line, has_neighbour=neighbour)
    return _with_first_lines(bands) if lines else []


def _with_first_lines(bands: Sequence[_Band]) -> list[_Band]:
    """Return the bands, the first lines of a column that stands higher than the others in it."""
    result: list[_Band] = []
    for band in bands:
        above = result[-1] if result else None
        if above is not None and _heads_column(above, band):
            result.pop()
            band.lines = [*above.lines, *band.lines]
        result.append(band)
    return result


def _heads_column(above: _Band, band: _Band) -> bool:
    """Return whether the few lines of a band are the top of one of the next band's columns."""
    if above.beside or not band.beside or len(above.lines) > MOST_TAIL_LINES:
        return False
    last = above.lines[-1]
    inside = [span for span in band.spans if last.x0 < span[1] and last.x1 > span[0]]
    if len(inside) != 1 or any(above.touched(line) != 1 for line in above.lines):
        return False
    low, high = inside[0]
    below = next((line for line in band.lines if line.x0 < high and line.x1 > low), None)
    return (
        below is not None
        and low > band.spans[0][0]
        and abs(last.x0 - low) < last.size / 2
        and below.base - last.base < ROW_REACH * last.size
        and all(band.touched(line) == 1 for line in above.lines)
    )


def _has_neighbour(lines: Sequence[PrintedLine], index: int) -> bool:
    """Return whether another line stands beside the line at ``index``."""
    line = lines[index]
    for step in (-1, 1):
        at, reach = index + step, NEIGHBOUR_REACH * line.size
        while 0 <= at < len(lines) and abs(lines[at].base - line.base) < reach:
            other = lines[at]
            if (line.x0 >= other.x1 or other.x0 >= line.x1) and _level_with(line, other):
                return True
            at += step
    return False


def _level_with(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether two lines overlap in height, as lines of two columns do."""
    return abs(line.base - other.base) < LEVEL * max(line.size, other.size)


def _merged(spans: Sequence[Sequence[float]], line: PrintedLine) -> list[list[float]]:
    """Return the spans with the line's width added, touching ones made one."""
    low, high = line.x0, line.x1
    kept = []
    for span in spans:
        if low < span[1] and high > span[0]:
            low, high = min(low, span[0]), max(high, span[1])
        else:
            kept.append([span[0], span[1]])
    return sorted([*kept, [low, high]])
