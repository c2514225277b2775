"""Rows of words as the table that stands in a page's lines, with its head told by how it is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ingest.drawings import Mark
from ingest.grid import Columns, TypeRow, is_numeric
from ingest.layout import Cell, PrintedLine, lines_of
from ingest.pages import PageContent, PageWord

MOST_HEADS = 3
"""Rows of the tallest head: a title over all columns, groups of columns, columns."""

LONGEST_HEAD = 60
"""Characters of the longest cell of a head that only its place and lack of numbers tell."""


Table: TypeAlias = tuple[tuple[Cell, ...], ...]
"""The rows of a table, each of as many cells as there are columns that hold text somewhere."""


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


def holder(page: PageContent, lines: Sequence[PrintedLine], table: Table) -> PrintedLine:
    """Return the line that stands for a whole table among the lines of its page."""
    first = next((line for line in lines if not line.turned), lines[0])
    top = min(line.top for line in lines)
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


def cells_of(page: int, rows: Sequence[Placed]) -> Table:
    """Return the cells of rows on a page of this number."""
    return _without_empty_columns([_cells(page, row) for row in rows])


def _cells(page: int, row: Placed) -> dict[int, Cell]:
    cells: dict[int, Cell] = {
        column: tuple(lines_of(page, words)) for column, words in row.cells.items()
    }
    for column, lines in row.turned.items():
        cells[column] = (*cells.get(column, ()), *lines)
    return cells


def _without_empty_columns(rows: Sequence[dict[int, Cell]]) -> Table:
    """Return the rows without the columns that hold text nowhere."""
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
    styles = [_style(row) for row in rows]
    body = Counter(styles[1:]).most_common(1)[0][0]
    below = rows[2:] or rows[1:2]
    count = 0
    for index, row in enumerate(rows[:MOST_HEADS]):
        tint = _tint(row, areas)
        if styles[index] == body and any(_tint(other, areas) == tint for other in below):
            break
        above = index - 1
        is_alike = not index or (styles[index], tint) == (styles[above], _tint(rows[above], areas))
        if not is_alike and _filled(rows[above]) > 1:
            break
        if _holds_numbers(row):
            break
        count = index + 1
    return count if count < len(rows) else 1


def _style(row: Sequence[Cell]) -> tuple[bool, bool, int]:
    """Return whether a whole row is bold and italic, and the colour that it begins in."""
    styles = [line.style for cell in row for line in cell]
    if not styles:
        return False, False, 0
    bold = all(style.bold for style in styles)
    italic = all(style.italic for style in styles)
    return bold, italic, styles[0].color


def _tint(row: Sequence[Cell], areas: Sequence[Mark]) -> int:
    """Return the colour of the last area that is filled behind a row's first line, -1 for none."""
    line = next((line for cell in row for line in cell), None) if areas else None
    if line is None:
        return -1
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
    texts = [_text(cell) for cell in row[1:] if cell]
    numbers = sum(is_numeric(text) and not _is_year(text) for text in texts)
    return numbers * 2 > len(texts)


def _names_columns(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether the first row holds short words and some column below only numbers."""
    head = list(map(_text, rows[0]))
    filled = [text for text in head if text]
    short = len(filled) > 1 and all(len(text) <= LONGEST_HEAD for text in filled)
    if not short or any(is_numeric(text) and not _is_year(text) for text in filled):
        return False
    return len(filled) == len(head) or any(
        all(is_numeric(_text(row[column])) for row in rows[1:] if row[column])
        for column, text in enumerate(head)
        if column and text
    )


def _text(cell: Cell) -> str:
    return " ".join([line.text for line in cell])


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal()
