"""The sender of a document: the body that its form states, or that its letterhead and text show.

Where the kind of document says outright who sends it (*Kommittédirektiv*, *X författningssamling*,
*Betänkande av X*; ``data/senders.yml``), that is the sender. Else every naming gives points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from corpus.actors import Gazetteer
from corpus.models import Block, DocType, Document, Fact
from ingest.confidence import confidence
from ingest.doctype import TITLE_PAGES
from ingest.names import (
    MOST_WORDS,
    PERSON,
    looks_like_body,
    only_names,
    sentence_case,
    without_date,
    words,
)
from ingest.opening import first_blocks

_OWN_PLAN = re.compile(
    r"(?:strategi|plan|program|policy|riktlinjer?) för (?P<name>Region [A-ZÅÄÖ][\w-]+"
    r"|[A-ZÅÄÖ][\w-]+ (?:kommun|stad))\b"
)
"""A title that says whose plan it is."""
_OF_OTHERS = re.compile(
    r"\s(?:dnr|diarie\w+|beteckning|referens|remiss\w*|ärende\w*)\b", re.IGNORECASE
)
"""What follows a body's genitive where a number or remiss of its is named (*Regeringens dnr*)."""
_WEB_ADDRESS = re.compile(r"(?<![@\w.-])(?:www\.)?(?P<host>[\w-]{2,40})\.se\b", re.IGNORECASE)
_MADE_BY = re.compile(
    r"\b(?:tagits fram|utarbetats|upprättats) av "
    r"(?P<name>[A-ZÅÄÖ][\w-]+(?: [\w-]+){0,4}?)(?=[.,]|$)"
)
_FOR_WHOM = re.compile(
    r"^(?:För|Styrelsen för|(?:Remissvar|Yttrande|Svar|Synpunkter) från) (?=[A-ZÅÄÖ])",
    re.IGNORECASE,
)
"""What stands before the body's name in a signature or heading (*För X kommun*)."""
_PLACE_TAIL = re.compile(r"\s+[A-ZÅÄÖ][\w-]+,?(?: den)?$")
"""The place that a letter's date names, where it stands in the line of the sender."""
CLOSING_BLOCKS = 8
"""Blocks at the end in which a signature names its body without being told by its form."""
_LINE_KINDS = ("header", "footer", "heading", "letterhead", "signature")
_FURNITURE_KINDS = ("header", "footer", "letterhead", "aside")
_TEXT_KINDS = ("paragraph", "list_item")
"""Kinds of block that hold a cover's lines too, before the text begins."""

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
UNKNOWN_POINTS = 4
"""Points of a name that only its form shows to be a body's."""
AUDITOR_FACTOR = 2
"""How much more a naming of auditors weighs in an audit, which they alone send."""
SPEAKING_PAGES, LAST_PAGES = 15, 2
"""Pages from the first, and at the end, on which sentences are asked who speaks in them."""
CLEAR_LEAD = 1.5
"""Times the points of the runner-up from which the lead is clear: 57 of 66 senders with such a lead
were right in the documents behind ``data/confidence.yml``, 3 of 7 of the others."""
LONGEST_LINE = 200
"""Characters of the longest block in which the form of the document may state the sender."""


@dataclass(frozen=True, slots=True)
class _Naming:
    """A body as a document names it, with its points, its place and the kind of evidence."""

    name: str
    points: int
    place: str
    evidence: str


def read_sender(document: Document, gazetteer: Gazetteer, doctype: DocType) -> Fact | None:
    """Return the body that speaks in the document, by its canonical name where it is known."""
    return _stated(document, gazetteer, doctype) or _weighed(document, gazetteer, doctype)


# What the form of the document states


@dataclass(frozen=True, slots=True)
class _Statement:
    """A rule of ``data/senders.yml``, compiled."""

    zone: str
    match: re.Pattern[str]
    sender: str | None
    genitive: bool
    doctypes: tuple[DocType, ...]


_NO_ANSWER = ("strategy", "audit", "proposal", "followup", "guidance", "other")


@lru_cache(maxsize=1)
def _statements() -> tuple[_Statement, ...]:
    content = yaml.safe_load((files("ingest") / "data" / "senders.yml").read_text("utf-8"))
    return tuple(
        _Statement(
            entry["zone"],
            re.compile(entry["match"], re.IGNORECASE),
            entry.get("sender"),
            bool(entry.get("genitive")),
            tuple(entry.get("doctypes", _NO_ANSWER)),
        )
        for entry in content
    )


