"""Finds where a strategy states its measures: announced lists, numbered lines, tables, chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from analysis.outline import (
    Part,
    continues,
    depth,
    is_short_line,
    item,
    parts,
    rows,
    torn,
)
from analysis.passages import Passage, Piece, whole
from analysis.sentences import read_data, sentences
from corpus.models import Block

Form = Literal["list", "numbered", "table", "chapter", "directive"]
LEAST_CHAPTER = 2
"""Sub-headings that a chapter must have for them to be its measures; one is no list."""

LISTING_SECTIONS = 0.6
"""Share of a chapter's sections that list something, from which the lists are its measures."""

_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.)]?\s+(?=\S)")
_COUNT = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A measure where it is stated: ``place`` in the flow, and the heading of its group."""

    passage: Passage
    place: int
    group: str | None = None
    number: str | None = None
    responsible: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Measures that are announced together, with the text that announces them."""

    form: Form
    announcement: str
    place: int
    measures: tuple[Stated, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the announcement gives the number of measures that follow."""
        count = len(self.measures)
        words = patterns().number_words
        named = {
            words.index(word)
            for word in re.findall(r"\w+", self.announcement.lower())
            if word in words
        }
        return count in named or str(count) in _COUNT.findall(self.announcement)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The data file, compiled."""

    nouns: re.Pattern[str]
    announcing: re.Pattern[str]
    announcing_with_colon: re.Pattern[str]
    past_or_example: re.Pattern[str]
    not_announcing: re.Pattern[str]
    heading: re.Pattern[str]
    directive: re.Pattern[str]
    numbered: re.Pattern[str]
    not_a_measure: re.Pattern[str]
    group: re.Pattern[str]
    number_words: tuple[str, ...]
    levels: dict[str, re.Pattern[str]]
    columns: dict[str, re.Pattern[str]]
    fields: dict[str, re.Pattern[str]]


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.I)


@cache
def patterns() -> Patterns:
    """Return the patterns of ``data/measures.yml``."""
    data = read_data("measures.yml")
    return Patterns(
        nouns=_any([data["nouns"]]),
        announcing=_any(data["announcing"]),
        announcing_with_colon=_any([*data["announcing"], *data["announcing_with_colon"]]),
        past_or_example=_any(data["past_or_example"]),
        not_announcing=_any([*data["past_or_example"], *data["other_matters"]]),
        heading=_any(data["headings"]),
        directive=re.compile(rf"(?<!\w)(?:{data['directives']})", re.I),
        numbered=re.compile(data["numbered"], re.I),
        not_a_measure=_any(data["not_a_measure"]),
        group=re.compile(data["group"], re.I),
        number_words=tuple(data["number_words"]),
        levels={level: _any([pattern]) for level, pattern in data["levels"].items()},
        columns={name: re.compile(pattern, re.I) for name, pattern in data["columns"].items()},
        fields={name: re.compile(pattern, re.I) for name, pattern in data["fields"].items()},
    )


def heading_text(block: Block) -> str:
    """Return a heading without its number and colon."""
    return _NUMBER.sub("", block.text).strip().rstrip(":").strip()


def is_measure_heading(block: Block) -> bool:
    """Return whether what stands under this heading are measures."""
    text = heading_text(block)
    found = patterns()
    return bool(found.heading.fullmatch(text)) and not found.past_or_example.search(text)


def _announces(text: str) -> bool:
    """Return whether a sentence announces measures."""
    found = patterns()
    announcing = found.announcing_with_colon if text.endswith(":") else found.announcing
    return bool(
        found.nouns.search(text)
        and announcing.search(text)
        and not found.not_announcing.search(text)
    )


def _is_lead_in(block: Block) -> bool:
    """Return whether a line set as a heading is the sentence that leads in to a list."""
    return block.text.endswith(":") and not is_measure_heading(block) and _announces(block.text)


def _last_sentence(text: str) -> str:
    spans = sentences(text)
    return text[slice(*spans[-1])] if spans else ""


def _names_level(block: Block) -> bool:
    """Return whether a line names the level of the measures that follow (*Lokal nivå*)."""
    found = patterns().levels.values()
    is_label = block.text.endswith(":") or "nivå" in block.text.lower()
    return is_label and is_short_line(block) and any(p.search(block.text) for p in found)


def listings(blocks: Sequence[Block]) -> list[Listing]:
    """Return all groups of measures in the order of the document."""
    listed = [one for one in _Scan(blocks).run() if one.measures]
    chapters = list(_chapters(blocks))
    particulars = {one.place for one in chapters if _has_particulars(one, listed)}
    listed = [one for one in listed if one.place not in particulars]
    listed_places = {one.place for one in listed}
    chapters = [one for one in chapters if one.place not in listed_places]
    found = [*listed, *_numbered(blocks), *_tables(blocks), *chapters]
    return sorted((one for one in found if one.measures), key=lambda one: one.place)


