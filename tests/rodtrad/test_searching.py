import csv
import io
import json

import pytest
from click.testing import CliRunner

from rodtrad.cli import main
from rodtrad.pipeline import Options, build


@pytest.fixture(scope="module")
def database(tmp_path_factory, sample):
    database = tmp_path_factory.mktemp("searching") / "c.db"
    names = ("yttrande-svala-boenden.pdf", "granskning-2022.pdf")
    build(database, [sample / name for name in names], Options(jobs=2))
    return database


@pytest.fixture
def run(database):
    def call(*arguments):
        return CliRunner().invoke(main, ["search", str(database), *arguments])

    return call


def test_a_hit_says_what_where_and_why(run):
    result = run("vikarier", "--limit", "1")
    assert result.exit_code == 0
    assert "yttrande-svala-boenden" in result.stdout
    assert ", p. 2" in result.stdout
    assert "found by the form vikarie, its meaning" in result.stdout
    assert "more: --limit" in result.stdout


def test_what_means_the_same_is_found(run):
    found = json.loads(run("kurs för anställda", "--json").stdout)
    assert any("utbildning" in row["text"] for row in found)
    assert {row["why"] for row in found} == {"its meaning"}


def test_rows_come_as_json_lines_csv_and_table(run):
    rows = json.loads(run("vikarier", "--json").stdout)
    assert len(rows) > 2
    assert [json.loads(line) for line in run("vikarier", "--nl").stdout.splitlines()] == rows
    read = list(csv.DictReader(io.StringIO(run("vikarier", "--csv").stdout)))
    assert [row["text"] for row in read] == [row["text"] for row in rows]
    assert len(run("vikarier", "--table").stdout.splitlines()) == len(rows) + 1


def test_a_misspelt_word_is_told_beside_the_rows(run):
    result = run("vikarrierna", "--json")
    assert json.loads(result.stdout)
    assert "No document has the word vikarrierna; searched for vikarierna." in result.stderr


def test_hits_are_narrowed(run):
    rows = json.loads(run("vikarier", "--doctype", "audit", "--json").stdout)
    assert {row["document"] for row in rows} == {"granskning-2022"}
    rows = json.loads(run("vikarier", "--stance", "oppose", "--json").stdout)
    assert {row["stance"] for row in rows} == {"oppose"}


def test_nothing_found_says_what_to_do(run):
    result = run("fotbollsplan")
    assert (result.exit_code, result.stdout.strip()) == (
        0,
        "Nothing was found: try fewer or other words.",
    )


def test_a_database_that_is_not_there_is_one_line(tmp_path):
    result = CliRunner().invoke(main, ["search", str(tmp_path / "x.db"), "ord"])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
