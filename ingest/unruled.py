"""Tables without rules: lines whose phrases stand below each other in columns of white space.

Much else is set in columns: text in two columns, letterheads, signatures, forms, contents, lists.
So the columns alone are no table: there must be numbers below each other, or a head that is set
apart or names what tables name, and nothing that tells of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from operator import attrgetter

import yaml

from ingest.frames import is_office_line
from ingest.grid import (
    LEAST_CORRIDOR,
    LOOSE,
    Columns,
    Phrase,
    TypeRow,
    columns_of,
    cut_at_columns,
    goes_on_inside,
    is_numeric,
    is_spaced,
    part_rows,
    place_phrases,
    type_rows,
    usual_leading,
    wraps,
)
from ingest.gutters import MARKER
from ingest.layout import ROW_TOLERANCE, Cell, PrintedLine
from ingest.numbering import BULLETS
from ingest.pages import PageContent
from ingest.tablerows import Placed, Table, cells_of, holder, styled_heads
from ingest.textcolumns import LONG, by_columns

MOST_APART = 3.6
"""Type sizes between the baselines of two lines of one table at most."""

FEWEST_LEVEL = 2
"""Lines with others beside them from which a page may hold a table without rules."""

FEWEST_ROWS, FEWEST_PAGES = 3, 4
"""Rows of the smallest table, and numbers in the last column from which they may be pages."""

NUMERIC_SHARE = 0.6
"""Part of a column's cells that are numbers in a column of numbers."""

CELLED_SHARE, FILLED_SHARE = 0.6, 0.4
"""Parts of the rows with two cells or more, and of all cells that are filled."""

WRAPPED_SHARE = 0.45
"""Part of the lines that go on with the one above from which columns hold running text."""

TORN_SHARE = 0.3
"""Part of the cells that go on in the next row from which the rows are none."""

BULLETED_SHARE = 0.4
"""Part of the lines with a bullet from which columns hold lists, whose items have some lines."""

TALLEST = 8
"""Lines of type of a row on average, from which columns hold running text."""

OFFICE_SHARE, MOST_OFFICE_ROWS = 0.25, 8
"""Part of the rows that name an address, a case number or the like, and rows of a letterhead."""

_BLANK = re.compile(r"(?:[._…]\s?){4,}|_{3,}")
_PAGE = ("sid", "page")
_NUMBER = re.compile(r"\d{1,3}")


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Return what the columns of tables are called."""
    text = (files("ingest") / "data" / "tables.yml").read_text(encoding="utf-8")
    return frozenset(yaml.safe_load(text)["columns"])


def with_unruled(page: PageContent, lines: list[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page with those of each table without rules made one line."""
    level = [line for line in lines if not line.turned and not line.table]
    if not _stand_beside(level):
        return lines
    for column in by_columns(level):
        if _stand_beside(column):
            for run in _runs(type_rows(word for line in column for word in line.words)):
                table = table_of(page, run) if _is_in_column(run, column, level) else ()
                lines = _with_table(page, lines, column, run, table) if table else lines
    if len(lines) < len(level):
        level = [line for line in lines if not line.turned and not line.table]
    groups: dict[int | None, list[PrintedLine]] = {}
    for line in level:
        groups.setdefault(line.box, []).append(line)
    for group in groups.values():
        if len(groups) == 1 or _stand_beside(group):
            for run in _runs(type_rows(word for line in group for word in line.words)):
                table = table_of(page, run)
                lines = _with_table(page, lines, group, run, table) if table else lines
    return lines


def _is_in_column(
    run: Sequence[TypeRow], column: Sequence[PrintedLine], level: Sequence[PrintedLine]
) -> bool:
    """Return whether lines may be a table of one column: most beside them are running text.

    Beside a part of a table that goes over the columns its other cells stand.
    """
    own = set(map(id, column))
    beside = [
        len(line.words) >= LONG
        for line in level
        if id(line) not in own and run[0].base <= line.base <= run[-1].base
    ]
    return sum(beside) * 2 >= len(beside)


def _stand_beside(lines: Sequence[PrintedLine]) -> bool:
    """Return whether some lines have others beside them, as in columns."""
    ordered = sorted(lines, key=attrgetter("base", "x0"))
    found = 0
    for left, right in pairwise(ordered):
        if right.base - left.base <= ROW_TOLERANCE * right.size and right.x0 > left.x1:
            found += 1
            if found >= FEWEST_LEVEL:
                return True
    return False


def _with_table(
    page: PageContent,
    lines: list[PrintedLine],
    group: Sequence[PrintedLine],
    run: Sequence[TypeRow],
    table: Table,
) -> list[PrintedLine]:
    """Return the lines of a page with those of a table made one line that holds it."""
    own = {id(word) for row in run for phrase in row.phrases for word in phrase.words}
    inside = [line for line in group if id(line.words[0]) in own]
    chosen = set(map(id, inside))
    place = next(index for index, line in enumerate(lines) if id(line) in chosen)
    rest = [line for line in lines if id(line) not in chosen]
    rest.insert(place, holder(page, inside, table))
    return rest


