"""What counts as the beginning of a document, with and without pages."""

from dataclasses import replace

import pytest

from corpus.models import Block, Document
from ingest.opening import first_blocks


@pytest.fixture
def long_page():
    """Return a text of one page whose running headers come before its blocks."""
    headers = [
        Block(f"b{number}", "header", f"Skr. 2030/31:8 sida {number}", 1, number)
        for number in range(1, 60)
    ]
    text = [
        Block(f"t{number}", "paragraph", f"Stycke {number}", 1 + number // 4, 100 + number)
        for number in range(8)
    ]
    blocks = (*headers, *text)
    return Document("plan", "Plan", "other", "sv", "", "plan.txt", blocks=blocks)


def test_running_headers_count_once(long_page):
    assert [block.id for block in first_blocks(long_page, 3)] == ["b1", "t0", "t1"]


def test_only_the_first_pages_count(long_page):
    found = first_blocks(long_page, 40, pages=1)
    assert [block.id for block in found] == ["b1", "t0", "t1", "t2", "t3"]


def test_paragraphs_that_repeat_all_count(long_page):
    same = Block("s", "paragraph", "Stycke", 1, 1)
    document = replace(long_page, blocks=(same, replace(same, id="s2")))
    assert len(first_blocks(document, 9)) == 2
