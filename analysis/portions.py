"""How a consultation response is laid out: what stands under each heading, and what it answers.

A *portion* is what stands between two headings. It holds the answering body's own view or
retells something, and it may speak of a numbered section of the proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from analysis.outline import NO_LEVEL, continues, depth, flow, is_short_line, item, torn
from analysis.passages import Passage, Piece, whole
from analysis.sentences import read_data
from corpus.models import Block, Document

Role = Literal["own", "recital", "summary", "administrative", "body"]

_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,4}"
_HEADING_NUMBER = re.compile(
    r"^(?:avsnitt(?:en)?|kapitel|kap\.?|punkt(?:en)?|p\.|förslag)?\s*"
    rf"(?P<number>{_NUMBER})(?:\s?[–-]\s?{_NUMBER})?\.?:?(?=\s|$)\s*",
    re.I,
)
_NUMBERED_LINE = re.compile(r"^(?:avsnitt\s+)?\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÅÄÖ]", re.I)
_REFERENCE = re.compile(
    rf"(?<!\w)(?<!\d )(?:avsnitt(?:en|et)?|kapitel|kap\.|punkt)\s+(?P<number>{_NUMBER})"
    r"(?![\w:/]|\.\d)"
    r"(?!\s*(?:[a-z]?\s?§|ovan|nedan|i (?:detta|yttrandet|tjänsteutlåtandet|remissvaret)))",
    re.I,
)
_SEVERAL = re.compile(
    rf"(?P<range>\s?[–-]\s?)?(?P<and>(?:,|,?\s(?:och|samt|eller)|\s&)\s(?:(?:i\s)?avsnitt\s)?)?"
    rf"(?P<number>{_NUMBER})(?![\w:/%]|\.\d|\s?§|\s?(?:kap|januari|juli|procent|år|kronor|st)\b)",
    re.I,
)
"""What goes on with a reference to sections: the end of a range, or one more number."""
LONGEST_RANGE = 20
"""Sections that a range (*4.2–4.6*) may span; a longer one is no range of sections."""
_BRACKETED = re.compile(rf"\((?:s\.\s*\d+,?\s*)?(?P<number>{_NUMBER})\)\s*$")
_OWN_NUMBERING = 2
"""Top-level headings numbered 1, 2, … without a gap; from this many on, and with no deeper ones of
which the top is missing, the numbers are the paper's own."""


@dataclass(slots=True)
class Portion:
    """The paragraphs under one heading; ``target`` is the proposal's section that it speaks of."""

    heading: Block | None
    role: Role
    target: str | None
    paragraphs: list[Passage] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        """The heading with its number."""
        if self.heading is None:
            return None
        return f"{self.heading.number or ''} {self.heading.text}".strip()


@dataclass(frozen=True, slots=True)
class _Level:
    """A heading that the text stands under, and what it hands down."""

    level: int
    role: Role
    target: str | None


def portions(document: Document) -> list[Portion]:
    """Return the portions of a response in order, those without text left out."""
    blocks = [block for block in flow(document) if block.language == "sv"]
    numbers_are_own = _has_own_numbering([b for b in blocks if _is_heading(b)])
    found = [Portion(None, "body", None)]
    above: list[_Level] = []
    for block in blocks:
        if _is_heading(block):
            above = _under(above, block, follows_heading=not found[-1].paragraphs)
            if role_of(block) in {"own", "summary"}:
                # The type may set it below *Ärendet*, whose retelling it ends.
                above = [entry for entry in above if entry.role != "recital"]
            above.append(_level(block, above, own_numbers=numbers_are_own))
            found.append(Portion(block, above[-1].role, above[-1].target))
        else:
            _append(found[-1].paragraphs, block)
    return [portion for portion in found if portion.paragraphs]


def _is_heading(block: Block) -> bool:
    if block.kind == "heading":
        return True
    numbered = block.kind == "paragraph" and _NUMBERED_LINE.match(block.text)
    return bool(numbered) and is_short_line(block)


def _append(paragraphs: list[Passage], block: Block) -> None:
    if paragraphs and continues(paragraphs[-1], block):
        paragraphs[-1] = torn(paragraphs[-1], block)
    else:
        paragraphs.append(item(block) or whole(block))


def _under(above: Sequence[_Level], heading: Block, *, follows_heading: bool) -> list[_Level]:
    """Return the headings that a new one stands under."""
    level = _depth(heading)
    kept = [entry for entry in above if entry.level < level]
    # A heading without a number right below a section's heading is its subheading, whatever
    # level its type gives it, and so are those of its own level that follow.
    if follows_heading and above and above[-1].target and not number_of(heading):
        return [*kept, _Level(level - 1, above[-1].role, above[-1].target)]
    return kept


