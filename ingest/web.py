"""Reading a web page (HTML): its document in order, each block with the nearest anchor before it.

libxml2's HTML parser, through lxml, builds the tree: it mends what browsers mend, is as fast as
any, fetches nothing, expands no entities of a page's own, and python-docx needs it anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from corpus.errors import UnreadableDocument
from corpus.models import BlockKind, Document
from ingest.dates import dates_in
from ingest.prose import Draft, DraftCell, Inline
from ingest.unpaged import Properties, build_document
from ingest.webnotes import Notes, find_notes, in_order, is_named, names
from ingest.webparse import parse
from ingest.webstyles import BlockStyles
from ingest.webtables import is_layout, rows
from ingest.wordnumbers import written

LEAST_MAIN = 200
"""Characters from which a *main* element is the document; some pages fill it by script."""

ARTICLE_SHARE = 0.5
"""Part of a page's text from which its longest *article* is the document."""

FEWEST_ENTRIES = 3
"""Links to places on the page from which a list of nothing else is a table of contents."""

LINK_SHARE = 0.9
"""Part of an entry's text that its link holds in a table of contents."""

_ALL_BOLD = 0.95
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)
_LEVEL = re.compile(r"h([1-6])")
_NUMBER_FORMS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}


def read_web(content: bytes, document_id: str, source: str) -> tuple[Document, Properties]:
    """Return a web page as a document on nominal pages, and what its head says.

    Raises ``UnreadableDocument`` for a page without text.
    """
    root = parse(content, source)
    drafts = list(_Reader(root).drafts())
    if not any(character.isalpha() for d in drafts for line in d.all_lines for character in line):
        message = f"{source} holds no text; save the page from a browser, or print it to PDF"
        raise UnreadableDocument("no_text", message)
    return build_document(drafts, content, document_id, source), _properties(root)


def _properties(root: Any) -> Properties:
    told: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").casefold()
        told.setdefault(name, " ".join((meta.get("content") or "").split()))
    title = next((told[name] for name in in_order("meta_title") if told.get(name)), None)
    if title is None and (element := root.find(".//title")) is not None:
        title = " ".join("".join(element.itertext()).split()) or None
    dates = (dates_in(told.get(name, "")[:10]) for name in in_order("meta_date"))
    return Properties(title, next((found[0][0] for found in dates if found), None))


@dataclass(slots=True)
class _Open:
    """An element that is open and decides what its text is; ``used`` once a block came of it."""

    element: Any
    kind: BlockKind | None = None
    level: int | None = None
    number: str | None = None
    key: str = ""
    used: bool = False
    counted: int | None = None


class _Reader:
    """A page being read: where it is, and which anchor was passed last."""

    def __init__(self, root: Any) -> None:
        body = root.find("body")
        self._body = root if body is None else body
        self._main = _main(self._body)
        self._around = () if self._main is None else tuple(self._main.iterancestors())
        self._notes: Notes = find_notes(self._body)
        self._styles = BlockStyles(root)
        self._anchor: str | None = None

    def drafts(self) -> Iterator[Draft]:
        """Yield the page's document in order, its own head and foot as such."""
        yield from _Walk(self, self._body).drafts()

    def outside(self, element: Any, opened: list[_Open]) -> bool:
        """Return whether an element is neither the document nor in its head or foot."""
        if self._main is None or element is self._main or element in self._around:
            return False
        return not any(one.element is self._main for one in opened) and not any(
            one.kind in ("header", "footer") for one in opened
        )

    def holds(self, element: Any) -> bool:
        """Return whether an element is the document, or a part of it that has a head of its own."""
        if self._main is not None:
            return element is self._main
        return element.tag in ("article", "section")

    def is_around(self, element: Any) -> bool:
        """Return whether the document stands in an element, so that its own text is none."""
        return element in self._around

    def is_block(self, element: Any) -> bool:
        """Return whether an element begins and ends a paragraph, by its name or its style."""
        return element.tag in names()["block"] or element in self._styles

    def pass_by(self, element: Any) -> None:
        """Note the anchor of an element."""
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name and element not in self._notes.calls and element not in self._notes.back:
            self._anchor = name.strip() or self._anchor

    @property
    def anchor(self) -> str | None:
        """The anchor that was passed last."""
        return self._anchor

    @property
    def notes(self) -> Notes:
        """The page's footnotes."""
        return self._notes


