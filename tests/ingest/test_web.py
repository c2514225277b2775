"""What a web page says is read in its order, with the anchor of each passage, without its frame."""

import pytest

from corpus.errors import UnreadableDocument
from ingest import read_document


def told(document):
    return [(block.kind, block.text) for block in document.blocks]


def read(write_page, body, **more):
    return read_document(write_page(body, **more))


def test_headings_open_sections_and_give_their_anchor(write_page):
    document = read(
        write_page,
        '<h1 id="titel">Plan för skugga</h1><p>Inledning.</p>'
        '<h2><a name="k2"></a>2 Träd</h2><p>Vi planterar.</p><p id="mer">Vi vattnar.</p>',
    )
    assert [(s.number, s.heading, s.level) for s in document.sections] == [
        (None, "Plan för skugga", 1),
        ("2", "Träd", 1),
    ]
    assert [block.anchor for block in document.blocks] == ["titel", "titel", "k2", "k2", "mer"]
    assert document.title == "Plan för skugga"


def test_lists_have_levels_and_the_numbers_that_browsers_show(write_page):
    document = read(
        write_page,
        "<ol start=3><li>tre<ul><li>inre</li></ul></li><li><p>fyra</p><p>och mer</p></li></ol>"
        '<ol type="a"><li>a<li value="5">e</ol>',
    )
    assert [(b.kind, b.level, b.number, b.text) for b in document.blocks] == [
        ("list_item", 1, "3.", "tre"),
        ("list_item", 2, None, "inre"),
        ("list_item", 1, "4.", "fyra"),
        ("paragraph", None, None, "och mer"),
        ("list_item", 1, "a.", "a"),
        ("list_item", 1, "e.", "e"),
    ]


def test_the_pages_frame_is_left_out_or_furniture(write_page):
    document = read(
        write_page,
        "<header>Vikby kommun<nav>Start Kontakt</nav></header>"
        '<div class="cookie-banner">Vi använder kakor.</div>'
        "<main><h1>Yttrande</h1><p>Vikby kommun tillstyrker förslaget om skugga på skolgårdar."
        '<span class="sr-only">(öppnas)</span> <span hidden>dolt</span></p>'
        '<p style="display: none">Dolt.</p><aside>I rutan.</aside>'
        f"<p>{'Kommunen vill ha träd. ' * 10}</p></main>"
        "<div>Läs också detta</div><footer>Storgatan 1<script>spåra()</script></footer>",
    )
    assert [kind for kind, _text in told(document)] == [
        "header",
        "heading",
        "paragraph",
        "aside",
        "paragraph",
        "footer",
    ]
    assert document.blocks[2].text == "Vikby kommun tillstyrker förslaget om skugga på skolgårdar."


def test_tables_keep_cells_and_layout_tables_do_not(write_page):
    document = read(
        write_page,
        "<table><caption>Tabell 1</caption><tr><th>Nämnd<th>Åtgärd<th>År</tr>"
        '<tr><td rowspan="2">Skolnämnden<td colspan="2">Plantera träd</tr>'
        "<tr><td>Mät värmen<td>2027</tr></table>"
        "<table><tr><td><h2>Rubrik</h2><p>Text.</p></td></tr></table>",
    )
    assert told(document) == [
        ("paragraph", "Tabell 1"),
        ("table", "Nämnd | Åtgärd | År"),
        ("table", "Skolnämnden | Plantera träd"),
        ("table", "Mät värmen | 2027"),
        ("heading", "Rubrik"),
        ("paragraph", "Text."),
    ]
    head, one, two = document.blocks[1:4]
    assert [cell.head for cell in head.cells] == [True] * 3
    assert [cell.column for cell in one.cells] == [0, 1]
    assert [cell.column for cell in two.cells] == [1, 2]


NOTES = {
    "raised links": (
        'Svar<sup id="r1"><a href="#n1">1</a></sup>.',
        '<ol><li id="n1">Se bilagan. <a href="#r1">↩</a></li></ol>',
    ),
    "Word's own HTML": (
        'Svar<a href="#_ftn1" name="_ftnref1">[1]</a>.',
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Se bilagan.</p></div>',
    ),
    "roles": (
        'Svar<a href="#n1" role="doc-noteref">1</a>.',
        '<p id="n1">1 Se bilagan.</p>',
    ),
    "raised links both ways": (
        'Svar<sup id="r1"><a href="#n1">1</a></sup>.',
        '<p id="n1"><sup><a href="#r1">1</a></sup> Se bilagan.</p>',
    ),
    "brackets round the link": (
        'Svar<sup>[<a href="#n1">1</a>]</sup>.',
        '<p><a id="n1"></a>[1] Se bilagan.</p>',
    ),
}


@pytest.mark.parametrize("form", NOTES)
def test_footnotes_are_linked_with_their_calls(write_page, form):
    call, note = NOTES[form]
    text, footnote = read(write_page, f"<p>{call}</p>{note}").blocks
    assert (text.text, footnote.kind, footnote.text) == ("Svar.", "footnote", "Se bilagan.")
    assert [tuple(found) for found in text.calls] == [(4, "1", footnote.id)]
    assert footnote.number == "1"
    assert footnote.calls == ()


def test_a_list_of_links_into_the_page_is_contents(write_page):
    document = read(
        write_page,
        '<ul><li><a href="#a">Träd</a></li><li><a href="#b">Skugga</a></li>'
        '<li><a href="#c">Vatten</a></li></ul><h2 id="a">Träd</h2><p>Text.</p>',
    )
    assert [kind for kind, _text in told(document)] == ["aside"] * 3 + ["heading", "paragraph"]


