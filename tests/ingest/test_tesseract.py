import os
from pathlib import Path

import pytest
from PIL import Image

from ingest.tesseract import RecognitionError, engine, parse, recognise

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page' title='image ""; bbox 0 0 600 800'>
 <div class='ocr_separator' title="bbox 50 300 550 302"></div>
 <p class='ocr_par' title="bbox 50 100 300 160">
  <span class='ocr_line' title="bbox 50 100 300 130; baseline 0.01 -8; x_size 30">
   <span class='ocrx_word' title='bbox 50 100 120 125; x_wconf 96'>
    <span class='ocrx_cinfo' title='x_bboxes 50 100 80 125; x_conf 99'>J</span>
    <span class='ocrx_cinfo' title='x_bboxes 82 100 120 125; x_conf 99'>a</span>
   </span>
   <span class='ocrx_word' title='bbox 130 100 140 125; x_wconf 20'> </span>
  </span>
  <span class='ocr_line' title="bbox 50 140 300 160; textangle 90">
   <span class='ocrx_word' title='bbox 50 140 300 160; x_wconf 80'>nej</span>
  </span>
 </p>
</div></body></html>"""


def pretend(folder: Path, *lines: str) -> None:
    """Write a command called tesseract that answers as these lines of shell do."""
    path = folder / "tesseract"
    version = 'case "$1" in --version) echo "tesseract 5.9.9"; exit;; --list-langs)'
    path.write_text(
        f"#!/bin/sh\n{version} printf 'Languages (1):\\n{lines[0]}\\n'; exit;; esac\n"
        + "\n".join(lines[1:])
    )
    path.chmod(0o755)


@pytest.fixture
def bare_path(tmp_path, monkeypatch):
    """Give a folder that alone is searched for commands, but for those of the system's shell."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sleep"):
        found = next(Path(at, name) for at in os.get_exec_path() if Path(at, name).exists())
        (folder / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_rows_words_and_rules_are_read_from_hocr():
    found = parse(HOCR.encode())
    first, second = found.rows
    assert [(token.text, token.confidence) for token in first.tokens] == [("Ja", 0.96)]
    assert [letter.text for letter in first.tokens[0].letters] == ["J", "a"]
    assert first.base_at(150) == pytest.approx(123.0)
    assert (second.angle, second.paragraph) == (90, first.paragraph)
    assert [tuple(rule) for rule in found.rules] == [(50, 300, 550, 302)]


def test_an_answer_that_is_no_hocr_is_an_error():
    with pytest.raises(RecognitionError):
        parse(b"<html>")


def test_no_tesseract_on_the_path(bare_path):
    assert engine() is None


def test_a_tesseract_without_swedish(bare_path):
    pretend(bare_path, "eng")
    found = engine()
    assert (found.version, found.languages, found.reads_swedish) == ("5.9.9", ("eng",), False)


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [("exec sleep 20", "over 1 seconds"), ("echo torn page >&2; exit 1", "torn page")],
)
def test_a_tesseract_that_hangs_or_fails_is_an_error(bare_path, behaviour, told):
    pretend(bare_path, "swe", behaviour)
    with pytest.raises(RecognitionError, match=told):
        recognise(engine(), Image.new("L", (50, 50), 255), 300, 1.0)
