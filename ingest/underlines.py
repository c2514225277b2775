"""Underlined lines: a rule right below the words, from the first to the last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest.drawings import Mark
from ingest.layout import PrintedLine

LOWEST, HIGHEST = 0.3, 0.02
"""Parts of the type size below the baseline between which an underline is drawn: Word's lie at
0.1, browsers' at 0.1 to 0.2 and typewriters' at 0.25."""

THICKEST = 0.15
"""Part of the type size that an underline is thick at most."""

OVER_THE_ENDS = 0.4
"""Type sizes by which an underline may be longer or shorter than its words at either end."""


def with_underlines(marks: Sequence[Mark], lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page, those marked that are underlined from end to end."""
    rules = sorted((mark for mark in marks if mark.is_level), key=_middle)
    if not rules:
        return list(lines)
    middles = list(map(_middle, rules))
    return [
        line._replace(underlined=True) if _is_underlined(line, rules, middles) else line
        for line in lines
    ]


def _is_underlined(line: PrintedLine, rules: Sequence[Mark], middles: Sequence[float]) -> bool:
    """Return whether rules, each under some of the words, reach from the first to the last.

    The ``rules`` are sorted by their ``middles``.
    """
    size = line.size
    first = bisect_left(middles, line.base + HIGHEST * size)
    near = rules[first : bisect_right(middles, line.base + LOWEST * size)]
    if not near or line.turned:
        return False
    reach = OVER_THE_ENDS * size
    own = sorted(
        (rule.x0, rule.x1)
        for rule in near
        if rule.bottom - rule.top <= THICKEST * size
        and line.x0 - reach <= rule.x0
        and rule.x1 <= line.x1 + reach
    )
    covered = line.x0
    for low, high in own:
        if low > covered + reach:
            return False
        covered = max(covered, high)
    return bool(own) and covered >= line.x1 - reach


def _middle(rule: Mark) -> float:
    return (rule.top + rule.bottom) / 2
