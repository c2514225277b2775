"""Splits the recommendations out of an audit report: what is given twice is one, with variants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis import addressees as naming
from analysis.alignment import pair_best
from analysis.audit_forms import Advice, Zone, zones
from analysis.audit_patterns import heading_text, patterns
from analysis.levels import level_of, level_of_document
from analysis.likeness import content_stems, coverage, likeness, word_weights
from analysis.obligation import deadline, modality, title
from analysis.outline import depth, flow, parts, without_english
from analysis.passages import Passage, Piece
from analysis.sentences import sentences
from corpus.actors import Gazetteer
from corpus.models import (
    Addressee,
    Block,
    Document,
    Level,
    Recommendation,
    Variant,
    VariantRole,
)

MOST_COMPLETE = 0.8
"""Share of the longest list's length from which a later list counts as complete: the summary may
split one recommendation in two, so the last list need not be the longest."""
SAME_STATEMENT = 0.36
"""Likeness from which a sentence in the text says what a recommendation says. In two audits with
marked variants those of the same matter have 0.34 to 0.77, others at most 0.30."""
MOST_STATEMENTS = 2
"""Variants from the text that a recommendation gets at most; more are repeats of findings."""
HEAD_LETTERS = 7
"""Letters that the names of a body and its kind share (*stadsdelsnämnderna*, *Stadsdelsnämnden
A*): the shortest that tells kommunstyrelse from kommunfullmäktige is 7."""
CONFIDENCE_IN_LIST = 0.95
CONFIDENCE_IN_TEXT = 0.7
"""How far a recommendation is trusted that stands in a list, and in a sentence of the text."""

_GENERIC = re.compile(
    r"(?:\w+ ){0,2}(?:nämnd|styrelse|kommun|stad|region|förvaltning|verksamhet|bolag|myndighet)"
    r"(?:en|et|n|er|ar|erna|arna|rna)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Given:
    """A recommendation with its other wordings."""

    advice: Advice
    variants: tuple[Variant, ...] = ()


def recommendations(
    document: Document, gazetteer: Gazetteer | None = None
) -> tuple[Recommendation, ...]:
    """Return the recommendations of an audit report in the order of its final list."""
    blocks = without_english(flow(document))
    found = [_without_repeats(zone) for zone in zones(blocks, gazetteer)]
    if not found:
        return ()
    given = _merged(found, blocks)
    given = _with_statements(given, found, blocks, gazetteer)
    default = _audited(document, blocks, gazetteer)
    context = level_of_document(document, gazetteer)
    return tuple(
        _recommendation(document, gazetteer, one, place, default, context)
        for place, one in enumerate(given)
    )


def _without_repeats(zone: Zone) -> Zone:
    """Return a zone without what is printed again after a page break."""
    kept: dict[tuple[str, str], Advice] = {}
    for advice in zone.advice:
        kept.setdefault((advice.passage.text.casefold(), _key(advice)), advice)
    return replace(zone, advice=tuple(kept.values()))


def _key(advice: Advice) -> str:
    return "|".join(sorted(a.actor or a.named.casefold() for a in advice.addressees))


def _merged(found: Sequence[Zone], blocks: Sequence[Block]) -> list[_Given]:
    """Return one of each recommendation: the final list's wording, the others as variants."""
    final = _final(found)
    given = [_Given(advice) for advice in final.advice]
    weights = word_weights(advice.passage.text for zone in found for advice in zone.advice)
    summary = _summary_places(blocks)
    for zone in found:
        if zone is final:
            continue
        pairs = _same(zone.advice, [one.advice for one in given], weights)
        for place, advice in enumerate(zone.advice):
            if place in pairs:
                role: VariantRole = "summary" if advice.place in summary else "body"
                given[pairs[place]] = _with_variant(given[pairs[place]], advice.passage, role)
            else:
                given.append(_Given(advice))
    return sorted(given, key=lambda one: one.advice.place)


def _final(found: Sequence[Zone]) -> Zone:
    """Return the last complete list; sentences of the text are one only where nothing is listed."""
    counts = [sum(one.listed for one in zone.advice) or 0.1 * len(zone.advice) for zone in found]
    complete = [n for n, count in enumerate(counts) if count >= MOST_COMPLETE * max(counts)]
    return found[complete[-1]]


def _same(
    others: Sequence[Advice], given: Sequence[Advice], weights: Mapping[str, float]
) -> dict[int, int]:
    """Return which of ``given`` each of ``others`` repeats, one to one.

    Addressee by addressee first; then what says the same, to whomever.
    """
    pairs: dict[int, int] = {}
    for key in dict.fromkeys(_key(advice) for advice in others):
        first = [n for n, advice in enumerate(others) if _key(advice) == key]
        second = [n for n, one in enumerate(given) if _key(one) == key and n not in pairs.values()]
        matched = pair_best(_matrix(others, given, first, second, weights))
        _pair_the_rest(matched, len(first), len(second))
        pairs.update({first[n]: second[m] for n, m in matched.items()})
    first = [n for n in range(len(others)) if n not in pairs]
    second = [n for n in range(len(given)) if n not in pairs.values()]
    matched = pair_best(_matrix(others, given, first, second, weights), SAME_STATEMENT)
    return pairs | {first[n]: second[m] for n, m in matched.items()}


def _matrix(
    others: Sequence[Advice],
    given: Sequence[Advice],
    first: Sequence[int],
    second: Sequence[int],
    weights: Mapping[str, float],
) -> list[list[float]]:
    return [
        [likeness(others[i].passage.text, given[j].passage.text, weights) for j in second]
        for i in first
    ]


