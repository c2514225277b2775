"""Sets a document's structure as a PDF in other layouts: HTML by two engines, Typst, LaTeX, Word.

The structure is gold: what a heading, an item or a footnote is, the typesetting does not change.
"""

from __future__ import annotations

import html
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

import yaml
from docxsetting import write_docx
from letters import read_letters
from texsetting import set_latex

from analysis.gold import GoldBlock

FOLDER = Path(__file__).resolve().parent

Paired: TypeAlias = tuple[GoldBlock, list[GoldBlock]]
"""A block and the footnotes that are called in it."""

SECTION = "§ "
"""What begins the form of numbers that have the sign, as the paragraphs of minutes do."""

_SENTENCE = re.compile(r"(?<=[a-zåäö0-9]{3})\. (?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to set documents: the engine, its rules (CSS or Typst), and what is set how.

    ``numbers`` is how the numbers of headings are written, ``""`` for none. ``upper`` are the
    levels whose headings are typed in capitals, ``run_in`` those set into the first line of their
    paragraph. ``asides`` and ``footnotes`` tell whether they are set. ``bullet`` is typed before
    items where the engine sets none. ``letterhead`` is HTML that comes first. ``headings``,
    ``columns`` and ``header`` are for LibreOffice: attributes of type by level, and the page.
    ``letter`` names the letter of letters.yml that is set instead of the documents with gold.
    ``aside`` is how LaTeX and Typst set a box, ``print_heads`` whether the browser prints its own
    heads and feet. ``held_out`` says when the layout was measured before anything was mended on it.
    ``endnotes`` is the heading of the list that holds the notes, at the end of the document or of
    each chapter (``by_chapter``), ``endnote_mark`` how their numbers stand there; LibreOffice sets
    its own, whose list has no heading.
    """

    name: str
    rules: str = ""
    engine: str = "weasyprint"
    numbers: str = "{} "
    upper: tuple[int, ...] = ()
    run_in: tuple[int, ...] = ()
    asides: bool = True
    footnotes: bool = True
    bullet: str = ""
    letterhead: str = ""
    headings: tuple[str, ...] = ()
    columns: int = 1
    header: str = ""
    letter: str = ""
    aside: str = ""
    print_heads: bool = False
    held_out: str = ""
    endnotes: str = ""
    endnote_mark: str = ""
    by_chapter: bool = False

    def sets(self, blocks: Sequence[GoldBlock]) -> list[GoldBlock]:
        """Return the blocks that this layout sets, as they should be read."""
        kept = self.kept(blocks)
        if not self.endnotes:
            return kept
        return [
            GoldBlock("footnote", block.text, None, block.number) if is_endnote(block) else block
            for block in with_endnotes(kept, self)
            if block.kind != "call"
        ]

    def kept(self, blocks: Sequence[GoldBlock]) -> list[GoldBlock]:
        """Return the blocks that this layout sets, each note after the block that calls it."""
        kinds = {"heading", "paragraph", "list_item"}
        kinds |= ({"aside"} if self.asides else set()) | ({"footnote"} if self.footnotes else set())
        kept = [block for block in blocks if block.kind in kinds]
        return [self._numbered(block) if block.kind == "heading" else block for block in kept]

    def _numbered(self, block: GoldBlock) -> GoldBlock:
        """Return a heading with the number that it has as it is set: signs belong to it."""
        if self.numbers and not self.numbers.startswith(SECTION):
            return block
        number = SECTION + block.number if self.numbers and block.number else None
        return GoldBlock(block.kind, block.text, block.level, number, block.page)


def is_endnote(block: GoldBlock) -> bool:
    """Return whether a block is a note that stands in a list at the end."""
    return block.kind == "endnote"


def with_endnotes(blocks: Sequence[GoldBlock], layout: Layout) -> list[GoldBlock]:
    """Return blocks with calls in the place of footnotes, which follow in lists at the end."""
    result: list[GoldBlock] = []
    notes: list[GoldBlock] = []
    for block in [*blocks, None]:
        ends = layout.by_chapter and block and block.kind == "heading" and block.level == 1
        if notes and (block is None or ends):
            if layout.engine != "libreoffice":
                result.append(GoldBlock("heading", layout.endnotes, 2 if layout.by_chapter else 1))
            result += notes
            notes = []
        if block is None:
            continue
        if block.kind != "footnote":
            result.append(block)
            continue
        number = str(len(notes) + 1)
        notes.append(GoldBlock("endnote", block.text, None, number))
        result.append(GoldBlock("call", block.text, None, number))
    return result


def read_layouts(path: Path = FOLDER / "layouts.yml") -> list[Layout]:
    """Return the layouts of a file, the parts that each names put before its own rules."""
    content = yaml.safe_load(path.read_text("utf-8"))
    layouts = []
    for fields in content["layouts"]:
        parts = [content["parts"][name] for name in fields.pop("parts", ())]
        rules = fields.pop("rules", "")
        own_first = rules.lstrip().startswith("\\documentclass")
        rules = "\n".join([rules, *parts] if own_first else [*parts, rules])
        letterhead = content["letterhead"] if fields.pop("letterhead", False) else ""
        lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
        layouts.append(Layout(**{**fields, **lists, "rules": rules, "letterhead": letterhead}))
    return layouts


def set_pdf(blocks: Sequence[GoldBlock], layout: Layout, title: str, target: Path) -> Path:
    """Write the blocks as a PDF in a layout and return its path."""
    kept = layout.kept(blocks)
    if layout.endnotes:
        kept = with_endnotes(kept, layout)
    if layout.letter:
        set_page(read_letters()[layout.letter].page(layout.rules), layout.engine, target)
    elif layout.engine == "typst":
        _set_typst(kept, layout, target)
    elif layout.engine == "libreoffice":
        _set_libreoffice(kept, layout, target)
    elif layout.engine == "latex":
        set_latex(_with_notes(kept), layout, target)
    elif layout.engine == "docx":
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"{target.stem}.docx"
            export(write_docx(_with_notes(kept), layout, source), target)
    else:
        page = as_html(kept, layout, title)
        set_page(page, layout.engine, target, print_heads=layout.print_heads)
    return target


def set_page(page: str, engine: str, target: Path, *, print_heads: bool = False) -> None:
    """Write a web page as a PDF by an engine that reads web pages."""
    if engine == "chromium":
        _set_chromium(page, target, print_heads=print_heads)
    elif engine == "writer":
        _set_writer(page, target)
    else:
        from weasyprint import HTML

        HTML(string=page).write_pdf(target)


def as_html(blocks: Sequence[GoldBlock], layout: Layout, title: str) -> str:
    """Return blocks as a web page with the layout's style."""
    body = "\n".join(_html_parts(blocks, layout))
    head = layout.letterhead
    return (
        f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{layout.rules}</style></head>"
        f"<body>{head}<div class=text>{body}</div></body></html>"
    )


def _html_parts(blocks: Sequence[GoldBlock], layout: Layout) -> Iterator[str]:
    open_run_in = ""
    for kind, run in groupby(_with_notes(blocks), key=lambda pair: pair[0].kind):
        pairs = list(run)
        if open_run_in and kind != "paragraph":
            yield f"<p>{open_run_in}</p>"
            open_run_in = ""
        if kind == "list_item":
            yield _html_list(pairs, layout)
            continue
        for block, notes in pairs:
            text = _with_note(_escaped(block.text), notes)
            if kind == "heading":
                level = block.level or 1
                shown = _heading_text(block, layout)
                if open_run_in:
                    yield f"<p>{open_run_in}</p>"
                    open_run_in = ""
                if level in layout.run_in:
                    open_run_in = f"<b class=runin>{shown}.</b> "
                else:
                    yield f"<h{level}>{shown}</h{level}>"
            elif kind == "paragraph":
                yield f"<p>{open_run_in}{text}</p>"
                open_run_in = ""
            elif kind == "endnote":
                mark = layout.endnote_mark.format(block.number)
                yield f'<div class="endnote"><p>{mark}{text}</p></div>'
            else:
                yield f'<div class="{kind}"><p>{text}</p></div>'


def _html_list(pairs: Sequence[Paired], layout: Layout) -> str:
    """Return items as lists in lists; typed numbers stand where the marks do."""
    parts: list[str] = []
    depth = 0
    for block, notes in pairs:
        level = block.level or 1
        parts += ["</ul>"] * (depth - level) + ["<ul>"] * (level - depth)
        depth = level
        number = f"<span class=mark>{block.number}</span> " if block.number else ""
        text = (number or layout.bullet) + _with_note(_escaped(block.text), notes)
        parts.append(f'<li class="{"numbered" if number else ""}">{text}</li>')
    return "".join(parts) + "</ul>" * depth


def _heading_text(block: GoldBlock, layout: Layout) -> str:
    number, text = heading_parts(block, layout)
    return number + _escaped(text)


def heading_parts(block: GoldBlock, layout: Layout) -> tuple[str, str]:
    """Return the number of a heading with what parts it from the text, and the text, as set."""
    form = layout.numbers.removeprefix(SECTION)
    number = form.format(block.number) if block.number and form else ""
    return number, block.text.upper() if block.level in layout.upper else block.text


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _with_notes(blocks: Iterable[GoldBlock]) -> list[Paired]:
    """Return the blocks but for footnotes, each with those that follow it."""
    pairs: list[Paired] = []
    early: list[GoldBlock] = []
    for block in blocks:
        if block.kind in ("footnote", "call"):
            host = next(
                (p for p in reversed(pairs) if p[0].kind in ("paragraph", "list_item")), None
            )
            (host[1] if host else early).append(block)
        else:
            pairs.append((block, []))
            if block.kind == "paragraph" and early:
                pairs[-1][1].extend(early)
                early = []
    return pairs


def _with_note(text: str, notes: Sequence[GoldBlock]) -> str:
    return with_notes_set(
        text, notes, '<span class="fn">{}</span>', _escaped, "<sup>{number}</sup>"
    )


def with_notes_set(
    text: str, notes: Sequence[GoldBlock], mark: str, escape: Callable[[str], str], call: str
) -> str:
    """Return a paragraph with its footnotes, or calls of endnotes, set in after its sentences."""
    at = 0
    for note in notes:
        place = _SENTENCE.search(text, at)
        at = place.start() + 1 if place else len(text)
        form = call if note.kind == "call" else mark
        set_in = form.format(escape(note.text), number=note.number)
        text = text[:at] + set_in + text[at:]
        at += len(set_in)
    return text


def _set_chromium(page: str, target: Path, *, print_heads: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu"]
        options += [] if print_heads else ["--no-pdf-header-footer"]
        command = ["chromium", *options, f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def _set_writer(page: str, target: Path) -> None:
    """Set a web page by LibreOffice's word processor."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.html"
        source.write_text(page, "utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                   "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export",
                   "--outdir", str(target.parent), str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)


_TYPST_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]~=/+-])")


def typst_escaped(text: str) -> str:
    """Return a text in which nothing is a sign of Typst's."""
    return _TYPST_SPECIAL.sub(r"\\\1", text)


_TYPST_NOTE = ("#footnote[{}]", typst_escaped, "#super[{number}]")
TYPST_ASIDE = "\n#block(fill: luma(225), inset: 8pt)[%s]\n"


def _typst_item(block: GoldBlock, text: str) -> str:
    """Return a list item set in by its level; a typed number hangs before its text."""
    level = block.level or 1
    if not block.number:
        return f"{'  ' * (level - 1)}- {text}"
    own = f'#"{block.number}" {text}'
    return f"#pad(left: {1.4 * level}em, par(first-line-indent: 0em, hanging-indent: 1.4em)[{own}])"


def _set_typst(blocks: Sequence[GoldBlock], layout: Layout, target: Path) -> None:
    import typst

    parts = [layout.rules]
    for block, notes in _with_notes(blocks):
        text = with_notes_set(
            typst_escaped(block.text), notes, "#footnote[{}]", typst_escaped, "#super[{number}]"
        )
        if block.kind == "heading":
            number, own = heading_parts(block, layout)
            parts.append(f"\n{'=' * (block.level or 1)} {typst_escaped(number + own)}\n")
        elif block.kind == "list_item":
            parts.append(_typst_item(block, text))
        elif block.kind == "aside":
            parts.append((layout.aside or TYPST_ASIDE) % text)
        elif block.kind == "endnote":
            parts.append(f"\n{layout.endnote_mark.format(block.number)}{text}\n")
        else:
            parts.append(f"\n{text}\n")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.typ"
        source.write_text("\n".join(parts), "utf-8")
        typst.compile(str(source), output=str(target))


_HEADING_STYLE = (
    '<style:style style:name="H{level}" style:family="paragraph"><style:paragraph-properties'
    ' fo:margin-top="11pt" fo:margin-bottom="3pt" fo:keep-with-next="always"/>'
    "<style:text-properties {type}/></style:style>"
)
_NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation/><text:note-body>'
    '<text:p text:style-name="Footnote">{}</text:p></text:note-body></text:note>'
)
_ENDNOTE = _NOTE.replace('"footnote"', '"endnote"')
_ARABIC = '<text:notes-configuration text:note-class="endnote" style:num-format="1"/>'


def _office_item(block: GoldBlock, text: str) -> str:
    """Return a list item set in by its level; a typed number stands before its text."""
    level = block.level or 1
    if block.number:
        return f'<text:p text:style-name="Numbered{level}">{block.number}<text:tab/>{text}</text:p>'
    opened = "<text:list-item><text:list>" * (level - 1) + "<text:list-item>"
    closed = "</text:list-item>" + "</text:list></text:list-item>" * (level - 1)
    return (
        '<text:list text:style-name="L" text:continue-numbering="true">'
        f'{opened}<text:p text:style-name="Standard">{text}</text:p>{closed}</text:list>'
    )


def _set_libreoffice(blocks: Sequence[GoldBlock], layout: Layout, target: Path) -> None:
    """Set blocks by LibreOffice, from a flat OpenDocument file."""
    parts = []
    for block, notes in _with_notes(blocks):
        text = with_notes_set(_escaped(block.text), notes, _NOTE, _escaped, _ENDNOTE)
        if block.kind == "heading":
            level = block.level or 1
            shown = _heading_text(block, layout)
            parts.append(
                f'<text:h text:style-name="H{level}" text:outline-level="{level}">{shown}</text:h>'
            )
        elif block.kind == "list_item":
            parts.append(_office_item(block, text))
        elif block.kind != "endnote":
            parts.append(f'<text:p text:style-name="Standard">{text}</text:p>')
    content = (FOLDER / "office.fodt").read_text("utf-8").format(
        styles=_ARABIC * bool(layout.endnotes) + "".join(
            _HEADING_STYLE.format(level=level, type=kind)
            for level, kind in enumerate(layout.headings, start=1)
        ),
        columns=layout.columns, header=layout.header, bullet=layout.bullet or "•",
        body="".join(parts),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.fodt"
        source.write_text(content, "utf-8")
        export(source, target)


def export(source: Path, target: Path) -> None:
    """Write a word processor's file as a PDF by LibreOffice."""
    command = ["soffice", f"-env:UserInstallation=file://{source.parent}/profile", "--headless",
               "--convert-to", "pdf", "--outdir", str(target.parent), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
