"""Footnotes: small type at the foot of a page's text, each with its number."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from ingest.barecalls import with_bare_calls
from ingest.drafts import LOOSE, Draft, is_contents_line, is_terminal
from ingest.layout import PrintedLine, Region
from ingest.measures import Measures
from ingest.numbering import footnote_number, heading_number
from ingest.wordlists import words

NOTES_MISSED = 3
"""Numbers that may be missing between the last footnote found and the next."""

SMALL = 0.93
"""Part of the body size up to which type is small: 10 points of 11; footnotes have 8 to 10."""

NO_LARGER = 1.02
"""Part of the body size up to which a note is set whose raised number is called on its page."""

NOTES_APART = 1.9
"""Line distance in usual ones up to which notes follow each other: Word sets half a line apart."""

SAME_POINTS = 0.2
"""Points by which the type of a note differs between two pages: sizes are rounded to a tenth."""

_BRACKETED = re.compile(r"\[(\d{1,3})\]:?\s")


def part_footnotes(
    regions: Sequence[Region],
    measures: Measures,
    last: int = 0,
    open_note: Draft | None = None,
    waiting: frozenset[str] = frozenset(),
) -> tuple[list[Region], list[Draft], frozenset[str]]:
    """Return the regions of one page without their footnotes, the footnotes, and unmet calls.

    ``last`` is the number of the last footnote before this page. The lines with which
    ``open_note``, the last note of the page before, goes on are added to it. ``waiting`` are the
    calls of the pages before whose notes did not fit there.
    """
    limit = SMALL * measures.body.size
    lines = [line for region in regions for line in region.lines]
    if not any(line.size > limit for line in lines) and not _are_endnotes(lines, waiting):
        return list(regions), [], waiting
    calls = frozenset(sign for line in lines for sign in _signs(line, limit))
    pointed = bool(open_note and _is_pointed(open_note.text, open_note.number or ""))
    kept: list[Region] = []
    notes: list[Draft] = []
    for region in regions:
        start = _start(region.lines, measures, calls, last, waiting if not pointed else None)
        note = notes[-1] if notes else open_note
        begin = _begin_of_rest(region, start, limit, measures, note)
        if begin < start and note is not None:
            note.lines.extend(region.lines[begin:start])
            open_note = None
        if start < len(region.lines):
            notes.extend(_notes(region, start))
        if begin > 0:
            kept.append(replace(region, lines=region.lines[:begin]))
    numbers = {note.number for note in notes if note.number}
    uncalled = sorted(numbers - calls - waiting)
    if uncalled:
        kept = [with_bare_calls(region, uncalled) for region in kept]
    return kept, notes, (calls | waiting) - numbers


def _are_endnotes(lines: Sequence[PrintedLine], waiting: Container[str]) -> bool:
    """Return whether a page in small type begins with a note that is called on pages before.

    So stand the notes that word processors collect at the end, on pages of their own.
    """
    found = footnote_number(lines[0].text) if lines else None
    return found is not None and found[0] in waiting


def _signs(line: PrintedLine, limit: float) -> list[str]:
    """Return the signs of a line's calls; one that stands alone is the call of the line above."""
    is_lone = len(line.words) == 1 and line.size <= limit and line.text.isdigit()
    return [line.text] if is_lone else [call.sign for call in line.calls]


def _start(
    lines: Sequence[PrintedLine],
    measures: Measures,
    calls: Container[str],
    last: int,
    waiting: Container[str] | None,
) -> int:
    """Return the index of the first line of the footnotes at the end of a column.

    A number with a point or bracket (*1.*, *2)*) is an item's or field's unless it is called here
    or its call is ``waiting``, None where all are notes that come in order, as those before.
    """
    small = _small_from(lines, SMALL * measures.body.size)
    for index in range(small, len(lines)):
        text = lines[index].text
        found = footnote_number(text)
        if not found:
            continue
        number, begins = found
        if lines[index].words[0].raised:
            return index
        is_usual = waiting is None or number in waiting or not _is_pointed(text, number)
        if number in calls or (is_usual and _is_due(number, text[begins:], last)):
            return index
    return _start_of_large(lines, measures, calls)


