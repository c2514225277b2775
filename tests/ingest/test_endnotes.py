"""Notes that a word processor collects at the end, on a page of their own."""

import pytest

from ingest import read_document

TEXT = "Kommunens arbete med lokaler har pågått i flera år och ska fortsätta tills alla är klara. "


def test_small_notes_on_a_page_of_their_own_are_linked_with_their_calls(tmp_path):
    weasyprint = pytest.importorskip("weasyprint", exc_type=ImportError)
    page = (
        "<style>@page{size:A4;margin:25mm} p{font-size:11pt} sup{font-size:7pt}"
        ".n{font-size:9pt}.n:first-of-type{break-before:page}</style>"
        f"<p>{TEXT * 8}Det har prövats.<sup>1</sup> {TEXT * 8}Så blev det.<sup>2</sup></p>"
        "<div class=n>1Nämndens beslut i maj.</div><div class=n>2Besluten har begärts ut.</div>"
    )
    weasyprint.HTML(string=page).write_pdf(tmp_path / "noter.pdf")
    blocks = read_document(tmp_path / "noter.pdf").blocks
    notes = {block.id: (block.number, block.text) for block in blocks if block.kind == "footnote"}
    called = [notes[call.note] for block in blocks for call in block.calls if call.note]
    assert called == [("1", "Nämndens beslut i maj."), ("2", "Besluten har begärts ut.")]
