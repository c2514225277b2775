"""Measures what was split out and linked against gold; the report is :mod:`analysis.scores`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from analysis.answered import score_answers
from analysis.cited import Located, score_citations
from analysis.gold import Gold, GoldUnit
from analysis.linked import link_score
from analysis.loose import score_loose
from analysis.matching import Pair, addressee_hits, match_units, similarity, token_f1
from analysis.scores import (
    CitationScore,
    ClassScore,
    Confusion,
    Counts,
    Difference,
    LooseScore,
    Miss,
    Near,
    Report,
    Score,
    Share,
    StanceScore,
    share,
)
from corpus.ids import slug, squash
from corpus.models import Evidence, Link, Recommendation


@dataclass(frozen=True, slots=True)
class Predicted:
    """What the program found in a document; ``source`` is its file, or what else gold calls it."""

    document: str
    recommendations: tuple[Recommendation, ...]
    source: str = ""


def evaluate(
    predicted: Sequence[Predicted],
    gold: Gold,
    *,
    links: Sequence[Link] = (),
    evidence: Sequence[Evidence] = (),
    blocks: Mapping[str, str] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    citations: Mapping[str, Sequence[Located]] | None = None,
) -> Report:
    """Return how well the documents that gold knows were split, and how well they are linked.

    ``names`` gives all names of an actor by its id, ``blocks`` the text of a block by its id (for
    evidence), ``citations`` the citations of each document by its id, with the text around them. A
    unit that only one annotator saw counts neither as missed nor as false. Kinds that the codebook
    has not (answers, proposals) are measured where gold has some.
    """
    names = names or {}
    scores: list[Score] = []
    pairs: list[Pair] = []
    misses: list[Miss] = []
    differences: list[Difference] = []
    cited: list[CitationScore] = []
    loose: list[LooseScore] = []
    not_found = []
    for document in gold.documents:
        ours = _named(predicted, document)
        if ours is None:
            not_found.append(document)
            continue
        units = [unit for unit in gold.units if unit.document == document]
        looked_for = [one for one in ours.recommendations if one.kind in gold.kinds]
        ours = replace(ours, recommendations=tuple(looked_for))
        matched, missed = _matched(ours, units, names, _open_texts(gold, document))
        pairs += matched
        misses += missed
        kindless, unlike = score_loose(gold, document, ours.recommendations, matched)
        loose.append(kindless)
        differences += unlike
        scores += _scores(document, matched, missed, names)
        if scored := score_citations(gold, document, (citations or {}).get(ours.document, ())):
            cited.append(scored.score)
            misses += scored.misses
            differences += scored.differences
    answers, unanswered = score_answers(gold, pairs, predicted, links, not_found)
    read = {unit.id for unit in gold.units if unit.document not in not_found}
    return Report(
        scores=tuple(scores),
        totals=tuple(_totals(scores)),
        confusions=tuple(_confusions(pairs)),
        misses=tuple(misses),
        links=link_score(pairs, gold, read, links, evidence, blocks or {}),
        not_found=tuple(not_found),
        stances=_stances(pairs),
        citations=(*cited, *_cited_totals(cited)),
        answers=answers,
        loose=reduce(add, loose) if any(one.measured for one in loose) else None,
        differences=(*_unlike(pairs, names), *differences, *unanswered),
        skipped=gold.skipped,
        held_out=gold.held_out,
    )


def _named(predicted: Sequence[Predicted], document: str) -> Predicted | None:
    """Return the document that gold calls so: by its id, or by its file's name."""
    for one in predicted:
        stem = re.sub(r"\.\w{2,4}$", "", re.split(r"[\\/]", one.source)[-1])
        if document in {one.document, slug(one.document), slug(stem) if stem else None}:
            return one
    return None


def _open_texts(gold: Gold, document: str) -> list[str]:
    """Return the wordings that may be taken for units of any kind, or left."""
    texts = [text for one in gold.sources if one.document == document for text in one.open_texts]
    for unit in gold.units:
        if unit.document == document and unit.any_kind:
            texts += [unit.text, *unit.variants]
    return texts


