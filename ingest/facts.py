"""The facts of a document, read from where it states them: title, kind, sender, date, numbers.

Every fact carries its place. ``apply_overrides`` puts what ``corpus.yml`` says over them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from corpus.actors import Gazetteer
from corpus.manifest import MANIFEST_NAME, ManifestEntry
from corpus.models import Block, DocType, Document, Fact
from ingest.casefacts import NUMBER, read_case
from ingest.doctype import TITLE_PAGES, read_doctype
from ingest.names import (
    MOST_WORDS,
    looks_like_body,
    only_names,
    sentence_case,
    without_date,
    words,
)
from ingest.titles import SUBJECT, made_title, read_title

ANSWERING: tuple[DocType, ...] = ("response", "reply", "followup")
"""Kinds of document that speak of another one."""

_NAMED = re.compile(
    r"\b(?P<kind>betänkandet|delbetänkandet|slutbetänkandet|promemorian|departementspromemorian|"
    r"revisionsrapport|revisionsrapporten|granskningsrapporten|rapporten|förslaget till|remissen)"
    r"\s+"
    r"(?P<name>[”\"»]?[A-ZÅÄÖ0-9][^.”\"»\n]{3,160}?[”\"«]?"
    r"(?:\s*\((?:SOU|Ds|dnr|nr|RiR)[^)]{3,40}\)|(?=[.,;”\"\n]|$)))"
)
_PUBLISHER = re.compile(
    r"(?:utgivare|utgiven av|utges av)\s?:?\s+(?P<name>.{4,60}?)\.?$", re.IGNORECASE
)
_OWN_PLAN = re.compile(
    r"(?:strategi|plan|program|policy|riktlinjer?) för (?P<name>Region [A-ZÅÄÖ][\w-]+"
    r"|[A-ZÅÄÖ][\w-]+ (?:kommun|stad))\b"
)
"""A title that says whose plan it is."""
_LINE_KINDS = ("header", "footer", "heading", "letterhead", "signature")
_TEXT_KINDS = ("paragraph", "list_item")
"""Kinds of block that hold a cover's lines too, before the text begins."""
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
_NUMBER_TAIL = re.compile(r",?\s*\(?\b(?:dnr|diarienr|diarienummer)\b.*$", re.IGNORECASE)


def read_facts(document: Document, file_name: str, gazetteer: Gazetteer) -> Document:
    """Return the document with the facts that stand in it, each with its place in ``facts``."""
    verdict = read_doctype(document, file_name)
    facts: dict[str, Fact] = {}
    place = "file name" if verdict.zone == "file" else (verdict.zone or "no evidence")
    facts["doctype"] = Fact(verdict.doctype, place)
    case = read_case(document)
    sender = _sender(document, gazetteer, verdict.doctype)
    title = read_title(document, gazetteer) or made_title(verdict.doctype, sender, file_name)
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


# Sender


def _sender(document: Document, gazetteer: Gazetteer, doctype: DocType) -> Fact | None:
    """Return the body that speaks in the document, by its canonical name where it is known.

    An audit is by auditors and a reply is not, however often either names the other; a response
    is never by the ministry that it is addressed to.
    """
    points: Counter[str] = Counter()
    places: dict[str, str] = {}
    for name, weight, place in (
        *_named_in_furniture(document, gazetteer),
        *_named_as_speaker(document, gazetteer),
        *_unknown_bodies(document, gazetteer),
        *(_letter_writer(document, gazetteer) if doctype == "response" else ()),
    ):
        is_auditor = "revision" in name.casefold()
        is_asker = doctype == "response" and name.casefold().endswith(words()["asking_bodies"])
        if is_asker or (is_auditor and doctype == "reply"):
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
NAME_LINE_LENGTH = 90
"""Characters of the longest line that only names its sender."""
SPEAKING_POINTS, SPEAKING_LIMIT = 2, 12
"""Points for each sentence that begins with the body and a verb of speaking, at most so many."""
DECIDING_POINTS = 6
"""Points where the verb is one that only a sender's own standpoint has, such as *tillstyrker*."""
PUBLISHING_POINTS = 9
"""Points of the body that an imprint calls the publisher."""
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
            addressed = before.endswith(words()["not_sender"]) or _says_to(before)
            alone = mention.end - mention.start >= ALONE_SHARE * len(block.text)
            if not name or addressed or (block.text, name) in seen or _is_group(name, gazetteer):
                continue
            if block.kind == "heading" and not (alone or _owns(block.text[mention.start :])):
                continue
            seen.add((block.text, name))
            yield name, weight + (2 if alone else 0), f"page {block.page}"


