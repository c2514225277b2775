"""Whether a quote stands in a text: the two compared without white space and hyphens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.ids import squash

MOST_PIECES = 6
"""Pieces into which a quote may be parted by what stands between its lines on the page: running
headers, page numbers, footnotes and pull quotes at a page break or two."""

SHORTEST_PIECE = 12
"""Characters below which a piece proves nothing, unless it is the whole quote or its end."""

_CALL = re.compile(
    r"(?<=[^\W\d_][.,;:”\")])\d{1,3}(?=\D|$)"
    r"|(?<=[^\W\d_])\d{1,3}(?=[.,;:]?(?:\s|$))"
)
"""A footnote's call glued to the word or point that it stands after."""


def without_calls(text: str) -> str:
    """Return ``text`` without footnote calls that are glued to words."""
    return _CALL.sub("", text)


def stands(quote: str, pages: Sequence[str]) -> bool:
    """Return whether ``quote`` stands in consecutive ``pages``, in order and complete.

    It may be parted into at most ``MOST_PIECES`` pieces, each found after the one before, since
    page furniture stands between the lines of a paragraph that goes over a page.
    """
    wanted = squash(quote)
    texts = (squash(" ".join(pages)), squash(" ".join(without_calls(page) for page in pages)))
    return bool(wanted) and any(_covered(wanted, text, 0, MOST_PIECES) for text in texts)


def _covered(wanted: str, text: str, start: int, pieces: int) -> bool:
    """Return whether ``text[start:]`` holds ``wanted`` in at most ``pieces`` pieces."""
    if not wanted:
        return True
    if pieces == 0:
        return False
    at = text.find(wanted, start)
    if at >= 0:
        return True
    head = wanted[:SHORTEST_PIECE]
    at = text.find(head, start)
    while at >= 0:
        length = _common(wanted, text, at)
        if _covered(wanted[length:], text, at + length, pieces - 1):
            return True
        at = text.find(head, at + 1)
    return False


def _common(wanted: str, text: str, at: int) -> int:
    """Return how many characters of ``wanted`` stand in ``text`` from ``at``."""
    length = 0
    while length < len(wanted) and at + length < len(text) and text[at + length] == wanted[length]:
        length += 1
    return length
