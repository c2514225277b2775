"""The scanned pages of a whole document: their common type sizes, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.models import Document, Page, Problem, TextLayer
from ingest.layout import PrintedLine
from ingest.pages import PageContent, PageWord
from ingest.scantype import settled
from ingest.scanwords import FONT
from ingest.tesseract import INSTALL

PRINTED = 1000
"""How many times more a letter of set type weighs than a measured one: its size is known."""

HINDERED = ("no_ocr", "ocr_failed", "poor_text")
"""Kinds of problems of documents with pages that were not recognised as they should have been."""

_ADVICE = {
    "no_engine": f"{INSTALL} and build again",
    "no_swedish": "tesseract lacks Swedish: install it (Debian: apt install tesseract-ocr-swe)"
    " and build again",
    "never": "build again without --ocr never",
}

_DOUBTS = {
    "poor": "is doubtful, and recognition was no surer: compare it with the picture, or scan the"
    " paper again",
    "unsure": "was recognised with doubt: compare it with the picture, or scan the paper again",
}


def with_even_sizes(
    pages: Sequence[tuple[PageContent, Sequence[PrintedLine]]],
) -> list[tuple[PageContent, Sequence[PrintedLine]]]:
    """Return the pages with the sizes of recognised lines evened out over the document."""
    measured: list[tuple[float, int]] = []
    for page, lines in pages:
        for line in lines if page.confidence is not None else ():
            weight = 1 if line.style.font == FONT else PRINTED
            measured.append((line.style.size, weight * len(line.text)))
    if not measured:
        return list(pages)
    even = settled(measured)
    return [
        (page, lines if page.confidence is None else [_with_size(line, even) for line in lines])
        for page, lines in pages
    ]


def _with_size(line: PrintedLine, even: Mapping[float, float]) -> PrintedLine:
    size = even.get(line.style.size, line.style.size)
    if line.style.font != FONT or size == line.style.size:
        return line
    old = line.style.size
    return line._replace(
        style=line.style._replace(size=size),
        words=tuple(_resized(word, old, size) for word in line.words),
        shown=tuple(_resized(word, old, size) for word in line.shown),
    )


def _resized(word: PageWord, old: float, size: float) -> PageWord:
    same = word.style.font == FONT and word.style.size == old
    return word._replace(style=word.style._replace(size=size)) if same else word


def stored_page(page: PageContent) -> Page:
    """Return a page as it is kept: its size as shown, and whether it was recognised."""
    width, height = page.width, page.height
    if page.turned:
        width, height = page.turned.width, page.turned.height
    is_recognised = page.confidence is not None
    unread = 0.0 if page.unread and not page.text.strip() else None
    return Page(
        page.number,
        width,
        height,
        page.text,
        page.invisible or is_recognised,
        page.confidence if is_recognised else unread,
    )


def text_layer(pages: Iterable[PageContent]) -> TextLayer:
    """Return whether the text of these pages was set or recognised, by us or by others."""
    read, given = False, False
    for page in pages:
        is_recognised = page.invisible or page.confidence is not None
        read |= is_recognised
        given |= page.mixed or not is_recognised
    return "mixed" if read and given else "ocr" if read else "native"


def unread_problems(
    pages: Sequence[PageContent], document_id: str, source: str
) -> Iterator[Problem]:
    """Yield what hindered recognition, one row for all pages with the same hindrance."""
    by_reason: dict[str, list[int]] = {}
    for page in pages:
        if page.unread:
            by_reason.setdefault(page.unread, []).append(page.number)
    for reason, numbers in by_reason.items():
        named = f"{listed(numbers)} of {source}"
        has = "hold pictures" if len(numbers) > 1 else "holds a picture"
        first = numbers[0]
        if reason in _ADVICE:
            message = f"{named} {has} of text that was not read: {_ADVICE[reason]}"
            yield Problem(source, "no_ocr", message, document_id, first)
        elif reason in _DOUBTS:
            message = f"the text of {named} {_DOUBTS[reason]}"
            yield Problem(source, "poor_text", message, document_id, first)
        else:
            why = next(page.ocr_problem for page in pages if page.number == first)
            message = f"{named} could not be recognised ({why}): scan the paper again, or split it"
            yield Problem(source, "ocr_failed", message, document_id, first)


def depends_on_recognition(document: Document) -> bool:
    """Return whether a document would be read otherwise with another tesseract or without one."""
    return any(page.confidence is not None for page in document.pages) or any(
        problem.kind in HINDERED for problem in document.problems
    )


def listed(numbers: Sequence[int]) -> str:
    """Return numbers of pages in words: *page 3*, *pages 1–4, 7*."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {told}"
