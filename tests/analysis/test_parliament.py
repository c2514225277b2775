"""What motions and committee reports ask to be decided; all invented."""

import pytest

from analysis.parliament import positions
from analysis.split import split
from corpus.actors import load_gazetteer


def asked(document, *texts, **facts):
    known = {"doctype": "other", "sender": "Trafikutskottet", "title": "En fyrlag", **facts}
    return split(document(*texts, **known), load_gazetteer())


def told(found):
    return [(unit.stance, unit.actor, unit.text) for unit in found]


POINTS = ("heading", "Utskottets förslag till riksdagsbeslut")
RESERVATION = [
    ("heading", "Reservationer"),
    ("aside", "1."),
    "Fyrar, punkt 1 (XP, YP)",
    "av Ada Ek (XP) och Bo Al (YP).",
    ("heading", "Förslag till riksdagsbeslut"),
    "Vi anser att förslaget till riksdagsbeslut under punkt 1 borde ha följande lydelse:",
    "Riksdagen ställer sig bakom det som anförs i reservationen.",
    ("heading", "Ställningstagande"),
    "Riksdagen avslår aldrig något i onödan.",
]


@pytest.mark.parametrize(
    ("point", "stance"),
    [
        ("Riksdagen antar regeringens förslag till fyrlag.", "support"),
        ("Riksdagen bifaller proposition 2031/32:20 punkt 2.", "support"),
        ("Riksdagen avslår motion 2031/32:9 av Bo Al (YP).", "oppose"),
        ("Riksdagen lägger skrivelse 2031/32:18 till handlingarna.", "no_objection"),
        ("Riksdagen antar förslaget till fyrlag med den ändringen att 5 § utgår.", "conditional"),
        ("Riksdagen bifaller delvis motion 2031/32:9 av Bo Al (YP).", "conditional"),
        (
            "Riksdagen ställer sig bakom det som utskottet anför om fyrar och tillkännager detta"
            " för regeringen. Därmed bifaller riksdagen motion 2031/32:9 av Bo Al (YP).",
            "request",
        ),
    ],
)
def test_a_point_of_a_committee_is_one_position(document, point, stance):
    [unit] = asked(document, POINTS, ("aside", "1."), ("heading", "Fyrar"), point)
    assert (unit.stance, unit.actor, unit.heading) == (stance, "Trafikutskottet", "1. Fyrar")


def test_a_motion_that_falls_with_the_bill_is_another_position(document):
    found = asked(
        document,
        POINTS,
        "Riksdagen antar förslaget. Därmed bifaller riksdagen propositionen och avslår motion 9.",
    )
    assert [unit.stance for unit in found] == ["support", "oppose"]


def test_a_point_goes_on_over_the_lines_that_name_the_motions(document):
    [unit] = asked(
        document,
        POINTS,
        ("heading", "Riksdagen avslår motionerna"),
        "2031/32:7 av Ada Ek (XP) och 2031/32:9 av Bo Al (YP).",
        "Reservation 1 (XP)",
    )
    assert unit.text == (
        "Riksdagen avslår motionerna 2031/32:7 av Ada Ek (XP) och 2031/32:9 av Bo Al (YP)."
    )


def test_a_reservation_is_that_of_its_parties(document):
    found = asked(document, POINTS, "Riksdagen avslår motionen om fyrar.", *RESERVATION)
    assert told(found) == [
        ("oppose", "Trafikutskottet", "Riksdagen avslår motionen om fyrar."),
        ("request", "XP, YP", "Riksdagen ställer sig bakom det som anförs i reservationen."),
    ]
    assert found[1].heading == "1. Fyrar, punkt 1 (XP, YP)"


def test_a_list_of_contents_begins_no_reservation(document):
    found = asked(
        document,
        "Utskottets förslag till riksdagsbeslut",
        "Reservationer",
        "1. Fyrar, punkt 1 (XP)",
        ("heading", "Bilaga 1"),
        POINTS,
        "Riksdagen avslår motionen om fyrar.",
    )
    assert told(found) == [("oppose", "Trafikutskottet", "Riksdagen avslår motionen om fyrar.")]


def test_what_an_annex_reprints_is_nobodys_position_here(document):
    found = asked(
        document,
        POINTS,
        "Riksdagen avslår motionen om fyrar.",
        ("heading", "Bilaga 1"),
        ("heading", "Förslag till riksdagsbeslut"),
        "Riksdagen tillkännager för regeringen vad som anförs om fyrar.",
    )
    assert len(found) == 1


def test_each_point_of_a_motion_is_to_whom_it_is_made_known(document):
    found = asked(
        document,
        ("heading", "Motion till riksdagen"),
        ("heading", "Förslag till riksdagsbeslut"),
        ("list_item", "1. Riksdagen avslår propositionen i denna del."),
        "2. Riksdagen ställer sig bakom det som anförs i motionen om fyrar och tillkännager detta"
        " för regeringen.",
        ("heading", "Motivering"),
        "Riksdagen avslår ofta motioner.",
        sender="Ada Ek (XP)",
    )
    assert [(unit.stance, unit.addressees[0].named) for unit in found] == [
        ("oppose", "Riksdagen"),
        ("request", "regeringen"),
    ]
    assert found[0].text == "Riksdagen avslår propositionen i denna del."


MUNICIPAL = ("heading", "Motion om badbryggor")


def test_the_wishes_of_a_municipal_motion(document):
    found = asked(
        document,
        MUNICIPAL,
        "Bryggorna är slitna. Skärgårdspartiet yrkar därför:",
        "att bryggorna besiktigas",
        "att en ny brygga byggs.",
        "Ada Ek",
        sender="Skärgårdspartiet",
    )
    assert told(found) == [
        ("request", "Skärgårdspartiet", "att bryggorna besiktigas"),
        ("request", "Skärgårdspartiet", "att en ny brygga byggs."),
    ]


def test_wishes_in_first_and_second_hand_are_two(document):
    found = asked(
        document,
        MUNICIPAL,
        "Jag yrkar:",
        "att förslaget i första hand avslås, och i andra hand att det återremitteras.",
    )
    assert [(unit.stance, unit.text) for unit in found] == [
        ("oppose", "att förslaget i första hand avslås"),
        ("request", "i andra hand att det återremitteras."),
    ]


def test_a_list_below_such_a_verb_in_another_paper_is_no_motion(document):
    paper = document("Föreskriften föreslås gälla", ("list_item", "att djur hålls"), title="Djur")
    assert positions(paper) == ()
