"""Invented documents in the layouts of Swedish offices: the facts of each are read as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest import read_document

COLUMNS = (72, 300, 430, 510)
LEADING = {"# ": (24, 17), "## ": (18, 12.5), "": (14, 10)}
RIGHT_EDGE, LETTER_WIDTH = 575, 0.56
"""Points at which lines end, and how wide a bold letter is on average, in type sizes."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An invented document: its text with marks for the layout, and its true facts."""

    name: str
    text: str
    facts: dict[str, Any]

    def plain(self) -> str:
        """Return the document as a plain text, its columns one after the other in a line."""
        lines = []
        for line in self.text.replace("---\n", "\f").splitlines():
            parts = [part.strip(" |") for part in line.lstrip("# ").split(" | ")]
            lines.append("   ".join(part for part in parts if part))
            if line.startswith("# "):
                lines.append("")
        return "\n".join(lines)

    def pages(self) -> Iterator[list[tuple[float, float, str, float, bool]]]:
        """Yield the lines of each page: left, distance from the top, text, size, bold."""
        for page in self.text.split("---\n"):
            placed, top = [], 70.0
            for line in page.splitlines():
                mark = next(mark for mark in LEADING if line.startswith(mark))
                leading, size = LEADING[mark]
                top += leading if line.strip() else 8
                for left, part in zip(COLUMNS, line[len(mark) :].split(" | "), strict=False):
                    if text := part.strip():
                        fitting = (RIGHT_EDGE - left) / (LETTER_WIDTH * len(text))
                        placed.append((left, top, text, min(size, fitting), bool(mark)))
            yield placed


@lru_cache(maxsize=2)
def letters(name: str = "invented.yml") -> tuple[Letter, ...]:
    """Return the invented documents of a file in ``data/``."""
    path = Path(__file__).parent / "data" / name
    return tuple(
        Letter(item["name"], item["text"], {k: _plain(v) for k, v in item["facts"].items()})
        for item in yaml.safe_load(path.read_text("utf-8"))
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def write_letter(
    letter: Letter, write_pdf: Callable[..., Path], typeset: Callable[..., str]
) -> Path:
    """Return the path of the document, set as a PDF."""
    streams = [
        " ".join(
            typeset((left, top, text), size=size, bold=bold) for left, top, text, size, bold in page
        )
        for page in letter.pages()
    ]
    return write_pdf(streams, name="brev.pdf")


def _wrong(document: Any, letter: Letter) -> dict[str, tuple[Any, Any]]:
    """Return the fields that were read otherwise than they are, with both values."""
    wrong = {}
    for field in letter.facts:
        found, truth = _read(document, field), letter.facts[field]
        found = list(found) if field == "section_numbers" else found
        right = [truth] if field == "section_numbers" or not isinstance(truth, list) else truth
        if _plainly(found) not in [_plainly(value) for value in right]:
            wrong[field] = (found, truth)
    return wrong


def _read(document: Any, field: str) -> Any:
    if field != "number":
        return getattr(document, field)
    return document.facts["number"].value if "number" in document.facts else None


def _plainly(value: Any) -> str:
    return re.sub(r"\s+", " ", str(value).casefold())


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: letter.name)
def test_the_facts_of_a_page_are_read_as_they_stand(letter, write_pdf, typeset):
    assert not _wrong(read_document(write_letter(letter, write_pdf, typeset)), letter)


TEXT_SHARE = 0.96
"""Share of facts that must be right where the layout is lost and lines run together."""


def test_nearly_all_facts_are_read_from_plain_text(tmp_path):
    wrong = {}
    for number, letter in enumerate(letters()):
        path = tmp_path / f"{number}.txt"
        path.write_text(letter.plain(), encoding="utf-8")
        wrong[letter.name] = _wrong(read_document(path), letter)
    missed = sum(len(fields) for fields in wrong.values())
    facts = sum(len(letter.facts) for letter in letters())
    assert missed <= (1 - TEXT_SHARE) * facts, {name: w for name, w in wrong.items() if w}
