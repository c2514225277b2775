"""Tells on which level, local, regional or national, what is recommended is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from analysis.sentences import read_data
from corpus.actors import Gazetteer
from corpus.models import ActorKind, Addressee, Document, Level

LEAST_WORDS = 2
"""Words of a level that a document must hold to be of it: one may be a quoted body's."""

BY_KIND: Mapping[ActorKind, Level] = {
    "municipality": "local",
    "committee": "local",
    "region": "regional",
    "county_board": "regional",
    "government": "national",
    "agency": "national",
    "court": "national",
    "university": "national",
}


@cache
def _names() -> tuple[tuple[Level, re.Pattern[str]], ...]:
    data: dict[Level, list[str]] = read_data("levels.yml")["names"]
    return tuple((level, re.compile("|".join(forms), re.I)) for level, forms in data.items())


def level_of_name(name: str, gazetteer: Gazetteer | None = None) -> Level | None:
    """Return the level on which a body acts, by its words or by what is known of it."""
    actor = gazetteer.resolve(name) if gazetteer else None
    if actor and actor.kind in BY_KIND and actor.kind != "committee":
        return BY_KIND[actor.kind]
    named = next((level for level, form in _names() if form.search(name)), None)
    return named or (BY_KIND.get(actor.kind) if actor else None)


def level_of(
    addressees: Iterable[Addressee],
    gazetteer: Gazetteer | None = None,
    context: Level | None = None,
) -> Level | None:
    """Return the highest level of those who are to act and whose level is known.

    What several levels are to do together is for the highest to arrange. A board
    (*hälsonämnden*) is its region's where ``context``, the document's level, is regional.
    """
    found: set[Level] = set()
    for one in addressees:
        level = level_of_name(one.named, gazetteer)
        boards = context == "regional" and "kommun" not in one.named.casefold()
        if level:
            found.add("regional" if level == "local" and boards else level)
    return next((level for level, _ in _names() if level in found), None)


def level_of_text(text: str) -> Level | None:
    """Return the level of which a passage speaks most, the higher of two that it speaks of alike.

    Asked after ``level_of``, it makes 42 of the 62 levels of positions in the gold right, not 12.
    """
    matters: dict[Level, str] = read_data("levels.yml")["matters"]
    counts = {level: len(re.findall(form, text, re.I)) for level, form in matters.items()}
    best = max(counts, key=lambda level: counts[level])
    return best if counts[best] else None


def level_of_document(document: Document, gazetteer: Gazetteer | None = None) -> Level | None:
    """Return the level of the body whose document this is: its sender's, else by its words."""
    data = read_data("levels.yml")
    if re.search(data["national_title"], document.title, re.I):
        return "national"
    sender = level_of_name(document.sender, gazetteer) if document.sender else None
    if sender in {"national", "regional"}:
        return sender
    text = " ".join(block.text for block in document.blocks)
    counts: dict[Level, int] = {
        level: len(re.findall(pattern, text, re.I)) for level, pattern in data["documents"].items()
    }
    best = max(counts, key=lambda level: counts[level])
    return best if counts[best] >= LEAST_WORDS else sender
