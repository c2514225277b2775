"""What the gazetteer's data says of each kind of body: names old and new, kinds, what became."""

from __future__ import annotations

import pytest

from corpus.actor_data import read_bodies
from corpus.actors import load_gazetteer


def resolved(name):
    actor = load_gazetteer().resolve(name)
    return actor.name if actor else None


def found(text):
    gazetteer = load_gazetteer()
    return [gazetteer.get(mention.actor_id).name for mention in gazetteer.find(text)]


def test_there_are_enough_bodies_of_each_kind():
    kinds = [body.actor.kind for body in read_bodies() if not body.group and not body.until]
    least = {"agency": 190, "court": 80, "government": 40, "university": 40, "association": 250}
    assert {kind: kinds.count(kind) >= number for kind, number in least.items()} == dict.fromkeys(
        least, True
    )


@pytest.mark.parametrize(
    ("name", "expected", "kind"),
    [
        # abbreviations, older and longer names
        ("IMY", "Integritetsskyddsmyndigheten", "agency"),
        ("Datainspektionen", "Integritetsskyddsmyndigheten", "agency"),
        ("Banverkets", "Trafikverket", "agency"),
        ("MCF", "Myndigheten för samhällsskydd och beredskap", "agency"),
        ("Nutek", "Tillväxtverket", "agency"),
        ("Sveriges Kommuner och Landsting (SKL)", "Sveriges Kommuner och Regioner", "association"),
        ("Landsorganisationen i Sverige (LO)", "Landsorganisationen i Sverige", "association"),
        ("Sieps", "Svenska institutet för europapolitiska studier", "agency"),
        ("Andra AP-fonden", "Andra AP-fonden", "agency"),
        # what is known only by itself
        ("AF", "Arbetsförmedlingen", "agency"),
        ("Kommunal", "Fackförbundet Kommunal", "association"),
        ("Ledarna", "Ledarna", "association"),
        # municipalities with and without -s, kommun and stad
        ("Karlstad kommun", "Karlstads kommun", "municipality"),
        ("Halmstad kommun", "Halmstads kommun", "municipality"),
        ("Borås kommun", "Borås stad", "municipality"),
        ("Stockholm stad", "Stockholms stad", "municipality"),
        # county councils that became regions
        ("Västernorrlands läns landsting", "Region Västernorrland", "region"),
        ("Landstinget i Kalmar län", "Region Kalmar län", "region"),
        ("Landstinget Blekinge", "Region Blekinge", "region"),
        ("Västra Götalands läns landsting", "Västra Götalandsregionen", "region"),
        # county boards, courts, universities, companies, faith
        ("Länsstyrelsen Skåne", "Länsstyrelsen i Skåne län", "county_board"),
        ("Regeringsrätten", "Högsta förvaltningsdomstolen", "court"),
        ("Mälardalens högskola", "Mälardalens universitet", "university"),
        ("Svenska Spel AB", "Svenska Spel", "company"),
        ("Equmeniakyrkan", "Equmeniakyrkan", "association"),
        ("Miljö- och jordbruksutskottet", "Miljö- och jordbruksutskottet", "government"),
        # one letter wrong in a long name
        ("Myndigheten för tilgängliga medier", "Myndigheten för tillgängliga medier", "agency"),
        # formed by a pattern
        ("Lunds stift", "Lunds stift", "association"),
        ("Mark- och miljödomstolen vid Nacka tingsrätt",
         "Mark- och miljödomstolen vid Nacka tingsrätt", "court"),
    ],
)  # fmt: skip
def test_a_body_is_known_by_its_names(name, expected, kind):
    assert resolved(name) == expected
    assert load_gazetteer().resolve(name).kind == kind


@pytest.mark.parametrize("name", ["Myndigheten för påhitt", "Kommunen för alla", "Ljusa Rum AB"])
def test_names_of_no_body_are_not_known(name):
    assert resolved(name) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # words that are places or bodies only in company
        ("Det kan vara bra att vi bor i Mark och går över bron.", []),
        ("Ale och Mark är vackra.", []),
        ("Marks kommun och Vara kommun svarar.", ["Marks kommun", "Vara kommun"]),
        ("Läs mer på Sida 4.", []),
        ("Ledarna ska föregå med gott exempel.", []),
        ("Enligt Ledarna är det bra.", ["Ledarna"]),
        ("Vision för framtiden", []),
        ("Vi instämmer med Unionen.", ["Fackförbundet Unionen"]),
        ("den europeiska unionen", []),
        # a definite noun that begins a name, in small letters
        ("Det sköts av länsstyrelsen i Skåne län.", ["Länsstyrelsen i Skåne län"]),
        ("av myndigheten för delaktighet", ["Myndigheten för delaktighet"]),
        # genitive, capitals, a line break inside
        ("JÄMSTÄLLDHETSMYNDIGHETENS", ["Jämställdhetsmyndigheten"]),
        ("Myndigheten för\nyrkeshögskolan", ["Myndigheten för yrkeshögskolan"]),
        # a person's name is no body
        ("Anna Sjöbo och Per Bro", []),
    ],
)
def test_bodies_in_running_text(text, expected):
    assert found(text) == expected


def test_a_former_name_has_its_last_year():
    gazetteer = load_gazetteer()
    actor = gazetteer.resolve("Integritetsskyddsmyndigheten")
    assert gazetteer.history(actor.id).former == {"Datainspektionen": 2020}


def test_what_took_over_from_a_body_that_is_gone_is_known():
    gazetteer = load_gazetteer()
    gone = [body for body in read_bodies() if body.until]
    assert len(gone) > 50
    for body in gone:
        history = gazetteer.history(body.actor.id)
        assert history.until == body.until
        assert all(gazetteer.get(actor_id) for actor_id in history.became)
    fisheries = gazetteer.history(gazetteer.resolve("Fiskeriverket").id)
    assert "havs-och-vattenmyndigheten" in fisheries.became


def test_a_document_can_give_bodies_further_names():
    gazetteer = load_gazetteer()
    agency = gazetteer.resolve("Boverket")
    wider = gazetteer.with_names({"BV": agency, "MSB": agency})
    assert [m.actor_id for m in wider.find("BV:s uppdrag")] == ["boverket"]
    assert wider.resolve("MSB").id != "boverket", "a known name keeps its meaning"
    assert gazetteer.resolve("BV") is None
