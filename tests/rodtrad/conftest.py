"""Small PDFs on which a reader hangs, as damaged or malicious files make it do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

LEVELS, CALLS = 16, 4
"""Forms in forms, and how often each draws the next: 4 to the power of 15 drawings, for hours."""

HANG = ""
"""The text of a page that is never read to its end."""

_FONTS = b"/Font << /F1 4 0 R >>"


def _pdf(pages: Sequence[str]) -> bytes:
    first_form = 5 + 2 * len(pages)
    kids = b" ".join(b"%d 0 R" % (5 + 2 * index) for index in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"null",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, text in enumerate(pages):
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources <<"
            b" %s /XObject << /X %d 0 R >> >> >>" % (6 + 2 * index, _FONTS, first_form)
        )
        bodies.append(_stream(b"", _line(text) if text else b"/X Do"))
    for level in range(LEVELS):
        inner = b"/XObject << /X %d 0 R >>" % (first_form + level + 1)
        bodies.append(
            _stream(
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s %s >>"
                % (_FONTS, inner if level < LEVELS - 1 else b""),
                b"/X Do " * CALLS if level < LEVELS - 1 else _line("a"),
            )
        )
    return _file(bodies)


def _line(text: str) -> bytes:
    return b"BT /F1 11 Tf 72 700 Td (%s) Tj ET " % text.encode("cp1252")


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _file(bodies: Sequence[bytes]) -> bytes:
    result, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(bodies) + 1, len(result)
    return (
        result
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    )


@pytest.fixture
def write_pages(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a PDF with a page for each text, endless where it is empty."""

    def write(name: str, *pages: str) -> Path:
        path = tmp_path / name
        path.write_bytes(_pdf(pages))
        return path

    return write
