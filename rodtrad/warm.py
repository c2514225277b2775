"""Imported once by the server process from which readers are forked: what every reader needs.

spaCy takes seconds to import, the model of languages and the gazetteer a moment to load and a
hundred megabytes; a reader forked from a process that has them begins to read at once, and shares
their memory with the others. spaCy imports torch wherever that is installed, for 170 MB and two
seconds; nothing that reads has any use for it, and so it counts as missing here.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from analysis.citations import citations
from analysis.sentences import nlp
from analysis.split import split
from corpus.actors import load_gazetteer
from corpus.models import Block
from ingest.language import document_language
from ingest.reading import read_document
from rodtrad.quotes import proved

__all__ = ["citations", "proved", "pypdfium2", "read_document", "split"]


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Let imports of a module that is not loaded yet fail in the body, as where it is missing."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment] # so Python marks what can't be imported
    try:
        yield
    finally:
        del sys.modules[module]


with _without("torch"):
    nlp()
load_gazetteer()
document_language([Block("", "paragraph", "Näckö kommun tillstyrker förslaget", 1, 1)])
