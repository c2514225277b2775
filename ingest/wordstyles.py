"""The styles of a Word file: what each paragraph style says of its paragraphs, bases included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from docx.oxml.ns import qn

DEEPEST_BASE = 20
"""Styles that one may rest on in turn; a ring of styles must end."""

HEADING_LEVELS = 9
"""Levels of an outline; the tenth means body text."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from those that it rests on; None where nothing is said.

    ``names`` are its own name and those of the styles that it rests on.
    """

    name: str = ""
    names: tuple[str, ...] = ()
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    bold: bool = False
    hidden: bool = False
    size: float | None = None

    @property
    def heading(self) -> int | None:
        """The level of the headings that are set in it, None where it is for no headings."""
        named = next(filter(None, map(_heading_name().search, self.names)), None)
        if named and not self.is_contents:
            return int(named[1])
        if self.name in names()["title"]:
            return 1
        if self.outline is not None and self.outline < HEADING_LEVELS:
            return self.outline + 1
        return None

    @property
    def is_contents(self) -> bool:
        """Whether it is for the entries of a table of contents, or for its heading."""
        return self.is_contents_heading or bool(_contents_name().fullmatch(self.name))

    @property
    def is_contents_heading(self) -> bool:
        """Whether it is for the heading above a table of contents."""
        return self.name in names()["contents_heading"]

    @property
    def is_quote(self) -> bool:
        """Whether it is for quotations."""
        return self.name in names()["quote"]


@lru_cache(maxsize=1)
def names() -> dict[str, frozenset[str]]:
    """Return the names of ``data/wordstyles.yml``."""
    content = yaml.safe_load((files("ingest") / "data" / "wordstyles.yml").read_text("utf-8"))
    return {name: frozenset(map(str, listed)) for name, listed in content.items()}


@lru_cache(maxsize=1)
def _heading_name() -> re.Pattern[str]:
    return re.compile(rf"(?:\b|_)(?:{'|'.join(sorted(names()['heading']))})\s*([1-9])(?!\d)")


@lru_cache(maxsize=1)
def _contents_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(names()['contents']))})(?:\s*\d)?")


def read_styles(root: Any) -> dict[str, Style]:
    """Return the styles of ``styles.xml``, if there is one, by id.

    Under the empty id stands the default for paragraphs.
    """
    if root is None:
        return {"": Style()}
    elements = {element.get(qn("w:styleId"), ""): element for element in root.iter(qn("w:style"))}
    styles = {key: _style(key, elements) for key in elements}
    for key, element in elements.items():
        if element.get(qn("w:default")) in ("1", "true") and _kind(element) == "paragraph":
            styles[""] = styles[key]
    return {"": Style(), **styles}


def _kind(element: Any) -> str:
    return str(element.get(qn("w:type"), ""))


def _style(key: str, elements: dict[str, Any]) -> Style:
    bases: list[Any] = []
    current: str | None = key
    while current in elements and len(bases) < DEEPEST_BASE:
        bases.append(elements[current])
        current = value(bases[-1], "w:basedOn")
    size = _first(value(base, "w:rPr/w:sz") for base in bases)
    outline = _first(value(base, "w:pPr/w:outlineLvl") for base in bases)
    level = _first(value(base, "w:pPr/w:numPr/w:ilvl") for base in bases)
    return Style(
        name=_name(bases[0], key),
        names=tuple(_name(base, base.get(qn("w:styleId"), "")) for base in bases),
        outline=int(outline) if outline and outline.isdigit() else None,
        list_id=_first(value(base, "w:pPr/w:numPr/w:numId") for base in bases),
        list_level=int(level) if level and level.isdigit() else None,
        bold=_first(switch(base, "w:rPr/w:b") for base in bases) or False,
        hidden=_first(switch(base, "w:rPr/w:vanish") for base in bases) or False,
        size=float(size) / 2 if size and size.isdigit() else None,
    )


def _name(element: Any, key: str) -> str:
    """Return a style's name in small letters; by its id where only that speaks of a heading."""
    name = (value(element, "w:name") or key).casefold().strip()
    told = _heading_name().search(name) or not _heading_name().search(key.casefold())
    return name if told else key.casefold()


def _first(found: Any) -> Any:
    return next((one for one in found if one is not None), None)


def value(element: Any, path: str) -> str | None:
    """Return the ``w:val`` of what stands at ``path`` below an element, or None."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return None if found is None else found.get(qn("w:val"))


def switch(element: Any, path: str) -> bool | None:
    """Return whether a property such as bold is on, None where nothing is said of it."""
    found = element.find("/".join(map(qn, path.split("/"))))
    if found is None:
        return None
    return found.get(qn("w:val"), "1") not in ("0", "false", "off", "none")
