"""Reads what a passage thinks of a proposal: which stances it holds, and where.

:mod:`analysis.formulas` finds the formulas of each sentence; here they are combined. A support
with a reservation in the same matter is one conditional stance, be the reservation in the same
sentence or a few sentences on; a further wish is a stance of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, get_args

from analysis.formulas import (
    Responder,
    Sign,
    is_administrative,
    is_told,
    points_back,
    words,
)
from analysis.sentences import nlp
from analysis.signs import RESERVATIONS, read_signs
from corpus.models import StanceLabel

if TYPE_CHECKING:
    from spacy.tokens import Span

RESERVATION_REACH = 3
"""Sentences that may stand between a support and its reservation; the codebook's examples have
one or two (a reason, a reference to the proposal)."""
OBJECTION_REACH = 1
"""Sentences that may stand between a support and an objection with *dock* or *däremot*."""
STORY_REACH = 3
"""Sentences before a note that it may take up; the codebook's example has three."""
STRESSES = "vilja"
"""How formulas begin (*vill framhålla*) whose notes stand for themselves, whatever follows."""
OPENING = 4
"""Tokens; where a sentence that takes up the one before says so (*I detta arbete är …*)."""

UNKNOWN = Responder()
"""Nobody in particular: whoever the text itself lets speak."""

_SUPPORTING = frozenset({"support", "conditional"})
_ACCEPTING = frozenset({"support", "conditional", "no_objection"})
_ALONE: dict[str, StanceLabel] = {
    **{label: label for label in get_args(StanceLabel)},
    "precondition": "conditional",
    "concern": "comment",
}
"""The stance of a clause by its label, where it stands alone; an *addition* never does."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A stance, the span ``text[start:end]`` that carries it, and the formula that named it."""

    label: StanceLabel
    start: int
    end: int
    formula: str


class Place(NamedTuple):
    """A character of one of several paragraphs."""

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A stance on one matter over consecutive sentences of one or more paragraphs.

    ``weak`` tells that only impersonal wording carries it (*bör*, *är viktigt att*); ``condition``
    that it holds nothing but a precondition (*förutsätter att*).
    """

    label: StanceLabel
    formula: str
    start: Place
    end: Place
    weak: bool = False
    condition: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    """What a part of a sentence says, in characters of its paragraph."""

    label: str
    formula: str
    start: int
    end: int
    weak: bool
    adversative: bool
    conceded: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence's clauses and how it hangs together with what stands before it."""

    paragraph: int
    span: Span
    clauses: tuple[_Clause, ...]
    consequence: bool
    conclusion: bool
    anaphoric: bool


def read_stance(text: str) -> list[Stance]:
    """Return the stances of a passage in order; empty where it takes none of its own."""
    return [
        Stance(found.label, found.start.offset, found.end.offset, found.formula)
        for found in standpoints([text])
    ]


def standpoints(paragraphs: Sequence[str], responder: Responder = UNKNOWN) -> list[Standpoint]:
    """Return the standpoints of consecutive paragraphs on one subject, in order."""
    found: list[Standpoint] = []
    silent: list[_Sentence] = []
    for sentence in _sentences(paragraphs, responder):
        for clause in sentence.clauses:
            _add(found, clause, sentence, silent)
            silent = []
        if not sentence.clauses:
            silent.append(sentence)
    # Where two sentences ran into each other a clause may begin where the next does.
    return [standpoint for standpoint in found if standpoint.start != standpoint.end]


def _sentences(paragraphs: Sequence[str], responder: Responder) -> Iterator[_Sentence]:
    for number, paragraph in enumerate(paragraphs):
        for span in nlp()(paragraph).sents:
            signs = _not_administrative(span, read_signs(span, responder))
            lower = [token.lower_ for token in span]
            yield _Sentence(
                paragraph=number,
                span=span,
                clauses=tuple(_clauses(span, _combined(signs))),
                consequence=_draws_conclusion(lower),
                conclusion=not words().conclusions.isdisjoint(lower),
                anaphoric=_points_to_last(lower),
            )


def _draws_conclusion(lower: Sequence[str]) -> bool:
    opening = " ".join(lower[:OPENING])
    return not words().consequences.isdisjoint(lower) or opening.startswith(
        words().conclusive_openings
    )


def _points_to_last(lower: Sequence[str]) -> bool:
    if any(word in words().anaphors for word in lower[:OPENING]):
        return True
    told_which = words().prepositions | words().subordinators
    return lower[0] in words().back_references and told_which.isdisjoint(lower[1:2])


def _not_administrative(sentence: Span, signs: list[Sign]) -> list[Sign]:
    """Return the signs without the wishes and notes of a sentence on the case's handling."""
    if signs and is_administrative(sentence.text):
        return [sign for sign in signs if sign.label not in {"request", "comment"}]
    return signs


def _combined(signs: Iterable[Sign]) -> list[Sign]:
    """Return the signs of a sentence with those that belong together made one."""
    combined: list[Sign] = []
    for sign in signs:
        merged = _merged(combined[-1], sign) if combined else None
        if merged:
            combined[-1] = merged
        else:
            combined.append(sign)
    return combined


