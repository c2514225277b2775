"""Sets documents with structure gold in many layouts and measures how each is read.

Usage: python benchmarks/layouts.py GOLD [--layout NAME]… [--document NAME]… [--keep FOLDER]
[--misses] [--held-out]. GOLD is a folder with structure/, as corpus/sample/gold; the invented
reports of reports.yml are set besides. --held-out takes only the layouts that were measured before
anything was mended on them. Needs WeasyPrint, and typst, pdflatex, python-docx, chromium and
LibreOffice for the layouts that name them; those that can't be set are told.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from letters import read_letters
from reports import read_reports
from typesetting import Layout, read_layouts, set_pdf

from analysis.gold import GoldBlock, read_structure
from analysis.structure import evaluate_structure, figures, render_structure
from corpus.models import Block
from ingest import read_document

Gold = Mapping[str, Sequence[GoldBlock]]

CANT_SET = (AssertionError, ImportError, OSError, subprocess.SubprocessError)
"""What engines raise that are not there or fail; WeasyPrint asserts on some floats."""

MARKS = {"word_recall": 0.99, "word_order": 0.97, "word_kept_out": 0.99, "heading_f1": 0.97,
         "item_f1": 0.98, "footnote_f1": 0.97}  # fmt: skip
"""What each figure should reach in every layout."""


def read_in(
    layout: Layout, gold: dict[str, tuple[GoldBlock, ...]], folder: Path
) -> dict[str, Sequence[Block]]:
    """Return the blocks of each document as they are read in a layout; PDFs there are kept."""
    found = {}
    for name, blocks in gold.items():
        target = folder / layout.name / f"{name}.pdf"
        if not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            title = next((b.text for b in blocks if b.kind in ("title", "heading")), name)
            try:
                set_pdf(blocks, layout, title, target)
            except CANT_SET as error:
                print(f"{layout.name}: {name} can't be set ({error!r:.80})", file=sys.stderr)
                continue
        document = read_document(target)
        for problem in document.problems:
            print(f"{layout.name}: {name}: {problem.message}", file=sys.stderr)
        found[name] = document.blocks
    return found


def measured(
    layout: Layout, gold: dict[str, tuple[GoldBlock, ...]], folder: Path
) -> tuple[str, dict[str, float], str]:
    """Return a layout's name, its figures over all documents, and the report in words."""
    if layout.letter:
        gold = {layout.letter: read_letters()[layout.letter].blocks}
    found = read_in(layout, gold, folder)
    report = evaluate_structure(
        found, {name: tuple(layout.sets(blocks)) for name, blocks in gold.items()}
    )
    return layout.name, figures(report.total) if report.total else {}, render_structure(report)


def main(arguments: Sequence[str]) -> int:
    """Print the table; the exit status is 1 where a figure does not reach its mark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", type=Path)
    parser.add_argument("--layout", action="append")
    parser.add_argument("--document", action="append")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args(arguments)
    gold = read_structure(options.gold) | read_reports()
    if options.document:
        gold = {name: gold[name] for name in options.document}
    layouts = [one for one in read_layouts() if not options.layout or one.name in options.layout]
    layouts = [one for one in layouts if one.held_out or not options.held_out]
    below = 0
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(2) as pool:
        folder = options.keep or Path(temporary)
        results = pool.map(measured, layouts, [gold] * len(layouts), [folder] * len(layouts))
        print(f"{'layout':24}", *(f"{name.removeprefix('word_'):>12}" for name in MARKS))
        for name, values, report in results:
            cells = [
                f"{values[key]:>11.3f}{'*' if values[key] < mark else ' '}"
                for key, mark in MARKS.items()
            ]
            below += any(values[key] < mark for key, mark in MARKS.items())
            print(f"{name:24}", *cells, flush=True)
            if options.misses:
                print(report)
    print(f"{below} of {len(layouts)} layouts below a mark (*)")
    return int(below > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
