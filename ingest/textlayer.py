"""How good the text is that a page came with: words, or signs that only look like them.

A wrong map from a font's codes to letters gives *1XYDUDQGH* for *Nuvarande*, the text layer of a
bad scan *k0mmu~en*. No word list is needed to see that a page is full of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

FEWEST_WORDS = 20
"""Words from which the text of a page is judged."""

LEAST_PLAUSIBLE = 0.8
"""Share of a page's letters in plausible words below which its text is doubted: the 700 pages of
sound text at hand have 0.86 or more, lists of chemical names aside; a page whose letters are mapped
wrong has 0.1 to 0.5."""

_LEADER = re.compile(r"[.…·_]{3,}")
_ADDRESS = re.compile(r"[/@=_]|www\.|\.(?:se|com|org|eu|html?|pdf)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-–/'’.,:;&+()\[\]][^\W_]*)*")
_BETWEEN = re.compile(r"[-–/'’.,:;&+()]+")
_EDGES = "()[]{}<>«»”“„\"'’‘`´.,;:!?…•·*†‡|/\\–—-_=+~§\u00ad"
_VOWELS = frozenset("aeiouyåäöéèüæøáàâêëîïôûóíúœõ")
_IMPOSSIBLE = re.compile(r"[bcdfghjklmnpqrstvwxzß]{7,}|[aeiouyåäöéèüæø]{5,}|(.)\1{3,}")
_UNMAPPED = "(cid:"
"""What some programs write for a letter that a font does not name."""

_ODD = frozenset(("Cc", "Cn", "Co", "Cs"))
_VOWEL, _CONSONANT = "[aeiouyåäöé]", "[bcdfghjklmnpqrstvwxz]"
_SOUND = re.compile(
    rf"(?!\(cid:)[(”]?((?=[^\W\d_]{{2}})(?:[A-ZÅÄÖ]|{_CONSONANT})?{_CONSONANT}{{0,2}}"
    rf"(?:{_VOWEL}{{1,2}}{_CONSONANT}{{1,3}})*{_VOWEL}{{0,2}})[-.,;:)”]?"
)
"""Most words of a sound text: plausible by how vowels and consonants take turns in them."""

_HUMPS = re.compile(r"[^\W\d_a-zåäö]*[a-zåäöéüæøß]*")
_LONGEST_WITHOUT_VOWEL = 4
_LONGEST_SHORT = 6
"""Letters of the longest abbreviation in capitals."""


def plausible_share(words: Iterable[str], *, fewest: int = FEWEST_WORDS) -> float | None:
    """Return the part of the letters of a text that stand in what can be words.

    None where fewer than ``fewest`` can be judged: numbers and scripts other than the Latin
    are not.
    """
    good = total = count = 0
    for word, times in Counter(words).items():
        plausible, length = _weighed(word)
        if plausible is not None:
            count += times
            total += times * length
            good += times * length * plausible
    return good / total if count >= fewest else None


def is_below(words: Sequence[str], least: float, *, fewest: int = FEWEST_WORDS) -> bool:
    """Return whether the plausible share of words is told and below ``least``.

    Of sound words some are enough to see that it can't be.
    """
    enough = least * sum(map(len, words))
    good = 0
    for word in words:
        plausible, length = _weighed(word)
        good += length if plausible else 0
        if good >= enough:
            return False
    share = plausible_share(words, fewest=fewest)
    return share is not None and share < least


@lru_cache(maxsize=8192)
def _weighed(word: str) -> tuple[bool | None, int]:
    """Return whether this can be a word, and how many letters it has without signs around it."""
    sound = _SOUND.fullmatch(word)
    if sound:
        return True, len(sound[1])
    return is_plausible(word), len(_bare(word))


def is_plausible(word: str) -> bool | None:
    """Return whether this can be a word in Latin letters, None where it can't be judged."""
    bare = _bare(word)
    if _UNMAPPED in word or (len(bare) > 1 and any(map(_is_odd, bare))):
        return False
    if not _is_judged(bare):
        return None
    is_word = _WORD.fullmatch(bare) is not None
    return is_word and all(_is_part(part) for part in _BETWEEN.split(bare))


def _is_odd(sign: str) -> bool:
    """Return whether a sign is of no script: a control sign, of private use, a replacement."""
    return unicodedata.category(sign) in _ODD or sign == "\ufffd"


def _is_judged(bare: str) -> bool:
    """Return whether this is made of Latin letters for the most part, and no web address."""
    letters = [sign for sign in bare if sign.isalpha()]
    enough = len(letters) > 1 and 2 * len(letters) >= len(bare)
    return enough and not _ADDRESS.search(bare) and all(map(_is_latin, letters))


def _bare(word: str) -> str:
    """Return a word without the signs around it and the leader to its page number."""
    return _LEADER.split(word, maxsplit=1)[0].strip(_EDGES)


def _is_part(part: str) -> bool:
    """Return whether letters can be a word or a part of a compound: *IT-stöd*, *m.m.*."""
    if part.isdigit() or len(part) < 2 or (part.isupper() and len(part) <= _LONGEST_SHORT):
        return True
    if any(sign.isdigit() for sign in part):
        return False
    if not part.isupper() and any(len(piece) < 2 for piece in _HUMPS.findall(part)[:-1]):
        return False
    lowered = part.casefold()
    if len(lowered) > _LONGEST_WITHOUT_VOWEL and not _VOWELS & set(lowered):
        return False
    return not _IMPOSSIBLE.search(lowered)


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
