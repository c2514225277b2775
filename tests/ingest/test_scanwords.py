import numpy as np
import pytest

from ingest.scans import listed
from ingest.scantype import bullet, is_raised, row_size, settled
from ingest.scanwords import Sheet, read_page, with_section_signs
from ingest.tesseract import Letter, Row, Rule, Token


def word(text, x0=0.0, *, tall=28.0, low=20.0, base=100.0, sure=0.95, wide=20.0):
    """Return a word whose letters stand on ``base``, tall ones ``tall`` high."""
    letters = tuple(
        Letter(sign, x0 + wide * i, base - (tall if sign in "bdfhkltABDKS1" else low),
               x0 + wide * i + wide - 4, base)
        for i, sign in enumerate(text)
    )  # fmt: skip
    top = min(letter.top for letter in letters)
    return Token(text, x0, top, letters[-1].x1, base, sure, letters)


def row(*tokens, base=100.0, slope=0.0, angle=0, paragraph=1):
    return Row(tokens, tokens[0].x0, base, slope, angle, paragraph)


def sheet(ink=None, slope=0.0):
    ink = np.zeros((1000, 600), dtype=bool) if ink is None else ink
    return Sheet(1, ink, 72, slope, (float(ink.shape[1]), float(ink.shape[0])))


@pytest.mark.parametrize(
    ("before", "read", "meant"),
    [
        (["12"], "$$", ["§§"]),
        (["15"], "$3", ["§", "3"]),
        ([], "3$", ["3", "§"]),
        (["enligt"], "3$.", ["3", "§."]),
        (["5", "kap.", "3"], "8", ["§"]),
        (["kap.", "11", "och", "12"], "$$", ["§§"]),
        (["kostar", "nästan"], "$40", ["$40"]),
        (["sidan", "3"], "8", ["8"]),
        (["enligt"], "1984", ["1984"]),
    ],
)
def test_section_signs_are_set_right(before, read, meant):
    assert [token.text for token in with_section_signs(word(read), before)] == meant


def test_the_size_of_a_row_is_told_by_its_tall_letters():
    assert row_size(row(word("bad"))) == pytest.approx(40)
    assert row_size(row(word("vass"))) == pytest.approx(20 / 0.475)
    assert row_size(row(word("—"))) is None


def test_sizes_near_the_commonest_are_one_size():
    even = settled([(11.2, 300), (11.0, 500), (11.6, 200), (14.4, 20), (9.1, 60), (9.3, 20)])
    assert even[11.2] == even[11.0] == even[11.6] == 11.0
    assert even[14.4] == 14.4
    assert even[9.1] == even[9.3] == 9.1


def test_raised_signs_are_told_by_foot_and_height():
    line = row(word("text"))
    assert is_raised(Letter("1", 80, 72, 86, 88), line, 40)
    assert not is_raised(Letter("”", 80, 72, 90, 81), line, 40)
    assert not is_raised(Letter("1", 80, 72, 90, 100), line, 40)


@pytest.mark.parametrize(("width", "height", "sign"), [(10, 10, "•"), (24, 4, "–"), (10, 28, None)])
def test_bullets_and_dashes_are_told_by_their_shape(width, height, sign):
    ink = np.zeros((200, 200), dtype=bool)
    ink[94 - height : 94, 0:width] = True
    token = Token("»", 0, 90 - height, width, 96, 0.6)
    assert bullet(ink, token, row(token), 40) == sign


def test_unsure_rows_are_left_out_and_sureness_is_weighed_by_letters():
    read = read_page([row(word("fast text")), row(word("zzz", sure=0.2))], [], sheet())
    assert [placed.text for placed in read.words] == ["fast text"]
    assert read.confidence == 0.95


def test_raised_figures_are_words_of_their_own():
    letters = (*word("ord").letters, Letter("2", 64, 72, 72, 88))
    token = Token("ord2", 0, 72, 72, 100, 0.9, letters)
    first, call = read_page([row(token, word("och", 100))], [], sheet()).words[:2]
    assert (first.text, call.text, call.glued) == ("ord", "2", True)
    assert call.base < first.base
    assert call.style.size < first.style.size


def test_words_of_a_slanting_row_stand_on_one_level_baseline():
    tokens = [word("vass", x, base=500 + 0.01 * x) for x in (0, 250, 500)]
    read = read_page([row(*tokens, base=500.0, slope=0.01)], [], sheet(slope=0.01))
    assert len({placed.base for placed in read.words}) == 1


def test_printed_rules_are_marks():
    read = read_page([], [Rule(50, 300, 550, 304), Rule(10, 10, 60, 60)], sheet())
    (mark,) = read.marks
    assert mark.is_level


def test_pages_are_listed_in_runs():
    assert listed([3]) == "page 3"
    assert listed([4, 1, 2, 3, 7]) == "pages 1–4, 7"
