"""Footnote calls that fonts draw small and raised while the file has plain figures for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from corpus.models import Call
from ingest.layout import PrintedLine, Region, line_text

AFTER_WORD = '.,;:!?)”"'
"""What stands between a word and its call."""


def with_bare_calls(region: Region, numbers: Sequence[str]) -> Region:
    """Return a region with the calls of these notes that fonts draw raised told from its words.

    The file has them as plain figures on the line, right after a word: *rättigheter.1*.
    """
    lines = region.lines
    for number in numbers:
        ends = [index for index, line in enumerate(lines) if _bare_call(line, number) >= 0]
        if len(ends) == 1:
            at = ends[0]
            lines = (*lines[:at], _called(lines[at], number), *lines[at + 1 :])
    return region if lines is region.lines else replace(region, lines=lines)


def _bare_call(line: PrintedLine, number: str) -> int:
    """Return the index of the shown word that a number stands right after, -1 where none is."""
    if number not in line.text:
        return -1
    for index, word in enumerate(line.shown):
        before = word.text.removesuffix(number).rstrip(AFTER_WORD)
        if word.text.endswith(number) and len(before) > 1 and before[-1].isalpha():
            return index if before[-1].islower() else -1
    return -1


def _called(line: PrintedLine, number: str) -> PrintedLine:
    """Return a line with the number after one of its words as a call."""
    at = _bare_call(line, number)
    shown = list(line.shown)
    shown[at] = shown[at]._replace(text=shown[at].text.removesuffix(number))
    place = len(line_text(shown[: at + 1]))
    calls = sorted([*_moved(line, place, len(number)), Call(place, number)], key=attrgetter("at"))
    return line._replace(shown=tuple(shown), text=line_text(shown), calls=tuple(calls))


def _moved(line: PrintedLine, place: int, length: int) -> Iterator[Call]:
    """Yield the calls of a line, those behind a place so many characters further to the left."""
    for call in line.calls:
        yield call._replace(at=call.at - length) if call.at > place else call
