import zipfile

import pytest

from corpus.errors import UnreadableDocument
from corpus.models import Cell, Document
from ingest import read_document

LONG = "Kommunen har under flera år arbetat med att rusta lokalerna och planerar nu nästa steg"


def of_kind(document: Document, kind: str) -> list[str]:
    return [block.text for block in document.blocks if block.kind == kind]


def paragraph(x, y, lines, step=14):
    return [(x, y + step * index, text) for index, text in enumerate(lines)]


def test_a_paragraph_has_its_lines_joined_and_placed(write_pdf, typeset):
    text = typeset(*paragraph(72, 100, [f"{LONG} för skol-", "gårdarna i hela kommunen."]))
    (block,) = read_document(write_pdf([text])).blocks
    assert block.text == f"{LONG} för skolgårdarna i hela kommunen."
    first, second = block.lines
    assert block.text[first.start : first.end] == f"{LONG} för skol"
    assert block.text[second.start : second.end] == "gårdarna i hela kommunen."
    assert second.words[1].start == block.text.index("i hela")
    assert (first.box.x0, second.box.x0) == (72.0, 72.0)
    assert first.box.bottom < second.box.bottom


def test_boxes_of_a_part_reach_from_its_first_to_its_last_word(write_pdf, typeset):
    (block,) = read_document(write_pdf([typeset((72, 100, "Vi avstyrker förslaget helt."))])).blocks
    start = block.text.index("avstyrker")
    (box,) = block.boxes_between(start, start + len("avstyrker förslaget"))
    assert block.lines[0].box.x0 < box.x0 < box.x1 < block.lines[0].box.x1


def test_headings_open_sections_by_their_numbers(write_pdf, typeset):
    stream = " ".join(
        [
            typeset((72, 80, "2 Skolan"), size=18, bold=True),
            typeset((72, 120, "2.1 Lokaler"), size=14, bold=True),
            typeset((72, 140, f"{LONG}."), (72, 154, "Det ska fortsätta.")),
            typeset((72, 190, "2.1.1 Gymnastiksalar"), size=11, bold=True),
            typeset((72, 206, f"{LONG}."), (72, 220, "Det ska fortsätta.")),
        ]
    )
    document = read_document(write_pdf([stream]))
    chapter, lokaler, salar = document.sections
    assert [(s.number, s.heading, s.level) for s in document.sections] == [
        ("2", "Skolan", 1),
        ("2.1", "Lokaler", 2),
        ("2.1.1", "Gymnastiksalar", 3),
    ]
    assert (lokaler.parent, salar.parent) == (chapter.id, lokaler.id)
    assert document.blocks[-1].section == salar.id


def test_running_headers_and_page_numbers_are_kept_apart(write_pdf, typeset):
    def page(number):
        return typeset(
            (72, 40, "Nämnden för kultur"),
            *paragraph(72, 100, [f"{LONG} del {'abc'[number - 1]}", "och det fortsätter."]),
            (290, 810, f"{number} (3)"),
        )

    document = read_document(write_pdf([page(number) for number in (1, 2, 3)]))
    assert of_kind(document, "header") == ["Nämnden för kultur"] * 3
    assert of_kind(document, "footer") == ["1 (3)", "2 (3)", "3 (3)"]
    assert len(of_kind(document, "paragraph")) == 3


def test_a_line_on_one_page_only_is_no_furniture(write_pdf, typeset):
    pages = [
        typeset((72, 40, "Sammanfattning"), *paragraph(72, 100, [LONG, "och mer därtill."])),
        typeset((72, 40, "Kulturnämnden svarar"), *paragraph(72, 100, [LONG, "och annat mer."])),
    ]
    assert of_kind(read_document(write_pdf(pages)), "header") == []


def test_two_columns_are_read_one_after_the_other(write_pdf, typeset):
    left = [f"vänster {word} på raden i spalten" for word in ["ett", "två", "tre", "fyra", "fem"]]
    right = [f"höger {word} på raden i spalten" for word in ["ett", "två", "tre", "fyra", "fem"]]
    stream = " ".join(
        [
            typeset((72, 80, "En rubrik som går över båda spalterna på sidan"), size=16, bold=True),
            typeset(*paragraph(72, 120, left), *paragraph(310, 120, right)),
        ]
    )
    document = read_document(write_pdf([stream]))
    text = " ".join(block.text for block in document.blocks[1:])
    assert document.blocks[0].kind == "heading"
    assert text == " ".join([*left, *right])


def test_a_paragraph_that_goes_over_a_page_is_one_block(write_pdf, typeset):
    pages = [
        typeset(*paragraph(72, 700, [f"{LONG} för", f"{LONG} men"])),
        typeset(*paragraph(72, 72, ["utan att det har lett till något beslut i nämnden."])),
    ]
    (block,) = read_document(write_pdf(pages)).blocks
    assert [box.page for box in block.boxes] == [1, 1, 2]
    assert block.text.endswith("men utan att det har lett till något beslut i nämnden.")


def test_footnotes_and_their_calls_are_taken_out_of_the_text(write_pdf, typeset):
    stream = " ".join(
        [
            typeset(*paragraph(72, 100, [LONG, "och i dag finns det tjugo salar"])),
            typeset((224.5, 110, "1"), size=6.5),
            typeset((229, 114, "varav fyra är nya.")),
            typeset((72, 760, "1 Uppgift från lokalförvaltningen i maj."), size=8),
        ]
    )
    document = read_document(write_pdf([stream]))
    assert of_kind(document, "paragraph") == [
        f"{LONG} och i dag finns det tjugo salar varav fyra är nya."
    ]
    (note,) = [block for block in document.blocks if block.kind == "footnote"]
    assert (note.number, note.text) == ("1", "Uppgift från lokalförvaltningen i maj.")


