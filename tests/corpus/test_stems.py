from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.stems import stem_text, stems, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("skola", "skolor"),
        ("kommunen", "kommunernas"),
        ("åtgärd", "åtgärderna"),
        ("Länsstyrelsen", "länsstyrelser"),
    ],
)
def test_forms_of_one_word_have_one_stem(one, other):
    assert stem_text(one) == stem_text(other)


@pytest.mark.parametrize(("one", "other"), [("bör", "bor"), ("få", "fa"), ("mål", "mal")])
def test_letters_with_and_without_marks_stay_apart(one, other):
    assert stem_text(one) != stem_text(other)


def test_decomposed_letters_give_the_same_stems():
    assert stem_text("bo\u0308r sa\u0308kras") == stem_text("bör säkras")


def test_stems_are_joined_by_single_spaces_without_punctuation():
    assert stem_text("  Vatten, (avlopp)\noch\tvärme!  ") == "vatt avlopp och värm"


def test_parts_of_a_case_number_are_words():
    assert words("dnr KS 2025/76-3") == ["dnr", "KS", "2025", "76", "3"]


def test_text_without_words_has_no_stems():
    assert stems("… – !") == []
    assert stem_text("") == ""


def test_many_threads_get_the_stems_of_their_own_words():
    texts = [f"kommunernas{number}x skolornas åtgärderna{number}" for number in range(400)]
    expected = [stem_text(text.replace("x", "y")).replace("y", "x") for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(stem_text, texts)) == expected
