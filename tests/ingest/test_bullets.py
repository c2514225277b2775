"""Bullets that are drawn as shapes, as browsers do when they print to PDF."""

from ingest import read_document

ITEMS = (
    "Utred svalare lokaler.",
    "Informera de äldre i tid.",
    "Följ upp varje höst.",
)
MANY_WORDS = 4100


def drawn(x, y, side=3.0):
    """Return a filled square with its upper left corner at ``(x, y)`` from the page's top left."""
    return f"{x} {842 - y - side} {side} {side} re f "


def listed(typeset, x=72, y=120):
    """Return a list of ``ITEMS`` with drawn bullets."""
    shapes = [drawn(x + 4, y + 15 * row - 4.8) for row in range(len(ITEMS))]
    lines = [(x + 16, y + 15 * row, text) for row, text in enumerate(ITEMS)]
    return "".join(shapes) + typeset(*lines)


def items(path):
    return [block.text for block in read_document(path).blocks if block.kind == "list_item"]


def test_small_shapes_before_lines_are_the_bullets_of_a_list(write_pdf, typeset):
    lead = typeset((72, 100, "Nämnden ska göra detta under det kommande året:"))
    path = write_pdf([lead + " " + listed(typeset)])
    assert items(path) == list(ITEMS)


def test_the_box_of_an_item_begins_with_its_text_not_with_its_bullet(write_pdf, typeset):
    document = read_document(write_pdf([listed(typeset)]))
    assert {round(block.boxes[0].x0) for block in document.blocks} == {88}


def test_drawn_bullets_begin_the_lines_of_each_column(write_pdf, typeset):
    columns = (listed(typeset, x) for x in (60, 240, 420))
    assert items(write_pdf([" ".join(columns)])) == 3 * list(ITEMS)


def test_a_shape_inside_a_line_or_as_large_as_the_type_is_no_bullet(write_pdf, typeset):
    inside = typeset((72, 100, "Kostnad")) + drawn(130, 95) + typeset((140, 100, "per invånare"))
    legend = drawn(72, 192, side=9.0) + typeset((88, 200, "Antal varma dagar"))
    assert items(write_pdf([f"{inside} {legend}"])) == []


def test_bullets_are_found_on_a_page_of_thousands_of_words_set_one_by_one(write_pdf, typeset):
    dots = " ".join(
        typeset((40 + index % 60 * 8, 300 + index // 60 * 7, "a"), size=6)
        for index in range(MANY_WORDS)
    )
    assert items(write_pdf([f"{listed(typeset)} {dots}"])) == list(ITEMS)
