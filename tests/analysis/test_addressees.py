"""Who is to act: what headings name, and who is the subject of an obligation."""

from __future__ import annotations

import pytest

from analysis.addressees import addressees, doing, listed, names_only
from corpus.actors import load_gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def named(found):
    return [one.named for one in found]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Kommunstyrelsen:", ["Kommunstyrelsen"]),
        ("Till kommunstyrelsen och tekniska nämnden", ["kommunstyrelsen", "tekniska nämnden"]),
        (
            "Stadsdelsnämnderna Väster-Ängen, Hamnen och Norrby:",
            [
                "Stadsdelsnämnden Väster-Ängen",
                "Stadsdelsnämnden Hamnen",
                "Stadsdelsnämnden Norrby",
            ],
        ),
        (
            "Kultur- och fritidsnämnden och Socialnämnden",
            ["Kultur- och fritidsnämnden", "Socialnämnden"],
        ),
        ("Social- och utbildningsnämnderna", ["Socialnämnden", "utbildningsnämnden"]),
        ("Nämnden för vård och omsorg", ["Nämnden för vård och omsorg"]),
        ("Nämnderna för skola och kultur", ["Nämnden för skola", "Nämnden för kultur"]),
        ("Kommunerna Ekby och Sjöby", ["Ekby kommun", "Sjöby kommun"]),
        (
            "Länsstyrelserna i Uppsala och Skåne län",
            ["Länsstyrelsen i Uppsala län", "Länsstyrelsen i Skåne län"],
        ),
        ("Slutsatser och rekommendationer", []),
        ("Samverkan och ledning", []),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_a_heading_names_all_its_bodies(heading, expected, known, gazetteer):
    assert named(listed(heading, gazetteer if known else None)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kommunen bör ordna ett svalt rum.", ["Kommunen"]),
        ("Därför bör regionerna och kommunerna öva ihop.", ["regionerna", "kommunerna"]),
        ("Rummen bör öppnas av kommunen.", ["kommunen"]),
        ("Ett råd bör finnas i varje kommun.", ["varje kommun"]),
        ("Vi rekommenderar socialnämnden att pröva avgiften.", ["socialnämnden"]),
        ("Regeringen uppdrar åt Socialstyrelsen att följa frågan.", ["Socialstyrelsen"]),
        ("Samverkan mellan kommunen och polisen måste bli bättre.", ["kommunen", "polisen"]),
        ("Planen ska tas fram i samverkan med berörda aktörer.", ["berörda aktörer"]),
        ("Kommunerna i länet ska samordna inköpen.", ["Kommunerna"]),
        ("Vi önskar att länsstyrelsen tar fram en mall.", ["länsstyrelsen"]),
        ("Förslaget förutsätter att kommunerna ges möjlighet att öva.", ["kommunerna"]),
        ("Kravet bör i stället riktas till fastighetsägaren.", ["fastighetsägaren"]),
        (
            "Vi ser ett behov av en tydligare koppling mellan regionen, polisen och kommunerna.",
            ["regionen", "polisen", "kommunerna"],
        ),
        ("Ansvarsfördelningen mellan regionen och kommunen bör framgå.", ["regionen", "kommunen"]),
        ("Samarbetet mellan regionen och kommunen har varit gott.", []),
        ("Det behöver säkerställas att kommunerna hinner öva.", ["kommunerna"]),
        ("Rektorn ska se till att varje skola har en plan.", ["Rektorn"]),
        ("Vi vill göra länsstyrelsen uppmärksam på modellen.", ["länsstyrelsen"]),
        ("Vi saknar en analys av vilken roll räddningstjänsten har.", ["räddningstjänsten"]),
        ("Det behöver förtydligas om kommunen får dela uppgifterna.", ["kommunen"]),
        ("Kommunstyrelsen i varje kommun ska öva.", ["Kommunstyrelsen i varje kommun"]),
        ("Vårdgivarna måste öva varje år.", ["Vårdgivarna"]),
        ("Myndigheten för digital trygghet ska öva.", ["Myndigheten för digital trygghet"]),
        ("Samordnare bör utses av regionen.", ["regionen"]),
        ("Myndigheten för vägljus får uppdraget att samordna.", ["Myndigheten för vägljus"]),
        ("Rapporteringen till kommunstyrelsen behöver utvecklas.", []),
        ("Taket lagas så att kommunen ska kunna använda huset.", []),
        ("Kommunen har ordnat ett rum.", []),
        ("Socialnämnden ska anta en plan. Nämnden ska följa upp den.", ["Socialnämnden"]),
    ],
)
def test_the_subject_of_an_obligation_is_to_act(sentence, expected, gazetteer):
    assert named(addressees(sentence, gazetteer)) == expected


def test_the_one_who_writes_is_left_out(gazetteer):
    sentence = "Revisionskontoret ska följa frågan och kommunstyrelsen bör anta en plan."
    assert named(addressees(sentence, gazetteer, {"revisionskontoret"})) == ["kommunstyrelsen"]


def test_one_body_by_two_names_is_one_addressee(gazetteer):
    text = "Myndigheten för samhällsskydd och beredskap bör öva. MSB ska redovisa övningen."
    found = addressees(text, gazetteer)
    assert len(found) == 1
    assert found[0].actor == gazetteer.resolve("MSB").id


def test_a_label_holds_nothing_but_names(gazetteer):
    assert names_only("Till kommunstyrelsen:", gazetteer, {"till"})
    assert not names_only("Kommunstyrelsen har svarat", gazetteer, {"till"})
    assert not names_only("Rekommendationer", gazetteer, {"rekommendationer"})


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("Servicenämnden köper nya cyklar.", ["Servicenämnden"]),
        ("Kommunen och regionen inför gemensamma regler", ["Kommunen", "regionen"]),
        ("Kommunen under hundra år", []),
        ("Nya cyklar till kommunen", []),
    ],
)
def test_who_opens_an_entry_and_does_something_is_to_act(entry, expected, gazetteer):
    assert named(doing(entry, gazetteer)) == expected


def test_a_heading_in_capitals_names_the_same_bodies(gazetteer):
    small = listed("Stadsdelsnämnderna Norra Bryggan, Kvarnberg och Söderäng", gazetteer)
    assert len(small) == 3
    assert listed("STADSDELSNÄMNDERNA NORRA BRYGGAN, KVARNBERG OCH SÖDERÄNG", gazetteer) == small
