"""One search box over recommendations and passages: words, their Swedish stems, and meaning."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

import numpy as np
from datasette import Response
from datasette.app import Datasette
from datasette.utils.asgi import Request
from numpy.typing import NDArray

from corpus.query import match_expression, read_terms
from corpus.search import EncodeQuery, Index, Narrow, search
from datasette_plugins import frame, queries
from datasette_plugins.compat import hookimpl
from datasette_plugins.queries import Row

FIRST_HITS = 5
"""Hits of a document that stand open; the others are folded."""

LONGEST_QUERY = 300
"""Characters of a query that are used: longer than any title."""

SHOWN_VALUES = 8
"""Values of a facet that are offered, the most frequent."""

NARROWED_BY = {
    "typ": "kind",
    "stallning": "stance",
    "slag": "doctype",
    "avsandare": "sender",
    "ar": "year",
    "dokument": "document",
}
"""The names in the address of what narrows a search."""

INDEXES: WeakKeyDictionary[Datasette, Index] = WeakKeyDictionary()
"""What searching keeps in memory, for each site of this process."""

_LOADING = threading.Lock()


async def search_page(datasette: Datasette, request: Request) -> Response:
    """Answer ``/-/sok?q=``, narrowed by the parameters of ``NARROWED_BY``."""
    query = (request.args.get("q") or "").strip("\n\r\t")[:LONGEST_QUERY]
    asked = {name: request.args.get(name) or "" for name in NARROWED_BY}
    narrow = Narrow(**{NARROWED_BY[name]: value for name, value in asked.items()})
    index = INDEXES.setdefault(datasette, Index())
    content = await frame.read(datasette, request, read_hits, query, narrow, index)
    layout = {"first_hits": FIRST_HITS, "asked": {n: v for n, v in asked.items() if v}}
    return await frame.page(datasette, request, "search.html", content, layout)


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Let the search box of Datasette's table pages find inflected forms too.

    Those pages pass what was typed through the SQL function ``escape_fts``; ours takes the place
    of Datasette's, which only puts the words in quote marks.
    """
    if datasette in frame.SITES and frame.SITES[datasette].database == database:
        conn.create_function(
            "escape_fts", 1, lambda query: match_expression(read_terms(query)) or '""'
        )


def read_hits(
    connection: sqlite3.Connection,
    query: str,
    narrow: Narrow | None = None,
    index: Index | None = None,
) -> frame.Content:
    """Return the hits grouped by document, the document with the best hit first.

    Where ``index`` is given, what is meant is found too, and not only the words.
    """
    narrow = narrow or Narrow()
    encode = query_encoder(connection, index) if index else None
    found = search(connection, query, narrow, index, encode)
    return {
        "query": query.strip(),
        "narrow": {name: getattr(narrow, column) for name, column in NARROWED_BY.items()},
        "usable": found.usable,
        "count": len(found.hits),
        "cut": found.cut,
        "corrections": [
            {"typed": correction.typed, "taken": correction.taken}
            for correction in found.corrections
        ],
        "facets": _offers(connection, query, narrow, found.facets),
        "groups": _grouped(connection, found.hits),
    }


def query_encoder(connection: sqlite3.Connection, index: Index) -> EncodeQuery | None:
    """Return what encodes a query as the corpus was encoded; None where that takes torch."""
    from analysis.encoder import DEFAULT_ENCODER, STATIC_ENCODER

    with _LOADING:
        model = index.meanings(connection).model
        return _encoder(model) if model in (DEFAULT_ENCODER, STATIC_ENCODER) else None


@lru_cache(maxsize=2)
def _encoder(model: str) -> Callable[[str], NDArray[np.float32]]:
    from analysis.encoder import load_encoder

    encoder = load_encoder(model)

    @lru_cache(maxsize=256)
    def encode(query: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = encoder.encode([query])[0]
        return vector

    return encode


def _grouped(connection: sqlite3.Connection, hits: tuple[Row, ...]) -> list[Row]:
    groups: dict[str, list[Row]] = {}
    for hit in hits:
        path = (
            frame.recommendation_path(hit["id"])
            if hit["what"] == "recommendation"
            else frame.passage_path(hit["document"], hit["id"], hit["page"])
        )
        groups.setdefault(hit["document"], []).append({**hit, "path": path})
    heads = queries.rows(connection, queries.DOCUMENT_HEADS, ids=json.dumps(list(groups)))
    by_id = {head["id"]: head for head in heads}
    return [
        {
            "document": by_id[key],
            "hits": sorted(of_it, key=lambda hit: hit["what"] != "recommendation"),
        }
        for key, of_it in groups.items()
    ]


def _offers(
    connection: sqlite3.Connection, query: str, narrow: Narrow, facets: dict[str, dict[str, int]]
) -> list[Row]:
    """Return the facets that narrow the hits further, or are taken, each value with its address."""
    asked = {name: getattr(narrow, column) for name, column in NARROWED_BY.items()}
    taken = {name: value for name, value in asked.items() if value}
    names = _names(connection, [*facets.get("sender", {}), narrow.sender])
    offers = []
    for name, column in NARROWED_BY.items():
        counts = facets.get(column, {})
        if name not in taken and len(counts) < 2:
            continue
        offers.append(
            {
                "name": name,
                "column": column,
                "taken": taken.get(name, ""),
                "without": _address(query, {k: v for k, v in taken.items() if k != name}),
                "label": names.get(asked[name], asked[name]) if column == "sender" else "",
                "values": [
                    {
                        "value": value,
                        "label": names.get(value, value),
                        "count": count,
                        "path": _address(query, {**taken, name: value}),
                    }
                    for value, count in list(counts.items())[:SHOWN_VALUES]
                    if name not in taken
                ],
            }
        )
    return offers


def _address(query: str, narrowed: dict[str, str]) -> str:
    return "/-/sok?" + urlencode({"q": query.strip(), **narrowed})


def _names(connection: sqlite3.Connection, ids: list[str]) -> dict[str, str]:
    found = queries.rows(connection, queries.ACTOR_NAMES, ids=json.dumps(ids))
    return {row["id"]: row["name"] for row in found}
