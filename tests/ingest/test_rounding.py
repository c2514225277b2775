import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.rounding import TO_WHOLE, tenths


@given(st.lists(st.floats(-1e12, 1e12)))
@example([0.05, 0.15, 0.25, 0.35, 2.675, 1e300, -0.04, 123.45, 512.25])
def test_many_at_a_time_are_rounded_as_each_is_by_itself(values):
    rounded = tenths(np.array(values, dtype=np.float64))
    assert list(map(repr, rounded)) == [repr(round(value, 1)) for value in values]


@given(st.integers(-20_000, 20_000), st.sampled_from([0.0, 1e-9, -1e-9, 1e-13, -1e-13]))
def test_so_is_what_lies_in_the_middle_of_two(twentieths, off):
    value = twentieths / 20 + off
    assert tenths(np.array([value])) == [round(value, 1)]


@given(st.floats(-1e12, 1e12))
@example(702.5)
@example(-0.4)
@example(2.0**51 - 0.5)
def test_whole_numbers_without_a_call(value):
    assert repr(value + TO_WHOLE - TO_WHOLE) == repr(float(round(value)))
