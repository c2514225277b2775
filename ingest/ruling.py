"""The frames of ruled tables: level rules that belong together and the upright rules there.

PDFium gives the rules along with the text, so that no second reader of the page is needed. Where
cells or rows are tinted, the edges of the tints are rules as well.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from typing import TypeAlias

from ingest.drawings import RULE_THICKNESS, Mark
from ingest.pages import NEARLY_WHITE, PageWord
from ingest.sidebyside import (
    FEWEST_BARE_RULES,
    FEWEST_RULES,
    LEAST_COLUMN,
    SAME_RULE,
    TALLEST_ROW,
    Rule,
    sides,
)

LEAST_WIDTH = 60.0
"""Points of width from which a set of rules may be a table."""

SAME_EXTENT = 0.7
"""Part of the width that two rules of one table share at least."""

TALLEST_GROUP = 40.0
"""Points of height of the tallest row without upright rules inside a grid, the name of a group;
what is taller parts two tables of the same width."""

CELL_MARGIN = 8.0
"""Points up to which a tint's edge beside a rule is the cell's margin: Word's is 5.4."""

ABUTTING = 0.6
"""Points up to which two tints of one colour are one: Word tints each line of a cell by itself."""

UNDERLINE = 0.35
"""Part of the type size below its baseline within which a rule as wide as words underlines them."""

LEAST_CELL = 6.0
"""Points of width or height of the smallest cell: bullets are drawn as smaller shapes."""

GRID = 3
"""Upright rules from which columns are told by rules alone."""


Upright: TypeAlias = tuple[float, float, float]
"""The place, top and bottom of an upright rule."""


_BASE, _TOP, _TOP_AND_PLACE = attrgetter("base"), attrgetter("top"), attrgetter("top", "x0")


@dataclass(frozen=True, slots=True)
class Frame:
    """The rules of what may be a table: ``uprights`` as ``(x, top, bottom)``, from the left.

    ``drawn`` tells whether some upright is a rule, not only the edge of a tint. ``edges`` are the
    left and right one of the widest rules, ``places`` those of the uprights from left to right;
    where the frame ``is_grid``, they tell the columns. ``parted`` tells whether
    other frames stand beside it.
    """

    rules: tuple[Rule, ...]
    uprights: tuple[Upright, ...]
    drawn: bool
    edges: tuple[float, float]
    places: tuple[float, ...]
    is_grid: bool
    parted: bool = False

    @classmethod
    def of(cls, rules: tuple[Rule, ...], uprights: tuple[Upright, ...], *, drawn: bool) -> Frame:
        """Return the frame that rules and uprights make."""
        left, right = min([rule.x0 for rule in rules]), max([rule.x1 for rule in rules])
        places: list[float] = []
        for x, _, _ in uprights:
            if not places or x - places[-1] > SAME_RULE:
                places.append(x)
        is_grid = len(places) >= GRID or any(
            left + LEAST_COLUMN < x < right - LEAST_COLUMN for x in places
        )
        return cls(rules, uprights, drawn, (left, right), tuple(places), is_grid)

    def bands_around(self, base: float) -> int:
        """Return how many bands the box has that stands on both sides of a baseline, 0 for none."""
        beside = [upright for upright in self.uprights if upright[1] < base < upright[2]]
        if not beside or beside[-1][0] - beside[0][0] < LEAST_COLUMN:
            return 0
        top = max(upright[1] for upright in beside) + SAME_RULE
        bottom = min(upright[2] for upright in beside) - SAME_RULE
        return 1 + sum(top < rule.top < bottom for rule in self.rules)

    def spans(self) -> tuple[tuple[float, float], ...]:
        """Return the columns between the upright rules, from edge to edge."""
        left, right = self.edges
        places = list(self.places)
        if places[0] - left > LEAST_COLUMN:
            places.insert(0, left)
        if right - places[-1] > LEAST_COLUMN:
            places.append(right)
        return tuple(pairwise(places))

    def beside(self, bases: Sequence[float]) -> Frame:
        """Return the frame with only those upright rules that some baseline lies beside."""
        level = sorted(bases)
        own = tuple(
            (x, top, bottom) for x, top, bottom in self.uprights if _lies_beside(top, bottom, level)
        )
        if len(own) == len(self.uprights):
            return self
        return Frame.of(self.rules, own, drawn=self.drawn)


