"""The first page: what is in the corpus, how matters stand, and what happened last."""

from __future__ import annotations

import sqlite3
from itertools import groupby

from datasette import Response
from datasette.app import Datasette
from datasette.utils.asgi import Request

from datasette_plugins import frame, queries
from datasette_plugins.queries import Row
from datasette_plugins.words import words

DOCUMENTS_OF_A_KIND = 12
"""Documents of a kind that the first page lists; the rest is behind its *all* link."""

DOCUMENTS_WITH_STATE = 12
LAST_DECISIONS = 6


async def start_page(datasette: Datasette, request: Request) -> Response:
    """Answer ``/``."""
    content = await frame.read(datasette, request, read_start)
    layout = {"bars": [_bar(document) for document in content["state"]]}
    return await frame.page(datasette, request, "start.html", content, layout)


def read_start(connection: sqlite3.Connection) -> frame.Content:
    """Return what the first page shows."""
    documents = queries.rows(connection, queries.DOCUMENTS)
    dates = [document["date"] for document in documents if document["date"]]
    kinds = {row["kind"]: row["rows"] for row in queries.rows(connection, queries.KIND_COUNTS)}
    return {
        "documents": len(documents),
        "recommendations": sum(kinds.values()),
        "kinds": kinds,
        "first": min(dates, default=None),
        "last": max(dates, default=None),
        "by_kind": _by_kind(documents),
        "state": _state(connection),
        "stances": _stances(connection),
        "run": _last_run(connection),
        "decisions": queries.rows(connection, queries.LAST_DECISIONS, limit=LAST_DECISIONS),
    }


def _by_kind(documents: list[Row]) -> list[Row]:
    """Return the documents by kind in the order of the catalogue, the newest of each first."""
    order = list(words().group("doctypes_many"))
    present = sorted(
        {document["doctype"] for document in documents},
        key=lambda kind: (order.index(kind) if kind in order else len(order), kind),
    )
    return [
        {
            "doctype": kind,
            "count": len(of_kind),
            "newest": of_kind[:DOCUMENTS_OF_A_KIND],
        }
        for kind in present
        if (of_kind := [document for document in documents if document["doctype"] == kind])
    ]


def _state(connection: sqlite3.Connection) -> list[Row]:
    """Return for each document with measures or recommendations how many have which status."""
    found = queries.rows(connection, queries.STATE)
    order = list(words().group("status_signs"))
    documents = []
    for key, group in groupby(found, key=lambda row: row["id"]):
        rows = list(group)
        counts = {row["status"]: row["rows"] for row in rows}
        documents.append(
            {
                "id": key,
                "title": rows[0]["title"],
                "date": rows[0]["date"],
                "count": sum(counts.values()),
                "statuses": {
                    status: counts[status]
                    for status in sorted(
                        counts, key=lambda s: order.index(s) if s in order else len(order)
                    )
                },
            }
        )
    return documents[:DOCUMENTS_WITH_STATE]


def _stances(connection: sqlite3.Connection) -> dict[str, int]:
    counts = {row["stance"]: row["rows"] for row in queries.rows(connection, queries.STANCES)}
    return {stance: counts[stance] for stance in words().group("stance_signs") if stance in counts}


def _last_run(connection: sqlite3.Connection) -> Row | None:
    run = queries.row(connection, queries.LAST_RUN)
    if run is None:
        return None
    problems = queries.row(connection, queries.PROBLEM_COUNT)
    read = queries.rows(connection, queries.READ_IN_RUN, run=run["id"])
    return {**run, "read": read, "problems": problems["rows"] if problems else 0}


def _bar(document: Row) -> Row:
    """Return a document's statuses as segments of a bar 100 wide."""
    segments, x = [], 0.0
    for status, count in document["statuses"].items():
        width = 100 * count / document["count"]
        segments.append(
            {"status": status, "count": count, "x": round(x, 2), "width": round(width, 2)}
        )
        x += width
    return {**document, "segments": segments}
