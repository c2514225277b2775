"""Letters of TeX's drawn fonts, which come as their own codes."""

import numpy as np
import pytest

from corpus.ids import squash
from ingest import read_document
from ingest.proof import PageReader, spells
from ingest.texletters import drawn_bold, tex_letters

BODY = "Nämnden prövar ett nytt arbetssätt i tre av stadsdelarna under året."


@pytest.mark.parametrize(
    ("codes", "letters"),
    [
        ("Brottso\x1ber \x1cck stöd", "Brottsoﬀer ﬁck stöd"),
        ("en hel\x1eng \x1dod", "en helﬃng ﬂod"),
        ("Strategin \x15 och \x10planen\x11", "Strategin – och “planen”"),
        ("a \x0cnal \x0bect o\x0eer", "a ﬁnal ﬀect oﬃer"),
        ("\x0f Utred behovet", "• Utred behovet"),
        ("\x88 Utred behovet", "• Utred behovet"),
    ],
)
def test_codes_of_drawn_fonts_are_letters_one_for_one(codes, letters):
    found = tex_letters(f"{codes}\r\n{BODY}{BODY}")
    assert found == f"{letters}\r\n{BODY}{BODY}"
    assert len(found) == len(f"{codes}\r\n{BODY}{BODY}")


def test_a_page_without_them_or_full_of_them_is_left_as_it_is():
    assert tex_letters(f"{BODY}\r\n") is None
    assert tex_letters("\x1a\x1b\x1c\x1d nämnden \x0e\x0f") is None


def test_ligatures_of_a_drawn_font_are_read_and_proved(write_pdf, typeset):
    line = "Kommunen \x1cck stöd till brottso\x1ber i tre av de stadsdelar som har sökt det."
    path = write_pdf([typeset((72, 100, line), (72, 114, BODY))])
    (block,) = read_document(path).blocks
    assert block.text.startswith("Kommunen fick stöd till brottsoffer i tre")
    with PageReader(path, "") as pdf:
        assert spells(pdf, block.boxes, squash(block.text))


def test_bold_type_of_drawn_fonts_is_told_by_its_width():
    plain = [("n", 0.5556), ("e", 0.4444), ("a", 0.5)]
    bold = [("n", 0.639), ("e", 0.527), ("a", 0.559)]
    italic = [("n", 0.562), ("e", 0.46), ("a", 0.511)]
    typewriter = [("n", 0.525), ("e", 0.525), ("a", 0.525)]
    fonts = [plain, bold, italic, typewriter, [("m", 0.9)]]
    code = np.array([ord(letter) for font in fonts for letter, _ in font])
    width = np.array([wide for font in fonts for _, wide in font])
    run = np.array([number for number, font in enumerate(fonts) for _ in font])
    assert drawn_bold(code, run, width, len(fonts)).tolist() == [False, True, False, False, False]