def _lies_beside(top: float, bottom: float, level: Sequence[float]) -> bool:
    """Return whether one of the baselines, in their order, lies between two heights."""
    place = bisect_right(level, top - SAME_RULE)
    return place < len(level) and level[place] < bottom + SAME_RULE


def frames(marks: Sequence[Mark], words: Sequence[PageWord]) -> Iterator[Frame]:
    """Yield what may be a table among the marks of a page, from the top."""
    levels, uprights, tints = _rules(marks)
    fewest = FEWEST_RULES if uprights else FEWEST_BARE_RULES
    if len(levels) < fewest and not tints:
        return
    ordered = sorted(words, key=_BASE)
    bases = list(map(_BASE, ordered))
    levels = _without_underlines(levels, ordered, bases)
    uprights = [mark for mark in uprights if _is_beside(mark, bases)]
    tint_levels, tint_uprights = _edges(tints, levels, uprights)
    drawn = frozenset([(mark.x0, mark.top, mark.bottom) for mark in uprights])
    every_upright = sorted([*uprights, *tint_uprights])
    parted = sides(_merged([*levels, *tint_levels]), every_upright, ordered)
    for side in parted:
        for frame in _stacked(side, every_upright, drawn):
            yield replace(frame, parted=True) if len(parted) > 1 else frame


def _stacked(
    rules: Sequence[Rule], uprights: Sequence[Mark], drawn: Container[Upright]
) -> Iterator[Frame]:
    """Yield level rules, sorted from the top, as frames: those that belong together as one."""
    stack: list[Rule] = []
    left = right = 0.0
    for rule in rules:
        if stack and not _belongs(stack[-1], left, right, rule, uprights):
            yield from _parted(stack, uprights, drawn)
            stack = []
        left = min(left, rule.x0) if stack else rule.x0
        right = max(right, rule.x1) if stack else rule.x1
        stack.append(rule)
    if stack:
        yield from _parted(stack, uprights, drawn)


def _is_beside(mark: Mark, bases: Sequence[float]) -> bool:
    """Return whether words stand at the height of an upright rule; ``bases`` are sorted."""
    place = bisect_left(bases, mark.top)
    return place < len(bases) and bases[place] < mark.bottom + SAME_RULE


def _rules(marks: Sequence[Mark]) -> tuple[list[Mark], list[Mark], list[Mark]]:
    """Return the level and the upright rules, with the edges of frames, and the tints."""
    levels, uprights, tints = [], [], []
    for mark in dict.fromkeys(marks):
        height = mark.bottom - mark.top
        is_wide, is_high = mark.x1 - mark.x0 > RULE_THICKNESS, height > RULE_THICKNESS
        if is_wide and not is_high:
            levels.append(mark)
        elif is_high and not is_wide:
            uprights.append(mark)
        elif max(mark.x1 - mark.x0, height) < LEAST_CELL:
            continue
        elif is_wide and not mark.filled:
            levels += _level_edges(mark)
            uprights += _upright_edges(mark)
        elif is_wide and height < TALLEST_ROW and not _is_white(mark):
            tints.append(mark)
    return levels, uprights, tints


def _without_underlines(
    levels: Sequence[Mark], words: Sequence[PageWord], bases: Sequence[float]
) -> list[Mark]:
    """Return the level rules that are no underlines: as wide as the words that stand on them.

    The ``words`` are sorted by their ``bases``. Many rules lie at one height.
    """
    reach = UNDERLINE * max([word.style.size for word in words], default=0.0)
    standing: dict[float, list[PageWord]] = {}
    kept: list[Mark] = []
    for rule in levels:
        top = rule.top
        if top not in standing:
            near = words[bisect_left(bases, top - reach) : bisect_right(bases, top + 1)]
            standing[top] = [
                word for word in near if -1 < top - word.base < UNDERLINE * word.style.size
            ]
        if not standing[top] or not _underlines(rule, standing[top]):
            kept.append(rule)
    return kept


