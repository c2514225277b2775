"""The figures of a measuring as values: counts, shares, scores and what was missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from analysis.gold import Skipped

LEAST_FOR_MACRO = 10
"""Times that a stance must occur in gold to count in the mean over stances; the task's figure."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found rightly, found wrongly and missed."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found; 1 where there is nothing."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.false + other.false, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        """The share, or None where there is nothing to measure."""
        return self.right / self.total if self.total else None

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a gold stance was read as another."""

    gold: str
    found: str
    count: int


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one kind of unit in one document, or of all documents."""

    document: str
    kind: str
    units: Counts
    addressees: Counts
    stances: Share
    sections: Share
    headings: Share
    bodies: Share
    levels: Share


@dataclass(frozen=True, slots=True)
class Near:
    """The unit of the other side that is most alike; ``likeness`` is the F1 of their words."""

    kind: str
    id: str
    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A unit that was missed (``side`` gold) or found wrongly (``side`` found)."""

    side: str
    document: str
    kind: str
    id: str
    page: int | None
    text: str
    nearest: Near | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What was found with another stance, addressee, normal form or verdict than gold has.

    ``what`` is ``stance``, ``addressees``, ``citation``, ``answer``, ``unit`` (one of open kind)
    or ``trap``; ``gold`` or ``found`` is empty where one side has nothing.
    """

    what: str
    document: str
    id: str
    gold: str
    found: str
    text: str


@dataclass(frozen=True, slots=True)
class ClassScore:
    """The figures of one stance, over positions that were found."""

    label: str
    count: int
    units: Counts

    @property
    def f1(self) -> float:
        """The harmonic mean of the stance's precision and recall."""
        return self.units.f1


@dataclass(frozen=True, slots=True)
class StanceScore:
    """How well stances are told apart; ``macro_f1`` is the mean F1 of the ``common`` classes.

    Common are those that gold has ``LEAST_FOR_MACRO`` times or more among what was found; None
    where there is no such class.
    """

    classes: tuple[ClassScore, ...]

    @property
    def common(self) -> tuple[str, ...]:
        """The stances that the mean is taken over."""
        return tuple(one.label for one in self.classes if one.count >= LEAST_FOR_MACRO)

    @property
    def macro_f1(self) -> float | None:
        """The mean F1 of the common stances."""
        values = [one.f1 for one in self.classes if one.count >= LEAST_FOR_MACRO]
        return sum(values) / len(values) if values else None


@dataclass(frozen=True, slots=True)
class CitationScore:
    """Citations of one document, or of all: found in their place, and with the right form."""

    document: str
    places: Counts
    forms: Share


@dataclass(frozen=True, slots=True)
class LooseScore:
    """What is measured whatever its kind.

    ``found`` are gold's units of open kind that were split out as some kind, ``trapped`` the
    passages that look like units and are none that were taken for one.
    """

    found: Share
    trapped: Share

    @property
    def measured(self) -> bool:
        """Whether gold has such units or passages."""
        return bool(self.found.total or self.trapped.total)

    def __add__(self, other: LooseScore) -> LooseScore:
        return LooseScore(self.found + other.found, self.trapped + other.trapped)


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """What a reply answers.

    ``found`` are gold's answers that are linked with their recommendation, ``right`` the links
    that gold has, ``verdicts`` those that are right among the found.
    """

    found: Share
    right: Share
    verdicts: Share


@dataclass(frozen=True, slots=True)
class LinkScore:
    """How well links agree with gold, over pairs whose ends are both matched with gold units.

    What is ``near`` counts among the first five and for the average precision, and is not shown.
    """

    recall_at_5: Share
    average_precision: float | None
    recall_shown: Share
    shown: Share
    evidence: Share


@dataclass(frozen=True, slots=True)
class Report:
    """All figures; ``totals`` has one score for each kind."""

    scores: tuple[Score, ...]
    totals: tuple[Score, ...]
    confusions: tuple[Confusion, ...]
    misses: tuple[Miss, ...]
    links: LinkScore | None
    not_found: tuple[str, ...]
    stances: StanceScore = StanceScore(())
    citations: tuple[CitationScore, ...] = ()
    answers: AnswerScore | None = None
    loose: LooseScore | None = None
    differences: tuple[Difference, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    held_out: bool = False

    def without_texts(self) -> Report:
        """Return the report with its figures only."""
        return replace(self, misses=(), differences=())

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values, with the figures worked out."""
        content: dict[str, Any] = _plain(asdict(self))
        for name in ("scores", "totals"):
            for row, score in zip(content[name], getattr(self, name), strict=True):
                row.update(_figures(score))
        for row, one in zip(content["citations"], self.citations, strict=True):
            row.update(_rates(one.places))
        for row, label in zip(content["stances"]["classes"], self.stances.classes, strict=True):
            row.update(_rates(label.units))
        content["stances"]["common"] = list(self.stances.common)
        content["stances"]["macro_f1"] = self.stances.macro_f1
        for name in ("links", "answers", "loose"):
            for field, value in (content[name] or {}).items():
                if isinstance(value, dict):
                    value["value"] = getattr(getattr(self, name), field).value
        return content


def share(right: Iterable[bool]) -> Share:
    """Return how many of the values are true."""
    values = list(right)
    return Share(sum(values), len(values))


def _rates(counts: Counts) -> dict[str, float]:
    return {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}


def _figures(score: Score) -> dict[str, float | None]:
    return {
        **_rates(score.units),
        "addressee_precision": score.addressees.precision,
        "addressee_recall": score.addressees.recall,
        "addressee_f1": score.addressees.f1,
        "stance_accuracy": score.stances.value,
        "section_accuracy": score.sections.value,
        "heading_accuracy": score.headings.value,
        "body_found": score.bodies.value,
        "level_accuracy": score.levels.value,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
