"""A page that is a picture becomes a page with words, by way of tesseract.

The picture is turned upright and level before its words are placed, so that lines, columns and
headings are found in it as on any page; ``PageContent.turned`` leads back to the page as shown.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ingest.pages import PageContent
from ingest.raised import with_raised_figures
from ingest.scanwords import POINTS_AN_INCH, Sheet, read_page
from ingest.tesseract import (
    SECONDS_PER_PAGE,
    Engine,
    Recognised,
    RecognitionError,
    Row,
    engine,
    recognise,
)
from ingest.turned import Turned

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_AN_INCH = 300, 400
"""Dots an inch at which pages are recognised: tesseract was trained near 300, coarser scans are
drawn finer, and more than 400 cost time without fewer errors (the scans at hand: 140 to 850)."""

MOST_DOTS = 40_000_000
"""Dots of the largest picture that is recognised: A3 at 400 an inch has 31 million. Wide plans
are drawn coarser."""

LEVEL_SLOPE = 0.015
"""Slope of the lines above which the picture is turned level and read again: from 0.03 on lines
run together, and at 0.014 nothing is lost."""

MOST_PASSES = 3
"""Times that a page is read: as it lies, upright, and level."""

LEAST_INCHES = 2.0
"""Inches from which a picture's dots count: stamps and logos are smaller."""

DARK = 140
"""Grey, of 255, up to which a dot is ink."""

SOFTENED = 1.0
"""Dots, at 300 an inch, over which a picture is softened before it is read: broken strokes of scans
in black and white grow together (3 percent more sure letters on the worst scan at hand, all rows
of it found), and clean ones lose nothing."""

PAPER = 255


def recognised_page(page: Any, content: PageContent, *, level: bool = False) -> PageContent:
    """Return the content of a PDFium page as recognised in its picture.

    Of a page that is known to be ``level``, words stay where they are shown.

    Raises ``RecognitionError`` where that takes too long or fails, or tesseract is missing.
    """
    used = engine()
    if used is None:
        raise RecognitionError("tesseract is not installed")
    width, height = page.get_size()
    dots = _dots(width, height, _own_dots(page))
    image = _picture(page, dots)
    if level:
        read = _Upright(recognise(used, image, dots, SECONDS_PER_PAGE), image)
    else:
        read = _upright(image, used, dots)
    degrees = read.degrees - math.degrees(math.atan(read.slope))
    turned = Turned(degrees, round(width, 1), round(height, 1))
    ink = np.asarray(read.image) <= DARK
    sheet = Sheet(content.number, ink, dots, read.slope, turned.upright)
    rows = with_raised_figures(read.found.rows, read.image, used, dots)
    words = read_page(rows, read.found.rules, sheet)
    return content._replace(
        width=turned.upright[0],
        height=turned.upright[1],
        text=words.text,
        words=words.words,
        marks=words.marks,
        invisible=False,
        confidence=words.confidence,
        turned=turned,
    )


def _picture(page: Any, dots: int) -> Image:
    from PIL.ImageFilter import GaussianBlur

    drawn: Image = page.render(scale=dots / POINTS_AN_INCH, grayscale=True).to_pil().convert("L")
    return drawn.filter(GaussianBlur(SOFTENED * dots / DOTS_AN_INCH[0]))


def _own_dots(page: Any) -> float:
    """Return how many dots an inch the finest large picture on a page has, 0 without one."""
    import pypdfium2.raw as pdfium

    found = [0.0]
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        wide, high = picture.get_px_size()
        inches = max(right - left, top - bottom) / POINTS_AN_INCH
        if inches >= LEAST_INCHES:
            found.append(max(wide, high) / inches)
    return max(found)


def _dots(width: float, height: float, own: float) -> int:
    """Return the dots an inch at which to draw a page of ``width`` and ``height`` points."""
    least, most = DOTS_AN_INCH
    square_inches = max(width * height, 1.0) / POINTS_AN_INCH**2
    return max(1, round(min(max(own, least), most, math.sqrt(MOST_DOTS / square_inches))))


class _Upright(NamedTuple):
    """What is read in the picture of a page turned upright, and how it lay.

    ``degrees`` is how the text was turned in the page's own picture, ``slope`` what is left.
    """

    found: Recognised
    image: Image
    degrees: float = 0.0
    slope: float = 0.0


def _upright(image: Image, used: Engine, dots: int) -> _Upright:
    """Return what is read in a picture once it is turned upright and level."""
    from PIL.Image import Resampling

    ends = time.monotonic() + SECONDS_PER_PAGE
    degrees, upright = 0.0, image
    for turn in range(MOST_PASSES):
        found = recognise(used, upright, dots, max(1.0, ends - time.monotonic()))
        quarters, slope = _main_quarters(found.rows), _main_slope(found.rows)
        if turn == MOST_PASSES - 1 or (not quarters and abs(slope) <= LEVEL_SLOPE):
            break
        degrees += 90 * quarters or -math.degrees(math.atan(slope))
        upright = image.rotate(
            -degrees, Resampling.BICUBIC, expand=_on_its_side(degrees), fillcolor=PAPER
        )
    return _Upright(found, upright, degrees, slope)


def _on_its_side(degrees: float) -> bool:
    return round(degrees / 90) % 2 == 1


def _main_quarters(rows: Sequence[Row]) -> int:
    """Return the quarter turns against the clock of most of the letters."""
    letters = {0: 0}
    for row in rows:
        quarters = round(row.angle / 90) % 4
        letters[quarters] = letters.get(quarters, 0) + _letters(row)
    return max(letters, key=lambda quarters: letters[quarters])


def _main_slope(rows: Sequence[Row]) -> float:
    """Return the slope of the level rows, each counted by its letters."""
    slopes = [row.slope for row in rows if not row.angle for _letter in range(_letters(row))]
    return median(slopes) if slopes else 0.0


def _letters(row: Row) -> int:
    return sum(len(token.text) for token in row.tokens)
