"""Words of a query that the corpus does not have, and the nearest that it has."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.query import Term, match_expression

SHORTEST = 4
"""Letters of a word that may be misspelt; shorter ones are near to very many."""
LONG = 8
"""Letters from which a word may have two mistakes, not one."""

_FULL_TEXT = ("recommendations_fts", "blocks_fts")


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as it was typed, and the word of the corpus that was searched for in its place."""

    typed: str
    taken: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a corpus by their length, each with how often it stands there."""

    words: dict[int, list[str]]
    counts: dict[str, int]

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Vocabulary:
        """Return the words of the full-text index as they are written, without their stems."""
        counts: dict[str, int] = defaultdict(int)
        for table in _FULL_TEXT:
            connection.execute(
                f"create virtual table if not exists temp.{table}_words"
                f" using fts5vocab('main', '{table}', 'col')"
            )
            found = connection.execute(
                f"select term, sum(cnt) from temp.{table}_words where col <> 'stems' group by term"
            )
            for word, count in found:
                counts[word] += count
        words: dict[int, list[str]] = defaultdict(list)
        for word in sorted(counts):
            words[len(word)].append(word)
        return cls(dict(words), dict(counts))

    def nearest(self, word: str) -> str | None:
        """Return the word that is fewest mistakes away, the most frequent of them, or None.

        A mistake is a letter that is missing, added, another, or changes place with its neighbour.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        wanted = word.casefold()
        if len(wanted) < SHORTEST:
            return None
        mistakes = 2 if len(wanted) >= LONG else 1
        near = [
            (distance, -self.counts[other], other)
            for length in range(len(wanted) - mistakes, len(wanted) + mistakes + 1)
            for other, distance, _ in process.extract_iter(
                wanted, self.words.get(length, ()), scorer=OSA.distance, score_cutoff=mistakes
            )
        ]
        return min(near)[2] if near else None


def corrected(
    terms: Sequence[Term], connection: sqlite3.Connection, vocabulary: Callable[[], Vocabulary]
) -> tuple[tuple[Term, ...], tuple[Correction, ...]]:
    """Return the terms with words that stand nowhere in the corpus put right, and which those are.

    ``vocabulary`` is asked for only where there is such a word. Phrases are left as they are.
    """
    found: list[Term] = []
    corrections: list[Correction] = []
    for term in terms:
        nearest = None
        if not term.phrase and not _stands(connection, term):
            nearest = vocabulary().nearest(term.words[0])
        if nearest is None:
            found.append(term)
        else:
            found.append(replace(term, words=(nearest,), prefix=False))
            corrections.append(Correction(term.words[0], nearest))
    return tuple(found), tuple(corrections)


def _stands(connection: sqlite3.Connection, term: Term) -> bool:
    expression = match_expression([term])
    return any(
        connection.execute(
            f"select 1 from {table} where {table} match ? limit 1", [expression]
        ).fetchone()
        for table in _FULL_TEXT
    )
