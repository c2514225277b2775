"""Splits motions and committee reports into what they ask their assembly to decide.

Each point under *Förslag till riksdagsbeslut* is one position of the one who puts it: the
committee, the members who reserve (with their parties as the actor), or who moves. What an annex
reprints, and what others are told to have moved, is nobody's position here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from analysis.addressees import addressees
from analysis.levels import level_of, level_of_document
from analysis.obligation import modality, title
from analysis.outline import is_short_line, item
from analysis.passages import Passage, Piece, join
from analysis.portions import cut
from analysis.sentences import read_data, sentences
from corpus.actors import Gazetteer
from corpus.models import (
    Addressee,
    Block,
    Document,
    Recommendation,
    StanceLabel,
    Variant,
)

CERTAINTY = 0.9
"""Confidence in a point whose verb (*avslår*, *antar*) tells the stance."""
WISH_CERTAINTY = 0.7
"""Confidence in a point of a motion that is a wish because it is moved."""
LEAST_WORDS = 3
"""Words of the shortest point (*Riksdagen avslår propositionen*)."""

OPENING = 12
"""Blocks from the start in which a motion calls itself one."""

_TEXT = frozenset({"heading", "paragraph", "list_item", "signature"})
_NUMBER = re.compile(r"^\s*(?:[a-e]\)|\d{1,2}(?:[.)]|(?=\s)))\s*(?=\D|$)")
_BARE_NUMBER = re.compile(r"^\d{1,3}\.?$")
_ASSEMBLY = re.compile(r"^(?:Därmed (?:bifaller|avslår) )?(?:riksdagen|fullmäktige)\b", re.I)
_OF_COMMITTEE = re.compile(r"^(?:utskotte[tn]|hemställan)", re.I)
_THUS = re.compile(r"^därmed\b", re.I)
_REFUSES = re.compile(r"\bavslår\b", re.I)
_ENDS = re.compile(r"[.!?]\s*$")
_THAT = re.compile(r"^(?:[-–•]\s*)?att\b", re.I)
_TO_GOVERNMENT = re.compile(r"\b(?:regeringen)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Forms:
    """The wordings of ``data/parliament.yml``."""

    points: re.Pattern[str]
    demand: re.Pattern[str]
    motion: re.Pattern[str]
    end: re.Pattern[str]
    reservations: re.Pattern[str]
    others: re.Pattern[str]
    parties: re.Pattern[str]
    reserved: re.Pattern[str]
    ranked: re.Pattern[str]
    stances: tuple[tuple[StanceLabel, re.Pattern[str]], ...]
    otherwise: StanceLabel


@cache
def _forms() -> _Forms:
    data = read_data("parliament.yml")
    patterns = ("points", "demand", "motion", "end", "reservations", "others", "reserved", "ranked")
    return _Forms(
        **{name: re.compile(data[name], re.I) for name in patterns},
        parties=re.compile(data["parties"]),
        stances=tuple((s["label"], re.compile(s["match"], re.I | re.S)) for s in data["stances"]),
        otherwise=data["otherwise"],
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """One thing to decide, who asks for it, and the title above it."""

    passage: Passage
    actor: str | None
    heading: str | None
    further: tuple[Passage, ...] = ()


@dataclass(slots=True)
class _Walk:
    """Where in the document the reading stands."""

    sender: str | None
    is_motion: bool
    asks: bool = False
    """Whether points are being read."""
    municipal: bool = False
    reserving: bool = False
    number: str | None = None
    heading: str | None = None
    actor: str | None = None
    open: list[Passage] = field(default_factory=list)


def positions(document: Document, gazetteer: Gazetteer | None = None) -> tuple[Recommendation, ...]:
    """Return what a motion or committee report asks to be decided, in order, with empty ids.

    Empty for a document of another kind.
    """
    given = [ranked for point in _points(document) for ranked in _in_ranks(point)]
    return tuple(
        _recommendation(document, gazetteer, point, number)
        for number, point in enumerate(given, start=1)
    )


def _lines(document: Document) -> Iterator[Block]:
    """Yield the document's text with the bare numbers of its points, which stand aside."""
    for block in document.blocks:
        if block.kind in _TEXT or _BARE_NUMBER.match(block.text.strip()):
            yield block


