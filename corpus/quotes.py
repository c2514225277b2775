"""Whether a quote stands in a text: the two compared without white space and hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.ids import squash

MOST_PIECES = 6
"""Pieces into which a quote may be parted by what stands between its lines on the page: running
headers, page numbers, footnotes and pull quotes at a page break or two."""

SHORTEST_PIECE = 12
"""Characters below which a piece proves nothing, unless it is the whole quote or its end."""

ENDS_TRIED = 3
"""Ends of lines at which a piece may have ended, the last ones first: the line below can begin
with the same letters as the quote goes on with."""

_CALL = re.compile(
    r"(?<=[^\W\d_][.,;:”\")])\d{1,3}(?=\D|$)"
    r"|(?<=[^\W\d_])\d{1,3}(?=[.,;:]?(?:\s|$))"
)
"""A footnote's call glued to the word or point that it stands after."""

_BETWEEN_WORDS = re.compile(r"[\s\u00ad\-\u2010\u2011\u0002\ufffe]+")
_LIST_SIGN = re.compile(r"\s*(?:[^\w\s(”\"'’«»]+|\d{1,2}[.)]|[a-zåäö]\))\s")


@dataclass(frozen=True, slots=True)
class _Text:
    """Pages squashed to one string, with where in it lines and words begin and end."""

    text: str
    line_starts: tuple[int, ...]
    line_ends: tuple[int, ...]
    word_starts: frozenset[int]
    word_ends: frozenset[int]


def without_calls(text: str) -> str:
    """Return ``text`` without footnote calls that are glued to words."""
    return _CALL.sub("", text)


def stands(quote: str, pages: Sequence[str]) -> bool:
    """Return whether ``quote`` stands in consecutive ``pages``, in order and complete.

    It begins and ends where words do. It may be parted into at most ``MOST_PIECES`` pieces, each
    found after the one before and all broken where lines are, since page furniture stands between
    the lines of a paragraph that goes over a page.
    """
    wanted = squash(quote)
    return bool(wanted) and any(_begins(wanted, text) for text in _forms(tuple(pages)))


def _forms(pages: tuple[str, ...]) -> Iterator[_Text]:
    """Yield the pages as they are, then without footnote calls."""
    yield _squashed(pages)
    yield _squashed(tuple(without_calls(page) for page in pages))


@lru_cache(maxsize=4)
def _squashed(pages: tuple[str, ...]) -> _Text:
    parts: list[str] = []
    length = 0
    starts, ends = [], []
    word_starts, word_ends = set(), set()
    for line in (line for page in pages for line in page.splitlines()):
        sign = _LIST_SIGN.match(line)
        starts.append(length)
        for word in _BETWEEN_WORDS.split(line):
            squashed = squash(word)
            word_starts.add(length)
            parts.append(squashed)
            length += len(squashed)
            word_ends.add(length)
        if sign:
            starts.append(starts[-1] + len(squash(sign.group())))
        ends.append(length)
    return _Text(
        "".join(parts), tuple(starts), tuple(ends), frozenset(word_starts), frozenset(word_ends)
    )


def _begins(wanted: str, text: _Text) -> bool:
    """Return whether the quote stands in the text, begun at any word."""
    head = wanted[:SHORTEST_PIECE]
    return any(
        _goes_on(wanted, text, at, MOST_PIECES)
        for at in _finds(head, text.text)
        if at in text.word_starts or not text.text[at - 1].isalnum() or not wanted[0].isalnum()
    )


def _finds(head: str, text: str) -> Iterator[int]:
    at = text.find(head)
    while at >= 0:
        yield at
        at = text.find(head, at + 1)


def _goes_on(wanted: str, text: _Text, at: int, pieces: int) -> bool:
    """Return whether ``wanted`` stands from ``at``, in at most ``pieces`` pieces."""
    length = _common(wanted, text.text, at)
    end = at + length
    if length == len(wanted):
        return end in text.word_ends or not (text.text[end].isalnum() and wanted[-1].isalnum())
    if pieces == 1:
        return False
    broken = [stop for stop in text.line_ends if at + SHORTEST_PIECE <= stop <= end]
    return any(
        _goes_on(wanted[stop - at :], text, start, pieces - 1)
        for stop in reversed(broken[-ENDS_TRIED:])
        for start in text.line_starts
        if start >= stop and text.text.startswith(wanted[stop - at :][:SHORTEST_PIECE], start)
    )


def _common(wanted: str, text: str, at: int) -> int:
    """Return how many characters of ``wanted`` stand in ``text`` from ``at``."""
    length = 0
    while length < len(wanted) and at + length < len(text) and text[at + length] == wanted[length]:
        length += 1
    return length
