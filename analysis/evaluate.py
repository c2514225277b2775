"""Measures what was split out and linked against gold; a report in numbers, text and JSON."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from analysis.gold import Gold, GoldUnit
from analysis.matching import addressee_hits, match_units, similarity
from corpus.ids import slug, squash
from corpus.models import Evidence, Link, Recommendation

RELEVANT_GRADE = 2
"""Grade from which annotators speak of the same matter."""
NEIGHBOURS = 5
"""Links of a recommendation that an analyst sees without asking for more."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """What the program found in a document; ``source`` is its file, or what else gold calls it."""

    document: str
    recommendations: tuple[Recommendation, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found rightly, found wrongly and missed."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found; 1 where there is nothing."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.false + other.false, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        """The share, or None where there is nothing to measure."""
        return self.right / self.total if self.total else None

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a gold stance was read as another."""

    gold: str
    found: str
    count: int


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one kind of unit in one document, or of all documents."""

    document: str
    kind: str
    units: Counts
    addressees: Counts
    stances: Share
    sections: Share
    headings: Share
    bodies: Share
    levels: Share


@dataclass(frozen=True, slots=True)
class Miss:
    """A unit that was missed (``side`` gold) or found wrongly (``side`` found)."""

    side: str
    document: str
    kind: str
    id: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class LinkScore:
    """How well links agree with gold, over pairs whose ends are both matched with gold units."""

    recall_at_5: Share
    average_precision: float | None
    shown: Share
    evidence: Share


@dataclass(frozen=True, slots=True)
class Report:
    """All figures; ``totals`` has one score for each kind."""

    scores: tuple[Score, ...]
    totals: tuple[Score, ...]
    confusions: tuple[Confusion, ...]
    misses: tuple[Miss, ...]
    links: LinkScore | None
    not_found: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values, with the figures worked out."""
        content: dict[str, Any] = _plain(asdict(self))
        for name in ("scores", "totals"):
            for row, score in zip(content[name], getattr(self, name), strict=True):
                row.update(_figures(score))
        if self.links and content["links"]:
            content["links"]["recall_at_5"]["value"] = self.links.recall_at_5.value
            content["links"]["shown"]["value"] = self.links.shown.value
            content["links"]["evidence"]["value"] = self.links.evidence.value
        return content


@dataclass(frozen=True, slots=True)
class _Pair:
    found: Recommendation
    unit: GoldUnit


def evaluate(
    predicted: Sequence[Predicted],
    gold: Gold,
    *,
    links: Sequence[Link] = (),
    evidence: Sequence[Evidence] = (),
    blocks: Mapping[str, str] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
) -> Report:
    """Return how well the documents that gold knows were split, and how well they are linked.

    ``names`` gives all names of an actor by its id, ``blocks`` the text of a block by its id (for
    evidence). A unit that only one annotator saw counts neither as missed nor as false. Kinds that
    the codebook has not (answers, proposals) are measured where gold has some.
    """
    names = names or {}
    scores: list[Score] = []
    pairs: list[_Pair] = []
    misses: list[Miss] = []
    not_found = []
    for document in gold.documents:
        ours = _named(predicted, document)
        if ours is None:
            not_found.append(document)
            continue
        units = [unit for unit in gold.units if unit.document == document]
        looked_for = [one for one in ours.recommendations if one.kind in gold.kinds]
        ours = replace(ours, recommendations=tuple(looked_for))
        matched, missed = _matched(ours, units, names)
        pairs += matched
        misses += missed
        scores += _scores(document, matched, missed, names)
    read = {unit.id for unit in gold.units if unit.document not in not_found}
    return Report(
        scores=tuple(scores),
        totals=tuple(_totals(scores)),
        confusions=tuple(_confusions(pairs)),
        misses=tuple(misses),
        links=_link_score(pairs, gold, read, links, evidence, blocks or {}),
        not_found=tuple(not_found),
    )


def _named(predicted: Sequence[Predicted], document: str) -> Predicted | None:
    """Return the document that gold calls so: by its id, or by its file's name."""
    for one in predicted:
        stem = re.sub(r"\.\w{2,4}$", "", re.split(r"[\\/]", one.source)[-1])
        if document in {one.document, slug(one.document), slug(stem) if stem else None}:
            return one
    return None


def _matched(
    ours: Predicted, units: Sequence[GoldUnit], names: Mapping[str, Sequence[str]]
) -> tuple[list[_Pair], list[Miss]]:
    """Return the pairs, and what has no partner on either side."""
    places = match_units(ours.recommendations, units, names)
    pairs = [_Pair(ours.recommendations[i], units[j]) for i, j in sorted(places.items())]
    missed = [
        Miss("gold", unit.document, unit.kind, unit.id, unit.page, unit.text)
        for j, unit in enumerate(units)
        if unit.certain and j not in places.values()
    ]
    false = [
        Miss("found", ours.document, one.kind, one.id, one.page, one.text)
        for i, one in enumerate(ours.recommendations)
        if i not in places
    ]
    return pairs, [*missed, *false]


