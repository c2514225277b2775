"""Lines gathered to drafts of blocks: where a paragraph, item or heading begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from corpus.models import BlockKind, Call
from ingest.layout import PrintedLine, Region
from ingest.measures import Measures
from ingest.numbering import Marker, glued_marker, list_marker

LOOSE = 1.22
"""Line distance in usual ones from which a paragraph ends: halfway to the smallest spacing that
people set between paragraphs, half a line."""

LOOSE_WITH_CALL = 1.45
"""The same for a line with a footnote's call: browsers push it down by the call's own height."""

LONE_CALL = 0.75
"""Part of the size of the text above below which a number alone on a line is a call: type set as
superscript has 0.58 to 0.7 of it."""

SAME_SIZE = 0.08
"""Relative difference up to which two sizes are one."""

INDENT_LEAST, INDENT_MOST = 0.5, 5.0
"""Type sizes by which a first line is indented."""

EDGE = 0.35
"""Type sizes by which left edges of one paragraph differ (optical margins, italics)."""

SPARE = 0.45
"""Type sizes (a space and some slack) by which the next word must have fitted on a line before
the line counts as ended early."""

JUSTIFIED = 0.7
"""Points by which the right ends of two justified lines differ at most."""

CENTRED = 0.3
"""Type sizes by which the middles of centred lines of a heading differ at most."""

LEAST_CAPITALS = 5
"""Letters from which a line in capitals is no abbreviation."""

FREE_SHARE = 0.25
"""Part of the column's width left free at a line that ends without a point but on purpose."""

_LEADER = re.compile(r"(?:(?:[.·_]\s?){4,}|(?:…\s?){2,})\s*(?:[0-9]{1,4}|[ivxl]{1,6})$")
_NUMBERS = "ivxl0123456789"
_LEADERS = ".·_…"
_TERMINALS = frozenset(".!?:…")
_CLOSING = ")”\"'’»"


@dataclass(slots=True)
class Draft:
    """Lines that will be one block; a heading may be ``run_in`` to the first line of the next."""

    kind: BlockKind
    lines: list[PrintedLine]
    region: Region
    marker: Marker | None = None
    number: str | None = None
    level: int | None = None
    gap: float = 0.0
    last_region: Region | None = None
    run_in: bool = False

    @property
    def page(self) -> int:
        """The page on which the draft begins."""
        return self.lines[0].page

    @property
    def boxed(self) -> bool:
        """Whether the draft stands in a tinted or framed box."""
        return self.lines[0].box is not None

    @property
    def text(self) -> str:
        """The words in one line, with the marker, line ends not mended."""
        lines = self.lines
        return lines[0].text if len(lines) == 1 else " ".join([line.text for line in lines])

    @property
    def end_region(self) -> Region:
        """The region that the last line stands in."""
        return self.last_region or self.region

    @property
    def line_before_last(self) -> PrintedLine | None:
        """The line before the last, if there are two."""
        return self.lines[-2] if len(self.lines) > 1 else None

    @property
    def in_small_capitals(self) -> bool:
        """Whether the draft is set in capitals of two sizes."""
        return self.lines[0].small_capitals > 0

    @property
    def text_x0(self) -> float:
        """The left edge of an item's text, after its marker."""
        first = self.lines[0]
        if self.marker and len(first.words) > 1:
            return first.words[1].x0
        return first.x0


def is_terminal(text: str) -> bool:
    """Return whether a text ends as a sentence does."""
    return text.rstrip(_CLOSING)[-1:] in _TERMINALS


def is_unfinished(text: str) -> bool:
    """Return whether a line ends with a hyphen, a comma or a word that another must follow."""
    return text[-1:] in "-‐," or is_governing(text.rsplit(" ", 1)[-1])


def is_governing(word: str) -> bool:
    """Return whether another word must follow this one: *för*, *och*, *att*."""
    return word.casefold() in _unfinished()


@lru_cache(maxsize=1)
def _unfinished() -> frozenset[str]:
    content = yaml.safe_load((files("ingest") / "data" / "lineends.yml").read_text("utf-8"))
    return frozenset(content["unfinished"])


def is_contents_line(text: str) -> bool:
    """Return whether a line leads with dots to a page number."""
    before = text.rstrip(_NUMBERS)
    if len(before) == len(text) or before.rstrip()[-1:] not in _LEADERS:
        return False
    return bool(_LEADER.search(text))