Gap = tuple[float, float]


def _runs(rows: Sequence[TypeRow]) -> list[list[TypeRow]]:
    """Return runs of lines of type in which at least one gap goes on from the top to the end."""
    runs: list[list[TypeRow]] = []
    run: list[TypeRow] = []
    gaps: list[Gap] = []
    for index, row in enumerate(rows):
        if run and row.base - run[-1].base > MOST_APART * row.size:
            runs.append(run)
            run, gaps = [], []
        own = _gaps(row)
        shared = _shared(gaps, row) if run else own
        if run and not shared:
            following = rows[index + 1] if index + 1 < len(rows) else None
            if _names_group(row, following, run, gaps):
                run.append(row)
                continue
            runs.append(run)
            run, shared = [], own
        if run or own:
            run.append(row)
            gaps = shared
    runs.append(run)
    trimmed = [_with_head(rows, _trimmed(run)) for run in runs if run]
    return [run for run in trimmed if sum(len(row.phrases) > 1 for row in run) > 1]


def _gaps(row: TypeRow) -> list[Gap]:
    return [(left.x1, right.x0) for left, right in pairwise(row.phrases)]


def _shared(gaps: Sequence[Gap], row: TypeRow) -> list[Gap]:
    """Return what a line of type leaves free of the gaps above it."""
    free: list[Gap] = []
    least = LEAST_CORRIDOR * row.size
    for left, right in gaps:
        low, high = left, right
        for phrase in row.phrases:
            if phrase.x0 < high and phrase.x1 > low:
                if phrase.x0 + phrase.x1 < low + high:
                    low = max(low, phrase.x1)
                else:
                    high = min(high, phrase.x0)
        if high - low >= least:
            free.append((low, high))
    return free


def _names_group(
    row: TypeRow, following: TypeRow | None, run: Sequence[TypeRow], gaps: Sequence[Gap]
) -> bool:
    """Return whether a line across the columns is the name of the group of rows below it."""
    right = max(above.phrases[-1].x1 for above in run)
    return (
        following is not None
        and len(row.phrases) == 1
        and len(run[-1].phrases) > 1
        and row.phrases[0].x0 <= min(above.phrases[0].x0 for above in run) + row.size
        and row.phrases[0].x1 < right - row.size
        and following.base - row.base <= MOST_APART * row.size
        and len(following.phrases) > 1
        and bool(_shared(gaps, following))
    )


def _trimmed(run: list[TypeRow]) -> list[TypeRow]:
    """Return a run without the lines at its end that are no longer of its cells."""
    leading = usual_leading(run)
    last = max(index for index, row in enumerate(run) if len(row.phrases) > 1)
    left = min(row.phrases[0].x0 for row in run)
    right = max(row.phrases[0].x1 for row in run[: last + 1])
    end = last + 1
    while end < len(run) and run[end].base - run[end - 1].base <= LOOSE * leading:
        phrase = run[end].phrases[0]
        above = run[end - 1].phrases[0]
        if phrase.x0 <= left + phrase.size and not wraps(above, phrase, right):
            break
        end += 1
    return run[:end]


def _with_head(rows: Sequence[TypeRow], run: list[TypeRow]) -> list[TypeRow]:
    """Return a run with the lines above it that stand in its later columns: a head's first."""
    start = rows.index(run[0])
    first = run[0].phrases[0]
    head: list[TypeRow] = []
    while start and len(rows[start - 1].phrases) == 1:
        above, below = rows[start - 1], rows[start]
        close = below.base - above.base <= LOOSE * usual_leading(run)
        if not close or above.phrases[0].x0 <= first.x0 + above.size:
            break
        head.insert(0, above)
        start -= 1
    return [*head, *run]


def table_of(page: PageContent, run: Sequence[TypeRow], *, has_ruled_head: bool = False) -> Table:
    """Return the cells of the table that a run of lines is; none where it is none.

    Rules above and below its first lines tell a table's head.
    """
    columns = columns_of(run)
    if len(columns.spans) < 2:
        return ()
    cut_at_columns(run, columns)
    place_phrases(run, columns)
    if is_list(run, columns):
        return ()
    parts = part_rows(run, columns)
    rows = [Placed.of(part) for part in parts]
    if len(rows) < FEWEST_ROWS or not _is_filled(rows, columns):
        return ()
    if _is_torn(parts) or (not has_ruled_head and _is_text(parts, columns)):
        return ()
    table = cells_of(page.number, rows)
    texts = [[_text(cell) for cell in row] for row in table]
    if _is_other(texts):
        return ()
    return table if _has_evidence(page, table, texts) else ()


def _text(cell: Cell) -> str:
    return " ".join(line.text for line in cell)


def _is_filled(rows: Sequence[Placed], columns: Columns) -> bool:
    celled = sum(row.filled > 1 for row in rows)
    filled = sum(row.filled for row in rows)
    return celled >= CELLED_SHARE * len(rows) and filled >= FILLED_SHARE * len(rows) * len(
        columns.spans
    )


