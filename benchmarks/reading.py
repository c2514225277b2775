"""Times our full reading against other readers of PDF: the same files, in turns, in one run.

Usage: python benchmarks/reading.py [--files PATH]... [--repeat N] [--jobs N] [--write]
(``make benchmark``, which writes the table into the README). Run it while nothing else runs.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from statistics import median

import click
from figures import ROOT, SHARED, put

from corpus.actors import load_gazetteer
from corpus.ids import document_id
from corpus.models import Problem
from ingest import MODULES, read_document
from ingest.native import SWITCH
from rodtrad.reading import Patience, Task, read
from rodtrad.schedule import read_all
from rodtrad.workers import Workers

FOLDERS = (SHARED / "real" / "pdf", SHARED / "seeds" / "pdf")
SAMPLE = ROOT / "corpus" / "sample"
OURS = "Rödtråd, full reading"
INTERPRETED = "the same, nothing compiled"
PLUMBER = "pdfplumber extract_words"
POPPLER = "pdftotext -bbox-layout"
PDFIUM = "pypdfium2, text only"
BUILDING = "reading and splitting, {} process"
ROW = "{:36}{:>9}{:>9}{:>14}{:>13}"
WIDTH = 110

Reader = Callable[[Sequence[Path]], float]
"""Reads files and returns the seconds that it took."""


def timed(read_file: Callable[[Path], object]) -> Reader:
    """Return a reader that takes one file after the other in this process."""

    def run(files: Sequence[Path]) -> float:
        started = time.perf_counter()
        for file in files:
            read_file(file)
        return time.perf_counter() - started

    return run


def ours(file: Path) -> None:
    """Read as a build does before it splits; pictures of pages are recognised by no reader here."""
    _no_mistake(file, read_document(file, ocr="never").problems)


def ours_from_sources(files: Sequence[Path]) -> float:
    """Read as ``ours`` does without the compiled modules, in a process that has read all before."""
    code = (
        "import sys, pathlib, reading; files = [*map(pathlib.Path, sys.argv[1:])];"
        "read = reading.timed(reading.ours); read(files); print(read(files))"
    )
    setting = {**os.environ, SWITCH: "0", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, *map(str, files)]
    return float(subprocess.run(command, env=setting, check=True, stdout=subprocess.PIPE).stdout)


def _no_mistake(file: Path, problems: Sequence[Problem]) -> None:
    """Refuse to time what a mistake of ours left out: that would be fast."""
    told = [problem.message for problem in problems if problem.kind == "bug"]
    if told:
        raise click.ClickException(f"{file.name}: {told[0]}")


def plumber(file: Path) -> None:
    """Find the words of each page with pdfplumber, letting go of each page as it advises."""
    import pdfplumber

    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()


def poppler(file: Path) -> None:
    """Find words, lines and blocks with their boxes with pdftotext, in a process of its own."""
    command = ["pdftotext", "-bbox-layout", str(file), os.devnull]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def pdfium(file: Path) -> int:
    """Take the text of each page as pypdfium2 gives it, and return how many pages there are."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(file)) as pdf:
        for page in pdf:
            page.get_textpage().get_text_range()
            page.close()
        return len(pdf)


def building(jobs: int) -> Reader:
    """Return a reader that does what a build does with each file, in ``jobs`` processes.

    The clock starts when each process has read a file.
    """

    def run(files: Sequence[Path]) -> float:
        first = _task(min(files, key=lambda file: file.stat().st_size))
        engine = Workers(jobs)
        with ThreadPoolExecutor(jobs) as threads:
            turns = [(place,) for place in range(jobs)]
            list(threads.map(lambda turn: engine.run(turn, read, first, Patience()), turns))
        started = time.perf_counter()
        for task, result in read_all([_task(file) for file in files], jobs, engine):
            given = isinstance(result, Problem)
            _no_mistake(task.path, [result] if given else result.document.problems)
        return time.perf_counter() - started

    return run


def _task(file: Path) -> Task:
    return Task(document_id(file.name), file, file.name, "", None, (), ocr="never")


