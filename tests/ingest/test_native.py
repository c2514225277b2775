"""The compiled modules read as the source files do, and are left alone once those have changed."""

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ingest
from ingest import read_document

ROOT = Path(ingest.__file__).parents[1]
READ = """
import pickle, sys
from pathlib import Path
import ingest
read = [ingest.read_document(Path(path), ocr="never") for path in sys.argv[1:]]
sys.stdout.buffer.write(pickle.dumps((ingest.MODULES, read)))
"""

compiled = pytest.mark.skipif(
    ingest.MODULES != "compiled",
    reason=f"the modules that are used are not compiled but {ingest.MODULES}: make compiled",
)


def run(code, *arguments, root=ROOT, **environment):
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(root), **environment},
        cwd=root,
        check=True,
        capture_output=True,
    ).stdout


def read_from_sources(files):
    modules, documents = pickle.loads(run(READ, *files, RODTRAD_COMPILED="0"))
    assert modules == "switched off"
    return documents


@compiled
def test_the_sample_reads_alike_compiled_and_from_its_source_files():
    files = sorted((ROOT / "corpus" / "sample").glob("*.pdf"))
    assert [read_document(file, ocr="never") for file in files] == read_from_sources(files)


@compiled
@pytest.mark.slow
def test_real_documents_read_alike_compiled_and_from_their_source_files(shared):
    files = sorted((shared / "real" / "pdf").glob("*.pdf"), key=lambda file: file.stat().st_size)
    small = files[:24]
    assert [read_document(file, ocr="never") for file in small] == read_from_sources(small)


@pytest.fixture
def checkout(tmp_path):
    """Copy the packages that the compiled modules are made of, with those modules."""
    for name in ("corpus", "ingest"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("sample"))
    return tmp_path


TELL = """
import ingest, ingest.layout, ingest.manycalls
from_source = ingest.layout.__file__.endswith(".py"), sys.modules.get("ingest.each") is None
print(ingest.MODULES, *from_source, sep="|")
"""


def tell(checkout, **environment):
    return run(f"import sys{TELL}", root=checkout, **environment).decode().strip().split("|")


@compiled
def test_compiled_modules_are_used_while_their_source_files_are_those_compiled(checkout):
    assert tell(checkout) == ["compiled", "False", "False"]


@compiled
@pytest.mark.parametrize("changed", ["ingest/web.py", "corpus/models.py"])
def test_after_a_change_of_a_source_file_none_of_the_compiled_modules_is_used(checkout, changed):
    with (checkout / changed).open("a") as file:
        file.write("\n# changed\n")
    assert tell(checkout) == ["stale", "True", "True"]


@compiled
def test_a_source_file_more_makes_the_compiled_modules_stale_too(checkout):
    (checkout / "ingest" / "more.py").touch()
    assert tell(checkout) == ["stale", "True", "True"]


def test_where_nothing_was_compiled_the_source_files_are_used(checkout):
    for file in (checkout / "ingest").glob("*.so"):
        file.unlink()
    assert tell(checkout) == ["interpreted", "True", "True"]


def test_compiled_modules_can_be_switched_off(checkout):
    assert tell(checkout, RODTRAD_COMPILED="0") == ["switched off", "True", "True"]
