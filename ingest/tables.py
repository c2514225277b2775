"""Tables: rows between level rules, columns between upright rules or gaps, cells of lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from ingest.grid import (
    Columns,
    Phrase,
    Standing,
    TypeRow,
    columns_of,
    is_numeric,
    level_rows,
    part_rows,
    phrases_of,
    place_phrases,
    type_rows,
)
from ingest.layout import PrintedLine, lines_of
from ingest.pages import MOST_OF_PAGE, PageContent, PageWord
from ingest.ruling import LEAST_WIDTH, Frame, frames
from ingest.sidebyside import FEWEST_BARE_RULES, FEWEST_RULES, SAME_RULE, Rule
from ingest.tablerows import MOST_HEADS, Placed, Table, cells_of, holder, with_turned
from ingest.unruled import TALLEST, crosses, is_list, table_of, with_unruled

CELLED_SHARE = 0.5
"""Part of the rows that have two cells or more, where gaps tell the columns."""

FEWEST_CELLED = 2
"""Rows of a grid that have two cells or more."""

PROSE_SHARE = 0.34
"""Part of the lines of type between rules that run across the columns in text set in a box."""

ROWS_TOLD = 3
"""Bands of text between rules from which each is a row; with fewer the rules part only the head
and the foot from the rest."""

FEWEST_IN_BAND = 3
"""Lines of type of the smallest band that may hold several rows."""

HEAD_REACH = 1.6
"""Type sizes above the first rule within which the head of a table without upright rules stands."""

NEXT_LINE = 1.6
"""Type sizes between the baselines of two lines of one cell at most."""

BOXES = 1000
"""The number of the first box that rules make; those drawn whole have the numbers below."""

LAST_ROW = 1.3
"""Usual heights of a row below the last rule within which a last row stands, which needs none."""


def with_tables(page: PageContent, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page with those of each table made one line that holds it."""
    rest = list(lines)
    if page.marks and rest:
        for number, frame in enumerate(frames(page.marks, page.words)):
            rest = _cut_at_edges(page, rest, frame) if frame.parted else rest
            table = _with_table(page, rest, frame)
            rest = _with_box(page, rest, frame, number) if table is rest else table
    return with_unruled(page, rest)


def _cut_at_edges(page: PageContent, lines: list[PrintedLine], frame: Frame) -> list[PrintedLine]:
    """Return the lines with those parted that reach from one frame into the next beside it."""
    result: list[PrintedLine] = []
    for line in lines:
        own = not line.table and _is_between(line, frame.rules[0].top, frame.rules[-1].top)
        parts = _parts(line.words, frame.edges) if own and not line.turned else []
        if len(parts) > 1:
            cut = [one for part in parts for one in lines_of(page.number, part)]
            result += [one._replace(box=line.box) for one in cut]
        else:
            result.append(line)
    return result


def _parts(words: Sequence[PageWord], edges: Sequence[float]) -> list[list[PageWord]]:
    """Return the words of a line left of, between and right of the edges of a frame."""
    left, right = edges
    parts: dict[int, list[PageWord]] = {}
    for word in words:
        middle = (word.x0 + word.x1) / 2
        parts.setdefault((middle > left) + (middle > right), []).append(word)
    return list(parts.values())


def _with_table(page: PageContent, lines: list[PrintedLine], frame: Frame) -> list[PrintedLine]:
    """Return the lines with those within a frame made a table, if they are one."""
    left, right = frame.edges
    fewest = FEWEST_RULES if frame.uprights else FEWEST_BARE_RULES
    if len(frame.rules) < fewest or right - left < LEAST_WIDTH:
        return lines
    inside = _inside(lines, frame)
    table = _table(page, inside, frame) if len(inside) > 1 else ()
    if not table:
        return lines
    chosen = set(map(id, inside))
    place = next(index for index, line in enumerate(lines) if id(line) in chosen)
    rest = [line for line in lines if id(line) not in chosen]
    rest.insert(place, holder(page, inside, table))
    return rest


