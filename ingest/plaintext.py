"""Reading a plain text file: pages parted by form feeds, blocks and sections without boxes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.ids import document_id as id_of_file
from corpus.ids import squash
from corpus.models import Block, BlockKind, Document, Page
from ingest.assembly import assembled
from ingest.calls import calls_in, linked
from ingest.hyphens import join_lines, vocabulary
from ingest.numbering import depth
from ingest.textlayout import Draft, draft_blocks, is_dangling
from ingest.textlines import (
    LONGEST_PAGE,
    Footnote,
    TextLine,
    decode,
    page_lines,
    part_footnotes,
    part_running_lines,
    split_pages,
)
from ingest.wordlists import words

PULL_QUOTE_WORDS = 4
"""Words of the shortest passage that is taken for a pull quote because the text repeats it."""
PULL_QUOTE_LINES = 3
LABEL_LENGTH = 12
"""Characters of the longest scrap without small letters (a month in a figure) that is an aside."""
FULL_PAGE_QUANTILE = 0.8
FILLED_SHARE = 0.75
"""A page counts as filled from this share of the lines of a full page, which is the page that
four pages in five do not exceed."""
OPEN_HEADING_WORDS = 6
"""Words from which a line before a page break that the next page goes on with is no heading."""

_ENDS = re.compile(r"[.!?:;][)”\"'’»]?$")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def read_text(source: Path | bytes, document_id: str | None = None, name: str = "") -> Document:
    """Return a text file as a document; its blocks have no lines, for text has no coordinates.

    ``source`` is the file or its content; ``name`` is the source's name where content is given.
    Raises ``UnreadableDocument`` for a file that is missing, empty or without words.
    """
    content = source if isinstance(source, bytes) else _content(source)
    source_name = name or ("" if isinstance(source, bytes) else str(source))
    if not content.strip():
        raise UnreadableDocument("empty", f"{source_name} is empty; fetch the file again")
    text = decode(content)
    if "\x00" in text:
        raise UnreadableDocument("wrong_type", f"{source_name} is no text file; check its ending")
    if not _LETTERS.search(text):
        raise UnreadableDocument("no_text", f"{source_name} holds no words; check the file")
    pages = split_pages(text)
    own_id = document_id or id_of_file(source_name)
    return assembled(
        own_id,
        source_name,
        hashlib.sha256(content).hexdigest(),
        _blocks(own_id, pages),
        [Page(number, 0.0, 0.0, page_text) for number, page_text in enumerate(pages, start=1)],
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument("missing", f"{path} is not there; check the path") from error
    except PermissionError as error:
        raise UnreadableDocument(
            "no_permission", f"{path} can't be read; check its rights"
        ) from error


def _blocks(document_id: str, pages: Sequence[str]) -> tuple[Block, ...]:
    """Return all blocks of a text in reading order, footnotes at the end of their page."""
    lines = [page_lines(text, number) for number, text in enumerate(pages, start=1)]
    bodies, headers, footers = part_running_lines(lines)
    body, notes = _part_all_footnotes(bodies)
    drafts = _joined_over_pages(_with_asides(draft_blocks(body)))
    levels = _heading_levels(drafts, bodies)
    known = vocabulary(*pages)
    made = [
        *(_block(draft, level, known) for draft, level in zip(drafts, levels, strict=True)),
        *(_furniture("header", line) for line in headers),
        *(_furniture("footer", line) for line in footers),
        *(_footnote(note, known) for note in notes),
    ]
    order = {"header": 0, "footnote": 2, "footer": 3}
    made.sort(key=lambda block: (block.page, order.get(block.kind, 1)))
    placed = [
        replace(block, id=f"{document_id}-b{position}", position=position)
        for position, block in enumerate(made, start=1)
    ]
    return tuple(linked(placed))


def _part_all_footnotes(
    bodies: Iterable[Sequence[TextLine]],
) -> tuple[list[TextLine], list[Footnote]]:
    body: list[TextLine] = []
    notes: list[Footnote] = []
    for lines in bodies:
        last = int(notes[-1].number) if notes else 0
        kept, found = part_footnotes(lines, last)
        body.extend(kept)
        notes.extend(found)
    return body, notes


def _with_asides(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with pull quotes and scraps of figures marked as asides."""
    paragraphs: dict[int, list[str]] = {}
    for draft in drafts:
        if draft.kind == "paragraph":
            paragraphs.setdefault(draft.page, []).append(squash(draft.joined))
    # Where page breaks were lost a text repeats itself, but not beside itself.
    paragraphs = {
        page: texts for page, texts in paragraphs.items() if sum(map(len, texts)) <= LONGEST_PAGE
    }
    for draft in drafts[1:]:
        text = draft.joined
        if draft.kind not in ("heading", "paragraph") or draft.number:
            continue
        is_scrap = len(text) <= LABEL_LENGTH and not any(letter.islower() for letter in text)
        if is_scrap or _is_pull_quote(draft, paragraphs):
            draft.kind = "aside"
    return drafts