def _underlines(rule: Mark, words: Sequence[PageWord]) -> bool:
    """Return whether at either end of a rule one of the words that stand on it begins or ends."""
    left, right = round(rule.x0), round(rule.x1)
    return any(abs(round(word.x0) - left) <= 1 for word in words) and any(
        abs(round(word.x1) - right) <= 1 for word in words
    )


def _is_white(mark: Mark) -> bool:
    return all(mark.color >> shift & 0xFF >= NEARLY_WHITE for shift in (16, 8, 0))


def _level_edges(mark: Mark) -> list[Mark]:
    return [mark._replace(bottom=mark.top), mark._replace(top=mark.bottom)]


def _upright_edges(mark: Mark) -> list[Mark]:
    return [mark._replace(x1=mark.x0), mark._replace(x0=mark.x1)]


def _edges(
    tints: Sequence[Mark], levels: Sequence[Mark], uprights: Sequence[Mark]
) -> tuple[list[Mark], list[Mark]]:
    """Return the edges of tints that are as rules: of cells and rows, not of the lines in them.

    A tint counts where another has its width or height, or a rule its width.
    """
    if not tints:
        return [], []
    widths = Counter((round(mark.x0), round(mark.x1)) for mark in [*tints, *levels])
    heights = Counter((round(mark.top), round(mark.bottom)) for mark in tints)
    found_levels: list[Mark] = []
    found_uprights: list[Mark] = []
    for tint in tints:
        beside = _count(heights, round(tint.top), round(tint.bottom)) > 1
        if beside or _count(widths, round(tint.x0), round(tint.x1)) > 1:
            found_levels += _level_edges(tint)
        if beside:
            found_uprights += _upright_edges(tint)
    ordered = sorted(levels, key=_TOP)
    tops = list(map(_TOP, ordered))
    found_levels = [edge for edge in found_levels if not _is_inside_cell(edge, ordered, tops)]
    return (
        _without_seams(found_levels, tints),
        [edge for edge in found_uprights if not _is_margin(edge, uprights)],
    )


def _count(counted: Counter[tuple[int, int]], low: int, high: int) -> int:
    """Return how many pairs are as given, to a point."""
    return sum(counted[low + a, high + b] for a in (-1, 0, 1) for b in (-1, 0, 1))


def _is_inside_cell(edge: Mark, levels: Sequence[Mark], tops: Sequence[float]) -> bool:
    """Return whether a level rule lies beside an edge; ``levels`` are sorted by their ``tops``."""
    middle = (edge.x0 + edge.x1) / 2
    first = bisect_left(tops, edge.top - CELL_MARGIN)
    return any(
        abs(rule.top - edge.top) < CELL_MARGIN and rule.x0 <= middle <= rule.x1
        for rule in levels[first : bisect_right(tops, edge.top + CELL_MARGIN)]
    )


def _is_margin(edge: Mark, uprights: Sequence[Mark]) -> bool:
    middle = (edge.top + edge.bottom) / 2
    return any(
        abs(rule.x0 - edge.x0) < CELL_MARGIN and rule.top <= middle <= rule.bottom
        for rule in uprights
    )


def _without_seams(edges: Sequence[Mark], tints: Sequence[Mark]) -> list[Mark]:
    """Return the level edges but for those between two tints of one colour."""
    tops = {(tint.color, round(tint.x0), round(tint.top)) for tint in tints}
    bottoms = {(tint.color, round(tint.x0), round(tint.bottom)) for tint in tints}
    both = tops & bottoms
    return [edge for edge in edges if (edge.color, round(edge.x0), round(edge.top)) not in both]


def _merged(levels: Sequence[Mark]) -> list[Rule]:
    """Return rules at one height as one."""
    merged: list[list[Mark]] = []
    for mark in sorted(levels, key=_TOP_AND_PLACE):
        if merged and mark.top - merged[-1][0].top <= SAME_RULE:
            merged[-1].append(mark)
        else:
            merged.append([mark])
    rules = list(map(_rule, merged))
    return [rule for rule in rules if rule.x1 - rule.x0 >= LEAST_COLUMN]


