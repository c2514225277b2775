"""The numbers that Word computes for headings and list items, as ``numbering.xml`` says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from ingest.wordstyles import value

LEVELS = 9
"""Levels that a list has in Word."""

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
LARGEST_NUMBER = 4_000
"""Numbers from which a list is counted in figures: Roman ones and letters grow without end."""


class Label(NamedTuple):
    """What stands before a paragraph: ``text`` is None for a bullet; ``level`` is from 1."""

    text: str | None
    level: int


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how its number is written, from where it counts, when it begins anew."""

    form: str = "decimal"
    text: str = ""
    start: int = 0
    style: str | None = None
    legal: bool = False
    restart: int | None = None


class Numbers:
    """Counts the lists of a document; paragraphs must be asked for in reading order."""

    def __init__(self, root: Any, list_of_style: Callable[[str], str | None]) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._counts: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root, list_of_style)

    def _read(self, root: Any, list_of_style: Callable[[str], str | None]) -> None:
        links: dict[str, str] = {}
        for abstract in root.findall(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"), "")
            self._levels[key] = dict(map(_level, abstract.findall(qn("w:lvl"))))
            if style := value(abstract, "w:numStyleLink"):
                links[key] = style
        for number in root.findall(qn("w:num")):
            key = number.get(qn("w:numId"), "")
            self._abstract[key] = value(number, "w:abstractNumId") or ""
            self._override(key, number)
        for key, style in links.items():
            linked = self._abstract.get(list_of_style(style) or "")
            if linked and not self._levels[key]:
                self._levels[key] = self._levels.get(linked, {})

    def _override(self, key: str, number: Any) -> None:
        """Note where a list begins anew, and give it levels of its own where it has such."""
        own: dict[int, _Level] = {}
        for override in number.findall(qn("w:lvlOverride")):
            place = _whole(override.get(qn("w:ilvl")))
            start = value(override, "w:startOverride")
            if start is not None:
                self._starts.setdefault(key, {})[place] = _whole(start)
            level = override.find(qn("w:lvl"))
            if level is not None:
                own[place] = _level(level)[1]
        if own:
            abstract = self._abstract[key]
            self._abstract[key] = f"{abstract}/{key}"
            self._levels[f"{abstract}/{key}"] = {**self._levels.get(abstract, {}), **own}

    def level_of_style(self, list_id: str, style: str) -> int:
        """Return the level, from 0, that a list has for the paragraphs of a style."""
        levels = self._levels.get(self._abstract.get(list_id, ""), {})
        return next((place for place, level in levels.items() if level.style == style), 0)

    def next_label(self, list_id: str, place: int) -> Label | None:
        """Return the label of the next paragraph of a list at level ``place``, from 0.

        None where the list is not there or its paragraphs have neither number nor bullet.
        """
        abstract = self._abstract.get(list_id)
        levels = self._levels.get(abstract or "", {})
        place = min(max(place, 0), LEVELS - 1)
        level = levels.get(place)
        if abstract is None or level is None:
            return None
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        self._count(list_id, place, counts, levels)
        if level.form == "none" or not level.text.strip():
            return None
        text = _written(level, counts, levels)
        is_bullet = level.form == "bullet" or not any(map(str.isalnum, text))
        return Label(None if is_bullet else text, place + 1)

    def _count(
        self, list_id: str, place: int, counts: list[int | None], levels: dict[int, _Level]
    ) -> None:
        begins = self._starts.get(list_id, {}).get(place)
        known = counts[place]
        if begins is not None and (list_id, place) not in self._begun:
            counts[place] = begins
        else:
            counts[place] = levels[place].start if known is None else known + 1
        self._begun.add((list_id, place))
        for upper in range(place):
            if counts[upper] is None:
                counts[upper] = levels.get(upper, _Level()).start
        for lower in range(place + 1, LEVELS):
            restart = levels.get(lower, _Level()).restart
            if restart is None or 0 < place + 1 <= restart:
                counts[lower] = None


def _level(element: Any) -> tuple[int, _Level]:
    restart = value(element, "w:lvlRestart")
    return _whole(element.get(qn("w:ilvl"))), _Level(
        form=value(element, "w:numFmt") or "decimal",
        text=value(element, "w:lvlText") or "",
        start=_whole(value(element, "w:start")),
        style=value(element, "w:pStyle"),
        legal=element.find(qn("w:isLgl")) is not None,
        restart=None if restart is None else _whole(restart),
    )


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _written(level: _Level, counts: list[int | None], levels: dict[int, _Level]) -> str:
    def counted(matched: re.Match[str]) -> str:
        place = int(matched[1]) - 1
        form = "decimal" if level.legal else levels.get(place, level).form
        return written(counts[place] or 0, form)

    return " ".join(_PLACE.sub(counted, level.text).split())


def written(number: int, form: str) -> str:
    """Return a number in one of Word's forms; in figures where the form is not known."""
    if form == "decimalZero":
        return f"{number:02}"
    if not 0 < number < LARGEST_NUMBER:
        return str(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    if form == "chicago":
        return "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1)
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text
