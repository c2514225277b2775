"""What a passage shows of a measure: that it is done, half done, missing, or only asked for."""

from __future__ import annotations

import re
from functools import cache

from analysis.sentences import read_data
from corpus.models import Bearing


@cache
def _wordings() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        kind: tuple(re.compile(wording) for wording in wordings)
        for kind, wordings in read_data("bearing.yml").items()
    }


def read_bearing(passage: str) -> Bearing:
    """Return what a passage shows, by the wordings in ``data/bearing.yml``.

    It is a suggestion for a person to check, never a status. Something missing beside something
    done is ``partly``; wishes count only where nothing is said to be done.
    """
    text = " ".join(passage.lower().split())
    missing, rest = _taken_out("not", text)
    partly, rest = _taken_out("partly", rest)
    if _found("contradicts", text):
        return "contradicts"
    done = _found("done", rest)
    if missing:
        return "partly" if done or partly else "not"
    if partly:
        return "partly"
    if _found("supports", text) and not done:
        return "supports"
    return "implemented" if done or _found("implemented", rest) else "unknown"


def _found(kind: str, text: str) -> bool:
    return any(wording.search(text) for wording in _wordings()[kind])


def _taken_out(kind: str, text: str) -> tuple[bool, str]:
    """Tell whether a wording of a kind is there, and return the text without its wordings."""
    rest = text
    for wording in _wordings()[kind]:
        rest = wording.sub(" … ", rest)
    return rest != text, rest
