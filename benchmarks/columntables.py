"""Invented tables in one of two columns of text, and side by side, as several makers set them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tablecases import BUDGET, INDICATORS, MEASURES, RISKS, TEXT, Rows, table_html
from texsetting import compiled_latex
from texsetting import escaped as tex
from typesetting import export, set_page, typst_escaped

PARAGRAPHS = 12
"""Paragraphs of text of a page in two columns."""


WIDTH_IN_WORD = 140.0
"""Millimetres between the margins of Word's page, less a gap between columns."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page with tables: what sets it, and the tables in the order that they are read."""

    write: Callable[[Path], None]
    tables: Sequence[Rows]
    paragraphs: int


_HTML = (
    "@page{size:A4;margin:20mm} body{font:9.5pt/1.35 'Liberation Serif'} p{margin:0 0 2mm}"
    ".text{column-count:2;column-gap:8mm;text-align:justify}"
    "table{border-collapse:collapse;width:100%;margin:2mm 0 4mm;font-size:8pt;break-inside:avoid;"
    "text-align:left}td,th{padding:1.5pt 3pt;vertical-align:top;font-weight:normal}"
    ".two{display:flex;gap:8mm;align-items:flex-start}.two>*{flex:1}.n{text-align:right;white-space:nowrap}"
)
_BOLD = "th{font-weight:bold}"
_RULES = {
    "grid": "td,th{border:.5pt solid #000}" + _BOLD,
    "row rules": "tr{border-bottom:.5pt solid #888}" + _BOLD,
    "booktabs": "table{border-top:1pt solid #000;border-bottom:1pt solid #000}"
    "th{border-bottom:.5pt solid #000}td{padding-bottom:5pt}",
    "zebra": "tr:nth-child(even){background:#eef}" + _BOLD,
    "no rules": "td{padding-bottom:6pt}" + _BOLD,
    "sans": "body{font-family:'Open Sans'}table{font-size:7.5pt}th{background:#234;color:#fff}"
    "td{border-bottom:.5pt solid #999}",
}


def _in_column(table: str, before: int) -> str:
    text = [f"<p>{TEXT}</p>"] * PARAGRAPHS
    return f"<div class=text>{''.join(text[:before])}{table}{''.join(text[before:])}</div>"


def _side_by_side(left: str, right: str) -> str:
    return f"<p>{TEXT}</p><div class=two><div>{left}</div><div>{right}</div></div><p>{TEXT}</p>"


def _page(rules: str, body: str, engine: str) -> Callable[[Path], None]:
    page = f"<!DOCTYPE html><html lang=sv><meta charset=utf-8><style>{_HTML}{rules}</style>{body}"
    return lambda target: set_page(page, engine, target)


def _tex_table(rows: Rows, rules: str) -> str:
    wide = "X" * (len(rows[0]) - 1)
    if rules == "grid":
        columns, lines = "|X|" + "|".join(wide) + "|", [r"\hline"] * (len(rows) + 1)
    elif rules == "booktabs":
        columns = "X" + wide
        lines = [r"\toprule", r"\midrule", *[""] * (len(rows) - 2), r"\bottomrule"]
    else:
        columns, lines = "X" + wide, ["", *[r"\addlinespace"] * (len(rows) - 1), ""]
    body = "".join(
        f"{line} {' & '.join(map(tex, row))} \\\\\n" for line, row in zip(lines, rows, strict=False)
    )
    table = f"\\begin{{tabularx}}{{\\linewidth}}{{{columns}}}\n{body}{lines[-1]}\\end{{tabularx}}"
    return f"{{\\scriptsize\\raggedright{table}}}\n\n"


_TEX = (
    r"\documentclass[10pt,a4paper%s]{article}\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}"
    r"\usepackage[swedish]{babel}\usepackage{mathptmx,tabularx,booktabs}"
    r"\usepackage[margin=20mm]{geometry}\setlength{\parskip}{3pt}"
    r"\renewcommand{\tabularxcolumn}[1]{>{\raggedright\arraybackslash}p{#1}}"
    "\n\\begin{document}%s\\end{document}"
)


def _tex_column(rows: Rows, rules: str) -> Callable[[Path], None]:
    text = [f"{TEXT}\n\n"] * PARAGRAPHS
    body = "".join([*text[:2], r"\noindent", _tex_table(rows, rules), *text[2:]])
    return lambda target: compiled_latex(_TEX % (",twocolumn", body), target)


def _tex_beside(left: Rows, right: Rows, rules: str) -> Callable[[Path], None]:
    boxes = r"\hfill".join(
        r"\begin{minipage}[t]{.47\linewidth}" + _tex_table(rows, rules) + r"\end{minipage}"
        for rows in (left, right)
    )
    body = f"{TEXT}\n\n\\noindent{boxes}\n\n{TEXT}\n"
    return lambda target: compiled_latex(_TEX % ("", body), target)


_TYPST_STROKES = {"grid": ".5pt", "rows": "(x, y) => (bottom: .5pt)", "none": "none"}


def _typst_table(rows: Rows, stroke: str) -> str:
    cells = ", ".join(
        f"[{'*' * (not at)}{typst_escaped(cell)}{'*' * (not at)}]"
        for at, row in enumerate(rows) for cell in row
    )  # fmt: skip
    return (
        f"table(columns: (1fr,) * {len(rows[0])}, stroke: {_TYPST_STROKES[stroke]}, inset: 3pt,"
        f" row-gutter: {'3pt' if stroke == 'none' else '0pt'}, align: left, {cells})"
    )


