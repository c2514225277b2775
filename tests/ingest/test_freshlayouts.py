"""What layouts that were invented to be measured showed: levels, notes, lists and initials."""

import pytest

from ingest import read_document
from ingest.furniture import part_furniture
from ingest.layout import segments
from ingest.numbering import footnote_number, list_marker
from ingest.pages import PageContent, PageWord, Style

TEXT = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre",
    "av stadsdelarna. Erfarenheterna är goda, men tiden har",
    "varit för kort för att dra säkra slutsatser av försöket.",
)


def column(x, y, lines=TEXT, leading=14):
    return [(x, y + leading * index, line) for index, line in enumerate(lines)]


def kinds(path):
    return [(block.kind, block.text) for block in read_document(path).blocks]


def levels(path):
    blocks = read_document(path).blocks
    return [(block.text, block.level) for block in blocks if block.kind == "heading"]


def headed(typeset, *heads):
    """Return a page on which text stands under each head ``(text, size, bold)``."""
    return "".join(
        typeset((72, 80 + 90 * place, text), size=size, bold=bold)
        + typeset(*column(72, 98 + 90 * place))
        for place, (text, size, bold) in enumerate(heads)
    )


def test_a_bold_heading_between_numbers_that_go_on_stands_under_them(write_pdf, typeset):
    first = headed(
        typeset, ("1 Skolan", 16, False), ("1.1 Läget", 11, False), ("Elever", 11, True),
        ("1.2 Förslag", 11, False), ("Lärare", 11, True),
    )  # fmt: skip
    second = headed(typeset, ("1.3 Kostnader", 11, False), ("2 Vården", 16, False))
    assert dict(levels(write_pdf([first, second]))) == {
        "Skolan": 1, "Läget": 2, "Elever": 3, "Förslag": 2, "Lärare": 3, "Kostnader": 2,
        "Vården": 1,
    }  # fmt: skip


def test_headings_between_numbers_that_begin_anew_stand_above_them(write_pdf, typeset):
    first = headed(typeset, ("Skolan", 11, True), ("1 Läget", 11, False), ("2 Förslag", 11, False))
    second = headed(typeset, ("Vården", 11, True), ("1 Läget", 11, False), ("2 Mål", 11, False))
    found = dict(levels(write_pdf([first, second])))
    assert found["Skolan"] == found["Vården"] == 1


@pytest.mark.parametrize("pages_later", [1, 2])
def test_a_note_that_stands_on_a_page_after_its_call_is_a_note(write_pdf, typeset, pages_later):
    body = typeset(*column(72, 100), *column(72, 160))
    called = body + typeset((330, 124, "1"), size=6.5)
    noted = body + typeset((72, 760, "1. Uppgiften kommer från en av förvaltningarna."), size=8)
    found = kinds(write_pdf([called, *[body] * (pages_later - 1), noted]))
    assert ("footnote", "Uppgiften kommer från en av förvaltningarna.") in found


def test_small_numbered_lines_that_no_one_calls_are_items(write_pdf, typeset):
    body = typeset(*column(72, 100), *column(72, 160))
    noted = body + typeset((72, 760, "1. Uppgiften kommer från en av förvaltningarna."), size=8)
    assert "footnote" not in [kind for kind, _text in kinds(write_pdf([body, noted]))]


def test_lines_of_a_note_that_comes_again_are_no_footer():
    small, body = Style("Text", 8.0), Style("Text", 11.0)

    def page(number, last):
        lines = [
            (300, f"Brödtext nummer {number}", body), (760, f"{number} En utredning av", small),
            (769, "husens arbete i fyra pilot-", small), (778, "kommuner och två regioner,", small),
            (787, last, small),
        ]  # fmt: skip
        words = []
        for y, text, style in lines:
            x = 78.0 if y == 760 else 72.0
            for word in text.split():
                words.append(PageWord(word, x, x + 4 * len(word), float(y), style))
                x += 4 * len(word) + 3
        content = PageContent(number, 595.0, 842.0, words=tuple(words))
        return content, segments(content)

    parted = part_furniture([page(1, "s. 13."), page(2, "som har slutförts.")])
    assert [len(one.footers) for one in parted] == [0, 0]


def test_a_larger_line_under_a_quote_is_a_heading_and_no_speaker(write_pdf, typeset):
    quote = "BT 0.5 0.2 0.2 rg /F1 11 Tf 90 700 Td (Vi ville ha ett hus som var nytt.) Tj ET 0 g\n"
    head = typeset((72, 170, "Kostnader"), size=15, bold=True)
    page = typeset(*column(72, 80)) + quote + head + typeset(*column(72, 190))
    assert ("heading", "Kostnader") in kinds(write_pdf([page]))


