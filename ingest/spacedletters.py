"""Spaced-out words: letters set so far apart that each reads as a word of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.pages import PageWord

FEWEST_LETTERS = 4
"""Single letters in a row from which they may be spaced-out words; *i å ä e ö* is no text."""

LETTER_SHARE = 0.6
"""Share of single signs among the words of a run that is spaced out: ligatures and narrow pairs
stay together."""

MOST_SPACE = 0.75
"""Type sizes between spaced-out letters at most; wider apart they are cells of a table."""

WORD_SPACE = 1.6
"""Spaces between letters from which a space parts words; a space character adds to both."""


def with_spaced_words_joined(rows: Sequence[list[PageWord]]) -> list[list[PageWord]]:
    """Return the rows with the letters of spaced-out words put together."""
    return [
        _joined(row) if len(row) >= FEWEST_LETTERS and _may_be_spaced(row) else row for row in rows
    ]


def _may_be_spaced(row: Sequence[PageWord]) -> bool:
    short = [word for word in row if len(word.text) == 1]
    return len(short) >= FEWEST_LETTERS and sum(map(_is_letter, short)) >= FEWEST_LETTERS


def _is_letter(word: PageWord) -> bool:
    return len(word.text) == 1 and word.text.isalpha() and not word.raised


def _joined(row: Sequence[PageWord]) -> list[PageWord]:
    """Return the words of a row, its runs of spaced-out letters joined."""
    return [word for run in _runs(row) for word in (_words(run) if _is_spaced(run) else run)]


def _runs(row: Sequence[PageWord]) -> Iterator[list[PageWord]]:
    """Yield the runs of a row's words that are set alike and near each other."""
    run: list[PageWord] = []
    for word in row:
        near = run and word.x0 - run[-1].x1 <= _reach(run, word)
        if run and not (near and word.style == run[-1].style):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _reach(run: Sequence[PageWord], word: PageWord) -> float:
    """Return the space within which a word may go on with a run: two words' at most."""
    return 2 * MOST_SPACE * word.style.size


def _is_spaced(run: Sequence[PageWord]) -> bool:
    single = sum(len(word.text) == 1 for word in run)
    return sum(map(_is_letter, run)) >= FEWEST_LETTERS and single >= LETTER_SHARE * len(run)


def _words(run: Sequence[PageWord]) -> list[PageWord]:
    """Return the letters of a run as words, parted where the space is wider than among letters."""
    gaps = [word.x0 - before.x1 for before, word in pairwise(run)]
    usual = median(gaps)
    if usual > MOST_SPACE * run[0].style.size:
        return list(run)
    words = [run[0]]
    for gap, word in zip(gaps, run[1:], strict=True):
        last = words[-1]
        if gap > WORD_SPACE * usual:
            words.append(word)
        else:
            words[-1] = last._replace(text=last.text + word.text, x1=word.x1)
    return words
