"""Papers typed for the tests with their units marked; see ``papers/README.md`` for the form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.gold import GoldUnit
from corpus.models import Actor, Document
from tests.conftest import make_document

PAPERS = Path(__file__).parent / "papers"
VERDICTS = frozenset({"agrees", "partly", "disagrees", "done"})
_MARK = re.compile(r"\{\{(?P<label>\w+)(?::(?P<key>\w+))?\|(?P<text>.*?)\}\}")


@dataclass(frozen=True)
class Paper:
    """A paper, what is marked in it, and who sent it."""

    document: Document
    units: tuple[GoldUnit, ...]
    sender: Actor


def read_paper(path: Path) -> Paper:
    facts = {"id": path.stem}
    texts: list[tuple[str, str] | str] = []
    marked: dict[str, list[tuple[str, str]]] = {}
    for line in filter(str.strip, path.read_text("utf-8").splitlines()):
        if line.startswith("@"):
            name, _, value = line[1:].partition(" ")
            facts[name] = value
            continue
        for place, mark in enumerate(_MARK.finditer(line)):
            key = mark["key"] or f"{len(texts)}.{place}"
            marked.setdefault(key, []).append((mark["label"], mark["text"]))
        texts.append(_block(_MARK.sub(r"\g<text>", line)))
    kind = facts.pop("kind")
    units = tuple(_unit(path.stem, key, wordings) for key, wordings in marked.items())
    return Paper(make_document(*texts, **facts), units, Actor("sender", facts["sender"], kind))


def _block(line: str) -> tuple[str, str] | str:
    kinds = {"# ": "heading", "- ": "list_item"}
    return (kinds[line[:2]], line[2:]) if line[:2] in kinds else line


def _unit(document: str, key: str, wordings: list[tuple[str, str]]) -> GoldUnit:
    *others, (label, text) = wordings
    variants = tuple(other for _, other in others)
    is_kind = label in {"recommendation", "measure", "proposal"}
    kind = "answer" if label in VERDICTS else label if is_kind else "position"
    return GoldUnit(
        id=key,
        document=document,
        kind=kind,
        text=text,
        variants=variants,
        stance=None if is_kind else label,
    )


@pytest.fixture(scope="session")
def papers() -> tuple[Paper, ...]:
    return tuple(read_paper(path) for path in sorted(PAPERS.glob("*.txt")))
