"""Letters set far apart are the words that they spell."""

import pytest

from ingest import read_document
from ingest.pages import PageWord, Style
from ingest.spacedletters import with_spaced_words_joined

BODY = Style("Helvetica", 10.0)


def row(text, step=9.0, width=6.0):
    """Return the signs of a text as words, each space a gap of one more step."""
    return [
        PageWord(sign, 72 + step * at, 72 + step * at + width, 100.0, BODY, order=at)
        for at, sign in enumerate(text)
        if sign != " "
    ]


def texts(words):
    return [word.text for joined in with_spaced_words_joined([words]) for word in joined]


@pytest.mark.parametrize("text", ["SAMRÅD", "MÅL OCH MEDEL", "2.2 STADENS BUDGET 2019"])
def test_spaced_words_are_joined_and_keep_their_spaces(text):
    assert texts(row(text)) == text.split()


def test_a_joined_word_reaches_over_its_letters():
    (joined,) = with_spaced_words_joined([row("SAMRÅD")])[0]
    assert (joined.x0, joined.x1) == (72.0, 72.0 + 5 * 9.0 + 6.0)


@pytest.mark.parametrize("text", ["i å ä", "1 2 3 4 5"])
def test_short_words_and_figures_stay_apart(text):
    assert texts(row(text)) == text.split()


def test_cells_of_single_letters_stay_apart():
    assert texts(row("ABCDE", step=30.0)) == list("ABCDE")


def test_a_spaced_heading_of_a_page_is_a_heading(write_pdf, typeset):
    heading = "2 Tc " + typeset((72, 80, "SAMMANFATTNING"), size=14) + " 0 Tc "
    spaced = heading.replace("2 Tc", "4 Tc")
    body = typeset((72, 104, "Nämnden har prövat ett nytt arbetssätt under året."))
    block = read_document(write_pdf([spaced + body])).blocks[0]
    assert (block.kind, block.text) == ("heading", "SAMMANFATTNING")
