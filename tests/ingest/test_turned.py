import pytest

from corpus.models import Block, Box, Line, Word
from ingest.turned import Turned, with_shown_boxes


def test_a_page_on_its_side_has_its_boxes_along_the_side():
    turned = Turned(90.0, 842.0, 595.0)
    assert turned.upright == (595.0, 842.0)
    assert turned.shown(Box(1, 100, 50, 300, 60)) == Box(1, 50, 295, 60, 495)


def test_a_page_upside_down():
    assert Turned(180.0, 600.0, 800.0).shown(Box(1, 0, 0, 10, 20)) == Box(1, 590, 780, 600, 800)


def test_a_page_askew_gets_boxes_that_hold_the_slanting_line():
    box = Turned(1.0, 600.0, 800.0).shown(Box(1, 100, 400, 500, 410))
    assert box.top < 399
    assert box.bottom > 411
    assert (box.x0, box.x1) == pytest.approx((100, 500), abs=0.3)


def test_only_the_pages_that_are_turned_change():
    lines = tuple(Line(0, 3, Box(page, 100, 50, 300, 60), (Word(0, 100, 300),)) for page in (1, 2))
    (block,) = with_shown_boxes([Block("b", "paragraph", "Hej", 1, 1, lines=lines)], {
        2: Turned(90.0, 842.0, 595.0)
    })  # fmt: skip
    assert block.lines[0] == lines[0]
    assert block.lines[1].box == Box(2, 50, 295, 60, 495)
    assert not block.lines[1].words
