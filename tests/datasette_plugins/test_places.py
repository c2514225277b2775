from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Box
from datasette_plugins.places import (
    CLIP_MARGIN,
    CLIP_WIDTH,
    clip_regions,
    cut_at_quotes,
    find_quote,
    read_boxes,
    text_lines,
)


def lines(*widths, page=1):
    return [
        Box(page, 50.0, 20.0 * number, 50.0 + width, 20.0 * number + 12)
        for number, width in enumerate(widths)
    ]


def test_boxes_are_read_from_json():
    assert read_boxes("[[2,1.0,2.5,3.0,4.0]]") == (Box(2, 1.0, 2.5, 3.0, 4.0),)
    assert read_boxes("[]") == read_boxes(None) == ()


def test_text_is_spread_by_the_width_of_its_lines():
    spread = text_lines("aaaa bbbb cccc dddd eeee", lines(100, 100, 50))
    assert [line.text for line in spread] == ["aaaa bbbb", "cccc dddd", "eeee"]


@given(st.lists(st.text("abcåäö", min_size=1), max_size=40), st.lists(st.integers(1, 500)))
def test_no_word_is_lost_or_moved(words, widths):
    spread = text_lines(" ".join(words), lines(*widths))
    if widths:
        assert " ".join(line.text for line in spread).split() == words


def test_clipping_is_the_hull_with_a_margin_inside_the_page():
    boxes = [Box(1, 100, 200, 300, 212), Box(1, 80, 220, 310, 232), Box(2, 5, 5, 590, 17)]
    first, second = clip_regions(boxes, {1: (595.0, 842.0), 2: (595.0, 842.0)})
    assert (first.x0, first.top) == (80 - CLIP_MARGIN, 200 - CLIP_MARGIN)
    assert (first.width, first.bottom) == (CLIP_WIDTH, 232 + CLIP_MARGIN)
    assert (second.x0, second.top, second.x1) == (0.0, 0.0, 595.0)


def test_clipping_of_a_short_line_at_the_right_stays_on_the_page():
    (region,) = clip_regions([Box(1, 500, 200, 580, 212)], {1: (595.0, 842.0)})
    assert (region.x1, region.width) == (595.0, CLIP_WIDTH)
    (narrow,) = clip_regions([Box(1, 50, 200, 80, 212)], {1: (100.0, 300.0)})
    assert (narrow.x0, narrow.x1) == (0.0, 100.0)


def test_page_without_size_has_no_clipping():
    assert clip_regions(lines(100), {}) == ()


def test_quote_is_found_over_line_ends_and_hyphens():
    text = "Rubrik\nDe ska sam-\nordna  arbetet\u00ad.\nSlut"
    start, end = find_quote(text, "De ska samordna arbetet.")
    assert text[start:end] == "De ska sam-\nordna  arbetet\u00ad."
    assert find_quote(text, "finns inte") is None
    assert find_quote(text, " ") is None


def test_text_is_cut_at_quotes_and_overlaps_keep_the_first():
    pieces = cut_at_quotes("Ett två tre fyra", [("b", "tre fyra"), ("a", "två tre"), ("c", "nix")])
    assert pieces == (("Ett ", None), ("två tre", "a"), (" fyra", None))
