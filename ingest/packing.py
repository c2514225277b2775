"""The lines of long documents in a fraction of the memory, while the whole is being read.

A word as a named tuple takes some 250 bytes, and a document of 500 pages has a quarter of a
million. Packed, a word takes about 40, and is made anew when it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import overload

from ingest.layout import PrintedLine
from ingest.pages import PageWord, Style

_END = "\n"
"""Parts the packed texts; no word holds white space."""

_TEXT, _STYLE = itemgetter(0), itemgetter(4)


class PackedWords(Sequence[PageWord]):
    """Words as arrays: equal to the tuple that they were made from, word by word."""

    __slots__ = ("_edges", "_orders", "_signs", "_styles", "_texts")

    def __init__(self, words: Sequence[PageWord]) -> None:
        styles = list(dict.fromkeys(map(_STYLE, words)))
        self._texts = _END.join(map(_TEXT, words))
        self._styles: tuple[Style, ...] = tuple(styles)
        self._edges = array("d", [edge for word in words for edge in word[1:4]])
        self._orders = array("l", [word.order for word in words])
        self._signs = array("l", [_signs(word, styles.index(word.style)) for word in words])

    def __len__(self) -> int:
        return len(self._orders)

    @overload
    def __getitem__(self, index: int) -> PageWord: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[PageWord, ...]: ...

    def __getitem__(self, index: int | slice) -> PageWord | tuple[PageWord, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        at = range(len(self))[index]
        return self._word(at, self._texts.split(_END)[at])

    def __iter__(self) -> Iterator[PageWord]:
        return map(self._word, range(len(self)), self._texts.split(_END))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _word(self, at: int, text: str) -> PageWord:
        x0, x1, base = self._edges[3 * at : 3 * at + 3]
        signs = self._signs[at]
        return PageWord(
            text,
            x0,
            x1,
            base,
            self._styles[signs >> 5],
            bool(signs & 1),
            signs >> 2 & 7,
            bool(signs & 2),
            self._orders[at],
        )


def _signs(word: PageWord, style: int) -> int:
    return word.glued | word.raised << 1 | word.turn << 2 | style << 5


def packed(line: PrintedLine) -> PrintedLine:
    """Return a line, and those of the table that it may stand for, with its words packed."""
    words = _packed(line.words)
    return line._replace(
        words=words,
        shown=words if line.shown == line.words else _packed(line.shown),
        table=tuple(tuple(tuple(map(packed, cell)) for cell in row) for row in line.table),
    )


def _packed(words: Sequence[PageWord]) -> Sequence[PageWord]:
    if not words or any(_END in word.text for word in words):
        return words
    return PackedWords(words)
