"""Tells by its form whether a line names a body: *Utredningen om …*, *X kommun*, *Statens …*."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from corpus.actors import Gazetteer
from ingest.dates import MONTHS

NAMED_SHARE = 0.5
"""Share of names in a line from which it only names its sender."""
SHORT_NAME = 4
"""Words of the longest name that only its last word tells."""
MOST_WORDS = 8
"""Words of the longest name of a body that is told by its form."""
_DATE_TAIL = re.compile(
    rf",?\s*(?:\d{{1,2}}\s)?(?:(?:{'|'.join(MONTHS)}|[a-z]{{3,4}}\.),?\s)?(?:19|20)\d\d(?:-\d\d-\d\d)?\s*$",
    re.IGNORECASE,
)


PERSON = re.compile(r"[A-ZÅÄÖ][\wéü-]+(?: [A-ZÅÄÖ][\wéü-]+){1,3}")
"""A line that may be a person's name and nothing else."""
_COMPANY = re.compile(r"(?:^| )(?:AB|HB|KB|Aktiebolag|AB \(publ\))$")
"""How the name of a company ends."""


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
    if len(parts) == 1:
        return _is_name(lowered, parts) and (
            not parts[0].endswith((*words()["title_nouns"], *words()["sender_nouns"]))
            and parts[0].endswith(words()["body_ends"])
        )
    if _COMPANY.search(text.strip(" .")):
        return not any(part.endswith(words()["title_nouns"]) for part in parts)
    if not _is_name(lowered, parts):
        return False
    return lowered.startswith(words()["sure_body_starts"]) or _ends_as_body(lowered, parts)


def _is_name(lowered: str, parts: list[str]) -> bool:
    """Return whether nothing in a line tells that it is no name: figures, a label, a lone place."""
    is_place = len(parts) == 1 and lowered.endswith(words()["place_ends"])
    starts_otherwise = parts[0] in words()["no_name_starts"]
    return not (is_place or starts_otherwise or re.search(r"\d|[,:;?]", lowered))


def _ends_as_body(lowered: str, parts: list[str]) -> bool:
    """Return whether a name of several words begins or ends as bodies' names do."""
    is_title = any(part.endswith(words()["title_nouns"]) for part in parts)
    if is_title or lowered.endswith(words()["sender_nouns"]):
        return False
    starts = lowered.startswith(words()["body_starts"]) or parts[0].endswith(
        words()["first_word_ends"]
    )
    if lowered.startswith(words()["loose_body_starts"]):
        starts = any(part.endswith(words()["loose_body_ends"]) for part in parts[1:])
    return starts or (len(parts) <= SHORT_NAME and parts[-1].endswith(words()["body_ends"]))
