"""Sets the sample's HTML documents as PDFs; the same sources give the same bytes.

Usage: ``python corpus/sample/source/typeset.py [ID…]``, without ids for all of them. Needs
WeasyPrint, which is in the dependency group ``sample`` and no dependency of the program.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
TARGET = SOURCE.parent

# Seconds since 1970. The subset fonts carry the hour at which they were made, unless this tells
# another: 2025-04-01, the day after the sample's last document.
FONT_EPOCH = "1743465600"


def typeset(source: Path) -> Path:
    """Set one HTML file and return the PDF's path."""
    from weasyprint import HTML

    target = TARGET / f"{source.stem}.pdf"
    HTML(filename=source, base_url=str(source)).write_pdf(
        target, pdf_identifier=source.stem.encode()
    )
    return target


def sources(ids: list[str]) -> list[Path]:
    """Return the HTML files with these ids, or all of them, in the order of their names."""
    if ids:
        return [SOURCE / f"{name}.html" for name in ids]
    return sorted(SOURCE.glob("*.html"))


def main(ids: list[str]) -> int:
    """Set the documents, say where each one went, and return the exit status."""
    os.environ["SOURCE_DATE_EPOCH"] = FONT_EPOCH
    missing = [source.name for source in sources(ids) if not source.is_file()]
    if missing:
        print(f"No such source: {', '.join(missing)}", file=sys.stderr)
        return 1
    for source in sources(ids):
        print(typeset(source))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
