"""Which document answers, audits or follows up which, and which document a number means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from corpus.ids import squash
from corpus.models import Document, Problem

ANSWERED_BY = {
    "response": ("proposal", "strategy", "other"),
    "reply": ("audit", "followup"),
    "followup": ("audit",),
}
"""What kinds of document each kind can answer, the likelier first: a follow-up names its audit by
the same number as a reply does."""

SAME_TITLE = 88.0
"""Least partial similarity in percent of a title to the wording that names it: inflection and
case (*nationella värmeplanen*, *Nationell värmeplan*) give 88 and more."""

SHORTEST_TITLE = 8
"""Characters below which a title says too little to be found in another wording."""

_NUMBER = re.compile(r"\b(SOU|Ds|RiR|prop\.|skr\.|dir\.)\s*(\d{4}(?:/\d{2,4})?:\d+)", re.IGNORECASE)
_REPORT = re.compile(r"\bnr\s*(\d{1,3}/\d{4})", re.IGNORECASE)


def numbers(text: str) -> set[str]:
    """Return the numbers by which inquiries, bills and audit reports are named in ``text``."""
    official = {f"{kind} {number}".casefold() for kind, number in _NUMBER.findall(text)}
    return official | {f"nr {number}" for number in _REPORT.findall(text)}


def find_answers(documents: Sequence[Document]) -> tuple[dict[str, str], list[Problem]]:
    """Return for each document that answers another the id of that one.

    In this order: what ``corpus.yml`` says; the same case number (*Ert dnr*); the same number of
    report; the title. A document named in ``corpus.yml`` that is not in the corpus is a problem.
    """
    by_id = {document.id: document for document in documents}
    answers: dict[str, str] = {}
    problems = []
    for document in documents:
        given = document.facts.get("answers")
        if given and given.value not in by_id:
            message = f"answers {given.value}, which is not in the corpus: build that document too"
            problems.append(Problem(document.source, "unknown_document", message, document.id))
        target = given.value if given and given.value in by_id else _answered(document, documents)
        if target and target != document.id:
            answers[document.id] = target
    return answers, problems


def _answered(document: Document, documents: Sequence[Document]) -> str | None:
    kinds = ANSWERED_BY.get(document.doctype, ())
    candidates = [
        other
        for other in documents
        if other.id != document.id and other.doctype in kinds and not _later(other, document)
    ]
    scored = [
        (_score(document, other), -kinds.index(other.doctype), other.id) for other in candidates
    ]
    score, _kind, target = max(scored, default=(0.0, 0, ""))
    return target if score > 0 else None


def _later(other: Document, document: Document) -> bool:
    return bool(other.date and document.date and other.date > document.date)


def _score(document: Document, other: Document) -> float:
    """Return how surely ``document`` speaks of ``other``: 300 for a case number, 0 for not."""
    if document.their_dnr and other.dnr and squash(document.their_dnr) == squash(other.dnr):
        return 300.0
    wording = " ".join(filter(None, (document.remitted, document.title)))
    if numbers(wording) & numbers(_own_names(other)):
        return 200.0
    if len(other.title) < SHORTEST_TITLE:
        return 0.0
    likeness = fuzz.partial_ratio(other.title.casefold(), wording.casefold())
    return likeness if likeness >= SAME_TITLE else 0.0


def _own_names(document: Document) -> str:
    """Return what a document calls itself: title, case number and number of report."""
    number = document.facts.get("number")
    return " ".join(filter(None, (document.title, document.dnr, number.value if number else None)))


def cited_documents(documents: Iterable[Document]) -> dict[str, str]:
    """Return normal forms of citations to the documents in the corpus that carry that number."""
    found: dict[str, str] = {}
    for document in documents:
        carried = [document.dnr] if document.dnr else []
        carried += [f"{kind} {number}" for kind, number in _NUMBER.findall(_own_names(document))]
        for name in carried:
            found.setdefault(name, document.id)
    return found
