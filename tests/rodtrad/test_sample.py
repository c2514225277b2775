"""The sample corpus from end to end: what a new user sees first."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest
from sqlite_utils import Database

from analysis.answers import find_answers
from analysis.facts import read_gold_facts, score_facts
from corpus import reader
from corpus.actors import load_gazetteer
from corpus.manifest import read_manifest
from corpus.schema import DERIVED_TABLES
from ingest import read_document
from rodtrad.pipeline import Options, build


def dump(database):
    """Return every row of the derived tables, in the order in which they lie in the file."""
    db = Database(database)
    return {name: list(db.query(f"select rowid, * from [{name}]")) for name in DERIVED_TABLES}


@pytest.fixture(scope="module")
def built(tmp_path_factory, sample):
    database = tmp_path_factory.mktemp("sample") / "sample.db"
    return database, build(database, [sample], Options(jobs=2))


@pytest.fixture(scope="module")
def gold(sample):
    return json.loads((sample / "gold" / "units.json").read_text("utf-8"))


def rows(database, sql):
    with sqlite3.connect(database) as connection:
        return connection.execute(sql).fetchall()


def test_every_document_is_read_without_a_problem(built, sample):
    database, outcome = built
    assert outcome.problems == ()
    assert outcome.read == len(list(sample.glob("*.pdf"))) > 10
    kinds = dict(rows(database, "select id, doctype from documents"))
    assert set(kinds.values()) >= {
        "strategy",
        "audit",
        "response",
        "proposal",
        "reply",
        "followup",
        "guidance",
    }


def test_every_quote_is_proved_by_the_characters_in_its_boxes(built):
    quotes = built[1].quotes
    assert quotes.problems == ()
    assert quotes.checked == quotes.in_boxes > 50


def test_guidance_holds_no_units_and_a_proposal_nothing_but_its_proposals(built):
    sql = (
        "select count(*) from recommendations join documents on documents.id = document"
        " where doctype = 'guidance' or (doctype = 'proposal' and kind != 'proposal')"
    )
    assert rows(built[0], sql) == [(0,)]


def test_responses_answer_the_proposal_and_replies_the_audit(built):
    answers = dict(
        rows(built[0], "select id, answers from documents where doctype in ('response', 'reply')")
    )
    targets = dict(rows(built[0], "select id, doctype from documents"))
    assert {targets.get(target) for target in answers.values()} == {"proposal", "audit"}


def test_links_join_documents_from_later_to_earlier_and_say_why(built):
    sql = (
        "select links.why, a.document, b.document, d.date, e.date from links"
        " join recommendations a on a.id = links.source"
        " join recommendations b on b.id = links.target"
        " join documents d on d.id = a.document join documents e on e.id = b.document"
    )
    links = rows(built[0], sql)
    assert links
    for why, one, other, later, earlier in links:
        assert one != other
        assert later >= earlier
        assert why.startswith("Gemensamma ord: ") or len(why) > 20


def test_evidence_stands_in_other_documents(built):
    sql = (
        "select recommendations.document, blocks.document from evidence"
        " join recommendations on recommendations.id = recommendation"
        " join blocks on blocks.id = block"
    )
    found = rows(built[0], sql)
    assert found
    assert all(one != other for one, other in found)


def test_another_build_with_another_number_of_processes_is_equal(built, sample, tmp_path):
    again = tmp_path / "again.db"
    build(again, [sample], Options(jobs=1))
    assert dump(again) == dump(built[0])


def test_foreign_keys_hold(built):
    assert rows(built[0], "pragma foreign_key_check") == []


def test_gold_of_every_document_is_known_to_the_corpus(built, gold):
    documents = {key for (key,) in rows(built[0], "select id from documents")}
    assert set(gold) <= documents


def test_the_samples_facts_are_read_right_without_the_manifests_help(sample):
    actors = load_gazetteer(read_manifest(sample).actors)
    documents = [read_document(path, gazetteer=actors) for path in sorted(sample.glob("*.pdf"))]
    truth = {
        name: {field: value for field, value in facts.items() if field != "answers"}
        for name, facts in read_gold_facts(sample / "gold").items()
    }
    report = score_facts(documents, truth)
    assert report.misses() == ()
    assert report.total()[1] > 100


def test_what_answers_what_is_found_without_the_manifests_help(built, sample):
    documents = [replace(d, answers=None, facts={}) for d in reader.documents(Database(built[0]))]
    found, problems = find_answers(documents)
    answered = dict(rows(built[0], "select id, answers from documents where answers is not null"))
    assert found == answered
    assert problems == []
