"""Searching from the command line: what ``/-/sok`` finds, as rows or as lines to read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from corpus.database import open_database
from corpus.errors import EncoderError
from corpus.search import EncodeQuery, Found, Index, Narrow, search

COLUMNS = (
    *("id", "what", "kind", "stance", "title", "text", "document", "document_title", "date"),
    *("page", "why", "score"),
)
"""What is told of each hit, in this order."""
SHOWN_CHARACTERS = 200
"""Of a hit's text on the screen; rows have it whole."""
WIDEST = 50  # characters of a value in a table

_HOW = {
    "word": "the word {}",
    "stem": "the form {}",
    "start": "the beginning of {}",
    "meaning": "its meaning",
}


def find(
    database: Path, query: str, narrow: Narrow, limit: int, warn: Callable[[str], None]
) -> tuple[Found, list[dict[str, Any]]]:
    """Return what a query finds, and its best hits as rows with ``COLUMNS``.

    ``warn`` is told where meanings can't be searched for want of the encoder that made them.

    Raises:
        DatabaseError: there is no such database.
    """
    with closing(open_database(database, create=False)) as db:
        index = Index()
        encode = _query_encoder(index.meanings(db.conn).model, warn)
        found = search(db.conn, query, narrow, index, encode)
        heads = {row["id"]: row for row in db.query("select id, title, date from documents")}
    rows = [_row(hit, heads[hit["document"]]) for hit in found.hits[:limit]]
    return found, rows


def _query_encoder(model: str, warn: Callable[[str], None]) -> EncodeQuery | None:
    from analysis.encoder import load_encoder

    if not model:
        return None
    try:
        encoder = load_encoder(model)
    except EncoderError as error:
        warn(f"Only words are searched, not meanings. {error}")
        return None
    return lambda query: encoder.encode([query])[0]


def _row(hit: dict[str, Any], head: dict[str, Any]) -> dict[str, Any]:
    row = {
        **hit,
        "document_title": head["title"],
        "date": head["date"],
        "why": ", ".join(_HOW[one["how"]].format(one["word"]) for one in hit["why"]),
    }
    return {column: row[column] for column in COLUMNS}


def corrections(found: Found) -> list[str]:
    """Return a line for each word that was taken for another."""
    return [
        f"No document has the word {one.typed}; searched for {one.taken}."
        for one in found.corrections
    ]


def printed(found: Found, rows: Sequence[dict[str, Any]]) -> str:
    """Return hits as a person reads them: what, where, the quote and why."""
    lines = corrections(found)
    for row in rows:
        place = f", p. {row['page']}" if row["page"] else ""
        text = row["text"]
        shown = text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + " …"
        lines += [
            "",
            f"{row['id']}  {row['stance'] or row['kind']}",
            f"  {shown}",
            f"  {row['document_title']}, {row['date'] or 'undated'}{place}",
            f"  found by {row['why'] or 'its words'}",
        ]
    more = len(found.hits) - len(rows)
    if not rows:
        lines.append("Nothing was found: try fewer or other words.")
    elif more:
        lines += ["", f"{more} more: --limit {len(found.hits)} shows all."]
    return "\n".join(lines).strip()


def written(rows: Sequence[dict[str, Any]], form: str) -> str:
    """Return rows as ``json``, ``nl`` (a JSON object a line), ``csv`` or ``table``."""
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2)
    if form == "nl":
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    if form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().rstrip("\n")
    return _table(rows)


def _table(rows: Sequence[dict[str, Any]]) -> str:
    """Return rows under their columns, each no wider than ``WIDEST``."""
    lines = [
        COLUMNS,
        *(tuple("" if v is None else str(v)[:WIDEST] for v in row.values()) for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(value.ljust(width) for value, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def tell(found: Found, rows: Sequence[dict[str, Any]], form: str | None) -> None:
    """Write what was found to standard output; beside rows, corrections go to standard error."""
    if form:
        for line in corrections(found):
            click.echo(line, err=True)
    click.echo(written(rows, form) if form else printed(found, rows))
