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

NAMED_BY_TITLE = ("proposal", "strategy", "audit", "guidance")
"""Kinds of document whose titles hold no number but their own."""

_NUMBER = re.compile(r"\b(SOU|Ds|RiR|prop\.|skr\.|dir\.)\s*(\d{4}(?:/\d{2,4})?:\d+)", re.IGNORECASE)
_DIVISION = re.compile(r"/[a-zåäö]\w*$")
"""The division of a ministry, which is not always printed after its case number."""
_REPORT = re.compile(r"\bnr\s*(\d{1,3}/\d{4})", re.IGNORECASE)


def numbers(text: str) -> set[str]:
    """Return the numbers by which inquiries, bills and audit reports are named in ``text``."""
    official = {f"{kind} {number}".casefold() for kind, number in _NUMBER.findall(text)}
    return official | {f"nr {number}" for number in _REPORT.findall(text)}


def find_answers(documents: Sequence[Document]) -> tuple[dict[str, str], list[Problem]]:
    """Return for each document that answers another the id of that one.

    In this order: what ``corpus.yml`` says; the same case number (*Ert dnr*); the same number of a
    series (SOU, RiR, an auditors' report); the title, unless both name numbers of the same series
    that differ. A document named in ``corpus.yml`` that is not in the corpus is a problem.
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


CASE_SCORE, NUMBER_SCORE = 300.0, 200.0
"""Scores of the same case number and of the same number of a series; a title adds up to 100."""


def _score(document: Document, other: Document) -> float:
    """Return how surely ``document`` speaks of ``other``: by the scores above, 0 for not at all."""
    wording = " ".join(filter(None, (document.remitted, document.title)))
    likeness = fuzz.partial_ratio(other.title.casefold(), wording.casefold())
    asked = {_case(number) for number in (document.their_dnr, document.remitted_number) if number}
    if other.dnr and _case(other.dnr) in asked:
        return CASE_SCORE + likeness
    spoken = numbers(f"{document.remitted_number or ''} {wording}") - _own_numbers(document)
    carried = numbers(_own_names(other))
    if spoken & carried and not _is_of_another(spoken & carried, wording, other):
        return NUMBER_SCORE + likeness
    if {_series(number) for number in spoken} & {_series(number) for number in carried}:
        return 0.0
    return likeness if likeness >= SAME_TITLE and len(other.title) >= SHORTEST_TITLE else 0.0


def _is_of_another(shared: set[str], wording: str, other: Document) -> bool:
    """Return whether a report's number is another body's: every town's auditors count from 1.

    It is where the wording names a title that has no word in common with the other's.
    """
    if any(_series(number) != "nr" for number in shared):
        return False
    named, title = _stems(wording), _stems(other.title)
    return bool(named and title) and not named & title


def _stems(text: str) -> set[str]:
    """Return the beginnings of the words that tell what a report is about."""
    return {
        word[:STEM_LENGTH]
        for word in re.findall(r"\w+", _KIND_OF_REPORT.sub(" ", text.casefold()))
        if len(word) >= STEM_LENGTH and not word.isdigit()
    }


STEM_LENGTH = 5
"""Letters by which two forms of a word are the same, and of the shortest word that counts."""
_KIND_OF_REPORT = re.compile(
    r"\b(?:yttrande|uppföljning|med anledning av|\w*rapport(?:en)?|\w*granskning(?:en)?"
    r"|kommunens?|stadens?|regionens?)\b"
)


def _case(number: str) -> str:
    """Return a case number as two prints share it: *Ku 2017/01469/D* is *Ku2017/1469*."""
    bare = _DIVISION.sub("", squash(number).casefold())
    return re.sub(r"(?<=[/:-])0+(?=\d)", "", bare)


def _series(number: str) -> str:
    """Return the series of a number: two reports of the same series with other numbers differ."""
    return number.split(" ", 1)[0]


def _own_numbers(document: Document) -> set[str]:
    number = document.facts.get("number")
    return numbers(number.value) if number else set()


def _own_names(document: Document) -> str:
    """Return what a document calls itself: title, case number and number of report.

    The title of a response, or of a remiss or a motion, names another document.
    """
    number = document.facts.get("number")
    title = document.title if document.doctype in NAMED_BY_TITLE else None
    return " ".join(filter(None, (title, document.dnr, number.value if number else None)))


def cited_documents(documents: Iterable[Document]) -> dict[str, str]:
    """Return normal forms of citations to the documents in the corpus that carry that number."""
    found: dict[str, str] = {}
    for document in documents:
        carried = [document.dnr] if document.dnr else []
        carried += [f"{kind} {number}" for kind, number in _NUMBER.findall(_own_names(document))]
        for name in carried:
            found.setdefault(name, document.id)
    return found
