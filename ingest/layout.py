"""The lines of a page: words to rows, rows cut to lines of one column each.

A gap between two words of a row is a gutter where it goes on over the rows above and below, as
between columns; else it is a stretched space of justified type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple, TypeAlias

from corpus.models import Call
from ingest.bullets import with_drawn_bullets
from ingest.calls import has_signs, shown_and_calls
from ingest.gutters import gutters
from ingest.numbering import BULLETS
from ingest.pages import PageContent, PageWord, Style, words_in
from ingest.spacedletters import with_spaced_words_joined

ROW_TOLERANCE = 0.25
"""Part of the type size by which baselines of one row differ at most."""

RAISED_LEAST, RAISED_MOST = 0.12, 0.8
"""Parts of the type size by which a footnote's call stands above the line that it belongs to."""

RAISED_SIZE = 0.85
"""A call's size is at most this part of its line's; Word sets 0.65, browsers 0.83."""

LOWERED = 0.55
"""Part of the type size by which a bullet stands below its line at most: TeX's asterisk 0.48."""

HIGHER = 0.45
"""Part of the text's size by which a bullet set much smaller stands above its line at most: of 45
percent of the text, as Impress sets it, 0.15 to 0.3."""

BULLET_REACH = 3.0
"""Type sizes from a bullet within which its text begins."""

INITIAL = 1.9
"""Type sizes of the text from which a single letter beside two lines or more is an initial."""

SMALL_CAPITALS = 0.65, 0.9
"""Parts of the capitals' size for small capitals: Word sets 0.8, browsers 0.7 to 0.8."""

HOST_REACH = 40
"""Words before and after a call, in the file's order, among which its host is looked for."""

_SMALL_CAPITALS_FONT = re.compile(r"small[- ]?caps|smcp|(?<=[a-z-])SC\b", re.IGNORECASE)
LONGEST_CALL = 7
"""Characters of the longest call: two notes of three digits with a comma."""

_CALL = re.compile(r"[\[(]?[\d*†‡][\d*†‡,–-]{0,6}[\])]?|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,4}")
_BULLETS = frozenset(BULLETS)
_DASHES = frozenset("–—-")
_MARKS = _BULLETS | _DASHES


class PrintedLine(NamedTuple):
    """A line of type in one column: its words from left to right, its box and its main style.

    ``shown`` are the words that make ``text``: without calls, with soft hyphens taken out.
    ``calls`` stood in ``text`` and lead to no note yet.
    ``small_capitals`` is their size in points where a line is set in them, else 0.
    ``table`` holds the rows of a whole table that stands in the line's place, the first
    ``table_heads`` of them its head.
    """

    page: int
    words: Sequence[PageWord]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    style: Style
    text: str
    shown: Sequence[PageWord] = ()
    calls: tuple[Call, ...] = ()
    turned: bool = False
    box: int | None = None
    small_capitals: float = 0.0
    underlined: bool = False
    table: tuple[tuple[Cell, ...], ...] = ()
    table_heads: int = 0

    @property
    def size(self) -> float:
        """The type size that most of the line is set in, in points."""
        return self.style.size

    @property
    def center(self) -> float:
        """The middle of the line between left and right."""
        return (self.x0 + self.x1) / 2


