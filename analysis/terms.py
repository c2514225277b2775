"""The words that tell what a text is about, weighted by how rare they are in the corpus at hand.

All documents of a corpus speak of the same topic, so its common words say nothing; the weights are
therefore counted anew in each corpus.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.sentences import read_data
from corpus.stems import function_words, stem_word, words

PART_LETTERS = 5
"""Letters that a stem must have to count as a part of a compound; shorter ones are often chance
(*länd* in *länder*)."""
PART_WEIGHT = 0.8
"""What a compound's part counts against the word itself: *informationsdelning* and *information*
share less than two texts on *informationsdelning*."""
BACKGROUND_TEXTS = 100
"""The genre's own word counts (``data/background.yml``) weigh as much as this many texts of the
corpus: in a handful of documents *kommun* would otherwise be a rare word. Between 0 and 100 it
changes the gold's figures by less than 0.03; a corpus of two documents needs it."""
COMMON_SHARE = 0.002
"""Share of the texts from which a term is common, and multiplied with the others at once."""
MOST_COMMON = 128
"""Common terms at most; with 100,000 texts they take 51 MB; more are no faster."""

Terms = Mapping[str, float]


@cache
def _stop_stems() -> frozenset[str]:
    files = ("stopwords.yml", "framing.yml")
    groups = [group for name in files for group in read_data(name).values()]
    return frozenset(stem_word(word) for group in (*groups, function_words()) for word in group)


@cache
def _background() -> dict[str, float]:
    return read_data("background.yml")


def content_words(text: str) -> list[tuple[str, str]]:
    """Return the stem and the written form of each word of a text that carries meaning."""
    pairs = ((stem_word(word), word) for word in words(text))
    return [(stem, word) for stem, word in pairs if len(stem) > 1 and stem not in _stop_stems()]


def count_terms(fields: Iterable[tuple[float, str]]) -> dict[str, float]:
    """Return how often each stem stands in some texts, each counted by the text's own weight."""
    counts: dict[str, float] = defaultdict(float)
    for weight, text in fields:
        for stem, _ in content_words(text):
            counts[stem] += weight
    return dict(counts)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each stem says in a corpus of ``size`` texts; ``counts`` in how many it stands."""

    size: int
    counts: Mapping[str, int]

    def of(self, stem: str) -> float:
        """Return the natural logarithm of how many texts there are to each with this stem."""
        expected = BACKGROUND_TEXTS * _background().get(stem, 0.0)
        found = max(self.counts.get(stem, 1), 1) + expected
        return math.log((self.size + BACKGROUND_TEXTS + 1) / found)

    def weigh(self, counts: Terms) -> dict[str, float]:
        """Return the terms' weights as a vector of unit length, with the parts of compounds."""
        weights: dict[str, float] = {}
        for stem, count in counts.items():
            own = math.log1p(count)
            weights[stem] = weights.get(stem, 0.0) + own
            for part in self.parts(stem):
                weights[part] = weights.get(part, 0.0) + PART_WEIGHT * own
        weighed = {stem: weight * self.of(stem) for stem, weight in sorted(weights.items())}
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {stem: weight / length for stem, weight in weighed.items()}

    def parts(self, stem: str) -> list[str]:
        """Return the corpus' own stems that a compound begins or ends with."""
        lengths = range(PART_LETTERS, len(stem) - 1)
        found = [stem[:length] for length in lengths] + [stem[-length:] for length in lengths]
        return [part for part in found if part in self.counts]


def rarity(texts: Iterable[Terms]) -> Rarity:
    """Return how rare each stem is among some texts."""
    size, counts = 0, Counter[str]()
    for terms in texts:
        size += 1
        counts.update(terms.keys())
    return Rarity(size, counts)


@dataclass(frozen=True, slots=True)
class Postings:
    """Weighed texts by their terms: which rows hold a term, and with what weight.

    Terms of many texts are columns of ``dense``, shape (size, terms), which are multiplied at once.
    """

    size: int
    rows: Mapping[str, NDArray[np.int32]]
    weights: Mapping[str, NDArray[np.float32]]
    columns: Mapping[str, int]
    dense: NDArray[np.float32]

    def scores(self, terms: Terms) -> NDArray[np.float32]:
        """Return the cosine of a weighed text with each row, shape (size,)."""
        found: NDArray[np.float32] = self.scores_of([terms])[0]
        return found

    def scores_of(self, texts: Sequence[Terms]) -> NDArray[np.float32]:
        """Return the cosines of weighed texts with each row, shape (len(texts), size)."""
        common = np.zeros((len(texts), len(self.columns)), dtype=np.float32)
        for row, terms in zip(common, texts, strict=True):
            for stem, weight in terms.items():
                if stem in self.columns:
                    row[self.columns[stem]] = weight
        scores: NDArray[np.float32] = common @ self.dense.T
        for row, terms in zip(scores, texts, strict=True):
            for stem, weight in terms.items():
                if stem in self.rows:
                    row[self.rows[stem]] += np.float32(weight) * self.weights[stem]
        return scores


def postings(texts: Sequence[Terms]) -> Postings:
    """Return an index of weighed texts that gives exact cosines."""
    rows: dict[str, list[int]] = defaultdict(list)
    weights: dict[str, list[float]] = defaultdict(list)
    for row, terms in enumerate(texts):
        for stem, weight in terms.items():
            rows[stem].append(row)
            weights[stem].append(weight)
    common = sorted(
        (stem for stem, found in rows.items() if len(found) > COMMON_SHARE * len(texts)),
        key=lambda stem: (-len(rows[stem]), stem),
    )[:MOST_COMMON]
    dense = np.zeros((len(texts), len(common)), dtype=np.float32)
    for column, stem in enumerate(common):
        dense[rows.pop(stem), column] = weights.pop(stem)
    return Postings(
        len(texts),
        {stem: np.array(found, dtype=np.int32) for stem, found in rows.items()},
        {stem: np.array(found, dtype=np.float32) for stem, found in weights.items()},
        {stem: column for column, stem in enumerate(common)},
        dense,
    )
