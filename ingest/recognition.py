"""Which pages of a PDF are recognised in their pictures, and what is taken of what is read.

A page asks for it when it has ink and no text, when it is a picture of paper with little text on
it, or when its text is no words. The new reading takes the old text's place only where it is surer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.pages import PageContent, PageWord
from ingest.textlayer import LEAST_PLAUSIBLE, is_below, plausible_share

Ocr = Literal["auto", "never", "always"]
Unread = Literal["never", "no_engine", "no_swedish", "failed", "poor", "unsure"]
Doubt = Literal["bare", "little", "poor"]

LITTLE_TEXT = 60
"""Words up to which a page with a large picture is looked at: stamps, page numbers and the lines
that a scanner adds have fewer."""

LARGE_PICTURE = 0.4
"""Part of the page that its pictures cover at least: scans cut to their text cover 0.4 to 1."""

PAPER = 0.5
"""Part of a picture of paper that is of one shade; photographs have 0.1 to 0.4."""

SHADES = 24
"""Greys, of 255, on either side that count as one shade; the paper of a scan varies so much."""

INK = 60
"""Greys, of 255, by which ink is darker or lighter than the paper."""

LEAST_INK = 0.0005
"""Part of a page that is ink when something stands on it: a page number alone has 0.0004."""

COARSE = 50
"""Dots an inch at which pages are looked at for ink and paper."""

PLACED_ON_INK = 0.6
"""Share of the words of an invisible text that lie on ink; where fewer do, it lies elsewhere than
the picture of it."""

SURE_ENOUGH = 0.6
"""How sure the new reading of a doubted page must be on average."""

UNSURE = 0.75
"""How sure a reading is on average below which it is told to be doubtful: the worst scan at hand
in a language that is read has 0.90, a page of Greek 0.64."""

BETTER = 0.03
"""By how much the share of plausible words on the page must rise."""

NEW_WORDS = 10
"""Words that a picture with little text on it must add."""

BROKEN_FONT = 0.3
"""Share of plausible words below which the letters of a font are mapped wrong, and all its words
given up: such fonts have 0.06 at most, a font of lists of codes and chemical names 0.45."""

FEWEST_OF_FONT = 10
"""Words by which a font is judged."""


_STYLE, _TEXT = attrgetter("style"), attrgetter("text")


class View(NamedTuple):
    """A coarse picture of a page as it is shown: its ink and how much of it is plain paper."""

    ink: NDArray[np.bool_]
    paper: float
    dots: int

    @property
    def has_ink(self) -> bool:
        """Whether something stands on the page."""
        return bool(self.ink.mean() > LEAST_INK)


def recognised(
    pdf: Any,
    content: PageContent,
    ocr: Ocr = "auto",
    begun: Callable[[int], None] = lambda _number: None,
) -> PageContent:
    """Return a page's content with what its picture holds, where that is asked for and surer.

    ``pdf`` is the opened PDF; ``begun`` is told the page's number before it is recognised. What
    could not be done is told in ``unread`` and ``ocr_problem``.
    """
    if content.problem or not _may_ask(content, ocr):
        return content
    import pypdfium2

    try:
        page = pdf[content.number - 1]
    except pypdfium2.PdfiumError as error:  # some damaged pages can be loaded once
        return content._replace(unread="failed", ocr_problem=str(error))
    try:
        doubt = _doubt(page, content, ocr)
        if doubt is None:
            return content
        hindrance = _hindrance(ocr)
        if hindrance:
            return content._replace(unread=hindrance)
        begun(content.number)
        return _answered(page, content, doubt, ocr)
    except pypdfium2.PdfiumError as error:
        return content._replace(unread="failed", ocr_problem=str(error))
    finally:
        page.close()


def _hindrance(ocr: Ocr) -> Unread | None:
    """Return why no page can be recognised, None where it can."""
    from ingest.tesseract import engine

    if ocr == "never":
        return "never"
    used = engine()
    return None if used and used.reads_swedish else "no_swedish" if used else "no_engine"


def _answered(page: Any, content: PageContent, doubt: Doubt, ocr: Ocr) -> PageContent:
    """Return a doubted page as it is to be read."""
    from ingest.ocr import recognised_page
    from ingest.tesseract import RecognitionError

    is_level = doubt != "bare" and not content.invisible
    try:
        read = recognised_page(page, content, level=is_level)
    except RecognitionError as error:
        return content._replace(unread="failed", ocr_problem=str(error))
    return _surer(content, read, doubt, ocr)


# Which pages


def _may_ask(content: PageContent, ocr: Ocr) -> bool:
    """Return whether a page must be looked at; most are told by their words alone.

    Damaged files have pages without height or width, which nothing can be drawn of.
    """
    if min(content.width, content.height) <= 0:
        return False
    if ocr == "always" or not content.words or content.invisible:
        return True
    return _has_little_text(content) or bool(_broken_fonts(content.words))


def _has_little_text(content: PageContent) -> bool:
    return len(content.words) <= LITTLE_TEXT and content.has_image


def _doubt(page: Any, content: PageContent, ocr: Ocr) -> Doubt | None:
    """Return why a page should be recognised, None where its text is good."""
    if ocr == "always" or not content.words:
        return "bare" if _view(page).has_ink else None
    if content.invisible:
        share = plausible_share(word.text for word in content.words)
        is_poor = share is not None and share < LEAST_PLAUSIBLE
        return "poor" if is_poor or not _lies_on_ink(_view(page), content.words) else None
    if _broken_fonts(content.words):
        return "poor"
    return "little" if _is_scan(page) else None


def _is_scan(page: Any) -> bool:
    """Return whether most of a page is a picture of paper."""
    return _picture_share(page) >= LARGE_PICTURE and _view(page).paper >= PAPER


def _picture_share(page: Any) -> float:
    """Return what part of a page its pictures cover."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    if not width * height:
        return 0.0
    covered: float = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return float(covered / (width * height))


