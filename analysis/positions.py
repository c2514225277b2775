"""Splits a consultation response into positions: what it thinks of a proposal, part by part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.addressees import addressees
from analysis.formulas import Responder, words
from analysis.levels import level_of, level_of_document
from analysis.likeness import content_stems, coverage, word_weights
from analysis.obligation import modality, title
from analysis.passages import Passage, join
from analysis.portions import Portion, cut, portions, sections_named
from analysis.sentences import lemma
from analysis.stance import Place, Standpoint, standpoints
from corpus.actors import Gazetteer
from corpus.models import (
    Actor,
    Document,
    Level,
    Recommendation,
    StanceLabel,
    Variant,
    VariantRole,
)

REPEATED = 0.25
"""Share (by weight) of a summary's words that the body must hold to say the same. A summary repeats
the body, mostly in other words: in ten responses repeats have 0.26 to 1, others up to 0.20."""
REPEATED_SUPPORT = 0.7
"""The same for a support: the stance on the whole proposal, which is a position of its own, has up
to 0.51 in common with that on one of its parts."""
SHORTEST_NAME = 3
"""Letters of the shortest name (SKR, IVO); shorter words are common ones that begin a name."""
CERTAINTY = 0.9
"""Confidence in a position that the answering body states as its own."""
IMPERSONAL_CERTAINTY = 0.6
"""Confidence in a position that only impersonal wording carries (*bör*, *behöver*)."""
UNCLEAR_CERTAINTY = 0.5
"""Confidence in a position whose standpoint can't be read."""

