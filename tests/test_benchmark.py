"""The benchmark of reading runs, and its table says what it measured; its times are not tested."""

import importlib.util
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click import ClickException
from click.testing import CliRunner

from corpus.models import Problem

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "sample" / "yttrande-hyresnamnden.pdf"


@pytest.fixture(scope="module")
def reading():
    pytest.importorskip("pdfplumber")
    folder = ROOT / "benchmarks"
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("reading_benchmark", folder / "reading.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(folder))


def test_it_times_every_reader_and_names_the_files(reading):
    done = CliRunner().invoke(
        reading.main, ["--files", str(SAMPLE), "--repeat", "1", "--jobs", "1"]
    )
    assert done.exit_code == 0, done.output
    for name in (reading.OURS, reading.PLUMBER, reading.PDFIUM, "yttrande-hyresnamnden.pdf (1)"):
        assert name in done.output


def test_without_compiled_modules_the_table_says_so(reading, monkeypatch):
    monkeypatch.setattr(reading, "MODULES", "stale")
    assert reading.INTERPRETED not in reading.readers(1)
    table = " ".join(reading.render({"plan.pdf": 1}, {reading.OURS: [1.0]}, 1).split())
    assert "The modules that read are stale, not compiled." in table


def test_it_times_the_source_files_too_where_there_are_compiled_modules(reading, monkeypatch):
    monkeypatch.setattr(reading, "MODULES", "compiled")
    assert reading.readers(1)[reading.INTERPRETED]([SAMPLE]) > 0


def test_rates_and_ratios_come_from_the_medians(reading):
    seconds = {reading.OURS: [1.0, 4.0, 2.0], reading.PLUMBER: [20.0, 20.0, 20.0]}
    table = reading.render({"plan.pdf": 300, "svar.pdf": 100}, seconds, 1)
    assert table.splitlines()[1].split()[-4:] == ["5.0", "10.00", "x", "-"]
    assert "Medians of 3 rounds over 400 pages" in table
    assert "plan.pdf (300), svar.pdf (100)" in table


def test_the_readme_shows_its_table(reading):
    told = reading.block("reading").search((ROOT / "README.md").read_text("utf-8"))
    assert told, "run 'make benchmark'"
    assert reading.OURS in told[2]


def test_what_a_mistake_of_ours_left_out_is_not_timed(reading, monkeypatch):
    bug = Problem("plan.pdf", "bug", "a mistake in Rödtråd")
    document = SimpleNamespace(problems=(bug,))
    monkeypatch.setattr(reading, "read_document", lambda _file, **_options: document)
    with pytest.raises(ClickException, match="a mistake in Rödtråd"):
        reading.ours(Path("plan.pdf"))
