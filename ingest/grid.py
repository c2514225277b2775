"""The words of a table's area as a grid: phrases to columns, lines of type to rows.

That columns are told by the white space that runs down between the phrases, and rows by where
most columns begin anew, is the method of Nurminen (*Algorithmic extraction of data in tables in
PDF documents*, 2013), which pdfplumber and camelot follow for tables without rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter, itemgetter
from statistics import median
from typing import NamedTuple

from ingest.layout import ROW_TOLERANCE
from ingest.pages import PageWord
from ingest.ruling import Upright
from ingest.textlayout import is_dangling

PHRASE_GAP = 0.8
"""Part of the type size from which a gap between two words parts two cells: a word space is 0.3,
and Word's and LaTeX's narrowest cell margins leave 1."""

WIDE_COLUMN = 100.0
"""Points of width from which the longest line of a column shows how wide it is."""

CELL_GAP = 8.0
"""Points of white between two columns."""

LEAST_CORRIDOR = 0.5
"""Part of the type size that the white space between two columns is wide at least."""

FREE_SHARE = 0.7
"""Part of the lines with text on both sides that leave a corridor free; the others hold cells
that span columns."""

LOOSE = 1.1
"""Line distance in usual ones from which a row begins: lines of one cell are set alike, and a
point of space above and below cells is 1.15."""

SPARE = 0.45
"""Type sizes by which the next word must have fitted on a line for the line to have ended on
purpose, not by need."""

_NUMERIC = re.compile(
    r"(?=.*\d)[-–+±<>≤≥~ca. ]*[\d\s\u00a0.,:/()%*‰§–-]+"
    r"(?:\s?(?:kr|tkr|mkr|mnkr|mdkr|msek|km|m|st|%))?|[-–—]|x|q[1-4](?: \d{4})?",
    re.IGNORECASE,
)


_BY_BASE, _BY_PLACE = attrgetter("base", "x0"), attrgetter("x0", "order")
_TOP = itemgetter(1)


class Phrase(NamedTuple):
    """Words of one line without a wide gap between them; lengths in points."""

    words: tuple[PageWord, ...]
    x0: float
    x1: float

    @property
    def text(self) -> str:
        """The words with spaces between them."""
        if len(self.words) == 1:
            return self.words[0].text
        return "".join(
            [
                word.text if word.glued or not index else f" {word.text}"
                for index, word in enumerate(self.words)
            ]
        )

    @property
    def size(self) -> float:
        """The type size of the first word."""
        return self.words[0].style.size

    @property
    def bold(self) -> bool:
        """Whether all words are in bold type."""
        return all(word.style.bold for word in self.words)


@dataclass(slots=True)
class TypeRow:
    """The phrases that stand on one baseline, from left to right, and in which columns."""

    base: float
    phrases: list[Phrase]
    cells: dict[int, list[Phrase]] = field(default_factory=dict)

    @property
    def size(self) -> float:
        """The largest type size of the row."""
        return max([phrase.words[0].style.size for phrase in self.phrases])


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table as ``(left, right)``: what their phrases cover, or between rules."""

    spans: tuple[tuple[float, float], ...]

    def at(self, x0: float, x1: float) -> int:
        """Return the column in which a phrase begins: the first that it reaches into."""
        for index, (left, right) in enumerate(self.spans):
            if right <= x0:
                continue
            if min(x1, right) - max(x0, left) > min(1.0, (right - left) / 2):
                return index
        lefts = [span[0] for span in self.spans]
        return max(bisect_right(lefts, x0) - 1, 0)

    def right(self, index: int) -> float:
        """Return how far text in a column may reach: to its right edge, if narrow to the next."""
        left, right = self.spans[index]
        if right - left >= WIDE_COLUMN or index + 1 == len(self.spans):
            return right
        return max(right, self.spans[index + 1][0] - CELL_GAP)


