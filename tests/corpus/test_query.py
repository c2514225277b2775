"""What is typed into the search box is read as a person means it."""

import pytest

from corpus.query import Term, read_terms


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("utbildning av vikarier ", ["utbildning", "vikarier"]),
        ("Vad görs för vattnet ", ["görs", "vattnet"]),
        ("ska inte införas ", ["ska", "inte", "införas"]),
        ("rutiner för", ["rutiner"]),
        ("för alla ", ["för", "alla"]),
    ],
)
def test_function_words_are_asked_for_only_where_nothing_else_is(query, words):
    assert [term.words[0] for term in read_terms(query)] == words


def test_a_phrase_keeps_its_function_words():
    assert read_terms('"plan för vatten"') == (Term(("plan", "för", "vatten"), phrase=True),)


def test_the_last_word_may_be_the_beginning_of_one():
    assert [term.prefix for term in read_terms("plan för vat")] == [False, True]
    assert [term.prefix for term in read_terms("plan för vat ")] == [False, False]
