"""Reads a document as parts: what is content, what is a list item, what stands under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.passages import Passage, Piece, whole
from corpus.ids import squash
from corpus.models import Block, Document

LABEL_WORDS = 14
"""A line of at most this many words without a verb's full stop can be the name of a group: the
longest name of four coordinated committees has about a dozen words."""
CONTENTS_ENTRY_LENGTH = 200
"""Characters: a longer paragraph is prose, so the list of contents has ended."""
ASIDE_WORDS = 8
"""Words from which an aside can be a sentence of its own; labels in figures are shorter."""
NO_LEVEL = 99
"""Level of a heading that has none: deeper than all others."""

LEAST_VOTES = 6
"""Function words that a part must hold to tell its language; two short list entries have six."""

_LATIN_WORD = re.compile(r"[a-zåäöA-ZÅÄÖ]+")
_SWEDISH = frozenset(
    ("och", "att", "av", "som", "den", "det", "en", "ett", "på", "till", "är", "med", "ska", "bör")
)
_ENGLISH = frozenset(
    ("and", "the", "of", "to", "that", "a", "an", "on", "is", "are", "with", "should", "be", "by")
)
ASIDE_KINDS = frozenset({"aside", "quote"})
"""What stands beside the text: boxes, set-off sentences and pulled-out quotes."""
_CONTENT_KINDS = frozenset({"heading", "paragraph", "list_item", "table"})
_GLYPH = re.compile(r"^\s*(?:[•●○◦▪■□►▶➢✓∙·‣⁃*\u2022\uf000-\uf8ff]|[-–—](?=\s))\s*")
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d*\s*$|…{2,}\s*\d*\s*$")
_CONTENTS = re.compile(r"innehåll(?:sförteckning)?|contents", re.IGNORECASE)
_ENDS_IN_PAGE = re.compile(r"\s\d{1,3}$")
_ROW = re.compile(r"[^\n]+")
_BAR = re.compile(r"\s*\|\s*")
_OPEN_END = re.compile(r"[^.!?:;]$")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it, down to the next heading of its level or higher.

    ``start`` and ``end`` are its places in the flow of blocks; ``parent`` the index of the part
    that it belongs to.
    """

    heading: Block
    start: int
    end: int
    parent: int | None


def flow(document: Document) -> tuple[Block, ...]:
    """Return headings, paragraphs, list items and tables in order, without lists of contents.

    An aside is among them where it says what the text does not say again: the set-off sentence
    that opens a section, not the quote that is pulled out of one.
    """
    levels = {section.id: section.level for section in document.sections}
    own = _own_asides(document.blocks)
    content = (b for b in document.blocks if b.kind in _CONTENT_KINDS or b.id in own)
    return tuple(_with_level(block, levels) for block in _without_contents(content))


