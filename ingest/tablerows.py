"""Rows of words as the table that stands in a page's lines, with its head told by how it is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.drawings import Mark
from ingest.grid import Columns, TypeRow, is_numeric
from ingest.layout import Cell, PrintedLine, lines_of
from ingest.pages import PageContent, PageWord

MOST_HEADS = 3
"""Rows of the tallest head: a title over all columns, groups of columns, columns."""

LONGEST_HEAD = 60
"""Characters of the longest cell of a head that only its place and lack of numbers tell."""


@dataclass(slots=True)
class Placed:
    """A row: the words of its cells by column, and turned lines that stand in them."""

    cells: dict[int, list[PageWord]]
    base: float
    turned: dict[int, list[PrintedLine]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[TypeRow]) -> Placed:
        """Return lines of type as one row."""
        cells: dict[int, list[PageWord]] = {}
        for line in lines:
            for column, phrases in line.cells.items():
                for phrase in phrases:
                    cells.setdefault(column, []).extend(phrase.words)
        return cls(cells, lines[0].base)

    @property
    def filled(self) -> int:
        """How many columns hold text."""
        return len(self.cells.keys() | self.turned.keys())


def with_turned(rows: list[Placed], lines: Sequence[PrintedLine], columns: Columns) -> list[Placed]:
    """Return the rows with turned lines put to the row that they stand in or above."""
    if not lines:
        return rows
    top = min(line.top for line in lines)
    bottom = max(line.bottom for line in lines)
    size = lines[0].size
    own = next((row for row in rows if top - size < row.base < bottom + size), None)
    if own is None:
        own = Placed({}, bottom)
        place = next((i for i, row in enumerate(rows) if row.base > bottom), len(rows))
        rows = [*rows[:place], own, *rows[place:]]
    for line in lines:
        own.turned.setdefault(columns.at(line.x0, line.x1), []).append(line)
    return rows


def holder(page: PageContent, lines: Sequence[PrintedLine], rows: Sequence[Placed]) -> PrintedLine:
    """Return the line that stands for a whole table among the lines of its page."""
    first = next((line for line in lines if not line.turned), lines[0])
    top = min(line.top for line in lines)
    table = cells_of(page.number, rows)
    return first._replace(
        x0=min(line.x0 for line in lines),
        x1=max(line.x1 for line in lines),
        top=top,
        bottom=max(line.bottom for line in lines),
        base=top + first.size,
        text="",
        shown=(),
        calls=tuple(call for line in lines for call in line.calls),
        turned=False,
        table=table,
        table_heads=heads(table, page),
        box=None,
    )


def cells_of(page: int, rows: Sequence[Placed]) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of rows, each of as many as there are columns that hold text somewhere."""
    return _without_empty_columns([_cells(page, row) for row in rows])


def _cells(page: int, row: Placed) -> dict[int, Cell]:
    cells: dict[int, Cell] = {
        column: tuple(lines_of(page, words)) for column, words in row.cells.items()
    }
    for column, lines in row.turned.items():
        cells[column] = (*cells.get(column, ()), *lines)
    return cells


def _without_empty_columns(rows: Sequence[dict[int, Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows with as many cells as there are columns that hold text somewhere."""
    filled = sorted({column for row in rows for column in row})
    return tuple(tuple(row.get(column, ()) for column in filled) for row in rows)


def heads(rows: Sequence[Sequence[Cell]], page: PageContent) -> int:
    """Return how many rows a table begins with that are its head.

    They are set apart, or are words over numbers.
    """
    return styled_heads(rows, page) or int(len(rows) > 1 and _names_columns(rows))


def styled_heads(rows: Sequence[Sequence[Cell]], page: PageContent) -> int:
    """Return how many rows a table begins with that are set apart as its head.

    They are set in another weight, slope, colour or tint than most rows below, or are turned. A
    title over all columns has the row of their names below it.
    """
    if len(rows) < 2:
        return 0
    if any(line.turned for cell in rows[0] for line in cell):
        return 1
    areas = [mark for mark in page.marks if mark.filled and mark.is_area]
    looks = [_look(row, areas) for row in rows]
    styles = Counter(look.style for look in looks[1:])
    body = styles.most_common(1)[0][0]
    tints = {look.tint for look in looks[2:]} or {looks[1].tint}
    count = 0
    for index, row in enumerate(rows[:MOST_HEADS]):
        if looks[index].style == body and looks[index].tint in tints:
            break
        if index and looks[index] != looks[index - 1] and _filled(rows[index - 1]) > 1:
            break
        if _holds_numbers(row):
            break
        count = index + 1
    return count if count < len(rows) else 1


class _Look(NamedTuple):
    """How a row is set: weight, slope and colour, and the tint behind it, -1 for none."""

    style: tuple[bool, bool, int]
    tint: int


def _look(row: Sequence[Cell], areas: Sequence[Mark]) -> _Look:
    lines = [line for cell in row for line in cell]
    if not lines:
        return _Look((False, False, 0), -1)
    bold = all(line.style.bold for line in lines)
    italic = all(line.style.italic for line in lines)
    return _Look((bold, italic, lines[0].style.color), _tint(lines[0], areas))


def _tint(line: PrintedLine, areas: Sequence[Mark]) -> int:
    """Return the colour of the last area that is filled behind a line, -1 for none."""
    middle = line.base - line.size / 3
    for mark in reversed(areas):
        is_behind = mark.x0 - 1 <= line.x0 and line.x1 <= mark.x1 + 1
        if is_behind and mark.top - 1 <= middle <= mark.bottom + 1:
            return mark.color
    return -1


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(cell) for cell in row)


def _holds_numbers(row: Sequence[Cell]) -> bool:
    """Return whether most of a row's cells after the first are numbers that are no years."""
    texts = [" ".join(line.text for line in cell) for cell in row[1:] if cell]
    numbers = sum(is_numeric(text) and not _is_year(text) for text in texts)
    return numbers * 2 > len(texts)


def _names_columns(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether the first row holds short words and some column below only numbers."""
    texts = [[" ".join(line.text for line in cell) for cell in row] for row in rows]
    head = texts[0]
    filled = [text for text in head if text]
    short = len(filled) > 1 and all(len(text) <= LONGEST_HEAD for text in filled)
    if not short or any(is_numeric(text) and not _is_year(text) for text in filled):
        return False
    return len(filled) == len(head) or any(
        all(is_numeric(row[column]) for row in texts[1:] if row[column])
        for column, text in enumerate(head)
        if column and text
    )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal()
