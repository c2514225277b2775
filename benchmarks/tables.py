"""Measures how many cells of the invented tables are read right: ``python benchmarks/tables.py``.

Needs weasyprint. A cell is right in its row and column with all its text.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from tablecases import LAYOUTS, TABLES, page_of

from corpus.models import Document
from ingest import read_document

CellAt = tuple[int, int, str]


def cells_read(document: Document) -> Counter[CellAt]:
    """Return the cells of a document's tables by row, column and text."""
    rows = [block for block in document.blocks if block.kind == "table"]
    return Counter(
        (place, cell.column, row.text[cell.start : cell.end])
        for place, row in enumerate(rows)
        for cell in row.cells
    )


def main() -> None:
    """Print recall and precision of cells for each layout, over all tables."""
    from weasyprint import HTML

    print(f"{'layout':26} recall precision")
    with tempfile.TemporaryDirectory() as folder:
        for name, css in LAYOUTS.items():
            right = read = written = 0
            for rows in TABLES.values():
                path = Path(folder) / "table.pdf"
                HTML(string=page_of(rows, css)).write_pdf(path)
                found = cells_read(read_document(path))
                gold = Counter(
                    (place, column, text)
                    for place, row in enumerate(rows)
                    for column, text in enumerate(row)
                    if text
                )
                right += sum((found & gold).values())
                read += sum(found.values())
                written += sum(gold.values())
            print(f"{name:26} {right / written:6.3f} {right / max(read, 1):9.3f}")


if __name__ == "__main__":
    main()
