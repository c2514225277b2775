"""What a Word file says is read as it is shown, in its order."""

import zipfile

import docx
import pytest

from corpus.errors import UnreadableDocument
from ingest import read_document


def p(text, *, style="", properties="", run=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def listed(text, *, list_id=1, level=0):
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, properties=number)


def style(key, name, properties="", *, base="", run=""):
    rests = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{rests}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def level(place, form, text, *, start=1, linked=""):
    named = f'<w:pStyle w:val="{linked}"/>' if linked else ""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{named}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels, overrides=""):
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num>'
    )


def told(document):
    return [(block.kind, block.level, block.number, block.text) for block in document.blocks]


def texts(document, kind="paragraph"):
    return [block.text for block in document.blocks if block.kind == kind]


def test_headings_are_known_by_outline_and_by_names_in_any_language(write_docx):
    path = write_docx(
        p("Om skolan", style="a") + p("Lokaler", style="b") + p("Gården", style="c") + p("Text."),
        styles=style("a", "Rubrik 1")
        + style("b", "SOU Underavsnitt", '<w:outlineLvl w:val="1"/>')
        + style("c", "Egen", base="d")
        + style("d", "heading 3"),
    )
    document = read_document(path)
    assert [(section.heading, section.level) for section in document.sections] == [
        ("Om skolan", 1),
        ("Lokaler", 2),
        ("Gården", 3),
    ]


def test_headings_get_the_numbers_that_word_counts(write_docx):
    styles = "".join(
        style(
            f"h{n}",
            f"heading {n}",
            f'<w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr>',
        )
        for n in (1, 2, 3)
    )
    path = write_docx(
        p("Skolan", style="h1")
        + p("Gården", style="h1")
        + p("Träd", style="h2")
        + p("Skugga", style="h2")
        + p("Bänkar", style="h3")
        + p("Taket", style="h1")
        + p("Pannor", style="h2"),
        styles=styles,
        numbering=numbering(
            level(0, "decimal", "%1"),
            level(1, "decimal", "%1.%2"),
            level(2, "decimal", "%1.%2.%3."),
        ),
    )
    assert [(b.number, b.text) for b in read_document(path).blocks] == [
        ("1", "Skolan"),
        ("2", "Gården"),
        ("2.1", "Träd"),
        ("2.2", "Skugga"),
        ("2.2.1", "Bänkar"),
        ("3", "Taket"),
        ("3.1", "Pannor"),
    ]


