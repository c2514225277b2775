"""What labels a page and is no text of it: captions, empty fields, words strewn on plans."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from functools import lru_cache

from ingest.drafts import Draft
from ingest.numbering import CHECK_BOXES
from ingest.wordlists import words

LONGEST_CAPTION, LONGEST_SOURCE = 500, 200
"""Characters of the longest caption, some sentences, and of the longest line of its source."""

LABEL_WORDS = 4
"""Words of the longest label on a plan or map: the name of a street and a number."""

FEWEST_STREWN, STREWN_SHARE = 10, 0.7
"""Labels of the emptiest plan, and their part of all that stands on its page."""

EDGES_SHARE = 0.6
"""Part of the labels with left edges of their own; what is set in columns shares its edges."""

LONGEST_FIELD = 40
"""Characters within which the label of a form's field ends."""

_BOXES = frozenset(CHECK_BOXES)
_FIELD = re.compile(r"(?:[._…]\s?){6,}$")


def mark_labels(drafts: Sequence[Draft], large: Container[int]) -> None:
    """Turn captions, empty fields and the labels of plans into asides.

    ``large`` are the numbers of the pages larger than a sheet of text, as plans are.
    """
    pages: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind not in ("paragraph", "list_item"):
            continue
        pages[draft.page].append(draft)
        if draft.kind == "paragraph" and (is_caption(draft.text) or _is_field(draft)):
            draft.kind = "aside"
    for page, own in pages.items():
        if page in large:
            for draft in _strewn(own):
                draft.kind, draft.marker = "aside", None


def is_caption(text: str) -> bool:
    """Return whether a text is the caption of a figure or table, or tells its source."""
    if len(text) > LONGEST_CAPTION:
        return False
    captions, sources = _patterns()
    return bool(captions.match(text) or (len(text) <= LONGEST_SOURCE and sources.match(text)))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of captions and of sources.

    A sentence that speaks of a figure goes on in small letters after its number.
    """
    captions, sources = (
        "|".join(map(re.escape, sorted(words()[name]))) for name in ("captions", "sources")
    )
    number = r"\d{1,3}(?:[.:]\d{1,3})*[a-z]?"
    return (
        re.compile(rf"(?i:{captions})\s?{number}(?:\s?[.:–—-]\s|\s(?=[A-ZÅÄÖ”\"(]))\S"),
        re.compile(rf"(?i:{sources})\s?:\s?\S"),
    )


def are_fields(run: Sequence[Draft], drafts: Sequence[Draft]) -> bool:
    """Return whether most lines of a run are a form's labels with what is filled in or ticked.

    A form asks for a thing once: labels that come again in its ``drafts`` begin items of lists.
    """
    boxes = sum(not _BOXES.isdisjoint(draft.text) for draft in run)
    labels = {label for draft in run if (label := _label(draft.lines[0].text))}
    if 2 * (boxes + len(labels)) <= len(run):
        return False
    counts = Counter(_label(draft.lines[0].text) for draft in drafts)
    return boxes > 0 or all(counts[label] == 1 for label in labels)


def _label(text: str) -> str:
    """Return what stands before a colon near the beginning of a line, or nothing."""
    label, colon, rest = text[:LONGEST_FIELD].partition(":")
    return label if colon and (rest[:1] == " " or len(label) + 1 == len(text)) else ""


def _is_field(draft: Draft) -> bool:
    """Return whether all lines of a draft end with dots or a stroke to write on."""
    return all(_FIELD.search(line.text) for line in draft.lines)


def _strewn(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the labels of a page that holds little but labels at places of their own."""
    labels = [draft for draft in drafts if _is_label(draft)]
    edges = {round(draft.lines[0].x0) for draft in labels}
    is_plan = len(labels) >= FEWEST_STREWN and len(labels) >= STREWN_SHARE * len(drafts)
    return labels if is_plan and len(edges) >= EDGES_SHARE * len(labels) else []


def _is_label(draft: Draft) -> bool:
    return len(draft.lines) <= 2 and len(draft.text.split()) <= LABEL_WORDS
