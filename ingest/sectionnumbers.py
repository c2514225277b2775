"""The numbers of the sections that a document speaks of: the proposal's, or its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.models import Block, Document, Fact
from ingest.confidence import confidence

MOST_BETWEEN = 20
"""Sections of the longest span (*avsnitten 4.3–4.9*) that is counted out."""
LARGEST = 40
"""The highest number of a chapter; beyond it a number is a year, a page or an amount."""

_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,4}"
_WORD = r"(?:(?:del)?avsnitt(?:en|et)?|kapit(?:el|let|len)|kap\.?|punkt(?:en|erna)?)"
_NAMED = re.compile(
    rf"\b{_WORD}\s+(?P<list>{_NUMBER}(?:\s*(?:,|och|samt|till|–|—|-|resp\.?|respektive)\s*"
    rf"(?:{_WORD}\s+)?{_NUMBER}(?![\d.]*\s*(?:%|§|kap\b|procent|kr|mkr|mnkr|år\b)))*)",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"(?P<span>[–—-]|till)?\s*(?P<number>{_NUMBER})")
_OWN_TEXT = re.compile(
    r"\s*(?:ovan|nedan|i (?:detta|föreliggande|vårt) (?:yttrande|remissvar)"
    r"|i denna (?:skrivelse|rapport)|§|i (?:[\w-]+balken|[\w-]+lagen|lagen|förordningen)\b)",
    re.IGNORECASE,
)
"""What follows a number that is a section of the answer itself, or of a statute."""
_BARE = re.compile(
    rf"\bi\s+(?P<list>\d{{1,2}}(?:\.\d{{1,2}})+(?:(?:,|\s+och|\s+samt)\s+{_NUMBER})*)\b(?!\s*(?:%|procent|§|kap|kr|mkr|mnkr))"
)
"""*förslagen i 8.2 och 8.4*: dotted numbers after *i*."""
_ITEM_HEAD = re.compile(r"^\W*(?P<list>\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=[A-ZÅÄÖ])")
"""*– 4.2.1 Enklare regler*: an item of a list that begins with a section's number."""
_MORE_HEADED = re.compile(rf"(?P<list>(?:(?:,|och|samt|–|-)\s*{_NUMBER}\s*)+)(?=\D)")
"""*och 5.3*, where a heading's text goes on after its number."""
_PLAIN = re.compile(rf"{_NUMBER}$")


def own_sections(document: Document) -> tuple[tuple[str, ...], Fact | None]:
    """Return the numbers of the document's own sections in their order, each once."""
    numbered = [
        (number, section.page)
        for section in document.sections
        if (number := _plain(section.number)) is not None
    ]
    return _fact(numbered, "own")


def answered_sections(document: Document) -> tuple[tuple[str, ...], Fact | None]:
    """Return the sections of the proposal that a response speaks of, in order, each once.

    They head its parts (*6.4 Samordnaren*), unless it numbers its parts for itself, or stand
    in the text (*avsnitt 6.4*, *kapitel 7*, *avsnitten 4.3–4.5*).
    """
    headed = [
        (number, block.page)
        for block in document.blocks
        if block.kind == "heading"
        for number in _heading_numbers(block)
    ]
    own = _counts_its_own([number for number, _page in headed])
    named = list(_named(document.blocks))
    if own or not headed:
        return _fact(named, "text")
    return _fact(headed + named, "headings")


def _heading_numbers(block: Block) -> list[str]:
    """Return the numbers that head a part, of *5.2 och 5.3 Svala rum* both."""
    number = _plain(block.number)
    if number is None:
        return []
    more = _MORE_HEADED.match(block.text)
    return listed(f"{number} {more['list']}") if more else [number]


def _plain(number: str | None) -> str | None:
    cleaned = (number or "").strip(" .)")
    return cleaned if _PLAIN.match(cleaned) and _may_be(cleaned) else None


def _may_be(number: str) -> bool:
    return 0 < int(number.split(".", maxsplit=1)[0]) <= LARGEST


def _counts_its_own(numbers: list[str]) -> bool:
    """Return whether headings count from 1 without a gap, as only an own numbering does."""
    chapters = list(dict.fromkeys(int(number.split(".")[0]) for number in numbers))
    return chapters == list(range(1, len(chapters) + 1))


def _named(blocks: tuple[Block, ...]) -> Iterator[tuple[str, int]]:
    for block in blocks:
        if block.kind in ("header", "footer"):
            continue
        patterns = (_NAMED, _BARE, _ITEM_HEAD) if block.kind == "list_item" else (_NAMED, _BARE)
        for pattern in patterns:
            for matched in pattern.finditer(block.text):
                if not _OWN_TEXT.match(block.text, matched.end()):
                    for number in listed(matched["list"]):
                        yield number, block.page_at(matched.start())


def listed(text: str) -> list[str]:
    """Return the section numbers of *6.4 och 6.6* or *4.3–4.5*, spans counted out."""
    found: list[str] = []
    for item in _ITEM.finditer(text):
        number = item["number"].rstrip(".")
        between = _between(found[-1], number) if item["span"] and found else []
        found += [one for one in (*between, number) if _may_be(one)]
    return found


def _between(first: str, last: str) -> list[str]:
    """Return the numbers between two of the same level under the same section."""
    *above, start = first.split(".")
    *above_last, end = last.split(".")
    if above != above_last or not 0 < int(end) - int(start) <= MOST_BETWEEN:
        return []
    return [".".join((*above, str(number))) for number in range(int(start) + 1, int(end))]


def _fact(numbered: list[tuple[str, int]], evidence: str) -> tuple[tuple[str, ...], Fact | None]:
    if not numbered:
        return (), None
    numbers = tuple(sorted({number for number, _page in numbered}, key=_order))
    place = f"page {numbered[0][1]}"
    return numbers, Fact(", ".join(numbers), place, confidence("section_numbers", evidence))


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
