"""The pipeline that names every step in order; the only place that knows all the packages."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import analysis
import corpus
import ingest
from corpus import reader
from corpus.models import Problem
from corpus.store import Changes, Store, StoredFile
from rodtrad.quotes import QuoteReport, verify
from rodtrad.reading import Task, read_all
from rodtrad.sources import Found, collect, name_documents

Progress = Callable[[Sequence[Task]], "object"]

_VERSIONED = ("rodtrad", "spacy", "pypdfium2", "model2vec", "sqlite-utils")


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: number of processes, whether to read what has not changed, which encoder."""

    jobs: int = os.cpu_count() or 1
    force: bool = False
    encoder: str | None = None


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
        DatabaseError: the database can't be used or written.
        EncoderError: the encoder can't be loaded.
    """
    found = collect(paths, database)
    store = Store(database)
    try:
        return _build(store, found, options, tell)
    finally:
        store.close()


def _build(store: Store, found: Found, options: Options, tell: Callable[[str], None]) -> Outcome:
    stored = store.files()
    tasks, unchanged = _plan(found, stored, force=options.force)
    gone = tuple(_gone_files(found, stored))
    state = _link_state(store, options.encoder)
    if not tasks and not options.force and state == store.linked_state():
        return _nothing_new(store, found, gone, unchanged)
    run = store.start_run("build", _versions(), {"encoder": options.encoder, "files": len(tasks)})
    changes, problems = _read_and_store(store, tasks, run, options.jobs, tell)
    problems += _resolve(store)
    _link(store, run, options.encoder, tell)
    tell("verifying quotes")
    quotes = verify(store.db)
    problems += quotes.problems
    _record(store, found, tasks, (*found.problems, *gone, *problems))
    known = _problems(store)
    store.finish_run(run, documents_read=len(changes), problems=len(known))
    return Outcome(len(changes), unchanged, changes, known, _counts(store), quotes)


# Which documents to read


def _plan(found: Found, stored: dict[str, StoredFile], *, force: bool) -> tuple[list[Task], int]:
    """Return the tasks for the files that are new or changed, and the number of the others."""
    names = name_documents(found.sources, stored)
    tasks = [
        Task(names[s.path], s.path, s.name, s.sha256, s.entry, found.actors) for s in found.sources
    ]
    changed = [
        task
        for task in tasks
        if force or task.id not in stored or stored[task.id] != _stored_file(task)
    ]
    return changed, len(tasks) - len(changed)


def _stored_file(task: Task) -> StoredFile:
    settings = (_code_fingerprint(), repr(task.entry), repr(task.actors), task.name)
    fingerprint = hashlib.blake2b("\n".join(settings).encode(), digest_size=16).hexdigest()
    return StoredFile(task.id, str(task.path), task.sha256, fingerprint)


def _code_fingerprint() -> str:
    """Return a checksum of the code and rules that read and split, so that a change rereads."""
    if not _FINGERPRINT:
        digest = hashlib.blake2b(digest_size=16)
        for package in (ingest, analysis, corpus):
            for path in sorted(_rules(Path(package.__file__ or "").parent)):
                digest.update(path.read_bytes())
        _FINGERPRINT.append(digest.hexdigest())
    return _FINGERPRINT[0]


_FINGERPRINT: list[str] = []


def _rules(package: Path) -> Iterator[Path]:
    yield from package.glob("*.py")
    yield from (path for path in package.glob("data/**/*") if path.is_file())


def _gone_files(found: Found, stored: dict[str, StoredFile]) -> Iterator[Problem]:
    """Yield a problem for each document whose file is no longer where it was read."""
    moved = {source.sha256 for source in found.sources}
    for file in stored.values():
        if file.sha256 not in moved and not Path(file.path).exists():
            message = f"{file.path} is gone; what was read from it is kept: put the file back"
            yield Problem(Path(file.path).name, "missing", message, document=file.document)


def _nothing_new(store: Store, found: Found, gone: tuple[Problem, ...], unchanged: int) -> Outcome:
    known = _problems(store)
    fresh = {(p.source, p.kind) for p in (*found.problems, *gone)}
    if fresh - {(p.source, p.kind) for p in known}:
        _record(store, found, (), (*found.problems, *gone))
        known = _problems(store)
    return Outcome(0, unchanged, {}, known, _counts(store), QuoteReport(), nothing_new=True)


# Reading and storing


def _read_and_store(
    store: Store, tasks: Sequence[Task], run: int, jobs: int, tell: Callable[[str], None]
) -> tuple[dict[str, Changes], list[Problem]]:
    changes: dict[str, Changes] = {}
    problems: list[Problem] = []
    for number, (task, result) in enumerate(read_all(tasks, jobs), 1):
        tell(f"[{number}/{len(tasks)}] {task.name}")
        if isinstance(result, Problem):
            problems.append(result)
            continue
        changes[task.id] = store.write_reading(result, _stored_file(task), run)
        problems += result.document.problems
    return changes, problems


def _resolve(store: Store) -> list[Problem]:
    """Find which document answers which, and what documents the citations mean."""
    from analysis.answers import cited_documents, find_answers

    documents = reader.documents(store.db)
    answers, problems = find_answers(documents)
    store.write_answers(answers, cited_documents(documents))
    return problems


def _link(store: Store, run: int, encoder: str | None, tell: Callable[[str], None]) -> None:
    from analysis.encoder import load_encoder
    from analysis.evidence import find_evidence
    from analysis.link import link

    tell("linking")
    model = load_encoder(encoder)
    documents = reader.documents(store.db)
    recommendations = reader.recommendations(store.db)
    links = link(documents, recommendations, model.encode)
    evidence = find_evidence(documents, reader.blocks(store.db), recommendations, model.encode)
    store.write_links(links, evidence, run=run, state=_link_state(store, encoder))


def _link_state(store: Store, encoder: str | None) -> str:
    """Return a checksum of all that links depend on: documents as read, and the encoder."""
    files = sorted(
        (file.document, file.sha256, file.fingerprint) for file in store.files().values()
    )
    state = json.dumps([files, encoder or "default", _code_fingerprint()])
    return hashlib.blake2b(state.encode(), digest_size=16).hexdigest()


# Closing the run


def _record(store: Store, found: Found, tasks: Sequence[Task], problems: Iterable[Problem]) -> None:
    """Write the problems of this run in place of those that its files had before."""
    problems = tuple(problems)
    sources = {task.name for task in tasks} | {problem.source for problem in problems}
    stale = [
        p.source
        for p in _problems(store)
        if p.kind in ("missing", "no_permission", "duplicate") and p.source not in sources
    ]
    store.replace_problems([*sources, *stale], problems)


def _problems(store: Store) -> tuple[Problem, ...]:
    rows = store.db.query(
        "select source, kind, message, document, page from problems order by source, page, kind"
    )
    return tuple(Problem(**row) for row in rows)


def _counts(store: Store) -> dict[str, int]:
    names = ("documents", "pages", "recommendations", "links", "evidence")
    return {name: store.db.table(name).count for name in names}


def _versions() -> dict[str, str]:
    found = {}
    for name in _VERSIONED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
