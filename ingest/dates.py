"""Dates as Swedish documents write them: *2024-03-05*, *den 5 mars 2024*, *5/3 2024*."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import yaml

_WORDS = yaml.safe_load((files("ingest") / "data" / "dates.yml").read_text("utf-8"))
MONTHS: tuple[str, ...] = tuple(_WORDS["months"])
_ORDINALS: tuple[str, ...] = tuple(_WORDS["ordinals"])
_YEAR = r"(?:19|20)\d\d"
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_WORDS['short_months'])})\b\.?)"

WRITTEN = (
    rf"(?P<day>\d{{1,2}}|{'|'.join(_ORDINALS)})(?::?[ae])?\s+"
    rf"(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR})"
)
ISO = (
    rf"(?P<iso>{_YEAR}(?:-\d\d-\d\d|-\d-\d\d?|-\d\d-\d(?!\d)"
    r"|(?P<mark>[./])(?:0[1-9]|1[0-2])(?P=mark)\d\d))"
)
SLASHED = rf"(?P<slashed>\d{{1,2}}/\d{{1,2}},?[- ]{_YEAR}|\d{{1,2}}\.\d{{1,2}}\.{_YEAR})"
DATE = re.compile(rf"(?<![\d-])(?:{ISO}|{WRITTEN}|{SLASHED})(?![\d-])", re.IGNORECASE)


def dates_in(text: str) -> list[tuple[str, int, int]]:
    """Return the dates of ``text`` as ISO dates, each with its start and end."""
    return [
        (value, matched.start(), matched.end())
        for matched in DATE.finditer(text)
        if (value := iso(matched))
    ]


def iso(matched: re.Match[str]) -> str | None:
    """Return a matched date as an ISO date, or None where the calendar has no such day."""
    if matched["iso"]:
        year, month, day = (int(part) for part in re.split(r"[-./]", matched["iso"]))
    elif matched["slashed"]:
        day, month, year = (int(part) for part in re.split(r"[/. ,-]+", matched["slashed"]))
    else:
        month = _month(matched["month"].lower().rstrip("."))
        day, year = _day(matched["day"].lower()), int(matched["year"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(number for number, full in enumerate(MONTHS, 1) if full[:3] == name[:3])


def _day(text: str) -> int:
    return int(text) if text.isdigit() else _ORDINALS.index(text) + 1
