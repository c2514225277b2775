from itertools import pairwise

import pytest

from ingest.manycalls import SLOTS
from ingest.pages import open_pdf, read_pages

ROWS, PER_ROW = 20, 18


def words_of(path):
    document = open_pdf(path, path.name)
    words = [word for page in read_pages(document) for word in page.words]
    document.close()
    return words


def test_a_page_may_hold_more_letters_than_are_asked_for_at_a_time(write_pdf):
    line = "BT /F1 4 Tf 20 {} Td (" + "remissinstanser " * PER_ROW + ") Tj ET "
    words = words_of(write_pdf(["".join(line.format(800 - 8 * row) for row in range(ROWS))]))
    assert len(words) * len("remissinstanser") > SLOTS
    assert {word.text for word in words} == {"remissinstanser"}
    rows = [words[PER_ROW * row : PER_ROW * (row + 1)] for row in range(ROWS)]
    for row, below in pairwise(rows):
        assert [word.x0 for word in row] == [word.x0 for word in below]
        assert below[0].base - row[0].base == pytest.approx(8)


def test_an_empty_page_after_a_full_one_has_no_letters(write_pdf):
    path = write_pdf(
        ["BT /F1 12 Tf 100 500 Td (Yttrande) Tj ET", "", "BT /F1 9 Tf 9 9 Td ( ) Tj ET"]
    )
    assert [word.text for word in words_of(path)] == ["Yttrande"]


def test_a_hyphen_at_a_lines_end_is_a_hyphen_in_text_of_plain_letters(write_pdf):
    stream = "BT /F1 12 Tf 100 500 Td (kommun-) Tj 0 -14 Td (styrelsen) Tj ET"
    assert [word.text for word in words_of(write_pdf([stream]))] == ["kommun-", "styrelsen"]


def test_each_colour_and_size_of_one_font_is_a_style_of_its_own(write_pdf):
    red = "1 0 0 rg (två ) Tj /F2 12 Tf (tre ) Tj /F1 9 Tf (fyra) Tj"
    stream = f"BT /F1 12 Tf 100 500 Td (ett ) Tj {red} ET"
    styles = [word.style for word in words_of(write_pdf([stream]))]
    assert [(style.size, style.bold, style.color) for style in styles] == [
        (12, False, 0),
        (12, False, 0xFF0000),
        (12, True, 0xFF0000),
        (9, False, 0xFF0000),
    ]
