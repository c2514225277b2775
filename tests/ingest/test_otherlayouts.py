"""What other offices' layouts do: small capitals, bare numbers, lone running heads, odd columns."""

from ingest import read_document

TEXT = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre",
    "av stadsdelarna. Erfarenheterna är goda, men tiden har",
    "varit för kort för att dra säkra slutsatser av försöket.",
)


def column(x, y, lines=TEXT, leading=14):
    return [(x, y + leading * index, line) for index, line in enumerate(lines)]


def kinds(path):
    return [(block.kind, block.text) for block in read_document(path).blocks]


def headings(path):
    return [
        (block.number, block.text)
        for block in read_document(path).blocks
        if block.kind == "heading"
    ]


def test_small_capitals_of_two_sizes_are_one_heading(write_pdf, typeset):
    large = typeset((72, 100, "3.1 S"), size=11)
    small = typeset(
        (97.7, 100, "AMVERKAN MED SOCIALTJÄNSTEN OCH DESS"), (72, 114, "GRANNAR"), size=8.8
    )
    path = write_pdf([large + small + typeset(*column(72, 132), *column(72, 190))])
    assert headings(path) == [("3.1", "SAMVERKAN MED SOCIALTJÄNSTEN OCH DESS GRANNAR")]


def test_capitals_of_one_word_head_the_text_right_below(write_pdf, typeset):
    path = write_pdf([typeset(*column(72, 100), (72, 160, "BAKGRUND"), *column(72, 174))])
    assert headings(path) == [(None, "BAKGRUND")]
    assert len(read_document(path).blocks) == 3


def test_a_number_on_its_own_line_belongs_to_the_heading(write_pdf, typeset):
    head = typeset((200, 90, "4"), (160, 112, "Samlad bedömning"), size=18)
    path = write_pdf([head + typeset(*column(72, 150), *column(72, 210))])
    block = read_document(path).blocks[0]
    assert (block.kind, block.number, block.text) == ("heading", "4", "Samlad bedömning")
    assert len(block.boxes) == 1


def test_running_heads_of_left_and_right_pages_are_known_by_their_counting(write_pdf, typeset):
    right = typeset((300, 800, "Kommunens värmeplan 1"), size=8)
    left = typeset((72, 800, "2 Näckö kommun"), size=8)
    body = typeset(*column(72, 100), *column(72, 160))
    found = kinds(write_pdf([body + right, body + left]))
    assert [text for kind, text in found if kind == "footer"] == [
        "Kommunens värmeplan 1",
        "2 Näckö kommun",
    ]


def test_footnotes_that_count_over_pages_are_no_footers(write_pdf, typeset):
    body = typeset(*column(72, 100), *column(72, 160))
    notes = [typeset((72, 790, f"{n} Uppgift från förvaltning {n}."), size=8) for n in (1, 2)]
    found = kinds(write_pdf([body + note for note in notes]))
    assert not [text for kind, text in found if kind == "footer"]


def test_a_heading_that_comes_again_at_the_top_of_pages_is_no_running_head(write_pdf, typeset):
    def page(y):
        return typeset((72, y, "Bedömning"), bold=True) + typeset(*column(72, y + 16))

    path = write_pdf([page(80) + page(300), page(80) + page(400), page(80) + page(500)])
    assert len(headings(path)) == 6


def test_a_running_head_that_comes_once_does_not_tear_the_sentence(write_pdf, typeset):
    first = typeset(*column(72, 100), *column(72, 160, TEXT[:2]))
    second = typeset((300, 50, "Yttrande"), size=8) + typeset(*column(72, 100, TEXT[2:]))
    found = kinds(write_pdf([first, second]))
    assert ("header", "Yttrande") in found
    assert [text for kind, text in found if kind == "paragraph"] == [" ".join(TEXT)] * 2


def test_headings_below_the_contents_on_its_page_are_headings(write_pdf, typeset):
    contents = typeset((72, 80, "Innehåll"), size=16) + typeset(
        (72, 110, "1 Inledning ........ 3"), (72, 126, "2 Metod ........ 4")
    )
    heading = typeset((72, 170, "1 Inledning"), bold=True)
    path = write_pdf([contents + heading + typeset(*column(72, 188), *column(72, 250))])
    assert headings(path) == [(None, "Innehåll"), ("1", "Inledning")]


def test_text_at_the_margin_ends_a_hanging_item_that_fills_its_line(write_pdf, typeset):
    items = typeset(
        (72, 100, "•"), (84, 100, "pröva om uppdraget kan samlas hos en av nämnderna i"),
        (84, 114, "staden eller hos kommunstyrelsen"),
        (72, 128, "•"), (84, 128, "följa upp hur arbetet har gått i var och en av stadsdelarna"),
        (72, 142, TEXT[0]), (72, 156, TEXT[1]), (72, 170, TEXT[2]),
    )  # fmt: skip
    found = kinds(write_pdf([items]))
    assert [kind for kind, _text in found] == ["list_item", "list_item", "paragraph"]


def test_a_heading_above_the_right_column_stays_there(write_pdf, typeset):
    short = [line[:38] for line in TEXT] * 3
    left, right = column(60, 100, short), column(320, 106, short)
    heading = typeset((320, 80, "Utbildning"), bold=True, size=13)
    found = kinds(write_pdf([heading + typeset(*left, *right)]))
    assert [kind for kind, _text in found] == ["paragraph", "heading", "paragraph"]


