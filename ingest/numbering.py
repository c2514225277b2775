"""The numbers of headings and the marks of list items, as patterns for pages and plain text."""

from __future__ import annotations

import re
from typing import NamedTuple

SECTION_SIGN = "§"
"""A bullet in some fonts; before a number it numbers a paragraph of minutes: *§ 118*."""

BULLETS = "•●▪■□◦‣∙·▶►▸➢➔→✓✔❖♦◆○⚫⬤*§¤"
"""Glyphs that stand for bullets; private-use characters and dashes count as well."""

CHECK_BOXES = "☐☑☒"
"""Boxes of a form, which begin an item and stay in its text: they tell what was chosen."""

_HEADING = re.compile(
    rf"(?P<number>{SECTION_SIGN}\s?\d{{1,4}}(?:\.\d{{1,3}}){{0,4}}"
    r"|\d{1,2}(?:\.\d{1,3}){0,4}|[A-Z](?:\.\d{1,3}){1,4}|[IVX]{1,5}(?=\.))"
    r"(?:\.?:?\s+|\.(?=[A-ZÅÄÖ][a-zåäö]{2}))(?P<text>[^\W\d_].*|[\"”»(].*|\d{4}\b.*)",
    re.DOTALL,
)
_ITEM = re.compile(
    rf"(?!{SECTION_SIGN}\s?\d)"
    rf"(?P<bullet>[{BULLETS}\ue000-\uf8ff]|[–—−‒-](?=\s|$)|[o»›](?=\s))\s*(?P<bulleted>.*)"
    r"|(?P<number>\(?(?:\d{1,3}|[a-zåäöA-H]|[ivx]{1,5})[.)]|[(\[]\d{1,3}[)\]])(?:\s+|$)(?P<numbered>.*)",
    re.DOTALL,
)
_GLUED = re.compile(r"(\d{2,3}\.)[A-ZÅÄÖ][a-zåäö]{2}")
_FOOTNOTE = re.compile(
    r"(?:\[(?P<bracketed>\d{1,3})\]:?\s+"
    r"|(?P<number>\d{1,3}|\*{1,3}|†{1,2}|‡{1,2})(?:[.)]?\s+|(?=[A-ZÅÄÖ][a-zåäöA-ZÅÄÖ.]|[IÅ]\s)))(?P<text>\S.*)",
    re.DOTALL,
)
"""A footnote's number and text; LibreOffice sets them without a space."""

_ROMAN = "ivx"
"""Small letters of numbers; any other two letters begin a word, and no number or bullet."""


class Marker(NamedTuple):
    """The mark before an item's text; ``number`` is None for a bullet."""

    sign: str
    number: str | None
    length: int

    @property
    def family(self) -> str:
        """What the marks of one list share: the bullet itself, or the kind of number."""
        if self.number is None:
            return self.sign
        if self.number.strip("().").isdigit():
            return "1" + self.number[-1]
        return "a" + self.number[-1]


def heading_number(text: str) -> tuple[str | None, str]:
    """Return a heading's number without its last point, and the heading without the number."""
    matched = _HEADING.fullmatch(text.strip())
    if not matched:
        return None, text
    return matched["number"], matched["text"]


def depth(number: str) -> int:
    """Return the level that a heading's number tells: 3 for 7.2.4."""
    return number.count(".") + 1


def list_marker(text: str) -> Marker | None:
    """Return the bullet or number that ``text`` begins with, or None."""
    begin = text[:2]
    if begin.isalpha() and begin[1:] not in _ROMAN:
        return None
    if text[:1] in CHECK_BOXES and text[:1]:
        return Marker(CHECK_BOXES[0], None, 0)
    matched = _ITEM.fullmatch(text)
    if not matched:
        return None
    if matched["bullet"]:
        return Marker(matched["bullet"], None, matched.start("bulleted"))
    return Marker(matched["number"], matched["number"], matched.start("numbered"))


def glued_marker(text: str) -> Marker | None:
    """Return the number that ``text`` begins with without a space, or None.

    LibreOffice sets so what is wider than its indent: *10.Region*.
    """
    matched = _GLUED.match(text) if text[:1].isdigit() else None
    return Marker(matched[1], matched[1], matched.end(1)) if matched else None


def footnote_number(text: str) -> tuple[str, int] | None:
    """Return a footnote's number and where its text begins, or None."""
    matched = _FOOTNOTE.fullmatch(text)
    if not matched:
        return None
    return matched["bracketed"] or matched["number"], matched.start("text")