class Standing:
    """The upright rules of a frame by their tops, so that those beside a line are found at once."""

    def __init__(self, uprights: Sequence[Upright]) -> None:
        self._uprights = sorted(uprights, key=_TOP)
        self._tops = list(map(_TOP, self._uprights))
        self._tallest = max([bottom - top for _, top, bottom in uprights], default=0.0)

    def beside(self, base: float, reach: float) -> list[float]:
        """Return from the left the places of the rules beside a baseline.

        They begin above it, and end no more than ``reach`` points above.
        """
        first = bisect_left(self._tops, base - reach - self._tallest - 1)
        near = self._uprights[first : bisect_left(self._tops, base)]
        return sorted([x for x, _, bottom in near if base < bottom + reach])


def type_rows(words: Iterable[PageWord], uprights: Sequence[Upright] = ()) -> list[TypeRow]:
    """Return words as rows of phrases from the top.

    ``uprights`` are rules as ``(x, top, bottom)``; they part phrases, and beside them gaps do not.
    """
    rows = level_rows(words)
    if not uprights:
        return [TypeRow(row[0].base, phrases_of(row)) for row in rows]
    standing = Standing(uprights)
    return [
        TypeRow(row[0].base, phrases_of(row, standing.beside(row[0].base, row[0].style.size / 2)))
        for row in rows
    ]


