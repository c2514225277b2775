"""Sets a document's structure as a Word file by python-docx, and as a PDF by LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typesetting import Layout, Paired

LIST_INDENT = 18
"""Points by which each level of a list is set in."""


def write_docx(pairs: Sequence[Paired], layout: Layout, target: Path) -> Path:
    """Write blocks in Word's own styles, notes left out, boxes as tables of one cell."""
    import docx
    from docx.shared import Pt

    document = docx.Document()
    font, _space, size = layout.rules.strip().rpartition(" ")
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = font, Pt(float(size))
    _set_page(document, layout)
    for block, _notes in pairs:
        if block.kind == "heading":
            _add_heading(document, block, layout)
        elif block.kind == "list_item":
            _add_item(document, block)
        elif block.kind == "aside":
            table = document.add_table(1, 1)
            table.style = "Table Grid"
            table.cell(0, 0).text = block.text
            document.add_paragraph()
        else:
            document.add_paragraph(block.text)
    document.save(str(target))
    return target


def _add_heading(document: Any, block: Any, layout: Layout) -> None:
    """Add a heading in its style, or as a paragraph set by hand where there are ``headings``."""
    from docx.shared import Pt
    from typesetting import heading_parts

    level = block.level or 1
    text = "".join(heading_parts(block, layout))
    if not layout.headings:
        document.add_heading(text, level)
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(text)
    for word in layout.headings[level - 1].split():
        if word[:1].isdigit():
            run.font.size = Pt(float(word))
        else:
            setattr(run.font, word, True)


def _add_item(document: Any, block: Any) -> None:
    from docx.shared import Pt

    level = block.level or 1
    if not block.number:
        style = "List Bullet" if level == 1 else f"List Bullet {min(level, 3)}"
        document.add_paragraph(block.text, style=style)
        return
    paragraph = document.add_paragraph(f"{block.number}\t{block.text}")
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Pt(LIST_INDENT * (level + 1)), Pt(-LIST_INDENT)
    form.tab_stops.add_tab_stop(Pt(LIST_INDENT * (level + 1)))


def _set_page(document: Any, layout: Layout) -> None:
    """Set the columns, the running head, and page numbers at the foot."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section = document.sections[0]
    columns = section._sectPr.xpath("./w:cols")[0]
    columns.set(qn("w:num"), str(layout.columns))
    columns.set(qn("w:space"), "500")
    section.header.paragraphs[0].text = layout.header
    foot = section.footer.paragraphs[0]
    foot.add_run("Sida ")
    for name, value in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        element = OxmlElement("w:fldChar" if name else "w:instrText")
        if name:
            element.set(qn("w:fldCharType"), name)
        else:
            element.text = value
        run._r.append(element)
