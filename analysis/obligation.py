"""What a sentence obliges to: how strongly, by when; and a short name for it."""

from __future__ import annotations

import re
from functools import cache

from analysis.sentences import read_data

TITLE_LENGTH = 90
"""Characters of a title: what fits on a line of a table of recommendations."""
IMPERATIVE = "imperativ"
"""The modality of *Säkerställ att …*."""

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_MONTH = "|".join(_MONTHS)
_YEAR = r"20\d\d"
_BY = (
    r"(?:senast|före|innan|till och med|t\.?\s?o\.?\s?m\.?|fram till|"
    r"(?:vid|före|i|till) (?:utgången|slutet|årsskiftet)(?: av)?|i samband med|klar[at]?)"
)
_DATES = (
    re.compile(
        rf"{_BY}\s(?:den\s)?(?P<day>\d{{1,2}})(?::[ae])?\s(?P<month>{_MONTH})\s(?P<year>{_YEAR})",
        re.I,
    ),
    re.compile(rf"{_BY}\s(?P<iso>{_YEAR}-\d\d-\d\d)", re.I),
    re.compile(
        rf"(?:{_BY}|under|i)\s(?:(?:i|under)\s)?(?P<month>{_MONTH})\s(?P<year>{_YEAR})", re.I
    ),
    re.compile(
        rf"(?:{_BY}|under|mellan|åren|perioden)\s(?:\w+\s)?{_YEAR}\s?[–-]\s?(?P<year>{_YEAR})", re.I
    ),
    re.compile(
        rf"(?:{_BY}|under|år|våren|hösten|sommaren|vintern|kvartal \d|q\d|halvåret)"
        rf"\s(?:(?:år|hela|hösten|våren)\s)?(?P<year>{_YEAR})\b(?![/:])",
        re.I,
    ),
)
_BARE_DATE = re.compile(rf"(?P<iso>{_YEAR}-\d\d-\d\d)|(?:{_YEAR}\s?[–-]\s?)?(?P<year>{_YEAR})")


_OPENING = re.compile(r"\W*(?P<verb>\w+)(?:\s+(?P<next>\w+))?")
_NOUN_FOLLOWERS = frozenset({None, "att", "till", "för", "i", "från", "vid", "med", "och"})


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    modality = read_data("obligation.yml")["modality"]
    return tuple(
        (verb, re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I))
        for verb, forms in modality.items()
    )


@cache
def _statements() -> re.Pattern[str]:
    return re.compile("|".join(read_data("obligation.yml")["statements"]), re.I)


@cache
def _imperatives() -> frozenset[str]:
    verbs = read_data("obligation.yml")["verbs"]
    return frozenset(imperative or infinitive for infinitive, imperative in verbs.items())


@cache
def infinitives() -> frozenset[str]:
    """Return the verbs that open what is recommended, in the infinitive."""
    return frozenset(read_data("obligation.yml")["verbs"])


@cache
def adverbs() -> frozenset[str]:
    """Return the adverbs that may stand before such a verb."""
    return frozenset(read_data("obligation.yml")["adverbs"])


def modality(text: str) -> str | None:
    """Return the strongest verb of obligation in ``text``, ``imperativ``, or None."""
    if is_imperative(text):
        return IMPERATIVE
    return next((verb for verb, form in _forms() if form.search(text)), None)


@cache
def _also_nouns() -> frozenset[str]:
    return frozenset(read_data("obligation.yml")["also_nouns"])


def is_imperative(text: str) -> bool:
    """Return whether ``text`` opens with a verb in the imperative (*Utveckla*, *Se över*)."""
    found = _OPENING.match(text)
    if not found or found["verb"].lower() not in _imperatives():
        return False
    return found["verb"].lower() not in _also_nouns() or found["next"] not in _NOUN_FOLLOWERS


def states_action(text: str) -> bool:
    """Return whether ``text`` says that something is to be done."""
    found = modality(text)
    return found not in {None, "kan"} or bool(_statements().search(text))


def deadline(text: str) -> str | None:
    """Return the date by which ``text`` wants it done, as far as it says: 2026, 2026-03, ISO."""
    for pattern in _DATES:
        match = pattern.search(text)
        if match:
            return _iso(match)
    return None


def bare_deadline(text: str) -> str | None:
    """Return the date in a cell or field that holds nothing but a time."""
    match = _BARE_DATE.search(text)
    return deadline(text) or (_iso(match) if match else None)


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("iso"):
        return str(parts["iso"])
    date = str(parts["year"])
    if parts.get("month"):
        date += f"-{_MONTHS.index(parts['month'].lower()) + 1:02}"
    return date + f"-{int(parts['day']):02}" if parts.get("day") else date


def title(text: str) -> str:
    """Return ``text`` shortened at a word to a line for lists."""
    line = text.strip().rstrip(".:;,")
    if len(line) <= TITLE_LENGTH:
        return line
    return line[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
