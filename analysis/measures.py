"""Splits the measures out of a strategy or action plan: list entry and body section are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from analysis import addressees as naming
from analysis.levels import level_of, level_of_document
from analysis.likeness import content_stems, coverage, likeness, word_weights
from analysis.measure_forms import (
    Form,
    Listing,
    Stated,
    listings,
    patterns,
)
from analysis.measure_sections import OPENING_BLOCKS, find_sections, own_blocks
from analysis.obligation import bare_deadline, deadline, modality, states_action, title
from analysis.outline import Part, english_places, flow, item, parts, without_english
from analysis.passages import Passage, Piece, whole
from analysis.sentences import sentences
from corpus.actors import Gazetteer
from corpus.models import Addressee, Block, Document, Level, Recommendation, Variant, VariantRole

SET_OFF_SENTENCES = 2
"""Sentences of an opening paragraph that states the measure as a whole (a set-off ingress)."""
SAME_WORDING = 0.75
"""Likeness from which two statements are one measure stated twice."""
ALIGNED_SHARE = 0.5
"""Share of a list's entries with a section of their own from which it is the strategy's summary
list, and what its sections list are particulars."""
AREAS = 1.5
"""Times as many measures as entries that the sections must list for the entries to be areas."""
BRIEF_WORDS = 5
"""Words of the longest directive that announces measures beside other lists of them: *Under
perioden ska kommunen:* has five; longer ones speak of one matter within a section."""
CONFIDENCE: Mapping[Form, float] = {
    "list": 0.9,
    "numbered": 0.9,
    "table": 0.8,
    "chapter": 0.6,
    "directive": 0.5,
}
"""How far a form of statement is trusted; a section of its own adds to it."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure that was chosen, with its section and other wordings."""

    stated: Stated
    form: Form
    announcement: str
    part: Part | None = None
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class _Setting:
    """The document that is split, as its parts are read."""

    document: Document
    gazetteer: Gazetteer | None
    blocks: Sequence[Block]
    outline: Sequence[Part]
    level: Level | None


def measures(document: Document, gazetteer: Gazetteer | None = None) -> tuple[Recommendation, ...]:
    """Return the measures of a strategy in the order in which it lists them."""
    everything = flow(document)
    blocks = without_english(everything)
    outline = parts(blocks)
    chosen = _chosen(blocks, outline)
    translated = _translations(chosen, everything)
    level = level_of_document(document, gazetteer)
    setting = _Setting(document, gazetteer, blocks, outline, level)
    return tuple(
        _recommendation(setting, measure, place, translated.get(place))
        for place, measure in enumerate(chosen)
    )


def _chosen(blocks: Sequence[Block], outline: Sequence[Part]) -> list[_Measure]:
    """Return one measure for each that the strategy announces, however often it states it."""
    every = listings(blocks)
    found = _strongest(every)
    sections = {listing.place: find_sections(listing, blocks, outline) for listing in found}
    found = [one for one in found if not _lists_areas(one, sections[one.place], found)]
    summary = [one for one in found if _is_summary(one, sections[one.place])]
    complete = [one for one in summary if one.is_complete]
    if not summary and {one.form for one in found} == {"list"}:
        found += [one for one in every if _is_brief_directive(one)]
    chosen: list[_Measure] = []
    for listing in complete or sorted(found, key=lambda one: (one not in summary, one.place)):
        chosen = _with(chosen, listing, sections.get(listing.place, {}), blocks)
    return chosen


def _strongest(found: Sequence[Listing]) -> list[Listing]:
    """Return the announced measures; only where there are none, the weaker forms."""
    for forms in ({"list", "numbered", "table"}, {"chapter"}, {"directive"}):
        kept = [listing for listing in found if listing.form in forms]
        if kept:
            return kept
    return []


def _is_brief_directive(listing: Listing) -> bool:
    """Return whether a list stands under nothing but *Vi ska:*; it announces like a heading."""
    is_brief = len(listing.announcement.split()) <= BRIEF_WORDS
    return listing.form == "directive" and is_brief


def _is_summary(listing: Listing, sections: Mapping[int, Part]) -> bool:
    own = listing.form in {"list", "table"}
    return own and len(sections) >= ALIGNED_SHARE * len(listing.measures)


def _lists_areas(listing: Listing, sections: Mapping[int, Part], found: Sequence[Listing]) -> bool:
    """Return whether the entries are areas, whose sections list the measures themselves."""
    if not _is_summary(listing, sections):
        return False
    inner = [one for one in found if any(_within(one.place, part) for part in sections.values())]
    count = sum(len(one.measures) for one in inner)
    holding = {id(p) for p in sections.values() if any(_within(o.place, p) for o in inner)}
    return len(holding) > len(sections) / 2 and count >= AREAS * len(listing.measures)


def _within(place: int, part: Part) -> bool:
    return part.start <= place < part.end


