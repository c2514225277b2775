"""What an analyst can rely on when an audit report is split into recommendations."""

from __future__ import annotations

from functools import partial

import pytest

from analysis.audit_forms import clauses
from analysis.audits import recommendations
from corpus.actors import load_gazetteer

H, P, L, T = "heading", "paragraph", "list_item", "table"


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.fixture
def document(document):
    """Return the factory of documents, which makes audits here."""
    return partial(document, doctype="audit")


def named(one):
    return [addressee.named for addressee in one.addressees]


def two_lists(document):
    return document(
        (H, "1 Sammanfattning"),
        (P, "Granskningen visar brister. Mot den bakgrunden lämnar vi följande rekommendationer:"),
        (P, "Tekniska nämnden"),
        (L, "Ta fram en plan för underhållet."),
        (L, "Följ upp entreprenörerna."),
        (P, "Stadsdelsnämnderna Väster-Ängen, Hamnen och Norrby:"),
        (L, "Säkerställ att felanmälningar besvaras."),
        (H, "2 Inledning"),
        (P, "Granskningen besvarar följande frågor:"),
        (L, "Finns en plan för underhållet?"),
        (L, "Bör entreprenörerna följas upp oftare?"),
        (H, "3 Iakttagelser"),
        (P, "Planen är från 2009. Vi anser att tekniska nämnden behöver ta fram en ny plan för "
            "underhållet av broarna. Broarna är gamla."),
        (H, "4 Slutsatser och rekommendationer"),
        (P, "Utifrån granskningen lämnas följande rekommendationer:"),
        (P, "Tekniska nämnden"),
        (L, "Ta fram en långsiktig plan för underhållet av broarna."),
        (L, "Följ upp entreprenörerna minst två gånger om året."),
        (P, "Stadsdelsnämnderna Väster-Ängen, Hamnen och Norrby:"),
        (L, "Säkerställ att felanmälningar besvaras inom en vecka."),
        (L, "Följ upp entreprenörerna minst två gånger om året."),
        (H, "5 Bilaga"),
        (P, "Intervjuade:"),
        (P, "Tekniska förvaltningen"),
        (L, "Chef för vägar och broar"),
    )  # fmt: skip


def test_what_is_given_twice_is_one_with_the_final_wording(document, gazetteer):
    found = recommendations(two_lists(document), gazetteer)
    assert [one.text for one in found] == [
        "Ta fram en långsiktig plan för underhållet av broarna.",
        "Följ upp entreprenörerna minst två gånger om året.",
        "Säkerställ att felanmälningar besvaras inom en vecka.",
        "Följ upp entreprenörerna minst två gånger om året.",
    ]
    variants = {v.text: v.role for v in found[0].variants}
    assert variants["Ta fram en plan för underhållet."] == "summary"
    assert any(role == "body" and "ta fram en ny plan" in text for text, role in variants.items())


def test_a_list_of_bodies_is_all_its_members(document, gazetteer):
    found = recommendations(two_lists(document), gazetteer)
    assert named(found[0]) == ["Tekniska nämnden"]
    assert named(found[2]) == [
        "Stadsdelsnämnden Väster-Ängen",
        "Stadsdelsnämnden Hamnen",
        "Stadsdelsnämnden Norrby",
    ]
    assert found[2].heading == "4 Slutsatser och rekommendationer"
    assert found[2].modality == "imperativ"


def test_the_same_words_to_two_bodies_are_two_recommendations(document, gazetteer):
    found = recommendations(two_lists(document), gazetteer)
    same = [one for one in found if one.text.startswith("Följ upp")]
    assert len(same) == 2
    assert named(same[0]) != named(same[1])


def test_the_object_of_the_sentence_is_the_addressee_of_its_list(document, gazetteer):
    found = recommendations(
        document(
            (H, "5 Rekommendationer"),
            (P, "Utifrån bedömningen rekommenderar vi kommunstyrelsen att:"),
            (L, "säkerställa att riktlinjen är känd"),
            (L, "årligen pröva internkontrollen"),
            (P, "Vi rekommenderar socialnämnden att:"),
            (L, "utse en ansvarig för avvikelser"),
        ),
        gazetteer,
    )
    assert [named(one) for one in found] == [
        ["kommunstyrelsen"],
        ["kommunstyrelsen"],
        ["socialnämnden"],
    ]


