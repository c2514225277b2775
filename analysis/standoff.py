"""Reads gold that holds no text of its own: places in texts that lie elsewhere.

A folder holds ``gold.json`` (where the texts lie, whether the documents are held out) and a file
for each document: the SHA-256 of its text, and units, answers and citations as character offsets,
each with a short hash of what stands there. ``docs/gold.md`` tells the form.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.gold import Gold, GoldAnswer, GoldCitation, GoldSource, GoldUnit, Skipped
from corpus.errors import GoldError
from corpus.ids import content_hash, slug

MANIFEST = "gold.json"
"""Name of the file by which a folder is known to hold stand-off gold."""

_BROKEN_WORD = re.compile(r"-[ \t]*\n\s*(?=[a-zåäöé])(?!(?:och|eller|samt)\b)")


def is_standoff(folder: Path) -> bool:
    """Return whether a folder holds stand-off gold."""
    return (folder / MANIFEST).is_file()


def quoted(text: str) -> str:
    """Return a stretch of a text as the codebook quotes it: words joined, white space collapsed."""
    return " ".join(_BROKEN_WORD.sub("", text).split())


def read_standoff(folder: Path, texts: Path | None = None) -> Gold:
    """Return the gold of a folder, with the words that its places hold.

    ``texts`` is the folder of the texts; without it the one that ``gold.json`` names, seen from
    there. A document whose text is missing, or another than the one that was annotated, is left
    out and told in ``skipped``.

    Raises:
        GoldError: a file of the gold has another form, or a place holds other words than it had.
    """
    manifest = _read(folder / MANIFEST)
    files = [file for file in sorted(folder.glob("*.json")) if file.name != MANIFEST]
    try:
        base = texts or folder / manifest["texts"]
        held_out = bool(manifest["held_out"])
        parts = [_document(_read(file), base) for file in files]
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise GoldError(f"{folder}: not the form of docs/gold.md ({error!r}).") from error
    return Gold(
        documents=tuple(one for part in parts for one in part.documents),
        units=tuple(one for part in parts for one in part.units),
        citations=tuple(one for part in parts for one in part.citations),
        answers=tuple(one for part in parts for one in part.answers),
        sources=tuple(one for part in parts for one in part.sources),
        skipped=tuple(one for part in parts for one in part.skipped),
        held_out=held_out,
    )


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GoldError(f"{file}: can't be read as JSON ({error}).") from error


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a document, and the words at its places."""

    document: str
    content: str

    def at(self, place: dict[str, Any]) -> str:
        """Return the words at a place; raises GoldError if they are not those that were there."""
        words = quoted(self.content[place["start"] : place["end"]])
        if content_hash(words) != place["hash"]:
            where = f"{place['start']}-{place['end']}"
            raise GoldError(f"{self.document}: other words than were annotated stand at {where}.")
        return words


def _document(content: dict[str, Any], base: Path) -> Gold:
    name = slug(content["document"])
    file = base / content["file"]
    try:
        read = file.read_bytes()
    except OSError:
        reason = f"its text is not on this machine ({file}); --texts names another folder"
        return Gold((), (), skipped=(Skipped(name, reason),))
    if hashlib.sha256(read).hexdigest() != content["sha256"]:
        return Gold((), (), skipped=(Skipped(name, f"{file} is not the text that was annotated"),))
    text = _Text(name, read.decode("utf-8"))
    return Gold(
        documents=(name,),
        units=tuple(_units(content["units"], text)),
        citations=tuple(_citations(content["citations"], text)),
        answers=tuple(_answers(content.get("answers", ()), text)),
        sources=(_source(content, text),),
    )


def _units(units: list[dict[str, Any]], text: _Text) -> Iterator[GoldUnit]:
    for unit in units:
        certain = bool(unit.get("certain", True))
        yield GoldUnit(
            id=unit["id"],
            document=text.document,
            kind=unit["kind"],
            text=text.at(unit),
            variants=tuple(text.at(variant) for variant in unit.get("variants", ())),
            target_section=unit.get("target_section"),
            stance=unit.get("stance") if unit.get("stance_certain", certain) else None,
            addressees=tuple(unit.get("addressees", ())),
            level=unit.get("level"),
            page=unit.get("page"),
            certain=certain,
            any_kind=bool(unit.get("any_kind", False)),
            also=tuple(unit.get("also", ())),
            addressees_certain=bool(unit.get("addressees_certain", True)),
        )


def _citations(citations: list[dict[str, Any]], text: _Text) -> Iterator[GoldCitation]:
    for one in citations:
        yield GoldCitation(
            document=text.document,
            kind=one["kind"],
            text=text.at(one),
            start=one["start"],
            end=one["end"],
            forms=tuple(one["forms"]),
            certain=bool(one.get("certain", True)),
            includes=tuple(one.get("includes", ())),
        )


def _answers(answers: list[dict[str, Any]], text: _Text) -> Iterator[GoldAnswer]:
    for one in answers:
        yield GoldAnswer(
            document=text.document,
            recommendation=one["recommendation"],
            text=text.at(one),
            verdict=one["verdict"],
            certain=bool(one.get("certain", True)),
        )


def _source(content: dict[str, Any], text: _Text) -> GoldSource:
    ignored = [(one["start"], one["end"]) for one in content.get("citations_open", ())]
    return GoldSource(
        document=text.document,
        text=text.content,
        citation_spans=tuple((start, end) for start, end in content.get("citation_spans", ())),
        open_spans=tuple(ignored),
        open_texts=tuple(text.at(one) for one in content.get("units_open", ())),
        traps=tuple(text.at(one) for one in content.get("traps", ())),
    )