def test_the_word_before_a_counted_number_is_no_part_of_it(write_docx):
    heading = style("h", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    path = write_docx(
        p("Skolan", style="h"),
        styles=heading,
        numbering=numbering(level(0, "decimal", "Kapitel %1", start=4, linked="h")),
    )
    assert told(read_document(path)) == [("heading", 1, "4", "Skolan")]


def test_list_items_have_level_and_number(write_docx):
    path = write_docx(
        listed("ett")
        + listed("inre", level=1)
        + listed("inre till", level=1)
        + listed("två")
        + listed("åter inre", level=1)
        + p("Vanlig text.")
        + listed("ny lista", list_id=2),
        numbering=numbering(
            level(0, "decimal", "%1."),
            level(1, "lowerLetter", "%2)"),
            overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
        ),
    )
    assert told(read_document(path)) == [
        ("list_item", 1, "1.", "ett"),
        ("list_item", 2, "a)", "inre"),
        ("list_item", 2, "b)", "inre till"),
        ("list_item", 1, "2.", "två"),
        ("list_item", 2, "a)", "åter inre"),
        ("paragraph", None, None, "Vanlig text."),
        ("list_item", 1, "1.", "ny lista"),
    ]


def test_bullets_have_no_number_and_typed_marks_are_taken_off(write_docx):
    path = write_docx(
        listed("med punkt") + p("• skriven punkt") + p("a) första") + p("b) andra"),
        numbering=numbering(level(0, "bullet", "\uf0b7")),
    )
    assert told(read_document(path)) == [
        ("list_item", 1, None, "med punkt"),
        ("list_item", 1, None, "skriven punkt"),
        ("list_item", 1, "a)", "första"),
        ("list_item", 1, "b)", "andra"),
    ]


def test_short_paragraphs_in_bold_are_headings_where_text_follows(write_docx):
    path = write_docx(
        p("Kommunens synpunkter", run="<w:b/>")
        + p("Kommunen tillstyrker förslaget.")
        + p("Kommunen avstyrker dock att avgiften höjs.", run="<w:b/>")
        + p("Det blir för dyrt.")
        + p("Ulla Svensson", run="<w:b/>")
    )
    assert texts(read_document(path), "heading") == ["Kommunens synpunkter"]


def test_larger_type_and_capitals_make_headings_too(write_docx):
    large = '<w:sz w:val="32"/>'
    path = write_docx(
        p("Yttrande över skuggan", run=large)
        + p("SYNPUNKTER")
        + p("Kommunen tillstyrker förslaget i sin helhet.", run='<w:sz w:val="22"/>')
        + p("Ekonomi", run='<w:b/><w:sz w:val="24"/>')
        + p("Kommunen har inga synpunkter på kostnaderna.", run='<w:sz w:val="22"/>')
    )
    assert told(read_document(path))[:4:3] == [
        ("heading", 1, None, "Yttrande över skuggan"),
        ("heading", 2, None, "Ekonomi"),
    ]
    assert texts(read_document(path), "heading") == [
        "Yttrande över skuggan",
        "SYNPUNKTER",
        "Ekonomi",
    ]


def test_bold_is_no_sign_of_a_heading_where_all_is_bold(write_docx):
    bold = "<w:b/>"
    path = write_docx(
        p("Kommunen svarar så här", run=bold)
        + p("Kommunen tillstyrker förslaget i sin helhet och vill se det snart.", run=bold)
    )
    assert texts(read_document(path), "heading") == []


def test_a_table_is_a_block_a_row_with_merged_cells_once(write_docx):
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    wide, first, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    path = write_docx(
        "<w:tbl>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Nämnd')}{cell('Åtgärd', wide)}</w:tr>"
        f"<w:tr>{cell('Skolnämnden', first)}{cell('Plantera träd')}{cell('2026')}</w:tr>"
        f"<w:tr>{cell('', below)}{cell('Mät värmen')}{cell('2027')}</w:tr>"
        "</w:tbl>"
    )
    head, one, two = read_document(path).blocks
    assert [block.text for block in (head, one, two)] == [
        "Nämnd | Åtgärd",
        "Skolnämnden | Plantera träd | 2026",
        "Mät värmen | 2027",
    ]
    assert [(cell.column, cell.head) for cell in head.cells] == [(0, True), (1, True)]
    assert [two.text[cell.start : cell.end] for cell in two.cells] == ["Mät värmen", "2027"]
    assert [cell.column for cell in two.cells] == [1, 2]


def test_a_frame_of_one_cell_is_a_box_of_text(write_docx):
    path = write_docx(
        f"<w:tbl><w:tr><w:tc>{p('Utredningens förslag: Kommunen ska ha en plan.')}</w:tc></w:tr>"
        f"</w:tbl>{p('Skälen är flera.')}"
    )
    assert [block.kind for block in read_document(path).blocks] == ["aside", "paragraph"]


def test_footnotes_and_endnotes_are_linked_with_their_calls(write_docx):
    def call(kind, key):
        return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'

    body = (
        f"<w:p><w:r><w:t>Kommunen svarade</w:t></w:r>{call('footnote', 2)}"
        f"<w:r><w:t xml:space='preserve'> i tid</w:t></w:r>{call('endnote', 1)}"
        "<w:r><w:t>.</w:t></w:r></w:p>"
    ) + p("Mer text.")
    path = write_docx(
        body,
        footnotes='<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p(" Se bilagan.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="1">{p("Den 3 mars.")}</w:endnote>',
    )
    text, note, more, end = read_document(path).blocks
    assert text.text == "Kommunen svarade i tid."
    assert [(text.text[: c.at], c.sign, c.note) for c in text.calls] == [
        ("Kommunen svarade", "1", note.id),
        ("Kommunen svarade i tid", "i", end.id),
    ]
    assert [(b.kind, b.number, b.text) for b in (note, end)] == [
        ("footnote", "1", "Se bilagan."),
        ("footnote", "i", "Den 3 mars."),
    ]
    assert more.text == "Mer text."


def test_what_was_inserted_is_text_and_what_was_deleted_or_hidden_is_not(write_docx):
    path = write_docx(
        "<w:p><w:r><w:t>Kommunen </w:t></w:r>"
        '<w:del w:id="1"><w:r><w:delText>avstyrker</w:delText></w:r></w:del>'
        "<w:moveFrom><w:r><w:t>bort</w:t></w:r></w:moveFrom>"
        '<w:ins w:id="2"><w:r><w:t xml:space="preserve">tillstyrker </w:t></w:r></w:ins>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hemligt</w:t></w:r>"
        '<w:r><w:commentReference w:id="0"/></w:r>'
        "<w:hyperlink><w:r><w:t>förslaget</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>"
    )
    assert texts(read_document(path)) == ["Kommunen tillstyrker förslaget."]


def test_paragraphs_whose_end_was_deleted_are_one(write_docx):
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    path = write_docx(p("Kommunen", properties=gone) + p(" tillstyrker.") + p("Slut."))
    assert texts(read_document(path)) == ["Kommunen tillstyrker.", "Slut."]


def test_contents_are_kept_out_of_the_text(write_docx):
    def step(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    path = write_docx(
        p("Innehåll", style="t")
        + f"<w:p>{step('begin')}{code}{step('separate')}"
        + "<w:r><w:t>Skolan</w:t><w:tab/><w:t>3</w:t></w:r></w:p>"
        + p("Gården 4")
        + f"<w:p>{step('end')}</w:p>"
        + p("Skolan", style="h")
        + p("Här är texten."),
        styles=style("t", "TOC Heading") + style("h", "heading 1"),
    )
    assert [block.kind for block in read_document(path).blocks] == [
        "heading",
        "aside",
        "aside",
        "heading",
        "paragraph",
    ]


def test_text_boxes_and_controls_are_read_once(write_docx):
    box = f"<w:txbxContent>{p('I rutan.')}</w:txbxContent>"
    path = write_docx(
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        "<w:p><w:r><w:t>Text.</w:t><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "</w:p></w:sdtContent></w:sdt>"
    )
    assert [(b.kind, b.text) for b in read_document(path).blocks] == [
        ("paragraph", "Text."),
        ("aside", "I rutan."),
    ]


def test_a_letter_has_letterhead_and_signature(write_docx):
    path = write_docx(
        p("Vikby kommun")
        + "<w:p><w:r><w:t>Datum</w:t><w:tab/><w:t>2025-02-03</w:t><w:br/>"
        + "<w:t>Dnr KS 2025/7</w:t></w:r></w:p>"
        + p("Yttrande över promemorian Skugga på skolgårdar", run='<w:b/><w:sz w:val="32"/>')
        + p("Vikby kommun tillstyrker förslaget om skugga på alla skolgårdar i landet.")
        + p("Ulla Svensson")
        + p("Kommunstyrelsens ordförande")
    )
    document = read_document(path)
    assert [block.kind for block in document.blocks] == [
        *["letterhead"] * 3,
        "heading",
        "paragraph",
        "signature",
        "signature",
    ]
    assert (document.sender, document.date, document.dnr) == (
        "Vikby kommun",
        "2025-02-03",
        "KS 2025/7",
    )
    assert document.title == "Yttrande över promemorian Skugga på skolgårdar"
    assert not document.paged
    assert {fact.place for fact in document.facts.values()} <= {"text", "title"}


def test_small_things_of_a_paragraph(write_docx):
    path = write_docx(
        '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>K</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>ommu</w:t><w:softHyphen/><w:t>nen kräver\u00a0minst</w:t></w:r>"
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t xml:space="preserve"> 30</w:t>'
        "<w:noBreakHyphen/><w:t>40 träd.</w:t></w:r></w:p>"
    )
    assert texts(read_document(path)) == ["Kommunen kräver minst≥ 30-40 träd."]


def test_headers_and_footers_are_furniture(write_docx):
    path = write_docx(
        p("Text i brevet.") + '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/>'
        '<w:footerReference w:type="default" r:id="rfooter1"/></w:sectPr>',
        header1=p("Vikby kommun")
        + '<w:p><w:r><w:t xml:space="preserve">Sida </w:t></w:r><w:fldSimple w:instr=" PAGE ">'
        "<w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>",
        footer1=p("Storgatan 1, Vikby"),
    )
    assert [(b.kind, b.text) for b in read_document(path).blocks] == [
        ("header", "Vikby kommun"),
        ("header", "Sida"),
        ("paragraph", "Text i brevet."),
        ("footer", "Storgatan 1, Vikby"),
    ]


def test_names_that_programs_give_are_no_titles(tmp_path):
    word = docx.Document()
    word.core_properties.title = "Microsoft Word - utkast 3.doc"
    word.add_paragraph("det är varmt på gården, och det blir varmare för varje år som går.")
    path = tmp_path / "plan-for-skugga.docx"
    word.save(path)
    assert read_document(path).title == "Plan for skugga"


def test_the_properties_tell_what_the_text_does_not(tmp_path):
    word = docx.Document()
    word.core_properties.title = "Plan för skugga"
    word.add_paragraph("det är varmt på gården, och det blir varmare för varje år som går.")
    path = tmp_path / "001.docx"
    word.save(path)
    document = read_document(path)
    assert (document.title, document.facts["title"].place) == ("Plan för skugga", "properties")


@pytest.mark.parametrize(
    ("main", "message"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "macros"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "template",
        ),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "spreadsheet",
        ),
        ("application/octet-stream", "zip"),
    ],
)
def test_other_packages_are_told_by_what_they_are(write_docx, main, message):
    with pytest.raises(UnreadableDocument, match=message) as caught:
        read_document(write_docx(p("Text."), main=main))
    assert caught.value.kind == "unsupported"