def _has_particulars(chapter: Listing, listed: Sequence[Listing]) -> bool:
    """Return whether what a chapter's sections list are particulars, not the measures.

    They are where few of its sections list anything, and nothing is listed before the first.
    """
    own = [one for one in listed if one.place == chapter.place]
    groups = {measure.group for one in own for measure in one.measures}
    return (
        bool(own)
        and None not in groups
        and (len(groups) < LISTING_SECTIONS * len(chapter.measures))
    )


@dataclass
class _Open:
    """A list that is being read."""

    form: Form
    announcement: str
    place: int
    depth: int
    group: str | None = None
    group_depth: int | None = None
    measures: list[Stated] = field(default_factory=list)
    item_level: int | None = None
    without_bullets: bool = False
    """Whether its entries are bare lines: it counts only if they are as many as announced."""

    def closed(self) -> Listing:
        return Listing(self.form, self.announcement, self.place, tuple(self.measures))


class _Scan:
    """Reads blocks in order and keeps the list that is open."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.open: _Open | None = None
        self.paused = False
        self.depth = 0
        self.done: list[Listing] = []

    def run(self) -> list[Listing]:
        """Return the announced lists."""
        for place, block in enumerate(self.blocks):
            entry = item(block)
            if entry:
                self._item(place, block, entry)
            elif block.kind == "heading" and not _is_lead_in(block):
                self._heading(place, block)
            elif block.kind in ("heading", "paragraph"):
                self._paragraph(place, block)
        self._close()
        return self.done

    def _close(self) -> None:
        if self.open:
            listing = self.open.closed()
            if not self.open.without_bullets or listing.is_complete:
                self.done.append(listing)
        self.open, self.paused = None, False

    def _start(self, form: Form, announcement: str, place: int) -> None:
        self._close()
        self.open = _Open(form, announcement, place, self.depth)

    def _heading(self, place: int, block: Block) -> None:
        text = heading_text(block)
        structural = bool(patterns().not_a_measure.fullmatch(text))
        self.paused = structural and not patterns().group.match(text)
        level = depth(block)
        if is_measure_heading(block) and not (self.open and self.open.depth < level):
            self.depth = level
            self._start("list", block.text, place)
            return
        if self.open and self._is_group(place, level):
            self.open.group, self.open.group_depth = block.text, level
            return
        self._close()
        self.depth = level

    def _is_group(self, place: int, level: int) -> bool:
        """Return whether a heading names a group of the open list."""
        assert self.open
        first = self.blocks[self.open.place].kind == "heading"
        if first:
            return level > self.open.depth
        started = bool(self.open.measures)
        following = self.blocks[place + 1 : place + 2]
        follows = _names_level(self.blocks[place]) or any(map(item, following))
        by_line = self.open.group is not None and self.open.group_depth is None
        return follows and (not started or by_line or level == self.open.group_depth)

    def _paragraph(self, place: int, block: Block) -> None:
        if self.open and self.open.measures and self._goes_on(place, block):
            return
        last = _last_sentence(block.text)
        before_item = place + 1 < len(self.blocks) and item(self.blocks[place + 1]) is not None
        announcement = self._announcement(place, block, last)
        if announcement:
            self._start("list", announcement, place)
        elif self.open and is_short_line(block) and (before_item or _names_level(block)):
            self.open.group = block.text
        elif self.open and self._is_bare_entry(block):
            self.open.measures.append(Stated(whole(block), place, self.open.group))
            self.open.without_bullets = True
        elif patterns().not_announcing.search(last) and last.endswith(":"):
            self.paused = True
        elif patterns().directive.search(last) and not self._under_heading():
            self._start("directive", last, place)
        elif not self._under_heading():
            self._close()

    def _is_bare_entry(self, block: Block) -> bool:
        """Return whether a short line can be an entry whose bullet the reader has lost."""
        assert self.open
        bare = self.open.without_bullets or not self.open.measures
        return bare and not self._under_heading() and is_short_line(block)

    def _announcement(self, place: int, block: Block, last: str) -> str | None:
        """Return the sentence that announces measures in what follows, or None."""
        if last.endswith(":"):
            is_title = is_short_line(block) and is_measure_heading(block)
            return last if is_title or _announces(last) else None
        following = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
        if following is None or not (item(following) or _names_level(following)):
            return None
        every = (block.text[start:end] for start, end in sentences(block.text))
        return next((sentence for sentence in every if _announces(sentence)), None)

    def _under_heading(self) -> bool:
        return self.open is not None and self.blocks[self.open.place].kind == "heading"

    def _goes_on(self, place: int, block: Block) -> bool:
        assert self.open
        last = self.open.measures[-1]
        if self.blocks[place - 1] is not last.passage.pieces[-1].block:
            return False
        if not continues(last.passage, block):
            return False
        self.open.measures[-1] = replace(last, passage=torn(last.passage, block))
        return True

    def _item(self, place: int, block: Block, entry: Passage) -> None:
        if self.open is None or self.paused:
            return
        level = block.level or 1
        if self.open.item_level is None:
            self.open.item_level = level
        if level <= self.open.item_level:
            self.open.measures.append(Stated(entry, place, self.open.group, block.number))


def _numbered(blocks: Sequence[Block]) -> Iterator[Listing]:
    """Return headings and lines such as *Åtgärd 7: Ta fram en plan* as one list."""
    found: list[Stated] = []
    for place, block in enumerate(blocks):
        match = patterns().numbered.match(block.text)
        if match and block.kind in {"heading", "paragraph"}:
            passage = _stated_after(blocks, place, match.end())
            if passage:
                found.append(Stated(passage, place, number=match["number"].replace(" ", "")))
    if found:
        yield Listing("numbered", "", found[0].place, tuple(found))


def _stated_after(blocks: Sequence[Block], place: int, start: int) -> Passage | None:
    """Return the first sentence after a measure's number, in this block or the next."""
    block = blocks[place]
    if block.text[start:].strip():
        if block.kind == "heading":
            return Passage((Piece(block, start, len(block.text)),))
        _, end = sentences(block.text[start:])[0]
        return Passage((Piece(block, start, start + end),))
    if place + 1 < len(blocks) and blocks[place + 1].kind in {"paragraph", "heading"}:
        following = blocks[place + 1]
        return Passage((Piece(following, *sentences(following.text)[0]),))
    return None


