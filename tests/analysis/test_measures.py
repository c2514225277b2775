"""What an analyst can rely on when a strategy or action plan is split into measures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.measures import measures
from corpus.actors import load_gazetteer

H, P, L, T = "heading", "paragraph", "list_item", "table"


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def summary_strategy(document):
    return document(
        (H, "1 Sammanfattning"),
        (P, "Planen visar vägen fram till 2030 genom fem åtgärder:"),
        (P, "Lokal nivå:"),
        (L, "Svala rum – varje kommun bör ha ett"),
        (L, "Uppsökande arbete under värmeböljor"),
        (L, "Kunskapen hos hemtjänstens personal ska öka"),
        (P, "Nationell nivå:"),
        (L, "Ett varningssystem som når alla"),
        (L, "Arbetet ska utvärderas"),
        (P, "Flera av åtgärderna har redan börjat."),
        (H, "2 Bakgrund"),
        (P, "Somrarna blir varmare. Under de senaste åren har följande hänt:"),
        (L, "fler dygn med höga temperaturer"),
        (L, "fler vårdtillfällen"),
        (H, "3 Åtgärder på lokal nivå"),
        (H, "3.1 Svala rum"),
        (P, "Kommunen ska ordna minst ett rum dit den som har det varmt kan gå."),
        (P, "Rummet kan ligga i ett bibliotek. Det bör finnas"),
        (L, "dricksvatten"),
        (L, "någon att tala med"),
        (H, "3.2 Uppsökande arbete"),
        (P, "De som bor ensamma hör sällan av sig. Socialtjänsten behöver söka upp dem."),
        (H, "3.3 Kunskap"),
        (P, "Alla som arbetar i hemtjänsten ska senast den 1 maj 2027 ha gått utbildningen."),
        (H, "4 Åtgärder på nationell nivå"),
        (H, "4.1 Varningar"),
        (P, "Myndigheten för väder bör utveckla ett varningssystem som når även den utan telefon."),
        (H, "4.2 Uppföljning och utvärdering"),
        (P, "Utvärderingen måste visa vad som har fungerat."),
    )


def test_a_list_entry_and_its_section_are_one_measure(document, gazetteer):
    found = measures(summary_strategy(document), gazetteer)
    assert [one.text for one in found] == [
        "Svala rum – varje kommun bör ha ett",
        "Uppsökande arbete under värmeböljor",
        "Kunskapen hos hemtjänstens personal ska öka",
        "Ett varningssystem som når alla",
        "Arbetet ska utvärderas",
    ]
    assert [one.heading for one in found][:4] == [
        "3.1 Svala rum",
        "3.2 Uppsökande arbete",
        "3.3 Kunskap",
        "4.1 Varningar",
    ]
    assert all(one.body_section for one in found[:4])
    assert found[0].variants[0].text.startswith("Kommunen ska ordna minst ett rum")
    assert found[0].variants[0].role == "body"


def test_the_level_is_that_of_the_group(document, gazetteer):
    found = measures(summary_strategy(document), gazetteer)
    assert [one.level for one in found] == ["local"] * 3 + ["national"] * 2


def test_those_who_are_to_act_and_the_deadline_come_from_entry_and_section(document, gazetteer):
    found = measures(summary_strategy(document), gazetteer)
    assert "varje kommun" in [to.named for to in found[0].addressees]
    assert "Socialtjänsten" in [to.named for to in found[1].addressees]
    assert found[2].deadline == "2027-05-01"
    assert found[0].modality == "bör"


def test_an_english_summary_makes_no_measures_but_translations(document, gazetteer):
    english = (
        (P, "The plan points the way through five measures:"),
        (P, "At local level:"),
        (L, "Cool rooms in every municipality"),
        (L, "Outreach during heat waves"),
        (L, "More knowledge in home care"),
        (P, "At national level:"),
        (L, "A warning system that reaches everyone"),
        (L, "The work is to be evaluated"),
    )
    whole = summary_strategy(document)
    start = len(whole.blocks)
    extra = document((H, "5 Summary"), *english).blocks
    blocks = [
        replace(block, id=f"e{n}", position=start + n, language="en")
        for n, block in enumerate(extra)
    ]
    found = measures(replace(whole, blocks=(*whole.blocks, *blocks)), gazetteer)
    assert len(found) == 5
    translations = [v.text for one in found for v in one.variants if v.role == "translation"]
    assert translations[0] == "Cool rooms in every municipality"
    assert len(translations) == 5


def test_numbered_measures_keep_number_body_and_fields(document, gazetteer):
    found = measures(
        document(
            (H, "1 Inledning"),
            (P, "Detta är kommunens plan."),
            (H, "Åtgärd 1: Ta fram en cykelplan"),
            (P, "Planen visar var det saknas cykelvägar."),
            (P, "Ansvarig: Tekniska nämnden"),
            (P, "Tidplan: 2026–2027"),
            (H, "Åtgärd 2: Bygg cykelparkering vid stationen"),
            (P, "Parkeringen ska vara klar senast 2028."),
            (P, "Åtgärd 1 har kostnadsberäknats."),
        ),
        gazetteer,
    )
    assert [one.text for one in found] == [
        "Ta fram en cykelplan",
        "Bygg cykelparkering vid stationen",
    ]
    assert [one.deadline for one in found] == ["2027", "2028"]
    assert found[0].addressees[0].named == "Tekniska nämnden"
    assert found[0].body is not None
    assert "saknas cykelvägar" in found[0].body


def test_rows_of_a_table_of_measures_are_measures(document, gazetteer):
    found = measures(
        document(
            (H, "4 Handlingsplan 2025"),
            (T, "Åtgärd | Ansvarig | Tidplan"),
            (T, "Kartlägga tomma lokaler | Fastighetsnämnden | 2026"),
            (T, "Öppna två mötesplatser | Kultur- och fritidsnämnden | senast juni 2027"),
            (P, "Budgeten beslutas varje år."),
            (T, "Indikator | Utfall"),
            (T, "Andel nöjda besökare | 80 procent"),
        ),
        gazetteer,
    )
    assert [one.text for one in found] == ["Kartlägga tomma lokaler", "Öppna två mötesplatser"]
    assert [one.deadline for one in found] == ["2026", "2027-06"]
    assert [to.named for to in found[1].addressees] == ["Kultur- och fritidsnämnden"]


def test_lists_under_headings_of_measures_in_each_area_are_measures(document, gazetteer):
    found = measures(
        document(
            (H, "1 Trygga skolvägar"),
            (H, "1.1 Mål"),
            (L, "Alla barn kan gå till skolan"),
            (H, "1.2 Åtgärder"),
            (L, "Sänk hastigheten vid skolor"),
            (L, "Märk ut gångvägar"),
            (H, "2 Lekfulla torg"),
            (H, "2.1 Åtgärder för att nå målet"),
            (L, "Plantera träd på torget"),
            (H, "2.2 Exempel på åtgärder i andra kommuner"),
            (L, "Gungor på ett torg"),
            (H, "2.3 Genomförda åtgärder"),
            (L, "Nya bänkar 2021"),
        ),
        gazetteer,
    )
    assert [one.text for one in found] == [
        "Sänk hastigheten vid skolor",
        "Märk ut gångvägar",
        "Plantera träd på torget",
    ]


def test_sub_headings_of_a_chapter_of_measures_are_measures_where_nothing_is_listed(
    document, gazetteer
):
    found = measures(
        document(
            (H, "3 Åtgärder mot ensamhet"),
            (H, "3.1 Bakgrund"),
            (P, "Många är ensamma."),
            (H, "3.2 Mötesplatser för äldre"),
            (P, "Kommunen bör öppna mötesplatser i varje stadsdel."),
            (H, "3.3 Stärk föreningslivet"),
            (P, "Föreningar behöver lokaler."),
        ),
        gazetteer,
    )
    assert [one.heading for one in found] == [
        "3.2 Mötesplatser för äldre",
        "3.3 Stärk föreningslivet",
    ]
    assert all(one.body_section for one in found)


def test_an_entry_torn_by_a_page_break_is_whole(document, gazetteer):
    found = measures(
        document(
            (P, "Vi föreslår följande åtgärder:"),
            (L, "Inför ett råd för unga som"),
            (P, "träffas fyra gånger om året."),
            (L, "Avsätt medel för rådet"),
        ),
        gazetteer,
    )
    assert [one.text for one in found] == [
        "Inför ett råd för unga som träffas fyra gånger om året.",
        "Avsätt medel för rådet",
    ]


def test_lists_of_other_things_are_no_measures(document, gazetteer):
    found = measures(
        document(
            (H, "1 Bakgrund"),
            (P, "Strategin utgår från följande mål:"),
            (L, "Alla ska vara delaktiga"),
            (P, "Exempel på åtgärder som andra har prövat är:"),
            (L, "Läxhjälp"),
            (P, "Läs mer om åtgärder här:"),
            (L, "Handbok för lärare"),
            (H, "2 Uppföljning"),
            (P, "Följande indikatorer används:"),
            (L, "Andel som svarar på enkäten"),
        ),
        gazetteer,
    )
    assert found == ()


def test_measures_stated_again_in_a_table_are_not_counted_twice(document, gazetteer):
    found = measures(
        document(
            (H, "1 Sammanfattning"),
            (P, "Handlingsplanen innehåller följande åtgärder:"),
            (L, "Inrätta en samordnare för digital delaktighet"),
            (L, "Öppna digitala hjälpdiskar på biblioteken"),
            (H, "2 Tidplan"),
            (T, "Åtgärd | Ansvarig | Klart"),
            (T, "Inrätta samordnare för digital delaktighet | Kommunstyrelsen | 2026"),
            (T, "Öppna hjälpdiskar på biblioteken | Kulturnämnden | 2027"),
        ),
        gazetteer,
    )
    assert [one.deadline for one in found] == ["2026", "2027"]
    assert [one.addressees[0].named for one in found] == ["Kommunstyrelsen", "Kulturnämnden"]


def test_the_same_document_gives_the_same_measures(document, gazetteer):
    one = summary_strategy(document)
    assert measures(one, gazetteer) == measures(one, gazetteer)


def with_bullets_as_paragraphs(block):
    if block.kind != "list_item":
        return block
    text = f"• {block.text}"
    return replace(block, kind=P, text=text, lines=())


def without_bullets(block):
    return replace(block, kind=P) if block.kind == "list_item" else block


def with_labels_as_headings(block):
    is_label = block.kind == P and block.text.endswith("nivå:")
    return replace(block, kind=H, level=4) if is_label else block


def with_flat_headings(block):
    return replace(block, level=1, number=None) if block.kind == H else block


@pytest.mark.parametrize(
    "seen_as",
    [with_bullets_as_paragraphs, without_bullets, with_labels_as_headings, with_flat_headings],
)
def test_a_reader_that_errs_a_little_costs_no_measure(document, gazetteer, seen_as):
    whole = summary_strategy(document)
    torn = replace(whole, blocks=tuple(seen_as(block) for block in whole.blocks))
    found = measures(torn, gazetteer)
    assert [one.text for one in found] == [one.text for one in measures(whole, gazetteer)]
    assert sum(one.body_section is not None for one in found) >= 4


def test_the_opening_sentence_counts_in_a_box_too(document, gazetteer):
    whole = summary_strategy(document)
    blocks = tuple(
        replace(block, kind="aside") if block.text.startswith("Kommunen ska ordna") else block
        for block in whole.blocks
    )
    found = measures(replace(whole, blocks=blocks), gazetteer)
    assert found[0].variants[0].text.startswith("Kommunen ska ordna minst ett rum")


def test_a_table_may_be_ruled_otherwise_after_a_page_break(document, gazetteer):
    plan = document(
        (H, "1 Åtgärder"),
        (
            T,
            "Åtgärd |  | Ansvarig | Tidplan\n"
            "Bygga en bro över ån |  | Tekniska nämnden | 2027\n"
            "Mål 2: Tryggare vägar |  | och stråk | ",
        ),
        (T, "Måla om räckena | Servicenämnden | 2028"),
        title="Plan för broar",
        sender="Västby kommun",
    )
    found = measures(plan, gazetteer)
    assert [one.text for one in found] == ["Bygga en bro över ån", "Måla om räckena"]
    assert [[to.named for to in one.addressees] for one in found] == [
        ["Tekniska nämnden"],
        ["Servicenämnden"],
    ]
    assert {one.level for one in found} == {"local"}


def test_a_heading_of_a_goal_names_a_group_of_measures(document, gazetteer):
    plan = document(
        (H, "1 Åtgärder"),
        (H, "1.1 Mål 1: Fler går till skolan"),
        (L, "Bygga en gångbana"),
        (L, "Ordna vandrande skolbussar"),
        (H, "1.2 Mål"),
        (L, "Nio av tio går"),
    )
    assert [one.text for one in measures(plan, gazetteer)] == [
        "Bygga en gångbana",
        "Ordna vandrande skolbussar",
    ]


def test_what_vi_ska_opens_is_announced_beside_a_chapter_of_measures(document, gazetteer):
    plan = document(
        (H, "1 Vägar"),
        "Vägarna är gamla.",
        "Vi ska:",
        (L, "laga hålen"),
        (L, "byta skyltarna"),
        (H, "2 Åtgärder"),
        (L, "Servicenämnden köper en ny väghyvel."),
        (H, "3 Uppföljning"),
        "Vi mäter detta:",
        (L, "antal hål"),
    )
    assert [one.text for one in measures(plan, gazetteer)] == [
        "laga hålen",
        "byta skyltarna",
        "Servicenämnden köper en ny väghyvel.",
    ]


def test_a_known_body_later_in_the_section_is_to_act(document, gazetteer):
    plan = document(
        (H, "1 Åtgärder"),
        (H, "1.1 Åtgärd 1: Mätningar"),
        "Vi vet för lite. Kunskapen växer. Trafikverket ska räkna de gående.",
        (H, "1.2 Åtgärd 2: Ljus"),
        "Ljuset är svagt. De som går bör synas.",
    )
    found = measures(plan, gazetteer)
    assert [[to.named for to in one.addressees] for one in found] == [["Trafikverket"], []]


def test_questions_may_head_a_table_of_measures(document, gazetteer):
    plan = document((H, "1 Vägar"), (T, "Vad? | Vem? | När?\nLaga hålen | Tekniska nämnden | 2027"))
    found = measures(plan, gazetteer)
    assert [(one.text, one.deadline) for one in found] == [("Laga hålen", "2027")]
    assert [to.named for to in found[0].addressees] == ["Tekniska nämnden"]


def test_a_number_that_counts_no_measures_announces_none(document, gazetteer):
    plan = document(
        (H, "1 Barn"),
        "Från 1/1 2031 ska barns vilja prövas i utredningar och insatser. I korthet gäller;",
        (L, "alla barn är lika mycket värda"),
    )
    assert measures(plan, gazetteer) == ()


def test_a_bold_sentence_read_as_a_heading_still_announces_its_list(document, gazetteer):
    plain = summary_strategy(document)
    bold = replace(
        plain,
        blocks=tuple(
            replace(block, kind="heading", level=2)
            if block.text.startswith("Planen visar vägen")
            else block
            for block in plain.blocks
        ),
    )
    texts = [one.text for one in measures(plain, gazetteer)]
    assert len(texts) == 5
    assert [one.text for one in measures(bold, gazetteer)] == texts


def test_a_short_line_with_a_colon_announces_as_a_heading_does(document, gazetteer):
    found = measures(
        document(
            (H, "Målområde 1: Tillgängliga bad"),
            (P, "Alla bad ska kunna nås."),
            (P, "Så gör vi:"),
            (L, "Fritidsnämnden bygger ramper vid baden"),
            (L, "Baden skyltas på lättläst svenska"),
        ),
        gazetteer,
    )
    assert len(found) == 2
