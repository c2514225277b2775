"""A reference as it was found in a text, and the text without its line breaks to find it in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Found(NamedTuple):
    """A reference in a text: its first character, the one after its last, kind and normal form."""

    start: int
    end: int
    kind: str
    normalized: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A text on one line, and where in the original each of its characters stands.

    ``places`` is empty where nothing was changed.
    """

    text: str
    places: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the start and end, in the original, of a stretch of the folded text."""
        return (self.places[start], self.places[end - 1] + 1) if self.places else (start, end)


_BROKEN = re.compile(r"[^\S ]|\u00ad|  ")
_FOLDS = re.compile(
    r"(?P<gone>(?<=\w)-[^\S\n]*\n\s*(?=[a-zåäö])(?!(?:och|eller|samt)\b)|\u00ad\s*)|\s+"
)


def fold(text: str) -> Folded:
    """Return a text with words joined that a line break divides, and white space as one space."""
    if not _BROKEN.search(text):
        return Folded(text)
    characters: list[str] = []
    places: list[int] = []
    end = 0
    for match in _FOLDS.finditer(text):
        characters.extend(text[end : match.start()])
        places.extend(range(end, match.start()))
        if not match["gone"]:
            characters.append(" ")
            places.append(match.start())
        end = match.end()
    characters.extend(text[end:])
    places.extend(range(end, len(text)))
    return Folded("".join(characters), tuple(places))


def without_overlaps(found: list[Found]) -> list[Found]:
    """Return references in order; of those that overlap the first counts, then the longest."""
    kept: list[Found] = []
    for reference in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


_NOTE = re.compile(r"\d{1,3}(?=[A-ZÅÄÖ])")
_GLUED = re.compile(r"\d{2,4}(?: ?[a-z])?(?=(?: ?[–-] ?\d+|(?:,| och) \d+)* ?(?:kap|§))")


def without_note_numbers(texts: Iterable[str]) -> list[str]:
    """Return texts with the numbers of footnotes before them blanked: *27Prop. 2009/10:125*.

    Before a digit a note's number is known by the note before it: after note 27, *283 kap. 5 §* is
    note 28 and *3 kap. 5 §*.
    """
    blanked, last = [], 0
    for text in texts:
        if match := _NOTE.match(text):
            last, length = int(match.group()), match.end()
        elif last and text.startswith(str(last + 1)) and _GLUED.match(text):
            last, length = last + 1, len(str(last + 1))
        else:
            length = 0
        blanked.append(" " * length + text[length:])
    return blanked
