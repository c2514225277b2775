"""One bad file costs only itself: a process that dies, one that hangs, one that is too slow."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from corpus.models import Problem, Reading
from rodtrad.reading import Task, _time_limit, read_all

ROOT = Path(__file__).resolve().parents[2]


class Deadly:
    """Ends the process that is handed it, as a crash in the PDF library does."""

    def __reduce__(self):
        return os._exit, (1,)


def make_task(folder, name, entry=None):
    path = folder / name
    path.write_text("Näckö kommun tillstyrker förslaget om nya badplatser.\n")
    return Task(path.stem, path, name, "0" * 64, entry, ())


def test_a_file_that_kills_its_process_costs_only_itself(tmp_path):
    tasks = [make_task(tmp_path, f"{letter}.txt") for letter in "acd"]
    tasks.insert(1, make_task(tmp_path, "b.txt", Deadly()))
    results = list(read_all(tasks, 2))
    assert [task.name for task, _ in results] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert [type(result) for _, result in results] == [Reading, Problem, Reading, Reading]
    problem = results[1][1]
    assert problem.kind == "broken"
    assert "try again" in problem.message


def test_closing_the_reading_ends_its_processes(tmp_path):
    tasks = [make_task(tmp_path, f"{number}.txt") for number in range(9)]
    before = time.monotonic()
    with closing(read_all(tasks, 1)) as results:
        next(results)
    assert time.monotonic() - before < 30


def spin():
    while True:
        pass


def test_a_document_that_takes_too_long_is_given_up():
    with pytest.raises(TimeoutError), _time_limit(1):
        spin()
    assert signal.alarm(0) == 0


def test_a_process_that_does_not_hear_the_alarm_is_ended():
    code = (
        "import signal; from rodtrad import reading; reading.GRACE_SECONDS = 0\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n"
        "with reading._time_limit(1):\n"
        "    while True: pass"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")


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
    assert build.returncode == 1
