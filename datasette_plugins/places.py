"""Where quotes stand: boxes on pages as marks, lines of text and clippings; pure geometry.

All in PDF points from the page's top left, as the database has them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.models import Box

MARK_PADDING = 1.5
"""Points added round a line's box, so that a mark does not cut off ascenders and descenders."""

CLIP_MARGIN = 28.0
"""Points of the page shown round a quote in its clipping: about two lines of context."""

CLIP_WIDTH = 430.0
"""Least width of a clipping in points: the text of a page of A4 with usual margins. A short
heading by itself would be blown up to a poster."""

FONT_SHARE = 0.78
"""Size of the selectable text in shares of its line's height, which spans ascent and descent."""

BASELINE_SHARE = 0.8
"""Where the baseline lies in a line's box, from its top."""

_SKIPPED = re.compile(r"[\s\u00ad\-\u2010\u2011]")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the text that lies over the picture, to be marked and copied."""

    text: str
    box: Box

    @property
    def size(self) -> float:
        """The size of its font in points."""
        return round((self.box.bottom - self.box.top) * FONT_SHARE, 1)

    @property
    def length(self) -> float:
        """How long it is set, in points."""
        return round(self.box.x1 - self.box.x0, 1)

    @property
    def baseline(self) -> float:
        """Where its baseline lies, from the page's top."""
        return round(self.box.top + (self.box.bottom - self.box.top) * BASELINE_SHARE, 1)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page to clip out."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return round(self.x1 - self.x0, 1)

    @property
    def height(self) -> float:
        """Its height in points."""
        return round(self.bottom - self.top, 1)


def read_boxes(boxes: str | None) -> tuple[Box, ...]:
    """Return the boxes that a column holds as JSON."""
    return tuple(Box(int(page), *map(float, edges)) for page, *edges in json.loads(boxes or "[]"))


def on_page(boxes: Iterable[Box], page: int) -> tuple[Box, ...]:
    """Return the boxes that stand on a page, in their order."""
    return tuple(box for box in boxes if box.page == page)


def marks(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Return the rectangles that mark lines: a little larger than their boxes."""
    pad = MARK_PADDING
    return tuple(
        Box(box.page, *(round(edge, 1) for edge in edges))
        for box in boxes
        for edges in [(box.x0 - pad, box.top - pad, box.x1 + pad, box.bottom + pad)]
    )


def text_lines(text: str, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
    """Return a block's text set over its lines' boxes, each line as long as its box is wide.

    The database does not say which words stand in which line; shares of the width do, to within
    a word. Copied text is the block's own, with its line ends joined.
    """
    total = sum(box.x1 - box.x0 for box in boxes)
    if not total:
        return ()
    ends, done = [], 0.0
    for box in boxes:
        done += box.x1 - box.x0
        ends.append(done / total * len(text))
    lines: list[list[str]] = [[] for _ in boxes]
    line = position = 0
    for word in text.split():
        middle = position + len(word) / 2
        while line < len(boxes) - 1 and middle > ends[line]:
            line += 1
        lines[line].append(word)
        position += len(word) + 1
    return tuple(
        TextLine(" ".join(words), box) for words, box in zip(lines, boxes, strict=True) if words
    )


def clip_regions(boxes: Sequence[Box], sizes: dict[int, tuple[float, float]]) -> tuple[Region, ...]:
    """Return for each page with boxes the part to clip out: their hull with a margin."""
    regions = []
    for page, group in groupby(boxes, key=lambda box: box.page):
        if page not in sizes:
            continue
        regions.append(_clip(page, list(group), *sizes[page]))
    return tuple(regions)


def _clip(page: int, boxes: Sequence[Box], width: float, height: float) -> Region:
    left = max(0.0, min(box.x0 for box in boxes) - CLIP_MARGIN)
    right = min(width, max(max(box.x1 for box in boxes) + CLIP_MARGIN, left + CLIP_WIDTH))
    left = max(0.0, min(left, right - CLIP_WIDTH))
    top = max(0.0, min(box.top for box in boxes) - CLIP_MARGIN)
    bottom = min(height, max(box.bottom for box in boxes) + CLIP_MARGIN)
    return Region(page, *(round(edge, 1) for edge in (left, top, right, bottom)))


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands in a page's raw text, over line breaks and hyphens, or None."""
    return find_quotes(text, [quote])[0]


def find_quotes(text: str, quotes: Iterable[str]) -> list[tuple[int, int] | None]:
    """Return where each quote stands in a text; the same wording the next time it is asked for."""
    kept = [index for index, char in enumerate(text) if not _SKIPPED.match(char)]
    joined = "".join(text[index] for index in kept)
    found: list[tuple[int, int] | None] = []
    after: dict[str, int] = {}
    for quote in quotes:
        wanted = unicodedata.normalize("NFKC", _SKIPPED.sub("", quote))
        start = joined.find(wanted, after.get(wanted, 0)) if wanted else -1
        after[wanted] = start + 1
        found.append((kept[start], kept[start + len(wanted) - 1] + 1) if start >= 0 else None)
    return found


def cut_at_quotes(
    text: str, quotes: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str | None], ...]:
    """Return a page's text in pieces, each with the id of the quote that it is, or None.

    ``quotes`` are pairs of id and wording; of two that overlap the first in the text is kept.
    """
    found = sorted((*place, key) for key, quote in quotes if (place := find_quote(text, quote)))
    pieces: list[tuple[str, str | None]] = []
    done = 0
    for start, end, key in found:
        if start < done:
            continue
        pieces += [(text[done:start], None), (text[start:end], key)]
        done = end
    pieces.append((text[done:], None))
    return tuple((piece, key) for piece, key in pieces if piece)
