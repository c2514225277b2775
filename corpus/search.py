"""Search: full text and meaning, fused by rank, with how each hit was found and what narrows it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.query import Term, cut, mark, match_expression, read_terms, why
from corpus.spelling import Correction, Vocabulary, corrected

MOST_HITS = 100
"""Recommendations, and as many passages, that one search gives; the best, and it says so."""
SCORED = 10_000
"""Texts whose words are weighed where nothing narrows the search: of words that stand in more, none
is much better than another, and weighing 400,000 texts takes half a second."""
POOL = 1_000
"""Best of them that are looked up: page headers fall away after it."""
NEAREST = 50
"""Recommendations that are looked for by meaning."""
LEAST_MEANING = 0.3
"""Cosine from which a recommendation is found by its meaning. Of 13 queries to the sample and the
seeds, those on matters that are not there (football, nuclear power) stayed below; on those that are
there, what was near stood above. ``analysis.matter.meanings`` makes the vectors."""
FUSION = 60
"""The constant of reciprocal rank fusion, as Cormack, Clarke and Büttcher (2009) give it."""
PASSAGE_SHARE = 0.5
"""Of the weight of a passage's rank: a recommendation is what one looks for."""
FACETS = ("kind", "stance", "doctype", "sender", "year")

Row = dict[str, Any]
EncodeQuery = Callable[[str], NDArray[np.float32]]

_NARROWED = """
   and (:doctype = '' or d.doctype = :doctype) and (:document = '' or d.id = :document)
   and (:sender = '' or d.sender = :sender) and (:year = '' or substr(d.date, 1, 4) = :year)
"""
_RECOMMENDATION = """
select r.id, 'recommendation' as what, r.kind, r.title, r.heading, r.text, r.page, r.stance,
       r.document,
       d.doctype, d.sender, substr(d.date, 1, 4) as year"""
_OF_UNITS = f"""
 where r.withdrawn = 0 and (:kind = '' or r.kind = :kind) and (:stance = '' or r.stance = :stance)
{_NARROWED}"""
_BY_WORDS = f"""
{_RECOMMENDATION}
  from (select * from
         (select rowid, bm25(recommendations_fts, 4.0, 2.0, 1.0, 0.5) as score
            from recommendations_fts where recommendations_fts match :match limit :scored)
         order by score limit :pool) hits
  join recommendations r on r.rowid = hits.rowid
  join documents d on d.id = r.document
{_OF_UNITS}
 order by hits.score, r.id limit :limit
"""
_BY_ID = f"""
{_RECOMMENDATION}
  from recommendations r join documents d on d.id = r.document
{_OF_UNITS} and r.id in (select value from json_each(:ids))
"""
_PASSAGES = f"""
select b.id, 'passage' as what, 'passage' as kind, null as title, null as heading, b.text, b.page,
       null as stance,
       b.document, d.doctype, d.sender, substr(d.date, 1, 4) as year
  from (select * from
         (select rowid, bm25(blocks_fts, 1.0, 0.5) as score
            from blocks_fts where blocks_fts match :match limit :scored)
         order by score limit :pool) hits
  join blocks b on b.rowid = hits.rowid
  join documents d on d.id = b.document
 where b.kind not in ('header', 'footer') {_NARROWED}
 order by hits.score, b.id limit :limit
"""
_STATE = "select coalesce(max(id), 0), count(linked), coalesce(max(linked), '') from runs"


@dataclass(frozen=True, slots=True)
class Narrow:
    """What narrows a search; an empty value narrows nothing. ``kind`` may be ``passage``."""

    doctype: str = ""
    document: str = ""
    sender: str = ""
    year: str = ""
    kind: str = ""
    stance: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a search, best first, and how many there are of each value of a facet.

    ``usable`` is whether the query had a word; ``cut`` whether only the best are here.
    """

    terms: tuple[Term, ...]
    hits: tuple[Row, ...] = ()
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    cut: bool = False

    @property
    def usable(self) -> bool:
        """Whether there was a word to search for."""
        return bool(self.terms)


@dataclass(frozen=True, slots=True)
class Meanings:
    """The vectors of a corpus' recommendations, unit rows, and the model that made them."""

    model: str
    ids: tuple[str, ...]
    vectors: NDArray[np.float32]

    def nearest(self, vector: NDArray[np.float32]) -> list[str]:
        """Return the ids of the recommendations nearest to a unit vector, the nearest first."""
        scores = self.vectors @ vector
        places = np.flatnonzero(scores >= LEAST_MEANING)
        if len(places) > NEAREST:
            places = places[np.argpartition(-scores[places], NEAREST)[:NEAREST]]
        ordered = sorted(places.tolist(), key=lambda place: (-scores[place], self.ids[place]))
        return [self.ids[place] for place in ordered]


class Index:
    """What searching keeps in memory of one database, read anew when a build has changed it."""

    def __init__(self) -> None:
        self._state: object = None
        self._meanings: Meanings | None = None
        self._vocabulary: Vocabulary | None = None

    def _refresh(self, connection: sqlite3.Connection) -> None:
        state = connection.execute(_STATE).fetchone()
        if state != self._state:
            self._state, self._meanings, self._vocabulary = state, None, None

    def meanings(self, connection: sqlite3.Connection) -> Meanings:
        """Return the vectors by which recommendations are found by meaning."""
        self._refresh(connection)
        if self._meanings is None:
            self._meanings = read_meanings(connection)
        return self._meanings

    def vocabulary(self, connection: sqlite3.Connection) -> Vocabulary:
        """Return the words of the corpus, for those that are misspelt."""
        self._refresh(connection)
        if self._vocabulary is None:
            self._vocabulary = Vocabulary.read(connection)
        return self._vocabulary


