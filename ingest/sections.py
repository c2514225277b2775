"""The tree of sections: headings with levels, and the section that each block stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.models import Block, Section


def build_sections(
    document_id: str, blocks: Sequence[Block]
) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """Return the sections of a document and its blocks with their sections filled in.

    A numbered heading belongs to the section whose number it extends; others go by their level.
    A heading belongs to its own section; headers and footers to none.
    """
    sections: list[Section] = []
    stack: list[Section] = []
    placed: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            section = _section(document_id, block, stack, len(sections) + 1)
            sections.append(section)
            stack.append(section)
        is_furniture = block.kind in ("header", "footer")
        inside = stack[-1].id if stack and not is_furniture else None
        placed.append(replace(block, section=inside))
    return tuple(sections), tuple(placed)


def _section(document_id: str, block: Block, stack: list[Section], position: int) -> Section:
    """Return the section that a heading opens; closes those on ``stack`` that end before it."""
    level = block.level or 1
    while stack and not _contains(stack[-1], block.number, level):
        stack.pop()
    return Section(
        id=f"{document_id}-s{position}",
        heading=block.text,
        level=level,
        page=block.page,
        position=position,
        number=block.number,
        parent=stack[-1].id if stack else None,
    )


def _contains(section: Section, number: str | None, level: int) -> bool:
    """Return whether a heading with this number and level stands inside ``section``."""
    if number and section.number:
        return number.startswith(section.number + ".")
    return section.level < level
