"""Recommendations of different documents that speak of the same matter."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.answering import answer_links
from analysis.matter import Encode, Matters, centred, fields, matters
from analysis.reasons import shared_words, shortened
from analysis.sentences import sentences
from analysis.terms import postings
from corpus.models import Link, Recommendation, Relation

MEANING_SHARE = 0.25
"""Of the likeness; the rest is shared rare words. Average precision on gold of two corpora (the
seeds, the sample), all five nearest counted: with 0.2 of meaning 0.65 and 0.77, with 0.25 0.64 and
0.78, with 0.3 0.62 and 0.78; meaning alone 0.42 and 0.60."""
NEIGHBOURS = 5
"""Nearest of other documents that a recommendation may be linked with; one that is near to many
others may be linked with more, from their side."""
MOST_LIKELY = 64
"""Best of a recommendation that are ordered to find its nearest."""
SLOPE, OFFSET = 20.4, -4.47
"""How likely annotators are to grade a pair 2 or 3, by its likeness: logistic, fitted to the pairs
of that gold in which one is among the other's five nearest (103 and 265). Fitted to one corpus and
tried on the other, of pairs given 0.1 to 0.25, 0.25 to 0.5, 0.5 to 0.75 and more there were right
on the seeds 0.15, 0.50, 0.80 and 1.00, on the sample 0.14, 0.45, 0.53 and 0.85."""
NEAR = 0.03
"""Least score, as a probability, of what is kept as one of the nearest though no link is claimed:
below it pairs share next to nothing. With those kept 23 of 27 and 110 of 129 pairs of that gold
are among the five nearest."""
LEAST = (math.log(NEAR / (1 - NEAR)) - OFFSET) / SLOPE
"""The likeness for which that stands."""
RELATED = 0.2
"""Least score of a link, as a probability: it stands for a likeness of 0.15. On that gold (27 and
129 pairs) precision and recall were 0.70 and 0.59 on the seeds, 0.70 and 0.80 on the sample; at
0.17 0.57 and 0.63, 0.68 and 0.82; at 0.31 0.79 and 0.56, 0.77 and 0.73."""
SAME = 0.8
"""Least score of the same matter: above it precision was 1.00 on the seeds, 0.93 on the sample."""
REPEATED_LIKENESS = 88.0
"""Percent of equal characters, by rapidfuzz's ratio; corrections of a word or two stay above."""
REPEATED_CHARACTERS = 40  # shorter texts are headings, which different matters can share
NOT_LIKENED = frozenset({"answer", "proposal"})
"""Kinds that say little by themselves, or much of all: they take part in no search for the like."""
BLOCK_SCORES = 2**24
"""Pairs scored at once, 64 MB; more take more memory and no less time."""
NO_SHARED_WORDS = "Liknande innehåll, men inga ovanliga ord gemensamma."
SENTENCES_COMPARED = 12  # of a recommendation and its other wordings


class DocumentFacts(Protocol):
    """What linking needs to know of a document; ``corpus.models.Document`` has it."""

    @property
    def id(self) -> str:
        """The document's id."""

    @property
    def date(self) -> str | None:
        """Its ISO date, if known."""

    @property
    def answers(self) -> str | None:
        """The id of the document that it answers, if any."""


@dataclass(frozen=True, slots=True)
class _Pair:
    source: int
    target: int
    score: float


def link(
    documents: Sequence[DocumentFacts], recommendations: Sequence[Recommendation], encode: Encode
) -> list[Link]:
    """Return the links between recommendations of different documents, best first by source.

    Each pair is linked once, from the later document to the earlier; documents without a date
    come before the dated, those of one day in the order of their ids. Withdrawn recommendations
    are left out. A reply's answers are linked with the recommendations that they answer and with
    nothing else, and so a proposal with nothing yet. The nearest that are less likely than
    ``RELATED`` are ``near``: for a person who looks for what was missed. The same input gives the
    same links.
    """
    items = sorted(
        (r for r in recommendations if not r.withdrawn and r.kind not in NOT_LIKENED),
        key=lambda item: (item.document, item.position, item.id),
    )
    answered_by = answer_links(documents, recommendations)
    if not items:
        return answered_by
    known = matters(items, encode)
    pairs = _later_to_earlier(list(near_pairs(items, known)), items, documents)
    reasons = _Reasons(items, known, encode, pairs)
    answered = {document.id: document.answers for document in documents}
    return [
        Link(
            source=items[pair.source].id,
            target=items[pair.target].id,
            relation=_relation(items[pair.source], items[pair.target], pair.score, answered),
            score=pair.score,
            rank=rank,
            why=reasons.of(pair),
        )
        for pair, rank in _ranked(pairs, items)
    ] + answered_by


def near_pairs(items: Sequence[Recommendation], known: Matters) -> Iterator[_Pair]:
    """Yield each pair that is near enough, once, where one is among the other's nearest."""
    nearest: list[dict[int, float]] = []
    for start, scores in scores_in_blocks(items, known):
        nearest += [
            _best(row, items, scores[row - start]) for row in range(start, start + len(scores))
        ]
    for row, near in enumerate(nearest):
        for other, score in near.items():
            if row < other or row not in nearest[other]:
                yield _Pair(row, other, score)


