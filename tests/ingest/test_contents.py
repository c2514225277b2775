"""Tables of contents in all forms are kept out of the text and open no sections."""

import pytest

from ingest import read_document

TEXT = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre",
    "av stadsdelarna. Erfarenheterna är goda, men tiden har",
    "varit för kort för att dra säkra slutsatser av försöket.",
)
HEADINGS = ("Bakgrund", "Nämndens uppdrag", "Metod och material", "Resultat", "Slutsatser")


@pytest.fixture
def body(typeset):
    """Return the pages of a report: a heading with text on each, numbered or not."""

    def pages(*, numbered=False):
        return [
            typeset((72, 80, f"{n} {heading}" if numbered else heading), size=16, bold=True)
            + typeset(*((72, 110 + 14 * row, line) for row, line in enumerate(TEXT * 2)))
            for n, heading in enumerate(HEADINGS, start=1)
        ]

    return pages


def read(write_pdf, contents, pages):
    document = read_document(write_pdf([*contents, *pages]))
    on_contents = [b for b in document.blocks if b.page <= len(contents)]
    return (
        [(b.kind, b.text) for b in on_contents if b.kind != "aside"],
        [s.heading for s in document.sections if s.heading in HEADINGS],
        document,
    )


@pytest.mark.parametrize("title", ["Innehåll", "INNEHÅLLSFÖRTECKNING", "Innehållsförteckning:"])
def test_numbers_at_the_right_edge_without_leaders(write_pdf, typeset, body, title):
    contents = typeset((72, 80, title), size=16, bold=True)
    for n, heading in enumerate(HEADINGS):
        contents += typeset(
            (72, 120 + 18 * n, heading), (500 - 6.1 * (n > 3), 120 + 18 * n, str(n * 3 + 1))
        )
    left, sections, _ = read(write_pdf, [contents], body())
    assert left == [("heading", title)]
    assert sections == list(HEADINGS)


def test_bold_entries_with_leaders_are_no_headings(write_pdf, typeset, body):
    contents = typeset((72, 80, "Innehåll"), size=16, bold=True)
    contents += typeset(
        *((72, 120 + 18 * n, f"{h} ............ {n + 2}") for n, h in enumerate(HEADINGS)),
        bold=True,
    )
    left, sections, _ = read(write_pdf, [contents], body())
    assert left == [("heading", "Innehåll")]
    assert sections == list(HEADINGS)


def test_entries_without_page_numbers(write_pdf, typeset, body):
    contents = typeset((72, 80, "Innehåll"), size=16, bold=True)
    contents += typeset(*((72, 120 + 18 * n, h) for n, h in enumerate(HEADINGS)))
    left, sections, _ = read(write_pdf, [contents], body())
    assert left == [("heading", "Innehåll")]
    assert sections == list(HEADINGS)


def test_numbered_entries_without_page_numbers(write_pdf, typeset, body):
    contents = typeset((72, 80, "Innehåll"), size=16, bold=True)
    contents += typeset(*((72, 120 + 18 * n, f"{n + 1} {h}") for n, h in enumerate(HEADINGS)))
    left, sections, _ = read(write_pdf, [contents], body(numbered=True))
    assert left == [("heading", "Innehåll")]
    assert sections == list(HEADINGS)


def test_a_table_without_a_heading(write_pdf, typeset, body):
    contents = ""
    for n, heading in enumerate(HEADINGS):
        contents += typeset((72, 120 + 18 * n, heading), (500, 120 + 18 * n, str(n + 2)), bold=True)
    left, sections, _ = read(write_pdf, [contents], body())
    assert left == []
    assert sections == list(HEADINGS)


def test_entries_in_two_columns(write_pdf, typeset, body):
    contents = typeset((72, 80, "Innehåll"), size=16, bold=True)
    for n, heading in enumerate(HEADINGS * 2):
        x, y = (72 if n < 5 else 320), 120 + 18 * (n % 5)
        contents += typeset((x, y, heading), (x + 190 - 6.1 * (n > 4), y, str(2 * n + 1)))
    left, sections, _ = read(write_pdf, [contents], body())
    assert left == [("heading", "Innehåll")]
    assert sections == list(HEADINGS)


