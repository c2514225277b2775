"""The benchmarks run, and their tables say what they measured; their times are not tested."""

import importlib.util
import shutil
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
def loaded():
    pytest.importorskip("pdfplumber")
    folder = ROOT / "benchmarks"
    sys.path.insert(0, str(folder))
    yield lambda name: _module(folder / f"{name}.py")
    sys.path.remove(str(folder))


def _module(path):
    spec = importlib.util.spec_from_file_location(f"{path.stem}_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reading(loaded):
    return loaded("reading")


@pytest.fixture(scope="module")
def figures(loaded):
    return loaded("figures")


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


def test_the_readme_shows_its_table(reading, figures):
    told = figures.block("reading").search((ROOT / "README.md").read_text("utf-8"))
    assert told, "run 'make benchmark'"
    assert reading.OURS in told[2]


def test_what_a_mistake_of_ours_left_out_is_not_timed(reading, monkeypatch):
    bug = Problem("plan.pdf", "bug", "a mistake in Rödtråd")
    document = SimpleNamespace(problems=(bug,))
    monkeypatch.setattr(reading, "read_document", lambda _file, **_options: document)
    with pytest.raises(ClickException, match="a mistake in Rödtråd"):
        reading.ours(Path("plan.pdf"))


def test_splitting_is_timed_for_the_documents_of_a_folder(loaded, tmp_path):
    shutil.copy(SAMPLE, tmp_path)
    done = CliRunner().invoke(loaded("splitting").main, ["--files", str(tmp_path), "--repeat", "1"])
    assert done.exit_code == 0, done.output
    assert [line.split()[:3] for line in done.stdout.splitlines()[2:]] == [
        ["response", "1", "1"],
        ["all", "1", "1"],
    ]


def test_a_folder_without_a_pdf_is_told(loaded, tmp_path):
    done = CliRunner().invoke(loaded("splitting").main, ["--files", str(tmp_path)])
    assert done.exit_code == 2
    assert "no PDF in" in done.output


def test_figures_are_put_into_the_block_of_their_name(figures, monkeypatch, tmp_path):
    readme = tmp_path / "README.md"
    marks = "<!-- figures: {} -->\n```text\n{}\n```\n"
    readme.write_text(marks.format("speed", "old") + marks.format("size", "old"), "utf-8")
    monkeypatch.setattr(figures, "README", readme)
    figures.put({"speed": "new \\1\n"})
    assert readme.read_text("utf-8") == marks.format("speed", "new \\1") + marks.format(
        "size", "old"
    )
    with pytest.raises(ValueError, match="0 blocks"):
        figures.put({"weight": "new\n"})


def test_searching_and_neighbours_run_on_a_small_corpus(loaded, tmp_path, monkeypatch, capsys):
    searching = loaded("searching")
    monkeypatch.setattr(searching, "RECOMMENDATIONS", 60)
    monkeypatch.setattr(searching, "PASSAGES", 60)
    monkeypatch.setattr(searching, "QUERIES", 3)
    searching.main([str(tmp_path / "c.db")])
    assert "misspelt" in capsys.readouterr().out
    loaded("neighbours").main(["rodtrad", "120"])
    assert capsys.readouterr().out.startswith("rodtrad ")
