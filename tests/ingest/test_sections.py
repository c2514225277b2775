from corpus.models import Block
from ingest.sections import build_sections


def blocks(*items):
    """Return blocks, each ``(level, number, text)`` for a heading or a paragraph's text."""
    return [
        Block(f"d-b{n}", "heading", item[2], 1, n, level=item[0], number=item[1])
        if isinstance(item, tuple)
        else Block(f"d-b{n}", "paragraph", item, 1, n)
        for n, item in enumerate(items, start=1)
    ]


def parents(*items):
    sections, _blocks = build_sections("d", blocks(*items))
    names = {section.id: section.heading for section in sections}
    return {section.heading: names.get(section.parent or "") for section in sections}


def test_numbers_decide_what_belongs_to_what():
    assert parents(
        (1, "7", "Kapitlet"), (2, "7.2", "Delen"), (3, "7.2.4", "Stycket"), (3, "7.4.1", "Annat")
    ) == {"Kapitlet": None, "Delen": "Kapitlet", "Stycket": "Delen", "Annat": "Kapitlet"}


def test_unnumbered_headings_go_by_level():
    assert parents((1, None, "Ett"), (2, None, "Under"), (1, None, "Två")) == {
        "Ett": None,
        "Under": "Ett",
        "Två": None,
    }


def test_a_skipped_level_still_has_a_parent():
    assert parents((1, None, "Ett"), (4, None, "Djupt"))["Djupt"] == "Ett"


def test_blocks_stand_in_the_section_of_the_heading_before():
    _sections, placed = build_sections("d", blocks("Förord", (1, None, "Ett"), "Text"))
    assert [block.section for block in placed] == [None, "d-s1", "d-s1"]
