"""Letters of TeX's drawn fonts, whose codes no table of the PDF says how to read.

LaTeX without outline fonts sets its text in drawn ones (Type 3), and the PDF gives the fonts' own
codes. Those below the space are ligatures, dashes and quotation marks, and else they get lost:
*brottsoffer* is read as *brottso er*. The tables are those of *LaTeX font encodings* (Mittelbach,
Fairbairns, Lemberg and others, 2016): T1, which European languages use, and OT1.
"""

from __future__ import annotations

import re

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
