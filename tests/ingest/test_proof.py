import hashlib

import pytest

from corpus.models import Box
from ingest.proof import PageReader, spells


@pytest.fixture(scope="module")
def pdf(sample):
    path = sample / "yttrande-hyresnamnden.pdf"
    with PageReader(path, hashlib.sha256(path.read_bytes()).hexdigest()) as reader:
        yield reader


@pytest.fixture(scope="module")
def line(pdf):
    """Return the box and text of the longest line on the page."""
    glyphs = pdf.glyphs(1)
    tops = sorted(
        {round(glyph.y) for glyph in glyphs}, key=lambda y: -sum(abs(g.y - y) < 4 for g in glyphs)
    )
    y = tops[0]
    inside = sorted((glyph.x, glyph.text) for glyph in glyphs if abs(glyph.y - y) < 4)
    return Box(1, inside[0][0], y - 5, inside[-1][0], y + 5), "".join(text for _x, text in inside)


def test_a_line_is_spelt_by_its_box(pdf, line):
    box, text = line
    assert len(text) > 30
    assert spells(pdf, [box], text)
    assert spells(pdf, [box], " ".join(text))


def test_a_letter_more_less_or_other_is_not(pdf, line):
    box, text = line
    for wrong in (
        text + "x",
        text[:-3],
        text[:5] + "Q" + text[6:],
        text[1:3] + text[:1] + text[3:],
        "",
    ):
        assert not spells(pdf, [box], wrong)


def test_a_part_of_the_line_is_not_the_quote(pdf, line):
    box, text = line
    half = box._replace(x1=(box.x0 + box.x1) / 2)
    assert not spells(pdf, [half], text)


def test_another_file_is_not_at_hand(sample, tmp_path):
    path = sample / "yttrande-hyresnamnden.pdf"
    with PageReader(path, "0" * 64) as reader:
        assert not reader.at_hand
    with PageReader(tmp_path / "none.pdf", "0" * 64) as reader:
        assert not reader.at_hand


def test_a_page_that_cannot_be_opened_proves_nothing(tmp_path):
    path = tmp_path / "trasig.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    with PageReader(path, hashlib.sha256(path.read_bytes()).hexdigest()) as reader:
        assert reader.at_hand
        assert not spells(reader, [Box(1, 0, 0, 100, 100)], "Planen antas.")
