"""One text as PDF, Word file and web page gives the same facts, headings and recommendations.

The sample's documents were set as PDFs from HTML with print styles. Here the same sources become
web pages as one writes them for the web, and Word files with Word's own styles.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from sqlite_utils import Database

from analysis.split import split
from corpus.actors import load_gazetteer
from corpus.manifest import read_manifest
from corpus.quotes import stands
from ingest import read_document
from ingest.facts import apply_overrides
from ingest.textproof import file_texts
from rodtrad.pipeline import Options, build
from rodtrad.quotes import verify

_SOURCES = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "source"
NAMES = sorted(path.stem for path in _SOURCES.glob("*.html"))
_PRINTED = re.compile(r'@(?:top|bottom)-\w+ { content: "([^"\\]+)";')
"""What the print styles set on every page, but for page numbers."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def web_tree(name):
    """Return a source as a web page: print styles gone, what they did said in HTML."""
    parser = etree.HTMLParser(encoding="utf-8")
    source = (_SOURCES / f"{name}.html").read_text(encoding="utf-8")
    root = etree.fromstring(source.encode(), parser)
    etree.strip_elements(root, "style", "link", with_tail=False)
    body = root.find("body")
    printed = _PRINTED.findall(source)
    if printed:
        head = etree.Element("header")
        etree.SubElement(head, "p").text = printed[0]
        body.insert(0, head)
    for element in list(body.iter(etree.Element)):
        kind = element.get("class", "")
        if element.tag == "small" or (element.tag == "span" and in_class(element, "sign", "pull")):
            element.tag = "div"
        elif kind == "title":
            element.tag = "h1"
        elif kind in ("box", "fact"):
            element.tag = "aside"
        elif kind == "pull":
            element.tag = "blockquote"
    _place_notes(body)
    return root


def in_class(element, *names):
    return any(above.get("class") in names for above in element.iterancestors())


def _place_notes(body):
    notes = etree.SubElement(body, "ol")
    for number, note in enumerate(body.xpath("//span[@class='fn']"), 1):
        item = etree.SubElement(notes, "li", id=f"n{number}")
        item.text, item[:] = note.text, list(note)
        etree.SubElement(item, "a", href=f"#r{number}").text = "↩"
        note.tag, note.text = "sup", None
        note.attrib.clear()
        note.set("id", f"r{number}")
        etree.SubElement(note, "a", href=f"#n{number}").text = str(number)
    if not len(notes):
        body.remove(notes)


def write_html(name, folder):
    path = folder / f"{name}.html"
    path.write_bytes(b"<!doctype html>" + etree.tostring(web_tree(name), encoding="utf-8"))
    return path


def copy_html(name, folder):
    """Copy the source itself, print styles and all."""
    return Path(shutil.copy(_SOURCES / f"{name}.html", folder))


