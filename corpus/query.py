"""What is typed into the search box: its terms, what they mark in a text, and why it was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpus.stems import function_words, stem_word
from corpus.stems import words as words_of

PASSAGE_WORDS = 45
"""Words of a long passage that are shown, from some words before its first hit."""

WORDS_BEFORE = 12

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or quoted phrase of a query; the last word may be the beginning of one."""

    words: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage, and whether it is to be marked."""

    text: str
    marked: bool


def read_terms(query: str) -> tuple[Term, ...]:
    """Return the terms of a query as a person types it; nothing in it is syntax but quote marks.

    Function words (*av*, *för*) are left out where there are others: nobody means that they must
    stand in a hit. In a phrase they are kept.
    """
    terms = []
    for match in _TERM.finditer(query):
        found = tuple(words_of(match[1] if match[1] is not None else match[2]))
        if found:
            phrase = match[1] is not None or len(found) > 1
            terms.append(Term(found, phrase=phrase))
    open_end = bool(terms) and not terms[-1].phrase and not query.endswith((" ", '"'))
    if open_end:
        terms[-1] = Term(terms[-1].words, prefix=True)
    telling = [term for term in terms if term.phrase or not _is_function_word(term.words[0])]
    return tuple(telling or terms)


def _is_function_word(word: str) -> bool:
    return word.casefold() in function_words()


def match_expression(terms: Sequence[Term]) -> str:
    """Return the terms as an FTS5 expression that no input can break: all must be found."""
    return " AND ".join(_match(term) for term in terms)


def _match(term: Term) -> str:
    typed = '"' + " ".join(term.words) + '"'
    if term.phrase:
        return f"(- stems : {typed})"
    stem = f'stems : "{stem_word(term.words[0])}"'
    return f"((- stems : {typed}{' *' if term.prefix else ''}) OR {stem})"


def mark(text: str, terms: Sequence[Term]) -> list[Piece]:
    """Return a text in pieces, with the words marked that made it a hit."""
    carries = _carrier(tuple(terms))
    pieces: list[Piece] = []
    done = 0
    for match in _TOKEN.finditer(text):
        if carries(match[0]):
            pieces += [Piece(text[done : match.start()], False), Piece(match[0], True)]
            done = match.end()
    pieces.append(Piece(text[done:], False))
    return [piece for piece in pieces if piece.text]


@lru_cache(maxsize=16)
def _carrier(terms: tuple[Term, ...]) -> Callable[[str], bool]:
    """Return what tells whether a word made a hit: as typed, by its stem or by its beginning."""
    typed = {word.casefold() for term in terms for word in term.words}
    stems = {stem_word(term.words[0]) for term in terms if not term.phrase}
    starts = tuple(term.words[0].casefold() for term in terms if term.prefix)

    def carries(word: str) -> bool:
        plain = word.casefold()
        return plain in typed or plain.startswith(starts) or stem_word(word) in stems

    return carries


def cut(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces round the first hit, with an ellipsis where something was left out."""
    text = "".join(piece.text for piece in pieces)
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    if len(spans) <= PASSAGE_WORDS:
        return list(pieces)
    before = next((piece.text for piece in pieces[:1] if not piece.marked), "")
    first = max(0, min(len(before.split()) - WORDS_BEFORE, len(spans) - PASSAGE_WORDS))
    start, end = spans[first][0], spans[first + PASSAGE_WORDS - 1][1]
    shown: list[Piece] = [Piece("… ", False)] if start else []
    offset = 0
    for piece in pieces:
        part = piece.text[max(0, start - offset) : max(0, end - offset)]
        offset += len(piece.text)
        if part:
            shown.append(Piece(part, piece.marked))
    return [*shown, Piece(" …", False)] if end < len(text) else shown


def why(pieces: Sequence[Piece], terms: Sequence[Term]) -> list[dict[str, Any]]:
    """Return the words that made a hit, each with how: the ``word``, its ``stem`` or ``start``."""
    typed = {word.casefold() for term in terms for word in term.words}
    stems = {stem_word(word) for word in typed}
    found = dict.fromkeys(piece.text.casefold() for piece in pieces if piece.marked)
    return [
        {
            "how": "word" if word in typed else "stem" if stem_word(word) in stems else "start",
            "word": word,
        }
        for word in found
    ]
