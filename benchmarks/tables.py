"""Measures how many cells of the invented tables are read right.

Usage: python benchmarks/tables.py [--layout TEXT]… [--keep FOLDER]. Needs WeasyPrint, and Chromium,
Typst, pdflatex, python-docx and LibreOffice for tables in columns and side by side. A cell is right
in its row and column with all its text; of those in columns and side by side, a row is told by its
first cell, and the paragraphs that are whole are counted too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeAlias

from columntables import Case, cases
from tablecases import LAYOUTS, TABLES, TEXT, Rows, page_of

from corpus.models import Document
from ingest import read_document

CellAt: TypeAlias = tuple[Hashable, int, str]

CANT_SET = (ImportError, OSError, subprocess.SubprocessError)
"""What makers raise that are not there or fail."""


def cells_read(document: Document) -> Counter[CellAt]:
    """Return the cells of a document's tables by row, column and text."""
    rows = [block for block in document.blocks if block.kind == "table"]
    return Counter(
        (place, cell.column, row.text[cell.start : cell.end])
        for place, row in enumerate(rows)
        for cell in row.cells
    )


def cells_set(rows: Rows) -> Counter[CellAt]:
    """Return the cells of a table as they should be read."""
    return Counter(
        (place, column, text)
        for place, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    )


def _by_first(cells: Counter[CellAt]) -> Counter[CellAt]:
    """Return cells by the text of the first of their row, instead of the place of the row."""
    firsts = {place: text for place, column, text in cells if column == 0}
    return Counter((firsts.get(place, ""), column, text) for place, column, text in cells)


def alone(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Yield layouts of a table alone: their cells that are right, read and written."""
    from weasyprint import HTML

    for name, css in LAYOUTS.items():
        right = read = written = 0
        for rows in TABLES.values():
            path = folder / "table.pdf"
            HTML(string=page_of(rows, css)).write_pdf(path)
            found, gold = cells_read(read_document(path)), cells_set(rows)
            right += (found & gold).total()
            read += found.total()
            written += gold.total()
        yield name, right, read, written


def in_columns(name: str, folder: Path) -> tuple[str, list[int]]:
    """Return a layout's cells that are right, read and written, its paragraphs whole and all."""
    figures = [0] * 5
    for what, case in cases()[name].items():
        path = folder / f"{name}, {what}.pdf"
        try:
            if not path.is_file():
                case.write(path)
        except CANT_SET as error:
            print(f"{name}, {what} can't be set ({error!r:.300})", file=sys.stderr)
            continue
        for index, value in enumerate(measured(read_document(path), case)):
            figures[index] += value
    return name, figures


def measured(document: Document, case: Case) -> tuple[int, int, int, int, int]:
    """Return the cells that are right, read and written, and the paragraphs whole and all."""
    found = _by_first(cells_read(document))
    gold = sum((_by_first(cells_set(rows)) for rows in case.tables), Counter[CellAt]())
    whole = sum(block.kind == "paragraph" and block.text == TEXT for block in document.blocks)
    return (found & gold).total(), found.total(), gold.total(), whole, case.paragraphs


def main(arguments: Sequence[str]) -> None:
    """Print recall and precision of cells for each layout, over all tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--layout", action="append")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    print(f"{'layout':32} recall precision  text")
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(2) as pool:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not options.layout:
            for name, right, read, written in alone(folder):
                print(f"{name:32} {right / written:6.3f} {right / max(read, 1):9.3f}")
        wanted = options.layout or [""]
        names = [name for name in cases() if any(part in name for part in wanted)]
        for name, counts in pool.map(in_columns, names, [folder] * len(names)):
            right, read, written, whole, paragraphs = counts
            shown = f"{right / max(written, 1):6.3f} {right / max(read, 1):9.3f}"
            print(f"{name:32} {shown} {whole / max(paragraphs, 1):5.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
