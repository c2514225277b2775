"""Reading order in columns, and what is set into or over them."""

import pytest

from ingest import read_document

TEXT = (
    "Nämnden har under året prövat",
    "ett nytt arbetssätt i tre av",
    "stadsdelarna och vill gå vidare",
    "med det redan nästa vår.",
)


def column(x, y, lines=TEXT, leading=14):
    return [(x, y + leading * index, line) for index, line in enumerate(lines)]


def kinds(path):
    return [(block.kind, block.text) for block in read_document(path).blocks]


def test_a_pull_quote_set_into_a_column_parts_neither_column(write_pdf, typeset):
    left = column(60, 100, [f"vänster rad {n} med ord till kanten" for n in range(1, 21)])
    top = column(320, 106, [f"höger rad {n} med ord till kanten" for n in range(1, 7)])
    beside = column(420, 190, [f"smal rad {n}" for n in range(1, 7)])
    below = column(320, 274, [f"höger rad {n} med ord till kanten" for n in range(7, 13)])
    pull = typeset(
        (320, 195, "Det finns"), (320, 215, "inget lokalt"), (320, 235, "svar här"), size=16
    )
    found = kinds(write_pdf([typeset(*left, *top, *beside, *below) + pull]))
    assert [kind for kind, _text in found] == ["paragraph", "quote"]
    assert "vänster rad 20 med ord till kanten höger rad 1" in found[0][1]
    assert "höger rad 6 med ord till kanten smal rad 1" in found[0][1]
    assert "smal rad 6 höger rad 7" in found[0][1]
    assert found[1][1] == "Det finns inget lokalt svar här"


def test_a_short_heading_over_both_columns_parts_them(write_pdf, typeset):
    above = column(60, 100) + column(320, 100)
    below = column(60, 220) + column(320, 220)
    path = write_pdf(
        [typeset(*above, *below) + typeset((60, 190, "Slutsatser"), size=18, bold=True)]
    )
    assert [kind for kind, _text in kinds(path)] == ["paragraph"] * 2 + ["heading"] + [
        "paragraph"
    ] * 2


