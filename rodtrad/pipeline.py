"""The pipeline that names every step in order; the only place that knows all the packages."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import analysis
import corpus
import ingest
from corpus import reader
from corpus.database import check_file, only_build
from corpus.errors import RodtradError
from corpus.models import Document, Problem
from corpus.store import Changes, Store, StoredFile, UnreadFile
from rodtrad import reading
from rodtrad.quotes import QuoteReport, verify
from rodtrad.reading import Task
from rodtrad.schedule import read_all
from rodtrad.sources import Found, collect, name_documents

if TYPE_CHECKING:
    from analysis.encoder import Encoder
    from ingest.recognition import Ocr

FOUND_BY_WALKING = ("missing", "no_permission", "duplicate", "wrong_name", "no_file")
"""Kinds of problems that hold as long as the walk through the folders finds them."""

FOUND_IN_THE_WHOLE = ("unknown_document", "quote")
"""Kinds of problems that each run over the whole corpus finds anew."""

_VERSIONED = ("rodtrad", "spacy", "pypdfium2", "onnxruntime", "sqlite-utils")


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: number of processes, whether to read what has not changed, which encoder.

    ``ocr`` is whether pages that are pictures are recognised: those that need it, none or all.
    """

    jobs: int = os.cpu_count() or 1
    force: bool = False
    encoder: str | None = None
    ocr: Ocr = "auto"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did; ``nothing_new`` when every file was as before."""

    read: int
    unchanged: int
    changes: dict[str, Changes]
    problems: tuple[Problem, ...]
    counts: dict[str, int]
    quotes: QuoteReport
    nothing_new: bool = False


def build(
    database: Path,
    paths: Sequence[Path],
    options: Options,
    tell: Callable[[str], None] = lambda _line: None,
) -> Outcome:
    """Read, split, store, link and verify; only what has changed since the last build.

    ``tell`` is given a line of progress at each step and document.

    Raises:
        ManifestError: a ``corpus.yml`` can't be used; nothing has been written.
        RodtradError: there is nothing to read, and nothing was read before.
        DatabaseError: the database can't be used or written.
        EncoderError: the encoder can't be loaded.
    """
    check_file(database, create=True)
    with only_build(database):
        found = collect(paths, database, _known_paths(database))
        if not (found.sources or found.problems or database.exists()):
            named = ", ".join(str(path) for path in paths)
            raise RodtradError(
                f"there are no files in {named}: put PDF, DOCX, HTML or TXT files there"
            )
        store = Store(database)
        try:
            return _build(store, found, options, tell)
        finally:
            store.close()


def _known_paths(database: Path) -> frozenset[str]:
    if not database.exists():
        return frozenset()
    store = Store(database)
    try:
        return frozenset(file.path for file in store.files().values())
    finally:
        store.close()


def _build(store: Store, found: Found, options: Options, tell: Callable[[str], None]) -> Outcome:
    stored = store.files()
    tasks, unchanged = _plan(found, store, options)
    told = (*found.problems, *_gone_files(found, stored))
    store.forget_unread(path for path in store.unread() if not os.path.lexists(path))
    state = _link_state(store, options.encoder)
    if not tasks and not options.force and state == store.linked_state():
        return _nothing_new(store, told, unchanged)
    model = _encoder(options.encoder)
    asked = {"encoder": options.encoder, "ocr": options.ocr, "files": len(tasks)}
    run = store.start_run("build", _versions(options), asked)
    changes, passing = _read_and_store(store, tasks, run, options.jobs, tell)
    problems = (*told, *passing, *_resolve(store))
    _link(store, run, model, options.encoder, tell)
    tell("verifying quotes")
    quotes = verify(store.db)
    found_anew = (*FOUND_BY_WALKING, *FOUND_IN_THE_WHOLE)
    store.replace_problems(found_anew, (*problems, *quotes.problems))
    known = _problems(store)
    store.finish_run(run, documents_read=len(changes), problems=len(known))
    return Outcome(len(changes), unchanged, changes, known, _counts(store), quotes)


def _encoder(name: str | None) -> Encoder:
    """Return the encoder; before any file is read, so that a wrong name costs nothing."""
    from analysis.encoder import load_encoder

    return load_encoder(name)


# Which documents to read


def _plan(found: Found, store: Store, options: Options) -> tuple[list[Task], int]:
    """Return the tasks for the files that are new or changed, and the number of the others."""
    stored, unread = store.files(), store.unread()
    names = name_documents(found.sources, stored)
    tasks = [
        Task(names[s.path], s.path, s.name, s.sha256, s.entry, found.actors, options.ocr)
        for s in found.sources
    ]
    changed = [
        task
        for task in tasks
        if options.force
        or (
            stored.get(task.id) not in _as_it_would_be(task)
            and _unread_file(task) != unread.get(str(task.path))
        )
    ]
    return changed, len(tasks) - len(changed)


def _as_it_would_be(task: Task) -> tuple[StoredFile, ...]:
    """Return how a file may be stored that need not be read again.

    A document without pages that recognition changes is the same with it and without.
    """
    recognised = _stored_file(task, _recognition(task.ocr))
    return (recognised,) if task.ocr == "always" else (recognised, _stored_file(task, ""))


def _recognition(ocr: Ocr) -> str:
    """Return what the pages that are recognised, or are not, depend on."""
    from ingest.tesseract import engine

    used = None if ocr == "never" else engine()
    return f"{ocr} {used.version} {used.reads_swedish}" if used else f"{ocr} without"


def _stored_file(task: Task, recognition: str) -> StoredFile:
    fingerprint = _settings_fingerprint(task, recognition)
    return StoredFile(task.id, str(task.path), task.sha256, fingerprint)


def _read_as(task: Task, document: Document) -> StoredFile:
    """Return how a file that was read is stored."""
    from ingest.scans import depends_on_recognition

    depends = task.ocr == "always" or depends_on_recognition(document)
    return _stored_file(task, _recognition(task.ocr) if depends else "")


def _unread_file(task: Task) -> UnreadFile:
    return UnreadFile(str(task.path), task.name, task.sha256, _settings_fingerprint(task))


def _settings_fingerprint(task: Task, recognition: str = "") -> str:
    settings = (_code_fingerprint(), repr(task.entry), repr(task.actors), task.name, recognition)
    return hashlib.blake2b("\n".join(settings).encode(), digest_size=16).hexdigest()


@cache
def _code_fingerprint() -> str:
    """Return a checksum of the code and rules that read and split, so that a change rereads."""
    digest = hashlib.blake2b(digest_size=16)
    for package in (ingest, analysis, corpus):
        for path in sorted(_rules(Path(package.__file__ or "").parent)):
            digest.update(path.read_bytes())
    digest.update(Path(reading.__file__).read_bytes())
    return digest.hexdigest()


def _rules(package: Path) -> Iterator[Path]:
    yield from package.glob("*.py")
    yield from (path for path in package.glob("data/**/*") if path.is_file())


def _gone_files(found: Found, stored: dict[str, StoredFile]) -> Iterator[Problem]:
    """Yield a problem for each document whose file is no longer where it was read."""
    moved = {source.sha256 for source in found.sources}
    for file in stored.values():
        if file.sha256 not in moved and not Path(file.path).exists():
            message = "the file is gone; what was read from it is kept: put the file back"
            yield Problem(Path(file.path).name, "missing", message, document=file.document)


def _nothing_new(store: Store, told: Sequence[Problem], unchanged: int) -> Outcome:
    """Return the outcome of a build that reads nothing; the database is left as it is.

    Only what walking the folders found may have come or gone.
    """
    if set(told) != {p for p in _problems(store) if p.kind in FOUND_BY_WALKING}:
        store.replace_problems(FOUND_BY_WALKING, told)
    known = _problems(store)
    return Outcome(0, unchanged, {}, known, _counts(store), QuoteReport(), nothing_new=True)


# Reading and storing


def _read_and_store(
    store: Store, tasks: Sequence[Task], run: int, jobs: int, tell: Callable[[str], None]
) -> tuple[dict[str, Changes], list[Problem]]:
    """Read the files and store each as it comes, so that a build that is killed loses little.

    Returns the changes by document, and the problems that a new walk can find gone.
    """
    changes: dict[str, Changes] = {}
    passing: list[Problem] = []
    with closing(read_all(tasks, jobs)) as results:
        for number, (task, result) in enumerate(results, 1):
            tell(f"[{number}/{len(tasks)}] {task.name}")
            if not isinstance(result, Problem):
                changes[task.id] = store.write_reading(result, _read_as(task, result.document), run)
            elif result.kind in FOUND_BY_WALKING:
                passing.append(result)
            else:
                store.write_unread(_unread_file(task), result, run)
    return changes, passing


def _resolve(store: Store) -> list[Problem]:
    """Find which document answers which, and what documents the citations mean."""
    from analysis.answers import cited_documents, find_answers

    documents = reader.documents(store.db)
    answers, problems = find_answers(documents)
    store.write_answers(answers, cited_documents(documents))
    return problems


def _link(
    store: Store, run: int, model: Encoder, encoder: str | None, tell: Callable[[str], None]
) -> None:
    from analysis.evidence import find_evidence
    from analysis.link import link
    from analysis.matter import meanings
    from corpus.vectors import KeptVectors, write_meanings

    tell("linking")
    documents = reader.documents(store.db)
    recommendations = reader.recommendations(store.db)
    name = f"{model.name} {model.version}".strip()
    kept = KeptVectors(store.db, store.path, name, model.dim, model.encode)
    links = link(documents, recommendations, kept.encode)
    evidence = find_evidence(documents, reader.blocks(store.db), recommendations, kept.encode)
    vectors = meanings(recommendations, kept.encode)
    kept.forget_others()
    ids = [recommendation.id for recommendation in recommendations]
    write_meanings(store.db, store.path, model.name, zip(ids, vectors, strict=True))
    store.write_links(links, evidence, run=run, state=_link_state(store, encoder))


def _link_state(store: Store, encoder: str | None) -> str:
    """Return a checksum of all that links depend on: documents as read, and the encoder."""
    files = sorted(
        (file.document, file.sha256, file.fingerprint) for file in store.files().values()
    )
    state = json.dumps([files, encoder or "default", _code_fingerprint()])
    return hashlib.blake2b(state.encode(), digest_size=16).hexdigest()


# Closing the run


def _problems(store: Store) -> tuple[Problem, ...]:
    rows = store.db.query(
        "select source, kind, message, document, page from problems order by source, page, kind"
    )
    return tuple(Problem(**row) for row in rows)


def _counts(store: Store) -> dict[str, int]:
    """Return how much there is; only documents that have pages count any."""
    names = ("documents", "recommendations", "links", "evidence")
    pages = store.db.execute("select coalesce(sum(pages), 0) from documents").fetchone()[0]
    counts = {name: store.db.table(name).count for name in names}
    counts["links"] = store.db.table("links").count_where("relation <> 'near'")
    return {"pages": pages, **counts}


def _versions(options: Options) -> dict[str, str]:
    from ingest.tesseract import engine

    used = engine() if options.ocr != "never" else None
    found = {"tesseract": used.version} if used else {}
    for name in _VERSIONED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
