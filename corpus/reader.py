"""Reads the database back into the dataclasses of :mod:`corpus.models`, in a fixed order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from sqlite_utils import Database

from corpus.lineplaces import packed_lines
from corpus.models import (
    Addressee,
    Block,
    Box,
    Call,
    Cell,
    Citation,
    Document,
    Evidence,
    Fact,
    Line,
    Link,
    Page,
    Recommendation,
    Section,
    Variant,
)

_FACTS = frozenset(field.name for field in fields(Document)) - {
    "facts",
    "pages",
    "section_numbers",
}


NO_PAGE = 1
"""The page on which all stands in a document without pages."""


def boxes(stored: str | None) -> tuple[Box, ...]:
    """Return the boxes of a ``boxes`` column."""
    return tuple(Box(int(page), *edges) for page, *edges in json.loads(stored or "[]"))


def documents(db: Database) -> list[Document]:
    """Return the facts of all documents by id; pages, sections and blocks are left out."""
    return [_document(row) for row in db.query("select * from documents order by id")]


def _document(row: dict[str, Any]) -> Document:
    names = [name for name in row if name in _FACTS]
    facts = {name: Fact(**fact) for name, fact in json.loads(row["facts"] or "{}").items()}
    numbers = tuple(json.loads(row["section_numbers"] or "[]"))
    return Document(facts=facts, section_numbers=numbers, **{name: row[name] for name in names})


def recommendations(db: Database) -> list[Recommendation]:
    """Return all recommendations that are not withdrawn, by document and position."""
    variants: dict[str, list[Variant]] = defaultdict(list)
    for row in db.query("select * from variants order by recommendation, rowid"):
        variant = Variant(row["text"], row["role"], row["page"] or NO_PAGE, boxes(row["boxes"]))
        variants[row["recommendation"]].append(variant)
    addressees: dict[str, list[Addressee]] = defaultdict(list)
    for row in db.query("select * from addressees order by recommendation, rowid"):
        addressees[row["recommendation"]].append(Addressee(row["named"], row["actor"]))
    rows = db.query(
        "select * from recommendations where withdrawn = 0 order by document, position, id"
    )
    return [
        Recommendation(
            **{
                **row,
                "page": row["page"] or NO_PAGE,
                "boxes": boxes(row["boxes"]),
                "withdrawn": bool(row["withdrawn"]),
                "variants": tuple(variants[row["id"]]),
                "addressees": tuple(addressees[row["id"]]),
            }
        )
        for row in rows
    ]


def blocks(db: Database) -> dict[str, list[Block]]:
    """Return the blocks of each document in reading order; lines have boxes but no offsets."""
    found: dict[str, list[Block]] = defaultdict(list)
    for row in db.query("select * from blocks order by document, position"):
        document, page = row.pop("document"), row.pop("page")
        lines = packed_lines(Line(0, 0, box) for box in boxes(row.pop("boxes")))
        calls = tuple(Call(*call) for call in json.loads(row.pop("calls") or "[]"))
        cells = tuple(
            Cell(start, end, column, bool(head))
            for start, end, column, head in json.loads(row.pop("cells") or "[]")
        )
        found[document].append(
            Block(**row, page=page or NO_PAGE, lines=lines, calls=calls, cells=cells)
        )
    return dict(found)


def sections(db: Database, document: str) -> list[Section]:
    """Return the sections of a document in reading order."""
    rows = db.query("select * from sections where document = ? order by position", [document])
    return [
        Section(
            **{name: row[name] for name in row if name not in ("document", "page")},
            page=row["page"] or NO_PAGE,
        )
        for row in rows
    ]


def pages(db: Database, document: str) -> list[Page]:
    """Return the pages of a document."""
    rows = db.query("select * from pages where document = ? order by page", [document])
    return [
        Page(
            row["page"],
            row["width"],
            row["height"],
            row["text"],
            bool(row["ocr"]),
            row["confidence"],
        )
        for row in rows
    ]


def citations(db: Database) -> dict[str, list[Citation]]:
    """Return the citations of each document in the order of its text."""
    found: dict[str, list[Citation]] = defaultdict(list)
    rows = db.query(
        "select document, block, page, raw, kind, normalized, target_document from citations"
        " order by document, rowid"
    )
    for row in rows:
        document, page = row.pop("document"), row.pop("page")
        found[document].append(Citation(**row, page=page or NO_PAGE))
    return dict(found)


def links(db: Database) -> Iterator[Link]:
    """Return all links, by source and rank."""
    rows = db.query(
        "select source, target, relation, score, rank, why, verdict from links"
        " order by source, rank, target"
    )
    return (Link(**row) for row in rows)


def evidence(db: Database) -> Iterator[Evidence]:
    """Return all evidence, by recommendation and falling score."""
    rows = db.query(
        "select recommendation, block, score, bearing, why from evidence"
        " order by recommendation, score desc, block"
    )
    return (Evidence(**row) for row in rows)
