"""How type is set: font, size, weight, slope and colour, as the names and flags of fonts tell."""

from __future__ import annotations

import ctypes
import re
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.manycalls import bound

BOLD_WEIGHT = 600
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|(?:^|[-,+ ])bd\b|fet\b", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv|(?:-|,)it\b", re.IGNORECASE)
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_LONGEST_NAME = 128


class Style(NamedTuple):
    """How a word is set; ``size`` in points, ``color`` as 0xRRGGBB."""

    font: str
    size: float
    bold: bool = False
    italic: bool = False
    color: int = 0


class Font(NamedTuple):
    """What a font says of itself: its name, its flags and its weight (0 to 900)."""

    name: str
    flags: int
    weight: int


def read_font(textpage: Any, index: int) -> Font:
    """Return the font of the character at ``index`` of a page's text."""
    buffer, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    told = ctypes.byref(flags)
    bound("FPDFText_GetFontInfo")(textpage, index, buffer, ctypes.c_ulong(_LONGEST_NAME), told)
    name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
    return Font(name, flags.value, bound("FPDFText_GetFontWeight")(textpage, index))


@lru_cache(maxsize=4096)
def style_of(font: Font, size: float, color: int) -> Style:
    """Return the style of a font in a size and colour; the same object for the same type."""
    return Style(
        font.name,
        size,
        bool(_BOLD.search(font.name) or font.flags & _FORCE_BOLD_FLAG)
        or font.weight >= BOLD_WEIGHT,
        bool(_ITALIC.search(font.name) or font.flags & _ITALIC_FLAG),
        color,
    )
