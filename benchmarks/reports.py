"""Invented reports as blocks, for documents of other kinds than the gold's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from analysis.gold import GoldBlock

FOLDER = Path(__file__).resolve().parent

_HEADING = re.compile(r"(#{1,4}) (?:(\d+(?:\.\d+)*) )?(.+)")
_ITEM = re.compile(r"(?P<indent> *)(?:[-–]|(?P<number>(?:\d+|[a-z]|[ivx]+)[.)])) (?P<text>.+)")
_KINDS = {"^": "footnote", "!": "aside"}


def read_reports(path: Path = FOLDER / "reports.yml") -> dict[str, tuple[GoldBlock, ...]]:
    """Return the blocks of the reports of a file by name."""
    content = yaml.safe_load(path.read_text("utf-8"))
    return {name: tuple(blocks_of(source.splitlines())) for name, source in content.items()}


def blocks_of(lines: list[str]) -> Iterator[GoldBlock]:
    """Yield the blocks that lines are, one each."""
    notes = 0
    for line in lines:
        kind = _KINDS.get(line[:1])
        if heading := _HEADING.fullmatch(line):
            yield GoldBlock("heading", heading[3], len(heading[1]), heading[2])
        elif item := _ITEM.fullmatch(line):
            yield GoldBlock("list_item", item["text"], len(item["indent"]) // 2 + 1, item["number"])
        elif kind:
            notes += kind == "footnote"
            yield GoldBlock(kind, line[2:], None, str(notes) if kind == "footnote" else None)
        elif line:
            yield GoldBlock("paragraph", line)
