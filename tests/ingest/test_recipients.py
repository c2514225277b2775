"""Lists of recipients and enclosures at the end of letters are lists, and names below them none."""

from ingest import read_document

TEXT = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre av stadsdelarna.",
    "Erfarenheterna är goda, men tiden har varit för kort för säkra slutsatser.",
)


def column(x, y, lines=TEXT, leading=14):
    return [(x, y + leading * index, line) for index, line in enumerate(lines)]


def kinds(path):
    return [(block.kind, block.text) for block in read_document(path).blocks]


def test_recipients_are_items_though_the_column_is_narrow(write_pdf, typeset):
    head = typeset((72, 160, "Sändlista"), bold=True)
    names = ("Näckö kommun", "Myndigheten för värmeberedskap och", "skydd", "Svala boenden")
    path = write_pdf([typeset(*column(72, 100)) + head + typeset(*column(72, 176, names))])
    assert kinds(path)[1:] == [
        ("heading", "Sändlista"),
        ("list_item", "Näckö kommun"),
        ("list_item", "Myndigheten för värmeberedskap och skydd"),
        ("list_item", "Svala boenden"),
    ]


def test_the_words_above_recipients_are_parted_from_them(write_pdf, typeset):
    names = ("Beslutet skickas till", "Fastighetsnämnden", "Akten")
    path = write_pdf([typeset(*column(72, 100)) + typeset(*column(72, 160, names))])
    assert kinds(path)[1:] == [
        ("paragraph", "Beslutet skickas till"),
        ("list_item", "Fastighetsnämnden"),
        ("list_item", "Akten"),
    ]


def test_signatures_and_sentences_below_enclosures_are_no_items(write_pdf, typeset):
    page = typeset((72, 160, "Bilagor"), bold=True) + typeset(
        (72, 176, "Mätningar sommaren 2024"),
        *column(72, 230, ("Tor Hallqvarn", "Fastighetschef")),
        *column(72, 290),
    )
    path = write_pdf([typeset(*column(72, 100)) + page])
    assert [kind for kind, _text in kinds(path)[1:]] == [
        "heading", "list_item", "signature", "paragraph"]  # fmt: skip


def test_numbers_that_are_set_flush_right_begin_items(write_pdf, typeset):
    items = typeset((78, 160, "9. Näckö kommun"), (72, 174, "10. Region Tallmark"))
    path = write_pdf([typeset(*column(72, 100)) + items])
    assert kinds(path)[1:] == [("list_item", "Näckö kommun"), ("list_item", "Region Tallmark")]
