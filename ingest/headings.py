"""Which drafts are headings, and of which level: numbers decide, then the look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.drafts import SAME_SIZE, Draft, is_terminal
from ingest.layout import is_of_small_capitals
from ingest.measures import Measures
from ingest.numbering import depth, heading_number
from ingest.plainheads import plain_headings

LONGEST_HEADING = 180
"""Characters of the longest heading: two full lines; the gold's longest has 75."""

MOST_LINES, MOST_LARGE_LINES = 4, 8
"""Lines of the longest heading in the text's size, and of one in larger type or in the margin."""

MOST_OVER_TEXT = 0.25
"""Headings by themselves over paragraphs, in those run into one, from which both are meant."""

FEWEST_LETTERS = 3
CAPITALS_LEAST, CAPITALS_ALONE = 4, 5
"""Letters of the shortest heading in capitals, and of one that is a single word: *SYFTE*, while
short names of bodies and laws have up to four."""

APART = 1.1
"""Line distance in usual ones that parts a numbered heading in plain type from the text above."""

SHORTEST_LEAD = 75
"""Characters above which bold or italic type of the text's own size below a heading is its lead."""

LONGEST_COLON = 90
"""Characters of the longest heading that ends with a colon; longer ones introduce a list."""

RUNNING_TEXT = 130
"""Characters from which a paragraph is running text."""

DEPTH_SHARE = 0.2
"""Share of the headings of one look that stand at a level or deeper, for it to be theirs."""

WEIGHT = 4
"""How many parts of the rank of a look, the first, are its place, size, capitals and weight."""

SMALLEST = 0.88
"""Part of the body size below which bold type is a label in a letterhead, table or figure."""

