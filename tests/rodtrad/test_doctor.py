"""``rodtrad doctor`` tells what is there and what to do about the rest."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from ingest.native import ADVICE
from ingest.tesseract import engine
from rodtrad.cli import main
from rodtrad.doctor import Finding, examine, worded


def told(*options):
    result = CliRunner().invoke(main, ["doctor", *options])
    return result.exit_code, result.output


def test_all_that_is_required_is_told_with_its_version():
    status, out = told()
    lines = out.splitlines()
    assert status == 0
    for name in ("Python 3.", "SQLite 3.", "SQLite FTS5", "pypdfium2 5.", "spacy 3."):
        assert any(line.startswith(f"ok       {name}") for line in lines), name
    assert not any(line.startswith("missing") for line in lines)


def test_json_tells_the_same():
    status, out = told("--json")
    found = {row["name"]: row for row in json.loads(out)}
    assert status == 0
    assert found["Python"]["state"] == "ok"
    assert {"name", "state", "version", "advice"} == set(found["Python"])
    assert found["default encoder"]["state"] == "ok"


def test_without_tesseract_it_is_an_option_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    status, out = told()
    (line,) = [line for line in out.splitlines() if "tesseract" in line]
    assert line.startswith("option   tesseract: scanned pages are not read")
    assert "apt install tesseract-ocr tesseract-ocr-swe" in line
    assert status == 0


def test_a_tesseract_without_swedish_says_which_package(tmp_path, monkeypatch):
    answers = 'case "$1" in --version) echo "tesseract 5.9.9";; *) printf "x:\\neng\\n";; esac'
    (tmp_path / "tesseract").write_text(f"#!/bin/sh\n{answers}\n")
    (tmp_path / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = {finding.name: finding for finding in examine()}
    assert (found["tesseract"].state, found["tesseract"].version) == ("ok", "5.9.9")
    assert found["tesseract swe"].state == "option"
    assert "apt install tesseract-ocr-swe" in found["tesseract swe"].advice


@pytest.mark.skipif(engine() is None, reason="tesseract is not installed")
def test_tesseract_is_told_with_its_version():
    assert f"ok       tesseract {engine().version}" in told()[1]


def test_what_is_required_and_missing_fails(monkeypatch):
    monkeypatch.setattr("rodtrad.doctor.OLDEST_PYTHON", (99, 0))
    status, out = told()
    assert status == 1
    assert "missing  Python" in out
    assert "install Python" in out


def test_a_finding_is_a_line():
    assert worded(Finding("torch", "ok", "2.1", "pip")) == "ok       torch 2.1"
    assert worded(Finding("torch", "option", advice="pip")) == "option   torch: pip"


def test_nothing_heavy_is_imported():
    code = (
        "import sys; from rodtrad.doctor import examine; examine();"
        "sys.exit(any(name in sys.modules for name in ('torch', 'spacy', 'numpy', 'datasette')))"
    )
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0


@pytest.mark.parametrize("modules", ["interpreted", "stale", "switched off"])
def test_slower_reading_is_told_with_what_to_do(modules, monkeypatch):
    monkeypatch.setattr("ingest.MODULES", modules)
    (line,) = [line for line in told()[1].splitlines() if "compiled reading" in line]
    assert line == f"option   compiled reading: PDFs are read, but more slowly: {ADVICE[modules]}"
