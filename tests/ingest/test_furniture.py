from ingest.furniture import part_furniture
from ingest.layout import segments
from ingest.pages import PageContent, PageWord, Style

BODY, SMALL = Style("Text", 11.0), Style("Text", 8.0)


def page(number, *lines):
    """Return a page with its lines, each ``(height, text)`` or ``(height, text, style)``."""
    words = []
    for y, text, *style in lines:
        x = 72.0
        for word in text.split():
            words.append(
                PageWord(word, x, x + 6 * len(word), float(y), style[0] if style else BODY)
            )
            x += 6 * len(word) + 3
    content = PageContent(number, 595.0, 842.0, words=tuple(words))
    return content, segments(content)


def headers(pages):
    return [[line.text for line in parted.headers] for parted in part_furniture(pages)]


def footers(pages):
    return [[line.text for line in parted.footers] for parted in part_furniture(pages)]


def test_headers_that_alternate_left_and_right_are_found():
    names = ["Bygg- och miljönämnden", "Plan för bostäder"] * 3
    pages = [
        page(n, (40, name, SMALL), (300, f"Brödtext nummer {n}"))
        for n, name in enumerate(names, start=1)
    ]
    assert headers(pages) == [[name] for name in names]


def test_running_headings_that_change_by_chapter_are_found_by_their_place():
    chapters = ["Inledning", "Metod", "Skolan", "Vården", "Slutord"]
    pages = [
        page(n, (40, name, SMALL), (300, f"Brödtext nummer {n} som är längre"))
        for n, name in enumerate(chapters, start=1)
    ]
    assert headers(pages) == [[name] for name in chapters]


def test_large_chapter_headings_at_one_height_are_no_headers():
    large = Style("Text", 22.0, bold=True)
    pages = [
        page(n, (90, name, large), (300, f"Brödtext nummer {n} som är längre"))
        for n, name in enumerate(["Inledning", "Metod", "Skolan", "Vården"], start=1)
    ]
    assert headers(pages) == [[]] * 4


def test_page_numbers_follow_the_pages_and_other_numbers_do_not():
    pages = [page(n, (300, "Text"), (800, str(n + 4))) for n in (1, 2, 3)]
    assert footers(pages) == [["5"], ["6"], ["7"]]
    assert footers([page(n, (300, "Text"), (800, "1984")) for n in (1, 2, 3)]) == [[]] * 3


def test_numbered_appendices_on_pages_in_a_row_are_no_furniture():
    pages = [page(n, (60, f"Bilaga {n}"), (300, "Text")) for n in (1, 2)]
    assert headers(pages) == [[], []]


def test_a_lone_page_that_counts_itself_has_a_page_number():
    assert footers([page(1, (300, "Text"), (800, "Sida 1 (1)"))]) == [["Sida 1 (1)"]]


def test_the_first_lines_of_like_pages_are_not_eaten():
    pages = [
        page(n, (100, f"Ärende nummer {'abc'[n]}"), (114, "Nämnden beslutar att"))
        for n in (0, 1, 2)
    ]
    assert headers(pages) == [[]] * 3
