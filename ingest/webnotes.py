"""The footnotes of a web page: which links call a note, which elements are notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from lxml import etree

_SIGN = re.compile(r"[\[(]?\s*(?P<sign>\d{1,3}|[ivx]{1,5}|[a-z]|\*{1,4}|[†‡§])\s*[\])]?")
_BACK_SIGNS = frozenset("↩↑^⏎⮐↵")
_NOTE_TAGS = frozenset(("li", "p", "div", "aside", "dd"))
_NO_NOTE_HOLDS = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "article")
NEAR = 2
"""Elements above a call within which the id stands that its note leads back to."""


@lru_cache(maxsize=1)
def names() -> dict[str, frozenset[str]]:
    """Return the names of ``data/webpages.yml`` as sets."""
    return {name: frozenset(listed) for name, listed in _lists().items()}


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    content = yaml.safe_load((files("ingest") / "data" / "webpages.yml").read_text("utf-8"))
    return {name: list(map(str, listed)) for name, listed in content.items()}


def in_order(name: str) -> list[str]:
    """Return the names of one list of ``data/webpages.yml`` in their order."""
    return _lists()[name]


@dataclass(frozen=True, slots=True)
class Notes:
    """The calls of a page with their signs and notes' keys, the notes, and the links back."""

    calls: Mapping[Any, tuple[str, str]] = field(default_factory=dict)
    notes: Mapping[Any, tuple[str, str]] = field(default_factory=dict)
    back: frozenset[Any] = frozenset()


def find_notes(root: Any) -> Notes:
    """Return the footnotes of a page: short links to a place that is a note.

    A link is a call where it is raised or named as one, or where its note leads back to it.
    """
    places: dict[str, Any] = {}
    order: dict[Any, int] = {}
    for number, element in enumerate(root.iter(etree.Element)):
        order[element] = number
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                places.setdefault(name, element)
    leading_back: dict[Any, frozenset[str]] = {}
    links = [link for link in root.iter("a") if "#" in (link.get("href") or "")]
    calls: dict[Any, tuple[str, str]] = {}
    notes: dict[Any, tuple[str, str]] = {}
    for link in links:
        found = _SIGN.fullmatch("".join(link.itertext()).strip())
        if found and any(above.tag == "sup" for above in _above(link)):
            calls[_whole_call(link, found["sign"])] = (found["sign"], "")  # till its note is found
        target = places.get(_fragment(link))
        note = _note_of(target) if found and target is not None else None
        if not found or note is None or order[note] < order[link]:
            continue  # a link back from the note to its call looks just the same
        if note not in leading_back:
            leading_back[note] = frozenset(map(_fragment, note.iter("a")))
        if not _is_call(link, leading_back[note]):
            continue
        sign, key = notes.setdefault(note, (found["sign"], f"note-{len(notes) + 1}"))
        calls[_whole_call(link, sign)] = (found["sign"], key)
    calls = {
        call: (sign, key)
        for call, (sign, key) in calls.items()
        if key or not any(above in notes for above in call.iterancestors())
    }
    back = frozenset(link for link in root.iter("a") if _leads_back(link, notes))
    return Notes(calls, notes, back)


def _fragment(link: Any) -> str:
    """Return the place on a page that a link leads to, empty where it leads to none."""
    return (link.get("href") or "").partition("#")[2]


def _note_of(target: Any) -> Any:
    """Return the block element that a link's target stands in, or None."""
    for element in (target, *target.iterancestors()):
        if element.tag in _NOTE_TAGS:
            holds_more = next(element.iterdescendants(*_NO_NOTE_HOLDS), None) is not None
            return None if holds_more else element
        if element.tag in ("body", "td", "h1", "h2", "h3", "h4", "h5", "h6"):
            return None
    return None


def _is_call(link: Any, led_back: frozenset[str]) -> bool:
    if any(element.tag == "sup" for element in (*link.iterchildren(), *_above(link))):
        return True
    if any(is_named(element, "call") for element in (link, *_above(link))):
        return True
    own = {name for e in (link, *_above(link)) for name in (e.get("id"), e.get("name")) if name}
    return not own.isdisjoint(led_back)


def _above(element: Any) -> list[Any]:
    return list(element.iterancestors())[:NEAR]


def _whole_call(link: Any, sign: str) -> Any:
    """Return the raised element round a link where it holds but the sign and brackets."""
    for above in _above(link):
        if above.tag == "sup" and "".join(above.itertext()).strip(" []()\n\t") == sign:
            return above
    return link


def _leads_back(link: Any, notes: Mapping[Any, tuple[str, str]]) -> bool:
    """Return whether a link in a note leads back to where it was called."""
    inside = next((notes[above] for above in link.iterancestors() if above in notes), None)
    if inside is None:
        return False
    text = "".join(link.itertext()).strip().rstrip("\ufe0e\ufe0f")
    leads = (link.get("href") or "").startswith("#")
    return is_named(link, "back") or (
        leads and (not text or text in _BACK_SIGNS or text.strip("[]().") == inside[0])
    )


def is_named(element: Any, name: str) -> bool:
    """Return whether an element's role, type or a class is in a list of ``data/webpages.yml``."""
    told = " ".join(element.get(key) or "" for key in ("role", "class", "epub:type"))
    told = f"{told} {element.get('{http://www.idpf.org/2007/ops}type') or ''}"
    return not names()[name].isdisjoint(told.casefold().split())
