import pytest

from ingest.columns import in_reading_order
from ingest.layout import segments
from ingest.pages import PageContent, PageWord, Style

BODY = Style("Text", 10.0)


def words(x, y, text, style=BODY, width=5.0, space=3.0):
    """Return the words of one line, each letter ``width`` points wide."""
    placed = []
    for word in text.split():
        x1 = x + width * len(word)
        placed.append(PageWord(word, x, x1, y, style))
        x = x1 + space
    return placed


def lines(*placed):
    page = PageContent(1, 595.0, 842.0, words=tuple(word for part in placed for word in part))
    return [[line.text for line in region.lines] for region in in_reading_order(segments(page))]


def test_columns_whose_lines_do_not_align_are_read_one_by_one():
    left = [words(50, 100 + 12 * n, f"vänster rad {n} i spalten") for n in range(4)]
    right = [words(300, 105 + 12 * n, f"höger rad {n} i spalten") for n in range(4)]
    assert lines(*left, *right) == [
        [f"vänster rad {n} i spalten" for n in range(4)],
        [f"höger rad {n} i spalten" for n in range(4)],
    ]


def test_a_stretched_line_of_justified_type_is_one_line():
    rows = [words(50, 100 + 12 * n, "helt vanlig text som fyller hela raden") for n in range(3)]
    stretched = words(50, 136, "några få ord utdragna", space=28)
    after = [words(50, 148 + 12 * n, "helt vanlig text som fyller hela raden") for n in range(3)]
    (region,) = lines(*rows, stretched, *after)
    assert region[3] == "några få ord utdragna"


def test_a_heading_after_two_columns_goes_with_the_text_below_it():
    left = [words(50, 100 + 12 * n, "vänster spalt har text") for n in range(4)]
    right = [words(300, 100 + 12 * n, "höger spalt har text") for n in range(4)]
    heading = words(50, 180, "Ny rubrik")
    below = [words(50, 196 + 12 * n, "text " * 16) for n in range(2)]
    assert lines(*left, *right, heading, *below)[-1][0] == "Ny rubrik"
    assert lines(*left, *right, heading, *below)[1][-1] == "höger spalt har text"


def test_a_marker_far_from_its_text_stays_on_its_line():
    rows = [
        part
        for n in range(4)
        for part in (words(50, 100 + 12 * n, "•"), words(90, 100 + 12 * n, "en punkt i listan"))
    ]
    assert lines(*rows) == [["• en punkt i listan"] * 4]


def test_a_large_bullet_that_stands_higher_than_its_text_begins_its_line():
    bullet = words(50, 96.5, "•", Style("Symbol", 16.0))
    assert lines(bullet, words(62, 100, "en punkt i listan")) == [["• en punkt i listan"]]


def test_words_on_almost_one_baseline_are_read_from_left_to_right():
    raised = words(110, 99.4, "sist på raden")
    assert lines(raised, words(50, 100, "först och")) == [["först och sist på raden"]]


@pytest.mark.parametrize(
    ("before", "raised", "expected"),
    [("miljöer.", "12", "miljöer. Nästa"), ("m", "2", "m2 Nästa")],
)
def test_calls_of_footnotes_go_and_exponents_stay(before, raised, expected):
    host = words(50, 100, before)
    edge = host[-1].x1
    call = PageWord(raised, edge, edge + 6, 96.0, Style("Text", 6.0), glued=True)
    assert lines(host, [call], words(edge + 9, 100, "Nästa")) == [[expected]]


def test_an_initial_over_several_lines_begins_its_word():
    initial = [PageWord("F", 50.0, 68.0, 124.0, Style("Text", 34.0))]
    rows = [
        words(70, 100, "ramtiden börjar här"),
        words(70, 112, "och den går vidare"),
        words(70, 124, "ännu en stund till"),
        words(50, 136, "innan den tar slut helt"),
    ]
    assert lines(initial, *rows)[0][0] == "Framtiden börjar här"


def test_turned_text_comes_last_with_its_box_on_the_page():
    stamp = [PageWord("Stämpel", 100.0, 150.0, 20.0, BODY, turn=1)]
    page = PageContent(1, 595.0, 842.0, words=(*stamp, *words(50, 100, "vanlig text")))
    found = segments(page)
    assert [line.text for line in found] == ["vanlig text", "Stämpel"]
    assert (found[1].top, found[1].bottom) == (100.0, 150.0)
    assert found[1].x0 < 20.0 < found[1].x1
