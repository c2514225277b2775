"""What a response says of a proposal, split into positions with their stance and section."""

import json
import re

import pytest

from analysis.positions import positions
from corpus.actors import load_gazetteer
from corpus.ids import squash
from corpus.models import Actor

NACKO = Actor("nacko", "Näckö kommun", "municipality", ("Näckö",))


def read(document, *texts, **facts):
    known = {"doctype": "response", "sender": "Näckö kommun", **facts}
    return positions(document(*texts, **known), load_gazetteer([NACKO]))


def told(found):
    return [(unit.stance, unit.target_section, unit.text) for unit in found]


def test_each_position_has_its_stance_and_the_section_of_its_heading(document):
    found = read(
        document,
        ("heading", "4.1 Badplatser"),
        "Kommunen tillstyrker förslaget om badplatser.",
        ("heading", "4.2 Bryggor"),
        "Utredningen föreslår att bryggor ska besiktigas. Kommunen avstyrker förslaget.",
    )
    assert told(found) == [
        ("support", "4.1", "Kommunen tillstyrker förslaget om badplatser."),
        ("oppose", "4.2", "Kommunen avstyrker förslaget."),
    ]
    assert [unit.heading for unit in found] == ["4.1 Badplatser", "4.2 Bryggor"]


def test_a_position_is_quoted_with_its_place(document):
    paper = document("Kommunen badar. Kommunen avstyrker förslaget.", doctype="response")
    [unit] = positions(paper)
    assert (unit.kind, unit.page, unit.position, unit.actor) == ("position", 1, 1, None)
    assert unit.boxes == paper.blocks[0].boxes
    assert unit.confidence > 0


@pytest.mark.parametrize(
    "heading",
    [
        "Avsnitt 6.2 Flytbryggor",
        "Flytbryggor (avsnitt 6.2)",
        "6.2 Flytbryggor",
        "Angående flytbryggor, avsnitt 6.2",
        "Flytbryggor (6.2)",
        "Förslag 6.2: Flytbryggor",
    ],
)
def test_the_section_in_many_kinds_of_heading(document, heading):
    [unit] = read(document, ("heading", heading), "Kommunen tillstyrker förslaget.")
    assert unit.target_section == "6.2"


@pytest.mark.parametrize(
    ("named", "sections"),
    [
        ("Avsnitt 6.2–6.4", "6.2, 6.3, 6.4"),
        ("Avsnitt 5.2–5.4 och 6.1", "5.2, 5.3, 5.4, 6.1"),
        ("Kapitel 4 och 5", "4, 5"),
        ("Avsnitt 5.2, 5.4 samt 6.1", "5.2, 5.4, 6.1"),
        ("Avsnitt 4.2 och avsnitt 4.5", "4.2, 4.5"),
        ("Avsnitt 5.2 och 12 procent av 7.1", "5.2"),
        ("Avsnitt 6.2–5.1", "6.2, 5.1"),
    ],
)
def test_a_joint_position_is_one_on_each_of_its_sections(document, named, sections):
    [unit] = read(document, ("heading", named), "Kommunen tillstyrker förslagen.")
    assert unit.target_section == sections
    [unit] = read(document, f"Kommunen tillstyrker förslagen i {named[0].lower()}{named[1:]}.")
    assert unit.target_section == sections


def test_the_section_named_in_the_sentence_goes_before_that_of_the_heading(document):
    [unit] = read(
        document,
        ("heading", "6 Bryggor"),
        "Kommunen tillstyrker förslaget i avsnitt 6.3 om stegar.",
    )
    assert unit.target_section == "6.3"


def test_a_subheading_without_number_has_the_section_of_the_heading_above_it(document):
    found = read(
        document,
        ("heading", "7.4 Livräddning"),
        ("heading", "Utrustning"),
        "Kommunen tillstyrker förslaget om livbojar.",
    )
    assert [unit.target_section for unit in found] == ["7.4"]


def test_a_paper_with_numbers_of_its_own_speaks_of_no_section(document):
    found = read(
        document,
        ("heading", "1 Bakgrund"),
        "Remissen kom i maj.",
        ("heading", "2 Förvaltningens synpunkter"),
        "Kommunen tillstyrker förslaget.",
    )
    assert [unit.target_section for unit in found] == [None]


