"""The text of a Word paragraph: runs, breaks, fields, notes, changes and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from ingest.prose import Inline
from ingest.wordstyles import Style, names, switch, value

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SHAPES = frozenset(("drawing", "pict", "object"))
_LEFT_OUT = frozenset(
    (
        *("pPr", "rPr", "del", "moveFrom", "delText", "delInstrText", "instrText", "Fallback"),
        *("sdtPr", "sdtEndPr", "proofErr", "bookmarkStart", "bookmarkEnd", "rt", "ctrlPr"),
        *("commentReference", "footnoteRef", "endnoteRef", "annotationRef"),
    )
)
"""Elements of a paragraph that hold no text of it: what was deleted, properties, marks."""

_SYMBOLS = {
    "symbol": {
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB9: "≠", 0xBB: "≈", 0xD7: "·", 0xB0: "°",
        0xAE: "→", 0xAC: "←", 0xB7: "•", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ",
        0x70: "π", 0x73: "σ", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0xA5: "∞", 0xD6: "√",
    },
    "wingdings": {
        0xE0: "→", 0xDF: "←", 0xF0: "→", 0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFD: "☒",
        0x6C: "•", 0x6E: "•", 0xA7: "•", 0x9F: "•", 0x76: "•", 0xD8: "•", 0x28: "☎", 0x2A: "✉",
    },
}  # fmt: skip
"""Characters of Word's symbol fonts that stand in documents, by their codes in the font."""

