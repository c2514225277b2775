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
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from corpus.models import Box, Document, Problem, Reading, Recommendation, Variant
from corpus.quotes import stands
from ingest.pdf import renew_library
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
        renew_library()
        with PageReader(path, sha256) as pdf:
            texts = () if pdf.at_hand else file_texts(path, sha256)
            for row in quotes:
                proof = _prove(db, pdf, texts, row)
                proofs[proof] += 1
                problems += [_failed(source, row)] if proof == "none" else []
    ways = proofs["boxes"], proofs["recognised"], proofs["file"]
    return QuoteReport(proofs.total(), *ways, tuple(problems))


def proved(reading: Reading, path: Path) -> Reading:
    """Return what was read from the file at ``path`` without the quotes that do not stand in it.

    So it is where a damaged page has lines set over each other. A problem tells of each quote.
    """
    document = reading.document
    kept: list[Recommendation] = []
    problems: list[Problem] = []
    by_us = {page.number for page in document.pages if page.ocr and page.confidence is not None}
    with PageReader(path, document.sha256) as pdf:
        texts = () if pdf.at_hand else file_texts(path, document.sha256)

        def stands_there(quote: Recommendation | Variant) -> bool:
            first = (quote.page or 1) - 1
            pages = [page.text for page in document.pages[first : first + PAGES_ON + 1]]
            recognised = any(box.page in by_us for box in quote.boxes)
            args = pdf, texts, quote.text, quote.boxes, pages
            if _proof(*args, recognised=recognised) != "none":
                return True
            problems.append(_left_out(document, quote))
            return False

        for recommendation in reading.recommendations:
            if stands_there(recommendation):
                variants = tuple(filter(stands_there, recommendation.variants))
                kept.append(replace(recommendation, variants=variants))
    document = replace(document, problems=(*document.problems, *problems))
    return replace(reading, document=document, recommendations=tuple(kept))


def _left_out(document: Document, quote: Recommendation | Variant) -> Problem:
    message = (
        f"a quote does not stand on the page as it was read, and was left out"
        f" (”{quote.text[:60]}…”): look at the page, and report it with the file"
    )
    return Problem(document.source, "unproved", message, document.id, quote.page)


def _file(db: Database, document: str) -> tuple[Path, str]:
    file = next(iter(db.query("select path, sha256 from files where document = ?", [document])), {})
    return Path(file.get("path", "")), file.get("sha256", "")


def _prove(db: Database, pdf: PageReader, texts: Sequence[str], row: dict[str, Any]) -> Proof:
    """Return what proves the quote of a row."""
    boxes = [Box(int(page), *edges) for page, *edges in json.loads(row["boxes"])]
    in_boxes = {box.page for box in boxes}
    recognised = bool(in_boxes) and _any_recognised(db, row["document"], in_boxes)
    pages = list(_page_texts(db, row["document"], row["page"] or 1))
    return _proof(pdf, texts, row["text"], boxes, pages, recognised=recognised)


def _proof(
    pdf: PageReader,
    texts: Sequence[str],
    quote: str,
    boxes: Sequence[Box],
    pages: Sequence[str],
    *,
    recognised: bool,
) -> Proof:
    """Return what proves a quote: of its PDF, of another file's texts or of its stored pages.

    The characters of a PDF can't spell what stands on a page that was ``recognised``.
    """
    way: Proof = "stored"
    if boxes and pdf.at_hand:
        if spells(pdf, boxes, quote):
            return "boxes"
        if not recognised:
            return "none"
        way = "recognised"
    if texts and not boxes:
        return "file" if any(stands(quote, [text]) for text in texts) else "none"
    return way if stands(quote, pages) else "none"


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
