"""Finds where an audit gives its recommendations: lists under bodies, sentences, numbered rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis import addressees as naming
from analysis.audit_patterns import heading_text, patterns, without_number
from analysis.obligation import adverbs, infinitives, is_imperative, states_action
from analysis.outline import ASIDE_KINDS, continues, depth, is_short_line, item, rows, torn
from analysis.passages import Passage, Piece
from analysis.sentences import sentences
from corpus.actors import Gazetteer
from corpus.models import Addressee, Block

NEAR = 8
"""Blocks between two groups of recommendations that are still given together: an introduction,
the bodies' names and a paragraph or two."""

_LIST_NUMBER = re.compile(
    r"^\s*(?:\d{1,2}[.)]|[a-z]\)|[Rr]ekommendation\s\d{1,2}\s?[.:–-])\s+(?=\S)"
)
_RECOMMENDS = re.compile(r"(?<!\w)rekommenderar(?!\w)", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<!\w)att\s+")
_COORDINATED = re.compile(r"(?:,|;|(?<!\w)(?:och|samt|dels))\s*(?:dels\s+)?(?=att\s)|,\s*(?=att\s)")


_ALSO_TO = re.compile(r"(?:,|(?<!\w)och|(?<!\w)samt)\s(?=(?P<who>[^,.;:]{3,80}?)\satt\s)")
"""Where a sentence may go on with a recommendation to another body (*… och nämnden att …*)."""
_BETWEEN_BODIES = frozenset(
    {"rekommenderar", "rekommenderas", "även", "också", "dels", "vi", "till"}
)
"""Words between two bodies to whom one sentence recommends."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation where it is given; ``heading`` is the section's, not the body's name.

    ``listed`` is false for one that a sentence of the running text gives.
    """

    passage: Passage
    place: int
    addressees: tuple[Addressee, ...]
    heading: Block | None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Zone:
    """Recommendations that are given together, from ``start`` on in the flow of blocks."""

    start: int
    advice: tuple[Advice, ...]


def zones(blocks: Sequence[Block], gazetteer: Gazetteer | None) -> list[Zone]:
    """Return all places where recommendations are given, in order."""
    found = [*_Scan(blocks, gazetteer).run(), *_tables(blocks, gazetteer)]
    return _by_section(sorted((one for one in found if one.advice), key=lambda one: one.start))


def _by_section(found: Sequence[Zone]) -> list[Zone]:
    """Return the zones with those that stand close together under the same heading as one."""
    joined: list[Zone] = []
    for zone in found:
        before = joined[-1] if joined else None
        close = before is not None and zone.start - before.advice[-1].place <= NEAR
        if before and close and before.advice[-1].heading is zone.advice[0].heading:
            joined[-1] = Zone(before.start, (*before.advice, *zone.advice))
        else:
            joined.append(zone)
    return joined


@dataclass
class _Open:
    """A group of recommendations that is being read."""

    start: int
    depth: int
    by_heading: bool
    announced: bool = False
    group: tuple[Addressee, ...] = ()
    advice: list[Advice] = field(default_factory=list)