def gather(regions: Sequence[Region], measures: Measures) -> list[Draft]:
    """Return the lines of regions in reading order as drafts."""
    drafts: list[Draft] = []
    for region in regions:
        for index, line in enumerate(region.lines):
            before = region.lines[index - 1] if index else None
            open_draft = drafts[-1] if drafts and (index or _adjoins(drafts[-1], line)) else None
            if open_draft is not None and _is_lone_call(open_draft.lines[-1], line, measures):
                open_draft.lines[-1] = _called(open_draft.lines[-1], line)
                continue
            if open_draft is not None and not _begins(open_draft, line, region, measures):
                open_draft.lines.append(line)
                open_draft.last_region = region
                continue
            marker = _marker(line.text, drafts[-1] if drafts else None)
            drafts.append(
                Draft(
                    "table" if line.table else "list_item" if marker else "paragraph",
                    [line],
                    region,
                    marker,
                    gap=line.base - before.base if before else 0.0,
                )
            )
    return drafts


def _marker(text: str, before: Draft | None) -> Marker | None:
    """Return the mark that a line begins with; a number without a space goes on a list."""
    marker = list_marker(text) if text else None
    if marker is not None or before is None or before.marker is None:
        return marker
    glued = glued_marker(text)
    return glued if glued and _is_next(before.marker, glued) else None


def _is_lone_call(last: PrintedLine, line: PrintedLine, measures: Measures) -> bool:
    """Return whether a line holds nothing but a call that the line's end has torn off its word."""
    return (
        line.size < LONE_CALL * last.size
        and len(line.words) == 1
        and line.text.isdigit()
        and abs(line.x0 - last.x0) < EDGE * last.size
        and 0 < line.base - last.base < measures.leading(last.size)
    )


def _called(line: PrintedLine, call: PrintedLine) -> PrintedLine:
    """Return a line with a call at its end."""
    return line._replace(calls=(*line.calls, Call(len(line.text), call.text)))


def _adjoins(draft: Draft, line: PrintedLine) -> bool:
    """Return whether a region's first line stands right below a draft, as after a narrow band."""
    last = draft.lines[-1]
    return (
        last.page == line.page
        and not last.turned
        and not line.turned
        and last.base < line.base
        and abs(last.x0 - line.x0) < INDENT_MOST * line.size
    )


def _begins(draft: Draft, line: PrintedLine, region: Region, measures: Measures) -> bool:
    """Return whether a line begins a new block after ``draft``."""
    last = draft.lines[-1]
    if draft.marker and len(last.words) == 1 and last is draft.lines[0]:
        return line.base - last.base > measures.leading(line.size) * LOOSE
    if _differs(last, line) or _changes_capitals(draft, line):
        return True
    size = last.size if _goes_on_in_small_capitals(last, line) else line.size
    loose = LOOSE_WITH_CALL if line.calls and not is_terminal(last.text) else LOOSE
    if line.base - last.base > loose * measures.leading(size) or line.base < last.base:
        return True
    marker = _marker(line.text, draft)
    if marker and _is_item(marker, draft, line, measures):
        return True
    if draft.marker:
        return _ends_item(draft, line, measures)
    return _ends_paragraph(draft, line, region, measures)


