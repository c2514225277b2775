"""What the program speaks of, as frozen dataclasses; knows nobody.

Coordinates are PDF points from the page's top left, rounded to a tenth. Pages are numbered from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

DocType = Literal[
    "strategy", "audit", "response", "proposal", "reply", "followup", "guidance", "other"
]
BlockKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "quote",
    "footnote",
    "aside",
    "table",
    "letterhead",
    "signature",
    "header",
    "footer",
]
ActorKind = Literal[
    "agency",
    "court",
    "municipality",
    "committee",
    "region",
    "county_board",
    "government",
    "university",
    "company",
    "association",
    "person",
    "other",
]
RecommendationKind = Literal["measure", "recommendation", "position", "answer", "proposal"]
StanceLabel = Literal[
    "support",
    "conditional",
    "oppose",
    "no_objection",
    "abstain",
    "request",
    "comment",
    "unclear",
]
VariantRole = Literal["summary", "body", "reprint", "translation"]
Relation = Literal["same", "related", "repeats", "answers", "near"]
Verdict = Literal["agrees", "partly", "disagrees", "done"]
Bearing = Literal["implemented", "partly", "not", "supports", "contradicts", "unknown"]
Level = Literal["local", "regional", "national"]
TextLayer = Literal["native", "ocr", "mixed"]


class Box(NamedTuple):
    """Where a line of text, or a part of it, stands on a page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Word(NamedTuple):
    """Where a word begins in its block's text, and its left and right edge on the page."""

    start: int
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """A typeset line of a block: ``text[start:end]`` of the block stands in ``box``."""

    start: int
    end: int
    box: Box
    words: Sequence[Word] = ()

    def part(self, start: int, end: int) -> Box:
        """Return the box of the words of this line that touch ``text[start:end]``."""
        ends = [word.start for word in self.words[1:]] + [self.end]
        inside = [
            word
            for word, word_end in zip(self.words, ends, strict=False)
            if word.start < end and word_end > start
        ]
        if not inside:
            return self.box
        return self.box._replace(x0=inside[0].x0, x1=inside[-1].x1)


class Call(NamedTuple):
    """A footnote's call: it stood before ``text[at]`` of its block, as ``sign``.

    ``note`` is the id of the footnote's block, None where no note with that sign was found.
    A call in the text's own type (*[1]*, *ord**) stays in the text and begins at ``at``.
    """

    at: int
    sign: str
    note: str | None = None


class Cell(NamedTuple):
    """A cell of a table's row: ``text[start:end]`` of the block, in ``column`` from 0."""

    start: int
    end: int
    column: int
    head: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or piece of page furniture, in reading order.

    ``text`` has hyphenated line ends joined and white space collapsed. ``lines`` is empty where
    the source has no coordinates (plain text). ``number`` is a heading's or list item's own
    number (``7.2.4``, ``a)``) or a footnote's call; it is no part of ``text``. ``level`` is 1 for
    the highest heading, and the depth of a list item from 1. ``calls`` are the footnote calls
    that stood in the text; ``cells`` the cells of a table's row. ``anchor`` is the place in a
    source without pages: the id that a web page gives to the element or the nearest before it.
    """

    id: str
    kind: BlockKind
    text: str
    page: int
    position: int
    section: str | None = None
    level: int | None = None
    number: str | None = None
    language: str = "sv"
    lines: Sequence[Line] = ()
    anchor: str | None = None
    calls: tuple[Call, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of all lines, in reading order."""
        return tuple(line.box for line in self.lines)

    def boxes_between(self, start: int, end: int) -> tuple[Box, ...]:
        """Return one box a line for ``text[start:end]``; empty where there are no coordinates."""
        return tuple(
            line.part(start, end) for line in self.lines if line.start < end and line.end > start
        )

    def page_at(self, offset: int) -> int:
        """Return the page on which the character at ``offset`` stands."""
        for line in self.lines:
            if offset < line.end:
                return line.box.page
        return self.lines[-1].box.page if self.lines else self.page


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; ``parent`` is the section that it belongs to."""

    id: str
    heading: str
    level: int
    page: int
    position: int
    number: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read: its size in points, and its whole text before any sorting-out.

    ``ocr`` is whether the text was recognised in a picture, by us or by whoever made the file;
    ``confidence`` is how sure our OCR was of its words on average, from 0 to 1; 0 for a picture of
    text that was not read, None where we recognised nothing.
    """

    number: int
    width: float
    height: float
    text: str
    ocr: bool = False
    confidence: float | None = None


