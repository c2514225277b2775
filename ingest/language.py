"""The language of each block: told for runs of blocks that hold enough text, never for a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from corpus.models import Block

LANGUAGES = ("sv", "en", "no", "da", "fi", "de", "fr")
"""What the public documents of Sweden are written in; *nn* is told as *no*."""

ENOUGH_LETTERS = 100
"""Letters from which a passage's language is told, two lines of type; shorter ones (*Avstyrks.*)
are told wrong too often, so that they are told with those beside them."""

OPENING = 300
"""Characters of a passage that are enough where they are in the language of the passage before; on
the 1,000 pages at hand the rest changes nothing."""

FEWEST_OWN, OWN_SHARE = 2, 0.03
"""Different words that only Swedish has, and their part of all words, from which a passage is
Swedish at a glance: 81 % of the 5,650 Swedish passages at hand. py3langid says the same of each,
and of 15,000 passages of programs' messages in the other languages it settles none."""

DEFAULT = "sv"
_FURNITURE = ("header", "footer")


def with_languages(blocks: Sequence[Block]) -> tuple[str, tuple[Block, ...]]:
    """Return the language of the document and its blocks with theirs.

    Blocks with too little text are told together, from a heading to the next; a heading alone
    takes the language of what follows, other scraps that of what stands before.
    """
    flow = [index for index, block in enumerate(blocks) if block.kind not in _FURNITURE]
    told: dict[int, str] = {}
    letters: Counter[str] = Counter()
    before = ""
    for run in _runs([blocks[index] for index in flow]):
        places = [flow[at] for at in run]
        language = _told(" ".join(blocks[place].text for place in places), before)
        if language is None:
            continue
        before = language
        for place in places:
            told[place] = language
            letters[language] += len(blocks[place].text)
    document = letters.most_common(1)[0][0] if letters else _of_all(blocks)
    _fill(blocks, flow, told, document)
    return document, tuple(
        _spoken(block, told.get(index, document)) for index, block in enumerate(blocks)
    )


def document_language(blocks: Sequence[Block]) -> str:
    """Return the language of most of the text of these blocks."""
    return with_languages(blocks)[0]


def _runs(blocks: Sequence[Block]) -> list[list[int]]:
    """Return the blocks' indexes: long blocks alone, short ones together up to a heading."""
    runs: list[list[int]] = []
    is_open = False
    for index, block in enumerate(blocks):
        is_long = _has_enough(block.text)
        if is_long or not is_open or block.kind == "heading":
            runs.append([index])
        else:
            runs[-1].append(index)
        is_open = not is_long
    return runs


def _fill(
    blocks: Sequence[Block], flow: Sequence[int], told: dict[int, str], document: str
) -> None:
    """Give each block of ``flow`` that could not be told the language of those beside it."""
    following = document
    after: dict[int, str] = {}
    for place in reversed(flow):
        following = told.get(place, following)
        after[place] = following
    before = ""
    for place in flow:
        if place not in told:
            is_heading = blocks[place].kind == "heading"
            told[place] = after[place] if is_heading else before or document
        before = told[place]


def _spoken(block: Block, language: str) -> Block:
    return block if block.language == language else replace(block, language=language)


def _has_enough(text: str) -> bool:
    """Return whether a text has the letters from which its language is told."""
    if len(text) < ENOUGH_LETTERS:
        return False
    opening = text[: 2 * ENOUGH_LETTERS].encode("latin-1", "ignore")
    if len(opening.translate(None, _NO_LETTERS)) >= ENOUGH_LETTERS:
        return True
    return sum(map(str.isalpha, text)) >= ENOUGH_LETTERS


_NO_LETTERS = bytes(code for code in range(256) if not chr(code).isalpha())
"""What is no letter in Latin 1, in which letters are counted a hundred times as fast."""


def _told(text: str, before: str) -> str | None:
    """Return the language of a text, None of too little; ``before`` is that of the one before."""
    if not _has_enough(text):
        return None
    if len(text) > OPENING and _classify(text[:OPENING]) == before:
        return before
    return _classify(text)


def _of_all(blocks: Sequence[Block]) -> str:
    text = " ".join(block.text for block in blocks)
    return _classify(text) if any(map(str.isalpha, text)) else DEFAULT


def _classify(text: str) -> str:
    if _is_plainly_swedish(text):
        return "sv"
    language = str(_identifier().classify(text)[0])
    return "no" if language == "nn" else language


def _is_plainly_swedish(text: str) -> bool:
    """Return whether the small words of a text show that it is Swedish.

    It takes a tenth of the time that the letters of all words do, and most documents are Swedish.
    """
    own, others = _small_words()
    words = text.casefold().split()
    found = [word for word in words if word in own]
    return (
        len(found) >= OWN_SHARE * len(words)
        and len(set(found)) >= FEWEST_OWN
        and others.isdisjoint(words)
    )


@lru_cache(maxsize=1)
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the small words that only Swedish has, and those that only other languages have."""
    content = yaml.safe_load((files("ingest") / "data" / "swedish.yml").read_text("utf-8"))
    return frozenset(content["own"]), frozenset(content["others"])


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Return py3langid's model for ``LANGUAGES`` alone: all 140 would take 27 MB more."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    every = LanguageIdentifier.from_model_file(MODEL_FILE)
    every.set_languages([*LANGUAGES, "nn"])
    return LanguageIdentifier(
        every.nb_ptc,
        every.nb_pc,
        every.nb_classes,
        every.tk_nextmove,
        every.tk_output,
        tk_row=every.tk_row,
    )
