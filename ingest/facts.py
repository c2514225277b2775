"""The facts of a document, read from where it states them: title, kind, sender, date, numbers.

Every fact carries its place and how sure it is. ``apply_overrides`` puts what ``corpus.yml`` says
over them, which is certain.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.actors import Gazetteer
from corpus.manifest import MANIFEST_NAME, ManifestEntry
from corpus.models import DocType, Document, Fact
from ingest.casefacts import read_case
from ingest.confidence import confidence
from ingest.doctype import Verdict, read_doctype
from ingest.remitted import read_remitted, read_remitted_number
from ingest.sectionnumbers import answered_sections, own_sections
from ingest.senders import read_sender
from ingest.series import own_number
from ingest.titles import made_title, read_title

ANSWERING: tuple[DocType, ...] = ("response", "reply", "followup")
"""Kinds of document that speak of another one."""


def read_facts(document: Document, file_name: str, gazetteer: Gazetteer) -> Document:
    """Return the document with the facts that stand in it, each with its place in ``facts``.

    ``facts["number"]`` is the number of a series that the document carries itself (*SOU 2023:45*).
    """
    verdict = read_doctype(document, file_name)
    doctype, answers = verdict.doctype, verdict.doctype in ANSWERING
    case = read_case(document, answers_ministry=doctype == "response")
    sender = read_sender(document, gazetteer, doctype)
    title = read_title(document, gazetteer) or made_title(doctype, sender, file_name)
    number = own_number(document, doctype)
    their_dnr = case.their_dnr if answers else None
    remitted = read_remitted(document, title) if answers else None
    wordings = (title, remitted)
    sections, sections_fact = answered_sections(document) if answers else own_sections(document)
    found = {
        "doctype": _doctype_fact(verdict),
        "title": title,
        "sender": sender,
        "date": case.date,
        "dnr": case.dnr,
        "their_dnr": their_dnr,
        "number": number,
        "remitted": remitted,
        "remitted_number": read_remitted_number(document, number, wordings, their_dnr)
        if answers
        else None,
        "section_numbers": sections_fact,
    }
    facts = {name: fact for name, fact in found.items() if fact}
    return replace(
        document,
        title=title.value,
        doctype=doctype,
        sender=_value(sender),
        date=_value(case.date),
        dnr=_value(case.dnr),
        their_dnr=_value(their_dnr),
        remitted=_value(remitted),
        remitted_number=_value(found["remitted_number"]),
        section_numbers=sections,
        facts=facts,
    )


def _doctype_fact(verdict: Verdict) -> Fact:
    place = "file name" if verdict.zone == "file" else (verdict.zone or "no evidence")
    return Fact(verdict.doctype, place, confidence("doctype", verdict.evidence))


def apply_overrides(document: Document, entry: ManifestEntry | None) -> Document:
    """Return the document with what ``corpus.yml`` says of it in place of what was read."""
    if entry is None:
        return document
    said = {
        "id": entry.id,
        "title": entry.title,
        "doctype": entry.doctype,
        "sender": entry.sender,
        "date": entry.date,
        "dnr": entry.dnr,
        "their_dnr": entry.their_dnr,
        "remitted": entry.remitted,
        "remitted_number": entry.remitted_number,
        "section_numbers": entry.section_numbers,
        "answers": entry.answers,
        "language": entry.language,
        "url": entry.url,
    }
    given = {name: value for name, value in said.items() if value is not None}
    facts = {
        name: Fact(", ".join(value) if isinstance(value, tuple) else value, MANIFEST_NAME)
        for name, value in given.items()
        if name not in ("id", "language", "url")
    }
    return replace(document, **given, facts={**document.facts, **facts})  # type: ignore[arg-type]


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None
