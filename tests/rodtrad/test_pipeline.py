"""What a second build does: nothing that need not be done, and nothing forgotten."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from corpus.database import only_build
from corpus.errors import DatabaseError, EncoderError, RodtradError
from rodtrad.pipeline import Options, build

ONE = Options(jobs=1)


@pytest.fixture
def folder(tmp_path, sample):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(sample / "yttrande-hyresnamnden.pdf", folder / "yttrande.pdf")
    return folder


@pytest.fixture
def database(tmp_path):
    return tmp_path / "c.db"


def column(database, sql):
    with closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute(sql)]


def test_a_file_that_could_not_be_read_is_not_tried_again_until_it_changes(
    folder, database, sample
):
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.7 trasig")
    assert not build(database, [folder], ONE).nothing_new
    before = database.read_bytes()
    second = build(database, [folder], ONE)
    assert second.nothing_new
    assert [problem.source for problem in second.problems] == ["trasig.pdf"]
    assert database.read_bytes() == before
    shutil.copy(sample / "svar-granskning-2023.pdf", folder / "trasig.pdf")
    third = build(database, [folder], ONE)
    assert (third.read, third.problems) == (1, ())


def test_a_broken_file_that_is_taken_away_is_no_problem_any_more(folder, database):
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.7 trasig")
    build(database, [folder], ONE)
    (folder / "trasig.pdf").unlink()
    assert build(database, [folder], ONE).problems == ()


def test_a_file_that_is_put_back_is_no_problem_any_more(folder, database, tmp_path):
    build(database, [folder], ONE)
    (folder / "yttrande.pdf").rename(tmp_path / "undan.pdf")
    assert [problem.kind for problem in build(database, [folder], ONE).problems] == ["missing"]
    (tmp_path / "undan.pdf").rename(folder / "yttrande.pdf")
    back = build(database, [folder], ONE)
    assert (back.nothing_new, back.problems) == (True, ())


def test_a_target_that_is_built_later_ends_the_problem(folder, database, sample):
    entry = "documents:\n- file: yttrande.pdf\n  answers: planen\n"
    (folder / "corpus.yml").write_text(entry)
    told = build(database, [folder], ONE).problems
    assert [problem.kind for problem in told] == ["unknown_document"]
    shutil.copy(sample / "svar-granskning-2023.pdf", folder / "planen.pdf")
    outcome = build(database, [folder], ONE)
    assert (outcome.read, outcome.problems) == (1, ())
    assert column(database, "select answers from documents where id = 'yttrande'") == ["planen"]


def test_an_id_given_afterwards_makes_no_second_document(folder, database):
    build(database, [folder], ONE)
    (folder / "corpus.yml").write_text("documents:\n- file: yttrande.pdf\n  id: svaret\n")
    build(database, [folder], ONE)
    assert column(database, "select id from documents") == ["svaret"]


def test_a_build_broken_off_before_its_quotes_were_proved_is_taken_up(folder, database):
    build(database, [folder], ONE)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("update runs set finished = null")
        connection.commit()
    again = build(database, [folder], ONE)
    assert (again.read, again.nothing_new) == (0, False)
    assert again.quotes.checked > 0


def test_an_encoder_that_is_not_there_costs_no_reading(folder, database, tmp_path):
    with pytest.raises(EncoderError):
        build(database, [folder], Options(jobs=1, encoder=str(tmp_path / "ingen")))
    assert column(database, "select count(*) from documents") == [0]


def test_a_folder_without_files_makes_no_database(tmp_path, database):
    (tmp_path / "tom").mkdir()
    with pytest.raises(RodtradError, match="no files"):
        build(database, [tmp_path / "tom"], ONE)
    assert not database.exists()


def test_a_second_build_at_the_same_time_is_refused(folder, database):
    with only_build(database), pytest.raises(DatabaseError, match="another build"):
        build(database, [folder], ONE)


def test_bodies_that_a_document_names_by_a_word_or_an_abbreviation_are_stored(tmp_path, database):
    folder = tmp_path / "planer"
    folder.mkdir()
    (folder / "plan.html").write_text(
        "<html lang=sv><head><title>Cykelstrategi</title></head><body><h1>Cykelstrategi</h1>"
        "<p>Mora kommun har tagit fram strategin med Myndigheten för vägljus (MVL).</p>"
        "<h2>Åtgärder</h2><ul><li>Kommunen ska bygga cykelvägar.</li>"
        "<li>MVL ska mäta ljuset.</li><li>Vi ska laga cyklar.</li></ul></body></html>",
        "utf-8",
    )
    (folder / "corpus.yml").write_text(
        "documents:\n  - file: plan.html\n    doctype: strategy\n    sender: Mora kommun\n", "utf-8"
    )
    build(database, [folder], ONE)
    named = "select named || ': ' || name from addressees join actors on actors.id = actor"
    assert sorted(column(database, named)) == [
        "Kommunen: Mora kommun",
        "MVL: Myndigheten för vägljus",
        "vi: Mora kommun",
    ]


def test_a_rebuild_takes_the_vectors_of_the_build_before(folder, database):
    build(database, [folder], ONE)
    kept = column(database, "select count(*) from vectors")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("update vectors set vector = zeroblob(length(vector))")
        connection.commit()
    build(database, [folder], Options(jobs=1, force=True))
    changed = "select count(*) from vectors where vector <> zeroblob(length(vector))"
    assert column(database, changed) == [0]
    assert column(database, "select count(*) from vectors") == kept != [0]
    build(database, [folder], Options(jobs=1, encoder="static"))
    assert column(database, "select count(distinct model) from vectors") == [2]


def test_each_recommendation_has_a_vector_for_search(folder, database):
    build(database, [folder], ONE)
    missing = "select id from recommendations where id not in (select recommendation from meanings)"
    assert column(database, "select count(*) > 0 from meanings") == [1]
    assert column(database, missing) == []
