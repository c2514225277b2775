"""What must hold of every reading, however damaged its file: nothing that refers to nothing."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from math import isfinite

from corpus.models import Block, Document, Page, Reading

SLACK = 1.0
"""Points by which a line's box may miss its page, for rounding."""


def faults(reading: Reading) -> Iterator[str]:
    """Yield what is wrong with a reading that no damage to its file may make wrong."""
    pages = {page.number: page for page in reading.document.pages}
    yield from _page_faults(reading.document)
    yield from _text_faults(reading)
    yield from _reference_faults(reading)
    for block in reading.document.blocks:
        yield from _place_faults(block, pages)
    pickle.dumps(reading)


def _page_faults(document: Document) -> Iterator[str]:
    numbers = [page.number for page in document.pages]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"pages {numbers}"
    for page in document.pages:
        if not all(isfinite(side) and side >= 0 for side in (page.width, page.height)):
            yield f"page {page.number} is {page.width} by {page.height}"
    for problem in document.problems:
        if problem.kind == "bug":
            yield problem.message
        if problem.page is not None and problem.page not in numbers:
            yield f"a problem on page {problem.page}"


def _text_faults(reading: Reading) -> Iterator[str]:
    """Yield texts that no database takes."""
    document = reading.document
    texts = [page.text for page in document.pages]
    texts += [block.text for block in document.blocks]
    texts += [section.heading for section in document.sections]
    texts += [document.title, *(fact.value for fact in document.facts.values())]
    texts += [recommendation.text for recommendation in reading.recommendations]
    for text in texts:
        if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            yield f"no text: {text[:60]!a}"


def _reference_faults(reading: Reading) -> Iterator[str]:
    document = reading.document
    sections = [section.id for section in document.sections]
    blocks = [block.id for block in document.blocks]
    units = [recommendation.id for recommendation in reading.recommendations]
    for names in (sections, blocks, units):
        if len(set(names)) < len(names):
            yield f"an id that two have, of {names}"
    named = [section.parent for section in document.sections]
    named += [block.section for block in document.blocks]
    named += [recommendation.section for recommendation in reading.recommendations]
    if lost := {name for name in named if name is not None} - set(sections):
        yield f"sections that are not there: {lost}"
    if lost := {citation.block for citation in reading.citations} - set(blocks):
        yield f"cited in blocks that are not there: {lost}"


def _place_faults(block: Block, pages: dict[int, Page]) -> Iterator[str]:
    if block.page not in pages:
        yield f"{block.id} on page {block.page}"
    for line in block.lines:
        page, box = pages.get(line.box.page), line.box
        if page is None or not 0 <= line.start <= line.end <= len(block.text):
            yield f"a line of {block.id} stands nowhere: {line}"
        elif not (all(map(isfinite, box)) and box.x0 <= box.x1 and box.top <= box.bottom):
            yield f"no box: {box}"
        elif max(-box.x1, -box.bottom, box.x0 - page.width, box.top - page.height) > SLACK:
            yield f"outside its page of {page.width} by {page.height}: {box}"