def _matched(
    ours: Predicted,
    units: Sequence[GoldUnit],
    names: Mapping[str, Sequence[str]],
    open_texts: Sequence[str],
) -> tuple[list[Pair], list[Miss]]:
    """Return the pairs, and what has no partner on either side and is not left open."""
    places = match_units(ours.recommendations, units, names)
    pairs = [Pair(ours.recommendations[i], units[j]) for i, j in sorted(places.items())]
    missed = [
        Miss(
            "gold",
            unit.document,
            unit.kind,
            unit.id,
            unit.page,
            unit.text,
            _nearest(unit, ours.recommendations),
        )
        for j, unit in enumerate(units)
        if unit.certain and j not in places.values()
    ]
    false = [
        Miss("found", ours.document, one.kind, one.id, one.page, one.text, _nearest(one, units))
        for i, one in enumerate(ours.recommendations)
        if i not in places and not any(similarity(one.text, text) for text in open_texts)
    ]
    return pairs, [*missed, *false]


def _nearest(
    one: GoldUnit | Recommendation, others: Iterable[GoldUnit | Recommendation]
) -> Near | None:
    """Return what shares most words with a unit, of whatever kind; None if nothing shares any."""
    near = (Near(o.kind, o.id, o.text, round(token_f1(one.text, o.text), 2)) for o in others)
    best = max(near, key=lambda found: found.likeness, default=None)
    return best if best and best.likeness else None


def _scores(
    document: str,
    pairs: Sequence[Pair],
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
    pairs: Sequence[Pair],
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
        stances=share(p.found.stance == p.unit.stance for p in pairs if p.unit.stance),
        sections=share(_same_section(pair) for pair in measured),
        headings=share(_same_heading(pair) for pair in headed),
        bodies=share(bool(pair.found.body_section) for pair in measures),
        levels=share(pair.found.level == pair.unit.level for pair in levelled),
    )


def _addressees(pairs: Sequence[Pair], names: Mapping[str, Sequence[str]]) -> Counts:
    total = Counts()
    for pair in pairs:
        if not pair.unit.addressees_certain:
            continue
        hits, found, wanted = addressee_hits(pair.found, pair.unit, names)
        total += Counts(hits, found - hits, wanted - hits)
    return total


def _same_section(pair: Pair) -> bool:
    def key(section: str | None) -> str:
        return re.sub(r"[^\d.]", "", section or "").strip(".")

    return key(pair.found.target_section) == key(pair.unit.target_section)


def _same_heading(pair: Pair) -> bool:
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


def _confusions(pairs: Sequence[Pair]) -> list[Confusion]:
    counts: dict[tuple[str, str], int] = {}
    for pair in pairs:
        if pair.unit.stance:
            key = (pair.unit.stance, pair.found.stance or "-")
            counts[key] = counts.get(key, 0) + 1
    return [Confusion(gold, found, count) for (gold, found), count in sorted(counts.items())]


def _stances(pairs: Sequence[Pair]) -> StanceScore:
    """Return the figures of each stance of positions that were found and whose stance is sure."""
    read = [
        (pair.unit.stance, pair.found.stance)
        for pair in pairs
        if pair.unit.kind == "position" and pair.unit.stance
    ]
    labels = sorted({stance for both in read for stance in both if stance})
    return StanceScore(tuple(_class(label, read) for label in labels))


def _class(label: str, read: Sequence[tuple[str | None, str | None]]) -> ClassScore:
    wanted = [(gold, found) for gold, found in read if gold == label]
    hits = sum(found == label for _, found in wanted)
    false = sum(found == label for _, found in read) - hits
    return ClassScore(label, len(wanted), Counts(hits, false, len(wanted) - hits))


def _cited_totals(scores: Sequence[CitationScore]) -> list[CitationScore]:
    if not scores:
        return []
    places = sum((one.places for one in scores), Counts())
    return [CitationScore("all", places, sum((one.forms for one in scores), Share()))]


def _unlike(pairs: Sequence[Pair], names: Mapping[str, Sequence[str]]) -> Iterator[Difference]:
    """Yield the pairs that differ in stance or addressees."""
    for pair in pairs:
        ours, unit = pair.found, pair.unit
        if unit.stance and ours.stance != unit.stance:
            yield Difference(
                "stance", unit.document, unit.id, unit.stance, ours.stance or "-", ours.text
            )
        hits, found, wanted = addressee_hits(ours, unit, names)
        if unit.addressees_certain and not hits == found == wanted:
            theirs = "; ".join(unit.addressees) or "-"
            named = "; ".join(one.named for one in ours.addressees) or "-"
            yield Difference("addressees", unit.document, unit.id, theirs, named, ours.text)
