"""Sets a document's structure as a PDF in other layouts: HTML by two engines, Typst, LibreOffice.

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

import yaml
from letters import read_letters

from analysis.gold import GoldBlock

FOLDER = Path(__file__).resolve().parent

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

    def sets(self, blocks: Sequence[GoldBlock]) -> list[GoldBlock]:
        """Return the blocks that this layout sets, as they should be read."""
        kinds = {"heading", "paragraph", "list_item"}
        kinds |= ({"aside"} if self.asides else set()) | ({"footnote"} if self.footnotes else set())
        kept = [block for block in blocks if block.kind in kinds]
        if not self.numbers:
            kept = [
                GoldBlock(b.kind, b.text, b.level, None, b.page) if b.kind == "heading" else b
                for b in kept
            ]
        return kept


def read_layouts(path: Path = FOLDER / "layouts.yml") -> list[Layout]:
    """Return the layouts of a file, the parts that each names put before its own rules."""
    content = yaml.safe_load(path.read_text("utf-8"))
    layouts = []
    for fields in content["layouts"]:
        parts = [content["parts"][name] for name in fields.pop("parts", ())]
        rules = "\n".join([*parts, fields.pop("rules", "")])
        letterhead = content["letterhead"] if fields.pop("letterhead", False) else ""
        lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
        layouts.append(Layout(**{**fields, **lists, "rules": rules, "letterhead": letterhead}))
    return layouts


def set_pdf(blocks: Sequence[GoldBlock], layout: Layout, title: str, target: Path) -> Path:
    """Write the blocks as a PDF in a layout and return its path."""
    kept = layout.sets(blocks)
    if layout.letter:
        set_page(read_letters()[layout.letter].page(layout.rules), layout.engine, target)
    elif layout.engine == "typst":
        _set_typst(kept, layout, target)
    elif layout.engine == "libreoffice":
        _set_libreoffice(kept, layout, target)
    else:
        set_page(as_html(kept, layout, title), layout.engine, target)
    return target


def set_page(page: str, engine: str, target: Path) -> None:
    """Write a web page as a PDF by an engine that reads web pages."""
    if engine == "chromium":
        _set_chromium(page, target)
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
        if kind == "list_item":
            items = "".join(
                f"<li>{layout.bullet}{_with_note(_escaped(b.text), n)}</li>" for b, n in pairs
            )
            yield f"<ul>{items}</ul>"
            continue
        for block, notes in pairs:
            text = _with_note(_escaped(block.text), notes)
            if kind == "heading":
                level = block.level or 1
                shown = _heading_text(block, layout)
                if level in layout.run_in:
                    open_run_in += f"<b class=runin>{shown}.</b> "
                else:
                    yield f"<h{level}>{shown}</h{level}>"
            elif kind == "paragraph":
                yield f"<p>{open_run_in}{text}</p>"
                open_run_in = ""
            else:
                yield f'<div class="{kind}"><p>{text}</p></div>'


def _heading_text(block: GoldBlock, layout: Layout) -> str:
    number = layout.numbers.format(block.number) if block.number and layout.numbers else ""
    text = block.text.upper() if block.level in layout.upper else block.text
    return number + _escaped(text)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _with_notes(
    blocks: Iterable[GoldBlock],
) -> list[tuple[GoldBlock, list[GoldBlock]]]:
    """Return the blocks but for footnotes, each with those that follow it."""
    pairs: list[tuple[GoldBlock, list[GoldBlock]]] = []
    early: list[GoldBlock] = []
    for block in blocks:
        if block.kind == "footnote":
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


def _with_note(
    text: str,
    notes: Sequence[GoldBlock],
    mark: str = '<span class="fn">{}</span>',
    escape: Callable[[str], str] = _escaped,
) -> str:
    """Return a paragraph with its footnotes set in after its first sentences."""
    at = 0
    for note in notes:
        place = _SENTENCE.search(text, at)
        at = place.start() + 1 if place else len(text)
        set_in = mark.format(escape(note.text))
        text = text[:at] + set_in + text[at:]
        at += len(set_in)
    return text


def _set_chromium(page: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, "utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
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


def _typst(text: str) -> str:
    return _TYPST_SPECIAL.sub(r"\\\1", text)


def _set_typst(blocks: Sequence[GoldBlock], layout: Layout, target: Path) -> None:
    import typst

    parts = [layout.rules]
    for block, notes in _with_notes(blocks):
        text = _with_note(_typst(block.text), notes, "#footnote[{}]", _typst)
        number = layout.numbers.format(block.number) if block.number and layout.numbers else ""
        if block.kind == "heading":
            parts.append(f"\n{'=' * (block.level or 1)} {_typst(number)}{text}\n")
        elif block.kind == "list_item":
            parts.append(f"- {text}")
        elif block.kind == "aside":
            parts.append(f"\n#block(fill: luma(225), inset: 8pt)[{text}]\n")
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


def _set_libreoffice(blocks: Sequence[GoldBlock], layout: Layout, target: Path) -> None:
    """Set blocks by LibreOffice, from a flat OpenDocument file."""
    parts = []
    for block, notes in _with_notes(blocks):
        text = _with_note(_escaped(block.text), notes, _NOTE)
        if block.kind == "heading":
            level = block.level or 1
            shown = _heading_text(block, layout)
            parts.append(
                f'<text:h text:style-name="H{level}" text:outline-level="{level}">{shown}</text:h>'
            )
        elif block.kind == "list_item":
            parts.append(
                '<text:list text:style-name="L" text:continue-numbering="true"><text:list-item>'
                f'<text:p text:style-name="Standard">{text}</text:p></text:list-item></text:list>'
            )
        else:
            parts.append(f'<text:p text:style-name="Standard">{text}</text:p>')
    content = (FOLDER / "office.fodt").read_text("utf-8").format(
        styles="".join(
            _HEADING_STYLE.format(level=level, type=kind)
            for level, kind in enumerate(layout.headings, start=1)
        ),
        columns=layout.columns, header=layout.header, bullet=layout.bullet or "•",
        body="".join(parts),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.fodt"
        source.write_text(content, "utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                   "--convert-to", "pdf", "--outdir", str(target.parent), str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)