_RESERVED = re.compile(
    r"(?:Reservation(?:er)?|Särskilt (?:yttrande|uttalande)|Protokollsanteckning|Avvikande mening)"
    r"[^.:()]{0,60}\((?P<parties>[A-ZÅÄÖ]{1,4}(?:(?:, | och )[A-ZÅÄÖ]{1,4})*)\)"
)
"""How a reservation begins, in its heading or its own words."""
_NATIONAL = frozenset({"agency", "court", "university", "association", "company"})
"""Kinds of bodies of which a single word names one, whoever answers."""
_FAMILIES: Mapping[StanceLabel, str] = {"support": "for", "conditional": "for"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A position where it stands, with its other wordings; ``early`` if these come first."""

    standpoint: Standpoint
    passage: Passage
    portion: Portion
    target: str | None
    early: bool
    variants: tuple[tuple[VariantRole, Passage], ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response, who sent it, and the level that the sender is of."""

    document: Document
    gazetteer: Gazetteer | None
    sender: Actor | None
    level: Level | None


def positions(document: Document, gazetteer: Gazetteer | None = None) -> tuple[Recommendation, ...]:
    """Return the positions of a response in the order of its text, with empty ids."""
    sender = _sender(document, gazetteer)
    answer = _Answer(document, gazetteer, sender, level_of_document(document, gazetteer))
    laid_out = portions(document)
    responder = _responder(sender, laid_out, gazetteer)
    own = [portion for portion in laid_out if portion.role not in {"recital", "administrative"}]
    # A short answer may stand under *Ärendet* or *Beslut* alone.
    found = _found(own, responder) or _found(laid_out, responder)
    return tuple(
        _recommendation(answer, number, unit)
        for number, unit in enumerate(_united(found, responder), start=1)
    )


def _sender(document: Document, gazetteer: Gazetteer | None) -> Actor | None:
    if not document.sender:
        return None
    known = gazetteer and (gazetteer.get(document.sender) or gazetteer.resolve(document.sender))
    return known or Actor(document.sender, document.sender, "other")


def _responder(
    sender: Actor | None, laid_out: Sequence[Portion], gazetteer: Gazetteer | None
) -> Responder:
    """Return what is known of the answering body."""
    if sender is None or sender.kind == "government":  # A ministry asks; it was only addressed.
        return Responder()
    named = (
        word
        for name in (sender.name, *sender.aliases)
        for word in name.split()
        if word[:1].isupper() and len(word) >= SHORTEST_NAME
    )
    own = frozenset(word.lower() for word in named)
    text = " ".join(passage.text for portion in laid_out for passage in portion.paragraphs)
    strangers = words().strangers.get(sender.kind, frozenset()) | _others(text, own, gazetteer)
    lower = text.lower()
    return Responder(
        words=own, strangers=frozenset(word for word in strangers if not _answers(word, lower))
    )


def _others(text: str, own: Collection[str], gazetteer: Gazetteer | None) -> frozenset[str]:
    """Return the names, of one word, of bodies that the text names beside the answering one.

    *Naturvårdsverket* ends as names of the one who answers do; that it is known tells it apart.
    """
    if gazetteer is None:
        return frozenset()
    named = {(text[m.start : m.end], m.actor_id) for m in gazetteer.find(text)}
    return frozenset(
        name.lower()
        for name, actor in named
        if name.isalpha() and _is_stranger(gazetteer, actor) and name.lower() not in own
    )


def _is_stranger(gazetteer: Gazetteer, actor: str) -> bool:
    """Tell whether a body is one by itself: no group, and none that any town has."""
    known = gazetteer.get(actor)
    return known is not None and known.kind in _NATIONAL and actor not in gazetteer.groups


def _answers(noun: str, text: str) -> bool:
    """Tell whether a body called so does in the text what only the one who answers does."""
    return any(f"{noun} {verb} " in text for verb in words().answering)


def _found(laid_out: Sequence[Portion], responder: Responder) -> list[_Found]:
    return [
        unit
        for number, portion in enumerate(laid_out)
        for unit in _in_portion(portion, responder, opens=number == 0)
    ]


def _in_portion(portion: Portion, responder: Responder, *, opens: bool) -> Iterator[_Found]:
    early = portion.role == "summary" or opens
    for run, lead_in in _runs(portion.paragraphs, responder):
        read = standpoints([passage.text for passage in run], responder)
        if lead_in and not read:
            read = [_as_led_in(lead_in, run[0].text)]
        for standpoint in read:
            passage = _passage(run, standpoint)
            target = _target(run, standpoint, passage) or portion.target
            yield _Found(standpoint, passage, portion, target, early)


def _as_led_in(lead_in: Standpoint, text: str) -> Standpoint:
    """Return the stance of a lead-in (*Nämnden föreslår:*) for one item of the list below it."""
    return replace(lead_in, start=Place(0, 0), end=Place(0, len(text)))


def _runs(
    paragraphs: Sequence[Passage], responder: Responder
) -> Iterator[tuple[list[Passage], Standpoint | None]]:
    """Yield paragraphs that hang together; each item of a list that is led in stands alone."""
    run: list[Passage] = []
    lead_in: Standpoint | None = None
    for passage, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        if lead_in and _is_item(passage):
            yield [passage], lead_in
            continue
        leads_in = passage.text.endswith(":") and following is not None and _is_item(following)
        read = standpoints([passage.text], responder) if leads_in else []
        lead_in = read[-1] if read else None
        if lead_in:
            yield run, None
            run = []
        else:
            run.append(passage)
    yield run, None


def _is_item(passage: Passage) -> bool:
    piece = passage.pieces[0]
    return piece.block.kind == "list_item" or piece.start > 0


def _passage(paragraphs: Sequence[Passage], standpoint: Standpoint) -> Passage:
    first, last = standpoint.start, standpoint.end
    return join(
        [
            cut(
                paragraphs[number],
                first.offset if number == first.paragraph else 0,
                last.offset if number == last.paragraph else len(paragraphs[number].text),
            )
            for number in range(first.paragraph, last.paragraph + 1)
        ]
    )


def _target(paragraphs: Sequence[Passage], standpoint: Standpoint, passage: Passage) -> str | None:
    """Return the sections that the position names, or that its paragraph named last before it."""
    before = paragraphs[standpoint.start.paragraph].text[: standpoint.start.offset]
    return sections_named(passage.text) or sections_named(before, last=True)


def _united(found: Sequence[_Found], responder: Responder) -> list[_Found]:
    """Return the positions with those of the summary that the body repeats made variants."""
    weights = word_weights(unit.passage.text for unit in found)
    united = list(found)
    for unit in found:
        rest = [other for other in united if other is not unit and not other.early]
        if not unit.early or not rest:
            continue
        scores = [_repeats(unit, other, responder, weights) for other in rest]
        best = max(range(len(rest)), key=lambda number: scores[number])
        if scores[best] >= _least_repeated(unit):
            place = united.index(rest[best])
            united[place] = _with_variant(rest[best], unit)
            united.remove(unit)
    return united


def _least_repeated(unit: _Found) -> float:
    supports = unit.standpoint.label in _FAMILIES and not unit.standpoint.condition
    return REPEATED_SUPPORT if supports else REPEATED


def _with_variant(unit: _Found, early: _Found) -> _Found:
    return replace(unit, variants=(*unit.variants, ("summary", early.passage)))


def _repeats(
    unit: _Found, other: _Found, responder: Responder, weights: Mapping[str, float]
) -> float:
    """Return how much of what a position says another one says too, 0 to 1."""
    labels = unit.standpoint.label, other.standpoint.label
    if len({_FAMILIES.get(label, label) for label in labels}) > 1:
        return 0.0
    wanted, given = (_matter(found, responder) for found in (unit, other))
    if not wanted:  # The proposal as a whole; only the like of it repeats that.
        return float(not given)
    # Below a heading that names the matter, the sentence need not name it again.
    return coverage(wanted, given | content_stems(other.portion.title or ""), weights)


def _matter(unit: _Found, responder: Responder) -> frozenset[str]:
    """Return the stems that tell what a position speaks of."""
    names = {lemma(word) for word in responder.words}
    return content_stems(unit.passage.text) - words().of_every_answer - names


def _recommendation(answer: _Answer, number: int, unit: _Found) -> Recommendation:
    document, sender, text = answer.document, answer.sender, unit.passage.text
    own = (sender.name, *sender.aliases) if sender else ()
    to = addressees(text, answer.gazetteer, own)
    return Recommendation(
        id="",
        document=document.id,
        kind="position",
        position=number,
        title=title(text),
        text=text,
        page=unit.passage.page,
        section=unit.passage.block.section,
        heading=unit.portion.title,
        boxes=unit.passage.boxes,
        anchor=unit.passage.block.anchor,
        level=level_of(to, answer.gazetteer, answer.level),
        modality=modality(text),
        actor=_reserving(unit) or document.sender,
        stance=unit.standpoint.label,
        target_section=unit.target,
        target_document=document.answers,
        confidence=_confidence(unit.standpoint),
        variants=tuple(
            Variant(passage.text, role, passage.page, passage.boxes)
            for role, passage in unit.variants
        ),
        addressees=to,
    )


def _reserving(unit: _Found) -> str | None:
    """Return the parties that reserve, where a position is theirs (*Reservation (XP, YP)*)."""
    said = (unit.portion.title or "", unit.passage.text)
    found = next((match for match in map(_RESERVED.match, said) if match), None)
    return found["parties"].replace(" och ", ", ") if found else None


def _confidence(standpoint: Standpoint) -> float:
    if standpoint.label == "unclear":
        return UNCLEAR_CERTAINTY
    return IMPERSONAL_CERTAINTY if standpoint.weak else CERTAINTY
