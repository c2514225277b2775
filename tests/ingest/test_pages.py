from pathlib import Path

import pytest

from corpus.errors import UnreadableDocument
from ingest.drawings import Mark
from ingest.pages import PageContent, PageWord, Style, open_pdf, read_pages


def read(path: Path) -> list[PageContent]:
    document = open_pdf(path, path.name)
    pages = list(read_pages(document))
    document.close()
    return pages


def texts(page: PageContent) -> list[str]:
    return [word.text for word in page.words]


def test_words_have_edges_baseline_and_style_from_the_top_left(write_pdf):
    page = read(write_pdf(["BT /F2 20 Tf 1 0 0 rg 100 700 Td (Rubrik ett) Tj ET"]))[0]
    first, second = page.words
    assert (first.text, second.text) == ("Rubrik", "ett")
    assert first.x0 == pytest.approx(100, abs=2)
    assert first.base == pytest.approx(142, abs=0.1)
    assert first.style == Style("Helvetica-Bold", 20.0, bold=True, color=0xFF0000)
    assert second.x0 > first.x1
    assert (page.width, page.height) == (595.0, 842.0)


def test_rotation_and_crop_box_are_taken_out_of_the_coordinates(write_pdf):
    stream = "BT /F1 10 Tf 0 1 -1 0 300 200 Tm (Vriden) Tj ET"
    (word,) = read(write_pdf([stream], extra="/Rotate 90 /CropBox [50 100 545 742]"))[0].words
    assert word.turn == 0
    assert word.x0 == pytest.approx(100, abs=1)
    assert word.base == pytest.approx(250, abs=1)


def test_the_direction_of_turned_text_is_told(write_pdf):
    stream = "BT /F1 10 Tf 0 1 -1 0 30 200 Tm (Marginal) Tj ET BT /F1 10 Tf 99 99 Td (Text) Tj ET"
    assert [word.turn for word in read(write_pdf([stream]))[0].words] == [1, 0]


def test_letters_printed_twice_for_fake_bold_are_one(write_pdf):
    twice = "".join(f"BT /F1 12 Tf {x} 500 Td (Beslut) Tj ET " for x in (100, 100.3))
    assert texts(read(write_pdf([twice]))[0]) == ["Beslut"]


def test_double_letters_of_a_word_are_kept(write_pdf):
    stream = "BT /F1 12 Tf 100 500 Td (allt till ett) Tj ET"
    assert texts(read(write_pdf([stream]))[0]) == ["allt", "till", "ett"]


def test_a_gap_without_a_space_parts_words_and_kerning_does_not(write_pdf):
    stream = "BT /F1 12 Tf 100 500 Td [(Av) 80 (tal) -600 (om)] TJ ET"
    assert texts(read(write_pdf([stream]))[0]) == ["Avtal", "om"]


def test_rules_and_tinted_boxes_are_told_apart(write_pdf):
    stream = (
        "0.9 0.8 0.8 rg 90 480 300 60 re f 0 g 90 300 300 0.5 re f "
        "BT /F1 12 Tf 100 520 Td (Rad ett) Tj 0 -15 Td (Rad tv) Tj ET "
        "BT /F1 12 Tf 100 700 Td (Text) Tj ET"
    )
    page = read(write_pdf([stream]))[0]
    assert [mark.is_level for mark in page.marks] == [False, True]
    (box,) = page.boxes()
    assert (box.x0, box.top, box.x1, box.bottom) == (90.0, 302.0, 390.0, 362.0)


def test_a_border_drawn_as_two_rectangles_is_the_rules_of_its_sides(write_pdf):
    page = read(write_pdf(["0 g 100 500 200 80 re 103 500 197 80 re f*"]))[0]
    (side,) = page.marks
    assert side.is_upright
    assert (side.x0, side.x1) == (100.0, 103.0)


@pytest.mark.parametrize("color", [0xFFFFFF, 0xFAFAFB])
def test_a_white_area_is_no_box(color):
    words = tuple(
        PageWord("rad", 110.0, 140.0, base, Style("F", 10.0)) for base in (110.0, 125.0, 400.0)
    )
    page = PageContent(1, 595.0, 842.0, words=words)
    area = Mark(100.0, 95.0, 300.0, 140.0, filled=True, color=color)
    assert page._replace(marks=(area,)).boxes() == []
    assert len(page._replace(marks=(area._replace(color=0xDDEEFF),)).boxes()) == 1


def test_the_pages_text_is_kept_as_it_stands(write_pdf):
    page = read(write_pdf(["BT /F1 12 Tf 100 500 Td (Hela texten) Tj ET"]))[0]
    assert page.text.strip() == "Hela texten"


def test_a_damaged_file_is_told(tmp_path):
    path = tmp_path / "trasig.pdf"
    path.write_bytes(b"%PDF-1.7\ntrasig")
    with pytest.raises(UnreadableDocument, match="damaged") as caught:
        read(path)
    assert caught.value.kind == "broken"
