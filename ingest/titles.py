"""The title of a document: the heading of its first pages that reads as one, whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePath

import yaml

from corpus.actors import Gazetteer
from corpus.models import Block, DocType, Document, Fact
from ingest.confidence import confidence
from ingest.dates import MONTHS, dates_in
from ingest.doctype import TITLE_PAGES
from ingest.drafts import is_governing
from ingest.names import PERSON, looks_like_body, only_names, sentence_case, without_date, words

SUBJECT = re.compile(
    r"\b(?:(?:remiss|samråds)?yttrande|remissvar|svar|synpunkter|tjänsteutlåtande)"
    r"\s+(?:över|på|avseende|angående|gällande|om|rörande|med anledning av)\s+"
    r"(?:(?:remiss|förslag|samråd)(?:en)?\s+"
    r"(?:av|om|avseende|gällande|angående|rörande|från [^,.]{3,60}?,?)\s+"
    r"|remissen\s+(?=[A-ZÅÄÖ”\"]))?(?P<what>.+)"
    r"|\b(?:remiss(?:yttrande|var)?|yttrande|svar på remiss)\s*[:–]\s*(?P<after_colon>.+)"
    r"|\bremiss(?:en)?\s+från\s+[^:]{3,60}:\s*(?P<from_body>.+)"
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
    r"^(?:svar på remiss(?:en)?(?: från .*|$)|"
    r"(?:er|ert|vår|vårt) (?:referens|ref|beteckning|datum)|"
    r"(?:från|till|kopia)\s?:.*|sida|till|bilaga|svar senast|version|utgåva)\b|"
    r"[@]|www\.|\b\d{3} \d{2}\b|"
    r"\b(?:dnr|diarienummer|diarienr|handläggare|telefon|tel|datum|beteckning|e-post|postadress|"
    r"besöksadress|box \d+|issn|saknr)\b|[.;,]$"
)
_PLACE_AND_DATE = re.compile(
    rf"(?:[A-ZÅÄÖ]\w+,?(?: |$))?(?:(?:den )?\d{{1,2}} (?:{'|'.join(MONTHS)}) (?:19|20)\d\d)?",
    re.IGNORECASE,
)
_IMPRINT = re.compile(r"^titel\s?:\s*(?P<title>\S.{4,})$", re.IGNORECASE)
"""The line of an imprint that gives the title."""
_SUBJECT_LINE = re.compile(
    r"(?:^|\s)(?i:ämne|ärende|ärendemening|rubrik)\s?:\s*(?P<title>[A-ZÅÄÖ]\S*\s.{4,})$"
)
"""The line of a letter or form that says what it is about."""
_LEAD_IN = re.compile(
    r"^(?:(?:\w+departementet\s+)?promemoria(?=\s+[A-ZÅÄÖ])|"
    r"regeringens (?:proposition|skrivelse)(?: \d{4}/\d\d(?:\d\d)?:\d+)?|"
    r"kommittédirektiv|"
    r"\d{4}/\d\d:\d+ av [^()]{3,60}\([A-ZÅÄÖ, ]{1,8}\)|"
    r"svensk författningssamling|motion till riksdagen(?: \d{4}/\d\d:\d+)?)\s+(?=\w)",
    re.IGNORECASE,
)
"""The kind of document, set as a heading of its own right before the title."""
_SIDE_MARK = re.compile(
    r"\s*\b(?:Prop|Skr|Dir)\.(?=\s|$)(?P<number>\s+\d{4}(?:/\d\d(?:\d\d)?)?:\d+)?"
)
"""The number of the series, which parliament's and the government's papers set beside the title."""
_SESSION_NUMBER = re.compile(r"\s+\d{4}(?:/\d\d(?:\d\d)?)?:\d+$")
_REGULATION = re.compile(
    r"(?P<title>.{8,}?);(?:\s*(?:beslutade?|utfärdade?|meddelade?) .*)?$", re.IGNORECASE
)
"""A statute's heading, which a semicolon parts from the day of the decision."""
_NUMBER_NOTE = re.compile(
    r"\s*\((?:ert\s+)?dnr[^)]*\)|"
    r",\s*(?:ert\s+)?(?:dnr|diarienr|diarienummer)\b:?\s*[^\s,]+(?: \S+)?$",
    re.IGNORECASE,
)
"""The case number that a title adds to what it answers."""
_FIELD_TAIL = re.compile(r"\s*(?:Diarienummer|Dnr):\s*\S+$")
"""A field of a web page's head, run together with the title before it."""
_CONTENTS_ENTRY = re.compile(r"\s\d{1,2}$")
_MARKUP = re.compile(r"^#+\s+")
_GOES_ON = re.compile(r"\s?[:–-]\s?\w|\s(?:för|mot|om|i|på|av|hela|20\d\d|19\d\d)\b")
_NOT_IN_TITLE = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d|\bdnr\b|\bdiarie|\bsida\b|\d \(\d", re.IGNORECASE
)
_ISO_TAIL = re.compile(r"\s+(?:19|20)\d\d-\d\d-\d\d$")
LEAST_WORDS = 3
"""Words of the shortest title from which a name that follows is parted."""
SHORTEST_TITLE = 6
"""Characters of the shortest title."""
HEADING_WORDS = 7
"""Words of the longest heading that may end as a sentence does and still be a title."""
LONGER_WORDS = 8
"""Words by which another printing of a title may be longer than its heading (a subtitle)."""
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
    said = _said_subject(document)
    if said and not any(block.kind == "heading" for _points, _place, block in candidates):
        return said
    if not candidates:
        return _running_title(document, gazetteer)
    block = max(candidates, key=lambda candidate: candidate[:2])[2]
    title = _standing_alone(block, gazetteer)
    whole = _whole(_bare(_continued(title, block, document)), document)
    others = [points for points, _place, other in candidates if other is not block]
    lead = _title_points(block, document) - max(others, default=0.0)
    evidence = f"{_standing(block)}, {'clear' if lead >= CLEAR_LEAD else 'narrow'}"
    return Fact(whole, f"page {block.page}", confidence("title", evidence))


