"""What frames a letter without pages: its letterhead and its signatures, told as on pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.drafts import is_terminal
from ingest.frames import (
    LONG_PARAGRAPH,
    LONGEST_LABEL,
    PERSON,
    has_title,
    is_office_line,
)
from ingest.prose import Draft, DraftCell
from ingest.wordlists import words

SENTENCE_WORDS = 6
"""Words from which a line with a full stop is a sentence, which ends the letterhead above it."""

_LABELLED = ("paragraph", "list_item", "aside", "table")


def mark_frames(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with letterheads, line by line, and signatures marked as such."""
    head = _letterhead(drafts)
    marked = [
        part
        for draft in drafts
        for part in (_by_line(draft) if id(draft) in head else _signed_cells(draft))
    ]
    for place, draft in enumerate(marked):
        if draft.kind == "paragraph" and _is_signature(marked, place):
            draft.kind = "signature"
    return marked


def _letterhead(drafts: Sequence[Draft]) -> set[int]:
    """Return the identities of the drafts that are the letterhead: short lines above the text.

    It stands above the title, or between title and text.
    """
    head: list[Draft] = []
    titled = False
    for draft in drafts:
        if draft.kind in ("header", "footer"):
            continue
        if draft.kind == "heading" and not titled and not any(map(_speaks_of_office, head)):
            titled = True
            continue
        if draft.kind == "heading" or _is_running_text(draft):
            break
        head.append(draft)
    while head and head[-1].bold and not _speaks_of_office(head[-1]):
        head.pop()
    if not any(map(_speaks_of_office, head)):
        return set()
    return {id(draft) for draft in head if _is_short(draft)}


def _is_running_text(draft: Draft) -> bool:
    is_sentence = is_terminal(draft.text) and len(draft.text.split()) >= SENTENCE_WORDS
    return len(draft.text) > LONG_PARAGRAPH or is_sentence


def _speaks_of_office(draft: Draft) -> bool:
    return _is_short(draft) and any(map(is_office_line, draft.all_lines))


def _is_short(draft: Draft) -> bool:
    """Return whether all lines are labels: no sentences, and of a kind that may be relabelled."""
    return draft.kind in _LABELLED and all(map(_is_label, draft.all_lines))


def _is_label(line: str) -> bool:
    return len(line) <= LONGEST_LABEL and not line.endswith((".", ",", ";"))


def _by_line(draft: Draft) -> list[Draft]:
    """Return a letterhead's draft, or the cells of its table, as one draft a line."""
    blank = replace(draft, kind="letterhead", cells=[], calls=[], level=None, number=None)
    return [replace(blank, lines=[line]) for line in draft.all_lines]


def _signed_cells(draft: Draft) -> list[Draft]:
    """Return a row of signatures set side by side as a draft each, any other draft as it is."""
    if draft.kind != "table" or not all(map(_is_signed, draft.cells)):
        return [draft]
    return [
        replace(draft, kind="signature", cells=[], calls=[], lines=list(cell.lines))
        for cell in draft.cells
    ]


def _is_signed(cell: DraftCell) -> bool:
    return _names_with_title(cell.lines)


def _names_with_title(lines: Sequence[str]) -> bool:
    if len(lines) < 2 or not all(map(_is_label, lines)):
        return False
    return bool(PERSON.fullmatch(lines[0])) and any(map(has_title, lines[1:]))


def _is_signature(drafts: Sequence[Draft], place: int) -> bool:
    """Return whether a paragraph is a name with a title, or one of the two beside the other."""
    draft = drafts[place]
    if not all(map(_is_label, draft.lines)):
        return False
    on_behalf = any(end in draft.lines[0].lower() for end in words()["on_behalf"])
    if (on_behalf and len(draft.lines) <= 2) or _names_with_title(draft.lines):
        return True
    alone = len(draft.lines) == 1
    before = drafts[place - 1] if place else None
    if alone and before and before.kind == "signature" and has_title(draft.text):
        return True
    after = drafts[place + 1] if place + 1 < len(drafts) else None
    titled = after is not None and after.kind == "paragraph" and len(after.lines) == 1
    return bool(
        alone
        and after
        and titled
        and PERSON.fullmatch(draft.text)
        and _is_label(after.text)
        and has_title(after.text)
    )