def test_an_opendocument_text_is_told(tmp_path):
    path = tmp_path / "brev.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(UnreadableDocument, match="OpenDocument"):
        read_document(path)


def test_a_locked_word_file_is_told(tmp_path):
    path = tmp_path / "brev.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UnreadableDocument, match="password") as caught:
        read_document(path)
    assert caught.value.kind == "encrypted"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(write_docx):
    with pytest.raises(UnreadableDocument, match="unpacks") as caught:
        read_document(write_docx(f"<!--{'a' * 12_000_000}-->" + p("Text.")))
    assert caught.value.kind == "too_large"


def test_entities_of_a_word_file_are_not_expanded(write_docx, tmp_path):
    path = write_docx(p("Text."))
    evil = tmp_path / "ond.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(evil, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + part
            target.writestr(name, part)
    with pytest.raises(UnreadableDocument, match="declarations"):
        read_document(evil)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_torn_word_file_is_told_as_broken(write_docx, kept):
    path = write_docx(p("Text.") * 200)
    content = path.read_bytes()
    path.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    assert caught.value.kind == "broken"


def test_relations_that_lead_nowhere_do_not_matter(write_docx, tmp_path):
    path = write_docx(p("Text."))
    mended = tmp_path / "brev2.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(mended, "w") as target:
        for name in source.namelist():
            part = source.read(name).replace(
                b"</Relationships>",
                b'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                b'relationships/image" Target="../NULL"/></Relationships>',
            )
            target.writestr(name, part)
    assert texts(read_document(mended)) == ["Text."]
