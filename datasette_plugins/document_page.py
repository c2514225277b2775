"""A document: its facts, contents and recommendations, and its pages with the quotes marked."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.app import Datasette
from datasette.utils.asgi import Request

from corpus.manifest import MANIFEST_NAME
from corpus.models import FACT_NAMES
from corpus.sureness import sureness
from datasette_plugins import frame, queries
from datasette_plugins.flow import flow
from datasette_plugins.pictures import why_not
from datasette_plugins.places import read_boxes
from datasette_plugins.queries import Row
from datasette_plugins.sheets import sheets

FACTS = (*FACT_NAMES, "language", "text_layer", "pages", "url", "source")
"""The facts beside a document, in their order."""

EVIDENCE_SHOWN = 20
"""Recommendations that a document without its own is shown to bear on, the nearest first."""

_PAGE_PLACE = re.compile(r"page (\d+)")


async def document_page(datasette: Datasette, request: Request) -> Response:
    """Answer ``/-/dokument/ID``; ``?visa=BLOCK`` marks one more passage."""
    key = frame.wanted_id(request)
    content = await frame.read(datasette, request, read_document, key)
    if content is None:
        return await frame.missing(datasette, request, "document", key)
    if frame.wants_json(request):
        return await frame.page(datasette, request, "", content)
    shown = request.args.get("visa")
    layout = await frame.read(datasette, request, lay_out, content, shown)
    return await frame.page(datasette, request, "document.html", content, layout)


def read_document(connection: sqlite3.Connection, key: str) -> frame.Content | None:
    """Return all that is known of a document but its text, or None where there is none."""
    document = queries.row(connection, queries.DOCUMENT, id=key)
    if document is None:
        return None
    facts = json.loads(document.pop("facts") or "{}")
    document["sender_aliases"] = json.loads(document["sender_aliases"] or "[]")
    document["section_numbers"] = json.loads(document["section_numbers"] or "[]")
    document["number"] = facts.get("number", {}).get("value")
    pages = queries.rows(connection, queries.PAGES, id=key)
    version = document["sha256"][:8]
    for page in pages:
        has_size = page["width"] and page["height"]
        page["picture"] = frame.picture_path(key, page["page"], version) if has_size else None
    sections = queries.rows(connection, queries.SECTIONS, id=key)
    recommendations = _recommendations(connection, key)
    return {
        "document": document,
        "facts": [_fact(document, facts, name) for name in FACTS if document[name]],
        "sections": sections,
        "positions": _positions(connection, key, sections),
        "recommendations": recommendations,
        "evidence_for": []
        if recommendations
        else queries.rows(connection, queries.EVIDENCE_FOR, id=key, limit=EVIDENCE_SHOWN),
        "pages": pages,
        "answered_by": queries.rows(connection, queries.ANSWERED_BY, id=key),
        "citations": queries.rows(connection, queries.CITATIONS, id=key),
        "problems": queries.rows(connection, queries.PROBLEMS, id=key),
    }


def _fact(document: Row, facts: dict[str, Any], name: str) -> Row:
    """Return a fact with its place, and how sure the reading of it is where it was read."""
    read = facts.get(name, {})
    place, confidence = read.get("place"), read.get("confidence")
    page = _PAGE_PLACE.fullmatch(place or "")
    return {
        "name": name,
        "value": document[name],
        "place": place,
        "page": int(page[1]) if page else None,
        "confidence": confidence,
        "sureness": None if confidence is None or place == MANIFEST_NAME else sureness(confidence),
    }


def _positions(connection: sqlite3.Connection, key: str, sections: list[Row]) -> dict[str, int]:
    """Return how many positions speak of each numbered section or of one below it, if any do."""
    targeted = queries.rows(connection, queries.TARGETED, id=key)
    found = {
        number: sum(
            row["rows"]
            for row in targeted
            if any(f"{named}.".startswith(f"{number}.") for named in row["sections"].split(", "))
        )
        for section in sections
        if (number := section["number"])
    }
    return {number: count for number, count in found.items() if count}


def _recommendations(connection: sqlite3.Connection, key: str) -> list[Row]:
    """Return a document's recommendations in order, numbered from 1, the withdrawn ones last."""
    found = queries.rows(connection, queries.RECOMMENDATIONS, id=key)
    for number, recommendation in enumerate(found, 1):
        recommendation["number"] = None if recommendation["withdrawn"] else number
        recommendation["boxes"] = read_boxes(recommendation["boxes"])
    return found


def lay_out(
    connection: sqlite3.Connection, content: frame.Content, shown: str | None
) -> frame.Content:
    """Return what only the HTML needs: the pages' sheets, and the sections as a tree."""
    document = content["document"]
    blocks = queries.rows(connection, queries.BLOCKS, id=document["id"])
    for block in blocks:
        block["boxes"] = read_boxes(block["boxes"])
    reason = _no_pictures(connection, document["id"])
    current = [r for r in content["recommendations"] if not r["withdrawn"]]
    quotes = [*current, *_variants(connection, document["id"], current)]
    if document["pages"] is None:
        return {
            "no_picture": None,
            "sheets": [],
            "flow": flow(blocks, quotes, shown),
            **_beside(content, current),
        }
    shown_block = next((block for block in blocks if block["id"] == shown), None)
    if shown_block:
        quotes.append({**shown_block, "id": "visa", "number": None, "title": None})
    return {
        "no_picture": reason,
        "sheets": sheets(content["pages"], blocks, quotes, pictures=reason is None),
        **_beside(content, current),
    }


def _beside(content: frame.Content, current: list[Row]) -> frame.Content:
    """Return what stands beside the document: its contents and what was read out of it."""
    return {
        "tree": _tree(content["sections"]),
        "withdrawn": [r for r in content["recommendations"] if r["withdrawn"]],
        "current": current,
    }


def _no_pictures(connection: sqlite3.Connection, document: str) -> str | None:
    """Return why the pages can't be shown as pictures, or None."""
    file = queries.row(connection, queries.FILE_OF, id=document)
    return why_not(Path(file["path"]), file["sha256"]) if file else "gone"


def _variants(connection: sqlite3.Connection, document: str, current: list[Row]) -> list[Row]:
    """Return the other wordings as quotes that carry the number of their recommendation."""
    by_id = {recommendation["id"]: recommendation for recommendation in current}
    found = queries.rows(connection, queries.VARIANTS_OF_DOCUMENT, id=document)
    return [
        {
            **by_id[variant["recommendation"]],
            "text": variant["text"],
            "page": variant["page"],
            "boxes": read_boxes(variant["boxes"]),
            "variant": True,
        }
        for variant in found
    ]


def _tree(sections: list[Row]) -> list[Row]:
    """Return the sections as a tree: each with its ``children``."""
    nodes = {section["id"]: {**section, "children": []} for section in sections}
    roots: list[Row] = []
    for node in nodes.values():
        parent = nodes.get(node["parent"])
        (parent["children"] if parent else roots).append(node)
    return roots
