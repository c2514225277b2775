"""The quote gate: every recommendation and variant is proved against its page.

Where the PDF is at hand and is the one that was read, the characters that stand inside the boxes
must spell the quote; else the quote must stand in the stored text of its pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from corpus.models import Box, Problem
from corpus.quotes import stands
from ingest.proof import PageReader, spells

_QUOTES = """
select recommendations.document, recommendations.id, recommendations.text, recommendations.page,
       recommendations.boxes
from recommendations where withdrawn = 0
union all
select recommendations.document, variants.id, variants.text, variants.page, variants.boxes
from variants join recommendations on recommendations.id = variants.recommendation
where recommendations.withdrawn = 0
order by 1, 2
"""

PAGES_ON = 2
"""Pages after the first on which a quote may go on."""


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """How many quotes were proved, how many of them by their boxes, and which were not."""

    checked: int = 0
    in_boxes: int = 0
    problems: tuple[Problem, ...] = ()


def verify(db: Database) -> QuoteReport:
    """Prove every quote in the database and return what was found."""
    checked = in_boxes = 0
    problems: list[Problem] = []
    rows = list(db.query(_QUOTES))
    for document, quotes in groupby(rows, key=lambda row: str(row["document"])):
        source = str(db.table("documents").get(document)["source"])
        with _page_reader(db, document) as pdf:
            for row in quotes:
                proved, by_boxes = _prove(db, pdf, row)
                checked += 1
                in_boxes += by_boxes
                problems += [] if proved else [_failed(source, row)]
    return QuoteReport(checked, in_boxes, tuple(problems))


def _page_reader(db: Database, document: str) -> PageReader:
    file = next(iter(db.query("select path, sha256 from files where document = ?", [document])), {})
    return PageReader(Path(file.get("path", "")), file.get("sha256", ""))


def _prove(db: Database, pdf: PageReader, row: dict[str, Any]) -> tuple[bool, bool]:
    """Return whether the quote stands, and whether its boxes proved it."""
    boxes = [Box(int(page), *edges) for page, *edges in json.loads(row["boxes"])]
    if boxes and pdf.at_hand:
        return (proved := spells(pdf, boxes, row["text"])), proved
    return stands(row["text"], list(_page_texts(db, row["document"], row["page"]))), False


def _page_texts(db: Database, document: str, first: int) -> Iterator[str]:
    rows = db.query(
        "select text from pages where document = ? and page between ? and ? order by page",
        [document, first, first + PAGES_ON],
    )
    return (str(row["text"]) for row in rows)


def _failed(source: str, row: dict[str, Any]) -> Problem:
    message = (
        f"the quote of {row['id']} does not stand on page {row['page']}: do not use it, and"
        f" report it with the file (”{row['text'][:60]}…”)"
    )
    return Problem(source, "quote", message, row["document"], row["page"])
