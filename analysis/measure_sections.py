"""Finds the section of each measure in a list: its heading says the same in fewer words."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.alignment import LEAST_SIMILARITY, Pair, align
from analysis.likeness import content_stems, coverage, word_weights
from analysis.measure_forms import Listing, heading_text, is_measure_heading, patterns
from analysis.obligation import states_action
from analysis.outline import Part
from analysis.sentences import sentences
from corpus.models import Block

HEADING_SHARE = 0.7
"""How much the heading counts against the body in finding a measure's section; with an equal share
long sections win over the right heading."""
OPENING_BLOCKS = 6
"""Blocks of a section whose sentences may state the measure; later ones go into particulars."""
COHERENT_SHARE = 0.5
COHERENT_SIMILARITY = 0.3
COHERENT_WITHOUT_CHAPTERS = 0.45
"""Share of neighbouring entries with sections in one chapter, and mean similarity over a list's
entries, also where the document has no chapters to tell by. Two strategies with a summary list
have 0.94 and 1.0, with 0.71 and 0.69; the lists of a plan of 96 pages without one have at most
0.25, with 0.16 to 0.42. A reader may lose half of the headings."""
OWN_HEADING = 0.9
"""Similarity from which a section is an entry's whatever the rest of the list: the same words."""
SENTENCE_WORDS = 8
"""Words from which a heading with a verb of obligation is a sentence: real headings of measures
have two to six."""


class _Opening(NamedTuple):
    """The stems of a section's first sentences, of each and of all."""

    sentences: list[frozenset[str]]
    together: frozenset[str]


def find_sections(
    listing: Listing, blocks: Sequence[Block], outline: Sequence[Part]
) -> dict[int, Part]:
    """Return the section of each measure of a list, by the measure's place in the list."""
    if listing.form in {"numbered", "chapter"}:
        by_start = {part.start: part for part in outline}
        places = [one.place for one in listing.measures]
        return {n: by_start[place] for n, place in enumerate(places) if place in by_start}
    candidates = [part for part in outline if _may_be_section(part, listing)]
    texts = [one.passage.text for one in listing.measures]
    weights = word_weights([*texts, *(heading_text(part.heading) for part in candidates)])
    openings = [_opening(part, blocks) for part in candidates]
    similarities = [
        [
            _similarity(text, heading_text(part.heading), opening, weights)
            for part, opening in zip(candidates, openings, strict=True)
        ]
        for text in texts
    ]
    families = [part.parent for part in candidates]
    pairs = align(similarities, families)
    if not _is_coherent(pairs, families, len(texts)):
        pairs = {n: pair for n, pair in pairs.items() if pair.similarity >= OWN_HEADING}
    return {place: candidates[pair.second] for place, pair in pairs.items()}


def _is_coherent(pairs: Mapping[int, Pair], families: Sequence[int | None], count: int) -> bool:
    """Return whether a list's sections are alike enough, and follow each other in their chapters.

    Any list finds some section with some of its words; those lie scattered.
    """
    chapters = [families[pairs[place].second] for place in sorted(pairs)]
    steps = max(len(chapters) - 1, 1)
    together = sum(one == other for one, other in itertools.pairwise(chapters))
    similarity = sum(pair.similarity for pair in pairs.values()) / count
    least = COHERENT_SIMILARITY if len(set(families)) > 1 else COHERENT_WITHOUT_CHAPTERS
    return together / steps >= COHERENT_SHARE and similarity >= least


def _may_be_section(part: Part, listing: Listing) -> bool:
    around = any(part.start <= measure.place < part.end for measure in listing.measures)
    structural = patterns().not_a_measure.fullmatch(heading_text(part.heading))
    empty = part.end - part.start < 2
    return not (around or structural or empty or is_measure_heading(part.heading))


def _opening(part: Part, blocks: Sequence[Block]) -> _Opening:
    stems = [
        content_stems(block.text[start:end])
        for block in own_blocks(part, blocks)[:OPENING_BLOCKS]
        for start, end in sentences(block.text)
    ]
    return _Opening(stems, frozenset().union(*stems))


def own_blocks(part: Part, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks under a heading, without headings that are no sentences.

    A set-off opening sentence in bold type is easily read as a heading.
    """
    inside = blocks[part.start + 1 : part.end]
    return [block for block in inside if block.kind != "heading" or _is_sentence(block)]


def _is_sentence(heading: Block) -> bool:
    return len(heading.text.split()) >= SENTENCE_WORDS and states_action(heading.text)


def _similarity(text: str, heading: str, opening: _Opening, weights: Mapping[str, float]) -> float:
    """Return how likely a section is a measure's: by its heading, and by its opening sentences."""
    wanted, named = content_stems(text), content_stems(heading)
    covered = coverage(named, wanted, weights)
    head = (2 * covered + coverage(wanted, named, weights)) / 3
    body = 0.0
    if coverage(wanted, opening.together, weights) * HEADING_SHARE >= LEAST_SIMILARITY:
        body = max(coverage(wanted, stems, weights) for stems in opening.sentences)
    return max(HEADING_SHARE * head + (1 - HEADING_SHARE) * body, HEADING_SHARE * body)
