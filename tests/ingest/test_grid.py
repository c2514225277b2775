"""The grid of a table: what lies beside a line is found without a look at everything else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.drafts import is_contents_line
from ingest.grid import Standing
from ingest.sidebyside import SAME_RULE, Rule

TENTHS = st.integers(0, 600).map(lambda tenths: tenths / 10)
UPRIGHTS = st.lists(
    st.tuples(TENTHS, TENTHS, TENTHS).map(lambda t: (t[0], min(t[1:]), max(t[1:]))), max_size=12
)
PARTS = st.lists(st.tuples(TENTHS, TENTHS).map(lambda p: (min(p), max(p))), max_size=4)


@given(UPRIGHTS, TENTHS, st.floats(0, 20))
def test_rules_beside_a_line_are_those_that_a_look_at_each_finds(
    uprights: list[tuple[float, float, float]], base: float, reach: float
) -> None:
    looked_at = sorted(x for x, top, bottom in uprights if top < base < bottom + reach)
    assert Standing(uprights).beside(base, reach) == looked_at


@given(PARTS, st.lists(TENTHS, max_size=8).map(sorted))
def test_a_rule_covers_the_places_at_which_one_of_its_parts_is_drawn(
    parts: list[tuple[float, float]], places: list[float]
) -> None:
    rule = Rule(0.0, 0.0, 60.0, tuple(parts))
    drawn = {
        index
        for index, x in enumerate(places)
        if any(low - SAME_RULE <= x <= high + SAME_RULE for low, high in parts)
    }
    assert set(rule.covered(places)) == drawn


def test_dots_that_lead_to_a_page_make_a_line_of_contents() -> None:
    for line in ("Inledning ........ 7", "Förord . . . . . iv", "Bilagor ……12", "Noter ____3"):
        assert is_contents_line(line), line
    for line in ("Vi såg 7", "Stöd till", "Kap. 7", "Förord ........", "... och så vidare till 5"):
        assert not is_contents_line(line), line
