"""Reading a Word file (DOCX): its body in order, with notes, headers and what its styles say.

The package is opened by python-docx; the reader walks the XML itself, for python-docx knows no
footnotes, computed numbers, content controls, text boxes or tracked changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from corpus.models import Document
from ingest.prose import Draft, DraftCell
from ingest.unpaged import Properties, build_document
from ingest.wordnumbers import Label, Numbers, written
from ingest.wordpackage import broken, open_word
from ingest.wordstyles import Style, names, read_styles, switch, value
from ingest.wordtext import Paragraph, TextReader

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_NUMBER_IN_LABEL = re.compile(r"\(?[\dA-Z]+(?:\.[\dA-Za-z]+)*[.):]*")
_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "customXml", "ins", "moveTo", "AlternateContent", "Choice")
)
"""Elements round paragraphs and tables: content controls, insertions, newer forms."""

_NO_NOTE = ("separator", "continuationSeparator", "continuationNotice")
_ALL_BOLD = 0.95
"""Part of the letters that must be in bold for a paragraph to be so: a point or number may not."""

_TEMPLATE_YEAR = 2013
"""Year in which python-docx's own template was made, which says nothing of a document."""


def read_word(content: bytes, document_id: str, source: str) -> tuple[Document, Properties]:
    """Return a Word file as a document on nominal pages, and what its properties say.

    Raises ``UnreadableDocument`` for what is no Word file, or a broken one.
    """
    word = open_word(content, source)
    try:
        drafts = list(_Reader(word).drafts())
    except etree.XMLSyntaxError as error:
        raise broken(source) from error  # python-docx parses notes and headers when asked for
    return build_document(drafts, content, document_id, source), _properties(word)


def _properties(word: WordDocument) -> Properties:
    try:
        title, created = word.core_properties.title, word.core_properties.created
    except (KeyError, ValueError, AttributeError):
        return Properties()
    dated = created.date().isoformat() if created and created.year != _TEMPLATE_YEAR else None
    return Properties(title.strip() or None, dated)


