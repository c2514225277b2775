import json
import sqlite3
from dataclasses import replace

import pytest
from sqlite_utils import Database

from corpus import reader
from corpus.database import open_database
from corpus.errors import DatabaseError
from corpus.ids import with_ids
from corpus.models import Actor, Call, Cell, Citation, Evidence, Link, Problem, Variant
from corpus.schema import _ANSWERS, _STRUCTURE, _TABLES, migrations
from corpus.store import Store, StoredFile, UnreadFile


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "corpus.db")
    yield store
    store.close()


def write(store, reading, document, *recommendations, **rest):
    run = store.start_run("build", {}, {})
    file = StoredFile(document.id, f"/x/{document.id}.pdf", "0" * 64, "f")
    return store.write_reading(reading(document, *with_ids(recommendations), **rest), file, run)


def test_a_reading_comes_back_as_it_went_in(store, document, reading, recommendation):
    variant = Variant("Skolgårdar rustas.", "summary", 1, ())
    rec = recommendation("Rusta skolgårdarna.", to=("kommunen",), variants=(variant,))
    doc = document(("heading", "1 Skolor"), "Rusta skolgårdarna.")
    changes = write(store, reading, doc, rec)
    (stored,) = reader.recommendations(store.db)
    assert changes.new == (stored.id,)
    assert (stored.text, stored.variants, stored.addressees[0].named) == (
        rec.text,
        (variant,),
        "kommunen",
    )
    (_, paragraph) = reader.blocks(store.db)["plan"]
    assert paragraph.boxes == doc.blocks[1].boxes
    assert reader.sections(store.db, "plan") == list(doc.sections)
    assert reader.pages(store.db, "plan") == list(doc.pages)


def test_the_same_reading_twice_changes_nothing(store, document, reading, recommendation):
    doc, rec = document("Rusta skolgårdarna."), recommendation("Rusta skolgårdarna.")
    write(store, reading, doc, rec)
    before = reader.recommendations(store.db)
    changes = write(store, reading, doc, rec)
    assert changes.new == changes.changed == changes.withdrawn == ()
    assert reader.recommendations(store.db) == before


def test_a_corrected_wording_is_a_change_and_keeps_its_id(store, document, reading, recommendation):
    write(store, reading, document("x"), recommendation("Rusta upp alla skolgårdar före 2026."))
    (before,) = reader.recommendations(store.db)
    changes = write(
        store, reading, document("x"), recommendation("Rusta upp alla skolgårdar före 2027.")
    )
    assert changes.changed == (before.id,)


def test_a_lost_recommendation_goes_unless_a_decision_hangs_on_it(
    store, document, reading, recommendation
):
    write(
        store,
        reading,
        document("x"),
        recommendation("Rusta skolan."),
        recommendation("Plantera.", position=1),
    )
    decided, other = (r.id for r in reader.recommendations(store.db))
    store.db["reviews"].insert(
        {
            "id": "1",
            "subject": "recommendation",
            "subject_id": decided,
            "verdict": "accepted",
            "by": "A",
            "at": "2026-01-01",
        }
    )
    changes = write(store, reading, document("y"))
    assert set(changes.withdrawn) == {decided, other}
    rows = list(store.db.query("select id, withdrawn from recommendations"))
    assert rows == [{"id": decided, "withdrawn": 1}]
    write(store, reading, document("x"), recommendation("Rusta skolan."))
    rows = list(store.db.query("select id, withdrawn from recommendations"))
    assert rows == [{"id": decided, "withdrawn": 0}]


def test_rebuilding_one_document_takes_away_its_links_only(
    store, document, reading, recommendation
):
    for name in "abc":
        rec = recommendation(f"Rusta skolan i {name}.", document=name)
        write(store, reading, document("x", id=name), rec)
    a, b, c = (r.id for r in reader.recommendations(store.db))
    links = [Link(b, a, "same", 0.9, 1, "ord"), Link(c, b, "same", 0.9, 1, "ord")]
    store.write_links(links, [Evidence(a, "c-b0", 0.5, "unknown", "ord")], run=1, state="s")
    write(store, reading, document("z", id="a"), recommendation("Rusta skolan i a.", document="a"))
    assert [link.source for link in reader.links(store.db)] == [c]
    assert list(reader.evidence(store.db)) == []
    assert store.linked_state() is None