def _merged(first: Sign, second: Sign) -> Sign | None:
    """Return two signs of a sentence as one, or None where each says something of its own."""
    if second.label in {"oppose", "support"} and (first.conceded or second.instead):
        merged: Sign | None = second
    elif first.label in _ACCEPTING:
        label = _accepted_with(first, second)
        merged = replace(first, label=label) if label else None
    else:
        merged = _prevailing(first, second)
    return replace(merged, start=first.start, end=second.end) if merged else None


def _accepted_with(first: Sign, second: Sign) -> str | None:
    """Return the label of a support, or of no objection, with what the sentence adds to it."""
    if second.label in RESERVATIONS:
        return "conditional"
    if first.label == second.label or (second.label == "comment" and not second.adversative):
        return first.label
    if first.label == "support" and second.label == "no_objection" and not second.adversative:
        return first.label
    if first.label == "no_objection":
        return None
    if second.label in _SUPPORTING:
        return "conditional"
    objects = second.label in {"request", "comment"} and (second.adversative or first.conceded)
    return "conditional" if objects else None


def _prevailing(first: Sign, second: Sign) -> Sign | None:
    """Return which of two signs says what the sentence is about, or None if both do."""
    if first.label in RESERVATIONS and second.label in _ACCEPTING:
        return replace(second, label="conditional")
    if first.label == second.label:
        return first
    if first.label in RESERVATIONS and second.label == "oppose":
        return second
    if second.label in RESERVATIONS and first.label != "comment":
        return first
    if first.label == "comment" and not (second.adversative and second.label == "no_objection"):
        return second
    return first if second.label == "comment" and not second.adversative else None


def _clauses(sentence: Span, signs: Sequence[Sign]) -> Iterator[_Clause]:
    """Yield the sentence's text parted among its signs, each from its own clause on."""
    starts = [0, *(_clause_start(sentence, sign) for sign in signs[1:])]
    for start, following, sign in zip(starts, [*starts[1:], len(sentence)], signs, strict=False):
        part = sentence[start:following]
        text = part.text.rstrip(" ,;–-")
        yield _Clause(
            label=sign.label,
            formula=sign.formula,
            start=part.start_char,
            end=part.start_char + len(text),
            weak=sign.weak,
            adversative=sign.adversative,
            conceded=sign.conceded,
        )


def _clause_start(sentence: Span, sign: Sign) -> int:
    for place in range(sign.start - 1, 0, -1):
        if sentence[place].lower_ in words().coordinators:
            return place + (sentence[place].is_punct)
    return sign.start


def _add(
    found: list[Standpoint], clause: _Clause, sentence: _Sentence, silent: Sequence[_Sentence]
) -> None:
    """Join the clause to the last standpoint where it belongs to it, or add it as a new one."""
    end = Place(sentence.paragraph, clause.end)
    label = _joined_label(found[-1], clause, sentence, len(silent)) if found else None
    if label:
        found[-1] = replace(found[-1], label=label, end=end)
    elif clause.label in _ALONE:
        start = _start(clause, sentence, silent)
        label, condition = _ALONE[clause.label], clause.label == "precondition"
        found.append(Standpoint(label, clause.formula, start, end, clause.weak, condition))


def _start(clause: _Clause, sentence: _Sentence, silent: Sequence[_Sentence]) -> Place:
    """Return where a standpoint begins: a note on *detta arbete* with what it speaks of."""
    start = Place(sentence.paragraph, clause.start)
    if clause.label != "comment" or not points_back(sentence.span):
        return start
    for earlier in reversed(silent[-STORY_REACH:]):
        if earlier.paragraph != sentence.paragraph or is_told(earlier.span):
            break
        start = Place(earlier.paragraph, earlier.span.start_char)
    return start


def _joined_label(
    last: Standpoint, clause: _Clause, sentence: _Sentence, silent: int
) -> StanceLabel | None:
    """Return the label of the last standpoint with the clause joined to it, or None."""
    together = sentence.paragraph == last.end.paragraph and not silent
    if clause.label == "addition" and last.label == "no_objection" and not clause.adversative:
        return None  # *inga invändningar. Därutöver har vi följande synpunkter* takes nothing back.
    if clause.label in RESERVATIONS and silent <= RESERVATION_REACH:
        if last.label in _ACCEPTING:
            return "conditional"
        return last.label if clause.label == "concern" and together else None
    objects = clause.label == "comment" and clause.adversative
    if objects and last.label in _SUPPORTING and silent <= OBJECTION_REACH:
        return "conditional"
    if together and sentence.consequence and (label := _concluded(last, clause.label)):
        return label
    return last.label if together and _goes_on(last, clause, sentence) else None


def _concluded(last: Standpoint, label: str) -> StanceLabel | None:
    """Return the label of a standpoint with the conclusion that is drawn from it, or None."""
    if {label, last.label} <= _SUPPORTING:
        return "support" if label == last.label == "support" else "conditional"
    is_reason = last.label == "comment" and not last.formula.startswith(STRESSES)
    if is_reason or last.label == label != "request":
        return _ALONE.get(label)
    return None


def _goes_on(last: Standpoint, clause: _Clause, sentence: _Sentence) -> bool:
    """Tell whether impersonal wording says more of the matter of the sentence before."""
    if clause.label == "request" and sentence.anaphoric and not sentence.conclusion:
        return clause.weak and last.label in {"request", "comment"}
    goes_on = clause.label == "comment" or sentence.anaphoric or sentence.conclusion
    return clause.weak and goes_on