class _Reader:
    """A Word file being read: lists and notes are counted on the way."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        self._styles = read_styles(_part(word, RELATIONSHIP_TYPE.STYLES))
        self._numbers = Numbers(_part(word, RELATIONSHIP_TYPE.NUMBERING), self._list_of_style)
        self._notes: dict[str, Any] = {}
        self._signs: dict[str, str] = {}
        for kind, relation in (
            ("footnote", RELATIONSHIP_TYPE.FOOTNOTES),
            ("endnote", RELATIONSHIP_TYPE.ENDNOTES),
        ):
            self._read_notes(kind, _part(word, relation))
        self._text = TextReader(self._styles, self._signs)
        self._waiting: list[Draft] = []
        self._breaks = False

    def _list_of_style(self, style: str) -> str | None:
        return self._styles.get(style, Style()).list_id

    def drafts(self) -> Iterator[Draft]:
        """Yield the whole file: headers, the body with its footnotes, endnotes and footers."""
        yield from self._furniture("header")
        body = self._word.element.body
        for element in body.iterchildren(etree.Element):
            for draft in self._block(element):
                yield draft
                if draft.kind != "footnote":
                    yield from self._called(draft, "footnote")
        yield from self._waiting
        for key in self._notes:
            if key.startswith("endnote"):
                yield from self._note(key)
        yield from self._furniture("footer")

    # Blocks

    def _blocks(self, container: Any) -> Iterator[Draft]:
        for element in container.iterchildren(etree.Element):
            yield from self._block(element)

    def _block(self, element: Any) -> Iterator[Draft]:
        tag = etree.QName(element).localname
        if tag == "p":
            yield from self._paragraph(element)
        elif tag == "tbl":
            yield from self._table(element)
        elif tag in _WRAPPERS:
            yield from self._blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Draft]:
        key = value(element, "w:pPr/w:pStyle") or ""
        style = self._styles.get(key, self._styles[""])
        paragraph = self._text.read(element, style)
        draft = self._draft(element, key, style, paragraph)
        if self._waiting:
            draft = _joined(self._waiting.pop(), draft, spaced=paragraph.inline.is_spaced)
        frame = element.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
        is_drop = frame is not None and frame.get(qn("w:dropCap"), "none") != "none"
        deleted_end = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None
        if draft.lines and (is_drop or deleted_end):
            self._waiting.append(draft)
        elif draft.lines:
            yield draft
        for box in paragraph.boxes:
            yield from map(_boxed, list(self._blocks(box)))

    def _draft(self, element: Any, key: str, style: Style, paragraph: Paragraph) -> Draft:
        label = self._label(element, key, style) if paragraph.inline.lines else None
        heading = self._heading(element, style)
        breaks = bool(switch(element, "w:pPr/w:pageBreakBefore"))
        new_page = self._breaks or breaks or paragraph.new_page
        self._breaks = new_page and not paragraph.inline.lines
        draft = Draft(
            "paragraph",
            paragraph.inline.lines,
            calls=paragraph.inline.calls,
            bold=paragraph.bold_letters >= _ALL_BOLD * max(paragraph.letters, 1),
            size=paragraph.size,
            new_page=new_page,
        )
        if style.is_contents_heading:
            draft.kind, draft.level = "heading", 1
        elif paragraph.is_contents or style.is_contents:
            draft.kind = "aside"
        elif heading:
            draft.kind, draft.level = "heading", heading
            draft.number = _heading_number(label)
        elif label:
            draft.kind, draft.level, draft.number = "list_item", label.level, label.text
        elif style.is_quote:
            draft.kind = "quote"
        return draft

    @staticmethod
    def _heading(element: Any, style: Style) -> int | None:
        outline = value(element, "w:pPr/w:outlineLvl")
        if outline is not None and outline.isdigit():
            return int(outline) + 1 if int(outline) < 9 else None
        return style.heading

    def _label(self, element: Any, key: str, style: Style) -> Label | None:
        """Return what Word sets before a paragraph, by its own list or by that of its style."""
        own = value(element, "w:pPr/w:numPr/w:numId")
        list_id = own or style.list_id
        if not list_id or list_id == "0":
            return None
        level = value(element, "w:pPr/w:numPr/w:ilvl")
        if level is not None and level.isdigit():
            place = int(level)
        elif own is None and style.list_level is not None:
            place = style.list_level
        else:
            place = self._numbers.level_of_style(list_id, key)
        return self._numbers.next_label(list_id, place)

    # Tables

    def _table(self, table: Any) -> Iterator[Draft]:
        """Yield a table's rows; what is laid out by a table alone is yielded as it is."""
        rows = [list(_cells(row)) for row in _rows(table)]
        widest = max((len(row) for row in rows), default=0)
        if widest <= 1:
            for _row, cells in _with_cells(rows):
                for cell, _column in cells:
                    yield from map(_boxed, list(self._blocks(cell)))
            return
        for row, cells in _with_cells(rows):
            found = [(list(self._blocks(cell)), column) for cell, column in cells]
            if any(draft.kind == "heading" for drafts, _column in found for draft in drafts):
                for drafts, _column in found:
                    yield from drafts
                continue
            head = bool(switch(row, "w:trPr/w:tblHeader"))
            made = [_cell(drafts, column, head) for drafts, column in found]
            kept = [cell for cell in made if cell.lines]
            if kept:
                bold = all(d.bold for drafts, _column in found for d in drafts if d.lines)
                yield Draft("table", [], cells=kept, bold=bold)

    # Notes

    def _read_notes(self, kind: str, root: Any) -> None:
        """Note the notes of a part, and the signs by which the text calls them, in its order."""
        if root is None:
            return
        for note in root.findall(qn(f"w:{kind}")):
            if note.get(qn("w:type")) not in _NO_NOTE:
                self._notes[f"{kind}-{note.get(qn('w:id'), '')}"] = note
        form = self._note_form(kind)
        reference = qn(f"w:{kind}Reference")
        number = 0
        for call in self._word.element.body.iter(reference):
            key = f"{kind}-{call.get(qn('w:id'), '')}"
            is_own = call.get(qn("w:customMarkFollows")) in ("1", "true", "on")
            if key in self._signs or is_own or _is_deleted(call):
                continue
            number += 1
            self._signs[key] = written(number, form)

    def _note_form(self, kind: str) -> str:
        """Return how the signs of a kind of notes are written."""
        sections = self._word.element.body.iter(qn("w:sectPr"))
        settings = _part(self._word, RELATIONSHIP_TYPE.SETTINGS)
        for place in (*sections, *([] if settings is None else [settings])):
            if form := value(place, f"w:{kind}Pr/w:numFmt"):
                return form
        return "decimal" if kind == "footnote" else "lowerRoman"

    def _called(self, draft: Draft, kind: str) -> Iterator[Draft]:
        calls = [*draft.calls, *(call for cell in draft.cells for call in cell.calls)]
        for call in calls:
            if call.key.startswith(kind):
                yield from self._note(call.key, call.sign)

    def _note(self, key: str, sign: str | None = None) -> Iterator[Draft]:
        note = self._notes.get(key)
        if note is None:
            return
        drafts = [draft for draft in self._blocks(note) if draft.lines]
        if drafts:
            lines = [line for draft in drafts for line in draft.lines]
            yield Draft("footnote", lines, number=sign or self._signs.get(key) or None, key=key)

    # Headers and footers

    def _furniture(self, kind: Literal["header", "footer"]) -> Iterator[Draft]:
        """Yield each line of the headers or footers once, those of first pages first."""
        seen: set[str] = set()
        for section in self._word.element.body.iter(qn("w:sectPr")):
            references = section.findall(qn(f"w:{kind}Reference"))
            for reference in sorted(references, key=_is_first, reverse=True):
                if _is_first(reference) and not switch(section, "w:titlePg"):
                    continue
                part = self._word.part.related_parts.get(reference.get(qn("r:id")))
                for line in _lines(list(self._blocks(_root(part)))) if part is not None else ():
                    if line not in seen:
                        seen.add(line)
                        yield Draft(kind, [line])


