"""Running headers, footers and page numbers, known by their repetition over the pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.ids import squash
from ingest.layout import PrintedLine
from ingest.pages import PageContent, Style

HEADER_ZONE, FOOTER_ZONE = 0.17, 0.82
"""Parts of the page's height above and below which a line may be furniture: margins
of 140 points of A4, room for a logotype with a case number and for three lines of address."""

SIDE_ZONE = 0.15
"""Part of the page's width at its edges where turned running titles stand."""

SAME_HEIGHT = 6.0
"""Points by which a running line's baseline differs between pages."""

SAME_NUMBERS = 3
"""Other pages with the same number at the same height, from which it is a year in a running head:
numbers of pages differ, and figures of tables seldom come again so often."""

NEAR_PAGES = 2
"""Pages within which a running line comes again: left and right pages alternate."""

TOUCHING = 1.6
"""Type sizes of distance within which two lines of one style belong together."""

SLOT_SHARE = 0.5
SLOT_PAGES = 4
"""A line's height and style make a slot of running headings, whose text changes by chapter, from
this share of the pages and this number."""

OWN_SIZE = 0.95
"""Part of the text's size from which titles that differ from page to page are of its size."""

_PAGE_NUMBER = re.compile(
    r"(?:sida|sid|s|page|p)?\.?\s*[-–(]?\s*(\d{1,4}|[ivxlc]{1,7})\s*[-–)]?"
    r"\s*(?:[(/]\s*\d{1,4}\s*\)?|(?:av|of)\s+\d{1,4})?",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"(?:sida|sid|s|page)?\.?\s*\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|(?:av|of|/)\s*\d{1,3})",
    re.IGNORECASE,
)
_EDGE_NUMBER = re.compile(r"^\d{1,4}\b|\b\d{1,4}$")
_LAST_NUMBER = re.compile(r"\d{1,4}$")
_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,7}")
_DIGITS = re.compile(r"\d+")


class PageLines(NamedTuple):
    """The lines of a page, its furniture parted from its body."""

    page: PageContent
    headers: tuple[PrintedLine, ...]
    body: tuple[PrintedLine, ...]
    footers: tuple[PrintedLine, ...]


class _Place(NamedTuple):
    page: int
    base: float
    number: int | None


class _Running(NamedTuple):
    """What tells running lines: where lines stand, on how many pages.

    No function within a function: compiled, that would hold all pages until the collector comes.
    """

    seen: dict[tuple[str, str], list[tuple[_Place, str]]]
    slots: frozenset[tuple[int, Style]]
    counting: frozenset[int]
    headings: frozenset[tuple[str, Style]]
    page_count: int

    def among(self, page: PageContent, lines: Sequence[PrintedLine]) -> set[int]:
        """Return the ids of the running lines among those of a page."""
        outermost = _outermost(lines)
        return {id(line) for line in lines if self._holds(line, page, outermost)}

    def _holds(self, line: PrintedLine, page: PageContent, outermost: tuple[float, float]) -> bool:
        zone = _zone(line, page)
        if zone == "top" and _slot(line) in self.slots:
            return True
        if not zone or (_key(line), line.style) in self.headings:
            return False
        if id(line) in self.counting or _is_own_number(line, page, outermost):
            return True
        return _comes_again(line, zone, self.seen, self.page_count)


def part_furniture(
    pages: Sequence[tuple[PageContent, Sequence[PrintedLine]]],
) -> list[PageLines]:
    """Return the pages with running headers and footers parted from the body."""
    running = _Running(
        _places(pages),
        _slots(pages),
        _counting(pages),
        _repeated_headings(pages),
        len(pages),
    )
    return [_parted(page, lines, running.among(page, lines)) for page, lines in pages]