def test_an_initial_over_a_paragraph_of_one_line_belongs_to_its_word(write_pdf, typeset):
    initial = typeset((72, 118, "U"), size=34)
    rest = typeset((98, 100, "nderlaget består av svar"), *column(72, 150), *column(72, 210))
    assert ("paragraph", "Underlaget består av svar") in kinds(write_pdf([initial + rest]))


def test_lists_in_two_columns_are_no_table_for_their_drawn_bullets(write_pdf, typeset):
    rows = [(120 + 20 * n) for n in range(8)]
    left = typeset(*[(84, y, f"samordnare för del {n} av staden") for n, y in enumerate(rows)])
    right = typeset(*[(330, y, f"enhetschef för hus {n} av två") for n, y in enumerate(rows)])
    dots = "".join(f"{x} {842 - y + 2} 3.8 3.8 re f\n" for x in (72, 318) for y in rows)
    found = kinds(write_pdf([left + right + dots]))
    assert {kind for kind, _text in found} == {"list_item"}
    assert len(found) == 2 * len(rows)


def test_a_heading_of_many_short_lines_in_large_type_is_one_heading(write_pdf, typeset):
    lines = [
        "Nattöppna hus",
        "och andra ställen",
        "att mötas på",
        "i kommuner med",
        "långa avstånd",
    ]
    head = typeset(*[(72, 80 + 30 * n, line) for n, line in enumerate(lines)], size=26, bold=True)
    page = head + typeset(*column(72, 260), *column(72, 320))
    assert levels(write_pdf([page])) == [(" ".join(lines), 1)]


def test_sentences_of_the_text_in_large_type_are_pull_quotes_wherever_they_stand(
    write_pdf, typeset
):
    said = ["Erfarenheterna är mycket goda", "Staden är stor och rik", "Tiden blev för kort"]
    text = [
        (one + ".", "Det har prövats i tre av stadsdelarna under året.", TEXT[2]) for one in said
    ]
    pages = [
        typeset((72, 60, f"Del {name}"), size=16, bold=True)
        + typeset(*column(72, 80), *column(72, 130, lines))
        + typeset((90, 190, one), size=13)
        + typeset(*column(72, 210))
        for one, lines, name in zip(said, text, "ABC", strict=True)
    ]
    found = kinds(write_pdf(pages))
    assert [text for kind, text in found if kind == "quote"] == said
    assert [text for kind, text in found if kind == "heading"] == ["Del A", "Del B", "Del C"]


def test_small_type_beside_the_text_is_a_note_in_the_margin(write_pdf, typeset):
    lines = ["En tyst plats har ett", "ljud under fyrtiofem", "decibel mitt på dagen."]
    note = typeset(*column(400, 102, lines, leading=11), size=8)
    found = kinds(write_pdf([typeset(*column(72, 100, TEXT * 3)) + note]))
    assert ("aside", " ".join(lines)) in found


def run_in(typeset, head, rest, y, width):
    """Return a paragraph with a head in bold type, ``width`` points wide."""
    first = typeset((72, y, head), bold=True)
    return first + typeset((72 + width, y, rest), *column(72, y + 14, TEXT[1:]))


def test_bold_words_that_paragraphs_begin_with_are_headings(write_pdf, typeset):
    page = typeset((72, 60, "Kommunen"), size=16, bold=True) + "".join(
        run_in(typeset, f"{head}.", "Nämnden har prövat ett nytt sätt i tre", y, width)
        for head, y, width in (("Bakgrund", 90, 64), ("Läget", 150, 40), ("Mål", 210, 32))
    )
    path = write_pdf([page])
    assert levels(path) == [("Kommunen", 1), ("Bakgrund", 2), ("Läget", 2), ("Mål", 2)]
    texts = [text for kind, text in kinds(path) if kind == "paragraph"]
    assert {text[:24] for text in texts} == {"Nämnden har prövat ett n"}


def test_bold_subjects_and_labels_of_sentences_are_no_headings(write_pdf, typeset):
    begun = [("Nämnden", "har prövat ett nytt sätt i", 54), ("Mål:", "Alla ska ha böcker i", 28)]
    page = "".join(
        run_in(typeset, head, rest, 90 + 60 * place, width)
        for place, (head, rest, width) in enumerate(begun * 3)
    )
    assert levels(write_pdf([page])) == []


