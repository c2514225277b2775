"""The places of a line's words, in a sixth of the memory that they take one by one.

A ``Word`` and its numbers take some 130 bytes, and a document of 500 pages has a quarter of a
million. Here it takes 12, and a line some 80, and is made anew when it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from corpus.models import Word

WORD_NUMBERS = 3
"""Numbers of a word: where it begins, and its edges in tenths of a point."""

_BYTES = 4 * WORD_NUMBERS


class WordPlaces(Sequence[Word]):
    """Words of a line: equal to the tuple of them, word by word."""

    __slots__ = ("_packed",)

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def numbers(self) -> list[float]:
        """Return three numbers a word, as ``placed_words`` takes them."""
        return array("f", self._packed).tolist()

    def __len__(self) -> int:
        return len(self._packed) // _BYTES

    @overload
    def __getitem__(self, index: int) -> Word: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Word, ...]: ...

    def __getitem__(self, index: int | slice) -> Word | tuple[Word, ...]:
        return tuple(self)[index]

    def __iter__(self) -> Iterator[Word]:
        return iter(_words(self.numbers()))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, WordPlaces):
            return self._packed == other._packed
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def placed_words(numbers: Sequence[float]) -> Sequence[Word]:
    """Return words of three numbers each: where it begins, its left and right edge in tenths.

    They are packed where that changes none of them: whole numbers up to 16 million have room.
    """
    packed = array("f", numbers)
    return WordPlaces(packed.tobytes()) if packed.tolist() == numbers else tuple(_words(numbers))


def word_numbers(words: Sequence[Word]) -> list[float]:
    """Return three numbers a word, as ``placed_words`` takes them."""
    if isinstance(words, WordPlaces):
        return words.numbers()
    return [n for start, x0, x1 in words for n in (start, round(x0 * 10, 0), round(x1 * 10, 0))]


def packed_words(words: Iterable[Word]) -> Sequence[Word]:
    """Return words packed, where that changes none of them."""
    words = tuple(words)
    packed = placed_words(word_numbers(words))
    return packed if packed == words else words


def moved_words(words: Sequence[Word], offset: int) -> Sequence[Word]:
    """Return words that begin ``offset`` characters further on."""
    if isinstance(words, WordPlaces):
        numbers = words.numbers()
        numbers[::WORD_NUMBERS] = [start + offset for start in numbers[::WORD_NUMBERS]]
        return placed_words(numbers)
    return tuple(word._replace(start=word.start + offset) for word in words)


def _words(numbers: Sequence[float]) -> list[Word]:
    starts, left, right = (numbers[at::WORD_NUMBERS] for at in range(WORD_NUMBERS))
    return [
        Word(int(start), x0 / 10, x1 / 10)
        for start, x0, x1 in zip(starts, left, right, strict=True)
    ]
