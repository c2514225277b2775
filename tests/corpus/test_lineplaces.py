"""Packed places of lines are the lines that they were made from."""

from __future__ import annotations

import pickle
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.lineplaces import LinePlaces, joined_lines, packed_lines, placed_lines, without_words
from corpus.models import Block, Box, Line, Word

tenths = st.integers(-30_000, 30_000).map(lambda tenths: tenths / 10)
offsets = st.integers(0, 200_000)
words = st.lists(st.builds(Word, offsets, tenths, tenths), max_size=4).map(tuple)
boxes = st.builds(Box, st.integers(1, 20_000), tenths, tenths, tenths, tenths)
lines = st.lists(st.builds(Line, offsets, offsets, boxes, words), max_size=5).map(tuple)
odd = st.builds(Box, st.integers(1, 2**40), *[st.floats()] * 4)


@given(lines)
def test_packed_lines_are_the_lines(lines):
    packed = pickle.loads(pickle.dumps(packed_lines(lines)))
    assert isinstance(packed, LinePlaces)
    assert packed == lines
    assert lines == packed
    assert packed[1:] == lines[1:]
    assert len(packed) == len(lines)
    assert (hash(packed), repr(packed)) == (hash(lines), repr(lines))
    assert all(type(line.start) is type(line.box.page) is int for line in packed)


@given(lines)
def test_words_are_left_out(lines):
    bare = tuple(replace(line, words=()) for line in lines)
    assert without_words(packed_lines(lines)) == without_words(lines) == bare


@given(st.lists(st.builds(Line, st.integers(0, 2**40), offsets, odd), max_size=4).map(tuple))
@example((Line(0, 9, Box(1, 72.03, 90.0, 99.0, 102.0)),))
@example((Line(16_777_217, 16_777_219, Box(1, 72.0, 90.0, 99.0, 102.0)),))
def test_lines_that_have_no_room_stay_as_they_are(lines):
    assert repr(packed_lines(lines)) == repr(lines)


@given(st.lists(st.tuples(lines, offsets), max_size=3), st.booleans())
@example([((Line(0, 9, Box(1, 72.03, 90.0, 99.0, 102.0)),), 4)], True)
@example([((Line(9, 12, Box(1, 72.0, 90.0, 99.0, 102.0)),), 16_777_213)], True)
def test_lines_of_texts_put_together_begin_further_on(parts, are_packed):
    moved = tuple(
        Line(
            line.start + at,
            line.end + at,
            line.box,
            tuple(word._replace(start=word.start + at) for word in line.words),
        )
        for own, at in parts
        for line in own
    )
    assert (
        joined_lines([(packed_lines(own) if are_packed else own, at) for own, at in parts]) == moved
    )


def test_lines_are_made_of_numbers():
    numbers = [0, 12, 1, 720, 1000, 990, 1120, 6, 12, 20, 2, 720, 80, 801, 200, 0]
    first, second = placed_lines(numbers, [0, 720, 801, 6, 825, 990.0])
    assert first.part(6, 12) == Box(1, 82.5, 100.0, 99.0, 112.0)
    assert second == Line(12, 20, Box(2, 72.0, 8.0, 80.1, 20.0))


def test_a_block_finds_its_pages_by_packed_lines():
    block = Block("b1", "paragraph", "Ett. Två.", 1, 1)
    block = replace(block, lines=placed_lines([0, 4, 1, *[0] * 5, 5, 9, 2, *[0] * 5], []))
    assert [block.page_at(at) for at in (0, 3, 5, 8)] == [1, 1, 2, 2]
