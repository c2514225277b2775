"""Whatever a Word file or web page holds, it is read or told to be unreadable: never a crash."""

import zipfile
from io import BytesIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.actors import load_gazetteer
from corpus.errors import UnreadableDocument
from ingest import read_document

NASTY = (
    "<w:tbl>",
    "</w:tc>",
    "</w:p>",
    '<w:numPr><w:ilvl w:val="-1"/><w:numId w:val="99"/></w:numPr>',
    '<w:gridSpan w:val="x"/>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    '<w:r><w:footnoteReference w:id="7"/></w:r>',
    '<w:r><w:sym w:char="zz"/></w:r>',
    "<w:p/>",
    "&e;",
    "<![CDATA[",
    "\0",
    "<li>",
    "<table><tr><td colspan=99999999 rowspan=-3>",
    "</table>",
    '<a href="#x">1</a><p id="x">',
    "<main>",
    "<style>",
    "<!--",
    "<h7>",
)
WORD = (
    '<w:p><w:pPr><w:pStyle w:val="h"/></w:pPr><w:r><w:t>Plan</w:t></w:r></w:p>',
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    "<w:r><w:t>Kommunen tillstyrker.</w:t></w:r></w:p>",
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    '<w:p><w:r><w:t>Svar</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
)
PAGE = (
    '<h1 id="a">Plan</h1>',
    "<ol><li>Kommunen tillstyrker.<ul><li>Inre",
    "<table><tr><th>A<td>B</table>",
    '<p>Svar<sup><a href="#n">1</a></sup></p>',
    '<p id="n">1 Noten.</p>',
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
GAZETTEER = load_gazetteer()
quick = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read_or_refuse(path):
    try:
        document = read_document(path, gazetteer=GAZETTEER)
    except UnreadableDocument:
        return
    ids = {block.id for block in document.blocks}
    assert len(ids) == len(document.blocks)
    for block in document.blocks:
        assert block.text == " ".join(block.text.split())
        assert all(0 <= call.at <= len(block.text) for call in block.calls)
        assert all(call.note is None or call.note in ids for call in block.calls)
        assert all(0 <= cell.start < cell.end <= len(block.text) for cell in block.cells)


def body(pieces):
    return st.lists(st.sampled_from((*pieces, *NASTY)), min_size=1, max_size=12).map("".join)


@quick
@given(body(WORD))
def test_word_files_of_any_parts(write_docx, text):
    styles = '<w:style w:styleId="h"><w:name w:val="heading 1"/><w:basedOn w:val="h"/></w:style>'
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>Noten.</w:t></w:r></w:p></w:footnote>'
    read_or_refuse(write_docx(text, styles=styles, numbering=NUMBERING, footnotes=note))


@quick
@given(body(PAGE))
def test_web_pages_of_any_parts(write_page, text):
    read_or_refuse(write_page(text))


@quick
@given(st.data())
def test_word_files_with_changed_bytes(write_docx, tmp_path, data):
    whole = write_docx("".join(WORD), numbering=NUMBERING).read_bytes()
    path = tmp_path / "bytt.docx"
    path.write_bytes(changed(whole, data))
    read_or_refuse(path)


@quick
@given(st.data())
def test_word_files_with_changed_parts(write_docx, tmp_path, data):
    path = write_docx("".join(WORD), numbering=NUMBERING)
    target = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        chosen = data.draw(st.sampled_from(source.namelist()))
        for name in source.namelist():
            part = source.read(name)
            archive.writestr(name, changed(part, data) if name == chosen else part)
    broken = tmp_path / "bytt.docx"
    broken.write_bytes(target.getvalue())
    read_or_refuse(broken)


def changed(content, data):
    """Return bytes with a few of them replaced, left out or doubled."""
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        length = data.draw(st.sampled_from((0, 1, 5, 200)))
        put = data.draw(st.binary(max_size=3) | st.just(content[at : at + length]))
        content = content[:at] + put + content[at + length :]
    return content
