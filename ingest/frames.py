"""What frames a letter: its letterhead and its signatures, told by words, names and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.drafts import SAME_SIZE, Draft, in_capitals, is_terminal
from ingest.layout import PrintedLine
from ingest.measures import Measures
from ingest.numbering import heading_number
from ingest.wordlists import words

LETTERHEAD_PAGES = 2
"""Pages from the first on which a letterhead may stand: a missive and its report."""

LONGEST_LABEL = 70
"""Characters of the longest line of a letterhead or signature."""

LONG_PARAGRAPH = 130
"""Characters from which a paragraph is running text, which ends the letterhead above it."""

LONGEST_FOOT_LINE = 120
"""Characters of the longest line at a page's foot with several addresses side by side."""

BESIDE_REACH = 4
"""Drafts before and after within which the parts of one address stand."""

MOST_FOOT = 12
"""Drafts of the longest address at a page's foot: four labels, each with lines of its own."""

FEWEST_ADDRESSES = 2
"""Lines with a label, number or code of an address from which short lines are an address."""

TITLE, TITLE_WORDS = 1.25, 3
"""Part of the body size, and words, from which a line on the first page is a title."""

SMALL = 0.93
"""Part of the body size up to which the type of a letterhead beside the text is set."""

_CONTACT = re.compile(
    r"@\w|\bwww\.|\b\d{3} ?\d{2} [A-ZÅÄÖ]|\b0\d{1,3}[-–/ ]\d{2,}|^\d{4}-\d{2}-\d{2}$"
    r"|\b[A-ZÅÄÖ][A-Za-zåäö]{0,4} ?\d{4}/\d{3,5}\b"
)
PERSON = re.compile(r"(?:[A-ZÅÄÖÉ][\w.-]*)(?: (?:af|von|de|[A-ZÅÄÖÉ][\w.-]*)){1,4}")


def mark_frames(drafts: Sequence[Draft], measures: Measures) -> list[Draft]:
    """Return the drafts with letterheads, line by line, and signatures marked as such."""
    _mark_letterhead(drafts, measures)
    _mark_address_foot(drafts, measures)
    drafts = [part for draft in drafts for part in _by_line(draft)]
    for index, draft in enumerate(drafts):
        if draft.kind != "paragraph":
            continue
        signed_above = index > 0 and drafts[index - 1].kind == "signature"
        is_signed = is_signature(drafts, index) or (signed_above and _is_title(draft))
        if is_signed or _is_signature_field(draft, measures):
            draft.kind = "signature"
    return drafts


def _by_line(draft: Draft) -> list[Draft]:
    """Return a letterhead's draft as one draft a line, any other as it is."""
    if draft.kind != "letterhead":
        return [draft]
    return [replace(draft, lines=[line]) for line in draft.lines]


def _mark_letterhead(drafts: Sequence[Draft], measures: Measures) -> None:
    """Mark what stands in short lines above the first page's text or in small type beside it."""
    head: list[Draft] = []
    is_above = True
    for index, draft in enumerate(drafts):
        if draft.page > LETTERHEAD_PAGES:
            break
        size = draft.lines[0].size
        larger = size > measures.body.size * (1 + SAME_SIZE) and " " in draft.text
        if (
            draft.page > 1
            or len(draft.text) > LONG_PARAGRAPH
            or (larger and any(map(_speaks_of_office, head)))
        ):
            head = _above_headings(head, measures) if is_above else head
            is_above = False
        short = draft.kind in ("paragraph", "list_item") and _is_short(draft)
        if size > TITLE * measures.body.size and len(draft.text.split()) >= TITLE_WORDS:
            continue
        if short and is_above:
            head.append(draft)
        elif short and size < SMALL * measures.body.size:
            around = drafts[max(0, index - BESIDE_REACH) : index + BESIDE_REACH + 1]
            same = [other for other in around if abs(other.lines[0].x0 - draft.lines[0].x0) < 2]
            if any(map(_speaks_of_office, same)):
                draft.kind, draft.marker = "letterhead", None
    if any(map(_speaks_of_office, head)):
        for draft in head:
            draft.kind, draft.marker = "letterhead", None


def _mark_address_foot(drafts: Sequence[Draft], measures: Measures) -> None:
    """Mark the address lines that end one of a letter's first pages or its last."""
    last_page = drafts[-1].page if drafts else 0
    for index in range(len(drafts) - 1, -1, -1):
        page = drafts[index].page
        ends_page = index + 1 == len(drafts) or drafts[index + 1].page != page
        if ends_page and (page <= LETTERHEAD_PAGES or page == last_page):
            foot = _foot(drafts, index, measures)
            lines = [line.text for draft in foot for line in draft.lines]
            if sum(map(is_office_line, lines)) >= FEWEST_ADDRESSES:
                for draft in foot:
                    draft.kind, draft.marker = "letterhead", None