def _is_first(reference: Any) -> bool:
    """Return whether a header or footer is that of first pages."""
    return bool(reference.get(qn("w:type")) == "first")


def _part(word: WordDocument, relation: str) -> Any:
    """Return the root of the first part of a kind that the document refers to, or None."""
    related = word.part.rels.values()
    parts = (r.target_part for r in related if r.reltype == relation and not r.is_external)
    part = next(parts, None)
    return None if part is None else _root(part)


def _root(part: Any) -> Any:
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _rows(table: Any) -> Iterator[Any]:
    """Yield a table's rows, but for deleted ones, also those in content controls."""
    for element in table.iterchildren(etree.Element):
        tag = etree.QName(element).localname
        if tag == "tr":
            if element.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield element
        elif tag in ("sdt", "sdtContent", "customXml"):
            yield from _rows(element)


def _cells(row: Any) -> Iterator[tuple[Any, int]]:
    """Yield a row's cells with their columns; a cell merged with the one above only there."""
    column = int(value(row, "w:trPr/w:gridBefore") or 0)
    for cell in _cell_elements(row):
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is None or merge.get(qn("w:val")) == "restart":
            yield cell, column
        span = value(cell, "w:tcPr/w:gridSpan") or "1"
        column += int(span) if span.isdigit() else 1


def _cell_elements(row: Any) -> Iterator[Any]:
    for element in row.iterchildren(etree.Element):
        tag = etree.QName(element).localname
        if tag == "tc":
            yield element
        elif tag in ("sdt", "sdtContent", "customXml"):
            yield from _cell_elements(element)


def _with_cells(rows: list[list[tuple[Any, int]]]) -> Iterator[tuple[Any, list[tuple[Any, int]]]]:
    for cells in rows:
        if cells:
            row = next(cells[0][0].iterancestors(qn("w:tr")))
            yield row, cells


def _cell(drafts: list[Draft], column: int, head: bool) -> DraftCell:
    """Return the blocks of a cell as its text; rows of a table in it are lines of it."""
    lines: list[str] = []
    calls = []
    for draft in drafts:
        start = len(" ".join(lines)) + bool(lines)
        calls += [call._replace(at=start + call.at) for call in draft.calls]
        lines += _lines([draft])
    return DraftCell(tuple(lines), column, head, tuple(calls))


def _lines(drafts: list[Draft]) -> list[str]:
    return [
        line
        for draft in drafts
        for line in (draft.lines or [" ".join(line for cell in draft.cells for line in cell.lines)])
    ]


def _boxed(draft: Draft) -> Draft:
    """Return a paragraph of a box as an aside, as boxes are read from pages."""
    return replace(draft, kind="aside") if draft.kind == "paragraph" else draft


def _joined(start: Draft, draft: Draft, *, spaced: bool) -> Draft:
    """Return two paragraphs as one: a drop capital with its text, or across a deleted end."""
    if not draft.lines:
        return start
    space = " " if spaced else ""
    length = len(start.text + space)
    calls = [*start.calls, *(call._replace(at=length + call.at) for call in draft.calls)]
    lines = [*start.lines[:-1], start.lines[-1] + space + draft.lines[0], *draft.lines[1:]]
    return replace(draft, lines=lines, calls=calls, new_page=start.new_page or draft.new_page)


def _heading_number(label: Label | None) -> str | None:
    """Return a heading's number without the word before it (*Kapitel 4*) and without its point."""
    if label is None or not label.text:
        return None
    word, _, number = label.text.rpartition(" ")
    if word.casefold().rstrip(".") in names()["numbered"] and _NUMBER_IN_LABEL.fullmatch(number):
        return number.strip("().:")
    return label.text.strip("().: ") or None


def _is_deleted(element: Any) -> bool:
    return any(
        etree.QName(above).localname in ("del", "moveFrom") for above in element.iterancestors()
    )