def _with_box(
    page: PageContent, lines: list[PrintedLine], frame: Frame, number: int
) -> list[PrintedLine]:
    """Return the lines with those in a frame of one cell set apart, as in a box drawn whole.

    Word makes such a box as a table, each of its sides a rule of its own. One of several rows is
    a list of things under their heads, which is text.
    """
    left, right = frame.edges
    height = frame.rules[-1].top - frame.rules[0].top
    places = frame.places
    is_box = (
        frame.drawn
        and len(places) == 2
        and abs(places[0] - left) <= SAME_RULE
        and abs(places[1] - right) <= SAME_RULE
        and height <= MOST_OF_PAGE * page.height
    )
    boxed = _inside(lines, frame) if is_box else []
    inside = {id(line) for line in boxed if frame.bands_around(line.base) == 1}
    if not inside or len(inside) == len(lines):
        return lines
    return [
        line._replace(box=BOXES + number) if id(line) in inside and line.box is None else line
        for line in lines
    ]


def _inside(lines: Sequence[PrintedLine], frame: Frame) -> list[PrintedLine]:
    """Return the lines that stand within a frame.

    Where there are no upright rules, the head may stand above the first rule and the last row
    below the last.
    """
    left, right = frame.edges
    top, bottom = frame.rules[0].top, frame.rules[-1].top + SAME_RULE
    beside = [
        line
        for line in lines
        if not line.table and left - SAME_RULE <= line.x0 and line.x1 <= right + SAME_RULE
    ]
    inside = [line for line in beside if _is_between(line, top, bottom)]
    if (frame.is_grid and frame.drawn) or not inside:
        return inside
    size = max(line.size for line in inside)
    heights = [below.top - above.top for above, below in pairwise(frame.rules)]
    upper, lower = top - HEAD_REACH * size, bottom + LAST_ROW * median(heights)
    above = [line for line in beside if upper < line.base <= top]
    below = [line for line in beside if bottom < line.base <= lower]
    head = [
        line
        for line in above
        if any(_is_level(line, other) for other in above) or len(phrases_of(line.words)) > 1
    ]
    return [*head, *inside, *_last_row(below)]


