"""Finds where a text names those who could act: bodies by name or kind, and lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from analysis.sentences import read_data
from corpus.actors import Gazetteer

_NAME = r"[A-ZÅÄÖÉ][\w-]*(?:\s+[A-ZÅÄÖÉ][\w-]*){0,2}"
_NAMES = rf"(?P<names>{_NAME}(?:,\s*{_NAME})*,?\s+(?:och|samt)\s+{_NAME})"
_COORDINATION = re.compile(r"\s*,\s*|,?\s+(?:och|samt)\s+")
_COUNTY_BOARDS = re.compile(rf"[Ll]änsstyrelserna i {_NAMES}(?: län)?")
_TOPIC = r"(?!att\b|den\b|det\b|de\b|detta\b|hur\b|sin\b|sitt\b|sina\b)[a-zåäö][\w-]*"
_VERBS = "ska|skall|bör|måste|behöver|får|har|kan|är"
_BODY = (
    r"\w*(?:nämnd|styrelse|förvaltning|kommun|region|myndighet|bolag|kontor)(?:en|er|erna|et)?\b"
)
_BOARD_FOR = re.compile(
    rf"(?<!\w)(?:[Nn]ämnden|[Nn]ämnd) för {_TOPIC}"
    rf"(?:(?:,| och| samt) (?!{_BODY}){_TOPIC})*"
)
_AGENCY_FOR = re.compile(
    r"(?<!\w)(?:[Mm]yndigheten|[Ii]nspektionen|[Ii]nstitutet) för"
    rf"(?: (?!(?:{_VERBS})(?!\w))[a-zåäö][\w-]*){{1,4}}?(?=\s(?:{_VERBS})(?!\w)|[,.;:]|$)"
)
"""An agency's name is as long as what stands before the verb."""
_BOARDS_FOR = re.compile(
    rf"(?<!\w)(?P<head>[Nn]ämnder)na för (?P<topics>{_TOPIC}"
    rf"(?:, {_TOPIC})* (?:och|samt)(?: för)? {_TOPIC})"
)
_TRUNCATED = re.compile(
    r"(?<!\w)(?P<first>(?:[\wåäö]+-,?\s+)+)(?:och|samt)\s+(?P<stem>[\wåäö]+?)(?P<plural>nämnderna"
    r"|styrelserna|förvaltningarna)\b"
)
_COMPANY = re.compile(
    r"(?<!\w)(?!Till\b|För\b|Av\b)(?:[A-ZÅÄÖ][\w&-]*\s+){1,4}(?:AB|Aktiebolag)\b|(?<!\w)AB(?:\s+[A-ZÅÄÖ][\w-]*){1,3}"
)
_SINGULAR = {"nämnderna": "nämnden", "styrelserna": "styrelsen", "förvaltningarna": "förvaltningen"}
_JOINING = frozenset({"OCH", "SAMT", "ELLER", "FÖR", "I", "AV", "PÅ", "MED"})


class Named(NamedTuple):
    """Where someone is named: ``text[start:end]``; ``body`` if the word alone names a body."""

    start: int
    end: int
    body: bool


class Forms(NamedTuple):
    """The forms of words that name someone: ``named`` anyone, ``body`` those that are bodies."""

    named: re.Pattern[str]
    body: re.Pattern[str]
    lists: tuple[tuple[re.Pattern[str], str], ...]


def all_mentions(
    text: str, lists: Mapping[Named, list[str]], gazetteer: Gazetteer | None
) -> list[Named]:
    """Return all mentions in order, each list of bodies as one."""
    others = [m for m in mentions(text, gazetteer) if not _overlaps(m, lists)]
    return sorted([*lists, *others])


def mentions(text: str, gazetteer: Gazetteer | None = None) -> list[Named]:
    """Return all places where someone who could act is named, the longest name at each place."""
    known = forms()
    found = [
        Named(match.start(), match.end(), bool(known.body.search(match.group().lower())))
        for match in known.named.finditer(text)
    ]
    found += [Named(m.start(), m.end(), True) for m in _BOARD_FOR.finditer(text)]
    found += [Named(m.start(), m.end(), True) for m in _AGENCY_FOR.finditer(text)]
    found += [Named(m.start(), m.end(), True) for m in _COMPANY.finditer(text)]
    if gazetteer:
        found += [
            Named(mention.start, mention.end, True)
            for mention in gazetteer.find(text)
            if not _is_genitive(text[mention.start : mention.end], gazetteer)
        ]
    return _longest(found)


