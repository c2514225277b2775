"""What pip installs must work by itself: the wheel in an empty environment builds the sample."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_builds_the_sample_in_an_empty_environment(wheel, tmp_path):
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel]
    subprocess.run(install, check=True, capture_output=True, cwd=tmp_path)
    command = [tmp_path / "env" / "bin" / "rodtrad", "build", "c.db", _sample(python, tmp_path)]
    done = subprocess.run(
        [*command, "--json"], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    told = json.loads(done.stdout)
    assert told["documents"] > 10
    assert told["links"] > 0
    assert told["quotes_failed"] == 0
    assert not _installed(python, "torch", tmp_path)


def _sample(python, cwd):
    code = "from rodtrad.serving import sample; print(sample())"
    done = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True, cwd=cwd)
    return done.stdout.strip()


def _installed(python, name, cwd):
    command = [python, "-c", f"import {name}"]
    return subprocess.run(command, capture_output=True, cwd=cwd, check=False).returncode == 0
