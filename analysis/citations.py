"""Finds references to laws, inquiries, bills and cases, and gives each its normal form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.sentences import read_data
from corpus.models import Citation, Document


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern of ``data/citations.yml``, compiled."""

    kind: str
    pattern: re.Pattern[str]
    normalized: str


def citations(document: Document) -> tuple[Citation, ...]:
    """Return every reference in the document's blocks, in the order of its text."""
    return tuple(
        Citation(
            block=block.id,
            page=block.page_at(start),
            raw=block.text[start:end],
            kind=kind,
            normalized=normalized,
        )
        for block in document.blocks
        for start, end, kind, normalized in find_citations(block.text)
    )


def find_citations(text: str) -> list[tuple[int, int, str, str]]:
    """Return start, end, kind and normal form of each reference in a text, in order."""
    found = sorted(
        (match.start(), order, match)
        for order, rule in enumerate(_rules())
        for match in rule.pattern.finditer(text)
    )
    return list(_without_overlaps(found))


def _without_overlaps(
    found: list[tuple[int, int, re.Match[str]]],
) -> Iterator[tuple[int, int, str, str]]:
    end = 0
    for start, order, match in found:
        if start >= end:
            rule = _rules()[order]
            end = match.end()
            yield start, end, rule.kind, _normalized(rule, match)


def _normalized(rule: _Rule, match: re.Match[str]) -> str:
    groups = {name: _spaced(value or "") for name, value in match.groupdict().items()}
    if rule.kind == "paragraph":
        groups["paragraph"] = _paragraph(groups)
    return rule.normalized.format(**groups)


def _spaced(value: str) -> str:
    return re.sub(r"\s+", " ", value).strip()


def _paragraph(groups: dict[str, str]) -> str:
    """Return a paragraph's normal form: *SFS 2001:453 14 kap. 1 §*, by name if none is known."""
    number = groups["sfs"] or _numbers().get(groups["statute"].lower())
    statute = f"SFS {number}" if number else groups["statute"]
    chapter = f"{groups['chapter']} kap. " if groups["chapter"] else ""
    return f"{statute} {chapter}{groups['section']} §"


@cache
def _data() -> dict[str, Any]:
    return read_data("citations.yml")


@cache
def _numbers() -> dict[str, str]:
    """Return the number of each statute by its names and abbreviations in lower case."""
    return {
        name.lower(): statute["sfs"]
        for short, statute in _data()["statutes"].items()
        for name in (short, *statute["names"])
    }


@cache
def _rules() -> tuple[_Rule, ...]:
    names = [name for s in _data()["statutes"].values() for name in s["names"]]
    statute = "|".join([*(rf"(?i:{re.escape(name)})" for name in names), *_data()["statutes"]])
    other = r"|(?:[a-zåäö-]+\s+och\s+)?[a-zåäö]{4,}(?:lagen|balken|förordningen)"
    return tuple(
        _rule(**{**entry, "pattern": entry["pattern"].replace("{statute}", statute + other)})
        for entry in _data()["patterns"]
    )


def _rule(kind: str, pattern: str, normalized: str) -> _Rule:
    return _Rule(kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), normalized)
