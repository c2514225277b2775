"""The quote gate: every recommendation and variant is proved against its page.

Where the PDF is at hand and is the one that was read, the characters that stand inside the boxes
must spell the quote. A page that is a picture has none: there the quote must stand in the text that
was recognised on it. In a Word file or web page it must stand in the file's text, read anew; else
in the stored text of its pages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from corpus.models import Box, Problem
from corpus.quotes import stands
from ingest.proof import PageReader, spells
from ingest.textproof import file_texts

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


Proof = Literal["boxes", "recognised", "file", "stored", "none"]
"""What proves a quote: its boxes on the page, the text recognised there, the file's text, the
stored text, or nothing."""


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """How many quotes were proved, how many of them by their boxes, and which were not.

    ``recognised`` of them stand in the text that was recognised on their pages, ``in_files`` in
    the text of their Word file or web page, read anew.
    """

    checked: int = 0
    in_boxes: int = 0
    recognised: int = 0
    in_files: int = 0
    problems: tuple[Problem, ...] = ()


def verify(db: Database) -> QuoteReport:
    """Prove every quote in the database and return what was found."""
    proofs: Counter[Proof] = Counter()
    problems: list[Problem] = []
    rows = list(db.query(_QUOTES))
    for document, quotes in groupby(rows, key=lambda row: str(row["document"])):
        source = str(db.table("documents").get(document)["source"])
        path, sha256 = _file(db, document)
        with PageReader(path, sha256) as pdf:
            texts = () if pdf.at_hand else file_texts(path, sha256)
            for row in quotes:
                proof = _prove(db, pdf, texts, row)
                proofs[proof] += 1
                problems += [_failed(source, row)] if proof == "none" else []
    ways = proofs["boxes"], proofs["recognised"], proofs["file"]
    return QuoteReport(proofs.total(), *ways, tuple(problems))


def _file(db: Database, document: str) -> tuple[Path, str]:
    file = next(iter(db.query("select path, sha256 from files where document = ?", [document])), {})
    return Path(file.get("path", "")), file.get("sha256", "")


def _prove(db: Database, pdf: PageReader, texts: Sequence[str], row: dict[str, Any]) -> Proof:
    """Return what proves the quote."""
    boxes = [Box(int(page), *edges) for page, *edges in json.loads(row["boxes"])]
    way: Proof = "stored"
    if boxes and pdf.at_hand:
        if spells(pdf, boxes, row["text"]):
            return "boxes"
        if not _any_recognised(db, row["document"], {box.page for box in boxes}):
            return "none"
        way = "recognised"
    if texts and not boxes:
        return "file" if any(stands(row["text"], [text]) for text in texts) else "none"
    pages = list(_page_texts(db, row["document"], row["page"] or 1))
    return way if stands(row["text"], pages) else "none"


def _any_recognised(db: Database, document: str, pages: set[int]) -> bool:
    """Return whether one of these pages was recognised by us, so that its PDF can't spell it."""
    rows = db.query(
        "select page from pages where document = ? and ocr = 1 and confidence is not null",
        [document],
    )
    return any(int(row["page"]) in pages for row in rows)


def _page_texts(db: Database, document: str, first: int) -> Iterator[str]:
    rows = db.query(
        "select text from pages where document = ? and page between ? and ? order by page",
        [document, first, first + PAGES_ON],
    )
    return (str(row["text"]) for row in rows)


def _failed(source: str, row: dict[str, Any]) -> Problem:
    place = f"on page {row['page']}" if row["page"] else "in the text"
    message = (
        f"the quote of {row['id']} does not stand {place}: do not use it, and"
        f" report it with the file (”{row['text'][:60]}…”)"
    )
    return Problem(source, "quote", message, row["document"], row["page"])
