"""A document's lines as blocks: headings, paragraphs, items, footnotes, boxes, furniture."""

from __future__ import annotations

from collections.abc import Container, Sequence

from corpus.lineplaces import placed_lines
from corpus.models import Block, BlockKind, Call, Line
from ingest.calls import calls_in, linked
from ingest.cells import Unplaced, continue_tables, table_blocks
from ingest.columns import in_reading_order
from ingest.contents import mark_contents, with_page_numbers
from ingest.drafts import (
    EDGE,
    INDENT_MOST,
    LOOSE,
    SAME_SIZE,
    Draft,
    ended_early,
    gather,
    is_terminal,
    is_unfinished,
)
from ingest.footnotes import SMALL, mark_notes, part_footnotes
from ingest.frames import mark_frames
from ingest.furniture import PageLines
from ingest.headings import mark_headings
from ingest.hyphens import join_lines
from ingest.insets import interrupts, mark_asides, mark_margin_notes, mark_quotes
from ingest.labels import are_fields, mark_labels
from ingest.layout import PrintedLine, Region
from ingest.measures import Measures, measure
from ingest.numbering import footnote_number, heading_number, list_marker
from ingest.packing import taken
from ingest.pages import PageWord
from ingest.recipients import part_recipients
from ingest.rounding import TO_WHOLE
from ingest.runin import part_run_in

FEWEST_LISTED = 2
"""Lines by themselves from which they are a list."""

MOST_ITEM_GAP = 2.2
"""Line distances between items of a list at most: names and dates at a letter's end are apart."""

LARGE_PAGE = 650_000.0
"""Square points from which a page is larger than A4 (501,000) and letter with their bleed."""

INTERRUPTING = 16
"""Blocks (address lines, a box with a list) that may stand inside a torn paragraph."""


def build_blocks(
    document_id: str, pages: list[PageLines], vocabulary: Container[str]
) -> tuple[Block, ...]:
    """Return the blocks of a document in reading order, furniture and footnotes on their pages.

    ``pages`` is emptied: lines are let go as blocks are made of them.
    """
    regions = {
        page.page.number: in_reading_order(with_page_numbers(page.body, len(pages)))
        for page in pages
    }
    measures = measure([region for found in regions.values() for region in found])
    drafts: list[Draft] = []
    notes: list[Draft] = []
    last = 0
    waiting: frozenset[str] = frozenset()
    for page in pages:
        open_note = notes[-1] if notes else None
        body, found, waiting = part_footnotes(
            regions.pop(page.page.number), measures, last, open_note, waiting
        )
        drafts.extend(gather(body, measures))
        notes.extend(found)
        numbers = [note.number for note in found if note.number and note.number.isdigit()]
        last = int(numbers[-1]) if numbers else last
    furniture = [(0, _furniture("header", line)) for page in pages for line in page.headers]
    furniture += [(3, _furniture("footer", line)) for page in pages for line in page.footers]
    large = [page.page.number for page in pages if _is_large(page)]
    pages.clear()
    drafts = mark_contents(drafts)
    mark_labels(drafts, large)
    mark_asides(drafts, measures)
    _mark_interrupting(drafts, measures)
    mark_quotes(drafts, measures)
    drafts = part_recipients(drafts, measures)
    drafts = mark_frames(drafts, measures)
    mark_margin_notes(drafts, measures)
    drafts = part_run_in(drafts, measures)
    mark_headings(drafts, measures)
    mark_notes(drafts)
    _mark_listed_lines(drafts, measures)
    drafts = _joined(drafts, measures)
    _set_item_levels(drafts)
    continue_tables(drafts)
    ranks = {"header": 0, "footer": 3}
    made = [
        (ranks.get(d.kind, 1), block) for d in taken(drafts) for block in _blocks(d, vocabulary)
    ]
    made += [(2, _block(note, vocabulary)) for note in taken(notes)]
    made += furniture
    made = [(rank, block) for rank, block in made if block.text]
    made.sort(key=lambda ranked: (ranked[1].page, ranked[0]))
    placed = [
        block.at(position, document_id) for position, (_rank, block) in enumerate(made, start=1)
    ]
    return tuple(linked(placed))