def test_a_word_of_one_letter_follows_a_notes_number_without_space():
    assert footnote_number("6I en kommun mättes tiden.") == ("6", 1)
    assert footnote_number("6B") is None


def test_a_guillemet_with_space_is_a_bullet_and_a_quotation_mark_is_none():
    assert list_marker("» pröva om uppdraget kan samlas") is not None
    assert list_marker("»Pröva om uppdraget kan samlas», sade hon.") is None


def test_lines_with_more_space_above_than_below_are_headings_in_plain_type(write_pdf, typeset):
    names = ("Skolan och biblioteken", "Vården", "Parker och torg", "Trafiken i staden")
    page = typeset((72, 50, "Kommunen"), size=16, bold=True) + "".join(
        typeset((72, 92 + 150 * place, name), *column(72, 112 + 150 * place))
        + typeset(*column(72, 172 + 150 * place))
        for place, name in enumerate(names)
    )
    assert levels(write_pdf([page])) == [("Kommunen", 1), *[(name, 2) for name in names]]


def test_a_short_line_as_near_to_the_text_above_as_below_heads_nothing(write_pdf, typeset):
    page = "".join(
        typeset((72, 80 + 150 * place, f"Figur ur bilaga {place}"), *column(72, 106 + 150 * place))
        + typeset(*column(72, 160 + 150 * place))
        for place in range(4)
    )
    assert levels(write_pdf([page])) == []


def test_a_number_right_after_a_word_calls_the_note_that_has_no_other_call(write_pdf, typeset):
    lines = ["Nämnden har prövat ett nytt sätt.1 Erfarenheterna är", *TEXT[1:]]
    note = typeset((72, 760, "1 Uppgiften kommer från en av förvaltningarna."), size=8)
    page = typeset(*column(72, 100, lines), *column(72, 160)) + note
    block = read_document(write_pdf([page])).blocks[0]
    assert block.text.startswith("Nämnden har prövat ett nytt sätt. Erfarenheterna")
    assert [(block.text[call.at - 6 : call.at], call.sign) for call in block.calls] == [
        (" sätt.", "1")
    ]
    assert block.calls[0].note is not None


def test_tinted_bars_of_headings_over_columns_make_no_table(write_pdf, typeset):
    lines = [line[:36] for line in TEXT] * 4
    bars = "".join(f"0.8 0.9 0.8 rg 60 {842 - y} 480 18 re f 0 g\n" for y in (96, 346))
    heads = typeset((64, 91, "Skolan"), (64, 341, "Vården"), size=14, bold=True)
    text = [place for y in (118, 368) for x in (60, 310) for place in column(x, y, lines)]
    found = kinds(write_pdf([bars + heads + typeset(*text)]))
    assert [text for kind, text in found if kind == "heading"] == ["Skolan", "Vården"]
    assert "table" not in [kind for kind, _text in found]


def test_a_larger_heading_between_numbers_of_one_section_stands_in_that(write_pdf, typeset):
    first = headed(
        typeset, ("1 Skolan", 16, False), ("1.1 Läget", 11, False), ("Utgifter", 13, True),
        ("1.2 Förslag", 11, False), ("Utgifter", 13, True), ("1.3 Kostnader", 11, False),
    )  # fmt: skip
    assert ("Utgifter", 2) in levels(write_pdf([first]))


def test_a_bullet_set_below_its_line_begins_the_item_there(write_pdf, typeset):
    left = [
        (84, 100, "pröva hur arbetet kan"),
        (84, 114, "samlas hos en nämnd"),
        (84, 128, "följa upp"),
    ]
    bullets = typeset((72, 105, "*"), (72, 133, "*"))
    right = typeset(*column(320, 105, [line[:36] for line in TEXT] * 2))
    found = kinds(write_pdf([typeset(*left) + bullets + right]))
    assert [text for kind, text in found if kind == "list_item"] == [
        "pröva hur arbetet kan samlas hos en nämnd", "följa upp",
    ]  # fmt: skip


def test_a_number_that_ends_a_paragraph_is_no_mark_of_the_next_column(write_pdf, typeset):
    lines = ["Staden tecknade under hösten en ny", "överenskommelse, se vidare avsnitt", "3.3.7."]
    text = [line[:34] for line in TEXT] * 3
    page = typeset(*column(60, 100, [*lines, *text]), *column(320, 100, [*text, *text[:3]]))
    found = [text for kind, text in kinds(write_pdf([page])) if text.startswith("Staden")]
    assert found == [" ".join(lines)]
