"""The tables of a web page: their rows as cells with columns, and which only lay out the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

MOST_COLUMNS = 200
"""Columns that a cell may span; a page may say any number."""

_ROW_GROUPS = ("thead", "tbody", "tfoot")
_LAYOUT = ("h1", "h2", "h3", "h4", "h5", "h6", "table", "article", "section", "main", "nav", "form")


class WebCell(NamedTuple):
    """A cell of a row: its element, its column from 0, and whether it is a heading."""

    element: Any
    column: int
    head: bool


def is_layout(table: Any) -> bool:
    """Return whether a table only places things: by its role, one column, or what is in it."""
    if (table.get("role") or "").casefold() in ("presentation", "none"):
        return True
    if any(True for tag in _LAYOUT for _found in table.iterdescendants(tag)):
        return True
    return max((len(list(_cells(row))) for row in _rows(table)), default=0) <= 1


def rows(table: Any) -> Iterator[list[WebCell]]:
    """Yield the rows of a table; a cell that spans several rows stands in the first."""
    taken: dict[int, int] = {}
    for row in _rows(table):
        column = 0
        made: list[WebCell] = []
        occupied = frozenset(taken)
        taken = {place: left - 1 for place, left in taken.items() if left > 1}
        in_head = row.getparent().tag == "thead"
        for cell in _cells(row):
            while column in occupied:
                column += 1
            made.append(WebCell(cell, column, in_head or cell.tag == "th"))
            wide = _span(cell.get("colspan"))
            tall = _span(cell.get("rowspan"))
            if tall > 1:
                taken.update(dict.fromkeys(range(column, column + wide), tall - 1))
            column += wide
        yield made


def _rows(table: Any) -> Iterator[Any]:
    for element in table.iterchildren(etree.Element):
        if element.tag == "tr":
            yield element
        elif element.tag in _ROW_GROUPS:
            yield from element.iterchildren("tr")


def _cells(row: Any) -> Iterator[Any]:
    yield from row.iterchildren("td", "th")


def _span(text: str | None) -> int:
    stripped = (text or "").strip()
    wanted = int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) < 9 else 1
    return min(max(wanted, 1), MOST_COLUMNS)
