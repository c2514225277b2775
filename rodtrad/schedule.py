"""The order of the work: documents in the order of the corpus, their parts shared by processes.

Of the documents in work the largest goes first: a long one that is begun last, or put together
last, would leave the other processes without work at the end.

A page on which a process hangs or dies is left out and the rest is read again, so that one bad
page costs one page.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from corpus.models import Problem, Reading
from ingest.pdf import PageFailure
from rodtrad.reading import (
    PAGES_PER_PART,
    SECONDS_PER_PAGE,
    Part,
    Patience,
    Task,
    finish,
    read,
    read_part,
)
from rodtrad.workers import MEMORY, Engine, StepFailed, Turn, Workers

AHEAD = 4
"""Documents in work or waiting for the writer, by process, so that memory stays bounded."""

LEAST_SECONDS = 5.0
"""A page may take half as long for each page of its document that hung, but no less than this: a
thousand pages that hang cost an hour and a half and not a day."""

T = TypeVar("T")
Result = tuple[Task, Reading | Problem]


def read_all(
    tasks: Sequence[Task], jobs: int, engine: Engine | None = None
) -> Generator[Result, None, None]:
    """Yield each task with what came of it, in the order of ``tasks``, from ``jobs`` processes.

    Closing the generator ends the processes.
    """
    engine = engine or Workers(jobs)
    threads = ThreadPoolExecutor(jobs * AHEAD)
    waiting: deque[tuple[Task, Future[Reading | Problem]]] = deque()
    try:
        for place, task in enumerate(tasks):
            document = _Document(engine, jobs, (-_size(task), place), task)
            waiting.append((task, threads.submit(document.read)))
            if len(waiting) >= jobs * AHEAD:
                yield _next(waiting)
        while waiting:
            yield _next(waiting)
    finally:
        engine.close()
        threads.shutdown(cancel_futures=True)


def _size(task: Task) -> int:
    """Return how many bytes a file has, 0 where it can't be told: reading it says why."""
    try:
        return task.path.stat().st_size
    except OSError:
        return 0


def _next(waiting: deque[tuple[Task, Future[Reading | Problem]]]) -> Result:
    task, future = waiting.popleft()
    return task, future.result()


class _Document:
    """A document while it is read: which of its pages have failed, and where processes died."""

    def __init__(self, engine: Engine, jobs: int, turn: Turn, task: Task) -> None:
        self.engine, self.jobs, self.turn, self.task = engine, jobs, turn, task
        self.failed: dict[int, PageFailure] = {}
        self.died: set[int | None] = set()
        self.seconds = SECONDS_PER_PAGE

    def read(self) -> Reading | Problem:
        """Return what the document holds, or why it can't be read."""
        first: Reading | Part | Problem = self._persist((*self.turn, 0), read)
        if not isinstance(first, Part):
            return first
        rest = self._parts(first.in_all)
        problem = next((part for part in rest if isinstance(part, Problem)), None)
        parts = [first, *(part for part in rest if isinstance(part, Part))]
        if problem:
            return problem
        whole: Reading | Problem = self._persist((*self.turn, 0), finish, parts)
        return whole

    def _parts(self, count: int) -> list[Part | Problem]:
        """Return the parts after the first, or what is wrong with them."""
        starts = range(PAGES_PER_PART + 1, count + 1, PAGES_PER_PART)
        with ThreadPoolExecutor(self.jobs) as threads:
            return list(threads.map(lambda start: self._part(start, count), starts))

    def _part(self, start: int, count: int) -> Part | Problem:
        numbers = range(start, min(start + PAGES_PER_PART, count + 1))
        return self._persist((*self.turn, start), read_part, numbers)

    def _persist(
        self, turn: Turn, work: Callable[..., T | Problem], *arguments: object
    ) -> T | Problem:
        """Return what the work gives, tried again without the page that it was lost at."""
        while True:
            patience = Patience(self.seconds, dict(self.failed))
            try:
                return self.engine.run(turn, work, self.task, patience, *arguments)
            except StepFailed as failure:
                problem = self._note(failure)
            if problem:
                return problem

    def _note(self, failure: StepFailed) -> Problem | None:
        """Remember the page at which a process was lost; return what that says of the whole.

        A process that dies may do so by somebody else's doing, and is given a second chance.
        """
        page, seconds = failure.step
        if not failure.slow and page not in self.died:
            self.died.add(page)
            return None
        if failure.slow:
            kind, why = "too_slow", f"took over {seconds:.0f} seconds and was given up"
            self.seconds = max(LEAST_SECONDS, self.seconds / 2)
        else:
            kind, why = (
                "broken",
                f"the program that reads PDFs died on it, or needed over {MEMORY >> 30} GB",
            )
        if page is None:
            message = f"{why}: print it anew to PDF, or split it, and build again"
            return Problem(self.task.name, kind, message)
        self.failed[page] = PageFailure("broken_page" if kind == "broken" else kind, why)
        return None
