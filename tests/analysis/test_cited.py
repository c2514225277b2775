"""Invented papers with every reference marked: what is found of them, and what beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from analysis.citations import citations

PAPERS = sorted((Path(__file__).parent / "cited").glob("*.txt"))
_MARK = re.compile(r"\[\[(.+?)(?:::(\w+))?(?:::([^\]]+))?\]\]", re.DOTALL)


@dataclass(frozen=True)
class Marked:
    """A reference of a paper: the number of its paragraph, wording, kind and normal form."""

    paragraph: int
    raw: str
    kind: str | None
    normalized: str | None


def read_paper(path: Path) -> tuple[str, list[str], list[Marked]]:
    """Return the date, paragraphs and marked references of a paper."""
    head, *marked = path.read_text().strip().split("\n\n")
    found = [
        Marked(number, raw, kind or None, normal or None)
        for number, paragraph in enumerate(marked)
        for raw, kind, normal in _MARK.findall(paragraph)
    ]
    return head.removeprefix("date: "), [_MARK.sub(r"\1", p) for p in marked], found


def found_in(path: Path, document) -> list[Marked]:
    date, paragraphs, _ = read_paper(path)
    paper = document(*paragraphs)
    paper = replace(paper, date=date)
    order = {block.id: number for number, block in enumerate(paper.blocks)}
    return [Marked(order[c.block], c.raw, c.kind, c.normalized) for c in citations(paper)]


def matched(marked: Iterable[Marked], found: list[Marked]) -> list[tuple[Marked, Marked]]:
    """Return each marked reference with the one of its paragraph and wording that was found."""
    left, pairs = list(found), []
    for gold in marked:
        for hit in left:
            if (hit.paragraph, hit.raw) == (gold.paragraph, gold.raw):
                left.remove(hit)
                pairs.append((gold, hit))
                break
    return pairs


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_all_marked_references_are_found_and_no_others(path, document):
    marked, found = read_paper(path)[2], found_in(path, document)
    pairs = matched(marked, found)
    missed = [m for m in marked if m not in [gold for gold, _ in pairs]]
    false = [f for f in found if f not in [hit for _, hit in pairs]]
    assert (missed, false) == ([], [])


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_each_has_its_kind_and_normal_form(path, document):
    for gold, hit in matched(read_paper(path)[2], found_in(path, document)):
        assert hit.kind == (gold.kind or hit.kind), gold.raw
        assert hit.normalized.casefold() == (gold.normalized or gold.raw).casefold()
