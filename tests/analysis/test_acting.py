"""Who is to act by sentences of all kinds of documents, invented before the rules were mended."""

from __future__ import annotations

import pytest

from analysis.addressees import addressees, begun_by, bound, doing, without_repeats
from corpus.actors import load_gazetteer
from corpus.models import Addressee


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def named(found):
    return [one.named for one in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kommunen ska inrätta en cykelpool.", ["Kommunen"]),
        (
            "Tekniska nämnden och miljönämnden ska gemensamt kartlägga bullret.",
            ["Tekniska nämnden", "miljönämnden"],
        ),
        ("Kommunen ska tillsammans med regionen ta fram en bussplan.", ["Kommunen", "regionen"]),
        ("Regionen ska i samverkan med kommunerna utveckla vårdkedjan.", ["Regionen"]),
        ("En lägesbild ska tas fram i samverkan med polisen.", ["polisen"]),
        ("Skolorna ska erbjuda simundervisning.", ["Skolorna"]),
        ("Socialförvaltningen ansvarar för att rutinen följs.", ["Socialförvaltningen"]),
        ("Ansvarig: Barn- och utbildningsnämnden", []),
        ("Stödet till kommunen ska stärkas.", []),
        ("Bibliotekets öppettider ska utökas.", []),
        ("Socialnämndens budget ska ses över.", []),
        ("Det är kommunstyrelsens ansvar att planen följs upp.", ["kommunstyrelsen"]),
        ("Det är Polismyndighetens uppgift att sprida informationen.", ["Polismyndigheten"]),
        ("Ansvaret för uppföljningen ligger på kommunstyrelsen.", ["kommunstyrelsen"]),
        ("Länsstyrelserna ska varje år redovisa läget.", ["Länsstyrelserna"]),
        ("Länsstyrelsen i Skåne län ska samordna arbetet.", ["Länsstyrelsen i Skåne län"]),
        (
            "Stadsdelsnämnderna Norrby, Hamnen och Väster ska utse kontaktpersoner.",
            ["Stadsdelsnämnden Norrby", "Stadsdelsnämnden Hamnen", "Stadsdelsnämnden Väster"],
        ),
        (
            "Social- och utbildningsnämnderna ska samarbeta om närvaron.",
            ["Socialnämnden", "utbildningsnämnden"],
        ),
        ("Ett nationellt expertnätverk ska sprida kunskap.", ["Ett nationellt expertnätverk"]),
        ("Berörda myndigheter ska utse en kontaktperson.", ["Berörda myndigheter"]),
        (
            "Det är viktigt att vårdcentralerna ser till att personalen är utbildad.",
            ["vårdcentralerna"],
        ),
        (
            "Insatserna ska genomföras av Fritid Norr AB och kulturförvaltningen.",
            ["Fritid Norr AB", "kulturförvaltningen"],
        ),
        ("Näringslivskontoret får i uppdrag att se över hyrorna.", ["Näringslivskontoret"]),
        ("Kommundirektören ges i uppdrag att ta fram riktlinjer.", ["Kommundirektören"]),
        ("Alla förvaltningar ska ha en miljösamordnare.", ["Alla förvaltningar"]),
        ("Vi rekommenderar kommunstyrelsen att stärka uppsikten.", ["kommunstyrelsen"]),
        (
            "Vi rekommenderar regionstyrelsen och hälso- och sjukvårdsnämnden att följa avtalen.",
            ["regionstyrelsen", "hälso- och sjukvårdsnämnden"],
        ),
        (
            "Vår rekommendation till socialnämnden är att se över delegationsordningen.",
            ["socialnämnden"],
        ),
        (
            "Vi rekommenderar regeringen att ge Skolverket i uppdrag att se över saken.",
            ["regeringen", "Skolverket"],
        ),
        ("Nämnden bör säkerställa att avtalen följs.", ["Nämnden"]),
        (
            "Vi rekommenderar Trafikverket och Transportstyrelsen att ändra rutinerna.",
            ["Trafikverket", "Transportstyrelsen"],
        ),
        ("Kommunstyrelsen rekommenderas att besluta om en plan.", ["Kommunstyrelsen"]),
        ("Granskningen visar att nämnden inte har någon plan.", []),
        (
            "Därför rekommenderas barn- och ungdomsnämnden att skriva en rutin.",
            ["barn- och ungdomsnämnden"],
        ),
        (
            "Det finns behov av att byggnadsnämnden förkortar sina handläggningstider.",
            ["byggnadsnämnden"],
        ),
        ("Boverket bör därför ges i uppdrag att utreda kraven.", ["Boverket"]),
        (
            "Regeringen bör ge Naturvårdsverket i uppdrag att ta fram en vägledning.",
            ["Regeringen", "Naturvårdsverket"],
        ),
        ("Frågan bör utredas vidare av Läkemedelsverket.", ["Läkemedelsverket"]),
        (
            "Myndigheten för digital förvaltning bör få ett samordnande ansvar.",
            ["Myndigheten för digital förvaltning"],
        ),
        (
            "Tillsynen bör ligga på länsstyrelserna i stället för på kommunerna.",
            ["länsstyrelserna"],
        ),
        ("Uppdraget bör lämpligen ges till Skogsstyrelsen.", ["Skogsstyrelsen"]),
        ("Vi anser att staten bör ta ett större ekonomiskt ansvar.", ["staten"]),
        ("Det bör förtydligas vilket ansvar fastighetsägaren har.", ["fastighetsägaren"]),
        ("Förslaget innebär ökade kostnader för kommunerna.", []),
        ("Kommunerna behöver kompenseras fullt ut.", []),
        ("Länsstyrelsen efterlyser en vägledning från Boverket.", ["Boverket"]),
        ("SKR anser att regeringen måste återkomma med ett nytt förslag.", ["regeringen"]),
        ("Förslaget bör kompletteras med en konsekvensanalys.", []),
        ("Enligt Socialstyrelsens föreskrifter ska planen vara skriftlig.", []),
        ("Region Norrvik vill uppmana regeringen att skynda på arbetet.", ["regeringen"]),
        ("Det vore bra om Skatteverket kunde publicera uppgifterna.", ["Skatteverket"]),
        (
            "Havs- och vattenmyndigheten bör i samråd med Jordbruksverket ta fram nya regler.",
            ["Havs- och vattenmyndigheten"],
        ),
        (
            "Riksdagen bör bifalla motionen och tillkännage detta för regeringen.",
            ["Riksdagen", "regeringen"],
        ),
        (
            "Regeringen uppdrar åt Skogsstyrelsen att i nära samråd med Tullverket mäta ljuset.",
            ["Skogsstyrelsen"],
        ),
        (
            "Boverket ska redovisa uppdraget till Regeringskansliet senast den 1 mars.",
            ["Boverket"],
        ),
        (
            "Socialstyrelsen ska inhämta synpunkter från Läkemedelsverket.",
            ["Socialstyrelsen"],
        ),
        ("Regeringen bör ge en statlig myndighet i uppdrag att öva.", ["Regeringen"]),
        ("Regeringen ger Kulturrådet i uppdrag att fördela stödet.", ["Kulturrådet"]),
        ("Handläggaren bör i ett tidigt skede fråga efter anhöriga.", ["Handläggaren"]),
        ("Alla chefer inom kommunen ska gå utbildningen.", ["Alla chefer"]),
        ("Anna Mark och Per Vara ska hålla föredrag.", []),
        ("Det krävs att Kustbevakningen och Tullverket övar.", ["Kustbevakningen", "Tullverket"]),
        ("Vi ser gärna att Skolverket tar fram en mall.", ["Skolverket"]),
        ("Det är angeläget att regionerna ersätts.", []),
        ("Ordföranden ska justera protokollet.", ["Ordföranden"]),
        ("Nämnden för idrott och friluftsliv ska öva.", ["Nämnden för idrott och friluftsliv"]),
        ("Tullverket och Polisen har fått i uppdrag att öva.", ["Tullverket", "Polisen"]),
        ("Flera myndigheter ska öva.", ["Flera myndigheter"]),
        ("Alla ledningar ska grävas ned.", []),
        ("Vara kommun ska bygga ett badhus i Bro.", ["Vara kommun"]),
        ("Det ska vara lätt att lämna synpunkter.", []),
        ("Det åligger varje nämnd att rapportera avvikelser.", ["varje nämnd"]),
        ("Regionstyrelsen uppdras att återkomma med förslag.", ["Regionstyrelsen"]),
        ("Patienten ska få information av regionen.", ["regionen"]),
    ],
)
def test_who_is_to_act_by_a_sentence(sentence, expected, gazetteer):
    assert named(addressees(sentence, gazetteer)) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("Kartläggningen genomförs av miljöförvaltningen under våren.", ["miljöförvaltningen"]),
        (
            "Åtgärden görs i samarbete med länsstyrelsen och Region Gotland.",
            ["länsstyrelsen", "Region Gotland"],
        ),
        ("Gatukontoret byter ut all belysning på Norra Vägen.", ["Gatukontoret"]),
        ("Badet drivs av kommunens vänner.", []),
    ],
)
def test_the_doer_of_a_plans_entry_is_to_act(entry, expected, gazetteer):
    assert named(doing(entry, gazetteer)) == expected


def test_whose_duty_something_is(gazetteer):
    assert named(bound("Det är därefter Tullverkets uppgift att varna.", gazetteer)) == [
        "Tullverket"
    ]
    assert bound("Tullverkets uppgift är svår.", gazetteer) == ()


def test_who_has_begun_the_work(gazetteer):
    assert named(begun_by("Samordnaren har inlett flera studier.", gazetteer)) == ["Samordnaren"]
    assert begun_by("Samordnaren har ont om tid.", gazetteer) == ()


def test_those_named_by_their_part_alone_are_named_once():
    some = [Addressee("berörda aktörer"), Addressee("samverkande aktörer"), Addressee("Kommunen")]
    assert named(without_repeats(some)) == ["berörda aktörer", "Kommunen"]