class _Scan:
    """Reads blocks in order and keeps the zone that is open."""

    def __init__(self, blocks: Sequence[Block], gazetteer: Gazetteer | None) -> None:
        self.blocks = blocks
        self.gazetteer = gazetteer
        self.open: _Open | None = None
        self.heading: Block | None = None
        self.past: int | None = None
        """Depth of the heading under which earlier recommendations are told of.

        The first heading is the title, which says of a whole follow-up that it is one.
        """
        self.done: list[Zone] = []

    def run(self) -> list[Zone]:
        """Return the zones."""
        for place, block in enumerate(self.blocks):
            entry = item(block)
            if self._is_numbered(block):
                self._numbered(place, block)
            elif entry:
                self._item(place, entry)
            elif block.kind == "heading":
                self._heading(place, block)
            elif block.kind == "paragraph":
                self._paragraph(place, block)
            elif block.kind in ASIDE_KINDS and self.open and self.past is None:
                self._add_inline(place, block)
        self._close()
        return self.done

    def _close(self) -> None:
        if self.open:
            self.done.append(Zone(self.open.start, tuple(self.open.advice)))
        self.open = None

    def _start(self, place: int, *, by_heading: bool) -> _Open:
        self._close()
        level = depth(self.heading) if self.heading else 0
        self.open = _Open(place, level, by_heading, announced=not by_heading)
        return self.open

    def _heading(self, place: int, block: Block) -> None:
        text = heading_text(block)
        named = self._named(text)
        if self.past is not None and depth(block) <= self.past:
            self.past = None
        is_title = self.heading is None and text == block.text.strip() and not block.number
        if self.past is None and not is_title and patterns().not_recommending.search(text):
            self.past = depth(block)
        is_past = self.past is not None
        if self.open and not is_past and self._is_label(block):
            self.open.group = named
        elif patterns().heading.fullmatch(text) and not is_past:
            if not (self.open and named and self.open.by_heading):
                self.heading = block
                self._start(place, by_heading=True)
            assert self.open
            self.open.group = named
        elif not (self.open and self.open.by_heading and depth(block) > self.open.depth):
            self.heading = block
            self._close()

    def _is_numbered(self, block: Block) -> bool:
        is_line = block.kind in {"heading", "paragraph"} and self.past is None
        return is_line and bool(patterns().numbered.match(block.text))

    def _numbered(self, place: int, block: Block) -> None:
        """Read *Rekommendation 3: …*, whose words may stand in the next paragraph."""
        match = patterns().numbered.match(block.text)
        assert match
        following = self.blocks[place + 1 : place + 2]
        if match.end() < len(block.text):
            passage = Passage((Piece(block, match.end(), len(block.text)),))
        elif following and following[0].kind == "paragraph":
            passage = Passage((Piece(following[0], *sentences(following[0].text)[0]),))
        else:
            return
        if not self.open:
            self._start(place, by_heading=True)
        self._add(place, passage, self.open.group if self.open else ())

    def _is_label(self, block: Block) -> bool:
        """Return whether a line names the bodies to whom what follows is addressed."""
        return is_short_line(block) and naming.names_only(
            without_number(block.text), self.gazetteer, patterns().label_words
        )

    def _paragraph(self, place: int, block: Block) -> None:
        if self.past is not None or self._goes_on(place, block):
            return
        last = _last_sentence(block.text)
        if self._announces(place, block, last):
            zone = self.open if self.open and self.open.by_heading else None
            zone = zone or self._start(place, by_heading=False)
            zone.announced = True
            zone.group = self._acting(last) or zone.group
        elif self.open and self._is_label(block):
            self.open.group = self._named(block.text)
        else:
            self._prose(place, block)

    def _prose(self, place: int, block: Block) -> None:
        """Read a paragraph that announces nothing: it may itself be, or hold, recommendations."""
        number = _LIST_NUMBER.match(block.text)
        start = number.end() if number else 0
        if self.open and self._is_advice(block.text[start:]):
            self._add(place, Passage((Piece(block, start, len(block.text)),)), self.open.group)
            return
        if not self._add_inline(place, block) and self.open and self.open.advice:
            self._leave()

    def _add_inline(self, place: int, block: Block) -> bool:
        """Add what the sentences of a paragraph recommend; return whether there was any."""
        found = list(self._inline(block))
        if found and not (self.open and self.open.by_heading and self._is_near(place)):
            self._start(place, by_heading=False)
        for passage, to in found:
            self._add(place, passage, to, listed=False)
        return bool(found)

    def _leave(self) -> None:
        """Prose after a list: what is listed next is of something else, unless it is announced."""
        assert self.open
        if self.open.by_heading:
            self.open.announced = False
        else:
            self._close()

    def _is_near(self, place: int) -> bool:
        """Return whether a place belongs to what the open zone has given so far."""
        assert self.open
        return not self.open.advice or place - self.open.advice[-1].place <= NEAR

    def _is_advice(self, text: str) -> bool:
        """Return whether a paragraph of an open zone is a recommendation without a bullet."""
        if is_imperative(text):
            return True
        assert self.open
        spans = sentences(text)
        first = text[slice(*spans[0])] if spans else ""
        opens = naming.addressees(first, self.gazetteer, patterns().auditors)
        return (
            self.open.by_heading
            and bool(opens)
            and text.startswith(opens[0].named)
            and states_action(first)
        )

    def _announces(self, place: int, block: Block, last: str) -> bool:
        found = patterns()
        if not found.recommending.search(last) or found.not_recommending.search(last):
            return False
        following = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
        if following is None:
            return False
        opens_list = item(following) is not None or self._is_label(following)
        return opens_list or (last.endswith(":") and not _CLAUSE.search(last.removesuffix("att:")))

    def _named(self, label: str) -> tuple[Addressee, ...]:
        """Return the bodies that a label names, but for the auditor who recommends."""
        named = naming.listed(label, self.gazetteer)
        return tuple(one for one in named if one.named.casefold() not in patterns().auditors)

    def _acting(self, sentence: str) -> tuple[Addressee, ...]:
        return naming.addressees(sentence, self.gazetteer, patterns().auditors)

    def _told(self, sentence: str) -> tuple[Addressee, ...]:
        """Return to whom a sentence recommends; who is named after *att* is told by them."""
        verb = patterns().verb.search(sentence)
        clause = _CLAUSE.search(sentence, verb.end()) if verb else None
        head = sentence[: clause.end()] if clause else ""
        return self._acting(head) or self._acting(sentence)

    def _goes_on(self, place: int, block: Block) -> bool:
        if not (self.open and self.open.advice):
            return False
        last = self.open.advice[-1]
        if self.blocks[place - 1] is not last.passage.pieces[-1].block:
            return False
        if not continues(last.passage, block):
            return False
        self.open.advice[-1] = replace(last, passage=torn(last.passage, block))
        return True

    def _item(self, place: int, entry: Passage) -> None:
        if self.past is not None or self.open is None:
            return
        if naming.names_only(entry.text, self.gazetteer, patterns().label_words):
            self.open.group = self._named(entry.text)
            return
        if self.open.announced or _opens_with_action(entry.text):
            piece = entry.pieces[0]
            number = _LIST_NUMBER.match(entry.text)
            start = piece.start + (number.end() if number else 0)
            passage = Passage((Piece(piece.block, start, piece.end),))
            self._add(place, passage, self.open.group)

    def _add(
        self, place: int, passage: Passage, to: tuple[Addressee, ...], *, listed: bool = True
    ) -> None:
        assert self.open
        own = naming.addressees(passage.text, self.gazetteer, patterns().auditors)
        own = own or self._addressed(passage.text)
        to = own if not to or _are_some_of(own, to) else to
        self.open.advice.append(Advice(passage, place, to, self.heading, listed))

    def _inline(self, block: Block) -> Iterator[tuple[Passage, tuple[Addressee, ...]]]:
        """Yield what the sentences of a paragraph recommend (*Vi rekommenderar … att …*)."""
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            if not _recommends(sentence, within=self.open is not None):
                continue
            for first, last in self._by_body(sentence):
                part = sentence[first:last]
                acting = self._told(part) if first == 0 else self._addressed(part)
                for piece_start, piece_end in clauses(part):
                    offset = start + first
                    piece = Piece(block, offset + piece_start, offset + piece_end)
                    yield Passage((piece,)), acting

    def _by_body(self, sentence: str) -> list[tuple[int, int]]:
        """Return the parts of a sentence that recommends to one body after the other.

        *Vi rekommenderar A att … och B att …* has two; one that recommends to both is whole.
        """
        first = _CLAUSE.search(sentence)
        found = _ALSO_TO.finditer(sentence, first.end()) if first else iter(())
        cuts = [
            (match.start(), match.end())
            for match in found
            if naming.names_only(match["who"], self.gazetteer, _BETWEEN_BODIES)
        ]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(len(sentence[:start].rstrip(" ,")) for start, _ in cuts), len(sentence)]
        return list(zip(starts, ends, strict=True))

    def _addressed(self, part: str) -> tuple[Addressee, ...]:
        """Return whom *B att …* is addressed to."""
        clause = _CLAUSE.search(part)
        head = part[: clause.start()] if clause else ""
        is_name = naming.names_only(head, self.gazetteer, _BETWEEN_BODIES)
        return self._named(head) if is_name else ()


