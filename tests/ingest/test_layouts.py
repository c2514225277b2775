"""Documents of known structure, set in other layouts, are read as they were written.

The whole table, with other engines and more layouts, is made by ``benchmarks/layouts.py``.
"""

import sys
from pathlib import Path

import pytest

from analysis.gold import read_structure
from analysis.structure import figures, score_document
from ingest import read_document

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
LAYOUTS = ("two-columns", "span-headings", "narrow-justified", "a5-indented", "capitals", "colour",
           "letter-spaced", "dark-bars", "hanging-dashes", "letter", "outer-heads")  # fmt: skip
DOCUMENTS = ("svar-granskning-2023", "yttrande-nacko", "varmeplan-2025")
LETTERS = ("agency-sans", "agency-serif", "form-serif", "form-two", "office-plain", "office-side",
           "referral-serif", "referral-two", "referral-word", "run-in-columns")  # fmt: skip
LEAST = {"word_recall": 0.99, "word_order": 0.99, "word_kept_out": 0.99, "heading_f1": 0.97,
         "item_f1": 0.98, "footnote_f1": 0.98}  # fmt: skip


@pytest.fixture(scope="module")
def typesetting():
    pytest.importorskip("weasyprint", exc_type=ImportError)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import typesetting
    finally:
        sys.path.remove(str(BENCHMARKS))
    return typesetting


@pytest.mark.parametrize("name", LAYOUTS)
def test_another_layout_is_read_as_well(typesetting, sample, tmp_path, name):
    layout = next(one for one in typesetting.read_layouts() if one.name == name)
    document = DOCUMENTS[LAYOUTS.index(name) % len(DOCUMENTS)]
    blocks = read_structure(sample / "gold")[document]
    path = typesetting.set_pdf(blocks, layout, "Yttrande", tmp_path / f"{document}.pdf")
    found = figures(score_document(document, read_document(path).blocks, layout.sets(blocks)))
    assert {key: value for key, value in found.items() if value < LEAST.get(key, 0)} == {}


@pytest.mark.parametrize("name", LETTERS)
def test_an_invented_letter_is_read_with_what_frames_it(typesetting, tmp_path, name):
    layout = next(one for one in typesetting.read_layouts() if one.name == name)
    blocks = typesetting.read_letters()[layout.letter].blocks
    path = typesetting.set_pdf(blocks, layout, "Brev", tmp_path / "brev.pdf")
    found = figures(score_document("brev", read_document(path).blocks, blocks))
    assert {key: value for key, value in found.items() if value < LEAST.get(key, 0)} == {}
