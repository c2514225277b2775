"""The wordings of ``data/audits.yml``: how audits recommend, and what is no recommendation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.sentences import read_data
from corpus.models import Block

_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*|[a-zåäö])[.)]?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Patterns:
    """The data file, compiled."""

    recommending: re.Pattern[str]
    heading: re.Pattern[str]
    not_recommending: re.Pattern[str]
    standing: re.Pattern[str]
    said_by_auditor: re.Pattern[str]
    verb: re.Pattern[str]
    numbered: re.Pattern[str]
    assessing: re.Pattern[str]
    auditors: frozenset[str]
    audited: re.Pattern[str]
    summary: re.Pattern[str]
    label_words: frozenset[str]
    columns: Mapping[str, re.Pattern[str]]


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.I)


@cache
def patterns() -> Patterns:
    """Return the patterns of ``data/audits.yml``."""
    data = read_data("audits.yml")
    who, verbs = data["recommenders"], data["recommending_verbs"]
    return Patterns(
        recommending=re.compile(rf"(?<!\w)(?:{'|'.join(data['recommending'])})", re.I),
        heading=_any(data["headings"]),
        not_recommending=_any(data["not_recommending"]),
        said_by_auditor=re.compile(
            rf"(?<!\w)(?:{who})\s(?:\w+\s){{0,4}}?(?:{verbs})(?!\w)|(?:{verbs})\s(?:{who})(?!\w)"
            r"|rekommenderas(?:\s\w+){0,3}\satt(?!\w)",
            re.I,
        ),
        verb=re.compile(rf"(?<!\w)(?:{verbs}|rekommenderas)(?!\w)", re.I),
        numbered=re.compile(data["numbered"], re.I),
        standing=_any([data["standing"]]),
        assessing=_any(data["assessing"]),
        auditors=frozenset(data["auditors"]),
        audited=_any(data["audited"]),
        summary=_any([data["summary"]]),
        label_words=frozenset(data["label_words"]),
        columns={name: re.compile(pattern, re.I) for name, pattern in data["columns"].items()},
    )


def heading_text(block: Block) -> str:
    """Return a heading without its number and colon."""
    return without_number(block.text).strip().rstrip(":").strip()


def without_number(text: str) -> str:
    """Return a line without the number that it begins with."""
    return _NUMBER.sub("", text)