Cell: TypeAlias = tuple[PrintedLine, ...]
"""The lines of a cell of a table, from the top."""


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of one column of one band, from top to bottom, and the column's edges.

    ``beside`` tells whether there are other columns, ``inset`` whether the text above or below
    runs over this one and its neighbours, as where a pull quote is set into the text.
    """

    lines: tuple[PrintedLine, ...]
    x0: float
    x1: float
    beside: bool = False
    inset: bool = False


def segments(page: PageContent) -> list[PrintedLine]:
    """Return the lines of a page, cut at gutters and boxes, from the top; turned text last."""
    result: list[PrintedLine] = []
    for box, words in _by_box(page):
        lines = _segments(page.number, words)
        result += lines if box is None else [line._replace(box=box) for line in lines]
    turns = set(map(_TURN, page.words))
    for turn in (turn for turn in (1, 3, 2) if turn in turns):
        flat = [_flattened(word, page) for word in page.words if word.turn == turn]
        result += [_turned_back(line, turn, page) for line in _segments(page.number, flat)]
    return result


def lines_of(page: int, words: Sequence[PageWord]) -> list[PrintedLine]:
    """Return words of one column as lines from the top."""
    first = words[0]
    style, base = first.style, first.base
    if all(word.base == base and word.style is style for word in words):
        return [_line(page, sorted(words, key=_BY_PLACE) if len(words) > 1 else words)]
    sizes = list(map(_SIZE, words))
    return [_line(page, row) for row in _rows(_with_raised(words, sizes), sizes)]


def _by_box(page: PageContent) -> list[tuple[int | None, list[PageWord]]]:
    """Return the level words of a page by the box they stand in, those outside of any first."""
    boxes = sorted(page.boxes(), key=lambda box: (box.x1 - box.x0) * (box.bottom - box.top))
    level = [word for word in with_drawn_bullets(page.words, page.marks) if word.turn == 0]
    if not boxes:
        return [(None, level)] if level else []
    found: list[tuple[int | None, list[PageWord]]] = []
    for index, box in enumerate(boxes):
        inside = words_in(box, level)
        if inside:
            found.append((index, inside))
            taken = set(map(id, inside))
            level = [word for word in level if id(word) not in taken]
    return [(None, level), *found] if level else found


def _segments(number: int, words: Sequence[PageWord]) -> list[PrintedLine]:
    sizes = list(map(_SIZE, words))
    placed = _with_raised(words, sizes)
    whole = _with_drop_capitals(placed, sizes)
    rows = _rows(whole, sizes if whole is placed else list(map(_SIZE, whole)))
    rows = with_spaced_words_joined(rows)
    return [
        _line(number, part)
        for row, cuts in zip(rows, gutters(rows, min(sizes, default=0.0)), strict=True)
        for part in (_parts(row, cuts) if cuts else (row,))
    ]


def _flattened(word: PageWord, page: PageContent) -> PageWord:
    """Return a turned word in the coordinates of the page turned so that it reads level."""
    if word.turn == 1:
        return word._replace(x0=page.height - word.x1, x1=page.height - word.x0, turn=0)
    if word.turn == 3:
        return word._replace(base=page.width - word.base, turn=0)
    return word._replace(
        x0=page.width - word.x1, x1=page.width - word.x0, base=page.height - word.base, turn=0
    )


def _turned_back(line: PrintedLine, turn: int, page: PageContent) -> PrintedLine:
    if turn == 1:
        box = (line.top, page.height - line.x1, line.bottom, page.height - line.x0)
    elif turn == 3:
        box = (page.width - line.bottom, line.x0, page.width - line.top, line.x1)
    else:
        box = (
            page.width - line.x1,
            page.height - line.bottom,
            page.width - line.x0,
            page.height - line.top,
        )
    return line._replace(x0=box[0], top=box[1], x1=box[2], bottom=box[3], turned=True)


def _with_raised(words: Sequence[PageWord], sizes: Sequence[float]) -> list[PageWord]:
    """Return the words with footnote calls put on the baseline of the word that they hang on."""
    result = list(words)
    largest = RAISED_SIZE * max(sizes, default=0.0)
    for place in [place for place, size in enumerate(sizes) if size <= largest]:
        word = words[place]
        if word.text[:1].isalpha() or len(word.text) > LONGEST_CALL:
            continue
        if not _CALL.fullmatch(word.text):
            continue
        host = _host(words, place) or _call_before(words, result, place)
        if host is not None:
            result[place] = word._replace(base=host.base, raised=True)
    return result


def _call_before(
    words: Sequence[PageWord], raised: Sequence[PageWord], place: int
) -> PageWord | None:
    """Return the call that a call stands beside on the same height, as in *59 60*, or None."""
    if not place or not raised[place - 1].raised:
        return None
    word, before = words[place], words[place - 1]
    is_level = word.base == before.base and word.style == before.style
    return raised[place - 1] if is_level and 0 <= word.x0 - before.x1 < word.style.size else None


def _host(words: Sequence[PageWord], place: int) -> PageWord | None:
    """Return the larger word that a small raised word stands beside, or None."""
    word = words[place]
    best: tuple[float, PageWord] | None = None
    for other in words[max(0, place - HOST_REACH) : place + HOST_REACH]:
        size = other.style.size
        if word.style.size > RAISED_SIZE * size or other is word:
            continue
        gap = max(word.x0 - other.x1, other.x0 - word.x1)
        lift = other.base - word.base
        is_near = gap < size * 0.6 and RAISED_LEAST * size < lift < RAISED_MOST * size
        if is_near and (best is None or gap < best[0]):
            best = (gap, other)
    return best[1] if best else None


def _with_drop_capitals(words: list[PageWord], sizes: Sequence[float]) -> list[PageWord]:
    """Return the words with each initial that reaches over several lines put before its word."""
    if not sizes or max(sizes) <= INITIAL * min(sizes):
        return words
    usual = median(sizes)
    initials = [
        word
        for word in words
        if word.style.size > INITIAL * usual and len(word.text.strip('”"«»')) == 1
    ]
    result = words
    for initial in initials:
        beside = [word for word in words if _is_beside_initial(initial, word)]
        first = min(beside, key=lambda word: (round(word.base), word.x0), default=None)
        last = max((word.base for word in beside), default=0.0)
        if first is None or (last - first.base < first.style.size and not _runs_on(initial, first)):
            continue
        whole = first._replace(text=initial.text + first.text, x0=initial.x0)
        result = [whole if word is first else word for word in result if word is not initial]
    return result


def _runs_on(initial: PageWord, first: PageWord) -> bool:
    """Return whether the rest of an initial's word stands right beside it in small letters."""
    return first.text[:1].islower() and first.x0 - initial.x1 < first.style.size / 2


