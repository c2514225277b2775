"""How well whole invented papers are split: no figure may fall below what was once reached."""

from __future__ import annotations

from analysis.evaluate import Predicted, evaluate
from analysis.gold import Gold
from analysis.split import split
from corpus.actors import load_gazetteer


def scored(papers):
    found = [
        Predicted(paper.document.id, split(paper.document, load_gazetteer([paper.sender])))
        for paper in papers
    ]
    gold = Gold(
        documents=tuple(paper.document.id for paper in papers),
        units=tuple(unit for paper in papers for unit in paper.units),
    )
    return evaluate(found, gold)


def test_the_positions_of_the_papers_and_their_stances(papers):
    report = scored(papers)
    scores = [score for score in report.scores if score.kind == "position"]
    units = sum((score.units for score in scores[1:]), scores[0].units)
    stances = sum((score.stances for score in scores[1:]), scores[0].stances)
    assert units.f1 >= 0.97
    assert stances.value >= 0.97


def test_the_answers_and_proposals_of_the_papers(papers):
    report = scored(papers)
    for kind in ("answer", "proposal", "recommendation"):
        scores = [score.units for score in report.scores if score.kind == kind]
        assert sum(scores[1:], scores[0]).f1 >= 0.95
