"""The recognised rows of a page as words in points, with sizes, bold, bullets and calls."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from ingest.drawings import Mark
from ingest.letters import DESCENT
from ingest.pages import PageWord, Style
from ingest.scantype import BOLD_STROKE, Ink, bullet, is_raised, row_size, settled, stroke
from ingest.tesseract import Letter, Row, Rule, Token

POINTS_AN_INCH = 72
FONT = "OCR"
"""The name of the face of all recognised words: which one it is can't be told."""

SURE_ROW = 0.5
"""How sure tesseract is on average of the words of a row that is kept; stamps, signatures and the
texture of photographs give rows below it."""

RAISED_SIZE = 0.6
"""The size of a raised sign as a part of its line's."""

RULE_SIDES = 10
"""How many times longer than thick a printed rule is at least."""

RULE_THICKNESS = 1.0
"""Points that a printed rule is taken to be thick: lying askew it covers a higher box."""

SHORT_WORD = 3
"""Letters of a word that is bold where the words beside it are: its own strokes are too few."""

_SIGN = re.compile(r"(?P<number>\d{0,3})(?P<sign>\${1,2})(?P<rest>\d{0,3}[.,;:)]*)")
_NUMBER = re.compile(r"\(?\d{1,3}|[a-z]|och|eller|[-–—]")
_EIGHTS = {"8": "§", "88": "§§"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The upright picture of page ``number``: its ink, dots an inch and the slope that is left.

    ``size`` is the width and height of the upright page in points.
    """

    number: int
    ink: Ink
    dots: int
    slope: float
    size: tuple[float, float]

    def level(self, x: float, y: float) -> tuple[float, float]:
        """Return where a dot lies on the level page, in points."""
        height, width = self.ink.shape
        angle = math.atan(self.slope)
        across, down = self.points(x - width / 2), self.points(y - height / 2)
        return (
            self.size[0] / 2 + across * math.cos(angle) + down * math.sin(angle),
            self.size[1] / 2 - across * math.sin(angle) + down * math.cos(angle),
        )

    def points(self, dots: float) -> float:
        """Return a length in points."""
        return dots * POINTS_AN_INCH / self.dots


class Piece(NamedTuple):
    """A recognised word or sign; ``glued`` where no space parts it from the one before.

    ``stroke`` is how thick its strokes are as a part of the type size, None where it is too short.
    """

    token: Token
    glued: bool = False
    raised: bool = False
    stroke: float | None = None


class SetRow(NamedTuple):
    """A row with its words set right, and its type size in dots."""

    row: Row
    size: float
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What a picture of a page holds: words, rules, the text, and how sure tesseract was."""

    words: tuple[PageWord, ...] = ()
    marks: tuple[Mark, ...] = ()
    text: str = ""
    confidence: float = 0.0


def read_page(rows: Sequence[Row], rules: Sequence[Rule], sheet: Sheet) -> ReadPage:
    """Return recognised rows as words and text; the rows that are no text are left out."""
    rows = [row for row in rows if is_sure(row)]
    usual = _usual_size(rows)
    sizes = [row_size(row) or usual for row in rows]
    even = settled([(size, _letters(row)) for size, row in zip(sizes, rows, strict=True)])
    set_rows = [_set_row(row, even[size], sheet.ink) for size, row in zip(sizes, rows, strict=True)]
    words = [
        word
        for row, heavy in zip(set_rows, _bold(set_rows), strict=True)
        for word in _words(row, heavy, sheet)
    ]
    tokens = [token for row in rows for token in row.tokens]
    return ReadPage(
        tuple(word._replace(order=order) for order, word in enumerate(words)),
        tuple(_marks(rules, sheet)),
        "".join(_texts(set_rows)).strip(),
        round(confidence(tokens), 3),
    )


def is_sure(row: Row) -> bool:
    """Return whether a row is text and no stamp, signature or texture."""
    has_letters = any(letter.isalnum() for token in row.tokens for letter in token.text)
    return has_letters and confidence(row.tokens) >= SURE_ROW


def confidence(tokens: Sequence[Token]) -> float:
    """Return how sure the words are on average, each by its letters."""
    letters = sum(len(token.text) for token in tokens)
    return sum(t.confidence * len(t.text) for t in tokens) / letters if letters else 0.0


def _letters(row: Row) -> int:
    return sum(len(token.text) for token in row.tokens)


def _usual_size(rows: Sequence[Row]) -> float:
    sizes = [size for row in rows if (size := row_size(row))]
    return median(sizes) if sizes else 1.0


def _set_row(row: Row, size: float, ink: Ink) -> SetRow:
    pieces = [
        piece._replace(stroke=None if piece.raised else _stroke(ink, piece.token, size))
        for piece in _pieces(row, size, ink)
    ]
    return SetRow(row, size, pieces)


def _stroke(ink: Ink, token: Token, size: float) -> float | None:
    if sum(map(str.isalpha, token.text)) < SHORT_WORD:
        return None
    thickness = stroke(ink, token)
    return thickness / size if thickness else None


# Signs that tesseract's Swedish does not know


def _pieces(row: Row, size: float, ink: Ink) -> list[Piece]:
    """Return the words of a row with its bullet, section signs and raised signs set right."""
    tokens = list(row.tokens)
    if not row.angle and len(tokens) > 1 and (sign := bullet(ink, tokens[0], row, size)):
        tokens[0] = tokens[0]._replace(text=sign)
    pieces: list[Piece] = []
    for token in tokens:
        pieces += [
            piece
            for signed in with_section_signs(token, [piece.token.text for piece in pieces])
            for piece in (_with_raised(signed, row, size) if not row.angle else [Piece(signed)])
        ]
    return pieces


def with_section_signs(token: Token, before: Sequence[str]) -> list[Token]:
    """Return a word parted where it holds a section sign that was read as another one.

    Tesseract's Swedish knows no *§*: it gives ``$`` (*12 $$*, *3$*), and after *kap.* and a number
    an ``8``, for nothing else can stand there. ``before`` are the words before it in its row.
    """
    follows_number = bool(before) and bool(_NUMBER.fullmatch(before[-1]))
    in_chapter = len(before) > 1 and before[-2] == "kap." and before[-1].isdigit()
    if in_chapter and token.text in _EIGHTS:
        return [token._replace(text=_EIGHTS[token.text])]
    found = _SIGN.fullmatch(token.text)
    if not found or not (found["number"] or follows_number or (not before and not found["rest"])):
        return [token]
    signs = found["sign"].replace("$", "§")
    if not found["rest"][:1].isdigit():
        signs += found["rest"]
    parts = [found["number"], signs, found["rest"] if found["rest"][:1].isdigit() else ""]
    return _parted(token, [part for part in parts if part])


def _parted(token: Token, parts: Sequence[str]) -> list[Token]:
    """Return a word as several, each with the part of its box that its letters take."""
    result, start = [], 0
    length = sum(map(len, parts))
    for part in parts:
        end = start + len(part)
        letters = token.letters[start:end] if len(token.letters) == length else ()
        width = token.x1 - token.x0
        x0 = letters[0].x0 if letters else token.x0 + width * start / length
        x1 = letters[-1].x1 if letters else token.x0 + width * end / length
        result.append(token._replace(text=part, x0=x0, x1=x1, letters=letters))
        start = end
    return result


def _with_raised(token: Token, row: Row, size: float) -> list[Piece]:
    """Return a word, and the raised figures at its end as a word of their own."""
    letters = token.letters
    if len(letters) != len(token.text):
        return [Piece(token)]
    start = len(letters)
    while start and letters[start - 1].text.isdigit() and is_raised(letters[start - 1], row, size):
        start -= 1
    if start == len(letters):
        return [Piece(token)]
    call = _with_letters(token, letters[start:])
    if not start:
        return [Piece(call, raised=True)]
    return [Piece(_with_letters(token, letters[:start])), Piece(call, glued=True, raised=True)]


def _with_letters(token: Token, letters: Sequence[Letter]) -> Token:
    return token._replace(
        text="".join(letter.text for letter in letters),
        x0=min(letter.x0 for letter in letters),
        top=min(letter.top for letter in letters),
        x1=max(letter.x1 for letter in letters),
        bottom=max(letter.bottom for letter in letters),
        letters=tuple(letters),
    )


def _texts(rows: Sequence[SetRow]) -> Iterator[str]:
    """Yield the lines of the page's text, an empty one between paragraphs."""
    paragraph = None
    for row in rows:
        yield "\n" if row.row.paragraph != paragraph else ""
        for index, piece in enumerate(row.pieces):
            yield piece.token.text if piece.glued or not index else f" {piece.token.text}"
        yield "\n"
        paragraph = row.row.paragraph


# Bold


def _bold(rows: Sequence[SetRow]) -> list[list[bool]]:
    """Return for the words of each row whether their strokes are thicker than the page's usual.

    A word too short to measure is as the words beside it are.
    """
    measured = [
        piece.stroke
        for row in rows
        for piece in row.pieces
        for _letter in piece.token.text
        if piece.stroke
    ]
    usual = median(measured) if measured else 0.0
    result = []
    for row in rows:
        told = [piece.stroke and piece.stroke > BOLD_STROKE * usual for piece in row.pieces]
        result.append([_told_near(told, place) for place in range(len(told))])
    return result


def _told_near(told: Sequence[bool | float | None], place: int) -> bool:
    """Return what is told of a word, or of those before and after it that agree."""
    if told[place] is not None:
        return bool(told[place])
    before = next((one for one in reversed(told[:place]) if one is not None), None)
    after = next((one for one in told[place + 1 :] if one is not None), None)
    near = [bool(one) for one in (before, after) if one is not None]
    return bool(near) and all(near)


# Words on the page


def _words(set_row: SetRow, heavy: Sequence[bool], sheet: Sheet) -> Iterator[PageWord]:
    """Yield the words of a row in points, all on one baseline but the raised ones."""
    row = set_row.row
    if row.angle:
        yield from _turned_words(row, sheet)
        return
    style = Style(FONT, round(sheet.points(set_row.size), 1) or 1.0)
    bases = [sheet.level(x, row.base_at(x))[1] for x in (row.tokens[0].x0, row.tokens[-1].x1)]
    base = sum(bases) / len(bases)
    small = style._replace(size=round(style.size * RAISED_SIZE, 1))
    for piece, bold in zip(set_row.pieces, heavy, strict=True):
        token = piece.token
        middle = row.base_at((token.x0 + token.x1) / 2)
        x0, x1 = sheet.level(token.x0, middle)[0], sheet.level(token.x1, middle)[0]
        lift = sheet.points(middle - token.bottom) if piece.raised else 0.0
        yield PageWord(
            token.text,
            round(x0, 2),
            round(x1, 2),
            round(base - lift, 2),
            (small if piece.raised else style)._replace(bold=bold),
            piece.glued,
        )


def _turned_words(row: Row, sheet: Sheet) -> Iterator[PageWord]:
    """Yield the words of a row that runs up, down or upside down on the page."""
    turn = round(row.angle / 90) % 4
    for token in row.tokens:
        corners = [sheet.level(token.x0, token.top), sheet.level(token.x1, token.bottom)]
        (x0, top), (x1, bottom) = corners
        thick = bottom - top if turn == 2 else x1 - x0
        style = Style(FONT, max(1.0, round(thick / (1 + DESCENT), 1)))
        base = (top + bottom) / 2 if turn == 2 else (x0 + x1) / 2
        start, end = (x0, x1) if turn == 2 else (top, bottom)
        yield PageWord(token.text, start, end, base, style, turn=turn)


def _marks(rules: Sequence[Rule], sheet: Sheet) -> Iterator[Mark]:
    """Yield the printed rules as marks."""
    for rule in rules:
        wide, high = rule.x1 - rule.x0, rule.bottom - rule.top
        x, y = sheet.level((rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2)
        half = sheet.points(max(wide, high)) / 2
        if wide >= RULE_SIDES * high:
            edges = (x - half, y - RULE_THICKNESS / 2, x + half, y + RULE_THICKNESS / 2)
        elif high >= RULE_SIDES * wide:
            edges = (x - RULE_THICKNESS / 2, y - half, x + RULE_THICKNESS / 2, y + half)
        else:
            continue
        x0, top, x1, bottom = (round(edge, 1) for edge in edges)
        yield Mark(x0, top, x1, bottom, filled=True)
