"""Finds statutes by name, abbreviation and number, and tells which act a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from analysis.sentences import read_data

Acts = tuple[tuple[str, str], ...]
"""The numbers that a statute has had, the newest first, each with the day from which it held."""

SURE_ABBREVIATION = 3
"""Letters from which an abbreviation counts alone: *FL* and *MB* mean too many other things."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A statute named in a text: where, what it is called there, and its number if known."""

    start: int
    end: int
    name: str
    number: str | None
    alone: bool = True
    """Whether it counts without a paragraph beside it."""

    @property
    def normalized(self) -> str:
        """The statute's number, or its name where none is known: *SFS 1998:808*."""
        return f"SFS {self.number}" if self.number else self.name


@dataclass(frozen=True, slots=True)
class Usage:
    """What names of statutes mean in one document: its date, and the numbers that it gives."""

    date: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)


def act_of(acts: Acts, date: str | None) -> str:
    """Return the number of the act in force on a date (ISO), the newest where none is told."""
    if date is None:
        return acts[0][0]
    return next((number for number, since in acts if since <= date), acts[-1][0])


def read_acts(entry: Mapping[str, object]) -> Acts:
    """Return a statute's acts as its entry in a data file gives them."""
    return tuple((number, str(since or "")) for number, since in entry.items())


@cache
def _named() -> dict[str, Acts]:
    return {
        name.lower(): read_acts(entry["acts"])
        for main, entry in read_data("statutes.yml").items()
        for name in (main, *entry.get("names", ()))
    }


@cache
def _shortened() -> dict[str, Acts]:
    return {
        short: read_acts(entry["acts"])
        for entry in read_data("statutes.yml").values()
        for short in entry.get("short", ())
    }


_SFS = r"(?:1[6-9]\d\d|20[0-4]\d):\d{1,4}"
_SORT = r"(?:lag(?:en)?|balk(?:en)?|förordning(?:en)?|formen?|ordning(?:en)?|kungörelsen?|stadgan?)"
_DOUBLE = r"(?:[A-Za-zÅÄÖåäö]+-(?: och|,) )"
_WORD = r"[A-Za-zÅÄÖåäö-]*"
_NUMBERED = re.compile(
    rf"(?<![\w-])(?P<name>(?i:{_DOUBLE}*{_WORD}{_SORT}s?)) ?\((?:SFS |nr )*(?P<sfs>{_SFS})\)"
)
_TITLED = re.compile(
    r"(?<![\w-])(?P<name>(?i:lag|lagen|förordning|förordningen|kungörelsen?) (?:om|med|angående) "
    rf"[^().;:§]{{3,160}}?) \((?:SFS |nr )*(?P<sfs>{_SFS})\)"
)
_ENDS_AS_NAME = re.compile(rf"\w*{_SORT}$")
_BARE = re.compile(
    rf"(?<![\w-])(?P<name>(?i:{_DOUBLE}*{_WORD}(?:lagen|balken|förordningen|formen|ordningen)))"
    r"s?(?![\w-])"
)
_FORMER = re.compile(r"\b(?:tidigare|äldre|gamla|förra|dåvarande|upphävda|upphävde)\W*$")
_BROUGHT_IN = re.compile(
    rf"(?P<sfs>{_SFS})\)(?:[^.;()]{{0,160}}?, |,? \()(?:(?:nedan|här|i det följande"
    r"|fortsättningsvis|hädanefter|kallad|kallat|förkortad|förkortat|benämnd)[ ,]*)*[”\"]?"
    r"(?P<short>(?!FN\b|SKL\b)(?:L[A-ZÅÄÖa-zåäö]{0,4}[A-ZÅÄÖ]|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,6}[LFB]))"
    r"(?=[,.;:)”\"\s]|$)"
)


def usage(texts: Iterable[str], date: str | None) -> Usage:
    """Return what the names of statutes mean in a document, by its texts and its date (ISO)."""
    names: dict[str, set[str]] = {}
    abbreviations: dict[str, str] = {}
    for text in texts:
        if ")" not in text or ":" not in text:
            continue
        for match in _NUMBERED.finditer(text):
            if not _FORMER.search(text[: match.start()]):
                names.setdefault(match["name"].lower().removesuffix("s"), set()).add(match["sfs"])
        for match in _BROUGHT_IN.finditer(text):
            abbreviations.setdefault(match["short"], match["sfs"])
    told = {name: numbers.pop() for name, numbers in names.items() if len(numbers) == 1}
    return Usage(date, told, abbreviations)


def mentions(text: str, known: Usage) -> list[Mention]:
    """Return the statutes named in a text on one line, in order and without overlaps."""
    kept: list[Mention] = []
    for mention in sorted(_all(text, known), key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _all(text: str, known: Usage) -> Iterator[Mention]:
    if "(" in text:
        yield from _with_number(text)
    yield from _bare(text, known)
    yield from _short(text, known)


def _with_number(text: str) -> Iterator[Mention]:
    for match in _NUMBERED.finditer(text):
        yield Mention(match.start(), match.end(), match["name"], match["sfs"])
    for match in _TITLED.finditer(text):
        if not _ENDS_AS_NAME.search(match["name"]):
            yield Mention(match.start(), match.end(), match["name"], match["sfs"])


def _bare(text: str, known: Usage) -> Iterator[Mention]:
    for match in _BARE.finditer(text):
        name = match["name"].lower()
        if name in ("lagen", "förordningen"):
            if title := _titles().match(text, match.start()):
                acts = _named()[title.group().lower()]
                yield Mention(title.start(), title.end(), name, act_of(acts, known.date))
            continue
        number = _number(name, known)
        alone = number is not None or _is_compound(name)
        yield Mention(match.start(), match.end(), name, number, alone)


def _number(name: str, known: Usage) -> str | None:
    """Return the number of a name: the document's own, else that of the act of its day."""
    if number := known.names.get(name):
        return number
    acts = _named().get(name)
    return act_of(acts, known.date) if acts else None


def _short(text: str, known: Usage) -> Iterator[Mention]:
    for match in _abbreviations(tuple(known.abbreviations)).finditer(text):
        short = match.group()
        own = known.abbreviations.get(short)
        number = own or act_of(_shortened()[short], known.date)
        alone = own is not None or len(short) >= SURE_ABBREVIATION
        yield Mention(match.start(), match.end(), short, number, alone)


@cache
def _abbreviations(more: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted({*_shortened(), *more}, key=len, reverse=True))
    return re.compile(rf"(?<![\w/-])(?:{words})(?:-lagen)?(?![\w-])(?!:\d)(?! \d{{4}}[:/-])")


@cache
def _titles() -> re.Pattern[str]:
    long = sorted((name for name in _named() if " " in name), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, long)), re.IGNORECASE)


@cache
def _compounds() -> tuple[frozenset[str], re.Pattern[str]]:
    data = read_data("citations.yml")["compounds"]
    return frozenset(data["no_statutes"]), re.compile(data["linked_by_s"])


def _is_compound(name: str) -> bool:
    """Return whether an unknown name can be a statute's: *badplatslagen*, not *förslagen*."""
    no_statutes, linked = _compounds()
    if name in no_statutes or "eu-" in name:
        return False
    if name.endswith("förordningen"):
        return len(name.removesuffix("förordningen")) > SURE_ABBREVIATION
    stem = name.removesuffix("lagen")
    if stem == name or len(stem) < SURE_ABBREVIATION or stem.endswith(("ar", "-")):
        return False
    return not stem.endswith("s") or linked.search(stem) is not None