def _foot(drafts: Sequence[Draft], index: int, measures: Measures) -> list[Draft]:
    """Return the short drafts up to ``index`` from the first with the label of an address."""
    start = end = index + 1
    for at in range(index, max(-1, index - MOST_FOOT), -1):
        draft = drafts[at]
        is_part = draft.kind in ("paragraph", "list_item", "letterhead") and not draft.boxed
        if not is_part or draft.page != drafts[index].page:
            break
        if not (_is_short(draft) or all(map(_holds_addresses, draft.lines))):
            break
        if draft.lines[0].size > measures.body.size * (1 + SAME_SIZE):
            break
        if any(map(_labels_address, draft.lines)):
            start = at
    return list(drafts[start:end])


def _holds_addresses(line: PrintedLine) -> bool:
    """Return whether a line sets a telephone number, an address and the like side by side."""
    if len(line.text) > LONGEST_FOOT_LINE:
        return False
    return len(_CONTACT.findall(line.text)) + _labels_address(line) > 1


def _labels_address(line: PrintedLine) -> bool:
    lowered = line.text.casefold()
    return any(label in lowered for label in words()["address_labels"])


def _is_signature_field(draft: Draft, measures: Measures) -> bool:
    """Return whether all lines of a draft tell, in no heading's type, what to write there."""
    first = draft.lines[0]
    if len(first.text) > LONGEST_LABEL or _looks_like_heading(draft, measures):
        return False
    if first.size > measures.body.size * (1 + SAME_SIZE):
        return False
    fields = words()["signature_fields"]
    return all(line.text.rstrip(" :._…").casefold() in fields for line in draft.lines)


def _above_headings(head: Sequence[Draft], measures: Measures) -> list[Draft]:
    """Return the lines of a letterhead but for the headings of the text at its end."""
    end = len(head)
    while (
        end
        and not _speaks_of_office(head[end - 1])
        and _looks_like_heading(head[end - 1], measures)
    ):
        end -= 1
    return list(head[:end]) if any(map(_speaks_of_office, head[:end])) else list(head)


def _looks_like_heading(draft: Draft, measures: Measures) -> bool:
    """Return whether a line is in bold type or in capitals, as text is not."""
    bold = draft.lines[0].style.bold and not measures.body.bold
    return bold or in_capitals(draft.text)


def _is_short(draft: Draft) -> bool:
    return not draft.boxed and all(
        len(line.text) <= LONGEST_LABEL and not line.text.endswith((".", ",", ";"))
        for line in draft.lines
    )


def _speaks_of_office(draft: Draft) -> bool:
    """Return whether a line names an address, a case number or the like."""
    return any(is_office_line(line.text) for line in draft.lines)


def is_office_line(text: str) -> bool:
    """Return whether a line names an address, a case number or the like."""
    lowered = text.lower().rstrip(":")
    if lowered in words()["letterhead_alone"] or lowered in words()["letterhead"]:
        return True
    return bool(_CONTACT.search(text)) or any(
        lowered.startswith((f"{word} ", f"{word}:")) for word in words()["letterhead"]
    )


def is_signature(drafts: Sequence[Draft], index: int) -> bool:
    """Return whether a draft is a name with a title, or stands beside or above such a one."""
    draft = drafts[index]
    if not _is_short(draft) or is_terminal(draft.text):
        return False
    lines = [line.text for line in draft.lines]
    if any(end in lines[0].lower() for end in words()["on_behalf"]) and len(lines) <= 2:
        return True
    if not PERSON.fullmatch(lines[0]):
        return False
    if len(lines) > 1:
        return any(map(has_title, lines[1:]))
    below = drafts[index + 1] if index + 1 < len(drafts) else None
    return below is not None and below.kind != "heading" and _is_title(below)


def _is_title(draft: Draft) -> bool:
    is_numbered = heading_number(draft.text)[0] is not None
    return len(draft.lines) == 1 and not is_numbered and _is_short(draft) and has_title(draft.text)


def has_title(text: str) -> bool:
    """Return whether a line holds the title of an office."""
    titles = tuple(words()["signature_titles"])
    return any(word.endswith(titles) for word in text.lower().replace(",", " ").split())