def _parted(page: PageContent, lines: Sequence[PrintedLine], running: set[int]) -> PageLines:
    """Return a page's lines parted, those left in the body that touch other lines of the body."""
    parts: dict[str, list[PrintedLine]] = {"top": [], "": [], "foot": []}
    body = [line for line in lines if id(line) not in running]
    again = [line for line in lines if id(line) in running]
    joined = [line for line in again if any(_touch(line, other) for other in body)]
    for line in joined:
        joined += [other for other in again if other not in joined and _run_on(line, other)]
    freed = set(map(id, joined))
    for line in lines:
        is_furniture = id(line) in running and id(line) not in freed
        parts[_zone(line, page) if is_furniture else ""].append(line)
    headers, rest, footers = map(tuple, parts.values())
    return PageLines(page, headers, rest, footers)


def _run_on(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether two lines follow each other within a sentence.

    So stand lines of a footnote that comes again at the same place of another page.
    """
    below = line if line.base > other.base else other
    return below.text[:1].islower() and _touch(line, other)


def _touch(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether two lines follow each other as the lines of a paragraph do."""
    distance = abs(line.base - other.base)
    return (
        line.style == other.style
        and 0 < distance < TOUCHING * line.size
        and abs(line.x0 - other.x0) < line.size / 2
    )


def _zone(line: PrintedLine, page: PageContent) -> str:
    if not page.height:
        return ""
    if line.turned:
        at_edge = line.x1 < SIDE_ZONE * page.width or line.x0 > (1 - SIDE_ZONE) * page.width
        return "top" if at_edge else ""
    if line.bottom < HEADER_ZONE * page.height:
        return "top"
    return "foot" if line.top > FOOTER_ZONE * page.height else ""


def _key(line: PrintedLine) -> str:
    return _key_of(line.text)


@lru_cache(maxsize=8192)
def _key_of(text: str) -> str:
    return _DIGITS.sub("#", squash(text).casefold())


def _number(line: PrintedLine) -> int | None:
    """Return the number that may be the page's, the first of the line's numbers."""
    found = _DIGITS.search(line.text)
    return int(found[0][:6]) if found else None


def _places(
    pages: Sequence[tuple[PageContent, Sequence[PrintedLine]]],
) -> dict[tuple[str, str], list[tuple[_Place, str]]]:
    seen: dict[tuple[str, str], list[tuple[_Place, str]]] = defaultdict(list)
    for page, lines in pages:
        for line in lines:
            zone = _zone(line, page)
            if zone:
                place = _Place(page.number, line.base, _number(line))
                seen[zone, _key(line)].append((place, line.text))
    return seen


def _comes_again(
    line: PrintedLine,
    zone: str,
    seen: dict[tuple[str, str], list[tuple[_Place, str]]],
    page_count: int,
) -> bool:
    """Return whether the same line, or one that counts the pages, stands on another page near."""
    number = _number(line)
    is_number = bool(_PAGE_NUMBER.fullmatch(line.text))
    others = [
        (place, text)
        for place, text in seen[zone, _key(line)]
        if place.page != line.page and abs(place.base - line.base) <= SAME_HEIGHT
    ]
    if is_number and sum(text == line.text for _place, text in others) >= SAME_NUMBERS:
        return True
    for place, text in others:
        near = abs(place.page - line.page) <= NEAR_PAGES
        if text == line.text and not is_number and (near or len(others) * 2 >= page_count):
            return True
        if number is None or place.number is None:
            continue
        if place.number - number == place.page - line.page and (is_number or len(others) > 1):
            return True
    return is_number and (bool(_OF_ALL.fullmatch(line.text)) or _is_roman(line, others))


def _outermost(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """Return the highest and the lowest baseline of a page's level lines."""
    bases = [line.base for line in lines if not line.turned] or [0.0]
    return min(bases), max(bases)


def _is_own_number(line: PrintedLine, page: PageContent, outermost: tuple[float, float]) -> bool:
    """Return whether a line is the page's number in the file, alone above or below all else."""
    return line.text.strip("-– ") == str(page.number) and line.base in outermost


def _repeated_headings(
    pages: Sequence[tuple[PageContent, Sequence[PrintedLine]]],
) -> frozenset[tuple[str, Style]]:
    """Return the texts and styles that stand within pages as often as at their edges.

    So stand headings that come again in each chapter, some of them at the top of a page.
    """
    outer = Counter(
        (_key(line), line.style)
        for page, lines in pages
        for line in lines
        if _zone(line, page) and _may_be_heading(line)
    )
    inner: Counter[tuple[str, Style]] = Counter()
    for page, lines in pages if outer else ():
        for line in lines:
            key = _key(line), line.style
            if key in outer and not _zone(line, page) and _may_be_heading(line):
                inner[key] += 1
    return frozenset(key for key, count in inner.items() if count >= outer[key])


def _may_be_heading(line: PrintedLine) -> bool:
    return any(map(str.isalpha, line.text)) and not _PAGE_NUMBER.fullmatch(line.text)


def _counting(pages: Sequence[tuple[PageContent, Sequence[PrintedLine]]]) -> frozenset[int]:
    """Return the ids of lines that count the pages beside other words on left and right pages.

    Of two such lines one at least ends with its number: footnotes count from line to line too.
    """
    found: dict[tuple[str, Style], list[PrintedLine]] = defaultdict(list)
    for page, lines in pages:
        for line in lines:
            if _zone(line, page) and _EDGE_NUMBER.search(line.text):
                found[_zone(line, page), line.style].append(line)
    return frozenset(id(line) for alike in found.values() for line in _counting_on(alike))


def _counting_on(alike: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """Yield the lines that end with their page's number or have it, where another has its own.

    They are found by how far their numbers are from those that their pages have in the file.
    """
    ending: dict[int, list[PrintedLine]] = defaultdict(list)
    having: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in alike:
        last = _LAST_NUMBER.search(line.text)
        if last:
            ending[int(last[0]) - line.page].append(line)
        words = line.text.split()
        for word in {words[0], words[-1]}:
            if _WHOLE_NUMBER.fullmatch(word):
                having[int(word) - line.page].append(line)
    for offset in ending.keys() & having.keys():
        ends, others = ending[offset], having[offset]
        if len(set(map(_key, (*ends, *others)))) > 1:
            yield from (line for line in ends if any(_is_pair(line, other) for other in others))
            yield from (other for other in others if any(_is_pair(line, other) for line in ends))


def _is_pair(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether two lines say something else on two pages at the same height."""
    is_level = abs(line.base - other.base) <= SAME_HEIGHT
    return is_level and line.page != other.page and _key(line) != _key(other)


def _is_roman(line: PrintedLine, others: Sequence[tuple[_Place, str]]) -> bool:
    return bool(re.fullmatch(r"[ivxlc]+", line.text, re.IGNORECASE)) and bool(others)


def _slot(line: PrintedLine) -> tuple[int, Style]:
    return round(line.base / 3), line.style


def _slots(
    pages: Sequence[tuple[PageContent, Sequence[PrintedLine]]],
) -> frozenset[tuple[int, Style]]:
    """Return the heights and styles in which most pages have a running heading.

    The type is not the text's own and no larger, so that chapter headings are left alone. What each
    page has of its own in type of the text's size is the title of a slide.
    """
    styles: Counter[Style] = Counter()
    counts: Counter[tuple[int, Style]] = Counter()
    texts: dict[tuple[int, Style], set[str]] = defaultdict(set)
    filled = 0
    for page, lines in pages:
        filled += bool(lines)
        for line in lines:
            styles[line.style] += len(line.text)
        own = {_slot(line): line for line in lines if _zone(line, page) == "top"}
        counts.update(own.keys())
        for slot, line in own.items():
            texts[slot].add(_key(line))
    if not styles:
        return frozenset()
    body = styles.most_common(1)[0][0]
    least = max(SLOT_PAGES, SLOT_SHARE * filled)
    return frozenset(
        slot
        for slot, count in counts.items()
        if count >= least
        and slot[1] != body
        and slot[1].size <= body.size
        and (len(texts[slot]) < count or slot[1].size < OWN_SIZE * body.size)
    )
