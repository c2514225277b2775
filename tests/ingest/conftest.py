"""A writer of small PDFs, so that each test of the reader draws the very page that it is about."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"


def _pdf(streams: Sequence[str], extra: str) -> bytes:
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(streams)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        _FONT.format("Helvetica").encode(),
        _FONT.format("Helvetica-Bold").encode(),
    ]
    for index, stream in enumerate(streams):
        content = stream.encode("cp1252")
        page = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> {extra} "
            f"/Contents {6 + 2 * index} 0 R >>"
        )
        bodies += [
            page.encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    result, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        result
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(bodies) + 1, len(result))
    )


@pytest.fixture
def write_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a PDF with one page for each content stream."""

    def write(streams: Sequence[str], *, name: str = "blad.pdf", extra: str = "") -> Path:
        path = tmp_path / name
        path.write_bytes(_pdf(streams, extra))
        return path

    return write


@pytest.fixture
def typeset() -> Callable[..., str]:
    """Return a function that makes a content stream of lines ``(x, y from the top, text)``.

    Streams may be put after each other.
    """

    def lines(*placed: tuple[float, float, str], size: float = 11, bold: bool = False) -> str:
        font = "F2" if bold else "F1"
        return "".join(
            f"BT /{font} {size} Tf {x} {842 - y} Td ({_escaped(text)}) Tj ET\n"
            for x, y, text in placed
        )

    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD_ROOTS = {"header1": "hdr", "footer1": "ftr"}


@pytest.fixture
def write_docx(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a Word file from the XML of its body and of other parts."""

    def write(body: str, *, name: str = "brev.docx", main: str = _MAIN, **parts: str) -> Path:
        path = tmp_path / name
        relations = "".join(
            f'<Relationship Id="r{part}" Type="{_OFFICE}/{part.rstrip("1")}" Target="{part}.xml"/>'
            for part in parts
        )
        package = "http://schemas.openxmlformats.org/package/2006"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="{package}/content-types">'
                '<Default Extension="xml" ContentType="application/xml"/>'
                '<Default Extension="rels" ContentType='
                '"application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
                + "".join(
                    f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.'
                    f'openxmlformats-officedocument.wordprocessingml.{part.rstrip("1")}+xml"/>'
                    for part in parts
                )
                + "</Types>",
            )
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            )
            archive.writestr(
                "word/_rels/document.xml.rels",
                f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
            )
            archive.writestr(
                "word/document.xml",
                f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
            )
            for part, content in parts.items():
                root = _WORD_ROOTS.get(part, part)
                archive.writestr(
                    f"word/{part}.xml", f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
                )
        return path

    return write


@pytest.fixture
def write_page(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a web page from what its body holds."""

    def write(body: str, *, name: str = "sida.html", head: str = "") -> Path:
        path = tmp_path / name
        page = f'<!doctype html><html lang="sv"><head>{head}</head><body>{body}</body></html>'
        path.write_text(page, encoding="utf-8")
        return path

    return write
