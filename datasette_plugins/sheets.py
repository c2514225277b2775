"""A document's pages as sheets: each picture with its marks and selectable text, or its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup, escape

from corpus.models import Box
from datasette_plugins.places import (
    TextLine,
    cut_at_quotes,
    find_quote,
    marks,
    on_page,
    text_lines,
)
from datasette_plugins.queries import Row

UNPLACED = Box(0, 60.0, 30.0, 60.0, 54.0)
"""Where the number of a quote without coordinates stands on its page: top left, marking nothing."""


TAG_COLUMNS = 3
"""Columns for the numbers in a page's margin: more would not fit."""

LEFT_SHARE = 0.4
"""Share of the page's width from which a line begins in the right one of two columns."""

TAG_HEIGHT = 24.0
"""Points of the page that a number covers: 24 pixels on a page shown at its own size."""


def sheets(
    pages: Sequence[Row], blocks: Sequence[Row], quotes: Sequence[Row], *, pictures: bool
) -> list[Row]:
    """Return the pages as sheets, in their order.

    Blocks and quotes hold their ``boxes``; a quote also an ``id``, and a ``number`` and ``title``
    where it is that of a recommendation.
    """
    quotes_by_page = _quotes_by_page(quotes)
    lines_by_page = _lines_by_page(blocks) if pictures else {}
    return [
        _picture_sheet(page, quotes_by_page[page["page"]], lines_by_page.get(page["page"], []))
        if pictures and page["width"] and page["height"]
        else _text_sheet(page, quotes_by_page[page["page"]])
        for page in pages
    ]


def _quotes_by_page(quotes: Sequence[Row]) -> defaultdict[int, list[Row]]:
    by_page: defaultdict[int, list[Row]] = defaultdict(list)
    for quote in quotes:
        for page in dict.fromkeys([quote["page"], *(box.page for box in quote["boxes"])]):
            by_page[page].append(quote)
    return by_page


def _lines_by_page(blocks: Sequence[Row]) -> dict[int, list[list[TextLine]]]:
    """Return each page's blocks as lines; a block that runs on stands on both of its pages."""
    by_page: defaultdict[int, list[list[TextLine]]] = defaultdict(list)
    for block in blocks:
        of_block: defaultdict[int, list[TextLine]] = defaultdict(list)
        for line in text_lines(block["text"], block["boxes"]):
            of_block[line.box.page].append(line)
        for page, lines in of_block.items():
            by_page[page].append(lines)
    return by_page


def _picture_sheet(page: Row, quotes: list[Row], blocks: list[list[TextLine]]) -> Row:
    """Return a page as marks and selectable text over its picture."""
    found = [mark for quote in quotes if (mark := _mark(quote, page["page"]))]
    return {**page, "marks": _numbered(found, page["width"]), "text_layer": text_layer(blocks)}


def text_layer(blocks: Sequence[Sequence[TextLine]]) -> Markup:
    """Return a page's text as SVG, to be selected and searched over the picture.

    Made here and not in the template: a document of 300 pages has 20,000 lines. All but the text
    are numbers, and the text is escaped.
    """
    return Markup("").join(
        Markup(f'<text font-size="{lines[0].size}">{" ".join(map(_tspan, lines))}</text>')
        for lines in blocks
    )


def _tspan(line: TextLine) -> str:
    place = f'x="{line.box.x0}" y="{line.baseline}" textLength="{line.length}"'
    return f"<tspan {place}>{escape(line.text)}</tspan>"


def _numbered(found: list[Row], width: float) -> list[Row]:
    """Return the marks from the top down, each with where its number stands.

    ``side`` is the margin nearest to it, so that no number covers another column of text, and
    ``column`` the first one from the text in which no other number is in the way.
    """
    edge = max((mark["right"] for mark in found), default=width)
    ends: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * TAG_COLUMNS)
    placed = []
    for mark in sorted(found, key=lambda mark: (mark["top"], mark["left"])):
        side = "left" if mark["left"] < LEFT_SHARE * width else "right"
        free = (column for column, end in enumerate(ends[side]) if end <= mark["top"])
        column = next(free, TAG_COLUMNS - 1)
        ends[side][column] = mark["top"] + TAG_HEIGHT
        placed.append({**mark, "side": side, "column": column, "right": edge})
    return placed


def _mark(quote: Row, page: int) -> Row | None:
    """Return the mark of a quote on a page, the first of them with the anchor."""
    boxes = on_page(quote["boxes"], page)
    if not boxes and quote["boxes"]:
        return None
    first = not quote["boxes"] or quote["boxes"][0].page == page
    placed = boxes or (UNPLACED,)
    return {
        "id": quote["id"],
        "number": quote["number"],
        "title": quote["title"],
        "anchor": first and not quote.get("variant"),
        "rectangles": marks(boxes),
        "top": placed[0].top,
        "left": min(box.x0 for box in placed),
        "right": max(box.x1 for box in placed),
        "height": placed[-1].bottom - placed[0].top,
    }


def _text_sheet(page: Row, quotes: list[Row]) -> Row:
    """Return a page as text in which the quotes are marked; what is not found stands first."""
    text = page["text"] or ""
    here = [quote for quote in quotes if quote["page"] == page["page"]]
    by_place = {str(place): quote for place, quote in enumerate(here)}
    pieces = cut_at_quotes(text, [(place, quote["text"]) for place, quote in by_place.items()])
    lost = [("", quote) for quote in here if find_quote(text, quote["text"]) is None]
    return {**page, "pieces": [*lost, *((part, by_place.get(key or "")) for part, key in pieces)]}
