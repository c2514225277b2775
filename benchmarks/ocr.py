"""Word error rate of the reading of a page against a transcript of it.

    python benchmarks/ocr.py [--ocr auto|never|always] PDF PAGE TRANSCRIPT [PDF PAGE TRANSCRIPT …]

The transcript is a text file with the page's lines as they are printed, in the order in which one
reads them; a word that is parted at the end of its line is joined on both sides. Words are what
stands between white space, with their capitals and signs, bullets left out; all dashes count as
one. The error is the
least number of words put in, left out and changed, divided by the words of the transcript
(Levenshtein over words). ``in any order`` compares the same words without their order, so that
the difference to the first figure is the reading order's. ``--misses`` lists what differs.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from time import perf_counter

from rapidfuzz.distance import Levenshtein

from corpus.models import Document
from ingest import read_document

_PARTED = re.compile(r"(?<=\w)[-\u00ad]\s*\n\s*(?=[a-zåäö])")
_DASHES = str.maketrans("–—", "--")


def words_of(text: str) -> list[str]:
    """Return the words of a text, those parted at a line's end joined; bullets are none."""
    words = _PARTED.sub("", text).translate(_DASHES).split()
    return [word for word in words if "§" in word or any(map(str.isalnum, word))]


def page_text(document: Document, page: int) -> str:
    """Return a page as it was read: its blocks in reading order, with their numbers."""
    blocks = [block for block in document.blocks if block.page == page]
    return "\n".join(f"{block.number or ''} {block.text}" for block in blocks)


def word_error(transcript: str, read: str) -> tuple[float, float]:
    """Return the word error rate, and the rate without regard to order."""
    wanted, found = words_of(transcript), words_of(read)
    ordered = Levenshtein.distance(wanted, found) / len(wanted)
    missing, added = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    return ordered, max(missing.total(), added.total()) / len(wanted)


def misses(transcript: str, read: str) -> list[str]:
    """Return what was read otherwise, a line each."""
    wanted, found = words_of(transcript), words_of(read)
    return [
        f"  {' '.join(wanted[op.src_start : op.src_end])!r}"
        f" -> {' '.join(found[op.dest_start : op.dest_end])!r}"
        for op in Levenshtein.opcodes(wanted, found)
        if op.tag != "equal"
    ]


def main() -> None:
    """Print the figures of the pages named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--ocr", choices=["auto", "never", "always"], default="auto")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("pages", nargs="+", metavar="PDF PAGE TRANSCRIPT")
    asked = parser.parse_args()
    print(f"{'page':44} words  word error  in any order  sure  seconds")
    for pdf, number, transcript in zip(*[iter(asked.pages)] * 3, strict=True):
        started = perf_counter()
        document = read_document(pdf, ocr=asked.ocr)
        seconds = perf_counter() - started
        text = Path(transcript).read_text("utf-8")
        read = page_text(document, int(number))
        ordered, free = word_error(text, read)
        page = document.pages[int(number) - 1]
        sure = "   -" if page.confidence is None else f"{page.confidence:.2f}"
        name = f"{Path(pdf).name[:38]} p. {number}"
        count = len(words_of(text))
        print(f"{name:44} {count:5}  {ordered:10.1%}  {free:12.1%}  {sure}  {seconds:7.1f}")
        if asked.misses:
            print("\n".join(misses(text, read)))


if __name__ == "__main__":
    main()
