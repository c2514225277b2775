"""How a document is read before it is split: contents, asides, torn items, languages, parts."""

from __future__ import annotations

from dataclasses import replace

from analysis.outline import continues, english_places, flow, item, parts

H, P, L = "heading", "paragraph", "list_item"


def test_page_furniture_and_lists_of_contents_are_left_out(document):
    read = document(
        ("header", "Plan mot trängsel"),
        (H, "Innehåll"),
        (P, "1 Inledning ........ 3"),
        (P, "2 Åtgärder 5"),
        (H, "1 Inledning"),
        (P, "Tågen är fulla."),
        ("footnote", "Enligt en enkät."),
        ("footer", "3"),
    )
    assert [block.text for block in flow(read)] == ["Inledning", "Tågen är fulla."]


def test_an_aside_that_the_text_does_not_say_again_is_content(document):
    said_twice = "Det är på perrongen som trängseln märks allra mest."
    opening = "Kommunen ska bygga en ny perrong vid södra stationen."
    read = document(
        (H, "1 Perronger"), ("aside", opening), (P, f"Alla vet det. {said_twice}"),
        ("quote", said_twice), ("aside", "JUNI 2024"),
    )  # fmt: skip
    assert [block.text for block in flow(read)] == [
        "Perronger",
        opening,
        f"Alla vet det. {said_twice}",
    ]


def test_a_bullet_is_no_part_of_the_item(document):
    read = document((L, "• Bygg en bro"), (P, "– Riv muren"), (P, "Mellan husen – en gård"))
    texts = [found.text if (found := item(block)) else None for block in read.blocks]
    assert texts == ["Bygg en bro", "Riv muren", None]


def test_an_item_goes_on_in_a_paragraph_that_begins_small(document):
    first, second, third = document(
        (L, "Bygg en bro som"), (P, "håller för tåg."), (P, "Den blir dyr.")
    ).blocks
    entry = item(first)
    assert entry is not None
    assert continues(entry, second)
    assert not continues(entry, third)


def test_the_language_is_that_of_the_part_not_of_the_short_line(document):
    read = document(
        (H, "1 Sammanfattning"),
        (P, "Planen är att en bro ska byggas och att det ska gå fort."),
        (L, "Bro över sundet"),
        (H, "2 Summary"),
        (P, "The plan is that a bridge should be built and that it is to be fast."),
        (L, "Bridge"),
    )
    wrong = [
        replace(block, language="en" if n < 3 else "sv") for n, block in enumerate(read.blocks)
    ]
    assert english_places(wrong) == {3, 4, 5}


def test_a_part_ends_at_the_next_heading_of_its_level(document):
    read = document(
        (H, "1 Bro"), (P, "En."), (H, "1.1 Pelare"), (P, "Två."), (H, "2 Tunnel"), (P, "Tre.")
    )
    found = parts(flow(read))
    assert [(p.heading.text, p.start, p.end, p.parent) for p in found] == [
        ("Bro", 0, 4, None),
        ("Pelare", 2, 4, 0),
        ("Tunnel", 4, 6, None),
    ]
