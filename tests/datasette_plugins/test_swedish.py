import re
from itertools import pairwise

import pytest

from datasette_plugins.swedish import in_swedish
from datasette_plugins.words import words

PAGES = [
    "/n~C3~A4svik",
    "/n~C3~A4svik/recommendations?kind=measure",
    "/n~C3~A4svik/recommendations/plan-vagar",
    "/n~C3~A4svik/oppna_rekommendationer",
    "/n~C3~A4svik?sql=select+1",
]


def test_rewording_looks_for_markup_only():
    for english in words().group("datasette.markup"):
        assert "<" in english or ">" in english


def test_text_of_the_data_is_left_alone():
    cell = "<td>3 rows where Apply, advanced &lt;h3&gt;4 rows</td><td>contains</td>"
    assert str(in_swedish(cell)) == cell


def test_column_names_are_left_alone():
    column = "<option>date</option>"
    assert str(in_swedish(column)) == column
    assert 'value="date">datum</option>' in in_swedish('<option value="date">date</option>')


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("<h3>1 row\n</h3>", '<h2 class="minor">1 rad\n</h2>'),
        ("<h3>1,234 rows where x</h3>", '<h2 class="minor">1\u00a0234 rader där x</h2>'),
        (
            "<h3>Custom SQL query returning more than 10 rows (",
            '<h2 class="minor">mer än 10 rader (',
        ),
        ("<h2>A</h2><h3>B</h3>", "<h2>A</h2><h3>B</h3>"),
    ],
)
def test_counts_and_headings(english, swedish):
    assert str(in_swedish(english)) == swedish


@pytest.mark.parametrize("path", PAGES)
async def test_pages_have_no_unnamed_field_and_no_english_button(get, path):
    text = (await get(path, follow_redirects=True)).text
    content = text.split('id="innehall"')[1]
    for field in re.findall(r"<(?:select|input type=\"text\"|textarea)[^>]*>", content):
        assert "aria-label=" in field or 'id="qp' in field, field
    for english in (
        "Apply",
        "Run SQL",
        "This data as",
        "Custom SQL",
        "View and edit",
        "Export CSV",
    ):
        assert english not in content
    levels = [int(level) for level in re.findall(r"<h([1-6])", content)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
