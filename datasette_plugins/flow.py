"""A document without pages as its blocks in order, with the quotes marked where they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from datasette_plugins.places import find_quotes
from datasette_plugins.queries import Row

DEEPEST_HEADING = 6
"""The lowest level of heading in HTML; a document's own begin at the third, below the page's."""


def flow(blocks: Sequence[Row], quotes: Sequence[Row], shown: str | None = None) -> list[Row]:
    """Return the blocks in order, rows of one table together as ``rows``.

    Each has its text as ``pieces``: of ``text``, the ``quote`` that it is or None, whether that
    quote begins there (``first``), and the footnote's sign that stands before it (``call``).
    ``shown`` is the id of a block to be marked whole. The numbers of quotes that do not stand in
    the text come first, so that each can be reached.
    """
    text = "\n".join(block["text"] for block in blocks)
    spans = find_quotes(text, [quote["text"] for quote in quotes])
    marked = sorted((*span, place) for place, span in enumerate(spans) if span is not None)
    lost = [quote for quote, span in zip(quotes, spans, strict=True) if span is None]
    made: list[Row] = [_lost(lost)] if lost else []
    offset = 0
    for block in blocks:
        end = offset + len(block["text"])
        near = [
            (start - offset, stop - offset, quotes[place])
            for start, stop, place in marked
            if start < end and stop > offset
        ]
        made.append(_shown(block, near, is_shown=block["id"] == shown))
        offset = end + 1
    _set_headings(made)
    return _with_tables(made)


def _lost(quotes: Sequence[Row]) -> Row:
    """Return the numbers of quotes that are not found, as a paragraph of their own."""
    pieces = [{"text": "", "quote": quote, "first": True, "call": None} for quote in quotes]
    return {"kind": "paragraph", "shown": False, "cells": None, "pieces": pieces}


def _shown(block: Row, near: Sequence[tuple[int, int, Row]], *, is_shown: bool) -> Row:
    calls = [(int(at), str(sign)) for at, sign, *_note in json.loads(block["calls"] or "[]")]
    cells = json.loads(block["cells"] or "[]")
    row = {**block, "shown": is_shown}
    if block["kind"] == "table" and cells:
        row["cells"] = [
            {
                "head": bool(head),
                "pieces": _pieces(block["text"], start, end, near, calls),
            }
            for start, end, _column, head in cells
        ]
    row["pieces"] = _pieces(block["text"], 0, len(block["text"]), near, calls)
    return row


def _pieces(
    text: str,
    start: int,
    end: int,
    near: Sequence[tuple[int, int, Row]],
    calls: Sequence[tuple[int, str]],
) -> list[Row]:
    """Return ``text[start:end]`` cut where quotes begin and end and where footnotes are called."""
    inside = [at for at, _sign in calls if start <= at <= end]
    edges = {start, end, *inside, *(edge for span in near for edge in span[:2])}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    signs = dict(calls)
    pieces = []
    for left, right in zip(cuts, [*cuts[1:], end], strict=True):
        quote = next((q for first, stop, q in near if first <= left < stop), None)
        piece = {
            "text": text[left:right],
            "quote": quote,
            "first": any(first == left and q is quote for first, _stop, q in near),
            "call": signs.get(left) if left in inside else None,
        }
        if piece["text"] or piece["call"]:
            pieces.append(piece)
    return pieces


def _set_headings(blocks: Sequence[Row]) -> None:
    """Give headings their level in HTML, none more than one deeper than the one before it."""
    above = 0
    for block in blocks:
        if block["kind"] == "heading":
            above = min(block["level"] or 1, above + 1)
            block["heading"] = min(2 + above, DEEPEST_HEADING)


def _with_tables(blocks: Sequence[Row]) -> list[Row]:
    """Return the blocks with rows of cells that follow each other as one table."""
    result: list[Row] = []
    for is_table, group in groupby(blocks, key=lambda block: isinstance(block["cells"], list)):
        rows = list(group)
        result += [{"kind": "table", "rows": rows}] if is_table else rows
    return result
