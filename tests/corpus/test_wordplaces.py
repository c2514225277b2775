"""Packed places of words are the words that they were made from."""

from __future__ import annotations

import pickle

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.models import Box, Line, Word
from corpus.wordplaces import WordPlaces, moved_words, packed_words, placed_words

tenths = st.integers(-30_000, 30_000).map(lambda tenths: tenths / 10)
words = st.lists(st.builds(Word, st.integers(0, 200_000), tenths, tenths), max_size=9).map(tuple)


@given(words)
def test_packed_words_are_the_words(words):
    packed = pickle.loads(pickle.dumps(packed_words(words)))
    assert isinstance(packed, WordPlaces)
    assert packed == words
    assert words == packed
    assert packed[1:] == words[1:]
    assert len(packed) == len(words)
    assert (hash(packed), repr(packed)) == (hash(words), repr(words))
    assert all(type(word.start) is int for word in packed)


@given(st.lists(st.builds(Word, st.integers(0, 2**40), st.floats(), st.floats()), max_size=9))
@example([Word(16_777_217, 72.0, 80.0)])
@example([Word(0, 72.03, 80.0)])
def test_words_that_have_no_room_stay_as_they_are(words):
    assert repr(packed_words(words)) == repr(tuple(words))


@given(words, st.integers(0, 2**25))
def test_moved_words_begin_further_on(words, offset):
    moved = tuple(word._replace(start=word.start + offset) for word in words)
    assert moved_words(packed_words(words), offset) == moved
    assert moved_words(words, offset) == moved


def test_a_line_has_the_box_of_its_packed_words():
    words = placed_words([0, 720, 801, 6, 825, 990.0])
    line = Line(0, 12, Box(1, 72.0, 100.0, 99.0, 112.0), words)
    assert words == (Word(0, 72.0, 80.1), Word(6, 82.5, 99.0))
    assert line.part(6, 12) == Box(1, 82.5, 100.0, 99.0, 112.0)
    assert line == Line(0, 12, line.box, tuple(words))
