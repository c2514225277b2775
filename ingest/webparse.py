"""Parsing a web page: its characters and its tree, with nothing fetched and no entity expanded."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree

from corpus.errors import UnreadableDocument

HEAD = 4_096
"""Bytes from the start within which a page must name its encoding; the standard says 1,024."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_LATIN = frozenset(
    ("iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii", "iso_8859-1")
)
"""Names under which browsers read Windows' western characters."""

_IS_XML = re.compile(
    r"\s*<\?xml\b|[^<]*(?:<!doctype[^>]*xhtml[^>]*>)?\s*<html[^>]*\bxmlns\s*=", re.I
)
_ENDINGS = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_BEGINS = re.compile(
    r"\s*(?:<\?xml\b[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_ANY_TAG = re.compile(r"<[a-z!?]", re.I)
_DOCTYPE = re.compile(r"<!doctype[^>\[]*\[.*?\]\s*>", re.I | re.S)
"""A document type with declarations of its own; browsers show its end as text."""
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")


def is_web(content: bytes, ending: str) -> bool:
    """Return whether a file is a web page, by how it begins, or by its ending if it holds tags."""
    head = decode(content[:HEAD])
    if _BEGINS.match(head):
        return True
    return ending.casefold() in _ENDINGS and bool(_ANY_TAG.search(head))


def decode(content: bytes) -> str:
    """Return the characters of a page: by its mark, what it says, UTF-8, or Windows' western."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    named = _CHARSET.search(content[:HEAD])
    encoding = named[1].decode("ascii", "replace").casefold() if named else "utf-8"
    for name in (encoding, "utf-8", "cp1252"):
        try:
            return content.decode("cp1252" if name in _LATIN else name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", errors="replace")


def parse(content: bytes, source: str) -> Any:
    """Return the root element of a page, as a browser would build its tree.

    Raises ``UnreadableDocument`` where there is none.
    """
    text = decode(content).replace("\x00", "")
    root = _as_xml(text) if _IS_XML.match(text[:HEAD]) else None
    if root is None:
        root = _as_html(text, source)
    if root is None:
        raise UnreadableDocument("empty", f"{source} holds no text; fetch the page again")
    return root


def _as_html(text: str, source: str) -> Any:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    content = _DOCTYPE.sub("", _PROLOG.sub("", text)).encode("utf-8", errors="replace")
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        message = f"{source} is nested beyond all reason; print it to PDF from a browser"
        raise UnreadableDocument("broken", message)
    return root


def _as_xml(text: str) -> Any:
    """Return the root of XHTML with its names bare; None where it is not what it says it is."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(_PROLOG.sub("", text).lstrip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if etree.QName(root).localname.casefold() != "html" or any(root.iter(etree.Entity)):
        return None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname.casefold()
    return root
