"""How sure a fact is, in three words: what the confidence of its reading means to a person."""

from __future__ import annotations

BANDS = ((0.9, "sure"), (0.7, "likely"), (0.0, "unsure"))
"""Bands of confidence by their lower bounds: nine of ten right, seven of ten, fewer."""


def sureness(confidence: float) -> str:
    """Return the band of a confidence from 0 to 1: ``sure``, ``likely`` or ``unsure``."""
    return next(name for bound, name in BANDS if confidence >= bound)
