"""True quotes whose characters stand in unusual places, and false ones that look like them."""

import hashlib

import pytest

from corpus.models import Box
from ingest.proof import PageReader, spells

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def make_pdf(path, drawing):
    """Write a PDF of one page with a content stream in Helvetica as F1."""
    stream = drawing.encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        _FONT,
    ]
    content = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    content += b"xref\n0 6\n0000000000 65535 f \n%s" % table
    content += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % content.index(b"xref")
    path.write_bytes(content)
    return PageReader(path, hashlib.sha256(content).hexdigest())


def box_around(pdf):
    glyphs = pdf.glyphs(1)
    across, down = [glyph.x for glyph in glyphs], [glyph.y for glyph in glyphs]
    return Box(1, min(across) - 4, min(down) - 4, max(across) + 4, max(down) + 4)


def test_a_point_kerned_under_the_quotation_mark_keeps_its_place(tmp_path):
    # In Helvetica the mark is 333 wide and the point 278: moved back by 310 they share a place.
    drawing = "BT /F1 12 Tf 72 700 Td [(Taket lagas) 0 (.) 310 (\x94) ] TJ ET"
    drawing = drawing.replace("\x94", "”")
    with make_pdf(tmp_path / "kern.pdf", drawing) as pdf:
        first, last = pdf.glyphs(1)[-2:]
        assert abs(first.x - last.x) < 0.5
        assert spells(pdf, [box_around(pdf)], "Taket lagas.”")
        assert not spells(pdf, [box_around(pdf)], "Taket lagsa.”")


@pytest.mark.parametrize(
    "turn", ["1 0 0 1 72 700", "0 1 -1 0 300 100", "0 -1 1 0 300 700", "-1 0 0 -1 500 300"]
)
def test_a_line_is_spelt_in_the_direction_in_which_it_runs(tmp_path, turn):
    with make_pdf(tmp_path / "turn.pdf", f"BT /F1 12 Tf {turn} Tm (Nya rutiner) Tj ET") as pdf:
        assert spells(pdf, [box_around(pdf)], "Nya rutiner")
        assert not spells(pdf, [box_around(pdf)], "Nya rutinre")


def test_a_raised_digit_is_a_call_or_belongs_to_the_text(tmp_path):
    drawing = "BT /F1 12 Tf 72 700 Td (Lokalen har 90 m) Tj /F1 7 Tf 5 Ts (2) Tj ET"
    with make_pdf(tmp_path / "raised.pdf", drawing) as pdf:
        assert spells(pdf, [box_around(pdf)], "Lokalen har 90 m2")
        assert spells(pdf, [box_around(pdf)], "Lokalen har 90 m")
        assert not spells(pdf, [box_around(pdf)], "Lokalen har 90 m3")
        assert not spells(pdf, [box_around(pdf)], "Lokalen har 9 m2")


def test_signs_at_the_ends_are_no_part_of_the_quote_but_words_are(tmp_path):
    drawing = "BT /F1 12 Tf 72 700 Td (\\225 Lokalen hyrs ut, ) Tj ET"
    with make_pdf(tmp_path / "signs.pdf", drawing) as pdf:
        assert spells(pdf, [box_around(pdf)], "Lokalen hyrs ut")
        assert spells(pdf, [box_around(pdf)], "Lokalen hyrs ut,")
        assert not spells(pdf, [box_around(pdf)], "Lokalen hyrs")


def test_a_pdf_that_may_not_be_read_is_not_at_hand(tmp_path):
    folder = tmp_path / "a-folder.pdf"
    folder.mkdir()
    with PageReader(folder, "0" * 64) as pdf:
        assert not pdf.at_hand
