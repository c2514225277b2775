"""The facts of a document, read from where it states them: title, kind, sender, date, numbers.

Every fact carries its place. ``apply_overrides`` puts what ``corpus.yml`` says over them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePath

import yaml

from corpus.actors import Gazetteer
from corpus.manifest import MANIFEST_NAME, ManifestEntry
from corpus.models import Block, DocType, Document, Fact
from ingest.casefacts import NUMBER, read_case
from ingest.doctype import TITLE_PAGES, read_doctype

ANSWERING: tuple[DocType, ...] = ("response", "reply", "followup")
"""Kinds of document that speak of another one."""

_SUBJECT = re.compile(
    r"\b(?:(?:remiss|samråds)?yttrande|remissvar|svar|synpunkter|tjänsteutlåtande)"
    r"\s+(?:över|på|avseende|angående|gällande|om|rörande|med anledning av)\s+"
    r"(?:(?:remiss|förslag|samråd)(?:en)?\s+"
    r"(?:av|om|avseende|gällande|från [^,.]{3,60}?,?)\s+)?(?P<what>.+)"
    r"|\bremiss(?:en)?\s+(?:av|om|avseende|gällande|angående)\s+(?P<remiss>.+)"
    r"|\b(?:uppföljning|uppföljande granskning)\s+(?:av|över)\s+(?P<followed>.+)",
    re.IGNORECASE,
)
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
_NO_TITLE_PART = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|(?:\b[a-zåäö]{2,5}\.?\s+)?\b\d+(?:[/:]\d+)+:?"
)
"""Dates and numbers of a series, which a heading such as *Revisionsrapport nr 4/2022* adds."""
_NUMBER_TAIL = re.compile(r",?\s*\(?\b(?:dnr|diarienr|diarienummer)\b.*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """Return the word lists of ``data/facts.yml``."""
    content = yaml.safe_load((files("ingest") / "data" / "facts.yml").read_text("utf-8"))
    return {name: tuple(listed) for name, listed in content.items()}


def read_facts(document: Document, file_name: str, gazetteer: Gazetteer) -> Document:
    """Return the document with the facts that stand in it, each with its place in ``facts``."""
    verdict = read_doctype(document, file_name)
    facts: dict[str, Fact] = {}
    place = "file name" if verdict.zone == "file" else (verdict.zone or "no evidence")
    facts["doctype"] = Fact(verdict.doctype, place)
    case = read_case(document)
    sender = _sender(document, gazetteer, verdict.doctype)
    title = _title(document, gazetteer) or _made_title(verdict.doctype, sender, file_name)
    found = {
        "title": title,
        "sender": sender,
        "date": case.date,
        "dnr": case.dnr,
        "their_dnr": case.their_dnr if verdict.doctype in ANSWERING else None,
        "remitted": _remitted(document, title) if verdict.doctype in ANSWERING else None,
    }
    facts.update({name: fact for name, fact in found.items() if fact})
    return replace(
        document,
        title=title.value,
        doctype=verdict.doctype,
        sender=_value(sender),
        date=_value(found["date"]),
        dnr=_value(case.dnr),
        their_dnr=_value(found["their_dnr"]),
        remitted=_value(found["remitted"]),
        facts=facts,
    )


def apply_overrides(document: Document, entry: ManifestEntry | None) -> Document:
    """Return the document with what ``corpus.yml`` says of it in place of what was read."""
    if entry is None:
        return document
    said = {
        "id": entry.id,
        "title": entry.title,
        "doctype": entry.doctype,
        "sender": entry.sender,
        "date": entry.date,
        "dnr": entry.dnr,
        "their_dnr": entry.their_dnr,
        "remitted": entry.remitted,
        "answers": entry.answers,
        "language": entry.language,
        "url": entry.url,
    }
    given = {name: value for name, value in said.items() if value is not None}
    facts = {
        name: Fact(value, MANIFEST_NAME)
        for name, value in given.items()
        if name not in ("id", "language", "url")
    }
    return replace(document, **given, facts={**document.facts, **facts})  # type: ignore[arg-type]


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


# Title

_TITLE_KINDS = ("heading", "letterhead", "paragraph")
_LABEL = re.compile(
    r"^(?:svar på remiss|sida|till|bilaga|svar senast|version|utgåva)\b|[@]|www\.|\b\d{3} \d{2}\b|"
    r"\b(?:dnr|diarienummer|diarienr|handläggare|telefon|tel|datum|beteckning|e-post|postadress|"
    r"besöksadress|box \d+|issn|saknr)\b|[.;,]$"
)
_PERSON = re.compile(r"[A-ZÅÄÖ][\wéü-]+(?: [A-ZÅÄÖ][\wéü-]+){1,3}")
TITLE_LENGTH = 150
"""Characters of the longest line that may be a title without being a heading."""
WORDS_BEFORE_TITLE = 60
"""Words of text that may stand before the title: an imprint or a letterhead's lines."""
MANY_HEADERS = 2
"""Pages that carry a running header from which it is the document's and not a section's."""