class WordWriter:
    """Writes the tree of a web page as a Word file."""

    def __init__(self):
        self.word = docx.Document()
        self.notes = []
        self.targets = {}

    def write(self, root, path):
        body = root.find("body")
        self.targets = {item.get("id"): item for item in body.iter("li") if item.get("id")}
        self._children(body, self.word)
        if self.notes:
            self._add_notes()
        self.word.save(path)

    def _add_notes(self):
        blob = f'<w:footnotes xmlns:w="{_WORD}">' + "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
            for number, text in enumerate(self.notes, 1)
        )
        content = f"{blob}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, content, self.word.part.package)
        self.word.part.relate_to(part, _FOOTNOTES)

    def _children(self, element, into):
        """Write what an element holds; text between blocks is a paragraph of its own."""
        paragraph = None
        for piece in (element.text, *(part for child in element for part in (child, child.tail))):
            if isinstance(piece, str) or piece is None or is_inline(piece):
                if (
                    paragraph is None
                    and (not isinstance(piece, str) or piece.strip())
                    and piece is not None
                ):
                    paragraph = into.add_paragraph()
                if paragraph is not None and piece is not None:
                    self._inline(piece, paragraph)
            else:
                paragraph = None
                self._block(piece, into)

    def _block(self, element, into):
        tag = element.tag
        if tag == "nav" or (tag == "ol" and element[0].get("id", "").startswith("n1")):
            return
        if tag == "header":
            self.word.sections[0].header.paragraphs[0].text = element[0].text
            return
        if tag in ("h1", "h2", "h3", "h4"):
            self._fill(element, self.word.add_heading("", int(tag[1])))
        elif tag == "table":
            self._table(element)
        elif tag == "aside":
            self._children_of_cell(element, self.word.add_table(1, 1).cell(0, 0))
        elif tag in ("ul", "ol"):
            for item in element:
                style = "List Bullet" if tag == "ul" else "List Number"
                self._fill(item, into.add_paragraph(style=self.word.styles[style]))
        elif tag in ("p", "blockquote") and not any(is_block(child) for child in element):
            style = self.word.styles["Quote" if tag == "blockquote" else "Normal"]
            self._fill(element, into.add_paragraph(style=style))
        else:
            self._children(element, into)

    def _children_of_cell(self, element, cell):
        self._children(element, cell)
        first = cell.paragraphs[0]
        if not first.text and len(cell.paragraphs) > 1:
            first._p.getparent().remove(first._p)

    def _table(self, element):
        rows = list(element.iter("tr"))
        table = self.word.add_table(len(rows), max(len(row) for row in rows))
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                self._children_of_cell(cell, table.cell(place, column))
            if all(cell.tag == "th" for cell in row):
                properties = table.rows[place]._tr.get_or_add_trPr()
                properties.append(OxmlElement("w:tblHeader"))

    def _fill(self, element, paragraph):
        self._inline(element.text or "", paragraph)
        for child in element:
            self._inline(child, paragraph)
            self._inline(child.tail or "", paragraph)

    def _inline(self, piece, paragraph):
        if isinstance(piece, str):
            if piece:
                paragraph.add_run(" ".join(piece.split("\n")))
        elif piece.tag == "br":
            paragraph.add_run().add_break()
        elif piece.tag == "sup":
            self._note(piece, paragraph)
        elif piece.tag in ("b", "strong"):
            paragraph.add_run("".join(piece.itertext())).bold = True
        else:
            self._fill(piece, paragraph)
            if is_block(piece):
                paragraph.add_run().add_break()

    def _note(self, call, paragraph):
        item = self.targets[call[0].get("href")[1:]]
        self.notes.append("".join(item.itertext()).rstrip("↩ "))
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.notes)))
        paragraph.add_run()._r.append(reference)


_INLINE = frozenset(("a", "b", "br", "em", "i", "span", "strong", "sub", "sup"))


def is_inline(element):
    return element.tag in _INLINE


def is_block(element):
    return element.tag not in _INLINE


def write_docx(name, folder):
    path = folder / f"{name}.docx"
    WordWriter().write(web_tree(name), path)
    return path


def recommendations(path, entry, gazetteer):
    document = apply_overrides(read_document(path, gazetteer=gazetteer), entry)
    return document, split(document, gazetteer)


@pytest.fixture(scope="module")
def gazetteer(sample):
    return load_gazetteer(read_manifest(sample).actors)


def write_txt(name, folder):
    """Write the tree as plain text, a paragraph a line with an empty line between."""
    paragraphs = [""]
    for event, element in etree.iterwalk(web_tree(name).find("body"), events=("start", "end")):
        if is_block(element):
            paragraphs.append("– " if (event, element.tag) == ("start", "li") else "")
        elif element.tag == "br" and event == "start":
            paragraphs[-1] += "\n"
        text = element.text if event == "start" else element.tail
        paragraphs[-1] += " ".join((text or "").split("\n"))
    path = folder / f"{name}.txt"
    path.write_text("\n\n".join(filter(str.strip, paragraphs)), encoding="utf-8")
    return path