def _start_of_large(lines: Sequence[PrintedLine], measures: Measures, calls: Container[str]) -> int:
    """Return the first line of footnotes in the text's own size: with a raised number, called."""
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not _may_be_note(line) or line.size > NO_LARGER * measures.body.size:
            break
        found = footnote_number(line.text) if line.words[0].raised else None
        if found and found[0] in calls:
            start = index
    return start


def _small_from(lines: Sequence[PrintedLine], limit: float) -> int:
    """Return the index from which on all lines of a column are small and may be notes."""
    small = len(lines)
    while small > 0 and lines[small - 1].size <= limit and _may_be_note(lines[small - 1]):
        small -= 1
    return small


def _begin_of_rest(
    region: Region, start: int, limit: float, measures: Measures, note: Draft | None
) -> int:
    """Return the index of the first line with which the note before goes on, else ``start``.

    So go on small lines apart from the text, in the note's own size, on the next page or in the
    next column, where the note has not ended or the page's own notes follow right below.
    """
    if note is None or (
        note.lines[-1].page == region.lines[0].page and _cannot_go_on(note, region)
    ):
        return start
    begin = _small_from(region.lines[:start], limit)
    rest = region.lines[begin:start]
    if not rest or begin == 0 or abs(rest[0].size - note.lines[-1].size) > SAME_POINTS:
        return start
    usual = LOOSE * measures.leading(rest[0].size)
    next_note = region.lines[start : start + 1]
    near = NOTES_APART * measures.leading(rest[0].size)
    runs_on = bool(next_note) and next_note[0].base - rest[-1].base < near
    if is_terminal(note.lines[-1].text) and not runs_on:
        return start
    return begin if rest[0].base - region.lines[begin - 1].base > usual else start


def _cannot_go_on(note: Draft, region: Region) -> bool:
    """Return whether a column is the note's own or one before it, or the note has ended."""
    return region.x0 <= note.lines[-1].x1 or is_terminal(note.lines[-1].text)


def _may_be_note(line: PrintedLine) -> bool:
    if line.turned or line.box is not None or line.table:
        return False
    return not is_contents_line(line.text)


def _is_pointed(text: str, number: str) -> bool:
    """Return whether a note's number stands with a point or bracket."""
    return text[len(number) : len(number) + 1] in (".", ")")


def _is_due(number: str, text: str, last: int) -> bool:
    """Return whether a footnote of this number may come without a call that was seen: in order.

    It begins a sentence; a line with *4 mom.* or *3 kap.* goes on with one.
    """
    if not number.isdigit():
        return True
    if text[:1].islower():
        return False
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


def mark_notes(drafts: Sequence[Draft]) -> None:
    """Mark the notes that stand among the text: lists of endnotes, and notes in brackets.

    Endnotes are the numbered items below a heading such as *Noter*. A note in brackets (*[1]:*)
    stands below the text, on the page or the next, in which a raised call has its number.
    """
    in_list = False
    called: dict[str, int] = {}
    for draft in drafts:
        if draft.kind == "heading":
            own = heading_number(draft.text)[1]
            in_list = own.casefold().strip(" :") in words()["notes"]
        elif draft.kind in ("paragraph", "list_item", "aside", "quote"):
            _mark_note(draft, called, in_list=in_list)
        for line in draft.lines:
            called.update((call.sign, line.page) for call in line.calls)


def _mark_note(draft: Draft, called: dict[str, int], *, in_list: bool) -> None:
    bracketed = _BRACKETED.match(draft.text)
    if bracketed and (in_list or draft.page - called.get(bracketed[1], -1) <= 1):
        draft.kind, draft.number, draft.marker = "footnote", bracketed[1], None
    elif in_list:
        found = footnote_number(draft.text)
        if found and found[0].isdigit():
            draft.kind, draft.number, draft.marker = "footnote", found[0], None