def _furniture_kind(block: Block, gazetteer: Gazetteer) -> str:
    """Return the block's kind; a short line that is little but names counts as letterhead."""
    if block.kind != "paragraph" or len(block.text) > NAME_LINE_LENGTH or block.page > 1:
        return block.kind
    return "letterhead" if only_names(block.text, gazetteer) else block.kind


def _says_to(before: str) -> bool:
    return bool(re.search(r"\b(?:till|att\.|remiss från)\s*[^.]{0,15}$", before))


def _owns(text: str) -> bool:
    return any(f"s {noun}" in text.casefold() for noun in words()["sender_nouns"])


def _is_group(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a name stands for many bodies (Kommunerna), which never send anything."""
    actor = gazetteer.resolve(name)
    return actor is not None and actor.id in gazetteer.groups


def _named_as_speaker(document: Document, gazetteer: Gazetteer) -> Iterator[tuple[str, int, str]]:
    """Yield the bodies with which sentences begin that say what the sender does or thinks."""
    verbs = tuple(f" {verb}" for verb in words()["sender_verbs"])
    deciding = tuple(f" {verb}" for verb in words()["deciding_verbs"])
    nouns = tuple(f" {noun}" for noun in words()["sender_nouns"])
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
    """Yield names that only their form shows to be bodies: alone on a line, or speaking."""
    seen: set[str] = set()
    in_text = False
    for block in document.blocks:
        if block.page > TITLE_PAGES or block.number:
            continue
        in_text = in_text or (block.kind == "paragraph" and block.text.endswith("."))
        for name, points in _bodies_by_form(block, in_text=in_text):
            actor = gazetteer.resolve(name)
            known = actor is not None and points != PUBLISHING_POINTS
            if name not in seen and not known and not _ends_in_another(name, gazetteer):
                seen.add(name)
                yield actor.name if actor else name, points, f"page {block.page}"


def _letter_writer(document: Document, gazetteer: Gazetteer) -> Iterator[tuple[str, int, str]]:
    """Yield the name that opens a letter and comes back in its text, whatever its form."""
    if not document.blocks:
        return
    first, text = document.blocks[0], " ".join(block.text for block in document.blocks[1:])
    named = gazetteer.find(first.text)
    opening = first.text[: named[0].start] if named else first.text
    name = sentence_case(without_date(opening.strip(" :")))
    parts = name.casefold().split()
    if not 0 < len(parts) <= MOST_WORDS or re.search(r"[\d,:;?.]", name) or not name[0].isupper():
        return
    comes_back = re.search(rf"\b{re.escape(name)}", text)
    if comes_back and not any(part.endswith(words()["title_nouns"]) for part in parts):
        yield name, UNKNOWN_POINTS, f"page {first.page}"


def _ends_in_another(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a line is two bodies' names, run together (*X kommun Revisionskontoret*)."""
    return any(
        mention.start > 0 and mention.end == len(name) and name[mention.start].isupper()
        for mention in gazetteer.find(name)
    )


def _bodies_by_form(block: Block, *, in_text: bool) -> Iterator[tuple[str, int]]:
    """Yield what looks like a body in a line of the first pages, or opens a paragraph."""
    name = sentence_case(without_date(block.text.strip(" :")))
    is_line = block.kind in _LINE_KINDS or (block.kind in _TEXT_KINDS and not in_text)
    published = _PUBLISHER.match(block.text)
    owned = _OWN_PLAN.search(block.text) if block.kind == "heading" else None
    speaking = _speaking().match(block.text) if block.kind == "paragraph" else None
    if published:
        yield without_date(published["name"]), PUBLISHING_POINTS
    elif is_line and looks_like_body(name):
        yield name, UNKNOWN_POINTS
    elif owned:
        yield owned["name"], UNKNOWN_POINTS
    elif speaking and looks_like_body(speaking["name"]):
        yield speaking["name"], UNKNOWN_POINTS


@lru_cache(maxsize=1)
def _speaking() -> re.Pattern[str]:
    """Return the pattern of a paragraph that opens with a name of two to five words that speaks."""
    verbs = "|".join(map(re.escape, words()["sender_verbs"]))
    return re.compile(
        rf"(?P<name>[A-ZÅÄÖ][\w-]+(?: (?:för )?[A-ZÅÄÖa-zåäö][\w-]+){{1,4}}?) (?:{verbs})\b"
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
    matched = SUBJECT.search(text)
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
