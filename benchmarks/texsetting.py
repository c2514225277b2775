"""Sets a document's structure as a PDF by LaTeX: a layout's rules are the preamble."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typesetting import Layout, Paired

HEADINGS = (r"\section*{%s}", r"\subsection*{%s}", r"\subsubsection*{%s}", r"\paragraph*{%s}\par")
ASIDE = r"\begin{center}\fbox{\parbox{.85\linewidth}{%s}}\end{center}"


_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
}  # fmt: skip


def escaped(text: str) -> str:
    """Return a text in which nothing is a command."""
    return "".join(_SPECIAL.get(character, character) for character in text)


_NOTE = (r"\footnote{{{}}}", escaped, r"\textsuperscript{{{number}}}")


def set_latex(pairs: Sequence[Paired], layout: Layout, target: Path) -> None:
    """Write blocks with their notes as a PDF by pdflatex."""
    source = "\n".join(
        [layout.rules, r"\begin{document}", *_parts(pairs, layout), r"\end{document}"]
    )
    compiled_latex(source, target)


def compiled_latex(source: str, target: Path) -> None:
    """Write a source of LaTeX as a PDF by pdflatex, run twice for its references."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.tex").write_text(source, "utf-8")
        for _run in range(2):
            command = ["pdflatex", "-interaction=batchmode", "page.tex"]
            subprocess.run(command, cwd=folder, capture_output=True, timeout=180, check=False)
        made = Path(folder) / "page.pdf"
        if not made.is_file():
            raise OSError((Path(folder) / "page.log").read_text("latin-1")[-600:])
        target.write_bytes(made.read_bytes())


def _parts(pairs: Sequence[Paired], layout: Layout) -> Iterator[str]:
    from typesetting import heading_parts, with_notes_set

    for kind, run in groupby(pairs, key=lambda pair: pair[0].kind):
        if kind == "list_item":
            yield from _items(list(run), layout)
            continue
        for block, notes in run:
            text = with_notes_set(escaped(block.text), notes, *_NOTE)
            if kind == "heading":
                commands = layout.headings or HEADINGS
                number, own = heading_parts(block, layout)
                yield commands[(block.level or 1) - 1] % (escaped(number) + escaped(own)) + "\n"
            elif kind == "aside":
                yield (layout.aside or ASIDE) % text
            elif kind == "endnote":
                yield f"{layout.endnote_mark.format(block.number)}{text}\n"
            else:
                yield f"{text}\n"


def _items(pairs: Sequence[Paired], layout: Layout) -> Iterator[str]:
    from typesetting import with_notes_set

    depth = 0
    for block, notes in pairs:
        level = block.level or 1
        while depth < level:
            depth += 1
            yield r"\begin{itemize}"
        while depth > level:
            depth -= 1
            yield r"\end{itemize}"
        mark = (
            f"[{block.number}]" if block.number else f"[{layout.bullet}]" if layout.bullet else ""
        )
        text = with_notes_set(escaped(block.text), notes, *_NOTE)
        yield f"\\item{mark} {text}"
    yield r"\end{itemize}" * depth