def test_list_items_of_all_kinds_lose_their_marks(write_pdf, typeset):
    stream = typeset(
        *paragraph(72, 100, [f"{LONG}.", "Nämnden ska"]),
        (90, 130, "\u2022"),
        (104, 130, "rusta alla lokaler som har varit i bruk i mer än"),
        (104, 144, "tio år,"),
        (110, 158, "\u2013 först skolorna,"),
        (90, 172, "\u2022"),
        (104, 172, "redovisa planen."),
        (72, 200, "a) Den första punkten."),
        (72, 214, "b) Den andra punkten."),
    )
    items = [b for b in read_document(write_pdf([stream])).blocks if b.kind == "list_item"]
    assert [(item.number, item.level, item.text) for item in items] == [
        (None, 1, "rusta alla lokaler som har varit i bruk i mer än tio år,"),
        (None, 2, "först skolorna,"),
        (None, 1, "redovisa planen."),
        ("a)", 1, "Den första punkten."),
        ("b)", 1, "Den andra punkten."),
    ]
    assert items[0].lines[0].box.x0 == 104.0


def test_each_row_of_a_ruled_table_is_a_block_with_cells(write_pdf, typeset):
    rules = " ".join(f"72 {842 - y} 400 0.5 re f" for y in (95, 115, 135, 155))
    cells = typeset(
        (76, 109, "Enhet"), (280, 109, "Antal"),
        (76, 129, "Skolor"), (280, 129, "12"),
        (76, 149, "Bibliotek"), (280, 149, "3"),
    )  # fmt: skip
    document = read_document(write_pdf([f"{rules} {cells} {typeset((72, 200, f'{LONG}.'))}"]))
    rows = [block for block in document.blocks if block.kind == "table"]
    assert [row.text for row in rows] == ["Enhet | Antal", "Skolor | 12", "Bibliotek | 3"]
    assert rows[1].cells == (Cell(0, 6, 0), Cell(9, 11, 1))
    assert [row.cells[0].head for row in rows] == [True, False, False]
    assert [rows[2].text[line.start : line.end] for line in rows[2].lines] == ["Bibliotek", "3"]


def test_a_tinted_box_is_an_aside_that_does_not_tear_the_text(write_pdf, typeset):
    stream = " ".join(
        [
            typeset(*paragraph(72, 100, [f"{LONG} för", f"{LONG} men"])),
            "0.9 0.85 0.8 rg 72 640 300 60 re f 0 g",
            typeset((80, 165, "Så räknas ytan"), (80, 180, "Ytan är lokalens golv.")),
            typeset(*paragraph(72, 230, ["utan att det har lett till något beslut."])),
        ]
    )
    document = read_document(write_pdf([stream]))
    assert of_kind(document, "paragraph") == [
        f"{LONG} för {LONG} men utan att det har lett till något beslut."
    ]
    assert " ".join(of_kind(document, "aside")) == "Så räknas ytan Ytan är lokalens golv."


def test_signatures_stand_apart(write_pdf, typeset):
    stream = typeset(
        *paragraph(72, 100, [LONG, "och det ska fortsätta."]),
        (72, 200, "Vera Lindmark"),
        (72, 214, "Förvaltningschef"),
    )
    assert of_kind(read_document(write_pdf([stream])), "signature") == [
        "Vera Lindmark Förvaltningschef"
    ]


def test_a_pdf_without_text_tells_what_to_do(write_pdf):
    document = read_document(write_pdf(["", "0 g 10 10 50 50 re f"]), ocr="never")
    (problem,) = document.problems
    assert problem.kind == "no_ocr"
    assert "page 2" in problem.message
    assert "build again without --ocr never" in problem.message
    assert [page.confidence for page in document.pages] == [None, 0.0]


def test_a_pdf_of_empty_pages_holds_no_text(write_pdf):
    (problem,) = read_document(write_pdf(["", ""])).problems
    assert problem.kind == "no_text"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("tom.pdf", b"", "empty"),
        ("brev.pdf", b"Hej, detta var ingen PDF.", "wrong_type"),
        ("trasig.pdf", b"%PDF-1.4\n%%EOF", "broken"),
        ("bild.txt", b"\x89PNG\r\n\x1a\n", "unsupported"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(tmp_path, name, content, kind):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=name) as caught:
        read_document(path)
    assert caught.value.kind == kind


def test_an_office_file_is_told_by_its_content(tmp_path):
    path = tmp_path / "svar.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableDocument, match="zip") as caught:
        read_document(path)
    assert caught.value.kind == "unsupported"


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UnreadableDocument) as caught:
        read_document(tmp_path / "borta.pdf")
    assert caught.value.kind == "missing"


def test_a_pdf_is_told_by_its_content_whatever_its_name(write_pdf, typeset):
    path = write_pdf([typeset((72, 100, "Kort text på en sida."))], name="svar.txt")
    assert of_kind(read_document(path), "paragraph") == ["Kort text på en sida."]


def test_plain_text_is_read_as_well(tmp_path):
    path = tmp_path / "svar.txt"
    path.write_text("Yttrande\n\nVi tillstyrker förslaget i alla delar.\n", encoding="utf-8")
    assert "Vi tillstyrker förslaget i alla delar." in of_kind(read_document(path), "paragraph")


def test_the_same_file_gives_the_same_document(sample):
    path = sample / "yttrande-region-tallmark.pdf"
    if not path.is_file():
        pytest.skip("the sample corpus is not typeset yet")
    assert read_document(path) == read_document(path)
