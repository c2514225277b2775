"""Captions, fields and the labels of plans are no text and no headings."""

import pytest

from ingest import read_document
from ingest.labels import is_caption
from ingest.numbering import list_marker

TEXT = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre",
    "av stadsdelarna. Erfarenheterna är goda, men tiden har",
    "varit för kort för att dra säkra slutsatser av försöket.",
)


@pytest.mark.parametrize(
    "text",
    [
        "Figur 3. Lokaler efter ålder.",
        "Tabell 2: Kostnader per år",
        "Diagram 4 Antal ärenden",
        "Figur 6:1 Till avsnittet hör en karta",
        "FIGUR 1 – Organisationen",
        "Källa: Lokalregistret.",
        "Foto: Vera Lund",
    ],
)
def test_captions_are_told_by_their_words(text):
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bild 15 visar hur arbetet är ordnat.",
        "Tabell 1 och 2 sammanfattar kostnaderna.",
        "Källor",
        "Bilden av nämnden: den är god.",
        "Figurer är sällsynta.",
        "Kartan 3. Nej.",
    ],
)
def test_sentences_that_speak_of_figures_are_text(text):
    assert not is_caption(text)


def test_a_bold_caption_is_no_heading(write_pdf, typeset):
    """So are those of a design report (sv_lagrummet_interaktionsdesign.pdf)."""
    body = [(72, 100 + 14 * n, line) for n, line in enumerate(TEXT)]
    below = [(72, 200 + 14 * n, line) for n, line in enumerate(TEXT)]
    page = typeset(*body, *below) + typeset((72, 160, "Bild 5: Startsidan"), bold=True)
    kinds = [(b.kind, b.text) for b in read_document(write_pdf([page])).blocks]
    assert ("aside", "Bild 5: Startsidan") in kinds
    assert [kind for kind, _text in kinds].count("paragraph") == 2


def test_empty_fields_of_a_form_are_no_text(write_pdf, typeset):
    page = typeset(*[(72, 100 + 14 * n, line) for n, line in enumerate(TEXT)])
    page += typeset((72, 200, "Namn: ............................"), (72, 230, "Ort: ____________"))
    kinds = [block.kind for block in read_document(write_pdf([page])).blocks]
    assert kinds == ["paragraph", "aside", "aside"]


def test_labels_strewn_on_a_plan_are_asides(write_pdf, typeset):
    places = [
        (40 + 137 * n % 1100, 60 + 61 * n % 780, f"Fastigheten {n}:{n + 3}") for n in range(16)
    ]
    path = write_pdf([typeset(*places)])
    content = path.read_bytes().replace(b"[0 0 595 842]", b"[0 0 999 999]")
    path.write_bytes(content)
    kinds = {block.kind for block in read_document(path).blocks}
    assert kinds == {"aside"}


def test_a_check_box_begins_an_item_and_stays_in_it():
    marker = list_marker("☒ Tillstyrker")
    assert marker is not None
    assert (marker.number, marker.length) == (None, 0)
    other = list_marker("☐ Avstyrker")
    assert other is not None
    assert marker.family == other.family


def lines_below_text(write_pdf, typeset, lines):
    body = [(72, 100 + 14 * n, line) for n, line in enumerate(TEXT)]
    placed = [(72, 170 + 22 * n, line) for n, line in enumerate(lines)]
    return [
        (block.kind, block.text)
        for block in read_document(write_pdf([typeset(*body, *placed)])).blocks[1:]
    ]


def test_labels_with_what_is_filled_in_are_no_list(write_pdf, typeset):
    fields = ("Kommun: Näckö", "Kontaktperson: Linn Skärvik", "Antal platser (år 2024): 31")
    found = lines_below_text(write_pdf, typeset, fields)
    assert found == [("paragraph", field) for field in fields]


def test_labels_that_come_again_begin_the_items_of_lists(write_pdf, typeset):
    """As the indicators of a school's plan do (sv_nacka_affarsplan_valfard_skola_2019-2021.pdf)."""
    lines = ("Grundskola: Nöjda elever", "Förskola: Nöjda föräldrar", "Grundskola: Trygga elever",
             "Förskola: Trygga barn")  # fmt: skip
    found = lines_below_text(write_pdf, typeset, lines)
    assert found == [("list_item", line) for line in lines]
