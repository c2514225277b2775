"""What is set into the text: boxes, pull quotes and who says them, quotations, tabs at the edge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from corpus.ids import squash
from ingest.columns import MARGIN_WIDTH
from ingest.drafts import LOOSE, SAME_SIZE, Draft, is_terminal
from ingest.footnotes import SAME_POINTS, SMALL
from ingest.layout import Region
from ingest.measures import Measures
from ingest.numbering import heading_number
from ingest.styles import Style
from ingest.wordlists import words

PULL_QUOTE_WORDS = 4
"""Words of the shortest passage that is a pull quote because the text repeats it."""

NEARBY = 40
"""Drafts before and after a pull quote within which the text that it repeats stands."""

QUOTE_INDENT = 1.0
"""Type sizes by which a quotation in italics is set in from the text."""

LONGEST_LABEL = 60
"""Characters within which the label of a proposal in a box ends."""

BAR_LINES = 3
"""Lines of the longest heading in a bar of its own."""

OPENING_QUOTES = '”“»«"'

FEWEST_QUOTES, QUOTE_SHARE = 3, 0.4
"""Sentences of the text that are set in one type from which it is that of pull quotes, and their
part of all that is set in it."""

BESIDE = 4
"""Drafts before and after a pull quote in which the sentence stands that it is taken from."""

_SENTENCE_ENDS = tuple(".!?:")
_ENDS = re.compile(r"[.!…][”\"»]?$")


def mark_asides(drafts: Sequence[Draft], measures: Measures) -> None:
    """Mark what stands in a box or along an edge as an aside.

    But for a heading in a bar of its own, and what the document itself proposes: inquiries and
    bills set *Förslag: …* in boxes. Where most of the text stands in boxes, as on slides, it is the
    text.
    """
    if _is_text_boxed(drafts, measures):
        for draft in drafts:
            draft.lines = [line._replace(box=None) for line in draft.lines]
    inside = Counter((draft.page, draft.lines[0].box) for draft in drafts)
    own = {
        (draft.page, draft.lines[0].box)
        for draft in drafts
        if draft.boxed and _is_standpoint(draft.text)
    }
    for draft in drafts:
        if draft.lines[0].turned and draft.region.beside:
            draft.kind, draft.marker = "aside", None
        box = (draft.page, draft.lines[0].box)
        is_numbered = draft.marker is not None and draft.marker.number is not None
        if not draft.boxed or box in own or not (draft.kind == "paragraph" or is_numbered):
            continue
        alone = inside[box] == 1
        larger = draft.lines[0].size > measures.body.size * (1 + SAME_SIZE)
        if alone and larger and len(draft.lines) <= BAR_LINES and not _ENDS.search(draft.text):
            draft.lines = [line._replace(box=None) for line in draft.lines]
        elif draft.kind == "paragraph":
            draft.kind = "aside"


def _is_text_boxed(drafts: Sequence[Draft], measures: Measures) -> bool:
    """Return whether most letters of the text's own size stand in boxes."""
    boxed = free = 0
    if not any(draft.boxed for draft in drafts):
        return False
    for draft in drafts:
        own = [line for line in draft.lines if abs(line.size - measures.body.size) < SAME_POINTS]
        letters = sum([len(line.text) for line in own])
        if draft.boxed:
            boxed += letters
        else:
            free += letters
    return boxed > free


def mark_margin_notes(drafts: Sequence[Draft], measures: Measures) -> None:
    """Mark as asides notes and captions in the margin: small type beside wider text."""
    limit = SMALL * measures.body.size
    regions: dict[int, dict[int, Region]] = {}
    for draft in drafts:
        if draft.lines[0].size > limit:
            regions.setdefault(draft.page, {})[id(draft.region)] = draft.region
    for draft in drafts:
        region = draft.region
        if draft.kind != "paragraph" or draft.lines[0].turned or not region.beside:
            continue
        texts = regions.get(draft.page, {}).values()
        if all(line.size <= limit for line in region.lines) and any(
            _is_wider_beside(text, region, draft) for text in texts
        ):
            draft.kind = "aside"


