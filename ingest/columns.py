"""The reading order of a page: lines to regions of one column each.

Regions are ordered by bands from the top: a band is a run of lines with the same columns, read
column by column. Where the lines of a column stand beside each other again, as beside a pull quote
that is set into it, the column has bands of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from ingest.gutters import ROW_REACH
from ingest.layout import PrintedLine, Region

MOST_TAIL_LINES = 3
"""Lines below two columns that may be the heading of the full-width text that follows."""

TAIL_SPACE = 1.5
"""Space above such a heading, in spaces below it, where other lines of its column end above it."""

LEVEL = 0.7
"""Type sizes between baselines of lines that stand beside each other: columns whose lines do not
align are apart by half a line distance at most."""

NEIGHBOUR_REACH = 3
"""Type sizes up and down within which lines beside a line are looked for."""


SPANNING = 1.08
"""Size of a heading over all columns in usual sizes of their lines, at least."""

MOST_HEADING_LINES = 4
"""Lines of the longest heading over all columns."""

ALIGNED = 2.5
"""Type sizes by which the tops of columns below a heading that spans them differ at most: one may
begin with a small heading of its own."""

BALANCED = 9.0
"""Type sizes by which the ends of balanced columns above such a heading differ at most."""

SPACE_ABOVE = 0.5
"""Sizes of such a heading that are free above it, in every column."""

MARGIN_COLUMNS = 2
MARGIN_WIDTH, MARGIN_LINES = 0.6, 0.8
"""Part of the text's width and of its lines up to which a column may hold its headings: one of four
lines stands beside a paragraph of as many and the space below it."""

LEVEL_SHARE = 0.5
"""Part of the headings in the margin that stand level with a line of the text, at least; the others
have none beside them, as one above the next."""

SAME_BASE = 0.35
"""Type sizes by which a heading in the margin and the line that it stands beside differ at most."""

PIECE_GAP = 1.8
"""Type sizes between baselines from which a column's lines are parted into pieces."""

Span = tuple[float, float]
Piece = tuple[list[PrintedLine], Span]


def in_reading_order(lines: Sequence[PrintedLine]) -> list[Region]:
    """Return the lines of a page as regions, from the top band by band, column by column."""
    level = sorted((line for line in lines if not line.turned), key=lambda line: line.base)
    regions = list(_regions(level))
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
        bottom = max(other.bottom for other in self.lines[: self.last_beside + 1])
        below = line.top - tail[-1].bottom
        for start, first in enumerate(tail):
            above = first.top - bottom
            if above > (below if start == 0 else max(TAIL_SPACE * below, first.size)):
                self.lines = self.lines[: self.last_beside + 1 + start]
                return tail[start:]
            bottom = max(bottom, first.bottom)
        return []


def _regions(lines: Sequence[PrintedLine], column: Span | None = None) -> Iterator[Region]:
    """Yield the regions of a page or of one of its columns, in reading order."""
    groups = [part for group in _merged_bands(_bands(lines)) for part in _cut_at_headings(group)]
    for group in groups:
        spans = _spans(group)
        if len(spans) == MARGIN_COLUMNS and (pieces := _beside_heads(group, spans)):
            for piece, edges in pieces:
                yield Region(tuple(piece), *edges, beside=True)
            continue
        inset = len(spans) > 1 and len(groups) > 1
        for low, high in spans:
            own = [line for line in group if low <= line.x0 and line.x1 <= high]
            if len(spans) == 1:
                edges = column or (low, high)
                yield Region(tuple(own), *edges, beside=column is not None)
            elif len(own) < len(group) and _has_columns(own):
                yield from _regions(own, (low, high))
            else:
                yield Region(tuple(own), low, high, beside=True, inset=inset)


def _beside_heads(lines: Sequence[PrintedLine], spans: Sequence[Span]) -> list[Piece]:
    """Return the pieces of a text with headings in its left margin, each before what it heads.

    Empty where the left column holds anything else: its pieces stand level with lines of the
    text and are bold, larger or italic, as notes in the margin are not. Two that follow right on
    each other head the same text, though the second stands level with a later line of it.
    """
    left, right = (
        [line for line in lines if low <= line.x0 and line.x1 <= high] for low, high in spans
    )
    width, text_width = (high - low for low, high in spans)
    if width > MARGIN_WIDTH * text_width or len(left) > MARGIN_LINES * len(right):
        return []
    text = Counter(line.style for line in right).most_common(1)[0][0]
    result: list[Piece] = []
    start = level = 0
    above: PrintedLine | None = None
    heads = _pieces(left)
    for piece in heads:
        first = piece[0]
        at = _beside(right, first)
        stands_out = first.style.bold > text.bold or first.style.italic > text.italic
        if not (stands_out or first.size > SPANNING * text.size):
            return []
        level += at < len(right) and _are_level(right[at], first)
        if above and first.base - above.base < PIECE_GAP * first.size:
            at = start
        if at > start:
            result.append((right[start:at], spans[1]))
        result.append((piece, spans[0]))
        start, above = at, piece[-1]
    if level < LEVEL_SHARE * len(heads):
        return []
    return [*result, (right[start:], spans[1])] if start < len(right) else result


def _beside(lines: Sequence[PrintedLine], head: PrintedLine) -> int:
    """Return the index of the line that a heading stands level with, or of the next below it."""
    return next(
        (
            index
            for index, line in enumerate(lines)
            if line.base > head.base or _are_level(line, head)
        ),
        len(lines),
    )