def _title(document: Document, gazetteer: Gazetteer) -> Fact | None:
    """Return the heading of the first pages, or the running header, that reads as a title."""
    candidates = [
        (_title_points(block, document), -block.position, block)
        for block in _blocks_before_text(document)
        if block.kind in _TITLE_KINDS and _may_be_title(block, gazetteer)
    ]
    if not candidates:
        return _running_title(document, gazetteer)
    block = max(candidates, key=lambda candidate: candidate[:2])[2]
    return Fact(block.text, f"page {block.page}")


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
    text = " ".join(_NO_TITLE_PART.sub(" ", block.text.casefold()).split()).strip(" :.")
    if text in _words()["generic_headings"] or block.number or len(text) < 6:
        return False
    if _is_spaced_out(text) or text.endswith("författningssamling"):
        return False
    if block.kind != "heading" and _reads_as_text(block.text):
        return False
    is_label = _LABEL.search(text) or (block.kind != "heading" and _PERSON.fullmatch(block.text))
    return not (is_label or _only_names(block.text, gazetteer) or _looks_like_body(block.text))


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
    if any(word.strip("():,").endswith(_words()["title_nouns"]) for word in text.split()):
        points += 2
    if _SUBJECT.search(text):
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
        _sentence_case(re.sub(r"^\d+\s+|\s*\b\d+\s*(?:\(\d+\))?$", "", block.text))
        for block in document.blocks
        if block.kind in ("header", "footer")
    ]
    counts = Counter(
        text
        for text in texts
        if len(_NO_TITLE_PART.sub("", text)) > 8
        and len(text.split()) > 1
        and (text.casefold() not in headings or texts.count(text) > MANY_HEADERS)
        and text.casefold() not in _words()["generic_headings"]
        and not _is_spaced_out(text)
        and not gazetteer.resolve(text)
        and not _looks_like_body(text)
        and not re.search(r"@|www\.|\b\d{3} \d{2}\b|\bdnr\b|\bsida\b", text, re.IGNORECASE)
    )
    if not counts:
        return None
    return Fact(counts.most_common(1)[0][0], "running header")


def _sentence_case(text: str) -> str:
    return text.capitalize() if text.isupper() else text


def _made_title(doctype: DocType, sender: Fact | None, file_name: str) -> Fact:
    """Return a title for a document that has none: from its sender, or from its file's name."""
    if sender and doctype in ("response", "reply"):
        return Fact(f"Yttrande från {sender.value}", "sender")
    stem = re.sub(r"^[\d_\-. ]+", "", PurePath(file_name).stem) or PurePath(file_name).stem
    words = re.sub(r"[_\-]+", " ", stem).strip()
    return Fact(words[:1].upper() + words[1:] or "Utan titel", "file name")


# Sender