def _tables(blocks: Sequence[Block]) -> Iterator[Listing]:
    """Return the rows of tables that have a column of measures."""
    head: _Head | None = None
    found: list[Stated] = []
    start = 0
    for place, block in enumerate(blocks):
        if block.kind != "table":
            if found:
                yield Listing("table", "", start, tuple(found))
            head, found = None, []
            continue
        for cells in rows(block):
            columns = _columns([cell.text for cell in cells])
            if columns:
                start = start if found else place
                head = _Head(columns, _columns([c.text for c in _filled(cells)]), cells)
            elif head and not _is_group_row(cells):
                found += _stated_in_row(*head.read(cells), place)
    if found:
        yield Listing("table", "", start, tuple(found))


@dataclass(frozen=True, slots=True)
class _Head:
    """A head row: its columns by place among all cells, and among those that are not empty."""

    columns: dict[str, int]
    filled: dict[str, int]
    cells: Sequence[Piece]

    def read(self, row: Sequence[Piece]) -> tuple[Sequence[Piece], dict[str, int]]:
        """Return a row's cells and the columns that tell which is which.

        A table that goes on over a page break may be ruled otherwise there; it still has as many
        filled cells.
        """
        filled = _filled(row)
        if row[0].block.cells and len(_filled(self.cells)) < len(self.cells):
            return row, self.columns
        if len(row) != len(self.cells) and len(filled) == len(_filled(self.cells)):
            return filled, self.filled
        return row, self.columns


def _filled(row: Sequence[Piece]) -> list[Piece]:
    return [cell for cell in row if cell.text.strip()]


def _is_group_row(cells: Sequence[Piece]) -> bool:
    """Return whether a row within a table names the goal or area of the rows that follow."""
    text = " ".join(cell.text.strip() for cell in _filled(cells))
    return bool(patterns().group.match(_NUMBER.sub("", text)))


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return the columns of a head row by what they hold; empty for other rows."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        for name, pattern in patterns().columns.items():
            if pattern.fullmatch(cell.strip()):
                found.setdefault(name, place)
    is_head = "measure" in found and len(found) > 1 and "not_of_measures" not in found
    return found if is_head else {}


def _stated_in_row(
    cells: Sequence[Piece], columns: Mapping[str, int], place: int
) -> Iterator[Stated]:
    texts = dict(enumerate(cell.text.strip() for cell in cells))
    measure = texts.get(columns["measure"], "")
    if len(measure.split()) > 1:
        yield Stated(
            Passage((cells[columns["measure"]],)),
            place,
            responsible=texts.get(columns.get("responsible", -1)) or None,
            time=texts.get(columns.get("time", -1)) or None,
        )


def _chapters(blocks: Sequence[Block]) -> Iterator[Listing]:
    """Return the sub-headings of chapters of measures."""
    outline = parts(blocks)
    for place, part in enumerate(outline):
        if not is_measure_heading(part.heading):
            continue
        children = _children(outline, place)
        if len(children) >= LEAST_CHAPTER:
            measures = tuple(
                Stated(whole(child.heading), child.start, part.heading.text) for child in children
            )
            yield Listing("chapter", part.heading.text, part.start, measures)


def _children(outline: Sequence[Part], parent: int) -> list[Part]:
    return [
        part
        for part in outline
        if part.parent == parent
        and not patterns().not_a_measure.fullmatch(heading_text(part.heading))
        and not patterns().group.match(heading_text(part.heading))
        and not is_measure_heading(part.heading)
    ]