def _is_large(page: PageLines) -> bool:
    """Return whether a page is larger than a sheet of text."""
    return page.page.width * page.page.height > LARGE_PAGE


def _mark_interrupting(drafts: Sequence[Draft], measures: Measures) -> None:
    """Mark as furniture the line at a page's edge that stands inside a sentence of the text.

    So a running head is known that comes only once, in a letter of two pages.
    """
    for place in range(1, len(drafts) - 1):
        before, draft, after = drafts[place - 1 : place + 2]
        style = draft.lines[0].style
        is_small = style.size <= SMALL * measures.body.size or style.italic > measures.body.italic
        may_run = is_small and not draft.boxed and not draft.region.beside
        if draft.kind != "paragraph" or len(draft.lines) > 1 or not may_run:
            continue
        torn = before.kind == after.kind == "paragraph" and interrupts(drafts, place)
        if torn and before.lines[-1].page < draft.page:
            draft.kind = "header"
        elif torn and draft.page < after.page:
            draft.kind = "footer"


def _joined(drafts: Sequence[Draft], measures: Measures) -> list[Draft]:
    """Return the drafts with those made whole that a page, column, box or note tore."""
    result: list[Draft] = []
    for draft in drafts:
        torn = _torn(result, draft, measures)
        if torn is None:
            result.append(draft)
        else:
            torn.lines.extend(draft.lines)
            torn.last_region = draft.end_region
    return result


def _torn(before: Sequence[Draft], draft: Draft, measures: Measures) -> Draft | None:
    """Return the unfinished paragraph or item that ``draft`` goes on with, or None."""
    if draft.kind == "signature":
        return _signature_above(before, draft, measures)
    if draft.kind not in ("paragraph", "aside", "quote") or list_marker(draft.text):
        return None
    for place in range(len(before) - 1, max(len(before) - INTERRUPTING, 0) - 1, -1):
        other = before[place]
        if other.kind == "quote" and not draft.text[:1].islower():
            continue
        if other.kind == "heading" or draft.page - other.lines[-1].page > 1:
            return None
        if other.boxed != draft.boxed or (other.kind == "quote") != (draft.kind == "quote"):
            continue
        if other.kind == "list_item" and _begins_beside(before, place, draft, measures):
            return None
        if other.kind in ("paragraph", "list_item", "aside", "quote"):
            return other if _goes_on(other, draft, measures) else None
    return None


def _signature_above(before: Sequence[Draft], draft: Draft, measures: Measures) -> Draft | None:
    """Return the signature that ``draft`` is the next line of: a title under its name."""
    above = before[-1] if before else None
    if above is None or above.kind != "signature" or above.page != draft.page:
        return None
    return above if _is_right_below(above.lines[-1], draft.lines[0], measures) else None


def _goes_on(draft: Draft, following: Draft, measures: Measures) -> bool:
    last, first = draft.lines[-1], following.lines[0]
    if abs(last.size - first.size) > SAME_SIZE * last.size or last.turned != first.turned:
        return False
    same_column = draft.region is following.region and draft.page == following.page
    if same_column and first.base - last.base < measures.leading(last.size) * 2:
        return False
    if draft.page == following.page and _is_right_below(last, first, measures):
        return not ended_early(last, first, measures.right(last, draft.end_region))
    if is_terminal(last.text) or _is_below_aside(last, first):
        return False
    return (
        following.text[:1].islower()
        or last.text[-1:] in "-‐,–"
        or (
            not following.text[:1].isupper()
            or measures.right(last, draft.end_region) - last.x1 < 5 * last.size
        )
    )