def test_a_section_of_the_proposal_may_be_called_like_a_part_of_any_paper(document):
    found = read(
        document,
        ("heading", "4.1 Badplatser"),
        "Kommunen tillstyrker förslaget.",
        ("heading", "9 Konsekvenser"),
        "Kommunen saknar en analys av parkeringen.",
    )
    assert [unit.target_section for unit in found] == ["4.1", "9"]


def test_a_condition_in_the_next_paragraph_makes_one_conditional_position(document):
    found = read(
        document,
        ("heading", "4.1 Badplatser"),
        "Kommunen ställer sig positiv till förslaget om badplatser.",
        "Förslaget förutsätter att kommunerna får tid att bygga.",
    )
    assert told(found) == [
        (
            "conditional",
            "4.1",
            "Kommunen ställer sig positiv till förslaget om badplatser."
            " Förslaget förutsätter att kommunerna får tid att bygga.",
        )
    ]


def test_a_further_wish_is_a_position_of_its_own(document):
    found = read(
        document,
        "Kommunen välkomnar förslaget. Kommunen ser även ett behov av att utreda parkering.",
    )
    assert [unit.stance for unit in found] == ["support", "request"]


@pytest.mark.parametrize("heading", ["Bakgrund", "Ärendet", "Ärendets beredning", "Förslaget"])
def test_a_recital_holds_no_positions(document, heading):
    found = read(
        document,
        ("heading", heading),
        "Pensionärsrådet tillstyrker förslaget. Badplatserna bör vara öppna på kvällen.",
        ("heading", "Förvaltningens bedömning"),
        "Förvaltningen avstyrker förslaget.",
    )
    assert [unit.text for unit in found] == ["Förvaltningen avstyrker förslaget."]


def test_a_short_answer_under_a_recital_heading_is_read_all_the_same(document):
    [unit] = read(document, ("heading", "Ärendet"), "Nämnden har inget att erinra mot förslaget.")
    assert unit.stance == "no_objection"


def test_what_the_summary_says_again_is_a_variant(document):
    found = read(
        document,
        ("heading", "Sammanfattning"),
        "Kommunen tillstyrker förslaget i stort sett. Kommunen avstyrker en avgift för bastu.",
        ("heading", "5.2 Avgift för bastu"),
        "Kommunen avstyrker därför att en avgift tas ut för bastu vid kommunala bad.",
    )
    assert [(unit.stance, unit.target_section) for unit in found] == [
        ("conditional", None),
        ("oppose", "5.2"),
    ]
    [variant] = found[1].variants
    assert (variant.role, variant.text) == ("summary", "Kommunen avstyrker en avgift för bastu.")


def test_the_stance_on_the_whole_proposal_is_never_a_variant_of_a_part(document):
    found = read(
        document,
        ("heading", "Sammanfattning"),
        "Kommunen tillstyrker förslaget.",
        ("heading", "5.2 Avgift för bastu"),
        "Kommunen tillstyrker förslaget om avgift för bastu.",
    )
    assert [unit.target_section for unit in found] == [None, "5.2"]


def test_each_item_of_a_list_that_is_led_in_is_a_position(document):
    found = read(
        document,
        "Kommunen föreslår följande:",
        ("list_item", "att badplatserna städas varje dag"),
        ("list_item", "att bryggorna målas"),
        "Kommunen har många badplatser.",
    )
    assert [(unit.stance, unit.text) for unit in found] == [
        ("request", "att badplatserna städas varje dag"),
        ("request", "att bryggorna målas"),
    ]


def test_a_paragraph_torn_by_a_page_break_is_read_as_one(document):
    found = read(
        document, "Kommunen tillstyrker förslaget om att alla bad", "ska ha livbojar vid bryggan."
    )
    assert [unit.text for unit in found] == [
        "Kommunen tillstyrker förslaget om att alla bad ska ha livbojar vid bryggan."
    ]


def test_the_view_of_another_body_is_no_position(document):
    found = read(
        document,
        "Kommunen tillstyrker förslaget om bastu.",
        "Myndigheten föreslår att regionerna ska rapportera antalet bad varje dag.",
    )
    assert [unit.text for unit in found] == ["Kommunen tillstyrker förslaget om bastu."]


@pytest.mark.parametrize(
    "text",
    [
        "Kulturnämnden godkänner förvaltningens tjänsteutlåtande som svar på remissen.",
        "Förvaltningen föreslår att nämnden godkänner tjänsteutlåtandet som svar på remissen.",
        "Beslut i detta ärende har fattats av generaldirektören Ek.",
        "Kommunen har beretts tillfälle att yttra sig över promemorian.",
    ],
)
def test_the_handling_of_the_case_is_no_position(document, text):
    assert read(document, text) == ()


