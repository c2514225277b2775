"""Footnote calls: where they stood in a line, and the notes that they lead to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from corpus.models import Block, Box, Call
from ingest.pages import PageWord
from ingest.wordlists import words as words_of_text

_SIGNS = re.compile(
    r"(?:(?<=[^\W\d_][.,;:!?”\")])|(?<=[^\W\d_]{3}))[\u00b9\u00b2\u00b3\u2070-\u2079]+$"
)
_HIDDEN = re.compile("[\u00ad\u00b9\u00b2\u00b3\u2070-\u2079]")
_IS_RAISED = attrgetter("raised")
_UNIT = re.compile(r"(?:^|[\d/·×*(])(?:[kcdmµ]?m|kvm|s|CO|10)$")
"""What an exponent stands behind: *km*, *mg/m*, *10*."""

_CLOSING = ".,;:!?)”"
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
"""Superscript digits to plain ones, for ``str.translate``."""

_SIGN = re.compile(r"\d{1,3}|\*{1,3}|†{1,2}|‡{1,2}")
_RANGE = re.compile(r"(\d{1,3})[–-](\d{1,3})")
_BRACKETED = re.compile(r"\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]")
_STARRED = re.compile(r"(?<=\S)(?:\*{1,3}|†{1,2}|‡{1,2})(?!\w)")
MOST_IN_RANGE = 20
"""Notes that a call such as *3–5* leads to at most; years in brackets span more."""


def shown_and_calls(
    words: Sequence[PageWord],
) -> tuple[tuple[PageWord, ...], tuple[Call, ...]]:
    """Return the words of a line without calls and soft hyphens, and the calls.

    The number that a footnote begins with stays, and so do exponents of units. A call's place
    counts characters of the line's text.
    """
    if not any(map(_IS_RAISED, words)) and not has_signs("".join([word.text for word in words])):
        first = words[0]
        return (first._replace(glued=False), *words[1:]) if first.glued else tuple(words), ()
    shown: list[PageWord] = []
    calls: list[Call] = []
    length = 0
    for index, word in enumerate(words):
        if is_call(words, index):
            calls += [Call(length, sign) for sign in signs(word.text)]
            continue
        text = _SIGNS.sub("", word.text) if index and not word.text.isascii() else word.text
        superscript = word.text[len(text) :]
        if "\u00ad" in text:
            text = text[:-1].replace("\u00ad", "") + text[-1:]
        if not text:
            continue
        after_number = len(shown) == 1 and shown[0].raised
        glued = bool(shown) and _is_glued(words, index, after_number=after_number)
        length += len(text) + (bool(shown) and not glued)
        changed = text is not word.text or glued != word.glued
        shown.append(word._replace(text=text, glued=glued) if changed else word)
        calls += [Call(length, sign) for sign in signs(superscript)]
    return tuple(shown), tuple(calls)


def _is_glued(words: Sequence[PageWord], index: int, *, after_number: bool) -> bool:
    """Return whether a word follows the one before without a space, the call between taken out."""
    if is_call(words, index - 1):
        first = words[index].text[:1]
        return first in _CLOSING or (words[index].glued and not first.isalnum())
    return words[index].glued and not after_number


def has_signs(text: str) -> bool:
    """Return whether a text holds soft hyphens or raised figures, as few do."""
    return not text.isascii() and _HIDDEN.search(text) is not None


def is_call(words: Sequence[PageWord], index: int) -> bool:
    """Return whether a word is a footnote's call, no exponent or degree; the first never is."""
    if index == 0 or not words[index].raised or words[index].text.startswith("0"):
        return False
    return not _UNIT.search(words[index - 1].text)


def signs(text: str) -> list[str]:
    """Return the signs of the notes that a call names: *3, 5* has two, *3–5* three."""
    plain = text.translate(SUPERSCRIPTS)
    spanned = _RANGE.search(plain)
    if spanned:
        first, last = int(spanned[1]), int(spanned[2])
        if first < last <= first + MOST_IN_RANGE:
            plain = plain.replace(spanned[0], ",".join(map(str, range(first, last + 1))))
    return _SIGN.findall(plain)


