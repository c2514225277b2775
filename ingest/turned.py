"""A scanned page that lies askew or on its side, and where its words are on the page as shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from corpus.lineplaces import packed_lines
from corpus.models import Block, Box, Line, Word
from corpus.wordplaces import packed_words


class Turned(NamedTuple):
    """How a page's text is turned against the clock, about the middle of the page.

    ``width`` and ``height`` are those of the page as it is shown, in points. Its text stands level
    on an upright page with the same middle, as wide as the page is high after a quarter turn.
    """

    degrees: float
    width: float
    height: float

    @property
    def upright(self) -> tuple[float, float]:
        """The width and height of the upright page."""
        on_its_side = round(self.degrees / 90) % 2
        return (self.height, self.width) if on_its_side else (self.width, self.height)

    def shown(self, box: Box) -> Box:
        """Return the level box on the page as it is shown that holds one of the upright page."""
        width, height = self.upright
        sine, cosine = math.sin(math.radians(self.degrees)), math.cos(math.radians(self.degrees))
        corners = [
            (x - width / 2, y - height / 2) for x in (box.x0, box.x1) for y in (box.top, box.bottom)
        ]
        across = [self.width / 2 + x * cosine + y * sine for x, y in corners]
        down = [self.height / 2 - x * sine + y * cosine for x, y in corners]
        edges = min(across), min(down), max(across), max(down)
        return Box(box.page, *(round(edge, 1) for edge in edges))


def with_shown_boxes(blocks: Iterable[Block], turned: dict[int, Turned]) -> tuple[Block, ...]:
    """Return the blocks with their boxes on the pages as they are shown, by number of page.

    On a page that lies on its side the edges of single words are left out: they run downwards.
    """
    if not turned:
        return tuple(blocks)
    return tuple(
        replace(block, lines=packed_lines([_shown_line(line, turned) for line in block.lines]))
        for block in blocks
    )


def _shown_line(line: Line, turned: dict[int, Turned]) -> Line:
    turn = turned.get(line.box.page)
    if turn is None:
        return line
    level = abs(turn.degrees) < 45
    words = packed_words([_shown_word(word, line.box, turn) for word in line.words if level])
    return replace(line, box=turn.shown(line.box), words=words)


def _shown_word(word: Word, line: Box, turn: Turned) -> Word:
    box = turn.shown(line._replace(x0=word.x0, x1=word.x1))
    return word._replace(x0=box.x0, x1=box.x1)
