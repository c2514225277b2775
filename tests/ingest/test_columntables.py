"""Tables in one of two columns of text, and side by side, are read cell by cell.

The whole table, with other makers, is made by ``benchmarks/tables.py``.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest import read_document

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
CASES = [
    *(("column, no rules, latex", name) for name in ("budget", "measures", "indicators", "risks")),
    *(("column, booktabs", name) for name in ("measures", "risks")),
    *(("column, none, typst", name) for name in ("budget", "measures")),
    ("column, grid", "measures"),
    ("beside, grid", "measures and risks"),
    ("beside, booktabs", "risks and budget"),
    ("beside, rows, typst", "measures and risks"),
    ("beside, sans", "risks and budget"),
]


@pytest.fixture(scope="module")
def benchmark_of_tables():
    pytest.importorskip("weasyprint", exc_type=ImportError)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import tables
    finally:
        sys.path.remove(str(BENCHMARKS))
    return tables


@pytest.mark.parametrize(("layout", "name"), CASES)
def test_cells_are_read_in_their_table_and_the_text_beside_stays_whole(
    benchmark_of_tables, tmp_path, layout, name
):
    case = benchmark_of_tables.cases()[layout][name]
    path = tmp_path / "tabell.pdf"
    try:
        case.write(path)
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"the maker of {layout} is not there ({error!r:.60})")
    right, read, written, whole, paragraphs = benchmark_of_tables.measured(
        read_document(path), case
    )
    assert (right, read, whole) == (written, written, paragraphs)


def test_two_framed_boxes_side_by_side_are_no_table(benchmark_of_tables, tmp_path):
    import weasyprint

    text = "Bussarna går oftare på kvällen. Fler reser då hem från arbetet och slipper vänta."
    boxes = "".join(f"<p>{text}</p>" for _ in range(2))
    page = (
        "<style>@page{size:A4;margin:20mm} .two{display:flex;gap:8mm}"
        f".two p{{flex:1;border:1pt solid #000;padding:4mm}}</style><p>{text * 6}</p>"
        f"<div class=two>{boxes}</div>"
    )
    weasyprint.HTML(string=page).write_pdf(tmp_path / "rutor.pdf")
    blocks = read_document(tmp_path / "rutor.pdf").blocks
    assert [block.kind for block in blocks] == ["paragraph", "aside", "aside"]
    assert [block.text for block in blocks[1:]] == [text, text]
