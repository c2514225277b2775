import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.rounding import tenths


@given(st.lists(st.floats(-1e12, 1e12)))
@example([0.05, 0.15, 0.25, 0.35, 2.675, 1e300, -0.04, 123.45, 512.25])
def test_many_at_a_time_are_rounded_as_each_is_by_itself(values):
    rounded = tenths(np.array(values, dtype=np.float64))
    assert list(map(repr, rounded)) == [repr(round(value, 1)) for value in values]


@given(st.integers(-20_000, 20_000), st.sampled_from([0.0, 1e-9, -1e-9, 1e-13, -1e-13]))
def test_so_is_what_lies_in_the_middle_of_two(twentieths, off):
    value = twentieths / 20 + off
    assert tenths(np.array([value])) == [round(value, 1)]
