"""Underlined lines, and small capitals whose letters are small in the text."""

from ingest import read_document

TEXT = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre",
    "av stadsdelarna. Erfarenheterna är goda, men tiden har",
    "varit för kort för att dra säkra slutsatser av försöket.",
)


def column(x, y, leading=14):
    return [(x, y + leading * index, line) for index, line in enumerate(TEXT)]


def rule(x0, x1, y, thickness=0.6):
    return f"{x0} {842 - y} {x1 - x0} {thickness} re f "


def headings(path):
    return [block.text for block in read_document(path).blocks if block.kind == "heading"]


def test_an_underlined_line_heads_the_text_right_below(write_pdf, typeset):
    lines = typeset(*column(72, 100), (72, 156, "Uppdrag"), *column(72, 170))
    path = write_pdf([lines + " " + rule(72, 114, 158)])
    assert headings(path) == ["Uppdrag"]


def test_rules_under_some_words_or_far_below_make_no_heading(write_pdf, typeset):
    lines = typeset(*column(72, 100), (72, 156, "Uppdrag och syfte"), *column(72, 170))
    assert headings(write_pdf([lines + " " + rule(72, 114, 158)])) == []
    far = typeset(*column(72, 100), (72, 156, "Uppdrag"), *column(72, 186))
    assert headings(write_pdf([far + " " + rule(72, 114, 163)])) == []


def test_underlined_headings_stand_below_those_in_italics_and_bold(write_pdf, typeset):
    bold = typeset((72, 80, "Bakgrund"), bold=True)
    lines = typeset(*column(72, 94), (72, 150, "Uppdrag"), *column(72, 164))
    blocks = read_document(write_pdf([f"{bold} {lines} {rule(72, 114, 152)}"])).blocks
    assert [block.level for block in blocks if block.kind == "heading"] == [1, 2]


def test_small_capitals_drawn_of_small_letters_are_a_heading(write_pdf, typeset):
    large = typeset((72, 100, "S"), size=11)
    small = typeset((79.4, 100, "amverkan med grannar"), size=7.7)
    path = write_pdf([large + " " + small + " " + typeset(*column(72, 116), *column(72, 180))])
    assert headings(path) == ["Samverkan med grannar"]


def test_headings_with_numbers_stand_above_underlined_ones_of_their_weight(write_pdf, typeset):
    numbered = [
        typeset((72, 80, "1 Bakgrund"), bold=True),
        typeset((72, 150, "1.1 Uppdraget i korthet")),
        typeset((72, 290, "1.2 Metod och avgränsning")),
    ]
    text = typeset(*column(72, 94), *column(72, 164), (72, 220, "Urval"), *column(72, 234))
    more = typeset(*column(72, 304))
    path = write_pdf([" ".join([*numbered, text, more, rule(72, 98, 222)])])
    blocks = read_document(path).blocks
    assert [block.level for block in blocks if block.kind == "heading"] == [1, 2, 3, 2]