def _said_subject(document: Document) -> Fact | None:
    """Return what a letter's own line *Ämne:* or *Ärende:* says, None where it has none."""
    for block in _blocks_before_text(document):
        matched = _SUBJECT_LINE.search(block.text)
        if matched and len(matched["title"]) <= TITLE_LENGTH:
            sure = confidence("title", "subject line")
            return Fact(matched["title"].strip(), f"page {block.page}", sure)
    return None


CLEAR_LEAD = 1.5
"""Points by which the title leads over the next likely heading from which it is clear."""


def _standing(block: Block) -> str:
    return "heading" if block.kind == "heading" else "line"


def _bare(title: str) -> str:
    """Return a title without the kind of document before it and the number beside it."""
    regulation = _REGULATION.fullmatch(title)
    bare = _LEAD_IN.sub("", regulation["title"] if regulation else _FIELD_TAIL.sub("", title))
    without_mark = _SIDE_MARK.sub("", bare)
    if without_mark != bare:
        without_mark = _SESSION_NUMBER.sub("", without_mark)
    return " ".join(without_mark.split()) or title


def _continued(title: str, block: Block, document: Document) -> str:
    """Return a title with the line in lower case that goes on with it in another size."""
    following = next((b for b in document.blocks if b.position > block.position), None)
    if following is None or following.page != block.page or following.kind not in _TITLE_KINDS:
        return title
    hangs = is_governing(title.rsplit(maxsplit=1)[-1]) and following.kind == block.kind
    goes_on = (_LOWER_LINE.match(following.text) or hangs) and not _reads_as_text(following.text)
    return f"{title} {following.text}" if goes_on and not following.number else title


_LOWER_LINE = re.compile(r"(?:för|om|av|i|till|på|mot|med|och|över|inom|vid)\s")
"""How a line begins that goes on with the one above."""


def _standing_alone(block: Block, gazetteer: Gazetteer) -> str:
    return block.text if block.lines else _alone(_MARKUP.sub("", block.text), gazetteer)