def _depth(heading: Block) -> int:
    if heading.kind == "heading":
        return depth(heading)
    number = number_of(heading)
    return number.count(".") + 1 if number else NO_LEVEL


def _level(heading: Block, above: Sequence[_Level], *, own_numbers: bool) -> _Level:
    inherited = above[-1] if above and not _fits("general", heading) else None
    referred = sections_named(heading.text) or _bracketed(heading.text)
    number = None if own_numbers else _numbers_of(heading)
    # The type may set a section of the proposal below *Sammanfattning*, which it is no part of.
    handed_down = inherited.role if inherited and not (number or referred) else "body"
    role = role_of(heading) or handed_down
    target = referred or number or (inherited.target if inherited else None)
    return _Level(_depth(heading), role, target)


def _bracketed(text: str) -> str | None:
    found = _BRACKETED.search(text)
    return found["number"] if found else None


def sections_named(text: str, *, last: bool = False) -> str | None:
    """Return all sections that a text's first (or last) reference names, or None.

    *Avsnitt 5.2–5.4 och 6.1* gives ``5.2, 5.3, 5.4, 6.1``: a joint position is one on each.
    """
    found = list(_REFERENCE.finditer(text))
    if not found:
        return None
    one = found[-1 if last else 0]
    return ", ".join(dict.fromkeys(_joint(text, one["number"], one.end())))


def _joint(text: str, first: str, end: int) -> Iterator[str]:
    """Yield the section ``first`` and those that the text names with it from ``end`` on."""
    yield first
    before = first
    while more := _SEVERAL.match(text, end):
        is_part = "." not in first or "." in more["number"]
        if not (more["range"] or more["and"]) or not is_part:
            return
        if more["range"]:
            yield from _between(before, more["number"])
        yield more["number"]
        before, end = more["number"], more.end()


def _between(first: str, last: str) -> Iterator[str]:
    """Yield the sections between two of the same level and chapter; none where they are not."""
    *above, low = first.split(".")
    *chapter, high = last.split(".")
    if above == chapter and int(low) < int(high) <= int(low) + LONGEST_RANGE:
        yield from (".".join([*above, str(number)]) for number in range(int(low) + 1, int(high)))


def number_of(heading: Block) -> str | None:
    """Return a heading's own section number without a last full stop, or None."""
    text = heading.number or heading.text
    found = _HEADING_NUMBER.match(text)
    if not found or (heading.number and found.end() < len(text.strip())):
        return None
    return found["number"]


def _numbers_of(heading: Block) -> str | None:
    """Return a heading's section number, or all of those that it names (*4.1–4.2 Skyddsombud*)."""
    first, text = number_of(heading), heading.number or heading.text
    if first is None:
        return None
    return ", ".join(dict.fromkeys(_joint(text, first, text.index(first) + len(first))))


def _has_own_numbering(headings: Sequence[Block]) -> bool:
    """Tell whether the headings' numbers are the paper's own and not the proposal's."""
    numbered = [heading for heading in headings if number_of(heading)]
    numbers = [str(number_of(heading)) for heading in numbered]
    top = [int(number) for number in numbers if "." not in number]
    if 1 in top and any(_fits("disposition", heading) for heading in numbered):
        return True
    deeper = {int(number.split(".")[0]) for number in numbers if "." in number}
    complete = top == list(range(1, len(top) + 1)) and deeper <= set(top)
    return complete and len(top) >= _OWN_NUMBERING


def role_of(heading: Block) -> Role | None:
    """Return what a heading says of the text below it, or None where it says nothing."""
    roles: tuple[Role, ...] = ("administrative", "summary", "recital", "own", "body")
    return next((role for role in roles if _fits(role, heading)), None)


def _fits(kind: str, heading: Block) -> bool:
    text = heading.text if heading.number else _HEADING_NUMBER.sub("", heading.text)
    return bool(_patterns()[kind].fullmatch(text.strip().rstrip(".:")))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile("|".join(f"(?:{rule})" for rule in rules), re.I)
        for kind, rules in read_data("headings.yml").items()
    }


def cut(passage: Passage, start: int, end: int) -> Passage:
    """Return ``passage.text[start:end]`` as a passage."""
    return Passage(tuple(_cut(passage, start, end)))


def _cut(passage: Passage, start: int, end: int) -> Iterator[Piece]:
    offset = 0
    for piece in passage.pieces:
        text = piece.text
        indent = len(text) - len(text.lstrip())
        length = len(text.strip())
        first, last = max(start - offset, 0), min(end - offset, length)
        if first < last:
            base = piece.start + indent
            yield Piece(piece.block, base + first, base + last)
        offset += length + 1
