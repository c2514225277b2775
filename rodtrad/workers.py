"""Processes that do one step of work at a time, each watched: what hangs or dies costs one step.

The one who waits for a step's result watches the process that does it. A step tells what it
begins with and how long that may take; a process that is silent for longer is killed.
"""

from __future__ import annotations

import heapq
import math
import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

T = TypeVar("T")

MEMORY = 2 << 30
"""Bytes that a process may take beyond what it starts with: 500 dense pages take under 300 MB."""

RETIRE_AT = 600 << 20
"""Bytes beyond those at its start from which a process is replaced after its step, so that what
libraries keep does not add up."""

GRACE_SECONDS = 30
"""How much longer than allowed a process lives on whose parent is gone and that hears nothing."""

START_SECONDS = 120
"""Seconds until a process must have begun with its first step: imports on a slow disk."""


class Step(NamedTuple):
    """What a process is about to do: which page, None for the whole, in how many seconds."""

    page: int | None
    seconds: float


Announce = Callable[[Step], None]
"""Called by work with each step before it is begun."""

Turn = tuple[int, ...]
"""The place of a piece of work in the queue; the lowest goes first."""


class StepFailed(Exception):
    """The process was lost at ``step``: it was ``slow`` and was ended, or it died by itself."""

    def __init__(self, step: Step, *, slow: bool) -> None:
        super().__init__(step, slow)
        self.step = step
        self.slow = slow


class Stopped(Exception):
    """The engine was closed while work was waiting or being done."""


class Engine(Protocol):
    """Something that does work elsewhere: processes here, or the machines of a cluster."""

    def run(self, turn: Turn, work: Callable[..., T], *arguments: Any) -> T:
        """Return ``work(announce, *arguments)``; waits, so it is called from many threads.

        Raises:
            StepFailed: the process that did the work was lost.
            Stopped: the engine was closed.
        """

    def close(self) -> None:
        """End all work at once."""


class Workers:
    """The engine of one machine: up to ``size`` processes, started when they are needed.

    Each may take ``memory`` bytes beyond what it starts with.
    """

    def __init__(self, size: int, memory: int = MEMORY) -> None:
        self._memory = memory
        with _interrupts_ignored():
            self._context = _context()
        self._changed = threading.Condition()
        self._starting = threading.Lock()
        self._free = size
        self._queue: list[Turn] = []
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False

    def run(self, turn: Turn, work: Callable[..., T], *arguments: Any) -> T:
        """Return ``work(announce, *arguments)`` from a process, when it is this one's turn."""
        self._wait_for(turn)
        worker = None
        try:
            worker = self._idle_or_new()
            result: T = worker.run(work, arguments)
        except StepFailed:
            if self._closed:
                raise Stopped from None
            raise
        finally:
            self._give_back(worker)
        return result

    def _wait_for(self, turn: Turn) -> None:
        """Return when a process is free and no lower turn is waiting."""
        with self._changed:
            heapq.heappush(self._queue, turn)
            self._changed.wait_for(lambda: self._closed or (self._free and self._queue[0] == turn))
            if self._closed:
                raise Stopped
            heapq.heappop(self._queue)
            self._free -= 1
            self._changed.notify_all()

    def _idle_or_new(self) -> _Worker:
        with self._changed:
            if self._idle:
                return self._idle.pop()
        with self._starting:  # multiprocessing starts one process at a time
            worker = _Worker(self._context, self._memory)
        with self._changed:
            self._all.add(worker)
            if self._closed:
                worker.kill()
        return worker

    def _give_back(self, worker: _Worker | None) -> None:
        with self._changed:
            if worker and worker.usable and not self._closed:
                self._idle.append(worker)
            elif worker:
                self._all.discard(worker)
                worker.end()
            self._free += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Kill all processes; what waits for them ends with ``Stopped``."""
        with self._changed:
            self._closed = True
            for worker in self._all:
                worker.kill()
            for worker in self._idle:
                worker.end()
            self._idle.clear()
            self._changed.notify_all()


class _Worker:
    """One process, and the line to it."""

    def __init__(self, context: Any, memory: int) -> None:
        self._line, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs, memory), daemon=True
        )
        self._process.start()
        theirs.close()
        self.usable = True

    def run(self, work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Return what the work gives; raises ``StepFailed`` when the process is lost."""
        step = Step(None, START_SECONDS)
        try:
            self._line.send((work, arguments))
            while self._line.poll(step.seconds):
                said, self.usable = self._line.recv()
                if not isinstance(said, Step):
                    return said
                step = said
        except (EOFError, OSError):
            self.usable = False
            raise StepFailed(step, slow=False) from None
        self.usable = False
        raise StepFailed(step, slow=True)

    def kill(self) -> None:
        """Kill the process and what it has started, whatever it is doing."""
        with suppress(ProcessLookupError, PermissionError, AttributeError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.kill()

    def end(self) -> None:
        """Kill the process, wait until it is gone, and close the line to it."""
        self.kill()
        self._process.join()
        self._process.close()
        self._line.close()


# In the process


def _serve(line: Connection, memory: int) -> None:
    """Do the work that comes over the line, until it is closed or this process grows too large."""
    _stand_alone()
    _limit_memory(memory)
    largest = _peak_memory() + RETIRE_AT
    with suppress(EOFError, OSError):
        usable = True
        while usable:
            work, arguments = line.recv()
            result = work(partial(_announce, line), *arguments)
            _alarm(0)
            usable = _peak_memory() < largest
            line.send((result, usable))


def _announce(line: Connection, step: Step) -> None:
    """Tell the parent what is begun; end this process if nobody does so when it takes too long."""
    _alarm(step.seconds + GRACE_SECONDS)
    line.send((step, True))


def _alarm(seconds: float) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(seconds))


def _stand_alone() -> None:
    """Become deaf to Ctrl+C, which the parent answers, and end when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _limit_memory(more: int) -> None:
    """Let this process take so many bytes more than it has; a step beyond is a MemoryError.

    Linux counts what a process has for itself; other systems have no such limit.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return
    import resource

    found = re.search(r"^VmData:\s*(\d+) kB$", status.read_text(), re.MULTILINE)
    if found:
        _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = (int(found[1]) << 10) + more
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _peak_memory() -> int:
    """Return the most bytes of memory that this process has used, 0 where nobody knows."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def return_memory() -> None:
    """Give the system back what libraries have freed in this process, where it is the GNU one's.

    PDFium frees tens of megabytes after pages with pictures, which lie idle until C asks for as
    much again: Python takes its memory elsewhere. This takes a few milliseconds.
    """
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


# Starting processes


def _context() -> Any:
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
    """Let the server that is started in the body ignore Ctrl+C, as it inherits from this process.

    A terminal sends it to all processes; only the first one has to answer. Only the main thread
    can choose who answers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
