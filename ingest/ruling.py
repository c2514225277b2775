"""The frames of ruled tables: level rules that belong together and the upright rules there.

PDFium gives the rules along with the text, so that no second reader of the page is needed. Where
cells or rows are tinted, the edges of the tints are rules as well.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TypeAlias

from ingest.drawings import Mark
from ingest.pages import NEARLY_WHITE, PageWord

SAME_RULE = 2.5
"""Points within which two rules lie at the same height or place."""

LEAST_WIDTH = 60.0
"""Points of width from which a set of rules may be a table."""

LEAST_COLUMN = 20.0
"""Points from a frame's edge from which an upright rule parts its columns."""

SAME_EXTENT = 0.7
"""Part of the width that two rules of one table share at least."""

TALLEST_ROW = 330.0
"""Points of height of the tallest row: rules further apart frame a page, not a row."""

TALLEST_GROUP = 40.0
"""Points of height of the tallest row without upright rules inside a grid, the name of a group;
what is taller parts two tables of the same width."""

FEWEST_LEVELS = 2
"""Level rules of the smallest table: most pages have none, or one at their running header."""

CELL_MARGIN = 8.0
"""Points up to which a tint's edge beside a rule is the cell's margin: Word's is 5.4."""

ABUTTING = 0.6
"""Points up to which two tints of one colour are one: Word tints each line of a cell by itself."""

UNDERLINE = 0.35
"""Part of the type size below its baseline within which a rule as wide as words underlines them."""

GRID = 3
"""Upright rules from which columns are told by rules alone."""


Upright: TypeAlias = tuple[float, float, float]
"""The place, top and bottom of an upright rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Level rules at one height, as one and in their parts."""

    top: float
    x0: float
    x1: float
    parts: tuple[tuple[float, float], ...]

    def covers(self, x: float) -> bool:
        """Return whether the rule is drawn at a place."""
        return any(low - SAME_RULE <= x <= high + SAME_RULE for low, high in self.parts)


@dataclass(frozen=True, slots=True)
class Frame:
    """The rules of what may be a table: ``uprights`` as ``(x, top, bottom)``, from the left.

    ``drawn`` tells whether some upright is a rule, not only the edge of a tint.
    """

    rules: tuple[Rule, ...]
    uprights: tuple[Upright, ...]
    drawn: bool

    @property
    def places(self) -> list[float]:
        """The places of the upright rules from left to right."""
        places: list[float] = []
        for x, _, _ in self.uprights:
            if not places or x - places[-1] > SAME_RULE:
                places.append(x)
        return places

    @property
    def edges(self) -> tuple[float, float]:
        """The left and right edge of the widest rules."""
        return min(rule.x0 for rule in self.rules), max(rule.x1 for rule in self.rules)

    @property
    def is_grid(self) -> bool:
        """Whether the columns are told by upright rules."""
        left, right = self.edges
        places = self.places
        return len(places) >= GRID or any(
            left + LEAST_COLUMN < x < right - LEAST_COLUMN for x in places
        )

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
        places = self.places
        if places[0] - left > LEAST_COLUMN:
            places.insert(0, left)
        if right - places[-1] > LEAST_COLUMN:
            places.append(right)
        return tuple(pairwise(places))

    def beside(self, bases: Sequence[float]) -> Frame:
        """Return the frame with only those upright rules that some baseline lies beside."""
        level = sorted(bases)

        def is_beside(top: float, bottom: float) -> bool:
            place = bisect_right(level, top - SAME_RULE)
            return place < len(level) and level[place] < bottom + SAME_RULE

        own = tuple(upright for upright in self.uprights if is_beside(*upright[1:]))
        return self if len(own) == len(self.uprights) else Frame(self.rules, own, self.drawn)


def frames(marks: Sequence[Mark], words: Sequence[PageWord]) -> Iterator[Frame]:
    """Yield what may be a table among the marks of a page, from the top."""
    levels, uprights, tints = _rules(marks)
    if len(levels) < FEWEST_LEVELS and not tints:
        return
    levels = _without_underlines(levels, words)
    bases = sorted(word.base for word in words)
    uprights = [mark for mark in uprights if _is_beside(mark, bases)]
    tint_levels, tint_uprights = _edges(tints, levels, uprights)
    drawn = frozenset((mark.x0, mark.top, mark.bottom) for mark in uprights)
    every_upright = sorted([*uprights, *tint_uprights])
    stack: list[Rule] = []
    for rule in _merged([*levels, *tint_levels]):
        if stack and not _belongs(stack, rule, every_upright):
            yield from _parted(stack, every_upright, drawn)
            stack = []
        stack.append(rule)
    if stack:
        yield from _parted(stack, every_upright, drawn)


def _is_beside(mark: Mark, bases: Sequence[float]) -> bool:
    """Return whether words stand at the height of an upright rule; ``bases`` are sorted."""
    place = bisect_left(bases, mark.top)
    return place < len(bases) and bases[place] < mark.bottom + SAME_RULE