def test_an_item_in_the_next_column_is_as_deep_as_in_the_first(write_pdf, typeset):
    items = [f"• den {n} åtgärden som nämnden ska vidta" for n in ("första", "andra", "tredje")]
    page = typeset(*column(60, 100, items), *column(320, 100, items))
    levels = {block.level for block in read_document(write_pdf([page])).blocks}
    assert levels == {1}


def test_colours_of_headings_rank_as_they_come(write_pdf, typeset):
    def page(chapter, section):
        red, blue, black = "0.8 0 0 rg ", " 0 0 0.8 rg ", " 0 g "
        return (
            red + typeset((72, 80, chapter)) + blue + typeset((72, 100, section))
            + black + typeset(*column(72, 118), *column(72, 180))
        )  # fmt: skip

    path = write_pdf([page("Kunskap", "Kurser"), page("Stöd", "Samtal")])
    levels = [block.level for block in read_document(path).blocks if block.kind == "heading"]
    assert levels == [1, 2, 1, 2]


def test_a_line_that_ends_with_a_preposition_or_hyphen_goes_on(write_pdf, typeset):
    heading = typeset((72, 80, "Stadsdelsnämnderna Norra-"), (72, 94, "Hamnen och"),
                      (72, 108, "Kvarnberget"), bold=True)  # fmt: skip
    path = write_pdf([heading + typeset(*column(72, 130), *column(72, 200))])
    assert headings(path) == [(None, "Stadsdelsnämnderna Norra-Hamnen och Kvarnberget")]


def test_a_heading_in_a_bar_of_its_own_is_a_heading(write_pdf, typeset):
    bar = "0.1 0.2 0.4 rg 66 722 460 52 re f 1 1 1 rg "
    heading = typeset(
        (72, 90, "En plan för arbetet med stadens"), (72, 110, "mindre stadsdelar"), size=16
    )
    text = " 0 0 0 rg " + typeset(*column(72, 150), *column(72, 220))
    found = kinds(write_pdf([bar + heading + text]))
    assert found[0] == ("heading", "En plan för arbetet med stadens mindre stadsdelar")


def test_a_box_of_small_type_is_an_aside(write_pdf, typeset):
    box = "0.9 0.9 0.9 rg 66 722 460 52 re f 0 0 0 rg "
    path = write_pdf(
        [box + typeset(*column(72, 90, TEXT[:2])) + typeset(*column(72, 150, TEXT * 2))]
    )
    assert [kind for kind, _text in kinds(path)] == ["aside", "paragraph"]


def test_text_in_colour_right_under_a_heading_leads_in_and_is_no_quote(write_pdf, typeset):
    heading = typeset((72, 80, "Före sommaren"), size=20)
    lead = " 0.6 0.2 0 rg " + typeset(
        (72, 106, "Det mesta kan göras i april, när det är svalt."), size=14
    )
    path = write_pdf([heading + lead + " 0 0 0 rg " + typeset(*column(72, 140), *column(72, 200))])
    assert [kind for kind, _text in kinds(path)][:2] == ["heading", "paragraph"]


def test_a_drop_capital_does_not_part_its_paragraph(write_pdf, typeset):
    beside = (
        "ämnden har under året prövat ett nytt arbetssätt i tre av stadens",
        "Delar. Erfarenheterna är goda, men tiden har varit alldeles för kort,",
        "och staden behöver ännu ett år för att dra säkra slutsatser av detta",
    )
    below = (72, 142, "arbete i nämnderna, i förvaltningarna och hos andra i staden.")
    lines = typeset(*column(106, 100, beside), below)
    path = write_pdf([typeset((72, 128, "N"), size=46) + lines])
    (block,) = read_document(path).blocks
    assert block.text.startswith("Nämnden har under året")
    assert block.text.endswith("andra i staden.")


def test_names_and_dates_far_apart_are_no_list(write_pdf, typeset):
    text = column(72, 100) + column(72, 160)
    ends = [(72, 250, "Stockholm den 27 juni 2013"), (72, 290, "Fredrik Alm")]
    found = kinds(write_pdf([typeset(*text, *ends)]))
    assert not [text for kind, text in found if kind == "list_item"]


def test_a_reference_in_brackets_heads_nothing(write_pdf, typeset):
    reference = typeset((72, 150, "(RFS 2014:43)"), bold=True)
    path = write_pdf([typeset(*column(72, 100)) + reference + typeset(*column(72, 180))])
    assert headings(path) == []


def test_subtitle_and_number_of_a_document_open_no_levels(write_pdf, typeset):
    title = typeset((72, 70, "Kommittédirektiv"), size=24) + typeset((72, 100, "Tillägg"), size=18)
    number = typeset((72, 124, "Dir. 2014:158"), size=15)
    section = typeset((72, 160, "Uppdraget"), bold=True) + typeset(
        *column(72, 176), *column(72, 240)
    )
    more = typeset((72, 300, "Metoder"), bold=True) + typeset(*column(72, 316))
    path = write_pdf([title + number + section + more])
    levels = [block.level for block in read_document(path).blocks if block.kind == "heading"]
    assert levels == [1, 1, 1, 2, 2]


def test_a_tab_at_the_edge_of_a_page_is_no_text(write_pdf, typeset):
    tab = "BT /F1 14 Tf 0 1 -1 0 560 500 Tm (Sammanfattning) Tj ET "
    found = kinds(write_pdf([tab + typeset(*column(72, 100), *column(72, 160))]))
    assert [kind for kind, _text in found] == ["paragraph", "paragraph", "aside"]
