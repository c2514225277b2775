"""Opening a Word file safely: only its text is unpacked, within limits, and nothing is fetched."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import UnreadableDocument

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LARGEST_TEXT = 250_000_000
"""Bytes of XML that a file may hold: a report of 1,000 pages has about 20 million."""

DENSEST = 400
"""Times that XML may be larger than it is packed: Word's own is packed 10 to 60 times."""

SMALLEST_DENSE = 10_000_000
"""Bytes of XML from which it counts how densely it is packed; a short repetitive file is dense."""

MOST_PARTS = 20_000
"""Files that a Word file may hold; a report with 2,000 pictures has about 2,100."""

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""Names of the strict form of the format, and what all programs else write."""

_MAIN = "wordprocessingml.document.main+xml"
_KNOWN: tuple[tuple[str, str], ...] = (
    ("macroEnabled", "a Word file with macros; save it as .docx"),
    ("wordprocessingml.template", "a Word template; save it as .docx"),
    ("spreadsheetml", "a spreadsheet; save it as PDF"),
    ("presentationml", "a presentation; save it as PDF"),
    ("opendocument.text", "an OpenDocument text; save it as .docx or PDF"),
    ("opendocument", "an OpenDocument file; save it as PDF"),
    ("epub", "an e-book; save it as PDF"),
)


def open_word(content: bytes, source: str) -> WordDocument:
    """Return the Word file, without pictures and other parts that are no text.

    Raises ``UnreadableDocument`` for what is no Word file, is broken, or unpacks beyond limits.
    """
    import docx
    from lxml import etree

    try:
        parts = _text_parts(content, source)
        _refuse_foreign(parts, source)
        word = docx.Document(BytesIO(_packed(parts)))
        if word.element.body is None:
            raise broken(source)
    except zipfile.BadZipFile as error:
        raise broken(source) from error
    except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
        raise broken(source) from error  # python-docx has no error of its own for most of these
    except (etree.LxmlError, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise broken(source) from error
    return word


def broken(source: str) -> UnreadableDocument:
    """Return the error that tells that a Word file is broken."""
    message = f"{source} is a broken Word file; open it in Word, save it anew, or save it as PDF"
    return UnreadableDocument("broken", message)


def _text_parts(content: bytes, source: str) -> dict[str, bytes]:
    """Return the XML of a package by name; pictures and fonts are never unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        listed = packed.infolist()
        kept = [i for i in listed if i.filename.endswith((".xml", ".rels")) or _is_label(i)]
        size = sum(info.file_size for info in kept)
        dense = size > DENSEST * max(sum(info.compress_size for info in kept), 1)
        if len(listed) > MOST_PARTS or size > LARGEST_TEXT or (dense and size > SMALLEST_DENSE):
            message = f"{source} unpacks to more than a document can hold; save it as PDF"
            raise UnreadableDocument("too_large", message)
        if any(info.flag_bits & 1 for info in kept):
            message = f"{source} is a locked zip file; unpack it with its password"
            raise UnreadableDocument("encrypted", message)
        parts = {info.filename.lstrip("/"): packed.read(info) for info in kept}
    for strict, usual in _STRICT.items():
        parts = {name: part.replace(strict, usual) for name, part in parts.items()}
    return parts


def _is_label(info: zipfile.ZipInfo) -> bool:
    """Return whether a part is the ``mimetype`` by which OpenDocument files and e-books go."""
    return info.filename == "mimetype" and info.file_size < 200


def _refuse_foreign(parts: dict[str, bytes], source: str) -> None:
    """Raise ``UnreadableDocument`` for a package that is no Word document."""
    told = parts.get("[Content_Types].xml", b"") + parts.get("mimetype", b"")
    if _MAIN.encode() not in told:
        for sign, meant in _KNOWN:
            if sign.encode() in told:
                raise UnreadableDocument("unsupported", f"{source} is {meant}")
        message = f"{source} is a zip file; unpack it into the folder"
        raise UnreadableDocument("unsupported", message)
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        message = f"{source} holds declarations that no Word file has; save it anew in Word"
        raise UnreadableDocument("broken", message)


def _packed(parts: dict[str, bytes]) -> bytes:
    """Return the parts as a package whose relations to parts that are not there are left out."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            content = _own_relations(name, part, parts) if name.endswith(".rels") else part
            package.writestr(name, content)
    return target.getvalue()


def _own_relations(name: str, part: bytes, parts: dict[str, bytes]) -> bytes:
    from lxml import etree

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in list(root):
        target = str(relation.get("Target", ""))
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if relation.get("TargetMode") != "External" and path not in parts:
            root.remove(relation)
    return bytes(etree.tostring(root))
