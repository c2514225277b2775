"""Gold of our own: places in texts that lie elsewhere, never their words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.standoff import is_standoff, quoted, read_standoff
from corpus.errors import GoldError

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Nämnden tillstyr-\nker förslaget.\n\nNämnden bör se över 4 §\nljuslagen.\n"
ANNOTATION = {
    "doctype": "response",
    "units": [
        {
            "id": "u1",
            "kind": "position",
            "text": "Nämnden tillstyrker förslaget.",
            "start": 0,
            "end": 32,
            "stance": "support",
            "note": "ett eget ord",
            "variants": [],
        },
        {
            "id": "u2",
            "kind": "position",
            "text": "Nämnden bör se över 4 § ljuslagen.",
            "stance": "request",
            "certain": False,
            "variants": [],
        },
    ],
    "citations": [{"text": "4 § ljuslagen", "kind": "paragraph", "normalised": "4 § ljuslagen"}],
}


@pytest.fixture
def gold(tmp_path):
    """Return a folder of gold, made by the command of docs/gold.md from an invented text."""
    texts, folder = tmp_path / "texts", tmp_path / "gold"
    texts.mkdir()
    folder.mkdir()
    (texts / "Svar_1.txt").write_text(TEXT, "utf-8")
    (tmp_path / "annotation.json").write_text(json.dumps(ANNOTATION), "utf-8")
    tool = ROOT / "benchmarks" / "standoff.py"
    arguments = [tmp_path / "annotation.json", texts / "Svar_1.txt", folder]
    subprocess.run([sys.executable, tool, *arguments], check=True)
    manifest = {"texts": "../texts", "held_out": True}
    (folder / "gold.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def changed(file, **values):
    content = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(content | values), "utf-8")


def test_the_words_are_read_from_the_text_and_none_stands_in_the_gold(gold):
    read = read_standoff(gold)
    assert [unit.text for unit in read.units] == [
        "Nämnden tillstyrker förslaget.",
        "Nämnden bör se över 4 § ljuslagen.",
    ]
    assert read.documents == ("svar-1",)
    assert read.citations[0].text == "4 § ljuslagen"
    assert read.held_out
    stored = (gold / "Svar_1.json").read_text("utf-8")
    assert "tillstyrker" not in stored
    assert "eget ord" not in stored


def test_a_stance_that_is_not_sure_is_not_measured(gold):
    assert [unit.stance for unit in read_standoff(gold).units] == ["support", None]


def test_a_text_that_is_missing_is_skipped_with_the_reason(gold, tmp_path):
    empty = tmp_path / "elsewhere"
    read = read_standoff(gold, empty)
    assert (read.documents, read.units) == ((), ())
    (skipped,) = read.skipped
    assert skipped.document == "svar-1"
    assert str(empty) in skipped.reason


def test_a_text_that_has_drifted_is_skipped_with_the_reason(gold):
    text = gold.parent / "texts" / "Svar_1.txt"
    text.write_text("Ny rad.\n" + TEXT, "utf-8")
    read = read_standoff(gold)
    assert read.units == ()
    assert "not the text that was annotated" in read.skipped[0].reason


def test_a_place_with_other_words_than_were_annotated_is_an_error(gold):
    file = gold / "Svar_1.json"
    units = json.loads(file.read_text("utf-8"))["units"]
    units[0]["end"] -= 1
    changed(file, units=units)
    with pytest.raises(GoldError, match="other words than were annotated stand at 0-31"):
        read_standoff(gold)


@pytest.mark.parametrize("values", [{"units": [{"id": "x"}]}, {"units": 3}, {"citations": None}])
def test_a_file_of_another_form_is_told_in_one_line(gold, values):
    changed(gold / "Svar_1.json", **values)
    with pytest.raises(GoldError) as error:
        read_standoff(gold)
    assert "\n" not in str(error.value)


def test_a_quote_that_does_not_stand_in_the_text_cannot_become_gold(gold, tmp_path):
    units = [{"id": "u", "kind": "position", "text": "Nämnden avstyrker.", "variants": []}]
    (tmp_path / "wrong.json").write_text(json.dumps(ANNOTATION | {"units": units}), "utf-8")
    tool = ROOT / "benchmarks" / "standoff.py"
    arguments = [tmp_path / "wrong.json", tmp_path / "texts" / "Svar_1.txt", gold]
    done = subprocess.run(
        [sys.executable, tool, *arguments], check=False, capture_output=True, text=True
    )
    assert "stands 0 times" in done.stderr


def test_words_broken_over_lines_are_joined_but_not_shared_endings():
    assert quoted("till-\n  syn och väg-\noch vattenbygge") == "tillsyn och väg- och vattenbygge"


@pytest.mark.parametrize(("half", "held_out"), [("dev", False), ("test", True)])
def test_the_projects_own_gold_fits_the_texts_that_it_points_into(shared, half, held_out):
    folder = ROOT / "benchmarks" / "gold" / half
    assert is_standoff(folder)
    gold = read_standoff(folder)
    assert gold.skipped == ()
    assert gold.held_out is held_out
    assert len(gold.documents) == 8
    assert all(unit.text for unit in gold.units)


def test_the_projects_own_gold_holds_no_sentence_of_the_texts(shared):
    gold = ROOT / "benchmarks" / "gold"
    for file in sorted(gold.glob("*/[!g]*.json")):
        stored = file.read_text("utf-8")
        read = read_standoff(file.parent)
        texts = [unit.text for unit in read.units if len(unit.text.split()) > 5]
        assert [text for text in texts if text in stored] == []
