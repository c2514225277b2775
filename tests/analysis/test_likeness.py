"""Words count for each other where one begins or ends the other, whichever is the longer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.likeness import COMPOUND_PART, PART_WEIGHT, coverage

stems = st.frozensets(st.text("abå", min_size=1, max_size=8), max_size=6)


def share_a_part(one, other):
    short, long = sorted((one, other), key=len)
    return len(short) >= COMPOUND_PART and (long.startswith(short) or long.endswith(short))


@given(stems, stems)
def test_each_word_counts_by_its_nearest(wanted, given_stems):
    nearest = [
        1.0
        if stem in given_stems
        else PART_WEIGHT * any(share_a_part(stem, other) for other in given_stems)
        for stem in sorted(wanted)
    ]
    expected = sum(nearest) / len(wanted) if wanted else 0.0
    assert coverage(wanted, given_stems, {}) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("tandsjukvård", "sjukvård", PART_WEIGHT),
        ("sjukvård", "sjukvårdsplan", PART_WEIGHT),
        ("vård", "sjukvård", 0.0),
        ("sjukvård", "sjukvård", 1.0),
        ("skolplan", "plan", 0.0),
    ],
)
def test_parts_of_compounds_count_less_and_short_ones_not_at_all(one, other, expected):
    assert coverage(frozenset({one}), frozenset({other}), {}) == pytest.approx(expected)
