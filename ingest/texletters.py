"""Letters of TeX's drawn fonts, whose codes no table of the PDF says how to read.

LaTeX without outline fonts sets its text in drawn ones (Type 3), and the PDF gives the fonts' own
codes. Those below the space are ligatures, dashes and quotation marks, and else they get lost:
*brottsoffer* is read as *brottso er*. The tables are those of *LaTeX font encodings* (Mittelbach,
Fairbairns, Lemberg and others, 2016): T1, which European languages use, and OT1. The widths are
those of Knuth's *Computer Modern Typefaces* (1986), which these fonts follow.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

FEW = 0.05
"""Part of a page's characters up to which signs below the space are such letters; ff, fi and
fl make up half a percent of Swedish. A page with more has a font whose codes mean nothing."""

_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04"
_T1 = dict(zip(range(0x0E, 0x17), "‹›“”„«»–—", strict=True)) | dict(
    zip(range(0x1B, 0x20), _LIGATURES, strict=True)
)
_OT1 = dict(zip((0x0B, 0x0C, 0x0E, 0x0F), "\ufb00\ufb01\ufb03\ufb04", strict=True))
"""Without fl, whose code is that of a line's end."""

_BULLET = "•"
_SIGN = re.compile(r"[\x0b\x0c\x0e-\x1f]")
_OF_OT1 = re.compile(r"[\x0b\x0c]")
_MARK = re.compile(r"(?<!\S)[\x0f\x88](?!\S)|\x88(?=\s)")
"""A bullet: by its place in TeX's symbols (OMS) or its text companion (TS1), alone as a word."""


def tex_letters(text: str) -> str | None:
    """Return a page's characters with the codes of TeX's drawn fonts as letters, one for one.

    ``text`` has every character of the page, the control characters too; None where it holds
    none that are TeX's.
    """
    signs = len(_SIGN.findall(text)) + text.count("\x88")
    if not signs or signs > FEW * len(text):
        return None
    table = _OT1 if _OF_OT1.search(text) else _T1
    return _MARK.sub(_BULLET, text).translate(table)


_CMR = {
    "a": 0.5,
    "b": 0.5556,
    "d": 0.5556,
    "e": 0.4444,
    "g": 0.5,
    "h": 0.5556,
    "n": 0.5556,
    "o": 0.5,
    "p": 0.5556,
    "r": 0.3917,
    "s": 0.3944,
    "t": 0.3889,
    "u": 0.5556,
}
WIDTHS = {ord(letter): width for letter, width in _CMR.items()}
"""Widths of letters of Computer Modern Roman, by the type size."""

_CMSS = {
    "a": 0.4804,
    "e": 0.4444,
    "g": 0.5,
    "n": 0.5167,
    "o": 0.5,
    "r": 0.3417,
    "s": 0.3833,
    "t": 0.3611,
}
SANS_WIDTHS = {ord(letter): width for letter, width in _CMSS.items()}
"""Widths of letters of Computer Modern Sans Serif, by the type size."""

SANS_BOLD = 1.05
"""How much wider each of these is in bold at least: 1.10 in 10 points; of the other type that TeX
sets only bold roman is as wide in *e*, *g* and *o*."""

SANS_TOLD_BY = frozenset(map(ord, "ego"))

BOLD = 1.07
"""How much wider they are in bold at least: 1.15 in 10 points and 1.10 in 14; the type of 9 points
is 1.03 times as wide, and of italics only some letters are."""

SMALLEST = 9.0
"""Points below which all weights are drawn wider."""


def drawn_bold(
    code: NDArray[np.int64], font: NDArray[np.int64], width: NDArray[np.float64], fonts: int
) -> NDArray[np.bool_]:
    """Return which of so many fonts are the bold type of TeX's drawn fonts.

    These have neither a name nor a weight, but the widths of Computer Modern, whose bold type is
    wide in every letter, with serifs or without. ``font`` and ``width`` are of each letter, widths
    by the type size.
    """
    wide, usual = np.zeros(fonts), np.zeros(fonts)
    every = np.ones(fonts, np.bool_)
    sans, told = np.ones(fonts, np.bool_), np.zeros(fonts, np.bool_)
    for letter in WIDTHS.keys() | SANS_WIDTHS.keys():
        own = code == letter
        counts = np.bincount(font[own], minlength=fonts)
        widths = np.bincount(font[own], width[own], minlength=fonts)
        if letter in WIDTHS:
            wide, usual = wide + widths, usual + counts * WIDTHS[letter]
            every &= widths >= counts * WIDTHS[letter]
        if letter in SANS_WIDTHS:
            sans &= widths >= counts * SANS_WIDTHS[letter] * SANS_BOLD
            told |= (counts > 0) & (letter in SANS_TOLD_BY)
    return ((usual > 0) & every & (wide >= BOLD * usual)) | (sans & told)
