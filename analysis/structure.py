"""Measures how documents were read: their words and order, headings, items and footnotes.

The *body* is what a reader reads from first to last: headings, paragraphs and list items. Words
are compared in small letters, without white space, punctuation and hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from analysis.gold import GoldBlock
from analysis.scores import Counts, Share
from corpus.models import Block

BODY = frozenset(("heading", "paragraph", "list_item"))
"""Kinds of blocks that make the body; our own kinds and gold's have the same names."""

OPTIONAL = frozenset(("title", "box", "contents"))
"""Kinds of gold that careful readers count to the body or not: a cover's title, the frame around a
proposal, the heading of the contents. A heading or paragraph of ours with that text is left out."""

SAME_TEXT = 95.0
"""Percent of likeness from which two headings, items or footnotes have the same text: one letter
of twenty may differ, as where a hyphen was joined otherwise."""

_WORD = re.compile(r"[^\W_]+")
_BREAKS = re.compile("[\u00ad\u2010\u2011-]")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,3})*)\.?\s+(?=\D)")


@dataclass(frozen=True, slots=True)
class StructureScore:
    """The figures of one document, or of all.

    ``words`` counts the body's words without their order; ``order`` is how many of gold's stand
    in the same order in ours (longest common subsequence). ``kept_out`` is how many words of our
    body are the body's: running headers, footnotes and captions are not. A heading of ``headings``
    has gold's text, number and level, one of ``headings_any_level`` its text and number.
    """

    document: str
    words: Counts
    order: Share
    kept_out: Share
    headings: Counts
    headings_any_level: Counts
    items: Counts
    footnotes: Counts

    def __add__(self, other: StructureScore) -> StructureScore:
        names = [field.name for field in fields(self) if field.name != "document"]
        sums = {name: getattr(self, name) + getattr(other, name) for name in names}
        return StructureScore("all", **sums)