def _rules(marks: Sequence[Mark]) -> tuple[list[Mark], list[Mark], list[Mark]]:
    """Return the level and the upright rules, with the edges of frames, and the tints."""
    levels, uprights, tints = [], [], []
    for mark in dict.fromkeys(marks):
        if mark.is_level:
            levels.append(mark)
        elif mark.is_upright:
            uprights.append(mark)
        elif mark.is_area and not mark.filled:
            levels += _level_edges(mark)
            uprights += _upright_edges(mark)
        elif mark.is_area and mark.bottom - mark.top < TALLEST_ROW and not _is_white(mark):
            tints.append(mark)
    return levels, uprights, tints


def _without_underlines(levels: Sequence[Mark], words: Sequence[PageWord]) -> list[Mark]:
    """Return the level rules that are no underlines: as wide as the words that stand on them."""
    ordered = sorted(words, key=attrgetter("base"))
    bases = [word.base for word in ordered]
    reach = UNDERLINE * max((word.style.size for word in words), default=0.0)

    def underlines(rule: Mark) -> bool:
        near = bisect_left(bases, rule.top - reach), bisect_right(bases, rule.top + 1)
        return _underlines(rule, ordered[slice(*near)])

    return [rule for rule in levels if not underlines(rule)]


def _underlines(rule: Mark, words: Sequence[PageWord]) -> bool:
    """Return whether at either end of a rule a word begins or ends that stands on it."""
    own = [word for word in words if -1 < rule.top - word.base < UNDERLINE * word.style.size]
    left, right = round(rule.x0), round(rule.x1)
    return any(abs(round(word.x0) - left) <= 1 for word in own) and any(
        abs(round(word.x1) - right) <= 1 for word in own
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
    found_levels = [edge for edge in found_levels if not _is_inside_cell(edge, levels)]
    return (
        _without_seams(found_levels, tints),
        [edge for edge in found_uprights if not _is_margin(edge, uprights)],
    )


def _count(counted: Counter[tuple[int, int]], low: int, high: int) -> int:
    """Return how many pairs are as given, to a point."""
    return sum(counted[low + a, high + b] for a in (-1, 0, 1) for b in (-1, 0, 1))


def _is_inside_cell(edge: Mark, levels: Sequence[Mark]) -> bool:
    middle = (edge.x0 + edge.x1) / 2
    return any(
        abs(rule.top - edge.top) < CELL_MARGIN and rule.x0 <= middle <= rule.x1 for rule in levels
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
    for rule in sorted(levels, key=lambda mark: (mark.top, mark.x0)):
        if merged and rule.top - merged[-1][0].top <= SAME_RULE:
            merged[-1].append(rule)
        else:
            merged.append([rule])
    rules = [
        Rule(
            same[0].top,
            min(mark.x0 for mark in same),
            max(mark.x1 for mark in same),
            tuple((mark.x0, mark.x1) for mark in same),
        )
        for same in merged
    ]
    return [rule for rule in rules if rule.x1 - rule.x0 >= LEAST_COLUMN]


def _belongs(stack: Sequence[Rule], rule: Rule, uprights: Sequence[Mark]) -> bool:
    """Return whether a rule is as wide as those above it, or lies within their grid."""
    x0, x1 = min(other.x0 for other in stack), max(other.x1 for other in stack)
    if rule.top - stack[-1].top > TALLEST_ROW:
        return False
    shared = min(x1, rule.x1) - max(x0, rule.x0)
    if shared >= SAME_EXTENT * max(x1 - x0, rule.x1 - rule.x0):
        return True
    wide, narrow = (rule, stack[-1]) if rule.x1 - rule.x0 > x1 - x0 else (stack[-1], rule)
    within = wide.x0 - SAME_RULE <= narrow.x0 and narrow.x1 <= wide.x1 + SAME_RULE
    return (within or (x0 - SAME_RULE <= rule.x0 and rule.x1 <= x1 + SAME_RULE)) and any(
        mark.top < rule.top + SAME_RULE
        and mark.bottom > rule.top - SAME_RULE
        and mark.top < stack[-1].top + SAME_RULE
        and min(x0, rule.x0) - SAME_RULE <= mark.x0 <= max(x1, rule.x1) + SAME_RULE
        for mark in uprights
    )


def _parted(
    rules: Sequence[Rule], uprights: Sequence[Mark], drawn: Container[Upright]
) -> Iterator[Frame]:
    """Yield rules as frames: parted where a tall space without upright rules lies in a grid."""
    whole = _framed(rules, uprights, drawn)
    crossed = [_is_crossed(whole, above, below) for above, below in pairwise(rules)]
    start = 0
    for index, (above, below) in enumerate(pairwise(rules)):
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
    left, right = min(rule.x0 for rule in rules), max(rule.x1 for rule in rules)
    own = [
        (mark.x0, mark.top, mark.bottom)
        for mark in uprights
        if mark.bottom > top
        and mark.top < bottom
        and left - SAME_RULE <= mark.x0 <= right + SAME_RULE
    ]
    own_drawn = sum(upright in drawn for upright in own)
    return Frame(
        tuple(rules), tuple(_connected(own)), bool(own_drawn) and own_drawn * 2 >= len(own)
    )


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