def _differs(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether two lines are set so differently that they are of different blocks."""
    if is_contents_line(line.text) or is_contents_line(other.text) or line.table or other.table:
        return True
    if line.turned != other.turned or line.box != other.box or other.words[0].raised:
        return True
    if _goes_on_in_small_capitals(line, other):
        return False
    if (line.small_capitals > 0) != (other.small_capitals > 0):
        return True
    if abs(line.size - other.size) > SAME_SIZE * max(line.size, other.size):
        return True
    is_new = line.underlined != other.underlined and other.text[:1].isupper()
    return is_new or _changes_style(line, other)


def _changes_capitals(draft: Draft, line: PrintedLine) -> bool:
    """Return whether a heading in capitals ends before a line, or begins with it."""
    if draft.in_small_capitals:
        return False
    first = draft.lines[0].text
    above = first == first.upper() and in_capitals(draft.text)
    below = in_capitals(line.text)
    if above:
        return not below and line.text != line.text.upper()
    return below and is_terminal(draft.text)


def in_capitals(text: str) -> bool:
    """Return whether a text is in capitals and no abbreviation."""
    return text == text.upper() and sum(map(str.isalpha, text)) >= LEAST_CAPITALS


def _goes_on_in_small_capitals(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether ``other`` holds only the small ones of the small capitals of ``line``."""
    return (
        abs(line.small_capitals - other.size) < SAME_SIZE * other.size
        and line.style.color == other.style.color
        and (other.text == other.text.upper() or line.words[-1].style == other.style)
    )


def _changes_style(line: PrintedLine, other: PrintedLine) -> bool:
    """Return whether weight, slope or colour change between two lines, and not within them."""
    a, b = line.style, other.style
    if (a.bold, a.italic, a.color) == (b.bold, b.italic, b.color):
        return False
    first, last = other.words[0].style, line.words[-1].style
    runs_on = (first.bold, first.italic, first.color) == (last.bold, last.italic, last.color)
    if a.color != b.color and not runs_on:
        return True
    if _mixed(line) or _mixed(other):
        return False
    return is_terminal(line.text) or not other.text[:1].islower()


def _mixed(line: PrintedLine) -> bool:
    """Return whether a line is set in more than one weight or slope."""
    styles = {(word.style.bold, word.style.italic) for word in line.words if len(word.text) > 1}
    return len(styles) > 1


def _is_item(marker: Marker, draft: Draft, line: PrintedLine, measures: Measures) -> bool:
    """Return whether a line that begins with a marker is an item, not a line broken before it."""
    if marker.number is None and marker.sign not in "–—−‒-o*":
        return True
    if draft.marker and _is_next(draft.marker, marker):
        return line.x0 < draft.text_x0 - EDGE * line.size
    last = draft.lines[-1]
    right = measures.right(last, draft.end_region)
    if is_terminal(last.text) or ended_early(last, line, right, draft.line_before_last):
        return True
    same_list = draft.marker is not None and draft.marker.family == marker.family
    flush = abs(line.x0 - draft.lines[0].x0) <= EDGE * line.size
    if draft.marker:
        return same_list and flush and draft.text_x0 - draft.lines[0].x0 > EDGE * line.size
    return line.x0 - last.x0 > INDENT_LEAST * line.size


def _is_next(marker: Marker, other: Marker) -> bool:
    """Return whether a number is the next of the same list: *10.* after *9.*."""
    if marker.number is None or other.number is None or marker.family != other.family:
        return False
    digits, following = marker.number.strip("()[]."), other.number.strip("()[].")
    return digits.isdigit() and following.isdigit() and int(following) == int(digits) + 1


def _ends_item(draft: Draft, line: PrintedLine, measures: Measures) -> bool:
    """Return whether a line is no longer part of a list item."""
    last, size = draft.lines[-1], line.size
    early = ended_early(last, line, measures.right(last, draft.end_region), draft.line_before_last)
    ended = is_terminal(last.text) and early
    hangs = draft.text_x0 - draft.lines[0].x0 > EDGE * size
    if hangs and abs(line.x0 - draft.text_x0) <= EDGE * size:
        return ended or (early and line.text[:1].isupper())
    if hangs and measures.hanging and _is_out_of_item(draft, line, measures):
        return True
    if len(draft.lines) > 1 and abs(line.x0 - last.x0) <= EDGE * size:
        return ended
    return is_terminal(last.text) or early


def _is_out_of_item(draft: Draft, line: PrintedLine, measures: Measures) -> bool:
    """Return whether a line begins below the marker of an item whose own lines hang."""
    is_text = line.style.bold == measures.body.bold and line.size <= measures.body.size
    return (
        is_text
        and line.text[:1].isupper()
        and abs(line.x0 - draft.lines[0].x0) <= EDGE * line.size
        and all(abs(own.x0 - draft.text_x0) <= EDGE * own.size for own in draft.lines[1:])
    )


def _ends_paragraph(draft: Draft, line: PrintedLine, region: Region, measures: Measures) -> bool:
    last, size = draft.lines[-1], line.size
    shift = (line.x0 - last.x0) / size
    larger = size > measures.body.size * (1 + SAME_SIZE)
    one_middle = abs(last.center - line.center) < CENTRED * size and abs(shift) > EDGE
    if (larger and one_middle) or (_is_centred(last, region) and _is_centred(line, region)):
        return False
    early = ended_early(last, line, measures.right(last, draft.end_region), draft.line_before_last)
    if shift > INDENT_LEAST:
        goes_on = len(draft.lines) == 1 and not is_terminal(last.text)
        return not (goes_on and (shift > INDENT_MOST or not early))
    if shift < -INDENT_LEAST and len(draft.lines) > 1:
        return is_terminal(last.text) or early
    if not early or is_unfinished(last.text):
        return False
    if is_terminal(last.text):
        return True
    free = measures.right(last, draft.end_region) - last.x1
    width = measures.right(last, draft.end_region) - draft.end_region.x0
    return not larger and free > FREE_SHARE * width and not line.text[:1].islower()


def _is_centred(line: PrintedLine, region: Region) -> bool:
    """Return whether a line stands in the middle of its column, away from both edges."""
    left, right = line.x0 - region.x0, region.x1 - line.x1
    return left > line.size and abs(left - right) < line.size


def ended_early(
    line: PrintedLine, following: PrintedLine, right: float, before: PrintedLine | None = None
) -> bool:
    """Return whether the next line's first word would have fitted on this line.

    Two lines that end at the same place are justified there, whatever the column's width.
    """
    for other in (before, following):
        if other is not None and abs(line.x1 - other.x1) < JUSTIFIED and other is not line:
            return False
    first = following.words[0]
    return line.x1 + first.x1 - first.x0 + SPARE * line.size < right
