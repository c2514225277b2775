"""The formulas of ``data/stance.yml`` as found in a sentence, and the clauses that they govern.

A sentence is walked through from left to right. A formula that governs (*tillstyrker att …*)
closes what follows as its object, until the sentence goes on with a new main clause; an opinion
(*anser att …*) leaves it open. What another body says, what a subordinate clause mentions and
what is negated is sorted out here, so that :mod:`analysis.stance` only has to combine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from analysis.sentences import lemma, nlp, read_data

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Span

RESERVATIONS = frozenset({"precondition", "concern", "addition"})
"""Labels of formulas that make a support conditional."""
Subject = Literal["responder", "other", "unknown"]
GAP = 4
"""Tokens; what ``…`` without a number lets stand between two words of a formula."""
LEAD = 8
"""Tokens to look back from a formula for the beginning of its clause."""
SUBJECT_AFTER = 4
"""Tokens after an inverted verb (*saknar i detta sammanhang nämnden*) that may hold its subject."""
NEGATION_BEFORE = 4
"""Tokens before a formula in its clause where a negation reaches it (*kan därför inte*)."""
NEGATION_AFTER = 3
"""Tokens after the verb where a negation reaches it (*instämmer dock inte*)."""
DEGREE_REACH = 4
"""Tokens between a formula and a word of degree (*i huvudsak*) that belongs to it."""
SHORT_SUBJECT = 3
"""Tokens; an unknown name this short right before the verb is taken for the one who answers."""
AUXILIARIES = frozenset({"kunna", "vilja", "skall", "bör", "ha", "vara", "måst", "få"})


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
    "proposers",
    "prepositions",
    "demonstratives",
    "of_the_paper",
    "inverted_before",
)


@cache
def _data() -> dict[str, Any]:
    return read_data("stance.yml")


@cache
def words() -> Words:
    """Return the word lists of the data file."""
    data = _data()
    return Words(
        **{name: frozenset(data[name]) for name in _WORD_LISTS},
        concessives=tuple(data["concessives"]),
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
    needed = (frozenset(_forms(word)) for word in text.split() if word[0] not in "…~?")
    return _Formula(text, group, order, matcher, tuple(needed))


def _pattern(formula: str) -> list[dict[str, Any]]:
    """Return a formula of the data file as a spaCy token pattern."""
    return [_token(word) for word in formula.split()]


def _token(word: str) -> dict[str, Any]:
    if word[0] in "…~":
        never = [*_data()["never_in_gaps"], *(["att"] if word[0] == "~" else [])]
        between = {"IS_PUNCT": False, "LOWER": {"NOT_IN": never}}
        return {**between, "OP": f"{{0,{word[1:] or GAP}}}"}
    exact = "=" in word
    among = word.replace("=", "").split("|") if exact else _forms(word)
    optional = {"OP": "?"} if word.startswith("?") else {}
    return {"LOWER" if exact else "LEMMA": {"IN": among}, **optional}


def _forms(word: str) -> list[str]:
    return [lemma(form) for form in word.strip("?").replace("=", "").split("|")]


def read_signs(sentence: Span, responder: Responder) -> list[Sign]:
    """Return the formulas that carry the standpoints of a sentence, in order."""
    return list(_Reader(sentence, responder).signs())


def is_told(sentence: Span) -> bool:
    """Tell whether a sentence gives the proposal's content or another's view."""
    return any(sign.label == "told" for _, sign in _all_matches(sentence))


def points_back(sentence: Span) -> bool:
    """Tell whether a sentence speaks of something as known (*detta arbete*, *denna studie*)."""
    return any(
        first.lower_ in words().demonstratives and second.lower_ not in words().of_the_paper
        for first, second in pairwise(sentence)
    )


def _matches(sentence: Span) -> list[Sign]:
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


class _Reader:
    """Walks through one sentence and keeps track of who speaks and what governs."""

    def __init__(self, sentence: Span, responder: Responder) -> None:
        self.lower = [token.lower_ for token in sentence]
        self.lemmas = [token.lemma_ for token in sentence]
        self.text = [token.text for token in sentence]
        self.punctuation = [token.is_punct for token in sentence]
        self.matches = _matches(sentence)
        self.responder = responder
        self.speaker = self._body_in(range(min(SUBJECT_AFTER, len(self.lower))))
        self.last: Sign | None = None
        self.reported = False

    def signs(self) -> Iterator[Sign]:
        degrees = [match for match in self.matches if match.label == "degree"]
        kept: list[Sign] = []
        for match in self.matches:
            sign = self._counted(match) if match.label != "degree" else None
            if sign is None:
                continue
            if sign.label == "told":
                self.reported, self.last = True, sign
                continue
            if self.last and self.last.group.open and not self._breaks(sign):
                sign = replace(self._weighed(self.last, sign), start=self.last.start)
                kept.pop()
            self.last = sign
            kept.append(sign)
        yield from (_by_degree(sign, degrees) for sign in kept)

    def _weighed(self, frame: Sign, inner: Sign) -> Sign:
        """Return what stands in an opinion's object, as adversative as the opinion itself."""
        adversative = frame.adversative or inner.adversative
        return replace(inner, adversative=adversative, weak=frame.weak and inner.weak)

    def _counted(self, match: Sign) -> Sign | None:
        """Return the match as a sign, with negation worked in, or None if it says nothing."""
        bound, lead = self._lead(match)
        if match.label == "told":
            return None if lead in {"som", "vilket"} else match
        subject = self._subject(match, bound, lead)
        if subject == "other" and match.group.subject != "any":
            self.reported, self.last, self.speaker = True, None, "other"
            return None
        if not self._is_own(match, subject, bound, lead):
            return None
        label = self._negated(match, bound)
        if label is None:
            return None
        if subject == "responder":
            self.speaker, self.reported = subject, False
        return replace(
            match,
            label=label,
            adversative=self._is_adversative(match, bound),
            conceded=self._is_conceded(match),
            instead=lead == "utan",
        )

    def _is_own(self, match: Sign, subject: Subject, bound: int, lead: str) -> bool:
        if match.group.within_opinion and not (self.last and self.last.group.opinion):
            return False
        if match.group.subject == "responder" and not self._is_responder(match, subject, bound):
            return False
        if self.reported and not (subject == "responder" and match.group.subject != "any"):
            return False
        if self.last and not self.last.group.open and not self._breaks(match):
            return match.label in RESERVATIONS and lead not in {"som", "hur"}
        if lead in words().subordinators and lead not in words().continuing:
            return self._is_within_opinion(lead, bound) or self._is_conceded(match)
        return True

    def _is_responder(self, match: Sign, subject: Subject, bound: int) -> bool:
        if subject == "unknown":
            return bound < 0 and match.start <= SHORT_SUBJECT
        return subject == "responder"

    def _is_within_opinion(self, lead: str, bound: int) -> bool:
        last = self.last
        return bool(last and last.group.open and lead == "att" and bound >= last.start)

    def _lead(self, match: Sign) -> tuple[int, str]:
        """Return where the match's clause begins (the place before it) and with which word.

        The place is -1, and the word empty, where that is the sentence itself.
        """
        if self._is_inverted(match):
            return self._clause_start(match), ""
        for place in range(match.start - 1, max(match.start - LEAD, 0) - 1, -1):
            if self._opens_clause(place, match):
                return place, self.lower[place]
        return -1, ""

    def _opens_clause(self, place: int, match: Sign) -> bool:
        word = self.lower[place]
        if word in words().coordinators | words().continuing:
            return True
        if word not in words().subordinators:
            return False
        if word == "om" and place and _takes_om(self.lower[place - 1]):
            return False
        if match.group.subject != "any":
            return True
        # A subordinate clause that has its own verb already ends before an impersonal formula.
        between = self.lemmas[place + 1 : match.start]
        is_infinitive = word == "att" and self.lower[place + 1].endswith("a")
        is_subject = word == "att" and place == 0
        follows = self.lower[match.start + 1 : match.start + 2]
        is_over = place == 0 and not words().inverted_before.isdisjoint(follows)
        return not (
            is_subject or is_over or is_infinitive or any(base in AUXILIARIES for base in between)
        )

    def _clause_start(self, match: Sign) -> int:
        places = range(match.start - 1, -1, -1)
        return next((p for p in places if self.lower[p] in words().coordinators), -1)

    def _is_inverted(self, match: Sign) -> bool:
        """Tell whether a verb stands right before its subject, as only main clauses have it."""
        for place in range(max(match.start - SUBJECT_AFTER, 1), match.end + 1):
            if place < len(self.lower) and self._body(place) == "responder":
                before = self.lemmas[place - 1]
                if before in AUXILIARIES or place - 1 == match.start:
                    return True
        return False

    def _subject(self, match: Sign, bound: int, lead: str) -> Subject:
        before = self._body_in(range(bound + 1, match.start))
        if before != "unknown":
            return before
        after = self._body_in(range(match.start + 1, match.start + 1 + SUBJECT_AFTER), stop=True)
        if after != "unknown":
            return after
        return "unknown" if lead in words().subordinators else self.speaker

    def _body_in(self, places: Iterable[int], *, stop: bool = False) -> Subject:
        """Return whom the tokens name as a subject: the last named, or with ``stop`` the first."""
        found: Subject = "unknown"
        for place in places:
            if place >= len(self.lower):
                break
            if stop and (
                self.punctuation[place]
                or self.lower[place] in words().subordinators | words().prepositions
            ):
                break
            body = self._body(place)
            found = body if body != "unknown" else found
            if stop and found != "unknown":
                break
        return found

    def _body(self, place: int) -> Subject:
        word = self.lower[place]
        if place and self.lower[place - 1] in words().prepositions:
            return "unknown"
        if word in self.responder.words:
            return "responder"
        others = words().proposers | self.responder.strangers
        if word in others or word.endswith(words().no_responders):
            return "other"
        if word in words().responder_words or word.endswith(words().responder_endings):
            return "responder"
        text = self.text[place]
        return "responder" if len(text) > 1 and text.isupper() and text.isalpha() else "unknown"

    def _breaks(self, match: Sign) -> bool:
        """Tell whether a new main clause begins between the last sign and this one."""
        last = self.last
        if last is None or self._is_inverted(match):
            return True
        bound, lead = self._lead(match)
        if bound < last.start + 1:
            return False
        if lead in words().adversatives or lead in {";", ":"}:
            return True
        if lead in words().continuing:
            return True
        return lead in words().coordinators and not match.group.weak

    def _negated(self, match: Sign, bound: int) -> str | None:
        if set(match.formula.replace("|", " ").split()) & words().negations:
            return match.label
        first = max(bound + 1, match.start - NEGATION_BEFORE, 0)
        last = min(max(match.end + 1, self._reach(match)), len(self.lower))
        for place in range(first, last):
            if self.lower[place] in words().negations and not self._is_no_negation(place):
                return match.group.negated
        return match.label

    def _reach(self, match: Sign) -> int:
        end = min(match.start + 1 + NEGATION_AFTER, len(self.lower))
        for place in range(match.start + 1, end):
            if self.punctuation[place] or self.lower[place] in words().subordinators:
                return place
        return end

    def _is_no_negation(self, place: int) -> bool:
        following = self.lower[place + 1 : place + 2]
        return bool(following) and following[0] in words().no_negation_before

    def _is_adversative(self, match: Sign, bound: int) -> bool:
        clause = self.lower[max(bound, 0) : match.end + 2]
        return any(word in words().adversatives for word in clause)

    def _is_conceded(self, match: Sign) -> bool:
        opening = " ".join(self.lower[:3])
        return opening.startswith(words().concessives) and self.last is None


def _takes_om(word: str) -> bool:
    """Tell whether *om* after this word is a preposition."""
    return word in words().nouns_before_om or word.endswith(words().noun_endings)


def _by_degree(sign: Sign, degrees: Sequence[Sign]) -> Sign:
    near = any(
        degree.start <= sign.end + DEGREE_REACH and degree.end >= sign.start - DEGREE_REACH
        for degree in degrees
    )
    return replace(sign, label="conditional") if sign.label == "support" and near else sign