def test_the_audited_body_is_the_addressee_where_nobody_is_named(document, gazetteer):
    found = recommendations(
        document(
            (H, "1 Ansvarig nämnd"),
            (P, "Granskningen avser överförmyndarnämnden."),
            (H, "2 Rekommendationer"),
            (L, "Upprätta en rutin för ställföreträdare."),
            (L, "Dokumentera kontrollerna."),
        ),
        gazetteer,
    )
    assert [named(one) for one in found] == [["överförmyndarnämnden"]] * 2


def test_sentences_of_the_text_recommend_too(document, gazetteer):
    found = recommendations(
        document(
            (H, "3 Bedömning"),
            (P, "Stödet når inte ut. Riksrevisionen rekommenderar regeringen att ge en myndighet "
                "ansvar för stödet och att följa upp det årligen."),
        ),
        gazetteer,
    )  # fmt: skip
    assert [one.text for one in found] == [
        "ge en myndighet ansvar för stödet",
        "följa upp det årligen.",
    ]
    assert [named(one) for one in found] == [["regeringen"]] * 2


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        (
            "Vi rekommenderar nämnden att pröva avgiften.",
            ["Vi rekommenderar nämnden att pröva avgiften."],
        ),
        (
            "Vi rekommenderar nämnden att säkerställa att rutinen är känd samt att den följs.",
            ["Vi rekommenderar nämnden att säkerställa att rutinen är känd samt att den följs."],
        ),
        (
            "Vi rekommenderar nämnden att pröva avgiften, att se över taxan samt att informera.",
            ["pröva avgiften", "se över taxan", "informera."],
        ),
    ],
)
def test_clauses_of_equal_rank_are_parted(sentence, texts):
    assert [sentence[start:end] for start, end in clauses(sentence)] == texts


def test_one_sentence_may_recommend_to_one_body_after_the_other(document, gazetteer):
    found = recommendations(
        document(
            (H, "Rekommendationer"),
            (P, "Vi rekommenderar kommunstyrelsen att förtydliga ansvaret i reglementet och "
                "byggnadsnämnden att se över lokalerna samt att anställa en arkivarie."),
            (P, "Vi rekommenderar även socialnämnden och kulturnämnden att utbilda personalen."),
        ),
        gazetteer,
    )  # fmt: skip
    assert [(one.text, named(one)) for one in found] == [
        (
            "Vi rekommenderar kommunstyrelsen att förtydliga ansvaret i reglementet",
            ["kommunstyrelsen"],
        ),
        ("se över lokalerna", ["byggnadsnämnden"]),
        ("anställa en arkivarie.", ["byggnadsnämnden"]),
        (
            "Vi rekommenderar även socialnämnden och kulturnämnden att utbilda personalen.",
            ["socialnämnden", "kulturnämnden"],
        ),
    ]


def test_each_item_may_begin_with_the_body_that_it_is_to(document, gazetteer):
    found = recommendations(
        document(
            (H, "Rekommendationer"),
            (P, "Vi rekommenderar"),
            (L, "kommunstyrelsen att förtydliga ansvaret"),
            (L, "byggnadsnämnden att se över lokalerna"),
        ),
        gazetteer,
    )
    assert [named(one) for one in found] == [["kommunstyrelsen"], ["byggnadsnämnden"]]


def test_rows_of_a_table_are_recommendations(document, gazetteer):
    found = recommendations(
        document(
            (H, "6 Sammanställning"),
            (T, "Nr | Rekommendation | Nämnd"),
            (
                T,
                "1 | Förtydliga delegationen för inköp | Kommunstyrelsen\n"
                " | Inför stickprov av fakturor | Socialnämnden",
            ),
        ),
        gazetteer,
    )
    assert [(one.text, named(one)) for one in found] == [
        ("Förtydliga delegationen för inköp", ["Kommunstyrelsen"]),
        ("Inför stickprov av fakturor", ["Socialnämnden"]),
    ]


def test_what_was_recommended_before_is_no_new_recommendation(document, gazetteer):
    found = recommendations(
        document(
            (H, "2 Tidigare rekommendationer"),
            (P, "Vid granskningen 2019 lämnades följande rekommendationer:"),
            (P, "Kommunstyrelsen"),
            (L, "Upprätta ett register över avtal."),
            (T, "Rekommendation | Status"),
            (T, "Upprätta ett register över avtal | Genomförd"),
            (H, "3 Nya rekommendationer"),
            (P, "Vi rekommenderar kommunstyrelsen att:"),
            (L, "hålla registret aktuellt"),
        ),
        gazetteer,
    )
    assert [one.text for one in found] == ["hålla registret aktuellt"]


