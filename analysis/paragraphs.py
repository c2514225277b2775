"""Finds paragraphs of statutes, by chapter, section and item, and the statute that each is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.references import Found
from analysis.statutes import Mention

_NUMBER = r"\d{1,3}(?: ?[a-hj-z])?(?![\wåäö])"
_NUMBERS = rf"{_NUMBER}(?: ?[–-] ?{_NUMBER}|, ?{_NUMBER}| (?:och|samt|eller) {_NUMBER})*"
_ORDINAL = r"(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|sista)"
_ITEM = r"\d{1,2}(?: ?[a-z]\)| [a-h](?![\wåäö]))?(?:(?:, | och |[–-])(?:\d{1,2}(?!\d)|[a-z]\)))*"
_AFTER_ITEM = (
    r"(?=[.,;:)]|$| (?:i|och|samt|eller|jfr|samma|nämnda|denna|\(|[A-ZÅÄÖ]"
    r"|[\w-]*(?:lag|balk|förordning)))"
)
_TAIL = (
    rf"(?: {_ORDINAL}(?: (?:och|eller|samt|–) {_ORDINAL})? (?:stycke[tn]a?|punkte[nr]n?a?|meningen"
    r"|strecksatsen)"
    rf"| (?:punkt|punkten|punkterna|p\.?|st\.?|stycke) {_ITEM}| {_ITEM}{_AFTER_ITEM})*"
)
_CHAPTER = rf"{_NUMBERS} ?kap(?:\.|itlet|itel)?(?!\w)"
_SECTION = rf"{_NUMBERS} ?§§?{_TAIL}"
_TURNED = (
    rf"kap(?:\.|itel)? {_NUMBER},? ?§§? ?{_NUMBERS}|kap(?:\.|itel)? {_NUMBER}"
    rf"|§§? ?{_NUMBERS}{_TAIL}"
)
_PIN = rf"(?:{_CHAPTER}(?: ?{_SECTION})?|{_SECTION})"
_GLOSS = r"(?: \(om [^()]{3,60}\))?"
_CHAIN = re.compile(
    rf"(?<![\w:/.,-])(?P<pins>{_PIN}{_GLOSS}(?:(?:,| och| samt| eller) {_PIN}{_GLOSS})*|{_TURNED})"
)
_EACH = re.compile(
    rf"(?:(?P<chapter>{_NUMBERS}) ?kap(?:\.|itlet|itel)?(?!\w))? ?"
    rf"(?:(?P<section>{_NUMBERS}) ?§§?(?P<tail>{_TAIL}))?"
)
_TURNED_PARTS = re.compile(
    rf"(?:kap(?:\.|itel)? (?P<chapter>{_NUMBER}),? ?)?"
    rf"(?:§§? ?(?P<section>{_NUMBERS})(?P<tail>{_TAIL}))?"
)
_TO_STATUTE = re.compile(r"(?: (?:i|av|enligt)(?: den (?:nya|nuvarande))?)? ")
_SAME = re.compile(r"(?: i)? (?:samma|nämnda|denna) (?:lag|balk|förordning|kapitel)(?!\w)")
_FROM_STATUTE = re.compile(r"(?:,? \(?|, )$")
_HIGHEST_CHAPTER = 120
"""The socialförsäkringsbalk, of all statutes the one with most chapters, has 117."""


def paragraphs(text: str, statutes: list[Mention]) -> list[Found]:
    """Return the paragraphs cited in a text on one line, each with the statute that it is of.

    ``statutes`` are those that the text names, in order. A section without a chapter counts where
    the text names the statute before it; a chapter counts also where none is named.
    """
    if "§" not in text and "kap" not in text:
        return []
    return list(_paragraphs(text, statutes))


def _paragraphs(text: str, statutes: list[Mention]) -> Iterator[Found]:
    after = {mention.start: mention for mention in statutes}
    last: Mention | None = None
    for match in _CHAIN.finditer(text):
        start, end = match.span("pins")
        end -= len(text[start:end]) - len(text[start:end].rstrip(" ,"))
        before = [m for m in statutes if m.end <= start and (m.alone or m.number)]
        if beside := _after(text, end, after):
            end, last = beside.end, beside
        elif same := _SAME.match(text, end):
            end, last = same.end(), before[-1] if before else last
        elif before and _FROM_STATUTE.fullmatch(text[before[-1].end : start]):
            last = before[-1]
            end = end + 1 if _opened(text, last.end, start, end) else end
            start = last.start
        elif before and _is_loose(match["pins"]):
            last = before[-1]
        elif _is_loose(match["pins"]) or match["pins"].startswith(("kap", "§")):
            continue
        else:
            last = before[-1] if before else None
        if parts := _parts(match["pins"]):
            yield Found(start, end, "paragraph", f"{last.normalized} {parts}" if last else parts)


def _after(text: str, end: int, after: dict[int, Mention]) -> Mention | None:
    """Return the statute that follows a paragraph at once: *9 kap. 2 § PBL*, *… i miljöbalken*."""
    match = _TO_STATUTE.match(text, end)
    return after.get(match.end()) if match else None


def _opened(text: str, before: int, start: int, end: int) -> bool:
    return "(" in text[before:start] and text[end : end + 1] == ")"


def _is_loose(pins: str) -> bool:
    """Return whether a paragraph is a section alone: *5 §*."""
    return "kap" not in pins and not pins.startswith("§")


def _parts(pins: str) -> str:
    """Return chapters, sections and items in normal form: *10 kap. 3, 4 §, 12 kap. 1 §*."""
    if pins.startswith(("kap", "§")):
        match = _TURNED_PARTS.match(pins)
        return _part(match) if match else ""
    parts = [_part(match) for match in _EACH.finditer(pins) if match["chapter"] or match["section"]]
    if all(part.endswith(" kap.") for part in parts) and len(parts) > 1:
        return ", ".join(part.removesuffix(" kap.") for part in parts) + " kap."
    return ", ".join(filter(None, parts))


def _part(match: re.Match[str]) -> str:
    chapter, section = match["chapter"], match["section"]
    if chapter and chapter.isdigit() and int(chapter) > _HIGHEST_CHAPTER:
        return ""
    shown = (
        f"{_listed(chapter)} kap." if chapter else "",
        _sections(_listed(section)) if section else "",
        (match["tail"] or "").strip(),
    )
    return " ".join(filter(None, shown))


def _sections(sections: str) -> str:
    return f"{sections} §§" if re.search("[,–]", sections) else f"{sections} §"


def _listed(numbers: str) -> str:
    """Return a list of numbers in one form: *17 och 18* is *17, 18*, *6 - 7* is *6–7*."""
    joined = re.sub(r" (?:och|samt|eller) |, ?", ", ", numbers)
    spaced = re.sub(r"(?<=\d)(?=[a-z])", " ", joined)
    return re.sub(r" ?[–-] ?", "–", spaced)
