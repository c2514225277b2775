"""Dates and case numbers as Swedish documents write them, and which are the document's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from corpus.models import Block, Document, Fact

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
HEAD_PAGES = 2
"""Pages from the first on which a document's own date and number are looked for."""
FIRST_BLOCKS, LAST_BLOCKS = 40, 12
"""Blocks at the beginning and the end among which they are looked for; a text without page
breaks is one long page."""
DATE_THRESHOLD = 2
"""Points from which a date is the document's own: a letterhead, a place and date, a decision."""
CLOSING_POINTS = 3
"""Most points of a date at the end: an attest or an annex has dates with labels of its own."""
LINE_LENGTH = 60
"""Characters of the longest line that holds nothing but a date and its label or place."""
HEAD_LENGTH = 400
"""Characters of the longest block that can be part of a letterhead; its lines may be one block."""
HEAD_LINE_WORDS = 30
"""Words of the longest line without a full stop that is no sentence."""
BESIDE = 20
"""Characters from a date's label within which the date stands right after it (*Beslutsdatum: *)."""
MEETING_REACH = 60
"""Characters after *Till* within which a date is that of the meeting."""

_WRITTEN = rf"(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(MONTHS)})\s+(?P<year>(?:19|20)\d\d)"
_ISO = r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
_SLASHED = r"(?P<slashed>\d{1,2}/\d{1,2}[- ](?:19|20)\d\d)"
_DATE = re.compile(rf"(?<![\d-])(?:{_ISO}|{_WRITTEN}|{_SLASHED})(?![\d-])", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"\b(?:datum|beslutad|beslutat|fastställd|antagen|publicerad|överlämnad|utgiven|daterad|upprättad|"
    r"beslutades den)(?:\s+(?:den|av\s+[\w\s]{3,40}))?\W{0,3}$",
    re.IGNORECASE,
)
_PLACE_AND = re.compile(r"(?:^|[.!?]\s)[A-ZÅÄÖ][a-zåäöé]+(?: [A-ZÅÄÖ][a-zåäö]+)?,? (?:den )?$")
_DECIDED = re.compile(
    r"\b(?:har|den|beslutade|beslutat|behandlade|fastställde|antog|på sammanträde)\s*(?:den\s*)?$",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"^\W*(?:har )?(?:behandla|beslut|faststäl|anta|avgivi|avge|godkän|överlämna)", re.IGNORECASE
)
_NOT_OWN = re.compile(
    r"(?:senast|före|innan|till och med|t\.o\.m\.|till handa|från och med|fr\.o\.m\.|gäller från|"
    r"träda i kraft|trädde i kraft|sista dag)(?:\s+den)?\W{0,3}$",
    re.IGNORECASE,
)

NUMBER = (
    r"(?:(?:(?-i:[A-ZÅÄÖ])[A-Za-zÅÄÖåäö]{0,7}(?:[ .:/-]|(?=\d)))?"
    r"(?!(?:19|20)\d\d-\d\d-\d\d)\d[\d.]*(?:[-/:]\d[\d.]*)+(?:/[A-ZÅÄÖ]{1,4}\d?)?)"
)
_LABEL = (
    r"(?:dnr|d\.nr|diarienr|diarienummer|ärendenr|ärendenummer|ärendebeteckning|beteckning|"
    r"referens|ref|målnummer)\b\.?"
)
_ANY_LABEL = re.compile(rf"\b(?:{_LABEL}|datum\b)", re.IGNORECASE)
_HEAD_TOKEN = re.compile(
    rf"(?P<their_date>\b(?:ert|er|mötes)\s?datum\b)"
    rf"|(?P<their_label>\b(?:ert|er|eran|regeringens|departementets)\s+{_LABEL})"
    rf"|(?P<own_label>\b(?:(?:vårt|vår)\s+)?{_LABEL})"
    rf"|(?P<own_date>\b(?:vårt )?(?:besluts)?datum\b)"
    rf"|(?P<meeting>\b(?:[Tt]ill|sammanträde[nt]?)\b)"
    rf"|(?P<date>(?<![\d/-])(?:{_ISO}|{_WRITTEN}|{_SLASHED})(?![\d/-]))"
    rf"|(?P<number>(?<![\w/-]){NUMBER}(?![\w/-]))",
    re.IGNORECASE,
)
_REMISS = re.compile(
    r"\b(?:remiss|remittera|svar på|yttrande över|betänkande|promemoria|från)\w*\b", re.IGNORECASE
)
_REMISS_FROM = re.compile(r"\b(?:remiss(?:en)?\s+(?:från|av)|svar på)\b", re.IGNORECASE)
_REMISS_REACH = 120
"""Characters before a number in which a word such as *remiss* makes it the other side's."""
_BRACKETED = re.compile(rf"\((?:dnr\s+)?(?P<number>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,9}} ?{NUMBER})\)")
_AFTER_REMISS = re.compile(
    rf"\bremiss(?:en)?\s+från\s+[^.]{{3,80}}?,\s+(?P<number>[A-ZÅÄÖ]{{1,6}} {NUMBER})"
)
_HEAD_KINDS = ("letterhead", "header", "heading", "footer", "aside", "table")


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The date and the numbers of a document; None where it does not state them."""

    date: Fact | None = None
    dnr: Fact | None = None
    their_dnr: Fact | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A value with its role (``date``, ``dnr``, ``their_dnr``), its points and its page."""

    role: str
    value: str
    points: int
    page: int