class _Walk:
    """A walk through an element; open elements and the paragraph that is being gathered."""

    def __init__(self, reader: _Reader, root: Any, *, in_cell: bool = False) -> None:
        self._reader = reader
        self._root = root
        self._in_cell = in_cell
        self._opened: list[_Open] = []
        self._bold = 0
        self._new_inline()

    def _new_inline(self) -> None:
        self._inline = Inline()
        self._letters = self._bold_letters = 0
        self._begun_at: str | None = None

    def drafts(self) -> Iterator[Draft]:
        """Yield the blocks below the root element."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        skipped: Any = None
        for event, element in walk:
            if event == "start":
                if not isinstance(element.tag, str) or self._is_left_out(element):
                    skipped = element
                    walk.skip_subtree()
                    continue
                made, inside = self._start(element)
                yield from made
                if not inside:
                    skipped = element
                    walk.skip_subtree()
                continue
            if element is not skipped:
                yield from self._end(element)
            skipped = None
            if element is not self._root:
                self._tail(element)
        yield from self._flush()

    # Elements

    def _is_left_out(self, element: Any) -> bool:
        if element is self._root or self._reader.is_around(element):
            return False
        role = (element.get("role") or "").casefold()
        if element.tag in names()["left_out"] or role in names()["left_out_roles"]:
            return True
        if element in self._reader.notes.back or _is_hidden(element):
            return True
        if self._in_cell or _furniture(element):
            return False
        return self._reader.outside(element, self._opened)

    def _start(self, element: Any) -> tuple[list[Draft], bool]:
        """Open an element; returns the blocks that it ends or is, and whether to go into it."""
        self._reader.pass_by(element)
        if element in self._reader.notes.calls:
            self._inline.call(*self._reader.notes.calls[element])
            return [], False
        if element.tag == "br":
            self._inline.end_line()
        made: list[Draft] = []
        if self._reader.is_block(element):
            made = list(self._flush())
            self._opened.append(self._open(element))
            if element.tag == "table" and not is_layout(element):
                made += self._table(element)
                self._opened.pop()
                return made, False
        self._bold += element.tag in names()["bold"]
        if not self._reader.is_around(element):
            self._add(element.text)
        return made, True

    def _end(self, element: Any) -> Iterator[Draft]:
        self._bold -= element.tag in names()["bold"]
        if self._reader.is_block(element):
            yield from self._flush()
            if self._opened and self._opened[-1].element is element:
                self._opened.pop()
        elif element.tag in ("td", "th") or element.tag == "wbr":
            self._add("")

    def _tail(self, element: Any) -> None:
        above = element.getparent()
        if above is None or not self._reader.is_around(above):
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        letters = len(text.strip())
        if letters and self._begun_at is None:
            self._begun_at = self._reader.anchor
        self._inline.add(text)
        self._letters += letters
        self._bold_letters += letters if self._bold else 0

    def _open(self, element: Any) -> _Open:
        """Return what the text of a block element is."""
        opened = _Open(element)
        level = _LEVEL.fullmatch(element.tag)
        role = (element.get("role") or "").casefold()
        if element in self._reader.notes.notes:
            sign, key = self._reader.notes.notes[element]
            opened.kind, opened.number, opened.key = "footnote", sign, key
        elif level or role == "heading":
            told = level[1] if level else element.get("aria-level") or "2"
            opened.kind, opened.level = "heading", int(told) if told.isdigit() else 2
        elif element.tag == "li":
            lists = [one for one in self._opened if one.element.tag in ("ul", "ol")]
            in_contents = any(one.kind == "aside" for one in lists)
            opened.kind = "aside" if in_contents else "list_item"
            opened.level = max(len(lists), 1)
            opened.number = _item_number(element, lists[-1]) if lists else None
        elif element.tag == "blockquote":
            opened.kind = "quote"
        elif {element.tag, role} & names()["aside"] or _is_contents(element):
            opened.kind = "aside"
        else:
            opened.kind = self._own_furniture(element)
        return opened

    def _own_furniture(self, element: Any) -> BlockKind | None:
        """Return whether an element is the head or foot of the page, and not of its article."""
        inside = any(self._reader.holds(one.element) for one in self._opened)
        return None if inside or self._in_cell else _furniture(element)

    # Blocks

    def _flush(self) -> Iterator[Draft]:
        """Yield the paragraph that has been gathered, if there is any text in it."""
        inline, anchor = self._inline, self._begun_at
        bold = self._bold_letters >= _ALL_BOLD * max(self._letters, 1)
        self._new_inline()
        if not inline.lines:
            if inline.calls:
                self._inline = inline
            return
        draft = Draft("paragraph", inline.lines, calls=inline.calls, anchor=anchor, bold=bold)
        self._set_kind(draft)
        if draft.kind in ("header", "footer"):
            yield from (replace(draft, lines=[line], calls=[]) for line in draft.lines)
        else:
            yield draft

    def _set_kind(self, draft: Draft) -> None:
        """Give a draft the kind that the innermost open element tells; boxes and notes hold all."""
        told = [one for one in self._opened if one.kind]
        holder = next((one for one in told if one.kind in ("footnote", "aside", "footer")), None)
        innermost = told[-1] if told else None
        if holder is not None and holder.kind == "footnote":
            draft.kind, draft.key = "footnote", "" if holder.used else holder.key
            draft.number = holder.number if not holder.used else None
            holder.used = True
            _cut_sign(draft, holder.number or "")
        elif holder is not None and (innermost is holder or holder.kind != "aside"):
            draft.kind = holder.kind or "aside"
        elif innermost is None:
            return
        elif innermost.kind == "list_item":
            draft.kind = "paragraph" if innermost.used else "list_item"
            if not innermost.used:
                draft.level, draft.number = innermost.level, innermost.number
            innermost.used = True
        elif innermost.kind == "heading" and holder is not None:
            draft.kind = "aside"
        else:
            draft.kind, draft.level = innermost.kind or "paragraph", innermost.level

    def _table(self, table: Any) -> Iterator[Draft]:
        anchor = self._reader.anchor
        for caption in table.iterchildren("caption"):
            for draft in _Walk(self._reader, caption, in_cell=True).drafts():
                yield replace(draft, kind="paragraph", anchor=anchor)
        for row in rows(table):
            cells = []
            for cell in row:
                drafts = list(_Walk(self._reader, cell.element, in_cell=True).drafts())
                anchor = next((draft.anchor for draft in drafts if draft.anchor), anchor)
                made = _cell(drafts, cell.column, head=cell.head)
                cells += [made] if made.lines else []
            if cells:
                yield Draft("table", [], cells=cells, anchor=anchor)


def _cell(drafts: list[Draft], column: int, *, head: bool) -> DraftCell:
    """Return the blocks of a cell as its text; rows of a table in it are lines of it."""
    lines: list[str] = []
    calls = []
    for draft in drafts:
        start = len(" ".join(lines)) + bool(lines)
        calls += [call._replace(at=start + call.at) for call in draft.calls]
        lines += draft.lines or [" ".join(line for cell in draft.cells for line in cell.lines)]
    return DraftCell(tuple(lines), column, head, tuple(calls))


def _cut_sign(draft: Draft, sign: str) -> None:
    """Take a note's own sign off its text."""
    found = re.match(rf"[\[(]?{re.escape(sign)}[\])]?[.:]?\s+", draft.text) if sign else None
    if found:
        draft.cut(found.end())


