"""What is drawn on a page besides its letters: rules, tinted areas, borders."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.manycalls import HANDLE, bound, of_each, results, written_of_each
from ingest.rounding import tenths

MOST_DRAWINGS = 4000
"""Paths above which the drawings of a page are left out: such a page holds a map or chart
whose strokes say nothing of its text, and walking them would take longer than all else."""

MOST_OBJECTS = 50_000
"""Objects of all kinds above which a page is not searched for drawings: browsers set each word as
an object of its own, some 4,000 on a page of three columns in small type."""

RULE_THICKNESS = 3.5
"""Points up to which a filled or stroked box is a rule: the heavy rules beside pull quotes are set
at 3 points, and no line of type fits into 3.5."""

TALL_SHAPE = 18.0
"""Points of height from which a filled path with many corners is no sign of a box or table."""

MOST_CORNERS = 60
"""Corners and handles of curves of the most intricate box: a plain one has 5, one with round
corners 12 to 17. The letters of watermarks, drawn as shapes, have 119 to 289 in the real case."""

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

    def point(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Return where a point lies on the page as it is shown, or many as two arrays."""
        if not self.xy and not self.yx:
            return self.xx * x + self.x, self.yy * y + self.y
        return self.xx * x + self.xy * y + self.x, self.yx * x + self.yy * y + self.y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
        """Return left, top, right and bottom of a box on the page as it is shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def boxes(self, edges: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Return left, top, right and bottom of boxes on the page as it is shown, each an array.

        ``edges`` are left, bottom, right and top in the PDF's own space, each a row.
        """
        ax, ay = self.point(edges[0], edges[1])
        bx, by = self.point(edges[2], edges[3])
        return np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)


def read_drawings(page: Any, affine: Affine) -> tuple[tuple[Mark, ...], bool]:
    """Return the rules and areas drawn on a page, and whether it holds an image."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    indexes = range(count if count <= MOST_OBJECTS else 0)
    objects = results("FPDFPage_GetObject", page.raw, indexes, HANDLE)
    kinds = of_each("FPDFPageObj_GetType", objects)
    paths = objects[kinds == pdfium.FPDF_PAGEOBJ_PATH]
    drawn = paths if len(paths) <= MOST_DRAWINGS else paths[:0]
    return tuple(_marks(drawn, affine)), bool((kinds == pdfium.FPDF_PAGEOBJ_IMAGE).any())


def _marks(paths: NDArray[np.uint64], affine: Affine) -> Iterator[Mark]:
    """Yield each path as one mark, or as the rules of its sides if it is a border."""
    import pypdfium2.raw as pdfium

    if not len(paths):
        return
    bounds, is_bound = written_of_each("FPDFPageObj_GetBounds", paths, ctypes.c_float, 4, 4)
    modes, _ = written_of_each("FPDFPath_GetDrawMode", paths, ctypes.c_int, 2, 2)
    filled = modes[:, 0] != 0
    colors = np.where(filled, _colors("Fill", paths), _colors("Stroke", paths))
    drawn = is_bound & modes.any(axis=1)
    edges = affine.boxes(bounds.T.astype(np.float64))
    drawn[_shapes(paths, filled & drawn & (edges[3] - edges[1] > TALL_SHAPE))] = False
    rounded = [tenths(edge) for edge in edges]
    may_be_border = modes[:, 0] == pdfium.FPDF_FILLMODE_ALTERNATE
    columns = (*rounded, filled.tolist(), colors.tolist())
    marks = list(map(_AS_MARK, zip(*columns, strict=True)))
    borders = {
        place: inner
        for place in np.flatnonzero(drawn & may_be_border).tolist()
        if (inner := _inner(int(paths[place]), affine)) is not None
    }
    for place in np.flatnonzero(drawn).tolist():
        if place in borders:
            outer = tuple(edge[place] for edge in edges)
            yield from _sides(outer, borders[place], marks[place].color)
        else:
            yield marks[place]


def _shapes(paths: NDArray[np.uint64], tall: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the places of those tall paths that are shapes, as a letter is, and no boxes."""
    places = np.flatnonzero(tall)
    return places[of_each("FPDFPath_CountSegments", paths[places]) > MOST_CORNERS]


_AS_MARK = partial(tuple.__new__, Mark)


def _mark(edges: Sequence[float], *, filled: bool, color: int) -> Mark:
    x0, top, x1, bottom = (round(edge, 1) for edge in edges)
    return Mark(x0, top, x1, bottom, filled, color)


def _colors(part: str, paths: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the colours of paths, of their ``Fill`` or ``Stroke``, as 0xRRGGBB."""
    rows, _ = written_of_each(f"FPDFPageObj_Get{part}Color", paths, ctypes.c_uint, 4, 4)
    red, green, blue, _alpha = rows.T.astype(np.int64)
    color: NDArray[np.int64] = red << 16 | green << 8 | blue
    return color


def _inner(path: int, affine: Affine) -> tuple[float, ...] | None:
    """Return the inner of two rectangles that a border is the space between, or None."""
    count = bound("FPDFPath_CountSegments", ctypes.c_int, HANDLE)(path)
    if count not in (8, 10):
        return None
    matrix, _ = written_of_each("FPDFPageObj_GetMatrix", [path], ctypes.c_float, 6)
    a, b, c, d, e, f = matrix[0].tolist()
    segment_at = bound("FPDFPath_GetPathSegment", HANDLE, HANDLE)
    segments = [segment_at(path, index) for index in range(count)]
    points, _ = written_of_each("FPDFPathSegment_GetPoint", segments, ctypes.c_float, 2, 2)
    placed = [affine.point(a * x + c * y + e, b * x + d * y + f) for x, y in points.tolist()]
    first, second = _bounds(placed[: count // 2]), _bounds(placed[count // 2 :])
    return first if _is_well_inside(first, second) else second


def _is_well_inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    """Return whether a rectangle lies inside another on all four sides: a frame between them.

    A border of one side alone is mostly the rule of a running head; were it told, the table below
    would take it for its own.
    """
    return (
        inner[0] > outer[0] and inner[1] > outer[1] and inner[2] < outer[2] and inner[3] < outer[3]
    )


def _bounds(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of points."""
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
