"""The measuring of how documents were read: each figure is known by hand."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from analysis.gold import GoldBlock, read_structure
from analysis.structure import evaluate_structure, figures, render_structure, score_document, words
from corpus.errors import GoldError
from corpus.models import Block

GOLD = (
    GoldBlock("heading", "Inledning", 1, "1"),
    GoldBlock("paragraph", "Nämnden har prövat ett nytt arbetssätt."),
    GoldBlock("list_item", "pröva fler vägar,"),
    GoldBlock("list_item", "följa upp i mars."),
    GoldBlock("footnote", "Uppgift från 2019.", number="1"),
)


def block(kind, text, level=None, number=None, page=1):
    return Block("b", kind, text, page, 1, level=level, number=number)


READ = (
    block("heading", "Inledning", 1, "1"),
    block("paragraph", "Nämnden har prövat ett nytt arbetssätt."),
    block("list_item", "pröva fler vägar,"),
    block("list_item", "följa upp i mars."),
    block("footnote", "Uppgift från 2019.", number="1"),
    block("footer", "Sida 1"),
)


def read(**changed):
    """Return the blocks as they should be read, those at some places changed."""
    blocks = [changed.get(f"at_{place}", one) for place, one in enumerate(READ)]
    return [one for one in blocks if one is not None]


def measured(**changed):
    return figures(score_document("svar", read(**changed), GOLD))


def test_a_perfect_reading_has_ones_everywhere():
    assert set(measured().values()) == {1.0}


def test_a_lost_paragraph_costs_its_words():
    found = measured(at_1=None)
    assert found["word_recall"] == found["word_order"] == pytest.approx(8 / 14)
    assert found["word_kept_out"] == 1.0


def test_an_item_read_before_its_time_costs_order_but_no_recall():
    found = measured(at_2=READ[3], at_3=READ[2])
    assert found["word_recall"] == found["item_f1"] == 1.0
    assert found["word_order"] == pytest.approx((14 - 3) / 14)


def test_a_footnote_and_a_running_header_in_the_body_are_not_kept_out():
    found = measured(
        at_4=block("paragraph", "Uppgift från 2019."), at_5=block("paragraph", "Sida 1")
    )
    assert found["word_kept_out"] == pytest.approx(14 / 19)
    assert found["footnote_f1"] == 0.0
    assert found["word_recall"] == 1.0


@pytest.mark.parametrize(
    ("heading", "any_level", "with_level"),
    [
        (block("heading", "Inled-\u00adning", 1, "1"), 1.0, 1.0),
        (block("heading", "1. Inledning", 1), 1.0, 1.0),
        (block("heading", "Inledning", 2, "1"), 1.0, 0.0),
        (block("heading", "Inledning", 1, "2"), 0.0, 0.0),
        (block("heading", "Inledning och mer", 1, "1"), 0.0, 0.0),
        (block("paragraph", "1 Inledning"), 0.0, 0.0),
    ],
)
def test_headings_agree_by_text_number_and_level(heading, any_level, with_level):
    found = measured(at_0=heading)
    assert (found["heading_any_level_f1"], found["heading_f1"]) == (any_level, with_level)


def test_two_items_read_as_one_are_missed_both():
    found = measured(at_2=block("list_item", "pröva fler vägar, följa upp i mars."), at_3=None)
    assert found["item_f1"] == 0.0
    assert found["word_order"] == 1.0


def test_words_know_no_hyphens_case_or_points():
    assert words("Hälso- och sjuk\u00advård, s. 3.") == ["hälso", "och", "sjukvård", "s", "3"]
    assert words("ﬁnans‐\u00adiering") == ["finansiering"]


def test_what_readers_may_count_or_not_costs_nothing():
    gold = (GoldBlock("title", "En plan för kommunen"), *GOLD)
    for found in (read(), [block("heading", "En plan för kommunen", 1), *read()]):
        assert set(figures(score_document("svar", found, gold)).values()) == {1.0}


def test_the_report_adds_documents_up_and_lists_misses():
    report = evaluate_structure(
        {"a": read(), "b": read(at_3=None)}, {"a": GOLD, "b": GOLD, "c": ()}
    )
    assert [score.document for score in report.scores] == ["a", "b"]
    assert report.total.items.recall == 0.75
    assert [(m.side, m.document, m.what, m.text) for m in report.misses] == [
        ("gold", "b", "list_item", "följa upp i mars."),
        ("gold", "b", "words", "följa upp i mars"),
    ]
    text = render_structure(report)
    assert text.splitlines()[0].split()[:4] == ["structure", "words", "recall", "order"]
    assert "följa upp i mars." in text
    assert "följa upp i mars." not in render_structure(report, misses=False)
    content = json.loads(json.dumps(report.as_json()))
    assert content["total"]["item_f1"] == pytest.approx(6 / 7)


def test_gold_is_read_from_the_folder_structure(tmp_path):
    assert read_structure(tmp_path) == {}
    (tmp_path / "structure").mkdir()
    file = tmp_path / "structure" / "000_svar.json"
    file.write_text('{"blocks": [{"type": "heading", "text": "Mål", "level": 2}]}', "utf-8")
    assert read_structure(tmp_path) == {"000-svar": (GoldBlock("heading", "Mål", 2),)}
    file.write_text('{"blocks": [{"text": "Mål"}]}', "utf-8")
    with pytest.raises(GoldError):
        read_structure(tmp_path)


def test_the_samples_gold_is_what_its_source_says(sample: Path):
    pytest.importorskip("tinyhtml5")
    path = sample / "source" / "structure.py"
    spec = importlib.util.spec_from_file_location("structure_source", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for source in sorted((sample / "source").glob("*.html")):
        gold = json.loads(
            (sample / "gold" / "structure" / f"{source.stem}.json").read_text("utf-8")
        )
        assert gold["blocks"] == module.blocks_of(source)