def _points(document: Document) -> list[_Point]:
    walk = _Walk(document.sender, _is_motion(document), actor=document.sender)
    found: list[_Point] = []
    for block in _lines(document):
        text = block.text.strip()
        if _forms().others.fullmatch(text):
            _close(walk, found)
            if found:
                break
            continue
        if _begins(walk, block, text) or _ends(walk, text):
            _close(walk, found)
        elif walk.reserving and not walk.asks:
            _reservation(walk, text)
        elif walk.asks:
            _read(walk, found, block)
    _close(walk, found)
    return _with_consequences(found)


def _begins(walk: _Walk, block: Block, text: str) -> bool:
    """Tell whether a line begins a list of points, or the part of the reservations."""
    if _forms().reservations.fullmatch(text):
        walk.reserving, walk.asks = True, False
        return True
    if _forms().points.fullmatch(text.rstrip(":")):
        walk.asks, walk.municipal = True, False
        if _OF_COMMITTEE.match(text):  # What stood before it was the list of contents.
            walk.reserving, walk.actor = False, walk.sender
        walk.heading = walk.heading if walk.reserving else text
        return True
    if walk.is_motion and not walk.asks and _demands(block, text):
        walk.asks, walk.municipal, walk.heading = True, True, None
        return True
    return False


def _is_motion(document: Document) -> bool:
    """Tell whether a document calls itself a motion where it begins."""
    opening = [block.text for block in document.blocks[:OPENING]]
    return any(_forms().motion.search(text) for text in (document.title, *opening))


def _demands(block: Block, text: str) -> bool:
    """Tell whether a paragraph ends in the words that announce a motion's points."""
    if block.kind == "heading" or not block.text:
        return False
    last = text[_last_sentence(text) :]
    found = _forms().demand.search(last)
    return found is not None and found.end() == len(last) and not _ENDS.search(last)


def _last_sentence(text: str) -> int:
    spans = sentences(text)
    return spans[-1][0] if spans else 0


def _ends(walk: _Walk, text: str) -> bool:
    if not walk.asks or not _forms().end.fullmatch(text.rstrip(":.")):
        return False
    if walk.open and not _ENDS.search(walk.open[-1].text):
        return False
    walk.asks = False
    return True


def _reservation(walk: _Walk, text: str) -> None:
    """Take up the title of a reservation, its number and the parties behind it."""
    if _BARE_NUMBER.match(text):
        walk.number = text.rstrip(".")
        return
    found = _forms().parties.search(text)
    if found and not text.lower().startswith("av "):
        walk.actor = found["parties"] or found["more"]
        walk.heading = f"{walk.number}. {text}" if walk.number else text
        walk.number = None


def _read(walk: _Walk, found: list[_Point], block: Block) -> None:
    """Take up a line of a list of points."""
    text = block.text.strip()
    if _BARE_NUMBER.match(text):
        _close(walk, found)
        walk.number = text.rstrip(".")
        return
    if _forms().reserved.fullmatch(text):
        _close(walk, found)
        return
    passage = _stripped(block)
    if passage is None:
        return
    begins = _ASSEMBLY.match(passage.text) or (walk.municipal and _is_point(block, passage))
    if begins:
        _close(walk, found)
        walk.open = [passage]
    elif walk.open and not _ENDS.search(walk.open[-1].text) and not walk.municipal:
        walk.open.append(passage)
    elif walk.municipal:
        _close(walk, found)
        walk.asks = False
    elif is_short_line(block) and not walk.reserving:
        _close(walk, found)
        walk.heading = f"{walk.number}. {text}" if walk.number else text
        walk.number = None


def _is_point(block: Block, passage: Passage) -> bool:
    return block.kind == "list_item" or bool(_THAT.match(passage.text))


