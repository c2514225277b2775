"""A passage: consecutive text in one or more blocks, verbatim, with its place on the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Block, Box


@dataclass(frozen=True, slots=True)
class Piece:
    """``block.text[start:end]``."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """The piece's text, verbatim."""
        return self.block.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces in reading order; never empty."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The pieces' text with single spaces between."""
        return " ".join(piece.text.strip() for piece in self.pieces)

    @property
    def page(self) -> int:
        """The page on which the passage begins."""
        first = self.pieces[0]
        return first.block.page_at(first.start)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One box a line, in reading order; empty where the source has no coordinates."""
        return tuple(
            box
            for piece in self.pieces
            for box in piece.block.boxes_between(piece.start, piece.end)
        )

    @property
    def block(self) -> Block:
        """The block in which the passage begins."""
        return self.pieces[0].block


def whole(block: Block) -> Passage:
    """Return all of a block's text as a passage."""
    return Passage((Piece(block, 0, len(block.text)),))


def join(passages: Sequence[Passage]) -> Passage:
    """Return passages as one, adjacent pieces of the same block melted together."""
    pieces: list[Piece] = []
    for piece in (piece for passage in passages for piece in passage.pieces):
        last = pieces[-1] if pieces else None
        if (
            last
            and last.block is piece.block
            and not last.block.text[last.end : piece.start].strip()
        ):
            pieces[-1] = Piece(last.block, last.start, piece.end)
        else:
            pieces.append(piece)
    return Passage(tuple(pieces))
