"""Quotes that were, or could have been, proved falsely: each must fail."""

import pytest

from corpus.quotes import stands

PAGE = """Regionen ska inte inrätta en gemensam central
funktion för uppföljning av badvattnet.
Sida 3
– Osäkra rutiner ska ses över av nämnden,
så att provtagningen fungerar hela sommaren."""


@pytest.mark.parametrize(
    "quote",
    [
        "Regionen ska inrätta en gemensam central funktion för uppföljning av badvattnet.",
        "Regionen ska inte inrätta en funktion för uppföljning av badvattnet.",
        "säkra rutiner ska ses över av nämnden",
        "Osäkra rutiner ska ses över av nämn",
    ],
)
def test_words_left_out_inside_a_line_or_cut_words_are_no_quote(quote):
    assert not stands(quote, [PAGE])


@pytest.mark.parametrize(
    "quote",
    [
        "Osäkra rutiner ska ses över av nämnden, så att provtagningen fungerar",
        "en gemensam central funktion för uppföljning av badvattnet. Osäkra rutiner ska ses över",
        "inte inrätta",
    ],
)
def test_lines_with_furniture_and_a_list_sign_between_them_are(quote):
    assert stands(quote, [PAGE])


def test_a_short_word_left_over_after_a_page_break_is_found():
    assert stands(
        "Nämnden bör se över hur avgifterna höjs.",
        ["Nämnden bör se över hur avgifterna\n12", "Badplan 2030\nhöjs.\nNästa stycke."],
    )