def level_rows(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Return words by their baselines from the top."""
    rows: list[list[PageWord]] = []
    first = 0.0
    for word in sorted(words, key=_BY_BASE):
        if rows and word.base - first <= ROW_TOLERANCE * word.style.size:
            rows[-1].append(word)
        else:
            rows.append([word])
            first = word.base
    return rows


def phrases_of(row: Sequence[PageWord], beside: Sequence[float] = ()) -> list[Phrase]:
    """Return the words of one baseline as phrases, parted by gaps.

    Where upright rules stand ``beside`` the words, at these places from the left, only they part.
    """
    if len(row) == 1:
        return [Phrase((row[0],), row[0].x0, row[0].x1)]
    ordered = _from_left(row)
    parts = _between(ordered, beside) if beside else _by_gaps(ordered)
    return [
        Phrase(tuple(part), part[0].x0, max([word.x1 for word in part]))
        if len(part) > 1
        else Phrase((part[0],), part[0].x0, part[0].x1)
        for part in parts
    ]


def _from_left(row: Sequence[PageWord]) -> Sequence[PageWord]:
    """Return words from left to right; most rows have them so."""
    last = row[0].x0 - 1
    for word in row:
        if word.x0 <= last:
            return sorted(row, key=_BY_PLACE)
        last = word.x0
    return row


def _by_gaps(words: Sequence[PageWord]) -> list[list[PageWord]]:
    """Return words from left to right as those between wide gaps."""
    parts: list[list[PageWord]] = []
    size = end = 0.0
    for word in words:
        own = word.style.size
        gap = PHRASE_GAP * (own if own > size else size)
        if not parts or (word.x0 - end >= gap and not word.raised):
            parts.append([word])
        else:
            parts[-1].append(word)
        size, end = own, word.x1
    return parts


def _between(words: Sequence[PageWord], places: Sequence[float]) -> list[list[PageWord]]:
    """Return words from left to right as those between the places of upright rules."""
    parts: list[list[PageWord]] = []
    last = 0
    for word in words:
        place = bisect_right(places, (word.x0 + word.x1) / 2)
        if not parts or place > last:
            parts.append([word])
        else:
            parts[-1].append(word)
        last = place
    return parts


def columns_of(rows: Sequence[TypeRow]) -> Columns:
    """Return the columns that the white space between the phrases of rows shows."""
    celled = [row for row in rows if len(row.phrases) > 1]
    if not celled:
        return Columns(())
    size = median(row.size for row in celled)
    cores = _cores(celled, LEAST_CORRIDOR * size)
    cores = _with_islands(cores, celled)
    return Columns(tuple(_without_complements(cores, celled)))


def _cores(rows: Sequence[TypeRow], least: float) -> list[tuple[float, float]]:
    """Return the spans between the corridors that most rows leave free."""
    left = min(row.phrases[0].x0 for row in rows)
    right = max(row.phrases[-1].x1 for row in rows)
    cuts: list[tuple[float, float]] = []
    for low, high, free, crossed in _strips(rows):
        if free < 2 or free < FREE_SHARE * (free + crossed):
            continue
        if cuts and cuts[-1][1] == low:
            cuts[-1] = cuts[-1][0], high
        else:
            cuts.append((low, high))
    cuts = [cut for cut in cuts if cut[1] - cut[0] >= least]
    edges = [left, *(edge for cut in cuts for edge in cut), right]
    return [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2) if edges[i] < edges[i + 1]]


def _strips(rows: Sequence[TypeRow]) -> list[tuple[float, float, int, int]]:
    """Return strips between edges of phrases: how many rows leave each free, how many cross it.

    A row leaves a strip free only where it has text on both sides.
    """
    events: dict[float, list[int]] = {}
    for row in rows:
        for phrase in row.phrases:
            events.setdefault(phrase.x0, [0, 0])[0] += 1
            events.setdefault(phrase.x1, [0, 0])[0] -= 1
        events[row.phrases[0].x0][1] += 1
        events[row.phrases[-1].x1][1] -= 1
    strips = []
    crossed = within = 0
    places = sorted(events)
    for low, high in pairwise(places):
        crossed += events[low][0]
        within += events[low][1]
        strips.append((low, high, within - crossed, crossed))
    return strips


def _with_islands(
    cores: Sequence[tuple[float, float]], rows: Sequence[TypeRow]
) -> list[tuple[float, float]]:
    """Return the columns with those that few rows fill: phrases that stand in a corridor alone."""
    spans = list(cores)
    for row in rows:
        for phrase in row.phrases:
            if all(phrase.x1 <= low or phrase.x0 >= high for low, high in spans):
                spans.append((phrase.x0, phrase.x1))
    return sorted(spans)


def _without_complements(
    spans: list[tuple[float, float]], rows: Sequence[TypeRow]
) -> list[tuple[float, float]]:
    """Return the columns, those made one that no row fills both: a head beside its numbers."""
    filled = [{_touched(phrase, spans) for phrase in row.phrases} for row in rows]
    merged: list[tuple[float, float]] = []
    members: list[set[int]] = []
    for index, span in enumerate(spans):
        own = {place for place, columns in enumerate(filled) if index in columns}
        if merged and not own & members[-1] and min(len(own), len(members[-1])) <= 1:
            merged[-1] = merged[-1][0], max(merged[-1][1], span[1])
            members[-1] |= own
        else:
            merged.append(span)
            members.append(own)
    return merged


def _touched(phrase: Phrase, spans: Sequence[tuple[float, float]]) -> int:
    return Columns(tuple(spans)).at(phrase.x0, phrase.x1)


def cut_at_columns(rows: Sequence[TypeRow], columns: Columns) -> None:
    """Part the phrases of rows that reach over columns where a gap is wider than between words."""
    places = [(left[1] + right[0]) / 2 for left, right in pairwise(columns.spans)]
    for row in rows:
        if any(phrase.x0 < place < phrase.x1 for phrase in row.phrases for place in places):
            row.phrases = [part for phrase in row.phrases for part in _cut(phrase, columns)]


def _cut(phrase: Phrase, columns: Columns) -> list[Phrase]:
    parts: list[list[PageWord]] = [[phrase.words[0]]]
    for last, word in pairwise(phrase.words):
        apart = word.x0 - last.x1 >= LEAST_CORRIDOR * phrase.size and not word.raised
        if apart and columns.at(last.x0, last.x1) != columns.at(word.x0, word.x1):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Phrase(tuple(words), words[0].x0, max([w.x1 for w in words])) for words in parts]


def place_phrases(rows: Sequence[TypeRow], columns: Columns) -> None:
    """Put each phrase of the rows into the column where it begins."""
    for row in rows:
        row.cells = {}
        for phrase in row.phrases:
            row.cells.setdefault(columns.at(phrase.x0, phrase.x1), []).append(phrase)


def usual_leading(rows: Sequence[TypeRow]) -> float:
    """Return the smallest usual distance of two lines of type of a table, in points."""
    gaps = [below.base - above.base for above, below in pairwise(rows)]
    close = [gap for gap in gaps if gap >= 0.8 * rows[0].size]
    return min(close, default=1.3 * rows[0].size if rows else 0.0)


def part_rows(rows: Sequence[TypeRow], columns: Columns) -> list[list[TypeRow]]:
    """Return the lines of type gathered to the rows of a table.

    A row begins after more space than the lines of one cell have between them, or where more
    columns begin anew than go on.
    """
    parted: list[list[TypeRow]] = []
    leading = usual_leading(rows)
    spaced = is_spaced(rows, leading)
    for row in rows:
        above = parted[-1] if parted else None
        if above is None:
            parted.append([row])
            continue
        distance = row.base - above[-1].base
        begins = distance > LOOSE * leading if spaced else begins_anew(above, row, columns)
        if begins:
            parted.append([row])
        else:
            above.append(row)
    return parted


def is_spaced(rows: Sequence[TypeRow], leading: float) -> bool:
    """Return whether rows are parted by space: some lines close to each other, some apart.

    Cells that fill a second line then do so close below the first. Where all lines are alike
    apart, each is a row or only the words tell.
    """
    gaps = [below.base - above.base for above, below in pairwise(rows)]
    apart = sum(gap > LOOSE * leading for gap in gaps)
    is_tight = leading <= 1.6 * rows[0].size if rows else False
    if not is_tight or apart < 2 or apart * 4 < len(gaps):
        return False
    close = [(a, b) for a, b in pairwise(rows) if b.base - a.base <= LOOSE * leading]
    return sum(_are_numbers(above, below) for above, below in close) * 4 <= len(close)


def _are_numbers(above: TypeRow, below: TypeRow) -> bool:
    """Return whether two lines of type hold numbers below each other, which are of two rows."""
    return any(
        is_numeric(above.cells[column][-1].text) and is_numeric(below.cells[column][0].text)
        for column in above.cells.keys() & below.cells.keys()
        if column
    )


def begins_anew(above: Sequence[TypeRow], row: TypeRow, columns: Columns) -> bool:
    """Return whether a line of type begins a row of its own below the lines ``above``."""
    new = goes_on = 0
    for column, phrases in row.cells.items():
        last = next((line.cells[column] for line in reversed(above) if column in line.cells), None)
        if last is None:
            continue
        if wraps(last[-1], phrases[0], columns.right(column)):
            goes_on += 1
        else:
            new += 1
    if len(row.cells) == 1:
        return _stands_alone(above, row, new)
    return new > goes_on or (new == goes_on and 0 in row.cells and 0 in above[0].cells)


def wraps(last: Phrase, first: Phrase, right: float) -> bool:
    """Return whether a cell's text goes on from one line to the next."""
    if goes_on_inside(last, first):
        return True
    if is_numeric(first.text):
        return False
    word = first.words[0]
    return last.x1 + word.x1 - word.x0 + SPARE * first.size >= right


def goes_on_inside(last: Phrase, first: Phrase) -> bool:
    """Return whether a line goes on with the one above inside a word or sentence."""
    text = last.text
    if text.endswith(("-", "\u2010", ",", "–", "/")) and not is_numeric(text):
        return True
    if is_dangling(text):
        return True
    begins_low = first.words[0].text[:1].islower() and last.bold == first.bold
    return begins_low and not is_numeric(first.text)


def _stands_alone(above: Sequence[TypeRow], row: TypeRow, new: int) -> bool:
    """Return whether a line that fills one column is a row: a group's name, an empty form."""
    (column, phrases), *_ = row.cells.items()
    differs = phrases[0].bold != next(iter(above[0].cells.values()))[0].bold
    return (
        column == 0
        and (bool(new) or 0 not in above[-1].cells)
        and (differs or not phrases[0].text[:1].islower())
    )


def is_numeric(text: str) -> bool:
    """Return whether a cell holds a number, an amount, a year or a dash for none."""
    return bool(_NUMERIC.fullmatch(text.strip()))