@dataclass(frozen=True, slots=True)
class StructureMiss:
    """A piece that was missed (``side`` gold) or found wrongly (``side`` found).

    ``what`` is the kind of a block, or ``words`` for a run of words of the body.
    """

    side: str
    document: str
    what: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class StructureReport:
    """The figures of each document with gold, the total, and what was missed and false."""

    scores: tuple[StructureScore, ...]
    total: StructureScore | None
    misses: tuple[StructureMiss, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values, with the figures worked out."""
        return {
            "scores": [_as_json(score) for score in self.scores],
            "total": _as_json(self.total) if self.total else None,
            "misses": [asdict(miss) for miss in self.misses],
        }


def evaluate_structure(
    found: Mapping[str, Sequence[Block]], gold: Mapping[str, Sequence[GoldBlock]]
) -> StructureReport:
    """Return how the blocks of the documents that both know agree with gold; both by document."""
    scores: list[StructureScore] = []
    misses: list[StructureMiss] = []
    for document, wanted in gold.items():
        if document in found:
            scores.append(score_document(document, found[document], wanted))
            misses += _misses(document, found[document], wanted)
    total = sum(scores[1:], scores[0] + _nothing()) if scores else None
    return StructureReport(tuple(scores), total, tuple(misses))


def score_document(
    document: str, found: Sequence[Block], gold: Sequence[GoldBlock]
) -> StructureScore:
    """Return the figures of one document."""
    found = _without_optional(found, gold)
    ours = [word for block in found if block.kind in BODY for word in words(block.text)]
    theirs = [word for block in gold if block.kind in BODY for word in words(block.text)]
    common = (Counter(ours) & Counter(theirs)).total()
    return StructureScore(
        document,
        words=Counts(common, len(ours) - common, len(theirs) - common),
        order=Share(int(LCSseq.similarity(theirs, ours)), len(theirs)),
        kept_out=Share(common, len(ours)),
        headings=_counts(found, gold, "heading", _same_heading),
        headings_any_level=_counts(found, gold, "heading", _same_numbered),
        items=_counts(found, gold, "list_item", _same_text),
        footnotes=_counts(found, gold, "footnote", _same_text),
    )


def _without_optional(found: Sequence[Block], gold: Sequence[GoldBlock]) -> list[Block]:
    """Return our blocks without those that stand, whole, in a block of gold that is optional."""
    optional = [" ".join(words(block.text)) for block in gold if block.kind in OPTIONAL]

    def is_optional(block: Block) -> bool:
        text = " ".join(words(block.text))
        return any(text in other for other in optional) and text not in required

    required = {" ".join(words(block.text)) for block in gold if block.kind in BODY}
    return [block for block in found if not is_optional(block)]


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, those with hyphens as one."""
    joined = _BREAKS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _WORD.findall(joined)


_Same = Callable[[Block, GoldBlock], bool]


def _counts(found: Sequence[Block], gold: Sequence[GoldBlock], kind: str, same: _Same) -> Counts:
    """Return how many blocks of a kind agree, each with at most one of gold's."""
    ours, theirs = _unmatched(found, gold, kind, same)
    total = sum(block.kind == kind for block in gold)
    return Counts(total - len(theirs), len(ours), len(theirs))


def _unmatched(
    found: Sequence[Block], gold: Sequence[GoldBlock], kind: str, same: _Same
) -> tuple[list[Block], list[GoldBlock]]:
    """Return the blocks of a kind on either side that have no partner."""
    left = [block for block in gold if block.kind == kind]
    ours = []
    for block in found:
        if block.kind != kind:
            continue
        partner = next((other for other in left if same(block, other)), None)
        if partner is None:
            ours.append(block)
        else:
            left.remove(partner)
    return ours, left


def _same_text(block: Block, other: GoldBlock) -> bool:
    return _alike(block.text, other.text)


def _same_numbered(block: Block, other: GoldBlock) -> bool:
    number, text = _numbered(block.number, block.text)
    their_number, their_text = _numbered(other.number, other.text)
    return number == their_number and _alike(text, their_text)


def _same_heading(block: Block, other: GoldBlock) -> bool:
    return block.level == other.level and _same_numbered(block, other)


def _alike(text: str, other: str) -> bool:
    one, two = "".join(words(text)), "".join(words(other))
    return one == two or fuzz.ratio(one, two) >= SAME_TEXT


def _numbered(number: str | None, text: str) -> tuple[str | None, str]:
    """Return a heading's number and its text, wherever the number stands."""
    matched = _NUMBERED.match(text)
    if number is None and matched:
        return matched[1], text[matched.end() :]
    return number.strip(" .:") if number else None, text


def _misses(
    document: str, found: Sequence[Block], gold: Sequence[GoldBlock]
) -> list[StructureMiss]:
    """Return the blocks without partners and the runs of words on one side alone."""
    misses = []
    found = _without_optional(found, gold)
    for kind, same in (
        ("heading", _same_heading),
        ("list_item", _same_text),
        ("footnote", _same_text),
    ):
        ours, theirs = _unmatched(found, gold, kind, same)
        misses += [StructureMiss("gold", document, kind, b.page, _shown(b)) for b in theirs]
        misses += [StructureMiss("found", document, kind, b.page, _shown(b)) for b in ours]
    return misses + _stray_runs(document, found, gold)


def _shown(block: Block | GoldBlock) -> str:
    level = f"[{block.level}] " if block.kind == "heading" else ""
    return f"{level}{block.number + ' ' if block.number else ''}{block.text}"


def _stray_runs(
    document: str, found: Sequence[Block], gold: Sequence[GoldBlock]
) -> list[StructureMiss]:
    """Return the runs of words of the body that the other side lacks there."""
    ours = _body_words((block.kind, block.text, block.page) for block in found)
    theirs = _body_words((block.kind, block.text, block.page) for block in gold)
    misses = []
    for change in LCSseq.opcodes([word for word, _ in theirs], [word for word, _ in ours]):
        if change.tag == "equal":
            continue
        for side, run in (
            ("gold", theirs[change.src_start : change.src_end]),
            ("found", ours[change.dest_start : change.dest_end]),
        ):
            if run:
                text = " ".join(word for word, _page in run)
                misses.append(StructureMiss(side, document, "words", run[0][1], text))
    return misses


def _body_words(
    blocks: Iterable[tuple[str, str, int | None]],
) -> list[tuple[str, int | None]]:
    return [(word, page) for kind, text, page in blocks if kind in BODY for word in words(text)]


def _nothing() -> StructureScore:
    none, share = Counts(), Share()
    return StructureScore("all", none, share, share, none, none, none, none)


def _as_json(score: StructureScore) -> dict[str, Any]:
    return {**asdict(score), **figures(score)}


def figures(score: StructureScore) -> dict[str, float]:
    """Return the figures of a document, each from 0 to 1; 1 where there is nothing to measure."""
    return {
        "word_recall": score.words.recall,
        "word_order": _value(score.order),
        "word_kept_out": _value(score.kept_out),
        "heading_f1": score.headings.f1,
        "heading_any_level_f1": score.headings_any_level.f1,
        "item_f1": score.items.f1,
        "footnote_f1": score.footnotes.f1,
    }


def _value(share: Share) -> float:
    return 1.0 if share.value is None else share.value


COLUMNS = ("words", "recall", "order", "kept out", "headings", "any level", "items", "footnotes")


def render_structure(report: StructureReport, *, misses: bool = True) -> str:
    """Return the report as plain text: a table, and what was missed and false."""
    if report.total is None:
        return ""
    rows = [("structure", *COLUMNS), *(_row(one) for one in (*report.scores, report.total))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    if misses and report.misses:
        lines += ["", "Structure missed (gold) and false (found)"]
        lines += [
            f"  {miss.side:<5} {miss.what} {miss.document} p. {miss.page or '-'}: {miss.text}"
            for miss in report.misses
        ]
    return "\n".join(lines)


def _row(score: StructureScore) -> tuple[str, ...]:
    total = score.words.hits + score.words.missed
    values = (f"{value:.3f}" for value in figures(score).values())
    return (score.document, str(total), *values)
