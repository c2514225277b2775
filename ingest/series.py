"""Numbers of series (*SOU 2023:45*, *RiR 2020:3*, *nr 7/2021*): found and in normal form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from corpus.models import DocType, Document, Fact
from ingest.confidence import confidence

OWN_PAGES = 2
"""Pages from the first on which a document carries its own number."""
OWN_LENGTH = 90
"""Characters of the longest line of a title page or letterhead that carries the own number."""
_BEFORE_OWN = re.compile(
    r"\W*(?:(?:regeringens|bifogad|stadsrevisionens)\s+)?[\w.]*\W*$", re.IGNORECASE
)
"""What may stand before an own number in its line: the name of the series or of its kind."""
_ATTACHED = re.compile(r"\bbifoga[dt]e?\s+$", re.IGNORECASE)


TITLED_BY_NUMBER: tuple[DocType, ...] = ("audit", "proposal")
"""Kinds of document whose own title may end with their number; others' name what they answer."""


class Numbered(NamedTuple):
    """A number of a series: ``text[start:end]``, in normal form.

    ``remitted`` is whether documents of the series are answered, ``own`` the kinds of document
    that belong to it.
    """

    start: int
    end: int
    normal: str
    remitted: bool
    own: tuple[DocType, ...]


@dataclass(frozen=True, slots=True)
class _Series:
    pattern: re.Pattern[str]
    normal: str
    remitted: bool
    own: tuple[DocType, ...]


@lru_cache(maxsize=1)
def _series() -> tuple[_Series, ...]:
    content = yaml.safe_load((files("ingest") / "data" / "series.yml").read_text("utf-8"))
    return tuple(
        _Series(
            re.compile(entry["pattern"]), entry["normal"], entry["remitted"], tuple(entry["own"])
        )
        for entry in content
    )


def series_in(text: str) -> list[Numbered]:
    """Return the numbers of series that ``text`` names, in order."""
    if ":" not in text and "/" not in text:
        return []
    return sorted(
        Numbered(
            matched.start(),
            matched.end(),
            series.normal.format(year=matched["year"], number=matched["number"]),
            series.remitted,
            series.own,
        )
        for series in _series()
        for matched in series.pattern.finditer(text)
    )


def own_number(document: Document, doctype: DocType) -> Fact | None:
    """Return the number that a report, inquiry or bill carries itself, None where it has none.

    It stands on a short line of the first pages, after nothing but the name of its series, in
    brackets behind the title, or behind *bifogad revisionsrapport*.
    """
    for block in document.blocks:
        if block.page > OWN_PAGES:
            break
        ends_title = block.kind == "heading" and doctype in TITLED_BY_NUMBER
        for found in series_in(block.text):
            before = block.text[: found.start]
            on_line = len(block.text) <= OWN_LENGTH and (
                _BEFORE_OWN.match(before) or (ends_title and before.endswith("("))
            )
            if doctype in found.own and (on_line or _ATTACHED.search(before)):
                evidence = "line" if on_line else "text"
                return Fact(found.normal, f"page {block.page}", confidence("number", evidence))
    return None
