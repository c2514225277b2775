"""Blocks become a document: what every reader does last, whatever kind of file it has read."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.models import Block, Document, Page, Problem, TextLayer
from ingest.language import with_languages
from ingest.sections import build_sections


def assembled(
    document_id: str,
    source: str,
    sha256: str,
    blocks: Sequence[Block],
    pages: Sequence[Page],
    *,
    text_layer: TextLayer = "native",
    problems: Sequence[Problem] = (),
) -> Document:
    """Return a document of these blocks, told their languages and sections, without facts.

    Its title is its first heading until the facts are read, or its id where it has none.
    """
    language, told = with_languages(blocks)
    sections, placed = build_sections(document_id, told)
    return Document(
        id=document_id,
        title=next((block.text for block in placed if block.kind == "heading"), document_id),
        doctype="other",
        language=language,
        sha256=sha256,
        source=source,
        pages=tuple(pages),
        sections=sections,
        blocks=placed,
        text_layer=text_layer,
        problems=tuple(problems),
    )
