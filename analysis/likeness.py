"""How alike two short texts are: the words that they share, by their stems and compound parts."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from analysis.sentences import lemma, read_data
from corpus.stems import function_words

COMPOUND_PART = 5
"""Letters that the shorter of two stems must have to count as a part of the longer: with four,
*vård* is found in *vårdande* and *länd* in *länder*; real parts are seldom shorter."""
PART_WEIGHT = 0.8
"""What a compound part counts against 1 for the same stem; below 1 so that the same word wins."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")


@cache
def _stopwords() -> frozenset[str]:
    groups = read_data("stopwords.yml").values()
    return function_words().union(word for group in groups for word in group)


@lru_cache(maxsize=8192)
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words in ``text`` that carry meaning."""
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(lemma(word) for word in words if word not in _stopwords() and len(word) > 1)


def word_weights(texts: Iterable[str]) -> dict[str, float]:
    """Return a weight above 0 for each stem: the rarer among ``texts``, the heavier."""
    stems = [content_stems(text) for text in texts]
    counts = Counter(stem for found in stems for stem in found)
    return {stem: math.log((len(stems) + 1) / count) + 0.1 for stem, count in counts.items()}


def coverage(wanted: frozenset[str], given: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return the share of the weight of ``wanted`` that is found in ``given``, 0 to 1."""
    total = sum(weights.get(stem, 1.0) for stem in wanted)
    if not total:
        return 0.0
    found = sum(weights.get(stem, 1.0) * _nearest(stem, given) for stem in sorted(wanted))
    return found / total


def likeness(one: str, other: str, weights: Mapping[str, float]) -> float:
    """Return the weighted F1 of the words that two texts share, 0 to 1."""
    first, second = content_stems(one), content_stems(other)
    precision, recall = coverage(first, second, weights), coverage(second, first, weights)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _nearest(stem: str, given: frozenset[str]) -> float:
    if stem in given:
        return 1.0
    shares_a_part = not given.isdisjoint(_parts(stem)) or _is_part(stem, given)
    return PART_WEIGHT if shares_a_part else 0.0


@lru_cache(maxsize=8192)
def _parts(stem: str) -> frozenset[str]:
    """Return what begins or ends a stem and may be a word, as *sjukvård* ends *tandsjukvård*."""
    lengths = range(COMPOUND_PART, len(stem))
    return frozenset([*(stem[:n] for n in lengths), *(stem[-n:] for n in lengths)])


def _is_part(stem: str, given: frozenset[str]) -> bool:
    """Return whether a stem begins or ends one of those given."""
    if len(stem) < COMPOUND_PART:
        return False
    lines = _in_lines(given)
    return f"\n{stem}" in lines or f"{stem}\n" in lines


@lru_cache(maxsize=2048)
def _in_lines(stems: frozenset[str]) -> str:
    """Return stems as one string, which is searched faster than they are one by one."""
    return "\n".join(["", *stems, ""])
