"""Passages of other documents that show what has become of a measure or recommendation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.bearing import read_bearing
from analysis.link import DocumentFacts
from analysis.matter import Encode, centred, common_direction, fields, mean_vectors, unit_rows
from analysis.reasons import shared_words, shortened
from analysis.sentences import sentences
from analysis.terms import Postings, Rarity, content_words, count_terms, postings, rarity
from corpus.models import Block, Evidence, Recommendation

EVIDENCE_KINDS = frozenset({"paragraph", "list_item", "table"})
FOLLOWED_KINDS = frozenset({"measure", "recommendation"})  # positions ask for no carrying out
MEANING_SHARE = 0.4
"""Of the score. Recall on gold of the seeds and of the sample was 0.39 and 0.42; with 0.3 0.33 and
0.43, with 0.5 0.38 and 0.41, of about as many passages."""
BEARS = 0.2
"""Least score of a passage. On gold of the seeds and of the sample precision and recall were 0.18
and 0.39, 0.34 and 0.42; at 0.15 0.15 and 0.39, 0.30 and 0.46; at 0.25 0.23 and 0.35, 0.40 and 0.37.
Annotators chose few of the passages that bear on a measure, so that precision is higher than it
looks."""
PASSAGES = 8  # for each measure; the gold has five or six
EARLIER_SHARE = 0.9  # of the score: an earlier document can ask for a thing, seldom show it done
SILENT_SHARE = 0.6
"""Of the score of a passage from whose wording no bearing can be read. On the gold of the sample
recall among the five nearest rose from 0.24 to 0.31, on that of the seeds it stayed at 0.37."""
RESTATED_SHARE = 0.5
"""Of the score of a passage that is itself a recommendation of its document: it asks for the same,
which the links show. Recall among the five nearest rose from 0.34 to 0.37 and 0.22 to 0.24."""
RESTATED_PART = 0.6  # of a passage's characters that a recommendation must fill to be all it says
CONSIDERED = 40  # nearest passages whose wording is read, for the few that are kept
HEADING_WEIGHT = 0.5  # of the heading over a passage
SHORTEST = 40  # characters; shorter blocks name things and say nothing of them
BLOCK = 64  # recommendations scored at once; with 100,000 passages 26 MB


@dataclass(frozen=True, slots=True)
class _Passages:
    """All passages of a corpus, with their vectors and terms; ``centre`` is what all share.

    ``shares`` is what each passage's score counts for: less where it is a recommendation itself.
    """

    blocks: tuple[Block, ...]
    documents: tuple[str, ...]
    shares: NDArray[np.float32]
    vectors: NDArray[np.float32]
    centre: NDArray[np.float32]
    index: Postings
    rarity: Rarity


def find_evidence(
    documents: Sequence[DocumentFacts],
    blocks_by_document: Mapping[str, Sequence[Block]],
    recommendations: Sequence[Recommendation],
    encode: Encode,
) -> list[Evidence]:
    """Return the passages of other documents that bear on each measure and recommendation.

    At most ``PASSAGES`` for each, best first. The bearing is read from the wording and is a
    suggestion; headings, furniture and other languages are left out.
    """
    items = sorted(
        (item for item in recommendations if item.kind in FOLLOWED_KINDS and not item.withdrawn),
        key=lambda item: (item.document, item.position, item.id),
    )
    if not items:
        return []
    passages = _passages(documents, blocks_by_document, recommendations, encode)
    if not passages.blocks:
        return []
    dates = {document.id: document.date or "" for document in documents}
    return [
        _evidence(item, terms, passages, place, score)
        for item, terms, scores in _scored(items, passages, encode)
        for place, score in _best(item, scores, passages, dates)
    ]


def _passages(
    documents: Sequence[DocumentFacts],
    blocks_by_document: Mapping[str, Sequence[Block]],
    recommendations: Sequence[Recommendation],
    encode: Encode,
) -> _Passages:
    found = [
        (document, heading, block)
        for document in sorted(document.id for document in documents)
        for heading, block in _under_headings(blocks_by_document.get(document, ()))
    ]
    texts = [[(1.0, block.text), (HEADING_WEIGHT, heading)] for _, heading, block in found]
    counted = [count_terms(parts) for parts in texts]
    rare = rarity(counted)
    vectors = mean_vectors(texts, encode)
    centre = common_direction(unit_rows(vectors))
    return _Passages(
        blocks=tuple(block for _, _, block in found),
        documents=tuple(document for document, _, _ in found),
        shares=_shares([(document, block.text) for document, _, block in found], recommendations),
        vectors=centred(vectors, centre),
        centre=centre,
        index=postings([rare.weigh(counts) for counts in counted]),
        rarity=rare,
    )


def _shares(
    found: Sequence[tuple[str, str]], recommendations: Sequence[Recommendation]
) -> NDArray[np.float32]:
    wordings: dict[str, list[str]] = defaultdict(list)
    for item in recommendations:
        wordings[item.document] += [item.text, *(variant.text for variant in item.variants)]
    return np.array(
        [
            RESTATED_SHARE if _restates(text, wordings[document]) else 1.0
            for document, text in found
        ],
        dtype=np.float32,
    )


def _restates(text: str, wordings: Sequence[str]) -> bool:
    return any(
        text in wording or (wording in text and len(wording) > RESTATED_PART * len(text))
        for wording in wordings
    )


def _under_headings(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """Yield the passages of a document, each with the heading that it stands under."""
    heading = ""
    for block in blocks:
        if block.kind == "heading":
            heading = block.text
        elif (
            block.kind in EVIDENCE_KINDS and block.language == "sv" and len(block.text) >= SHORTEST
        ):
            yield heading, block


def _scored(
    items: Sequence[Recommendation], passages: _Passages, encode: Encode
) -> Iterator[tuple[Recommendation, dict[str, float], NDArray[np.float32]]]:
    """Yield each recommendation with its terms and its score against all passages."""
    texts = [fields(item) for item in items]
    vectors = centred(mean_vectors(texts, encode), passages.centre)
    for start in range(0, len(items), BLOCK):
        meaning = np.clip(vectors[start : start + BLOCK] @ passages.vectors.T, 0, 1)
        for item, parts, row in zip(
            items[start : start + BLOCK], texts[start : start + BLOCK], meaning, strict=True
        ):
            terms = passages.rarity.weigh(count_terms(parts))
            words = passages.index.scores(terms)
            score = MEANING_SHARE * row + (1 - MEANING_SHARE) * words
            yield item, terms, score * passages.shares


def _best(
    item: Recommendation,
    scores: NDArray[np.float32],
    passages: _Passages,
    dates: Mapping[str, str],
) -> list[tuple[int, float]]:
    own = dates.get(item.document, "")
    near = [
        (float(scores[place]) * _share(dates[document], own), int(place))
        for place in np.flatnonzero(scores >= BEARS)
        if (document := passages.documents[place]) != item.document
    ]
    near.sort(key=lambda found: (-round(found[0], 4), passages.blocks[found[1]].id))
    heard = [
        (place, round(score * _voice(passages.blocks[place].text), 4))
        for score, place in near[:CONSIDERED]
    ]
    heard.sort(key=lambda found: (-found[1], passages.blocks[found[0]].id))
    return [found for found in heard[:PASSAGES] if found[1] >= BEARS]


@lru_cache(maxsize=8192)
def _voice(text: str) -> float:
    return SILENT_SHARE if read_bearing(text) == "unknown" else 1.0


def _share(date: str, own: str) -> float:
    return EARLIER_SHARE if date and own and date < own else 1.0


def _evidence(
    item: Recommendation, terms: dict[str, float], passages: _Passages, place: int, score: float
) -> Evidence:
    block = passages.blocks[place]
    sentence = _nearest_sentence(block.text, terms)
    bearing = read_bearing(sentence)
    if bearing == "unknown":
        bearing = read_bearing(block.text)
    words = shared_words(block.text, terms, passages.rarity)
    shared = f"Gemensamma ord: {', '.join(words)}. " if words else ""
    why = f"{shared}Närmaste mening: ”{shortened(sentence)}”"
    return Evidence(item.id, block.id, score, bearing, why)


def _nearest_sentence(text: str, terms: Mapping[str, float]) -> str:
    """Return the sentence that holds the most weight of a recommendation's terms."""
    found = [text[start:end] for start, end in sentences(text)] or [text]
    return max(
        found,
        key=lambda part: sum(terms.get(stem, 0.0) for stem in {s for s, _ in content_words(part)}),
    )
