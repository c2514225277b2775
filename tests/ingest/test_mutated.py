"""Damaged PDFs by the thousand: read, or refused in words; never a mistake, a hang or nonsense.

They are read in a child process with a journal, so that the seed of a crash in the PDF library is
known. ``python benchmarks/fuzz.py --write SEED`` gives the file of a seed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COUNT = 2000


def fuzz(*arguments):
    command = [sys.executable, str(ROOT / "benchmarks" / "fuzz.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)


def test_damaged_files_are_read_or_refused_and_nothing_else():
    done = fuzz("--count", str(COUNT), "--json")
    tally = json.loads(done.stdout)
    assert tally["broke"] == {}
    assert sum(tally["counts"].values()) == COUNT
    assert tally["counts"]["read"] > COUNT / 3
    assert tally["counts"]["broken"] > COUNT / 10


def test_a_seed_gives_the_same_file_again():
    assert fuzz("--write", "7").stdout == fuzz("--write", "7").stdout != b""


def test_a_page_whose_letters_have_no_code_is_read(write_pdf):
    from ingest import read_document

    cmap = "1 beginbfrange <41> <5A> <D800> endbfrange"
    path = write_pdf(["BT /F1 11 Tf 72 700 Td (AB Planen antas.) Tj ET"])
    content = path.read_bytes().replace(
        b"/BaseFont /Helvetica ", b"/BaseFont /Helvetica /ToUnicode 99 0 R ", 1
    )
    stream = f"99 0 obj\n<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream\nendobj\n"
    path.write_bytes(content.replace(b"xref", stream.encode() + b"xref", 1))
    document = read_document(path)
    assert [block.text for block in document.blocks] == ["lanen antas."]
    assert document.problems == ()


def test_text_beside_the_page_is_not_read(write_pdf, typeset):
    from ingest import read_document

    path = write_pdf(
        [typeset((72, 100, "Planen antas."), (-300, 100, "Tryckmärke"), (72, -40, "Skiss"))]
    )
    assert [block.text for block in read_document(path).blocks] == ["Planen antas."]
