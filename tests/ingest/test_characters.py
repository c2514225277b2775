"""Characters are read as they are meant, whatever codes a file writes them in."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import read_document
from ingest.characters import is_odd, joined_accents, mended, plain
from ingest.proof import PageReader, spells


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a\u030akerma\u0308rke", "åkermärke"),
        ("o\u0308ppna\u200bde", "öppnade"),
        ("\u200eNa\u0308ckö\u200f", "Näckö"),
        ("\ufb01nansiera och \ufb02ytta", "finansiera och flytta"),
        ("minst 5\u00a0\uf0b0C", "minst 5\u00a0°C"),
        ("fenyl-\uf062-naftylamin", "fenyl-β-naftylamin"),
        ("not\x86 och \x93citat\x94", "not† och “citat”"),
        ("\u212bngström", "Ångström"),
    ],
)
def test_characters_are_written_as_they_are_meant(written, meant):
    assert is_odd(written)
    assert plain(written) == meant


@pytest.mark.parametrize("text", ["En vanlig å, ä och ö.", "•", "\uf0a7", "−5 °C", "½ § ”så”"])
def test_what_is_written_as_it_is_meant_stays(text):
    assert not is_odd(text)
    assert plain(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("fÃ¶r kommunens vÃ¤gar pÃ¥ Ã–n", "för kommunens vägar på Ön"),
        ("sÃ¥ kallade â€\x9djourboendenâ€\x9d â€“ tre", "så kallade ”jourboenden” – tre"),
        ("en (cid:3)punkt", "en punkt"),
        ("Ã är en portugisisk bokstav", "Ã är en portugisisk bokstav"),
    ],
)
def test_letters_that_were_read_wrongly_are_mended(written, meant):
    assert mended(written) == meant


@given(st.text(alphabet="åäöÅÄÖéüabc ”–", max_size=40))
def test_a_text_that_was_read_as_windows_letters_comes_back(text):
    wrong = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )
    assert mended(wrong) == text


@given(st.text(max_size=60))
def test_characters_that_are_meant_are_never_changed_again(text):
    once = plain(text)
    assert plain(once) == unicodedata.normalize("NFC", once)


def test_accents_join_the_letter_on_their_side():
    assert joined_accents("f¨or sk˚al", first=True) == "för skål"
    assert joined_accents("fo¨r ska˚l", first=False) == "för skål"
    assert joined_accents("5 ¨ 6", first=True) == "5 ¨ 6"


def test_accents_set_by_themselves_are_of_their_letters(write_pdf):
    """LaTeX sets ä as an accent and a letter below it; the quote must be proved all the same."""
    accented = "[(f) 0 (\u00a8) 333 (orv) 0 (\u00a8) 445 (altning)]"
    stream = (
        f"BT /F1 11 Tf 72 700 Td {accented} TJ ET BT /F1 11 Tf 72 680 Td (Den ska stanna.) Tj ET"
    )
    path = write_pdf([stream])
    document = read_document(path)
    text = " ".join(block.text for block in document.blocks)
    assert text == "förvältning Den ska stanna."
    assert "förvältning" in document.pages[0].text
    (line,) = [line for block in document.blocks for line in block.lines if line.box.top < 145]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with PageReader(path, digest) as pdf:
        assert spells(pdf, [line.box], "förvältning")
        assert not spells(pdf, [line.box], "forvältning")


def test_minus_signs_that_stand_as_bullets_begin_items(tmp_path):
    """So are lists marked in Boverket's guidance (sv_oresjon_boverket_artskydd_vagledning.pdf)."""
    path = tmp_path / "vagledning.txt"
    path.write_text(
        "Kommunen kan göra så här:\n\n− Kartlägg områdets arter tidigt.\n"
        "− Ta kontakt med länsstyrelsen.\n",
        encoding="utf-8",
    )
    items = [block.text for block in read_document(path).blocks if block.kind == "list_item"]
    assert items == ["Kartlägg områdets arter tidigt.", "Ta kontakt med länsstyrelsen."]