def _sender(document: Document, gazetteer: Gazetteer, doctype: DocType) -> Fact | None:
    """Return the body that speaks in the document, by its canonical name where it is known.

    An audit is by auditors and a reply is not, however often either names the other.
    """
    points: Counter[str] = Counter()
    places: dict[str, str] = {}
    for name, weight, place in (
        *_named_in_furniture(document, gazetteer),
        *_named_as_speaker(document, gazetteer),
        *_unknown_bodies(document, gazetteer),
    ):
        is_auditor = "revision" in name.casefold()
        if is_auditor and doctype == "reply":
            continue
        audits = is_auditor and doctype in ("audit", "followup")
        points[name] += weight * (AUDITOR_FACTOR if audits else 1)
        places.setdefault(name, place)
    _join_short_names(points)
    if not points:
        return None
    best = max(points, key=lambda name: (points[name], -list(points).index(name)))
    return Fact(best, places[best]) if points[best] >= SENDER_THRESHOLD else None


AUDITOR_FACTOR = 2


def _join_short_names(points: Counter[str]) -> None:
    """Give the points of *Hyresnämnden* to *X hyresnämnd*, where the document names one such."""
    for name in [name for name in points if " " not in name]:
        longer = [
            other
            for other in points
            if " " in other
            and (
                name.casefold().startswith(other.casefold().rsplit(" ", 1)[1])
                or other.startswith(f"{name} ")
            )
        ]
        if len(longer) == 1:
            points[longer[0]] += points.pop(name)


SENDER_THRESHOLD = 3
"""Points from which a body is the sender: one naming in the letterhead, or speaking twice."""
FURNITURE_POINTS = {"letterhead": 5, "header": 1, "footer": 1, "signature": 4, "heading": 1}
"""Points of a body named in each kind of block of the first pages; of running headers, which
come back on every page, each counts once."""
ALONE_SHARE = 0.7
"""Share of a line from which a name in it stands alone, but for a date or a full stop."""
NAME_LINE_LENGTH, NAMED_SHARE = 90, 0.5
"""Characters of the longest line that only names its sender, and the share of names in it."""
SPEAKING_POINTS, SPEAKING_LIMIT = 2, 12
"""Points for each sentence that begins with the body and a verb of speaking, at most so many."""
DECIDING_POINTS = 6
"""Points where the verb is one that only a sender's own standpoint has, such as *tillstyrker*."""
UNKNOWN_POINTS = 4
"""Points of a name that only its form shows to be a body's."""


def _named_in_furniture(document: Document, gazetteer: Gazetteer) -> Iterator[tuple[str, int, str]]:
    last_page = document.pages[-1].number if document.pages else 1
    seen: set[tuple[str, str]] = set()
    for block in document.blocks:
        weight = FURNITURE_POINTS.get(_furniture_kind(block, gazetteer))
        near = block.page <= TITLE_PAGES or (block.kind == "signature" and block.page == last_page)
        if not weight or not near:
            continue
        for mention in gazetteer.find(block.text):
            name = _name(gazetteer, block.text[mention.start : mention.end])
            before = block.text[: mention.start].casefold().rstrip(" :,\n")
            addressed = before.endswith(_words()["not_sender"]) or _says_to(before)
            alone = mention.end - mention.start >= ALONE_SHARE * len(block.text)
            if not name or addressed or (block.text, name) in seen or _is_group(name, gazetteer):
                continue
            if block.kind == "heading" and not (alone or _owns(block.text[mention.start :])):
                continue
            seen.add((block.text, name))
            yield name, weight + (2 if alone else 0), f"page {block.page}"


def _furniture_kind(block: Block, gazetteer: Gazetteer) -> str:
    """Return the block's kind; a short line that is little but names counts as letterhead."""
    if block.kind != "paragraph" or len(block.text) > NAME_LINE_LENGTH:
        return block.kind
    return "letterhead" if _only_names(block.text, gazetteer) else block.kind


