"""Measures a database against gold: reads both, and leaves the measuring to the analysis."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import closing
from pathlib import Path, PurePath

from sqlite_utils import Database

from analysis.evaluate import Predicted, Report, evaluate, render
from analysis.facts import FactReport, read_gold_facts, render_facts, score_facts
from analysis.gold import read_gold, read_structure
from analysis.structure import StructureReport, evaluate_structure, render_structure
from corpus import reader
from corpus.database import open_database
from corpus.ids import slug
from corpus.models import Recommendation


def evaluate_database(database: Path, gold: Path) -> Report:
    """Return how well the recommendations, links and evidence of ``database`` match ``gold``.

    Raises:
        DatabaseError: there is no such database.
        GoldError: the gold is missing or has another form.
    """
    truth = read_gold(gold)
    with closing(open_database(database, create=False)) as db:
        blocks = {block.id: block.text for found in reader.blocks(db).values() for block in found}
        return evaluate(
            _predicted(db),
            truth,
            links=list(reader.links(db)),
            evidence=list(reader.evidence(db)),
            blocks=blocks,
            names=_names(db),
        )


def structure_of_database(database: Path, gold: Path) -> StructureReport:
    """Return how the blocks in ``database`` match the ``structure/`` of ``gold``, if it has one.

    Raises:
        DatabaseError: there is no such database.
        GoldError: a file of the gold has another form.
    """
    truth = read_structure(gold)
    if not truth:
        return StructureReport((), None, ())
    with closing(open_database(database, create=False)) as db:
        blocks = reader.blocks(db)
        ids = {}
        for document in reader.documents(db):
            stem = slug(PurePath(document.source).stem)
            ids.update({slug(document.id): document.id, stem: document.id})
    found = {name: blocks[ids[name]] for name in truth if name in ids}
    return evaluate_structure(found, truth)


def facts_of_database(database: Path, gold: Path) -> FactReport:
    """Return the facts in ``database`` beside the ``facts.json`` of ``gold``, if it has one.

    Raises:
        DatabaseError: there is no such database.
        GoldError: the file has another form.
    """
    truth = read_gold_facts(gold)
    if truth is None:
        return FactReport(())
    with closing(open_database(database, create=False)) as db:
        return score_facts(reader.documents(db), truth, _names(db))


def printed(database: Path, gold: Path, *, misses: bool = True) -> str:
    """Return all figures of ``database`` against ``gold`` as plain text."""
    parts = (
        render(evaluate_database(database, gold), misses=misses),
        render_structure(structure_of_database(database, gold), misses=misses),
        render_facts(facts_of_database(database, gold), misses=misses),
    )
    return "\n\n".join(part for part in parts if part)


def _predicted(db: Database) -> list[Predicted]:
    by_document: dict[str, list[Recommendation]] = defaultdict(list)
    for recommendation in reader.recommendations(db):
        by_document[recommendation.document].append(recommendation)
    return [
        Predicted(document.id, tuple(by_document[document.id]), PurePath(document.source).stem)
        for document in reader.documents(db)
    ]


def _names(db: Database) -> dict[str, tuple[str, ...]]:
    """Return all names of each body by its id."""
    rows = db.query("select id, name, aliases from actors order by id")
    return {row["id"]: (row["name"], *json.loads(row["aliases"])) for row in rows}
