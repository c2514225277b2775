"""Headings in the text's own type, which only the space around them tells.

So they stand in typewritten text, and in small capitals that a font has drawings of its own for:
the file then gives small letters of the text's size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.drafts import FREE_SHARE, LOOSE, SAME_SIZE, Draft, is_terminal, is_unfinished
from ingest.measures import Measures
from ingest.numbering import heading_number, list_marker

FEWEST_ALIKE = 4
"""Such lines from which they are headings of a document."""

FEWEST_IN_FONT = 3
"""Short lines in another font from which it is that of headings."""

MOST_LINES_IN_FONT = 2
"""Lines of the longest heading that another font tells."""

MORE_SPACE = 1.12
"""Space above a heading in spaces between paragraphs, at least."""

LESS_BELOW = 0.97
"""Space below a heading in spaces above it, at most."""

LONGEST = 80
"""Characters of the longest heading in plain type."""

FEWEST_LETTERS = 4


def plain_headings(drafts: Sequence[Draft], measures: Measures) -> frozenset[int]:
    """Return the ids of paragraphs that are headings by the space above and below them alone."""
    gaps = [
        draft.gap / measures.leading(draft.lines[0].size)
        for above, draft in pairwise(drafts)
        if above.kind == draft.kind == "paragraph" and draft.gap > 0 and len(draft.lines) > 1
    ]
    if len(gaps) < FEWEST_ALIKE:
        return frozenset()
    usual = median(gaps)
    found = [
        draft
        for before, draft, following in zip(drafts, drafts[1:], drafts[2:], strict=False)
        if _is_plain_line(draft, measures)
        and _heads(before, draft, following, usual * measures.leading(draft.lines[0].size))
    ]
    texts = {draft.text for draft in found}
    plain = found if len(texts) >= FEWEST_ALIKE else []
    return frozenset(map(id, [*plain, *_in_other_font(drafts, measures)]))


def _in_other_font(drafts: Sequence[Draft], measures: Measures) -> list[Draft]:
    """Return the short lines in one other font than the text's, each apart from what is above.

    Sans serif type heads text with serifs so, in the same size and weight. Fonts of dots, as TeX
    sets them without outlines, have no name: where the text's has one, they are another.
    """
    own = measures.body.font.partition("-")[0]
    if not own:
        return []
    found = [
        draft
        for draft, following in pairwise(drafts)
        if following.kind in ("paragraph", "list_item")
        and _is_in_text_size(draft, measures)
        and (len(draft.lines) == MOST_LINES_IN_FONT or _is_short_line(draft, measures))
        and not draft.text.endswith((".", "!", "?"))
        and _family(draft) not in (_family(following), own)
        and (not draft.gap or draft.gap > LOOSE * measures.leading(draft.lines[0].size))
    ]
    counts = Counter(map(_family, found))
    return [draft for draft in found if counts[_family(draft)] >= FEWEST_IN_FONT]


def _family(draft: Draft) -> str:
    """Return the name of the font of a draft's first line without its weight."""
    return draft.lines[0].style.font.partition("-")[0]


def _is_plain_line(draft: Draft, measures: Measures) -> bool:
    """Return whether a draft is a short line that ends before the edge, and no sentence."""
    text = draft.text
    return _is_short_line(draft, measures) and text[0].isupper() and not is_terminal(text)


def _is_short_line(draft: Draft, measures: Measures) -> bool:
    """Return whether a draft is a short line in the text's size that ends before the edge."""
    line = draft.lines[0]
    width = draft.region.x1 - draft.region.x0
    return (
        len(draft.lines) == 1
        and _is_in_text_size(draft, measures)
        and measures.right(line, draft.region) - line.x1 > FREE_SHARE / 2 * width
    )


def _is_in_text_size(draft: Draft, measures: Measures) -> bool:
    """Return whether a draft is a paragraph in the text's size whose words can be a heading."""
    line, text, body = draft.lines[0], heading_number(draft.text)[1], measures.body
    if draft.kind != "paragraph" or draft.boxed or line.turned:
        return False
    if abs(line.size - body.size) > SAME_SIZE * body.size or line.style.italic != body.italic:
        return False
    return (
        len(text) <= LONGEST
        and sum(map(str.isalpha, text)) >= FEWEST_LETTERS
        and text[0].isupper()
        and not is_unfinished(text)
        and list_marker(text) is None
    )


def _heads(before: Draft, draft: Draft, following: Draft, usual: float) -> bool:
    """Return whether a line ends what is before it and stands nearer to the text that follows."""
    body = following.lines[0]
    return (
        following.kind == "paragraph"
        and following.region is draft.region
        and len(following.lines) > 1
        and following.text[:1].isupper()
        and abs(body.size - draft.lines[0].size) <= SAME_SIZE * body.size
        and (before.region is not draft.region or draft.gap > MORE_SPACE * usual)
        and (draft.gap == 0 or following.gap < LESS_BELOW * draft.gap)
        and (is_terminal(before.text) or before.lines[-1].style != draft.lines[0].style)
    )
