"""The tables, as migrations that sqlite-utils applies; the columns of the design are a contract.

A migration that has been released is never edited: a change is a new one, so that every older
database can be brought up to date.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database, Migrations

migrations = Migrations("rodtrad")

DERIVED_TABLES = (
    "actors",
    "documents",
    "pages",
    "sections",
    "blocks",
    "recommendations",
    "variants",
    "addressees",
    "citations",
    "links",
    "evidence",
)
"""What a build makes anew from the same input, byte for byte."""

_TABLES: dict[str, dict[str, Any]] = {
    "runs": {
        "columns": {
            "id": int,
            "started": str,
            "finished": str,
            "command": str,
            "versions": str,
            "parameters": str,
            "documents_read": int,
            "problems": int,
            "linked": str,
        },
        "pk": "id",
    },
    "actors": {
        "columns": {"id": str, "name": str, "kind": str, "parent": str, "aliases": str},
        "pk": "id",
        "not_null": ("name", "kind", "aliases"),
    },
    "documents": {
        "columns": {
            "id": str,
            "title": str,
            "doctype": str,
            "sender": str,
            "date": str,
            "dnr": str,
            "their_dnr": str,
            "language": str,
            "pages": int,
            "sha256": str,
            "source": str,
            "url": str,
            "remitted": str,
            "answers": str,
            "text_layer": str,
            "facts": str,
            "run": int,
        },
        "pk": "id",
        "not_null": ("title", "doctype", "sha256", "source"),
        "foreign_keys": (("sender", "actors"), ("answers", "documents"), ("run", "runs")),
        "index": ("doctype", "sender", "date", "answers"),
    },
    "files": {
        "columns": {"document": str, "path": str, "sha256": str, "fingerprint": str},
        "pk": "document",
        "not_null": ("path", "sha256", "fingerprint"),
        "foreign_keys": (("document", "documents"),),
    },
    "unread": {
        "columns": {"path": str, "source": str, "sha256": str, "fingerprint": str},
        "pk": "path",
        "not_null": ("source", "sha256", "fingerprint"),
    },
    "pages": {
        "columns": {
            "document": str,
            "page": int,
            "width": float,
            "height": float,
            "text": str,
            "ocr": int,
        },
        "pk": ("document", "page"),
        "foreign_keys": (("document", "documents"),),
    },
    "sections": {
        "columns": {
            "id": str,
            "document": str,
            "parent": str,
            "number": str,
            "heading": str,
            "level": int,
            "page": int,
            "position": int,
        },
        "pk": "id",
        "foreign_keys": (("document", "documents"), ("parent", "sections")),
        "index": ("document", "parent"),
    },
    "blocks": {
        "columns": {
            "id": str,
            "document": str,
            "section": str,
            "page": int,
            "position": int,
            "kind": str,
            "level": int,
            "number": str,
            "text": str,
            "language": str,
            "boxes": str,
        },
        "pk": "id",
        "foreign_keys": (("document", "documents"), ("section", "sections")),
        "index": ("document", "section"),
    },
    "recommendations": {
        "columns": {
            "id": str,
            "document": str,
            "kind": str,
            "position": int,
            "title": str,
            "text": str,
            "section": str,
            "heading": str,
            "page": int,
            "boxes": str,
            "level": str,
            "modality": str,
            "actor": str,
            "stance": str,
            "target_section": str,
            "target_document": str,
            "deadline": str,
            "confidence": float,
            "withdrawn": int,
            "body": str,
            "body_section": str,
        },
        "pk": "id",
        "not_null": ("document", "kind", "title", "text", "boxes"),
        "foreign_keys": (
            ("document", "documents"),
            ("section", "sections"),
            ("actor", "actors"),
            ("target_document", "documents"),
            ("body_section", "sections"),
        ),
        "index": ("document", "kind", "stance", "actor", "section", "target_document"),
    },
    "variants": {
        "columns": {
            "id": str,
            "recommendation": str,
            "text": str,
            "role": str,
            "page": int,
            "boxes": str,
        },
        "pk": "id",
        "not_null": ("recommendation", "text", "role"),
        "foreign_keys": (("recommendation", "recommendations"),),
        "index": ("recommendation",),
    },
    "addressees": {
        "columns": {"id": str, "recommendation": str, "actor": str, "named": str},
        "pk": "id",
        "not_null": ("recommendation", "named"),
        "foreign_keys": (("recommendation", "recommendations"), ("actor", "actors")),
        "index": ("recommendation", "actor"),
    },
    "citations": {
        "columns": {
            "id": str,
            "document": str,
            "block": str,
            "page": int,
            "raw": str,
            "kind": str,
            "normalized": str,
            "target_document": str,
        },
        "pk": "id",
        "foreign_keys": (
            ("document", "documents"),
            ("block", "blocks"),
            ("target_document", "documents"),
        ),
        "index": ("document", "block", "normalized", "target_document"),
    },
    "links": {
        "columns": {
            "id": str,
            "source": str,
            "target": str,
            "relation": str,
            "score": float,
            "rank": int,
            "why": str,
            "run": int,
        },
        "pk": "id",
        "not_null": ("source", "target", "relation", "why"),
        "foreign_keys": (
            ("source", "recommendations"),
            ("target", "recommendations"),
            ("run", "runs"),
        ),
        "index": ("source", "target"),
    },
    "evidence": {
        "columns": {
            "id": str,
            "recommendation": str,
            "block": str,
            "score": float,
            "bearing": str,
            "why": str,
            "run": int,
        },
        "pk": "id",
        "not_null": ("recommendation", "block", "bearing", "why"),
        "foreign_keys": (
            ("recommendation", "recommendations"),
            ("block", "blocks"),
            ("run", "runs"),
        ),
        "index": ("recommendation", "block"),
    },
    "reviews": {
        "columns": {
            "id": str,
            "subject": str,
            "subject_id": str,
            "verdict": str,
            "field": str,
            "value": str,
            "note": str,
            "by": str,
            "at": str,
        },
        "pk": "id",
        "not_null": ("subject", "subject_id", "verdict", "by", "at"),
        "index": ("subject_id",),
    },
    "status_events": {
        "columns": {
            "id": str,
            "recommendation": str,
            "addressee": str,
            "aspect": str,
            "status": str,
            "date": str,
            "source_document": str,
            "source_page": int,
            "quote": str,
            "note": str,
            "by": str,
            "at": str,
        },
        "pk": "id",
        "not_null": ("recommendation", "aspect", "status", "date", "by", "at"),
        "index": ("recommendation", "addressee"),
    },
    "problems": {
        "columns": {
            "id": str,
            "source": str,
            "document": str,
            "page": int,
            "kind": str,
            "message": str,
            "run": int,
        },
        "pk": "id",
        "not_null": ("source", "kind", "message"),
        "foreign_keys": (("run", "runs"),),
    },
}

_STRUCTURE: dict[str, dict[str, Any]] = {
    "documents": {"remitted_number": str, "section_numbers": str},
    "pages": {"confidence": float},
    "blocks": {"anchor": str, "calls": str, "cells": str},
    "recommendations": {"anchor": str},
}
"""Columns that the second migration adds."""

_ANSWERS: dict[str, dict[str, Any]] = {"links": {"verdict": str}}
"""Columns that the third migration adds."""

_FULL_TEXT = {
    "recommendations_fts": "title, heading, text, stems",
    "blocks_fts": "text, stems",
}
"""Full-text tables with their own content; a row's rowid is that of the row it indexes."""