def _stripped(block: Block) -> Passage | None:
    """Return a block without its bullet and number, or None where nothing is left."""
    passage = item(block) or Passage((Piece(block, 0, len(block.text)),))
    piece = passage.pieces[0]
    found = _NUMBER.match(piece.text)
    start = piece.start + (found.end() if found else 0)
    return Passage((Piece(block, start, piece.end),)) if block.text[start:].strip() else None


def _close(walk: _Walk, found: list[_Point]) -> None:
    """Keep the point that is being read, sentence by sentence."""
    if walk.open:
        passage = join(walk.open)
        spans = [passage] if walk.municipal else list(_sentences(passage))
        found += [
            _Point(span, walk.actor, walk.heading)
            for span in spans
            if len(span.text.split()) >= LEAST_WORDS
        ]
    walk.open = []


def _sentences(passage: Passage) -> Iterator[Passage]:
    """Yield what each *Riksdagen …* of a point says, with the sentences that follow on it."""
    starts = [
        start for start, end in sentences(passage.text) if _ASSEMBLY.match(passage.text[start:end])
    ]
    starts = [0, *(start for start in starts if start)]
    for start, end in zip(starts, [*starts[1:], len(passage.text)], strict=True):
        yield cut(passage, start, end)


def _with_consequences(found: Sequence[_Point]) -> list[_Point]:
    """Return the points with what follows from one (*Därmed bifaller …*) as its other wording.

    Where a motion falls with it that is a position of its own.
    """
    kept: list[_Point] = []
    for point in found:
        text = point.passage.text
        follows = kept and _THUS.match(text) and kept[-1].heading == point.heading
        if follows and (not _REFUSES.search(text) or _label(kept[-1].passage.text) == "oppose"):
            kept[-1] = replace(kept[-1], further=(*kept[-1].further, point.passage))
        else:
            kept.append(point)
    return kept


def _in_ranks(point: _Point) -> Iterator[_Point]:
    """Yield a point, or each of its wishes in first and second hand."""
    text = point.passage.text
    starts = [found.start() for found in _forms().ranked.finditer(text)]
    if len(starts) < 2:
        yield point
        return
    starts[0] = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield replace(point, passage=cut(point.passage, start, _without_joint(text, start, end)))


def _without_joint(text: str, start: int, end: int) -> int:
    """Return where a wish ends, without the *och* that leads on to the next."""
    return start + len(re.sub(r"[\s,;]*(?:\b(?:och|samt|men))?\s*$", "", text[start:end]))


def _label(text: str) -> StanceLabel:
    stances = ((label, pattern) for label, pattern in _forms().stances if pattern.search(text))
    return next(stances, (_forms().otherwise, None))[0]


def _recommendation(
    document: Document, gazetteer: Gazetteer | None, point: _Point, number: int
) -> Recommendation:
    passage, text = point.passage, point.passage.text
    label = _label(text)
    to = _addressees(text, label, gazetteer)
    told = any(pattern.search(text) for _, pattern in _forms().stances)
    return Recommendation(
        id="",
        document=document.id,
        kind="position",
        position=number,
        title=title(text),
        text=text,
        page=passage.page,
        section=passage.block.section,
        heading=point.heading,
        boxes=passage.boxes,
        anchor=passage.block.anchor,
        level=level_of(to, gazetteer, level_of_document(document, gazetteer)),
        modality=modality(text),
        actor=point.actor,
        stance=label,
        target_document=document.answers,
        confidence=CERTAINTY if told else WISH_CERTAINTY,
        variants=tuple(_variant(other) for other in point.further),
        addressees=to,
    )


def _variant(passage: Passage) -> Variant:
    return Variant(passage.text, "body", passage.page, passage.boxes)


def _addressees(
    text: str, label: StanceLabel, gazetteer: Gazetteer | None
) -> tuple[Addressee, ...]:
    """Return who is to act: the government, where something is made known to it."""
    told = _TO_GOVERNMENT.search(text)
    assembly = _ASSEMBLY.match(text)
    if not assembly:
        return addressees(text, gazetteer)
    named = told.group() if told and label == "request" else "Riksdagen"
    known = gazetteer.resolve(named) if gazetteer else None
    return (Addressee(named, known.id if known else None),)