def _is_pull_quote(draft: Draft, paragraphs: Mapping[int, Sequence[str]]) -> bool:
    """Return whether a draft repeats words of a longer paragraph on its page or one beside it.

    Of headings only those of three lines count: a chapter's title may stand in its text as well.
    """
    if len(draft.joined.split()) < PULL_QUOTE_WORDS:
        return False
    if draft.kind == "heading" and len(draft.lines) < PULL_QUOTE_LINES:
        return False
    quote = squash(draft.joined)
    return any(
        quote in text and len(quote) < len(text)
        for page in (draft.page - 1, draft.page, draft.page + 1)
        for text in paragraphs.get(page, ())
    )


def _joined_over_pages(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with paragraphs and list items that a page break tore made whole."""
    result: list[Draft] = []
    for draft in drafts:
        torn = _torn_before(result, draft) if _is_first_text(result, draft) else None
        if torn is None or not _continues(torn, draft):
            result.append(draft)
            continue
        if torn.kind == "heading":
            torn.kind = "paragraph"
        torn.lines.extend(draft.lines)
        torn.texts.extend([draft.lines[0].text, *draft.texts[1:]])
    return result


def _is_first_text(before: Sequence[Draft], draft: Draft) -> bool:
    """Return whether a draft is the first paragraph of its page's text."""
    same_page = takewhile(lambda other: other.page == draft.page, reversed(before))
    on_page = any(other.kind != "aside" for other in same_page)
    return draft.kind in ("paragraph", "list_item") and bool(before) and not on_page


def _continues(torn: Draft, draft: Draft) -> bool:
    """Return whether a draft begins as only the inside of the torn sentence does."""
    begins_inside = draft.joined[0].islower() or draft.joined[0] in "(0123456789"
    if draft.kind == "list_item":
        is_dash = draft.lines[0].text[0] in "–—"
        return is_dash and begins_inside and torn.kind == "paragraph"
    return begins_inside or is_dangling(torn.joined)


def _torn_before(before: Sequence[Draft], draft: Draft) -> Draft | None:
    """Return the last unfinished paragraph or list item of the page before, or None."""
    for other in reversed(before):
        if other.lines[-1].page < draft.page - 1:
            return None
        if other.kind == "heading" and len(other.joined.split()) < OPEN_HEADING_WORDS:
            continue
        if other.kind in ("paragraph", "list_item", "heading"):
            return None if _ENDS.search(other.joined) else other
    return None


def _heading_levels(
    drafts: Sequence[Draft], bodies: Sequence[Sequence[TextLine]]
) -> list[int | None]:
    """Return each heading's level: by its number, by its words, or by where it stands."""
    opened = _chapter_pages(bodies)
    levels: list[int | None] = []
    numbered_level, last_page = 0, 0
    for draft, following in zip(drafts, (*drafts[1:], None), strict=True):
        level: int | None = 1 if draft.kind == "list_item" else None
        if draft.kind == "heading":
            on_top = draft.page != last_page
            leads = following is not None and following.kind == "heading"
            level = _level(draft, numbered_level, on_top and (leads or draft.page in opened))
            if draft.number or level == 1:
                numbered_level = level if draft.number else 0
        last_page = draft.page
        levels.append(level)
    return levels


def _chapter_pages(bodies: Sequence[Sequence[TextLine]]) -> frozenset[int]:
    """Return the pages that follow a page with room left: there a chapter may begin."""
    lengths = sorted(len(lines) for lines in bodies)
    full = lengths[int(FULL_PAGE_QUANTILE * (len(lengths) - 1))] if lengths else 0
    return frozenset(
        number
        for number, before in enumerate(([], *bodies), start=1)
        if len(before) < FILLED_SHARE * full
    )


def _level(draft: Draft, numbered_level: int, opens_chapter: bool) -> int:
    if draft.number:
        return depth(draft.number)
    text = draft.joined.casefold().strip(" :")
    if text in words()["top_headings"] or text.startswith(("bilaga", "kapitel", "appendix")):
        return 1
    if numbered_level:
        return numbered_level + 1
    return 1 if opens_chapter and not text.endswith(":") else 2


def _block(draft: Draft, level: int | None, known: Container[str]) -> Block:
    text, starts = join_lines(draft.texts, known)
    skipped = [
        len(line.text) - len(own) for line, own in zip(draft.lines, draft.texts, strict=True)
    ]
    return Block(
        id="",
        kind=draft.kind,
        text=text,
        page=draft.page,
        position=0,
        level=level,
        number=draft.number,
        calls=calls_in([line.calls for line in draft.lines], text, starts, skipped),
    )


def _furniture(kind: BlockKind, line: TextLine) -> Block:
    return Block(id="", kind=kind, text=line.text, page=line.page, position=0)


def _footnote(note: Footnote, known: Container[str]) -> Block:
    return Block(
        id="",
        kind="footnote",
        text=join_lines(note.lines, known)[0],
        page=note.page,
        position=0,
        number=note.number,
    )
