"""What is made while a PDF is read goes when it is let go, without the collector."""

import gc

import pytest

from ingest import read_document
from ingest.pages import PageContent, PageWord


@pytest.fixture
def unreached():
    """Give a function that returns what the collector alone would find of a call's objects."""

    def look(function):
        function()
        gc.collect()
        gc.disable()
        gc.set_debug(gc.DEBUG_SAVEALL)
        try:
            function()
            gc.collect()
            return list(gc.garbage)
        finally:
            gc.set_debug(0)
            gc.garbage.clear()
            gc.enable()

    return look


def test_no_page_waits_for_the_collector(write_pdf, typeset, unreached):
    pages = [typeset((72, 400, "Nämnden har ett ansvar.")) for _page in range(3)]
    path = write_pdf(pages)
    left = unreached(lambda: read_document(path, ocr="never"))
    assert not [each for each in left if isinstance(each, PageWord | PageContent)]