def _view(page: Any) -> View:
    """Return the coarse picture of a page."""
    width, height = page.get_size()
    dots = max(4, min(COARSE, round(COARSE * 1500 / max(width, height, 1.0))))
    drawn = page.render(scale=dots / 72, grayscale=True).to_numpy()
    grey = drawn.reshape(drawn.shape[0], drawn.shape[1], -1)[:, :, 0].astype(np.int16)
    paper = int(np.bincount(grey.ravel(), minlength=256).argmax())
    apart = np.abs(grey - paper)
    return View(apart > INK, float((apart <= SHADES).mean()), dots)


def _lies_on_ink(view: View, words: Sequence[PageWord]) -> bool:
    """Return whether enough of the words lie where the picture has ink."""
    level = [word for word in words if word.turn == 0]
    scale = view.dots / 72
    on_ink = sum(
        bool(
            view.ink[
                max(0, int(word.top * scale)) : int(word.bottom * scale) + 1,
                max(0, int(word.x0 * scale)) : int(word.x1 * scale) + 1,
            ].any()
        )
        for word in level
    )
    return on_ink >= PLACED_ON_INK * len(level)


# What is taken


def _surer(content: PageContent, read: PageContent, doubt: Doubt, ocr: Ocr) -> PageContent:
    """Return the new reading, what it adds to the old text, or the old text."""
    if ocr == "always" or doubt == "bare":
        return _whole(read) if read.words else content
    sure = (read.confidence or 0.0) >= SURE_ENOUGH
    if doubt == "little":
        merged = _merged(content, read, content.words)
        added = len(merged.words) - len(content.words)
        return merged if sure and added >= NEW_WORDS else content
    before = plausible_share(word.text for word in content.words) or 0.0
    after = plausible_share(word.text for word in read.words)
    is_better = after is not None and after >= before + BETTER
    misplaced = content.invisible and before >= LEAST_PLAUSIBLE
    if not (sure and (is_better or misplaced)):
        confirmed = sure and after is not None and not misplaced
        return content if confirmed else content._replace(unread="poor")
    if content.invisible:
        return _whole(read)
    sound = _sound_fonts(content.words)
    return _merged(content, read, [word for word in content.words if word.style.font in sound])


def _whole(read: PageContent) -> PageContent:
    """Return a page as it was recognised, told to be unsure where it is."""
    is_unsure = (read.confidence or 0.0) < UNSURE
    return read._replace(unread="unsure") if is_unsure else read


def _broken_fonts(words: Sequence[PageWord]) -> frozenset[str]:
    """Return the fonts of enough words whose letters are mapped wrong."""
    return frozenset(
        font
        for font, texts in _by_font(words).items()
        if is_below(texts, BROKEN_FONT, fewest=FEWEST_OF_FONT)
    )


def _sound_fonts(words: Sequence[PageWord]) -> frozenset[str]:
    """Return the fonts of enough words whose words are plausible."""
    shares = {
        font: plausible_share(texts, fewest=FEWEST_OF_FONT)
        for font, texts in _by_font(words).items()
    }
    return frozenset(font for font, share in shares.items() if (share or 0.0) >= LEAST_PLAUSIBLE)


def _by_font(words: Sequence[PageWord]) -> dict[str, list[str]]:
    """Return the texts of words by the font that they are set in."""
    by_font: dict[str, list[str]] = {}
    for style, alike in groupby(words, _STYLE):
        by_font.setdefault(style.font, []).extend(map(_TEXT, alike))
    return by_font


def _merged(content: PageContent, read: PageContent, kept: Sequence[PageWord]) -> PageContent:
    """Return the words that are kept, and the recognised ones where none of them stands."""
    lines: list[str] = []
    told: set[int] = set()
    added: list[PageWord] = []
    base: float | None = None
    for word in read.words:
        over = _standing_at(word, kept)
        if over is None:
            added.append(word)
        text = word.text if over is None else "" if over in told else kept[over].text
        told |= set() if over is None else {over}
        same_line = base is not None and abs(word.base - base) < word.style.size / 2
        lines.append(text if word.glued and same_line else f"{' ' if same_line else chr(10)}{text}")
        base = word.base
    left = [word.text for index, word in enumerate(kept) if index not in told]
    words = [*kept, *added]
    return read._replace(
        text="".join(lines).strip() + ("\n" + " ".join(left) if left else ""),
        words=tuple(word._replace(order=order) for order, word in enumerate(words)),
        marks=content.marks,
        mixed=True,
    )


def _standing_at(word: PageWord, kept: Sequence[PageWord]) -> int | None:
    """Return the index of the kept word that stands where a recognised word does."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    for index, other in enumerate(kept):
        if other.turn in (1, 3):
            half = other.style.size / 2
            edges = (other.base - half, other.x0, other.base + half, other.x1)
        else:
            edges = (other.x0, other.top, other.x1, other.bottom)
        if edges[0] - 1 <= x <= edges[2] + 1 and edges[1] - 1 <= y <= edges[3] + 1:
            return index
    return None