def readers(jobs: int) -> dict[str, Reader]:
    """Return all readers that are on this machine by their names, ours first."""
    found = {OURS: timed(ours), PLUMBER: timed(plumber), PDFIUM: timed(pdfium)}
    if MODULES == "compiled":
        found[INTERPRETED] = ours_from_sources
    if shutil.which("pdftotext"):
        found[POPPLER] = timed(poppler)
    for number in sorted({1, jobs}) if jobs > 1 else ():
        found[_built(number)] = building(number)
    return found


def _built(jobs: int) -> str:
    return BUILDING.format(jobs) + ("es" if jobs > 1 else "")


def measured(
    files: Sequence[Path], repeat: int, chosen: dict[str, Reader]
) -> dict[str, list[float]]:
    """Return the seconds that each reader took in each round, after one round that isn't timed."""
    load_gazetteer()
    for reader in chosen.values():
        reader(files[:1])
    seconds: dict[str, list[float]] = {name: [] for name in chosen}
    for _round in range(repeat):
        for name, reader in chosen.items():
            seconds[name].append(reader(files))
    return seconds


def render(pages: dict[str, int], seconds: dict[str, list[float]], jobs: int) -> str:
    """Return the table with the ratios, the versions and the files."""
    count = sum(pages.values())
    rates = {name: count / median(taken) for name, taken in seconds.items()}
    lines = [ROW.format("", "pages/s", "ms/page", "pdfplumber", "pdftotext")]
    for name, rate in rates.items():
        shares = [f"{rate / rates[to]:.2f} x" if to in rates else "-" for to in (PLUMBER, POPPLER)]
        lines.append(ROW.format(name, f"{rate:.0f}", f"{1000 / rate:.1f}", *shares).rstrip())
    if POPPLER not in rates:
        lines.append("(pdftotext is not installed: apt-get install poppler-utils)")
    if jobs > 1:
        gain = rates[_built(jobs)] / rates[_built(1)]
        lines.append(f"\n{jobs} processes are {gain:.2f} times as fast as one.")
    rounds = len(next(iter(seconds.values())))
    return "\n".join([*lines, "", _setting(count, rounds), "", _listed(pages)]) + "\n"


def _setting(count: int, rounds: int) -> str:
    """Return how it was measured, on what, and with which versions."""
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in ("pypdfium2", "pdfplumber", "pdfminer.six")]
    if shutil.which("pdftotext"):
        said = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, check=False)
        versions.append(said.stderr.splitlines()[0])
    ours = "" if MODULES == "compiled" else f" The modules that read are {MODULES}, not compiled."
    text = (
        f"Medians of {rounds} rounds over {count} pages, wall clock, the readers in turns, on"
        f" {os.cpu_count()} cores ({platform.machine()}). The time to start Python is not in it,"
        f" that to start pdftotext once a file is. Text in pictures (OCR) is left alone by all."
        f"{ours} {', '.join(versions)}."
    )
    return textwrap.fill(text, WIDTH)


def _listed(pages: dict[str, int]) -> str:
    return textwrap.fill(
        "Files (pages): " + ", ".join(f"{name} ({count})" for name, count in pages.items()),
        WIDTH,
        break_on_hyphens=False,
    )


def chosen_files(paths: Sequence[Path]) -> list[Path]:
    """Return the PDFs among files and folders; without any, all at hand of FOLDERS, or the sample.

    Raises click.UsageError where a folder holds none.
    """
    found = [file for path in paths or FOLDERS for file in _in(path)]
    if paths and not found:
        raise click.UsageError(f"no PDF in {', '.join(map(str, paths))}")
    return found or _in(SAMPLE)


def _in(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.glob("*.pdf"))


files_option = click.option(
    "--files",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A PDF or a folder of them; may be repeated.  [default: ../shared, else the sample]",
)


@click.command(help=__doc__)
@files_option
@click.option("--repeat", default=5, show_default=True, type=click.IntRange(1), help="Rounds.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option("--write", is_flag=True, help="Write the table into the README.")
def main(files: tuple[Path, ...], repeat: int, jobs: int, write: bool) -> None:
    """Print the table, and write it into the README if that is asked for."""
    chosen = chosen_files(files)
    pages = {file.name: pdfium(file) for file in chosen}
    table = render(pages, measured(chosen, repeat, readers(jobs)), jobs)
    click.echo(table, nl=False)
    if write:
        put({"reading": table})


if __name__ == "__main__":
    main()
