import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.textlayer import is_below, is_plausible, plausible_share


@pytest.mark.parametrize(
    "word",
    ["kommunens", "m.m.", "(t.ex.", "IT-stöd", "SKR:s", "BankID", "och/eller", "VARSÅGODA",
     "2-Acetamidofluoren", "värme-", "Sammanfattning.............12", "västkustskt"],
)  # fmt: skip
def test_a_word_is_plausible(word):
    assert is_plausible(word) is not False


@pytest.mark.parametrize(
    "word", ["1XYDUDQGH", "UHJHULQJ\x03", "k0mmu~en", "WnJ", "(cid:12)(cid:40)", "��gder", "jqrtwx"]
)
def test_what_letters_mapped_wrong_give_is_not(word):
    assert is_plausible(word) is False


@pytest.mark.parametrize("word", ["12,5", "–", "\uf0b7", "https://exempel.se/a_b?c=d", "Δίκη", "a"])
def test_what_is_no_word_in_latin_letters_is_not_judged(word):
    assert is_plausible(word) is None


def test_a_page_is_judged_by_its_letters():
    assert plausible_share(["kommunen"] * 15 + ["1XYDUDQG"] * 5) == pytest.approx(0.75)
    assert plausible_share(["kommunen"] * 5) is None


@pytest.mark.parametrize("word", ["(cid:", "bbbba", "Bbbba", "aBab", "aeioua", "strntsgtr"])
def test_what_only_looks_sound_is_not_plausible_at_a_glance(word):
    assert is_plausible(word) is False
    assert is_below([word] * 30, 0.3)


@given(st.text("aeyåöébkstSAÅ()”.,:;-", min_size=1, max_size=9))
def test_a_word_that_is_sound_at_a_glance_is_plausible(word):
    assert (plausible_share([word], fewest=1) == 1.0) == bool(is_plausible(word))