def _is_wider_beside(text: Region, region: Region, draft: Draft) -> bool:
    """Return whether a region is much wider than another and stands beside a draft in that."""
    return (
        region.x1 - region.x0 <= MARGIN_WIDTH * (text.x1 - text.x0)
        and (text.x0 >= region.x1 or text.x1 <= region.x0)
        and text.lines[0].top < draft.lines[-1].bottom
        and text.lines[-1].bottom > draft.lines[0].top
    )


def _is_standpoint(text: str) -> bool:
    """Return whether a text opens with a label such as *Utredningens förslag:*."""
    label, colon, _rest = text[:LONGEST_LABEL].partition(":")
    return bool(colon) and not words()["standpoints"].isdisjoint(label.casefold().split())


def mark_quotes(drafts: Sequence[Draft], measures: Measures) -> None:
    """Mark pull quotes, which repeat the text or stand out of it, and quotations set in."""
    looks = _looks_of_quotes(drafts, measures)
    for place, draft in enumerate(drafts):
        if draft.kind == "paragraph" and draft.lines[0].style in looks:
            draft.kind = "quote"
            continue
        if draft.kind != "paragraph" or len(draft.text.split()) < PULL_QUOTE_WORDS:
            continue
        if heading_number(draft.text)[0]:
            continue
        stands_out = _stands_out(draft, measures)
        if (
            (_is_inset(draft, measures) and _is_beside(drafts, place))
            or (stands_out and _repeats(drafts, place) and _is_set_in(drafts, place, measures))
            or (
                not _is_lead(drafts, place, measures)
                and (
                    (stands_out and _ENDS.search(draft.text) and _is_colored(draft, measures))
                    or _is_quotation(draft, measures)
                )
            )
        ):
            draft.kind = "quote"
            _mark_speaker(drafts, place, measures)


def _looks_of_quotes(drafts: Sequence[Draft], measures: Measures) -> frozenset[Style]:
    """Return the type in which most passages are sentences taken from the text near them.

    It is the type of pull quotes, wherever they stand and whether the text says the same or not.
    """
    found: Counter[Style] = Counter()
    others: Counter[Style] = Counter()
    for place, draft in enumerate(drafts):
        if draft.kind == "paragraph" and _stands_out(draft, measures):
            counts = found if _takes_sentence(drafts, place) else others
            counts[draft.lines[0].style] += 1
    return frozenset(
        style
        for style, count in found.items()
        if count >= max(FEWEST_QUOTES, QUOTE_SHARE * (count + others[style]))
    )


def _takes_sentence(drafts: Sequence[Draft], place: int) -> bool:
    """Return whether a passage is a sentence, its beginning or end, of the text near it.

    The text right below a heading may begin with the heading's words.
    """
    draft = drafts[place]
    if len(draft.text.split()) < PULL_QUOTE_WORDS or heading_number(draft.text)[0]:
        return False
    said = _squashed(draft.text)
    near = drafts[max(0, place - BESIDE) : place + BESIDE + 1]
    for index, other in enumerate(near, start=max(0, place - BESIDE)):
        whole = _squashed(other.text)
        at = whole.find(said) if index != place else -1
        if at < 0 or (at == 0 and index == place + 1):
            continue
        places = [n for n, letter in enumerate(other.text) for _ in squash(letter).casefold()]
        if len(places) != len(whole):
            continue
        before, after = other.text[: places[at]], other.text[places[at + len(said) - 1] + 1 :]
        if not before or is_terminal(before.rstrip()) or after[:1] in _SENTENCE_ENDS:
            return True
    return False


def _repeats(drafts: Sequence[Draft], place: int) -> bool:
    """Return whether the text near a draft holds what the draft says."""
    said = _squashed(drafts[place].text)
    around = (*drafts[max(0, place - NEARBY) : place], *drafts[place + 1 : place + NEARBY])
    return any(said in _squashed(other.text) for other in around)


@lru_cache(maxsize=4 * NEARBY)
def _squashed(text: str) -> str:
    return squash(text).casefold()


