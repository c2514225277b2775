"""If-clauses, double denials and wishes of the past: what they make of a stance; all invented."""

import pytest

from analysis.conditions import opens_condition
from analysis.stance import read_stance

CONDITIONS = [
    ("SKR är positiv till förslaget om staten finansierar det.", ["conditional"]),
    ("Om staten ersätter kostnaderna tillstyrker kommunen förslaget.", ["conditional"]),
    (
        "Om utredningens förslag genomförs, tillstyrker nämnden att avgiften slopas.",
        ["conditional"],
    ),
    ("Regionen kan ställa sig bakom förslaget om full kostnadstäckning ges.", ["conditional"]),
    ("Verket är positivt till att tillsynen samlas om den finansieras fullt ut.", ["conditional"]),
    ("Vi ställer oss bakom förslaget ifall tidplanen förlängs.", ["conditional"]),
    ("Nämnden stödjer förslaget, såvida inte kostnaderna ökar.", ["conditional"]),
    ("Kommunen har inga invändningar om staten betalar.", ["conditional"]),
    # Without its condition the answer is a no: that is what the body thinks of what it was asked.
    ("Nämnden avstyrker förslaget om inte kostnaderna ersätts.", ["oppose"]),
]
NO_CONDITIONS = [
    ("Kommunen tillstyrker förslaget om höjd avgift.", ["support"]),
    ("Kommunen tillstyrker förslaget om de nya reglerna för tillsyn.", ["support"]),
    ("Kommunen tillstyrker förslaget om en myndighet som prövar om tiden räcker.", ["support"]),
    ("Staden tillstyrker förslaget om att den som äger fastigheten ska betala.", ["support"]),
    ("Vi välkomnar att utredaren undersöker om avgiften kan slopas.", ["support"]),
    ("Vi är positiva till frågan om staten ska ta över.", ["support"]),
    ("Kommunen tillstyrker att information om de regler som gäller ska lämnas.", ["support"]),
]
DENIED_TWICE = [
    ("Det är inte utan tillfredsställelse som förbundet tillstyrker det.", ["support"]),
    ("Det är inte utan glädje vi noterar att avgiften slopas.", ["support"]),
    ("Det är inte utan tvekan som nämnden tillstyrker förslaget.", ["conditional"]),
    ("Kommunen är inte främmande för en sådan ordning.", ["no_objection"]),
    ("Det är med glädje som nämnden tillstyrker förslaget.", ["support"]),
]
OF_THE_PAST = [
    ("Vi har länge efterfrågat en sådan lag och välkomnar nu förslaget.", ["support"]),
    ("Regionen har i många år efterlyst en sådan reglering.", ["support"]),
    ("Kommunen efterfrågar en sådan reglering.", ["request"]),
    ("Utredningen har länge efterfrågat sådana uppgifter.", []),
]
WORDINGS = [
    ("Försvarsmakten avstår.", ["abstain"]),
    ("Föreningen hälsar förslaget med tillfredsställelse.", ["support"]),
    ("Kammaren kan inte ställa upp på förslaget.", ["oppose"]),
    ("Nämnden yrkar avslag på förslaget.", ["oppose"]),
    ("Vi accepterar att tiden förlängs, dock inte under sommaren.", ["conditional"]),
    ("Mot övergångsbestämmelserna riktas ingen kritik.", ["no_objection"]),
    ("Underlaget räcker inte för att verket ska kunna ta ställning till förslaget.", ["unclear"]),
    ("Skulle förslaget antas förväntar sig kommunen att staten skjuter till medel.", ["request"]),
    ("Verket vill inskärpa att avstånden är långa.", ["comment"]),
    ("Det vore till fördel om reglerna samlades i en förordning.", ["request"]),
    ("Vi är av den bestämda uppfattningen att tillstånd inte ska krävas.", ["oppose"]),
    ("Utredningen är av den uppfattningen att tillstånd inte ska krävas.", []),
]


@pytest.mark.parametrize(
    ("text", "labels"), [*CONDITIONS, *NO_CONDITIONS, *DENIED_TWICE, *OF_THE_PAST, *WORDINGS]
)
def test_the_stance_of(text, labels):
    assert [stance.label for stance in read_stance(text)] == labels


def test_an_if_clause_has_a_subject_and_a_verb():
    for text, is_condition in (
        ("om staten betalar", True),
        ("om inte tiden räcker", True),
        ("om höjda avgifter", False),
        ("om regionernas ansvar", False),
        ("frågan om staten betalar", False),
    ):
        words = text.split()
        assert opens_condition(words, words.index("om")) == is_condition