def _has_evidence(
    page: PageContent, table: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]]
) -> bool:
    """Return whether numbers stand below each other, or the first row is a head.

    Two columns of words are a table only where the head says so: text and lists have heads, too.
    """
    count = styled_heads(table, page)
    head = texts[0]
    filled = sum(map(bool, head))
    named = sum(text.casefold().strip(" :") in _names() for text in head) > 1
    is_head = filled > 1 and (named or (count > 0 and filled * 2 > len(head)))
    body = texts[max(count, 1) :] if is_head or count else texts
    worded = sum(any(map(str.isalpha, row[0])) for row in body if row[0])
    if any(_is_numeric(column, len(body)) for column in list(zip(*body, strict=True))[1:]):
        return is_head or bool(count) or worded * 2 > len(body)
    return named or (is_head and len(head) > 2)


def _is_numeric(cells: Sequence[str], rows: int) -> bool:
    """Return whether a column holds numbers in most rows."""
    filled = [cell for cell in cells if cell]
    numbers = sum(map(is_numeric, filled))
    return (
        numbers >= FEWEST_ROWS - 1
        and numbers >= NUMERIC_SHARE * len(filled)
        and len(filled) * 2 >= rows
    )


def _is_other(texts: Sequence[Sequence[str]]) -> bool:
    """Return whether lines in columns are a letterhead, a form or a table of contents."""
    office = sum(any(is_office_line(text) for text in row if text) for row in texts)
    blank = sum(any(map(_BLANK.search, row)) for row in texts)
    labelled = sum(row[0].endswith(":") for row in texts)
    return (
        (len(texts) <= MOST_OFFICE_ROWS and office >= OFFICE_SHARE * len(texts))
        or blank * 4 >= len(texts)
        or labelled * 2 > len(texts)
        or _is_contents(texts)
    )


def is_list(run: Sequence[TypeRow], columns: Columns) -> bool:
    """Return whether the first of two columns holds bullets and numbers alone.

    Where many lines have a bullet before a phrase there are lists, however many columns.
    """
    bullets = sum(any(phrase.words[0].text in BULLETS for phrase in row.phrases) for row in run)
    if bullets >= BULLETED_SHARE * len(run):
        return True
    first = [row.cells[0][0].text for row in run if 0 in row.cells]
    marked = sum(bool(MARKER.fullmatch(text)) for text in first)
    return len(columns.spans) == 2 and marked * 2 > len(first)


def _is_contents(texts: Sequence[Sequence[str]]) -> bool:
    """Return whether the last column, and each other of numbers, holds pages of contents.

    Pages are small numbers, none lower than the last, and have no head but *Sida*.
    """
    rows = texts[1:] if texts[0][-1].casefold().startswith(_PAGE) else texts
    columns = [[text for text in column if text] for column in zip(*rows, strict=True)]
    numbers = [column for column in columns if any(map(is_numeric, column))]
    return bool(numbers) and numbers[-1] is columns[-1] and all(map(_are_pages, numbers))


def _are_pages(column: Sequence[str]) -> bool:
    pages = [int(text) for text in column if _NUMBER.fullmatch(text)]
    rises = all(above <= below for above, below in pairwise(pages))
    return FEWEST_PAGES <= len(pages) == len(column) and rises


def _is_torn(parts: Sequence[Sequence[TypeRow]]) -> bool:
    """Return whether many rows go on inside a word or sentence with those above."""
    next_to = (pair for two in pairwise(parts) for pair in _met([two[0][-1:], two[1][:1]]))
    return any(
        _share([goes_on_inside(last, first) for last, first in joints]) > TORN_SHARE
        for joints in (next_to, _met(parts))
    )


def _is_text(parts: Sequence[Sequence[TypeRow]], columns: Columns) -> bool:
    """Return whether many lines inside rows go on with those above, as in columns of running text.

    Where space tells the rows apart, the rows are tall.
    """
    run = [line for part in parts for line in part]
    if is_spaced(run, usual_leading(run)):
        tall = [len(part) for part in parts if any(len(line.cells) > 1 for line in part)]
        return sum(tall) > TALLEST * len(tall)
    found = [
        wraps(above.cells[column][-1], below.cells[column][0], columns.right(column))
        for above, below in pairwise(run)
        for column in above.cells.keys() & below.cells.keys()
    ]
    return _share(found) > WRAPPED_SHARE


def _met(parts: Sequence[Sequence[TypeRow]]) -> Iterator[tuple[Phrase, Phrase]]:
    """Yield the phrases of rows that stand below each other in a column, whatever lies between."""
    last: dict[int, Phrase] = {}
    for part in parts:
        for column, phrases in part[0].cells.items():
            if column in last:
                yield last[column], phrases[0]
        last.update((column, found[-1]) for line in part for column, found in line.cells.items())


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def crosses(row: TypeRow, columns: Columns) -> bool:
    """Return whether a phrase of a row runs across the space between two columns."""
    return any(
        phrase.x0 < left[1] and phrase.x1 > right[0]
        for phrase in row.phrases
        for left, right in pairwise(columns.spans)
    )