def test_a_failed_write_leaves_what_was_there(store, document, reading, recommendation):
    write(store, reading, document("x"), recommendation("Rusta skolan."))
    before = reader.recommendations(store.db)
    wrong = recommendation("Plantera.", section="no-such-section")
    with pytest.raises(sqlite3.IntegrityError):
        write(store, reading, document("y"), wrong)
    assert reader.recommendations(store.db) == before


def test_decisions_are_append_only(store):
    row = {
        "id": "1",
        "subject": "link",
        "subject_id": "x",
        "verdict": "rejected",
        "by": "A",
        "at": "2",
    }
    store.db["reviews"].insert(row)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.db.execute("update reviews set verdict = 'accepted'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.db.execute("delete from reviews")


def test_full_text_tells_bor_from_bor_with_dots_and_finds_by_stem(
    store, document, reading, recommendation
):
    write(store, reading, document("x"), recommendation("Alla skolor bör få skugga."))
    find = "select count(*) from recommendations_fts where recommendations_fts match ?"
    assert store.db.execute(find, ["bör"]).fetchone()[0] == 1
    assert store.db.execute(find, ["bor"]).fetchone()[0] == 0
    assert store.db.execute(find, ["stems:skol"]).fetchone()[0] == 1


def test_unused_actors_are_dropped_and_parents_kept(store, document, reading, recommendation):
    actors = (
        Actor("nackoborg", "Näckoborgs kommun", "municipality"),
        Actor("namnden", "Badnämnden", "committee", ("Badn.",), "nackoborg"),
        Actor("ingen", "Ingen", "other"),
    )
    doc = document("x", sender="namnden")
    write(store, reading, doc, actors=actors)
    store.write_links([], [], run=1, state="s")
    assert [row["id"] for row in store.db.query("select id from actors order by id")] == [
        "nackoborg",
        "namnden",
    ]


def test_answers_reach_documents_positions_and_citations(store, document, reading, recommendation):
    write(store, reading, document("x", id="forslag", doctype="proposal"))
    rec = recommendation("Vi tillstyrker.", document="svar", kind="position", stance="support")
    citation = Citation("svar-b0", 1, "dnr B 2024/1", "dnr", "B 2024/1")
    write(store, reading, document("y", id="svar"), rec, citations=(citation,))
    store.write_answers({"svar": "forslag"}, {"B 2024/1": "forslag"})
    assert store.db["documents"].get("svar")["answers"] == "forslag"
    assert reader.recommendations(store.db)[0].target_document == "forslag"
    assert store.db["citations"].get("svar-c1")["target_document"] == "forslag"


def sources(store):
    return [row["source"] for row in store.db.query("select source from problems order by source")]


def test_problems_are_replaced_by_kind(store):
    store.start_run("build", {}, {})
    found = [Problem("a.pdf", "missing", "m"), Problem("b.pdf", "empty", "m")]
    store.replace_problems(["missing"], found)
    store.replace_problems(["missing"], [])
    assert sources(store) == ["b.pdf"]


def test_an_unread_file_is_remembered_until_it_is_read_or_gone(store, document, reading):
    run = store.start_run("build", {}, {})
    file = UnreadFile("/x/plan.pdf", "plan.pdf", "0" * 64, "f")
    other = UnreadFile("/x/b.pdf", "b.pdf", "1" * 64, "f")
    store.write_unread(file, Problem("plan.pdf", "broken", "m"), run)
    store.write_unread(other, Problem("b.pdf", "broken", "m"), run)
    assert store.unread() == {"/x/plan.pdf": file, "/x/b.pdf": other}
    write(store, reading, document("Text."))
    assert store.unread() == {"/x/b.pdf": other}
    assert sources(store) == ["b.pdf"]
    store.forget_unread(["/x/b.pdf"])
    assert (store.unread(), sources(store)) == ({}, [])


def test_problems_of_a_document_are_written_with_it(store, document, reading):
    problem = Problem("plan.pdf", "broken_page", "m", "plan", 2)
    write(store, reading, document("Text.", problems=(problem,)))
    assert sources(store) == ["plan.pdf"]
    write(store, reading, document("Text."))
    assert sources(store) == []


def test_links_of_a_run_that_was_broken_off_do_not_count(store):
    run = store.start_run("build", {}, {})
    store.write_links([], [], run=run, state="s")
    assert store.linked_state() is None
    store.finish_run(run, documents_read=0, problems=0)
    assert store.linked_state() == "s"


def test_a_file_that_gets_another_id_is_one_document(store, document, reading, recommendation):
    write(store, reading, document("x"), recommendation("Rusta skolgårdarna."))
    write(store, reading, document("y", id="svar"), recommendation("Vi går med.", document="svar"))
    store.write_answers({"svar": "plan"}, {})
    run = store.start_run("build", {}, {})
    file = StoredFile("ny", "/x/plan.pdf", "0" * 64, "f")
    changes = store.write_reading(reading(document("x", id="ny")), file, run)
    assert [row["id"] for row in store.db.query("select id from documents order by id")] == [
        "ny",
        "svar",
    ]
    assert len(changes.withdrawn) == 1
    assert sorted(store.files()) == ["ny", "svar"]


def test_a_decision_outlives_the_renaming_of_its_document(store, document, reading, recommendation):
    write(store, reading, document("x"), recommendation("Rusta skolgårdarna."))
    (decided,) = reader.recommendations(store.db)
    review = {"id": "r1", "subject": "recommendation", "subject_id": decided.id}
    store.db["reviews"].insert({**review, "verdict": "accepted", "by": "a", "at": "2025-01-01"})
    run = store.start_run("build", {}, {})
    store.write_reading(
        reading(document("x", id="ny")), StoredFile("ny", "/x/plan.pdf", "0" * 64, "f"), run
    )
    assert store.db["recommendations"].get(decided.id)["withdrawn"] == 1
    assert store.db["documents"].get("plan")["id"] == "plan"


def test_every_table_has_the_columns_of_its_migration(store):
    for name, spec in _TABLES.items():
        columns = {*spec["columns"], *_STRUCTURE.get(name, ()), *_ANSWERS.get(name, ())}
        assert {column.name for column in store.db[name].columns} == columns


@pytest.mark.parametrize("content", [b"not a database at all", b"%PDF-1.7"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match="no SQLite database"):
        Store(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table accounts (id integer)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="not one of Rödtråd's"):
        Store(path)
    assert path.read_bytes() == before


def test_a_missing_database_says_how_to_make_one(tmp_path):
    with pytest.raises(DatabaseError, match="rodtrad build"):
        open_database(tmp_path / "none.db", create=False)
    with pytest.raises(DatabaseError, match="folder"):
        open_database(tmp_path, create=True)
    with pytest.raises(DatabaseError, match="make it first"):
        open_database(tmp_path / "no" / "x.db", create=True)


def test_boxes_are_stored_as_the_contract_says(store, document, reading):
    write(store, reading, document("Text."))
    stored = json.loads(store.db["blocks"].get("plan-b0")["boxes"])
    assert stored == [[1, 50.0, 50.0, 500.0, 62.0]]


def test_calls_cells_and_anchors_come_back(store, document, reading):
    doc = document("Kostnad | 3 mnkr", "Texten.")
    row, text = doc.blocks
    row = replace(row, cells=(Cell(0, 7, 0, True), Cell(10, 16, 1)), anchor="kostnad")
    text = replace(text, calls=(Call(6, "1", row.id), Call(7, "2")))
    write(store, reading, replace(doc, blocks=(row, text), section_numbers=("5.1", "6")))
    stored_row, stored_text = reader.blocks(store.db)["plan"]
    assert (stored_row.cells, stored_row.anchor) == (row.cells, "kostnad")
    assert stored_text.calls == text.calls
    assert reader.documents(store.db)[0].section_numbers == ("5.1", "6")


@pytest.mark.parametrize("after", ["m002_structure", "m003_answers"])
def test_a_database_of_an_older_schema_keeps_its_rows_when_it_is_brought_up_to_date(
    tmp_path, after
):
    db = Database(tmp_path / "first.db")
    migrations.apply(db, stop_before=after)
    db["documents"].insert(
        {"id": "plan", "title": "Plan", "doctype": "strategy", "sha256": "0", "source": "plan.pdf"}
    )
    db.close()
    store = Store(tmp_path / "first.db")
    assert reader.documents(store.db)[0].section_numbers == ()
    assert store.db["documents"].get("plan")["title"] == "Plan"
    assert "verdict" in store.db["links"].columns_dict
    store.close()
