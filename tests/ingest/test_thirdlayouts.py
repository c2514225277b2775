"""What a third set of invented layouts showed: heads in the margin, minutes, dotted rules."""

from ingest import read_document
from ingest.numbering import heading_number, list_marker

TEXT = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre",
    "av stadsdelarna. Erfarenheterna är goda, men tiden har",
    "varit för kort för att dra säkra slutsatser av försöket.",
)
OTHER_FONTS = {"italic": b"Times-Italic  ", "serif": b"Times-Roman   "}


def column(x, y, lines=TEXT, leading=14):
    return [(x, y + leading * index, line) for index, line in enumerate(lines)]


def kinds(path):
    return [(block.kind, block.text) for block in read_document(path).blocks]


def levels(path):
    blocks = read_document(path).blocks
    return [(block.text, block.level) for block in blocks if block.kind == "heading"]


def in_other_font(path, name):
    """Set a file's bold type in another font."""
    path.write_bytes(path.read_bytes().replace(b"Helvetica-Bold", OTHER_FONTS[name]))
    return path


def test_a_section_sign_before_a_number_numbers_a_heading_and_is_no_bullet(write_pdf, typeset):
    assert heading_number("§ 118 Val av ordförande") == ("§ 118", "Val av ordförande")
    assert list_marker("§ 118 Val av ordförande") is None
    assert list_marker("§ pröva om lokalerna räcker") is not None
    heads = typeset((72, 80, "§ 118 Val av ordförande"), (72, 180, "§ 119 Budget"), bold=True)
    text = typeset(*column(72, 100), *column(72, 200))
    blocks = read_document(write_pdf([heads + text])).blocks
    found = [(block.number, block.level) for block in blocks if block.kind == "heading"]
    assert found == [("§ 118", 1), ("§ 119", 1)]


def test_the_dots_of_a_rule_hide_no_drawn_bullets(write_pdf, typeset):
    dots = "".join(f"{60 + 2 * place} 760 1 1 re f " for place in range(200))
    bullets = "".join(f"76 {842 - y + 1.8} 3 3 re f " for y in (120, 135))
    items = typeset((88, 120, "Utred svalare lokaler."), (88, 135, "Följ upp varje höst."))
    found = kinds(write_pdf([dots + bullets + items]))
    assert found == [
        ("list_item", "Utred svalare lokaler."), ("list_item", "Följ upp varje höst."),
    ]  # fmt: skip


def test_two_heads_in_the_margin_head_the_text_that_the_first_stands_beside(write_pdf, typeset):
    text = [*column(200, 100), *column(200, 220)]
    heads = typeset((60, 100, "Skolan"), size=13, bold=True)
    heads += typeset((60, 114, "Lokaler"), (60, 220, "Lärare"), bold=True)
    found = kinds(write_pdf([heads + typeset(*text)]))
    whole = " ".join(TEXT)
    assert found == [
        ("heading", "Skolan"), ("heading", "Lokaler"), ("paragraph", whole),
        ("heading", "Lärare"), ("paragraph", whole),
    ]  # fmt: skip


def test_a_head_in_the_margin_may_be_as_tall_as_its_text(write_pdf, typeset):
    lines = ("Samverkan", "med skolor,", "föreningar,", "företag", "och andra")
    heads = typeset((60, 100, "Läget"), *column(60, 200, lines), bold=True)
    text = typeset(*column(200, 100), *column(200, 200, TEXT * 2))
    found = kinds(write_pdf([heads + text]))
    assert [text for kind, text in found if kind == "heading"] == ["Läget", " ".join(lines)]


def test_a_head_of_one_line_near_its_text_stands_in_the_margin(write_pdf, typeset):
    head = typeset((60, 100, "Ungas fritid på landet"), bold=True)
    page = typeset(*column(60, 400, TEXT * 2)) + head + typeset(*column(190, 100))
    assert kinds(write_pdf([page]))[:2] == [
        ("heading", "Ungas fritid på landet"), ("paragraph", " ".join(TEXT)),
    ]  # fmt: skip


def test_heads_in_italics_are_parted_by_more_than_a_space(write_pdf, typeset):
    heads = (("Bakgrund", 48), ("Läget", 30), ("Mål", 20))
    for gap, expected in ((11, [head for head, _width in heads]), (3, [])):
        page = "".join(
            typeset((72, 100 + 60 * place, head), bold=True)
            + typeset((72 + width + gap, 100 + 60 * place, "Nämnden har prövat ett nytt sätt"))
            + typeset(*column(72, 114 + 60 * place, TEXT[1:]))
            for place, (head, width) in enumerate(heads)
        )
        path = in_other_font(write_pdf([page]), "italic")
        assert [text for text, _level in levels(path)] == expected


def test_headings_in_another_font_run_over_two_lines_and_end_with_numbers(write_pdf, typeset):
    heads = (
        ("3.1 Skolans lokaler",),
        ("Platser som alla ska kunna nå och", "ha i staden"),
        ("Målen",),
    )
    page = "".join(
        typeset(*column(72, 100 + 110 * place, head), bold=True)
        + typeset(*column(72, 140 + 110 * place))
        for place, head in enumerate(heads)
    )
    found = levels(in_other_font(write_pdf([page]), "serif"))
    assert [text for text, _level in found] == [
        "Skolans lokaler", "Platser som alla ska kunna nå och ha i staden", "Målen",
    ]  # fmt: skip


def test_heads_run_in_stand_below_the_deepest_numbers_of_one_type(write_pdf, typeset):
    numbered = ("1.1 Läget", "1.1.1 Elever", "1.2 Förslag", "1.2.1 Lärare", "1.3 Kostnader")
    page = "".join(
        typeset((72, 80 + 70 * place, text), size=13, bold=True)
        + typeset(*column(72, 98 + 70 * place))
        for place, text in enumerate(numbered)
    )
    page += "".join(
        typeset((72, 450 + 60 * place, f"{head}."), bold=True)
        + typeset((72 + width, 450 + 60 * place, "Nämnden har prövat ett nytt sätt"))
        + typeset(*column(72, 464 + 60 * place, TEXT[1:]))
        for place, (head, width) in enumerate((("Böcker", 50), ("Datorer", 50), ("Mat", 32)))
    )
    found = dict(levels(write_pdf([page])))
    assert (found["Förslag"], found["Lärare"], found["Böcker"], found["Mat"]) == (2, 3, 4, 4)
