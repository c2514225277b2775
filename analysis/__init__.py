"""Splits blocks into recommendations, reads them, links them and measures how well that went."""