def _with(
    chosen: list[_Measure],
    listing: Listing,
    sections: Mapping[int, Part],
    blocks: Sequence[Block],
) -> list[_Measure]:
    """Return the measures with those of a further list, what is stated again as variants."""
    before = len(chosen)
    stated_texts = [one.passage.text for one in listing.measures]
    weights = word_weights([*(m.stated.passage.text for m in chosen), *stated_texts])
    result = list(chosen)
    for number, stated in enumerate(listing.measures):
        again = _stated_before(stated, result[:before], weights)
        if again is not None:
            result[again] = _repeated(result[again], stated, sections.get(number))
        elif not any(m.part and _within(stated.place, m.part) for m in result[:before]):
            result.append(
                _Measure(stated, listing.form, listing.announcement, sections.get(number))
            )
    return result


def _stated_before(
    stated: Stated, chosen: Sequence[_Measure], weights: Mapping[str, float]
) -> int | None:
    for place, measure in enumerate(chosen):
        if stated.number and "." in stated.number and stated.number == measure.stated.number:
            return place
        if likeness(stated.passage.text, measure.stated.passage.text, weights) >= SAME_WORDING:
            return place
    return None


def _repeated(measure: _Measure, stated: Stated, part: Part | None) -> _Measure:
    merged = replace(
        measure.stated,
        responsible=measure.stated.responsible or stated.responsible,
        time=measure.stated.time or stated.time,
    )
    variant = variant_of(stated.passage, "reprint")
    return replace(
        measure,
        stated=merged,
        part=measure.part or part,
        variants=(*measure.variants, variant),
    )


def variant_of(passage: Passage, role: VariantRole) -> Variant:
    """Return a passage as another wording of a recommendation."""
    return Variant(passage.text, role, passage.page, passage.boxes)


def _recommendation(
    setting: _Setting, measure: _Measure, place: int, translation: Passage | None
) -> Recommendation:
    document, gazetteer, blocks = setting.document, setting.gazetteer, setting.blocks
    stated, part = measure.stated, measure.part
    name = stated.passage.text
    body = _body(measure, blocks)
    stating = _stating(name, body) if body else []
    passage = stated.passage
    if measure.form == "chapter" and stating and not states_action(name):
        passage, stating = stating[0], stating[1:]
    text = passage.text
    variants = [variant_of(other, "body") for other in stating]
    if translation:
        variants.append(variant_of(translation, "translation"))
    heading = part.heading if part else _nearest_heading(stated, blocks)
    wordings = [text, *(other.text for other in stating)]
    own = [] if measure.form == "table" else [stated.passage.block]
    fields = _fields([*own, *body])
    time = stated.time or fields.get("time")
    to = _addressees(wordings, stated.responsible or fields.get("responsible"), body, gazetteer)
    to = to or naming.doing(text, gazetteer) or _named_later(body, gazetteer)
    to = to or naming.own_doing(" ".join(wordings))
    return Recommendation(
        id="",
        document=document.id,
        kind="measure",
        position=place,
        title=title(name),
        text=text,
        page=passage.page,
        section=passage.block.section,
        heading=_heading(heading),
        boxes=passage.boxes,
        anchor=passage.block.anchor,
        level=_level(measure, setting.outline) or _level_by_body(to, setting),
        modality=next((found for found in map(modality, wordings) if found), None),
        actor=document.sender,
        deadline=bare_deadline(time) if time else _first(deadline(w) for w in wordings),
        confidence=min(CONFIDENCE[measure.form] + (0.1 if part else 0.0), 1.0),
        body="\n\n".join(block.text for block in body) or None,
        body_section=part.heading.section if part else None,
        variants=tuple(_unlike(text, [*variants, *measure.variants])),
        addressees=to,
    )


def _level_by_body(to: Sequence[Addressee], setting: _Setting) -> Level | None:
    """Return the level of a local or regional body's own plan, else of those who are to act."""
    if setting.level in {"local", "regional"}:
        return setting.level
    return level_of(to, setting.gazetteer) or setting.level


def _named_later(body: Sequence[Block], gazetteer: Gazetteer | None) -> tuple[Addressee, ...]:
    """Return who is to act by the first sentence of a section that obliges a known body.

    Bodies named by their kind (*kommunerna*) are there more often those who are concerned. Where no
    one is obliged, the one who has begun the work is to go on with it.
    """
    said = _said(body)
    acting = (naming.addressees(sentence, gazetteer) for sentence in said)
    known = (
        tuple(one for one in found if one.actor and gazetteer and one.actor not in gazetteer.groups)
        for found in acting
    )
    begun = (naming.begun_by(sentence, gazetteer) for sentence in said)
    return next((found for found in chain(known, begun) if found), ())


def _said(body: Sequence[Block]) -> list[str]:
    """Return the sentences of a section."""
    return [block.text[start:end] for block in body for start, end in sentences(block.text)]


def _first(found: Iterable[str | None]) -> str | None:
    return next((one for one in found if one), None)


