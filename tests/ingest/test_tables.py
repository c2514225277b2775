"""Tables in many layouts are read cell by cell, and what only stands in columns is no table."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from ingest import read_document

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
try:
    from tablecases import LAYOUTS, NO_TABLES, TABLES, TEXT, long_table, page_of, spanned
finally:
    del sys.path[0]


@pytest.fixture
def read(tmp_path):
    """Return a function that sets HTML as a PDF and reads it."""
    weasyprint = pytest.importorskip("weasyprint", exc_type=ImportError)

    def reading(html):
        path = tmp_path / "tabell.pdf"
        weasyprint.HTML(string=html).write_pdf(path)
        return read_document(path)

    return reading


def table_of(document):
    """Return the rows of all tables as their cells by column."""
    return [
        {cell.column: block.text[cell.start : cell.end] for cell in block.cells}
        for block in document.blocks
        if block.kind == "table"
    ]


def heads_of(document):
    return [block.cells[0].head for block in document.blocks if block.kind == "table"]


def as_cells(rows):
    return [{column: text for column, text in enumerate(row) if text} for row in rows]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_read_in_its_row_and_column(read, name, layout):
    document = read(page_of(TABLES[name], LAYOUTS[layout]))
    assert table_of(document) == as_cells(TABLES[name])
    assert heads_of(document) == [True] + [False] * (len(TABLES[name]) - 1)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_around_a_table_stays_text(read, layout):
    document = read(page_of(TABLES["risks"], LAYOUTS[layout]))
    kinds = Counter(block.kind for block in document.blocks)
    assert [block.text for block in document.blocks if block.kind == "paragraph"] == [TEXT, TEXT]
    assert kinds["heading"] == 1


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_only_stands_in_columns_is_no_table(read, name):
    assert table_of(read(NO_TABLES[name])) == []


def test_cells_that_span_rows_and_columns_stand_where_they_begin(read):
    document = read(spanned())
    assert table_of(document) == [
        {0: "Enhet", 1: "Utfall", 3: "Kommentar"},
        {1: "2024", 2: "2025"},
        {0: "Skola med så långt namn att det tar två rader", 1: "12", 2: "14", 3: "Fler elever"},
        {1: "3", 2: "4", 3: "Nya lokaler"},
        {0: "Kultur och fritid"},
        {0: "Bad", 1: "9", 3: "Stängt"},
    ]
    assert heads_of(document) == [True, True, False, False, False, False]


@pytest.mark.parametrize("rules", ["all", "level", "none"])
def test_a_table_over_pages_has_its_heads_marked_and_torn_rows_joined(read, rules):
    html, rows = long_table(rules)
    document = read(html)
    assert len(document.pages) > 2
    found = [
        row for row, head in zip(table_of(document), heads_of(document), strict=True) if not head
    ]
    heads = [row for row, head in zip(table_of(document), heads_of(document), strict=True) if head]
    assert len(heads) == len(document.pages)
    assert heads == as_cells([("Åtgärd", "Ansvarig", "År")]) * len(heads)
    assert found == as_cells(rows)


def test_each_word_of_a_cell_has_its_place(read):
    document = read(page_of(TABLES["measures"], LAYOUTS["grid"]))
    row = next(block for block in document.blocks if "skolgårdarna" in block.text)
    words = {row.text[word.start :].split()[0]: word for line in row.lines for word in line.words}
    assert words["Ta"].x0 < words["Lokalnämnden"].x0 < words["2025"].x0
    start, end, *_ = row.cells[1]
    (box,) = row.boxes_between(start, end)
    assert (box.x0, box.x1) == (words["Lokalnämnden"].x0, words["Lokalnämnden"].x1)