def read_meanings(connection: sqlite3.Connection) -> Meanings:
    """Return the vectors of all recommendations; none where the database has none."""
    ids: list[str] = []
    parts: list[bytes] = []
    model = ""
    for key, model, vector in connection.execute(  # noqa: B007 - all rows have one model
        "select recommendation, model, vector from meanings order by recommendation"
    ):
        ids.append(key)
        parts.append(vector)
    rows = np.frombuffer(b"".join(parts), dtype="<f4").astype(np.float32, copy=False)
    return Meanings(model, tuple(ids), rows.reshape(len(ids), -1) if ids else rows.reshape(0, 0))


def search(
    connection: sqlite3.Connection,
    query: str,
    narrow: Narrow | None = None,
    index: Index | None = None,
    encode: EncodeQuery | None = None,
) -> Found:
    """Return what a query finds by its words and, where ``encode`` is given, by its meaning.

    Where its words find nothing, those that the corpus does not have are taken for the nearest that
    it has. A query with a quoted
    phrase is meant to the letter and is searched by words alone.
    """
    index, narrow = index or Index(), narrow or Narrow()
    terms = read_terms(query)
    corrections: tuple[Correction, ...] = ()
    if not terms:
        return Found(())
    units, passages = _by_words(connection, terms, narrow)
    if not (units or passages):
        terms, corrections = corrected(terms, connection, lambda: index.vocabulary(connection))
    if corrections:
        units, passages = _by_words(connection, terms, narrow)
    meant: list[Row] = []
    if encode is not None and '"' not in query:
        wanted = " ".join(word for term in terms for word in term.words)
        meant = _meant(connection, index, encode, wanted, narrow)
    hits = _fused(units, meant, _not_shown(passages, units), terms)
    cut_short = MOST_HITS in (len(units), len(passages))
    return Found(terms, tuple(hits), facets(hits), corrections, cut_short)


def _by_words(
    connection: sqlite3.Connection, terms: Sequence[Term], narrow: Narrow
) -> tuple[list[Row], list[Row]]:
    """Return the recommendations and the passages in which all terms stand, the best first."""
    whole = narrow != Narrow()
    asked = {
        **asdict(narrow),
        "match": match_expression(terms),
        "scored": -1 if whole else SCORED,
        "pool": -1 if whole else POOL,
        "limit": MOST_HITS,
    }
    units = _rows(connection, _BY_WORDS, **asked)
    if narrow.kind not in ("", "passage") or narrow.stance:
        return units, []
    return units, _rows(connection, _PASSAGES, **asked)


def _meant(
    connection: sqlite3.Connection,
    index: Index,
    encode: EncodeQuery,
    query: str,
    narrow: Narrow,
) -> list[Row]:
    known = index.meanings(connection)
    if not known.ids:
        return []
    nearest = known.nearest(encode(query))
    found = _rows(connection, _BY_ID, **asdict(narrow), ids=json.dumps(nearest))
    place = {key: at for at, key in enumerate(nearest)}
    return sorted(found, key=lambda row: place[row["id"]])


def _not_shown(passages: list[Row], units: list[Row]) -> list[Row]:
    """Return the passages that are not already found as a recommendation of the same page."""
    shown: dict[tuple[str, int], list[str]] = defaultdict(list)
    for unit in units:
        shown[unit["document"], unit["page"]].append(unit["text"])
    return [
        passage
        for passage in passages
        if not any(
            text in passage["text"] or passage["text"] in text
            for text in shown.get((passage["document"], passage["page"]), ())
        )
    ]


def _fused(
    units: list[Row], meant: list[Row], passages: list[Row], terms: Sequence[Term]
) -> list[Row]:
    """Return all hits once, by the sum of their reciprocal ranks, with the way they were found."""
    scores: dict[str, float] = defaultdict(float)
    rows: dict[str, Row] = {}
    for ranked, share in ((units, 1.0), (meant, 1.0), (passages, PASSAGE_SHARE)):
        for rank, row in enumerate(ranked, 1):
            scores[row["id"]] += share / (FUSION + rank)
            rows.setdefault(row["id"], row)
    by_meaning = {row["id"] for row in meant}
    by_words = {row["id"] for row in (*units, *passages)}
    ordered = sorted(rows, key=lambda key: (-scores[key], key))
    return [
        _hit(rows[key], scores[key], terms if key in by_words else (), key in by_meaning)
        for key in ordered
    ]


def _hit(row: Row, score: float, terms: Sequence[Term], by_meaning: bool) -> Row:
    pieces = mark(row["text"], terms)
    above = mark(f"{row['title'] or ''} {row['heading'] or ''}", terms)
    return {
        **row,
        "score": round(score, 5),
        "passage": [{"text": piece.text, "marked": piece.marked} for piece in cut(pieces)],
        "why": [
            *why([*above, *pieces], terms),
            *([{"how": "meaning", "word": ""}] if by_meaning else []),
        ],
    }


def facets(hits: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Return how many hits have each value of a facet, the most first."""
    counts = {name: Counter(hit[name] for hit in hits if hit[name]) for name in FACETS}
    return {
        name: dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
        for name, found in counts.items()
    }


def _rows(connection: sqlite3.Connection, sql: str, **parameters: object) -> list[Row]:
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor]
