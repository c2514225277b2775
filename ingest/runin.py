"""Headings run into the first line of their paragraph, in bold or italics before its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from ingest.drafts import SAME_SIZE, Draft
from ingest.headings import is_abbreviated
from ingest.layout import PrintedLine, lines_of
from ingest.measures import Measures
from ingest.numbering import heading_number
from ingest.pages import PageWord

FEWEST_ALIKE = 3
"""Paragraphs that begin so from which it is how the document sets headings, and no emphasis."""

LONGEST = 90
"""Characters of the longest heading run into its paragraph."""

WIDE = 0.6
"""Type sizes that part a heading in italics from its paragraph, where no point does: spaces have
0.25 to 0.5 of it, also on justified lines, and TeX puts 1 after such a heading."""

MOST_LINES = 2
FEWEST_LETTERS = 3


class _Head(NamedTuple):
    """How a paragraph begins: its type, and the line and place of the first word after that.

    It ``counts`` where it is neither a label nor all of the paragraph.
    """

    bold: bool
    italic: bool
    color: int
    line: int
    word: int
    counts: bool


def part_run_in(drafts: Sequence[Draft], measures: Measures) -> list[Draft]:
    """Return the drafts with the headings that paragraphs begin with as drafts of their own.

    A heading ends with a point, or the paragraph begins with a capital after it. What ends with a
    colon is a label, unless more others in the same type are headings.
    """
    heads = {index: head for index, draft in enumerate(drafts) if (head := _head(draft, measures))}
    alike = Counter(head[:3] for head in heads.values() if head.counts)
    others = Counter(head[:3] for head in heads.values() if not head.counts)
    kept = {key for key, count in alike.items() if count >= max(FEWEST_ALIKE, others[key])}
    if not kept:
        return list(drafts)
    return list(
        chain.from_iterable(
            _parted(draft, heads[index]) if index in heads and heads[index][:3] in kept else [draft]
            for index, draft in enumerate(drafts)
        )
    )


def _head(draft: Draft, measures: Measures) -> _Head | None:
    """Return how a paragraph of running text begins in other type than its own, or None."""
    first = draft.lines[0]
    if draft.kind != "paragraph" or draft.boxed or first.turned or not first.words:
        return None
    style, body = first.words[0].style, measures.body
    stands_out = (style.bold > body.bold or style.italic > body.italic) and not first.small_capitals
    if not stands_out or abs(style.size - body.size) > SAME_SIZE * body.size:
        return None
    for place, line in enumerate(draft.lines[:MOST_LINES]):
        at = _end(line, (style.bold, style.italic))
        if at < len(line.words):
            return _told(draft, place, at) if place or at else None
    return _told(draft, 0, len(first.words)) if len(draft.lines) == 1 else None


def _end(line: PrintedLine, type_: tuple[bool, bool]) -> int:
    """Return the index of the first word of a line in other type; calls go with the one before."""
    for index, word in enumerate(line.words):
        if (word.style.bold, word.style.italic) != type_ and not word.raised:
            return index
    return len(line.words)


def _told(draft: Draft, place: int, at: int) -> _Head | None:
    """Return the beginning of a draft before a word where it is a heading or label."""
    words = [*chain.from_iterable(line.words for line in draft.lines[:place])]
    words += draft.lines[place].words[:at]
    following = draft.lines[place].words[at : at + 1]
    text = " ".join(word.text for word in words if not word.raised)
    own = heading_number(text)[1]
    if len(text) > LONGEST or sum(map(str.isalpha, own)) < FEWEST_LETTERS:
        return None
    if not own[:1].isupper() or not all(map(_begins, following)):
        return None
    style = words[0].style
    may_be_bare = bool(following) and not text.endswith((",", ";", "–", "-", "!"))
    if not style.bold:
        may_be_bare &= _is_wide(words[-1], following[0]) if following else False
    if not (text.endswith(".") or may_be_bare):
        return None
    counts = bool(following) and not text.endswith(":")
    return _Head(style.bold, style.italic, style.color, place, at, counts)


def _is_wide(word: PageWord, following: PageWord) -> bool:
    """Return whether more than a space parts a word from the next on its line, as TeX sets them."""
    return following.x0 - word.x1 > WIDE * word.style.size


def _begins(word: PageWord) -> bool:
    """Return whether a word can begin the text of a paragraph."""
    if word.glued:
        return False
    return word.text.lstrip('”"»(')[:1].isupper() or word.text[:1].isdigit()


def _parted(draft: Draft, head: _Head) -> list[Draft]:
    """Return a paragraph as the heading that it begins with and the rest."""
    line = draft.lines[head.line]
    if head.word == len(line.words):
        whole = [*draft.lines[:-1], _without_point(line)]
        return [replace(draft, kind="heading", lines=whole, run_in=True)]
    before = _line(line, line.words[: head.word]) if head.word else None
    after = _line(line, line.words[head.word :])
    if after is None or (head.word and before is None):
        return [draft]
    lines = [*draft.lines[: head.line], *([before] if before else [])]
    lines[-1] = _without_point(lines[-1])
    heading = Draft("heading", lines, draft.region, gap=draft.gap, run_in=True)
    rest = [after, *draft.lines[head.line + 1 :]]
    return [heading, Draft("paragraph", rest, draft.region, last_region=draft.last_region)]


def _line(line: PrintedLine, words: Sequence[PageWord]) -> PrintedLine | None:
    """Return some words of a line as a line, None where they do not stand on one."""
    made = lines_of(line.page, words)
    return made[0]._replace(box=line.box) if len(made) == 1 else None


def _without_point(line: PrintedLine) -> PrintedLine:
    """Return the last line of a heading without the point that parts it from its paragraph."""
    last = line.shown[-1] if line.shown else None
    if last is None or not line.text.endswith(".") or is_abbreviated(line.text):
        return line
    whole = last._replace(text=last.text[:-1])
    return line._replace(text=line.text[:-1], shown=(*line.shown[:-1], whole))
