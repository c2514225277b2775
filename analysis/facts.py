"""Measures the facts that were read of documents against what is true of them.

The gold is ``facts.json`` beside ``units.json``: document → field → value. A value is a text, a
list of texts that are all right, or null where the document does not say; of ``section_numbers``
it is the list of the numbers. A field that is left out is not measured.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import GoldError
from corpus.ids import slug
from corpus.manifest import MANIFEST_NAME
from corpus.models import FACT_NAMES, Document
from corpus.sureness import BANDS, sureness

FACTS_FILE = "facts.json"

GoldFacts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A fact beside the truth: ``found`` is None where nothing was read."""

    document: str
    field: str
    found: str | None
    truth: tuple[str | None, ...]
    confidence: float | None
    given: bool

    @property
    def right(self) -> bool:
        """Whether what was read is among what is true, but for case, spaces and marks."""
        return _plain(self.found) in {_plain(value) for value in self.truth}


@dataclass(frozen=True, slots=True)
class FactReport:
    """Every fact beside the truth, without those that ``corpus.yml`` gave."""

    checked: tuple[Checked, ...]

    def by_field(self) -> dict[str, tuple[int, int]]:
        """Return for each field how many facts are right, of how many."""
        return {
            field: _count(one for one in self.checked if one.field == field) for field in FACT_NAMES
        }

    def total(self) -> tuple[int, int]:
        """Return how many of all facts are right, of how many."""
        return _count(self.checked)

    def by_band(self) -> dict[str, tuple[int, int]]:
        """Return for each band of confidence how many of the facts read are right, of how many."""
        bands: dict[str, list[Checked]] = {name: [] for _bound, name in BANDS}
        for one in self.checked:
            if one.found is not None and one.confidence is not None:
                bands[sureness(one.confidence)].append(one)
        return {name: _count(ones) for name, ones in bands.items()}

    def misses(self) -> tuple[Checked, ...]:
        """Return what is wrong or missing, in the order of documents and fields."""
        return tuple(one for one in self.checked if not one.right)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "fields": {
                name: {"right": right, "of": of}
                for name, (right, of) in self.by_field().items()
                if of
            },
            "confidence": {
                name: {"right": right, "of": of} for name, (right, of) in self.by_band().items()
            },
            "misses": [
                {
                    "document": one.document,
                    "field": one.field,
                    "found": one.found,
                    "truth": list(one.truth),
                    "confidence": one.confidence,
                }
                for one in self.misses()
            ],
        }


def render_facts(report: FactReport, *, misses: bool = True) -> str:
    """Return the report as plain text, with each wrong fact if ``misses``; empty without gold."""
    if not report.checked:
        return ""
    lines = [f"{'facts':<16} {'right':>9}"]
    for name, (right, of) in (*report.by_field().items(), ("all", report.total())):
        lines += [f"{name:<16} {f'{right}/{of}':>9}  {right / of:.3f}"] if of else []
    bands = [
        f"{name} ({_range(name)}) {right}/{of}" for name, (right, of) in report.by_band().items()
    ]
    lines += ["right by confidence: " + ", ".join(bands)]
    if misses:
        lines += [
            f"wrong {one.field} of {one.document}: {_shown([one.found])}, for {_shown(one.truth)}"
            for one in report.misses()
        ]
    return "\n".join(lines)


def read_gold_facts(folder: Path) -> GoldFacts | None:
    """Return the facts of a gold folder by the slugs of its documents, None where it has none.

    Raises:
        GoldError: the file is no JSON, or has another form or other fields.
    """
    path = folder / FACTS_FILE
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GoldError(f"{path}: can't be read as JSON ({error}).") from error
    if not isinstance(content, dict) or not all(isinstance(f, dict) for f in content.values()):
        raise GoldError(f"{path}: expected an object of documents with their fields.")
    unknown = sorted({name for fields in content.values() for name in fields} - set(FACT_NAMES))
    if unknown:
        raise GoldError(f"{path}: unknown field {unknown[0]!r}; use {', '.join(FACT_NAMES)}.")
    return {slug(document): fields for document, fields in content.items()}


def score_facts(
    documents: Iterable[Document], gold: GoldFacts, names: Mapping[str, Sequence[str]] | None = None
) -> FactReport:
    """Return the facts of ``documents`` beside ``gold``.

    A document is known by its id or its file's name. ``names`` are all names of a body by the id
    under which a database holds it as sender; without it the sender is a name already. Facts that
    ``corpus.yml`` gave are left out: they tell nothing of the reading.
    """
    checked = []
    for document in documents:
        keys = (document.id, slug(Path(document.source).stem))
        truth = next((gold[key] for key in keys if key in gold), None)
        for field in FACT_NAMES if truth is not None else ():
            if truth is not None and field in truth:
                one = _check(document, field, truth[field], names or {})
                checked += [] if one.given else [one]
    return FactReport(tuple(checked))


def _check(
    document: Document, field: str, truth: Any, names: Mapping[str, Sequence[str]]
) -> Checked:
    fact = document.facts.get(field)
    found = _found(document, field, names)
    if field == "section_numbers":
        values: tuple[str | None, ...] = (", ".join(truth) or None if truth else None,)
    else:
        values = tuple(truth) if isinstance(truth, list) else (truth,)
    return Checked(
        document=document.id,
        field=field,
        found=found,
        truth=values,
        confidence=fact.confidence if fact else None,
        given=fact is not None and fact.place == MANIFEST_NAME,
    )


def _found(document: Document, field: str, names: Mapping[str, Sequence[str]]) -> str | None:
    if field == "section_numbers":
        return ", ".join(document.section_numbers) or None
    if field == "number":
        fact = document.facts.get("number")
        return fact.value if fact else None
    value: str | None = getattr(document, field)
    if field == "sender" and value is not None and value in names:
        return names[value][0]
    return value


def _count(checked: Iterable[Checked]) -> tuple[int, int]:
    ones = list(checked)
    return sum(one.right for one in ones), len(ones)


def _plain(value: str | None) -> str | None:
    return None if value is None else re.sub(r"\W+", " ", value.casefold()).strip()


def _range(name: str) -> str:
    """Return the confidences of a band, as the report words them: *0.7 to 0.9*."""
    bounds = [bound for bound, _name in BANDS]
    place = [band_name for _bound, band_name in BANDS].index(name)
    return f"{bounds[place]} to {bounds[place - 1]}" if place else f"{bounds[0]} and up"


def _shown(truth: Sequence[str | None]) -> str:
    return " or ".join(value or "nothing" for value in truth)
