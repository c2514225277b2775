"""Level rules by the tables that they belong to, where tables or boxes stand side by side."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from ingest.drawings import Mark
from ingest.pages import PageWord

SAME_RULE = 2.5
"""Points within which two rules lie at the same height or place."""

LEAST_COLUMN = 20.0
"""Points from a frame's edge from which an upright rule parts its columns."""

TALLEST_ROW = 330.0
"""Points of height of the tallest row: rules further apart frame a page, not a row."""

FEWEST_RULES, FEWEST_BARE_RULES = 2, 3
"""Level rules of a table with upright rules, and of one without: most pages have none, or one at
their running header and one above their footnotes."""

CORRIDOR = 9.0
"""Points of the narrowest white between two tables side by side; cells are tinted 2 points apart,
and the rules of heads over some columns end as much before each other."""

WIDEST_GAP = 1.5
"""Times as wide as any gap between the rules of its columns, from which a corridor parts tables."""

CELL_SPACE = 0.8
"""Part of the type size from which a space between words parts two cells."""

FEWEST_IN_BOX = 3
"""Words of the shortest text in one of two boxes side by side."""

_X0 = attrgetter("x0")


@dataclass(frozen=True, slots=True)
class Rule:
    """Level rules at one height, as one and in their parts from the left, which do not touch."""

    top: float
    x0: float
    x1: float
    parts: tuple[tuple[float, float], ...]

    def covered(self, places: Sequence[float]) -> Iterator[int]:
        """Yield the indexes of those of some places, from the left, at which the rule is drawn."""
        for low, high in self.parts:
            yield from range(
                bisect_left(places, low - SAME_RULE), bisect_right(places, high + SAME_RULE)
            )


def sides(
    rules: list[Rule], uprights: Sequence[Mark], words: Sequence[PageWord]
) -> list[list[Rule]]:
    """Return level rules from the top as one list, or those of tables side by side apart.

    A corridor of white runs down between such tables, and each has columns of its own, or is a box
    around text.
    """
    for index, rule in enumerate(rules):
        following = rules[index + 1].parts if index + 1 < len(rules) else ()
        for low, high in _gaps_between([*rule.parts, *following]):
            start, end = _along(rules, index, (low + high) / 2)
            group = rules[start:end]
            left = [part for one in group if (part := _part_of(one, 0.0, low))]
            right = [part for one in group if (part := _part_of(one, high, math.inf))]
            if _are_apart(left, right, high - low) and (
                _are_tables(left, right, uprights, words)
                or _are_boxes(left, right, uprights, words)
            ):
                above = [rules[:start]] if start else []
                beside = sides(right, uprights, words)
                below = sides(rules[end:], uprights, words) if end < len(rules) else []
                return [*above, left, *beside, *below]
    return [rules]


def _gaps_between(parts: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the gaps between parts of level rules that are as wide as corridors."""
    if len(parts) < 2:
        return []
    gaps: list[tuple[float, float]] = []
    end = math.inf
    for low, high in sorted(parts):
        if low - end >= CORRIDOR:
            gaps.append((end, low))
        end = high if end == math.inf else max(end, high)
    return gaps


def _along(rules: Sequence[Rule], index: int, place: float) -> tuple[int, int]:
    """Return the first and the last index of rules around one that no rule between crosses."""
    start, end = index, index
    while start and _leaves_free(rules[start - 1], rules[start], place):
        start -= 1
    while end < len(rules) and (end == index or _leaves_free(rules[end], rules[end - 1], place)):
        end += 1
    return start, end


def _leaves_free(rule: Rule, other: Rule, place: float) -> bool:
    """Return whether a rule near another leaves a place free."""
    is_near = abs(rule.top - other.top) <= TALLEST_ROW
    return is_near and not any(low <= place <= high for low, high in rule.parts)


def _part_of(rule: Rule, left: float, right: float) -> Rule | None:
    """Return what of a level rule lies between two places, or None."""
    parts = tuple(part for part in rule.parts if left - 1 <= part[0] and part[1] <= right + 1)
    return Rule(rule.top, parts[0][0], parts[-1][1], parts) if parts else None


def _are_apart(left: Sequence[Rule], right: Sequence[Rule], width: float) -> bool:
    """Return whether the rules on both sides of a corridor are not those of one table's columns.

    They stand at other heights, or the corridor is wider than the gaps between the columns.
    """
    if min(len(left), len(right)) < FEWEST_RULES:
        return False
    tops = {rule.top for rule in left}
    alike = sum(rule.top in tops for rule in right)
    if alike + 1 < max(len(left), len(right)):
        return True
    gaps = [
        after[0] - before[1] for rule in (*left, *right) for before, after in pairwise(rule.parts)
    ]
    return width > WIDEST_GAP * max(gaps, default=0.0)


def _are_tables(
    left: Sequence[Rule],
    right: Sequence[Rule],
    uprights: Sequence[Mark],
    words: Sequence[PageWord],
) -> bool:
    """Return whether some lines on each side of a corridor have several cells."""
    return all(
        len(side) >= (FEWEST_RULES if _inner(side, uprights) else FEWEST_BARE_RULES)
        and _celled(_within(side, words)) >= FEWEST_RULES
        for side in (left, right)
    )


def _are_boxes(
    left: Sequence[Rule],
    right: Sequence[Rule],
    uprights: Sequence[Mark],
    words: Sequence[PageWord],
) -> bool:
    """Return whether there is a closed box around some text on each side of a corridor."""
    return all(
        len(side) == FEWEST_RULES
        and not _inner(side, uprights)
        and _is_closed(side, uprights)
        and len({round(word.base) for word in _within(side, words)}) >= FEWEST_IN_BOX
        for side in (left, right)
    )


def _inner(rules: Sequence[Rule], uprights: Sequence[Mark]) -> list[Mark]:
    """Return the upright rules that part what level rules frame."""
    left, right = min(rule.x0 for rule in rules), max(rule.x1 for rule in rules)
    top, bottom = rules[0].top + SAME_RULE, rules[-1].top - SAME_RULE
    return [
        mark
        for mark in uprights
        if left + LEAST_COLUMN < mark.x0 < right - LEAST_COLUMN
        and mark.bottom > top
        and mark.top < bottom
    ]


def _is_closed(rules: Sequence[Rule], uprights: Sequence[Mark]) -> bool:
    """Return whether upright rules stand at both ends of level ones."""
    first, last = rules[0], rules[-1]
    return all(
        any(
            abs(mark.x0 - edge) <= SAME_RULE
            and mark.top <= first.top + SAME_RULE
            and mark.bottom >= last.top - SAME_RULE
            for mark in uprights
        )
        for edge in (first.x0, first.x1)
    )


def _within(rules: Sequence[Rule], words: Sequence[PageWord]) -> list[PageWord]:
    """Return the words, sorted by their baselines, that stand between level rules."""
    left, right = min(rule.x0 for rule in rules), max(rule.x1 for rule in rules)
    return [
        word
        for word in words
        if rules[0].top < word.base <= rules[-1].top
        and left - 1 <= word.x0
        and word.x1 <= right + 1
    ]


def _celled(words: Sequence[PageWord]) -> int:
    """Return how many lines of type have words apart, as in cells."""
    rows: dict[int, list[PageWord]] = {}
    for word in words:
        rows.setdefault(round(word.base), []).append(word)
    return sum(
        any(
            after.x0 - before.x1 >= CELL_SPACE * after.style.size
            for before, after in pairwise(sorted(row, key=_X0))
        )
        for row in rows.values()
    )