_NO_END = re.compile(r"[.,;…–]$|[-‐]$|[.!]”$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ABBREVIATED = re.compile(r"\b(?:m\.m|m\.fl|o\.d|osv|etc|bl\.a)\.$")
_TOP_WORDS = re.compile(r"(?:bilaga|kapitel|appendix|del|avdelning)\b\s*(?:\d+|[A-Z])?\b", re.I)


class Look(NamedTuple):
    """What tells two levels of headings apart; ``color`` counts the colours as they come.

    ``run_in`` tells whether they are set into the first line of their paragraph.
    """

    size: float
    bold: bool
    italic: bool
    capitals: bool
    underlined: bool
    color: int
    run_in: bool


def look(draft: Draft, colors: Sequence[int] = ()) -> Look:
    """Return how a heading looks, its colour by its place among ``colors``."""
    style = draft.lines[0].style
    capitals = _is_in_small_capitals(draft) or draft.text == draft.text.upper()
    color = colors.index(style.color) if style.color in colors else style.color
    underlined = draft.lines[0].underlined
    return Look(
        round(style.size), style.bold, style.italic, capitals, underlined, color, draft.run_in
    )


def mark_headings(drafts: Sequence[Draft], measures: Measures) -> None:
    """Turn the drafts that are headings into headings, with number and level."""
    plain = plain_headings(drafts, measures)
    for index, draft in enumerate(drafts):
        before = drafts[index - 1] if index else None
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        if draft.boxed or draft.kind not in ("paragraph", "list_item"):
            continue
        if draft.kind == "list_item" and not _is_numbered_heading(draft, measures):
            continue
        if before is not None and _is_lead(draft, before, measures):
            continue
        if id(draft) in plain or _is_heading(draft, following, measures):
            draft.kind = "heading"
            draft.marker = None
    headings = [draft for draft in drafts if draft.kind == "heading"]
    for draft in headings:
        draft.number = heading_number(draft.text)[0]
    _mark_over_lists(drafts)
    _set_levels(headings, _first_text_page(drafts), _titles(drafts))


def _mark_over_lists(drafts: Sequence[Draft]) -> None:
    """Count headings without numbers to those run into paragraphs in their type.

    They stand by themselves over lists, where there is no paragraph, and where they fill their
    line. Where many stand over paragraphs in that type it is of two kinds.
    """
    looks = Counter(look(draft) for draft in drafts if draft.run_in)
    alone = [
        (draft, look(draft)._replace(run_in=True), following.kind == "paragraph")
        for draft, following in pairwise(drafts)
        if looks and draft.kind == "heading" and not draft.number and not draft.run_in
    ]
    over_text = Counter(key for _draft, key, is_text in alone if is_text)
    for draft, key, _is_text in alone:
        draft.run_in = over_text[key] < MOST_OVER_TEXT * looks[key]


def _titles(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the headings before the first text of a document: its title, subtitle and number."""
    titles: list[Draft] = []
    for draft in drafts:
        if draft.kind in ("paragraph", "list_item"):
            break
        if draft.kind == "heading":
            titles.append(draft)
    return titles


def _first_text_page(drafts: Sequence[Draft]) -> int:
    """Return the first page with running text; pages before it are covers and the like."""
    pages = (
        draft.page
        for draft in drafts
        if draft.kind == "paragraph" and len(draft.text) >= RUNNING_TEXT
    )
    return next(pages, 1)


def _is_numbered_heading(draft: Draft, measures: Measures) -> bool:
    number, _text = heading_number(draft.text)
    return number is not None and _stands_out(draft, measures)


def _is_heading(draft: Draft, following: Draft | None, measures: Measures) -> bool:
    in_margin = following is not None and _is_in_margin(draft, following)
    most = MOST_LARGE_LINES if in_margin or _is_larger(draft, measures) else MOST_LINES
    if len(draft.lines) > most or not _may_be_heading(draft, measures):
        return False
    if following is None:
        return _is_larger(draft, measures) and _TOP_WORDS.match(draft.text) is not None
    if _continues(following) and not _is_larger(draft, measures):
        return False
    return (
        _stands_out(draft, measures)
        or _is_plainly_numbered(draft, measures)
        or _is_italic_heading(draft, following, measures)
    )


def _may_be_heading(draft: Draft, measures: Measures) -> bool:
    """Return whether a draft is short, begins and ends as a heading can, and is not small."""
    text = draft.text
    first = draft.lines[0]
    return (
        len(text) <= (LONGEST_COLON if text.endswith(":") else LONGEST_HEADING)
        and not first.turned
        and first.size >= SMALLEST * measures.body.size
        and sum(map(str.isalpha, text)) >= FEWEST_LETTERS
        and (text[0].isupper() or text[0] in '0123456789§"”»(' or draft.in_small_capitals)
        and (not _NO_END.search(text) or is_abbreviated(text))
        and not _IN_BRACKETS.fullmatch(text)
    )


def is_abbreviated(text: str) -> bool:
    """Return whether a text ends with an abbreviation: its point ends no sentence."""
    return bool(_ABBREVIATED.search(text))


def _is_plainly_numbered(draft: Draft, measures: Measures) -> bool:
    """Return whether a draft in the text's own type is a heading by its number of two parts."""
    number = heading_number(draft.text)[0]
    if not number or "." not in number or len(draft.lines) > 2 or is_terminal(draft.text):
        return False
    return draft.gap == 0 or draft.gap > measures.leading(draft.lines[0].size) * APART


def _continues(following: Draft) -> bool:
    """Return whether a draft begins inside a sentence, as no text under a heading does."""
    return following.kind == "paragraph" and following.text[:1].islower()


def _is_lead(draft: Draft, before: Draft, measures: Measures) -> bool:
    """Return whether a draft is the lead in bold or italics that a heading has below it."""
    return (
        before.kind == "heading"
        and before.page == draft.page
        and len(draft.text) > SHORTEST_LEAD
        and not heading_number(draft.text)[0]
        and not _is_larger(draft, measures)
        and look(before) != look(draft)
    )


def _is_larger(draft: Draft, measures: Measures) -> bool:
    return draft.lines[0].size > measures.body.size * (1 + SAME_SIZE)


def _stands_out(draft: Draft, measures: Measures) -> bool:
    """Return whether a draft is larger, bolder, underlined, in capitals or in a colour."""
    style = draft.lines[0].style
    if _is_larger(draft, measures):
        return True
    if all(line.style.bold for line in draft.lines) and not measures.body.bold:
        return all(word.style.bold for line in draft.lines for word in line.words[1:])
    if style.color != measures.body.color and len(draft.lines) <= 2:
        return all(word.style.color == style.color for word in draft.lines[-1].words)
    underlined = all(line.underlined for line in draft.lines)
    if _is_in_small_capitals(draft) and not is_of_small_capitals(measures.body.font):
        return True
    return underlined or draft.in_small_capitals or _is_capitals(draft.text)


def _is_in_small_capitals(draft: Draft) -> bool:
    """Return whether a draft is set in capitals of two sizes, or in a font of small ones."""
    return draft.in_small_capitals or is_of_small_capitals(draft.lines[0].style.font)


def _is_italic_heading(draft: Draft, following: Draft, measures: Measures) -> bool:
    """Return whether a short draft in italics stands as a heading over upright text."""
    most = MOST_LINES if _is_in_margin(draft, following) else 2
    if measures.body.italic or len(draft.lines) > most:
        return False
    words = [word for line in draft.lines for word in line.words if not word.raised]
    if not all(word.style.italic for word in words):
        return False
    below = following.lines[0]
    return not below.style.italic and abs(below.size - draft.lines[0].size) < 1.5


def _is_in_margin(draft: Draft, following: Draft) -> bool:
    """Return whether a draft stands in the margin on the left of the next, and level with it."""
    line, below = draft.lines[0], following.lines[0]
    level = line.page == below.page and abs(line.base - below.base) < line.size
    return level and draft.region.x1 <= following.region.x0


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    least = CAPITALS_LEAST if " " in text else CAPITALS_ALONE
    return len(letters) >= least and all(map(str.isupper, letters))


def _set_levels(headings: Sequence[Draft], first_page: int, titles: Sequence[Draft]) -> None:
    """Give each heading its level: by its number, or by how the numbered ones look, or by size.

    What looks like nothing from ``first_page`` on is a cover's title; it opens no level, and of
    the ``titles`` that look like nothing else only the largest does.
    """
    colors = list(dict.fromkeys(draft.lines[0].style.color for draft in headings))
    counts = Counter(look(draft, colors) for draft in headings)
    within = {look(draft, colors) for draft in headings if draft.page >= first_page}
    alone = [draft for draft in titles if counts[look(draft, colors)] == 1]
    lesser = sorted(alone, key=lambda draft: _rank(look(draft, colors)))[1:]
    left_out = {id(draft) for draft in (*lesser, *_covers(headings, within, colors))}
    for draft in headings:
        if id(draft) in left_out:
            draft.level = depth(draft.number) if draft.number else 1
    headings = [draft for draft in headings if id(draft) not in left_out]
    looks = [look(draft, colors) for draft in headings]
    numbered: dict[Look, Counter[int]] = {}
    for draft, own in zip(headings, looks, strict=True):
        if draft.number:
            numbered.setdefault(own, Counter())[depth(draft.number)] += 1
    known = {key: counts.most_common(1)[0][0] for key, counts in numbered.items()}
    deepest = {key: _usual_depth(counts) for key, counts in numbered.items()}
    levels = _levels_of_looks(looks, known, deepest, _depths_around(headings, looks, known))
    for draft, own in zip(headings, looks, strict=True):
        draft.level = depth(draft.number) if draft.number else levels[own]


def _covers(
    headings: Sequence[Draft], within: Container[Look], colors: Sequence[int]
) -> list[Draft]:
    """Return the headings that look like none of the looks ``within`` the text."""
    return [draft for draft in headings if look(draft, colors) not in within]


def _depths_around(
    headings: Sequence[Draft], looks: Sequence[Look], known: Container[Look]
) -> dict[Look, int]:
    """Return how deep the numbered sections are that headings of each unnumbered look stand in.

    Where the numbers go on as if nothing stood between them (*3.1*, then *3.2*), what stands there
    is inside the section before: next to it, it would have a number. What is set in larger type
    is inside the section that both are in.
    """
    found: dict[Look, Counter[int]] = {}
    last: tuple[str, Look] | None = None
    waiting: list[Look] = []
    for draft, own in zip(headings, looks, strict=True):
        if not draft.number:
            waiting += [own] if own not in known else []
            continue
        if last:
            number, above = last
            goes_on = _follows(number, draft.number)
            for key in waiting:
                inside = depth(draft.number) - 1 if key.size > above.size else depth(number)
                found.setdefault(key, Counter())[inside if goes_on else 0] += 1
        last, waiting = (draft.number, own), []
    return {key: _usual_depth(counts) for key, counts in found.items()}


def _follows(number: str, other: str) -> bool:
    """Return whether a number is the next after another: *3.2* or *4* after *3.1*, or *3.1.1*."""
    parts, others = number.split("."), other.split(".")
    if others[: len(parts)] == parts:
        return others[len(parts) :] == ["1"]
    last = others.pop()
    before = parts[len(others)] if len(others) < len(parts) else ""
    if parts[: len(others)] != others:
        return False
    return before.isdigit() and last.isdigit() and int(last) == int(before) + 1


def _levels_of_looks(
    looks: Sequence[Look],
    known: dict[Look, int],
    deepest: Mapping[Look, int],
    around: Mapping[Look, int],
) -> dict[Look, int]:
    """Return the level of each look, from the largest; looks of numbered headings are known.

    ``deepest`` tells how deep the numbers go of a look that headings of several levels have.
    ``around`` tells how deep the numbered sections are in which headings of a look stand.
    """
    if known:
        return _below_numbered(looks, known, deepest, around)
    depths: dict[Look, Counter[int]] = {}
    open_looks: list[Look] = []
    for own in looks:
        while open_looks and _rank(open_looks[-1]) >= _rank(own):
            open_looks.pop()
        open_looks.append(own)
        depths.setdefault(own, Counter())[len(open_looks)] += 1
    return {key: _usual_depth(counts) for key, counts in depths.items()}


def _usual_depth(counts: Counter[int]) -> int:
    """Return the deepest level at which a fair share of the headings of one look stands.

    Where a level is skipped (a small heading right below a chapter's) its headings keep their own.
    """
    least = DEPTH_SHARE * counts.total()
    return max(n for n in counts if sum(counts[m] for m in counts if m >= n) >= least)


def _below_numbered(
    looks: Sequence[Look],
    known: dict[Look, int],
    deepest: Mapping[Look, int],
    around: Mapping[Look, int],
) -> dict[Look, int]:
    """Return the level of each look from the largest, one deeper than the look before it goes.

    What looks larger than a numbered heading stands above its level, as far as there is one. Of
    two looks of one size and weight the numbered one is the higher, and so are those that the
    headings of a look stand under.
    """
    levels = dict(known)
    level = 0
    ordered = _under_theirs(
        sorted(
            set(looks),
            key=lambda key: (*_rank(key)[:WEIGHT], key not in known, *_rank(key)[WEIGHT:]),
        ),
        known,
        around,
    )
    for key in ordered:
        level = max(levels.setdefault(key, level + 1), deepest.get(key, 0))
    for below, key in pairwise(reversed(ordered)):
        if key not in known:
            levels[key] = max(1, min(levels[key], levels[below] - 1))
    for key, inside in around.items():
        levels[key] = max(levels[key], inside + 1)
    return levels


def _under_theirs(
    ordered: Sequence[Look], known: Mapping[Look, int], around: Mapping[Look, int]
) -> list[Look]:
    """Return looks in their order, those put further down that stand under numbered ones.

    They stand under all those that are as large, too.
    """
    result = list(ordered)
    for key in reversed(ordered):
        inside, at = around.get(key, 0), result.index(key)
        above = [
            place
            for place, other in enumerate(result)
            if inside and other in known and (known[other] <= inside or other.size >= key.size)
        ]
        if above and above[-1] > at:
            result.insert(above[-1], result.pop(at))
    return result


def _rank(key: Look) -> tuple[bool, float, bool, bool, bool, bool, int]:
    """Return the order of looks from the highest level: by itself, size, capitals, weight, rule."""
    return (
        key.run_in,
        -key.size,
        not key.capitals,
        not key.bold,
        not key.underlined,
        key.italic,
        key.color,
    )
