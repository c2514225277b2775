"""Invented letters, decisions and forms as web pages, with the blocks that their elements are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from lxml import etree, html

from analysis.gold import GoldBlock

FOLDER = Path(__file__).resolve().parent

_KINDS = {"p": "paragraph", "li": "list_item", "blockquote": "quote"}
_CLASSES = {"letterhead": "letterhead", "signature": "signature", "form": "paragraph",
            "formula": "paragraph"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A document as the body of a web page, and its blocks as they should be read."""

    body: str
    blocks: tuple[GoldBlock, ...]

    def page(self, rules: str) -> str:
        """Return the web page with a layout's style."""
        return (
            '<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Brev</title>'
            f"<style>{rules}</style></head><body>{self.body}</body></html>"
        )


def read_letters(path: Path = FOLDER / "letters.yml") -> dict[str, Letter]:
    """Return the letters of a file by name."""
    content = yaml.safe_load(path.read_text("utf-8"))
    return {name: _letter(body) for name, body in content.items()}


def _letter(source: str) -> Letter:
    root = html.fragment_fromstring(source, create_parent="div")
    blocks = tuple(_blocks(root))
    for element in root.iter("p"):
        head = element.attrib.pop("data-head", None)
        if head:
            _set_in(element, head)
    return Letter(etree.tostring(root, encoding="unicode", method="html"), blocks)


def _blocks(root: etree._Element) -> Iterator[GoldBlock]:
    """Yield the blocks that elements are; what is run into a paragraph heads it."""
    level = 0
    for element in root.iterdescendants():
        name = str(element.tag)
        kind = _CLASSES.get((element.get("class") or "").split(" ")[0]) or _KINDS.get(name)
        if re.fullmatch("h[1-4]", name):
            level = int(name[1])
            yield GoldBlock("heading", _text(element), level)
        elif kind:
            if head := element.get("data-head"):
                yield GoldBlock("heading", head, level + 1)
            yield GoldBlock(kind, _text(element))


def _text(element: etree._Element) -> str:
    """Return the text of an element, its line breaks and cells as spaces."""
    shown = " ".join(element.itertext()) if element.tag == "div" else "".join(element.itertext())
    return " ".join(shown.split())


def _set_in(element: etree._Element, head: str) -> None:
    """Set a heading in bold type before a paragraph's own text."""
    bold = etree.Element("b")
    bold.text, bold.tail = head, f" {element.text or ''}"
    element.text = None
    element.insert(0, bold)
