"""Measures links and evidence against gold, over pairs whose ends are both matched with gold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analysis.gold import Gold
from analysis.matching import Pair, similarity
from analysis.scores import LinkScore, Share, share
from corpus.models import Evidence, Link

RELEVANT_GRADE = 2
"""Grade from which annotators speak of the same matter."""
NEIGHBOURS = 5
"""Links of a recommendation that an analyst sees without asking for more."""


def link_score(
    pairs: Sequence[Pair],
    gold: Gold,
    read: Collection[str],
    links: Sequence[Link],
    evidence: Sequence[Evidence],
    blocks: Mapping[str, str],
) -> LinkScore | None:
    """Return how links and evidence agree with gold; None where gold has none.

    ``read`` are the ids of gold's units in documents that were found.
    """
    if not gold.links and not gold.evidence:
        return None
    unit_of = {pair.found.id: pair.unit.id for pair in pairs}
    relevant = {
        frozenset((link.a, link.b))
        for link in gold.links
        if link.agreed >= RELEVANT_GRADE and link.a in read and link.b in read
    }
    found = _found(links, unit_of)
    near = {pair for pair, rank, _ in found if rank <= NEIGHBOURS}
    shown = {pair for pair, _, claimed in found if claimed}
    hits = [pair in relevant for pair, _, _ in found]
    return LinkScore(
        recall_at_5=share(pair in near for pair in sorted(relevant, key=sorted)),
        average_precision=_average_precision(hits, len(relevant)) if relevant else None,
        recall_shown=share(pair in shown for pair in sorted(relevant, key=sorted)),
        shown=share(pair in relevant for pair in sorted(shown, key=sorted)),
        evidence=_evidence_share(gold, unit_of, evidence, blocks),
    )


def _found(
    links: Sequence[Link], unit_of: Mapping[str, str]
) -> list[tuple[frozenset[str], int, bool]]:
    """Return each pair of gold units with its best rank at either end, the best first.

    The stored rank is the target's among the source's neighbours; the other end's is counted. Last
    stands whether it is shown as a link, not only as near.
    """
    by_end: dict[str, list[Link]] = {}
    for link in sorted(links, key=lambda one: (-one.score, one.source, one.target)):
        by_end.setdefault(link.source, []).append(link)
        by_end.setdefault(link.target, []).append(link)
    found: dict[frozenset[str], tuple[int, Link]] = {}
    for link in links:
        if link.source in unit_of and link.target in unit_of:
            ranks = [1 + by_end[end].index(link) for end in (link.source, link.target)]
            key = frozenset((unit_of[link.source], unit_of[link.target]))
            found[key] = (min(ranks), link)
    ordered = sorted(found, key=lambda key: (-found[key][1].score, sorted(key)))
    return [(key, found[key][0], found[key][1].relation != "near") for key in ordered]


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
    return share(
        any(similarity(text, wanted.quote) for text in texts.get(wanted.unit, ()))
        for wanted in gold.evidence
        if wanted.unit in known
    )
