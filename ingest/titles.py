"""The title of a document: the heading of its first pages that reads as one, whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from corpus.actors import Gazetteer
from corpus.models import Block, DocType, Document, Fact
from ingest.casefacts import MONTHS
from ingest.doctype import TITLE_PAGES
from ingest.names import looks_like_body, only_names, sentence_case, without_date, words

SUBJECT = re.compile(
    r"\b(?:(?:remiss|samråds)?yttrande|remissvar|svar|synpunkter|tjänsteutlåtande)"
    r"\s+(?:över|på|avseende|angående|gällande|om|rörande|med anledning av)\s+"
    r"(?:(?:remiss|förslag|samråd)(?:en)?\s+"
    r"(?:av|om|avseende|gällande|från [^,.]{3,60}?,?)\s+)?(?P<what>.+)"
    r"|\bremiss(?:en)?\s+(?:av|om|avseende|gällande|angående)\s+(?P<remiss>.+)"
    r"|\b(?:uppföljning|uppföljande granskning)\s+(?:av|över)\s+(?P<followed>.+)",
    re.IGNORECASE,
)
NO_TITLE_PART = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|(?:\b[a-zåäö]{2,5}\.?\s+)?\b\d+(?:[/:]\d+)+:?"
)
"""Dates and numbers of a series, which a heading such as *Revisionsrapport nr 4/2022* adds."""
_TITLE_KINDS = ("heading", "letterhead", "paragraph")
_LABEL = re.compile(
    r"^(?:dokument\w*(?: \w+){0,3}:|källa:|!\[|med stöd av|\d+ ?[a-z]? ?§)|"
    r"^(?:svar på remiss|sida|till|bilaga|svar senast|version|utgåva)\b|[@]|www\.|\b\d{3} \d{2}\b|"
    r"\b(?:dnr|diarienummer|diarienr|handläggare|telefon|tel|datum|beteckning|e-post|postadress|"
    r"besöksadress|box \d+|issn|saknr)\b|[.;,]$"
)
_OF_WHOM = re.compile(
    r"(?:en|ett)\s(?:\w+\s)?\w*(?:rapport|vägledning|skrift|promemoria|granskning|utredning|material)"
    r"(?:\s(?:från|av)\s.+)?",
    re.IGNORECASE,
)
"""A line that says what kind of text it is and whose (*En granskningsrapport från X*)."""
_PLACE_AND_DATE = re.compile(
    rf"(?:[A-ZÅÄÖ]\w+ )?(?:den )?\d{{1,2}} (?:{'|'.join(MONTHS)}) (?:19|20)\d\d", re.IGNORECASE
)
_IMPRINT = re.compile(r"^titel\s?:\s*(?P<title>\S.{4,})$", re.IGNORECASE)
"""The line of an imprint that gives the title."""
_CONTENTS_ENTRY = re.compile(r"\s\d{1,2}$")
_MARKUP = re.compile(r"^#+\s+")
_GOES_ON = re.compile(r"\s?[:–-]\s?\w|\s(?:för|mot|om|i|på|av|hela|20\d\d|19\d\d)\b")
_NOT_IN_TITLE = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d|\bdnr\b|\bdiarie|\bsida\b|\d \(\d", re.IGNORECASE
)
_ISO_TAIL = re.compile(r"\s+(?:19|20)\d\d-\d\d-\d\d$")
_GOVERNING = frozenset(
    (
        "för",
        "av",
        "i",
        "till",
        "från",
        "om",
        "på",
        "mot",
        "med",
        "hos",
        "och",
        "över",
        "inom",
        "vid",
    )
)
"""Words after which a name belongs to the title (*Översiktsplan för X kommun*)."""
LEAST_WORDS = 3
"""Words of the shortest title from which a name that follows is parted."""
LONGER_WORDS = 8
"""Words by which another printing of a title may be longer than its heading (a subtitle)."""
_PERSON = re.compile(r"[A-ZÅÄÖ][\wéü-]+(?: [A-ZÅÄÖ][\wéü-]+){1,3}")
TITLE_LENGTH = 150
"""Characters of the longest line that may be a title without being a heading."""
WORDS_BEFORE_TITLE = 60
"""Words of text that may stand before the title: an imprint or a letterhead's lines."""
MANY_HEADERS = 2
"""Pages that carry a running header from which it is the document's and not a section's."""


def read_title(document: Document, gazetteer: Gazetteer) -> Fact | None:
    """Return the heading of the first pages, or the running header, that reads as a title."""
    candidates = [
        (_title_points(block, document), -block.position, block)
        for block in _blocks_before_text(document)
        if block.kind in _TITLE_KINDS and _may_be_title(block, gazetteer)
    ]
    if not candidates:
        return _running_title(document, gazetteer)
    block = max(candidates, key=lambda candidate: candidate[:2])[2]
    title = _alone(_MARKUP.sub("", block.text), gazetteer) if not block.lines else block.text
    return Fact(_whole(title, document), f"page {block.page}")


