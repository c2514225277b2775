"""One document from file to recommendations, in a process of its own pool.

A document that takes too long, or that kills the process that reads it, costs only itself.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Container, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

from corpus.actors import Gazetteer, load_gazetteer
from corpus.errors import UnreadableDocument, mistake
from corpus.ids import slug
from corpus.manifest import ManifestEntry
from corpus.models import Actor, Addressee, Block, Document, Problem, Reading

SECONDS_PER_DOCUMENT = 600
"""A document that takes longer is given up: the 297 pages of tables of the slowest file at hand
take under a minute on one core."""

GRACE_SECONDS = 30
"""How much longer a process that does not hear the alarm is let live."""

AHEAD = 4
"""Documents in work or waiting for the writer, by process, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read as the document ``id``; ``actors`` are the bodies that ``corpus.yml`` adds."""

    id: str
    path: Path
    name: str
    sha256: str
    entry: ManifestEntry | None
    actors: tuple[Actor, ...]


def read(task: Task) -> Reading | Problem:
    """Return what one file holds, or why it can't be read."""
    try:
        with _time_limit(SECONDS_PER_DOCUMENT):
            return _read(task)
    except UnreadableDocument as error:
        return Problem(task.name, error.kind, _without_path(str(error), task))
    except TimeoutError:
        message = f"took over {SECONDS_PER_DOCUMENT} seconds and was given up: split the file"
        return Problem(task.name, "too_slow", message)
    except MemoryError:
        return Problem(task.name, "too_large", "needs more memory than there is: split the file")
    except Exception as error:  # noqa: BLE001 - a mistake of ours must cost one document, not all
        return Problem(task.name, "bug", mistake(error))


def _without_path(message: str, task: Task) -> str:
    """Return a message that does not tell where the corpus lies: the row names the file."""
    return message.replace(str(task.path), "the file")


def _read(task: Task) -> Reading:
    from analysis.citations import citations
    from analysis.split import split
    from ingest import read_document
    from ingest.facts import apply_overrides

    gazetteer = _gazetteer(task.actors)
    document = read_document(task.path, gazetteer=gazetteer)
    document = _renamed(document, task)
    if task.entry:
        document = apply_overrides(document, task.entry)
    return _with_actors(
        Reading(_light(document), split(document, gazetteer), citations(document)), gazetteer
    )


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
            replace(block, id=new(block.id) or "", section=new(block.section))
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

    def light(block: Block) -> Block:
        return replace(block, lines=tuple(replace(line, words=()) for line in block.lines))

    return replace(document, blocks=tuple(light(block) for block in document.blocks))


def _with_actors(reading: Reading, gazetteer: Gazetteer) -> Reading:
    """Return the reading with bodies by their ids, and the bodies that it names."""
    sender = _body(reading.document.sender, gazetteer)
    named = [a.named for r in reading.recommendations for a in r.addressees if a.actor]
    bodies = [sender, *(gazetteer.resolve(name) for name in named)]
    actors: dict[str, Actor] = {}
    waiting = [body for body in bodies if body]
    while waiting:
        actor = waiting.pop()
        parent = gazetteer.get(actor.parent) if actor.parent else None
        waiting += [parent] if parent and parent.id not in actors else []
        actors[actor.id] = actor
    actor_id = sender.id if sender else None
    return replace(
        reading,
        document=replace(reading.document, sender=actor_id),
        recommendations=tuple(
            replace(r, actor=actor_id, addressees=_known(r.addressees, actors))
            for r in reading.recommendations
        ),
        actors=tuple(actors[key] for key in sorted(actors)),
    )


def _body(name: str | None, gazetteer: Gazetteer) -> Actor | None:
    """Return the body called ``name``, a new one where the gazetteer knows none."""
    if not name:
        return None
    return gazetteer.resolve(name) or Actor(slug(name), name, "other")


def _known(addressees: Sequence[Addressee], actors: Container[str]) -> tuple[Addressee, ...]:
    """Return the addressees, each with its body's id only where that body is among ``actors``."""
    return tuple(a if a.actor in actors else replace(a, actor=None) for a in addressees)


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the body after ``seconds``, where the system has an alarm clock.

    The alarm is heard between steps of Python; a process that hangs inside a library ends
    ``GRACE_SECONDS`` later, and is then taken for one that died.
    """
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds + GRACE_SECONDS, exit=True, file=nowhere)
        signal.alarm(seconds)
        try:
            yield
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
            faulthandler.cancel_dump_traceback_later()


Result = tuple[Task, Reading | Problem]


def read_all(tasks: Sequence[Task], jobs: int) -> Generator[Result, None, None]:
    """Yield each task with what came of it, in the order of ``tasks``, from ``jobs`` processes.

    Closing the generator ends the processes.
    """
    done = 0
    while done < len(tasks):
        try:
            for result in _pooled(tasks[done:], jobs):
                yield tasks[done], result
                done += 1
        except BrokenProcessPool:
            # Any of those in work may have killed its process: each is tried by itself.
            for task in tasks[done : done + jobs * AHEAD]:
                yield task, _alone(task)
                done += 1


def _pooled(tasks: Sequence[Task], jobs: int) -> Iterator[Reading | Problem]:
    with _pool(min(jobs, len(tasks))) as pool:
        waiting: list[Future[Reading | Problem]] = []
        rest = iter(tasks)
        for task in rest:
            waiting.append(_submit(pool, task))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()


def _alone(task: Task) -> Reading | Problem:
    """Return what comes of a task in a process of its own; a dead process is a problem."""
    try:
        with _pool(1) as pool:
            return _submit(pool, task).result()
    except BrokenProcessPool:
        message = (
            "the program that reads PDFs died on it, or took over"
            f" {SECONDS_PER_DOCUMENT} seconds: print it anew to PDF and try again"
        )
        return Problem(task.name, "broken", message)


def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[Reading | Problem]:
    """Hand a task to the pool, which may start a process: an interrupt waits until it has.

    A process that is half started can't be ended, and would complain when its parent is gone.
    """
    with _interrupts_deferred():
        return pool.submit(read, task)


@contextmanager
def _pool(size: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of reading processes, which are ended at once when the body is left by error."""
    others = set(multiprocessing.active_children())
    with _interrupts_ignored():
        context = _context()
    pool = ProcessPoolExecutor(size, mp_context=context, initializer=_ignore_interrupts)
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        # Waited for: a pool left to itself complains of closed pipes when the program ends.
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    finally:
        pool.shutdown()


def _context() -> multiprocessing.context.BaseContext:
    """Return the way to start processes: forked from a warm server where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing.forkserver import ensure_running

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["rodtrad.warm"])
    ensure_running()
    return context


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Let the processes started in the body ignore Ctrl+C, as they inherit from this one.

    A terminal sends it to all processes; only the first one has to answer.
    """
    with _interrupt_handler(signal.SIG_IGN):
        yield


@contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Raise KeyboardInterrupt after the body where Ctrl+C was pressed within it."""
    pressed: list[int] = []
    with _interrupt_handler(lambda number, _frame: pressed.append(number)):
        yield
    if pressed:
        raise KeyboardInterrupt


@contextmanager
def _interrupt_handler(handler: signal.Handlers | Callable[[int, Any], None]) -> Iterator[None]:
    """Let ``handler`` answer Ctrl+C in the body; only the main thread can choose who does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
