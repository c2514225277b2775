"""The first blocks of a document, in which it states its facts: running headers once each."""

from __future__ import annotations

import re

from corpus.models import Block, Document

_FIGURES = re.compile(r"\d+")


def first_blocks(document: Document, most: int, pages: int | None = None) -> list[Block]:
    """Return at most so many blocks from the beginning, of the first ``pages`` if given.

    A text without page breaks is one long page, before whose blocks its running headers stand,
    one for each page that it once had: of those alike but for figures, only the first counts.
    """
    found: list[Block] = []
    seen: set[str] = set()
    for block in document.blocks:
        if len(found) == most or (pages is not None and block.page > pages):
            break
        if block.kind in ("header", "footer"):
            text = _FIGURES.sub("", block.text)
            if text in seen:
                continue
            seen.add(text)
        found.append(block)
    return found
