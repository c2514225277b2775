"""Reading a file: its kind by content, its pages, its blocks and facts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from corpus.errors import UnreadableDocument
from corpus.ids import document_id as id_of_file
from corpus.models import Document
from ingest.pdf import compose, opened_pdf, typeset_pages

if TYPE_CHECKING:
    from corpus.actors import Gazetteer
    from ingest.recognition import Ocr
    from ingest.unpaged import Properties

UnpagedReader: TypeAlias = "Callable[[bytes, str, str], tuple[Document, Properties]]"
"""Reads a file's content, with the document's id and the file's name."""

PDF_HEADER_WITHIN = 1024
"""Bytes from the start within which the PDF header stands, as readers accept it."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The name under which a Word file lies that is locked with a password."""

_SIGNATURES = {
    _OLE: "an old Office file; save it as .docx or PDF",
    b"\x89PNG": "a picture; save it as PDF",
    b"\xff\xd8\xff": "a picture; save it as PDF",
    b"II*\x00": "a picture; save it as PDF",
    b"MM\x00*": "a picture; save it as PDF",
    b"GIF8": "a picture; save it as PDF",
    b"{\\rtf": "an RTF file; save it as PDF",
    b"\x1f\x8b": "a packed file; unpack it",
}
_OTHER_ENDINGS = {
    ".mht": "a web archive; save it as HTML or PDF",
    ".mhtml": "a web archive; save it as HTML or PDF",
    ".xml": "an XML file; save what it shows as PDF",
    ".json": "a data file; take it out of the folder, or name it under skip in corpus.yml",
    ".csv": "a data file; take it out of the folder, or name it under skip in corpus.yml",
    ".yml": "a data file; take it out of the folder, or name it under skip in corpus.yml",
    ".yaml": "a data file; take it out of the folder, or name it under skip in corpus.yml",
}
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|svg)\b", re.IGNORECASE)


def read_document(
    path: str | Path,
    *,
    gazetteer: Gazetteer | None = None,
    ocr: Ocr = "auto",
) -> Document:
    """Return one file as a document, read without a database.

    What kind of file it is its content tells, not its name. Pages that are pictures are recognised
    where tesseract is installed; ``ocr`` is ``"never"`` to leave that out, ``"always"`` to do it
    to every page.

    Raises ``UnreadableDocument`` where the file can't be read.
    """
    path = Path(path)
    document_id = id_of_file(path.name)
    if is_pdf(path):
        with opened_pdf(path, str(path)) as pdf:
            digest = _digest(path)
            document = compose(typeset_pages(pdf, ocr=ocr), document_id, str(path), digest)
        return with_facts(document, path.name, gazetteer)
    content = read_content(path)
    read = _unpaged_reader(content, path)
    if read is not None:
        return _read_unpaged(read, content, path, gazetteer)
    _refuse_foreign(content, path)
    document = _read_plain(content, document_id, str(path))
    return with_facts(document, path.name, gazetteer)


def is_pdf(path: Path) -> bool:
    """Return whether a file is a PDF, which is read page by page and never held as a whole.

    Raises ``UnreadableDocument`` where the file can't be read or has no content.
    """
    return b"%PDF-" in read_content(path, PDF_HEADER_WITHIN)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpaged_reader(content: bytes, path: Path) -> UnpagedReader | None:
    """Return the reader of a Word file or a web page, None for what is neither."""
    if content.startswith(_ZIP):
        from ingest.word import read_word

        return read_word
    from ingest.webparse import is_web

    if is_web(content, path.suffix):
        from ingest.web import read_web

        return read_web
    return None


def _read_unpaged(
    read: UnpagedReader, content: bytes, path: Path, gazetteer: Gazetteer | None
) -> Document:
    """Return a file without pages as a document; its properties say what its text does not."""
    from ingest.unpaged import with_properties, without_pages

    try:
        document, properties = read(content, id_of_file(path.name), str(path))
    except RecursionError as error:
        message = f"{path} is nested beyond all reason; save it anew, or save it as PDF"
        raise UnreadableDocument("broken", message) from error
    document = with_facts(document, path.name, gazetteer)
    return without_pages(with_properties(document, properties))


def read_content(path: Path, most: int = -1) -> bytes:
    """Return the bytes of a file, or the first of them, ``most`` in number.

    Raises ``UnreadableDocument`` where there are none.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most)
    except FileNotFoundError as error:
        message = f"{path} is not there; check the path"
        raise UnreadableDocument("missing", message) from error
    except PermissionError as error:
        message = f"{path} may not be read; change its permissions"
        raise UnreadableDocument("no_permission", message) from error
    except OSError as error:
        message = f"{path} can't be read ({error.strerror}); check the file"
        raise UnreadableDocument("broken", message) from error
    if not content:
        raise UnreadableDocument("empty", f"{path} has no content; fetch the file again")
    return content


def _refuse_foreign(content: bytes, path: Path) -> None:
    """Raise ``UnreadableDocument`` for a file that is neither PDF nor text."""
    if content.startswith(_OLE) and _LOCKED in content:
        message = f"{path} is locked with a password; save a copy without one"
        raise UnreadableDocument("encrypted", message)
    for signature, meant in _SIGNATURES.items():
        if content.startswith(signature):
            raise UnreadableDocument("unsupported", f"{path} is {meant}")
    ending = ".xml" if _MARKUP.match(content) else path.suffix.lower()
    if ending in _OTHER_ENDINGS:
        raise UnreadableDocument("unsupported", f"{path} is {_OTHER_ENDINGS[ending]}")
    if ending == ".pdf":
        message = f"{path} is named as a PDF but is none; fetch the file again"
        raise UnreadableDocument("wrong_type", message)


def _read_plain(content: bytes, document_id: str, source: str) -> Document:
    from ingest.plaintext import read_text

    return read_text(content, document_id, source)


def with_facts(document: Document, file_name: str, gazetteer: Gazetteer | None) -> Document:
    """Return the document with title, kind, sender, date and numbers as they stand in it."""
    from corpus.actors import load_gazetteer
    from ingest.facts import read_facts

    return read_facts(document, file_name, gazetteer or load_gazetteer())
