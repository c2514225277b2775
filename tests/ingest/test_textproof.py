"""What the proof of files without pages takes for the text of a file."""

import hashlib

import pytest

from corpus.quotes import stands
from ingest import read_document
from ingest.textproof import file_texts


def proved(path, quote):
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return any(stands(quote, [text]) for text in file_texts(path, sha256))


PAGES = {
    "a call": "Vi svarade<sup><a href='#n'>1</a></sup> i tid och utan omsvep.",
    "a word in parts": "Vi svar<b>ade</b> i t<span class=x>id och</span> utan&nbsp;omsvep.",
    "a hidden aside": "Vi svarade <span class='sr-only'>(ny flik)</span>i tid och utan omsvep.",
    "unseen marks": "Vi svara\u200bde i tid och utan om&shy;svep.",
    "entities": "Vi svarade i tid &#111;ch utan omsvep.",
}


@pytest.mark.parametrize("form", PAGES)
def test_a_quote_of_a_page_is_proved_as_it_is_read(write_page, form):
    path = write_page(f"<h1>Svar</h1><p>{PAGES[form]}</p><script>annat()</script>")
    text = read_document(path).blocks[1].text
    assert text == "Vi svarade i tid och utan omsvep."
    assert proved(path, text)
    assert not proved(path, "Vi svarade inte i tid och utan omsvep.")
    assert not proved(path, "annat()")


def test_deleted_and_hidden_text_of_a_word_file_proves_nothing(write_docx):
    path = write_docx(
        "<w:p><w:r><w:t>Vi svarade </w:t></w:r><w:del><w:r><w:delText>för sent</w:delText></w:r>"
        "</w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hemligt </w:t></w:r>"
        "<w:r><w:t>i</w:t><w:tab/><w:t>tid.</w:t></w:r></w:p>"
    )
    (block,) = read_document(path).blocks
    assert block.text == "Vi svarade i tid."
    assert proved(path, block.text)
    assert not proved(path, "Vi svarade för sent")
    assert not proved(path, "hemligt")


def test_a_changed_file_proves_nothing(write_page):
    path = write_page("<p>Vi svarade i tid.</p>")
    assert file_texts(path, "0" * 64) == ()
    assert file_texts(path.with_name("borta.html"), "0" * 64) == ()
