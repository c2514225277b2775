"""A folder of damaged files makes a database in which nothing refers to nothing."""

from __future__ import annotations

import importlib.util
import multiprocessing
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from rodtrad import pipeline, schedule
from rodtrad.pipeline import Options
from rodtrad.reading import Patience, Task, read

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
COUNT = 80
TWO = Options(jobs=2)


@pytest.fixture(scope="module")
def mutant():
    spec = importlib.util.spec_from_file_location("mutations", BENCHMARKS / "mutations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.mutant


def build(database, paths, options):
    """Build in a process of its own, as the command does."""
    own = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, own, _give_up_early) as process:
        return process.submit(pipeline.build, database, paths, options).result()


def _give_up_early():
    schedule.SECONDS_PER_PAGE = 20.0


def told_of(database):
    """Return the names of files that have a row in documents or problems."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("select source from documents union select source from problems")
        return {row[0] for row in rows}


def names_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def is_whole(database):
    with closing(sqlite3.connect(database)) as connection:
        lost = connection.execute("pragma foreign_key_check").fetchall()
        return not lost and connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_folder_of_damaged_files_is_built_whole(tmp_path, mutant, sample):
    folder, database = tmp_path / "in", tmp_path / "c.db"
    folder.mkdir()
    files = [path.read_bytes() for path in sorted(sample.glob("*.pdf"))[:2]]
    for seed in range(COUNT):
        (folder / f"{seed}.pdf").write_bytes(mutant(seed, files))
    outcome = build(database, [folder], TWO)
    assert told_of(database) == names_in(folder)
    assert not {problem.kind for problem in outcome.problems} & {"bug", "quote"}
    assert outcome.read > COUNT / 3
    assert "unproved" in {problem.kind for problem in outcome.problems}
    assert is_whole(database)
    again = build(database, [folder], TWO)
    assert again.nothing_new
    assert again.problems == outcome.problems


def test_a_file_that_is_damaged_later_leaves_no_row_that_refers_to_nothing(
    tmp_path, mutant, sample
):
    folder, database = tmp_path / "in", tmp_path / "c.db"
    folder.mkdir()
    files = [path.read_bytes() for path in sorted(sample.glob("yttrande*.pdf"))]
    for number, content in enumerate(files):
        (folder / f"{number}.pdf").write_bytes(content)
    build(database, [folder], TWO)
    for seed in range(3):
        for number, _content in enumerate(files):
            (folder / f"{number}.pdf").write_bytes(mutant(100 * seed + number, files))
        outcome = build(database, [folder], TWO)
        assert told_of(database) == names_in(folder)
        assert outcome.quotes.problems == ()
        assert is_whole(database)


@pytest.mark.parametrize("part", ["robustness", pytest.param(".", marks=pytest.mark.slow)])
def test_of_the_real_documents_no_file_is_without_a_row(tmp_path, shared, part):
    folder, database = shared / "real" / part, tmp_path / "c.db"
    outcome = build(database, [folder], TWO)
    assert told_of(database) == names_in(folder)
    assert not {problem.kind for problem in outcome.problems} & {"bug", "quote", "too_slow"}
    assert is_whole(database)
    assert build(database, [folder], TWO).nothing_new


def test_what_a_document_gives_does_not_depend_on_what_was_read_before(
    tmp_path, mutant, sample, shared
):
    files = [path.read_bytes() for path in sorted(sample.glob("yttrande*.pdf"))]
    path = tmp_path / "skadad.pdf"
    path.write_bytes(mutant(1, files))

    def given(path):
        task = Task(path.stem, path, path.name, "0" * 64, None, ())
        return read(lambda _step: None, task, Patience())

    first = given(path)
    given(shared / "real" / "robustness" / "rb_plumber_malformed-from-issue-932.pdf")
    assert given(path) == first
