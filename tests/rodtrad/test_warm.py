"""What the process holds that readers are forked from."""

import os
import subprocess
import sys
from pathlib import Path

_CODE = """
import sys, importlib, rodtrad.warm
assert "torch" not in sys.modules, "loaded"
importlib.import_module("torch")
"""


def test_what_no_reader_needs_is_not_loaded(tmp_path: Path) -> None:
    """It can still be imported afterwards."""
    (tmp_path / "torch.py").write_text("print('here')", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", _CODE],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "here\n"), done.stderr