def _scores(
    document: str,
    pairs: Sequence[_Pair],
    misses: Sequence[Miss],
    names: Mapping[str, Sequence[str]],
) -> list[Score]:
    kinds = {one.unit.kind for one in pairs} | {miss.kind for miss in misses}
    return [
        _score(
            document,
            kind,
            [pair for pair in pairs if pair.unit.kind == kind],
            [miss for miss in misses if miss.kind == kind],
            names,
        )
        for kind in sorted(kinds)
    ]


def _score(
    document: str,
    kind: str,
    pairs: Sequence[_Pair],
    misses: Sequence[Miss],
    names: Mapping[str, Sequence[str]],
) -> Score:
    certain = [pair for pair in pairs if pair.unit.certain]
    sides = [miss.side for miss in misses]
    measured = [p for p in pairs if p.unit.target_section or p.found.target_section]
    headed = [pair for pair in pairs if pair.unit.heading]
    levelled = [pair for pair in pairs if pair.unit.level]
    measures = [pair for pair in pairs if kind == "measure"]
    return Score(
        document=document,
        kind=kind,
        units=Counts(len(certain), sides.count("found"), sides.count("gold")),
        addressees=_addressees(pairs, names),
        stances=_share(p.found.stance == p.unit.stance for p in pairs if p.unit.stance),
        sections=_share(_same_section(pair) for pair in measured),
        headings=_share(_same_heading(pair) for pair in headed),
        bodies=_share(bool(pair.found.body_section) for pair in measures),
        levels=_share(pair.found.level == pair.unit.level for pair in levelled),
    )


def _share(right: Iterable[bool]) -> Share:
    values = list(right)
    return Share(sum(values), len(values))


def _addressees(pairs: Sequence[_Pair], names: Mapping[str, Sequence[str]]) -> Counts:
    total = Counts()
    for pair in pairs:
        hits, found, wanted = addressee_hits(pair.found, pair.unit, names)
        total += Counts(hits, found - hits, wanted - hits)
    return total


def _same_section(pair: _Pair) -> bool:
    def key(section: str | None) -> str:
        return re.sub(r"[^\d.]", "", section or "").strip(".")

    return key(pair.found.target_section) == key(pair.unit.target_section)


def _same_heading(pair: _Pair) -> bool:
    ours, theirs = (
        re.sub(r"^\W*[\d.\s]*", "", squash(heading or "").casefold())
        for heading in (pair.found.heading, pair.unit.heading)
    )
    return bool(ours) and (ours in theirs or theirs in ours)


def _totals(scores: Sequence[Score]) -> list[Score]:
    totals: dict[str, Score] = {}
    for one in scores:
        before = totals.get(one.kind)
        totals[one.kind] = _added(before, one) if before else _named_all(one)
    return list(totals.values())


def _named_all(one: Score) -> Score:
    empty = Share()
    zero = Score("all", one.kind, Counts(), Counts(), empty, empty, empty, empty, empty)
    return _added(zero, one)


def _added(one: Score, other: Score) -> Score:
    return Score(
        "all",
        one.kind,
        one.units + other.units,
        one.addressees + other.addressees,
        one.stances + other.stances,
        one.sections + other.sections,
        one.headings + other.headings,
        one.bodies + other.bodies,
        one.levels + other.levels,
    )


def _confusions(pairs: Sequence[_Pair]) -> list[Confusion]:
    counts: dict[tuple[str, str], int] = {}
    for pair in pairs:
        if pair.unit.stance:
            key = (pair.unit.stance, pair.found.stance or "-")
            counts[key] = counts.get(key, 0) + 1
    return [Confusion(gold, found, count) for (gold, found), count in sorted(counts.items())]


def _link_score(
    pairs: Sequence[_Pair],
    gold: Gold,
    read: Collection[str],
    links: Sequence[Link],
    evidence: Sequence[Evidence],
    blocks: Mapping[str, str],
) -> LinkScore | None:
    if not gold.links and not gold.evidence:
        return None
    unit_of = {pair.found.id: pair.unit.id for pair in pairs}
    relevant = {
        frozenset((link.a, link.b))
        for link in gold.links
        if link.agreed >= RELEVANT_GRADE and link.a in read and link.b in read
    }
    shown = _shown(links, unit_of)
    near = {pair for pair, rank, _ in shown if rank <= NEIGHBOURS}
    hits = [pair in relevant for pair, _, _ in shown]
    return LinkScore(
        recall_at_5=_share(pair in near for pair in sorted(relevant, key=sorted)),
        average_precision=_average_precision(hits, len(relevant)) if relevant else None,
        shown=_share(hits),
        evidence=_evidence_share(gold, unit_of, evidence, blocks),
    )


