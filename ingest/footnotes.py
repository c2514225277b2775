"""Footnotes: small type at the foot of a page's text, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.drafts import Draft, is_contents_line
from ingest.layout import PrintedLine, Region
from ingest.measures import Measures
from ingest.numbering import footnote_number

NOTES_MISSED = 3
"""Numbers that may be missing between the last footnote found and the next."""

SMALL = 0.93
"""Part of the body size up to which type is small: 10 points of 11; footnotes have 8 to 10."""


def part_footnotes(
    regions: Sequence[Region], measures: Measures, last: int = 0
) -> tuple[list[Region], list[Draft]]:
    """Return the regions of one page without their footnotes, and the footnotes.

    ``last`` is the number of the last footnote before this page.
    """
    limit = SMALL * measures.body.size
    lines = [line for region in regions for line in region.lines]
    if not any(line.size > limit for line in lines):
        return list(regions), []
    calls = frozenset(call for line in lines for call in line.calls)
    kept: list[Region] = []
    notes: list[Draft] = []
    for region in regions:
        start = _start(region.lines, limit, calls, last)
        if start < len(region.lines):
            notes.extend(_notes(region, start))
        if start > 0:
            kept.append(replace(region, lines=region.lines[:start]))
    return kept, notes


def _start(lines: Sequence[PrintedLine], limit: float, calls: frozenset[str], last: int) -> int:
    """Return the index of the first line of the footnotes at the end of a column."""
    small = len(lines)
    while small > 0 and lines[small - 1].size <= limit and _may_be_note(lines[small - 1]):
        small -= 1
    for index in range(small, len(lines)):
        found = footnote_number(lines[index].text)
        if found and (lines[index].words[0].raised or _is_due(found[0], calls, last)):
            return index
    return len(lines)


def _may_be_note(line: PrintedLine) -> bool:
    if line.turned or line.box is not None or line.table:
        return False
    return not is_contents_line(line.text)


def _is_due(number: str, calls: frozenset[str], last: int) -> bool:
    """Return whether a footnote of this number may come: called on the page, or next in order."""
    if number in calls or not number.isdigit():
        return True
    return number == "1" or last < int(number) <= last + NOTES_MISSED + 1


def _notes(region: Region, start: int) -> list[Draft]:
    """Return the footnotes of a column; a line with the next number begins another."""
    notes: list[Draft] = []
    for line in region.lines[start:]:
        found = footnote_number(line.text)
        if found and (not notes or _follows(found[0], notes[-1], line)):
            notes.append(Draft("footnote", [line], region, number=found[0]))
        else:
            notes[-1].lines.append(line)
    return notes


def _follows(number: str, note: Draft, line: PrintedLine) -> bool:
    if line.words[0].raised or not number.isdigit() or note.number is None:
        return True
    return note.number.isdigit() and int(number) == int(note.number) + 1