def _begins_beside(
    before: Sequence[Draft], place: int, following: Draft, measures: Measures
) -> bool:
    """Return whether a text begins in the column after that of an item, as the boxes of slides do.

    Its first word had fitted on the item's last line, or the items of that list have no points.
    """
    item = before[place]
    last, first = item.lines[-1], following.lines[0]
    if item.page != following.page or item.end_region is following.region:
        return False
    if not following.text[:1].isupper() or is_unfinished(last.text):
        return False
    if ended_early(last, first, measures.right(last, item.end_region)):
        return True
    alike = [
        other
        for other in before[max(place - 2, 0) : place]
        if other.kind == "list_item" and other.region is item.region
    ]
    return bool(alike) and not any(_is_pointed(other.text) for other in alike)


def _is_pointed(text: str) -> bool:
    """Return whether a text ends as a sentence or a part of one does."""
    return is_terminal(text) or is_unfinished(text)


def _is_below_aside(last: PrintedLine, first: PrintedLine) -> bool:
    """Return whether a line in capitals at its start stands below another, of another column."""
    is_below = first.page == last.page and first.base > last.base
    is_aside = abs(first.x0 - last.x0) > INDENT_MOST * first.size
    return is_below and is_aside and first.text[:1].isupper()


def _is_right_below(last: PrintedLine, first: PrintedLine, measures: Measures) -> bool:
    """Return whether a line stands where the next line of the same paragraph would."""
    distance = first.base - last.base
    flush = abs(first.x0 - last.x0) < EDGE * first.size
    return flush and 0 < distance < LOOSE * measures.leading(last.size)


def _mark_listed_lines(drafts: Sequence[Draft], measures: Measures) -> None:
    """Turn runs of short lines, each a thing by itself, into list items without marks."""
    start = 0
    while start < len(drafts):
        end = start
        while end < len(drafts) and _is_listed(drafts[start], drafts[end]):
            end += 1
        run = drafts[start:end]
        if len(run) >= FEWEST_LISTED and not (_are_apart(run, measures) or are_fields(run, drafts)):
            for draft in run:
                draft.kind = "list_item"
        start = max(end, start + 1)


def _is_listed(first: Draft, draft: Draft) -> bool:
    """Return whether a draft is a line by itself, flush with the ``first`` of its list."""
    return (
        draft.kind == "paragraph"
        and draft.region is first.region
        and len(draft.lines) == 1
        and not is_terminal(draft.text)
        and not draft.lines[0].turned
        and draft.lines[0].style.italic == first.lines[0].style.italic
        and draft.lines[0].style.bold == first.lines[0].style.bold
        and abs(draft.lines[0].x0 - first.lines[0].x0) < EDGE * first.lines[0].size
        and sum(map(str.isalpha, draft.text)) > 2
    )


def _are_apart(drafts: Sequence[Draft], measures: Measures) -> bool:
    """Return whether lines stand further from each other than the items of a list do."""
    gaps = [draft.gap for draft in drafts[1:]]
    return min(gaps) > MOST_ITEM_GAP * measures.leading(drafts[0].lines[0].size)


def _set_item_levels(drafts: Sequence[Draft]) -> None:
    """Give each list item its depth by how far its marker is set in within its list."""
    edges: list[float] = []
    was_beside = False
    for draft in drafts:
        if draft.kind != "list_item":
            if draft.kind in ("paragraph", "heading"):
                edges = []
            continue
        is_beside = draft.region.beside
        edges = edges if is_beside == was_beside else []
        was_beside = is_beside
        x0 = draft.lines[0].x0 - (draft.region.x0 if is_beside else 0)
        near = draft.lines[0].size * 0.8
        edges = [edge for edge in edges if edge < x0 + near]
        if not edges or x0 - edges[-1] > near:
            edges.append(x0)
        draft.level = len(edges)


