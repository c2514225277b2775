"""Packed words are the words that they were made from, in a fraction of the memory."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.layout import lines_of, segments
from ingest.packing import PackedWords, packed, packed_words
from ingest.pages import PageWord, Style, open_pdf, read_pages

edges = st.floats(allow_nan=False)
styles = st.builds(Style, st.text(max_size=3), edges, st.booleans(), st.booleans())
words = st.builds(
    PageWord,
    st.text(st.characters(exclude_categories=["Zs", "Cc"]), min_size=1, max_size=9),
    edges,
    edges,
    edges,
    styles,
    st.booleans(),
    st.integers(0, 4),
    st.booleans(),
    st.integers(0, 2**31),
)


def check(words, text):
    again = pickle.loads(pickle.dumps(packed_words(words, text)))
    assert isinstance(again, PackedWords)
    assert tuple(again) == words
    assert again == words
    assert len(again) == len(words)
    assert tuple(again[at] for at in range(-len(words), len(words))) == words * 2
    assert again[1:] == words[1:]


@given(st.lists(words, min_size=1, max_size=9).map(tuple))
def test_packed_words_are_the_words(words):
    check(words, "")


@given(st.lists(words, min_size=1, max_size=9), st.booleans())
def test_words_of_an_even_line_are_packed_beside_its_text(words, is_one_style):
    first = words[0]
    style = first.style if is_one_style else None
    even = tuple(
        PageWord(
            word.text, word.x0, word.x1, first.base, style or word.style, order=first.order + at
        )
        for at, word in enumerate(words)
    )
    check(even, " ".join(word.text for word in even))


def test_packed_words_end_where_the_words_do():
    (line,) = lines_of(1, [PageWord("Hej", 0.0, 9.0, 9.0, Style("Arial", 9.0))])
    with pytest.raises(IndexError):
        packed(line).words[1]
    with pytest.raises(IndexError):
        packed(line).words[-2]


def test_a_page_of_packed_lines_is_the_page(write_pdf, typeset):
    path = write_pdf([typeset((72, 100, "Näckö kommun"), (72, 114, "tillstyrker planen."))])
    document = open_pdf(path, "blad.pdf")
    lines = segments(next(read_pages(document)))
    document.close()
    assert [packed(line) for line in lines] == lines
    assert len(lines) == 2


def test_a_word_with_white_space_in_it_stays_as_it_is():
    word = PageWord("två rader", 0.0, 9.0, 9.0, Style("Arial", 9.0))
    (line,) = lines_of(1, [word])
    assert packed(line).words == line.words == (word,)
