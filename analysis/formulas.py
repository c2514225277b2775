"""The formulas of ``data/stance.yml`` as found in a sentence; :mod:`analysis.signs` reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analysis.sentences import lemma, nlp, read_data

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Span

GAP = 4
"""Tokens; what ``…`` without a number lets stand between two words of a formula."""


@dataclass(frozen=True, slots=True)
class Group:
    """Formulas of one label and how they are read; see the head of ``data/stance.yml``."""

    label: str
    formulas: tuple[str, ...]
    subject: str = "own"
    negated: str | None = None
    open: bool = False
    opinion: bool = False
    within_opinion: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A formula that counts, in tokens of its sentence: ``sentence[start:end]``.

    ``adversative``: its clause objects to what was said (*men*, *dock*); ``conceded``: its clause
    grants a point (*även om*); ``instead``: it puts right what was denied before (*inte … utan*);
    ``weak``: only impersonal wording carries it (*bör*), with no *anser att* before it.
    """

    label: str
    formula: str
    start: int
    end: int
    group: Group
    adversative: bool = False
    conceded: bool = False
    instead: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Responder:
    """The answering body, as far as it is known.

    ``words`` are the lower-case words of its names; ``strangers`` common nouns that can't mean it
    (*myndigheten* where a municipality answers).
    """

    words: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``data/stance.yml``."""

    negations: frozenset[str]
    no_negation_before: frozenset[str]
    subordinators: frozenset[str]
    continuing: frozenset[str]
    coordinators: frozenset[str]
    adversatives: frozenset[str]
    concessives: tuple[str, ...]
    topic_phrases: tuple[str, ...]
    conclusive_openings: tuple[str, ...]
    back_references: frozenset[str]
    topic_verbs: frozenset[str]
    numbers: frozenset[str]
    consequences: frozenset[str]
    conclusions: frozenset[str]
    anaphors: frozenset[str]
    proposers: frozenset[str]
    of_every_answer: frozenset[str]
    strangers: dict[str, frozenset[str]]
    answering: tuple[str, ...]
    prepositions: frozenset[str]
    demonstratives: frozenset[str]
    of_the_paper: frozenset[str]
    inverted_before: frozenset[str]
    nouns_before_om: frozenset[str]
    whether_before: frozenset[str]
    condition_pronouns: frozenset[str]
    condition_verbs: frozenset[str]
    noun_endings: tuple[str, ...]
    responder_words: frozenset[str]
    responder_endings: tuple[str, ...]
    no_responders: tuple[str, ...]


_WORD_LISTS = (
    "negations",
    "no_negation_before",
    "subordinators",
    "continuing",
    "coordinators",
    "adversatives",
    "consequences",
    "conclusions",
    "anaphors",
    "back_references",
    "topic_verbs",
    "numbers",
    "proposers",
    "prepositions",
    "demonstratives",
    "of_the_paper",
    "inverted_before",
    "whether_before",
    "condition_pronouns",
    "condition_verbs",
)


@cache
def _data() -> dict[str, Any]:
    return {**read_data("stance.yml"), **read_data("stance_words.yml")}


@cache
def words() -> Words:
    """Return the word lists of the data file."""
    data = _data()
    return Words(
        **{name: frozenset(data[name]) for name in _WORD_LISTS},
        concessives=tuple(data["concessives"]),
        topic_phrases=tuple(data["topic_phrases"]),
        conclusive_openings=tuple(data["conclusive_openings"]),
        of_every_answer=frozenset(lemma(word) for word in data["of_every_answer"]),
        answering=tuple(data["answering"]),
        strangers={kind: frozenset(nouns) for kind, nouns in data["strangers"].items()},
        nouns_before_om=frozenset(data["nouns_before_om"]["words"]),
        noun_endings=tuple(data["nouns_before_om"]["endings"]),
        responder_words=frozenset(data["responders"]["words"]),
        responder_endings=tuple(data["responders"]["endings"]),
        no_responders=tuple(data["no_responders"]),
    )


@cache
def _groups() -> tuple[Group, ...]:
    return tuple(
        Group(**{**entry, "formulas": tuple(entry["formulas"])}) for entry in _data()["groups"]
    )


@cache
def _administrative() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule})" for rule in _data()["administrative"]), re.I)


def is_administrative(text: str) -> bool:
    """Tell whether a sentence is about how the answer was made, decided or sent."""
    return bool(_administrative().search(text))


@dataclass(frozen=True, slots=True)
class _Formula:
    """A formula ready to be matched; ``needed`` are the lemmas of which each set must occur."""

    text: str
    group: Group
    order: int
    matcher: Matcher
    needed: tuple[frozenset[str], ...]


@cache
def _formulas() -> tuple[_Formula, ...]:
    return tuple(
        _formula(text, group, order)
        for order, group in enumerate(_groups())
        for text in group.formulas
    )


def _formula(text: str, group: Group, order: int) -> _Formula:
    from spacy.matcher import Matcher

    matcher = Matcher(nlp().vocab)
    matcher.add(text, [_pattern(text)])
    needed = (frozenset(_forms(word)) for word in text.split() if word[0] not in "…~?*")
    return _Formula(text, group, order, matcher, tuple(needed))


def _pattern(formula: str) -> list[dict[str, Any]]:
    """Return a formula of the data file as a spaCy token pattern."""
    return [_token(word) for word in formula.split()]


def _token(word: str) -> dict[str, Any]:
    if word[0] in "…~":
        never = [*_data()["never_in_gaps"], *(["att"] if word[0] == "~" else [])]
        between = {"IS_PUNCT": False, "LOWER": {"NOT_IN": never}}
        return {**between, "OP": f"{{0,{word[1:] or GAP}}}"}
    if word[0] == "*" or "|*" in word:
        return {"LOWER": {"REGEX": f"^(?:{word.replace('*', '[a-zåäö]{3,}')})$"}}
    exact = "=" in word
    among = word.replace("=", "").split("|") if exact else _forms(word)
    optional = {"OP": "?"} if word.startswith("?") else {}
    return {"LOWER" if exact else "LEMMA": {"IN": among}, **optional}


def _forms(word: str) -> list[str]:
    return [lemma(form) for form in word.replace("?", "").replace("=", "").split("|")]


def is_told(sentence: Span) -> bool:
    """Tell whether a sentence gives the proposal's content or another's view."""
    return any(sign.label == "told" for _, sign in _all_matches(sentence))


def points_back(sentence: Span) -> bool:
    """Tell whether a sentence speaks of something as known (*detta arbete*, *denna studie*)."""
    return any(
        first.lower_ in words().demonstratives and second.lower_ not in words().of_the_paper
        for first, second in pairwise(sentence)
    )


def matches(sentence: Span) -> list[Sign]:
    """Return the formulas found, one at each place, in order."""
    found = sorted(_all_matches(sentence), key=lambda pair: (*_rank(pair[1]), pair[0]))
    taken: set[int] = set()
    kept: list[Sign] = []
    for _, sign in found:
        places = set(range(sign.start, sign.end)) if sign.label != "degree" else set()
        if not places & taken:
            taken |= places
            kept.append(sign)
    return sorted(kept, key=lambda sign: (sign.start, sign.end))


def _rank(sign: Sign) -> tuple[bool, int, int]:
    """Return what is to go first: what stands by itself, then the longest, then the earliest."""
    return sign.group.within_opinion, sign.start - sign.end, sign.start


def _all_matches(sentence: Span) -> Iterator[tuple[int, Sign]]:
    lemmas = {token.lemma_ for token in sentence}
    for formula in _formulas():
        # Looking up the words first spares the matcher nine formulas in ten.
        if all(not forms.isdisjoint(lemmas) for forms in formula.needed):
            for _, start, end in formula.matcher(sentence):
                group = formula.group
                sign = Sign(group.label, formula.text, start, end, group, weak=group.weak)
                yield formula.order, sign
