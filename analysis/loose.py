"""Measures what counts whatever its kind: units that the codebook has no kind for, and traps."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.gold import Gold, GoldUnit
from analysis.matching import Pair, similarity
from analysis.scores import Difference, LooseScore, share
from corpus.models import Recommendation


def score_loose(
    gold: Gold, document: str, found: Sequence[Recommendation], pairs: Sequence[Pair]
) -> tuple[LooseScore, list[Difference]]:
    """Return how many units of open kind were split out, and how many traps were taken for units.

    What is another unit of gold's is no trap, though it stands in the same passage.
    """
    units = [unit for unit in gold.units if unit.document == document and unit.any_kind]
    traps = [trap for one in gold.sources if one.document == document for trap in one.traps]
    matched = {pair.found.id for pair in pairs}
    others = [one for one in found if one.id not in matched]
    split = [any(_same_unit(one, unit) for one in found) for unit in units]
    taken = [next((one for one in others if similarity(one.text, trap)), None) for trap in traps]
    differences = [
        Difference("unit", document, unit.id, f"{unit.kind} or other", "", unit.text)
        for unit, whether in zip(units, split, strict=True)
        if not whether
    ] + [Difference("trap", document, one.id, "", one.kind, one.text) for one in taken if one]
    return LooseScore(share(split), share(map(bool, taken))), differences


def _same_unit(one: Recommendation, unit: GoldUnit) -> bool:
    return any(similarity(one.text, text) for text in (unit.text, *unit.variants))
