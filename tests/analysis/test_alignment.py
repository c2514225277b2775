"""Two rows of texts matched one to one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.alignment import align, pair_best

matrices = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.floats(0, 1), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def places(similarities, families=None):
    found = align(similarities, families or [0] * len(similarities[0]))
    return {first: pair.second for first, pair in found.items()}


def test_the_order_decides_between_equals():
    assert places([[0.5, 0.0, 0.5], [0.5, 0.9, 0.0], [0.5, 0.0, 0.5]]) == {0: 0, 1: 1, 2: 2}


def test_a_sure_pair_may_break_the_order():
    assert places([[0.0, 0.9], [0.9, 0.0]]) == {0: 1, 1: 0}
    assert places([[0.0, 0.5], [0.4, 0.0]]) == {0: 1}


def test_what_is_left_alone_between_two_pairs_is_paired():
    similarities = [[0.8, 0.0, 0.0], [0.0, 0.1, 0.0], [0.0, 0.0, 0.8]]
    assert places(similarities) == {0: 0, 1: 1, 2: 2}
    assert places(similarities, [1, 2, 1]) == {0: 0, 2: 2}


def test_the_chapter_of_the_neighbours_is_preferred():
    assert places([[0.8, 0.0, 0.0], [0.0, 0.4, 0.4]], [1, 2, 1]) == {0: 0, 1: 2}


@given(matrices)
def test_no_place_is_used_twice(similarities):
    found = places(similarities)
    assert len(set(found.values())) == len(found)
    best = pair_best(similarities)
    assert len(set(best.values())) == len(best)
