"""Builds of scanned documents from the command line, with tesseract and without."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pypdfium2
import pytest

from ingest.tesseract import engine

FOUND = engine()
needs_tesseract = pytest.mark.skipif(
    FOUND is None or not FOUND.reads_swedish,
    reason="tesseract with Swedish is not installed (tesseract-ocr tesseract-ocr-swe)",
)


@pytest.fixture
def folder(sample, tmp_path):
    """Return a folder with a scanned response and one with text."""
    folder = tmp_path / "dokument"
    folder.mkdir()
    document = pypdfium2.PdfDocument(sample / "yttrande-hyresnamnden.pdf")
    picture = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    picture.save(folder / "skannat-yttrande.pdf", "PDF", resolution=200)
    document.close()
    shutil.copy(sample / "yttrande-region-tallmark.pdf", folder)
    return folder


@pytest.fixture
def without_tesseract(tmp_path):
    """Return an environment in which tesseract is not found."""
    empty = tmp_path / "tomt"
    empty.mkdir()
    return {**os.environ, "PATH": str(empty)}


def rodtrad(*arguments, env=None):
    command = [sys.executable, "-m", "rodtrad", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    return done.returncode, done.stdout, done.stderr


def build(database, folder, *options, env=None):
    _status, out, _err = rodtrad("build", "--json", database, folder, *options, env=env)
    return json.loads(out)


def rows(database, query):
    with sqlite3.connect(database) as db:
        result = db.execute(query).fetchall()
    db.close()
    return result


def test_without_tesseract_the_document_is_kept_and_told(folder, tmp_path, without_tesseract):
    database = tmp_path / "c.db"
    status, _out, err = rodtrad("build", database, folder, env=without_tesseract)
    assert status == 3
    assert "apt install tesseract-ocr tesseract-ocr-swe" in err
    assert rows(database, "select source, kind, page from problems") == [
        ("skannat-yttrande.pdf", "no_ocr", 1)
    ]
    scanned = "document = 'skannat-yttrande'"
    assert rows(database, f"select ocr, confidence from pages where {scanned}") == [(0, 0.0)]


@needs_tesseract
def test_what_recognition_changes_is_read_again_and_nothing_else(
    folder, tmp_path, without_tesseract
):
    database = tmp_path / "c.db"
    assert build(database, folder, env=without_tesseract)["read"] == 2
    assert build(database, folder, "--ocr", "never")["read"] == 1
    found = build(database, folder)
    assert (found["read"], found["problems"], found["quotes_failed"]) == (1, 0, 0)
    assert build(database, folder)["read"] == 0
    assert build(database, folder, env=without_tesseract)["read"] == 1


@needs_tesseract
def test_quotes_of_a_recognised_page_are_proved_by_its_text(folder, tmp_path):
    database = tmp_path / "c.db"
    build(database, folder, "--jobs", "1")
    (confidence,) = rows(
        database, "select confidence from pages where document = 'skannat-yttrande'"
    )[0]
    assert confidence > 0.85
    quotes = "select count(*) from recommendations where document = 'skannat-yttrande'"
    ((count,),) = rows(database, quotes)
    assert count >= 2
    status, out, _err = rodtrad("verify", "--json", database)
    report = json.loads(out)
    assert (status, report["failed"]) == (0, [])
    assert report["recognised"] >= count
    assert report["checked"] == report["in_boxes"] + report["recognised"]
    assert "by the text recognised on their pages" in rodtrad("verify", database)[1]


@needs_tesseract
def test_a_wrong_quote_of_a_recognised_page_is_found(folder, tmp_path):
    database = tmp_path / "c.db"
    build(database, folder)
    with sqlite3.connect(database) as db:
        changed = db.execute(
            "update recommendations set text = 'Aldrig att ' || text"
            " where document = 'skannat-yttrande'"
        ).rowcount
    db.close()
    status, out, _err = rodtrad("verify", "--json", database)
    assert changed >= 1
    assert status == 3
    assert len(json.loads(out)["failed"]) == changed


@needs_tesseract
def test_the_number_of_processes_changes_nothing(folder, tmp_path):
    for jobs in ("1", "2"):
        build(tmp_path / f"{jobs}.db", folder, "--jobs", jobs)
    for table in ("pages", "blocks", "recommendations"):
        one, two = (
            rows(tmp_path / f"{jobs}.db", f"select * from {table} order by 1, 2") for jobs in "12"
        )
        columns = [row[1] for row in rows(tmp_path / "1.db", f"pragma table_info({table})")]
        left_out = {
            columns.index(name) for name in ("run", "created", "changed") if name in columns
        }
        assert [[value for at, value in enumerate(row) if at not in left_out] for row in one] == [
            [value for at, value in enumerate(row) if at not in left_out] for row in two
        ]
