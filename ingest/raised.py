"""Raised figures of a scanned page, the calls and numbers of footnotes, read once more.

Tesseract reads the small figures over a line as signs (*utredningen.!* for *utredningen.¹*). They
are told by their place and height, set side by side as one line of large type, and read as figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ingest.scantype import is_raised, row_size
from ingest.tesseract import Engine, Letter, RecognitionError, Row, Token, recognise

if TYPE_CHECKING:
    from PIL.Image import Image

SIGNS = frozenset("!?'’‘´`”\"*°%£$?|/()[]<>»«=€ilI")
"""What raised figures were read as; letters and full stops are left as they are."""

HEIGHT, GAP, MARGIN = 48, 72, 24
"""Dots of the figures' height, of the space between two and around the line."""

MOST_FIGURES = 80
"""Figures of one page that are read again: the page with most footnotes at hand has 15."""

SECONDS = 20.0


class _Place(NamedTuple):
    """A letter by its row, its word in the row and its place in the word."""

    row: int
    token: int
    letter: int


def with_raised_figures(
    rows: Sequence[Row], image: Image, engine: Engine, dots: int
) -> tuple[Row, ...]:
    """Return the rows with the raised signs that are figures as such; ``image`` is the page."""
    places = list(_raised_signs(rows))[:MOST_FIGURES]
    if not places:
        return tuple(rows)
    letters = [_letter(rows, place) for place in places]
    strip, edges = _strip(image, letters)
    try:
        read = recognise(engine, strip, dots, SECONDS, figures=True)
    except RecognitionError:
        return tuple(rows)
    found = {
        place: figure
        for place, edge in zip(places, edges, strict=True)
        if (figure := _figure_at(read.rows, edge))
    }
    return tuple(_with_figures(row, index, found) for index, row in enumerate(rows))


def _raised_signs(rows: Sequence[Row]) -> Iterator[_Place]:
    """Yield the places of raised signs at the end of words, or that begin a row."""
    for index, row in enumerate(rows):
        size = row_size(row)
        if row.angle or not size:
            continue
        for at, token in enumerate(row.tokens):
            if len(token.letters) != len(token.text):
                continue
            for place in range(len(token.text) - 1, -1, -1):
                letter = token.letters[place]
                if letter.text not in SIGNS or not is_raised(letter, row, size):
                    break
                yield _Place(index, at, place)


def _letter(rows: Sequence[Row], place: _Place) -> Letter:
    return rows[place.row].tokens[place.token].letters[place.letter]


def _strip(image: Image, letters: Sequence[Letter]) -> tuple[Image, list[tuple[float, float]]]:
    """Return the letters side by side in one picture, and the edges of each in it."""
    from PIL import Image as Images

    crops = []
    for letter in letters:
        box = (int(letter.x0) - 1, int(letter.top) - 1, int(letter.x1) + 2, int(letter.bottom) + 2)
        crop = image.crop(box)
        wide = max(1, round(crop.width * HEIGHT / max(crop.height, 1)))
        crops.append(crop.resize((wide, HEIGHT), Images.Resampling.BICUBIC))
    width = sum(crop.width + GAP for crop in crops) + 2 * MARGIN
    strip = Images.new("L", (width, HEIGHT + 2 * MARGIN), 255)
    edges, x = [], MARGIN
    for crop in crops:
        strip.paste(crop, (x, MARGIN))
        edges.append((float(x), float(x + crop.width)))
        x += crop.width + GAP
    return strip, edges


def _figure_at(rows: Sequence[Row], edges: tuple[float, float]) -> str | None:
    """Return the one figure that was read between two edges of the strip."""
    inside = [
        letter.text
        for row in rows
        for token in row.tokens
        for letter in token.letters
        if edges[0] - GAP / 2 < (letter.x0 + letter.x1) / 2 < edges[1] + GAP / 2
    ]
    return inside[0] if len(inside) == 1 and inside[0].isdigit() else None


def _with_figures(row: Row, index: int, found: dict[_Place, str]) -> Row:
    return row._replace(
        tokens=tuple(
            _token_with_figures(token, _Place(index, at, 0), found)
            for at, token in enumerate(row.tokens)
        )
    )


def _token_with_figures(token: Token, start: _Place, found: dict[_Place, str]) -> Token:
    figures = {
        place: found[start._replace(letter=place)]
        for place in range(len(token.letters))
        if start._replace(letter=place) in found
    }
    if not figures:
        return token
    letters = tuple(
        letter._replace(text=figures.get(place, letter.text))
        for place, letter in enumerate(token.letters)
    )
    return token._replace(text="".join(letter.text for letter in letters), letters=letters)
