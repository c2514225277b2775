"""Decks of slides are read box by box, their titles as headings and their bullets as items.

The whole table, with other makers and more looks, is made by ``benchmarks/decks.py``.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.structure import figures, score_document
from ingest import read_document
from ingest.layout import segments
from ingest.pages import PageContent, PageWord, Style

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
LOOKS = ("weasyprint-tinted", "weasyprint-upper", "weasyprint-bar", "impress-dark")


@pytest.fixture(scope="module")
def decks():
    pytest.importorskip("weasyprint", exc_type=ImportError)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import decks
    finally:
        sys.path.remove(str(BENCHMARKS))
    return decks


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("deck", ["bussar", "natur"])
def test_a_deck_is_read_slide_by_slide(decks, tmp_path, name, deck):
    look = next(one for one in decks.read_looks() if one.name == name)
    slides, path = decks.read_decks()[deck], tmp_path / f"{deck}.pdf"
    try:
        decks.set_deck(slides, look, path)
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"the maker of {name} is not there ({error!r:.60})")
    found = figures(score_document(deck, read_document(path).blocks, decks.gold_of(slides)))
    assert {key: value for key, value in found.items() if value < decks.MARKS.get(key, 0)} == {}


@pytest.mark.parametrize(("bullet", "size", "lift"), [("●", 9.0, 5.6), ("–", 15.0, 4.1)])
def test_a_small_bullet_above_the_line_of_its_text_begins_it(bullet, size, lift):
    text, own = Style("Text", 20.0), Style("Symbol", size)
    words = (
        PageWord(bullet, 54, 61, 100 - lift, own),
        PageWord("Pröva", 76, 130, 100, text, order=1),
        PageWord("trafiken", 135, 210, 100, text, order=2),
    )
    assert [line.text for line in segments(PageContent(1, 700.0, 500.0, words=words))] == [
        f"{bullet} Pröva trafiken"
    ]
