"""Documents without pages: what the readers of Word files and web pages share.

A reader gives drafts in reading order. Here those that the file does not call by name (headings in
bold, typed list marks, contents, letterheads, signatures) get their kinds by the same words as on
pages, and become the blocks and sections of a document.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from corpus.models import Block, Call, Cell, Document, Fact, Page
from ingest.assembly import assembled
from ingest.cells import CELL_SEPARATOR
from ingest.drafts import in_capitals, is_terminal
from ingest.letterheads import mark_frames
from ingest.numbering import depth, heading_number, list_marker
from ingest.prose import Draft, DraftCall, DraftCell
from ingest.textlayout import HEADING_RUN, reads_as_heading
from ingest.wordlists import words

NOMINAL_PAGE = 2_500
"""Characters that stand for a page where facts are looked for on the first pages: a page of A4 in
the sample has 2,300 to 2,900."""

LONGEST_BOLD_HEADING = 110
"""Characters of the longest paragraph in bold that is taken for a heading: three lines in bold are
an emphasised statement."""

LARGER = 1.15
"""Times the size of most of the text from which a short paragraph's type is that of a heading:
12 points over 10, 14 over 12."""


_LEADS_TO_PAGE = re.compile(r"(?:\.\s?){3,}\s*\d{1,4}$|\D\s+\d{1,3}$")
_COUNTED = re.compile(r"[\dA-Z]+(?:\.\d+)*")
"""A number whose parts tell a level; not *Bilaga 1*."""
_FIRST = re.compile(r"\(?(?:1|a|i)[.)]+")


class Properties(NamedTuple):
    """What a file says of itself beside its text; title and ISO date are None where it does not."""

    title: str | None = None
    date: str | None = None


def build_document(
    drafts: Sequence[Draft], content: bytes, document_id: str, source: str
) -> Document:
    """Return the document of a reader's drafts; its blocks stand on nominal pages.

    Pages are nominal so that facts can be looked for at its beginning; ``without_pages`` takes
    them away.
    """
    drafts = [draft for draft in drafts if draft.text or draft.cells]
    _mark_typed_items(drafts)
    _mark_contents(drafts)
    drafts = mark_frames(drafts)
    _mark_bold_headings(drafts)
    _number_headings(drafts)
    _level_by_numbers(drafts)
    blocks = _with_notes(_blocks(document_id, drafts), drafts)
    pages = [
        Page(number, 0.0, 0.0, "\n".join(map(_as_line, blocks)) if number == 1 else "")
        for number in range(1, max((block.page for block in blocks), default=1) + 1)
    ]
    return assembled(document_id, source, hashlib.sha256(content).hexdigest(), blocks, pages)


def without_pages(document: Document) -> Document:
    """Return a document with its nominal pages made one, and no fact said to be on a page."""
    return replace(
        document,
        pages=document.pages[:1],
        sections=tuple(replace(section, page=1) for section in document.sections),
        blocks=tuple(replace(block, page=1) for block in document.blocks),
        facts={
            name: replace(fact, place="text") if fact.place.startswith("page ") else fact
            for name, fact in document.facts.items()
        },
    )


def with_properties(document: Document, properties: Properties) -> Document:
    """Return a document with title and date of the file's properties where its text has none."""
    facts = dict(document.facts)
    titled = properties.title and not _NO_TITLE.search(properties.title)
    if titled and facts["title"].place in ("file name", "sender"):
        facts["title"] = Fact(str(properties.title), "properties", PROPERTY_CONFIDENCE)
    if properties.date and not document.date:
        facts["date"] = Fact(properties.date, "properties", PROPERTY_CONFIDENCE)
    date = facts["date"].value if "date" in facts else None
    return replace(document, title=facts["title"].value, date=date, facts=facts)


_NO_TITLE = re.compile(
    r"\.(?:docx?|dotx?|pdf|html?)$"
    r"|^(?:microsoft (?:office )?word|dokument|document|untitled|namnlös)",
    re.I,
)
"""What programs put in the place of a title."""

PROPERTY_CONFIDENCE = 0.5
"""How sure a file's properties are: they are inherited from the file that was written over."""


def _as_line(block: Block) -> str:
    return f"{block.number} {block.text}" if block.number else block.text


# Kinds


def _mark_typed_items(drafts: Sequence[Draft]) -> None:
    """Turn paragraphs that begin with a bullet or with a number in sequence into list items."""
    family = ""
    for draft in drafts:
        marker = list_marker(draft.text) if draft.kind in ("paragraph", "list_item") else None
        if marker is None or draft.number or not draft.text[marker.length :].strip():
            family = "" if draft.kind not in ("footnote", "aside") else family
            continue
        opens = marker.number is None or bool(_FIRST.fullmatch(marker.number))
        if not opens and marker.family != family:
            continue
        family = marker.family
        draft.kind, draft.number = "list_item", marker.number
        draft.level = draft.level or 1
        draft.cut(marker.length)


def _mark_contents(drafts: Sequence[Draft]) -> None:
    """Turn typed tables of contents into asides: entries with page numbers under their heading."""
    inside = False
    for draft in drafts:
        if draft.text.casefold().strip(" :") in words()["contents"]:
            inside = True
        elif inside and draft.kind in ("paragraph", "list_item", "heading"):
            inside = bool(_LEADS_TO_PAGE.search(draft.text))
            if inside:
                draft.kind, draft.level, draft.number = "aside", None, None


