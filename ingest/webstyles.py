"""What a page's own style sheet sets as a block: a *small* on a line of its own, a grid of *span*.

Only that is read of it. What a sheet hides is read all the same: a page that folds its sections
hides them so, and they are text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lxml import etree

MOST_RULES = 2_000
"""Rules of a page's own style sheets that are looked at; templates carry some hundreds."""

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([\w-]+)", re.I)
_BLOCKS = frozenset(("block", "flex", "grid", "table", "table-row", "table-cell", "list-item"))
_COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*)?(?P<marks>(?:[.#][\w-]+)*)", re.I)


class _Compound(NamedTuple):
    """A part of a selector: what one element must have; an empty tag is any."""

    tag: str
    classes: frozenset[str]
    key: str


class BlockStyles:
    """The elements of a page that its own style sheets set as blocks."""

    def __init__(self, root: Any) -> None:
        self._by_tag: defaultdict[str, list[tuple[_Compound, ...]]] = defaultdict(list)
        sheets = (sheet.text or "" for sheet in root.iter("style"))
        for selector in list(_selectors("\n".join(sheets)))[:MOST_RULES]:
            self._by_tag[selector[-1].tag].append(selector)

    def __contains__(self, element: Any) -> bool:
        if found := _DISPLAY.search(element.get("style") or ""):
            return found[1].casefold() in _BLOCKS
        if not self._by_tag:
            return False
        selectors = (*self._by_tag.get(element.tag, ()), *self._by_tag.get("", ()))
        return any(_matches(selector, element) for selector in selectors)


def _selectors(sheet: str) -> Iterator[tuple[_Compound, ...]]:
    """Yield the plain selectors whose elements are blocks; rules for print and others are not."""
    plain = re.sub(r"@[^{};]+(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", "", _COMMENT.sub("", sheet))
    for listed, declared in _RULE.findall(plain):
        shown = _DISPLAY.search(declared)
        if shown is None or shown[1].casefold() not in _BLOCKS:
            continue
        for selector in listed.split(","):
            parts = [_compound(part) for part in selector.replace(">", " ").split()]
            if parts and all(parts):
                yield tuple(part for part in parts if part)


def _compound(text: str) -> _Compound | None:
    found = _COMPOUND.fullmatch(text)
    if not found or not text:
        return None
    marks = re.findall(r"([.#])([\w-]+)", found["marks"])
    classes = frozenset(name for sign, name in marks if sign == ".")
    key = next((name for sign, name in marks if sign == "#"), "")
    return _Compound((found["tag"] or "").casefold(), classes, key)


def _matches(selector: Sequence[_Compound], element: Any) -> bool:
    """Return whether an element is what a selector means, its parents taken for any above it."""
    *above, own = selector
    if not _fits(own, element):
        return False
    ancestors = element.iterancestors(etree.Element)
    return all(any(_fits(part, other) for other in ancestors) for part in reversed(above))


def _fits(part: _Compound, element: Any) -> bool:
    return (
        part.tag in ("", element.tag)
        and part.key in ("", element.get("id"))
        and part.classes <= set((element.get("class") or "").split())
    )
