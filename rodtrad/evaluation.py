"""Measures a database against gold: reads both, and leaves the measuring to the analysis."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import closing
from itertools import groupby
from pathlib import Path, PurePath

from sqlite_utils import Database

from analysis.cited import Located, with_context
from analysis.evaluate import Predicted, evaluate
from analysis.facts import FactReport, read_gold_facts, render_facts, score_facts
from analysis.gold import Gold, read_gold, read_structure
from analysis.render import render
from analysis.scores import Report
from analysis.standoff import is_standoff, read_standoff
from analysis.structure import StructureReport, evaluate_structure, render_structure
from corpus import reader
from corpus.database import open_database
from corpus.ids import slug
from corpus.models import Block, Citation, Recommendation


def evaluate_database(
    database: Path, gold: Path, *, texts: Path | None = None, misses: bool | None = None
) -> Report:
    """Return how well the recommendations, links and evidence of ``database`` match ``gold``.

    ``texts`` is the folder of the texts that stand-off gold points into, ``misses`` whether what
    was missed is told with its words; None: where the documents are not held out.

    Raises:
        DatabaseError: there is no such database.
        GoldError: the gold is missing or has another form.
    """
    truth = _read(gold, texts)
    with closing(open_database(database, create=False)) as db:
        blocks = reader.blocks(db)
        report = evaluate(
            _predicted(db),
            truth,
            links=list(reader.links(db)),
            evidence=list(reader.evidence(db)),
            blocks={block.id: block.text for found in blocks.values() for block in found},
            names=_names(db),
            citations=_located(reader.citations(db), blocks),
        )
    shown = not report.held_out if misses is None else misses
    return report if shown else report.without_texts()


def _read(gold: Path, texts: Path | None) -> Gold:
    return read_standoff(gold, texts) if is_standoff(gold) else read_gold(gold)


def _located(
    citations: dict[str, list[Citation]], blocks: dict[str, list[Block]]
) -> dict[str, list[Located]]:
    """Return the citations of each document with the text around each."""
    texts = {block.id: block.text for found in blocks.values() for block in found}
    return {
        document: [
            one
            for block, cited in groupby(found, lambda citation: citation.block)
            for one in with_context(list(cited), texts.get(block, ""))
        ]
        for document, found in citations.items()
    }


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


def printed(
    database: Path, gold: Path, *, misses: bool | None = None, texts: Path | None = None
) -> str:
    """Return all figures of ``database`` against ``gold`` as plain text."""
    report = evaluate_database(database, gold, texts=texts, misses=misses)
    shown = not report.held_out if misses is None else misses
    parts = (
        render(report, misses=shown),
        render_structure(structure_of_database(database, gold), misses=shown),
        render_facts(facts_of_database(database, gold), misses=shown),
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
