"""Footnote calls stand at their place in the text and lead to their notes."""

import pytest

from corpus.models import Block, Call
from ingest import read_document
from ingest.calls import linked, signs

LONG = "Kommunen har under flera år arbetat med att rusta lokalerna och planerar nu nästa"
MORE = "steg, som gäller de äldre skolorna i ytterområdena och de gymnastiksalar som hör till"


def called(document):
    """Return each call as the text before it, its sign and its note's text."""
    texts = {block.id: block.text for block in document.blocks}
    return [
        (block.text[: call.at].split()[-1], call.sign, texts.get(call.note))
        for block in document.blocks
        for call in block.calls
    ]


def notes(document):
    return [(b.page, b.number, b.text) for b in document.blocks if b.kind == "footnote"]


def filled(y, lines=3):
    return [(72, y + 14 * n, LONG if n % 2 else MORE) for n in range(lines)]


def test_a_call_stands_behind_its_word_where_the_line_before_was_hyphenated(write_pdf, typeset):
    page = (
        typeset((72, 100, f"{LONG} för skol-"), (72, 114, "gårdarna"), (130, 114, "i söder."))
        + typeset((115.2, 110, "7"), size=6.5)
        + typeset((72, 760, "7 Uppgift från lokalförvaltningen."), size=8)
    )
    document = read_document(write_pdf([page]))
    (block,) = [block for block in document.blocks if block.calls]
    (call,) = block.calls
    assert block.text.endswith("skolgårdarna i söder.")
    assert block.text[: call.at].endswith("för skolgårdarna")
    assert called(document) == [("skolgårdarna", "7", "Uppgift från lokalförvaltningen.")]


def test_two_calls_beside_each_other_lead_to_two_notes(write_pdf, typeset):
    page = (
        typeset((72, 100, f"{LONG} steg.")) + typeset((495, 96, "1, 2"), size=6.5)
        + typeset((72, 748, "1 Första uppgiften."), (72, 760, "2 Andra uppgiften."), size=8)
    )  # fmt: skip
    assert called(read_document(write_pdf([page]))) == [
        ("steg.", "1", "Första uppgiften."),
        ("steg.", "2", "Andra uppgiften."),
    ]


def test_a_note_that_runs_over_the_page_is_one_note(write_pdf, typeset):
    first = typeset(*filled(100, 40)) + typeset((485.6, 96, "1"), size=6.5)
    first += typeset((72, 760, "1 Uppgiften bygger på en enkät till alla rektorer i"), size=8)
    second = typeset(*filled(100, 30))
    second += typeset((72, 700, "kommunen under våren."), size=8)
    document = read_document(write_pdf([first, second]))
    text = "Uppgiften bygger på en enkät till alla rektorer i kommunen under våren."
    assert notes(document) == [(1, "1", text)]
    (note,) = [block for block in document.blocks if block.kind == "footnote"]
    assert [box.page for box in note.boxes] == [1, 2]


def test_notes_of_columns_belong_to_their_columns(write_pdf, typeset):
    left = [f"vänster {word} på raden i spalten" for word in ("ett", "två", "tre", "fyra")]
    right = [f"höger {word} på raden i spalten" for word in ("ett", "två", "tre", "fyra")]
    page = typeset(*((72, 100 + 14 * n, line) for n, line in enumerate(left)))
    page += typeset(*((310, 100 + 14 * n, line) for n, line in enumerate(right)))
    page += typeset((220.5, 138, "*"), (450.5, 138, "*"), size=6.5)
    page += typeset((72, 200, "* Vänster uppgift."), (310, 200, "* Höger uppgift."), size=8)
    assert [note for _word, _sign, note in called(read_document(write_pdf([page])))] == [
        "Vänster uppgift.",
        "Höger uppgift.",
    ]


def test_endnotes_below_their_heading_are_notes(write_pdf, typeset):
    first = typeset(*filled(100)) + typeset((485.6, 96, "1"), (478, 110, "2"), size=6.5)
    second = typeset((72, 80, "Noter"), size=16, bold=True)
    second += typeset(
        (72, 110, "1. Uppgift från förvaltningen i maj."), (72, 124, "2. Nämndens egen bedömning.")
    )
    document = read_document(write_pdf([first, second]))
    assert [(page, number) for page, number, _text in notes(document)] == [(2, "1"), (2, "2")]
    assert [note for _word, _sign, note in called(document)] == [
        "Uppgift från förvaltningen i maj.",
        "Nämndens egen bedömning.",
    ]


def test_calls_in_brackets_stay_in_the_text_and_lead_to_the_list_of_references(write_pdf, typeset):
    page = typeset((72, 100, f"{LONG} steg [2]."), (72, 114, "Annat finns [9].")) + typeset(
        (72, 160, "Referenser"), size=16, bold=True
    )
    page += typeset(
        (72, 190, "[1] Nämndens plan."), (72, 204, "[2] Förvaltningens rapport om lokaler.")
    )
    document = read_document(write_pdf([page]))
    (block,) = [block for block in document.blocks if block.calls]
    (call,) = block.calls
    assert block.text[call.at :].startswith("[2]")
    assert called(document) == [("steg", "2", "Förvaltningens rapport om lokaler.")]


