"""The work on one document, from file to recommendations, in steps that processes can share.

A small document is read whole in one step. A large PDF is read in parts of some pages each, in
any order and process, which a last step makes a document of. Steps give back a ``Problem`` for
what can't be read; they raise nothing.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from corpus.actors import Gazetteer, load_gazetteer
from corpus.errors import UnreadableDocument, mistake
from corpus.ids import slug
from corpus.lineplaces import without_words
from corpus.manifest import ManifestEntry
from corpus.models import Actor, Addressee, Document, Problem, Reading
from rodtrad.workers import Announce, Step, return_memory

if TYPE_CHECKING:
    from ingest.pdf import PageFailure, TypesetPage
    from ingest.recognition import Ocr

SECONDS_PER_PAGE = 60.0
"""A page that takes longer is left out: the slowest page at hand takes under a second."""

SECONDS_TO_RECOGNISE = 150.0
"""A page that is a picture may take longer: a little more than its recognition is given."""

SECONDS_PER_DOCUMENT = 600.0
"""A document whose pages take longer to be made a document of is given up: the 297 pages of
tables of the slowest file at hand take under a minute on one core."""

PAGES_PER_PART = 32
"""Pages of a part: what is read again when a process dies, and enough to share among processes."""

MOST_AT_ONCE = 2 * PAGES_PER_PART
"""Pages of the longest document that is read whole in one step."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read as the document ``id``; ``actors`` are the bodies that ``corpus.yml`` adds."""

    id: str
    path: Path
    name: str
    sha256: str
    entry: ManifestEntry | None
    actors: tuple[Actor, ...]
    ocr: Ocr = "auto"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a page may take, and which pages have been tried in vain."""

    seconds: float = SECONDS_PER_PAGE
    failed: Mapping[int, PageFailure] = field(default_factory=dict)


class Part(NamedTuple):
    """Some pages of a document of ``in_all``, packed for the way to another process."""

    in_all: int
    packed: bytes


def read(announce: Announce, task: Task, patience: Patience) -> Reading | Part | Problem:
    """Return what one file holds, or the first part of a PDF of many pages."""
    return _or_problem(task, lambda: _read(announce, task, patience))


def read_part(
    announce: Announce, task: Task, patience: Patience, numbers: Sequence[int]
) -> Part | Problem:
    """Return the pages with these numbers of a PDF."""

    def read_pages() -> Part:
        from ingest.pdf import opened_pdf

        announce(Step(None, SECONDS_PER_PAGE))
        with opened_pdf(task.path, str(task.path)) as pdf:
            return _part(len(pdf), _pages(announce, pdf, task, patience, numbers))

    return _or_problem(task, read_pages)


def finish(
    announce: Announce, task: Task, _patience: Patience, parts: list[Part]
) -> Reading | Problem:
    """Return what the document of these parts, in their order, holds; ``parts`` is emptied."""

    def compose() -> Reading:
        from ingest.packing import taken

        announce(Step(None, SECONDS_PER_DOCUMENT))
        return_memory()
        return _composed(task, (page for part in taken(parts) for page in _unpacked(part)))

    return _or_problem(task, compose)


def _or_problem(task: Task, read: Callable[[], T]) -> T | Problem:
    """Return what ``read`` does, or why it can't; what was read before leaves no trace in it."""
    from ingest.pdf import renew_library

    try:
        renew_library()
        return read()
    except UnreadableDocument as error:
        return Problem(task.name, error.kind, _without_path(str(error), task))
    except MemoryError:
        return Problem(task.name, "too_large", "needs more memory than there is: split the file")
    except Exception as error:  # noqa: BLE001 - a mistake of ours must cost one document, not all
        return Problem(task.name, "bug", mistake(error))


def _read(announce: Announce, task: Task, patience: Patience) -> Reading | Part:
    from ingest import read_document
    from ingest.packing import taken
    from ingest.reading import is_pdf

    announce(Step(None, SECONDS_PER_DOCUMENT))
    if not is_pdf(task.path):
        return _split(task, read_document(task.path, gazetteer=_gazetteer(task.actors)))
    pages = _first_pages(announce, task, patience)
    if isinstance(pages, Part):
        return pages
    announce(Step(None, SECONDS_PER_DOCUMENT))
    return _composed(task, taken(pages))


def _first_pages(announce: Announce, task: Task, patience: Patience) -> Part | list[TypesetPage]:
    """Return all pages of a PDF, or the first part of one of many pages.

    The words of a part's pages alone are left as they are: to pack more takes time, to leave more
    memory.
    """
    from ingest.packing import packed_page
    from ingest.pdf import opened_pdf

    announce(Step(None, SECONDS_PER_PAGE))
    with opened_pdf(task.path, str(task.path)) as pdf:
        in_all = len(pdf)
        if in_all > MOST_AT_ONCE:
            numbers = range(1, PAGES_PER_PART + 1)
            return _part(in_all, _pages(announce, pdf, task, patience, numbers))
        pages = _pages(announce, pdf, task, patience, range(1, in_all + 1))
        return [*islice(pages, PAGES_PER_PART), *map(packed_page, pages)]


