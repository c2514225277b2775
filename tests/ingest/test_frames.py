"""Letterheads, addresses at a page's foot and lines to sign on frame a letter and are no text."""

import pytest

from ingest import read_document

TEXT = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre av stadsdelarna.",
    "Erfarenheterna är goda, men tiden har varit för kort för säkra slutsatser.",
)


def body(y):
    return [(72, y + 14 * index, line) for index, line in enumerate(TEXT)]


def kinds(path):
    return [(block.kind, block.text) for block in read_document(path).blocks]


def test_an_address_at_the_foot_of_a_letter_is_none_of_its_text(write_pdf, typeset):
    foot = (
        (72, 700, "Postadress"), (200, 700, "Besöksadress"), (330, 700, "Telefon"),
        (72, 710, "Box 000, 800 20 Näckö"), (200, 710, "Hamngatan 2"), (330, 710, "000-20 10 00"),
    )  # fmt: skip
    found = kinds(write_pdf([typeset(*body(100), *body(150)) + typeset(*foot, size=8)]))
    assert [kind for kind, _text in found[:2]] == ["paragraph", "paragraph"]
    assert len(found) > 2
    assert {kind for kind, _text in found[2:]} <= {"letterhead", "footer"}


def test_a_sentence_with_an_address_ends_a_page_as_text(write_pdf, typeset):
    last = "Frågor om besöksadressen besvaras av registrator på telefon 000-20 10 00 varje dag."
    found = kinds(write_pdf([typeset(*body(100), *body(150), (72, 190, last))]))
    assert ("paragraph", last) in found


@pytest.mark.parametrize("field", ["Ort och datum", "Namnteckning:", "Namnförtydligande"])
def test_what_stands_under_a_stroke_to_sign_on_is_a_signature(write_pdf, typeset, field):
    page = typeset(*body(100), *body(150), (72, 220, field))
    assert kinds(write_pdf([page]))[-1] == ("signature", field)


def test_a_heading_that_speaks_of_the_signature_stays_a_heading(write_pdf, typeset):
    page = typeset(*body(100)) + typeset((72, 150, "Underskrift"), bold=True) + typeset(*body(166))
    assert ("heading", "Underskrift") in kinds(write_pdf([page]))
