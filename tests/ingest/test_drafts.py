import pytest

from ingest.drafts import is_contents_line, is_terminal


@pytest.mark.parametrize(
    "text", ["Rusta taken.", "(Se bilagan.)", "”Rusta!”", "Så här:", "med mera …"]
)
def test_ends_of_sentences(text):
    assert is_terminal(text)


@pytest.mark.parametrize("text", ["Rusta taken", "Rusta. taken", "(bilagan)", ")", "", "a, b,"])
def test_what_ends_no_sentence(text):
    assert not is_terminal(text)


@pytest.mark.parametrize(
    "text",
    ["Förslag ........ 12", "Förslag . . . . 7", "Förord …… iv", "Taken____3", "Taken ....9"],
)
def test_lines_that_lead_to_a_page(text):
    assert is_contents_line(text)


@pytest.mark.parametrize(
    "text", ["Rusta ... 12", "Förslag ........", "avsnitt 12", "i juli", "12", "........ 12345", ""]
)
def test_lines_that_lead_to_none(text):
    assert not is_contents_line(text)