def _main(body: Any) -> Any:
    """Return the element that holds the document, or None where it is the whole page."""
    marked = [e for e in body.iter(etree.Element) if e.tag == "main" or e.get("role") == "main"]
    longest = max(marked, key=_length, default=None)
    if longest is not None and _length(longest) >= LEAST_MAIN:
        return longest
    article = max(body.iter("article"), key=_length, default=None)
    if article is not None and _length(article) >= ARTICLE_SHARE * _length(body):
        return article
    return None


def _length(element: Any) -> int:
    """Return how many characters of text an element holds, scripts and styles apart."""
    total = 0
    for inner in element.iter(etree.Element):
        own = "" if inner.tag in ("script", "style") else inner.text
        after = "" if inner is element else inner.tail
        total += len((own or "").strip()) + len((after or "").strip())
    return total


def _is_hidden(element: Any) -> bool:
    """Return whether visitors do not see an element, as far as the page alone can tell."""
    folded = element.get("hidden") == "until-found"
    decorates = element.get("aria-hidden") == "true" and element.tag not in names()["block"]
    said = (element.get("hidden") is not None and not folded) or decorates
    styled = _HIDDEN.search(element.get("style") or "") is not None
    return said or styled or is_named(element, "left_out_classes")


def _furniture(element: Any) -> BlockKind | None:
    told = {element.tag, (element.get("role") or "").casefold()}
    if told & names()["header"]:
        return "header"
    return "footer" if told & names()["footer"] else None


def _is_contents(element: Any) -> bool:
    """Return whether a list is a table of contents: links to places on the page, nothing else."""
    items = list(element.iter("li")) if element.tag in ("ul", "ol") else []
    if len(items) < FEWEST_ENTRIES or next(element.iter("p", "table"), None) is not None:
        return False
    for item in items:
        own = "".join([item.text or "", *(c.tail or "" for c in item)]).strip()
        links = [link for link in item.iter("a") if (link.get("href") or "").startswith("#")]
        linked = sum(len("".join(link.itertext()).strip()) for link in links)
        if not links or len(own) > (1 - LINK_SHARE) * max(linked, 1) + len("00.00 "):
            return False
    return True


def _item_number(item: Any, of_list: _Open) -> str | None:
    """Return the number that a browser sets before the next item of an ordered list."""
    listed = of_list.element
    if listed.tag != "ol" or _UNNUMBERED.search(listed.get("style") or ""):
        return None
    following = _whole(listed.get("start"), 1) if of_list.counted is None else of_list.counted + 1
    of_list.counted = _whole(item.get("value"), following)
    return written(of_list.counted, _NUMBER_FORMS.get(listed.get("type") or "", "decimal")) + "."


def _whole(text: str | None, default: int) -> int:
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() else default