LOOK_LIKE_OTHERS = ("granskning-2022", "vagledning-2024")
"""Whose print styles make headings of what the sources do not call so, and the other way round."""


def headings(document):
    """Return numbers, headings and levels; print styles set some headings in capitals."""
    return [(s.number, s.heading.casefold(), s.level) for s in document.sections]


FACTS = ("doctype", "title", "sender", "date", "dnr", "their_dnr")


def facts(document):
    return {name: getattr(document, name) for name in FACTS}


def told(recommendation):
    addressees = tuple(one.named for one in recommendation.addressees)
    return (
        recommendation.kind,
        recommendation.text,
        recommendation.stance,
        recommendation.target_section,
        recommendation.deadline,
        addressees,
    )


@pytest.mark.parametrize("write", [write_html, write_docx, copy_html])
@pytest.mark.parametrize("name", NAMES)
def test_the_same_text_gives_the_same_recommendations(name, write, sample, gazetteer, tmp_path):
    entry = read_manifest(sample).entry(f"{name}.pdf")
    printed, wanted = recommendations(sample / f"{name}.pdf", entry, gazetteer)
    path = write(name, tmp_path)
    document, found = recommendations(path, entry, gazetteer)
    assert list(map(told, found)) == list(map(told, wanted))
    assert facts(document) == facts(printed)
    if name not in LOOK_LIKE_OTHERS and write is not copy_html:
        assert headings(document) == headings(printed)
    assert not document.paged
    assert not any(recommendation.boxes for recommendation in found)
    texts = file_texts(path, document.sha256)
    assert all(any(stands(r.text, [text]) for text in texts) for r in found)
    assert not any(stands("Kommunen ska bygga en bro till månen.", [text]) for text in texts)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("yttrande")])
def test_the_same_response_as_plain_text_gives_the_same(name, sample, gazetteer, tmp_path):
    printed, wanted = recommendations(sample / f"{name}.pdf", None, gazetteer)
    document, found = recommendations(write_txt(name, tmp_path), None, gazetteer)
    assert [(r.stance, r.text) for r in found] == [(r.stance, r.text) for r in wanted]
    assert facts(document) == facts(printed)


def test_a_corpus_of_other_formats_is_built_and_verified(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_html("yttrande-nacko", folder)
    write_docx("granskning-2022", folder)
    manifest = "documents:\n  - file: yttrande-nacko.html\n    url: https://nacko.example/svar\n"
    (folder / "corpus.yml").write_text(manifest, encoding="utf-8")
    outcome = build(tmp_path / "c.db", [folder], Options(jobs=1))
    assert outcome.problems == ()
    assert outcome.quotes.checked == outcome.quotes.in_files > 0
    db = Database(tmp_path / "c.db")
    assert [row["pages"] for row in db.query("select pages from documents")] == [None, None]
    assert list(db.query("select 1 from recommendations where page is not null")) == []
    assert list(db.query("select 1 from blocks where page is not null")) == []


def test_each_recommendation_of_a_web_page_has_the_nearest_anchor(sample, gazetteer, tmp_path):
    path = write_html("varmestrategi-2021", tmp_path)
    anchored = {r.text: r.anchor for r in recommendations(path, None, gazetteer)[1]}
    root = web_tree("varmestrategi-2021")
    known = {element.get("id") for element in root.iter() if element.get("id")}
    assert set(anchored.values()) <= known
    assert len(set(anchored.values())) == len(anchored) > 10


def test_a_quote_that_the_file_does_not_hold_is_told(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_docx("yttrande-hyresnamnden", folder)
    build(tmp_path / "c.db", [folder], Options(jobs=1))
    db = Database(tmp_path / "c.db")
    with db.conn:
        db.execute("update recommendations set text = replace(text, 'a', 'o')")
    report = verify(db)
    assert len(report.problems) == report.checked > 0
    assert {problem.page for problem in report.problems} == {None}
