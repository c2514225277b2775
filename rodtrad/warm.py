"""Imported once by the server process from which readers are forked: what every reader needs.

spaCy takes seconds to import, the model of languages and the gazetteer a moment to load and a
hundred megabytes; a reader forked from a process that has them begins to read at once, and shares
their memory with the others.
"""

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

nlp()
load_gazetteer()
document_language([Block("", "paragraph", "Näckö kommun tillstyrker förslaget", 1, 1)])