def test_a_heading_in_one_column_leaves_the_other_whole(write_pdf, typeset):
    left = column(60, 100) + column(60, 220)
    right = column(320, 100, TEXT * 3)
    path = write_pdf(
        [typeset(*left, *right) + typeset((60, 190, "Slutsatser"), size=18, bold=True)]
    )
    assert [kind for kind, _text in kinds(path)] == [
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_loose_rows_of_justified_columns_stay_in_their_columns(write_pdf, typeset):
    loose = [(60, 142, "Staden"), (138, 142, "vill"), (200, 142, "vidare")]
    left = [*column(60, 100, TEXT[:3]), *loose, *column(60, 156, TEXT[:3])]
    right = column(262, 100, [*TEXT[:3], *TEXT[:4]])
    found = kinds(write_pdf([typeset(*left, *right)]))
    assert " ".join(text for _kind, text in found) == " ".join(
        [*TEXT[:3], "Staden vill vidare", *TEXT[:3], *TEXT[:3], *TEXT[:4]]
    )


def test_a_heading_that_the_text_repeats_is_no_pull_quote(write_pdf, typeset):
    heading = typeset((60, 80, "Samverkan mellan flera stadsdelar"), size=13)
    left = column(60, 104, ["Samverkan mellan flera", "stadsdelar är viktig för alla.", *TEXT])
    path = write_pdf([heading + typeset(*left, *column(320, 76, TEXT * 2))])
    assert kinds(path)[0] == ("heading", "Samverkan mellan flera stadsdelar")


def levels(path):
    return [(b.text, b.level) for b in read_document(path).blocks if b.kind == "heading"]


def test_a_small_heading_right_below_a_chapter_keeps_its_level(write_pdf, typeset):
    def part(y, *headings):
        stream = ""
        for text, size in headings:
            stream += typeset((72, y, text), size=size, bold=True)
            y += 24
        return stream + typeset(*column(72, y))

    pages = [
        part(80, ("Kapitel A", 18), ("Liten ett", 11))
        + part(240, ("Avsnitt a", 14), ("Liten två", 11)),
        part(80, ("Kapitel B", 18), ("Liten tre", 11))
        + part(240, ("Avsnitt b", 14), ("Liten fyra", 11)),
    ]
    found = dict(levels(write_pdf(pages)))
    assert {found[text] for text in found if text.startswith("Liten")} == {3}
    assert found["Kapitel A"] == 1


def test_the_title_on_a_cover_opens_no_level(write_pdf, typeset):
    cover = typeset((72, 300, "En plan för staden"), size=30)
    first = typeset((72, 80, "Inledning"), size=18) + typeset(*column(72, 110, TEXT * 2))
    second = typeset((72, 80, "Mål"), size=18) + typeset(*column(72, 110, TEXT * 2))
    found = dict(levels(write_pdf([cover, first, second])))
    assert found["Inledning"] == found["Mål"] == 1


def test_a_year_in_a_running_head_is_no_page_number_and_no_text(write_pdf, typeset):
    pages = [typeset((500, 40, "2024")) + typeset(*column(72, 100 + 20 * n)) for n in range(5)]
    assert [text for kind, text in kinds(write_pdf(pages)) if kind == "header"] == ["2024"] * 5


def test_a_footnote_whose_number_touches_its_text_is_a_footnote(write_pdf, typeset):
    path = write_pdf(
        [typeset(*column(72, 100)) + typeset((72, 780, "1Enligt uppgift från staden."), size=8)]
    )
    block = read_document(path).blocks[-1]
    assert (block.kind, block.number, block.text) == (
        "footnote",
        "1",
        "Enligt uppgift från staden.",
    )


def test_the_gutter_beside_a_heading_in_larger_type_is_as_wide_as_the_text_s(write_pdf, typeset):
    left = [(72, 100 + 12 * row, "Nämnden prövar ett nytt arbetssätt i tre av") for row in range(9)]
    right = [(338, 100 + 12 * row, "Erfarenheterna är goda men tiden kort nog") for row in range(9)]
    heading = (72, 100 + 12 * 9, "Samverkan med grannarna i staden")
    text = typeset(*left, *right, (338, heading[1], "för att dra säkra slutsatser."), size=11)
    path = write_pdf([f"{text} {typeset(heading, size=16)}"])
    found = [block.text for block in read_document(path).blocks]
    assert not any("i staden" in text and "slutsatser" in text for text in found)


def test_a_heading_alone_at_its_height_in_a_later_column_is_that_column_s(write_pdf, typeset):
    left = [(60, 100 + 12 * row, "Nämnden prövar ett nytt sätt") for row in range(6)]
    left += [(60, 206 + 12 * row, "Till vänster går texten vidare") for row in range(6)]
    right = [(320, 100 + 12 * row, "Erfarenheterna är goda men få") for row in range(5)]
    right += [(320, 208 + 12 * row, "Till höger börjar ett avsnitt") for row in range(6)]
    heading = typeset((320, 190, "Stadens budget"), size=14, bold=True)
    path = write_pdf([f"{typeset(*left)} {typeset(*right)} {heading}"])
    text = " ".join(block.text for block in read_document(path).blocks)
    assert text.index("Till vänster") < text.index("Stadens budget") < text.index("Till höger")


def test_a_heading_in_the_margin_stands_before_the_text_beside_it(write_pdf, typeset):
    text = [*column(200, 100, TEXT * 2), *column(200, 240, TEXT * 2)]
    heads = typeset((60, 100, "Bakgrund"), (60, 240, "Metod"), bold=True)
    found = kinds(write_pdf([heads + typeset(*text)]))
    assert [kind for kind, _text in found if kind != "paragraph"] == ["heading", "heading"]
    assert [text for kind, text in found if kind == "heading"] == ["Bakgrund", "Metod"]
    assert found[0] == ("heading", "Bakgrund")
    assert found.index(("heading", "Metod")) > 1


def test_notes_in_the_margin_do_not_part_the_text(write_pdf, typeset):
    lines = [f"rad {n} av en text som går vidare i nästa rad" for n in range(1, 13)]
    note = typeset((60, 142, "Se även"), (60, 151, "avsnitt 3"), size=7)
    found = kinds(write_pdf([note + typeset(*column(200, 100, lines))]))
    assert (len(found), found[-1][1].count("rad 12")) == (2, 1)


def test_double_spaced_lines_are_one_paragraph(write_pdf, typeset):
    path = write_pdf([typeset(*column(72, 100, TEXT * 4, leading=23))] * 2)
    assert kinds(path) == [("paragraph", " ".join(TEXT * 4))] * 2


def test_a_bullet_that_stands_higher_than_its_text_is_its_own(write_pdf, typeset):
    other = typeset((320, 98.4, "text i spalten bredvid som går vidare"))
    item = typeset((72, 100, "•")) + typeset((82, 101, "pröva nya vägar"), (82, 115, "i staden."))
    found = kinds(write_pdf([other + item]))
    assert ("list_item", "pröva nya vägar i staden.") in found


def test_a_frame_drawn_inside_out_is_a_box(write_pdf, typeset):
    frame = "70 700 m 520 700 l 520 750 l 70 750 l h 68 698 m 522 698 l 522 752 l 68 752 l h f* "
    inside = typeset(*column(80, 106, TEXT[:2]))
    found = kinds(write_pdf([frame + inside + typeset(*column(72, 180, TEXT * 2))]))
    assert found[0] == ("aside", " ".join(TEXT[:2]))


def test_lists_in_two_columns_under_headings_in_bold_are_no_table(write_pdf, typeset):
    left = ["Räkna träden", "Informera", "Följ upp varje åtgärd på hösten", "Mät"]
    right = ["Samordna", "Stöd dem", "Sprid kunskap om skugga i parker", "Larma"]
    placed = [
        item
        for x, indent, texts in ((72, 11, left), (320, 14, right))
        for row, text in enumerate(texts)
        for item in ((x, 120 + 15 * row, "\u2022"), (x + indent, 120 + 15 * row, text))
    ]
    heads = typeset((72, 100, "Lokal nivå"), (320, 100, "Nationell nivå"), bold=True)
    path = write_pdf([f"{heads} {typeset(*placed)}"])
    assert [text for kind, text in kinds(path) if kind == "list_item"] == left + right


def rules(x0, top, x1, bottom, *levels):
    """Return a box of four rules, and rules across it at ``levels`` from the page's top."""
    across = [(x0, y, x1 - x0, 0.8) for y in (top, *levels, bottom)]
    up = [(x, bottom, 0.8, bottom - top) for x in (x0, x1)]
    return " ".join(f"{x} {842 - y} {w} {h} re f" for x, y, w, h in (*across, *up))


def test_a_box_of_four_rules_sets_its_text_apart_but_for_proposals(write_pdf, typeset):
    text = typeset(*column(72, 100), *column(72, 260))
    inside = typeset((80, 176, "Så minns de boende sommaren"), (80, 190, "då husen var för varma."))
    aside = kinds(write_pdf([f"{text} {inside} {rules(72, 162, 400, 196)}"]))
    assert ("aside", "Så minns de boende sommaren då husen var för varma.") in aside
    own = typeset(
        (80, 176, "Utredningens förslag: Varje kommun"), (80, 190, "ska ha en värmeplan.")
    )
    found = kinds(write_pdf([f"{text} {own} {rules(72, 162, 400, 196)}"]))
    assert ("paragraph", "Utredningens förslag: Varje kommun ska ha en värmeplan.") in found


def test_a_table_of_one_column_and_several_rows_is_text(write_pdf, typeset):
    rows = [(80, 120 + 20 * n, f"Andel boende i hus {n} som har svala rum") for n in range(4)]
    frame = rules(72, 106, 400, 186, 126, 146, 166)
    found = kinds(write_pdf([f"{typeset(*rows, *column(72, 220))} {frame}"]))
    assert not [text for kind, text in found if kind == "aside"]


@pytest.mark.parametrize("marks", ["–" * 8, "abcdefgh"])
def test_a_marker_in_a_later_column_stands_with_its_text(write_pdf, typeset, marks):
    signs = [mark if mark == "–" else f"{mark})" for mark in marks]
    left = [(60, 100 + 14 * row, "Nämnden prövar ett nytt sätt") for row in range(8)]
    right = [(320, 100 + 14 * row, sign) for row, sign in enumerate(signs)]
    right += [(350, 100 + 14 * row, "Kommunen har en egen uppgift") for row in range(8)]
    found = kinds(write_pdf([typeset(*left, *right)]))
    items = [text for kind, text in found if kind == "list_item"]
    assert items == ["Kommunen har en egen uppgift"] * 8