def test_who_is_to_act_is_an_addressee(document):
    [unit] = read(document, "Kommunen anser att länsstyrelserna bör samordna tillsynen av baden.")
    assert [addressee.named for addressee in unit.addressees] == ["länsstyrelserna"]


def test_the_same_response_gives_the_same_positions(document):
    texts = ["Kommunen tillstyrker A. Kommunen avstyrker B.", "Kommunen saknar en analys."]
    assert read(document, *texts) == read(document, *texts)


def _f1(one, other):
    first, second = (re.findall(r"\w+", text.lower()) for text in (one, other))
    shared = sum(min(first.count(word), second.count(word)) for word in set(first))
    return 2 * shared / (len(first) + len(second))


def _same(unit, gold):
    pairs = [
        (one, other)
        for one in [unit.text, *(variant.text for variant in unit.variants)]
        for other in [gold["text"], *gold["variants"]]
    ]
    return any(
        squash(a) in squash(b) or squash(b) in squash(a) or _f1(a, b) >= 0.5 for a, b in pairs
    )


@pytest.mark.parametrize("file", ["pdf/000_yttrande.pdf", "text/000_yttrande.txt"])
def test_the_positions_of_a_seed_against_its_gold(shared, file):
    ingest = pytest.importorskip("ingest")
    gold = json.loads((shared / "gold" / "units.json").read_text("utf-8"))["000_yttrande"]
    found = positions(ingest.read_document(shared / "seeds" / file), load_gazetteer())
    matched = [(unit, g) for unit in found for g in gold if _same(unit, g)]
    assert len({id(unit) for unit, _ in matched}) >= 0.9 * len(found)
    assert len({g["id"] for _, g in matched}) >= 0.9 * len(gold)
    assert sum(unit.stance == g["stance"] for unit, g in matched) >= 0.9 * len(matched)


@pytest.mark.parametrize("heading", ["I övrigt", "Övriga frågor", "Avslutande synpunkter"])
def test_a_heading_on_the_whole_proposal_ends_the_section_above_it(document, heading):
    found = read(
        document,
        ("heading", "6 Bryggor"),
        "Kommunen tillstyrker förslaget.",
        ("heading", heading),
        "Kommunen önskar en ny remiss.",
    )
    assert [unit.target_section for unit in found] == ["6", None]


def test_a_view_whose_heading_is_set_below_the_recital_is_read(document):
    found = read(
        document,
        ("heading", "Ärendet"),
        "Nämnden anser att bryggan bör målas.",
        ("heading", "Kommunens synpunkter och förslag"),
        "Kommunen tillstyrker förslaget.",
        ("heading", "Mål 1. Säkra bryggor"),
        "Kommunen önskar en tidplan.",
    )
    assert [unit.stance for unit in found] == ["support", "request"]


@pytest.mark.parametrize("heading", ["Kommunens sammanfattande ståndpunkt", "Sammanfattning"])
def test_a_summary_is_repeated_below_a_heading_that_names_the_matter(document, heading):
    [unit] = read(
        document,
        ("heading", heading),
        "Kommunen avstyrker att simundervisningen görs obligatorisk.",
        ("heading", "4 Obligatorisk simundervisning"),
        "Kommunen avstyrker förslaget, eftersom bassängerna inte räcker.",
    )
    assert unit.target_section == "4"
    assert [variant.role for variant in unit.variants] == ["summary"]


@pytest.mark.parametrize(
    ("wish", "level"),
    [
        ("Kommunen anser att länsstyrelserna bör öva varje år.", "regional"),
        ("Kommunen anser att regeringen bör öva varje år.", "national"),
        ("Kommunen anser att övningen bör kortas.", None),
    ],
)
def test_the_level_is_that_of_those_who_are_to_act(document, wish, level):
    [unit] = read(document, wish)
    assert unit.level == level


@pytest.mark.parametrize(
    "texts",
    [
        (("heading", "Reservation (XP och YP)"), "Vi avstyrker förslaget."),
        (("heading", "Yttrande"), "Reservation från ledamöterna (XP, YP): Vi avstyrker förslaget."),
    ],
)
def test_a_reservation_is_that_of_its_parties(document, texts):
    [unit] = read(document, *texts)
    assert (unit.stance, unit.actor) == ("oppose", "XP, YP")
