"""Lists of recipients and enclosures, told by the words above them: each line is an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.drafts import EDGE, SAME_SIZE, Draft, is_terminal, is_unfinished
from ingest.frames import LONGEST_LABEL, is_office_line, is_signature
from ingest.layout import PrintedLine
from ingest.measures import Measures
from ingest.numbering import list_marker
from ingest.wordlists import words

LONGEST_INTRODUCTION = 45
"""Characters of the longest line above such a list: *Beslutet skickas för kännedom till*."""

SENTENCE_WORDS = 6
"""Words from which a line with a full stop is a sentence, which ends the list above it."""

FAR = 1.8
"""Line distances from which a line with an address is no longer a recipient's."""


def part_recipients(drafts: Sequence[Draft], measures: Measures) -> list[Draft]:
    """Return the drafts with each line below *Sändlista*, *Kopia till* and the like as an item."""
    result: list[Draft] = []
    label: PrintedLine | None = None
    first: PrintedLine | None = None
    for place, draft in enumerate(drafts):
        if draft.kind in ("paragraph", "list_item") and _is_introduction(draft.lines[0]):
            if len(draft.lines) == 1:
                label, first = draft.lines[0], None
                result.append(draft)
                continue
            if draft.lines[1].text[:1].isupper():
                label, first = draft.lines[0], draft.lines[1]
                result.append(replace(draft, kind="paragraph", marker=None, lines=[label]))
                result += _items(replace(draft, lines=draft.lines[1:]))
                continue
        is_listed = label is not None and _is_listed(draft, label, first, measures)
        if is_listed and not is_signature(drafts, place):
            first = first or draft.lines[0]
            result += _items(draft)
            continue
        if draft.kind not in ("header", "footer", "aside"):
            label = None
        result.append(draft)
    return result


def _is_introduction(line: PrintedLine) -> bool:
    """Return whether a line says that recipients or enclosures are listed below it."""
    text = line.text
    if len(text) > LONGEST_INTRODUCTION or line.turned or line.table:
        return False
    lowered = text.rstrip(" :").casefold()
    ends = words()["recipients_end"]
    return lowered in words()["recipients"] or any(map(lowered.endswith, ends))


def _is_listed(
    draft: Draft, label: PrintedLine, first: PrintedLine | None, measures: Measures
) -> bool:
    """Return whether a draft stands below the label, in the type of the list's ``first`` line."""
    line, last = draft.lines[0], draft.lines[-1]
    if draft.kind not in ("paragraph", "list_item") or not 0 <= line.page - label.page <= 1:
        return False
    if (line.page == label.page and line.base <= label.base) or line.box != label.box:
        return False
    like = first or line
    if abs(line.size - like.size) > SAME_SIZE * like.size or line.style.bold != like.style.bold:
        return False
    if is_terminal(last.text) and len(draft.text.split()) >= SENTENCE_WORDS:
        return False
    if any(len(own.text) > LONGEST_LABEL for own in draft.lines):
        return False
    is_far = draft.gap > FAR * measures.leading(line.size)
    return not (is_far and any(is_office_line(own.text) for own in draft.lines))


def _items(draft: Draft) -> list[Draft]:
    """Return a draft as one item for each line that does not go on with the one above."""
    items: list[Draft] = []
    for line in draft.lines:
        if items and not _is_own(line, items[-1]):
            items[-1].lines.append(line)
            continue
        marker = list_marker(line.text) if items else draft.marker or list_marker(line.text)
        items.append(replace(draft, kind="list_item", marker=marker, lines=[line]))
    return items


def _is_own(line: PrintedLine, item: Draft) -> bool:
    """Return whether a line is an item of its own below ``item``."""
    if item.marker is not None:
        marker = list_marker(line.text)
        return marker is not None and marker.family == item.marker.family
    is_set_in = line.x0 - item.lines[0].x0 > EDGE * line.size
    starts_small = line.text[:1].islower()
    return not (is_set_in or starts_small or is_unfinished(item.lines[-1].text))
