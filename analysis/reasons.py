"""Why two texts were found alike, in words that a reader can check in the texts."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.terms import Rarity, content_words

SHOWN_WORDS = 4
SHOWN_CHARACTERS = 160  # of a quoted sentence
RARE_SHARE = 0.25  # a word in more of the corpus' texts than this says nothing of the matter


def shared_words(text: str, terms: Mapping[str, float], rarity: Rarity) -> list[str]:
    """Return the rare words of a text that are among some weighed terms, heaviest first.

    They are given as they are written in the text, the first form of each stem.
    """
    written: dict[str, str] = {}
    for place, (stem, word) in enumerate(content_words(text)):
        written.setdefault(stem, word.lower() if not place and not word.isupper() else word)
    common = RARE_SHARE * rarity.size
    shared = [
        stem for stem in written if stem in terms and rarity.counts.get(stem, 0) <= max(common, 2)
    ]
    shared.sort(key=lambda stem: (-terms[stem] * rarity.of(stem), stem))
    return [written[stem] for stem in shared[:SHOWN_WORDS]]


def shortened(text: str) -> str:
    """Return a sentence whole, or its beginning where it is long."""
    if len(text) <= SHOWN_CHARACTERS:
        return text
    return text[:SHOWN_CHARACTERS].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
