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
from analysis.outline import flow, item, parts, without_english
from analysis.passages import Passage, Piece, join
from analysis.portions import number_of
from analysis.sentences import read_data, sentences
from corpus.actors import Gazetteer
from corpus.models import Block, Document, Recommendation

CERTAINTY = 0.9
"""Confidence in a proposal that is marked as one."""
CERTAINTY_IN_PROSE = 0.6
"""Confidence in a sentence of running text that proposes."""
SUMMARY_WORDS = 8000
"""Words up to which an inquiry's paper without marked proposals is taken for a summary, all of
which speaks of what it proposes: twenty pages, a guess from the length of printed summaries."""
PROPOSING = frozenset({"ska", "bör"})
"""Modalities by which a sentence below a heading of proposals proposes."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """The wordings of ``data/proposals.yml``."""

    proposal: re.Pattern[str]
    end: re.Pattern[str]
    asked: re.Pattern[str]
    proposal_heading: re.Pattern[str]
    no_proposals: re.Pattern[str]
    no_proposal: re.Pattern[str]
    summary_heading: re.Pattern[str]
    within_clause: re.Pattern[str]
    says: re.Pattern[str]


@cache
def _forms() -> _Forms:
    data = read_data("proposals.yml")
    who, verb = data.pop("proposers"), data.pop("proposing")
    says = (
        rf"(?<!\w){who}\s(?:\w+\s){{0,3}}?{verb}(?!\w)|{verb}\s(?:\w+\s)?{who}(?!\w)"
        r"|\bföreslås\b"
    )
    return _Forms(
        **{name: re.compile(form, re.I) for name, form in data.items()},
        says=re.compile(says, re.I),
    )


@dataclass(frozen=True, slots=True)
class _Proposed:
    """A proposal and the headings above it: the nearest, and that with the section's number."""

    passage: Passage
    heading: Block | None
    number: str | None
    certainty: float = CERTAINTY


def proposals(document: Document, gazetteer: Gazetteer | None = None) -> tuple[Recommendation, ...]:
    """Return the proposals of a document in order, then its recommendations, with empty ids."""
    blocks = without_english(flow(document))
    marked = list(_proposed(blocks))
    asked_of = _asked(document, gazetteer)
    prose = [] if marked or asked_of else list(_in_prose(blocks))
    found = [
        _recommendation(document, gazetteer, proposed, place)
        for place, proposed in enumerate(marked or prose, start=1)
    ]
    asked = [
        replace(one, position=len(found) + place) for place, one in enumerate(asked_of, start=1)
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


def _in_prose(blocks: Sequence[Block]) -> Iterator[_Proposed]:
    """Yield the sentences of running text that propose, where nothing is marked as a proposal.

    That is *Vi föreslår att …* anywhere, and any *ska* or *bör* in a summary or below a heading
    such as *Våra förslag*; of a list that is led in (*Vi föreslår att:*) each item is one.
    """
    below = _places_below(blocks, _forms().proposal_heading, _forms().summary_heading)
    if sum(len(block.text.split()) for block in blocks) <= SUMMARY_WORDS:
        below = frozenset(range(len(blocks)))
    outside = _places_below(blocks, _forms().no_proposals)
    heading, number, led_in = None, None, False
    for place, block in enumerate(blocks):
        if block.kind == "heading":
            heading, number, led_in = block, number_of(block) or number, False
        elif place in outside:
            continue
        elif led_in and (entry := item(block)):
            yield _Proposed(entry, heading, number, CERTAINTY_IN_PROSE)
        else:
            spans = [
                (start, end)
                for start, end in sentences(block.text)
                if _proposes(block.text[start:end], below=place in below)
            ]
            led_in = bool(spans) and block.text.endswith(":") and spans[-1][1] == len(block.text)
            for start, end in spans[:-1] if led_in else spans:
                passage = Passage((Piece(block, start, end),))
                yield _Proposed(passage, heading, number, CERTAINTY_IN_PROSE)


def _places_below(blocks: Sequence[Block], *forms: re.Pattern[str]) -> frozenset[int]:
    """Return the places below the headings of these forms; a summary's title is above all."""
    places: set[int] = set()
    for n, part in enumerate(parts(blocks)):
        text = re.sub(r"^[\d.\s]+", "", part.heading.text).strip(" .:")
        if any(form.fullmatch(text) for form in forms):
            is_title = n == 0 and _forms().summary_heading.fullmatch(text)
            places.update(range(part.start, len(blocks) if is_title else part.end))
    return frozenset(places)


def _proposes(sentence: str, *, below: bool) -> bool:
    """Tell whether a sentence proposes something: in so many words, or by where it stands."""
    forms = _forms()
    if forms.no_proposal.search(sentence) or sentence.endswith("?"):
        return False
    obliges = modality(forms.within_clause.sub("", sentence)) in PROPOSING
    return bool(forms.says.search(sentence)) or (below and obliges)


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
        confidence=proposed.certainty,
        addressees=to,
    )
