"""What is drawn on a page besides its letters: rules, tinted areas, borders."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

MOST_DRAWINGS = 4000
"""Paths above which the drawings of a page are left out: such a page holds a map or chart
whose strokes say nothing of its text, and walking them would take longer than all else."""

MOST_OBJECTS = 50_000
"""Objects of all kinds above which a page is not searched for drawings: browsers set each word as
an object of its own, some 4,000 on a page of three columns in small type."""

RULE_THICKNESS = 3.5
"""Points up to which a filled or stroked box is a rule: the heavy rules beside pull quotes are set
at 3 points, and no line of type fits into 3.5."""

HAIRLINE = 0.1
"""Points from which the side of a border is drawn at all."""


class Mark(NamedTuple):
    """A rule or a filled or framed area drawn on the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    filled: bool
    color: int = 0

    @property
    def is_level(self) -> bool:
        """Whether this is a horizontal rule."""
        return self.bottom - self.top <= RULE_THICKNESS < self.x1 - self.x0

    @property
    def is_upright(self) -> bool:
        """Whether this is a vertical rule."""
        return self.x1 - self.x0 <= RULE_THICKNESS < self.bottom - self.top

    @property
    def is_area(self) -> bool:
        """Whether this is a box with an inside."""
        return min(self.x1 - self.x0, self.bottom - self.top) > RULE_THICKNESS


class Affine(NamedTuple):
    """The map from the PDF's own space to the page as it is shown."""

    xx: float
    xy: float
    x: float
    yx: float
    yy: float
    y: float
    turns: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point lies on the page as it is shown."""
        return self.xx * x + self.xy * y + self.x, self.yx * x + self.yy * y + self.y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
        """Return left, top, right and bottom of a box on the page as it is shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def read_drawings(page: Any, affine: Affine) -> tuple[tuple[Mark, ...], bool]:
    """Return the rules and areas drawn on a page, and whether it holds an image."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    paths: list[Any] = []
    has_image = False
    for index in range(count if count <= MOST_OBJECTS else 0):
        found = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            has_image = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths.append(found)
    drawn = paths if len(paths) <= MOST_DRAWINGS else []
    return tuple(mark for path in drawn for mark in _marks(path, affine)), has_image


def _marks(found: Any, affine: Affine) -> list[Mark]:
    """Return a path as one mark, or as the rules of its sides if it is a border."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(found, *edges):
        return []
    pdfium.FPDFPath_GetDrawMode(found, fill, stroke)
    if not fill.value and not stroke.value:
        return []
    color = _color(found, filled=bool(fill.value))
    outer = affine.box(*(edge.value for edge in edges))
    inner = _inner(found, affine) if fill.value == pdfium.FPDF_FILLMODE_ALTERNATE else None
    if inner is None:
        return [_mark(outer, filled=bool(fill.value), color=color)]
    return _sides(outer, inner, color)


def _mark(edges: Sequence[float], *, filled: bool, color: int) -> Mark:
    x0, top, x1, bottom = (round(edge, 1) for edge in edges)
    return Mark(x0, top, x1, bottom, filled, color)


def _color(found: Any, *, filled: bool) -> int:
    import pypdfium2.raw as pdfium

    parts = [ctypes.c_uint() for _ in range(4)]
    get = pdfium.FPDFPageObj_GetFillColor if filled else pdfium.FPDFPageObj_GetStrokeColor
    get(found, *parts)
    return parts[0].value << 16 | parts[1].value << 8 | parts[2].value


def _inner(found: Any, affine: Affine) -> tuple[float, ...] | None:
    """Return the inner of two rectangles that a border is the space between, or None."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(found)
    if count not in (8, 10):
        return None
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(found, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for index in range(count // 2, count):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(found, index), x, y)
        points.append(
            affine.point(
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
        )
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _sides(outer: tuple[float, ...], inner: tuple[float, ...], color: int) -> list[Mark]:
    """Return the sides of a border that have a thickness; with all four, its area as well."""
    x0, top, x1, bottom = outer
    sides = [
        (x0, top, inner[0], bottom),
        (x0, top, x1, inner[1]),
        (inner[2], top, x1, bottom),
        (x0, inner[3], x1, bottom),
    ]
    drawn = [side for side in sides if min(side[2] - side[0], side[3] - side[1]) > HAIRLINE]
    marks = [_mark(side, filled=True, color=color) for side in drawn]
    if len(drawn) == len(sides):
        marks.append(_mark(outer, filled=False, color=color))
    return marks