def test_notes_in_brackets_below_the_text_are_notes(write_pdf, typeset):
    """So print the notes of a markdown page (sv_tekniskt_ramverk_introduktion_2020.pdf)."""
    page = typeset(*filled(100)) + typeset((485.6, 96, "1"), size=7.5)
    page += typeset((84, 170, "[1]: Lådorna hyrs av nämnden året runt."))
    page += typeset(*filled(220))
    document = read_document(write_pdf([page]))
    assert notes(document) == [(1, "1", "Lådorna hyrs av nämnden året runt.")]
    assert called(document)[0][1:] == ("1", "Lådorna hyrs av nämnden året runt.")


def test_a_call_that_the_line_end_tore_off_is_no_text(write_pdf, typeset):
    """So stands a call in the seed of Socialstyrelsen (001_stodmaterial.pdf)."""
    page = typeset(*filled(100)) + typeset((72, 136, "5"), size=5)
    page += typeset(*filled(160)) + typeset((72, 760, "5. Läs mer i handboken."), size=8)
    document = read_document(write_pdf([page]))
    assert "5" not in [block.text for block in document.blocks]
    assert [(sign, note) for _word, sign, note in called(document)] == [
        ("5", "Läs mer i handboken.")
    ]


def test_an_exponent_of_a_unit_stays(write_pdf, typeset):
    """Limit values in mg/m³ (sv_afs_2011_19_kemiska-arbetsmiljorisker.pdf)."""
    page = typeset((72, 100, "Halten var 5 mg/m")) + typeset((161.6, 96, "3"), size=6.5)
    page += typeset((170, 100, "under mätningen."))
    (block,) = read_document(write_pdf([page])).blocks
    assert (block.text, block.calls) == ("Halten var 5 mg/m3 under mätningen.", ())


def test_a_raised_nought_is_a_degree_and_stays(write_pdf, typeset):
    """Forms write *N°* with a nought (sv_sjvfs_2009_26.pdf)."""
    page = typeset((72, 100, "Ange N")) + typeset((110, 96, "0"), size=6.5)
    page += typeset((118, 100, "de la carte."))
    (block,) = read_document(write_pdf([page])).blocks
    assert block.calls == ()
    assert block.text.startswith("Ange N")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", ["1"]),
        ("3,5", ["3", "5"]),
        ("3–5", ["3", "4", "5"]),
        ("[12]", ["12"]),
        ("¹²", ["12"]),
        ("**", ["**"]),
        ("5–3", ["5", "3"]),
    ],
)
def test_a_call_names_its_notes(text, expected):
    assert signs(text) == expected


def block(position, kind, text, page=1, **more):
    return Block(f"b{position}", kind, text, page, position, **more)


def test_a_call_without_a_note_leads_nowhere():
    found = linked([block(1, "paragraph", "Text.", calls=(Call(5, "4"),))])
    assert found[0].calls == (Call(5, "4", None),)


def test_a_star_that_no_note_has_is_text():
    assert linked([block(1, "paragraph", "Alla* ska med.")])[0].calls == ()
    found = linked(
        [
            block(1, "paragraph", "Alla* ska med."),
            block(2, "footnote", "Även barnen.", number="*"),
        ]
    )
    assert found[0].calls == (Call(4, "*", "b2"),)


def test_numbers_that_begin_anew_in_each_chapter_lead_to_the_chapters_own_endnotes():
    found = linked(
        [
            block(1, "paragraph", "Ett.", page=1, calls=(Call(4, "1"),)),
            block(2, "footnote", "Första kapitlet.", page=4, number="1"),
            block(3, "paragraph", "Två.", page=6, calls=(Call(4, "1"),)),
            block(4, "footnote", "Andra kapitlet.", page=9, number="1"),
        ]
    )
    assert [call.note for each in found for call in each.calls] == ["b2", "b4"]


def test_numbered_fields_in_small_type_are_no_footnotes(write_pdf, typeset):
    text = typeset(
        *((72, 100 + 14 * row, "Blanketten fylls i av den som söker stöd.") for row in range(6))
    )
    fields = [(72, 700 + 12 * n, f"{n + 1}. Namn på den sökande") for n in range(3)]
    path = write_pdf([f"{text} {typeset(*fields, size=8)}"])
    assert not [block for block in read_document(path).blocks if block.kind == "footnote"]


def test_a_numbered_list_of_bodies_in_a_text_file_is_no_footnotes(tmp_path):
    bodies = "\n".join(f"{n} Kommunen i dal {n}" for n in range(1, 12))
    path = tmp_path / "remiss.txt"
    path.write_text(f"Remiss av planen\n\nSvar sänds till C1 senast i maj.\n\n{bodies}\n")
    assert not [block for block in read_document(path).blocks if block.kind == "footnote"]


def test_a_note_that_goes_on_in_the_next_column_is_one(write_pdf, typeset):
    left = [(60, 100 + 14 * row, "Nämnden prövar ett nytt sätt") for row in range(20)]
    right = [(320, 100 + 14 * row, "Erfarenheterna är goda men få") for row in range(20)]
    call = typeset((205, 96, "1"), size=6.5)
    notes = [
        (60, 400, "1 Uppgiften kommer från förvaltningen och"),
        (320, 400, "gäller hela året."),
    ]
    path = write_pdf([f"{typeset(*left)} {typeset(*right)} {call} {typeset(*notes, size=8)}"])
    found = [block.text for block in read_document(path).blocks if block.kind == "footnote"]
    assert found == ["Uppgiften kommer från förvaltningen och gäller hela året."]
