"""On which level something is to be done: by who acts, and by whose document it is."""

from __future__ import annotations

import pytest

from analysis.levels import level_of, level_of_document, level_of_text
from corpus.actors import load_gazetteer
from corpus.models import Addressee


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.mark.parametrize(
    ("names", "context", "expected"),
    [
        (["socialnämnden"], None, "local"),
        (["varje kommun"], None, "local"),
        (["Skolhuvudmännen"], None, "local"),
        (["regionerna"], None, "regional"),
        (["Regionstyrelsen"], None, "regional"),
        (["länsstyrelserna"], None, "regional"),
        (["servicenämnden"], "regional", "regional"),
        (["regeringen"], None, "national"),
        (["Den ansvariga myndigheten"], None, "national"),
        (["Försvarshögskolan"], None, "national"),
        (["cyklisterna", "regeringen"], None, "national"),
        (["kommunerna", "länsstyrelserna"], None, "regional"),
        (["kommunerna", "Trafikverket"], None, "national"),
        (["cyklisterna"], None, None),
        ([], "local", None),
    ],
)
def test_the_highest_level_of_those_who_act_tells_it(names, context, expected, gazetteer):
    assert level_of([Addressee(name) for name in names], gazetteer, context) == expected


@pytest.mark.parametrize(
    ("title", "sender", "text", "expected"),
    [
        ("Nationell strategi för cykling", "Västby kommun", "Kommunen.", "national"),
        ("Cykelplan", "Västby kommun", "Vi cyklar.", "local"),
        ("Cykelplan", "Region Östnäs", "Kommunen och kommunen.", "regional"),
        ("Cykelplan", None, "Antagen av kommunfullmäktige. Kommunen ansvarar.", "local"),
        ("Cykelplan", None, "Antagen av regionfullmäktige. Regionens vägar.", "regional"),
        ("Cykelplan", None, "Vi cyklar mer.", None),
    ],
)
def test_a_document_is_of_its_senders_level(title, sender, text, expected, document, gazetteer):
    made = document(text, title=title, sender=sender)
    assert level_of_document(made, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommunerna saknar pengar och regeringen vet det; socialtjänsten väntar.", "local"),
        ("Regionerna behöver mer tid.", "regional"),
        ("Föreskrifterna bör bli kortare.", "national"),
        ("Kommunerna och myndigheterna behöver mer tid.", "national"),
        ("Cyklar är bra.", None),
    ],
)
def test_a_passage_speaks_of_a_level(text, expected):
    assert level_of_text(text) == expected
