"""Splits a proposal into what it proposes, section by section: what responses speak of.

What inquiries and bills set in a box or in italics below a heading (*Utredningens förslag: …*) is
one proposal, with the number of its section. Whom an inquiry asks to act (*Kommunerna uppmanas
att …*) is recommended to as by an audit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis import audits
from analysis.addressees import addressees
from analysis.levels import level_of, level_of_document
from analysis.obligation import deadline, modality, title
from analysis.outline import flow, without_english
from analysis.passages import Passage, Piece, join
from analysis.portions import number_of
from analysis.sentences import read_data
from corpus.actors import Gazetteer
from corpus.models import Block, Document, Recommendation

CERTAINTY = 0.9
"""Confidence in a proposal that is marked as one."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """The wordings of ``data/proposals.yml``."""

    proposal: re.Pattern[str]
    end: re.Pattern[str]
    asked: re.Pattern[str]


@cache
def _forms() -> _Forms:
    data = read_data("proposals.yml")
    return _Forms(**{name: re.compile(data[name], re.I) for name in ("proposal", "end", "asked")})


@dataclass(frozen=True, slots=True)
class _Proposed:
    """A proposal and the headings above it: the nearest, and that with the section's number."""

    passage: Passage
    heading: Block | None
    number: str | None


def proposals(document: Document, gazetteer: Gazetteer | None = None) -> tuple[Recommendation, ...]:
    """Return the proposals of a document in order, then its recommendations, with empty ids."""
    blocks = without_english(flow(document))
    found = [
        _recommendation(document, gazetteer, proposed, place)
        for place, proposed in enumerate(_proposed(blocks), start=1)
    ]
    asked = [
        replace(one, position=len(found) + place)
        for place, one in enumerate(_asked(document, gazetteer), start=1)
    ]
    return (*found, *asked)


def _asked(document: Document, gazetteer: Gazetteer | None) -> tuple[Recommendation, ...]:
    """Return what bodies are asked to do, where the document asks in so many words."""
    if not any(_forms().asked.search(block.text) for block in document.blocks):
        return ()
    return audits.recommendations(document, gazetteer)


def _proposed(blocks: Sequence[Block]) -> Iterator[_Proposed]:
    heading, number = None, None
    pieces: list[Passage] = []
    for block in blocks:
        marked = _forms().proposal.match(block.text)
        if marked and block.text[marked.end() :].strip():
            yield from _kept(pieces, heading, number)
            pieces = [Passage((Piece(block, marked.end(), len(block.text)),))]
        elif marked and block.kind == "heading":
            yield from _kept(pieces, heading, number)
            pieces = []
        elif pieces and _goes_on(pieces[-1], block):
            pieces.append(Passage((Piece(block, 0, len(block.text)),)))
        else:
            yield from _kept(pieces, heading, number)
            pieces = []
        if block.kind == "heading" and not marked:
            heading, number = block, number_of(block) or number
    yield from _kept(pieces, heading, number)


def _goes_on(last: Passage, block: Block) -> bool:
    """Tell whether a block is the next item of a proposal that leads in a list, or its rest."""
    if block.kind == "heading" or _forms().end.match(block.text):
        return False
    text = last.text.rstrip()
    return block.kind == "list_item" or text.endswith((":", ",")) or text[-1:].isalnum()


def _kept(
    pieces: Sequence[Passage], heading: Block | None, number: str | None
) -> Iterator[_Proposed]:
    if pieces:
        yield _Proposed(join(pieces), heading, number)


def _recommendation(
    document: Document, gazetteer: Gazetteer | None, proposed: _Proposed, place: int
) -> Recommendation:
    passage, heading = proposed.passage, proposed.heading
    text = passage.text
    to = addressees(text, gazetteer)
    named = f"{heading.number or ''} {heading.text}".strip() if heading else None
    return Recommendation(
        id="",
        document=document.id,
        kind="proposal",
        position=place,
        title=heading.text if heading else title(text),
        text=text,
        page=passage.page,
        section=passage.block.section,
        heading=named,
        boxes=passage.boxes,
        anchor=passage.block.anchor,
        level=level_of(to, gazetteer, level_of_document(document, gazetteer)),
        modality=modality(text),
        actor=document.sender,
        target_section=proposed.number,
        deadline=deadline(text),
        confidence=CERTAINTY,
        addressees=to,
    )
