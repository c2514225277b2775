"""Splits a document into its recommendations, by what its kind holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis import parliament
from analysis.audits import recommendations
from analysis.measures import measures
from analysis.positions import positions
from analysis.proposals import proposals
from analysis.referents import referred
from analysis.replies import answers
from corpus.actors import Gazetteer
from corpus.ids import with_ids
from corpus.models import DocType, Document, Recommendation

Splitter = Callable[[Document, Gazetteer], tuple[Recommendation, ...]]

SPLITTERS: Mapping[DocType, Splitter] = {
    "strategy": measures,
    "audit": recommendations,
    "followup": recommendations,
    "response": positions,
    "reply": answers,
    "proposal": proposals,
    "other": parliament.positions,
}
"""What each kind of document is split by; the kinds that are not here hold no units."""


def split(document: Document, gazetteer: Gazetteer) -> tuple[Recommendation, ...]:
    """Return the measures, recommendations or positions of a document, with their lasting ids."""
    splitter = SPLITTERS.get(document.doctype)
    if splitter is None:
        return ()
    return with_ids(referred(document, splitter(document, gazetteer), gazetteer))