def _only_names(text: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text is little but names of bodies."""
    named = sum(mention.end - mention.start for mention in gazetteer.find(text))
    return named >= NAMED_SHARE * len(text)


def _says_to(before: str) -> bool:
    return bool(re.search(r"\b(?:till|att\.|remiss från)\s*[^.]{0,15}$", before))


def _owns(text: str) -> bool:
    return any(f"s {noun}" in text.casefold() for noun in _words()["sender_nouns"])


def _is_group(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a name stands for many bodies (Kommunerna), which never send anything."""
    actor = gazetteer.resolve(name)
    return actor is not None and actor.id in gazetteer.groups


def _named_as_speaker(document: Document, gazetteer: Gazetteer) -> Iterator[tuple[str, int, str]]:
    """Yield the bodies with which sentences begin that say what the sender does or thinks."""
    verbs = tuple(f" {verb}" for verb in _words()["sender_verbs"])
    deciding = tuple(f" {verb}" for verb in _words()["deciding_verbs"])
    nouns = tuple(f" {noun}" for noun in _words()["sender_nouns"])
    given: Counter[str] = Counter()
    for block in document.blocks:
        if block.kind not in ("paragraph", "list_item", "heading"):
            continue
        for mention in gazetteer.find(block.text):
            surface = block.text[mention.start : mention.end]
            after = block.text[mention.end : mention.end + 40].casefold()
            speaks = _begins_sentence(block.text, mention.start) and after.startswith(verbs)
            owns = surface.endswith("s") and after.startswith(nouns)
            name = _name(gazetteer, surface) if speaks or owns else None
            if name and given[name] < SPEAKING_LIMIT and not _is_group(name, gazetteer):
                decides = speaks and after.startswith(deciding)
                points = DECIDING_POINTS if decides else SPEAKING_POINTS
                given[name] += points
                yield name, points, f"page {block.page}"


def _begins_sentence(text: str, start: int) -> bool:
    return not text[:start].strip() or text[:start].rstrip().endswith((".", "?", "!", ":"))


def _name(gazetteer: Gazetteer, surface: str) -> str | None:
    actor = gazetteer.resolve(surface)
    return actor.name if actor else None


def _unknown_bodies(document: Document, gazetteer: Gazetteer) -> Iterator[tuple[str, int, str]]:
    """Yield names that only their form shows to be bodies: alone in a header or a heading."""
    seen: set[str] = set()
    for block in document.blocks:
        short = block.kind in ("header", "footer", "heading", "letterhead", "signature")
        if not short or block.page > TITLE_PAGES or block.number:
            continue
        name = _sentence_case(block.text.strip(" :"))
        if name not in seen and _looks_like_body(name) and not gazetteer.resolve(name):
            seen.add(name)
            yield name, UNKNOWN_POINTS, f"page {block.page}"


def _looks_like_body(text: str) -> bool:
    """Return whether a short line has the form of a body's name: *Utredningen om …*, *X kommun*."""
    lowered = text.casefold().strip(" :.")
    if len(lowered.split()) > 8 or not text[:1].isupper() or re.search(r"\d|[,:;?]", lowered):
        return False
    words = lowered.split()
    if any(word.endswith(_words()["title_nouns"]) for word in words):
        return False
    starts = any(lowered.startswith(start) for start in _words()["body_starts"])
    return (starts and len(words) > 1) or (
        len(words) <= 4 and words[-1].endswith(_words()["body_ends"])
    )


# What is answered


def _remitted(document: Document, title: Fact) -> Fact | None:
    """Return the words by which the document names the proposal or report that it answers."""
    for block in document.blocks:
        if block.kind == "heading" and block.page <= TITLE_PAGES:
            subject = _subject(block.text)
            if subject:
                return Fact(subject, f"page {block.page}")
    subject = _subject(title.value)
    if subject:
        return Fact(subject, title.place)
    stands = title.place.startswith("page") and not _OWN_KIND.search(title.value)
    return title if stands else _named_in_text(document)


def _subject(text: str) -> str | None:
    matched = _SUBJECT.search(text)
    if not matched:
        return None
    what = matched["what"] or matched["remiss"] or matched["followed"]
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
                return Fact(words.strip(' ”"»«,'), f"page {block.page}")
    return None
