"""The lines of long documents in a fraction of the memory, while the whole is being read.

A word as a named tuple takes some 250 bytes, and a document of 500 pages has a quarter of a
million. Packed, a word takes 20 beside the line's own text, and is made anew when it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import count, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, overload

from ingest.layout import PrintedLine
from ingest.pages import PageWord, Style

if TYPE_CHECKING:
    from ingest.pdf import TypesetPage

_SPACE = " "
"""Parts the texts of packed words; none of them holds one."""

_TEXT, _X0, _X1, _BASE, _STYLE, _ORDER = map(
    attrgetter, ("text", "x0", "x1", "base", "style", "order")
)
_SIGNS = attrgetter("glued", "turn", "raised")
_NO_SIGNS = (False, 0, False)


T = TypeVar("T")


def taken(items: list[T]) -> Iterator[T]:
    """Yield what a list holds, each thing taken out of it, so that it can be let go."""
    items.reverse()
    while items:
        yield items.pop()


class PackedWords(Sequence[PageWord]):
    """Words as numbers: equal to the tuple that they were made from, word by word.

    ``styles`` are the style of all, or one for each. ``edges`` are floats of eight bytes: the left
    edges of all words, their right edges, their baseline and the first one's place in the file's
    order. Words that differ in more than that, one line in thirty, have it in ``rest``: all their
    baselines, places and signs.
    """

    __slots__ = ("_edges", "_rest", "_styles", "_texts")

    def __init__(
        self, texts: str, styles: Style | tuple[Style, ...], edges: bytes, rest: bytes = b""
    ) -> None:
        self._texts, self._styles, self._edges, self._rest = texts, styles, edges, rest

    def __reduce__(self) -> tuple[object, ...]:
        return PackedWords, (self._texts, self._styles, self._edges, self._rest)

    def __len__(self) -> int:
        return len(self._edges) // 16 - 1

    @overload
    def __getitem__(self, index: int) -> PageWord: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[PageWord, ...]: ...

    def __getitem__(self, index: int | slice) -> PageWord | tuple[PageWord, ...]:
        if self._rest or isinstance(index, slice):
            return tuple(self)[index]
        words = len(self)
        at = index if index >= 0 else words + index
        if not 0 <= at < words:
            raise IndexError(index)
        edges = memoryview(self._edges).cast("d")
        style = self._styles if isinstance(self._styles, Style) else self._styles[at]
        text = self._texts.split(_SPACE)[at]
        base, order = edges[-2], int(edges[-1]) + at
        return PageWord(text, edges[at], edges[words + at], base, style, order=order)

    def __iter__(self) -> Iterator[PageWord]:
        words, edges = len(self), array("d", self._edges).tolist()
        texts, x0s, x1s = self._texts.split(_SPACE), edges[:words], edges[words:-2]
        styles = repeat(self._styles) if isinstance(self._styles, Style) else self._styles
        if not self._rest:
            base, orders, no = repeat(edges[-2]), count(int(edges[-1])), repeat(False)
            return map(PageWord, texts, x0s, x1s, base, styles, no, repeat(0), no, orders)
        rest = array("d", self._rest).tolist()
        places = map(int, rest[words : 2 * words])
        glued, turns, raised = zip(*map(_signs_of, rest[2 * words :]), strict=True)
        return map(PageWord, texts, x0s, x1s, rest[:words], styles, glued, turns, raised, places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def packed_page(page: TypesetPage) -> TypesetPage:
    """Return a page with the words of its lines packed."""
    return page._replace(lines=tuple(map(packed, page.lines)))


def packed(line: PrintedLine) -> PrintedLine:
    """Return a line, and those of the table that it may stand for, with its words packed."""
    words = packed_words(line.words, line.text)
    return line._replace(
        words=words,
        shown=words if line.shown == line.words else packed_words(line.shown, line.text),
        table=tuple(tuple(tuple(map(packed, cell)) for cell in row) for row in line.table),
    )


def packed_words(words: Sequence[PageWord], line_text: str) -> Sequence[PageWord]:
    """Return words packed; their texts are those of the line itself where it has all of them."""
    text = _SPACE.join(map(_TEXT, words))
    if not words or text.count(_SPACE) != len(words) - 1:
        return words
    styles, bases, orders = (list(map(part, words)) for part in (_STYLE, _BASE, _ORDER))
    signs = list(map(_SIGNS, words))
    edges = [*map(_X0, words), *map(_X1, words), bases[0], orders[0]]
    rest: list[float] = []
    if (
        bases.count(bases[0]) < len(words)
        or signs.count(_NO_SIGNS) < len(words)
        or orders != list(range(orders[0], orders[0] + len(words)))
    ):
        rest = [
            *bases,
            *orders,
            *(glued | raised << 1 | turn << 2 for glued, turn, raised in signs),
        ]
    return PackedWords(
        line_text if text == line_text else text,
        styles[0] if styles.count(styles[0]) == len(styles) else tuple(styles),
        array("d", edges).tobytes(),
        array("d", rest).tobytes(),
    )


def _signs_of(number: float) -> tuple[bool, int, bool]:
    """Return what the number of a word's signs stands for."""
    signs = int(number)
    return bool(signs & 1), signs >> 2, bool(signs & 2)
