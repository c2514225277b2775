"""Peak memory over documents of 1 to 1000 pages, each read by a process as a build's are.

    python benchmarks/memory.py

Prints a table: pages, peak memory of the process in MB, how much of it is above what the process
starts with, which it shares with its siblings, and above what one page takes. The documents are
generated: each page has its own text, in two sizes of type, with a running header and a page
number.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

COUNTS = (1, 50, 150, 500, 1000)
WORDS_A_LINE, LINES_A_PAGE = 11, 44
_SYLLABLES = (
    "ba be bo da de di fa fi ga ge ha he ja ka ki ko la le li lo ma me mi mo na ne ni no pa pe ra"
    " re ri ro sa se si so ta te ti to va ve vi vä fö sä lä mål plan värm stad vatt skol bygd väg"
)
_READ = """
import os, resource, sys
from pathlib import Path
import rodtrad.warm
from rodtrad.reading import PAGES_PER_PART, Part, Patience, Task, finish, read, read_part

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

if os.fork():  # as the readers of a build are: what the imports took for a moment is forgotten
    raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))
path = Path(sys.argv[1])
task, patience = Task("plan", path, path.name, "", None, ()), Patience()
ignore = lambda step: None
before = peak()
read_it = read(ignore, task, patience)
if isinstance(read_it, Part):
    parts, count = [read_it], read_it.in_all
    for start in range(PAGES_PER_PART + 1, count + 1, PAGES_PER_PART):
        numbers = range(start, min(start + PAGES_PER_PART, count + 1))
        parts.append(read_part(ignore, task, patience, numbers))
    read_it = finish(ignore, task, patience, parts)
pages, blocks = len(read_it.document.pages), len(read_it.document.blocks)
print(pages, blocks, before, peak())
"""


def main() -> None:
    """Print the table."""
    print(
        f"{'pages':>6} {'blocks':>7} {'start, MB':>10} {'peak, MB':>9} {'more, MB':>9}  over 1 page"
    )
    least = 0
    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            path = Path(folder) / f"{count}.pdf"
            path.write_bytes(generated(count))
            done = subprocess.run(
                [sys.executable, "-c", _READ, str(path)], check=True, capture_output=True, text=True
            )
            pages, blocks, start, peak = map(int, done.stdout.split())
            least = least or peak
            over = f"{peak / least - 1:>12.0%}"
            print(f"{pages:>6} {blocks:>7} {start:>10} {peak:>9} {peak - start:>9} {over}")


def generated(pages: int, seed: int = 1) -> bytes:
    """Return a PDF with so many pages of invented text."""
    chance = random.Random(seed)
    return _pdf([_page(chance, number) for number in range(1, pages + 1)])


def _page(chance: random.Random, number: int) -> bytes:
    lines = [_set("Plan för Näckö", 9, 72, 800), _set(f"{number}", 9, 500, 30)]
    y = 760
    for place in range(LINES_A_PAGE):
        if place % 11 == 0:
            heading = f"{number}.{place // 11 + 1} {_word(chance).capitalize()} {_word(chance)}"
            lines.append(_set(heading, 14, 72, y))
            y -= 20
            continue
        words = [_word(chance) for _ in range(WORDS_A_LINE)]
        words[0] = words[0].capitalize() if place % 11 in (1, 6) else words[0]
        words[-1] += "." if place % 11 in (5, 10) else ""
        lines.append(_set(" ".join(words), 10, 72, y))
        y -= 20 if place % 11 in (5, 10) else 13
    return b"\n".join(lines)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES.split()) for _ in range(chance.randint(1, 4)))


def _set(text: str, size: int, x: int, y: int) -> bytes:
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, x, y, text.encode("cp1252"))


def _pdf(pages: list[bytes]) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, content in enumerate(pages):
        bodies += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * index),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    result, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(bodies) + 1, len(result)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return result + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


if __name__ == "__main__":
    main()
