import pytest

from ingest.numbering import depth, footnote_number, glued_marker, heading_number, list_marker


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("7.2.4 Skolans lokaler", "7.2.4", "Skolans lokaler"),
        ("3. Inledning", "3", "Inledning"),
        ("3.Inledning", "3", "Inledning"),
        ("3.IT-stöd", None, "3.IT-stöd"),
        ("IV. Avslutning", "IV", "Avslutning"),
        ("Inledning", None, "Inledning"),
        ("12 345 kronor", None, "12 345 kronor"),
        ("2.1 2024 års budget", "2.1", "2024 års budget"),
    ],
)
def test_numbers_of_headings(text, number, rest):
    assert heading_number(text) == (number, rest)


def test_a_number_tells_its_depth():
    assert [depth(number) for number in ("4", "4.1", "4.1.2")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("• rusta lokalerna", None, "rusta lokalerna"),
        ("\uf0b7 rusta lokalerna", None, "rusta lokalerna"),
        ("– rusta lokalerna", None, "rusta lokalerna"),
        ("1. rusta", "1.", "rusta"),
        ("(2) rusta", "(2)", "rusta"),
        ("b) rusta", "b)", "rusta"),
        ("•", None, ""),
    ],
)
def test_marks_of_list_items(text, number, rest):
    marker = list_marker(text)
    assert marker is not None
    assert (marker.number, text[marker.length :]) == (number, rest)


@pytest.mark.parametrize("text", ["2024 blev ett bra år", "–5 grader", "Av. den", "ord"])
def test_what_is_no_mark(text):
    assert list_marker(text) is None


def test_numbers_of_footnotes():
    assert footnote_number("12 Se bilaga 3.") == ("12", 3)
    assert footnote_number("Se bilaga 3.") is None


@pytest.mark.parametrize("text", ["och sedan", "ivrigt", "o", "ab) rusta", "Östra", ""])
def test_words_are_no_marks(text):
    assert list_marker(text) is None


@pytest.mark.parametrize(("text", "number"), [("iv) rusta", "iv)"), ("vi. rusta", "vi.")])
def test_small_roman_numbers_are_marks(text, number):
    marker = list_marker(text)
    assert marker is not None
    assert marker.number == number


@pytest.mark.parametrize(
    ("text", "sign"),
    [("10.Region Tallmark", "10."), ("9.Region", None), ("10.5 procent", None), ("10.IT", None)],
)
def test_numbers_wider_than_their_indent_stand_without_a_space(text, sign):
    marker = glued_marker(text)
    assert (marker.sign if marker else None) == sign