def scores_in_blocks(
    items: Sequence[Recommendation], known: Matters
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield blocks of rows with their likeness to all; -1 within a document.

    It is -1 too for a text without words: all such have the same vector, and nothing in common.
    """
    blank = [place for place, terms in enumerate(known.terms) if not terms]
    within: dict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        within[item.document].append(place)
    index = postings(known.terms)
    rows = max(1, BLOCK_SCORES // len(items))
    for start in range(0, len(items), rows):
        stop = min(start + rows, len(items))
        scores = index.scores_of(known.terms[start:stop])
        scores *= np.float32(1 - MEANING_SHARE)
        meaning = known.vectors[start:stop] @ known.vectors.T
        np.clip(meaning, 0, 1, out=meaning)
        meaning *= np.float32(MEANING_SHARE)
        scores += meaning
        for row, item in enumerate(items[start:stop]):
            scores[row, within[item.document]] = -1
        scores[[place - start for place in blank if start <= place < stop]] = -1
        scores[:, blank] = -1
        yield start, scores


def likelihood(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how likely pairs of these likenesses speak of the same matter, 0 to 1."""
    found: NDArray[np.float32] = 1 / (1 + np.exp(-(SLOPE * scores + OFFSET)))
    return found


def _best(
    row: int, items: Sequence[Recommendation], scores: NDArray[np.float32]
) -> dict[int, float]:
    near = np.flatnonzero(scores >= LEAST)
    if len(near) > MOST_LIKELY:
        near = near[np.argpartition(-scores[near], MOST_LIKELY)[:MOST_LIKELY]]
    likely = [round(float(chance), 4) for chance in likelihood(scores[near])]
    ordered = sorted(
        zip(likely, near.tolist(), strict=True),
        key=lambda found: (-found[0], items[found[1]].id),
    )
    return {other: score for score, other in ordered[:NEIGHBOURS]}


def _later_to_earlier(
    pairs: Sequence[_Pair], items: Sequence[Recommendation], documents: Sequence[DocumentFacts]
) -> list[_Pair]:
    age = {document.id: (document.date or "", document.id) for document in documents}

    def place(row: int) -> tuple[str, str]:
        document = items[row].document
        return age.get(document, ("", document))

    return [
        pair
        if place(pair.source) > place(pair.target)
        else _Pair(pair.target, pair.source, pair.score)
        for pair in pairs
    ]


def _ranked(pairs: Sequence[_Pair], items: Sequence[Recommendation]) -> Iterator[tuple[_Pair, int]]:
    by_source: dict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        by_source[pair.source].append(pair)
    for source in sorted(by_source):
        near = sorted(by_source[source], key=lambda pair: (-pair.score, items[pair.target].id))
        yield from ((pair, rank) for rank, pair in enumerate(near, 1))


def _relation(
    source: Recommendation, target: Recommendation, score: float, answered: dict[str, str | None]
) -> Relation:
    if _repeats(source, target):
        return "repeats"
    if score < RELATED:
        return "near"
    if answered.get(source.document) == target.document:
        return "answers"
    return "same" if score >= SAME else "related"


def _repeats(one: Recommendation, other: Recommendation) -> bool:
    from rapidfuzz import fuzz

    return any(
        fuzz.ratio(first, second, score_cutoff=REPEATED_LIKENESS) > 0
        for first in _wordings(one)
        for second in _wordings(other)
        if min(len(first), len(second)) >= REPEATED_CHARACTERS
    )


def _wordings(item: Recommendation) -> list[str]:
    texts = [item.text, *(v.text for v in item.variants if v.role != "translation")]
    return [text.casefold() for text in texts]


class _Reasons:
    """Words why two recommendations were linked; keeps the vectors of all their sentences."""

    def __init__(
        self,
        items: Sequence[Recommendation],
        known: Matters,
        encode: Encode,
        pairs: Sequence[_Pair],
    ) -> None:
        self._items = items
        self._known = known
        claimed = [pair for pair in pairs if pair.score >= RELATED]
        rows = sorted({row for pair in claimed for row in (pair.source, pair.target)})
        self._sentences = {row: _sentences(items[row]) for row in rows}
        texts = list(dict.fromkeys(text for row in rows for text in self._sentences[row]))
        self._places = {text: place for place, text in enumerate(texts)}
        self._vectors = centred(encode(texts))

    def of(self, pair: _Pair) -> str:
        """Return the shared rare words of a pair and its closest sentences, in Swedish.

        What is only near has no sentences: those of all recommendations would have to be encoded.
        """
        source, known = self._items[pair.source], self._known
        text = "\n".join(part for _, part in fields(source))
        words = shared_words(text, known.terms[pair.target], known.rarity)
        shared = f"Gemensamma ord: {', '.join(words)}. " if words else ""
        if pair.score < RELATED:
            return shared.strip() or NO_SHARED_WORDS
        one, other = self._closest(pair)
        return f"{shared}Närmaste meningar: ”{shortened(one)}” – ”{shortened(other)}”"

    def _closest(self, pair: _Pair) -> tuple[str, str]:
        ones, others = self._sentences[pair.source], self._sentences[pair.target]
        scores = self._of(ones) @ self._of(others).T
        best = int(np.round(scores, 4).argmax())
        return ones[best // len(others)], others[best % len(others)]

    def _of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._vectors[[self._places[text] for text in texts]]


def _sentences(item: Recommendation) -> list[str]:
    texts = [item.text, *(v.text for v in item.variants if v.role != "translation")]
    found = [text[start:end] for text in texts for start, end in sentences(text)]
    return list(dict.fromkeys(found))[:SENTENCES_COMPARED] or [item.text]