def _is_beside_initial(initial: PageWord, word: PageWord) -> bool:
    """Return whether a word begins a line that an initial reaches down along."""
    size = word.style.size
    gap = word.x0 - initial.x1
    return (
        initial.style.size > INITIAL * size
        and -1 < gap < size
        and word.text[:1].isalpha()
        and initial.top - size < word.top
        and word.base < initial.base + size / 3
    )


def _rows(words: Sequence[PageWord], sizes: Sequence[float]) -> list[list[PageWord]]:
    """Return the words, set in these ``sizes``, as rows from the top, each from left to right.

    The words of a row on one baseline come from left to right as they are; only others are sorted.
    """
    rows: list[list[PageWord]] = []
    uneven: list[list[PageWord]] = []
    row: list[PageWord] = []
    base, largest = -math.inf, 0.0
    places = range(len(words))
    keys = zip(map(_BASE, words), map(_X0, words), map(_ORDER, words), places, strict=True)
    for own, _x0, _order, at in sorted(keys):
        size = sizes[at]
        if own - base <= ROW_TOLERANCE * (size if size < largest else largest):
            row.append(words[at])
            largest = size if size > largest else largest
            if own != base and not (uneven and uneven[-1] is row):
                uneven.append(row)
        else:
            row = [words[at]]
            rows.append(row)
            base, largest = own, size
    has_bullets = not _BULLETS.isdisjoint(map(_TEXT, words))
    if has_bullets or any(len(row) <= 2 and row[-1].text in _DASHES for row in rows):
        _put_bullets_right(rows)
        rows = uneven = [row for row in rows if row]
    for row in uneven:
        row.sort(key=_BY_PLACE)
    return rows


def _put_bullets_right(rows: Sequence[list[PageWord]]) -> None:
    """Move bullets to the row of their text: another font sets them higher or, as TeX *, lower."""
    for row, below in pairwise(rows):
        for bullet in [word for word in row if word.text in _MARKS]:
            _move_bullet(bullet, row, below, ROW_TOLERANCE, HIGHER)
        for bullet in [word for word in below if word.text in _MARKS]:
            _move_bullet(bullet, below, row, LOWERED, LOWERED)


