"""Proof that a quote stands in a file without pages: the text of the file, read anew.

It takes all text there is, in its order, and knows nothing of blocks, lists or notes, so that a
mistake of the reader's shows as a quote that does not stand.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ingest.characters import plain
from ingest.webnotes import names
from ingest.webparse import decode, is_web
from ingest.wordpackage import LARGEST_TEXT

_WORD_ROOTS = frozenset(("document", "footnotes", "endnotes", "hdr", "ftr"))
_NO_TEXT = frozenset(("del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "rt"))
_NO_PAGE_TEXT = frozenset(("script", "style", "template", "noscript", "title"))
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_MAY_HIDE = frozenset(("class", "style", "hidden", "aria-hidden"))


def file_texts(path: Path, sha256: str) -> tuple[str, ...]:
    """Return the text of a Word file or web page in the forms in which a quote may stand in it.

    Empty where the very file that was read is not at hand, or is no such file.
    """
    try:
        content = path.read_bytes()
    except OSError:
        return ()
    if hashlib.sha256(content).hexdigest() != sha256:
        return ()
    if content.startswith(b"PK"):
        return tuple(map(plain, _word_texts(path)))
    if is_web(content, path.suffix):
        text = decode(content)
        return tuple(plain(_page_text(text, raised=raised)) for raised in (True, False))
    return ()


def _word_texts(path: Path) -> Iterator[str]:
    """Yield the text of all parts of a Word file that hold any, a paragraph a line."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    lines: list[str] = []
    try:
        with zipfile.ZipFile(path) as packed:
            for info in packed.infolist():
                if not info.filename.endswith(".xml") or info.file_size > LARGEST_TEXT:
                    continue
                root = etree.fromstring(packed.read(info), parser)
                if etree.QName(root).localname in _WORD_ROOTS:
                    lines += _lines(root)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, RecursionError):
        return
    yield "\n".join(lines)


def _lines(element: Any) -> list[str]:
    """Return the paragraphs in an element; those of text boxes come after the one they are in."""
    from lxml import etree

    lines: list[str] = []
    text: list[str] = []
    for child in element.iterchildren(etree.Element):
        tag = etree.QName(child).localname
        if tag in _NO_TEXT or (tag == "r" and _is_hidden(child)):
            continue
        if tag == "t":
            text.append(child.text or "")
        elif tag == "sym":
            from ingest.wordtext import symbol

            text.append(symbol(child))
        elif tag in _SIGNS:
            text.append(_SIGNS[tag])
        elif tag == "txbxContent":
            lines += _lines(child)
        else:
            first, *more = _lines(child) or [""]
            text.append(first)
            lines += more
            if tag in ("p", "tc"):
                text.append("\n")
    return ["".join(text), *lines]


_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}


def _is_hidden(run: Any) -> bool:
    return any(
        mark.tag.endswith("}vanish") and not {"0", "false", "off"} & set(mark.attrib.values())
        for properties in run
        if isinstance(properties.tag, str) and properties.tag.endswith("}rPr")
        for mark in properties
        if isinstance(mark.tag, str)
    )


def _page_text(text: str, *, raised: bool) -> str:
    parser = _PageText(raised=raised)
    parser.feed(text)
    parser.close()
    return re.sub(r"\n\s*\n", "\n", "".join(parser.found))


class _PageText(HTMLParser):
    """Gathers the text that is seen of a page; each block and all with a class begins a line."""

    def __init__(self, *, raised: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._raised = raised
        self._skipped = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._depth += tag == self._skipped
        elif tag in _NO_PAGE_TEXT or (tag == "sup" and not self._raised) or _unseen(tag, attrs):
            self._skipped, self._depth = tag, 1
        if tag not in _INLINE or any(name in _MAY_HIDE for name, _value in attrs):
            self.found.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skipped:
            self._depth -= 1
            self._skipped = self._skipped if self._depth else ""
        if tag not in ("b", "i", "em", "strong", "sub", "sup", "u"):
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.found.append(" ".join(data.split("\n")))


def _unseen(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """Return whether an element inside a line is not seen, as far as its attributes tell."""
    told = dict(attrs)
    classes = (told.get("class") or "").casefold().split()
    hidden = "hidden" in told or told.get("aria-hidden") == "true"
    return tag in _INLINE and (hidden or not names()["left_out_classes"].isdisjoint(classes))