def _rule(same: Sequence[Mark]) -> Rule:
    """Return level rules at one height, the first of them the highest, as one."""
    parts: list[tuple[float, float]] = []
    for low, high in sorted([(mark.x0, mark.x1) for mark in same]):
        if parts and low - SAME_RULE <= parts[-1][1] + SAME_RULE:
            parts[-1] = parts[-1][0], max(parts[-1][1], high)
        else:
            parts.append((low, high))
    return Rule(same[0].top, parts[0][0], parts[-1][1], tuple(parts))


def _belongs(above: Rule, left: float, right: float, rule: Rule, uprights: Sequence[Mark]) -> bool:
    """Return whether a rule is as wide as those above it, or lies within their grid.

    ``above`` is the last of those, which reach from ``left`` to ``right``.
    """
    if rule.top - above.top > TALLEST_ROW:
        return False
    shared = min(right, rule.x1) - max(left, rule.x0)
    if shared >= SAME_EXTENT * max(right - left, rule.x1 - rule.x0):
        return True
    wide, narrow = (rule, above) if rule.x1 - rule.x0 > right - left else (above, rule)
    within = wide.x0 - SAME_RULE <= narrow.x0 and narrow.x1 <= wide.x1 + SAME_RULE
    return (within or (left - SAME_RULE <= rule.x0 and rule.x1 <= right + SAME_RULE)) and any(
        mark.top < rule.top + SAME_RULE
        and mark.bottom > rule.top - SAME_RULE
        and mark.top < above.top + SAME_RULE
        and min(left, rule.x0) - SAME_RULE <= mark.x0 <= max(right, rule.x1) + SAME_RULE
        for mark in uprights
    )


def _parted(
    rules: Sequence[Rule], uprights: Sequence[Mark], drawn: Container[Upright]
) -> Iterator[Frame]:
    """Yield rules as frames: parted where a tall space without upright rules lies in a grid."""
    whole = _framed(rules, uprights, drawn)
    pairs = list(pairwise(rules))
    if not any(below.top - above.top > TALLEST_GROUP for above, below in pairs):
        yield whole
        return
    crossed = [_is_crossed(whole, above, below) for above, below in pairs]
    start = 0
    for index, (above, below) in enumerate(pairs):
        tall = below.top - above.top > TALLEST_GROUP
        if tall and not crossed[index] and any(crossed[start:index]) and any(crossed[index + 1 :]):
            yield _framed(rules[start : index + 1], uprights, drawn)
            start = index + 1
    yield _framed(rules[start:], uprights, drawn) if start else whole


def _is_crossed(frame: Frame, above: Rule, below: Rule) -> bool:
    middle = (above.top + below.top) / 2
    return any(top < middle < bottom for _, top, bottom in frame.uprights)


def _framed(rules: Sequence[Rule], uprights: Sequence[Mark], drawn: Container[Upright]) -> Frame:
    top, bottom = rules[0].top + SAME_RULE, rules[-1].top - SAME_RULE
    left = min([rule.x0 for rule in rules]) - SAME_RULE
    right = max([rule.x1 for rule in rules]) + SAME_RULE
    own = [
        (mark.x0, mark.top, mark.bottom)
        for mark in uprights
        if mark.bottom > top and mark.top < bottom and left <= mark.x0 <= right
    ]
    own_drawn = sum([upright in drawn for upright in own])
    is_drawn = bool(own_drawn) and own_drawn * 2 >= len(own)
    return Frame.of(tuple(rules), tuple(_connected(own)), drawn=is_drawn)


def _connected(uprights: Sequence[Upright]) -> list[Upright]:
    """Return upright rules, sorted from the left, with those that touch made one."""
    connected: list[Upright] = []
    for x, top, bottom in uprights:
        last = connected[-1] if connected else None
        if last and x - last[0] < ABUTTING and top <= last[2] + SAME_RULE:
            connected[-1] = last[0], last[1], max(last[2], bottom)
        else:
            connected.append((x, top, bottom))
    return connected
