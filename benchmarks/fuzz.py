"""Reads damaged files by the thousand and tells what broke: exceptions, hangs, deaths, nonsense.

    python benchmarks/fuzz.py --minutes 5
    python benchmarks/fuzz.py --first 0 --count 3000 --json
    python benchmarks/fuzz.py --write 1234 > damaged.pdf

The files are read in one child process, which writes the number of each file into a journal before
it begins with it: where the process dies or hangs, that number is known, and the next one goes on.
Exit status 1 where something broke.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECONDS_EACH = 20.0
"""Seconds after which a damaged file counts as a hang; most take some hundredths."""

MEMORY = 1 << 30
"""Bytes that reading a damaged file may take."""

SAMPLE = Path(__file__).resolve().parents[1] / "corpus" / "sample"


@dataclass
class Tally:
    """What came of the files: how many of each kind, and what broke, by seed."""

    counts: Counter[str] = field(default_factory=Counter)
    broke: dict[int, str] = field(default_factory=dict)

    def note(self, seed: int, result: str) -> None:
        """Count one result; what begins with an exclamation mark is broken."""
        kind = result.partition(":")[0]
        self.counts[kind.lstrip("!")] += 1
        if result.startswith("!"):
            self.broke[seed] = result[1:]


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, help="how long to go on")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=1000, help="how many, without --minutes")
    parser.add_argument("--json", action="store_true", help="tell what came of it as JSON")
    parser.add_argument("--write", type=int, metavar="SEED", help="write that file, read nothing")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write is not None:
        sys.stdout.buffer.write(_mutant(asked.write))
        return
    if asked.child:
        _read_all(range(asked.first, asked.first + asked.count), Path(asked.child))
        return
    tally = run(asked.first, asked.count, asked.minutes)
    print(json.dumps(tally.__dict__) if asked.json else _told(tally))
    sys.exit(1 if tally.broke else 0)


def run(first: int, count: int, minutes: float | None = None) -> Tally:
    """Return what came of the files from the seed ``first`` on."""
    tally = Tally()
    until = time.monotonic() + 60 * minutes if minutes else None
    last = first + count if until is None else 1 << 60
    with tempfile.TemporaryDirectory() as folder:
        while first < last and (until is None or time.monotonic() < until):
            count = min(last - first, 1000)
            journal = Path(folder) / f"{first}.journal"
            first = _run_child(first, count, journal, tally)
    return tally


def _run_child(first: int, count: int, journal: Path, tally: Tally) -> int:
    """Let a child read some files; return the seed to go on with."""
    command = [sys.executable, __file__, "--first", str(first), "--count", str(count)]
    child = subprocess.Popen(
        [*command, "--child", str(journal)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    hung = _wait(child, journal)
    told = (child.stderr.read() if child.stderr else b"").decode(errors="replace").strip()
    begun, results = _journal(journal)
    for seed, result in results.items():
        tally.note(seed, result)
    if begun is None and not results:
        raise SystemExit(f"the child did not start: {told}")
    if begun is None:
        return first + count
    tally.note(begun, "!hang" if hung else f"!death: {child.returncode} {told[-300:]}")
    return begun + 1


def _wait(child: subprocess.Popen[bytes], journal: Path) -> bool:
    """Wait for the child's end; return whether it had to be ended, silent for too long."""
    size, since = -1, time.monotonic()
    while child.poll() is None:
        time.sleep(0.1)
        now = journal.stat().st_size if journal.exists() else -1
        if now != size:
            size, since = now, time.monotonic()
        elif time.monotonic() - since > SECONDS_EACH * (1 if size >= 0 else 6):
            child.kill()
            child.wait()
            return True
    return False


def _journal(journal: Path) -> tuple[int | None, dict[int, str]]:
    """Return the seed that was begun and not ended, and the results of the others."""
    begun, results = None, {}
    for line in journal.read_text("utf-8").splitlines() if journal.exists() else ():
        seed, _, result = line.partition(" ")
        begun = None if result else int(seed)
        if result:
            results[int(seed)] = result
    return begun, results


def _told(tally: Tally) -> str:
    lines = [f"{count:>7} {kind}" for kind, count in tally.counts.most_common()]
    return "\n".join([*lines, *(f"seed {seed}: {what}" for seed, what in tally.broke.items())])


# In the child


def _read_all(seeds: Sequence[int], journal: Path) -> None:
    import rodtrad.warm  # noqa: F401 - so that the first file does not pay for the imports
    from rodtrad.workers import _limit_memory

    _limit_memory(MEMORY)
    files = _files()
    with tempfile.TemporaryDirectory() as folder, journal.open("a", encoding="utf-8") as log:
        for seed in seeds:
            log.write(f"{seed}\n")
            log.flush()
            path = Path(folder) / "damaged.pdf"
            path.write_bytes(_mutant(seed, files))
            log.write(f"{seed} {' '.join(_result(path).split())}\n")
            log.flush()


def _files() -> list[bytes]:
    return [path.read_bytes() for path in sorted(SAMPLE.glob("*.pdf"))]


def _mutant(seed: int, files: Sequence[bytes] | None = None) -> bytes:
    from mutations import mutant

    return mutant(seed, _files() if files is None else files)


def _result(path: Path) -> str:
    """Return what reading a file gave, in a word; after an exclamation mark what is wrong."""
    from soundness import faults

    from corpus.models import Problem
    from rodtrad.reading import Part, Patience, Task, finish, read, read_part

    def ignore(_step: object) -> None:
        pass

    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    task, patience = Task("damaged", path, path.name, sha256, None, ()), Patience()
    result = read(ignore, task, patience)
    if isinstance(result, Part):
        rest = read_part(ignore, task, patience, range(33, result.in_all + 1))
        result = (
            rest if isinstance(rest, Problem) else finish(ignore, task, patience, [result, rest])
        )
    if isinstance(result, Problem):
        return f"!bug: {result.message}" if result.kind == "bug" else result.kind
    wrong = next(faults(result), None)
    if wrong:
        return f"!nonsense: {wrong}"
    return "read" if not result.document.problems else result.document.problems[0].kind


if __name__ == "__main__":
    main()
