"""Each kind of document is split by what it holds, and what is split out has lasting ids."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.evaluate import Predicted, evaluate
from analysis.gold import read_gold
from analysis.split import split
from corpus.actors import load_gazetteer
from ingest import read_document

TEXTS = (
    ("heading", "1 Rekommendationer"),
    ("paragraph", "Vi rekommenderar kommunstyrelsen att:"),
    ("list_item", "anta en plan"),
    ("list_item", "följa upp planen"),
)


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.mark.parametrize("doctype", ["audit", "followup"])
def test_an_audit_gives_recommendations_with_ids(document, gazetteer, doctype):
    found = split(document(*TEXTS, doctype=doctype), gazetteer)
    assert [one.kind for one in found] == ["recommendation", "recommendation"]
    assert len({one.id for one in found}) == 2
    assert all(one.id.startswith("plan-") for one in found)


@pytest.mark.parametrize("doctype", ["guidance", "reply", "other"])
def test_a_kind_without_units_of_its_own_gives_none(document, gazetteer, doctype):
    assert split(document(*TEXTS, doctype=doctype), gazetteer) == ()


@pytest.mark.parametrize(
    ("name", "doctype", "count"),
    [("002_nationell_strategi", "strategy", 18), ("003_revisionsrapport", "audit", 6)],
)
@pytest.mark.parametrize("form", ["text", "pdf"])
def test_the_seeds_are_split_as_gold_has_it(shared, gazetteer, name, doctype, count, form):
    file = shared / "seeds" / form / f"{name}.{'txt' if form == 'text' else 'pdf'}"
    read = replace(read_document(file), doctype=doctype)
    found = split(read, gazetteer)
    gold = read_gold(shared / "gold")
    score = evaluate([Predicted(read.id, found, file.name)], gold).scores[0]
    assert (score.units.hits, score.units.false, score.units.missed) == (count, 0, 0)
    assert score.levels.value == 1.0
    assert score.headings.value == 1.0
    assert score.bodies.value in {None, 1.0}


def test_the_recommendations_of_the_seed_have_all_their_addressees(shared, gazetteer):
    file = shared / "seeds" / "text" / "003_revisionsrapport.txt"
    found = split(replace(read_document(file), doctype="audit"), gazetteer)
    assert [len(one.addressees) for one in found] == [1, 1, 1, 3, 3, 3]
