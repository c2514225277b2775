"""Matches what the program found with gold, one to one, by wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.gold import GoldUnit
from analysis.likeness import content_stems
from corpus.ids import squash
from corpus.models import Recommendation

SAME_TEXT = 0.5
"""Token F1 from which two wordings are of the same unit; the figure that the task sets."""
LEAST_CONTAINED = 20
"""Characters without white space that a wording must have to count as found inside another:
shorter ones (*Utbildning*) stand in any text."""
OTHER_WORDING = 0.9
"""What a match with a variant counts against one with the text, so that texts pair first."""
ADDRESSEE_BONUS = 0.05
"""What equal addressees add: tells apart the same words to two bodies, and nothing more."""
UNCERTAIN = 0.99
"""What a match with an uncertain unit counts, so that a certain one goes first."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A recommendation that was found, and the unit of gold that it is."""

    found: Recommendation
    unit: GoldUnit


def match_units(
    found: Sequence[Recommendation],
    gold: Sequence[GoldUnit],
    names: Mapping[str, Sequence[str]],
) -> dict[int, int]:
    """Return which gold unit each found one matches: place in ``found`` → place in ``gold``.

    As many pairs as can be, the best first. ``names`` gives for an actor's id all names of it.
    """
    scores = {
        (i, j): score
        for i, one in enumerate(found)
        for j, unit in enumerate(gold)
        if one.kind == unit.kind
        and (score := _score(one, unit, names)) >= SAME_TEXT * OTHER_WORDING**2
    }
    ranked = sorted(scores, key=lambda pair: (-scores[pair], pair))
    by_gold: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in ranked:
        if i not in taken and j not in by_gold:
            by_gold[j] = i
            taken.add(i)
    _augment(by_gold, ranked, len(gold))
    return {i: j for j, i in sorted(by_gold.items())}


def _augment(by_gold: dict[int, int], ranked: Sequence[tuple[int, int]], count: int) -> None:
    """Re-pair so that more gold units have a partner (Kuhn's algorithm)."""
    options: dict[int, list[int]] = {}
    for i, j in ranked:
        options.setdefault(j, []).append(i)
    owner = {i: j for j, i in by_gold.items()}

    def place(j: int, seen: set[int]) -> bool:
        for i in options.get(j, ()):
            if i in seen:
                continue
            seen.add(i)
            if i not in owner or place(owner[i], seen):
                owner[i] = j
                return True
        return False

    for j in range(count):
        if j not in owner.values():
            place(j, set())
    by_gold.clear()
    by_gold.update({j: i for i, j in owner.items()})


def _score(one: Recommendation, unit: GoldUnit, names: Mapping[str, Sequence[str]]) -> float:
    best = max(
        similarity(text, other) * weight * other_weight
        for text, weight in _weighed(one.text, (variant.text for variant in one.variants))
        for other, other_weight in _weighed(unit.text, unit.variants)
    )
    if best < SAME_TEXT * OTHER_WORDING**2:
        return 0.0
    hits, given, wanted = addressee_hits(one, unit, names)
    equal = hits == given == wanted
    return best * (1.0 if unit.certain else UNCERTAIN) + (ADDRESSEE_BONUS if equal else 0.0)


def _weighed(text: str, variants: Iterable[str]) -> list[tuple[str, float]]:
    return [(text, 1.0), *((variant, OTHER_WORDING) for variant in variants)]


def similarity(one: str, other: str) -> float:
    """Return 1 for the same text, nearly 1 for one inside the other, else token F1; 0 if low."""
    first, second = squash(one).casefold(), squash(other).casefold()
    if first == second:
        return 1.0
    short, long = sorted((first, second), key=len)
    tokens = token_f1(one, other)
    if len(short) >= LEAST_CONTAINED and short in long:
        return max(0.9, tokens)
    return tokens if tokens >= SAME_TEXT else 0.0


def token_f1(one: str, other: str) -> float:
    """Return the F1 of the words that two texts share, each as often as it stands there."""
    first = Counter(word.casefold() for word in _WORD.findall(one))
    second = Counter(word.casefold() for word in _WORD.findall(other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def addressee_hits(
    one: Recommendation, unit: GoldUnit, names: Mapping[str, Sequence[str]]
) -> tuple[int, int, int]:
    """Return how many addressees agree, how many were found, and how many gold has.

    Of those found, bodies that gold leaves open (``also``) are not counted.
    """
    left = list(unit.addressees)
    also = {_name_key(name) for name in unit.also}
    given = 0
    for addressee in one.addressees:
        forms = (addressee.named, *names.get(addressee.actor or "", ()))
        keys = {_name_key(form) for form in forms}
        hit = next((name for name in left if _name_key(name) in keys), None)
        if hit is not None:
            left.remove(hit)
        given += hit is not None or not keys & also
    return len(unit.addressees) - len(left), given, len(unit.addressees)


def _name_key(name: str) -> frozenset[str]:
    """Return a name's stems: *kommunen*, *varje kommun* and *kommunerna* are one addressee."""
    return content_stems(name) or frozenset({squash(name).casefold()})