def read_case(document: Document) -> CaseFacts:
    """Return the document's own date and number, and the number of what it answers."""
    found = [*_from_head(document), *_from_text(document)]
    own = _best(found, "dnr")
    theirs = _best([item for item in found if not own or item.value != own.value], "their_dnr")
    dated = _best([item for item in found if item.points >= DATE_THRESHOLD], "date")
    return CaseFacts(dated, own, theirs)


def _best(found: list[_Found], role: str) -> Fact | None:
    """Return the first of the surest values in a role."""
    best = max((item for item in found if item.role == role), key=lambda i: i.points, default=None)
    return Fact(best.value, f"page {best.page}") if best else None


def dates_in(text: str) -> list[tuple[str, int, int]]:
    """Return the dates of ``text`` as ISO dates, each with its start and end."""
    return [
        (value, matched.start(), matched.end())
        for matched in _DATE.finditer(text)
        if (value := _iso(matched))
    ]


def _iso(matched: re.Match[str]) -> str | None:
    """Return a matched date as an ISO date, or None where the calendar has no such day."""
    if matched["iso"]:
        year, month, day = (int(part) for part in matched["iso"].split("-"))
    elif matched["slashed"]:
        day, month, year = (int(part) for part in re.split(r"[/ -]", matched["slashed"]))
    else:
        month = MONTHS.index(matched["month"].lower()) + 1
        day, year = int(matched["day"]), int(matched["year"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _first_blocks(document: Document) -> list[Block]:
    return [block for block in document.blocks[:FIRST_BLOCKS] if block.page <= HEAD_PAGES]


def _is_head(block: Block) -> bool:
    """Return whether a block is of the letterhead: by its kind, its labels, or as no sentence."""
    if len(block.text) > HEAD_LENGTH:
        return False
    is_line = not block.text.endswith(".") and len(block.text.split()) <= HEAD_LINE_WORDS
    return block.kind in _HEAD_KINDS or is_line or len(_ANY_LABEL.findall(block.text)) > 1


def _from_head(document: Document) -> Iterator[_Found]:
    """Yield what the letterhead says; its labels may stand in a row before their values."""
    waiting: list[tuple[str, int]] = []
    offset = 0
    for block in _first_blocks(document):
        if not _is_head(block):
            waiting.clear()
            continue
        for matched in _HEAD_TOKEN.finditer(block.text):
            kind, at = str(matched.lastgroup and _kind(matched)), offset + matched.start()
            if kind not in ("date", "number"):
                waiting.append((kind, at))
                continue
            yield from _assigned(matched, kind, at, waiting, block)
        offset += len(block.text) + 1


def _kind(matched: re.Match[str]) -> str:
    """Return which alternative of the token pattern was found."""
    names = ("their_date", "their_label", "own_label", "own_date", "meeting", "date", "number")
    return next(name for name in names if matched[name])


def _assigned(
    matched: re.Match[str], kind: str, at: int, waiting: list[tuple[str, int]], block: Block
) -> Iterator[_Found]:
    """Yield a value in the role that the first waiting label of its sort gives it."""
    label: str | None
    if kind == "number":
        label = _take(waiting, ("own_label", "their_label"))
        if label:
            role = (
                "their_dnr"
                if label == "their_label" or _speaks_of(_REMISS_FROM, matched)
                else "dnr"
            )
            yield _Found(role, " ".join(matched["number"].split()).rstrip("."), 5, block.page)
        return
    waiting[:] = [w for w in waiting if w[0] != "meeting" or at - w[1] <= MEETING_REACH]
    if waiting and waiting[-1][0] in {"own_date", "their_date"} and at - waiting[-1][1] <= BESIDE:
        label = waiting.pop()[0]
    else:
        label = _take(waiting, ("own_date", "their_date", "meeting"))
    value = _iso(matched)
    if value and label not in ("their_date", "meeting") and not _is_deadline(matched):
        yield _Found("date", value, 6 if label else _points(block, matched), block.page)


def _take(waiting: list[tuple[str, int]], kinds: tuple[str, ...]) -> str | None:
    """Return the first waiting label among ``kinds`` and take it off the list."""
    for place, (kind, _) in enumerate(waiting):
        if kind in kinds:
            del waiting[place]
            return kind
    return None


def _speaks_of(words: re.Pattern[str], matched: re.Match[str]) -> bool:
    before = matched.string[max(matched.start() - _REMISS_REACH, 0) : matched.start()]
    return bool(words.search(before))


def _is_deadline(matched: re.Match[str]) -> bool:
    return bool(_NOT_OWN.search(matched.string[: matched.start()]))


def _points(block: Block, matched: re.Match[str]) -> int:
    """Return how surely a date without a label is the document's own."""
    before, after = matched.string[: matched.start()], matched.string[matched.end() :]
    is_line = len(block.text) <= LINE_LENGTH
    stands = {
        6: bool(_DATE_LABEL.search(before)),
        5: bool(_PLACE_AND.search(before)) and is_line and not after.strip(" .,"),
        4: block.kind == "letterhead" or (block.kind == "paragraph" and _is_head(block)),
        3: (is_line and block.kind in _HEAD_KINDS)
        or block.kind == "signature"
        or not (before.strip() or after.strip())
        or bool(_DECIDED.search(before) and _DECISION.search(after)),
    }
    return next((points for points, holds in stands.items() if holds), 0)


def _from_text(document: Document) -> Iterator[_Found]:
    """Yield what the first and last paragraphs say, and the numbers beside the remiss's name."""
    for block in _first_blocks(document):
        if _is_head(block):
            yield from _beside_remiss(block)
        else:
            yield from _dated(block)
            yield from _labelled_in_text(block)
    for block in document.blocks[FIRST_BLOCKS:][-LAST_BLOCKS:]:
        for item in _dated(block):
            yield replace(item, points=min(item.points, CLOSING_POINTS))


def _dated(block: Block) -> Iterator[_Found]:
    for matched in _DATE.finditer(block.text):
        value = _iso(matched)
        if value and not _is_deadline(matched):
            yield _Found("date", value, _points(block, matched), block.page)


def _beside_remiss(block: Block) -> Iterator[_Found]:
    for pattern, points in ((_AFTER_REMISS, 4), (_BRACKETED, 3)):
        for matched in pattern.finditer(block.text):
            yield _Found("their_dnr", matched["number"], points, block.page)


def _labelled_in_text(block: Block) -> Iterator[_Found]:
    pattern = rf"(?P<their>\b(?:ert|er)\s+)?\b{_LABEL}\s*[:.]?\s*(?P<number>{NUMBER})"
    for matched in re.finditer(pattern, block.text, re.IGNORECASE):
        theirs = bool(matched["their"]) or _speaks_of(_REMISS, matched)
        number = " ".join(matched["number"].split()).rstrip(".")
        yield _Found("their_dnr" if theirs else "dnr", number, 2, block.page)
