"""Tables as blocks: one a row, with its cells; rows and heads that go on over a page break."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.ids import squash
from corpus.lineplaces import joined_lines
from corpus.models import Block, BlockKind, Call, Cell, Line
from ingest.drafts import Draft, is_terminal
from ingest.layout import PrintedLine

CELL_SEPARATOR = " | "

Row = tuple[tuple[PrintedLine, ...], ...]


class Unplaced(NamedTuple):
    """What a block holds, before its place in the document is known."""

    kind: BlockKind
    text: str
    page: int
    lines: Sequence[Line]
    calls: tuple[Call, ...]
    level: int | None = None
    number: str | None = None
    cells: tuple[Cell, ...] = ()

    def at(self, position: int, document_id: str) -> Block:
        """Return the block at a place in a document."""
        return Block(
            f"{document_id}-b{position}",
            self.kind,
            self.text,
            self.page,
            position,
            level=self.level,
            number=self.number,
            lines=self.lines,
            calls=self.calls,
            cells=self.cells,
        )


def continue_tables(drafts: Sequence[Draft]) -> None:
    """Make whole what page breaks tore: mark heads that come again, and join torn rows."""
    for above, draft in pairwise(drafts):
        if above.kind != "table" or draft.kind != "table" or draft.page != _end_page(above) + 1:
            continue
        first, second = above.lines[0], draft.lines[0]
        if not first.table or not second.table or len(first.table[0]) != len(second.table[0]):
            continue
        heads = _repeated_heads(first, second)
        if not heads and second.table_heads and not _is_styled_head(second):
            second = second._replace(table_heads=0)
        second = second._replace(table_heads=heads or second.table_heads)
        _join(above, draft, first, second, heads)


def _end_page(draft: Draft) -> int:
    rows = draft.lines[0].table
    return max((line.page for cell in rows[-1] for line in cell), default=draft.page)


def _is_styled_head(holder: PrintedLine) -> bool:
    """Return whether a table's first row is set in another weight or slope than its second."""
    looks = [
        {(line.style.bold, line.style.italic) for cell in row for line in cell}
        for row in holder.table[:2]
    ]
    return len(looks) > 1 and looks[0].isdisjoint(looks[1])


def _row_text(row: Row) -> str:
    return squash(" ".join(line.text for cell in row for line in cell)).casefold()


def _repeated_heads(first: PrintedLine, second: PrintedLine) -> int:
    """Return how many rows a table begins with that its part on the page before begins with."""
    count = 0
    for above, below in zip(first.table, second.table, strict=False):
        if _row_text(above) != _row_text(below):
            break
        count += 1
    return count


def _join(above: Draft, draft: Draft, first: PrintedLine, second: PrintedLine, heads: int) -> None:
    """Put the end of a torn row, the first on the new page, to its beginning."""
    rows = second.table
    if len(rows) > heads and _goes_on(first.table, rows[heads]):
        whole = tuple(
            (*start, *end) for start, end in zip(first.table[-1], rows[heads], strict=True)
        )
        above.lines[0] = first._replace(table=(*first.table[:-1], whole))
        rows = (*rows[:heads], *rows[heads + 1 :])
    draft.lines[0] = second._replace(table=rows)


def _goes_on(table: Sequence[Row], first: Row) -> bool:
    """Return whether a table's first row on a page goes on with the last on the page before.

    No cell begins there that was empty, and most go on inside a sentence; or it has text
    in one cell, where rows fill all.
    """
    going = began = 0
    if _completes(table, first):
        return True
    for above, below in zip(table[-1], first, strict=True):
        if not below:
            continue
        if not above:
            return False
        text = below[0].text
        open_end = not is_terminal(above[-1].text)
        goes_on = open_end and (text[:1].islower() or above[-1].text[-1:] in "-‐,")
        going += goes_on
        began += not goes_on
    return going > began or _is_rest(table, first)


def _completes(table: Sequence[Row], row: Row) -> bool:
    """Return whether a row fills just the cells that the last above it does not.

    So a cell whose first lines did not fit at the page's end stands whole on the next.
    """
    parts = zip(table[-1], row, strict=True)
    return _is_whole(table) and all(bool(above) != bool(below) for above, below in parts)


def _is_rest(table: Sequence[Row], row: Row) -> bool:
    """Return whether a row has text in one cell alone, where most rows fill all cells."""
    filled = [cell for cell in row if cell]
    if len(filled) != 1 or len(row) == 1 or not _is_whole(table):
        return False
    return len(filled[0]) > 1 or is_terminal(filled[0][0].text)


def _is_whole(table: Sequence[Row]) -> bool:
    return sum(all(row) for row in table) * 2 > len(table)


def table_blocks(draft: Draft, block_of: Callable[[Draft], Unplaced]) -> list[Unplaced]:
    """Return the rows of a table as blocks with cells; ``block_of`` makes one of a cell's lines."""
    table = draft.lines[0]
    return [
        _row_block(row, draft, block_of, is_head=index < table.table_heads)
        for index, row in enumerate(table.table)
    ]


def _row_block(
    row: Row, draft: Draft, block_of: Callable[[Draft], Unplaced], *, is_head: bool
) -> Unplaced:
    """Return a row as a block: its filled cells parted by upright strokes, with their columns."""
    text = ""
    lines: list[tuple[Sequence[Line], int]] = []
    calls: list[Call] = []
    cells: list[Cell] = []
    for column, cell in enumerate(row):
        block = block_of(Draft("table", list(cell), draft.region)) if cell else None
        if block is None or not block.text:
            continue
        text += CELL_SEPARATOR if cells else ""
        lines.append((block.lines, len(text)))
        calls += [call._replace(at=len(text) + call.at) for call in block.calls]
        cells.append(Cell(len(text), len(text) + len(block.text), column, is_head))
        text += block.text
    first = next((line for cell in row for line in cell), None)
    return Unplaced(
        kind="table",
        text=text,
        page=first.page if first else draft.page,
        lines=joined_lines(lines),
        calls=tuple(calls),
        cells=tuple(cells),
    )
