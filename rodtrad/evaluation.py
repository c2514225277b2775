"""Measures a database against gold: reads both, and leaves the measuring to the analysis."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import closing
from pathlib import Path, PurePath

from sqlite_utils import Database

from analysis.evaluate import Predicted, Report, evaluate
from analysis.gold import read_gold
from corpus import reader
from corpus.database import open_database
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
