"""Dates and case numbers as Swedish documents write them, and which are the document's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.models import Block, Document, Fact
from ingest.confidence import confidence
from ingest.dates import DATE, ISO, SLASHED, WRITTEN, iso
from ingest.opening import first_blocks

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

_DATE_LABEL = re.compile(
    r"(?:^|;)\s*beslutade(?:\s+den)?\W{0,3}$|"
    r"\b(?:datum|beslutad|beslutat|fastställd|antagen|publicerad|överlämnad|utgiven|daterad|"
    r"upprättad|utfärdad|meddelad|beslut vid (?:regerings)?sammanträde|beslutades den)"
    r"(?:\s+(?:den|av\s+[\w\s]{3,40}))?\W{0,3}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
"""What every date holds; looked for first, since most text holds none."""
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
    r"träda i kraft|trädde i kraft|sista dag\w*|laga kraft|utkom från trycket|utskrift\w*|"
    r"utskriv[ea][nt]|justera[dt]|expediera[dt]|inkom\w*|ankom\w*|påbörjad|giltig\w*|"
    r"gäller till\w*|svar senast|artikeln\w+|isbn|issn|vann laga kraft)(?:\s+den)?\W{0,3}$",
    re.IGNORECASE,
)

_NO_PREFIX = r"(?!(?:SOU|Ds|RiR|RIR|SFS|EU|EG|[Pp]rop|[Ss]kr|[Dd]ir|[Bb]et|[Nn]r|\w{1,8}FS)\b)"
"""Series, laws and directives have numbers like cases."""
NUMBER = (
    rf"(?:{_NO_PREFIX}(?:(?-i:[A-ZÅÄÖ]{{2,5}} (?=[A-ZÅÄÖ]{{2,5}}[ -]?\d))?"
    r"(?:(?-i:[A-ZÅÄÖ])[A-Za-zÅÄÖåäö]{0,7}(?:[ .:/-]|(?=\d)))?"
    r"(?!(?:19|20)\d\d-\d\d-\d\d)\d[\d.]*(?:(?:[-:]|\s?/\s?)\d[\d.]*)+(?:/[A-ZÅÄÖ]{1,4}\d?)?"
    r"|(?-i:[A-ZÅÄÖ]{2,8})\.(?:19|20)\d\d\.\d+))"
)
_MINISTRY = re.compile(
    r"(?:A|Fi|Fö|I|Ju|KN|Ku|LI|M|N|S|SB|U|UD)(?:19|20)\d\d/\d{3,5}(?:/[A-ZÅÄÖ]\w*)?$"
)
"""The form of a ministry's own number; in a response it is that of the remiss."""
_LABEL = (
    r"(?:dnr|d\.nr|diarienr|diarienummer|ärendenr|ärendenummer|ärendebeteckning|beteckning|"
    r"referens|ref(?:\.?\s?nr)?|målnummer)\b\.?"
)
_ANY_LABEL = re.compile(rf"\b(?:{_LABEL}|datum\b)", re.IGNORECASE)
_HEAD_TOKEN = re.compile(
    rf"(?P<their_date>\b(?:ert|er)\s?datum\b)"
    rf"|(?P<meeting_date>\b(?:(?:sammanträdes|mötes)\s?datum|sammanträde[nt]?)\b)"
    rf"|(?P<other_date>\b(?:utskrifts|utskrivet|utskriven|justerat|justerad|expedierat|inkom|"
    rf"ankomst|påbörjad|laga kraft|giltig|svarsdatum|sista svarsdag|gäller till)\w*)"
    rf"|(?P<series>\b(?:SOU|Ds|RiR|prop\.?|skr\.?|dir\.?|bet\.?|(?:[A-ZÅÄÖ]|-){{1,6}}FS)"
    rf"\s\d{{4}}(?:/\d\d)?:\w+)"
    rf"|(?P<their_label>\b(?:ert|er|eran|motpartens|regeringens|departementets)\s+{_LABEL})"
    rf"|(?P<own_label>\b(?:(?:vårt|vår)\s+)?{_LABEL}|(?-i:(?<=[a-zåäö])Diarienummer:))"
    rf"|(?P<own_date>\b(?:vårt )?(?:besluts)?datum\b)"
    rf"|(?P<copy>\bför kännedom\b)"
    rf"|(?P<meeting>(?-i:\bTill\b))"
    rf"|(?P<date>(?<![\d/-])(?:{ISO}|{WRITTEN}|{SLASHED})(?![\d/-]))"
    rf"|(?P<number>(?<![\w/-]){NUMBER}(?![\w/-]))",
    re.IGNORECASE,
)
_REMISS = re.compile(
    r"\b(?:remiss|remittera|svar på|yttrande över|betänkande|promemoria|från)\w*\b", re.IGNORECASE
)
_REMISS_FROM = re.compile(r"\b(?:remiss(?:en)?\s+(?:från|av)|svar på)\b", re.IGNORECASE)
_REMISS_REACH = 120
"""Characters before a number in which a word such as *remiss* makes it the other side's."""
_BRACKETED = re.compile(
    rf"\((?:dnr\s+)?{_NO_PREFIX}(?P<number>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,9}} ?{NUMBER})\)"
)
_AFTER_REMISS = re.compile(
    rf"\b(?:[Rr]emiss(?:en)?\s+från|[Ss]var på)\s+[^.]{{3,80}}?,\s+"
    rf"{_NO_PREFIX}(?P<number>[A-ZÅÄÖ]{{1,6}} {NUMBER})"
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


_EVIDENCE = {6: "labelled", 5: "labelled", 4: "head", 3: "line", 2: "text", 1: "text"}
"""Kinds of evidence by their points, as ``data/confidence.yml`` names them."""


def read_case(document: Document, *, answers_ministry: bool = False) -> CaseFacts:
    """Return the document's own date and number, and the number of what it answers.

    With ``answers_ministry`` a number of the form that only ministries use is the other side's.
    """
    found = [*_from_head(document), *_from_text(document)]
    if answers_ministry:
        found = [_of_ministry(item) for item in found]
    own = _best(found, "dnr")
    theirs = _best([item for item in found if not own or item.value != own.value], "their_dnr")
    dated = _best([item for item in found if item.points >= DATE_THRESHOLD], "date")
    return CaseFacts(dated, own, theirs)


def _best(found: list[_Found], role: str) -> Fact | None:
    """Return the first of the surest values in a role."""
    best = max((item for item in found if item.role == role), key=lambda i: i.points, default=None)
    if best is None:
        return None
    return Fact(best.value, f"page {best.page}", confidence(role, _EVIDENCE[best.points]))


def _of_ministry(item: _Found) -> _Found:
    """Return a number in a ministry's form as the other side's, others as they are."""
    is_theirs = item.role == "dnr" and _MINISTRY.match(item.value)
    return replace(item, role="their_dnr", points=4) if is_theirs else item


def _is_head(block: Block) -> bool:
    """Return whether a block is of the letterhead: by its kind, its labels, or as no sentence."""
    if len(block.text) > HEAD_LENGTH:
        return False
    is_line = not block.text.endswith(".") and len(block.text.split()) <= HEAD_LINE_WORDS
    return block.kind in _HEAD_KINDS or is_line or len(_ANY_LABEL.findall(block.text)) > 1


class _Labels:
    """The labels of a letterhead that wait for their values; after a value a new row begins."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, int, int]] = []
        self._row = 0

    def add(self, kind: str, at: int) -> None:
        """Let the label of ``kind`` at a place of the letterhead wait."""
        self._waiting.append((kind, at, self._row))

    def clear(self) -> None:
        """Forget all labels: text came between."""
        self._waiting.clear()

    def drop(self, kind: str, *, before: int) -> None:
        """Forget the labels of a kind that stand before a place."""
        self._waiting = [w for w in self._waiting if w[0] != kind or w[1] >= before]

    def take_beside(self, kinds: Sequence[str], at: int) -> str | None:
        """Return the last label and take it, if it is of ``kinds`` and right before ``at``."""
        if self._waiting and self._waiting[-1][0] in kinds and at - self._waiting[-1][1] <= BESIDE:
            self._row += 1
            return self._waiting.pop()[0]
        return None

    def take(self, kinds: Sequence[str]) -> str | None:
        """Return the first label of ``kinds`` and take it: of the last row, else from before."""
        fitting = [label for label in self._waiting if label[0] in kinds]
        in_row = [label for label in fitting if label[2] == self._row]
        self._row += 1
        if not fitting:
            return None
        taken = (in_row or fitting)[0]
        self._waiting.remove(taken)
        return taken[0]


def _from_head(document: Document) -> Iterator[_Found]:
    """Yield what the letterhead says; its labels may stand in a row before their values."""
    labels = _Labels()
    offset = 0
    for block in first_blocks(document, FIRST_BLOCKS, HEAD_PAGES):
        if not _is_head(block):
            labels.clear()
            continue
        for matched in _HEAD_TOKEN.finditer(block.text):
            kind, at = _kind(matched), offset + matched.start()
            if kind == "date":
                yield from _assigned_date(matched, at, labels, block)
            elif kind == "number":
                yield from _assigned_number(matched, labels, block)
            elif kind == "copy":
                labels.drop("meeting", before=at)
            elif kind != "series":
                labels.add(kind, at)
        offset += len(block.text) + 1


_TOKENS = (
    "their_date",
    "meeting_date",
    "other_date",
    "series",
    "their_label",
    "own_label",
    "own_date",
    "copy",
    "meeting",
    "date",
    "number",
)
_DATE_LABELS = ("own_date", "their_date", "other_date", "meeting_date")


def _kind(matched: re.Match[str]) -> str:
    """Return which alternative of the token pattern was found."""
    return next(name for name in _TOKENS if matched[name])


def _assigned_date(
    matched: re.Match[str], at: int, labels: _Labels, block: Block
) -> Iterator[_Found]:
    """Yield a date in the role that the label beside it, or the first in the row, gives it."""
    labels.drop("meeting", before=at - MEETING_REACH)
    label = labels.take_beside(_DATE_LABELS, at) or labels.take((*_DATE_LABELS, "meeting"))
    value = iso(matched)
    if value and label not in ("their_date", "other_date", "meeting") and not _is_deadline(matched):
        points = _points(block, matched)
        if label:
            points = MEETING_POINTS if label == "meeting_date" else LABELLED_POINTS
        yield _Found("date", value, points, block.page)


LABELLED_POINTS, MEETING_POINTS = 6, 3
"""Points of a date behind its label, and of the meeting's, which only a minute has for its own."""
UNLABELLED_POINTS = 3
"""Points of a number that stands in the letterhead without a label."""


def _assigned_number(matched: re.Match[str], labels: _Labels, block: Block) -> Iterator[_Found]:
    label = labels.take(("own_label", "their_label"))
    number = _number(matched["number"])
    if label:
        theirs = label == "their_label" or _speaks_of(_REMISS_FROM, matched)
        yield _Found("their_dnr" if theirs else "dnr", number, 5, block.page)
    elif block.kind == "heading" and _MINISTRY.match(number):
        yield _Found("their_dnr", number, UNLABELLED_POINTS, block.page)
    elif block.kind != "heading" and _IN_LETTERHEAD.match(number) and _stands_free(matched):
        yield _Found("dnr", number, UNLABELLED_POINTS, block.page)


_IN_LETTERHEAD = re.compile(
    r"[A-ZÅÄÖ]{1,7}[a-zåäö]?[ /-]?(?:(?:19|20)\d\d[-/:]\d+|\d+[-/](?:19|20)\d\d)"
)
"""A case number with its body's letters and its year, which needs no label in a letterhead."""


def _stands_free(matched: re.Match[str]) -> bool:
    """Return whether nothing in the line ties the number to a remiss or to another text."""
    text = matched.string
    return len(text) <= HEAD_LINE and "(" not in text and not _REMISS.search(text)


HEAD_LINE = 120
"""Characters of the longest line of a letterhead in which a number needs no label."""


def _number(text: str) -> str:
    """Return a case number without the spaces around its slashes and the stop after it."""
    return re.sub(r"\s*/\s*", "/", " ".join(text.split())).rstrip(".")


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
    for block in first_blocks(document, FIRST_BLOCKS, HEAD_PAGES):
        if _is_head(block):
            yield from _beside_remiss(block)
        else:
            yield from _dated(block)
            yield from _labelled_in_text(block)
    for block in document.blocks[FIRST_BLOCKS:][-LAST_BLOCKS:]:
        for item in _dated(block):
            yield replace(item, points=min(item.points, CLOSING_POINTS))


def _dated(block: Block) -> Iterator[_Found]:
    if not _YEAR.search(block.text):
        return
    for matched in DATE.finditer(block.text):
        value = iso(matched)
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
        yield _Found("their_dnr" if theirs else "dnr", _number(matched["number"]), 2, block.page)
