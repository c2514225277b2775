"""Imported once by the server process from which readers are forked: what every reader needs.

spaCy takes seconds to import and the gazetteer a moment to index; a reader forked from a process
that has both begins to read at once.
"""

from analysis.citations import citations
from analysis.sentences import nlp
from analysis.split import split
from corpus.actors import load_gazetteer
from ingest.reading import read_document

__all__ = ["citations", "read_document", "split"]

nlp()
load_gazetteer()