def _pages(
    announce: Announce, pdf: Any, task: Task, patience: Patience, numbers: Sequence[int]
) -> Iterator[TypesetPage]:
    from ingest.pdf import typeset_pages

    def begun(number: int) -> None:
        announce(Step(number, patience.seconds))

    def recognising(number: int) -> None:
        announce(Step(number, SECONDS_TO_RECOGNISE))

    return typeset_pages(
        pdf,
        numbers,
        failed=patience.failed,
        begun=begun,
        recognising=recognising,
        ocr=task.ocr,
    )


def _part(in_all: int, pages: Iterable[TypesetPage]) -> Part:
    from ingest.packing import packed_page

    content = pickle.dumps(list(map(packed_page, pages)), pickle.HIGHEST_PROTOCOL)
    return Part(in_all, zlib.compress(content, level=1))


def _unpacked(part: Part) -> list[TypesetPage]:
    pages: list[TypesetPage] = pickle.loads(zlib.decompress(part.packed))
    return pages


def _composed(task: Task, pages: Iterable[TypesetPage]) -> Reading:
    """Return what the document with these pages holds."""
    from corpus.ids import document_id
    from ingest.pdf import compose
    from ingest.reading import with_facts

    name = task.path.name
    document = compose(pages, document_id(name), str(task.path), task.sha256)
    return _split(task, with_facts(document, name, _gazetteer(task.actors)))


def _without_path(message: str, task: Task) -> str:
    """Return a message that does not tell where the corpus lies: the row names the file."""
    return message.replace(str(task.path), "the file")


def _split(task: Task, document: Document) -> Reading:
    """Return the document as the build names it, with its citations and what of it is proved."""
    from analysis.citations import citations
    from analysis.referents import introduced
    from analysis.split import split
    from ingest.facts import apply_overrides
    from rodtrad.quotes import proved

    document = apply_overrides(_renamed(document, task), task.entry)
    gazetteer = introduced(document, _gazetteer(task.actors))
    reading = Reading(_light(document), split(document, gazetteer), citations(document))
    if reading.recommendations:
        reading = proved(reading, task.path)
    return _with_actors(reading, gazetteer)


@lru_cache(maxsize=4)
def _gazetteer(actors: tuple[Actor, ...]) -> Gazetteer:
    return load_gazetteer(actors)


def _renamed(document: Document, task: Task) -> Document:
    """Return the document with the id and name of the build, its parts' ids changed with it."""
    old = f"{document.id}-"

    def new(part: str | None) -> str | None:
        return None if part is None else f"{task.id}-{part.removeprefix(old)}"

    return replace(
        document,
        id=task.id,
        source=task.name,
        sha256=task.sha256,
        sections=tuple(
            replace(section, id=new(section.id) or "", parent=new(section.parent))
            for section in document.sections
        ),
        blocks=tuple(
            replace(
                block,
                id=new(block.id) or "",
                section=new(block.section),
                calls=tuple(call._replace(note=new(call.note)) for call in block.calls),
            )
            for block in document.blocks
        ),
        problems=tuple(
            replace(
                problem,
                source=task.name,
                document=task.id,
                message=_without_path(problem.message, task),
            )
            for problem in document.problems
        ),
    )


def _light(document: Document) -> Document:
    """Return the document without the edges of words, which nothing needs after splitting."""
    blocks = (replace(block, lines=without_words(block.lines)) for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _with_actors(reading: Reading, gazetteer: Gazetteer) -> Reading:
    """Return the reading with bodies by their ids, and the bodies that it names."""
    sender = _body(reading.document.sender, gazetteer)
    named = [a for r in reading.recommendations for a in r.addressees if a.actor]
    speakers = {r.actor: _body(r.actor, gazetteer) for r in reading.recommendations if r.actor}
    bodies = [sender, *speakers.values(), *(_meant(one, gazetteer) for one in named)]
    actors: dict[str, Actor] = {}
    waiting = [body for body in bodies if body]
    while waiting:
        actor = waiting.pop()
        parent = gazetteer.get(actor.parent) if actor.parent else None
        waiting += [parent] if parent and parent.id not in actors else []
        actors[actor.id] = actor
    return replace(
        reading,
        document=replace(reading.document, sender=_id_of(sender)),
        recommendations=tuple(
            replace(
                r,
                actor=_id_of(speakers.get(r.actor or "") or sender),
                addressees=_known(r.addressees, actors),
            )
            for r in reading.recommendations
        ),
        actors=tuple(actors[key] for key in sorted(actors)),
    )


def _meant(one: Addressee, gazetteer: Gazetteer) -> Actor | None:
    """Return the body that an addressee is known to be, or that its name is a name of."""
    return gazetteer.get(one.actor or "") or gazetteer.resolve(one.named)


def _id_of(body: Actor | None) -> str | None:
    return body.id if body else None


def _body(name: str | None, gazetteer: Gazetteer) -> Actor | None:
    """Return the body called ``name``, a new one where the gazetteer knows none."""
    if not name:
        return None
    return gazetteer.resolve(name) or Actor(slug(name), name, "other")


def _known(addressees: Sequence[Addressee], actors: Container[str]) -> tuple[Addressee, ...]:
    """Return the addressees, each with its body's id only where that body is among ``actors``."""
    return tuple(a if a.actor in actors else replace(a, actor=None) for a in addressees)