def test_line_breaks_white_space_and_soft_hyphens(write_page):
    document = read(write_page, "<p>Skol&shy;gårdar\n  med&nbsp;träd<br>och\u200b skugga.</p>")
    assert told(document) == [("paragraph", "Skolgårdar med träd och skugga.")]


def test_letters_and_their_accents_are_one(write_page):
    body = "<p>Fo\u0308rslaget ga\u030ar \ufb01nt, a<i>\u0308</i>ven sa\u030a.</p>"
    assert told(read(write_page, body)) == [("paragraph", "Förslaget går fint, även så.")]


@pytest.mark.parametrize(
    "content",
    [
        "<p>Åtgärd</p>".encode(),
        "<html><p>Åtgärd".encode("cp1252"),
        "\ufeff<html><p>Åtgärd".encode("utf-16-le"),
        '<html><meta charset="iso-8859-1"><p>”Åtgärd'.encode("cp1252"),
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        '<head><title>x</title><script src="a.js"/></head>'
        "<body><p>Åtgärd</p></body></html>".encode(),
        '<!DOCTYPE html [<!ENTITY a "b">]><html><p>Åtgärd</p></html>'.encode(),
    ],
)
def test_encodings_and_dialects(tmp_path, content):
    path = tmp_path / "sida.html"
    path.write_bytes(content)
    assert [text.strip("”") for _kind, text in told(read_document(path))] == ["Åtgärd"]


def test_title_and_date_of_the_head_fill_in(write_page):
    document = read(
        write_page,
        "<p>det är varmt på gården, och det blir varmare för varje år som går här.</p>",
        head="<title>Om skugga på skolgårdar</title>"
        '<meta property="article:published_time" content="2024-05-06T08:00:00Z">',
        name="001.html",
    )
    assert (document.title, document.date) == ("Om skugga på skolgårdar", "2024-05-06")
    assert {document.facts[name].place for name in ("title", "date")} == {"properties"}


def test_deep_and_broken_nesting_is_read(write_page):
    deep = "<div>" * 900 + "<p>Vi tillstyrker.</p>" + "<b><i>" * 200
    assert told(read(write_page, deep)) == [("paragraph", "Vi tillstyrker.")]


def test_nesting_beyond_reason_is_told_and_nothing_is_lost_in_silence(write_page):
    with pytest.raises(UnreadableDocument, match="nested"):
        read(write_page, "<div>" * 30_000 + "<p>Vi tillstyrker.</p>")


def test_a_page_that_is_but_a_table_has_text(write_page):
    document = read(write_page, "<table><tr><td>Nämnd<td>Åtgärd</tr></table>")
    assert told(document) == [("table", "Nämnd | Åtgärd")]


def test_a_mark_without_text_is_no_item(write_page):
    assert told(read(write_page, "<p>Text.</p><p>a)</p>")) == [
        ("paragraph", "Text."),
        ("paragraph", "a)"),
    ]


def test_what_the_pages_own_styles_set_as_blocks_stands_by_itself(write_page):
    style = (
        "<style>.kort small, i.rad { display: block } @media print { b { display: block } }"
        "/* u { display: block } */ .dold { display: none }</style>"
    )
    document = read(
        write_page,
        "<div class=kort><div><small>Datum</small>2025-03-27<small>Ert datum</small>"
        "2024-12-16</div></div><p>Ett <small>litet</small> <b>ord</b><i class=rad>rad</i></p>"
        '<p class="dold">Hopfälld text.</p>',
        head=style,
    )
    assert [text for _kind, text in told(document)] == [
        *("Datum", "2025-03-27", "Ert datum", "2024-12-16"),
        *("Ett litet ord", "rad", "Hopfälld text."),
    ]


def test_folded_sections_are_text_and_decoration_is_not(write_page):
    document = read(
        write_page,
        '<p>Text<span aria-hidden="true">→</span></p><div aria-hidden="true">Hopfälld.</div>'
        '<div hidden="until-found">Gömd tills den hittas.</div><div hidden>Dold.</div>',
    )
    assert [text for _kind, text in told(document)] == [
        *("Text", "Hopfälld.", "Gömd tills den hittas."),
    ]


def test_what_word_saves_as_a_page_is_read(write_page):
    document = read(
        write_page,
        "<div class=WordSection1><h1>1<span style='mso-tab-count:1'>  </span>Inledning"
        "<o:p></o:p></h1><p class=MsoListParagraph><![if !supportLists]>"
        "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>En punkt</p>"
        "<!--[if gte mso 9]><xml>dolt</xml><![endif]--></div>",
    )
    assert [(b.kind, b.number, b.text) for b in document.blocks] == [
        ("heading", "1", "Inledning"),
        ("list_item", None, "En punkt"),
    ]


@pytest.mark.parametrize("body", ["", "<script>text()</script>", "<img src=a.png>"])
def test_a_page_without_text_is_told(write_page, body):
    with pytest.raises(UnreadableDocument) as caught:
        read(write_page, body)
    assert caught.value.kind == "no_text"


def test_an_xml_file_is_no_web_page(tmp_path):
    path = tmp_path / "data.html"
    path.write_text('<?xml version="1.0"?><lista><rad>Text</rad></lista>')
    with pytest.raises(UnreadableDocument):
        read_document(path.rename(tmp_path / "data.xml"))