def _typst(body: str, columns: int) -> Callable[[Path], None]:
    def write(target: Path) -> None:
        import typst

        head = (
            f'#set page(paper: "a4", margin: 20mm, columns: {columns})\n#set text(font: '
            f'"Liberation Sans", size: 9pt, lang: "sv")\n#show table: set text(size: 7.5pt)\n'
        )
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "page.typ"
            source.write_text(head + body, "utf-8")
            typst.compile(str(source), output=str(target))

    return write


def _typst_column(rows: Rows, stroke: str) -> Callable[[Path], None]:
    text = [f"{typst_escaped(TEXT)}\n\n"] * PARAGRAPHS
    return _typst("".join([*text[:2], f"#{_typst_table(rows, stroke)}\n\n", *text[2:]]), 2)


def _typst_beside(left: Rows, right: Rows, stroke: str) -> Callable[[Path], None]:
    tables = f"{_typst_table(left, stroke)}, {_typst_table(right, stroke)}"
    text = typst_escaped(TEXT)
    return _typst(f"{text}\n\n#grid(columns: 2, gutter: 8mm, {tables})\n\n{text}\n", 1)


def _widths(rows: Rows) -> list[float]:
    """Return widths of columns in millimetres by their words."""
    longest = [
        max(map(len, " ".join(column).split())) + 3 + len("".join(column)) / 30
        for column in zip(*rows, strict=True)
    ]
    return [WIDTH_IN_WORD / 2 * own / sum(longest) for own in longest]


def _word(left: Rows, right: Rows, style: str, columns: int) -> Callable[[Path], None]:
    """Return what sets a Word file by LibreOffice: a table in a column, or two in a table."""

    def write(target: Path) -> None:
        import docx
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        document = docx.Document()
        document.styles["Normal"].font.name = "Carlito"
        document.styles["Normal"].font.size = Pt(9)
        document.sections[0]._sectPr.xpath("./w:cols")[0].set(qn("w:num"), str(columns))
        before = 2 if columns > 1 else 1
        for _ in range(before):
            document.add_paragraph(TEXT)
        outer = columns == 1
        holders = document.add_table(1, 2).rows[0].cells if outer else [document]
        for holder, rows in zip(holders, (left, right), strict=False):
            table = holder.add_table(len(rows), len(rows[0]))
            table.style, table.autofit = document.styles[style], False
            widths = _widths(rows)
            for column, width in zip(table.columns, widths, strict=True):
                column.width = Mm(width)
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, text, width in zip(cells.cells, row, widths, strict=True):
                    cell.width = Mm(width)
                    run = cell.paragraphs[0].add_run(text)
                    run.font.size = Pt(7)
        for _ in range(PARAGRAPHS - before if columns > 1 else 1):
            document.add_paragraph(TEXT)
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"{target.stem}.docx"
            document.save(str(source))
            export(source, target)

    return write


_SINGLE = {"budget": BUDGET, "measures": MEASURES, "indicators": INDICATORS, "risks": RISKS}
_OF_CHROMIUM, _OF_LATEX = ("grid", "no rules"), ("grid", "booktabs", "no rules")
_PAIRS = {"risks and budget": (RISKS, BUDGET), "measures and risks": (MEASURES, RISKS)}


def cases() -> dict[str, dict[str, Case]]:
    """Return the pages by layout and by what they hold."""
    made: dict[str, dict[str, Case]] = {}
    for name, rows in _SINGLE.items():
        for layout, write in _in_a_column(rows):
            made.setdefault(f"column, {layout}", {})[name] = Case(write, [rows], PARAGRAPHS)
    for name, pair in _PAIRS.items():
        for layout, write in _beside(*pair):
            made.setdefault(f"beside, {layout}", {})[name] = Case(write, pair, 2)
    return made


Named = tuple[str, Callable[[Path], None]]
"""A layout, and what sets a page in it."""


def _in_a_column(rows: Rows) -> Iterator[Named]:
    """Yield pages in two columns with a table in one of them."""
    for rules, css in _RULES.items():
        yield rules, _page(css, _in_column(table_html(rows), 2), "weasyprint")
    for rules in _OF_CHROMIUM:
        body = _in_column(table_html(rows), 8)
        yield f"{rules}, chromium", _page(_RULES[rules], body, "chromium")
    for rules in _OF_LATEX:
        yield f"{rules}, latex", _tex_column(rows, rules)
    for stroke in _TYPST_STROKES:
        yield f"{stroke}, typst", _typst_column(rows, stroke)
    for style in ("Table Grid", "Light Shading", "Normal Table"):
        yield f"{style}, word", _word(rows, rows, style, 2)


def _beside(left: Rows, right: Rows) -> Iterator[Named]:
    """Yield pages with two tables side by side."""
    body = _side_by_side(table_html(left), table_html(right))
    for rules, css in _RULES.items():
        yield rules, _page(css, body, "weasyprint")
    for rules in _OF_CHROMIUM:
        yield f"{rules}, chromium", _page(_RULES[rules], body, "chromium")
    for rules in _OF_LATEX:
        yield f"{rules}, latex", _tex_beside(left, right, rules)
    for stroke in _TYPST_STROKES:
        yield f"{stroke}, typst", _typst_beside(left, right, stroke)
    for style in ("Table Grid", "Light Shading"):
        yield f"{style}, word", _word(left, right, style, 1)