def _unlike(text: str, variants: Iterable[Variant]) -> Iterator[Variant]:
    """Yield the variants that say it otherwise, each wording once."""
    seen = {text}
    for variant in variants:
        if variant.text not in seen or variant.role == "reprint":
            seen.add(variant.text)
            yield variant


def _heading(block: Block | None) -> str | None:
    if block is None:
        return None
    return f"{block.number} {block.text}" if block.number else block.text


def _nearest_heading(stated: Stated, blocks: Sequence[Block]) -> Block | None:
    before = blocks[: stated.place]
    return next((block for block in reversed(before) if block.kind == "heading"), None)


def _body(measure: _Measure, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that belong to a measure beside its statement."""
    if measure.part:
        return own_blocks(measure.part, blocks)
    if measure.form != "numbered":
        return []
    after: list[Block] = []
    for block in blocks[measure.stated.place + 1 :]:
        if block.kind == "heading" or patterns().numbered.match(block.text):
            break
        after.append(block)
    return after


def _stating(text: str, body: Sequence[Block]) -> list[Passage]:
    """Return the sentences that open a measure's section and say what is to be done.

    A short opening paragraph is taken whole; and the sentence of obligation that has most words
    of the list entry.
    """
    found: list[Passage] = []
    opening = next((block for block in body if item(block) is None), None)
    if opening and _is_set_off(opening):
        found.append(whole(opening))
    wanted = content_stems(text)
    best: tuple[float, Passage] | None = None
    for block in body[:OPENING_BLOCKS]:
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            if not states_action(sentence):
                continue
            score = coverage(wanted, content_stems(sentence), {}) + (block is opening) * 0.3
            if best is None or score > best[0]:
                best = (score, Passage((Piece(block, start, end),)))
    if best and not any(best[1].text in passage.text for passage in found):
        found.append(best[1])
    return found


def _is_set_off(block: Block) -> bool:
    return states_action(block.text) and len(sentences(block.text)) <= SET_OFF_SENTENCES


def _fields(body: Sequence[Block]) -> dict[str, str]:
    """Return what the fields of a measure say (*Ansvarig: socialnämnden*)."""
    found: dict[str, str] = {}
    for block in body:
        for name, pattern in patterns().fields.items():
            match = re.search(rf"(?:^|(?<=[.;]\s)){pattern.pattern}", block.text, re.I)
            if match:
                value = block.text[match.end() :]
                others = "|".join(other.pattern for other in patterns().fields.values())
                found.setdefault(name, re.split(rf"[.;]\s|\s(?:{others})", value, flags=re.I)[0])
    return found


def _level(measure: _Measure, outline: Sequence[Part]) -> Level | None:
    """Return the level by the group's heading, the section's chapter, then the wording."""
    texts = [measure.stated.group or "", measure.announcement]
    part = measure.part
    while part:
        texts.append(part.heading.text)
        part = outline[part.parent] if part.parent is not None else None
    texts.append(measure.stated.passage.text)
    return _first_level(texts)


def _first_level(texts: Iterable[str]) -> Level | None:
    for text in texts:
        named: list[Level] = [
            level  # type: ignore[misc]
            for level, pattern in patterns().levels.items()
            if pattern.search(text)
        ]
        if len(named) == 1:
            return named[0]
    return None


def _addressees(
    wordings: Sequence[str],
    responsible: str | None,
    body: Sequence[Block],
    gazetteer: Gazetteer | None,
) -> tuple[Addressee, ...]:
    """Return those who answer for a measure, are to act by its wordings, or by their duty."""
    named = naming.listed(responsible, gazetteer) if responsible else ()
    if responsible and not named:
        named = (Addressee(responsible.strip(" .")),)
    acting = (one for text in wordings for one in naming.addressees(text, gazetteer))
    bound = (one for text in _said(body) for one in naming.bound(text, gazetteer))
    return naming.without_repeats((*named, *acting, *bound))


def _translations(chosen: Sequence[_Measure], everything: Sequence[Block]) -> dict[int, Passage]:
    """Return the English wording of each measure, where a list of just as many groups has it."""
    groups: list[list[Passage]] = []
    previous = None
    english = english_places(everything)
    for place, block in enumerate(everything):
        entry = item(block) if place in english else None
        if entry:
            if previous is None or item(previous) is None:
                groups.append([])
            groups[-1].append(entry)
        previous = block
    sizes = _group_sizes(chosen)
    for start in range(len(groups)):
        if [len(group) for group in groups[start : start + len(sizes)]] == sizes:
            entries = [entry for group in groups[start : start + len(sizes)] for entry in group]
            return dict(enumerate(entries))
    return {}


def _group_sizes(chosen: Sequence[_Measure]) -> list[int]:
    """Return how many measures there are in each group of the Swedish list."""
    sizes: list[int] = []
    group: object = object()
    for measure in chosen:
        if measure.stated.group != group:
            sizes.append(0)
            group = measure.stated.group
        sizes[-1] += 1
    return sizes
