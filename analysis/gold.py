"""Reads gold: what annotators found in documents, to measure the splitting and linking against.

A folder holds ``units.json`` (document → units), and may hold ``links.json``, ``evidence.json``
and ``structure/`` with one file a document; a file is taken for the units alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import GoldError
from corpus.ids import slug

CODEBOOK_KINDS = frozenset({"measure", "recommendation", "position"})
"""Kinds of unit that gold marks wherever there are any."""


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """A unit as annotators found it; ``certain`` is false for what only one of them saw.

    ``any_kind``: it is to be split out, but the codebook leaves open as what. ``also`` are bodies
    that may be taken for addressees or not. Where ``addressees_certain`` is false, addressees are
    not measured; ``stance`` is None where it is not sure.
    """

    id: str
    document: str
    kind: str
    text: str
    variants: tuple[str, ...] = ()
    heading: str | None = None
    target_section: str | None = None
    stance: str | None = None
    addressees: tuple[str, ...] = ()
    level: str | None = None
    page: int | None = None
    certain: bool = True
    any_kind: bool = False
    also: tuple[str, ...] = ()
    addressees_certain: bool = True


@dataclass(frozen=True, slots=True)
class GoldCitation:
    """A reference in ``text[start:end]`` of the document's file; ``forms`` are its normal forms.

    ``includes`` are the forms of what it names within itself (the statute of a paragraph).
    """

    document: str
    kind: str
    text: str
    start: int
    end: int
    forms: tuple[str, ...]
    certain: bool = True
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """What a reply says of a recommendation; ``verdict`` is ``none`` where it takes no side."""

    document: str
    recommendation: str
    text: str
    verdict: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class GoldSource:
    """The text that stand-off gold points into.

    Citations were looked for in ``citation_spans``; ``open_spans`` may be taken for citations and
    ``open_texts`` for units, or left; ``traps`` are passages that look like units and are none
    (reported speech, goals).
    """

    document: str
    text: str
    citation_spans: tuple[tuple[int, int], ...] = ()
    open_spans: tuple[tuple[int, int], ...] = ()
    open_texts: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document of the gold that was not measured, and why."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class GoldLink:
    """Two units and how alike each annotator found their matter: 0 not, 3 the same."""

    a: str
    b: str
    grades: tuple[int, ...]

    @property
    def agreed(self) -> int:
        """The grade that all annotators give at least."""
        return min(self.grades)


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """A passage of another document that bears on a unit."""

    unit: str
    document: str
    quote: str
    bearing: str


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A piece of a document as a careful reader sees it; ``kind`` has our own names."""

    kind: str
    text: str
    level: int | None = None
    number: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """All gold of a folder; documents are named by the slug of the key in the file.

    A document may hold no units: what is found in it is then false. ``held_out``: no rule is
    written against these documents, so what they say is shown only to who asks for it.
    """

    documents: tuple[str, ...]
    units: tuple[GoldUnit, ...]
    links: tuple[GoldLink, ...] = ()
    evidence: tuple[GoldEvidence, ...] = ()
    citations: tuple[GoldCitation, ...] = ()
    answers: tuple[GoldAnswer, ...] = ()
    sources: tuple[GoldSource, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    held_out: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of unit that were looked for: those of the codebook, and what else is marked."""
        return CODEBOOK_KINDS | {unit.kind for unit in self.units}


def read_gold(path: Path) -> Gold:
    """Return the gold of a folder or file.

    Raises:
        GoldError: the file is missing, is no JSON or has another form.
    """
    units_file = path / "units.json" if path.is_dir() else path
    units = _read(units_file)
    if not isinstance(units, dict):
        raise GoldError(f"{units_file}: expected an object of documents with their units.")
    folder = path if path.is_dir() else None
    try:
        return Gold(
            documents=tuple(slug(document) for document in units),
            units=tuple(_units(units)),
            links=tuple(_link(one) for one in _optional(folder, "links.json")),
            evidence=tuple(_evidence(one) for one in _optional(folder, "evidence.json")),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise GoldError(f"{path}: not the form of gold, see gold/CODEBOOK.md ({error}).") from error


def read_structure(path: Path) -> dict[str, tuple[GoldBlock, ...]]:
    """Return the blocks of each document in the folder's ``structure/``, by the file's slug.

    Raises:
        GoldError: a file is no JSON or has another form.
    """
    files = sorted((path / "structure").glob("*.json")) if path.is_dir() else []
    return {slug(file.stem): tuple(_blocks(file)) for file in files}


def _blocks(file: Path) -> Iterable[GoldBlock]:
    content = _read(file)
    try:
        return [
            GoldBlock(
                kind=block["type"],
                text=block["text"],
                level=block.get("level"),
                number=block.get("number"),
                page=block.get("page"),
            )
            for block in content["blocks"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{file}: not the form of gold structure ({error}).") from error


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise GoldError(f"{path}: no such file; give a gold folder or its units.json.") from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GoldError(f"{path}: can't be read as JSON ({error}).") from error


def _optional(folder: Path | None, name: str) -> list[dict[str, Any]]:
    if folder is None or not (folder / name).exists():
        return []
    return list(_read(folder / name))


def _units(documents: Mapping[str, list[dict[str, Any]]]) -> Iterable[GoldUnit]:
    for document, units in documents.items():
        for unit in units:
            yield GoldUnit(
                id=unit["id"],
                document=slug(document),
                kind=unit["kind"],
                text=unit["text"],
                variants=tuple(unit.get("variants") or ()),
                heading=unit.get("heading"),
                target_section=unit.get("target_section"),
                stance=unit.get("stance"),
                addressees=tuple(unit.get("addressees") or ()),
                level=unit.get("level"),
                page=unit.get("page"),
                certain=bool(unit.get("certain", True)),
            )


def _link(link: Mapping[str, Any]) -> GoldLink:
    return GoldLink(link["a"], link["b"], tuple(link.get("grades") or (link["grade"],)))


def _evidence(evidence: Mapping[str, Any]) -> GoldEvidence:
    return GoldEvidence(
        evidence["unit"], slug(evidence["doc"]), evidence["quote"], evidence["bearing"]
    )
