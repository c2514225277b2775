"""What an audited body answers to a recommendation: agrees, partly, disagrees, or it is done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.sentences import read_data
from corpus.models import Verdict


@dataclass(frozen=True, slots=True)
class Wordings:
    """The wordings of ``data/verdicts.yml``; ``attitudes`` and ``actions`` in order of trying."""

    speakers: re.Pattern[str]
    auditors: re.Pattern[str]
    retold: re.Pattern[str]
    restated: re.Pattern[str]
    advice: re.Pattern[str]
    own: re.Pattern[str]
    anothers: re.Pattern[str]
    topic: re.Pattern[str]
    handling: re.Pattern[str]
    reservation: re.Pattern[str]
    general: re.Pattern[str]
    attitudes: tuple[tuple[Verdict, re.Pattern[str]], ...]
    actions: tuple[tuple[Verdict, re.Pattern[str]], ...]


@cache
def wordings() -> Wordings:
    """Return the wordings of the data file."""
    data = read_data("verdicts.yml")
    whole = ("speakers", "auditors")
    parts = (
        "retold",
        "restated",
        "advice",
        "own",
        "anothers",
        "topic",
        "handling",
        "reservation",
        "general",
    )
    return Wordings(
        **{name: re.compile(rf"\b(?:{data[name]})\b", re.I) for name in whole},
        **{name: re.compile(data[name], re.I) for name in parts},
        attitudes=_ordered(data["attitudes"]),
        actions=_ordered(data["actions"]),
    )


def _ordered(entries: list[dict[str, str]]) -> tuple[tuple[Verdict, re.Pattern[str]], ...]:
    verdicts: dict[str, Verdict] = {
        "agrees": "agrees",
        "partly": "partly",
        "disagrees": "disagrees",
        "done": "done",
    }
    return tuple((verdicts[e["verdict"]], re.compile(e["match"], re.I | re.S)) for e in entries)


def attitude(sentence: str) -> Verdict | None:
    """Return what a sentence thinks of a recommendation, or None where it says nothing of it."""
    return next((v for v, pattern in wordings().attitudes if pattern.search(sentence)), None)


def action(sentence: str) -> Verdict | None:
    """Return ``done`` for what has been done, ``agrees`` for what will be, else None."""
    found = {verdict for verdict, pattern in wordings().actions if pattern.search(sentence)}
    return "done" if "done" in found else ("agrees" if found else None)


def read_verdict(sentences: list[str]) -> Verdict | None:
    """Return the verdict of an answer's consecutive sentences, or None where there is none.

    An agreement that is taken back later in the answer (*men*, *dock*) is partial; one with
    nothing but what has been done already is done.
    """
    attitudes = [found for found in map(attitude, sentences) if found]
    actions = {found for found in map(action, sentences) if found}
    if not attitudes:
        return None if not actions else ("agrees" if "agrees" in actions else "done")
    if "partly" in attitudes or {"agrees", "disagrees"} <= set(attitudes):
        return "partly"
    if attitudes[0] == "disagrees":
        return "disagrees"
    if any(wordings().reservation.search(text) for text in sentences):
        return "partly"
    return "done" if actions == {"done"} else "agrees"