def _are_some_of(own: Sequence[Addressee], group: Sequence[Addressee]) -> bool:
    """Return whether a recommendation names some of the bodies to whom its list is addressed."""
    keys = {one.actor or one.named.casefold() for one in group}
    return bool(own) and all((one.actor or one.named.casefold()) in keys for one in own)


def _opens_with_action(text: str) -> bool:
    words = re.findall(r"\w+", text.lower())[:3]
    if words[:1] == ["att"]:
        return True
    return is_imperative(text) or states_action(text) or any(w in infinitives() for w in words[:1])


def _last_sentence(text: str) -> str:
    spans = sentences(text)
    return text[slice(*spans[-1])] if spans else ""


def _recommends(sentence: str, *, within: bool) -> bool:
    """Return whether the auditor recommends something here; ``within`` a zone, whoever writes."""
    found = patterns()
    if found.standing.search(sentence):
        return True
    said = found.said_by_auditor.search(sentence) or (within and _RECOMMENDS.search(sentence))
    is_told = bool(said) and not sentence.endswith("?")
    return bool(
        is_told and _CLAUSE.search(sentence) and not found.not_recommending.search(sentence)
    )


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Return the spans of what a sentence recommends, one for each clause of equal rank.

    A sentence that recommends one thing is returned whole. *Att*-clauses are of equal rank where
    both open with an infinitive, or both with a subject; *säkerställa att … samt att …* is one.
    """
    verb = patterns().verb.search(sentence)
    first = _CLAUSE.search(sentence, verb.end() if verb else 0)
    if first is None or patterns().standing.search(sentence):
        return [(0, len(sentence))]
    infinitive = _opens_with_infinitive(sentence[first.end() :])
    starts, cuts = [first.end()], []
    for match in _COORDINATED.finditer(sentence, first.end()):
        clause = _CLAUSE.match(sentence, match.end())
        if clause is None:
            continue
        same = _opens_with_infinitive(sentence[clause.end() :]) == infinitive
        nested = not infinitive and _CLAUSE.search(sentence, starts[-1], match.start())
        if same and not nested:
            starts.append(clause.end())
            cuts.append(match.start())
    if len(starts) == 1:
        return [(0, len(sentence))]
    ends = [*cuts, len(sentence)]
    return [
        (start, start + len(sentence[start:end].rstrip(" ,;")))
        for start, end in zip(starts, ends, strict=True)
    ]


def _opens_with_infinitive(clause: str) -> bool:
    for word in re.findall(r"\w+", clause.lower())[:3]:
        if word in infinitives():
            return True
        if word not in adverbs():
            return False
    return False


def _tables(blocks: Sequence[Block], gazetteer: Gazetteer | None) -> Iterator[Zone]:
    """Return the rows of tables with a column of recommendations and none of what came of them."""
    columns: dict[str, int] = {}
    found: list[Advice] = []
    heading: Block | None = None
    start = 0
    for place, block in enumerate(blocks):
        if block.kind == "table":
            for cells in rows(block):
                head = _columns([cell.text for cell in cells])
                if head is not None:
                    columns, start = head, place
                elif columns:
                    found += _row_advice(cells, columns, place, heading, gazetteer)
            continue
        if found:
            yield Zone(start, tuple(found))
        columns, found = {}, []
        heading = block if block.kind == "heading" else heading
    if found:
        yield Zone(start, tuple(found))


def _columns(cells: Sequence[str]) -> dict[str, int] | None:
    """Return the columns of a head row; empty where it is of no use, None for other rows."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        for name, pattern in patterns().columns.items():
            if pattern.fullmatch(cell.strip()):
                found.setdefault(name, place)
    if "recommendation" not in found:
        return None
    return {} if "not_recommending" in found else found


def _row_advice(
    cells: Sequence[Piece],
    columns: Mapping[str, int],
    place: int,
    heading: Block | None,
    gazetteer: Gazetteer | None,
) -> Iterator[Advice]:
    if len(cells) <= max(columns.values()):
        return
    passage = Passage((cells[columns["recommendation"]],))
    if len(passage.text.split()) < 2:
        return
    to = cells[columns["addressee"]].text if "addressee" in columns else ""
    named = naming.listed(to, gazetteer) or naming.addressees(passage.text, gazetteer)
    yield Advice(passage, place, named, heading)
