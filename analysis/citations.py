"""Finds references to laws, inquiries, bills and cases, and gives each its normal form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from analysis.eu_acts import eu_acts
from analysis.paragraphs import paragraphs
from analysis.references import Found, fold, without_note_numbers, without_overlaps
from analysis.sentences import read_data
from analysis.statutes import Usage, mentions, usage
from corpus.models import Citation, Document

WORKS = frozenset({"sou", "ds", "prop", "skr", "dir", "bet", "rir", "other"})
"""Kinds of which pages are cited."""

REPEATED = frozenset({"header", "footer"})
"""Kinds of blocks that come again on each page, mostly with the document's own number."""

NEAR = 120
"""Characters before an unknown series in which a word must say that it is one of regulations."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern of ``data/citations.yml``, compiled."""

    kind: str
    pattern: re.Pattern[str]
    normalized: str
    list: bool = False


def citations(document: Document) -> tuple[Citation, ...]:
    """Return every reference in the document's text, in its order, but to the document itself.

    What a name means is told by the numbers that the document gives (*alkohollagen (2010:1622)*),
    else by its date; *ibid.* means the work that was cited last. Running headers are left out.
    """
    blocks = [block for block in document.blocks if block.kind not in REPEATED]
    folded = [fold(block.text) for block in blocks]
    texts = without_note_numbers(part.text for part in folded)
    known, own = usage(texts, document.date), _own(document)
    cited: list[Citation] = []
    work: str | None = None
    for block, part, text in zip(blocks, folded, texts, strict=True):
        for found in _find(text, known, work):
            if found.normalized in own:
                continue
            work = found.normalized if found.kind in WORKS else work
            start, end = part.span(found.start, found.end)
            raw, page = block.text[start:end], block.page_at(start)
            cited.append(Citation(block.id, page, raw, found.kind, found.normalized))
    return tuple(cited)


def _own(document: Document) -> set[str]:
    """Return the numbers that the document itself carries."""
    number = document.facts.get("number")
    return {value for value in (number and number.value, document.dnr) if value}


def find_citations(text: str, date: str | None = None) -> list[Found]:
    """Return each reference in a text, in order; ``date`` (ISO) tells which act a name means."""
    part = fold(text)
    found = _find(part.text, usage([part.text], date), None)
    return [Found(*part.span(f.start, f.end), f.kind, f.normalized) for f in found]


def _find(text: str, known: Usage, work: str | None) -> list[Found]:
    statutes = mentions(text, known)
    found = eu_acts(text, known.date)
    found += paragraphs(text, statutes)
    found += [Found(m.start, m.end, "sfs", m.normalized) for m in statutes if m.alone]
    if any(map(str.isdigit, text)):
        found += _by_form(text)
        kept = without_overlaps(found)
        return without_overlaps(kept + list(_pages(text, kept, work)))
    return without_overlaps(found)


# References that are known by their form


def _by_form(text: str) -> Iterator[Found]:
    for rule in _rules():
        for match in rule.pattern.finditer(text):
            if rule.kind == "unknown series":
                if _near().search(text, max(0, match.start() - NEAR), match.start()):
                    yield _found(replace(rule, kind="regulation"), match)
                continue
            yield _found(rule, match)
            if rule.list:
                yield from _further(text, rule, match)


def _found(rule: _Rule, match: re.Match[str]) -> Found:
    groups = {name: _closed(value or "") for name, value in match.groupdict().items()}
    start, end = match.span("raw" if "raw" in groups else 0)
    return Found(start, end, rule.kind, rule.normalized.format(**groups))


def _closed(value: str) -> str:
    return re.sub(r"\s*:\s*", ":", value).strip()


_FURTHER = re.compile(
    r"(?:,|,? (?:och|samt|eller|respektive|resp\.)) (?P<raw>(?P<when>\d{4}(?:/\d\d(?:\d\d)?)?)"
    r":(?P<number>[A-ZÅÄÖa-zåäö]{0,5}\d{1,4}))(?!\d)"
)


def _further(text: str, rule: _Rule, first: re.Match[str]) -> Iterator[Found]:
    """Find the numbers that a list goes on with: *SOU 2018:17, 2019:4 och 2019:68*."""
    groups = first.groupdict()
    time = "session" if "session" in groups else "year"
    match = _FURTHER.match(text, first.end())
    while match and ("/" in match["when"]) == (time == "session"):
        values = {**groups, time: match["when"], "number": match["number"]}
        yield Found(*match.span("raw"), rule.kind, rule.normalized.format(**values))
        match = _FURTHER.match(text, match.end())


# Pages of a work


_PAGE = r"\d{1,4}(?: ?ff?(?!\w)\.?)?"
_MORE = (
    rf"(?: ?[–-] ?\d{{1,4}}(?!\d)|(?:, ?| och )(?!\d{{4}}){_PAGE}(?! ?(?:kap|§|%|procent|\w*\d)))"
)
_PAGES = re.compile(rf"(?<![\w.])(?:[sS]|sid)\. ?(?P<pages>{_PAGE}{_MORE}*)(?![\w/]|:\d)")
_SAME_WORK = re.compile(r"(?i:ibid|ibidem|a\. ?a|a\. ?prop|a\. ?bet|a\. ?st)\.?,? ?$")
_SENTENCE_END = re.compile(r"[.;!?] [A-ZÅÄÖ]")


def _pages(text: str, found: list[Found], work: str | None) -> Iterator[Found]:
    """Find page references, each with the work that it is of where one is cited before it."""
    for match in _PAGES.finditer(text):
        last = [f for f in found if f.end <= match.start() and f.kind in WORKS]
        if _SAME_WORK.search(text, 0, match.start()):
            of = last[-1].normalized if last else work
        elif last and not _SENTENCE_END.search(text, last[-1].end, match.start()):
            of = last[-1].normalized
        else:
            of = None
        pages = f"s. {_page_list(match['pages'])}"
        yield Found(*match.span(), "pages", f"{of} {pages}" if of else pages)


def _page_list(pages: str) -> str:
    """Return pages in one form: *123 f och 173* is *123 f., 173*."""
    pages = re.sub(r" och |, ?", ", ", pages)
    pages = re.sub(r" ?(ff?)(?!\w)\.?", r" \1.", pages)
    return re.sub(r" ?[–-] ?", "–", pages)


@cache
def _data() -> dict[str, Any]:
    return read_data("citations.yml")


@cache
def _near() -> re.Pattern[str]:
    return re.compile(read_data("regulations.yml")["near"], re.IGNORECASE)


@cache
def _rules() -> tuple[_Rule, ...]:
    series = sorted(read_data("regulations.yml")["series"], key=len, reverse=True)
    stand_for = {
        **_data()["stand_for"],
        "series": "|".join(map(re.escape, series)),
        "reports": "|".join(_data()["reports"]),
    }
    return tuple(_rule(entry, stand_for) for entry in _data()["patterns"])


def _rule(entry: dict[str, Any], stand_for: dict[str, str]) -> _Rule:
    pattern = entry["pattern"]
    for name, meaning in stand_for.items():
        pattern = pattern.replace(f"{{{name}}}", meaning)
    compiled = re.compile(rf"(?<![\w/])(?:{pattern})(?!\w)")
    return _Rule(entry["kind"], compiled, entry["normalized"], entry.get("list", False))