def test_a_recommendation_that_stands_is_given_again(document, gazetteer):
    found = recommendations(
        document(
            (H, "4 Rekommendationer"),
            (P, "Vår rekommendation till byggnadsnämnden att införa kölista för bygglov kvarstår."),
        ),
        gazetteer,
    )
    assert [named(one) for one in found] == [["byggnadsnämnden"]]


def test_a_list_printed_again_after_a_page_break_counts_once(document, gazetteer):
    found = recommendations(
        document(
            (H, "4 Rekommendationer"),
            (P, "Vi lämnar följande rekommendationer till kommunstyrelsen:"),
            (L, "Fastställ en policy för gåvor."),
            (L, "Utbilda cheferna."),
            (L, "Fastställ en policy för gåvor."),
        ),
        gazetteer,
    )
    assert len(found) == 2


def test_an_audit_without_recommendations_has_none(document, gazetteer):
    found = recommendations(
        document(
            (H, "3 Iakttagelser"),
            (P, "Livsmedelsverket rekommenderar kommuner att pröva måltiderna. Det görs."),
            (P, "Nämnden har vidtagit flera åtgärder:"),
            (L, "Säkerställt att maten är varm."),
        ),
        gazetteer,
    )
    assert found == ()


def test_other_words_for_recommending_and_numbered_recommendations(document, gazetteer):
    found = recommendations(
        document(
            (H, "3 Bedömning"),
            (P, "Vi anser att miljönämnden bör:"),
            (L, "införa en taxa för kontroller"),
            (P, "Nämnden har goda rutiner. Revisorerna föreslår att miljönämnden utser en chef."),
            (H, "4 Det fortsatta arbetet"),
            (H, "Rekommendation 1 – Se över bemanningen"),
            (P, "Bemanningen är svag på sommaren."),
            (P, "Rekommendation 2: Säkerställ att jouren är känd."),
        ),
        gazetteer,
    )
    assert [one.text for one in found] == [
        "införa en taxa för kontroller",
        "Revisorerna föreslår att miljönämnden utser en chef.",
        "Se över bemanningen",
        "Säkerställ att jouren är känd.",
    ]
    assert named(found[0]) == named(found[1]) == ["miljönämnden"]


def test_the_auditor_in_a_label_is_no_addressee(document, gazetteer):
    report = document(
        (H, "1 Slutsatser"),
        "Vägarna är gamla.",
        (H, "2 Rekommendationer"),
        "Riksrevisionen rekommenderar regeringen",
        (L, "att se över målen för vägarna"),
        "Riksrevisionen rekommenderar Trafikverket",
        (L, "att redovisa hur vägarna mår."),
    )
    found = recommendations(report, gazetteer)
    assert [named(one) for one in found] == [["regeringen"], ["Trafikverket"]]
    assert [one.level for one in found] == ["national", "national"]


def test_who_is_told_by_the_addressee_is_no_addressee(document, gazetteer):
    report = document(
        (H, "1 Slutsatser"),
        "Riksrevisionen rekommenderar regeringen att utreda vägarna samt att ge Trafikverket i "
        "uppdrag att räkna hålen.",
    )
    assert [named(one) for one in recommendations(report, gazetteer)] == [["regeringen"]] * 2


def test_a_recommendation_that_names_one_of_the_bodies_of_its_list_is_to_that_one(
    document, gazetteer
):
    report = document(
        (H, "1 Slutsatser"),
        "Vi lämnar följande rekommendationer till kommunstyrelsen och tekniska nämnden:",
        (L, "Kommunstyrelsen bör anta en plan."),
        (L, "Tekniska nämnden bör räkna hålen."),
        (L, "Se över vägarna."),
    )
    assert [named(one) for one in recommendations(report, gazetteer)] == [
        ["Kommunstyrelsen"],
        ["Tekniska nämnden"],
        ["kommunstyrelsen", "tekniska nämnden"],
    ]


def test_an_inverted_obligation_announces_recommendations(document, gazetteer):
    report = document(
        (H, "1 Slutsatser"),
        "Mot bakgrund av granskningen bör kommunstyrelsen:",
        (L, "anta en plan"),
        (L, "räkna hålen"),
    )
    found = recommendations(report, gazetteer)
    assert [one.text for one in found] == ["anta en plan", "räkna hålen"]
    assert [named(one) for one in found] == [["kommunstyrelsen"]] * 2
