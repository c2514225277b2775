"""Plain text becomes the same kind of blocks as a PDF gives, without boxes."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableDocument
from ingest.plaintext import read_text

PARAGRAPH = """\
Kommunen har under flera år arbetat med att samla berörda verksamheter kring de
frågor som rör vinterväghållning, och arbetet har gett goda resultat i de flesta
av kommunens delar. Det finns dock skillnader som behöver utjämnas.
"""


ALTERNATIVES = ("halka", "snöröjning", "belysning", "trädfällning", "dikning")


def varied(number):
    """Return the paragraph with another word in each line."""
    word = ALTERNATIVES[number]
    return (
        PARAGRAPH.replace("berörda", f"{word} och")
        .replace("goda", f"för {word} goda")
        .replace("skillnader", f"{word} och skillnader")
    )


def read(text):
    return read_text(text.encode(), "prov", "prov.txt")


def kinds_and_texts(text, *left_out):
    return [(block.kind, block.text) for block in read(text).blocks if block.kind not in left_out]


def test_lines_become_paragraphs_and_line_ends_are_mended():
    text = PARAGRAPH.replace("arbetat med", "arbe-\ntat med") + "\n" + PARAGRAPH
    (first, second) = read(text).blocks
    assert first.text == second.text
    assert "har under flera år arbetat med att samla" in first.text
    assert first.lines == ()
    assert first.boxes == ()


def test_interleaved_lines_are_not_torn_apart():
    spaced = (PARAGRAPH + "\n" + PARAGRAPH.replace("Kommunen", "Regionen")).replace("\n", " \n\n")
    spaced = spaced.replace("utjämnas. \n\n \n\n", "utjämnas. \n\n \n\n")
    texts = [block.text for block in read(spaced).blocks]
    assert [text.split()[0] for text in texts] == ["Kommunen", "Regionen"]


def test_paragraphs_without_empty_lines_are_parted_where_a_word_would_have_fitted():
    text = PARAGRAPH + PARAGRAPH.replace("Kommunen", "Regionen")
    assert [block.text.split()[0] for block in read(text).blocks] == ["Kommunen", "Regionen"]


@pytest.mark.parametrize("bullet", ["•\t ", "\uf0b7 ", "\uf0a7", "– ", "- ", "▪ "])
def test_bullets_of_any_glyph_make_list_items(bullet):
    text = (
        "Styrelsen ska under året:\n\n"
        f"{bullet}Utveckla uppföljningen i samverkan med \n\nberörda entreprenörer\n\n"
        f"{bullet}Säkerställa att avtalen följs och att de redovisas för \n\nFritidsnämnden\n\n"
        f"{bullet}Se över taxan\n"
    )
    items = [text for kind, text in kinds_and_texts(text) if kind == "list_item"]
    assert items == [
        "Utveckla uppföljningen i samverkan med berörda entreprenörer",
        "Säkerställa att avtalen följs och att de redovisas för Fritidsnämnden",
        "Se över taxan",
    ]


def test_a_dash_inside_a_sentence_is_no_bullet():
    text = PARAGRAPH.replace(
        "verksamheter kring de\n", "verksamheter\n– främst driften – kring de "
    )
    assert [kind for kind, _ in kinds_and_texts(text)] == ["paragraph"]


def test_numbered_items_keep_their_numbers_apart():
    text = (
        "Med plan avses ett beslut som\n\n1. antas av nämnden,\n\n"
        "2. gäller för hela området och för de vägar som\nligger utanför det, eller\n\n"
        "3. upphävs av fullmäktige.\n"
    )
    items = [(b.number, b.text) for b in read(text).blocks if b.kind == "list_item"]
    assert items == [
        ("1.", "antas av nämnden,"),
        ("2.", "gäller för hela området och för de vägar som ligger utanför det, eller"),
        ("3.", "upphävs av fullmäktige."),
    ]


def test_headings_make_a_tree_of_sections():
    text = (
        f"1. Inledning\n\n1.1 Bakgrund\n{PARAGRAPH}\n"
        f"1.2 Syftet med planen för vinterväghållning och \nsandning\n{PARAGRAPH}\n"
        f"Avgränsning\n{PARAGRAPH}\n2 Slutsatser\n\n{PARAGRAPH}"
    )
    sections = read(text).sections
    assert [(s.number, s.heading, s.level) for s in sections] == [
        ("1", "Inledning", 1),
        ("1.1", "Bakgrund", 2),
        ("1.2", "Syftet med planen för vinterväghållning och sandning", 2),
        (None, "Avgränsning", 3),
        ("2", "Slutsatser", 1),
    ]
    by_id = {section.id: section.heading for section in sections}
    parents = [by_id.get(section.parent) for section in sections]
    assert parents[:3] == [None, "Inledning", "Inledning"]
    assert parents[3].startswith("Syftet")
    assert parents[4] is None


def test_blocks_stand_in_their_section():
    document = read(f"Bakgrund\n{PARAGRAPH}\nFörslag\n{PARAGRAPH}")
    headings = [document.section(b.section).heading for b in document.blocks]
    assert headings == ["Bakgrund", "Bakgrund", "Förslag", "Förslag"]


def test_a_sentence_that_leads_to_a_list_is_no_heading():
    text = "Granskningen besvarar följande frågor:\n• Följs planen?\n• Räcker medlen?\n"
    assert [kind for kind, _ in kinds_and_texts(text)] == ["paragraph", "list_item", "list_item"]


def test_a_body_with_a_colon_above_its_list_is_a_heading():
    text = (
        "Fritidsnämnden:\n• Säkerställ att planen följs.\n\n"
        "Bygg- och skogsnämnden\n• Se över avtalen.\n"
    )
    headings = [text for kind, text in kinds_and_texts(text) if kind == "heading"]
    assert headings == ["Fritidsnämnden:", "Bygg- och skogsnämnden"]


def pages(*bodies, header="Plan för vägar", start=1):
    return "\f".join(
        f"{header}\n\n{body}\n\n{number}\n" for number, body in enumerate(bodies, start=start)
    )


def test_running_headers_and_page_numbers_are_kept_apart():
    document = read(pages(*map(varied, range(4))))
    assert [b.text for b in document.blocks if b.kind == "header"] == ["Plan för vägar"] * 3
    assert [b.text for b in document.blocks if b.kind == "footer"] == ["1", "2", "3", "4"]
    assert len([b for b in document.blocks if b.kind == "paragraph"]) == 4


def test_a_chapters_first_running_header_is_its_heading():
    chapter = "\f".join(f"Drift\n\n{varied(number)}" for number in range(3))
    document = read(f"Förord\n\n{varied(3)}\f{chapter}")
    headings = [block for block in document.blocks if block.kind == "heading"]
    assert [(b.text, b.page) for b in headings] == [("Förord", 1), ("Drift", 2)]


def test_a_paragraph_torn_by_a_page_break_is_joined():
    first, second = PARAGRAPH.split("goda ")
    document = read(pages(varied(0), first + "goda", second, varied(1)))
    (joined,) = [b for b in document.blocks if b.page == 2 and b.kind == "paragraph"]
    assert joined.text == " ".join(PARAGRAPH.split())
    assert not [b for b in document.blocks if b.page == 3 and b.kind == "paragraph"]


def test_footnotes_stand_apart_and_their_calls_are_dropped():
    text = (
        PARAGRAPH.replace("resultat", "resultat1").replace("utjämnas.", "utjämnas.2")
        + "\n1 Rapport om vägar, Vägförbundet 2020,\ns. 17 ff.\n2. Se bilaga 3.\n"
    )
    document = read(text)
    notes = [(b.number, b.text) for b in document.blocks if b.kind == "footnote"]
    assert notes == [
        ("1", "Rapport om vägar, Vägförbundet 2020, s. 17 ff."),
        ("2", "Se bilaga 3."),
    ]
    assert document.blocks[0].text == " ".join(PARAGRAPH.split())


def test_a_numbered_heading_is_no_footnote():
    called = PARAGRAPH.replace("utjämnas.", "utjämnas.1")
    text = f"{called}\n1. INLEDNING\n\n{PARAGRAPH}\n1 Se bilaga.\n"
    document = read(text)
    assert [b.text for b in document.blocks if b.kind == "footnote"] == ["Se bilaga."]
    assert [s.heading for s in document.sections] == ["INLEDNING"]


def test_numbers_that_are_no_calls_stay():
    text = PARAGRAPH.replace("arbetat", "enligt SOU 2031:4 och covid19 arbetat")
    assert "SOU 2031:4 och covid19" in read(text).blocks[0].text


def test_the_letterhead_and_the_signature_stand_apart():
    text = (
        "Handläggare\nEster Almkvist\nTelefon: 000-12 34 56\n\nTill\nVägnämnden\n2024-03-05\n\n"
        f"Vägförvaltningen\n\nTjänsteutlåtande\nDnr VÄG 2024/7\n\n{PARAGRAPH}\n"
        "Ester Almkvist  Nils Brandt\nVägdirektör  Enhetschef\n"
    )
    kinds = [kind for kind, _ in kinds_and_texts(text)]
    assert kinds == ["letterhead"] * 4 + ["paragraph", "signature"]


def test_a_pull_quote_is_an_aside_and_does_not_part_its_paragraph():
    quote = "Kommunen har under\nflera år arbetat\nmed att samla"
    first, second = PARAGRAPH.split("goda ")
    text = f"Bakgrund\n{varied(0)}\n{first}goda\n\n{quote}\f{second}"
    blocks = [b for b in read(text).blocks if b.kind != "heading"]
    assert [b.kind for b in blocks] == ["paragraph", "paragraph", "aside"]
    assert blocks[1].text == " ".join(PARAGRAPH.split())


def test_a_table_of_contents_is_no_text():
    text = f"Innehåll\n\nInledning ........ 3\nFörslag ........ 5\n\fInledning\n\n{PARAGRAPH}"
    kinds = [kind for kind, _ in kinds_and_texts(text)]
    assert kinds.count("aside") == 1
    assert [s.heading for s in read(text).sections] == ["Innehåll", "Inledning"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_told_apart(encoding):
    document = read_text(PARAGRAPH.encode(encoding), "prov", "prov.txt")
    assert document.blocks[0].text == " ".join(PARAGRAPH.split())


def test_line_ends_of_other_systems_are_the_same():
    assert read(PARAGRAPH.replace("\n", "\r\n")).blocks == read(PARAGRAPH).blocks


def test_pages_keep_their_whole_text():
    document = read(pages(PARAGRAPH, PARAGRAPH))
    assert [page.number for page in document.pages] == [1, 2]
    assert document.pages[1].text.startswith("Plan för vägar")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b" \n\f\n", "empty"),
        (b"\x00\x01\x02PK", "wrong_type"),
        (b"12 34", "no_text"),
    ],
)
def test_what_is_no_text_is_refused(content, kind):
    with pytest.raises(UnreadableDocument) as caught:
        read_text(content, "prov", "prov.txt")
    assert caught.value.kind == kind
    assert "prov.txt" in str(caught.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableDocument) as caught:
        read_text(tmp_path / "borta.txt")
    assert caught.value.kind == "missing"


def test_reading_a_file_is_reading_its_content(tmp_path):
    path = tmp_path / "En plan.txt"
    path.write_text(PARAGRAPH, encoding="utf-8")
    document = read_text(path)
    assert document.id == "en-plan"
    assert document.source == str(path)
    assert document.blocks[0].text == " ".join(PARAGRAPH.split())


def test_an_english_summary_is_told_by_its_language():
    english = (
        "The plan sets the course for the winter maintenance of roads in the municipality and for\n"
        "the cooperation between the board and its contractors during the coming years.\n"
    )
    document = read(f"Bakgrund\n{PARAGRAPH}\nSummary\n{english}\n• Follow up the plan\n")
    languages = {b.text.split()[0]: b.language for b in document.blocks}
    assert languages == {
        "Bakgrund": "sv",
        "Kommunen": "sv",
        "Summary": "en",
        "The": "en",
        "Follow": "en",
    }


def test_the_seeds_text_keeps_its_structure(shared):
    document = read_text(shared / "seeds" / "text" / "002_nationell_strategi.txt")
    items = Counter(block.language for block in document.blocks if block.kind == "list_item")
    assert items == {"sv": 18, "en": 18}


@given(st.text(alphabet="aÅ9 .,:-–•\n\f\t§(”1", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        document = read(text)
    except UnreadableDocument:
        return
    assert [block.position for block in document.blocks] == list(range(1, len(document.blocks) + 1))
    assert all(1 <= block.page <= len(document.pages) for block in document.blocks)
    assert all(block.text for block in document.blocks)
    kept = Counter("".join(block.text for block in document.blocks))
    assert kept["a"] == text.count("a"), "no letter is lost or doubled"


def test_a_text_without_page_breaks_has_no_foot_that_swallows_the_rest():
    lines = [varied(number % 5) for number in range(60)]
    lines[2] = "Kommunen har en plan för vägarna.1 Den gäller i fyra år.\n"
    lines[4] = "1 Se planen för vägarna.\n"
    found = Counter(block.kind for block in read("\n".join(lines)).blocks)
    assert found["footnote"] == 0
    assert found["paragraph"] > 50


def test_a_text_without_page_breaks_may_repeat_itself():
    told = "Kommunen ska hålla vägarna öppna hela vintern och röja snön varje natt."
    lines = [varied(number % 5) for number in range(60)]
    lines[10] = f"{told}\n"
    lines[50] = f"{told} Det gäller även gångvägarna i hela kommunen.\n"
    assert all(block.kind != "aside" for block in read("\n".join(lines)).blocks)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_text(encoding):
    marked, bare = read_text(PARAGRAPH.encode()), read_text(PARAGRAPH.encode(encoding))
    assert [block.text for block in bare.blocks] == [block.text for block in marked.blocks]


def test_calls_of_plain_text_lead_to_their_notes(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(
        "Kommunen har rustat sina skol-\ngårdar1 och planerar nu nästa steg.2\n"
        "Det gäller även parkerna.³\n\n"
        "1 Uppgift från förvaltningen.\n2 Nämndens plan.\n3 Samma plan.\n",
        encoding="utf-8",
    )
    document = read_text(path)
    notes = {block.id: block.text for block in document.blocks if block.kind == "footnote"}
    found = [
        (block.text[: call.at].split()[-1], call.sign, notes[call.note])
        for block in document.blocks
        for call in block.calls
    ]
    assert found == [
        ("skolgårdar", "1", "Uppgift från förvaltningen."),
        ("steg.", "2", "Nämndens plan."),
        ("parkerna.", "3", "Samma plan."),
    ]
