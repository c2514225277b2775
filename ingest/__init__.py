"""A file becomes a :class:`corpus.models.Document`; knows pages and layouts, no linguistics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.native import choose_modules

if TYPE_CHECKING:
    from ingest.reading import read_document

__all__ = ["MODULES", "read_document"]

MODULES = choose_modules(Path(__path__[0]))
"""Which code reads: compiled modules or source files."""


def __getattr__(name: str) -> Any:
    """Return ``read_document`` at first use, so that importing the package stays light."""
    if name == "read_document":
        from ingest.reading import read_document

        return read_document
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
