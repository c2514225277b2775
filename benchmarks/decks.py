"""Sets invented decks of slides by several makers and measures how they are read.

Usage: python benchmarks/decks.py [--look TEXT]… [--keep FOLDER] [--misses]. Needs WeasyPrint,
Chromium, Typst and LibreOffice Impress for the looks that name them.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import yaml
from layouts import CANT_SET, MARKS
from reports import blocks_of
from typesetting import FOLDER, export, set_page, typst_escaped

from analysis.gold import GoldBlock
from analysis.structure import evaluate_structure, figures, render_structure
from ingest import read_document


@dataclass(frozen=True, slots=True)
class Look:
    """How slides are set: the engine, its rules, and what stands in the footer.

    ``title``, ``text`` and ``ground`` are for Impress: attributes of type, and the colour behind.
    ``footer`` is text that stands on each slide beside its number.
    """

    name: str
    engine: str
    rules: str = ""
    title: str = ""
    text: str = ""
    ground: str = "#ffffff"
    footer: str = ""
    wide: bool = True
    title_at: float = 1.0


Slide = tuple[GoldBlock, list[list[GoldBlock]]]
"""The title of a slide and the blocks of its text boxes."""


def read_decks(path: Path = FOLDER / "decks.yml") -> dict[str, list[Slide]]:
    """Return the slides of each deck by the deck's name."""
    content = yaml.safe_load(path.read_text("utf-8"))
    return {name: list(_slides(source)) for name, source in content.items()}


def _slides(source: str) -> Iterator[Slide]:
    for part in source.replace("\n#", "\n\0#").split("\0"):
        title, *rest = part.splitlines()
        boxes = "\n".join(rest).split("\n||\n")
        yield next(blocks_of([title])), [list(blocks_of(box.splitlines())) for box in boxes]


def gold_of(slides: Sequence[Slide]) -> tuple[GoldBlock, ...]:
    """Return the blocks of a deck in reading order."""
    return tuple(
        block
        for title, boxes in slides
        for block in [title, *(block for box in boxes for block in box)]
    )


_CSS = (
    "html{hyphens:manual}body{margin:0}section{break-after:page;position:relative}"
    "h1,h2{margin:0 0 8mm}.boxes{display:flex;gap:12mm}.boxes>*{flex:1}"
    "ul{margin:0;padding-left:8mm}"
    "li{margin:0 0 2mm}p{margin:0 0 4mm}.numbered{list-style:none;margin-left:-8mm}"
)


def _set_html(slides: Sequence[Slide], look: Look, target: Path) -> None:
    parts = []
    for number, (title, boxes) in enumerate(slides, start=1):
        level = title.level
        inner = "".join(f"<div>{''.join(_html_box(box))}</div>" for box in boxes)
        foot = f"<footer>{look.footer} {number}</footer>" if look.footer else ""
        parts.append(
            f"<section class=s{level}><h{level}>{html.escape(title.text)}</h{level}>"
            f"<div class=boxes>{inner}</div>{foot}</section>"
        )
    page = f"<!DOCTYPE html><meta charset=utf-8><style>{_CSS}{look.rules}</style>{''.join(parts)}"
    set_page(page, look.engine, target)


def _html_box(box: Sequence[GoldBlock]) -> Iterator[str]:
    for kind, run in groupby(box, key=lambda block: block.kind):
        if kind == "paragraph":
            yield from (f"<p>{html.escape(block.text)}</p>" for block in run)
            continue
        depth = 0
        for block in run:
            level = block.level or 1
            yield "<ul>" * (level - depth) + "</ul>" * (depth - level)
            depth = level
            number = f"{block.number} " if block.number else ""
            name = "numbered" if number else "bulleted"
            yield f"<li class={name}>{number}{html.escape(block.text)}</li>"
        yield "</ul>" * depth


def _set_typst(slides: Sequence[Slide], look: Look, target: Path) -> None:
    import typst

    parts = [look.rules]
    for title, boxes in slides:
        inner = ", ".join("[" + "\n".join(map(_typst_block, box)) + "]" for box in boxes)
        parts.append(f"{'=' * (title.level or 1)} {typst_escaped(title.text)}\n")
        parts.append(f"#grid(columns: (1fr,) * {len(boxes)}, gutter: 1cm, {inner})\n#pagebreak()")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "deck.typ"
        source.write_text("\n".join(parts).removesuffix("#pagebreak()"), "utf-8")
        typst.compile(str(source), output=str(target))


def _typst_block(block: GoldBlock) -> str:
    text = typst_escaped(block.text)
    if block.kind == "paragraph":
        return f"\n{text}\n"
    mark = block.number or "-"
    return f"{'  ' * ((block.level or 1) - 1)}{mark} {text}"


