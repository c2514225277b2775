"""Swedish stems, so that *skola* finds *skolor* in the full text and links know rare words.

å, ä and ö are letters of their own and are kept: *bör* and *bor* are different words.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol

import yaml

WORD = re.compile(r"[^\W_]+")
STEM_CACHE_WORDS = 200_000  # about the vocabulary of a corpus of some thousand documents


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


_threads = threading.local()  # a stemmer holds the word it works on, so each thread has its own


def _stemmer() -> _Stemmer:
    if not hasattr(_threads, "stemmer"):
        import snowballstemmer

        _threads.stemmer = snowballstemmer.stemmer("swedish")
    stemmer: _Stemmer = _threads.stemmer
    return stemmer


@lru_cache(maxsize=STEM_CACHE_WORDS)
def stem_word(word: str) -> str:
    """Return the stem of one word, in lower case."""
    return _stemmer().stemWord(word.lower())


def words(text: str) -> list[str]:
    """Return the words and numbers of a text as written, in order, without punctuation."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return [stem_word(word) for word in words(text)]


def stem_text(text: str) -> str:
    """Return the stems of a text, joined by single spaces, as the full-text index holds them."""
    return " ".join(stems(text))


@cache
def function_words() -> frozenset[str]:
    """Return the small words that say nothing of the matter, in lower case."""
    path = files("corpus").joinpath("data", "function_words.yml")
    return frozenset(yaml.safe_load(path.read_text("utf-8")))