def _last_row(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a last row below the last rule: level ones, and what goes on below."""
    row: list[PrintedLine] = []
    for line in sorted(lines, key=lambda line: line.base):
        begins = not row and any(_is_level(line, other) for other in lines)
        goes_on = any(
            line.base - other.base < NEXT_LINE * line.size and line.x0 > other.x0 - line.size
            for other in row
        )
        if not line.turned and (begins or goes_on):
            row.append(line)
    return row if len({round(line.x0) for line in row}) > 1 else []


def _is_between(line: PrintedLine, top: float, bottom: float) -> bool:
    if line.turned:
        return top - SAME_RULE <= line.top and line.bottom <= bottom
    return top < line.base <= bottom


def _is_level(line: PrintedLine, other: PrintedLine) -> bool:
    return line is not other and abs(line.base - other.base) < SAME_RULE


def _table(page: PageContent, lines: list[PrintedLine], frame: Frame) -> Table:
    """Return the cells of the table within a frame; none where it is no table."""
    words = [word for line in lines if not line.turned for word in line.words]
    if not words:
        return ()
    frame = frame.beside([word.base for word in words])
    if _is_bare(frame):
        return ()
    found = type_rows(words, frame.uprights if frame.is_grid else ())
    columns = _within(found, frame) if frame.is_grid else columns_of(found)
    if len(columns.spans) < 2:
        return ()
    _place(found, columns, frame)
    if not frame.is_grid:
        if _is_prose(found, columns) or is_list(found, columns):
            return ()
        if len(_bands(found, frame)) < ROWS_TOLD:
            return table_of(page, found, has_ruled_head=_has_head(found, frame))
    rows = _ruled_rows(found, columns, frame)
    rows = with_turned(rows, [line for line in lines if line.turned], columns)
    return cells_of(page.number, rows) if _is_table(rows, frame) else ()


def _is_bare(frame: Frame) -> bool:
    """Return whether a frame is a rule or two, or the tinted bars of headings side by side."""
    if not frame.uprights:
        return len(frame.rules) < FEWEST_BARE_RULES
    is_row = len(frame.rules) == FEWEST_RULES and not frame.drawn
    return is_row and all(len(rule.parts) > 1 for rule in frame.rules)


def _are_text(rows: Sequence[Placed]) -> bool:
    """Return whether most lines are in rows as tall as columns of text between tinted bars."""
    heights = [
        len({round(word.base) for words in row.cells.values() for word in words})
        for row in rows
        if row.filled > 1
    ]
    return 2 * sum(height for height in heights if height > TALLEST) > sum(heights)


def _is_table(rows: Sequence[Placed], frame: Frame) -> bool:
    """Return whether enough rows have several cells.

    One row alone may go on with a table of the page before, if its rules are drawn.
    """
    celled = sum(row.filled > 1 for row in rows)
    if not frame.drawn and _are_text(rows):
        return False
    if len(rows) < 2:
        return bool(celled) and frame.drawn and frame.is_grid
    share = CELLED_SHARE * len(rows)
    return celled >= (min(FEWEST_CELLED, share) if frame.is_grid else share)


def _is_prose(rows: Sequence[TypeRow], columns: Columns) -> bool:
    """Return whether lines of type run across the columns, as text in a box does."""
    return sum(crosses(row, columns) for row in rows) > PROSE_SHARE * len(rows)


def _within(rows: list[TypeRow], frame: Frame) -> Columns:
    """Return the columns between upright rules, those parted in which gaps part numbers.

    The phrases of the rows are parted with them.
    """
    edges = frame.spans()
    words = _words_within(rows, edges)
    spans: list[tuple[float, float]] = []
    for index, (left, right) in enumerate(edges):
        parted = _numbers_apart(words[index])
        cuts = [(a[1] + b[0]) / 2 for a, b in pairwise(parted)]
        spans += pairwise([left, *cuts, right])
        if cuts:
            for row in rows:
                row.phrases = [part for phrase in row.phrases for part in _cut(phrase, cuts)]
            words = _words_within(rows, edges)
    return Columns(tuple(spans))


def _words_within(
    rows: Sequence[TypeRow], edges: Sequence[tuple[float, float]]
) -> list[list[list[PageWord]]]:
    """Return for each span between upright rules the words of the phrases there, by their row."""
    lefts = [left for left, _ in edges]
    found: list[list[list[PageWord]]] = [[] for _ in edges]
    last = [-1] * len(edges)
    for number, row in enumerate(rows):
        for phrase in row.phrases:
            middle = (phrase.x0 + phrase.x1) / 2
            after = bisect_right(lefts, middle) - 1
            for index in range(max(bisect_left(lefts, middle) - 1, 0), after + 1):
                if middle > edges[index][1]:
                    continue
                if last[index] < number:
                    found[index].append([])
                    last[index] = number
                found[index][-1].extend(phrase.words)
    return found


def _numbers_apart(rows: Sequence[Sequence[PageWord]]) -> tuple[tuple[float, float], ...]:
    """Return the columns of numbers that stand between two upright rules; fewer than two if none.

    Each line has as many phrases as there are columns, and below the first they are numbers.
    """
    if len(rows) < FEWEST_IN_BAND:
        return ()
    level = level_rows([word for row in rows for word in row])
    count = len(phrases_of(level[0])) if min(map(len, level)) > 1 else 0
    if count < 2:
        return ()
    found = [TypeRow(row[0].base, phrases_of(row)) for row in level]
    if any(len(row.phrases) != count for row in found):
        return ()
    if not all(is_numeric(phrase.text) for row in found[1:] for phrase in row.phrases[1:]):
        return ()
    spans = columns_of(found).spans
    return spans if len(spans) == count else ()


def _cut(phrase: Phrase, cuts: Sequence[float]) -> list[Phrase]:
    """Return the parts of a phrase between the places where columns part."""
    parts: dict[int, list[PageWord]] = {}
    for word in phrase.words:
        parts.setdefault(bisect_left(cuts, (word.x0 + word.x1) / 2), []).append(word)
    return [
        Phrase(tuple(words), words[0].x0, max(word.x1 for word in words))
        for words in parts.values()
    ]


def _place(rows: Sequence[TypeRow], columns: Columns, frame: Frame) -> None:
    """Put the phrases into columns: by the rule to the left of each, or by where it stands."""
    if not frame.is_grid:
        place_phrases(rows, columns)
        return
    places = set(frame.places)
    starts = [span[0] for span in columns.spans]
    cuts = [start for start in starts if start not in places]
    edge, last = frame.edges[0], len(starts) - 1
    standing = Standing(frame.uprights)
    for row in rows:
        row.cells = {}
        beside = standing.beside(row.base, row.size)
        lefts = sorted({*beside, *cuts}) if cuts else beside
        for phrase in row.phrases:
            if not beside:
                row.cells.setdefault(columns.at(phrase.x0, phrase.x1), []).append(phrase)
                continue
            middle = (phrase.words[0].x0 + phrase.words[0].x1) / 2
            before = bisect_right(lefts, middle)
            left = lefts[before - 1] if before else edge
            column = min(bisect_left(starts, left - SAME_RULE), last)
            row.cells.setdefault(column, []).append(phrase)


def _bands(rows: Sequence[TypeRow], frame: Frame) -> dict[int, list[TypeRow]]:
    """Return the lines of type by the index of the rule below them."""
    tops = [rule.top for rule in frame.rules]
    bands: dict[int, list[TypeRow]] = {}
    for row in rows:
        bands.setdefault(bisect_left(tops, row.base - 0.01), []).append(row)
    return bands


def _has_head(rows: Sequence[TypeRow], frame: Frame) -> bool:
    """Return whether a few lines with several cells stand between the first two of three rules."""
    if len(frame.rules) < FEWEST_BARE_RULES:
        return False
    head = _bands(rows, frame).get(1, [])
    return 0 < len(head) <= MOST_HEADS and any(len(row.cells) > 1 for row in head)


def _ruled_rows(found: Sequence[TypeRow], columns: Columns, frame: Frame) -> list[Placed]:
    """Return the rows that the rules part, and within wide bands those that the text tells."""
    bands = _bands(found, frame)
    middles = [(left + right) / 2 for left, right in columns.spans]
    told = len(bands) >= ROWS_TOLD and (frame.is_grid or not _has_numbers_below(bands))
    rows: list[Placed] = []
    owners: dict[int, Placed] = {}
    last = -1
    for band in sorted(bands):
        own = bands[band]
        if told or len(own) < FEWEST_IN_BAND:
            made = [Placed.of(own)]
        else:
            made = [Placed.of(part) for part in part_rows(own, columns)]
        if frame.is_grid:
            between = frame.rules[max(last, 0) : band] if rows else ()
            _span_down(owners, made, between, middles)
        last = band
        rows += made
    return [row for row in rows if row.cells]


def _has_numbers_below(bands: Mapping[int, Sequence[TypeRow]]) -> bool:
    """Return whether some band holds numbers below each other, which are of several rows."""
    return any(
        is_numeric(below.cells[column][0].text)
        for band in bands.values()
        for above, below in pairwise(band)
        for column in below.cells
        if column and column in above.cells and is_numeric(above.cells[column][0].text)
    )


def _span_down(
    owners: dict[int, Placed],
    made: Sequence[Placed],
    between: Sequence[Rule],
    middles: Sequence[float],
) -> None:
    """Give the words of cells that no rule parts from the cell above to that cell's row.

    ``owners`` holds for each column, of which ``middles`` tell the places, the row in which the
    cell above begins.
    """
    first = made[0]
    parted = {column for rule in between for column in rule.covered(middles)}
    free = [column for column in range(len(middles)) if column in owners and column not in parted]
    if len(free) == len(middles):
        free = []
    for column in free:
        if column in first.cells:
            owners[column].cells.setdefault(column, []).extend(first.cells.pop(column))
    for column in range(len(middles)):
        if len(made) > 1 or column not in free:
            owners[column] = made[-1]
