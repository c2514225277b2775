"""Joining the lines of a paragraph: which hyphen at a line's end is the word's own.

The document's own vocabulary decides first: the joined or the hyphenated form seen elsewhere.
Where it knows neither, the rules of Swedish hyphenation do.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from importlib.resources import files

import numpy as np
import yaml

SOFT_HYPHEN = "\u00ad"
"""The character that only ever marks a break."""

TYPESETTER = "\u2010"
"""The hyphen that typesetters set at breaks. Where a document's vocabulary holds it, they have
marked their own breaks with it, and a plain hyphen at a line's end is the author's."""

STRETCH = 50_000
"""Characters, some 60 pages, whose words are gathered at a time."""

_HYPHENS = "\\-\u2010\u2011"
_DASHES = "-\u2010\u2011–"
_IN_WORDS = "-\u2010\u2011_"
_HEAD = re.compile(rf"([^\W_][\w{_HYPHENS}]*)[{_HYPHENS}]$")
_TAIL = re.compile(rf"[^\W_]+(?:[{_HYPHENS}][^\W_]+)*")
_WORD = re.compile(rf"[^\W_]+(?:[{_HYPHENS}][^\W_]+)*")
_BREAK = re.compile(rf"[{_HYPHENS}{SOFT_HYPHEN}][ \t]*\r?\n\s*\w*")
_TYPESETTER_BREAK = re.compile(rf"\w{TYPESETTER}[ \t]*\r?\n\s*[^\W\d_]")
_ENDS_WITH_WORD = re.compile(rf"[^\s{_HYPHENS}{SOFT_HYPHEN}]\s*\Z")
_LAST = 9
"""Characters at a page's end among which its last word's end is looked for."""

_ADDRESS = re.compile(r"(?:://|\bwww\.)\S*[-/]$")


class Vocabulary(Container[str]):
    """Words, of which only can be asked whether they are there.

    Each is held as its hash, eight bytes where a word takes a hundred: of a million words and as
    many questions one is answered wrong in twenty million such documents.
    """

    def __init__(self, stretches: Iterable[Iterable[str]]) -> None:
        found = [np.fromiter(map(hash, words), np.int64) for words in stretches]
        self._hashes = array("q", np.unique(np.concatenate(found)).tobytes())

    def __contains__(self, word: object) -> bool:
        own = hash(word)
        at = bisect_left(self._hashes, own)
        return at < len(self._hashes) and self._hashes[at] == own


def vocabulary(*pages: str) -> Vocabulary:
    """Return the words of pages in small letters, but for those that a line end parts."""
    return Vocabulary(map(_words, _stretches(pages)))


def _words(text: str) -> AbstractSet[str]:
    words = {_plain(word.casefold()) for word in set(_WORD.findall(_without_breaks(text)))}
    if TYPESETTER in text and _TYPESETTER_BREAK.search(text):
        words.add(TYPESETTER)
    return words


def _stretches(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts of some pages at a time, so that a long document is never held twice.

    None ends where a word may go on over the page's end.
    """
    stretch: list[str] = []
    length = 0
    for text in texts:
        stretch.append(text)
        length += len(text)
        if length >= STRETCH and _ENDS_WITH_WORD.search(text[-_LAST:]):
            yield "\n".join(stretch)
            stretch, length = [], 0
    yield "\n".join(stretch)


def _without_breaks(text: str) -> str:
    """Return a text without the words that a line's end parts, with their hyphens and parts."""
    kept: list[str] = []
    end = 0
    for broken in _BREAK.finditer(text):
        start = broken.start()
        while start > end and (text[start - 1].isalnum() or text[start - 1] in _IN_WORDS):
            start -= 1
        kept.append(text[end:start])
        end = broken.end()
    return "\n".join([*kept, text[end:]])


def join_lines(
    lines: Sequence[str], vocabulary: Container[str] = frozenset()
) -> tuple[str, tuple[int, ...]]:
    """Return the lines as one text with white space collapsed, and where each line begins in it.

    A hyphen at a line's end is taken away where it only marks the break. Soft hyphens go, and
    typographic hyphens become plain ones.
    """
    text = ""
    starts: list[int] = []
    for line in lines:
        cleaned = " ".join(line.split())
        if text and cleaned:
            text = _before(text, cleaned, vocabulary)
        starts.append(len(text))
        text += _spelt(cleaned)
    return text.rstrip(SOFT_HYPHEN), tuple(min(start, len(text)) for start in starts)


def _spelt(line: str) -> str:
    """Return a line without soft hyphens and with plain ones, but for what it ends with."""
    if SOFT_HYPHEN not in line and TYPESETTER not in line and "\u2011" not in line:
        return line
    return line[:-1].translate(_SOFT) + _plain(line[-1:])


_SOFT = {ord(SOFT_HYPHEN): None} | {ord(mark): "-" for mark in "\u2010\u2011"}


def _plain(text: str) -> str:
    """Return ``text`` with non-breaking hyphens as plain ones; the typesetter's is kept."""
    return text.replace("\u2011", "-")


def _before(text: str, following: str, vocabulary: Container[str]) -> str:
    """Return ``text`` as it is to stand before the line ``following``."""
    last = text[-1]
    if last == SOFT_HYPHEN:
        return text[:-1]
    if last in "-/" and _ADDRESS.search(text):
        return text.replace(TYPESETTER, "-")
    if last == "/" and text[-2:-1].isalpha():
        return text
    if last not in _DASHES:
        return text + " "
    if last == "–":
        is_range = text[-2:-1].isdigit() and following[0].isdigit()
        return text if is_range else text + " "
    return _before_hyphen(text, following, vocabulary)


def _before_hyphen(text: str, following: str, vocabulary: Container[str]) -> str:
    """Return ``text``, which ends with a hyphen, with the hyphen kept, kept apart or gone."""
    kept = text[:-1] + "-"
    head = _HEAD.search(text[text.rfind(" ") + 1 :])
    tail = _TAIL.match(following)
    if not head or not tail:
        return kept + " "
    joined = _plain(head[1] + tail[0]).casefold()
    if tail[0].casefold() in suspended() and joined not in vocabulary:
        return kept + " "
    return text[:-1] if _is_break(text, head[1], tail[0], vocabulary) else kept


def _is_break(text: str, head: str, tail: str, vocabulary: Container[str]) -> bool:
    """Return whether the hyphen at the end of ``text`` only marks the break of a word."""
    joined = _plain(head + tail).casefold()
    hyphenated = _plain(f"{head}-{tail}").casefold()
    if (joined in vocabulary) != (hyphenated in vocabulary):
        return joined in vocabulary
    if not head[-1].isalpha() or not tail[0].isalpha():
        return False
    if text[-1] == TYPESETTER:
        return True
    if TYPESETTER in vocabulary:
        return False
    if head.isupper() and tail.isupper():
        return len(head) > 1 and text.isupper()
    return not (tail[0].isupper() or (head.isupper() and len(head) > 1) or len(head) == 1)


@lru_cache(maxsize=1)
def suspended() -> frozenset[str]:
    """Return the words before which a hyphen stands for a part left out."""
    content = yaml.safe_load((files("ingest") / "data" / "hyphens.yml").read_text("utf-8"))
    return frozenset(content["suspended"])
