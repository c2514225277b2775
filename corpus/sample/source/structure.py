"""Makes the sample's structure gold out of the HTML that its PDFs are set from.

Usage: ``python corpus/sample/source/structure.py`` (``make sample``). What a heading, an item or a
footnote is the source says itself, so that nothing of it is typed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

SOURCE = Path(__file__).resolve().parent
TARGET = SOURCE.parent / "gold" / "structure"

KINDS = {"h1": "heading", "h2": "heading", "h3": "heading", "p": "paragraph", "li": "list_item"}
CLASSES = {
    "cover": "title", "first": "title", "title": "title", "subtitle": "title", "subt": "title",
    "colophon": "aside", "imprint": "aside", "box": "box", "fact": "aside", "facts": "aside",
    "pull": "aside", "caption": "aside", "source": "aside", "toc": "contents", "fn": "footnote",
    "lh": "letterhead", "head": "letterhead", "to": "letterhead", "ref": "letterhead",
    "logo": "letterhead", "topright": "letterhead", "side": "letterhead", "meta": "letterhead",
    "sign": "signature", "data": "table",
}  # fmt: skip
"""Kinds of gold blocks by the class of their element; ``nav`` is contents, ``table`` a table."""

RECEIVER = "to"
"""The class of a receiver, but also of the body that recommendations in a list are made to."""

CONTENTS = "Innehåll"
REST = "rest"
"""The class of a paragraph that goes on after what was set into it, here a pull quote."""

DEEPEST = 9
"""The level of what heads a list, until those of the other headings are known."""

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=\D)")
_SPACE = re.compile(r"\s+")
_NAMESPACE = re.compile(r"^\{.*\}")


def blocks_of(source: Path) -> list[dict[str, Any]]:
    """Return the gold blocks of one HTML file in reading order."""
    import tinyhtml5

    root = tinyhtml5.parse(source.read_text("utf-8"), namespace_html_elements=False)
    body = root.find("body")
    found = list(_blocks(body)) if body is not None else []
    _join_rests(found)
    _set_levels(found)
    return found


def _blocks(parent: Element) -> Iterator[dict[str, Any]]:
    children = list(parent)
    for place, element in enumerate(children):
        below = children[place + 1].tag if place + 1 < len(children) else ""
        kind = _kind(element, heads_list=below in ("ul", "ol"))
        if kind == "signature" and any(_is_sentence(part) for part in element):
            kind = None
        if kind is None:
            yield from _blocks(element)
            continue
        notes: list[Element] = []
        text = _SPACE.sub(" ", _text(element, notes)).replace("\u00ad", "").strip()
        if text:
            yield _block(kind, text, element)
        for note in notes:
            yield _block("footnote", _SPACE.sub(" ", "".join(note.itertext())).strip(), note)
        if element.tag == "li":
            yield from (
                block for part in element if part.tag in ("ul", "ol") for block in _blocks(part)
            )


def _is_sentence(element: Element) -> bool:
    """Return whether an element among signatures is a sentence: who decided, and when."""
    return "".join(element.itertext()).strip().endswith(".")


def _kind(element: Element, *, heads_list: bool) -> str | None:
    """Return the kind of an element, None for one that only holds others."""
    names = element.get("class", "").split()
    if RECEIVER in names and heads_list:
        return "heading"
    marked = next((CLASSES[name] for name in names if name in CLASSES), None)
    if marked:
        return marked
    if element.tag in ("nav", "table"):
        return "contents" if element.tag == "nav" else "table"
    return KINDS.get(element.tag)


def _text(element: Element, notes: list[Element]) -> str:
    """Return an element's text without its footnotes, which go to ``notes``, and inner lists."""
    parts = [element.text or ""]
    for child in element:
        if "fn" in child.get("class", "").split():
            notes.append(child)
        elif child.tag not in ("ul", "ol"):
            parts += [
                " " if child.tag in ("br", "p", "div", "td", "th") else "",
                _text(child, notes),
            ]
        parts.append(child.tail or "")
    return "".join(parts)


def _block(kind: str, text: str, element: Element) -> dict[str, Any]:
    if kind == "heading" and text == CONTENTS:
        kind = "contents"
    number = _NUMBER.match(text) if kind == "heading" else None
    level = None
    if kind == "heading":
        level = int(element.tag[1]) if element.tag[1:].isdigit() else DEEPEST
    return {
        "type": kind,
        "level": level,
        "number": number[1] if number else None,
        "text": text[number.end() :] if number else text,
        **({REST: True} if REST in element.get("class", "").split() else {}),
    }


def _join_rests(found: list[dict[str, Any]]) -> None:
    """Give a paragraph what follows after the pull quote that was set into it."""
    for rest in [block for block in found if block.pop(REST, False)]:
        above = found[: next(place for place, block in enumerate(found) if block is rest)]
        torn = next(block for block in reversed(above) if block["type"] == "paragraph")
        torn["text"] += " " + rest["text"]
        found[:] = [block for block in found if block is not rest]


def _set_levels(found: list[dict[str, Any]]) -> None:
    """Set the levels as gold counts them: numbers tell theirs, the others go by how those do.

    A response whose title is an ``h1`` and whose sections carry the proposal's numbers as ``h3``
    has those at the level of their number, and its own headings shifted with them.
    """
    headings = [block for block in found if block["type"] == "heading"]
    depths = [(block, block["number"].count(".") + 1) for block in headings if block["number"]]
    shifts = Counter(depth - block["level"] for block, depth in depths)
    shift = shifts.most_common(1)[0][0] if shifts else 0
    deepest = max((b["level"] for b in headings if b["level"] != DEEPEST), default=0)
    for block in headings:
        if block["level"] == DEEPEST:
            block["level"] = deepest or 1
        number = block["number"]
        block["level"] = number.count(".") + 1 if number else max(1, block["level"] + shift)


def main() -> None:
    """Write one file for each document of the sample."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for source in sorted(SOURCE.glob("*.html")):
        content = {"doc": source.stem, "blocks": blocks_of(source)}
        target = TARGET / f"{source.stem}.json"
        target.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(target)


if __name__ == "__main__":
    main()
