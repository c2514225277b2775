"""The places of a block's lines, in an eighth of the memory that they take one by one.

A ``Line`` with its box and words takes some 500 bytes, and a document of 500 pages has twenty
thousand. Here it takes 32 and its words 12 each; it is made anew when it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from corpus.models import Box, Line
from corpus.wordplaces import WORD_NUMBERS, moved_words, placed_words, word_numbers

_NUMBERS = 8
"""Numbers of a line: where its text begins and ends, its page, the four edges of its box in tenths
of a point, and how many numbers its words have."""

_BYTES = 4 * _NUMBERS


class LinePlaces(Sequence[Line]):
    """Lines of a block: equal to the tuple of them, line by line."""

    __slots__ = ("_lines", "_words")

    def __init__(self, lines: bytes, words: bytes) -> None:
        self._lines, self._words = lines, words

    def __reduce__(self) -> tuple[object, ...]:
        return LinePlaces, (self._lines, self._words)

    def without_words(self) -> Sequence[Line]:
        """Return the lines without the places of their words."""
        numbers = array("f", self._lines)
        numbers[_NUMBERS - 1 :: _NUMBERS] = array("f", bytes(4 * len(self)))
        return LinePlaces(numbers.tobytes(), b"")

    def numbers(self) -> tuple[list[float], list[float]]:
        """Return eight numbers a line and three a word, as ``placed_lines`` takes them."""
        return array("f", self._lines).tolist(), array("f", self._words).tolist()

    def __len__(self) -> int:
        return len(self._lines) // _BYTES

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        return tuple(self)[index]

    def __iter__(self) -> Iterator[Line]:
        return _lines(*self.numbers())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def placed_lines(lines: list[float], words: list[float]) -> Sequence[Line]:
    """Return lines of eight numbers each, packed where that changes none of them.

    The numbers tell where the text begins and ends, the page, the edges of the box in tenths, and
    how many of ``words`` are the line's: those are three a word, as ``placed_words`` takes them.
    """
    packed, packed_words = array("f", lines), array("f", words)
    if packed.tolist() == lines and packed_words.tolist() == words:
        return LinePlaces(packed.tobytes(), packed_words.tobytes())
    return tuple(_lines(lines, words))


def packed_lines(lines: Iterable[Line]) -> Sequence[Line]:
    """Return lines packed, where that changes none of them."""
    lines = tuple(lines)
    numbers: list[float] = []
    words: list[float] = []
    for line in lines:
        own = word_numbers(line.words)
        page, *edges = line.box
        numbers += [line.start, line.end, page, *(round(edge * 10, 0) for edge in edges), len(own)]
        words += own
    packed = placed_lines(numbers, words)
    return packed if packed == lines else lines


def joined_lines(parts: Sequence[tuple[Sequence[Line], int]]) -> Sequence[Line]:
    """Return the lines of texts that are put together, each with the place where its text begins.

    Lines that are packed are put together as numbers, so that none is made anew.
    """
    numbers: list[float] = []
    words: list[float] = []
    for lines, offset in parts:
        if not isinstance(lines, LinePlaces):
            return packed_lines(_moved(line, at) for unpacked, at in parts for line in unpacked)
        own, own_words = lines.numbers()
        own[::_NUMBERS] = [start + offset for start in own[::_NUMBERS]]
        own[1::_NUMBERS] = [end + offset for end in own[1::_NUMBERS]]
        own_words[::WORD_NUMBERS] = [start + offset for start in own_words[::WORD_NUMBERS]]
        numbers += own
        words += own_words
    return placed_lines(numbers, words)


def _moved(line: Line, offset: int) -> Line:
    """Return a line whose text begins ``offset`` characters further on."""
    words = moved_words(line.words, offset)
    return Line(line.start + offset, line.end + offset, line.box, words)


def without_words(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines without the places of their words."""
    if isinstance(lines, LinePlaces):
        return lines.without_words()
    return tuple(Line(line.start, line.end, line.box) for line in lines)


def _lines(numbers: Sequence[float], words: Sequence[float]) -> Iterator[Line]:
    at = 0
    for place in range(0, len(numbers), _NUMBERS):
        start, end, page, x0, top, x1, bottom, own = numbers[place : place + _NUMBERS]
        box = Box(int(page), x0 / 10, top / 10, x1 / 10, bottom / 10)
        following = at + int(own)
        placed = placed_words(words[at:following]) if own else ()
        yield Line(int(start), int(end), box, placed)
        at = following
