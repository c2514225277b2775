"""The command ``tesseract``: whether it is there, and what it reads in a picture of a page.

It is called as a process of its own, with a time limit and one thread, so that a hang or crash
costs one page and the result is the same whatever else runs. Of the wrappers pytesseract does the
same by way of temporary files and without a baseline, tesserocr brings an engine of its own into
our process, where it can't be stopped, and ocrmypdf writes a new PDF with Ghostscript.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from corpus.errors import RodtradError

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGE = "swe"
INSTALL = "install tesseract with Swedish (Debian: apt install tesseract-ocr tesseract-ocr-swe)"
"""What to do where it is missing."""

SECONDS_PER_PAGE = 120.0
"""How long the recognition of a page may take: the fullest page at hand (two columns in 7 points)
takes five seconds on one core; a machine with more to do can be ten times slower."""

SECONDS_TO_ANSWER = 20
"""How long ``tesseract --version`` may take."""

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of hOCR above which a reading is no text: the fullest page at hand gives 1.2 million."""

_LINES = frozenset(("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"))
_PROPERTY = re.compile(r"(\w+) ([^;]*)")


class RecognitionError(RodtradError):
    """A picture could not be recognised, or not in time."""


class Engine(NamedTuple):
    """An installed tesseract: its path, version and languages."""

    path: str
    version: str
    languages: tuple[str, ...]

    @property
    def reads_swedish(self) -> bool:
        """Whether Swedish is among its languages."""
        return LANGUAGE in self.languages


class Letter(NamedTuple):
    """A character and its box in the picture, in pixels from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Token(NamedTuple):
    """A recognised word, its box in pixels and how sure it is, from 0 to 1."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    letters: tuple[Letter, ...] = ()


class Row(NamedTuple):
    """A line of words: its baseline is ``y = base + slope * (x - x0)``.

    ``angle`` counts degrees against the clock by which its direction of writing is turned;
    ``paragraph`` numbers the paragraphs of the page.
    """

    tokens: tuple[Token, ...]
    x0: float
    base: float
    slope: float
    angle: int
    paragraph: int

    def base_at(self, x: float) -> float:
        """Return where the baseline runs at ``x``."""
        return self.base + self.slope * (x - self.x0)


class Rule(NamedTuple):
    """A printed rule between columns or paragraphs, in pixels."""

    x0: float
    top: float
    x1: float
    bottom: float


class Recognised(NamedTuple):
    """What tesseract read in a picture."""

    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]


def engine() -> Engine | None:
    """Return the tesseract on the path, with whatever languages it has, or None."""
    path = shutil.which("tesseract")
    return _asked(path, os.environ.get("TESSDATA_PREFIX")) if path else None


@lru_cache(maxsize=8)
def _asked(path: str, _data: str | None) -> Engine | None:
    version = _answer([path, "--version"])
    if version is None:
        return None
    found = re.search(r"tesseract v?(\S+)", version)
    listed = (_answer([path, "--list-langs"]) or "").splitlines()[1:]
    languages = tuple(sorted(line.strip() for line in listed if line.strip()))
    return Engine(path, found[1] if found else "", languages)


def _answer(command: list[str]) -> str | None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS_TO_ANSWER, check=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return done.stdout or done.stderr


def recognise(
    used: Engine, image: Image, dots: int, seconds: float, *, figures: bool = False
) -> Recognised:
    """Return what stands in a grey picture of a page, of ``dots`` an inch.

    With ``figures`` the picture is one line of figures.

    Raises ``RecognitionError`` where it takes longer than ``seconds`` or tesseract fails.
    """
    picture = io.BytesIO()
    image.save(picture, "PPM")
    mode = "1" if "osd" in used.languages else "3"
    mode = "7" if figures else mode
    command = [used.path, "stdin", "stdout", "-l", LANGUAGE, "--psm", mode, "--dpi", str(dots)]
    command += ["-c", "hocr_char_boxes=1", "-c", "tessedit_create_hocr=1"]
    command += ["-c", "tessedit_char_whitelist=0123456789"] if figures else []
    try:
        done = subprocess.run(
            command,
            input=picture.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        message = f"recognising it took over {seconds:.0f} seconds"
        raise RecognitionError(message) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise RecognitionError(f"tesseract failed on it ({_reason(error)})") from error
    return parse(done.stdout)


def _reason(error: OSError | subprocess.SubprocessError) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        lines = (error.stderr or b"").decode("utf-8", "replace").split("\n")
        told = [line.strip() for line in lines if "resolution" not in line and line.strip()]
        return told[-1][:200] if told else f"exit status {error.returncode}"
    return type(error).__name__


def parse(hocr: bytes) -> Recognised:
    """Return the rows and rules of tesseract's hOCR; raises ``RecognitionError``."""
    if len(hocr) > LARGEST_ANSWER:
        raise RecognitionError("it was recognised as more text than a page holds")
    try:
        root = ElementTree.fromstring(hocr)
    except ElementTree.ParseError as error:
        raise RecognitionError("tesseract's answer can't be read") from error
    rows: list[Row] = []
    rules: list[Rule] = []
    paragraph = 0
    for element in root.iter():
        kind = element.get("class", "")
        if kind == "ocr_par":
            paragraph += 1
        elif kind == "ocr_separator":
            rules.append(Rule(*_box(_properties(element)["bbox"])))
        elif kind in _LINES and (row := _row(element, paragraph)):
            rows.append(row)
    return Recognised(tuple(rows), tuple(rules))


def _row(element: ElementTree.Element, paragraph: int) -> Row | None:
    tokens = tuple(_tokens(element))
    if not tokens:
        return None
    told = _properties(element)
    x0, _top, _x1, bottom = _box(told["bbox"])
    slope, offset = map(float, told.get("baseline", "0 0").split())
    return Row(
        tokens, x0, bottom + offset, slope, round(float(told.get("textangle", 0))), paragraph
    )


def _tokens(line: ElementTree.Element) -> Iterator[Token]:
    for element in line.iter():
        if element.get("class") != "ocrx_word":
            continue
        told = _properties(element)
        text = "".join(element.itertext())
        text = "".join(text.split())
        if text:
            letters = tuple(_letters(element))
            yield Token(text, *_box(told["bbox"]), float(told["x_wconf"]) / 100, letters)


def _letters(word: ElementTree.Element) -> Iterator[Letter]:
    for element in word.iter():
        text = "".join((element.text or "").split())
        if element.get("class") == "ocrx_cinfo" and text:
            yield Letter(text, *_box(_properties(element)["x_bboxes"]))


def _properties(element: ElementTree.Element) -> dict[str, str]:
    return dict(_PROPERTY.findall(element.get("title", "")))


def _box(text: str) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (float(edge) for edge in text.split()[:4])
    return x0, top, x1, bottom