def _shown(
    links: Sequence[Link], unit_of: Mapping[str, str]
) -> list[tuple[frozenset[str], int, float]]:
    """Return each linked pair of gold units with its best rank at either end, the best first.

    The stored rank is the target's among the source's neighbours; the other end's is counted.
    """
    by_end: dict[str, list[Link]] = {}
    for link in sorted(links, key=lambda one: (-one.score, one.source, one.target)):
        by_end.setdefault(link.source, []).append(link)
        by_end.setdefault(link.target, []).append(link)
    found: dict[frozenset[str], tuple[int, float]] = {}
    for link in links:
        if link.source in unit_of and link.target in unit_of:
            ranks = [1 + by_end[end].index(link) for end in (link.source, link.target)]
            key = frozenset((unit_of[link.source], unit_of[link.target]))
            found[key] = (min(ranks), link.score)
    ordered = sorted(found, key=lambda key: (-found[key][1], sorted(key)))
    return [(key, *found[key]) for key in ordered]


def _average_precision(hits: Sequence[bool], relevant: int) -> float:
    """Return the mean over all relevant pairs of the precision down to each one that is shown."""
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
    return total / relevant


def _evidence_share(
    gold: Gold,
    unit_of: Mapping[str, str],
    evidence: Sequence[Evidence],
    blocks: Mapping[str, str],
) -> Share:
    """Return how many of gold's evidence passages are shown as evidence of the same unit."""
    texts: dict[str, list[str]] = {}
    for one in evidence:
        if one.recommendation in unit_of and one.block in blocks:
            texts.setdefault(unit_of[one.recommendation], []).append(blocks[one.block])
    known = set(unit_of.values())
    return _share(
        any(similarity(text, wanted.quote) for text in texts.get(wanted.unit, ()))
        for wanted in gold.evidence
        if wanted.unit in known
    )


def _figures(score: Score) -> dict[str, float | None]:
    return {
        "precision": score.units.precision,
        "recall": score.units.recall,
        "f1": score.units.f1,
        "addressee_precision": score.addressees.precision,
        "addressee_recall": score.addressees.recall,
        "addressee_f1": score.addressees.f1,
        "stance_accuracy": score.stances.value,
        "section_accuracy": score.sections.value,
        "heading_accuracy": score.headings.value,
        "body_found": score.bodies.value,
        "level_accuracy": score.levels.value,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


_COLUMNS = ("document", "kind", "n", "P", "R", "F1", "stance", "addr P", "addr R", "addr F1")
_MORE_COLUMNS = ("section", "heading", "body", "level")


def render(report: Report, *, misses: bool = True) -> str:
    """Return the report as plain text: a table, stances confused, what was missed, links."""
    lines = _table(report)
    lines += _confusion_lines(report.confusions)
    if report.links:
        lines += ["", "Links", *_link_lines(report.links)]
    if misses and report.misses:
        lines += ["", "Missed (gold) and false (found)"]
        lines += [
            f"  {miss.side:<5} {miss.kind} {miss.id} p. {miss.page or '-'}: {miss.text}"
            for miss in report.misses
        ]
    lines += [f"Not in the corpus: {document}" for document in report.not_found]
    return "\n".join(lines)


def _table(report: Report) -> list[str]:
    rows = [(*_COLUMNS, *_MORE_COLUMNS), *(_row(s) for s in (*report.scores, *report.totals))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _row(score: Score) -> tuple[str, ...]:
    units, to = score.units, score.addressees
    shares = (score.sections, score.headings, score.bodies, score.levels)
    return (
        score.document,
        score.kind,
        str(units.hits + units.missed),
        *(f"{value:.2f}" for value in (units.precision, units.recall, units.f1)),
        _percent(score.stances),
        *(f"{value:.2f}" for value in (to.precision, to.recall, to.f1)),
        *(_percent(share) for share in shares),
    )


def _percent(share: Share) -> str:
    return f"{share.right}/{share.total}" if share.total else "-"


def _confusion_lines(confusions: Sequence[Confusion]) -> list[str]:
    wrong = [one for one in confusions if one.gold != one.found]
    if not wrong:
        return []
    return ["", "Stances read otherwise (gold, found, times)"] + [
        f"  {one.gold:<12} {one.found:<12} {one.count}" for one in wrong
    ]


def _link_lines(links: LinkScore) -> list[str]:
    lines = [f"  recall of pairs among the first {NEIGHBOURS}: {_percent(links.recall_at_5)}"]
    if links.average_precision is not None:
        lines.append(f"  average precision: {links.average_precision:.2f}")
    lines.append(f"  precision of those shown: {_percent(links.shown)}")
    lines.append(f"  evidence passages found: {_percent(links.evidence)}")
    return lines
