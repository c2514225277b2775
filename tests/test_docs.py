"""The pages of documentation say what the program says."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("page", ["docs/commands.md", "docs/tables.md"])
def test_generated_pages_are_up_to_date(page):
    command = [sys.executable, "-m", "cogapp", "--check", str(ROOT / page)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, f"run 'make docs' ({done.stdout}{done.stderr})"


def test_the_readme_names_every_command():
    from rodtrad.cli import main

    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in main.commands if f"rodtrad {name}" not in readme] == []
