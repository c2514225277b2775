"""The pages of documentation say what the program says."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rodtrad.cli import main

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def figures():
    spec = importlib.util.spec_from_file_location("figures", ROOT / "benchmarks" / "figures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["docs/commands.md", "docs/tables.md"])
def test_generated_pages_are_up_to_date(page):
    command = [sys.executable, "-m", "cogapp", "--check", str(ROOT / page)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, f"run 'make docs' ({done.stdout}{done.stderr})"


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in main.commands if f"rodtrad {name}" not in readme] == []


@pytest.mark.parametrize("name", ["sample", "seeds", "dev", "test"])
def test_the_figures_of_the_readme_are_what_evaluate_prints(figures, name):
    """Links are left out: the last digit of a similarity may differ from machine to machine."""
    if name not in figures.at_hand():
        pytest.skip(f"the documents of {name} are not on this machine")
    told = figures.block(name).search((ROOT / "README.md").read_text("utf-8"))[2]
    assert told.partition("Links")[0] == figures.measured(name).partition("Links")[0]


def test_every_kind_of_problem_is_explained():
    told = (ROOT / "docs" / "reading.md").read_text("utf-8")
    raised = re.compile(
        r"(?:UnreadableDocument\(\s*|Problem\(\s*[\w.]+, |PageFailure\(\s*|problem_kind: str = "
        r'|kind, why = )"([a-z_]+)"'
    )
    code = [
        path
        for folder in ("ingest", "rodtrad", "analysis")
        for path in (ROOT / folder).glob("*.py")
    ]
    kinds = {kind for path in code for kind in raised.findall(path.read_text("utf-8"))}
    assert len(kinds) > 15
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in told] == []


def test_every_rule_file_is_told_how_to_add_to():
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]
    told = "\n".join(page.read_text("utf-8") for page in pages)
    files = [path.name for path in ROOT.glob("*/data/**/*.yml")]
    assert len(files) > 40
    assert [
        name for name in sorted(files) if f"`{name}`" not in told and f"/{name}`" not in told
    ] == []
