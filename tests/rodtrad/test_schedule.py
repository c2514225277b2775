"""One bad page costs one page: what hangs, what dies, and what is killed from outside."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from corpus.models import Problem, Reading
from rodtrad import schedule
from rodtrad.reading import MOST_AT_ONCE, PAGES_PER_PART, Task
from rodtrad.schedule import read_all
from rodtrad.workers import Step, StepFailed, Workers

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Näckö kommun tillstyrker förslaget om nya badplatser."
HANG = ""


class Deadly:
    """Ends the process that is handed it, as a crash in the PDF library does."""

    def __reduce__(self):
        return os._exit, (1,)


class Lost(BaseException):
    """Not caught by what catches mistakes, as a process that dies catches nothing."""


class DiesAt:
    """An engine that does the work here and is lost at some pages, as if a process had died."""

    def __init__(self, *pages):
        self.pages = pages

    def run(self, _turn, work, *arguments):
        def announce(step):
            if step.page in self.pages:
                raise Lost(step)

        try:
            return work(announce, *arguments)
        except Lost as lost:
            raise StepFailed(lost.args[0], slow=False) from None

    def close(self):
        pass


def make_task(path, entry=None):
    return Task(path.stem, path, path.name, "0" * 64, entry, ())


def text_tasks(folder, names):
    tasks = []
    for name in names:
        (folder / f"{name}.txt").write_text(f"{TEXT}\n")
        tasks.append(make_task(folder / f"{name}.txt"))
    return tasks


def pages(count, hanging=()):
    return [HANG if n in hanging else f"{TEXT} Sida {n} av planen." for n in range(1, count + 1)]


def problems(reading):
    return [(problem.kind, problem.page) for problem in reading.document.problems]


def pages_with_text(reading):
    return sorted({block.page for block in reading.document.blocks})


def test_a_file_that_kills_its_process_costs_only_itself(tmp_path):
    tasks = text_tasks(tmp_path, "abcd")
    tasks[1] = make_task(tasks[1].path, Deadly())
    results = list(read_all(tasks, 2))
    assert [task.name for task, _ in results] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert [type(result) for _, result in results] == [Reading, Problem, Reading, Reading]
    problem = results[1][1]
    assert problem.kind == "broken"
    assert "build again" in problem.message


def test_a_page_on_which_the_library_hangs_costs_only_that_page(write_pages, monkeypatch):
    monkeypatch.setattr(schedule, "SECONDS_PER_PAGE", 2.0)
    task = make_task(write_pages("plan.pdf", *pages(3, hanging=[2])))
    ((_, reading),) = read_all([task], 1)
    assert problems(reading) == [("too_slow", 2)]
    assert pages_with_text(reading) == [1, 3]
    assert [page.number for page in reading.document.pages] == [1, 2, 3]
    message = reading.document.problems[0].message
    assert "2 seconds" in message
    assert str(task.path) not in message


def test_a_page_of_a_long_document_that_hangs_costs_only_that_page(write_pages, monkeypatch):
    monkeypatch.setattr(schedule, "SECONDS_PER_PAGE", 2.0)
    bad = MOST_AT_ONCE
    task = make_task(write_pages("plan.pdf", *pages(MOST_AT_ONCE + 3, hanging=[bad])))
    ((_, reading),) = read_all([task], 2)
    assert problems(reading) == [("too_slow", bad)]
    assert len(reading.document.pages) == MOST_AT_ONCE + 3
    assert bad not in pages_with_text(reading)
    assert len(pages_with_text(reading)) == MOST_AT_ONCE + 2


def test_a_page_that_needs_more_memory_than_there_is_costs_only_that_page(write_pages):
    if not Path("/proc/self/status").exists():
        pytest.skip("this system has no limit on what a process has for itself")
    task = make_task(write_pages("plan.pdf", *pages(3, hanging=[2])))
    ((_, reading),) = read_all([task], 1, Workers(1, memory=200 << 20))
    assert problems(reading) == [("broken_page", 2)]
    assert pages_with_text(reading) == [1, 3]


@pytest.mark.parametrize("count", [3, MOST_AT_ONCE + 1])
def test_pages_on_which_the_library_dies_cost_only_those_pages(write_pages, count):
    task = make_task(write_pages("plan.pdf", *pages(count)))
    ((_, reading),) = read_all([task], 1, DiesAt(1, count))
    assert problems(reading) == [("broken_page", 1), ("broken_page", count)]
    assert len(pages_with_text(reading)) == count - 2


@pytest.mark.parametrize(
    "count", [1, PAGES_PER_PART, MOST_AT_ONCE, MOST_AT_ONCE + 1, MOST_AT_ONCE + PAGES_PER_PART]
)
def test_whole_or_in_parts_in_any_number_of_processes_a_document_reads_alike(write_pages, count):
    task = make_task(write_pages("plan.pdf", *pages(count)))
    readings = [list(read_all([task], jobs)) for jobs in (1, 2)]
    assert readings[0] == readings[1]
    assert pages_with_text(readings[0][0][1]) == list(range(1, count + 1))


def kill_a_worker():
    while not (workers := multiprocessing.active_children()):
        time.sleep(0.01)
    time.sleep(0.5)
    os.kill(workers[0].pid, signal.SIGKILL)


def test_a_process_that_is_killed_from_outside_costs_nothing(write_pages, monkeypatch):
    # The endless page keeps the process busy until it is killed, and is then given up.
    monkeypatch.setattr(schedule, "SECONDS_PER_PAGE", 2.0)
    task = make_task(write_pages("plan.pdf", *pages(2, hanging=[2])))
    killer = threading.Thread(target=kill_a_worker)
    killer.start()
    ((_, reading),) = read_all([task], 1)
    killer.join()
    assert problems(reading) == [("too_slow", 2)]


def test_closing_the_reading_ends_its_processes_whatever_they_do(write_pages, tmp_path):
    tasks = [*text_tasks(tmp_path, "a"), make_task(write_pages("plan.pdf", HANG))]
    with closing(read_all(tasks, 1)) as results:
        next(results)
        time.sleep(0.5)
    assert multiprocessing.active_children() == []


def test_memory_beyond_the_limit_is_an_error_of_the_step():
    if not Path("/proc/self/status").exists():
        pytest.skip("this system has no limit on what a process has for itself")
    engine = Workers(1)
    with closing(engine), pytest.raises(StepFailed) as failed:
        engine.run((0,), bytearray, 4 << 30)
    assert not failed.value.slow


def living(pids):
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_when_the_build_is_killed_its_processes_end(write_pages, tmp_path):
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not list its processes under /proc")
    path = write_pages("plan.pdf", HANG)
    code = (
        "import multiprocessing, sys, threading\n"
        "from pathlib import Path\n"
        "from rodtrad.reading import Task\n"
        "from rodtrad.schedule import read_all\n"
        "def tell():\n"
        "    while not (found := multiprocessing.active_children()): pass\n"
        "    print(*(p.pid for p in found), flush=True)\n"
        "if __name__ == '__main__':\n"
        "    threading.Timer(1, tell).start()\n"
        "    path = Path(sys.argv[1])\n"
        "    list(read_all([Task('plan', path, path.name, '', None, ())], 1))\n"
    )
    build = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    pids = build.stdout.readline().split()
    time.sleep(1)
    assert living(pids) == pids
    build.kill()
    build.communicate()
    until = time.monotonic() + 20
    while living(pids) and time.monotonic() < until:
        time.sleep(0.1)
    assert living(pids) == []


@pytest.mark.parametrize("files_read", [1, 4])
def test_an_interrupt_ends_a_build_without_a_traceback(tmp_path, sample, files_read):
    # Where the tests themselves run in the background, Ctrl+C is ignored by inheritance.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from rodtrad.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "build", str(tmp_path / "c.db"), str(sample)]
    build = subprocess.Popen(
        [*command, "--jobs", "2"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    for line in build.stderr:
        if line.startswith(f"[{files_read}/"):
            os.killpg(build.pid, signal.SIGINT)
            break
    _, told = build.communicate(timeout=60)
    assert "Traceback" not in told
    assert "what was read is kept" in told
    assert build.returncode == 1


def test_each_page_that_hangs_shortens_the_patience_with_the_next():
    document = schedule._Document(DiesAt(), 1, 0, None)
    for page in range(1, 10):
        assert document._note(StepFailed(Step(page, document.seconds), slow=True)) is None
    assert document.seconds == schedule.LEAST_SECONDS
    assert len(document.failed) == 9


def test_of_the_documents_in_work_the_largest_takes_its_turn_first(tmp_path):
    turns = {}

    class Notes:
        def run(self, turn, _work, task, *_arguments):
            turns[task.name] = turn
            return Problem(task.name, "empty", "nothing is read here")

        def close(self):
            pass

    sizes = {"small.pdf": 10, "large.pdf": 1000, "also-small.pdf": 10}
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(b"x" * size)
    tasks = [make_task(tmp_path / name) for name in (*sizes, "gone.pdf")]
    assert [task for task, _ in read_all(tasks, 2, Notes())] == tasks
    assert sorted(turns, key=turns.get) == ["large.pdf", "small.pdf", "also-small.pdf", "gone.pdf"]
