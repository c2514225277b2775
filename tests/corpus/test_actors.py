"""The gazetteer finds bodies in running text and resolves the names that people write."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.actors import ACTOR_KINDS, load_gazetteer
from corpus.ids import slug
from corpus.models import Actor


def found(text, extra=()):
    return [(text[m.start : m.end], m.actor_id) for m in load_gazetteer(extra).find(text)]


def test_the_gazetteer_holds_all_municipalities_regions_and_county_boards():
    kinds = Counter(actor.kind for actor in load_gazetteer().actors if not _is_group(actor))
    assert kinds["municipality"] == 289, "Gotland is a region here"
    assert kinds["region"] == 21
    assert kinds["county_board"] == 21
    assert kinds["agency"] > 150


def _is_group(actor):
    return actor.name in ("Kommunerna", "Regionerna", "Länsstyrelserna")


def test_ids_are_unique_and_kinds_are_known():
    actors = load_gazetteer().actors
    assert max(Counter(actor.id for actor in actors).values()) == 1
    assert {actor.kind for actor in actors} <= set(ACTOR_KINDS)


def test_an_abbreviation_stands_for_one_body_only():
    owners = {}
    for actor in load_gazetteer().actors:
        for alias in (actor.name, *actor.aliases):
            assert owners.setdefault(alias, actor.id) == actor.id, alias


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Enligt Boverkets bedömning", [("Boverkets", "boverket")]),
        ("BOVERKET avstyrker", [("BOVERKET", "boverket")]),
        ("MSB:s uppdrag", [("MSB:s", "myndigheten-for-samhallsskydd-och-beredskap")]),
        ("en msb-fråga", []),
        ("det är brått", []),
        ("Inspektionen för Vård och Omsorg", [("Inspektionen för Vård och Omsorg", None)]),
        ("ansvaret ligger på kommunstyrelsen", [("kommunstyrelsen", "kommunstyrelsen")]),
        ("varje socialnämnd", [("socialnämnd", "socialnamnden")]),
        ("socialnämndernas arbete", [("socialnämndernas", "socialnamnden")]),
        ("Länsstyrelsen i Kalmar län", [("Länsstyrelsen i Kalmar län", None)]),
        ("Mora kommuns skolor", [("Mora kommuns", "mora-kommun")]),
        ("Göteborgs Stad", [("Göteborgs Stad", "goteborgs-stad")]),
        ("regeringen och länsstyrelserna", [("regeringen", None), ("länsstyrelserna", None)]),
        ("ett regeringsuppdrag", []),
        ("Boverket-rapporten", []),
        ("Sida 3 av 4", []),
    ],
)
def test_bodies_are_found_in_text(text, expected):
    gazetteer = load_gazetteer()
    mentions = found(text)
    assert [surface for surface, _ in mentions] == [surface for surface, _ in expected]
    for (_, actor_id), (_, wanted) in zip(mentions, expected, strict=True):
        assert wanted in (None, actor_id)
        assert gazetteer.get(actor_id) is not None


def test_the_longest_name_wins():
    text = "Länsstyrelsen i Västra Götalands län och Region Jämtland Härjedalen"
    assert [surface for surface, _ in found(text)] == [
        "Länsstyrelsen i Västra Götalands län",
        "Region Jämtland Härjedalen",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stadsdelsnämnden Västra Berget", "Stadsdelsnämnden Västra Berget"),
        ("Bergslunda stadsdelsnämnd", "Stadsdelsnämnden Bergslunda"),
        ("Västanåkers stadsdelsnämnd", "Stadsdelsnämnden Västanåker"),
        ("Norra Åbys stadsdelsförvaltning", "Stadsdelsförvaltningen Norra Åby"),
        ("kust- och skärgårdsnämnden", "Kust- och skärgårdsnämnden"),
        ("Granstads tingsrätt", "Granstads tingsrätt"),
    ],
)
def test_names_are_formed_by_pattern(text, name):
    gazetteer = load_gazetteer()
    (mention,) = gazetteer.find(f"I går skrev {text} till oss.")
    assert mention.actor_id == slug(name)
    actor = gazetteer.resolve(text)
    assert actor is not None
    assert (actor.id, actor.name) == (mention.actor_id, name)


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Socialstyrelsen", "socialstyrelsen"),
        (" Socialstyrelsens, ", "socialstyrelsen"),
        ("SKL", "sveriges-kommuner-och-regioner"),
        ("Sveriges Kommuner och Landsting", "sveriges-kommuner-och-regioner"),
        ("Göteborg", "goteborgs-stad"),
        ("Ale", "ale-kommun"),
        ("Håbo kommun", "habo-kommun"),
        ("Folkets Påhittade Byrå", None),
        ("", None),
    ],
)
def test_names_are_resolved(name, actor_id):
    actor = load_gazetteer().resolve(name)
    assert (actor.id if actor else None) == actor_id


def test_two_names_that_fold_into_one_slug_keep_apart():
    gazetteer = load_gazetteer()
    habo, habo_with_ring = gazetteer.resolve("Habo kommun"), gazetteer.resolve("Håbo kommun")
    assert habo is not None
    assert habo_with_ring is not None
    assert habo.id != habo_with_ring.id


def test_extra_actors_win():
    own = Actor("vastby-kommunstyrelse", "Västby kommunstyrelse", "committee", ("Kommunstyrelsen",))
    assert found("Kommunstyrelsen, kommunstyrelsens", (own,)) == [
        ("Kommunstyrelsen", "vastby-kommunstyrelse"),
        ("kommunstyrelsens", "vastby-kommunstyrelse"),
    ]
    resolved = load_gazetteer((own,)).resolve("kommunstyrelsen")
    assert resolved == own


def test_an_alias_in_small_letters_is_found_in_any_case():
    own = Actor("vastby", "Västby kommun", "municipality", ("kommunen i Västby",))
    assert found("Kommunen i Västby svarar.", (own,)) == [("Kommunen i Västby", "vastby")]


def test_the_gazetteer_is_built_once():
    assert load_gazetteer() is load_gazetteer()


def test_every_mention_in_a_hundred_pages_is_found():
    page = "Socialnämnden och Region Skåne samverkar med polisen i Mora kommun. " * 40
    assert len(load_gazetteer().find(page * 100)) == 4 * 40 * 100


@given(st.text(max_size=80), st.sampled_from(["Boverket", "MSB:s", "socialnämnden", "Mora kommun"]))
@settings(deadline=None)
def test_mentions_lie_in_the_text_and_never_overlap(noise, name):
    text = f"{noise} {name} {noise}"
    gazetteer = load_gazetteer()
    mentions = gazetteer.find(text)
    assert all(first.end <= second.start for first, second in pairwise(mentions))
    assert name in [text[mention.start : mention.end] for mention in mentions]
    assert all(gazetteer.resolve(text[m.start : m.end]).id == m.actor_id for m in mentions)