def _stated(document: Document, gazetteer: Gazetteer, doctype: DocType) -> Fact | None:
    last = document.pages[-1].number - LAST_PAGES if document.pages else 0
    head = first_blocks(document, HEAD_BLOCKS, TITLE_PAGES)
    imprint = [block for block in document.blocks if block.page > last][-HEAD_BLOCKS:]
    for statement in _statements():
        if doctype not in statement.doctypes:
            continue
        for block in head if statement.zone == "head" else (*head, *imprint):
            matched = statement.match.search(block.text[:LONGEST_LINE])
            if matched:
                name = statement.sender or _stated_name(matched["name"], statement, gazetteer)
                return Fact(name, f"page {block.page}", confidence("sender", "stated"))
    return None


HEAD_BLOCKS = 30
"""Blocks at the beginning and the end in which the form of the document may state the sender."""


def _stated_name(text: str, statement: _Statement, gazetteer: Gazetteer) -> str:
    name = sentence_case(" ".join(text.split()).strip(" ,:"))
    actor = gazetteer.resolve(name)
    if actor is None and statement.genitive:
        bare = name.removesuffix("s")
        actor, name = gazetteer.resolve(bare), bare
    return actor.name if actor else name[:1].upper() + name[1:]


# What the letterhead, the signature and the text show


def _weighed(document: Document, gazetteer: Gazetteer, doctype: DocType) -> Fact | None:
    """Return the body with most points.

    An audit is by auditors and a reply is not, however often either names the other; a response
    is never by the ministry that it is addressed to.
    """
    points: Counter[str] = Counter()
    first: dict[str, _Naming] = {}
    evidence: dict[str, set[str]] = {}
    for naming in (
        *_named_in_furniture(document, gazetteer),
        *_named_as_speaker(document, gazetteer),
        *_unknown_bodies(document, gazetteer),
        *_by_web_address(document, gazetteer),
        *(_letter_writer(document, gazetteer) if doctype == "response" else ()),
    ):
        is_auditor = "revision" in naming.name.casefold()
        is_asker = doctype == "response" and naming.name.casefold().endswith(
            words()["asking_bodies"]
        )
        if is_asker or (is_auditor and doctype == "reply"):
            continue
        audits = is_auditor and doctype in ("audit", "followup")
        points[naming.name] += naming.points * (AUDITOR_FACTOR if audits else 1)
        first.setdefault(naming.name, naming)
        evidence.setdefault(naming.name, set()).add(naming.evidence)
    _join_short_names(points)
    if not points:
        return None
    best, second = _two_best(points)
    if points[best] < SENDER_THRESHOLD:
        return None
    lead = "clear" if points[best] >= CLEAR_LEAD * second else "narrow"
    kind = "both" if len(evidence[best]) > 1 else first[best].evidence
    sure = confidence("sender", f"{kind}, {lead}")
    return Fact(best, first[best].place, sure)


def _two_best(points: Counter[str]) -> tuple[str, int]:
    """Return the name with most points, the first of equals, and the runner-up's points."""
    order = list(points)
    best = max(order, key=lambda name: (points[name], -order.index(name)))
    return best, max((points[name] for name in order if name != best), default=0)


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
                or other.casefold().split()[0].endswith(name.casefold())
            )
        ]
        if len(longer) == 1:
            points[longer[0]] += points.pop(name)


def _named_in_furniture(document: Document, gazetteer: Gazetteer) -> Iterator[_Naming]:
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
            genitive = block.text[: mention.end].endswith("s")
            owned = genitive and _OF_OTHERS.match(block.text, mention.end)
            if (
                not name
                or addressed
                or owned
                or (block.text, name) in seen
                or _is_group(name, gazetteer)
            ):
                continue
            if block.kind == "heading" and not (alone or _owns(block.text[mention.start :])):
                continue
            seen.add((block.text, name))
            yield _Naming(name, weight + 2 * alone, f"page {block.page}", "head")


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


def _named_as_speaker(document: Document, gazetteer: Gazetteer) -> Iterator[_Naming]:
    """Yield the bodies with which sentences begin that say what the sender does or thinks."""
    verbs = tuple(f" {verb}" for verb in words()["sender_verbs"])
    deciding = tuple(f" {verb}" for verb in words()["deciding_verbs"])
    nouns = tuple(f" {noun}" for noun in words()["sender_nouns"])
    given: Counter[str] = Counter()
    for block in document.blocks:
        if block.kind not in ("paragraph", "list_item", "heading") or not _near(block, document):
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
                yield _Naming(name, points, f"page {block.page}", "speaking")


def _near(block: Block, document: Document) -> bool:
    """Return whether a block stands on the first or last pages, where a sender speaks most."""
    return block.page <= SPEAKING_PAGES or block.page > document.pages[-1].number - LAST_PAGES


def _begins_sentence(text: str, start: int) -> bool:
    return not text[:start].strip() or text[:start].rstrip().endswith((".", "?", "!", ":"))


def _name(gazetteer: Gazetteer, surface: str) -> str | None:
    actor = gazetteer.resolve(surface)
    return actor.name if actor else None


