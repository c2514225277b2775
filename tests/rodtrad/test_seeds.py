"""The documents that the project was made for, read as a new user would: no corpus.yml, no help."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest

from analysis.structure import figures
from rodtrad.evaluation import evaluate_database, structure_of_database
from rodtrad.pipeline import Options, build


def rows(database, sql):
    with sqlite3.connect(database) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def built(tmp_path_factory, shared):
    database = tmp_path_factory.mktemp("seeds") / "seeds.db"
    return database, build(database, [shared / "seeds" / "pdf"], Options(jobs=2))


def test_all_are_read_and_every_quote_stands(built):
    assert built[1].problems == ()
    assert built[1].quotes.checked > 60


def test_kinds_of_document(built):
    kinds = Counter(kind for (kind,) in rows(built[0], "select doctype from documents"))
    assert kinds == {"response": 2, "guidance": 1, "strategy": 1, "audit": 1}


def test_measures_by_level_each_with_its_section(built):
    sql = (
        "select level, count(*), count(body_section) from recommendations"
        " where kind = 'measure' group by 1"
    )
    assert rows(built[0], sql) == [("local", 10, 10), ("national", 8, 8)]


def test_recommendations_with_their_addressees(built):
    sql = (
        "select count(addressees.id) from recommendations"
        " left join addressees on recommendation = recommendations.id"
        " where recommendations.kind = 'recommendation' group by recommendations.id order by 1"
    )
    assert [count for (count,) in rows(built[0], sql)] == [1, 1, 1, 3, 3, 3]


def test_no_unit_from_the_guidance(built):
    sql = (
        "select count(*) from recommendations join documents on documents.id = document"
        " where doctype = 'guidance'"
    )
    assert rows(built[0], sql) == [(0,)]


def test_the_text_files_give_the_same_recommendations(built, shared, tmp_path):
    database = tmp_path / "text.db"
    build(database, [shared / "seeds" / "text"], Options(jobs=2))
    sql = "select document, kind, stance, text from recommendations order by document, position"
    assert rows(database, sql) == rows(built[0], sql)


def test_positions_against_gold(built, shared):
    report = evaluate_database(built[0], shared / "gold")
    (positions,) = (score for score in report.totals if score.kind == "position")
    assert positions.units.precision >= 0.8
    assert positions.units.recall >= 0.8
    assert positions.stances.value >= 0.8


def test_structure_against_gold(built, shared):
    found = figures(structure_of_database(built[0], shared / "gold").total)
    assert found["word_recall"] >= 0.99
    assert found["word_order"] >= 0.99
    assert found["heading_f1"] >= 0.97
    assert found["word_kept_out"] >= 0.99
    assert found["footnote_f1"] >= 0.99
    assert found["item_f1"] >= 0.98


def test_the_hard_cases_all_go_through_one_build(shared, tmp_path):
    folder = shared / "real" / "robustness"
    outcome = build(tmp_path / "hard.db", [folder], Options(jobs=2))
    told = {problem.source for problem in outcome.problems}
    read = {name for (name,) in rows(tmp_path / "hard.db", "select source from documents")}
    assert told | read == {path.name for path in folder.iterdir()}
