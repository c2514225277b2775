"""A PDF in two steps: its pages to lines of type, each by itself, and those to a document.

The first step looks at one page at a time, so that pages can be read in any number of processes
and one that can't be read costs only itself; the second needs the lines of all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from corpus.errors import UnreadableDocument, mistake
from corpus.models import Document, Problem
from ingest.assembly import assembled
from ingest.blocks import build_blocks
from ingest.collector import without_collector
from ingest.furniture import part_furniture
from ingest.hyphens import vocabulary
from ingest.layout import PrintedLine, segments
from ingest.pages import PageContent, open_pdf, read_pages
from ingest.recognition import Ocr, recognised
from ingest.scans import stored_page, text_layer, unread_problems, with_even_sizes
from ingest.tables import with_tables
from ingest.turned import with_shown_boxes
from ingest.underlines import with_underlines
from ingest.watermarks import without_known_watermarks, without_watermarks

MOST_PAGES = 20_000
"""Pages of the longest document that is read; the longest inquiries have under 3,000, and a damaged
file can say that it has a million."""


class PageFailure(NamedTuple):
    """Why a page can't be read: the kind of problem, and what happened in a few words."""

    kind: str
    why: str


class TypesetPage(NamedTuple):
    """A page and its lines of type; the words and rules that these were made of are let go."""

    page: PageContent
    lines: Sequence[PrintedLine]


@contextmanager
def opened_pdf(source: Path | bytes, name: str) -> Iterator[Any]:
    """Give the PDF opened by pypdfium2, and close it after the body.

    Raises ``UnreadableDocument`` where it can't be opened, or says that it has too many pages.
    """
    document = open_pdf(source, name)
    try:
        if len(document) > MOST_PAGES:
            message = f"{name} says that it has {len(document)} pages; fetch it again or split it"
            raise UnreadableDocument("too_large", message)
        yield document
    finally:
        document.close()


def renew_library() -> None:
    """Start PDFium anew, with all that was opened in it closed.

    It keeps what it has learnt of a damaged font for the documents after it, which then get other
    places for their letters: what a document gives would depend on what was read before. This
    takes a tenth of a millisecond. A pypdfium2 without this module of its own is left as it is.
    """
    try:
        from pypdfium2 import _library_scope
    except ImportError:
        return
    _library_scope.destroy_lib()
    _library_scope.init_lib()


def typeset_pages(
    document: Any,
    numbers: Sequence[int] | None = None,
    *,
    failed: Mapping[int, PageFailure] | None = None,
    begun: Callable[[int], None] = lambda _number: None,
    recognising: Callable[[int], None] = lambda _number: None,
    ocr: Ocr = "auto",
) -> Iterator[TypesetPage]:
    """Yield the pages of an opened PDF with these ``numbers``, from 1, or all of them.

    ``begun`` is told each page's number before it is read, ``recognising`` once more before it is
    recognised in its picture, which takes seconds. Pages that are known to have
    ``failed`` are not tried. A page that can't be read has no lines and tells why.
    """
    for number in numbers if numbers is not None else range(1, len(document) + 1):
        failure = (failed or {}).get(number)
        if failure:
            yield _failed_page(number, failure)
            continue
        begun(number)
        yield _typeset(document, number, ocr, recognising)


@without_collector
def _typeset(
    document: Any, number: int, ocr: Ocr, recognising: Callable[[int], None]
) -> TypesetPage:
    """Return one page with its lines; whatever goes wrong with it is told in it."""
    try:
        page = recognised(document, next(read_pages(document, (number,))), ocr, recognising)
        page = without_watermarks(page)
        lines = with_tables(page, with_underlines(page.marks, segments(page)))
    except MemoryError:
        return _failed_page(number, PageFailure("too_large", "it needs more memory than there is"))
    except Exception as error:  # noqa: BLE001 - a mistake of ours must cost one page, not all
        return _failed_page(number, PageFailure("bug", mistake(error)))
    return TypesetPage(page._replace(words=(), marks=()), lines)


def _failed_page(number: int, failure: PageFailure) -> TypesetPage:
    page = PageContent(number, 0.0, 0.0, problem=failure.why, problem_kind=failure.kind)
    return TypesetPage(page, ())


@without_collector
def compose(typeset: Iterable[TypesetPage], document_id: str, source: str, sha256: str) -> Document:
    """Return the pages of a whole PDF, in their order, as a document without facts."""
    read = list(typeset)
    words = vocabulary(*(page.text for page, _lines in read))
    layer = text_layer(page for page, lines in read if lines)
    problems = _problems(read, document_id, source)
    pages = tuple(stored_page(page) for page, _lines in read)
    turned = {page.number: page.turned for page, _lines in read if page.turned}
    parted = part_furniture(with_even_sizes(without_known_watermarks(read)))
    read.clear()
    blocks = build_blocks(document_id, parted, words)
    blocks = with_shown_boxes(blocks, turned)
    return assembled(
        document_id, source, sha256, blocks, pages, text_layer=layer, problems=problems
    )


def _problems(typeset: Sequence[TypesetPage], document_id: str, source: str) -> tuple[Problem, ...]:
    found = [
        Problem(
            source,
            page.problem_kind,
            f"page {page.number} of {source} can't be read; the rest was ({page.problem})",
            document_id,
            page.number,
        )
        for page, _lines in typeset
        if page.problem
    ]
    found += unread_problems([page for page, _lines in typeset], document_id, source)
    if not any(lines or page.unread for page, lines in typeset):
        message = f"{source} holds no text, and none was recognised in its pictures: check the file"
        found.append(Problem(source, "no_text", message, document_id))
    return tuple(found)