FACT_NAMES = (
    "title",
    "doctype",
    "sender",
    "date",
    "dnr",
    "their_dnr",
    "number",
    "remitted",
    "remitted_number",
    "section_numbers",
    "answers",
)
"""What a document tells of itself, in the order in which it is shown and measured."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a document, with where it was found: ``page 1``, ``corpus.yml``, ``file name``.

    ``confidence`` is how sure the reader is, from 0 to 1; what a person wrote is 1.
    """

    value: str
    place: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, found or proved, and what a person can do about it."""

    source: str
    kind: str
    message: str
    document: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read, whole.

    ``facts`` tells for title, doctype, sender, date, dnr, their_dnr, remitted, remitted_number,
    section_numbers and answers where each was found. ``answers`` is the id of another document;
    ``remitted`` the wording by which this document names the proposal or audit that it speaks of,
    ``remitted_number`` that one's number in normal form (*SOU 2023:45*, *RiR 2020:3*, a case
    number), and ``section_numbers`` the sections of it that this document speaks of; of one that
    answers nothing, its own. ``facts["number"]`` is the number of a series that it carries itself.
    """

    id: str
    title: str
    doctype: DocType
    language: str
    sha256: str
    source: str
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    sender: str | None = None
    date: str | None = None
    dnr: str | None = None
    their_dnr: str | None = None
    url: str | None = None
    remitted: str | None = None
    remitted_number: str | None = None
    section_numbers: tuple[str, ...] = ()
    answers: str | None = None
    text_layer: TextLayer = "native"
    facts: dict[str, Fact] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def paged(self) -> bool:
        """Whether the document has pages; a text without sizes and page breaks has none known.

        Where it has none all stands on page 1, which is not to be quoted.
        """
        return len(self.pages) > 1 or any(page.width > 0 for page in self.pages)

    def section(self, section_id: str | None) -> Section | None:
        """Return the section with this id, or None."""
        return next((section for section in self.sections if section.id == section_id), None)


@dataclass(frozen=True, slots=True)
class Actor:
    """A body or person by its canonical name, with the other names that it goes by."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is to act: ``named`` as the text says it, ``actor`` the id of the body if known."""

    named: str
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """Another wording of a recommendation in the same document, verbatim, with its place."""

    text: str
    role: VariantRole
    page: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One thing that a document says somebody should do, will do, or thinks of a proposal.

    The definition is the codebook's; an ``answer`` is what a reply says of a recommendation, a
    ``proposal`` what an inquiry or a bill proposes. ``text`` is verbatim, with line ends joined;
    ``title`` a short name for lists. ``stance`` is for positions and answers, the targets also for
    proposals; ``target_section`` is a number, or several parted by ``, `` where a position is
    joint. ``body`` is the text of a measure's own section, for reading and linking, or what an
    answer retells of the audit.
    """

    id: str
    document: str
    kind: RecommendationKind
    position: int
    title: str
    text: str
    page: int
    section: str | None = None
    heading: str | None = None
    boxes: tuple[Box, ...] = ()
    anchor: str | None = None
    level: Level | None = None
    modality: str | None = None
    actor: str | None = None
    stance: StanceLabel | None = None
    target_section: str | None = None
    target_document: str | None = None
    deadline: str | None = None
    confidence: float = 1.0
    withdrawn: bool = False
    body: str | None = None
    body_section: str | None = None
    variants: tuple[Variant, ...] = ()
    addressees: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to a law, inquiry, bill or case, where it stands and in normal form."""

    block: str
    page: int
    raw: str
    kind: str
    normalized: str
    target_document: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two recommendations of different documents that speak of the same matter.

    ``source`` is in the later document. ``why`` says in Swedish which words and sentences
    carried the match; ``rank`` is the target's place among the source's neighbours, from 1.
    ``score`` is how likely they do, 0 to 1. ``near`` claims nothing: it is the nearest there is.
    ``verdict`` is what a reply's answer says of the recommendation that it answers.
    """

    source: str
    target: str
    relation: Relation
    score: float
    rank: int
    why: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of another document that bears on a measure or recommendation."""

    recommendation: str
    block: str
    score: float
    bearing: Bearing
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document gives by itself, before it is linked with others.

    Here ``document.sender`` and each ``recommendation.actor`` are ids of ``actors``, which holds
    every body that the reading names.
    """

    document: Document
    recommendations: tuple[Recommendation, ...] = ()
    citations: tuple[Citation, ...] = ()
    actors: tuple[Actor, ...] = ()