def _own_asides(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the ids of asides of sentences that stand nowhere else."""
    asides = [b for b in blocks if b.kind in ASIDE_KINDS and len(b.text.split()) >= ASIDE_WORDS]
    texts = [squash(b.text) for b in blocks if b.kind in _CONTENT_KINDS]
    return frozenset(
        aside.id for aside in asides if not any(squash(aside.text) in text for text in texts)
    )


def _with_level(block: Block, levels: Mapping[str, int]) -> Block:
    """Return a heading with its section's level where it has none of its own."""
    if block.kind != "heading" or block.level is not None or block.section is None:
        return block
    return replace(block, level=levels.get(block.section))


def _without_contents(blocks: Iterator[Block]) -> Iterator[Block]:
    in_contents = False
    for block in blocks:
        text = block.text.strip()
        if _CONTENTS.fullmatch(text):
            in_contents = True
        if in_contents and not _is_contents_entry(block) and not _CONTENTS.fullmatch(text):
            in_contents = False
        if text and not in_contents and not _LEADERS.search(text):
            yield block


def _is_contents_entry(block: Block) -> bool:
    if block.kind == "heading":
        return bool(_ENDS_IN_PAGE.search(block.text) or _LEADERS.search(block.text))
    return len(block.text) <= CONTENTS_ENTRY_LENGTH


def without_english(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks that are not in English, by the words of the part that they stand in.

    A short list entry can't tell its language, nor can a reader of single blocks; the heading's
    whole part can.
    """
    english = english_places(blocks)
    return tuple(block for place, block in enumerate(blocks) if place not in english)


def english_places(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places of the blocks that are in English."""
    outline = parts(blocks)
    english: set[int] = set()
    for part in outline:
        members = range(part.start, part.end)
        votes = [_votes(blocks[place].text) for place in members]
        swedish, other = sum(vote[0] for vote in votes), sum(vote[1] for vote in votes)
        if swedish + other < LEAST_VOTES:
            continue
        if other > swedish:
            english.update(members)
        else:
            english.difference_update(members)
    first = outline[0].start if outline else len(blocks)
    english.update(place for place in range(first) if blocks[place].language == "en")
    return frozenset(english)


def _votes(text: str) -> tuple[int, int]:
    """Return how many Swedish and how many English function words a text holds."""
    words = [word.lower() for word in _LATIN_WORD.findall(text)]
    return sum(word in _SWEDISH for word in words), sum(word in _ENGLISH for word in words)


def parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Return the part of each heading in ``blocks``, in order."""
    found: list[Part] = []
    stack: list[int] = []
    headings = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    for place in headings:
        level = depth(blocks[place])
        while stack and depth(found[stack[-1]].heading) >= level:
            stack.pop()
        later = (other for other in headings if other > place and depth(blocks[other]) <= level)
        end = next(later, len(blocks))
        found.append(Part(blocks[place], place, end, stack[-1] if stack else None))
        stack.append(len(found) - 1)
    return tuple(found)


def depth(heading: Block) -> int:
    """Return a heading's level, 1 for the highest."""
    return heading.level if heading.level is not None else NO_LEVEL


def item(block: Block) -> Passage | None:
    """Return a list item's text without its bullet, or None where the block is no list item."""
    glyph = _GLYPH.match(block.text)
    if block.kind != "list_item" and not (block.kind == "paragraph" and glyph):
        return None
    start = glyph.end() if glyph else 0
    return Passage((Piece(block, start, len(block.text)),)) if block.text[start:].strip() else None


def rows(table: Block) -> Iterator[list[Piece]]:
    """Yield the cells of each row of a table, those without text as empty pieces.

    A block that knows its cells is one row; in plain text rows are lines, and ``|`` parts cells.
    """
    if table.cells:
        pieces = {cell.column: Piece(table, cell.start, cell.end) for cell in table.cells}
        yield [pieces.get(column, Piece(table, 0, 0)) for column in range(max(pieces) + 1)]
        return
    for row in _ROW.finditer(table.text):
        start, cells = row.start(), []
        for bar in _BAR.finditer(table.text, *row.span()):
            cells.append(Piece(table, start, bar.start()))
            start = bar.end()
        yield [*cells, Piece(table, start, row.end())]


def continues(passage: Passage, block: Block) -> bool:
    """Return whether ``block`` goes on with a list item that a page break has torn in two."""
    return (
        block.kind == "paragraph"
        and bool(_OPEN_END.search(passage.text))
        and block.text[:1].islower()
    )


def torn(passage: Passage, block: Block) -> Passage:
    """Return ``passage`` with its second half, ``block``."""
    return Passage((*passage.pieces, *whole(block).pieces))


def is_short_line(block: Block) -> bool:
    """Return whether a paragraph or heading could be the name of a group of items."""
    text = block.text.strip()
    return (
        block.kind in {"heading", "paragraph"}
        and len(text.split()) <= LABEL_WORDS
        and not text.endswith((".", "?", "!", ";", ","))
    )
