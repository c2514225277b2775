"""Tables of contents, lists of tables and indexes: what leads to pages is no text.

An entry ends with a page number, behind dots or at the right edge, or its words come again as a
heading further on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from corpus.ids import squash
from ingest.drafts import Draft, is_contents_line, is_terminal
from ingest.layout import PrintedLine
from ingest.numbering import heading_number
from ingest.wordlists import words

SAME_EDGE = 3.0
"""Points by which the right edges of page numbers in one column differ."""

FEWEST_NUMBERS = 3
"""Numbers in a column by themselves from which they are the page numbers of entries."""

FRONT_MATTER = 30
"""Pages by which a printed number may exceed the file's pages: covers and parts left out."""

MISSES = 3
"""Lines without a page number between two entries: an entry over two lines, the title of a part."""

LONGEST_ENTRY = 220
"""Characters of the longest entry: three lines of a law's title."""

FEWEST_ENTRIES, FEWEST_BARE = 2, 4
"""Entries of the shortest table of contents below its heading, and of one without a heading."""

NEAR = 12
"""Lines below the heading that tell whether the table's entries have page numbers."""

LEADING_SHARE = 0.4
"""Part of the lines up to the last of these that end with page numbers if entries have them."""

REPEATED_SHARE = 0.5
"""Part of the entries that come again as headings where a table has no page numbers or heading."""

MOST_PAGES = 999
"""Page number of the last entry of the longest table."""

LEVEL = 0.35
"""Type sizes between the baselines of an entry and its page number."""

_TEXT = ("paragraph", "list_item", "quote")
_ENDS_WITH_PAGE = re.compile(
    r"\D(?<![\d(§])[\s,…._]+(?P<page>\d{1,4})(?:\s?[–-]\s?\d{1,4})?(?:\s?ff?\.?)?$"
)
_NOT_WORDS = re.compile(r"[\s\d.,:;·…_–-]+")
_LEADERS = re.compile(r"(?:[.…·_]\s?){3,}\s*\d*$")


def with_page_numbers(lines: Sequence[PrintedLine], pages: int) -> list[PrintedLine]:
    """Return the lines of a page, page numbers at the right edge put behind their entries.

    Such a column of numbers rises from the top, to no more than the number of ``pages``.
    """
    numbers = [line for line in lines if line.text.isdigit() and not line.turned]
    if len(numbers) < FEWEST_NUMBERS:
        return list(lines)
    columns: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in sorted(numbers, key=lambda line: line.base):
        near = (key for key in columns if abs(key - line.x1) <= SAME_EDGE)
        columns[next(near, round(line.x1))].append(line)
    entries: dict[int, PrintedLine] = {}
    for column in columns.values():
        if _rises(column, pages):
            entries.update(_entries_of(column, lines))
    taken = {id(number) for number in entries.values()}
    return [
        _led(line, entries[id(line)]) if id(line) in entries else line
        for line in lines
        if id(line) not in taken
    ]


def _rises(column: Sequence[PrintedLine], pages: int) -> bool:
    """Return whether numbers rise from the top as page numbers of a table of contents do."""
    values = [int(line.text) for line in column if len(line.text) < 5]
    return (
        len(values) == len(column) >= FEWEST_NUMBERS
        and values == sorted(values)
        and values[0] < values[-1] <= pages + FRONT_MATTER
    )


def _entries_of(
    column: Sequence[PrintedLine], lines: Sequence[PrintedLine]
) -> dict[int, PrintedLine]:
    """Return the page number of each line that one stands beside, by the line's id."""
    found: dict[int, PrintedLine] = {}
    for number in column:
        beside = [
            line
            for line in lines
            if line.x1 <= number.x0
            and abs(line.base - number.base) < LEVEL * line.size
            and not (line.text.isdigit() or line.table or line.turned)
        ]
        entry = max(beside, key=lambda line: line.x1, default=None)
        if entry is not None and not is_terminal(_LEADERS.sub("", entry.text)):
            found[id(entry)] = number
    return found if len(found) >= FEWEST_NUMBERS else {}


def _led(entry: PrintedLine, number: PrintedLine) -> PrintedLine:
    """Return an entry with its page number at its end."""
    return entry._replace(
        words=(*entry.words, *number.words),
        shown=(*entry.shown, *number.shown),
        x1=number.x1,
        text=f"{entry.text} {number.text}",
    )