def _unknown_bodies(document: Document, gazetteer: Gazetteer) -> Iterator[_Naming]:
    """Yield names that only their form shows to be bodies: alone on a line, or speaking."""
    seen: set[tuple[str, str]] = set()
    in_text = False
    closing = {block.id for block in document.blocks[-CLOSING_BLOCKS:]}
    for block in document.blocks:
        is_closing = block.id in closing and not block.text.endswith(".")
        if (block.page > TITLE_PAGES and not is_closing) or block.number:
            continue
        in_text = in_text or (block.kind == "paragraph" and block.text.endswith("."))
        for name, evidence in _bodies_by_form(block, in_text=in_text and not is_closing):
            known = gazetteer.resolve(name) is not None
            if (name, evidence) not in seen and not known and not _ends_in_another(name, gazetteer):
                seen.add((name, evidence))
                kind = "speaking" if evidence == "speaker" else "form"
                yield _Naming(name, UNKNOWN_POINTS, f"page {block.page}", kind)


def _by_web_address(document: Document, gazetteer: Gazetteer) -> Iterator[_Naming]:
    """Yield the known bodies whose web addresses stand in the furniture or the imprint."""
    seen: set[str] = set()
    closing = {block.id for block in document.blocks[-CLOSING_BLOCKS:]}
    for block in document.blocks:
        is_furniture = block.page <= TITLE_PAGES and block.kind in _FURNITURE_KINDS
        if not is_furniture and block.id not in closing:
            continue
        for matched in _WEB_ADDRESS.finditer(block.text):
            host = matched["host"].replace("-", " ")
            actor = gazetteer.resolve(host.upper()) or gazetteer.resolve(host.capitalize())
            if actor and actor.name not in seen:
                seen.add(actor.name)
                yield _Naming(actor.name, UNKNOWN_POINTS, f"page {block.page}", "form")


def _letter_writer(document: Document, gazetteer: Gazetteer) -> Iterator[_Naming]:
    """Yield the name that opens a letter and comes back in its text, whatever its form."""
    if not document.blocks:
        return
    first, text = document.blocks[0], " ".join(block.text for block in document.blocks[1:])
    named = gazetteer.find(first.text)
    opening = first.text[: named[0].start] if named else first.text
    head = sentence_case(without_date(opening.strip(" :")))
    for name in (head, _PLACE_TAIL.sub("", head), _signed(document)):
        parts = name.casefold().split()
        odd = re.search(r"[\d,:;?.]", name) or not name[:1].isupper()
        if not 0 < len(parts) <= MOST_WORDS or odd:
            continue
        comes_back = re.search(rf"\b{re.escape(name)}", text)
        if comes_back and not any(part.endswith(words()["title_nouns"]) for part in parts):
            yield _Naming(name, UNKNOWN_POINTS, f"page {first.page}", "form")
            return


def _signed(document: Document) -> str:
    """Return the name with which a letter ends, where its head begins with it; else nothing."""
    head = document.blocks[0].text
    lines = (block.text.strip() for block in document.blocks[1:][-CLOSING_BLOCKS:])
    return next((line for line in lines if PERSON.fullmatch(line) and head.startswith(line)), "")


def _ends_in_another(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a line is two bodies' names, run together (*X kommun Revisionskontoret*)."""
    return any(
        mention.start > 0 and mention.end == len(name) and name[mention.start].isupper()
        for mention in gazetteer.find(name)
    )


def _bodies_by_form(block: Block, *, in_text: bool) -> Iterator[tuple[str, str]]:
    """Yield what looks like a body, and how it stands: on a line, as owner, maker or speaker."""
    name = _FOR_WHOM.sub("", sentence_case(without_date(block.text.strip(" :"))))
    is_line = block.kind in _LINE_KINDS or (block.kind in _TEXT_KINDS and not in_text)
    owned = _OWN_PLAN.search(block.text) if block.kind == "heading" else None
    made = _MADE_BY.search(block.text)
    speaking = _speaking().match(block.text) if block.kind == "paragraph" else None
    if is_line and looks_like_body(name):
        yield name, "line"
    elif owned:
        yield owned["name"], "owner"
    elif made and looks_like_body(made["name"]):
        yield made["name"], "maker"
    elif speaking and looks_like_body(speaking["name"]):
        yield speaking["name"], "speaker"


@lru_cache(maxsize=1)
def _speaking() -> re.Pattern[str]:
    """Return the pattern of a paragraph that opens with a name of one to five words that speaks."""
    verbs = "|".join(map(re.escape, words()["sender_verbs"]))
    return re.compile(
        rf"(?P<name>[A-ZÅÄÖ][\w-]+(?: (?:för )?[A-ZÅÄÖa-zåäö][\w-]+){{0,4}}?) (?:{verbs})\b"
    )
