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


LEFT_SHARE = 0.4
"""Share of the page's width from which a line begins in the right one of two columns."""

LINES_BESIDE = 20.0
"""Points above and below a mark within which lines tell where its column begins: one line."""

TAG_PITCH = 26
"""Pixels from one number to the next: 24, the least target of WCAG 2.2, and a gap."""

SMALLEST_SCALE = 0.45
"""Pixels to a point of a page of A4 in a window 320 wide, the narrowest that WCAG asks for."""


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
    boxes = [line.box for lines in blocks for line in lines]
    found = [
        {**mark, "edge": _edge_of_column(mark, boxes, page["width"])}
        for quote in quotes
        if (mark := _mark(quote, page["page"]))
    ]
    return {**page, "marks": _numbered(found, page["width"]), "text_layer": text_layer(blocks)}


def _edge_of_column(mark: Row, boxes: Sequence[Box], width: float) -> float:
    """Return where the lines beside a mark begin, which a quote from within a line does not."""
    begins, left = LEFT_SHARE * width, float(mark["left"])
    beside = (
        box.x0
        for box in boxes
        if box.bottom > mark["top"] - LINES_BESIDE
        and box.top < mark["top"] + mark["height"] + LINES_BESIDE
        and (box.x0 < begins) == (left < begins)
    )
    return min([left, *beside])


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

    ``side`` is the margin nearest to it, so that no number covers another column of text;
    ``pushed`` the tops of numbers above it that are so near that they can push it down, each with
    by how many pixels. Which of them does depends on the page's size in the window: CSS decides.
    """
    edge = max((mark["right"] for mark in found), default=width)
    tops: defaultdict[str, list[float]] = defaultdict(list)
    placed = []
    for mark in sorted(found, key=lambda mark: (mark["top"], mark["left"])):
        side = "left" if mark["left"] < LEFT_SHARE * width else "right"
        above = tops[side] if mark["number"] is not None else []
        pushed = _pushed(above, mark["top"])
        above.append(mark["top"])
        x = mark["edge"] if side == "left" else edge
        placed.append({**mark, "side": side, "pushed": pushed, "x": x})
    return placed


def _pushed(above: Sequence[float], top: float) -> list[tuple[float, int]]:
    """Return the tops above that can reach ``top``, with the pixels from each to the number."""
    distances = [TAG_PITCH * steps for steps in range(len(above), 0, -1)]
    return [
        (other, pixels)
        for other, pixels in zip(above, distances, strict=True)
        if (top - other) * SMALLEST_SCALE < pixels
    ]


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