def calls_in(
    lines: Sequence[Sequence[Call]], text: str, starts: Sequence[int], skipped: Sequence[int]
) -> tuple[Call, ...]:
    """Return the calls of a block's lines by their place in its text.

    ``starts`` tells where each line begins in the text, ``skipped`` how many of its characters
    are a marker or number that is not in it.
    """
    found: list[Call] = []
    for index, calls in enumerate(lines):
        latest = starts[index + 1] if index + 1 < len(starts) else len(text)
        for call in calls:
            at = starts[index] + max(call.at - skipped[index], 0)
            found.append(call._replace(at=min(at, latest)))
    return tuple(found)


def linked(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with each call led to its note, by the ids that they have.

    A note stands on its call's page or goes on from it to the next; endnotes stand further on.
    Calls in brackets may lead to the items of a numbered list of references.
    """
    notes: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.kind == "footnote" and block.number:
            notes[bare(block.number)].append(block)
    listed = dict(_references(blocks))
    return [_with_notes(block, notes, listed) for block in blocks]


def _references(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """Yield the items of a list of references with brackets around their numbers."""
    is_inside = False
    for block in blocks:
        if block.kind == "heading":
            is_inside = block.text.casefold().strip(" :") in words_of_text()["references"]
        elif is_inside and block.kind == "list_item" and (block.number or "").startswith("["):
            yield bare(block.number or ""), block


def bare(number: str) -> str:
    """Return a note's number without brackets, point and superscript: *[3]* and *3)* are *3*."""
    return number.translate(SUPERSCRIPTS).strip("[]().")


def _with_notes(block: Block, notes: dict[str, list[Block]], listed: dict[str, Block]) -> Block:
    if block.kind in ("header", "footer"):
        return replace(block, calls=()) if block.calls else block
    calls = [
        call._replace(note=note.id if (note := _note(block, call, notes)) else None)
        for call in block.calls
    ]
    calls += _unraised(block, notes, listed)
    if not calls:
        return block
    return replace(block, calls=tuple(sorted(calls, key=lambda call: call.at)))


def _unraised(
    block: Block, notes: dict[str, list[Block]], listed: dict[str, Block]
) -> Iterator[Call]:
    """Yield the calls in the text's own type, which stay in the text: *[1]* and *ord**.

    Only signs that a note has are believed.
    """
    found: list[re.Match[str]] = []
    text = block.text
    if "[" in text:
        found += _BRACKETED.finditer(text)
    if "*" in text or "†" in text or "‡" in text:
        found += _STARRED.finditer(text)
    for matched in found:
        for sign in signs(matched[0]):
            call = Call(matched.start(), sign)
            note = _note(block, call, notes) or listed.get(sign)
            if note is not None and note is not block:
                yield call._replace(note=note.id)


def _note(block: Block, call: Call, notes: dict[str, list[Block]]) -> Block | None:
    """Return the note that a call leads to: on its page, on the next, or the first after it."""
    alike = [note for note in notes.get(call.sign, ()) if note is not block]
    if not alike:
        return None
    box = _box(block, call.at)
    page = box.page if box else block.page
    for number in (page, page + 1):
        near = [note for note in alike if note.page == number]
        if near:
            return min(near, key=lambda n: (_distance(n, box), n.position < block.position))
    if not call.sign.isdigit():
        return None
    return next((note for note in alike if note.position > block.position), None)


def _box(block: Block, at: int) -> Box | None:
    """Return the box of the line that a call stands in."""
    return next((line.box for line in block.lines if line.start <= at <= line.end), None)


def _distance(note: Block, box: Box | None) -> float:
    """Return how far to the side of a call a note begins: each column has its own notes."""
    if box is None or not note.lines:
        return 0.0
    own = note.lines[0].box
    return max(own.x0 - box.x1, box.x0 - own.x1, 0.0)
