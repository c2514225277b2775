"""Matches two rows of texts one to one, both mostly in the same order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

LEAST_SIMILARITY = 0.3
"""Below this a pair is no candidate. In two strategies the 34 entries of the list have 0.42 and up
with their sections; in three audits reworded repeats have 0.56 and up, others at most 0.27."""
SURE_SIMILARITY = 0.6
"""From this a pair is matched even out of order, if neither has a better partner. Alone it is not
enough: in one of the strategies false pairs have up to 0.83."""
SAME_FAMILY = 0.15
"""Bonus for a pair whose predecessor stands under the same chapter; half of the least similarity,
so that it decides between equals and makes no pair of itself."""


class Pair(NamedTuple):
    """A place in the first row, one in the second, and how similar they are."""

    first: int
    second: int
    similarity: float


def pair_best(
    similarities: Sequence[Sequence[float]], least: float = LEAST_SIMILARITY
) -> dict[int, int]:
    """Return one-to-one pairs, the most similar first, whatever their order."""
    ranked = sorted(
        (-similarity, i, j)
        for i, row in enumerate(similarities)
        for j, similarity in enumerate(row)
        if similarity >= least
    )
    found: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in found and j not in found.values():
            found[i] = j
    return found


class _Chain(NamedTuple):
    value: float
    pair: Pair
    before: int | None


def align(
    similarities: Sequence[Sequence[float]], families: Sequence[int | None]
) -> dict[int, Pair]:
    """Return the best one-to-one pairs by place in the first row.

    ``similarities[i][j]`` is how alike the i:th and j:th texts are, 0 to 1; ``families[j]`` the
    chapter of the j:th. Pairs keep the order of both rows, save the sure ones; then what stands
    alone between two pairs on both sides is paired.
    """
    pairs = [
        Pair(i, j, similarity)
        for i, row in enumerate(similarities)
        for j, similarity in enumerate(row)
        if similarity >= LEAST_SIMILARITY
    ]
    found = {pair.first: pair for pair in _best_chain(pairs, families)}
    _add_sure(found, pairs)
    _add_enclosed(found, similarities, families)
    return found


def _best_chain(pairs: Sequence[Pair], families: Sequence[int | None]) -> list[Pair]:
    """Return the rising chain of pairs with the highest sum of similarities and bonuses."""
    chains: list[_Chain] = []
    for pair in pairs:
        best = _Chain(pair.similarity, pair, None)
        for place, chain in enumerate(chains):
            if chain.pair.first < pair.first and chain.pair.second < pair.second:
                same = families[chain.pair.second] == families[pair.second]
                value = chain.value + pair.similarity + (SAME_FAMILY if same else 0.0)
                if value > best.value:
                    best = _Chain(value, pair, place)
        chains.append(best)
    last = max(range(len(chains)), key=lambda place: chains[place].value, default=None)
    chosen: list[Pair] = []
    while last is not None:
        chosen.append(chains[last].pair)
        last = chains[last].before
    return chosen[::-1]


def _add_sure(found: dict[int, Pair], pairs: Sequence[Pair]) -> None:
    """Add pairs out of order that are alike, where each is the other's best."""
    taken = {pair.second for pair in found.values()}
    best_of_first: dict[int, float] = {}
    best_of_second: dict[int, float] = {}
    for pair in pairs:
        best_of_first[pair.first] = max(pair.similarity, best_of_first.get(pair.first, 0.0))
        best_of_second[pair.second] = max(pair.similarity, best_of_second.get(pair.second, 0.0))
    for pair in sorted(pairs, key=lambda p: (-p.similarity, p.first, p.second)):
        best = max(best_of_first[pair.first], best_of_second[pair.second])
        is_sure = pair.similarity >= max(SURE_SIMILARITY, best)
        if is_sure and pair.first not in found and pair.second not in taken:
            found[pair.first] = pair
            taken.add(pair.second)


def _add_enclosed(
    found: dict[int, Pair],
    similarities: Sequence[Sequence[float]],
    families: Sequence[int | None],
) -> None:
    """Pair what is left between two pairs where as many are left on both sides."""
    taken = {pair.second for pair in found.values()}
    for start, end in _gaps(found, len(similarities)):
        if start - 1 not in found or end not in found:
            continue
        low, high = found[start - 1].second, found[end].second
        family = {families[low], families[high]}
        left = [j for j in range(low + 1, high) if j not in taken and families[j] in family]
        if len(left) == end - start:
            for first, second in zip(range(start, end), left, strict=True):
                found[first] = Pair(first, second, similarities[first][second])


def _gaps(found: Mapping[int, Pair], length: int) -> list[tuple[int, int]]:
    """Return start and end of each run of places without a pair."""
    gaps: list[tuple[int, int]] = []
    start = None
    for place in range(length + 1):
        missing = place < length and place not in found
        if missing and start is None:
            start = place
        if not missing and start is not None:
            gaps.append((start, place))
            start = None
    return gaps