def test_a_table_over_two_pages(write_pdf, typeset, body):
    first = typeset((72, 80, "Innehåll"), size=16, bold=True)
    first += typeset(*((72, 120 + 18 * n, f"Kapitel {n} om lokaler  {n + 3}") for n in range(20)))
    second = typeset(*((72, 80 + 18 * n, f"{h} {24 + n}") for n, h in enumerate(HEADINGS)))
    left, sections, _ = read(write_pdf, [first, second], body())
    assert left == [("heading", "Innehåll")]
    assert sections == list(HEADINGS)


def test_an_entry_over_two_lines_belongs_to_the_table(write_pdf, typeset, body):
    contents = typeset((72, 80, "Innehåll"), size=16, bold=True) + typeset(
        (72, 120, "Bakgrund ............ 2"),
        (72, 138, "Nämndens uppdrag och hur det har förändrats under de år som"),
        (72, 152, "granskningen gäller ............ 3"),
        (72, 170, "Slutsatser ............ 6"),
    )
    left, _sections, _ = read(write_pdf, [contents], body())
    assert left == [("heading", "Innehåll")]


def test_lists_of_tables_and_indexes_are_no_text(write_pdf, typeset, body):
    last = typeset((72, 80, "Tabellförteckning"), size=16, bold=True) + typeset(
        (72, 110, "Tabell 1. Lokaler efter ålder 12"), (72, 128, "Tabell 2. Kostnader per år 14")
    )
    last += typeset((72, 180, "Sakregister"), size=16, bold=True) + typeset(
        (72, 210, "badhus, 12, 14"), (72, 224, "bibliotek, 13–15"), (72, 238, "skolor, 4, 7, 9 f.")
    )
    document = read_document(write_pdf([*body(), last]))
    on_last = [b.kind for b in document.blocks if b.page == 6]
    assert on_last == ["heading", *["aside"] * 2, "heading", *["aside"] * (len(on_last) - 4)]


def test_a_numbered_list_below_the_heading_contents_stays(write_pdf, typeset):
    """A syllabus has a section *Innehåll* of text; it leads nowhere."""
    page = typeset((72, 80, "Innehåll"), size=16, bold=True) + typeset(
        (72, 110, "Utbildningen omfattar tre delar som ges under hösten."),
        (72, 136, "1. Lagar och regler"), (72, 152, "2. Samtal med unga"), (72, 168, "3. Arbete"),
    )  # fmt: skip
    document = read_document(write_pdf([page]))
    assert [b.kind for b in document.blocks] == ["heading", "paragraph", *["list_item"] * 3]


def test_rows_of_numbers_that_rise_are_no_contents(write_pdf, typeset, body):
    rows = [("Skolor", "12"), ("Förskolor", "31"), ("Badhus", "35"), ("Bibliotek", "36")]
    page = typeset((72, 80, "Lokaler"), size=16, bold=True)
    for n, (name, number) in enumerate(rows):
        page += typeset((72, 120 + 18 * n, name), (300, 120 + 18 * n, number))
    document = read_document(write_pdf([page, *body()]))
    assert not [b for b in document.blocks if b.kind == "aside"]


def test_the_text_below_a_table_on_its_page_is_text(write_pdf, typeset, body):
    contents = typeset((72, 80, "Innehåll"), size=16, bold=True)
    contents += typeset(*((72, 110 + 16 * n, f"{h} {n + 1}") for n, h in enumerate(HEADINGS)))
    contents += typeset((72, 220, "Sammanfattning"), size=16, bold=True)
    contents += typeset(*((72, 250 + 14 * n, line) for n, line in enumerate(TEXT)))
    left, _sections, _ = read(write_pdf, [contents], body())
    assert left == [
        ("heading", "Innehåll"),
        ("heading", "Sammanfattning"),
        ("paragraph", " ".join(TEXT)),
    ]


def test_annexes_that_count_over_pages_are_no_contents(write_pdf, typeset):
    """Each annex of a statute has a page with its name (sv_sjvfs_2009_26.pdf)."""
    pages = [
        typeset((480, 90, f"Bilaga {n}"), size=13, bold=True)
        + typeset(*((72, 120 + 14 * row, line) for row, line in enumerate(TEXT)))
        for n in range(1, 6)
    ]
    document = read_document(write_pdf(pages))
    assert not [block for block in document.blocks if block.kind == "aside"]
