"""Swedish text as spaCy reads it: sentences, and the lemmas that the patterns in ``data`` match.

spaCy's blank Swedish pipeline knows neither; its own sentencizer ends sentences at *prop.*,
*dnr.* and *s.* The abbreviations lie in ``data/abbreviations.yml``, the lemmas in
``data/lemmas.yml``; a word that is not there has its stem for a lemma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from corpus.stems import stem_word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_ABBREVIATION = 10
"""Characters; no abbreviation in the data is longer."""

_END = re.compile(
    # A full stop may stand inside a closing quote or bracket, and a footnote's call behind it.
    r"(?:(?P<stop>[.!?…]+)[\"”’»)\]]*(?P<call>(?<=[a-zåäö)”\"]\.)\d{1,2})?\s+|(?P<blank>\n\s*\n\s*))"
    r"(?=[\"”’»(\[]?(?:[–—-]\s)?[\"”’»(\[]?(?P<next>[A-ZÅÄÖÉ0-9•·▪‣●◦■□]))"
)
_NUMBERING = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-ZåäöÅÄÖ]|[IVX]{1,5})\.?")
_INITIAL = re.compile(r"(?:^|[\s(.-])(?P<letter>[A-ZÅÄÖ])$")


def read_data(name: str) -> dict[str, Any]:
    """Return what a YAML file of ``analysis/data`` holds."""
    path = files("analysis").joinpath("data", name)
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in read_data("abbreviations.yml").items()}


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence in a text, without surrounding white space."""
    return list(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match["blank"] or _ends_sentence(text, start, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    if part.strip():
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if match["stop"] != ".":
        return True
    before = text[start : match.start()].lstrip()
    if not before or _NUMBERING.fullmatch(before) or _is_label(before):
        return False
    if _closes_with(before, "inside"):
        return False
    if _closes_with(before, "either"):
        return match["next"].isalpha() and match.end() == match.start("next")
    return not _is_initial(before)


def _is_label(before: str) -> bool:
    word, _, number = before.partition(" ")
    return word.lower() in _abbreviations()["labels"] and bool(_NUMBERING.fullmatch(number))


def _closes_with(before: str, kind: str) -> bool:
    """Tell whether the text, with the full stop that follows it, closes with an abbreviation."""
    tail = f"{before[-LONGEST_ABBREVIATION:].lower()}."
    return any(
        tail.endswith(word) and (len(tail) == len(word) or not tail[-len(word) - 1].isalnum())
        for word in _abbreviations()[kind]
    )


def _is_initial(before: str) -> bool:
    found = _INITIAL.search(before)
    if not found:
        return False
    words = before[: found.start("letter")].rstrip(" (-").split()
    if not words:
        return True
    return words[-1].lower() in _abbreviations()["before_initials"] or words[-1][0].isupper()


@cache
def nlp() -> Language:
    """Return the pipeline: spaCy's Swedish tokens with our sentences and lemmas."""
    import spacy
    from spacy.language import Language

    if not Language.has_factory("swedish_sentences"):
        Language.component("swedish_sentences", func=_mark_sentences)
        Language.component("field_lemmas", func=_set_lemmas)
    pipeline = spacy.blank("sv")
    pipeline.add_pipe("swedish_sentences")
    pipeline.add_pipe("field_lemmas")
    return pipeline


def _mark_sentences(doc: Doc) -> Doc:
    import numpy as np

    starts = {start for start, _ in _spans(doc.text)}
    # A token that the tokenizer did not part may hold a sentence's start within itself.
    opens = [
        token.i == 0 or any(place in starts for place in range(token.idx, token.idx + len(token)))
        for token in doc
    ]
    # Setting the tokens one by one would ask the whole document each time what it knows.
    marks: Any = np.array([[1 if first else -1] for first in opens], dtype="int64")
    doc.from_array(["SENT_START"], marks.astype("uint64"))
    return doc


def _set_lemmas(doc: Doc) -> Doc:
    for token in doc:
        token.lemma_ = lemma(token.text)
    return doc


@cache
def _lemma_table() -> dict[str, str]:
    table: dict[str, list[str]] = read_data("lemmas.yml")
    return {form: base for base, forms in table.items() for form in (base, *forms)}


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """Return the word's lemma by ``data/lemmas.yml``, or its Swedish stem, in lower case."""
    lowered = word.lower()
    return _lemma_table().get(lowered) or stem_word(lowered)