def _mark_speaker(drafts: Sequence[Draft], place: int, measures: Measures) -> None:
    """Mark as an aside the line right under a quote that tells, in another type, who says it."""
    quote, below = drafts[place], drafts[place + 1] if place + 1 < len(drafts) else None
    if below is None or below.region is not quote.region or len(below.lines) > 1:
        return
    style, size = below.lines[0].style, quote.lines[0].size
    if style.size > size * (1 + SAME_SIZE) or heading_number(below.text)[0]:
        return
    other_type = style.font != measures.body.font or style.size != measures.body.size
    near = below.gap < LOOSE * 2 * measures.leading(size)
    if other_type and near and not is_terminal(below.text) and below.kind == "paragraph":
        below.kind = "aside"


def _is_inset(draft: Draft, measures: Measures) -> bool:
    """Return whether a draft's region is set into the text and holds only what stands out."""
    if not draft.region.inset:
        return False
    is_bold = all(line.style.bold > measures.body.bold for line in draft.region.lines)
    return _stands_alone(draft, measures) or (is_bold and bool(_ENDS.search(draft.text)))


def _stands_alone(draft: Draft, measures: Measures) -> bool:
    """Return whether all that stands in the region of a draft stands out: a heading has text."""
    return all(
        line.size > measures.body.size * (1 + SAME_SIZE) or line.style.color != measures.body.color
        for line in draft.region.lines
    )


def _is_lead(drafts: Sequence[Draft], place: int, measures: Measures) -> bool:
    """Return whether a draft leads in the text below the heading that it stands right under."""
    draft, above = drafts[place], drafts[place - 1] if place else None
    if above is None or above.page != draft.page or draft.text[:1] in OPENING_QUOTES:
        return False
    style = above.lines[0].style
    heads = style.size > measures.body.size * (1 + SAME_SIZE) or style.bold > measures.body.bold
    return heads and style != draft.lines[0].style and not _ENDS.search(above.text)


def _is_set_in(drafts: Sequence[Draft], place: int, measures: Measures) -> bool:
    """Return whether a draft that repeats the text stands inside or beside it, and heads none."""
    draft = drafts[place]
    heads_text = not (_ENDS.search(draft.text) or _stands_alone(draft, measures))
    return interrupts(drafts, place) or (_is_beside(drafts, place) and not heads_text)


def _is_beside(drafts: Sequence[Draft], place: int) -> bool:
    """Return whether a draft stands beside running text."""
    draft = drafts[place]
    top, bottom = draft.lines[0].top, draft.lines[-1].bottom
    return draft.region.beside and any(
        line.top < bottom and line.bottom > top
        for other in drafts[max(0, place - NEARBY) : place + NEARBY]
        if other is not draft and other.page == draft.page and len(other.lines) > 2
        for line in other.lines
        if line.page == draft.page
    )


def interrupts(drafts: Sequence[Draft], place: int) -> bool:
    """Return whether a draft stands inside a sentence of the text around it."""
    before = next((d for d in reversed(drafts[:place]) if d.kind == "paragraph"), None)
    after = next((d for d in drafts[place + 1 :] if d.kind == "paragraph"), None)
    return (
        before is not None
        and after is not None
        and (not is_terminal(before.text) and after.text[:1].islower())
    )


def _stands_out(draft: Draft, measures: Measures) -> bool:
    larger = draft.lines[0].size > measures.body.size * (1 + SAME_SIZE)
    return larger or _is_colored(draft, measures)


def _is_colored(draft: Draft, measures: Measures) -> bool:
    return all(line.style.color != measures.body.color for line in draft.lines)


def _is_quotation(draft: Draft, measures: Measures) -> bool:
    first = draft.lines[0]
    if draft.text.endswith(":") or (first.style.bold and not measures.body.bold):
        return False
    italic = all(line.style.italic for line in draft.lines) and not measures.body.italic
    set_in = min(line.x0 for line in draft.lines) - draft.region.x0 > QUOTE_INDENT * first.size
    return italic and set_in and (len(draft.lines) > 1 or is_terminal(draft.text))