def _blocks(draft: Draft, vocabulary: Container[str]) -> list[Unplaced]:
    """Return a draft as a block, a table as one for each row."""
    if draft.kind == "table":
        return table_blocks(draft, lambda cell: _block(cell, vocabulary))
    return [_block(draft, vocabulary)]


def _block(draft: Draft, vocabulary: Container[str]) -> Unplaced:
    """Return a draft as a block, its marker or number taken from the text."""
    skipped = _skipped(draft)
    texts = [line.text for line in draft.lines]
    texts[0] = texts[0][skipped:]
    text, starts = join_lines(texts, vocabulary)
    number = draft.marker.number if draft.marker else draft.number
    return Unplaced(
        draft.kind,
        text,
        draft.page,
        _lines(draft.lines, text, starts, skipped),
        _calls(draft.lines, text, starts, skipped),
        draft.level,
        number if draft.kind in ("heading", "list_item", "footnote") else None,
    )


def _calls(
    lines: Sequence[PrintedLine], text: str, starts: Sequence[int], skipped: int
) -> tuple[Call, ...]:
    called = [line.calls for line in lines]
    return calls_in(called, text, starts, [skipped, *[0] * len(lines)]) if any(called) else ()


def _skipped(draft: Draft) -> int:
    """Return how many characters of a draft's first line are marker or number."""
    text = draft.lines[0].text
    if draft.kind == "heading" and draft.number:
        if len(draft.lines) > 1 and text.rstrip(".:") == draft.number:
            return len(text)
        return len(text) - len(heading_number(text)[1]) if heading_number(text)[0] else 0
    if draft.kind == "footnote":
        found = footnote_number(text)
        return found[1] if found else 0
    return draft.marker.length if draft.kind == "list_item" and draft.marker else 0


def _lines(
    lines: Sequence[PrintedLine], text: str, starts: Sequence[int], skipped: int
) -> Sequence[Line]:
    """Return where each of a block's lines stands, ``skipped`` characters of the first left out."""
    places: list[float] = []
    words: list[float] = []
    for index, line in enumerate(lines):
        start, end = starts[index], starts[index + 1] if index + 1 < len(starts) else len(text)
        while end > start and text[end - 1] == " ":
            end -= 1
        if end > start:
            first = start if index else start - skipped
            own = [] if line.turned else _placed(line.shown, start, end, first)
            places += _place(line, start, end, own)
            words += own
    return placed_lines(places, words)


def _place(line: PrintedLine, start: int, end: int, words: Sequence[float]) -> tuple[float, ...]:
    """Return where the text of a line stands, as the numbers of ``placed_lines``."""
    if words:
        x0, x1 = min(words[1::3]), max(words[2::3])
    else:
        x0, x1 = _tenths(line.x0), _tenths(line.x1)
    return start, end, line.page, x0, _tenths(line.top), x1, _tenths(line.bottom), len(words)


def _tenths(edge: float) -> float:
    """Return the whole tenths of a point to which ``round`` takes an edge."""
    return round(edge, 1) * 10 + TO_WHOLE - TO_WHOLE


def _placed(words: Sequence[PageWord], start: int, end: int, first: int) -> list[float]:
    """Return the words that begin in ``text[start:end]``, the first of all at ``first``.

    Each is three numbers: where it begins, and its edges in whole tenths of a point, of two the
    even as ``round`` gives.
    """
    placed: list[float] = []
    at = first
    for word in words:
        if at > first and not word.glued:
            at += 1
        if start <= at < end:
            x0, x1 = word.x0 * 10 + TO_WHOLE - TO_WHOLE, word.x1 * 10 + TO_WHOLE - TO_WHOLE
            placed += (at, x0, x1)
        at += len(word.text)
    return placed


def _furniture(kind: BlockKind, line: PrintedLine) -> Unplaced:
    region = Region((line,), line.x0, line.x1)
    return _block(Draft(kind, [line], region), frozenset())
