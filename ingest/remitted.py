"""What a document answers, audits or follows up: its wording and its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Block, Document, Fact
from ingest.casefacts import NUMBER
from ingest.confidence import confidence
from ingest.doctype import TITLE_PAGES
from ingest.opening import first_blocks
from ingest.series import Numbered, series_in
from ingest.titles import SUBJECT

OPENING_BLOCKS = 25
"""Blocks from the first in which a response names what it answers; later numbers are sources."""
BESIDE = 140
"""Characters before a number of a series within which a word tells that it is the remitted one."""

_NAMED = re.compile(
    r"\b(?P<kind>betänkandet|delbetänkandet|slutbetänkandet|promemorian|departementspromemorian|"
    r"revisionsrapport|revisionsrapporten|granskningsrapporten|rapporten|förslaget till|remissen)"
    r"\s+"
    r"(?P<name>[”\"»]?[A-ZÅÄÖ0-9][^.”\"»\n]{3,160}?[”\"«]?"
    r"(?:\s*\((?:SOU|Ds|dnr|nr|RiR)[^)]{3,40}\)|(?=[.,;”\"\n]|$)))"
)
_OWN_KIND = re.compile(
    r"yttrande|remissvar|svar\b|tjänsteutlåtande|uppföljning|synpunkter", re.IGNORECASE
)
_REPORT_NUMBER = re.compile(
    r"\b(?:revisionsrapport|granskningsrapport|projektrapport|rapport)\w*\s*\(?nr\.?\s*\d+/\d{4}\)?"
    r"|\b(?:SOU|Ds|RiR) \d{4}:\d+",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(r"\b(?:tillstyrker|avstyrker)\s+(?P<what>[^.]*?\bförslag\w*[^.]{0,160})\.")
_NO_NAME = re.compile(rf"(?:från\b|(?:[A-ZÅÄÖ]+ )?{NUMBER}$)", re.IGNORECASE)
_NUMBER_TAIL = re.compile(
    rf",?\s*\(?\b(?:(?:ert\s+)?dnr|diarienr|diarienummer|ärendenummer)\b.*$|\s*\({NUMBER}\)$",
    re.IGNORECASE,
)
_TELLS_REMITTED = re.compile(
    r"\b(?:\w*betänkande[t]?|\w*promemorian?|remiss\w*|utredning\w*|\w*rapport(?:en)?|granskning\w*|"
    r"yttrande|svar|synpunkter|slutsatser|rekommendation\w*)\b[^.]*$",
    re.IGNORECASE,
)


def read_remitted(document: Document, title: Fact) -> Fact | None:
    """Return the words by which the document names the proposal or report that it answers."""
    sure = confidence("remitted", "title")
    subject = _subject(title.value)
    if subject:
        return Fact(subject, title.place, sure)
    for block in document.blocks:
        if block.kind == "heading" and block.page <= TITLE_PAGES:
            subject = _subject(block.text)
            if subject:
                return Fact(subject, f"page {block.page}", sure)
    stands = title.place.startswith("page") and not _OWN_KIND.search(title.value)
    if stands:
        return Fact(title.value, title.place, confidence("remitted", "heading"))
    return _named_in_text(document)


def _subject(text: str) -> str | None:
    matched = SUBJECT.search(text)
    if not matched:
        return None
    what = next(value for value in matched.groupdict().values() if value)
    cleaned = _NUMBER_TAIL.sub("", what).strip(' .,;:”"')
    return cleaned if len(cleaned) > 5 and not _NO_NAME.match(cleaned) else None


def _named_in_text(document: Document) -> Fact | None:
    """Return the first naming in running text: by kind and name, by number, as the proposal."""
    for pattern in (_NAMED, _REPORT_NUMBER, _PROPOSAL):
        for block in document.blocks:
            if block.kind not in ("paragraph", "letterhead", "heading", "list_item"):
                continue
            matched = pattern.search(block.text)
            if matched:
                named = matched.groupdict()
                words = named.get("what") or named.get("name") or matched.group()
                sure = confidence("remitted", "text")
                return Fact(words.strip(' ”"»«,'), f"page {block.page}", sure)
    return None


def read_remitted_number(
    document: Document, own: Fact | None, wordings: Sequence[Fact | None], their_dnr: Fact | None
) -> Fact | None:
    """Return the number of what is answered, in normal form, never the document's ``own``.

    In this order: a number of a series in the ``wordings``; one that the opening names as that of
    the betänkande, the promemoria or the report; the sender's own case number.
    """
    for fact in filter(None, wordings):
        for found in series_in(fact.value):
            if not _is_own(found, own):
                return Fact(found.normal, fact.place, confidence("remitted_number", "title"))
    opening = _in_opening(document, own)
    if opening:
        return opening
    if their_dnr:
        return their_dnr
    return None


def _is_own(found: Numbered, own: Fact | None) -> bool:
    return own is not None and own.value == found.normal


def _in_opening(document: Document, own: Fact | None) -> Fact | None:
    for block in first_blocks(document, OPENING_BLOCKS):
        for found in series_in(block.text):
            if not _is_own(found, own) and _is_remitted(block, found):
                sure = confidence("remitted_number", "text")
                return Fact(found.normal, f"page {block.page}", sure)
    return None


def _is_remitted(block: Block, found: Numbered) -> bool:
    """Return whether the words before a number tell that it is the remitted document's."""
    before = block.text[max(found.start - BESIDE, 0) : found.start]
    alone = block.kind in ("heading", "letterhead") and len(block.text) <= BESIDE
    return found.remitted and (alone or bool(_TELLS_REMITTED.search(before)))