@migrations()
def m001_first_tables(db: Database) -> None:
    """The tables of the first release, their indexes and full text."""
    for name, spec in _TABLES.items():
        db.table(name).create(
            spec["columns"],
            pk=spec["pk"],
            not_null=spec.get("not_null", ()),
            foreign_keys=[(column, other, "id") for column, other in spec.get("foreign_keys", ())],
        )
        for column in spec.get("index", ()):
            db.table(name).create_index([column])
    for name, columns in _FULL_TEXT.items():
        db.execute(
            f"create virtual table {name} using fts5"
            f"({columns}, tokenize='unicode61 remove_diacritics 0')"
        )
    for table in ("reviews", "status_events"):
        for action in ("update", "delete"):
            db.execute(
                f"create trigger {table}_no_{action} before {action} on {table} begin "
                f"select raise(abort, '{table} is append-only: add a new row'); end"
            )


@migrations()
def m002_structure(db: Database) -> None:
    """What a careful reading adds: calls of footnotes, cells, anchors, what is answered, OCR."""
    _add(db, _STRUCTURE)


@migrations()
def m003_answers(db: Database) -> None:
    """What a reply says of a recommendation, beside the link that says that it answers it."""
    _add(db, _ANSWERS)


@migrations()
def m004_vectors(db: Database) -> None:
    """Vectors of texts by model, and those by which recommendations are found by meaning."""
    db.execute(
        "create table vectors (model text not null, text text not null, vector blob not null,"
        " primary key (model, text)) without rowid"
    )
    db.execute(
        "create table meanings (recommendation text primary key"
        " references recommendations (id) on delete cascade,"
        " model text not null, vector blob not null) without rowid"
    )


def _add(db: Database, tables: dict[str, dict[str, Any]]) -> None:
    for table, columns in tables.items():
        for column, kind in columns.items():
            db.table(table).add_column(column, kind)