def _alone(text: str, gazetteer: Gazetteer) -> str:
    """Return a title without the date and the sender that a plain text puts on its line."""
    text = _ISO_TAIL.sub("", text)
    parts = text.split()
    for place in range(LEAST_WORDS, len(parts)):
        rest = " ".join(parts[place:])
        names = gazetteer.resolve(rest) is not None or looks_like_body(rest)
        governed = parts[place - 1].casefold() in _GOVERNING or parts[place - 1].endswith("s")
        if names and rest[0].isupper() and not governed:
            return " ".join(parts[:place])
    return text


def _whole(title: str, document: Document) -> str:
    """Return a title with its subtitle or year, where the first pages print it so elsewhere."""
    longer = [
        text
        for block in document.blocks
        if block.page <= TITLE_PAGES
        for text in (_imprinted(block.text),)
        if text.casefold().startswith(title.casefold())
        and _GOES_ON.match(text, len(title))
        and len(text.split()) - len(title.split()) <= LONGER_WORDS
        and not _reads_as_text(text)
        and not _NOT_IN_TITLE.search(text[len(title) :])
        and block.kind != "aside"
    ]
    return min(longer, key=len) if longer else title


def _imprinted(text: str) -> str:
    label = _IMPRINT.match(text)
    return sentence_case(label["title"] if label else text)


def _blocks_before_text(document: Document) -> Iterator[Block]:
    """Yield the blocks of the first pages that stand before the text begins."""
    spoken = 0
    for block in document.blocks:
        if block.page > TITLE_PAGES or spoken > WORDS_BEFORE_TITLE:
            return
        if block.kind in ("paragraph", "list_item") and block.text.endswith("."):
            spoken += len(block.text.split())
        yield block


def _may_be_title(block: Block, gazetteer: Gazetteer) -> bool:
    plain = _MARKUP.sub("", block.text).casefold()
    text = " ".join(NO_TITLE_PART.sub(" ", plain).split()).strip(" :.")
    if text in words()["generic_headings"] or block.number or len(text) < 6:
        return False
    if _is_spaced_out(text) or _CONTENTS_ENTRY.search(text) or text.endswith("författningssamling"):
        return False
    if block.kind != "heading" and _reads_as_text(block.text):
        return False
    if _OF_WHOM.fullmatch(text) or _PLACE_AND_DATE.fullmatch(text):
        return False
    if looks_like_body(without_date(block.text)) or only_names(without_date(block.text), gazetteer):
        return False
    is_label = _LABEL.search(text) or (block.kind != "heading" and _PERSON.fullmatch(block.text))
    return not is_label


def _reads_as_text(text: str) -> bool:
    return text.endswith((".", ":", ",", ";")) or len(text) > TITLE_LENGTH


def _is_spaced_out(text: str) -> bool:
    """Return whether most words are single letters, as in type with wide spaces."""
    words = text.split()
    return sum(1 for word in words if len(word) == 1) > len(words) / 2


def _title_points(block: Block, document: Document) -> float:
    """Return how much a heading reads as the title: by its words, its place and its size."""
    text = block.text.casefold()
    points = 0.0
    if any(word.strip("():,").endswith(words()["title_nouns"]) for word in text.split()):
        points += 2
    if SUBJECT.search(text):
        points += 2
    if block.page == 1:
        points += 2
    if block.kind == "heading":
        points += 1 + (block.level == 1)
    return points + _relative_size(block, document)


def _relative_size(block: Block, document: Document) -> float:
    """Return the block's line height over that of the tallest heading near it, 0 without boxes."""
    heights = [
        line.box.bottom - line.box.top
        for other in document.blocks
        if other.kind in _TITLE_KINDS and other.page <= TITLE_PAGES
        for line in other.lines[:1]
    ]
    if not heights or not block.lines:
        return 0.0
    own = block.lines[0].box
    return 2 * (own.bottom - own.top) / max(*heights, 1.0)


def _running_title(document: Document, gazetteer: Gazetteer) -> Fact | None:
    """Return the commonest running header that is no body and no section's heading."""
    headings = {section.heading.casefold() for section in document.sections}
    texts = [
        sentence_case(re.sub(r"^\d+\s+|\s*\b\d+\s*(?:\(\d+\))?$", "", block.text))
        for block in document.blocks
        if block.kind in ("header", "footer")
    ]
    counts = Counter(
        text
        for text in texts
        if len(NO_TITLE_PART.sub("", text)) > 8
        and len(text.split()) > 1
        and (text.casefold() not in headings or texts.count(text) > MANY_HEADERS)
        and text.casefold() not in words()["generic_headings"]
        and not _is_spaced_out(text)
        and not gazetteer.resolve(text)
        and not looks_like_body(text)
        and not re.search(r"@|www\.|\b\d{3} \d{2}\b|\bdnr\b|\bsida\b", text, re.IGNORECASE)
    )
    if not counts:
        return None
    return Fact(counts.most_common(1)[0][0], "running header")


def made_title(doctype: DocType, sender: Fact | None, file_name: str) -> Fact:
    """Return a title for a document that has none: from its sender, or from its file's name."""
    if sender and doctype in ("response", "reply"):
        return Fact(f"Yttrande från {sender.value}", "sender")
    stem = re.sub(r"^[\d_\-. ]+", "", PurePath(file_name).stem) or PurePath(file_name).stem
    words = re.sub(r"[_\-]+", " ", stem).strip()
    return Fact(words[:1].upper() + words[1:] or "Utan titel", "file name")
