"""Tells by its form whether a line names a body: *Utredningen om …*, *X kommun*, *Statens …*."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from corpus.actors import Gazetteer
from ingest.casefacts import MONTHS

NAMED_SHARE = 0.5
"""Share of names in a line from which it only names its sender."""
MOST_WORDS = 8
"""Words of the longest name of a body that is told by its form."""
_DATE_TAIL = re.compile(
    rf",?\s*(?:\d{{1,2}}\s)?(?:(?:{'|'.join(MONTHS)}),?\s)?(?:19|20)\d\d(?:-\d\d-\d\d)?\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """Return the word lists of ``data/facts.yml``."""
    content = yaml.safe_load((files("ingest") / "data" / "facts.yml").read_text("utf-8"))
    return {name: tuple(listed) for name, listed in content.items()}


def only_names(text: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text is little but names of bodies."""
    named = sum(mention.end - mention.start for mention in gazetteer.find(text))
    return named >= NAMED_SHARE * len(text)


def sentence_case(text: str) -> str:
    """Return a line set in capitals as a sentence is written."""
    return text.capitalize() if text.isupper() else text


def without_date(text: str) -> str:
    """Return a line without the date or year that ends it (*Skolverket, maj 2024*)."""
    return _DATE_TAIL.sub("", text).strip(" ,")


def looks_like_body(text: str) -> bool:
    """Return whether a short line has the form of a body's name."""
    lowered = text.casefold().strip(" :.")
    parts = lowered.split()
    if not parts or len(parts) > MOST_WORDS or not text[:1].isupper():
        return False
    if re.search(r"\d|[,:;?]", lowered) or parts[0] in words()["no_name_starts"]:
        return False
    if len(parts) > 1 and lowered.startswith(words()["sure_body_starts"]):
        return True
    if any(part.endswith(words()["title_nouns"]) for part in parts) or lowered.endswith(
        words()["sender_nouns"]
    ):
        return False
    starts = len(parts) > 1 and lowered.startswith(words()["body_starts"])
    if len(parts) > 1 and lowered.startswith(words()["loose_body_starts"]):
        starts = any(part.endswith(words()["loose_body_ends"]) for part in parts[1:])
    return starts or (len(parts) <= 4 and parts[-1].endswith(words()["body_ends"]))
