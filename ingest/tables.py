"""Ruled tables: rows between level rules, columns between upright rules or gaps, cells of lines.

PDFium gives the rules along with the text, so that no second reader of the page is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.drawings import Mark
from ingest.layout import Cell, PrintedLine, lines_of
from ingest.pages import PageContent, PageWord

SAME_RULE = 2.5
"""Points within which two rules lie at the same height or place."""

LEAST_WIDTH = 60.0
"""Points of width from which a set of rules may be a table."""

SAME_EXTENT = 0.7
"""Part of the width that two rules of one table share at least."""

TALLEST_ROW = 330.0
"""Points of height of the tallest row: rules further apart frame a page, not a row."""

FEWEST_RULES, FEWEST_BARE_RULES = 2, 3
"""Level rules of a table with upright rules, and of one without."""

CELLED_SHARE = 0.5
"""Part of the rows that have two cells or more."""


def with_tables(page: PageContent, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page with those of each ruled table made one line that holds it."""
    levels, uprights = _rules(page.marks)
    rest = list(lines)
    for rules in _stacks(levels, rest):
        places = _within(uprights, rules)
        if len(rules) < (FEWEST_RULES if places else FEWEST_BARE_RULES):
            continue
        inside = [line for line in rest if _is_inside(line, rules, bare=not places)]
        columns = _columns(inside, places)
        rows = _table(inside, rules, columns) if len(columns) > 1 else ()
        celled = sum(sum(bool(cell) for cell in row) > 1 for row in rows)
        if celled and celled >= CELLED_SHARE * len(rows):
            chosen = set(map(id, inside))
            place = next(index for index, line in enumerate(rest) if id(line) in chosen)
            rest = [line for line in rest if id(line) not in chosen]
            rest.insert(place, _holder(inside, rows))
    return rest


def _rules(marks: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Return the level and the upright rules; the edges of unfilled areas are rules as well."""
    levels, uprights = [], []
    for mark in marks:
        if mark.is_level:
            levels.append(mark)
        elif mark.is_upright:
            uprights.append(mark)
        elif mark.is_area and not mark.filled:
            levels += [mark._replace(bottom=mark.top), mark._replace(top=mark.bottom)]
            uprights += [mark._replace(x1=mark.x0), mark._replace(x0=mark.x1)]
    return levels, uprights


def _stacks(levels: Sequence[Mark], lines: Sequence[PrintedLine]) -> Iterator[list[Mark]]:
    """Yield runs of level rules from the top that have the same extent and text between them."""
    stack: list[Mark] = []
    for rule in _merged_rules(levels):
        if stack and not _belongs(stack[-1], rule):
            yield stack
            stack = []
        stack.append(rule)
    if stack:
        yield stack


def _merged_rules(levels: Sequence[Mark]) -> list[Mark]:
    """Return rules at one height as one."""
    merged: list[Mark] = []
    for rule in sorted(levels, key=lambda mark: (mark.top, mark.x0)):
        last = merged[-1] if merged else None
        if last and rule.top - last.top <= SAME_RULE:
            merged[-1] = last._replace(x0=min(last.x0, rule.x0), x1=max(last.x1, rule.x1))
        else:
            merged.append(rule)
    return [rule for rule in merged if rule.x1 - rule.x0 >= LEAST_WIDTH]


def _belongs(above: Mark, rule: Mark) -> bool:
    shared = min(above.x1, rule.x1) - max(above.x0, rule.x0)
    widest = max(above.x1 - above.x0, rule.x1 - rule.x0)
    return shared >= SAME_EXTENT * widest and rule.top - above.top <= TALLEST_ROW


def _is_inside(line: PrintedLine, rules: Sequence[Mark], *, bare: bool) -> bool:
    """Return whether a line stands within a table; ``bare`` ones may have a row above."""
    x0, x1 = min(rule.x0 for rule in rules), max(rule.x1 for rule in rules)
    if line.turned or not (x0 - SAME_RULE <= line.x0 and line.x1 <= x1 + SAME_RULE):
        return False
    top = rules[0].top - (rules[1].top - rules[0].top if bare else 0)
    return top < line.base <= rules[-1].bottom + SAME_RULE


def _within(uprights: Sequence[Mark], rules: Sequence[Mark]) -> list[float]:
    """Return the places of the upright rules between the first and the last level rule."""
    places: list[float] = []
    for mark in sorted(uprights):
        is_beside = mark.bottom > rules[0].top + SAME_RULE and mark.top < rules[-1].top - SAME_RULE
        is_between = rules[0].x0 - SAME_RULE <= mark.x0 <= rules[0].x1 + SAME_RULE
        if is_beside and is_between and (not places or mark.x0 - places[-1] > SAME_RULE):
            places.append(mark.x0)
    return places


def _columns(lines: Sequence[PrintedLine], places: Sequence[float]) -> list[float]:
    """Return the left edges of the columns, by upright rules at ``places`` or by gaps."""
    if len(places) > 2:
        return list(places[:-1])
    spans: list[list[float]] = []
    for line in sorted(lines, key=lambda line: line.x0):
        if spans and line.x0 < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], line.x1)
        else:
            spans.append([line.x0, line.x1])
    return [span[0] - SAME_RULE for span in spans]


def _table(
    lines: Sequence[PrintedLine], rules: Sequence[Mark], columns: Sequence[float]
) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table that hold text."""
    words = [word for line in lines for word in line.words]
    edges = [float("-inf"), *(rule.top for rule in rules), float("inf")]
    rows = []
    for top, bottom in pairwise(edges):
        row = [word for word in words if top < word.base <= bottom]
        if row:
            rows.append(tuple(_cells(lines[0].page, row, columns)))
    return tuple(rows)


def _cells(page: int, words: Sequence[PageWord], columns: Sequence[float]) -> Iterator[Cell]:
    for left, right in pairwise([*columns, float("inf")]):
        own = [word for word in words if left <= (word.x0 + word.x1) / 2 < right]
        yield tuple(lines_of(page, own))


def _holder(lines: Sequence[PrintedLine], rows: tuple[tuple[Cell, ...], ...]) -> PrintedLine:
    """Return the line that stands for a whole table among the lines of its page."""
    top = min(line.top for line in lines)
    return replace(
        lines[0],
        words=lines[0].words,
        x0=min(line.x0 for line in lines),
        x1=max(line.x1 for line in lines),
        top=top,
        bottom=max(line.bottom for line in lines),
        base=top + lines[0].size,
        text="",
        shown=(),
        calls=tuple(call for line in lines for call in line.calls),
        table=rows,
        box=None,
    )
