"""What kind of document a text is, by scored rules that lie in ``data/doctypes.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import get_args

import yaml

from corpus.models import Block, DocType, Document

TITLE_PAGES = 2
"""Pages from the first whose headings and letterhead make the title zone."""
TITLE_WORDS = 150
"""Words of text after which a heading is a section's: a missive before a report has fewer."""
LINE_LENGTH = 120
"""Characters of the longest line of a title page that is no heading by its kind."""
TITLE_LENGTH = 1_200
"""Characters of the title zone: a title page, a missive's head, no table of contents."""
OPENING_LENGTH = 3_000
"""Characters of the opening: a response states its position within its first page."""
CLOSING_LENGTH = 1_500
BODY_LENGTH = 60_000
"""Characters of text in which phrases are counted; a book's first 25 pages tell its kind."""

_CASED = "(?-i:"
"""What a pattern holds that tells capitals from small letters; the others, which are written in
small letters, are matched with the text in small letters: three times as fast."""
_BODY_KINDS = ("paragraph", "list_item", "quote")
_TITLE_KINDS = ("heading", "letterhead", "header", "footer", "aside")


@dataclass(frozen=True, slots=True)
class Rule:
    """Points for a doctype where a pattern is found often enough in a zone.

    ``cased`` is whether the pattern needs the text as it is set, and not in small letters.
    """

    doctype: DocType
    zone: str
    points: int
    match: re.Pattern[str]
    at_least: int = 1
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The doctype with its points, and the passage that weighed most, with its zone."""

    doctype: DocType
    points: int
    zone: str
    passage: str
    lead: int = 0

    @property
    def evidence(self) -> str:
        """The kind of evidence in ``data/confidence.yml``: how far it leads over the runner-up."""
        if not self.points:
            return "none"
        return (
            "clear"
            if self.lead >= CLEAR_LEAD
            else "narrow"
            if self.lead >= NARROW_LEAD
            else "close"
        )


CLEAR_LEAD, NARROW_LEAD = 8, 3
"""Points by which the kind leads clearly, or narrowly, over the next likely one."""


def read_doctype(document: Document, file_name: str = "") -> Verdict:
    """Return the kind of document that the rules find; ``other`` below the threshold."""
    threshold, rules = _rules()
    zones = zones_of(document, file_name)
    lowered = {name: text.lower() for name, text in zones.items()}
    points: dict[DocType, int] = dict.fromkeys(get_args(DocType), 0)
    best: dict[DocType, tuple[int, str, str]] = {}
    for rule in rules:
        text = zones[rule.zone] if rule.cased else lowered[rule.zone]
        found = list(islice(rule.match.finditer(text), rule.at_least))
        if len(found) < rule.at_least:
            continue
        points[rule.doctype] += rule.points
        if rule.points > best.get(rule.doctype, (0, "", ""))[0]:
            best[rule.doctype] = (
                rule.points,
                rule.zone,
                zones[rule.zone][slice(*found[0].span())].strip(),
            )
    winner = max(points, key=lambda doctype: points[doctype])
    if points[winner] < threshold:
        return Verdict("other", 0, "body", "")
    lead = points[winner] - max(other for kind, other in points.items() if kind != winner)
    return Verdict(winner, points[winner], best[winner][1], best[winner][2], lead)


def zones_of(document: Document, file_name: str = "") -> Mapping[str, str]:
    """Return the texts of a document's zones by name, one block a line."""
    title = [block.text for block in _title_blocks(document)]
    body = "\n".join(block.text for block in document.blocks if block.kind in _BODY_KINDS)
    closing = [block.text for block in document.blocks if _may_close(block)]
    return {
        "title": "\n".join(title)[:TITLE_LENGTH],
        "opening": body[:OPENING_LENGTH],
        "headings": "\n".join(b.text for b in document.blocks if b.kind == "heading"),
        "body": body[:BODY_LENGTH],
        "closing": "\n".join(closing)[-CLOSING_LENGTH:],
        "file": re.sub(r"[_\s]+", "-", file_name.casefold()),
    }


def _title_blocks(document: Document) -> Iterator[Block]:
    """Yield the furniture of the first pages, and the headings until the text is under way."""
    spoken = 0
    for block in document.blocks:
        if block.page > TITLE_PAGES:
            return
        if block.kind in _BODY_KINDS:
            spoken += len(block.text.split())
            is_line = len(block.text) <= LINE_LENGTH and not block.text.endswith(".")
            if is_line and spoken <= TITLE_WORDS:
                yield block
        elif block.kind in ("header", "footer") or (
            block.kind in _TITLE_KINDS and spoken <= TITLE_WORDS
        ):
            yield block


def _may_close(block: Block) -> bool:
    return block.kind in _BODY_KINDS or block.kind in ("signature", "letterhead")


@lru_cache(maxsize=1)
def _rules() -> tuple[int, tuple[Rule, ...]]:
    """Return the threshold and the rules of ``data/doctypes.yml``."""
    text = (files("ingest") / "data" / "doctypes.yml").read_text("utf-8")
    content = yaml.safe_load(text)
    return content["threshold"], tuple(
        Rule(
            doctype=entry["doctype"],
            zone=entry["zone"],
            points=entry["points"],
            match=re.compile(entry["match"], re.IGNORECASE if _CASED in entry["match"] else 0),
            at_least=entry.get("at_least", 1),
            cased=_CASED in entry["match"],
        )
        for entry in content["rules"]
    )