def _longest(found: Iterable[Named]) -> list[Named]:
    kept: list[Named] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start, not m.body)):
        if not _overlaps(mention, kept):
            kept.append(mention)
    return sorted(kept)


def _overlaps(mention: Named, others: Iterable[Named]) -> bool:
    return any(mention.start < other.end and other.start < mention.end for other in others)


def _is_genitive(name: str, gazetteer: Gazetteer) -> bool:
    if not name.endswith("s"):
        return False
    whole, base = gazetteer.resolve(name), gazetteer.resolve(name.removesuffix("s").rstrip(":"))
    return base is not None and whole is not None and base.id == whole.id and whole.name != name


def lists_of(text: str) -> dict[Named, list[str]]:
    """Return the members of each list of bodies that share a plural head, by its place."""
    found: dict[Named, list[str]] = {}
    for match in _COUNTY_BOARDS.finditer(text):
        found[_place(match)] = [f"Länsstyrelsen i {c} län" for c in _parted(match["names"])]
    for pattern, member in forms().lists:
        for match in pattern.finditer(text):
            names = _parted(match["names"])
            found[_place(match)] = [member.format(stem=match["stem"], name=n) for n in names]
    for match in _BOARDS_FOR.finditer(text):
        head = match["head"].removesuffix("er") + "en"
        topics = _parted(match["topics"].replace(" för ", " "))
        found[_place(match)] = [f"{head} för {topic}" for topic in topics]
    for match in _TRUNCATED.finditer(text):
        found[_place(match)] = _joined(match)
    return found


def _place(match: re.Match[str]) -> Named:
    return Named(match.start(), match.end(), True)


def _parted(names: str) -> list[str]:
    return [name for name in _COORDINATION.split(names) if name]


def _joined(match: re.Match[str]) -> list[str]:
    """Return the whole names of *social- och utbildningsnämnderna*, which are two boards."""
    ending = _SINGULAR[match["plural"]]
    stems = [part.strip(" ,-") for part in match["first"].split() if part.strip(" ,-")]
    return [stem + ending for stem in (*stems, match["stem"])]


def coordinated(text: str, found: list[Named]) -> list[list[Named]]:
    """Return the mentions in groups that stand side by side (*kommunen och regionen*)."""
    groups: list[list[Named]] = []
    for mention in found:
        gap = text[groups[-1][-1].end : mention.start] if groups else None
        if gap is not None and re.fullmatch(r"\s*(?:,|,?\s(?:och|samt|eller))\s+", gap):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def in_small_letters(text: str) -> str:
    """Return a line of several words in capitals with capitals only where names begin."""
    if not text.isupper() or len(text.split()) < 2:
        return text
    return re.sub(
        r"\w+", lambda word: word[0].lower() if word[0] in _JOINING else word[0].capitalize(), text
    )


@cache
def forms() -> Forms:
    """Return the data file's forms of names, compiled."""
    data = read_data("addressees.yml")
    bodies, others = "|".join(data["bodies"]), "|".join(data["others"])
    head = rf"(?:[\w-]*-(?:,\s[\w-]+-)*\s(?:och|samt)\s)?[\w-]*?(?:{bodies}|(?<!\w)(?:{others}))"
    determiners, adjectives = "|".join(data["determiners"]), "|".join(data["adjectives"])
    indefinite = "|".join(data["indefinite"])
    before = (
        rf"(?:(?:en|ett)\s(?:(?:{indefinite})\s){{0,2}}"
        rf"|(?:(?:{determiners})\s)?(?:(?:{adjectives})\s){{0,2}})"
    )
    return Forms(
        named=re.compile(
            rf"(?<![\w-]){before}{head}(?![\w-])(?:\si\s(?:kommunen|(?:varje|respektive)\s(?:kommun|region|län)|(?:alla|samtliga)\s(?:kommuner|regioner|län)))?",
            re.I,
        ),
        body=re.compile(rf"(?:{bodies})$", re.I),
        lists=tuple(_list_pattern(entry) for entry in data["lists"]),
    )


def _list_pattern(entry: dict[str, str]) -> tuple[re.Pattern[str], str]:
    pattern = rf"(?<!\w)(?P<stem>(?![Ll]äns)\w*?)(?i:{entry['plural']})\s+(?:i\s+)?{_NAMES}"
    return re.compile(pattern), entry["member"]