def _are_level(line: PrintedLine, other: PrintedLine) -> bool:
    return abs(line.base - other.base) <= SAME_BASE * max(line.size, other.size)


def _pieces(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Return the lines of a column parted where there is space between them."""
    pieces: list[list[PrintedLine]] = []
    for line in lines:
        last = pieces[-1][-1] if pieces else None
        if last and line.style == last.style and line.base - last.base < PIECE_GAP * line.size:
            pieces[-1].append(line)
        else:
            pieces.append([line])
    return pieces


def _spans(lines: Sequence[PrintedLine]) -> list[Span]:
    """Return the columns that lines stand in, from left to right."""
    spans: list[Span] = []
    for low, high in sorted((line.x0, line.x1) for line in lines):
        if spans and low < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], high)
        else:
            spans.append((low, high))
    return spans


def _has_columns(lines: Sequence[PrintedLine]) -> bool:
    """Return whether some of the lines stand beside others."""
    return any(_has_neighbour(lines, index) for index in range(len(lines)))


def _merged_bands(bands: Sequence[_Band]) -> list[list[PrintedLine]]:
    """Return the lines of bands, those made one whose columns lie on both sides of one gutter.

    A band that stands on one side of it alone belongs to the column there if the next one has both.
    """
    groups: list[list[PrintedLine]] = []
    waiting: list[list[PrintedLine]] = []
    for band in bands:
        together = [*groups[-1], *(line for one in waiting for line in one)] if groups else []
        if groups and _share_gutter(groups[-1], together, band.lines):
            groups[-1] = [*together, *band.lines]
            waiting = []
        elif groups and _is_inside(band.lines, _spans(groups[-1])):
            waiting.append(band.lines)
        else:
            groups += [*waiting, band.lines]
            waiting = []
    return [*groups, *waiting]


def _is_inside(lines: Sequence[PrintedLine], spans: Sequence[Span]) -> bool:
    """Return whether lines stand in one of several columns."""
    low, high = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return len(spans) > 1 and any(span[0] <= low and high <= span[1] for span in spans)


def _share_gutter(
    above: Sequence[PrintedLine], together: Sequence[PrintedLine], below: Sequence[PrintedLine]
) -> bool:
    """Return whether a gutter runs through bands, each with lines on both sides of it."""
    starts = [low for low, _high in _spans([*together, *below])[1:]]
    return any(
        all(
            any(line.x1 <= low for line in part) and any(line.x0 >= low for line in part)
            for part in (above, below)
        )
        for low in starts
    )


def _cut_at_headings(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Yield the lines of columns parted at short headings that stand over all of them.

    All columns end above such a heading and begin again below it, at one height.
    """
    spans = _spans(lines)
    start = 0
    if len(spans) > 1:
        usual = median(line.size for line in lines)
        for index, line in enumerate(lines):
            if index > start and line.size > SPANNING * usual:
                end = _heading_end(lines, index)
                if end and _spans_columns(lines[start:index], lines[index:end], lines[end:], spans):
                    yield list(lines[start:index])
                    yield list(lines[index:end])
                    start = end
    yield list(lines[start:])


def _heading_end(lines: Sequence[PrintedLine], start: int) -> int:
    """Return where a heading that stands alone from ``start`` ends, 0 where none does."""
    end = start + 1
    while end < len(lines) and _goes_on_below(lines[end - 1], lines[end]):
        end += 1
    stands_alone = end < len(lines) and not any(
        _has_neighbour(lines, index) for index in range(start, end)
    )
    if not stands_alone or end - start > MOST_HEADING_LINES:
        return 0
    above = next((one for one in reversed(lines[:start]) if _overlap(one, lines[start])), None)
    below = next((one for one in lines[end:] if _overlap(one, lines[end - 1])), None)
    is_whole = all(one is None or one.style != lines[start].style for one in (above, below))
    return end if is_whole else 0


def _goes_on_below(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether ``other`` stands below a line in the same style."""
    return line.style == other.style and _overlap(line, other)


def _overlap(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether two lines overlap in width."""
    return other.x0 < line.x1 and other.x1 > line.x0


def _spans_columns(
    above: Sequence[PrintedLine],
    heading: Sequence[PrintedLine],
    below: Sequence[PrintedLine],
    spans: Sequence[Span],
) -> bool:
    """Return whether all columns end above a heading and begin again below it.

    One that begins at the edge of a later column is that column's own.
    """
    middle = (spans[0][0] + spans[-1][1]) / 2
    is_centred = abs(heading[0].center - middle) < heading[0].size
    if heading[0].x0 > spans[0][1] and not is_centred:
        return False
    size = median(line.size for line in below)
    ends, tops = [], []
    for low, high in spans:
        over = [line.bottom for line in above if low <= line.x0 and line.x1 <= high]
        under = [line.top for line in below if low <= line.x0 and line.x1 <= high]
        if not over or not under:
            return False
        ends.append(max(over))
        tops.append(min(under))
    return (
        max(ends) + SPACE_ABOVE * heading[0].size <= heading[0].top
        and min(tops) >= heading[-1].bottom
        and max(tops) - min(tops) < ALIGNED * size
        and max(ends) - min(ends) < BALANCED * size
    )


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
    base, x0, x1, reach = line.base, line.x0, line.x1, NEIGHBOUR_REACH * line.size
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(lines) and abs(lines[at].base - base) < reach:
            other = lines[at]
            if (x0 >= other.x1 or other.x0 >= x1) and _level_with(line, other):
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