def _alone(text: str, gazetteer: Gazetteer) -> str:
    """Return a title without the date and the sender that a plain text puts on its line."""
    text = _ISO_TAIL.sub("", text)
    parts = text.split()
    for place in range(LEAST_WORDS, len(parts)):
        rest = " ".join(parts[place:])
        names = gazetteer.resolve(rest) is not None or looks_like_body(rest)
        governed = is_governing(parts[place - 1]) or parts[place - 1].endswith("s")
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
    bare = _bare(_standing_alone(block, gazetteer))
    plain = _NUMBER_NOTE.sub("", bare).casefold()
    text = " ".join(NO_TITLE_PART.sub(" ", plain).split()).strip(" :.,")
    if block.number or len(text) < SHORTEST_TITLE or _is_generic(text):
        return False
    if _REGULATION.fullmatch(block.text):
        return True
    name = without_date(bare)
    return not (
        (_reads_as_text(bare) and (block.kind != "heading" or len(bare.split()) > HEADING_WORDS))
        or (dates_in(plain) and _PLACE_AND_DATE.fullmatch(text))
        or looks_like_body(name)
        or only_names(name, gazetteer)
        or _LABEL.search(text)
        or _LABEL.search(plain.rstrip(" .;,"))
        or (block.kind != "heading" and (_is_field(block) or PERSON.fullmatch(block.text)))
    )


def _is_generic(text: str) -> bool:
    """Return whether a line says only what kind of text follows and whose, or is of contents."""
    return bool(
        text in words()["generic_headings"]
        or "|" in text
        or _is_spaced_out(text)
        or _CONTENTS_ENTRY.search(text)
        or any(form.fullmatch(text) for form in _no_titles())
    )


@lru_cache(maxsize=1)
def _no_titles() -> tuple[re.Pattern[str], ...]:
    """Return the forms of lines that are no titles, of ``data/titles.yml``."""
    content = yaml.safe_load((files("ingest") / "data" / "titles.yml").read_text("utf-8"))
    return tuple(re.compile(form) for form in content["no_title"])


def _is_field(block: Block) -> bool:
    """Return whether a line is a field with its value (*version: 2*), not a title with a colon."""
    matched = _FIELD.match(_MARKUP.sub("", block.text))
    return matched is not None and not matched["label"].casefold().endswith(words()["title_nouns"])


_FIELD = re.compile(r"(?P<label>[\w-]+):\s\S")


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
    if _REGULATION.fullmatch(block.text):
        points += 3
    if block.page == 1:
        points += 2
    if block.kind == "heading":
        points += 1 + (block.level == 1)
    if _is_subtitle(block, document):
        points -= 4
    if PERSON.fullmatch(block.text):
        points -= 3
    return points + _relative_size(block, document)


def _is_subtitle(block: Block, document: Document) -> bool:
    """Return whether a line that says what is answered stands under a larger heading."""
    before = next((b for b in reversed(document.blocks) if b.position < block.position), None)
    if before is None or before.kind != "heading" or not _UNDER_TITLE.match(block.text):
        return False
    if not before.lines or not block.lines:
        return block.kind != "heading"
    own, above = (b.lines[0].box.bottom - b.lines[0].box.top for b in (block, before))
    return above > LARGER * own


_UNDER_TITLE = re.compile(
    r"(?:svar på|remiss från|yttrande till|med anledning av)\b", re.IGNORECASE
)
LARGER = 1.1
"""Times the height of a line by which the heading above it is set larger."""


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
    title = counts.most_common(1)[0][0]
    return Fact(title, "running header", confidence("title", "running header"))


def made_title(doctype: DocType, sender: Fact | None, file_name: str) -> Fact:
    """Return a title for a document that has none: from its sender, or from its file's name."""
    if sender and doctype in ("response", "reply"):
        return Fact(f"Yttrande från {sender.value}", "sender", confidence("title", "made"))
    stem = re.sub(r"^[\d_\-. ]+", "", PurePath(file_name).stem) or PurePath(file_name).stem
    words = re.sub(r"[_\-]+", " ", stem).strip()
    title = words[:1].upper() + words[1:] or "Utan titel"
    return Fact(title, "file name", confidence("title", "file name"))
