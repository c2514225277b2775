"""Characters as they are meant: what files write in other codes, or with signs that are not seen.

Each rule names a real file that asked for it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ACCENTS = {
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u00b4": "\u0301",
    "\u0060": "\u0300",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u00b8": "\u0327",
}
"""Accents that are set as signs by themselves, over or under their letter, and the marks that
they are (LaTeX in its oldest encoding; rb_plumber_federal-register-2020-17221.pdf)."""

_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Spaces without width and marks of the direction of writing: web pages that were printed."""

_SYMBOLS = {
    0xF02D: "−",
    0xF0A3: "≤",
    0xF0B0: "°",
    0xF0B1: "±",
    0xF0B3: "≥",
    0xF0B4: "×",
    **{0xF061 + place: letter for place, letter in enumerate("αβχδεφγηι")},
}
"""Codes that Word writes for the font Symbol (sv_afs_2011_19_kemiska-arbetsmiljorisker.pdf). The
others are left: in the fonts of pictures they are bullets."""

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_CONTROLS = {
    code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85
}
"""Control characters that are those of Windows in the wrong table (rb_sv_custom-encoding.pdf)."""

_TABLE = _LIGATURES | _SYMBOLS | _CONTROLS
_ODD = re.compile(
    f"[{_UNSEEN}\x80-\x84\x86-\x9f\u0300-\u036f\u212b\ufb00-\ufb06"
    "\uf02d\uf061-\uf069\uf0a3\uf0b0\uf0b1\uf0b3\uf0b4]"
)
_ACCENT = re.compile("[" + "".join(ACCENTS) + "]")
_HIDDEN = re.compile(f"[{_UNSEEN}]")
_WRONGLY_DECODED = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac[\u0080-\u00bf\u0152\u0153\u02dc\u2122\u201c\u201d\u00a6]"
)
_UNREAD = re.compile(r"\(cid:\d{1,5}\)")


def is_odd(text: str) -> bool:
    """Return whether a text holds characters that ``plain`` changes."""
    return not text.isascii() and _ODD.search(text) is not None


def plain(text: str) -> str:
    """Return ``text`` with its characters as they are meant, letters and accents as one."""
    return unicodedata.normalize("NFC", _HIDDEN.sub("", text).translate(_TABLE))


class Accented(NamedTuple):
    """Letters with their accents: their codes, which are kept, and whether accents come first."""

    code: NDArray[np.int64]
    kept: NDArray[np.bool_]
    first: bool


def with_accents(
    text: str, code: NDArray[np.int64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> Accented | None:
    """Return characters with accents that stand over a letter joined to it, None without such.

    ``text`` is the page's; ``start`` and ``end`` tell where each character of ``code`` stands on
    its line, in points.
    """
    if text.isascii() or not _ACCENT.search(text):
        return None
    middle, made, kept = (start + end) / 2, code.copy(), np.ones(len(code), np.bool_)
    before = after = 0
    for place in np.flatnonzero(np.isin(code, list(map(ord, ACCENTS)))).tolist():
        beside = [at for at in (place - 1, place + 1) if 0 <= at < len(code)]
        over = [at for at in beside if start[at] <= middle[place] <= end[at]]
        bases = [at for at in over if composed(chr(code[at]), chr(code[place]))]
        if not bases:
            continue
        base = min(bases, key=lambda at: abs(middle[at] - middle[place]))
        made[base] = ord(composed(chr(code[base]), chr(code[place])) or " ")
        kept[place] = False
        before, after = before + (base > place), after + (base < place)
    return Accented(made, kept, before >= after) if not kept.all() else None


def composed(letter: str, accent: str) -> str | None:
    """Return a letter with an accent as one character, None where there is no such."""
    whole = unicodedata.normalize("NFC", letter + ACCENTS.get(accent, accent))
    return whole if letter.isalpha() and len(whole) == 1 else None


def joined_accents(text: str, *, first: bool) -> str:
    """Return ``text`` with accents joined to the letter after them, or before them."""
    signs = "".join(ACCENTS)
    pattern = rf"([{signs}]) ?([^\W\d_])" if first else rf"([^\W\d_]) ?([{signs}])"

    def whole(matched: re.Match[str]) -> str:
        accent, letter = (matched[1], matched[2]) if first else (matched[2], matched[1])
        return composed(letter, accent) or matched[0]

    return re.sub(pattern, whole, text)


def mended(text: str) -> str:
    """Return the text of a file with what a wrong program wrote in it mended.

    UTF-8 that was read as Windows' own letters (*fÃ¶r*) and codes of letters that were not known
    (*(cid:12)*) come with texts that others have taken out of PDFs.
    """
    if "(cid:" in text:
        text = _UNREAD.sub("", text)
    text = _WRONGLY_DECODED.sub(_decoded, text) if not text.isascii() else text
    return plain(text) if is_odd(text) else text


def _decoded(matched: re.Match[str]) -> str:
    content = b"".join(
        sign.encode("latin-1") if ord(sign) < 0x100 else sign.encode("cp1252", "ignore")
        for sign in matched[0]
    )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return matched[0]
