"""One search box over recommendations and passages: words as typed, and their Swedish stems."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from datasette import Response
from datasette.app import Datasette
from datasette.utils.asgi import Request

from corpus.stems import stem_word
from corpus.stems import words as words_of
from datasette_plugins import frame, queries
from datasette_plugins.compat import hookimpl
from datasette_plugins.queries import Row

MOST_HITS = 200
"""Recommendations, and as many passages, that one page shows; the best, and it says so."""

FIRST_HITS = 5
"""Hits of a document that stand open; the others are folded."""

LONGEST_QUERY = 300
"""Characters of a query that are used: longer than any title."""

PASSAGE_WORDS = 45
"""Words of a long passage that are shown, from some words before its first hit."""

WORDS_BEFORE = 12

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or quoted phrase of a query; the last word may be the beginning of one."""

    words: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage, and whether it is to be marked."""

    text: str
    marked: bool


async def search_page(datasette: Datasette, request: Request) -> Response:
    """Answer ``/-/sok?q=``, narrowed by ``slag`` (doctype) and ``dokument``."""
    query = (request.args.get("q") or "").strip()[:LONGEST_QUERY]
    kind, document = request.args.get("slag") or "", request.args.get("dokument") or ""
    content = await frame.read(datasette, request, read_hits, query, kind, document)
    layout = {"first_hits": FIRST_HITS}
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


def read_terms(query: str) -> tuple[Term, ...]:
    """Return the terms of a query as a person types it; nothing in it is syntax but quote marks."""
    terms = []
    for match in _TERM.finditer(query):
        found = tuple(words_of(match[1] if match[1] is not None else match[2]))
        if found:
            phrase = match[1] is not None or len(found) > 1
            terms.append(Term(found, phrase=phrase))
    open_end = bool(terms) and not terms[-1].phrase and not query.endswith((" ", '"'))
    if open_end:
        terms[-1] = Term(terms[-1].words, prefix=True)
    return tuple(terms)


def match_expression(terms: Sequence[Term]) -> str:
    """Return the terms as an FTS5 expression that no input can break: all must be found."""
    return " AND ".join(_match(term) for term in terms)


def _match(term: Term) -> str:
    typed = '"' + " ".join(term.words) + '"'
    if term.phrase:
        return f"(- stems : {typed})"
    stem = f'stems : "{stem_word(term.words[0])}"'
    return f"((- stems : {typed}{' *' if term.prefix else ''}) OR {stem})"


def read_hits(
    connection: sqlite3.Connection, query: str, kind: str = "", document: str = ""
) -> frame.Content:
    """Return the hits grouped by document, the document with the best hit first."""
    terms = read_terms(query)
    content: frame.Content = {
        "query": query,
        "kind": kind,
        "document": document,
        "usable": bool(terms),
        "count": 0,
        "cut": False,
        "groups": [],
    }
    if not terms:
        return content
    found = {
        "match": match_expression(terms),
        "kind": kind,
        "document": document,
        "limit": MOST_HITS,
    }
    recommendations = queries.rows(connection, queries.FOUND_RECOMMENDATIONS, **found)
    blocks = queries.rows(connection, queries.FOUND_BLOCKS, **found)
    hits = [
        *(_hit(row, "recommendation", terms) for row in recommendations),
        *(_hit(row, "passage", terms) for row in _not_shown(blocks, recommendations)),
    ]
    content["count"] = len(hits)
    content["cut"] = MOST_HITS in (len(recommendations), len(blocks))
    content["groups"] = _grouped(connection, hits)
    return content


def _not_shown(blocks: list[Row], recommendations: list[Row]) -> list[Row]:
    """Return the passages that are not already shown as a recommendation of the same page."""
    shown = {(r["document"], r["page"]): r["text"] for r in recommendations}
    return [
        block
        for block in blocks
        if block["text"] not in shown.get((block["document"], block["page"]), "")
        and shown.get((block["document"], block["page"]), "\0") not in block["text"]
    ]


def _hit(row: Row, what: str, terms: Sequence[Term]) -> Row:
    pieces = mark(row["text"], terms)
    return {
        "what": what,
        "path": frame.recommendation_path(row["id"])
        if what == "recommendation"
        else frame.passage_path(row["document"], row["id"], row["page"]),
        **{key: row.get(key) for key in ("id", "document", "page", "kind", "stance", "score")},
        "title": row.get("title"),
        "passage": [{"text": piece.text, "marked": piece.marked} for piece in cut(pieces)],
        "why": why(pieces, terms),
    }


def _grouped(connection: sqlite3.Connection, hits: list[Row]) -> list[Row]:
    groups: dict[str, list[Row]] = {}
    for hit in sorted(hits, key=lambda hit: (hit["what"] != "recommendation", hit["score"])):
        groups.setdefault(hit["document"], []).append(hit)
    heads = queries.rows(connection, queries.DOCUMENT_HEADS, ids=json.dumps(list(groups)))
    by_id = {head["id"]: head for head in heads}
    return [{"document": by_id[key], "hits": of_it} for key, of_it in groups.items()]


def mark(text: str, terms: Sequence[Term]) -> list[Piece]:
    """Return a text in pieces, with the words marked that made it a hit."""
    pieces: list[Piece] = []
    done = 0
    for match in _TOKEN.finditer(text):
        if any(_carries(term, match[0]) for term in terms):
            pieces += [Piece(text[done : match.start()], False), Piece(match[0], True)]
            done = match.end()
    pieces.append(Piece(text[done:], False))
    return [piece for piece in pieces if piece.text]


def _carries(term: Term, word: str) -> bool:
    typed = tuple(part.casefold() for part in term.words)
    if term.phrase:
        return word.casefold() in typed
    return (
        word.casefold() == typed[0]
        or (term.prefix and word.casefold().startswith(typed[0]))
        or stem_word(word) == stem_word(typed[0])
    )


def cut(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces round the first hit, with an ellipsis where something was left out."""
    text = "".join(piece.text for piece in pieces)
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    if len(spans) <= PASSAGE_WORDS:
        return list(pieces)
    before = next((piece.text for piece in pieces[:1] if not piece.marked), "")
    first = max(0, min(len(before.split()) - WORDS_BEFORE, len(spans) - PASSAGE_WORDS))
    start, end = spans[first][0], spans[first + PASSAGE_WORDS - 1][1]
    shown: list[Piece] = [Piece("… ", False)] if start else []
    offset = 0
    for piece in pieces:
        part = piece.text[max(0, start - offset) : max(0, end - offset)]
        offset += len(piece.text)
        if part:
            shown.append(Piece(part, piece.marked))
    return [*shown, Piece(" …", False)] if end < len(text) else shown


def why(pieces: Sequence[Piece], terms: Sequence[Term]) -> list[dict[str, Any]]:
    """Return the words that made a hit, each with how: the ``word``, its ``stem`` or ``start``."""
    typed = {word.casefold() for term in terms for word in term.words}
    stems = {stem_word(word) for word in typed}
    found = dict.fromkeys(piece.text.casefold() for piece in pieces if piece.marked)
    return [
        {
            "how": "word" if word in typed else "stem" if stem_word(word) in stems else "start",
            "word": word,
        }
        for word in found
    ]