_SIGN = re.compile(r"[*†‡§\d]{1,4}")


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text with what it holds beside it; ``boxes`` are the contents of text boxes."""

    inline: Inline = field(default_factory=Inline)
    boxes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_contents: bool = False
    new_page: bool = False
    letters: int = 0
    bold_letters: int = 0
    size: float | None = None


@dataclass(slots=True)
class _Field:
    """A field that is open: what it computes, and whether its result has begun."""

    code: str = ""
    shows: bool = False

    @property
    def name(self) -> str:
        return self.code.split(None, 1)[0].casefold() if self.code.strip() else ""


class TextReader:
    """Reads paragraphs in order; fields may go on over several of them.

    ``signs`` are the signs by which the text calls its notes, by kind and id.
    """

    def __init__(self, styles: Mapping[str, Style], signs: Mapping[str, str]) -> None:
        self._styles = styles
        self._signs = signs
        self._fields: list[_Field] = []

    def read(self, element: Any, style: Style) -> Paragraph:
        """Return the text of a paragraph that is set in ``style``."""
        paragraph = Paragraph(is_contents=self._in_contents())
        self._walk(element, paragraph, style)
        paragraph.is_contents = paragraph.is_contents or self._in_contents()
        return paragraph

    def _in_contents(self) -> bool:
        return any(open_field.name == "toc" for open_field in self._fields)

    def _shows(self) -> bool:
        hidden = names()["page_fields"]
        return all(one.shows and one.name not in hidden for one in self._fields)

    def _walk(self, element: Any, paragraph: Paragraph, style: Style) -> None:
        for child in element.iterchildren(etree.Element):
            tag = etree.QName(child).localname
            if tag in _LEFT_OUT:
                continue
            if tag == "r" and child.tag == qn("w:r"):
                self._run(child, paragraph, style)
            elif tag == "fldSimple":
                code = _Field(child.get(qn("w:instr"), ""), shows=True)
                self._fields.append(code)
                paragraph.is_contents = paragraph.is_contents or code.name == "toc"
                self._walk(child, paragraph, style)
                self._fields.pop()
            elif child.tag == f"{{{_MATH}}}t":
                self._add(child.text, paragraph)
            else:
                self._walk(child, paragraph, style)

    def _run(self, run: Any, paragraph: Paragraph, style: Style) -> None:
        own = self._styles.get(value(run, "w:rPr/w:rStyle") or "-", Style())
        told = switch(run, "w:rPr/w:vanish")
        hidden = own.hidden or style.hidden if told is None else told
        told = switch(run, "w:rPr/w:b")
        bold = own.bold or style.bold if told is None else told
        size = value(run, "w:rPr/w:sz")
        for child in run.iterchildren(etree.Element):
            tag = etree.QName(child).localname
            if tag in ("fldChar", "instrText"):
                self._field(tag, child, paragraph)
            elif tag in _SHAPES or tag == "AlternateContent":
                paragraph.boxes += () if hidden else _text_boxes(child)
            elif not hidden and self._shows() and tag not in _LEFT_OUT:
                added = self._content(tag, child, run, paragraph)
                letters = len(added.strip())
                paragraph.letters += letters
                paragraph.bold_letters += letters if bold else 0
                if letters and paragraph.size is None:
                    paragraph.size = float(size) / 2 if size and size.isdigit() else style.size

    def _field(self, tag: str, element: Any, paragraph: Paragraph) -> None:
        if tag == "instrText":
            if self._fields and not self._fields[-1].shows:
                self._fields[-1].code += element.text or ""
            return
        step = element.get(qn("w:fldCharType"))
        if step == "begin":
            self._fields.append(_Field())
        elif self._fields and step == "separate":
            self._fields[-1].shows = True
        elif self._fields and step == "end":
            paragraph.is_contents = paragraph.is_contents or self._in_contents()
            self._fields.pop()

    def _content(self, tag: str, element: Any, run: Any, paragraph: Paragraph) -> str:
        """Add what a run's child says to the paragraph, and return its text."""
        if tag in ("t", "text"):
            return self._add(element.text, paragraph)
        if tag in ("tab", "ptab"):
            return self._add(" ", paragraph)
        if tag == "noBreakHyphen":
            return self._add("-", paragraph)
        if tag == "sym":
            return self._add(symbol(element), paragraph)
        if tag in ("br", "cr"):
            if element.get(qn("w:type")) == "page":
                paragraph.new_page = True
            paragraph.inline.end_line()
        elif tag in ("footnoteReference", "endnoteReference"):
            self._call(tag, element, run, paragraph)
        elif tag == "ruby":
            base = element.iterfind(f"{qn('w:rubyBase')}//{qn('w:t')}")
            return self._add("".join(text.text or "" for text in base), paragraph)
        return ""

    def _call(self, tag: str, element: Any, run: Any, paragraph: Paragraph) -> None:
        key = f"{tag.removesuffix('Reference')}-{element.get(qn('w:id'), '')}"
        sign = self._signs.get(key, "")
        if element.get(qn("w:customMarkFollows")) in ("1", "true", "on"):
            typed = element.getnext()
            found = _SIGN.match(typed.text or "") if typed is not None else None
            if typed is not None and found:
                sign = found[0]
                typed.text = (typed.text or "")[found.end() :]
        paragraph.inline.call(sign, key)
        paragraph.notes.append(key)

    @staticmethod
    def _add(text: str | None, paragraph: Paragraph) -> str:
        paragraph.inline.add(text or "")
        return text or ""


def symbol(element: Any) -> str:
    """Return a character of a symbol font as one that any font has; nothing where none is known."""
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        return ""
    font = str(element.get(qn("w:font"), "")).casefold()
    known = _SYMBOLS.get(font.split()[0] if font.strip() else "", {})
    if 0xF000 <= code <= 0xF0FF:
        return known.get(code - 0xF000, "")
    return known.get(code, chr(code) if 0x20 <= code < 0xD800 else "")


def _text_boxes(element: Any) -> Iterator[Any]:
    """Yield the contents of the text boxes of a drawing, each once and in the newer form."""
    if element.tag == f"{{{_COMPATIBLE}}}Fallback":
        return
    if element.tag == qn("w:txbxContent"):
        yield element
        return
    for child in element.iterchildren(etree.Element):
        yield from _text_boxes(child)