def _pair_the_rest(matched: dict[int, int], first: int, second: int) -> None:
    """Pair what is left in order where one body has as many recommendations in both lists."""
    if first != second or not matched:
        return
    left = [n for n in range(second) if n not in matched.values()]
    for place in range(first):
        if place not in matched:
            matched[place] = left.pop(0)


def _with_variant(one: _Given, passage: Passage, role: VariantRole) -> _Given:
    if any(passage.text == variant.text for variant in one.variants):
        return one
    variant = Variant(passage.text, role, passage.page, passage.boxes)
    return replace(one, variants=(*one.variants, variant))


def _summary_places(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places that belong to a summary, or stand before the first numbered chapter."""
    places: set[int] = set()
    outline = parts(blocks)
    for part in outline:
        text = heading_text(part.heading)
        if patterns().summary.fullmatch(text) and not patterns().heading.fullmatch(text):
            places.update(range(part.start, part.end))
    numbered = [p.start for p in outline if depth(p.heading) == 1 and _has_number(p.heading)]
    places.update(range(numbered[0] if numbered else 0))
    return frozenset(places)


def _has_number(heading: Block) -> bool:
    return bool(heading.number) or heading.text[:1].isdigit()


def _with_statements(
    given: Sequence[_Given],
    found: Sequence[Zone],
    blocks: Sequence[Block],
    gazetteer: Gazetteer | None,
) -> list[_Given]:
    """Return the recommendations with the sentences of the text that say the same."""
    inside = {advice.place for zone in found for advice in zone.advice}
    summary = _summary_places(blocks)
    stated = [
        (place, passage)
        for place, block in enumerate(blocks)
        if block.kind == "paragraph" and place not in inside
        for passage in _assessments(block)
    ]
    weights = word_weights(block.text for block in blocks if block.kind == "paragraph")
    return [
        _with_best(
            one,
            [
                (_says(one.advice, passage, weights, gazetteer), place, passage)
                for place, passage in stated
            ],
            summary,
        )
        for one in given
    ]


def _with_best(
    one: _Given, scored: Sequence[tuple[float, int, Passage]], summary: frozenset[int]
) -> _Given:
    """Return a recommendation with the sentences that say it best, each wording once."""
    likely = [statement for statement in scored if statement[0] >= SAME_STATEMENT]
    wordings: dict[str, tuple[int, Passage]] = {}
    for _, place, passage in sorted(likely, key=lambda s: (-s[0], -s[1])):
        wordings.setdefault(passage.text, (place, passage))
    for place, passage in list(wordings.values())[:MOST_STATEMENTS]:
        one = _with_variant(one, passage, "summary" if place in summary else "body")
    return one


def _assessments(block: Block) -> list[Passage]:
    """Return the sentences of a paragraph that say that something is to be done."""
    found = []
    for start, end in sentences(block.text):
        sentence = block.text[start:end]
        is_obliging = modality(sentence) in {"ska", "måste", "behöver", "bör"}
        if is_obliging and patterns().assessing.search(sentence):
            found.append(Passage((Piece(block, start, end),)))
    return found


def _says(
    advice: Advice, passage: Passage, weights: Mapping[str, float], gazetteer: Gazetteer | None
) -> float:
    """Return how likely a sentence says what a recommendation says, to the same bodies."""
    acting = naming.addressees(passage.text, gazetteer, patterns().auditors)
    if acting and advice.addressees and not _compatible(acting, advice.addressees):
        return 0.0
    return _alike(content_stems(advice.passage.text), content_stems(passage.text), weights)


def _alike(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    precision, recall = coverage(other, one, weights), coverage(one, other, weights)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _compatible(some: Iterable[Addressee], others: Sequence[Addressee]) -> bool:
    """Return whether two namings can mean the same body (*nämnderna*, *Socialnämnden*)."""
    heads = {other.named[:HEAD_LETTERS].casefold() for other in others}
    return any(
        _GENERIC.fullmatch(one.named) or one.named[:HEAD_LETTERS].casefold() in heads
        for one in some
    )


def _audited(
    document: Document, blocks: Sequence[Block], gazetteer: Gazetteer | None
) -> tuple[Addressee, ...]:
    """Return the audited body, where a report names exactly one."""
    texts = [
        document.title,
        *(
            " ".join(block.text for block in blocks[part.start + 1 : part.end])
            for part in parts(blocks)
            if patterns().audited.fullmatch(heading_text(part.heading))
        ),
    ]
    for text in reversed(texts):
        named = naming.listed(text, gazetteer)
        if len(named) == 1:
            return named
    return ()


def _recommendation(
    document: Document,
    gazetteer: Gazetteer | None,
    one: _Given,
    place: int,
    default: tuple[Addressee, ...],
    context: Level | None,
) -> Recommendation:
    passage = one.advice.passage
    heading = one.advice.heading
    to = one.advice.addressees or default
    return Recommendation(
        id="",
        document=document.id,
        kind="recommendation",
        position=place,
        title=title(passage.text),
        text=passage.text,
        page=passage.page,
        section=passage.block.section,
        heading=_named(heading),
        boxes=passage.boxes,
        anchor=passage.block.anchor,
        level=level_of(to, gazetteer, context) or context,
        modality=modality(passage.text),
        actor=document.sender,
        deadline=deadline(passage.text),
        confidence=CONFIDENCE_IN_LIST if one.advice.listed else CONFIDENCE_IN_TEXT,
        variants=one.variants,
        addressees=to,
    )


def _named(heading: Block | None) -> str | None:
    if heading is None:
        return None
    return f"{heading.number} {heading.text}" if heading.number else heading.text