def mark_contents(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with the entries of tables of contents as asides, their heading as it is.

    Lines of text that were gathered with the last entry are a draft of their own.
    """
    again = _Again(drafts)
    result: list[Draft] = []
    index = 0
    while index < len(drafts):
        draft = drafts[index]
        is_headed = _is_name(draft.text)
        end = index
        if is_headed:
            end = _end_of_headed(drafts, index + 1, again)
        elif draft.kind != "table" and _may_begin(draft):
            end = _end_of_bare(drafts, index, again)
        if draft.kind in _TEXT and (_leads(draft) or (end > index and not is_headed)):
            _set_aside(draft)
        result.append(draft)
        for entry in drafts[index + 1 : end]:
            if entry.kind in _TEXT:
                _set_aside(entry)
            result.append(entry)
        if end > index + 1:
            result += _text_after(result[-1])
        index = max(end, index + 1)
    return result


def _set_aside(draft: Draft) -> None:
    draft.kind, draft.marker = "aside", None


def _text_after(draft: Draft) -> list[Draft]:
    """Return the lines below the last entry as a paragraph, taken from the entry's draft."""
    ends = [n for n, line in enumerate(draft.lines) if _page_of(line.text, MOST_PAGES)]
    if not ends or ends[-1] + 1 == len(draft.lines):
        return []
    rest = draft.lines[ends[-1] + 1 :]
    draft.lines = draft.lines[: ends[-1] + 1]
    return [Draft("paragraph", rest, draft.region)]


def _may_begin(draft: Draft) -> bool:
    return len(draft.text) <= LONGEST_ENTRY * len(draft.lines) and not draft.lines[0].turned


def _is_name(text: str) -> bool:
    """Return whether a text, its number left out, is what tables of contents are called."""
    if not text.casefold().rstrip(" :.").endswith(_names()):
        return False
    return heading_number(text)[1].casefold().strip(" :.") in _names()


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(words()["contents"])


def _leads(draft: Draft) -> bool:
    return any(is_contents_line(line.text) for line in draft.lines)


class _Again:
    """Where the words of short drafts come last; most documents have nothing that asks for it."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._texts = [draft.text for draft in drafts]
        self._places: dict[str, int] = {}

    def comes(self, text: str, place: int) -> bool:
        """Return whether a draft after the one at ``place`` has just the words of a text."""
        if not self._places:
            self._places = {
                _words_of(own): index
                for index, own in enumerate(self._texts)
                if len(own) <= LONGEST_ENTRY
            }
        own = _words_of(text)
        return bool(own) and self._places.get(own, -1) > place


def _words_of(text: str) -> str:
    """Return what an entry and its heading share: letters without numbers, points and leaders."""
    return squash(_NOT_WORDS.sub("", text)).casefold()


def _end_of_headed(drafts: Sequence[Draft], start: int, again: _Again) -> int:
    """Return the place after the last entry of a contents table whose first may be ``start``."""
    pages = drafts[-1].lines[-1].page
    near = [line.text for draft in drafts[start : start + NEAR] for line in draft.lines][:NEAR]
    leading = [place for place, text in enumerate(near) if _page_of(text, pages) is not None]
    dotted = any(map(is_contents_line, near))
    if dotted or (
        len(leading) >= FEWEST_ENTRIES and len(leading) >= LEADING_SHARE * (leading[-1] + 1)
    ):
        return _end_of_leading(drafts, start, pages)
    return _end_of_repeated(drafts, start, again)


def _end_of_leading(drafts: Sequence[Draft], start: int, pages: int) -> int:
    """Return the place after the last of the entries that end with page numbers."""
    end, misses = start, 0
    for place in range(start, len(drafts)):
        draft = drafts[place]
        if _leads(draft) or _page_of(draft.lines[-1].text, pages) is not None:
            end, misses = place + 1, 0
            continue
        misses += len(draft.lines)
        if misses > MISSES or is_terminal(draft.text) or _is_name(draft.text):
            break
    return end


def _end_of_repeated(drafts: Sequence[Draft], start: int, again: _Again) -> int:
    """Return the place after the last of the entries without page numbers.

    Half of them at least come again as headings; the others between them are numbered.
    """
    end, repeated = start, 0
    for place in range(start, len(drafts)):
        draft = drafts[place]
        found = sum(again.comes(line.text, place) for line in draft.lines)
        found = found or again.comes(draft.text, place)
        numbered = all(heading_number(line.text)[0] for line in draft.lines)
        if is_terminal(draft.text) or not (found or numbered):
            break
        if found:
            repeated, end = repeated + found, place + 1
    count = sum(len(draft.lines) for draft in drafts[start:end])
    if count >= FEWEST_ENTRIES and repeated >= REPEATED_SHARE * count:
        return end
    return _end_of_numbered(drafts, start)


def _end_of_numbered(drafts: Sequence[Draft], start: int) -> int:
    """Return the place after the entries numbered in levels (1, 1.1) that fill their page."""
    end, levels = start, set()
    while end < len(drafts) and drafts[end].page == drafts[start].page:
        numbers = [heading_number(line.text)[0] for line in drafts[end].lines]
        if None in numbers or is_terminal(drafts[end].text):
            break
        levels |= {(number or "").count(".") for number in numbers}
        end += 1
    fills = end == len(drafts) or drafts[end].page != drafts[start].page
    return end if end - start >= FEWEST_BARE and len(levels) > 1 and fills else start


def _end_of_bare(drafts: Sequence[Draft], start: int, again: _Again) -> int:
    """Return the place after a contents table without a heading that begins at ``start``.

    Its entries end with rising page numbers, and half of them come again further on.
    """
    pages = drafts[-1].lines[-1].page
    entries: list[tuple[str, int]] = []
    end, last = start, 0
    while end < len(drafts) and (
        len(entries) >= FEWEST_BARE or drafts[end].page == drafts[start].page
    ):
        for line in drafts[end].lines:
            page = _page_of(line.text, pages)
            if page is None or page < last:
                break
            last = page
            entries.append((line.text.removesuffix(str(page)), end))
        else:
            end += 1
            continue
        break
    if len(entries) < FEWEST_BARE:
        return start
    repeated = sum(again.comes(entry, place) for entry, place in entries)
    return end if repeated >= REPEATED_SHARE * len(entries) else start


def _page_of(text: str, pages: int) -> int | None:
    """Return the page number that a line ends with, if it may be an entry."""
    if len(text) > LONGEST_ENTRY or not text.rstrip("f.").rstrip()[-1:].isdecimal():
        return None
    matched = _ENDS_WITH_PAGE.search(text)
    if not matched:
        return None
    page = int(matched["page"])
    return page if page <= pages + FRONT_MATTER else None