_SIZE = re.compile(r"\d+pt")
_FRAME = (
    '<draw:frame draw:style-name="{style}" svg:x="{x}cm" svg:y="{y}cm" svg:width="{width}cm"'
    ' svg:height="{height}cm"><draw:text-box>{text}</draw:text-box></draw:frame>'
)


def _set_impress(slides: Sequence[Slide], look: Look, target: Path) -> None:
    """Set slides by LibreOffice Impress: a title, one or two text boxes, footer and number."""
    width, height = (33.87, 19.05) if look.wide else (25.4, 19.05)
    parts = []
    for number, (title, boxes) in enumerate(slides, start=1):
        is_first = title.level == 1
        name = "First" if is_first else "Title"
        shown = f'<text:p text:style-name="{name}">{html.escape(title.text)}</text:p>'
        top = 6 if is_first else look.title_at
        frames = [_frame(1.7, top, width - 3.4, 3, shown)]
        each = (width - 3.4 - (len(boxes) - 1)) / len(boxes)
        for index, box in enumerate(boxes):
            x = 1.7 + index * (each + 1)
            frames.append(_frame(x, top + 3.5, each, height - 7, "".join(map(_office, box))))
        if look.footer:
            foot = f'<text:p text:style-name="Foot">{look.footer}</text:p>'
            own = f'<text:p text:style-name="Foot">{number}</text:p>'
            frames.append(_frame(width / 3, height - 1.6, width / 3, 1, foot))
            frames.append(_frame(width - 3.5, height - 1.6, 2, 1, own))
        parts.append(
            f'<draw:page draw:name="s{number}" draw:style-name="dp"'
            f' draw:master-page-name="Default">{"".join(frames)}</draw:page>'
        )
    content = (FOLDER / "office.fodp").read_text("utf-8").format(
        width=width, height=height, title=look.title, text=look.text, ground=look.ground,
        first=_SIZE.sub("44pt", look.title), foot=_SIZE.sub("12pt", look.text),
        body="".join(parts),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.fodp"
        source.write_text(content, "utf-8")
        export(source, target)


def _frame(x: float, y: float, width: float, height: float, text: str) -> str:
    return _FRAME.format(style="fr", x=x, y=y, width=width, height=height, text=text)


def _office(block: GoldBlock) -> str:
    text = html.escape(block.text)
    if block.kind == "paragraph":
        return f'<text:p text:style-name="Text">{text}</text:p>'
    if block.number:
        return f'<text:p text:style-name="Text">{block.number} {text}</text:p>'
    level = block.level or 1
    opened = "<text:list-item><text:list>" * (level - 1) + "<text:list-item>"
    closed = "</text:list-item>" + "</text:list></text:list-item>" * (level - 1)
    item = f'<text:p text:style-name="Text">{text}</text:p>'
    return f'<text:list text:style-name="L">{opened}{item}{closed}</text:list>'


_ENGINES = {"typst": _set_typst, "impress": _set_impress}


def read_looks(path: Path = FOLDER / "decks.looks.yml") -> list[Look]:
    """Return the looks of a file."""
    return [Look(**fields) for fields in yaml.safe_load(path.read_text("utf-8"))["looks"]]


def set_deck(slides: Sequence[Slide], look: Look, target: Path) -> None:
    """Write a deck as a PDF in a look."""
    _ENGINES.get(look.engine, _set_html)(slides, look, target)


def measured(look: Look, folder: Path) -> tuple[str, dict[str, float], str]:
    """Return a look's name, its figures over all decks, and the report in words."""
    found, gold = {}, {}
    for name, slides in read_decks().items():
        target = folder / f"{look.name}, {name}.pdf"
        try:
            if not target.is_file():
                set_deck(slides, look, target)
        except (*CANT_SET, subprocess.SubprocessError) as error:
            print(f"{look.name}: {name} can't be set ({error!r:.300})", file=sys.stderr)
            continue
        found[name], gold[name] = read_document(target).blocks, gold_of(slides)
    report = evaluate_structure(found, gold)
    return look.name, figures(report.total) if report.total else {}, render_structure(report)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--look", action="append")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(arguments)
    marks = {name: mark for name, mark in MARKS.items() if name != "footnote_f1"}
    wanted = options.look or [""]
    looks = [look for look in read_looks() if any(part in look.name for part in wanted)]
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(2) as pool:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(f"{'look':24}", *(f"{name.removeprefix('word_'):>12}" for name in marks))
        for name, values, report in pool.map(measured, looks, [folder] * len(looks)):
            cells = [
                f"{values.get(key, 0.0):>11.3f}{'*' if values.get(key, 0.0) < mark else ' '}"
                for key, mark in marks.items()
            ]
            print(f"{name:24}", *cells, flush=True)
            if options.misses:
                print(report)


if __name__ == "__main__":
    main(sys.argv[1:])