def _move_bullet(
    bullet: PageWord,
    row: list[PageWord],
    other: list[PageWord],
    tolerance: float,
    tolerance_of_small: float,
) -> None:
    """Move a bullet that no text of its row follows to another row where some does.

    The tolerances are parts of the type size, for bullets that are set in the text's own or much
    smaller.
    """
    if any(_is_after(bullet, word) for word in row if word is not bullet):
        return
    own = bullet.style.size
    for word in other:
        size = word.style.size
        is_small = own <= RAISED_SIZE * size
        most = tolerance_of_small * size if is_small else tolerance * own
        if _is_after(bullet, word) and abs(word.base - bullet.base) < most:
            row.remove(bullet)
            other.append(bullet)
            return


def _is_after(bullet: PageWord, word: PageWord) -> bool:
    """Return whether a word stands within reach to the right of a bullet."""
    reach = BULLET_REACH * max(bullet.style.size, word.style.size)
    return 0 < word.x0 - bullet.x0 < reach


def _parts(row: Sequence[PageWord], cuts: Sequence[int]) -> list[Sequence[PageWord]]:
    edges = [0, *cuts, len(row)]
    return [row[start:end] for start, end in pairwise(edges)]


def _line(page: int, row: Sequence[PageWord]) -> PrintedLine:
    """Return words of one row and column as a line."""
    words, first = tuple(row), row[0]
    texts, x0s, x1s, bases, styles, glued, _turns, raised, _orders = zip(*words, strict=True)
    x0, x1, text = min(x0s), max(x1s), " ".join(texts)
    shown: Sequence[PageWord] = words
    calls: tuple[Call, ...] = ()
    if True in glued or True in raised or has_signs(text):
        shown, calls = shown_and_calls(words)
        text = line_text(shown)
    if styles.count(first.style) == len(styles) and bases.count(first.base) == len(bases):
        edges = (x0, first.top, x1, first.bottom, first.base)
        return PrintedLine(page, words, *edges, first.style, text, shown, calls)
    capitals = _capitals_and_small(words)
    style = capitals[0] if capitals else _main_style(words)
    main = [word for word in words if word.style.size >= style.size * 0.9] or words
    return PrintedLine(
        page=page,
        words=words,
        x0=x0,
        top=min(word.top for word in main),
        x1=x1,
        bottom=max(word.bottom for word in main),
        base=median(word.base for word in main),
        style=style,
        text=text,
        shown=shown,
        calls=calls,
        small_capitals=capitals[1] if capitals else 0.0,
    )


_TEXT, _X0, _BASE, _TURN, _ORDER = map(attrgetter, ("text", "x0", "base", "turn", "order"))
_SIZE, _BY_PLACE = attrgetter("style.size"), attrgetter("x0", "order")


def _main_style(words: Sequence[PageWord]) -> Style:
    """Return the style that most letters of a line are set in, calls left out."""
    lengths: dict[Style, int] = {}
    for word in words:
        if not word.raised:
            lengths[word.style] = lengths.get(word.style, 0) + len(word.text)
    return max(lengths, key=lambda key: lengths[key]) if lengths else words[0].style


def _capitals_and_small(words: Sequence[PageWord]) -> tuple[Style, float] | None:
    """Return how a line in small capitals sets its large ones, and the small ones' size.

    The small ones are capitals in the text, or small letters where only the type shows them so,
    as browsers and Word do.
    """
    least, most = SMALL_CAPITALS
    for initial, rest in pairwise(words):
        if not rest.glued or initial.base != rest.base:
            continue
        last, begin = initial.text[-1:], rest.text[:1]
        if not (last.isalpha() and begin.isalpha()):
            continue
        if not least <= rest.style.size / initial.style.size <= most:
            continue
        if (last.isupper() and begin.islower()) or _are_capitals(words):
            return initial.style, rest.style.size
    return None


def _are_capitals(words: Sequence[PageWord]) -> bool:
    """Return whether words are set in capitals, or in a font of small ones."""
    return all(word.text == word.text.upper() for word in words) or any(
        is_of_small_capitals(word.style.font) for word in words
    )


def is_of_small_capitals(font: str) -> bool:
    """Return whether the name of a font says that it is one of small capitals."""
    return bool(_SMALL_CAPITALS_FONT.search(font))


def line_text(shown: Sequence[PageWord]) -> str:
    """Return words that are shown as text."""
    return "".join(
        word.text if word.glued or not index else f" {word.text}"
        for index, word in enumerate(shown)
    )
