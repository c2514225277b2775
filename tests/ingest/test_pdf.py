"""Pages are read each by itself: those asked for, and one that can't be read costs only itself."""

from __future__ import annotations

import pickle

import pytest

import ingest.pdf
from corpus.errors import UnreadableDocument, mistake
from ingest import read_document
from ingest.pdf import PageFailure, compose, opened_pdf, typeset_pages


@pytest.fixture
def three_pages(write_pdf, typeset):
    return write_pdf([typeset((72, 100, f"Näckö kommun tycker {word}.")) for word in "abc"])


def texts(pages):
    return [" ".join(line.text for line in lines) for _page, lines in pages]


def test_the_pages_asked_for_are_read_and_each_is_told_of_first(three_pages):
    begun = []
    with opened_pdf(three_pages, "blad.pdf") as pdf:
        pages = list(typeset_pages(pdf, (2, 3), begun=begun.append))
    assert texts(pages) == ["Näckö kommun tycker b.", "Näckö kommun tycker c."]
    assert begun == [2, 3]


def test_a_page_that_failed_before_is_not_tried_again(three_pages):
    begun = []
    failed = {2: PageFailure("too_slow", "it took too long")}
    with opened_pdf(three_pages, "blad.pdf") as pdf:
        document = compose(typeset_pages(pdf, failed=failed, begun=begun.append), "b", "b.pdf", "")
    assert begun == [1, 3]
    assert [(p.kind, p.page) for p in document.problems] == [("too_slow", 2)]
    assert "it took too long" in document.problems[0].message
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert [block.page for block in document.blocks] == [1, 3]


@pytest.mark.parametrize(
    ("error", "kind"), [(MemoryError(), "too_large"), (IndexError("tuple index"), "bug")]
)
def test_whatever_goes_wrong_with_a_page_costs_only_that_page(
    three_pages, monkeypatch, error, kind
):
    real = ingest.pdf.segments

    def fail_on_two(page):
        if page.number == 2:
            raise error
        return real(page)

    monkeypatch.setattr(ingest.pdf, "segments", fail_on_two)
    monkeypatch.setattr(ingest.pdf, "mistake", mistake)
    with opened_pdf(three_pages, "blad.pdf") as pdf:
        document = compose(typeset_pages(pdf), "b", "b.pdf", "")
    assert [(p.kind, p.page) for p in document.problems] == [(kind, 2)]
    assert [block.page for block in document.blocks] == [1, 3]


def test_pages_composed_after_a_journey_between_processes_give_the_same_document(three_pages):
    with opened_pdf(three_pages, "blad.pdf") as pdf:
        whole = compose(typeset_pages(pdf), "b", "b.pdf", "")
    parts = []
    for numbers in ((1, 2), (3,)):
        with opened_pdf(three_pages, "blad.pdf") as pdf:
            parts += pickle.loads(pickle.dumps(list(typeset_pages(pdf, numbers))))
    assert compose(parts, "b", "b.pdf", "") == whole


def test_a_file_that_says_it_has_too_many_pages_is_refused(three_pages, monkeypatch):
    monkeypatch.setattr(ingest.pdf, "MOST_PAGES", 2)
    with (
        pytest.raises(UnreadableDocument, match="3 pages") as refused,
        opened_pdf(three_pages, "blad.pdf"),
    ):
        pass
    assert refused.value.kind == "too_large"


def test_a_page_without_area_is_not_drawn(write_pdf, typeset):
    path = write_pdf(
        [typeset((72, 100, "Planen antas."))], extra="/CropBox [900 900 950 950] /Rotate 90"
    )
    document = read_document(path, ocr="always")
    assert [(page.width, page.height) for page in document.pages] == [(0, 0)]
    assert document.problems == ()