def _mark_bold_headings(drafts: Sequence[Draft]) -> None:
    """Turn whole short paragraphs in bold, large type or capitals into headings over text.

    They are below the headings that the file calls so; where it calls none, the larger type is
    the higher level.
    """
    look = _body_look(drafts)
    start = 0
    found: list[Draft] = []
    while start < len(drafts):
        end = start
        while end < len(drafts) and _may_be_heading(drafts[end], look):
            end += 1
        follows = end < len(drafts) and drafts[end].kind in ("paragraph", "list_item", "table")
        if follows and end - start < HEADING_RUN:
            found += drafts[start:end]
        start = max(end, start + 1)
    sizes = sorted({draft.size or 0.0 for draft in found}, reverse=True)
    named = any(draft.kind == "heading" for draft in drafts)
    chosen, above = set(map(id, found)), 0
    for draft in drafts:
        if id(draft) in chosen:
            own = sizes.index(draft.size or 0.0) + 1
            draft.level = above + 1 if named else own
            draft.kind = "heading"
        elif draft.kind == "heading":
            above = draft.level or 1


class _Look(NamedTuple):
    """How most of a document's text is set; the size is None where the file tells none."""

    bold: bool
    size: float | None


def _body_look(drafts: Sequence[Draft]) -> _Look:
    sizes: Counter[float | None] = Counter()
    bold: Counter[bool] = Counter()
    for draft in drafts:
        if draft.kind in ("paragraph", "list_item") and is_terminal(draft.text):
            sizes[draft.size] += len(draft.text)
            bold[draft.bold] += len(draft.text)
    return _Look(bold[True] > bold[False], sizes.most_common(1)[0][0] if sizes else None)


def _may_be_heading(draft: Draft, look: _Look) -> bool:
    if draft.kind == "list_item":
        stands_out = draft.bold and not look.bold and draft.number is not None
    else:
        stands_out = draft.kind == "paragraph" and _stands_out(draft, look)
    if not stands_out:
        return False
    text = heading_number(draft.text)[1]
    return len(draft.text) <= LONGEST_BOLD_HEADING and reads_as_heading(text)


def _stands_out(draft: Draft, look: _Look) -> bool:
    larger = bool(draft.size and look.size and draft.size > look.size * LARGER)
    return (draft.bold and not look.bold) or larger or in_capitals(draft.text)


def _number_headings(drafts: Iterable[Draft]) -> None:
    """Take the typed number off each heading's text; a number that the file counts is cleaned."""
    for draft in drafts:
        if draft.kind != "heading":
            continue
        if draft.number:
            draft.number = draft.number.rstrip(".:) ") or None
            continue
        number, text = heading_number(draft.text)
        if number:
            draft.number = number
            draft.cut(len(draft.text) - len(text))


def _level_by_numbers(drafts: Iterable[Draft]) -> None:
    """Give headings their levels by their numbers, as on pages; others by what stands beside.

    A file's own level counts where no heading has a number, and else tells which headings without
    one stand at the level of those that have one, above them and below.
    """
    headings = [draft for draft in drafts if draft.kind == "heading"]
    depths: dict[int, Counter[int]] = {}
    for draft in headings:
        if draft.number and _COUNTED.fullmatch(draft.number):
            depths.setdefault(draft.level or 1, Counter())[depth(draft.number)] += 1
    if not depths:
        return
    levels = {own: found.most_common(1)[0][0] for own, found in depths.items()}
    own_levels = sorted({draft.level or 1 for draft in headings})
    level = 0
    for own in own_levels:
        level = levels.setdefault(own, level + 1)
    for below, own in pairwise(reversed(own_levels)):
        if own not in depths:
            levels[own] = max(1, min(levels[own], levels[below] - 1))
    for draft in headings:
        counted = draft.number and _COUNTED.fullmatch(draft.number)
        draft.level = depth(draft.number or "") if counted else levels[draft.level or 1]


# Blocks


def _blocks(document_id: str, drafts: Sequence[Draft]) -> list[Block]:
    blocks: list[Block] = []
    page, filled = 1, 0
    for position, draft in enumerate(drafts, start=1):
        begins = draft.new_page or filled > NOMINAL_PAGE
        if begins and filled and draft.kind not in ("header", "footer"):
            page, filled = page + 1, 0
        is_furniture = draft.kind in ("header", "footer")
        block = _block(draft, f"{document_id}-b{position}", position)
        filled += 0 if is_furniture else len(block.text)
        blocks.append(replace(block, page=1 if is_furniture else page))
    return blocks


def _block(draft: Draft, key: str, position: int) -> Block:
    text, cells, calls = _row(draft.cells) if draft.cells else (draft.text, (), draft.calls)
    return Block(
        id=key,
        kind=draft.kind,
        text=text,
        page=1,
        position=position,
        level=draft.level,
        number=draft.number,
        anchor=draft.anchor,
        calls=tuple(Call(call.at, call.sign) for call in calls),
        cells=cells,
    )


def _row(drafted: Sequence[DraftCell]) -> tuple[str, tuple[Cell, ...], tuple[DraftCall, ...]]:
    """Return a row's text, its cells parted by upright strokes, with the places of the cells."""
    text = ""
    cells: list[Cell] = []
    calls: list[DraftCall] = []
    for cell in drafted:
        text += CELL_SEPARATOR if cells else ""
        start = len(text)
        text += " ".join(cell.lines)
        cells.append(Cell(start, len(text), cell.column, cell.head))
        calls += [call._replace(at=start + call.at) for call in cell.calls]
    return text, tuple(cells), tuple(calls)


def _with_notes(blocks: Sequence[Block], drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """Return the blocks with each call of a footnote linked to the note's block."""
    notes = {draft.key: block.id for draft, block in zip(drafts, blocks, strict=True) if draft.key}
    linked = []
    for draft, block in zip(drafts, blocks, strict=True):
        called = _row(draft.cells)[2] if draft.cells else tuple(draft.calls)
        calls = tuple(Call(call.at, call.sign, notes.get(call.key)) for call in called)
        linked.append(replace(block, calls=calls))
    return tuple(linked)
